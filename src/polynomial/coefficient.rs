//! What the coefficients of polynomials can do beyond the arithmetic of numbers, and what it
//! costs.

use super::work::amount;
use crate::kernel::Number;
use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::Zero;

/// The length of a coefficient in words, 1 for machine integers.
pub(super) fn words(number: &Number) -> u64 {
    match number {
        Number::Small(..) => 1,
        Number::Big(_) => 1 + number.bits() / 64,
    }
}

/// What it costs to multiply two coefficients of so many words and to put the product where
/// it belongs, compared with an operation modulo a prime.
pub(super) fn term_price(left: u64, right: u64) -> u64 {
    left.saturating_mul(right).saturating_add(7)
}

/// What it costs to find the content of so many coefficients with so many words.
pub(super) fn content_price(terms: usize, words: u64) -> u64 {
    let square = words.saturating_mul(words);
    if words == 1 { amount(terms) } else { square.saturating_mul(amount(terms) + 16) }
}

/// `number/divisor` for a divisor that is not 0; `None` when the quotient must be an integer
/// and is not.
pub(super) fn quotient(
    number: &Number,
    divisor: &Number,
    integral: bool,
) -> Option<Number> {
    if let (Number::Big(_), _) | (_, Number::Big(_)) = (number, divisor)
        && let (Some(a), Some(b)) = (number.to_integer(), divisor.to_integer())
        && !b.is_zero()
    {
        let (whole, rest) = a.div_rem(&b);
        if rest.is_zero() {
            return Some(Number::from_integer(whole));
        }
        if integral {
            return None;
        }
    }
    let found = number.mul(&divisor.recip()?);
    (!integral || found.is_integer()).then_some(found)
}

/// The quotient of a number by one of which it is an integer multiple.
pub(super) fn multiple_of(number: &Number, unit: &Number) -> Number {
    if let (Number::Small(..), Number::Small(..)) = (number, unit) {
        return unit.recip().map_or(Number::ZERO, |inverse| number.mul(&inverse));
    }
    if let (Some(a), Some(b)) = (number.to_integer(), unit.to_integer()) {
        return exact(&a, &b);
    }
    let (a, b) = (number.to_big(), unit.to_big());
    exact(&(a.numer() * b.denom()), &(a.denom() * b.numer()))
}

fn exact(a: &BigInt, b: &BigInt) -> Number {
    Number::from_integer(if b.is_zero() { BigInt::zero() } else { a / b })
}
