//! Constants whose comparisons and signs are decided: is this constant 0, not 0, or unknown? Only
//! a bound away from 0 tells that it is not, and only algebra that it is.
//!
//! Where a single place is looked at, what vanishes with many digits is 0 too. No proof rests on
//! that.

use super::cells::in_order;
use crate::evaluate::digits;
use crate::function;
use crate::kernel::{ExprId, FunctionId, Node, Pool, Relation};
use crate::syntax;
use std::cmp::Ordering;

/// Whether there is a comparison or a sign of constants in expressions: one that is not decided.
pub(super) fn is_open(pool: &Pool, ids: &[ExprId]) -> bool {
    pool.reachable(ids).into_iter().any(|id| {
        let Node::Apply(function, list) = pool.node(id) else { return false };
        let is_choice = match Relation::of(function) {
            Some(relation) => !matches!(relation, Relation::And | Relation::Or),
            None => function == FunctionId::SIGN,
        };
        is_choice && pool.list(list).iter().all(|side| pool.is_constant(*side))
    })
}

/// A constant with truth in place of comparisons that are known, and numbers in place of signs.
pub(super) fn decided(pool: &mut Pool, id: ExprId) -> ExprId {
    with_values(pool, &[id], &[])[0]
}

/// Expressions in which all comparisons and signs of constants are proved to be what they are;
/// `None` where one of them is not: nothing is proved of what depends on it.
pub(super) fn proved(pool: &mut Pool, ids: &[ExprId]) -> Option<Vec<ExprId>> {
    if !is_open(pool, ids) {
        return Some(ids.to_vec());
    }
    let found = with_order(pool, ids, &[], in_order);
    (!is_open(pool, &found)).then_some(found)
}

/// Expressions with values in place of symbols, and comparisons and signs that are constants
/// then decided before anything is made of the branches of which they are conditions.
pub(super) fn with_values(
    pool: &mut Pool,
    ids: &[ExprId],
    put: &[(ExprId, ExprId)],
) -> Vec<ExprId> {
    with_order(pool, ids, put, |pool, u, v| {
        let vanishes = |pool: &mut Pool| {
            let gap = pool.difference(u, v);
            let found = digits::vanishes(pool, gap, syntax::in_normal_form);
            (found.ok().flatten() == Some(true)).then_some(Ordering::Equal)
        };
        in_order(pool, u, v).or_else(|| vanishes(pool))
    })
}

/// The same by a way to compare two constants.
fn with_order(
    pool: &mut Pool,
    ids: &[ExprId],
    put: &[(ExprId, ExprId)],
    order: impl Fn(&mut Pool, ExprId, ExprId) -> Option<Ordering>,
) -> Vec<ExprId> {
    let mut known: Vec<(ExprId, ExprId)> = put.to_vec();
    for part in pool.reachable(ids) {
        let Node::Apply(function, list) = pool.node(part) else { continue };
        let relation = Relation::of(function);
        let list = pool.list(list).to_vec();
        let (u, v) = match (relation, &list[..]) {
            (Some(_), &[u, v]) => (u, v),
            (None, &[u]) if function == FunctionId::SIGN => (u, Pool::ZERO),
            _ => continue,
        };
        let sides = pool.substitute(&[u, v], &known, function::apply);
        if !sides.iter().all(|side| pool.is_constant(*side)) {
            continue;
        }
        let Some(order) = order(pool, sides[0], sides[1]) else { continue };
        // What has no value is on no side of anything.
        if !sides.iter().all(|side| has_value(pool, *side)) {
            continue;
        }
        let truth = |holds: bool| if holds { Pool::ONE } else { Pool::ZERO };
        let value = match relation {
            Some(relation) => relation.holds(order).map(truth),
            None => Some(pool.integer(order as i64)),
        };
        let Some(value) = value else { continue };
        known.push((part, value));
    }
    match known.is_empty() {
        true => ids.to_vec(),
        false => pool.substitute(ids, &known, function::apply),
    }
}

/// Whether a constant may have a value.
fn has_value(pool: &Pool, id: ExprId) -> bool {
    pool.as_number(id).is_some()
        || digits::is_defined(pool, id, syntax::in_normal_form) != Some(false)
}
