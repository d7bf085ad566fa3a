//! Whether values that differ are near: an answer in rounded decimals.

use super::curve::assumed;
use super::points::point;
use super::verify::Checker;
use crate::evaluate::{Slot, Tape, values};
use crate::kernel::Assumption;
use crate::syntax::Decimal;

/// How many points are tried.
const ATTEMPTS: usize = 60;
/// At how many both must have values.
const ENOUGH: usize = 6;
/// What rounding of doubles may add, relative to the value.
const NOISE: f64 = 1e-9;
/// The part of it by which values differ at most that are equal.
const EQUAL: f64 = 1e-5;

/// How far an answer may be from what is right.
#[derive(Clone, Copy, Debug)]
pub enum Allowance {
    /// As far as it moves when decimals move by half a unit of their last place.
    Rounding,
    /// This far, relative to values above 1.
    Tolerance(f64),
}

impl Checker {
    /// At how many points an answer is near to what is right; `None` where it is not, or where
    /// too few points have values. All decimals of the answer are variables of the tape.
    pub fn is_near(
        &mut self,
        tape: &Tape,
        (right, answer): (Slot, Slot),
        decimals: &[Decimal],
        allowance: Allowance,
        known: &[(String, Assumption)],
    ) -> Option<usize> {
        let names = assumed(&tape.variables, known);
        let places: Vec<(usize, &Decimal)> = decimals
            .iter()
            .filter_map(|decimal| {
                let place =
                    tape.variables.iter().position(|name| *name == decimal.name)?;
                Some((place, decimal))
            })
            .collect();
        let is_constant = places.len() == tape.variables.len();
        let (mut agreed, mut is_off) = (0, false);
        for attempt in 0..if is_constant { 1 } else { ATTEMPTS } {
            let mut at = point(attempt, &names);
            for (place, decimal) in &places {
                at[*place] = decimal.value;
            }
            let found = values(tape, &at);
            let (exact, given) = (found[right as usize], found[answer as usize]);
            if !exact.is_finite() || !given.is_finite() {
                continue;
            }
            let noise = NOISE * exact.abs().max(given.abs()).max(f64::MIN_POSITIVE);
            is_off |= (exact - given).abs() > noise * EQUAL;
            let mut most = noise;
            match allowance {
                Allowance::Tolerance(tolerance) => {
                    most += tolerance * exact.abs().max(1.0)
                }
                Allowance::Rounding => {
                    for (place, decimal) in &places {
                        let mut moved = at.clone();
                        let mut value = |by: f64| {
                            moved[*place] = decimal.value + by;
                            values(tape, &moved)[answer as usize]
                        };
                        let change = (value(decimal.half) - value(-decimal.half)).abs();
                        most += if change.is_finite() { change / 2.0 } else { 0.0 };
                    }
                }
            }
            if (exact - given).abs() > most {
                return None;
            }
            agreed += 1;
        }
        // What is equal but at single points is not rounded.
        let is_rounded = is_off || matches!(allowance, Allowance::Tolerance(_));
        (is_rounded && agreed >= if is_constant { 1 } else { ENOUGH }).then_some(agreed)
    }
}
