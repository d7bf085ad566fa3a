//! Broken and symbolic powers of products beside parts of these products.

use super::collect::keep;
use crate::kernel::{ExprId, Node, Number, Pool};
use smallvec::SmallVec;

/// A product in which a power of a product takes up its base once more, or gives it away:
/// `L/(g^2*sqrt(L/g))` is `sqrt(L/g)/g`. The cheapest way that is found; `None` when there is
/// no such power.
pub(super) fn with_whole_base(
    pool: &mut Pool,
    coefficient: &Number,
    factors: &[ExprId],
) -> Option<ExprId> {
    let mut best: Option<ExprId> = None;
    for (place, factor) in factors.iter().enumerate() {
        let (base, exponent) = pool.base(*factor);
        let is_whole = pool.as_number(exponent).is_some_and(Number::is_integer);
        if is_whole || !matches!(pool.node(base), Node::Product(_) | Node::Multiple(..)) {
            continue;
        }
        for step in [Pool::ONE, Pool::MINUS_ONE] {
            let (exponent, back) = (pool.sum(&[exponent, step]), pool.negate(step));
            let mut others: SmallVec<[ExprId; 8]> = SmallVec::from_slice(factors);
            others[place] = pool.power(base, exponent);
            others.push(pool.power(base, back));
            let moved = pool.product_with(coefficient.clone(), &others);
            match &mut best {
                Some(best) => keep(pool, best, moved),
                None => best = Some(moved),
            }
        }
    }
    best
}
