//! Which identity makes a step: rows put in one at a time, each with what it says there.

use super::identities::{Identity, Known, calls_in, identities, replaced, row};
use crate::function;
use crate::kernel::{ExprId, FunctionId, Node, Number, Pool};
use rustc_hash::FxHashMap;
use std::sync::OnceLock;

/// The most nodes of an expression that is looked at.
const MAX_NODES: usize = 80;

/// The relations between functions that the search for quotients goes by, as rows.
#[rustfmt::skip]
pub const BASIC: &[Identity] = &[
    // left                      right           by
    row("sin(u)^2 + cos(u)^2",   "1",            "sin",  1),
    row("cosh(u)^2 - sinh(u)^2", "1",            "cosh", 1),
    row("1 - sin(u)^2",          "cos(u)^2",     "sin",  1),
    row("1 - cos(u)^2",          "sin(u)^2",     "cos",  1),
    row("cosh(u)^2 - 1",         "sinh(u)^2",    "cosh", 1),
    row("sinh(u)^2 + 1",         "cosh(u)^2",    "sinh", 1),
    row("tan(u)^2 + 1",          "sec(u)^2",     "tan",  1),
    row("cot(u)^2 + 1",          "csc(u)^2",     "cot",  1),
    row("1 - tanh(u)^2",         "sech(u)^2",    "tanh", 1),
    row("sin(u)/cos(u)",         "tan(u)",       "sin",  1),
    row("cos(u)/sin(u)",         "cot(u)",       "cos",  1),
    row("tan(u)*cos(u)",         "sin(u)",       "tan",  1),
    row("cot(u)*sin(u)",         "cos(u)",       "cot",  1),
    row("sinh(u)/cosh(u)",       "tanh(u)",      "sinh", 1),
    row("cosh(u)/sinh(u)",       "coth(u)",      "cosh", 1),
];

fn basic() -> &'static [Known] {
    static KNOWN: OnceLock<Vec<Known>> = OnceLock::new();
    KNOWN.get_or_init(|| BASIC.iter().map(Known::new).collect())
}

/// What an expression is with one row put in wherever it applies, for each that does: both
/// sides of the row as they stand there, and the expression.
pub fn by_one_identity(pool: &mut Pool, id: ExprId) -> Vec<([ExprId; 2], ExprId)> {
    let mut found: Vec<([ExprId; 2], ExprId)> = Vec::new();
    let nodes = pool.reachable(&[id]);
    if pool.is_complex() || nodes.len() > MAX_NODES {
        return found;
    }
    let calls = calls_in(pool, &nodes);
    let is_there = |wanted: &FunctionId| calls.iter().any(|(f, _)| f == wanted);
    let may_apply = |known: &&Known| known.called.iter().all(is_there);
    for known in basic().iter().chain(identities()).filter(may_apply) {
        for (_, argument) in calls.iter().filter(|(f, _)| Some(*f) == known.function) {
            let Some(times) = Number::ratio(1, known.row.times) else { continue };
            let u = pool.scale(&times, *argument);
            let Some(sides) = known.sides(pool, u) else { continue };
            let new = everywhere(pool, &nodes, sides);
            if new != id && new != Pool::UNDEFINED {
                found.push((sides, new));
            }
        }
    }
    found
}

/// The last of some nodes with one side of a row for the other in all of them.
fn everywhere(pool: &mut Pool, nodes: &[ExprId], sides: [ExprId; 2]) -> ExprId {
    let mut known: FxHashMap<ExprId, ExprId> = FxHashMap::default();
    let mut last = Pool::ZERO;
    for id in nodes {
        let get = |child: ExprId| known.get(&child).copied().unwrap_or(child);
        let rebuilt = match pool.node(*id) {
            Node::Apply(of, list) => {
                let arguments: Vec<ExprId> =
                    pool.list(list).iter().map(|argument| get(*argument)).collect();
                function::apply(pool, of, &arguments)
            }
            _ => pool.rebuild(*id, get),
        };
        last = replaced(pool, rebuilt, sides).unwrap_or(rebuilt);
        known.insert(*id, last);
    }
    last
}
