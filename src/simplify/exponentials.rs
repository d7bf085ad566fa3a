//! Sums of two exponentials as hyperbolic functions.

use super::expand::expand_all;
use crate::function;
use crate::kernel::{ExprId, Node, Number, Pool};
use rustc_hash::FxHashMap;

/// Sums of more terms are left alone.
const MAX_TERMS: usize = 16;
/// Exponents of more terms are left alone.
const MAX_EXPONENT: usize = 8;

/// An expression with `e^a + e^b` in its sums as `2*e^((a + b)/2)*cosh((a - b)/2)`, and the
/// differences by the sine; if not `free`, only where each sum gets no longer.
pub(super) fn with_hyperbolic(pool: &mut Pool, id: ExprId, free: bool) -> ExprId {
    if pool.is_complex() {
        return id;
    }
    let mut map: FxHashMap<ExprId, ExprId> = FxHashMap::default();
    for node in pool.reachable(&[id]) {
        let get = |child: ExprId| map.get(&child).copied().unwrap_or(child);
        let mut new = function::rebuild(pool, node, get);
        while let Some(joined) = joined(pool, new) {
            if !free && pool.cost(joined) > pool.cost(new) {
                break;
            }
            new = joined;
        }
        if new != node {
            map.insert(node, new);
        }
    }
    map.get(&id).copied().unwrap_or(id)
}

/// A sum in which two terms with exponentials are one term; those whose product has none are
/// taken first.
fn joined(pool: &mut Pool, sum: ExprId) -> Option<ExprId> {
    let Node::Sum(list) = pool.node(sum) else { return None };
    let terms = pool.list(list).to_vec();
    if terms.len() > MAX_TERMS {
        return None;
    }
    let parts: Vec<(ExprId, ExprId)> =
        terms.iter().map(|term| taken_apart(pool, *term)).collect();
    if parts.iter().all(|(_, exponent)| *exponent == Pool::ZERO) {
        return None;
    }
    let mut best: Option<(bool, ExprId)> = None;
    for (i, (cofactor, a)) in parts.iter().enumerate() {
        for (k, (other, b)) in parts.iter().enumerate().skip(i + 1) {
            let is_sum = cofactor == other;
            if a == b || !is_sum && !pool.is_negative_of(*cofactor, *other) {
                continue;
            }
            let total = pool.sum(&[*a, *b]);
            let is_pair = total == Pool::ZERO;
            if best.is_some_and(|(known, _)| known || !is_pair) {
                continue;
            }
            let gap = pool.difference(*a, *b);
            // A number is no hyperbolic function: e - 1/e stays.
            if pool.is_constant(gap) {
                continue;
            }
            let half = |pool: &mut Pool, id: ExprId| {
                let half = pool.scale(&Number::HALF, id);
                expand_all(pool, half, MAX_EXPONENT)
            };
            let (total, gap) = (half(pool, total)?, half(pool, gap)?);
            let function = function::lookup(if is_sum { "cosh" } else { "sinh" }, 1)?;
            let applied = function::apply(pool, function, &[gap]);
            let outside = pool.power(Pool::E, total);
            let joined =
                pool.product_with(Number::from(2), &[*cofactor, outside, applied]);
            let mut all = vec![joined];
            let others = terms.iter().enumerate().filter(|(at, _)| *at != i && *at != k);
            all.extend(others.map(|(_, term)| *term));
            best = Some((is_pair, pool.sum(&all)));
        }
    }
    best.map(|(_, joined)| joined)
}

/// A term as a cofactor and the exponent of e.
fn taken_apart(pool: &mut Pool, term: ExprId) -> (ExprId, ExprId) {
    let (_, rest) = pool.coefficient(term);
    let power =
        pool.factors(&rest).iter().find(|factor| pool.base(**factor).0 == Pool::E);
    match power.copied() {
        Some(power) => (pool.quotient(term, power), pool.base(power).1),
        None => (term, Pool::ZERO),
    }
}
