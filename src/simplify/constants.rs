//! Exact values of constants that no row of the function table has.

use super::nested::without_nested_root;
use super::special::{one_sided, ordered};
use crate::evaluate::{Range, digits};
use crate::function;
use crate::kernel::{ExprId, FunctionId, Node, Number, Pool};
use crate::syntax;
use rustc_hash::FxHashMap;
use smallvec::SmallVec;
use std::f64::consts::{FRAC_PI_2, FRAC_PI_4, PI};

/// Whole numbers up to here are exact in doubles.
const EXACT: f64 = 9_007_199_254_740_992.0;
/// The gamma function is written out at halves below this.
const MAX_HALVES: i64 = 100;
/// The largest coefficient of an arctangent that is multiplied out.
const MAX_TURNS: i64 = 64;

/// So many binary digits of directions are multiplied out.
const MAX_BITS_OF_TURNS: u64 = 8192;

/// Gaussian numbers: real and imaginary part.
type Gaussian = (Number, Number);

/// The exact value of a function at constants, over the real numbers.
pub(super) fn constant_value(
    pool: &mut Pool,
    id: ExprId,
    function: FunctionId,
) -> Option<ExprId> {
    if pool.is_complex() {
        return None;
    }
    let Node::Apply(_, list) = pool.node(id) else { return None };
    let arguments: SmallVec<[ExprId; 4]> = SmallVec::from_slice(pool.list(list));
    let name = function::spec(function).name;
    match arguments[..] {
        [u] => one_sided(pool, function, u)
            .or_else(|| stepped(pool, name, u))
            .or_else(|| turned_back(pool, name, u))
            .or_else(|| at_half(pool, name, u))
            .or_else(|| as_logarithm(pool, name, u)),
        [u, v] => ordered(pool, function, [u, v]),
        _ => None,
    }
}

/// The whole part of a constant, or what is left of it.
fn stepped(pool: &mut Pool, name: &str, u: ExprId) -> Option<ExprId> {
    let step: fn(f64) -> f64 = match name {
        "floor" | "frac" => f64::floor,
        "ceil" => f64::ceil,
        "round" => f64::round,
        "trunc" => f64::trunc,
        _ => return None,
    };
    let range = Range::of(pool, u);
    let (low, high) = (step(range.low), step(range.high));
    let whole = if low == high && low.abs() < EXACT {
        Number::from(low as i64)
    } else {
        let step = if name == "frac" { "floor" } else { name };
        let whole = function::apply(pool, function::lookup(step, 1)?, &[u]);
        digits::whole(pool, whole, syntax::in_normal_form)?
    };
    let whole = pool.number(whole);
    Some(if name == "frac" { pool.difference(u, whole) } else { whole })
}

/// `arcsin(sin(2))` as `pi - 2`: the angle of the branch with the same value.
fn turned_back(pool: &mut Pool, name: &str, argument: ExprId) -> Option<ExprId> {
    let Node::Apply(inner, list) = pool.node(argument) else { return None };
    let angle = *pool.list(list).first()?;
    if !inner.is_builtin() {
        return None;
    }
    let is_cosine = match (name, function::spec(inner).name) {
        ("arcsin", "sin") | ("arctan", "tan") => false,
        ("arccos", "cos") => true,
        _ => return None,
    };
    let range = Range::of(pool, angle);
    let half_turns = |x: f64| if is_cosine { x / PI } else { x / PI + 0.5 }.floor();
    let turns = half_turns(range.low);
    if turns != half_turns(range.high) || turns.abs() > 1e6 {
        return None;
    }
    let k = Number::from(turns as i64);
    let is_odd = k.is_odd();
    let shift = match is_cosine && is_odd {
        true => k.add(&Number::ONE),
        false => k,
    };
    let shift = pool.scale(&shift, Pool::PI);
    let rest = pool.difference(angle, shift);
    let found = if is_odd && name != "arctan" { pool.negate(rest) } else { rest };
    // The ends may as well belong to the next branch.
    let found_range = Range::of(pool, found);
    let (low, high) = if is_cosine { (0.0, PI) } else { (-FRAC_PI_2, FRAC_PI_2) };
    (found_range.low > low && found_range.high < high).then_some(found)
}

/// The gamma function and the factorial at odd multiples of a half (DLMF 5.4.6, 5.5.1).
fn at_half(pool: &mut Pool, name: &str, u: ExprId) -> Option<ExprId> {
    let mut at = pool.as_number(u)?.clone();
    match name {
        "gamma" => {}
        "factorial" => at = at.add(&Number::ONE),
        _ => return None,
    }
    let twice = at.mul(&Number::from(2)).to_i64()?;
    if twice % 2 == 0 || twice.abs() > 2 * MAX_HALVES {
        return None;
    }
    let (mut factor, mut x) = (Number::ONE, Number::HALF);
    while x < at {
        factor = factor.mul(&x);
        x = x.add(&Number::ONE);
    }
    while x > at {
        x = x.sub(&Number::ONE);
        factor = factor.mul(&x.recip()?);
    }
    let root = pool.sqrt(Pool::PI);
    Some(pool.scale(&factor, root))
}

