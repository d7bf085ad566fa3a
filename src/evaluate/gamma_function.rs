//! The gamma function and its logarithmic derivative with many digits.
//!
//! Source: Abramowitz and Stegun, Handbook of Mathematical Functions, 6.1.15 (recurrence), 6.1.17
//! (reflection), 6.1.40 (Stirling's series), 6.3.5 to 6.3.18 (digamma); Bernoulli numbers from tangent numbers after
//! Brent and Harvey, Fast computation of Bernoulli, tangent and secant numbers (2011).

use astro_float::{BigFloat, Consts, Radix, RoundingMode};
use num_bigint::BigInt;

const ROUND: RoundingMode = RoundingMode::ToEven;
const UNROUNDED: RoundingMode = RoundingMode::None;
/// More binary digits would take too many Bernoulli numbers.
const MOST_BITS: usize = 20_000;
/// Beyond arguments of so many binary digits the value has too many itself.
const LARGEST: i32 = 25;

/// `gamma(x)` with so many binary digits; NaN at its poles, `None` where that is too much.
pub(super) fn gamma(
    x: &BigFloat,
    precision: usize,
    constants: &mut Consts,
) -> Option<BigFloat> {
    if is_pole(x, precision)? {
        return Some(astro_float::NAN);
    }
    let p = precision + 64 + 2 * LARGEST as usize;
    let one = BigFloat::from_word(1, p);
    if x.is_positive() {
        return Some(of_positive(x, p, constants));
    }
    let pi = constants.pi(p, ROUND);
    let sine = pi.mul(x, p, ROUND).sin(p, UNROUNDED, constants);
    let other = of_positive(&one.sub(x, p, ROUND), p, constants);
    Some(pi.div(&sine.mul(&other, p, ROUND), p, ROUND))
}

/// `digamma(x)`, the derivative of the logarithm of gamma, with so many binary digits; NaN at its
/// poles, `None` where that is too much.
pub(super) fn digamma(
    x: &BigFloat,
    precision: usize,
    constants: &mut Consts,
) -> Option<BigFloat> {
    if is_pole(x, precision)? {
        return Some(astro_float::NAN);
    }
    let p = precision + 64 + 2 * LARGEST as usize;
    let one = BigFloat::from_word(1, p);
    if x.is_negative() {
        // digamma(1 - x) - digamma(x) = pi*cot(pi*x)
        let pi = constants.pi(p, ROUND);
        let tangent = pi.mul(x, p, ROUND).tan(p, UNROUNDED, constants);
        let other = digamma(&one.sub(x, p, ROUND), p, constants)?;
        return Some(other.sub(&pi.div(&tangent, p, ROUND), p, ROUND));
    }
    let far = far_out(p);
    let mut argument = x.clone();
    let mut less = BigFloat::from_word(0, p);
    while argument.cmp(&far).is_some_and(|order| order < 0) {
        less = less.add(&argument.reciprocal(p, ROUND), p, ROUND);
        argument = argument.add(&one, p, ROUND);
    }
    let inverse = argument.reciprocal(p, ROUND);
    let half = inverse.div(&BigFloat::from_word(2, p), p, ROUND);
    let sum = argument.ln(p, UNROUNDED, constants).sub(&half, p, ROUND);
    let square = inverse.mul(&inverse, p, ROUND);
    let series = bernoulli_series(&square, &square, |_| 1, p, constants);
    Some(sum.sub(&series, p, ROUND).sub(&less, p, ROUND))
}

/// Whether x is a pole; `None` where a value would take too much.
fn is_pole(x: &BigFloat, precision: usize) -> Option<bool> {
    if precision > MOST_BITS || x.exponent()? > LARGEST {
        return None;
    }
    Some(x.is_zero() || x.fract().is_zero() && !x.is_positive())
}

/// How far out the terms of Stirling's series that are taken, one for each eight digits, fall
/// below the last digit.
fn far_out(p: usize) -> BigFloat {
    BigFloat::from_word(p as u64 / 4 + 10, p)
}

/// By Stirling's series far enough out, and back by the recurrence.
fn of_positive(x: &BigFloat, p: usize, constants: &mut Consts) -> BigFloat {
    let one = BigFloat::from_word(1, p);
    let far = far_out(p);
    let mut argument = x.clone();
    let mut product = one.clone();
    while argument.cmp(&far).is_some_and(|order| order < 0) {
        product = product.mul(&argument, p, ROUND);
        argument = argument.add(&one, p, ROUND);
    }
    let half = one.div(&BigFloat::from_word(2, p), p, ROUND);
    let logarithm = argument.ln(p, UNROUNDED, constants);
    let turn = constants.pi(p, ROUND).mul(&BigFloat::from_word(2, p), p, ROUND);
    // (x - 1/2)*ln(x) - x + ln(2*pi)/2 + the series
    let mut sum = argument.sub(&half, p, ROUND).mul(&logarithm, p, ROUND);
    sum = sum.sub(&argument, p, ROUND);
    sum = sum.add(&turn.ln(p, UNROUNDED, constants).mul(&half, p, ROUND), p, ROUND);
    let inverse = argument.reciprocal(p, ROUND);
    let square = inverse.mul(&inverse, p, ROUND);
    sum = sum.add(
        &bernoulli_series(&inverse, &square, |k| 2 * k - 1, p, constants),
        p,
        ROUND,
    );
    sum.exp(p, UNROUNDED, constants).div(&product, p, ROUND)
}

/// The sum of `B_2k/(2*k*weight(k))*power*square^(k - 1)` over k from 1, as far as it falls.
fn bernoulli_series(
    power: &BigFloat,
    square: &BigFloat,
    weight: fn(u64) -> u64,
    p: usize,
    constants: &mut Consts,
) -> BigFloat {
    let mut power = power.clone();
    let mut sum = BigFloat::from_word(0, p);
    for (n, tangent) in tangent_numbers(p / 8 + 4).iter().enumerate() {
        // B_2k/(2*k) is ±T_k/(4^k*(4^k - 1)).
        let k = n as u64 + 1;
        let four = BigInt::from(4).pow(k as u32);
        let below: BigInt = &four * (&four - 1) * weight(k);
        let mut digits =
            |n: &BigInt| BigFloat::parse(&n.to_string(), Radix::Dec, p, ROUND, constants);
        let ratio = digits(tangent).div(&digits(&below), p, ROUND);
        let term = ratio.mul(&power, p, ROUND);
        sum = match n % 2 {
            0 => sum.add(&term, p, ROUND),
            _ => sum.sub(&term, p, ROUND),
        };
        let is_small = match (term.exponent(), sum.exponent()) {
            (Some(term), Some(sum)) => i64::from(term) < i64::from(sum) - p as i64,
            _ => true,
        };
        if is_small {
            break;
        }
        power = power.mul(square, p, ROUND);
    }
    sum
}

/// The tangent numbers 1, 2, 16, 272, …
fn tangent_numbers(count: usize) -> Vec<BigInt> {
    let mut numbers: Vec<BigInt> = Vec::with_capacity(count);
    for k in 0..count {
        let next = match numbers.last() {
            Some(last) => last * BigInt::from(k),
            None => BigInt::from(1),
        };
        numbers.push(next);
    }
    for k in 1..count {
        for j in k..count {
            let (a, b) = (BigInt::from(j - k), BigInt::from(j - k + 2));
            numbers[j] = a * &numbers[j - 1] + b * &numbers[j];
        }
    }
    numbers
}
