//! The error functions with many digits.
//!
//! Source: Abramowitz and Stegun, Handbook of Mathematical Functions, 7.1.6 (the series with
//! terms of one sign) and 7.1.14 (the continued fraction).

use super::limit;
use astro_float::{BigFloat, Consts, RoundingMode};

const ROUND: RoundingMode = RoundingMode::ToEven;
/// Beyond this there is no exponent for `e^(-x^2)`.
const FARTHEST: f64 = 38_000.0;

/// `erf(x)` with so many binary digits.
pub(super) fn erf(
    x: &BigFloat,
    precision: usize,
    constants: &mut Consts,
) -> Option<BigFloat> {
    let one = BigFloat::from_word(1, precision);
    let Some(size) = size(x) else {
        // Nearer to 1 or -1 than any digit tells.
        return Some(if x.is_negative() { one.neg() } else { one });
    };
    let Some(count) = terms(size, precision) else {
        return Some(series(x, precision, constants));
    };
    let rest = complement(&x.abs(), count, precision, constants);
    let value = one.sub(&rest, precision, ROUND);
    Some(if x.is_negative() { value.neg() } else { value })
}

/// `erfc(x)` with so many binary digits, relative to its value; 0 where that is too small for
/// an exponent, and `None` where an argument has none.
pub(super) fn erfc(
    x: &BigFloat,
    precision: usize,
    constants: &mut Consts,
) -> Option<BigFloat> {
    let one = BigFloat::from_word(1, precision);
    if x.is_negative() {
        return Some(one.sub(&erf(x, precision, constants)?, precision, ROUND));
    }
    let Some(size) = size(x) else {
        return (!x.is_nan()).then(|| BigFloat::from_word(0, precision));
    };
    if let Some(count) = terms(size, precision) {
        return Some(complement(x, count, precision, constants));
    }
    // The difference from 1 costs as many digits as the value is small.
    let precision = precision + (1.5 * size * size) as usize + 8;
    Some(one.sub(&erf(x, precision, constants)?, precision, ROUND))
}

/// How many terms of the continued fraction are needed; `None` where the series is shorter.
fn terms(size: f64, precision: usize) -> Option<u64> {
    let needed = (precision + 64) as f64 * std::f64::consts::LN_2;
    let most = precision as f64 + 3.0 * size * size - 40.0;
    if size <= 1.0 || gained(size, most) < needed {
        return None;
    }
    let (mut few, mut enough) = (0.0, most);
    while enough - few > 1.0 {
        let middle = (few + enough) / 2.0;
        match gained(size, middle) < needed {
            true => few = middle,
            false => enough = middle,
        }
    }
    Some(enough as u64 + 40)
}

/// The logarithm of the value over the error of so many terms of the continued fraction. The
/// iterated integrals of erfc and its mirror image, one of which takes over from the other, have
/// the ratio `e^(-2*w)`, `w` being the integral of `sqrt(2*n + t^2)` from 0 to x.
fn gained(size: f64, count: f64) -> f64 {
    let double = (2.0 * count).max(1.0);
    let far = (double + size * size).sqrt();
    size * double / (far + size) + double * (size / double.sqrt()).asinh()
}

/// The absolute value in double precision, if it is not too far out.
fn size(x: &BigFloat) -> Option<f64> {
    if x.is_zero() {
        return Some(0.0);
    }
    let exponent = x.exponent()?;
    if exponent > 16 {
        return None;
    }
    Some(limit::leading(x)? * 2f64.powi(exponent)).filter(|size| *size <= FARTHEST)
}

/// `2/sqrt(pi)*e^(-x^2)*sum 2^n*x^(2*n + 1)/(1*3*…*(2*n + 1))`.
fn series(x: &BigFloat, precision: usize, constants: &mut Consts) -> BigFloat {
    let p = precision + 64;
    let square = x.mul(x, p, ROUND);
    let double = square.mul(&BigFloat::from_word(2, p), p, ROUND);
    let mut term = x.clone();
    let mut sum = x.clone();
    let mut odd = 1;
    while let (Some(small), Some(large)) = (term.exponent(), sum.exponent()) {
        if term.is_zero() || i64::from(small) < i64::from(large) - p as i64 {
            break;
        }
        odd += 2;
        term = term.mul(&double, p, ROUND).div(&BigFloat::from_word(odd, p), p, ROUND);
        sum = sum.add(&term, p, ROUND);
    }
    scaled(&sum.mul(&BigFloat::from_word(2, p), p, ROUND), &square, p, constants)
}

/// `erfc(x)` for large x: `e^(-x^2)/sqrt(pi)/(x + 1/2/(x + 1/(x + 3/2/(x + …))))`.
fn complement(
    x: &BigFloat,
    count: u64,
    precision: usize,
    constants: &mut Consts,
) -> BigFloat {
    let p = precision + 64;
    let mut below = x.clone();
    for k in (1..=count).rev() {
        let half = BigFloat::from_u64(k, p).div(&BigFloat::from_word(2, p), p, ROUND);
        below = half.div(&below, p, ROUND).add(x, p, ROUND);
    }
    let square = x.mul(x, p, ROUND);
    let inverse = below.reciprocal(p, ROUND);
    scaled(&inverse, &square, p, constants)
}

/// Times `e^(-square)/sqrt(pi)`.
fn scaled(
    value: &BigFloat,
    square: &BigFloat,
    p: usize,
    constants: &mut Consts,
) -> BigFloat {
    let falling = square.neg().exp(p, RoundingMode::None, constants);
    let root = constants.pi(p, ROUND).sqrt(p, ROUND);
    value.mul(&falling, p, ROUND).div(&root, p, ROUND)
}
