//! Numbers with many digits that know how far off they are, and are written with operators.

use super::super::limit;
use astro_float::{BigFloat, RoundingMode};
use std::ops::{Add, Div, Mul, Neg, Sub};

const ROUND: RoundingMode = RoundingMode::ToEven;
/// What adds to a bound when it is this many bits less is nothing.
const NOTHING: f64 = 60.0;

/// A number with `p` binary digits and a bound of its error, as a binary logarithm.
///
/// Invariant: the bound runs along with every operation, so it has what cancels in it.
#[derive(Clone, Debug)]
pub(super) struct Real {
    pub(super) value: BigFloat,
    pub(super) p: usize,
    pub(super) error: f64,
}

/// The binary logarithm of `2^a + 2^b`.
pub(super) fn join(a: f64, b: f64) -> f64 {
    let (great, small) = if a > b { (a, b) } else { (b, a) };
    match great - small < NOTHING {
        true => great + (small - great).exp2().ln_1p() / std::f64::consts::LN_2,
        false => great,
    }
}

impl Real {
    /// A number that is exactly this one.
    pub(super) fn exact(value: BigFloat, p: usize) -> Self {
        Self { value, p, error: f64::NEG_INFINITY }
    }

    /// A result that was rounded, unless it says that it was not, and was off by so much
    /// before.
    pub(super) fn rounded(value: BigFloat, p: usize, error: f64) -> Self {
        match value.inexact() {
            true => Self::near(value, p, error),
            false => Self { value, p, error },
        }
    }

    /// What a series or a library came to, with its last digit rounded in any case.
    pub(super) fn near(value: BigFloat, p: usize, error: f64) -> Self {
        let mut result = Self { value, p, error };
        result.error = join(error, result.size() - p as f64 + 1.0);
        result
    }

    /// What has no value.
    pub(super) fn undefined(p: usize) -> Self {
        Self::exact(astro_float::NAN, p)
    }

    /// What may have any value, as far as the digits tell.
    pub(super) fn unknown(p: usize) -> Self {
        Self { value: BigFloat::from_word(1, p), p, error: f64::INFINITY }
    }

    /// Whether the error may be as large as the number.
    pub(super) fn is_lost(&self) -> bool {
        self.error >= self.size() - 2.0 && self.error > f64::NEG_INFINITY
    }

    /// The same number, taken for exact.
    pub(super) fn pinned(&self) -> Self {
        Self::exact(self.value.clone(), self.p)
    }

    /// The same number with one more thing that it may be off by.
    pub(super) fn off_by(mut self, error: f64) -> Self {
        self.error = join(self.error, error);
        self
    }

    /// The binary logarithm of the size, rounded up.
    pub(super) fn size(&self) -> f64 {
        match self.value.exponent() {
            _ if self.value.is_zero() => f64::NEG_INFINITY,
            Some(exponent) => f64::from(exponent),
            None => f64::INFINITY,
        }
    }

    /// The binary logarithm of the size, as exactly as doubles have it: in a long product of
    /// rounded ones, bounds would double each time.
    fn logarithm(&self) -> f64 {
        match limit::leading(&self.value) {
            Some(leading) if !self.value.is_zero() => self.size() + leading.log2(),
            _ => self.size(),
        }
    }

    /// The binary logarithm of the error relative to the value.
    pub(super) fn relative(&self) -> f64 {
        match self.error == f64::NEG_INFINITY {
            true => self.error,
            false => self.error - self.logarithm(),
        }
    }

    pub(super) fn is_zero(&self) -> bool {
        self.value.is_zero()
    }

    pub(super) fn is_nan(&self) -> bool {
        self.value.is_nan()
    }

    pub(super) fn is_negative(&self) -> bool {
        self.value.is_negative() && !self.value.is_zero()
    }

    pub(super) fn is_positive(&self) -> bool {
        self.value.is_positive() && !self.value.is_zero()
    }

    /// The nearest double.
    pub(super) fn double(&self) -> f64 {
        limit::double(&self.value)
    }

    /// The whole number that it is, if it is one of reasonable size.
    pub(super) fn whole(&self) -> Option<i64> {
        let x = self.double();
        // The library takes what is next to 0 for a whole number.
        let is_whole = x.fract() == 0.0 && self.value.is_int();
        (x.abs() < 1e15 && (self.is_zero() || is_whole)).then_some(x as i64)
    }

