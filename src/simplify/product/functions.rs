//! Products of functions of one argument: the names of quotients and reciprocals, signs and
//! steps.

use crate::function;
use crate::kernel::{ExprId, FunctionId, Node, Number, Pool};
use smallvec::SmallVec;

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

/// Functions with `f(u + 1) = (u + shift)*f(u)` (DLMF 5.5.1).
const FACTORIALS: [(&str, i64); 2] = [("gamma", 0), ("factorial", 1)];
/// Arguments that lie further apart stay.
const MAX_SHIFT: i64 = 3;

/// `(n + 1)!/n!` as `n + 1`.
pub(super) fn without_factorials(
    pool: &mut Pool,
    coefficient: &Number,
    factors: &[ExprId],
) -> Option<ExprId> {
    let known = |pool: &Pool, factor: ExprId| {
        let (base, exponent) = pool.base(factor);
        let Node::Apply(function, list) = pool.node(base) else { return None };
        let name = function.is_builtin().then(|| function::spec(function).name)?;
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

/// `sqrt(x)*abs(x + 1)` as `sqrt(x)*(x + 1)`: the root is there only where x is not negative.
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
        let Node::Apply(FunctionId::ABS, list) = pool.node(base) else { continue };
        let argument = pool.list(list)[0];
        if roots.iter().any(|root| is_nonnegative_with(pool, argument, *root)) {
            let mut others: SmallVec<[ExprId; 8]> = SmallVec::from_slice(factors);
            others[place] = pool.power(argument, exponent);
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

/// What `sec(u)` is the reciprocal of, and so on by the table.
fn reciprocal_of(pool: &mut Pool, id: ExprId) -> Option<ExprId> {
    let Node::Apply(function, list) = pool.node(id) else { return None };
    let name = function.is_builtin().then(|| function::spec(function).name)?;
    let row = RECIPROCALS.iter().find(|row| row.0 == name)?;
    let argument = pool.list(list)[0];
    let other = function::lookup(row.1, 1)?;
    Some(function::apply(pool, other, &[argument]))
}

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
