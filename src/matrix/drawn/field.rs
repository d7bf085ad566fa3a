//! The numbers of which arrays are made: exact ones, or doubles.

use super::super::numeric::Dense;
use super::super::value::inverse_of;
use super::rows::Rows;
use crate::kernel::{Number, mix};

/// Numbers that arrays are drawn of.
pub(crate) trait Field: Clone + PartialEq {
    /// How many sizes there are for names at least.
    const SIZES: usize;
    /// How many attempts have short entries.
    const PLAIN: usize;

    fn of(n: &Number) -> Self;
    fn plus(&self, other: &Self) -> Self;
    fn times(&self, other: &Self) -> Self;
    fn negative(&self) -> Self;
    /// `None` of 0.
    fn inverse(&self) -> Option<Self>;
    fn floor(&self) -> Self;
    fn to_f64(&self) -> f64;
    /// The inverse of a square array; `None` where there is none.
    fn inverse_of(rows: &Rows<Self>) -> Option<Rows<Self>>;
    /// An entry of an array with these counts of rows and columns.
    fn drawn(
        attempt: usize,
        seed: u64,
        place: (usize, usize),
        counts: (usize, usize),
    ) -> Self;

    fn whole(n: i64) -> Self {
        Self::of(&Number::from(n))
    }

    fn ratio(above: i64, below: i64) -> Self {
        Self::of(&Number::ratio(above, below).unwrap_or(Number::ONE))
    }

    fn minus(&self, other: &Self) -> Self {
        self.plus(&other.negative())
    }

    fn size(&self) -> Self {
        if self.to_f64() < 0.0 { self.negative() } else { self.clone() }
    }
}

/// Short numbers, at which exact values stay short.
impl Field for Number {
    const SIZES: usize = 3;
    const PLAIN: usize = 8;

    fn of(n: &Number) -> Self {
        n.clone()
    }

    fn plus(&self, other: &Self) -> Self {
        self.add(other)
    }

    fn times(&self, other: &Self) -> Self {
        self.mul(other)
    }

    fn negative(&self) -> Self {
        self.neg()
    }

    fn inverse(&self) -> Option<Self> {
        self.recip()
    }

    fn floor(&self) -> Self {
        Self::floor(self)
    }

    fn to_f64(&self) -> f64 {
        Self::to_f64(self)
    }

    fn inverse_of(rows: &Rows<Self>) -> Option<Rows<Self>> {
        inverse_of(&rows.0).map(Rows)
    }

    fn drawn(
        attempt: usize,
        seed: u64,
        (i, j): (usize, usize),
        (_, n): (usize, usize),
    ) -> Self {
        let k = (i * n + j) as u64;
        let random = mix(seed ^ k.wrapping_mul(0x9e37_79b9_7f4a_7c15));
        let [low, high] = [random % 6, (random >> 20) % 3].map(|n| n as i64);
        match attempt % 4 {
            0 => Self::from(low - 2),
            1 => Self::from(low + 1),
            2 => <Self as Field>::ratio(2 * low - 5, [2, 3, 5][high as usize]),
            _ => <Self as Field>::ratio(low + 1, 7 + high),
        }
    }
}

/// Numbers with many digits, which lie next to no kink; square arrays have an inverse.
impl Field for f64 {
    const SIZES: usize = 2;
    const PLAIN: usize = 6;

    fn of(n: &Number) -> Self {
        n.to_f64()
    }

    fn plus(&self, other: &Self) -> Self {
        self + other
    }

    fn times(&self, other: &Self) -> Self {
        self * other
    }

    fn negative(&self) -> Self {
        -self
    }

    fn inverse(&self) -> Option<Self> {
        (*self != 0.0).then(|| self.recip())
    }

    fn floor(&self) -> Self {
        Self::floor(*self)
    }

    fn to_f64(&self) -> f64 {
        *self
    }

    fn inverse_of(rows: &Rows<Self>) -> Option<Rows<Self>> {
        let inverse = Dense::of(rows).inverse().0;
        inverse.data.iter().all(|x| x.is_finite()).then(|| inverse.to_rows())
    }

    fn drawn(
        attempt: usize,
        seed: u64,
        (i, j): (usize, usize),
        (m, n): (usize, usize),
    ) -> Self {
        let k = seed + (i * n + j) as u64;
        let x = fraction(k);
        let kind = attempt % 6;
        let entry = match kind {
            0 | 3 if fraction(k + 7919) < 0.5 => -(0.3 + 1.1 * x),
            0 | 3 => 0.3 + 1.1 * x,
            1 | 4 => 0.25 + 1.2 * x,
            _ => 0.1 + 0.7 * x,
        };
        let shift = if kind == 5 { 1.5 } else { 3.0 };
        match m == n && m > 1 && kind >= 3 {
            true => entry * 0.5 + if i == j { shift } else { 0.0 },
            false => entry,
        }
    }
}

/// A number in [0, 1) from a counter, with twenty binary digits.
pub(crate) fn fraction(counter: u64) -> f64 {
    (mix(counter) >> 44) as f64 / (1u64 << 20) as f64
}
