//! After all statements are read: products that looked like calls, the order in which
//! definitions are needed, names that are probably two.

use super::ast::{Ast, Callee, Program};
use super::words;
use crate::error::{Error, ErrorKind, Note, Result};

use crate::kernel::Relation;
use rustc_hash::{FxHashMap, FxHashSet};

/// Finishes a program: `bare` are the names that stand alone somewhere.
pub(super) fn finish(
    program: &mut Program,
    bare: &FxHashSet<u32>,
    declared: &FxHashSet<String>,
) -> Result<()> {
    relations(program)?;
    quotients_of_differentials(program)?;
    dependences(program)?;
    products(program, bare);
    split_names(program, bare, declared);
    order(program).map(|_| ())
}

/// A comparison stands only as a condition of `piecewise` or beside `and` and `or`.
fn relations(program: &Program) -> Result<()> {
    let refuse = |id: u32| {
        let at = program.span(id);
        let what = "a comparison is a condition, not a value".to_owned();
        Err(Error::at(at, ErrorKind::Unsupported(what))
            .help("conditions stand in `piecewise(x < 0, -x, x)`"))
    };
    let is_relation = |id: u32| matches!(program.node(id), Ast::Relation(..));
    if !program.nodes.iter().any(|node| matches!(node, Ast::Relation(..))) {
        return Ok(());
    }
    for definition in &program.definitions {
        if is_relation(definition.body) {
            return refuse(definition.body);
        }
    }
    for node in &program.nodes {
        let wrong = match *node {
            Ast::Sum(list) | Ast::Product(list) | Ast::Vector(list) => {
                program.list(list).iter().map(|(_, id)| *id).find(|id| is_relation(*id))
            }
            Ast::Call(Callee::Builtin(function), list)
                if crate::function::spec(function).name == "piecewise" =>
            {
                let parts = program.list(list);
                let values = parts
                    .iter()
                    .enumerate()
                    .filter(|(k, _)| k % 2 == 1 || k + 1 == parts.len());
                values.map(|(_, (_, id))| *id).find(|id| is_relation(*id))
            }
            Ast::Call(_, list) => {
                program.list(list).iter().map(|(_, id)| *id).find(|id| is_relation(*id))
            }
            Ast::Negate(id) => Some(id).filter(|id| is_relation(*id)),
            Ast::Power(a, b) => [a, b].into_iter().find(|id| is_relation(*id)),
            Ast::Relation(Relation::And | Relation::Or, ..) => None,
            Ast::Relation(_, a, b) => [a, b].into_iter().find(|id| is_relation(*id)),
            _ => None,
        };
        if let Some(id) = wrong {
            return refuse(id);
        }
    }
    Ok(())
}

/// `d/dx(x^2)` and `dy/dx(x)` are no quotients.
fn quotients_of_differentials(program: &Program) -> Result<()> {
    let is_differential = |name: u32| program.name(name).starts_with('d');
    for node in &program.nodes {
        let Ast::Product(list) = *node else { continue };
        for pair in program.list(list).windows(2) {
            let ((false, above), (true, below)) = (pair[0], pair[1]) else { continue };
            let is_above =
                matches!(program.node(above), Ast::Name(name) if is_differential(name));
            let is_below = match program.node(below) {
                Ast::Call(Callee::Abstract(name, 0), _) => {
                    is_differential(name) && program.name(name).len() > 1
                }
                _ => false,
            };
            if is_above && is_below {
                let what = "a derivative in a formula".to_owned();
                let at = program.span(above).join(program.span(below));
                return Err(Error::at(at, ErrorKind::Unsupported(what)).help(
                    "give the formula alone: calcgrad diff \"x^2\" --wrt x; abstract functions have primes: y'(x)",
                ));
            }
        }
    }
    Ok(())
}

/// `u = u(x)` says on what u depends and no more; `u = 2*u(x)` is a circle.
fn dependences(program: &Program) -> Result<()> {
    for definition in &program.definitions {
        let Some(name) = definition.name.filter(|_| definition.parameters.is_empty())
        else {
            continue;
        };
        let inside = definition.first as usize..definition.body as usize;
        let is_own = |node: &Ast| matches!(node, Ast::Call(Callee::Abstract(n, 0), _) if *n == name);
        if program.nodes[inside].iter().any(is_own) {
            let names = vec![program.name(name).to_owned(); 2];
            return Err(Error::at(definition.span, ErrorKind::CyclicDefinition(names))
                .help("a definition may use the others, but not itself"));
        }
    }
    Ok(())
}

/// `x(x + 1)` is a product when x stands alone somewhere else.
fn products(program: &mut Program, bare: &FxHashSet<u32>) {
    if bare.is_empty() {
        return;
    }
    for place in 0..program.nodes.len() {
        if let Ast::Call(Callee::Abstract(name, 0), list) = program.nodes[place]
            && bare.contains(&name)
            && list.len == 1
            && !is_dependence(program, place, name)
        {
            program.nodes[place] = Ast::Call(Callee::Juxtaposed(name), list);
            let name = program.name(name);
            let message = format!("`{name}(…)` is read as the product `{name}*(…)`");
            let span = Some(program.spans[place]);
            program.notes.push(Note { message, span });
        }
    }
}

/// Whether a call says on what its own definition depends: `u = u(x)`.
fn is_dependence(program: &Program, place: usize, name: u32) -> bool {
    let mut definitions = program.definitions.iter();
    definitions.any(|d| d.body as usize == place && d.name == Some(name))
}