/// Inverse hyperbolic functions at rational numbers, where the logarithm that they are is one
/// of a rational number (DLMF 4.37.16, 4.37.19, 4.37.24).
fn as_logarithm(pool: &mut Pool, name: &str, u: ExprId) -> Option<ExprId> {
    let x = pool.as_number(u)?.clone();
    let square = x.mul(&x);
    let one = Number::ONE;
    let (inner, halves) = match name {
        "arsinh" => (x.add(&square.add(&one).exact_root(2)?), false),
        "arcosh" if x >= one => (x.add(&square.sub(&one).exact_root(2)?), false),
        "artanh" if square < one => (one.add(&x).mul(&one.sub(&x).recip()?), true),
        _ => return None,
    };
    let inner = pool.number(inner);
    let log = function::apply(pool, FunctionId::LN, &[inner]);
    Some(if halves { pool.scale(&Number::HALF, log) } else { log })
}

/// A constant with the roots in its denominators above the bar and nested roots taken apart,
/// as far as both go; it may get longer.
pub(super) fn with_plain_numbers(pool: &mut Pool, id: ExprId) -> ExprId {
    let mut map: FxHashMap<ExprId, ExprId> = FxHashMap::default();
    for node in pool.reachable(&[id]) {
        let get = |child: ExprId| map.get(&child).copied().unwrap_or(child);
        let new = function::rebuild(pool, node, get);
        let plain = rationalised(pool, new).or_else(|| without_nested_root(pool, new));
        map.insert(node, plain.unwrap_or(new));
    }
    map.get(&id).copied().unwrap_or(id)
}

/// `1/(a + b*sqrt(c))` with the root above the bar.
fn rationalised(pool: &mut Pool, id: ExprId) -> Option<ExprId> {
    let Node::Power(base, Pool::MINUS_ONE) = pool.node(id) else { return None };
    let [first, second] = *pool.terms(&base) else { return None };
    let square = |pool: &mut Pool, term: ExprId| {
        let square = pool.integer_power(term, 2);
        pool.as_number(square).cloned()
    };
    let (a, b) = (square(pool, first)?, square(pool, second)?);
    let norm = a.sub(&b).recip()?;
    let conjugate = pool.difference(first, second);
    Some(pool.scale(&norm, conjugate))
}

/// A sum in which multiples of arctangents of rational numbers are a multiple of `pi/4`
/// (Machin, by the product of Gaussian numbers).
pub(super) fn with_machin(pool: &mut Pool, id: ExprId) -> Option<ExprId> {
    let terms: SmallVec<[ExprId; 8]> = SmallVec::from_slice(pool.terms(&id));
    let mut turns: SmallVec<[(i64, Number); 8]> = SmallVec::new();
    let mut left_over: SmallVec<[ExprId; 8]> = SmallVec::new();
    for term in &terms {
        match arctangent(pool, *term) {
            Some(turn) => turns.push(turn),
            None => left_over.push(*term),
        }
    }
    let angle: f64 = turns.iter().map(|(n, x)| *n as f64 * x.to_f64().atan()).sum();
    let quarters = (angle / FRAC_PI_4).round();
    let bits: u64 = turns.iter().map(|(n, x)| n.unsigned_abs() * length(x)).sum();
    // Doubles tell at once that most sums are nothing of the kind.
    let is_near = (angle - quarters * FRAC_PI_4).abs() < 1e-9 * (1.0 + angle.abs());
    if turns.len() < 2 || !is_near || bits > MAX_BITS_OF_TURNS {
        return None;
    }
    let mut product: Gaussian = (Number::ONE, Number::ZERO);
    for (n, x) in &turns {
        // The direction is enough, so that no fraction is reduced.
        let (below, above) = (x.denominator(), x.numerator());
        let turned = if *n < 0 { above.neg() } else { above };
        for _ in 0..n.abs() {
            product = times(&product, &(below.clone(), turned.clone()));
        }
    }
    let (real, imaginary) = &product;
    if !real.is_zero() && !imaginary.is_zero() && real.abs() != imaginary.abs() {
        return None;
    }
    left_over.push(pool.scale(&Number::ratio(quarters as i64, 4)?, Pool::PI));
    Some(pool.sum(&left_over))
}

/// How many binary digits a fraction has, about.
fn length(x: &Number) -> u64 {
    x.numerator().bits() + x.denominator().bits()
}

/// A term that is a whole multiple of the arctangent of a rational number.
fn arctangent(pool: &Pool, term: ExprId) -> Option<(i64, Number)> {
    let (n, rest) = pool.coefficient(term);
    let n = n.to_i64().filter(|n| n.abs() <= MAX_TURNS)?;
    let Node::Apply(function, list) = pool.node(rest) else { return None };
    let is_arctangent = function::spec(function).name == "arctan";
    let x = pool.as_number(*pool.list(list).first()?)?;
    is_arctangent.then(|| (n, x.clone()))
}

fn times(a: &Gaussian, b: &Gaussian) -> Gaussian {
    let real = a.0.mul(&b.0).sub(&a.1.mul(&b.1));
    (real, a.0.mul(&b.1).add(&a.1.mul(&b.0)))
}
