//! The gamma function and its relatives.
//!
//! Source: Abramowitz and Stegun, Handbook of Mathematical Functions, 6.1.15 (recurrence), 6.1.17
//! (reflection), 6.1.40 (Stirling's series), 6.3.5 to 6.3.18 (digamma).

use super::bernoulli::bernoulli_sum;
use super::context::Context;
use super::real::Real;

/// Gamma of larger arguments has too many digits before the point.
const LARGEST: f64 = 6e7;
/// Factors of a product that are multiplied one by one.
const MOST_FACTORS: i64 = 10_000;

/// How far out the terms of Stirling's series that are taken, one for each eight digits, fall
/// below the last digit.
fn far_out(p: usize) -> i64 {
    p as i64 / 4 + 10
}

/// How many steps it is to there.
fn steps(x: &Real) -> i64 {
    (far_out(x.p) - x.double().min(1e9).floor() as i64).max(0)
}

/// `gamma(x)`.
pub(super) fn gamma(c: &mut Context<'_>, x: &Real) -> Option<Real> {
    if x.is_pole() {
        return Some(c.undefined());
    }
    if x.double().abs() > LARGEST {
        return None;
    }
    if x.is_negative() {
        let (sine, _) = c.turn(x);
        let other = gamma(c, &(c.whole(1) - x))?;
        return Some(c.pi() / (sine * other));
    }
    let count = steps(x);
    let product = rising_product(x, count);
    let log = far(c, &(x + count))?;
    Some(c.exp(&log) / product)
}

/// `1/gamma(x)`, 0 at the poles.
pub(super) fn reciprocal(c: &mut Context<'_>, x: &Real) -> Option<Real> {
    match x.is_pole() {
        true => Some(c.whole(0)),
        false => Some(gamma(c, x)?.inverse()),
    }
}

/// `ln(abs(gamma(x)))`.
pub(super) fn log_gamma(c: &mut Context<'_>, x: &Real) -> Option<Real> {
    if x.is_pole() {
        return Some(c.undefined());
    }
    if x.is_negative() {
        let (sine, _) = c.turn(x);
        let other = log_gamma(c, &(c.whole(1) - x))?;
        let quotient = c.pi() / sine.abs();
        return Some(c.ln(&quotient) - other);
    }
    let count = steps(x);
    let product = rising_product(x, count);
    let log = far(c, &(x + count))?;
    Some(log - c.ln(&product))
}

/// The derivative of the logarithm of gamma.
pub(super) fn digamma(c: &mut Context<'_>, x: &Real) -> Option<Real> {
    if x.is_pole() {
        return Some(c.undefined());
    }
    if x.is_negative() {
        // digamma(1 - x) - digamma(x) = pi*cot(pi*x)
        let (sine, cosine) = c.turn(x);
        let other = digamma(c, &(c.whole(1) - x))?;
        return Some(other - c.pi() * cosine / sine);
    }
    let mut less = c.whole(0);
    let mut argument = x.clone();
    for _ in 0..steps(x) {
        less = less + argument.inverse();
        argument = argument + 1;
    }
    let inverse = argument.inverse();
    let square = inverse.square();
    let series = bernoulli_sum(c, &square, &square, |_| 1)?;
    let sum = c.ln(&argument) - inverse / 2;
    Some(sum - series - less)
}

/// Euler's constant.
pub(super) fn euler(c: &mut Context<'_>) -> Option<Real> {
    Some(-digamma(c, &c.whole(1))?)
}

/// The beta function.
pub(super) fn beta(c: &mut Context<'_>, x: &Real, y: &Real) -> Option<Real> {
    if x.is_pole() || y.is_pole() {
        return Some(c.undefined());
    }
    let sum = x + y;
    if sum.is_pole() {
        return Some(c.whole(0));
    }
    let is_large = [x, y, &sum].iter().any(|x| x.double().abs() > LARGEST / 100.0);
    if is_large && x.is_positive() && y.is_positive() {
        let log = log_gamma(c, x)? + log_gamma(c, y)? - log_gamma(c, &sum)?;
        return Some(c.exp(&log));
    }
    Some(gamma(c, x)? * gamma(c, y)? / gamma(c, &sum)?)
}

/// `gamma(x + n)/gamma(x)`, also at poles of both for whole n.
pub(super) fn rising(c: &mut Context<'_>, x: &Real, n: &Real) -> Option<Real> {
    if let Some(count) = n.whole().filter(|n| (0..MOST_FACTORS).contains(n)) {
        return Some(rising_product(x, count));
    }
    if (x + n).is_pole() {
        return Some(c.undefined());
    }
    Some(gamma(c, &(x + n))? * reciprocal(c, x)?)
}

/// `gamma(x + 1)/gamma(x - n + 1)`, likewise.
pub(super) fn falling(c: &mut Context<'_>, x: &Real, n: &Real) -> Option<Real> {
    if let Some(count) = n.whole().filter(|n| (0..MOST_FACTORS).contains(n)) {
        return Some(rising_product(&(x - count + 1), count));
    }
    rising(c, &(x - n + 1), n)
}

/// The binomial coefficient.
pub(super) fn binomial(c: &mut Context<'_>, n: &Real, k: &Real) -> Option<Real> {
    let below = n - k;
    for chosen in [k, &below] {
        match chosen.whole() {
            Some(count) if (0..MOST_FACTORS).contains(&count) => {
                let factorial = rising_product(&c.whole(1), count);
                return Some(rising_product(&(n - count + 1), count) / factorial);
            }
            Some(count) if count < 0 && !(n + 1).is_pole() => return Some(c.whole(0)),
            _ => {}
        }
    }
    let above = gamma(c, &(n + 1))?;
    Some(above * reciprocal(c, &(k + 1))? * reciprocal(c, &(below + 1))?)
}

/// The number of permutations without a fixed point, of whole numbers.
pub(super) fn subfactorial(c: &mut Context<'_>, n: &Real) -> Option<Real> {
    let Some(n) = n.whole().filter(|n| *n >= 0) else { return Some(c.undefined()) };
    c.pay(n as u64)?;
    let (mut value, mut sign) = (c.whole(1), 1);
    for k in 1..=n {
        sign = -sign;
        value = value * k + sign;
    }
    Some(value)
}

/// Harmonic numbers, extended by the digamma function.
pub(super) fn harmonic(c: &mut Context<'_>, x: &Real) -> Option<Real> {
    Some(digamma(c, &(x + 1))? + euler(c)?)
}

/// `x*(x + 1)*…`, so many factors.
pub(super) fn rising_product(x: &Real, count: i64) -> Real {
    let mut product = Real::exact(astro_float::BigFloat::from_word(1, x.p), x.p);
    for k in 0..count {
        product = product * (x + k);
    }
    product
}

/// The logarithm of gamma by Stirling's series.
fn far(c: &mut Context<'_>, x: &Real) -> Option<Real> {
    // (x - 1/2)*ln(x) - x + ln(2*pi)/2 + the series
    let half = c.ratio(1, 2);
    let turn = c.pi() * 2;
    let inverse = x.inverse();
    let series = bernoulli_sum(c, &inverse, &inverse.square(), |k| 2 * k - 1)?;
    let constant = c.ln(&turn) / 2 - x;
    Some((x - half) * c.ln(x) + constant + series)
}
