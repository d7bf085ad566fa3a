//! Conditions on constants, which digits decide where numbers alone do not: `pi/3 < ln(3)`.
//!
//! A branch that is not taken needs no value, so a condition is decided before the branches are.

use crate::check::sign_of_constant;
use crate::evaluate::{Tape, digits, values};
use crate::function;
use crate::kernel::{ExprId, FunctionId, Node, Number, Pool, Relation};
use crate::syntax;
use std::cmp::Ordering;

/// Steps beyond this one are not told from what is beside them.
const EXACT: f64 = 1e15;

/// A function applied to arguments as [`function::apply`] does it, with conditions on constants
/// decided.
pub(super) fn apply(
    pool: &mut Pool,
    function: FunctionId,
    arguments: &[ExprId],
) -> ExprId {
    let id = function::apply(pool, function, arguments);
    match (Relation::of(function), arguments) {
        (Some(relation), [a, b]) if pool.as_number(id).is_none() => {
            match holds(pool, relation, [*a, *b]) {
                Some(true) => Pool::ONE,
                Some(false) => Pool::ZERO,
                None => id,
            }
        }
        _ => id,
    }
}

/// Whether a relation holds of two constants, as far as digits and proofs tell.
pub(super) fn holds(
    pool: &mut Pool,
    relation: Relation,
    [a, b]: [ExprId; 2],
) -> Option<bool> {
    if pool.is_complex() || matches!(relation, Relation::And | Relation::Or) {
        return None;
    }
    let gap = pool.difference(a, b);
    if !pool.is_constant(gap) || gap == Pool::UNDEFINED {
        return None;
    }
    match (sign_of_constant(pool, gap)?, relation) {
        // One without a value is not 0.
        (Ordering::Equal, _)
            if digits::is_defined(pool, gap, syntax::in_normal_form) == Some(false) =>
        {
            None
        }
        (order, Relation::Less) => Some(order.is_lt()),
        (order, Relation::LessEqual) => Some(order.is_le()),
        (order, Relation::Equal) => Some(order.is_eq()),
        (order, Relation::NotEqual) => Some(order.is_ne()),
        (_, Relation::And | Relation::Or) => None,
    }
}

/// The value of a function with steps of a constant that is proved to be at a step: no digits
/// tell on which side of it that is.
pub(super) fn on_step(pool: &mut Pool, id: ExprId) -> Option<ExprId> {
    let Node::Apply(function, list) = pool.node(id) else { return None };
    let [u] = *pool.list(list) else { return None };
    let mut tape = Tape::default();
    let slot = tape.add_expressions(pool, &[u])[0];
    let half = (2.0 * values(&tape, &[])[slot as usize]).round();
    if pool.as_number(u).is_some() || half.is_nan() || half.abs() > EXACT {
        return None;
    }
    let step = Number::ratio(half as i64, 2)?;
    let step = pool.number(step);
    let gap = pool.difference(u, step);
    let is_there = digits::is_defined(pool, gap, syntax::in_normal_form) != Some(false)
        && sign_of_constant(pool, gap) == Some(Ordering::Equal);
    is_there.then(|| function::apply(pool, function, &[step]))
}
