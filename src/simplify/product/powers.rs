//! Roots and symbolic powers: joined, and beside parts of what is raised.

use crate::kernel::{ExprId, FunctionId, Node, Number, Pool};
use crate::simplify::collect::keep;
use crate::simplify::divisors::divides_by_more;
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
    let whole = pool.product_with(coefficient.clone(), factors);
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
            if divides_by_more(pool, whole, moved) {
                continue;
            }
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
            let Some(shared) = shared_root(pool, (base, exponent), (other, n)) else {
                continue;
            };
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
            others[*i] = pool.power(joined, shared);
            let left = [(base, exponent), (other, n)].map(|(base, exponent)| {
                let rest = pool.difference(exponent, shared);
                pool.power(base, rest)
            });
            others[*k] = pool.product(&left);
            let cost = pool.cost(others[*i]) + pool.cost(others[*k]);
            if cost < pool.cost(factors[*i]) + pool.cost(factors[*k]) {
                return Some(pool.product_with(coefficient.clone(), &others));
            }
        }
    }
    None
}

/// `e^(-u)/(e^(-u) + 1)` as `1/(e^u + 1)`: a sum below the bar loses the exponential with a
/// minus in its exponent.
pub(super) fn with_exponential_above(
    pool: &mut Pool,
    coefficient: &Number,
    factors: &[ExprId],
) -> Option<ExprId> {
    for (place, factor) in factors.iter().enumerate() {
        let (base, exponent) = pool.base(*factor);
        let Node::Sum(list) = pool.node(base) else { continue };
        let Some(n) = pool.as_number(exponent).and_then(Number::to_i64) else { continue };
        if n >= 0 || list.len > 4 {
            continue;
        }
        let terms: SmallVec<[ExprId; 4]> = SmallVec::from_slice(pool.list(list));
        let inner = terms.iter().find_map(|term| {
            let (_, rest) = pool.coefficient(*term);
            pool.factors(&rest).iter().find_map(|part| match pool.node(*part) {
                Node::Power(Pool::E, power) if pool.leads_negative(power) => Some(power),
                _ => None,
            })
        });
        let Some(inner) = inner else { continue };
        let turned = pool.negate(inner);
        let times = pool.power(Pool::E, turned);
        let moved: SmallVec<[ExprId; 4]> =
            terms.iter().map(|term| pool.product(&[*term, times])).collect();
        let sum = pool.sum(&moved);
        let whole = pool.integer_power(times, -n);
        let mut others: SmallVec<[ExprId; 8]> = SmallVec::from_slice(factors);
        others[place] = pool.integer_power(sum, n);
        others.push(whole);
        return Some(pool.product_with(coefficient.clone(), &others));
    }
    None
}

/// The exponent to which two powers can be joined: equal ones, or the smaller of two halves on
/// one side of the bar, as in `sqrt(1 - x)*(1 + x)^(3/2)`.
fn shared_root(
    pool: &Pool,
    (u, a): (ExprId, ExprId),
    (v, b): (ExprId, ExprId),
) -> Option<ExprId> {
    if a == b {
        return Some(a);
    }
    let (m, n) = (pool.as_number(a)?, pool.as_number(b)?);
    let two = Number::from(2);
    let are_halves = m.denominator() == two && n.denominator() == two;
    let is_function = |id: &ExprId| matches!(pool.node(*id), Node::Apply(..));
    let is_algebraic = || !pool.reachable(&[u, v]).iter().any(is_function);
    (are_halves && m.is_negative() == n.is_negative() && is_algebraic())
        .then_some(if m.abs() < n.abs() { a } else { b })
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