/// `xy` is one name; where x and y are names too, the product may have been meant, as in `πx`
/// or `sinx`.
fn split_names(
    program: &mut Program,
    bare: &FxHashSet<u32>,
    declared: &FxHashSet<String>,
) {
    let is_word = |name: &String| name.chars().filter(|c| c.is_alphabetic()).count() > 1;
    if !program.names.iter().any(is_word) {
        return;
    }
    let occurring: FxHashSet<&str> =
        bare.iter().map(|name| program.name(*name)).collect();
    let occurs = |name: &str| occurring.contains(name);
    let mut notes = Vec::new();
    for (index, name) in program.names.iter().enumerate() {
        if declared.contains(name) || !occurs(name) || !is_word(name) {
            continue;
        }
        // Where a variable occurs only inside of a word, and where Greek and Latin letters
        // stand side by side, no other letter need be known; `dx` is no product.
        let letters = name.chars().count();
        let all = (2..=4).contains(&letters)
            && name.chars().all(char::is_alphabetic)
            && (words::is_mixed(name)
                || !name.starts_with('d')
                    && name
                        .chars()
                        .map(String::from)
                        .any(|letter| declared.contains(&letter) && !occurs(&letter)));
        let is_known = |word: &str| {
            word != name
                && (declared.contains(word)
                    || occurs(word)
                    || all && word.chars().count() == 1)
        };
        if let Some(meant) = words::product(name, &is_known) {
            let is_name =
                |node: &Ast| matches!(node, Ast::Name(id) if *id as usize == index);
            let place = program.nodes.iter().position(is_name);
            notes.push(Note {
                message: format!("`{name}` is one name; did you mean `{meant}`?"),
                span: place.map(|place| program.spans[place]),
            });
        }
    }
    program.notes.extend(notes);
}

/// The definitions in an order in which each stands after those that it needs.
///
/// # Errors
/// A circle of definitions.
pub(super) fn order(program: &Program) -> Result<Vec<usize>> {
    if let [only] = &program.definitions[..]
        && only.name.is_none()
    {
        return Ok(vec![0]);
    }
    let by_name: FxHashMap<u32, usize> = program
        .definitions
        .iter()
        .enumerate()
        .filter_map(|(index, definition)| definition.name.map(|name| (name, index)))
        .collect();
    let needs: Vec<Vec<usize>> =
        program.definitions.iter().map(|d| needs(program, d, &by_name)).collect();
    let mut state = vec![0u8; needs.len()];
    let mut done = Vec::with_capacity(needs.len());
    for root in 0..needs.len() {
        let mut path: Vec<(usize, usize)> = Vec::new();
        if state[root] == 0 {
            state[root] = 1;
            path.push((root, 0));
        }
        while let Some((index, next)) = path.last().copied() {
            let Some(needed) = needs[index].get(next) else {
                state[index] = 2;
                done.push(index);
                path.pop();
                continue;
            };
            if let Some(top) = path.last_mut() {
                top.1 += 1;
            }
            match state[*needed] {
                0 => {
                    state[*needed] = 1;
                    path.push((*needed, 0));
                }
                1 => return Err(circle(program, &path, *needed)),
                _ => {}
            }
        }
    }
    Ok(done)
}

/// The definitions that are answers: the main one, and, if it has a name, all others that no
/// definition uses. Where another uses the main one, it alone is the answer.
///
/// # Errors
/// A program with two bare formulas.
pub fn outputs(program: &Program) -> Result<Vec<usize>> {
    let main = program.main()?;
    if program.definitions[main].name.is_none() {
        return Ok(vec![main]);
    }
    let by_name: FxHashMap<u32, usize> = program
        .definitions
        .iter()
        .enumerate()
        .filter_map(|(index, definition)| definition.name.map(|name| (name, index)))
        .collect();
    let mut used = vec![false; program.definitions.len()];
    for definition in &program.definitions {
        for index in needs(program, definition, &by_name) {
            used[index] = true;
        }
    }
    if used[main] {
        return Ok(vec![main]);
    }
    let others = (0..used.len()).filter(|index| {
        !used[*index]
            && *index != main
            && program.definitions[*index].parameters.is_empty()
    });
    Ok(std::iter::once(main).chain(others).collect())
}

fn needs(
    program: &Program,
    definition: &super::ast::Definition,
    by_name: &FxHashMap<u32, usize>,
) -> Vec<usize> {
    let nodes = &program.nodes[definition.first as usize..=definition.body as usize];
    let mut found: Vec<usize> = nodes
        .iter()
        .filter_map(|node| match node {
            Ast::Name(name) | Ast::Call(Callee::Juxtaposed(name), _)
                if !definition.parameters.contains(name) =>
            {
                by_name.get(name).copied()
            }
            Ast::Call(Callee::Own(index), _) => Some(*index as usize),
            _ => None,
        })
        .collect();
    found.sort_unstable();
    found.dedup();
    found
}

fn circle(program: &Program, path: &[(usize, usize)], again: usize) -> Error {
    let start = path.iter().position(|(index, _)| *index == again).unwrap_or(0);
    let name = |index: usize| {
        program.definitions[index].name.map_or("f", |name| program.name(name)).to_owned()
    };
    let names: Vec<String> = path[start..]
        .iter()
        .map(|(index, _)| name(*index))
        .chain([name(again)])
        .collect();
    Error::at(program.definitions[again].span, ErrorKind::CyclicDefinition(names))
        .help("a definition may use the others, but not itself")
}
