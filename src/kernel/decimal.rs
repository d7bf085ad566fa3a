//! Numbers whose decimals end.

use super::{Number, Pool};
use num_bigint::BigInt;
use std::fmt;

/// The most digits of a number that is written with decimals, zeros at its ends not counted.
const DIGITS: usize = 17;

/// The most places behind the point of a number that is written with decimals.
const PLACES: usize = 400;

/// Zeros behind the point before a number is written with a power of ten, and digits of a whole
/// number.
const ZEROS: i64 = 4;
const WHOLE: i64 = 21;

/// A number that is not negative: whole `digits` times ten to an exponent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decimal {
    digits: String,
    exponent: i64,
}

/// How many decimals a number has, if at most so many; its denominator has no other primes than
/// those of ten then.
fn places_of(n: &Number, most: usize) -> Option<usize> {
    let mut rest = n.denominator();
    let mut places = 0;
    for prime in [2, 5] {
        let inverse = Number::ratio(1, prime)?;
        let mut count = 0;
        loop {
            let next = rest.mul(&inverse);
            if !next.is_integer() {
                break;
            }
            rest = next;
            count += 1;
            if count > most {
                return None;
            }
        }
        places = places.max(count);
    }
    rest.is_one().then_some(places)
}

impl Decimal {
    /// The absolute value of a number that has at most so many places behind the point.
    pub fn new(n: &Number, places: usize) -> Option<Self> {
        let count = places_of(n, places)?;
        let mut exponent = -(count as i64);
        let whole = n.abs().mul(&Number::from(10).pow(count as i64, u64::MAX)?);
        let mut digits = whole.to_integer().as_deref().map(BigInt::to_string)?;
        let kept = digits.trim_end_matches('0').len().max(1);
        exponent += (digits.len() - kept) as i64;
        digits.truncate(kept);
        Some(Self { digits, exponent })
    }

    /// The mantissa and the exponent of ten, where there are many zeros: `6.674` and -11.
    pub fn scientific(&self) -> Option<(String, i64)> {
        let before_point = self.digits.len() as i64 + self.exponent;
        if (-ZEROS..=WHOLE).contains(&before_point) {
            return None;
        }
        let (first, rest) = self.digits.split_at(1);
        let point = if rest.is_empty() { "" } else { "." };
        Some((format!("{first}{point}{rest}"), before_point - 1))
    }
}

/// All digits, without a power of ten: `0.0025`, `1200`.
impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { digits, exponent } = self;
        let size = exponent.unsigned_abs() as usize;
        if *exponent >= 0 {
            return write!(f, "{digits}{}", "0".repeat(size));
        }
        let text = format!("{digits:0>width$}", width = size + 1);
        let (whole, rest) = text.split_at(text.len() - size);
        write!(f, "{whole}.{rest}")
    }
}

impl Pool {
    /// Writes fractions as decimals from now on, where they end after few digits.
    pub fn write_decimals(&mut self, decimals: bool) {
        self.decimals = decimals;
    }

    /// The decimals with which the absolute value of a number is written; `None`: it is
    /// written as a whole number or a fraction.
    pub fn decimal(&self, n: &Number) -> Option<Decimal> {
        if !self.decimals || n.to_i64().is_some() {
            return None;
        }
        let found = Decimal::new(n, PLACES)?;
        let is_short = found.digits.len() <= DIGITS;
        (is_short && (!n.is_integer() || found.scientific().is_some())).then_some(found)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_end_or_there_are_none() {
        let decimal =
            |p, q| Number::ratio(p, q).and_then(|number| Decimal::new(&number, 20));
        let text = |p, q| decimal(p, q).map(|found| found.to_string());
        assert_eq!(text(1, 400).as_deref(), Some("0.0025"));
        assert_eq!(text(-6, 5).as_deref(), Some("1.2"));
        assert_eq!(text(1200, 1).as_deref(), Some("1200"));
        assert_eq!(text(0, 1).as_deref(), Some("0"));
        assert_eq!(text(1, 3), None);
        assert_eq!(text(1, 1 << 21), None);
        let tiny = decimal(3337, 50_000_000_000_000);
        let parts = tiny.as_ref().and_then(Decimal::scientific);
        assert_eq!(parts, Some(("6.674".to_owned(), -11)));
        assert_eq!(decimal(1, 400).as_ref().and_then(Decimal::scientific), None);
    }
}
