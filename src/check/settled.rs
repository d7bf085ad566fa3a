//! Two spellings of one thing that no image shows: what a function is at a constant, and the order
//! in which one of several is chosen.

use crate::function;
use crate::kernel::{ExprId, FunctionId, Node, Pool};
use crate::simplify;
use std::collections::BTreeSet;

/// Up to how many arguments of a choice are put in order.
const MOST_CHOICES: usize = 64;

/// Expressions with the exact values of functions at constants (`arccos(-1)` is π) and with the
/// arguments of `max` and `min` in one order, each once, whatever the brackets between them were.
/// They are defined where the given ones are.
pub(super) fn settled(pool: &mut Pool, pair: [ExprId; 2]) -> [ExprId; 2] {
    let is_open = |id: &ExprId| match pool.node(*id) {
        Node::Apply(function, list) if function.is_builtin() => {
            is_choice(function) || pool.list(list).iter().all(|id| pool.is_constant(*id))
        }
        _ => false,
    };
    if !pool.reachable(&pair).iter().any(is_open) {
        return pair;
    }
    let found = pool.substitute(&pair, &[], settle);
    [found[0], found[1]]
}

fn is_choice(function: FunctionId) -> bool {
    function.is_builtin() && function::spec(function).is_idempotent
}

fn settle(pool: &mut Pool, function: FunctionId, arguments: &[ExprId]) -> ExprId {
    if function.is_builtin()
        && arguments.iter().all(|id| pool.is_constant(*id))
        && let Some(value) = simplify::exact_value(pool, function, arguments)
    {
        return value;
    }
    if is_choice(function)
        && let Some(list) = choices(pool, function, arguments)
    {
        return function::apply(pool, function, &list);
    }
    function::apply(pool, function, arguments)
}

/// What a choice is made of, in order.
fn choices(
    pool: &Pool,
    function: FunctionId,
    arguments: &[ExprId],
) -> Option<Vec<ExprId>> {
    let mut open = arguments.to_vec();
    let mut found = BTreeSet::new();
    while let Some(id) = open.pop() {
        match pool.node(id) {
            Node::Apply(inner, list) if inner == function => {
                open.extend(pool.list(list));
            }
            _ => {
                found.insert(id);
            }
        }
        if open.len() + found.len() > MOST_CHOICES {
            return None;
        }
    }
    Some(found.into_iter().collect())
}
