//! How far a Taylor polynomial is from its function near the point, with many digits.

use super::along::Typed;
use super::approximation::Approximation;
use crate::error::Result;
use crate::evaluate::newton::power_of_two;
use crate::evaluate::{Precise, limit};
use crate::function::Builder;
use crate::kernel::{Number, Pool};
use crate::syntax;
use astro_float::RoundingMode;

/// The most decimal digits that are calculated.
const MAX_DIGITS: usize = 3000;
/// Binary digits beyond those that the remainder takes, in turn.
const SPARE: [usize; 2] = [256, 2300];

/// The size of a difference.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Gap {
    /// Its binary logarithm.
    Size(i64),
    /// It is far below what a remainder could be.
    Nothing,
    /// It cannot be told from rounding, or there is no value.
    Open,
}

/// A place on a line into the point.
pub(super) struct Nearby<'a> {
    pub(super) pool: &'a Pool,
    pub(super) claim: &'a Approximation<'a>,
    /// The values of the parameters.
    pub(super) parameters: &'a [(&'a str, Number)],
    /// The direction of the line.
    pub(super) along: &'a [i64],
    /// The distance, as a power of 1/2.
    pub(super) halvings: i32,
}

impl Nearby<'_> {
    /// How far the polynomial is from the function as it was typed.
    pub(super) fn gap(&self) -> Gap {
        let least = self.halvings as usize * (self.claim.order as usize + 2) + 40;
        if least > MAX_DIGITS * 10 / 3 {
            return Gap::Open;
        }
        for spare in SPARE {
            let Ok((precise, place)) = self.calculated(least + spare) else {
                return Gap::Open;
            };
            match precise.value(place) {
                Ok(value) if !value.is_nan() && !value.is_inf() => {
                    if precise.is_settled(place) {
                        return Gap::Size(value.exponent().unwrap_or_default().into());
                    }
                }
                _ => return Gap::Open,
            }
            if precise.has_vanished(place, -(least as i64)) {
                return Gap::Nothing;
            }
        }
        Gap::Open
    }

    /// The difference with so many binary digits.
    fn calculated(&self, digits: usize) -> Result<(Precise, u32)> {
        let mut precise =
            Precise::new(digits, syntax::in_normal_form, self.pool.purse())?;
        for (name, value) in self.parameters {
            precise.set(name, value);
        }
        for ((symbol, at), step) in self.claim.variables.iter().zip(self.along) {
            let at = precise.expression(self.pool, *at);
            let step = limit::Step::from_i64(*step, digits);
            let distance = power_of_two(-self.halvings, limit::PRECISION);
            let step = step.mul(&distance, digits, RoundingMode::ToEven);
            precise.assign(self.pool.symbol_name(*symbol).unwrap_or_default(), at, &step);
        }
        let value = match &self.claim.typed {
            Some(((program, declared), component)) => {
                let lowered = syntax::lower(program, declared, &mut precise)?;
                lowered.roots.get(*component).copied().unwrap_or_default()
            }
            None => precise.expression(self.pool, self.claim.function),
        };
        let polynomial = precise.expression(self.pool, self.claim.polynomial);
        let gap = precise.sum(&[(false, value), (true, polynomial)]);
        Ok((precise, gap))
    }
}

/// A formula as it was typed and the place of one of its components.
pub type Component<'a> = (Typed<'a>, usize);
