//! Signs and branches of expressions in a positive distance, near 0.

use super::bench::Bench;
use crate::evaluate::{Bounds, Range};
use crate::function;
use crate::kernel::{ExprId, Node, Pool, Relation};

/// Distances over which bounds are taken.
const CLOSE: Range = Range { low: 0.0, high: 1e-3 };
/// So many branches are decided.
const MAX_BRANCHES: usize = 12;

/// The sign of a product near 0, as far as its factors show it, and whether it is never 0.
pub(super) fn sign_near(
    bench: &mut Bench<'_>,
    of: ExprId,
    distance: ExprId,
) -> Option<(i8, bool)> {
    if of == Pool::ZERO {
        return Some((0, true));
    }
    let (number, rest) = bench.pool.coefficient(of);
    let mut sign = if number.is_negative() { -1 } else { 1 };
    let mut is_strict = true;
    for factor in bench.pool.factors(&rest).to_vec() {
        if bench.pool.is_positive(factor) {
            continue;
        }
        let range = Bounds::new(bench.pool, &[factor], &[distance])
            .map_or(Range::ALL, |bounds| bounds.over(&[CLOSE]).0[0]);
        match (range.low, range.high) {
            (low, _) if low > 0.0 => {}
            (_, high) if high < 0.0 => sign = -sign,
            (low, _) if low >= 0.0 || bench.pool.is_nonnegative(factor) => {
                is_strict = false;
            }
            (_, high) if high <= 0.0 => (sign, is_strict) = (-sign, false),
            _ => return None,
        }
    }
    Some((sign, is_strict))
}

/// An expression in a positive distance with the branches that are taken near 0.
pub(super) fn decided(bench: &mut Bench<'_>, mut of: ExprId, distance: ExprId) -> ExprId {
    for _ in 0..MAX_BRANCHES {
        let Some((open, taken)) = first_branch(bench, of, distance) else { break };
        of = bench.put(of, &[(open, taken)]);
    }
    of
}

/// The innermost comparison, or function in pieces, that is decided near 0, and what it is.
fn first_branch(
    bench: &mut Bench<'_>,
    of: ExprId,
    distance: ExprId,
) -> Option<(ExprId, ExprId)> {
    for id in bench.pool.reachable(&[of]) {
        let Node::Apply(function, list) = bench.pool.node(id) else { continue };
        let arguments = bench.pool.list(list).to_vec();
        let (left, right) = match arguments[..] {
            [one] => (one, Pool::ZERO),
            [left, right] => (left, right),
            _ => continue,
        };
        let relation = Relation::of(function);
        let name = match relation {
            Some(Relation::And | Relation::Or) => continue,
            Some(_) => "",
            None if function.is_builtin() => function::spec(function).name,
            None => continue,
        };
        let is_known = matches!(name, "" | "abs" | "sign" | "heaviside" | "max" | "min");
        if !is_known || !bench.depends(id, &[distance]) {
            continue;
        }
        let gap = bench.minus(left, right);
        let Some((sign, true)) = sign_near(bench, gap, distance) else { continue };
        let truth = |holds: bool| if holds { Pool::ONE } else { Pool::ZERO };
        let taken = match (relation, name) {
            (Some(Relation::Equal), _) => truth(sign == 0),
            (Some(Relation::Less), _) => truth(sign < 0),
            (Some(Relation::LessEqual), _) => truth(sign <= 0),
            (Some(_), _) => truth(sign != 0),
            (_, "max") if sign < 0 => right,
            (_, "min") if sign > 0 => right,
            (_, "abs") if sign < 0 => bench.pool.negate(left),
            (_, "max" | "min" | "abs") => left,
            (_, "sign") => bench.pool.integer(i64::from(sign)),
            _ if sign == 0 => continue,
            _ => truth(sign > 0),
        };
        return Some((id, taken));
    }
    None
}