    /// Whether it is 0, -1, -2, … and not only because its digits end before the point.
    pub(super) fn is_pole(&self) -> bool {
        let is_told =
            self.value.exponent().is_none_or(|places| i64::from(places) < self.p as i64);
        let is_whole = self.double().fract() == 0.0 && self.value.is_int();
        !self.is_positive() && (self.is_zero() || is_told && is_whole)
    }

    pub(super) fn is_below(&self, other: f64) -> bool {
        self.double() < other
    }

    /// The nearest whole number, exactly.
    pub(super) fn nearest(&self) -> Self {
        let half = Self::exact(BigFloat::from_f64(0.5, self.p), self.p);
        let moved = self.value.add(&half.value, self.p, ROUND);
        Self::exact(moved.floor(), self.p)
    }

    pub(super) fn abs(&self) -> Self {
        Self { value: self.value.abs(), ..*self }
    }

    pub(super) fn inverse(&self) -> Self {
        &Self::exact(BigFloat::from_word(1, self.p), self.p) / self
    }

    pub(super) fn square(&self) -> Self {
        self * self
    }

    pub(super) fn sqrt(&self) -> Self {
        if self.is_negative() && !self.is_lost() {
            return Self::undefined(self.p);
        }
        let value = self.value.abs().sqrt(self.p, ROUND);
        // The square root of the error where nothing else is left.
        let error = match self.error < self.size() - 2.0 {
            true => self.error - self.logarithm() / 2.0,
            false => self.error / 2.0 + 1.0,
        };
        Self::rounded(value, self.p, error)
    }
}

impl Neg for &Real {
    type Output = Real;

    fn neg(self) -> Real {
        Real { value: BigFloat::neg(&self.value), ..*self }
    }
}

impl Neg for Real {
    type Output = Real;

    fn neg(self) -> Real {
        -&self
    }
}

impl Add for &Real {
    type Output = Real;

    fn add(self, other: &Real) -> Real {
        let p = self.p.max(other.p);
        Real::rounded(
            self.value.add(&other.value, p, ROUND),
            p,
            join(self.error, other.error),
        )
    }
}

impl Sub for &Real {
    type Output = Real;

    fn sub(self, other: &Real) -> Real {
        let p = self.p.max(other.p);
        Real::rounded(
            self.value.sub(&other.value, p, ROUND),
            p,
            join(self.error, other.error),
        )
    }
}

impl Mul for &Real {
    type Output = Real;

    fn mul(self, other: &Real) -> Real {
        let p = self.p.max(other.p);
        let both = self.error + other.error;
        let ends = join(self.error + other.logarithm(), other.error + self.logarithm());
        Real::rounded(self.value.mul(&other.value, p, ROUND), p, join(ends, both))
    }
}

impl Div for &Real {
    type Output = Real;

    fn div(self, other: &Real) -> Real {
        let p = self.p.max(other.p);
        if self.is_nan() || other.is_nan() {
            return Real::undefined(p);
        }
        if other.is_lost() {
            return Real::unknown(p);
        }
        if other.is_zero() {
            return Real::undefined(p);
        }
        let below = other.logarithm();
        let quotient = self.value.div(&other.value, p, ROUND);
        let found = Real::exact(quotient, p);
        // The divisor may be less than it seems, by its error.
        let doubt = (other.error - below).exp2();
        let error = join(self.error - below, other.error - below + found.logarithm());
        Real::rounded(found.value, p, error - (-doubt).ln_1p() / std::f64::consts::LN_2)
    }
}

/// The operators for owned numbers and for whole ones.
macro_rules! operators {
    ($($trait:ident $method:ident),*) => {$(
        impl $trait<Real> for Real {
            type Output = Real;
            fn $method(self, other: Real) -> Real { (&self).$method(&other) }
        }
        impl $trait<&Real> for Real {
            type Output = Real;
            fn $method(self, other: &Real) -> Real { (&self).$method(other) }
        }
        impl $trait<Real> for &Real {
            type Output = Real;
            fn $method(self, other: Real) -> Real { self.$method(&other) }
        }
        impl $trait<i64> for &Real {
            type Output = Real;
            fn $method(self, other: i64) -> Real {
                let whole = Real::exact(BigFloat::from_i64(other, self.p), self.p);
                self.$method(&whole)
            }
        }
        impl $trait<i64> for Real {
            type Output = Real;
            fn $method(self, other: i64) -> Real { (&self).$method(other) }
        }
    )*};
}

operators!(Add add, Sub sub, Mul mul, Div div);
