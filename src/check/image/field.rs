//! Arithmetic modulo an odd prime below 2^62, in Montgomery's form (Montgomery, "Modular
//! multiplication without trial division", Math. Comp. 44, 1985).

use crate::kernel::Number;
use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::ToPrimitive;

/// A residue in Montgomery's form; equal residues have equal representations.
pub(super) type Residue = u64;

/// The integers modulo a prime.
#[derive(Clone, Copy, Debug)]
pub(super) struct Field {
    /// The modulus.
    pub(super) modulus: u64,
    negated_inverse: u64,
    square: u64,
    /// 1.
    pub(super) one: Residue,
}

impl Field {
    pub(super) fn new(modulus: u64) -> Self {
        // Newton's iteration for the inverse modulo 2^64: each step doubles the bits.
        let mut inverse = 1_u64;
        for _ in 0..6 {
            inverse =
                inverse.wrapping_mul(2_u64.wrapping_sub(modulus.wrapping_mul(inverse)));
        }
        let wide = u128::from(modulus);
        let one = ((1_u128 << 64) % wide) as u64;
        let square = (u128::from(one) * u128::from(one) % wide) as u64;
        Self { modulus, negated_inverse: inverse.wrapping_neg(), square, one }
    }

    fn reduce(&self, t: u128) -> Residue {
        let m = (t as u64).wrapping_mul(self.negated_inverse);
        let sum = t + u128::from(m) * u128::from(self.modulus);
        let high = (sum >> 64) as u64;
        if high >= self.modulus { high - self.modulus } else { high }
    }

    pub(super) fn mul(&self, a: Residue, b: Residue) -> Residue {
        self.reduce(u128::from(a) * u128::from(b))
    }

    pub(super) fn add(&self, a: Residue, b: Residue) -> Residue {
        let sum = a + b;
        if sum >= self.modulus { sum - self.modulus } else { sum }
    }

    pub(super) fn sub(&self, a: Residue, b: Residue) -> Residue {
        if a >= b { a - b } else { a + self.modulus - b }
    }

    pub(super) fn neg(&self, a: Residue) -> Residue {
        self.sub(0, a)
    }

    /// `a^n`, the exponent an ordinary integer.
    pub(super) fn pow(&self, mut a: Residue, mut n: u64) -> Residue {
        let mut result = self.one;
        while n > 0 {
            if n & 1 == 1 {
                result = self.mul(result, a);
            }
            a = self.mul(a, a);
            n >>= 1;
        }
        result
    }

    /// `1/a`, `None` for zero.
    pub(super) fn inverse(&self, a: Residue) -> Option<Residue> {
        (a != 0).then(|| self.pow(a, self.modulus - 2))
    }

    /// The residue of a machine integer.
    pub(super) fn residue(&self, n: u64) -> Residue {
        self.mul(n % self.modulus, self.square)
    }

    /// The ordinary integer behind a residue.
    pub(super) fn to_u64(self, a: Residue) -> u64 {
        self.reduce(u128::from(a))
    }

    /// The residue of an exact number, `None` when the modulus divides its denominator.
    pub(super) fn number(&self, n: &Number) -> Option<Residue> {
        let whole = |n: &BigInt| {
            let rest = n.mod_floor(&BigInt::from(self.modulus));
            self.residue(rest.to_u64().unwrap_or(0))
        };
        if let Number::Small(n, d) = n {
            let size = self.residue(n.unsigned_abs());
            let size = if *n < 0 { self.neg(size) } else { size };
            return match *d {
                1 => Some(size),
                d => self
                    .inverse(self.residue(d.unsigned_abs()))
                    .map(|d| self.mul(size, d)),
            };
        }
        let value = n.to_big();
        let inverse = self.inverse(whole(value.denom()))?;
        Some(self.mul(whole(value.numer()), inverse))
    }
}
