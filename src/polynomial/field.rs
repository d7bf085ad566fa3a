//! The integers modulo an odd prime below 2^62.

use crate::kernel::Number;
use num_bigint::BigInt;
use num_traits::ToPrimitive;

/// A prime field; its elements are `u64` in Montgomery's form (Montgomery, "Modular
/// multiplication without trial division", 1985): `a` stands for `a/2^64`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Field {
    prime: u64,
    /// `-1/prime` modulo 2^64.
    inverse: u64,
    /// 2^128 modulo the prime.
    square: u64,
    /// 1.
    pub(super) one: u64,
}

/// The largest primes below 2^62, as distances from it.
const DISTANCES: [u64; 10] = [57, 87, 117, 143, 153, 167, 171, 195, 203, 273];

impl Field {
    /// The field of a modulus, which must be odd, above 2 and below 2^62.
    pub(super) fn new(prime: u64) -> Self {
        let mut inverse: u64 = 1;
        for _ in 0..6 {
            inverse =
                inverse.wrapping_mul(2u64.wrapping_sub(prime.wrapping_mul(inverse)));
        }
        let one = ((1u128 << 64) % u128::from(prime)) as u64;
        let square = (u128::from(one) * u128::from(one) % u128::from(prime)) as u64;
        Self { prime, inverse: inverse.wrapping_neg(), square, one }
    }

    /// Fields of large primes, always the same, without end.
    pub(super) fn large() -> impl Iterator<Item = Self> {
        let first = DISTANCES.iter().map(|distance| (1 << 62) - distance);
        let start = (1u64 << 62) - DISTANCES[9] - 2;
        let more = (0..1u64 << 20).map(move |k| start - 2 * k).filter(|n| is_prime(*n));
        first.chain(more).map(Self::new)
    }

    /// The number of elements.
    pub(super) fn prime(self) -> u64 {
        self.prime
    }

    fn reduce(self, product: u128) -> u64 {
        let factor = (product as u64).wrapping_mul(self.inverse);
        let sum = (product + u128::from(factor) * u128::from(self.prime)) >> 64;
        self.once(sum as u64)
    }

    fn once(self, value: u64) -> u64 {
        if value >= self.prime { value - self.prime } else { value }
    }

    pub(super) fn mul(self, a: u64, b: u64) -> u64 {
        self.reduce(u128::from(a) * u128::from(b))
    }

    pub(super) fn add(self, a: u64, b: u64) -> u64 {
        self.once(a + b)
    }

    pub(super) fn neg(self, a: u64) -> u64 {
        if a == 0 { 0 } else { self.prime - a }
    }

    pub(super) fn sub(self, a: u64, b: u64) -> u64 {
        self.add(a, self.neg(b))
    }

    pub(super) fn pow(self, mut base: u64, mut exponent: u64) -> u64 {
        let mut result = self.one;
        while exponent > 0 {
            if exponent & 1 == 1 {
                result = self.mul(result, base);
            }
            base = self.mul(base, base);
            exponent >>= 1;
        }
        result
    }

    /// `1/a` by Fermat's theorem; 0 for 0.
    pub(super) fn invert(self, a: u64) -> u64 {
        self.pow(a, self.prime - 2)
    }

    /// The element of a machine integer.
    pub(super) fn element(self, value: i64) -> u64 {
        let size = self.mul(value.unsigned_abs() % self.prime, self.square);
        if value < 0 { self.neg(size) } else { size }
    }

    /// The element of an integer.
    pub(super) fn element_of(self, value: &BigInt) -> u64 {
        let rest = (value % self.prime).to_i64().unwrap_or(0);
        self.element(rest)
    }

    /// The element of a rational; `None` when the prime divides its denominator.
    pub(super) fn image(self, value: &Number) -> Option<u64> {
        if let Some(small) = value.to_i64() {
            return Some(self.element(small));
        }
        if let Some(integer) = value.to_integer() {
            return Some(self.element_of(&integer));
        }
        let big = value.to_big();
        let denominator = self.element_of(big.denom());
        let inverse = self.invert(denominator);
        (denominator != 0).then(|| self.mul(self.element_of(big.numer()), inverse))
    }

    /// The integer nearest to 0 that an element stands for.
    pub(super) fn integer(self, a: u64) -> i64 {
        let value = self.reduce(u128::from(a)) as i64;
        let prime = self.prime as i64;
        if value > prime / 2 { value - prime } else { value }
    }
}

/// Numbers that look random and are the same in every run (Vigna's splitmix64).
#[derive(Clone, Debug)]
pub(super) struct Sequence(pub(super) u64);

impl Sequence {
    pub(super) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// An element of a field, not 0.
    pub(super) fn element(&mut self, field: Field) -> u64 {
        1 + self.next() % (field.prime - 1)
    }
}

/// Whether an odd number above 40 is a prime: the test of Miller and Rabin with bases that
/// decide it below 2^64 (Knuth, TAOCP 2, 4.5.4, algorithm P).
pub fn is_prime(n: u64) -> bool {
    const BASES: [u64; 12] = [2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37];
    if BASES.iter().any(|base| n.is_multiple_of(*base)) {
        return false;
    }
    let field = Field::new(n);
    let twos = (n - 1).trailing_zeros();
    BASES.iter().all(|base| {
        let mut power = field.pow(field.element(*base as i64), (n - 1) >> twos);
        if power == field.one {
            return true;
        }
        for _ in 0..twos {
            if power == field.neg(field.one) {
                return true;
            }
            power = field.mul(power, power);
        }
        false
    })
}

/// The primes from 3 up to a bound.
pub(super) fn small_primes(bound: u64) -> impl Iterator<Item = u64> {
    let prime = |n: &u64| {
        (3..).step_by(2).take_while(|d| d * d <= *n).all(|d| !n.is_multiple_of(d))
    };
    (3..bound).step_by(2).filter(prime)
}
