//! What is too small for any exponent: 0 with an error, and never exactly, but with its sign.
//!
//! Invariant: a value in `tiny` is not 0, and on the side that stands there.

use super::loss;
use super::precise::Precise;
use astro_float::BigFloat;

/// The error of what is too small for any exponent.
const SMALLEST: i64 = -2_147_000_000;

impl Precise {
    /// A value that is too small, and its sign where that is known.
    pub(super) fn push_tiny(&mut self, sign: Option<i8>) -> u32 {
        self.is_underflown = true;
        let zero = BigFloat::from_word(0, self.precision);
        let id = self.push(zero, SMALLEST);
        self.keep_sign(id, sign)
    }

    /// Takes note of the sign of what has no digits.
    pub(super) fn keep_sign(&mut self, id: u32, sign: Option<i8>) -> u32 {
        if let Some(sign) = sign {
            self.tiny.insert(id, sign);
        }
        id
    }

    /// The sign of a product or quotient that has no digits; `None` where a factor has none.
    pub(super) fn sign_of_product(&self, factors: &[(bool, u32)]) -> Option<i8> {
        let sign = |(_, id): &(bool, u32)| self.sign(*id);
        factors.iter().map(sign).try_fold(1, |all, sign| Some(all * sign?))
    }

    /// The sign of a power that has no digits.
    pub(super) fn sign_of_power(&self, base: u32, exponent: u32) -> Option<i8> {
        match self.sign(base)? {
            -1 => {
                let whole = self.fraction(exponent).filter(|n| n.is_integer())?;
                Some(if whole.is_odd() { -1 } else { 1 })
            }
            sign => Some(sign),
        }
    }

    /// The sign of a sum of what is 0 and what is too small, on one side of 0.
    pub(super) fn sign_of_sum(&self, terms: &[(bool, u32)]) -> Option<i8> {
        let mut all = 0;
        for (minus, id) in terms {
            let sign = self.sign(*id)?;
            let sign = if *minus { -sign } else { sign };
            if all * sign < 0 {
                return None;
            }
            all = if sign == 0 { all } else { sign };
        }
        (all != 0).then_some(all)
    }

    /// Whether a product is 0 though no factor is: it is too small, or divided by what is
    /// beyond the exponents.
    pub(super) fn is_too_small(&self, value: &BigFloat, factors: &[(bool, u32)]) -> bool {
        let is_lost = |id: u32| {
            self.get(id).is_zero() && !self.tiny.contains_key(&id)
                || self.errors[id as usize] > loss::size(self.get(id))
                    && !self.tiny.contains_key(&id)
        };
        value.is_zero() && !factors.iter().any(|(_, id)| is_lost(*id))
    }
}
