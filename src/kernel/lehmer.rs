//! Greatest common divisors of long integers, by Lehmer's method: the quotients of Euclid's
//! method are found from the first digits, and some thirty bits go in one pass.

use num_bigint::{BigInt, BigUint};
use num_integer::Integer;
use num_traits::{Signed, Zero};
use std::cmp::Ordering;

/// Integers with fewer words are left to the binary method.
const SHORT: usize = 8;

/// The greatest common divisor; one division first, because both methods are slow for integers
/// of different lengths.
pub(super) fn gcd(a: &BigInt, b: &BigInt) -> BigInt {
    let (long, short) = if a.bits() < b.bits() { (b, a) } else { (a, b) };
    if short.is_zero() {
        return long.abs();
    }
    let rest = long % short;
    if rest.is_zero() {
        return short.abs();
    }
    let (mut a, mut b) = (words(short.magnitude()), words(rest.magnitude()));
    while b.len() >= SHORT {
        match Step::find(&a, &b) {
            Some(step) => (a, b) = (step.take(&a, &b), step.turned().take(&a, &b)),
            None => {
                let rest = number(&a) % number(&b);
                a = std::mem::replace(&mut b, words(&rest));
            }
        }
    }
    let (a, b) = (number(&a), number(&b));
    if b.is_zero() {
        return BigInt::from(a);
    }
    let rest = &a % &b;
    BigInt::from(b.gcd(&rest))
}

/// What some steps of Euclid's method come to: `first*a + second*b` and `third*a + fourth*b`.
#[derive(Clone, Copy)]
struct Step {
    first: i64,
    second: i64,
    third: i64,
    fourth: i64,
}

impl Step {
    /// The steps that are certain from the first digits of two integers, of which the first is
    /// no shorter; `None` when there is none.
    fn find(a: &[u64], b: &[u64]) -> Option<Self> {
        if a.len() > b.len() + 1 {
            return None;
        }
        let gap = a.last()?.leading_zeros();
        let (mut x, mut y) = (leading(a, a.len(), gap), leading(b, a.len(), gap));
        let mut step = Self { first: 1, second: 0, third: 0, fourth: 1 };
        while y + step.third != 0 && y + step.fourth != 0 {
            let quotient = (x + step.first) / (y + step.third);
            if quotient != (x + step.second) / (y + step.fourth) {
                break;
            }
            let (Some(third), Some(fourth)) = (
                quotient.checked_mul(step.third).and_then(|n| step.first.checked_sub(n)),
                quotient
                    .checked_mul(step.fourth)
                    .and_then(|n| step.second.checked_sub(n)),
            ) else {
                break;
            };
            step = Self { first: step.third, second: step.fourth, third, fourth };
            (x, y) = (y, x - quotient * y);
        }
        (step.second != 0).then_some(step)
    }

    fn turned(self) -> Self {
        Self { first: self.third, second: self.fourth, ..self }
    }

    /// The first of both integers after the steps.
    fn take(self, a: &[u64], b: &[u64]) -> Vec<u64> {
        let mut found = Vec::with_capacity(a.len());
        let mut carry = 0_i128;
        let missing = std::iter::repeat(&0);
        for (x, y) in a.iter().zip(b.iter().chain(missing)) {
            let sum = i128::from(self.first) * i128::from(*x)
                + i128::from(self.second) * i128::from(*y)
                + carry;
            found.push(sum as u64);
            carry = sum >> 64;
        }
        while found.last() == Some(&0) {
            found.pop();
        }
        found
    }
}

/// The 62 bits of an integer of which the highest would be that of another one, which has so
/// many words and leaves so many bits free.
fn leading(words: &[u64], length: usize, gap: u32) -> i64 {
    let word = |place: usize| match length.checked_sub(place) {
        Some(place) => words.get(place).copied().unwrap_or(0),
        None => 0,
    };
    let both = u128::from(word(1)) << 64 | u128::from(word(2));
    (both << gap >> 66) as i64
}

fn words(n: &BigUint) -> Vec<u64> {
    n.iter_u64_digits().collect()
}

