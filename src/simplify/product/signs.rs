//! Products with absolute values, signs and steps.

use super::functions::reciprocal_of;
use crate::function;
use crate::kernel::{ExprId, FunctionId, Node, Number, Pool};
use smallvec::SmallVec;

/// `u*sign(u)` is `abs(u)`, `sign(u)/u` is `1/abs(u)`, `sign(u)*abs(u)` is `u`,
/// `sign(u)/abs(u)` is `1/u`.
pub(super) fn without_sign(
    pool: &mut Pool,
    coefficient: &Number,
    factors: &[ExprId],
) -> Option<ExprId> {
    if let Some(found) = with_plain_sign(pool, coefficient, factors) {
        return Some(found);
    }
    let place = factors
        .iter()
        .position(|id| matches!(pool.node(*id), Node::Apply(FunctionId::SIGN, _)))?;
    let Node::Apply(_, list) = pool.node(factors[place]) else { return None };
    let argument = pool.list(list)[0];
    let magnitude = pool.absolute(argument);
    // A power between 0 and 1 would go below the bar and take the value at 0 with it.
    let of_magnitude = factors.iter().position(|id| {
        let (base, exponent) = pool.base(*id);
        let n = pool.as_number(exponent);
        let goes_below = n.is_some_and(|n| n.is_positive() && *n < Number::ONE);
        base == magnitude && !goes_below
    });
    if let Some(place_of) = of_magnitude {
        // sign(u)*abs(u)^n is u*abs(u)^(n - 1).
        let mut others: SmallVec<[ExprId; 8]> = SmallVec::from_slice(factors);
        let inverse = pool.power(magnitude, Pool::MINUS_ONE);
        others[place_of] = pool.product(&[others[place_of], inverse]);
        others[place] = argument;
        return Some(pool.product_with(coefficient.clone(), &others));
    }
    let power = factors.iter().position(|id| {
        let (base, exponent) = pool.base(*id);
        let n = pool.as_number(exponent);
        base == argument
            && n.is_some_and(|n| *n >= Number::ONE || *n == Number::MINUS_ONE)
    })?;
    let mut others: SmallVec<[ExprId; 8]> = SmallVec::from_slice(factors);
    let is_above = others[power] != pool.power(argument, Pool::MINUS_ONE);
    let n = if is_above { Pool::ONE } else { Pool::MINUS_ONE };
    let magnitude = pool.power(magnitude, n);
    // A power of a product is no product, so it is not divided but lowered.
    let rest = pool.difference(pool.base(others[power]).1, n);
    others[power] = pool.power(argument, rest);
    others[place] = magnitude;
    Some(pool.product_with(coefficient.clone(), &others))
}

/// `sign(u)^2*abs(u)^n` is `abs(u)^n`, and an odd power of the sign beside one is the sign: at
/// 0 both are 0, or have no value.
fn with_plain_sign(
    pool: &mut Pool,
    coefficient: &Number,
    factors: &[ExprId],
) -> Option<ExprId> {
    let (place, base, n) = factors.iter().enumerate().find_map(|(place, id)| {
        let (base, exponent) = pool.base(*id);
        matches!(pool.node(base), Node::Apply(FunctionId::SIGN, _)).then_some(())?;
        let n = pool.as_number(exponent).and_then(Number::to_i64)?;
        (n > 1).then_some((place, base, n))
    })?;
    let Node::Apply(_, list) = pool.node(base) else { return None };
    let argument = pool.list(list)[0];
    let magnitude = pool.absolute(argument);
    let is_beside = factors.iter().map(|id| pool.base(*id)).any(|(base, exponent)| {
        (base == argument || base == magnitude) && pool.as_number(exponent).is_some()
    });
    is_beside.then(|| {
        let mut others: SmallVec<[ExprId; 8]> = SmallVec::from_slice(factors);
        others[place] = if n % 2 == 0 { Pool::ONE } else { base };
        pool.product_with(coefficient.clone(), &others)
    })
}

/// `abs(u)/u^2` as `1/abs(u)`, and `u^2/abs(u)` as `abs(u)`.
pub(super) fn with_one_magnitude(
    pool: &mut Pool,
    coefficient: &Number,
    factors: &[ExprId],
) -> Option<ExprId> {
    for (i, factor) in factors.iter().enumerate() {
        let (base, exponent) = pool.base(*factor);
        let Node::Apply(FunctionId::ABS, list) = pool.node(base) else { continue };
        let argument = pool.list(list)[0];
        let power = |pool: &Pool, exponent: ExprId| {
            pool.as_number(exponent).and_then(Number::to_i64)
        };
        let Some(m) = power(pool, exponent) else { continue };
        if let Some(inverse) = reciprocal_of(pool, argument)
            && let magnitude = pool.absolute(inverse)
            && factors.iter().any(|factor| {
                let base = pool.base(*factor).0;
                base == inverse || base == magnitude
            })
        {
            // abs(sec(u))*cos(u)^2 is cos(u)^2/abs(cos(u)).
            let mut others: SmallVec<[ExprId; 8]> = SmallVec::from_slice(factors);
            others[i] = pool.integer_power(magnitude, -m);
            let joined = pool.product_with(coefficient.clone(), &others);
            let (coefficient, rest) = pool.coefficient(joined);
            let coefficient = coefficient.clone();
            let factors: SmallVec<[ExprId; 8]> =
                SmallVec::from_slice(pool.factors(&rest));
            return with_one_magnitude(pool, &coefficient, &factors).or(Some(joined));
        }
        for (k, other) in factors.iter().enumerate() {
            let (base_of, exponent) = pool.base(*other);
            let is_across = |n: &i64| n.signum() == -m.signum() && n.abs() > 1;
            let Some(n) = power(pool, exponent).filter(is_across) else { continue };
            let is_turned = pool.is_negative_of(base_of, argument);
            if (base_of == argument || is_turned) && !pool.is_complex() {
                let times = (m.abs() + 1).min(n.abs()) / 2 * 2 * m.signum();
                let mut others: SmallVec<[ExprId; 8]> = SmallVec::from_slice(factors);
                others[i] = pool.integer_power(base, m - times);
                others[k] = pool.integer_power(base_of, n + times);
                return Some(pool.product_with(coefficient.clone(), &others));
            }
        }
    }
    None
}

