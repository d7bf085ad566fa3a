//! Conditions on constants, which digits decide where numbers alone do not: `pi/3 < ln(3)`.
//!
//! A branch that is not taken needs no value, so a condition is decided before the branches are.

use crate::check::{is_zero_within, vanishes_by_roots};
use crate::evaluate::{Tape, digits, values};
use crate::function;
use crate::kernel::{ExprId, FunctionId, Node, Number, Pool, Relation};
use crate::simplify;
use crate::syntax;

/// The steps of images that one decision may take.
const STEPS: usize = 100_000;
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
    let side = simplify::side(pool, gap).filter(|side| side.is_strict);
    match (side, relation) {
        (Some(side), Relation::Less | Relation::LessEqual) => Some(!side.is_above),
        (Some(_), Relation::Equal) => Some(false),
        (Some(_), Relation::NotEqual) => Some(true),
        (None, _) if vanishes(pool, gap) => {
            Some(matches!(relation, Relation::LessEqual | Relation::Equal))
        }
        _ => None,
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
    let side = simplify::side(pool, gap);
    (side.is_none_or(|side| !side.is_strict) && vanishes(pool, gap))
        .then(|| function::apply(pool, function, &[step]))
}

/// Whether a constant is proved to be 0. One without a value is not.
fn vanishes(pool: &mut Pool, id: ExprId) -> bool {
    digits::is_defined(pool, id, syntax::in_normal_form) != Some(false)
        && (is_zero_within(pool, id, STEPS) || vanishes_by_roots(pool, id) == Some(true))
}
