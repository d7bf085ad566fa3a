//! The ends of what is assumed of a variable.

use crate::kernel::{Assumption, Bound, Number};
use num_rational::BigRational;

/// How many digits beside an end that does not belong to an interval one looks.
pub(super) const STEP: i64 = 30;

/// One end.
pub(super) struct Side {
    /// The double next to it.
    pub(super) end: f64,
    /// The end itself, where no double is.
    pub(super) exact: Option<Bound>,
    /// Whether the double is not the end.
    pub(super) is_rounded: bool,
    /// Whether it does not belong to the interval.
    pub(super) is_open: bool,
    /// Whether it is the lower one.
    pub(super) is_low: bool,
}

impl Side {
    /// The next double in the interval.
    pub(super) fn inward(&self, x: f64) -> f64 {
        if self.is_low { x.next_up() } else { x.next_down() }
    }

    /// The next double outside of the interval.
    pub(super) fn outward(&self, x: f64) -> f64 {
        if self.is_low { x.next_down() } else { x.next_up() }
    }

    /// How far a number in the interval is from an end that does not belong to it, so many
    /// digits beside it.
    pub(super) fn step(&self, digits: i64) -> Number {
        let size = Number::from(10).pow(-digits, 1 << 10).unwrap_or(Number::ONE);
        let scale = BigRational::from_float(self.end.abs().max(1.0));
        let size = scale.map(Number::from_big).map_or(size.clone(), |by| size.mul(&by));
        if self.is_low { size } else { size.neg() }
    }
}

/// The ends that there are, the lower one first.
pub(super) fn sides(known: &Assumption) -> Vec<Side> {
    let zero = |is_end: bool| is_end.then_some(0.0);
    let low = known.low.or(zero(known.nonnegative));
    let high = known.high.or(zero(known.nonpositive));
    let low = low.map(|end| Side {
        end,
        exact: known.exact_low,
        is_rounded: known.rounded_low,
        is_open: known.open_low || known.positive && end == 0.0,
        is_low: true,
    });
    let high = high.map(|end| Side {
        end,
        exact: known.exact_high,
        is_rounded: known.rounded_high,
        is_open: known.open_high,
        is_low: false,
    });
    low.into_iter().chain(high).collect()
}