/// `sqrt(x)*abs(x + 1)` as `sqrt(x)*(x + 1)`, and `sqrt(x)*sign(x)` as `sqrt(x)`, which are 0
/// together: the root is there only where x is not negative.
pub(super) fn without_magnitude(
    pool: &mut Pool,
    coefficient: &Number,
    factors: &[ExprId],
) -> Option<ExprId> {
    if pool.is_complex() {
        return None;
    }
    let has_even_root = |factor: &&ExprId| {
        let exponent = pool.base(**factor).1;
        pool.as_number(exponent).is_some_and(|n| n.denominator().is_even())
    };
    let radicand = |factor: &ExprId| {
        let base = pool.base(*factor).0;
        let (n, rest) = pool.coefficient(base);
        if n.is_positive() { rest } else { base }
    };
    let roots: SmallVec<[ExprId; 4]> =
        factors.iter().filter(has_even_root).map(radicand).collect();
    if roots.is_empty() {
        return None;
    }
    for (place, factor) in factors.iter().enumerate() {
        let (base, exponent) = pool.base(*factor);
        let Node::Apply(function, list) = pool.node(base) else { continue };
        let argument = pool.list(list)[0];
        let plain = match function {
            FunctionId::ABS
                if roots
                    .iter()
                    .any(|root| is_nonnegative_with(pool, argument, *root)) =>
            {
                Some(pool.power(argument, exponent))
            }
            FunctionId::SIGN if exponent == Pool::ONE && roots.contains(&argument) => {
                Some(Pool::ONE)
            }
            _ => None,
        };
        if let Some(plain) = plain {
            let mut others: SmallVec<[ExprId; 8]> = SmallVec::from_slice(factors);
            others[place] = plain;
            return Some(pool.product_with(coefficient.clone(), &others));
        }
    }
    None
}

/// Whether an expression has no negative value where another has none: all its terms are
/// products of that and of what is never negative, or it is more than a multiple of it.
fn is_nonnegative_with(pool: &mut Pool, id: ExprId, known: ExprId) -> bool {
    let is_fine = |pool: &Pool, term: ExprId| {
        if let Some(n) = pool.as_number(term) {
            return !n.is_negative();
        }
        let (coefficient, rest) = pool.coefficient(term);
        let mut factors = pool.factors(&rest).iter();
        let is_fine = |factor: &ExprId| {
            pool.is_nonnegative(*factor) || pool.base(*factor).0 == known
        };
        coefficient.is_positive() && (rest == known || factors.all(is_fine))
    };
    if pool.terms(&id).iter().all(|term| is_fine(pool, *term)) {
        return true;
    }
    let (Some(first), Some(of)) =
        (pool.terms(&id).first().copied(), pool.terms(&known).first().copied())
    else {
        return false;
    };
    let (n, rest) = pool.coefficient(first);
    let (m, same) = pool.coefficient(of);
    let Some(ratio) = m.recip().map(|inverse| n.mul(&inverse)) else { return false };
    if rest != same || !ratio.is_positive() {
        return false;
    }
    let own = pool.terms(&id).iter().map(|term| (Number::ONE, *term));
    let others = pool.terms(&known).iter().map(|term| (ratio.neg(), *term));
    let terms: Vec<(Number, ExprId)> = own.chain(others).collect();
    let left = pool.weighted_sum(&terms);
    pool.is_nonnegative(left)
}

/// `relu(u)*heaviside(u)` is `relu(u)`, and the same for `max(0, u)`.
pub(super) fn without_step(
    pool: &mut Pool,
    coefficient: &Number,
    factors: &[ExprId],
) -> Option<ExprId> {
    let named = |pool: &Pool, id: ExprId, wanted: &str| {
        let (base, exponent) = pool.base(id);
        let is_above = pool.as_number(exponent).is_some_and(Number::is_positive);
        let Node::Apply(function, list) = pool.node(base) else { return None };
        let is_named = function::spec(function).name == wanted && is_above;
        is_named.then(|| pool.list(list).to_vec())
    };
    let place = factors.iter().position(|id| named(pool, *id, "heaviside").is_some())?;
    let argument = named(pool, factors[place], "heaviside")?;
    let is_zero_below = |id: &ExprId| {
        named(pool, *id, "relu").is_some_and(|list| list == argument)
            || named(pool, *id, "max").is_some_and(|list| {
                list.len() == 2
                    && list.contains(&Pool::ZERO)
                    && list.contains(&argument[0])
            })
    };
    if !factors.iter().any(is_zero_below) {
        return None;
    }
    let mut others: SmallVec<[ExprId; 8]> = SmallVec::from_slice(factors);
    others.remove(place);
    Some(pool.product_with(coefficient.clone(), &others))
}
