//! Products of functions of one argument: the names of quotients and reciprocals, factorials,
//! logarithms.

use super::super::families::{quotient, reciprocal};
use crate::function;
use crate::kernel::{ExprId, FunctionId, MAX_BITS, Node, Number, Pool};
use smallvec::SmallVec;

/// Functions with `f(u + 1) = (u + shift)*f(u)` (DLMF 5.5.1).
const FACTORIALS: [(&str, i64); 2] = [("gamma", 0), ("factorial", 1)];
/// Arguments that lie further apart stay.
const MAX_SHIFT: i64 = 3;
/// The highest power that is looked for in a number.
const MAX_DEGREE: u32 = 12;

/// `(n + 1)!/n!` as `n + 1`.
pub(super) fn without_factorials(
    pool: &mut Pool,
    coefficient: &Number,
    factors: &[ExprId],
) -> Option<ExprId> {
    let known = |pool: &Pool, factor: ExprId| {
        let (base, exponent) = pool.base(factor);
        let Node::Apply(function, list) = pool.node(base) else { return None };
        let name = function::spec(function).name;
        let row = FACTORIALS.iter().find(|row| row.0 == name)?;
        let is_below = match exponent {
            Pool::ONE => false,
            Pool::MINUS_ONE => true,
            _ => return None,
        };
        Some((row.0, row.1, pool.list(list)[0], is_below))
    };
    for (i, above) in factors.iter().enumerate() {
        let Some((name, shift, u, false)) = known(pool, *above) else { continue };
        for (k, below) in factors.iter().enumerate() {
            let Some((other, _, v, true)) = known(pool, *below) else { continue };
            let gap = pool.difference(u, v);
            let Some(gap) = pool.as_number(gap).and_then(Number::to_i64) else {
                continue;
            };
            if name != other || gap.abs() > MAX_SHIFT {
                continue;
            }
            let low = if gap > 0 { v } else { u };
            let mut others: SmallVec<[ExprId; 8]> = SmallVec::from_slice(factors);
            (others[i], others[k]) = (Pool::ONE, Pool::ONE);
            for step in 0..gap.abs() {
                let number = pool.integer(step + shift);
                let factor = pool.sum(&[low, number]);
                others.push(pool.integer_power(factor, gap.signum()));
            }
            return Some(pool.product_with(coefficient.clone(), &others));
        }
    }
    None
}

/// `ln(4)/2` as `ln(2)`: the exponent of a number in a logarithm before it.
pub(super) fn with_logarithm_of_root(
    pool: &mut Pool,
    coefficient: &Number,
    factors: &[ExprId],
) -> Option<ExprId> {
    for (place, factor) in factors.iter().enumerate() {
        let (base, exponent) = pool.base(*factor);
        let Node::Apply(FunctionId::LN, list) = pool.node(base) else { continue };
        let Some(number) = pool.as_number(pool.list(list)[0]) else { continue };
        let times = pool.as_number(exponent).and_then(Number::to_i64);
        let (Some(times), true) = (times, number.is_positive()) else { continue };
        let root = |degree: u32| Some((i64::from(degree), number.exact_root(degree)?));
        let Some((degree, root)) = (2..=MAX_DEGREE).rev().find_map(root) else {
            continue;
        };
        let factor = coefficient.mul(&Number::from(degree).pow(times, MAX_BITS)?);
        // Where nothing cancels, the number stays in the logarithm.
        let sizes = |n: &Number| (n.denominator(), n.numerator().abs());
        let ((below, above), (old_below, old_above)) =
            (sizes(&factor), sizes(coefficient));
        if below > old_below || above > old_above || factor == *coefficient {
            continue;
        }
        let mut others: SmallVec<[ExprId; 8]> = SmallVec::from_slice(factors);
        let root = pool.number(root);
        let log = function::apply(pool, FunctionId::LN, &[root]);
        others[place] = pool.integer_power(log, times);
        return Some(pool.product_with(factor, &others));
    }
    None
}

