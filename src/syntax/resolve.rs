//! After all statements are read: what cannot stand where it stands, the definitions that are
//! answers, and the order in which definitions are needed.

use super::ast::{Ast, Callee, Definition, Program};
use super::names;
use crate::error::{Error, ErrorKind, Note, Result};
use crate::kernel::{Relation, is_letter, latin};
use rustc_hash::{FxHashMap, FxHashSet};

/// What is said of definitions that no answer needs.
pub const UNUSED: &str = "is defined, and what is asked for does not need it";

/// Finishes a program: with the names that stand alone somewhere and those that are declared,
/// unless all are.
pub(super) fn finish(
    program: &mut Program,
    names: Option<(&FxHashSet<u32>, &FxHashSet<String>)>,
    text: &str,
) -> Result<()> {
    relations(program)?;
    plain_heads(program);
    dependences(program)?;
    derivatives_of_definitions(program)?;
    if let Some((bare, declared)) = names {
        names::notes(program, bare, declared);
    }
    order(program)?;
    note_unused(program, text)
}

/// `f(u) = u^2; u = x + 1` says on what f depends, as `f = u^2` does: where nothing calls a
/// function, its parameters that are defined are those definitions.
fn plain_heads(program: &mut Program) {
    let mut called = vec![false; program.definitions.len()];
    for node in &program.nodes {
        if let Ast::Call(Callee::Own(index), _) = node {
            called[*index as usize] = true;
        }
    }
    let heads: Vec<usize> = (0..called.len())
        .filter(|index| {
            !called[*index] && !program.definitions[*index].parameters.is_empty()
        })
        .collect();
    let is_head = |index: usize| heads.contains(&index);
    let defined: FxHashSet<u32> = program
        .definitions
        .iter()
        .enumerate()
        .filter(|(index, d)| d.parameters.is_empty() || is_head(*index))
        .filter_map(|(_, d)| d.name)
        .collect();
    let depends = |index: &usize| {
        let definition = &program.definitions[*index];
        definition.parameters.iter().any(|name| defined.contains(name))
    };
    let outer: Vec<usize> = heads.iter().copied().filter(depends).collect();
    let needed: FxHashSet<u32> =
        outer.iter().flat_map(|i| program.definitions[*i].parameters.clone()).collect();
    for index in heads {
        let definition = &mut program.definitions[index];
        if outer.contains(&index) || definition.name.is_some_and(|n| needed.contains(&n))
        {
            definition.parameters.clear();
        }
    }
}

/// `f = x^2; f'(x)` would be the derivative of another, unknown f.
fn derivatives_of_definitions(program: &Program) -> Result<()> {
    let by_name = by_name(program);
    let refuse = |name: u32, place: usize| {
        let Some(index) = by_name.get(&name) else { return Ok(()) };
        let definition = &program.definitions[*index];
        // `u = u(x)` says only on what u depends.
        if is_dependence(program, definition.body as usize, name) {
            return Ok(());
        }
        let name = program.name(name);
        let what = format!("derivatives of what the program defines, as of `{name}`");
        Err(Error::at(program.spans[place], ErrorKind::Unsupported(what))
            .help(format!("write the derivative out, or leave `{name}` undefined")))
    };
    for (place, node) in program.nodes.iter().enumerate() {
        match node {
            Ast::Call(Callee::Abstract(name, 1..), _) => refuse(*name, place)?,
            Ast::Call(Callee::Partial(index), _) => {
                refuse(program.partials[*index as usize].name, place)?;
            }
            _ => {}
        }
    }
    Ok(())
}

/// What the answers do not need, with a note for each.
fn note_unused(program: &mut Program, text: &str) -> Result<()> {
    let bare = program.bare()?.filter(|_| program.definitions.len() > 1);
    let Some(bare) = bare else { return Ok(()) };
    let by_name = by_name(program);
    let mut used = vec![false; program.definitions.len()];
    let mut waiting = outputs(program)?;
    while let Some(index) = waiting.pop() {
        if !std::mem::replace(&mut used[index], true) {
            waiting.extend(needs(program, &program.definitions[index], &by_name));
        }
    }
    if let Some(before) = bare.checked_sub(1).filter(|before| !used[*before]) {
        refuse_row(&program.definitions[before], &program.definitions[bare], text)?;
    }
    let unused = program.definitions.iter().zip(used).filter(|(_, used)| !used);
    let notes: Vec<Note> = unused
        .filter_map(|(definition, _)| {
            let name = program.name(definition.name?);
            let message = format!("`{name}` {UNUSED}");
            Some(Note { message, span: Some(definition.span) })
        })
        .collect();
    program.notes.extend(notes);
    Ok(())
}

