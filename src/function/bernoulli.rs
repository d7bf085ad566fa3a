//! Zeta functions of whole orders up to 0 at exact numbers, by Bernoulli's polynomials.
//!
//! Source: DLMF 24.2.5 (the polynomials), 24.5.3 (the numbers), 25.11.14 (zeta functions).

use crate::kernel::{MAX_BITS, Number};
use std::sync::OnceLock;

/// The farthest order of which values are written out.
const FARTHEST: usize = 200;

/// Hurwitz's zeta function of order `s`, which is `-B(n + 1, a)/(n + 1)` for `s = -n`.
pub(super) fn hurwitz(s: &Number, a: &Number) -> Option<Number> {
    let n =
        usize::try_from(s.to_i64()?.checked_neg()?).ok().filter(|n| *n <= FARTHEST)?;
    let degree = n + 1;
    let numbers = numbers().get(..=degree)?;
    // binomial(degree, k)*B(k), by Horner's rule from the highest power on.
    let (mut sum, mut binomial) = (Number::ZERO, Number::ONE);
    for (k, number) in numbers.iter().enumerate() {
        sum = sum.mul(a).add(&binomial.mul(number));
        if sum.bits() > MAX_BITS {
            return None;
        }
        binomial = binomial.mul(&Number::ratio((degree - k) as i64, k as i64 + 1)?);
    }
    Some(sum.mul(&Number::ratio(-1, degree as i64)?))
}

/// Dirichlet's eta function, `(1 - 2^(1 - s))*zeta(s)`.
pub(super) fn eta(s: &Number) -> Option<Number> {
    let zeta = hurwitz(s, &Number::ONE)?;
    let power = Number::from(2).pow(1i64.checked_sub(s.to_i64()?)?, MAX_BITS)?;
    Some(Number::ONE.sub(&power).mul(&zeta))
}

/// The harmonic number of an order up to 0, `zeta(m) - hurwitz(m, x + 1)`.
pub(super) fn harmonic(x: &Number, m: &Number) -> Option<Number> {
    let first = hurwitz(m, &Number::ONE)?;
    Some(first.sub(&hurwitz(m, &x.add(&Number::ONE))?))
}

/// Bernoulli's numbers as far as they are needed, with `B(1) = -1/2`, from the tangent numbers:
/// `B(2k) = ±2k*T(k)/(4^k*(4^k - 1))`.
fn numbers() -> &'static [Number] {
    static NUMBERS: OnceLock<Vec<Number>> = OnceLock::new();
    NUMBERS.get_or_init(|| {
        let mut numbers = vec![Number::ONE, Number::HALF.neg()];
        for (k, tangent) in (1..).zip(tangents(FARTHEST / 2 + 1)) {
            let sign = if k % 2 == 0 { -2 * k } else { 2 * k };
            let four = Number::from(4).pow(k, MAX_BITS).unwrap_or(Number::ONE);
            let below = four.mul(&four.sub(&Number::ONE)).recip();
            let number = below.map(|below| tangent.mul(&below).mul(&Number::from(sign)));
            numbers.extend(number);
            numbers.push(Number::ZERO);
        }
        numbers
    })
}

/// The tangent numbers 1, 2, 16, 272, … (Brent and Harvey, 2011).
fn tangents(count: usize) -> Vec<Number> {
    let mut numbers = vec![Number::ONE; count];
    for k in 1..count {
        numbers[k] = numbers[k - 1].mul(&Number::from(k as i64));
    }
    for k in 1..count {
        for j in k..count {
            let before = Number::from((j - k) as i64).mul(&numbers[j - 1]);
            numbers[j] = before.add(&Number::from((j - k + 2) as i64).mul(&numbers[j]));
        }
    }
    numbers
}