/// `ln(8)/ln(2)` as 3.
pub(super) fn without_logarithms(
    pool: &mut Pool,
    coefficient: &Number,
    factors: &[ExprId],
) -> Option<ExprId> {
    let number = |pool: &Pool, factor: ExprId, wanted: ExprId| {
        let (base, exponent) = pool.base(factor);
        let Node::Apply(FunctionId::LN, list) = pool.node(base) else { return None };
        (exponent == wanted).then(|| pool.as_number(pool.list(list)[0]).cloned())?
    };
    for (i, above) in factors.iter().enumerate() {
        let Some(n) = number(pool, *above, Pool::ONE) else { continue };
        for (k, below) in factors.iter().enumerate() {
            let Some(base) = number(pool, *below, Pool::MINUS_ONE) else { continue };
            let Some(log) = function::logarithm(&n, &base) else { continue };
            let mut others: SmallVec<[ExprId; 8]> = SmallVec::from_slice(factors);
            (others[i], others[k]) = (Pool::ONE, Pool::ONE);
            return Some(pool.product_with(coefficient.mul(&log), &others));
        }
    }
    None
}

/// What `sec(u)` is the reciprocal of, and so on.
pub(super) fn reciprocal_of(pool: &mut Pool, id: ExprId) -> Option<ExprId> {
    let Node::Apply(function, list) = pool.node(id) else { return None };
    let name = reciprocal(function::spec(function).name)?;
    let argument = pool.list(list)[0];
    let other = function::lookup(name, 1)?;
    Some(function::apply(pool, other, &[argument]))
}

/// `1/sec(u)` is `cos(u)`, and so on. Tangents below the bar stay: their derivatives have
/// `1/cos(u)^2` beside them.
pub(super) fn without_reciprocal(
    pool: &mut Pool,
    coefficient: &Number,
    factors: &[ExprId],
) -> Option<ExprId> {
    for (place, factor) in factors.iter().enumerate() {
        let (base, exponent) = pool.base(*factor);
        let Some(n) = pool.as_number(exponent).and_then(Number::to_i64) else { continue };
        let Node::Apply(function, list) = pool.node(base) else { continue };
        if n >= 0 {
            continue;
        }
        let Some(name) = reciprocal(function::spec(function).name) else { continue };
        let argument = pool.list(list)[0];
        let other = function::lookup(name, 1)?;
        let applied = function::apply(pool, other, &[argument]);
        let mut others: SmallVec<[ExprId; 8]> = SmallVec::from_slice(factors);
        others[place] = pool.integer_power(applied, n.checked_neg()?);
        return Some(pool.product_with(coefficient.clone(), &others));
    }
    None
}

/// `sin(u)/cos(u)` is `tan(u)`, and so on.
pub(super) fn with_tangent(
    pool: &mut Pool,
    coefficient: &Number,
    factors: &[ExprId],
) -> Option<ExprId> {
    let known = |pool: &Pool, id: ExprId| {
        let (base, exponent) = pool.base(id);
        let n = pool.as_number(exponent)?.to_i64()?;
        let Node::Apply(function, list) = pool.node(base) else { return None };
        Some((function::spec(function).name, *pool.list(list).first()?, n))
    };
    let is_divisor = |id: &ExprId| {
        let (base, exponent) = pool.base(*id);
        matches!(pool.node(base), Node::Apply(..))
            && pool.as_number(exponent).is_some_and(Number::is_negative)
    };
    if !factors.iter().any(is_divisor) {
        return None;
    }
    for (i, above) in factors.iter().enumerate() {
        let Some((name, argument, n)) = known(pool, *above) else { continue };
        if n <= 0 {
            continue;
        }
        for (k, below) in factors.iter().enumerate() {
            let Some((other, same, m)) = known(pool, *below) else { continue };
            if same != argument || m >= 0 {
                continue;
            }
            let Some(found) = quotient(name, other) else { continue };
            let function = function::lookup(found, 1)?;
            let whole = n.min(-m);
            let tangent = function::apply(pool, function, &[argument]);
            let mut others: SmallVec<[ExprId; 8]> = SmallVec::from_slice(factors);
            others[i] = pool.integer_power(pool.base(*above).0, n - whole);
            others[k] = pool.integer_power(pool.base(*below).0, m + whole);
            others.push(pool.integer_power(tangent, whole));
            return Some(pool.product_with(coefficient.clone(), &others));
        }
    }
    None
}