/// A row that does not need the definition in the row before it may go on with it: a row of
/// LaTeX, or a line that begins with a sign.
fn refuse_row(before: &Definition, bare: &Definition, text: &str) -> Result<()> {
    let (end, start) = (before.span.end as usize, bare.span.start as usize);
    let between = text.get(end..start).unwrap_or_default();
    let line = text[start..].trim_start();
    let is_signed = || between.contains('\n') && line.starts_with(['+', '-', '−']);
    if !between.contains("\\\\") && !is_signed() {
        return Ok(());
    }
    let what = "a row that may go on with the one before".to_owned();
    Err(Error::at(bare.span, ErrorKind::Unsupported(what))
        .help("write a formula in one row, and leave out what is not asked for"))
}

/// A comparison stands only as a condition of `piecewise` or beside `and` and `or`, and nothing
/// else stands there.
fn relations(program: &Program) -> Result<()> {
    let is_relation = |id: u32| matches!(program.node(id), Ast::Relation(..));
    // What is refused as a value, and what as a condition.
    let mut wrong: (Option<u32>, Option<u32>) = Default::default();
    let bodies = program.definitions.iter().map(|definition| definition.body);
    wrong.0 = bodies.into_iter().find(|body| is_relation(*body));
    for (place, node) in program.nodes.iter().enumerate() {
        let operands = || program.operands(place as u32).into_iter();
        let (value, condition) = match *node {
            Ast::Call(Callee::Builtin(function), list)
                if crate::function::spec(function).name == "piecewise" =>
            {
                let parts = program.list(list);
                let stands = |k: usize| crate::function::is_condition(k, parts.len());
                let wrong_at = |as_condition: bool| {
                    let places = parts.iter().enumerate();
                    let mut places = places.filter(|(k, _)| stands(*k) == as_condition);
                    places.find(|(_, (_, id))| is_relation(*id) != as_condition)
                };
                let id = |(_, (_, id)): (usize, &(_, u32))| *id;
                (wrong_at(false).map(id), wrong_at(true).map(id))
            }
            Ast::Relation(Relation::And | Relation::Or, ..) => {
                (None, operands().find(|id| !is_relation(*id)))
            }
            _ => (operands().find(|id| is_relation(*id)), None),
        };
        wrong = (wrong.0.or(value), wrong.1.or(condition));
    }
    let (id, what) = match wrong {
        (Some(id), _) => (id, "a comparison is a condition, not a value"),
        (_, Some(id)) => (id, "a condition is a comparison"),
        (None, None) => return Ok(()),
    };
    let kind = ErrorKind::Unsupported(what.to_owned());
    Err(Error::at(program.span(id), kind)
        .help("conditions stand in `piecewise(x < 0, -x, x)`"))
}

