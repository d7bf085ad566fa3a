//! The names of a program, each with its definition in terms of the others.

use super::super::engine::{Engine, Formula};
use crate::error::Result;
use crate::function::{self, Builder};
use crate::kernel::{AbstractFunction, ExprId, FunctionId, Node, Pool};
use crate::syntax::{self, Program, Separate};
use rustc_hash::{FxHashMap, FxHashSet};

/// Where what was typed stands: a definition of the program and a component of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::session) struct Place {
    pub(super) definition: usize,
    pub(super) component: usize,
}

impl Place {
    /// What comes first in what was typed is less.
    pub(super) fn typed(self) -> (usize, usize) {
        (self.definition, self.component)
    }
}

/// A name with its definition in names; the pool of the engine is not touched yet.
#[derive(Clone, Debug)]
pub(super) struct Draft {
    pub(super) name: String,
    pub(super) body: ExprId,
    /// Where it was typed; `None` for a part of a formula that was given a name.
    pub(super) place: Option<Place>,
}

/// Names, those that others need first, and the places of the answers among them.
#[derive(Debug)]
pub(super) struct Drafts {
    pub(super) names: Vec<Draft>,
    pub(super) outputs: Vec<usize>,
    /// Names that are defined and that no answer needs.
    pub(super) unused: Vec<String>,
}

/// The names of the definitions of a program, in the pool of an engine of their own.
///
/// # Errors
/// As [`syntax::lower`].
pub(super) fn of_program(formula: &Formula, engine: &mut Engine) -> Result<Drafts> {
    let program = formula.program();
    let declared: Vec<&str> = formula.declared().iter().map(String::as_str).collect();
    let mut reading = Reading {
        program,
        separate: Separate::new(program, &declared),
        by_name: by_name(program, &declared),
        known: FxHashMap::default(),
        drafts: Vec::new(),
        needs: Vec::new(),
    };
    let mut outputs = Vec::new();
    let outer = syntax::outputs(program)?;
    let main = outer[0];
    for index in outer {
        let (bodies, is_vector) = reading.separate.lower(index, &mut engine.pool)?;
        let name = program.definitions()[index].name.map(|id| program.name(id));
        if !is_vector && name.is_some() {
            outputs.push(reading.definition(index, engine)?);
            continue;
        }
        if index != main {
            continue;
        }
        for (component, body) in bodies.iter().enumerate() {
            let known = engine.pool.symbol_name(*body).map(str::to_owned);
            let defined = known.and_then(|name| reading.by_name.get(&name).copied());
            if let Some(defined) = defined {
                outputs.push(reading.definition(defined, engine)?);
                continue;
            }
            let wanted = match is_vector {
                true => format!("{}{}", formula.name, component + 1),
                false => formula.name.clone(),
            };
            let name = free(&wanted, program.names());
            let place = Some(Place { definition: index, component });
            outputs.push(reading.push(Draft { name, body: *body, place }));
        }
    }
    let mut next = 0;
    while next < reading.drafts.len() {
        let body = reading.drafts[next].body;
        for symbol in engine.pool.symbols_of(&[body]) {
            let name = engine.pool.name(symbol);
            if let Some(index) = reading.by_name.get(name).copied() {
                let needed = reading.definition(index, engine)?;
                reading.needs[next].push(needed);
            }
        }
        next += 1;
    }
    let unused = (0..program.definitions().len())
        .filter(|index| !reading.known.contains_key(index) && *index != main)
        .filter_map(|index| program.definitions()[index].name.map(|id| program.name(id)))
        .filter(|name| reading.by_name.contains_key(*name));
    let unused = unused.map(str::to_owned).collect();
    Ok(Drafts { unused, ..sorted(reading.drafts, &reading.needs, outputs) })
}

/// The definitions without parameters by name, those that are declared variables aside.
fn by_name(program: &Program, declared: &[&str]) -> FxHashMap<String, usize> {
    let definitions = program.definitions().iter().enumerate();
    let own = definitions.filter(|(_, definition)| definition.parameters.is_empty());
    own.filter_map(|(index, definition)| {
        let name = program.name(definition.name?);
        (!declared.contains(&name)).then(|| (name.to_owned(), index))
    })
    .collect()
}

/// A name that is not taken, as near as can be to the wanted one.
fn free(wanted: &str, taken: &[String]) -> String {
    let is_free = |name: &String| !taken.contains(name);
    let others = ["F", "G", "H"].iter();
    let others = others.map(|letter| wanted.replacen(char::is_alphabetic, letter, 1));
    let mut names = std::iter::once(wanted.to_owned()).chain(others);
    names.find(is_free).unwrap_or_else(|| {
        let long = (1..).map(|n| format!("{wanted}_{n}"));
        long.into_iter().find(is_free).unwrap_or_default()
    })
}

