//! Products: what cancels, and the names of quotients.

use super::beside_power::with_sum_collected;
use super::collect::{Draw, common, drawn, keep};
use super::expand::{expand_all, expand_below};
use super::keys::{Term, may_share, split};
use super::lowest::{in_lowest_terms, with_whole_numbers};
use super::pass::{MAX_TERMS, improve};
use super::powers::with_whole_base;
use crate::function;
use crate::kernel::{ExprId, FunctionId, Node, Number, Pool};
use smallvec::SmallVec;

/// Radicands of more terms than this are not put under one root.
const MAX_JOINED: usize = 6;

/// A product with a sum: multiplied out where that is shorter, what the terms of a sum have
/// in common put outside where that is, `u*sign(u)` as `abs(u)`.
pub(super) fn improve_product(pool: &mut Pool, id: ExprId) -> ExprId {
    let (coefficient, rest) = pool.coefficient(id);
    if are_powers_of_symbols(pool, pool.factors(&rest)) {
        return id;
    }
    let coefficient = coefficient.clone();
    let factors: SmallVec<[ExprId; 8]> = SmallVec::from_slice(pool.factors(&rest));
    let mut best = id;
    if let Some(shorter) = without_sign(pool, &coefficient, &factors) {
        keep(pool, &mut best, shorter);
    }
    if let Some(shorter) = without_step(pool, &coefficient, &factors) {
        keep(pool, &mut best, shorter);
    }
    if let Some(shorter) = with_tangent(pool, &coefficient, &factors) {
        keep(pool, &mut best, shorter);
    }
    if let Some(shorter) = without_reciprocal(pool, &coefficient, &factors) {
        keep(pool, &mut best, shorter);
    }
    if let Some(shorter) = with_one_orientation(pool, &coefficient, &factors) {
        keep(pool, &mut best, shorter);
    }
    if let Some(shorter) = with_joined_roots(pool, &coefficient, &factors) {
        keep(pool, &mut best, shorter);
    }
    if let Some(shorter) = with_whole_base(pool, &coefficient, &factors) {
        keep(pool, &mut best, shorter);
    }
    if let Some(difference) = with_difference_of_squares(pool, &coefficient, &factors)
        && pool.cost(difference) <= pool.cost(best)
    {
        best = difference;
    }
    if let Some(shorter) = with_joined_numbers(pool, &coefficient, &factors) {
        keep(pool, &mut best, shorter);
    }
    if let Some(shorter) = with_one_magnitude(pool, &coefficient, &factors) {
        keep(pool, &mut best, shorter);
    }
    if let Some(shorter) = turned(pool, &coefficient, &factors) {
        keep(pool, &mut best, shorter);
    }
    let is_below = |factor: &ExprId| {
        let (base, exponent) = pool.base(*factor);
        matches!(pool.node(base), Node::Sum(_))
            && pool.as_number(exponent).is_some_and(Number::is_negative)
    };
    if factors.iter().any(is_below)
        && let Some(whole) = with_whole_numbers(pool, &coefficient, &factors)
        && pool.cost(whole) <= pool.cost(best)
    {
        best = whole;
    }
    if let Some(shorter) = with_sum_collected(pool, &coefficient, &factors) {
        keep(pool, &mut best, shorter);
    }
    let mut sums = 0;
    for (place, factor) in factors.iter().enumerate() {
        let (base, exponent) = pool.base(*factor);
        let whole = pool.as_number(exponent).is_some_and(Number::is_integer);
        if !whole || !matches!(pool.node(base), Node::Sum(_)) {
            continue;
        }
        sums += 1;
        for (common, inner) in with_common_out(pool, base) {
            let has_number = !coefficient.abs().numerator().is_one();
            let is_outside = |n: &Number| {
                has_number
                    || factors.len() > 1 && *n >= Number::from(10)
                    || stands_beside(pool, &factors, place)
            };
            let is_outside = (exponent == Pool::ONE || exponent == Pool::MINUS_ONE)
                && pool.as_number(common).is_some_and(is_outside);
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
    if sums > 0
        && may_cancel(pool, best)
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

/// Whether a factor has another one on its side of the bar that is a power of a symbol or of
/// a sum: `x*(4*x - 4)` is written `4*x*(x - 1)`, while `(2*x + 2)*cos(x)` may stay.
fn stands_beside(pool: &Pool, factors: &[ExprId], place: usize) -> bool {
    let side =
        |factor: ExprId| pool.as_number(pool.base(factor).1).map(Number::is_negative);
    let is_algebraic = |factor: &ExprId| {
        matches!(pool.node(pool.base(*factor).0), Node::Symbol(_) | Node::Sum(_))
    };
    let others = factors.iter().enumerate().filter(|(at, _)| *at != place);
    others
        .into_iter()
        .any(|(_, factor)| is_algebraic(factor) && side(*factor) == side(factors[place]))
}

fn are_powers_of_symbols(pool: &Pool, factors: &[ExprId]) -> bool {
    factors.iter().all(|factor| {
        let (base, exponent) = pool.base(*factor);
        matches!(pool.node(base), Node::Symbol(_)) && pool.as_number(exponent).is_some()
    })
}

/// `-2*y*(1 - 2*x^2)` as `2*y*(2*x^2 - 1)`: a minus goes into a sum that has one.
fn turned(pool: &mut Pool, coefficient: &Number, factors: &[ExprId]) -> Option<ExprId> {
    if !coefficient.is_negative() {
        return None;
    }
    let place = factors.iter().position(|factor| match pool.node(*factor) {
        Node::Sum(list) => pool.list(list).iter().any(|term| pool.leads_negative(*term)),
        _ => false,
    })?;
    let mut others: SmallVec<[ExprId; 8]> = SmallVec::from_slice(factors);
    others[place] = pool.negate(others[place]);
    Some(pool.product_with(coefficient.neg(), &others))
}

/// Whether multiplying a product out could shorten it: when it has two sums, or a factor or
/// coefficient that meets its inverse in the terms of one.
fn may_cancel(pool: &Pool, id: ExprId) -> bool {
    let (coefficient, rest) = pool.coefficient(id);
    let factors = pool.factors(&rest);
    let mut sums =
        factors.iter().filter(|factor| matches!(pool.node(**factor), Node::Sum(_)));
    let Some(first) = sums.next() else { return false };
    if factors.len() == 1 {
        return true;
    }
    if sums.next().is_some() {
        return true;
    }
    pool.terms(first).iter().any(|term| {
        let (c, rest) = pool.coefficient(*term);
        let meets = pool.factors(&rest).iter().any(|inner| {
            let (base, m) = pool.base(*inner);
            factors.iter().any(|outer| {
                let (other, n) = pool.base(*outer);
                other == base
                    && match (pool.as_number(m), pool.as_number(n)) {
                        (Some(m), Some(n)) => m.is_negative() != n.is_negative(),
                        _ => true,
                    }
            })
        });
        meets || (!c.is_integer() && !coefficient.is_one()) || !coefficient.is_integer()
    })
}

/// The common factor of the terms of a sum and what is left, once without and once with the
/// denominators, where that makes a difference.
fn with_common_out(pool: &mut Pool, sum: ExprId) -> SmallVec<[(ExprId, ExprId); 2]> {
    let mut found = SmallVec::new();
    let operands: SmallVec<[ExprId; 8]> = SmallVec::from_slice(pool.terms(&sum));
    if operands.len() > MAX_TERMS || !may_share(pool, &operands) {
        return found;
    }
    let terms: Vec<Term> = operands.iter().map(|term| split(pool, *term)).collect();
    let shared = common(pool, &terms, Draw::Common);
    if let Some(part) = &shared {
        found.push(drawn(pool, &terms, part));
    }
    let negative = |term: &Term| term.powers.iter().any(|(_, n)| n.is_negative());
    if terms.iter().any(negative)
        && let Some(part) = common(pool, &terms, Draw::Fraction)
        && shared.as_ref() != Some(&part)
    {
        found.push(drawn(pool, &terms, &part));
    }
    found
}

/// `(a - b)^m*(b - a)^n` as a power of one of the two.
fn with_one_orientation(
    pool: &mut Pool,
    coefficient: &Number,
    factors: &[ExprId],
) -> Option<ExprId> {
    let is_sum =
        |pool: &Pool, id: ExprId| matches!(pool.node(pool.base(id).0), Node::Sum(_));
    if factors.iter().filter(|id| is_sum(pool, **id)).count() < 2 {
        return None;
    }
    for (i, first) in factors
        .iter()
        .enumerate()
        .filter(|(_, id)| is_sum(pool, **id))
        .collect::<Vec<_>>()
    {
        let (base, exponent) = pool.base(*first);
        let Some(n) = pool.as_number(exponent).and_then(Number::to_i64) else { continue };
        let opposite = pool.negate(base);
        if factors.iter().any(|id| pool.base(*id).0 == opposite) {
            let mut others: SmallVec<[ExprId; 8]> = SmallVec::from_slice(factors);
            others[i] = pool.integer_power(opposite, n);
            let sign = if n % 2 == 0 { Number::ONE } else { Number::MINUS_ONE };
            return Some(pool.product_with(coefficient.mul(&sign), &others));
        }
    }
    None
}

/// `sqrt(1 - x)*sqrt(1 + x)` as `sqrt(1 - x^2)`, `abs(a)*abs(x)` as `abs(a*x)`: the radicand
/// is not negative wherever the roots are defined.
fn with_joined_roots(
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
                    expand_all(pool, product, MAX_JOINED)?
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

/// `1/((x - a)*(x + a))` as `1/(x^2 - a^2)`.
fn with_difference_of_squares(
    pool: &mut Pool,
    coefficient: &Number,
    factors: &[ExprId],
) -> Option<ExprId> {
    let is_below = |pool: &Pool, factor: ExprId| {
        let (base, exponent) = pool.base(factor);
        let is_pair = matches!(pool.node(base), Node::Sum(list) if list.len == 2);
        is_pair && exponent == Pool::MINUS_ONE
    };
    let places: SmallVec<[usize; 8]> =
        (0..factors.len()).filter(|at| is_below(pool, factors[*at])).collect();
    for (at, i) in places.iter().enumerate() {
        for k in &places[at + 1..] {
            let (one, other) = (pool.base(factors[*i]).0, pool.base(factors[*k]).0);
            let turned = pool.product(&[one, other]);
            let Some(product) = expand_all(pool, turned, 4) else { continue };
            if pool.terms(&product).len() > 2 {
                continue;
            }
            let mut others: SmallVec<[ExprId; 8]> = SmallVec::from_slice(factors);
            others[*i] = pool.power(product, Pool::MINUS_ONE);
            others.remove(*k);
            return Some(pool.product_with(coefficient.clone(), &others));
        }
    }
    None
}

/// `2^x*3^x` as `6^x`, `2^x*3^(-x)` as `(2/3)^x`.
fn with_joined_numbers(
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

/// `abs(u)/u^2` as `1/abs(u)`.
fn with_one_magnitude(
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
fn without_reciprocal(
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
fn with_tangent(
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
fn without_step(
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
fn without_sign(
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