fn number(words: &[u64]) -> BigUint {
    let halves = words.iter().flat_map(|word| [*word as u32, (word >> 32) as u32]);
    BigUint::new(halves.collect())
}

/// The numerator and the denominator of the sum of two fractions in lowest terms, in lowest
/// terms too.
pub(super) fn sum(a: [&BigInt; 2], b: [&BigInt; 2]) -> [BigInt; 2] {
    let shared = gcd(a[1], b[1]);
    let (left, right) = (a[1] / &shared, b[1] / &shared);
    let above = a[0] * &right + b[0] * &left;
    // Only what both denominators share can cancel.
    let common = gcd(&above, &shared);
    [above / &common, left * (b[1] / common)]
}

/// The same for the product.
pub(super) fn product(a: [&BigInt; 2], b: [&BigInt; 2]) -> [BigInt; 2] {
    let (left, right) = (gcd(a[0], b[1]), gcd(b[0], a[1]));
    [(a[0] / &left) * (b[0] / &right), (a[1] / right) * (b[1] / left)]
}

/// Which of two fractions is greater: their continued fractions may be long.
pub(super) fn compare(a: [&BigInt; 2], b: [&BigInt; 2]) -> Ordering {
    (a[0] * b[1]).cmp(&(b[0] * a[1]))
}

/// How often a prime divides a positive number, of which it is taken out: by its powers whose
/// exponents are powers of 2, so that the power of a long number costs few divisions.
pub(super) fn remove_factor(rest: &mut BigInt, p: u32) -> u32 {
    if !(&*rest % p).is_zero() {
        return 0;
    }
    let mut powers = vec![BigInt::from(p)];
    while let Some(last) = powers.last()
        && 2 * last.bits() <= rest.bits() + 1
    {
        let square = last * last;
        if !(&*rest % &square).is_zero() {
            break;
        }
        powers.push(square);
    }
    let mut count = 0;
    for (exponent, power) in powers.iter().enumerate().rev() {
        let (quotient, remainder) = rest.div_rem(power);
        if remainder.is_zero() {
            *rest = quotient;
            count += 1 << exponent;
        }
    }
    count
}

#[cfg(test)]
mod tests {
    use super::{gcd, product, sum};
    use num_bigint::BigInt;
    use num_integer::Integer;
    use num_rational::BigRational;

    /// Numbers of some lengths with something in common.
    fn numbers() -> Vec<BigInt> {
        let mut found = vec![BigInt::from(0), BigInt::from(1), BigInt::from(-6)];
        let mut n = BigInt::from(3);
        for k in 1..60_u32 {
            n = n * (k * k + 7) * 9_876_543_211_u64 - k;
            found.push(n.pow(1 + k % 3) * BigInt::from(97).pow(k * 3 % 50));
            found.push(BigInt::from(-10).pow(k * 12) * (1_u64 << k));
        }
        found
    }

    #[test]
    fn divisors_are_those_of_the_binary_method() {
        let all = numbers();
        for a in &all {
            for b in all.iter().step_by(3) {
                assert_eq!(gcd(a, b), a.gcd(b), "{a}, {b}");
            }
        }
    }

    #[test]
    fn fractions_come_in_lowest_terms() {
        let all = numbers();
        let fraction = |k: usize| {
            BigRational::new(all[k].clone(), &all[(k * 7 + 5) % 60 + 3] * 1_000_007 + 2)
        };
        for k in (0..all.len()).step_by(5) {
            let (a, b) = (fraction(k), fraction((k * 11 + 3) % all.len()));
            let (x, y) = ([a.numer(), a.denom()], [b.numer(), b.denom()]);
            let (plus, times) = (&a + &b, &a * &b);
            for (found, expected) in [(sum(x, y), plus), (product(x, y), times)] {
                let [above, below] = found;
                let sign = if below < BigInt::from(0) { -1 } else { 1 };
                assert_eq!(above * sign, *expected.numer());
                assert_eq!(below * sign, *expected.denom());
            }
        }
    }
}