struct Reading<'p> {
    program: &'p Program,
    separate: Separate<'p>,
    by_name: FxHashMap<String, usize>,
    /// The drafts of definitions.
    known: FxHashMap<usize, usize>,
    drafts: Vec<Draft>,
    needs: Vec<Vec<usize>>,
}

impl Reading<'_> {
    fn push(&mut self, draft: Draft) -> usize {
        self.drafts.push(draft);
        self.needs.push(Vec::new());
        self.drafts.len() - 1
    }

    /// The draft of a definition, made once. A vector among the definitions has no value of
    /// its own; its name stays a variable, as everywhere.
    fn definition(&mut self, index: usize, engine: &mut Engine) -> Result<usize> {
        if let Some(known) = self.known.get(&index) {
            return Ok(*known);
        }
        let (bodies, _) = self.separate.lower(index, &mut engine.pool)?;
        let name = self.program.definitions()[index].name;
        let name = name.map_or("f", |name| self.program.name(name)).to_owned();
        let place = Some(Place { definition: index, component: 0 });
        let draft = self.push(Draft { name, body: bodies[0], place });
        self.known.insert(index, draft);
        Ok(draft)
    }
}

/// Puts drafts into an order in which each stands after those that it needs.
fn sorted(drafts: Vec<Draft>, needs: &[Vec<usize>], outputs: Vec<usize>) -> Drafts {
    let mut order = Vec::with_capacity(drafts.len());
    let mut placed: Vec<Option<usize>> = vec![None; drafts.len()];
    let mut entered = vec![false; drafts.len()];
    for root in 0..drafts.len() {
        let mut path = vec![(root, 0)];
        while let Some((at, tried)) = path.last_mut() {
            entered[*at] = true;
            match needs[*at].get(*tried) {
                Some(below) => {
                    *tried += 1;
                    if !entered[*below] {
                        path.push((*below, 0));
                    }
                }
                None => {
                    let at = *at;
                    if placed[at].is_none() {
                        placed[at] = Some(order.len());
                        order.push(at);
                    }
                    path.pop();
                }
            }
        }
    }
    let mut seen = FxHashSet::default();
    let outputs = outputs.into_iter().filter(|place| seen.insert(*place));
    let outputs = outputs.filter_map(|place| placed[place]).collect();
    let names = order.into_iter().map(|place| drafts[place].clone()).collect();
    Drafts { names, outputs, unused: Vec::new() }
}

/// The names of the abstract functions that an abstract function is applied to, as in
/// `f(x(t), y(t))`; nothing where that is no such formula or names would have two meanings.
pub(super) fn of_abstract(
    formula: &Formula,
    from: &Pool,
    engine: &mut Engine,
) -> Option<Drafts> {
    let [root] = formula.roots[..] else { return None };
    let (_, arguments) = plain(from, root)?;
    let nested = arguments.iter().any(|id| plain(from, *id).is_some());
    if arguments.len() < 2 || !nested || formula.is_vector {
        return None;
    }
    let symbols = from.symbols_of(&[root]);
    let mut taken: FxHashSet<&str> =
        symbols.into_iter().map(|symbol| from.name(symbol)).collect();
    let [main] = syntax::outputs(formula.program()).ok()?[..] else { return None };
    let is_named = formula.program().definitions()[main].name.is_some();
    let mut replacements = FxHashMap::default();
    let mut names = Vec::new();
    for id in from.reachable_where(&[root], |id| !from.is_constant(id)) {
        let Some((function, _)) = plain(from, id) else { continue };
        let name = &function.name;
        if from.applications(name).is_none() || !taken.insert(name) {
            return None;
        }
        let operands = engine.pool.transplant(
            from,
            plain(from, id)?.1,
            &replacements,
            function::apply,
        );
        let body = engine.pool.apply_abstract(function.clone(), &operands);
        let shown = if id == root && is_named { &formula.name } else { name };
        replacements.insert(id, engine.pool.symbol(name));
        names.push(Draft { name: shown.clone(), body, place: None });
    }
    let outputs = vec![names.len() - 1];
    Some(Drafts { names, outputs, unused: Vec::new() })
}

/// An abstract function that is not differentiated, with its arguments.
pub(super) fn plain(pool: &Pool, id: ExprId) -> Option<(&AbstractFunction, &[ExprId])> {
    let Node::Apply(function, list) = pool.node(id) else { return None };
    abstract_of(pool, function).map(|known| (known, pool.list(list)))
}

fn abstract_of(pool: &Pool, function: FunctionId) -> Option<&AbstractFunction> {
    let known = pool.as_abstract(function)?;
    known.orders.iter().all(|order| *order == 0).then_some(known)
}
