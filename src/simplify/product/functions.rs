//! Products of functions of one argument: the names of quotients and reciprocals, signs and
//! steps.

use crate::function;
use crate::kernel::{ExprId, FunctionId, Node, Number, Pool};
use smallvec::SmallVec;

/// `abs(u)/u^2` as `1/abs(u)`.
pub(super) fn with_one_magnitude(
    pool: &mut Pool,
    coefficient: &Number,
    factors: &[ExprId],
) -> Option<ExprId> {
    for (i, factor) in factors.iter().enumerate() {
        let (base, exponent) = pool.base(*factor);
        let Node::Apply(FunctionId::ABS, list) = pool.node(base) else { continue };
        let argument = pool.list(list)[0];
        let power = |exponent: ExprId| pool.as_number(exponent).and_then(Number::to_i64);
        let Some(m) = power(exponent).filter(|m| *m > 0) else { continue };
        for (k, other) in factors.iter().enumerate() {
            let (base_of, exponent) = pool.base(*other);
            let Some(n) = power(exponent).filter(|n| *n < -1) else { continue };
            if base_of == argument && !pool.is_complex() {
                let times = (m + 1).min(-n) / 2 * 2;
                let mut others: SmallVec<[ExprId; 8]> = SmallVec::from_slice(factors);
                others[i] = pool.integer_power(base, m - times);
                others[k] = pool.integer_power(argument, n + times);
                return Some(pool.product_with(coefficient.clone(), &others));
            }
        }
    }
    None
}

/// Quotients of functions of one argument by the names that they have.
#[rustfmt::skip]
const QUOTIENTS: &[(&str, &str, &str)] = &[
    // above   below   quotient
    ("sin",  "cos",  "tan"),
    ("cos",  "sin",  "cot"),
    ("sinh", "cosh", "tanh"),
    ("cosh", "sinh", "coth"),
];

/// Functions by the names of their reciprocals. Tangents below the bar stay: their
/// derivatives have `1/cos(u)^2` beside them.
#[rustfmt::skip]
const RECIPROCALS: &[(&str, &str)] = &[
    ("sec",  "cos"),
    ("csc",  "sin"),
    ("cot",  "tan"),
    ("sech", "cosh"),
    ("csch", "sinh"),
    ("coth", "tanh"),
];

/// `1/sec(u)` is `cos(u)`, and so on by the table.
pub(super) fn without_reciprocal(
    pool: &mut Pool,
    coefficient: &Number,
    factors: &[ExprId],
) -> Option<ExprId> {
    for (place, factor) in factors.iter().enumerate() {
        let (base, exponent) = pool.base(*factor);
        let Some(n) = pool.as_number(exponent).and_then(Number::to_i64) else { continue };
        let Node::Apply(function, list) = pool.node(base) else { continue };
        if n >= 0 || !function.is_builtin() {
            continue;
        }
        let name = function::spec(function).name;
        let Some(row) = RECIPROCALS.iter().find(|row| row.0 == name) else { continue };
        let argument = pool.list(list)[0];
        let other = function::lookup(row.1, 1)?;
        let applied = function::apply(pool, other, &[argument]);
        let mut others: SmallVec<[ExprId; 8]> = SmallVec::from_slice(factors);
        others[place] = pool.integer_power(applied, n.checked_neg()?);
        return Some(pool.product_with(coefficient.clone(), &others));
    }
    None
}

/// `sin(u)/cos(u)` is `tan(u)`, and so on by the table.
pub(super) fn with_tangent(
    pool: &mut Pool,
    coefficient: &Number,
    factors: &[ExprId],
) -> Option<ExprId> {
    let known = |pool: &Pool, id: ExprId| {
        let (base, exponent) = pool.base(id);
        let n = pool.as_number(exponent)?.to_i64()?;
        let Node::Apply(function, list) = pool.node(base) else { return None };
        let name = function.is_builtin().then(|| function::spec(function).name)?;
        Some((name, pool.list(list)[0], n))
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
        let rows = || QUOTIENTS.iter().filter(|row| row.0 == name && n > 0);
        if rows().next().is_none() {
            continue;
        }
        for (k, below) in factors.iter().enumerate() {
            let Some((other, same, m)) = known(pool, *below) else { continue };
            let Some(row) = rows().find(|row| row.1 == other && m < 0) else { continue };
            if same != argument {
                continue;
            }
            let function = function::lookup(row.2, 1)?;
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
        let is_named =
            function.is_builtin() && function::spec(function).name == wanted && is_above;
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

/// `u*sign(u)` is `abs(u)`, `sign(u)/u` is `1/abs(u)`, `sign(u)*abs(u)` is `u`,
/// `sign(u)/abs(u)` is `1/u`.
pub(super) fn without_sign(
    pool: &mut Pool,
    coefficient: &Number,
    factors: &[ExprId],
) -> Option<ExprId> {
    let place = factors
        .iter()
        .position(|id| matches!(pool.node(*id), Node::Apply(FunctionId::SIGN, _)))?;
    let Node::Apply(_, list) = pool.node(factors[place]) else { return None };
    let argument = pool.list(list)[0];
    let magnitude = pool.absolute(argument);
    if let Some(place_of) = factors.iter().position(|id| pool.base(*id).0 == magnitude) {
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
        base == argument && n.is_some_and(|n| n.is_positive() || *n == Number::MINUS_ONE)
    })?;
    let mut others: SmallVec<[ExprId; 8]> = SmallVec::from_slice(factors);
    let is_above = others[power] != pool.power(argument, Pool::MINUS_ONE);
    let n = if is_above { Pool::ONE } else { Pool::MINUS_ONE };
    let (divisor, magnitude) = (pool.power(argument, n), pool.power(magnitude, n));
    others[power] = pool.quotient(others[power], divisor);
    others[place] = magnitude;
    Some(pool.product_with(coefficient.clone(), &others))
}
