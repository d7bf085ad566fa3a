//! Products: what cancels, what joins, and what is put outside of sums.

mod collected;
mod functions;
mod powers;
mod signs;
mod sums;

use super::collect::keep;
use super::cube_root::with_thirds_joined;
use super::expand::expand_below;
use super::lowest::{in_lowest_terms, with_whole_numbers};
use super::pass::improve;
use crate::kernel::{ExprId, Node, Number, Pool};
use smallvec::SmallVec;

/// Another way to write a number times factors.
type Rule = fn(&mut Pool, &Number, &[ExprId]) -> Option<ExprId>;
/// Rules with the products of which each may make something.
type Rules = &'static [(Rule, fn(&Kinds) -> bool)];

/// The kinds of factors that a product has, and how many of each.
#[derive(Default)]
struct Kinds {
    /// Powers of functions.
    functions: usize,
    /// Powers of sums.
    sums: usize,
    /// Powers of sums below the bar.
    divisors: usize,
    /// Roots and powers with symbolic exponents.
    roots: usize,
}

impl Kinds {
    fn of(pool: &Pool, factors: &[ExprId]) -> Self {
        let mut found = Self::default();
        for factor in factors {
            let (base, exponent) = pool.base(*factor);
            found.functions += usize::from(matches!(pool.node(base), Node::Apply(..)));
            let is_sum = matches!(pool.node(base), Node::Sum(_));
            let number = pool.as_number(exponent);
            let is_below = number.is_some_and(Number::is_negative);
            found.sums += usize::from(is_sum);
            found.divisors += usize::from(is_sum && is_below);
            found.roots += usize::from(!number.is_some_and(Number::is_integer));
        }
        found
    }
}

/// The second list has those that are followed although nothing gets shorter.
#[rustfmt::skip]
const RULES: [Rules; 2] = [
    &[
        (signs::without_sign,        |k| k.functions > 0),
        (signs::without_step,        |k| k.functions > 1),
        (functions::with_tangent,        |k| k.functions > 1),
        (functions::without_reciprocal,  |k| k.functions > 0),
        (signs::with_one_magnitude,  |k| k.functions > 0),
        (signs::without_magnitude,   |k| k.functions > 0 && k.roots > 0),
        (functions::without_factorials,  |k| k.functions > 1),
        (functions::without_logarithms,  |k| k.functions > 1),
        (powers::with_exponential_above, |k| k.roots > 0 && k.divisors > 0),
        (with_thirds_joined,             |k| k.functions > 0),
        (sums::with_one_orientation,     |k| k.sums > 1),
        (sums::turned,                   |k| k.sums > 0),
        (powers::with_joined_roots,      |k| k.roots > 1 || k.functions > 1),
        (powers::with_joined_numbers,    |k| k.roots > 1),
        (powers::with_whole_base,        |k| k.roots > 0),
        (collected::with_sum_collected,  |k| k.roots > 0 && k.sums > 0),
    ],
    &[
        (sums::with_difference_of_squares, |k| k.divisors > 1),
        (with_whole_numbers,               |k| k.divisors > 0),
        (functions::with_logarithm_of_root, |k| k.functions > 0),
    ],
];

/// Products of more factors are left as they are: the rules look at each with each.
const MAX_FACTORS: usize = 100;

/// A product with a sum: multiplied out where that is shorter, what the terms of a sum have
/// in common put outside where that is, `u*sign(u)` as `abs(u)`.
pub(super) fn improve_product(pool: &mut Pool, id: ExprId) -> ExprId {
    let (coefficient, rest) = pool.coefficient(id);
    if are_powers_of_symbols(pool, pool.factors(&rest)) {
        return id;
    }
    let coefficient = coefficient.clone();
    let factors: SmallVec<[ExprId; 8]> = SmallVec::from_slice(pool.factors(&rest));
    if factors.len() > MAX_FACTORS {
        return id;
    }
    let mut best = id;
    let kinds = Kinds::of(pool, &factors);
    for (slack, rules) in RULES.iter().enumerate() {
        for (rule, _) in rules.iter().filter(|(_, may)| may(&kinds)) {
            if let Some(found) = rule(pool, &coefficient, &factors)
                && pool.cost(found) < pool.cost(best).saturating_add(slack as u32)
            {
                best = found;
            }
        }
    }
    for (place, factor) in factors.iter().enumerate() {
        let (base, exponent) = pool.base(*factor);
        let whole = pool.as_number(exponent).is_some_and(Number::is_integer);
        if !whole || !matches!(pool.node(base), Node::Sum(_)) {
            continue;
        }
        for (common, inner) in sums::with_common_out(pool, base) {
            let has_number = !coefficient.abs().numerator().is_one();
            let is_outside = |n: &Number| {
                has_number
                    || factors.len() > 1 && *n >= Number::from(10)
                    || sums::stands_beside(pool, &factors, place)
            };
            let is_outside = (exponent == Pool::ONE || exponent == Pool::MINUS_ONE)
                && match pool.as_number(common) {
                    Some(n) => is_outside(n),
                    // A polynomial stays multiplied out.
                    None => {
                        has_number
                            && kinds.functions + kinds.roots > 0
                            && !pool.coefficient(common).0.abs().is_one()
                    }
                };
            let (common, inner) =
                (pool.power(common, exponent), pool.power(inner, exponent));
            let mut others = factors.clone();
            others[place] = inner;
            others.push(common);
            let drawn = pool.product_with(coefficient.clone(), &others);
            if is_outside && pool.cost(drawn) == pool.cost(best) {
                best = drawn;
            }
            keep(pool, &mut best, drawn);
        }
    }
    if kinds.sums > 0
        && sums::may_cancel(pool, best)
        && let Some(expanded) = expand_below(pool, best, 24, pool.cost(best))
    {
        keep(pool, &mut best, expanded);
    }
    if best != id {
        return improve(pool, best);
    }
    // Numbers that cancel cost a reader nothing, and still nobody leaves them.
    match in_lowest_terms(pool, &coefficient, &factors) {
        Some(lower) if pool.cost(lower) <= pool.cost(id) => lower,
        _ => id,
    }
}

fn are_powers_of_symbols(pool: &Pool, factors: &[ExprId]) -> bool {
    factors.iter().all(|factor| {
        let (base, exponent) = pool.base(*factor);
        matches!(pool.node(base), Node::Symbol(_)) && pool.as_number(exponent).is_some()
    })
}
