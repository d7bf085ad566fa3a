//! Roots and symbolic powers: joined, and beside parts of what is raised.

use crate::kernel::{ExprId, FunctionId, Node, Number, Pool};
use crate::simplify::collect::keep;
use crate::simplify::expand::expand;
use smallvec::SmallVec;

/// Radicands of more terms than this are not put under one root.
const MAX_JOINED: usize = 6;

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

/// `sqrt(1 - x)*sqrt(1 + x)` as `sqrt(1 - x^2)`, `abs(a)*abs(x)` as `abs(a*x)`: the radicand
/// is not negative wherever the roots are defined.
pub(super) fn with_joined_roots(
    pool: &mut Pool,
    coefficient: &Number,
    factors: &[ExprId],
) -> Option<ExprId> {
    if pool.is_complex() {
        return None;
    }
    let joins = |pool: &Pool, id: ExprId| {
        let (base, exponent) = pool.base(id);
        let is_root = matches!(pool.node(base), Node::Sum(_))
            && pool.as_number(exponent).is_some_and(|n| !n.is_integer());
        is_root || matches!(pool.node(base), Node::Apply(FunctionId::ABS, _))
    };
    let places: SmallVec<[usize; 8]> =
        (0..factors.len()).filter(|at| joins(pool, factors[*at])).collect();
    for (at, i) in places.iter().enumerate() {
        let (base, exponent) = pool.base(factors[*i]);
        for k in &places[at + 1..] {
            let (other, n) = pool.base(factors[*k]);
            if n != exponent {
                continue;
            }
            let joined = match (pool.node(base), pool.node(other)) {
                (Node::Apply(_, a), Node::Apply(_, b)) => {
                    let inner = [pool.list(a)[0], pool.list(b)[0]];
                    let product = pool.product(&inner);
                    pool.absolute(product)
                }
                (Node::Sum(_), Node::Sum(_)) => {
                    let product = pool.product(&[base, other]);
                    match expand(pool, product, MAX_JOINED) {
                        Some(joined) => joined,
                        None => continue,
                    }
                }
                _ => continue,
            };
            let mut others: SmallVec<[ExprId; 8]> = SmallVec::from_slice(factors);
            others[*i] = pool.power(joined, exponent);
            others.remove(*k);
            if pool.cost(others[*i]) < pool.cost(factors[*i]) + pool.cost(factors[*k]) {
                return Some(pool.product_with(coefficient.clone(), &others));
            }
        }
    }
    None
}

/// `2^x*3^x` as `6^x`, `2^x*3^(-x)` as `(2/3)^x`.
pub(super) fn with_joined_numbers(
    pool: &mut Pool,
    coefficient: &Number,
    factors: &[ExprId],
) -> Option<ExprId> {
    let raised = |pool: &Pool, at: usize| {
        let Node::Power(base, exponent) = pool.node(factors[at]) else { return None };
        let number = pool.as_number(base).filter(|n| n.is_positive())?.clone();
        pool.as_number(exponent).is_none().then_some((number, exponent))
    };
    let places: SmallVec<[usize; 8]> =
        (0..factors.len()).filter(|at| raised(pool, *at).is_some()).collect();
    for (at, i) in places.iter().enumerate() {
        for k in &places[at + 1..] {
            let ((n, exponent), (m, other)) = (raised(pool, *i)?, raised(pool, *k)?);
            let joined = if other == exponent {
                n.mul(&m)
            } else if other == pool.negate(exponent) {
                n.mul(&m.recip()?)
            } else {
                continue;
            };
            let (joined, exponent) = match pool.leads_negative(exponent) {
                true => (joined.recip()?, pool.negate(exponent)),
                false => (joined, exponent),
            };
            let joined = pool.number(joined);
            let mut others: SmallVec<[ExprId; 8]> = SmallVec::from_slice(factors);
            others[*i] = pool.power(joined, exponent);
            others.remove(*k);
            return Some(pool.product_with(coefficient.clone(), &others));
        }
    }
    None
}
