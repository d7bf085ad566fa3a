//! Functions of sums and products, taken apart where a formula is multiplied out and that is
//! asked for: angles, logarithms, powers.
//!
//! Invariant: what comes out has the value of the formula wherever it has one itself. What would
//! differ anywhere stays as it is and is named with what would have to be positive; where only
//! points may be lost, the parts that need values are named.

mod angles;
mod logarithms;
mod powers;

use super::expand::expand_all;
use crate::function;
use crate::kernel::{ExprId, Node, Pool};
use rustc_hash::FxHashMap;

/// Which functions are taken apart.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Opening {
    /// Circular and hyperbolic functions of sums and multiples.
    pub angles: bool,
    /// Logarithms of products and powers.
    pub logs: bool,
    /// Powers of products and with sums above them.
    pub powers: bool,
}

impl Opening {
    /// Whether nothing is taken apart.
    pub fn is_empty(self) -> bool {
        self == Self::default()
    }
}

/// A formula with functions taken apart, and what is to be said of it.
#[derive(Clone, Debug)]
pub struct Opened {
    /// The formula.
    pub value: ExprId,
    /// What stays as it is because of what is not known to be positive.
    pub kept: Vec<(ExprId, Vec<ExprId>)>,
    /// What was taken apart into parts that need values of their own.
    pub narrowed: Vec<(ExprId, Vec<ExprId>)>,
    /// Quotients that stay one fraction, with the symbols that stand for them until the end.
    quotients: Vec<(ExprId, ExprId)>,
}

impl Opened {
    /// A symbol for a quotient, which is not multiplied out.
    fn held(&mut self, pool: &mut Pool, quotient: ExprId) -> ExprId {
        if let Some((symbol, _)) = self.quotients.iter().find(|held| held.1 == quotient) {
            return *symbol;
        }
        // No name that can be typed has a space.
        let symbol = pool.symbol(&format!("quotient {}", self.quotients.len()));
        self.quotients.push((symbol, quotient));
        symbol
    }

    /// Puts quotients in for their symbols.
    fn put_in(&mut self, pool: &mut Pool) {
        if self.quotients.is_empty() {
            return;
        }
        let mut map: FxHashMap<ExprId, ExprId> = FxHashMap::default();
        for (symbol, quotient) in &self.quotients {
            let quotient = put(pool, *quotient, &map);
            map.insert(*symbol, quotient);
        }
        self.value = put(pool, self.value, &map);
        for (id, parts) in self.kept.iter_mut().chain(&mut self.narrowed) {
            for id in std::iter::once(id).chain(parts) {
                *id = put(pool, *id, &map);
            }
        }
    }

    fn keep(&mut self, id: ExprId, positive: Vec<ExprId>) {
        if !positive.is_empty() && self.kept.iter().all(|(known, _)| *known != id) {
            self.kept.push((id, positive));
        }
    }

    fn narrow(&mut self, id: ExprId, parts: Vec<ExprId>) {
        if self.narrowed.iter().all(|(known, _)| *known != id) {
            self.narrowed.push((id, parts));
        }
    }
}

/// An expression with others put in for symbols.
fn put(pool: &mut Pool, id: ExprId, values: &FxHashMap<ExprId, ExprId>) -> ExprId {
    let mut map = values.clone();
    for node in pool.reachable(&[id]) {
        if !values.contains_key(&node) {
            let get = |child: ExprId| map.get(&child).copied().unwrap_or(child);
            let new = function::rebuild(pool, node, get);
            map.insert(node, new);
        }
    }
    map.get(&id).copied().unwrap_or(id)
}

/// A formula multiplied out, with functions taken apart; `None` when more than `limit` terms
/// would come out.
pub fn opened(
    pool: &mut Pool,
    id: ExprId,
    opening: Opening,
    limit: usize,
) -> Option<Opened> {
    let mut found = Opened {
        value: id,
        kept: Vec::new(),
        narrowed: Vec::new(),
        quotients: Vec::new(),
    };
    if opening.logs {
        // Products inside of logarithms are taken apart as they were typed.
        found.value = logarithms::all_opened(pool, id, &mut found);
        // What is left is seen again below, multiplied out.
        found.kept.clear();
    }
    let start = expand_all(pool, found.value, limit)?;
    let mut map: FxHashMap<ExprId, ExprId> = FxHashMap::default();
    for node in pool.reachable(&[start]) {
        let get = |child: ExprId| map.get(&child).copied().unwrap_or(child);
        let mut new = function::rebuild(pool, node, get);
        match pool.node(new) {
            Node::Apply(function, list) if function.is_builtin() && list.len == 1 => {
                let argument = expand_all(pool, pool.list(list)[0], limit)?;
                if opening.angles {
                    new = angles::opened(pool, new, argument, limit, &mut found)?;
                }
                if opening.logs {
                    new = logarithms::opened(pool, new, &mut found);
                }
            }
            Node::Power(..) if opening.powers => {
                new = powers::opened(pool, new, &mut found);
            }
            _ => {}
        }
        map.insert(node, new);
    }
    let value = map.get(&start).copied().unwrap_or(start);
    found.value = expand_all(pool, value, limit)?;
    found.put_in(pool);
    if opening.powers {
        powers::note_parts(pool, found.value, &mut found);
    }
    Some(found)
}

/// Writes powers with sums above them as products of powers from now on.
pub fn write_powers_apart(pool: &mut Pool, id: ExprId) {
    for node in pool.reachable(&[id]) {
        if let Some(parts) = powers::parts(pool, node) {
            pool.write_apart(node, parts);
        }
    }
}
