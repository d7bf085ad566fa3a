//! Functions in pieces with many digits: steps, the greatest and the least, branches.
//!
//! Invariant: a step is taken on one side only when the digits say on which.

use crate::kernel::Relation;
use astro_float::{BigFloat, RoundingMode};

const EXACT: RoundingMode = RoundingMode::None;

/// The value of a function in pieces with `p` binary digits; `None` for any other function.
///
/// NaN where values differ in the last digits only, which may be rounding and may be true:
/// `floor(-e^(-300))` is -1.
pub(super) fn apply(name: &str, arguments: &[BigFloat], p: usize) -> Option<BigFloat> {
    let (u, v) = (arguments.first()?, arguments.get(1));
    let zero = || BigFloat::from_word(0, p);
    let greatest = |sign: i8| {
        let better = |a: &BigFloat, b: &BigFloat| sign_of(a, b, p) == Some(sign);
        let mut best = u;
        for other in arguments {
            if other.is_nan() {
                return astro_float::NAN;
            }
            if better(other, best) {
                best = other;
            }
        }
        best.clone()
    };
    Some(match name {
        "floor" => floor(u, p),
        "ceil" => floor(&u.neg(), p).neg(),
        "trunc" if u.is_negative() => floor(&u.neg(), p).neg(),
        "trunc" => floor(u, p),
        "frac" => u.sub(&floor(u, p), p, EXACT),
        "round" => {
            let half =
                BigFloat::from_word(1, p).div(&BigFloat::from_word(2, p), p, EXACT);
            let size = floor(&u.abs().add(&half, p, EXACT), p);
            if u.is_negative() { size.neg() } else { size }
        }
        "mod" => {
            let v = v?;
            if v.is_zero() {
                return Some(astro_float::NAN);
            }
            let times = floor(&u.div(v, p, EXACT), p);
            u.sub(&v.mul(&times, p, EXACT), p, EXACT)
        }
        "max" => greatest(1),
        "min" => greatest(-1),
        "relu" => match sign_of(u, &zero(), p) {
            Some(1) => u.clone(),
            Some(_) => zero(),
            None => astro_float::NAN,
        },
        "heaviside" => match sign_of(u, &zero(), p) {
            Some(sign) => {
                BigFloat::from_i8(sign + 1, p).div(&BigFloat::from_word(2, p), p, EXACT)
            }
            None => astro_float::NAN,
        },
        "hypot" => {
            let squares = arguments.iter().map(|x| x.mul(x, p, EXACT));
            squares.fold(zero(), |sum, x| sum.add(&x, p, EXACT)).sqrt(p, EXACT)
        }
        "piecewise" => branch(arguments),
        _ => return None,
    })
}

/// The value of a step or a kink at what is near 0 and known not to be 0: there the sign
/// decides, however small it is. `None` for other functions and farther out.
pub(super) fn near_zero(name: &str, u: &BigFloat, p: usize) -> Option<BigFloat> {
    if u.is_zero() || u.is_nan() || u.exponent().is_none_or(|e| e > -2) {
        return None;
    }
    let whole = |n: i8| BigFloat::from_i8(n, p);
    Some(match (name, u.is_negative()) {
        ("floor", true) | ("sign", true) => whole(-1),
        ("ceil", false) | ("sign", false) | ("heaviside", false) => whole(1),
        ("floor" | "trunc" | "round", _) | ("ceil" | "heaviside" | "relu", true) => {
            whole(0)
        }
        ("relu" | "frac", false) => u.clone(),
        _ => return None,
    })
}

/// A relation as 1 or 0, by the sign of the difference of its sides, or of truth values.
pub(super) fn relate(
    relation: Relation,
    sign: i8,
    [u, v]: [&BigFloat; 2],
    p: usize,
) -> BigFloat {
    let holds = match relation {
        Relation::Less => sign < 0,
        Relation::LessEqual => sign <= 0,
        Relation::Equal => sign == 0,
        Relation::NotEqual => sign != 0,
        Relation::And => !u.is_zero() && !v.is_zero(),
        Relation::Or => !u.is_zero() || !v.is_zero(),
    };
    BigFloat::from_word(u64::from(holds), p)
}

/// The value of the first condition that holds, or the last one; NaN when there is none, or a
/// condition before it has no value.
fn branch(arguments: &[BigFloat]) -> BigFloat {
    let mut rest = arguments;
    while let [condition, value, tail @ ..] = rest {
        if condition.is_nan() {
            return astro_float::NAN;
        }
        if !condition.is_zero() {
            return value.clone();
        }
        rest = tail;
    }
    rest.first().cloned().unwrap_or(astro_float::NAN)
}

/// The sign of a difference; `None` where it may be rounding.
fn sign_of(u: &BigFloat, v: &BigFloat, p: usize) -> Option<i8> {
    let difference = u.sub(v, p, EXACT);
    if difference.is_nan() || difference.is_zero() {
        return difference.is_zero().then_some(0);
    }
    let size = u.exponent().into_iter().chain(v.exponent()).max().unwrap_or(0);
    let is_rounding =
        difference.exponent().is_some_and(|e| e < size.max(0) - p as i32 / 2);
    (!is_rounding).then(|| if difference.is_negative() { -1 } else { 1 })
}

/// The greatest whole number below or at a value.
fn floor(u: &BigFloat, p: usize) -> BigFloat {
    let low = u.floor();
    let next = low.add(&BigFloat::from_word(1, p), p, EXACT);
    let sides = [&low, &next].map(|whole| sign_of(u, whole, p));
    if sides.contains(&None) { astro_float::NAN } else { low }
}