/// `d/dx(x^2)`, `d/dx x^2` and `dy/dx(x)` are no quotients.
pub(super) fn quotients_of_differentials(
    program: &Program,
    declared: &FxHashSet<String>,
) -> Result<()> {
    let differential = |name: u32| {
        let name = program.name(name);
        let is_free =
            !declared.contains(&*latin(name)) && (name == "d" || !is_letter(name));
        name.strip_prefix('d').filter(|_| is_free)
    };
    // `d` or `d^2`, `dx` or `dx^2`: the name below a power.
    let name_of = |id: u32| match program.node(id) {
        Ast::Name(name) => Some(name),
        Ast::Power(base, _) => match program.node(base) {
            Ast::Name(name) => Some(name),
            _ => None,
        },
        _ => None,
    };
    for node in &program.nodes {
        let Ast::Product(list) = *node else { continue };
        let factors = program.list(list);
        for (place, pair) in factors.windows(2).enumerate() {
            let ((divide, above), (true, below)) = (pair[0], pair[1]) else { continue };
            let below_name = match program.node(below) {
                Ast::Call(Callee::Abstract(name, 0), _) => Some(name),
                _ => name_of(below),
            };
            let Some(below_name) = below_name.and_then(differential) else { continue };
            if below_name.is_empty() || divide {
                continue;
            }
            let is_called = matches!(program.node(below), Ast::Call(..));
            let is_d = |id: u32| name_of(id).and_then(differential) == Some("");
            let goes_on = factors.get(place + 2).is_some_and(|(divide, _)| !divide);
            let is_operand = match name_of(above).and_then(differential) {
                Some("") => goes_on || is_called,
                Some(_) => is_called,
                // `d(x^2)/dx`
                None => place > 0 && is_d(factors[place - 1].1),
            };
            if is_operand {
                let what = "a derivative is no operand of a formula".to_owned();
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
        let mut inside = definition.first as usize..=definition.body as usize;
        let is_own = |place: usize| {
            let node = program.nodes[place];
            matches!(node, Ast::Call(Callee::Abstract(n, 0), _) if n == name)
                && !is_dependence(program, place, name)
        };
        if inside.any(is_own) {
            let names = vec![program.name(name).to_owned(); 2];
            return Err(Error::at(definition.span, ErrorKind::CyclicDefinition(names))
                .help("a definition may use the others, but not itself"));
        }
    }
    Ok(())
}

/// How many calls of abstract functions there are.
pub(super) fn calls(program: &Program) -> usize {
    let is_call = |node: &&Ast| matches!(node, Ast::Call(Callee::Abstract(..), _));
    program.nodes.iter().filter(is_call).count()
}

/// The names that are called with one argument, but for `u = u(x)`.
pub(super) fn called(program: &Program) -> FxHashSet<u32> {
    let calls = program.nodes.iter().enumerate().filter_map(|(place, node)| match node {
        Ast::Call(Callee::Abstract(name, 0), list) if list.len == 1 => {
            Some((place, *name))
        }
        _ => None,
    });
    calls
        .filter(|(place, name)| !is_dependence(program, *place, *name))
        .map(|c| c.1)
        .collect()
}

/// Whether a call says on what its own definition depends: `u = u(x)`.
fn is_dependence(program: &Program, place: usize, name: u32) -> bool {
    let is_plain = |(_, id): &(bool, u32)| matches!(program.node(*id), Ast::Name(_));
    let has_names = match program.nodes[place] {
        Ast::Call(_, list) => program.list(list).iter().all(is_plain),
        _ => false,
    };
    let mut definitions = program.definitions.iter();
    has_names && definitions.any(|d| d.body as usize == place && d.name == Some(name))
}

/// The definitions in an order in which each stands after those that it needs.
///
/// # Errors
/// A circle of definitions.
pub fn order(program: &Program) -> Result<Vec<usize>> {
    if let [only] = &program.definitions[..]
        && only.name.is_none()
    {
        return Ok(vec![0]);
    }
    let by_name = by_name(program);
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

/// The definitions that are answers: the bare formula, else all that no other definition uses,
/// in the order in which they stand.
///
/// # Errors
/// A program with two bare formulas.
pub fn outputs(program: &Program) -> Result<Vec<usize>> {
    if let Some(bare) = program.bare()? {
        return Ok(vec![bare]);
    }
    if program.definitions.len() == 1 {
        return Ok(vec![0]);
    }
    let by_name = by_name(program);
    let mut used = vec![false; program.definitions.len()];
    for definition in &program.definitions {
        for index in needs(program, definition, &by_name) {
            used[index] = true;
        }
    }
    Ok((0..used.len()).filter(|index| !used[*index]).collect())
}

fn by_name(program: &Program) -> FxHashMap<u32, usize> {
    let definitions = program.definitions.iter().enumerate();
    definitions.filter_map(|(index, d)| d.name.map(|name| (name, index))).collect()
}

fn needs(
    program: &Program,
    definition: &Definition,
    by_name: &FxHashMap<u32, usize>,
) -> Vec<usize> {
    let nodes = &program.nodes[definition.first as usize..=definition.body as usize];
    let mut found: Vec<usize> = nodes
        .iter()
        .filter_map(|node| match node {
            Ast::Name(name) if !definition.parameters.contains(name) => {
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
