//! Two forms compared by values with many digits at drawn arrays, where there are no exact ones.
//!
//! Invariant: what differs by more than the bounds of its errors, calculated twice where there
//! are digits left, differs; what went under in a greater number is no agreement.

use super::super::components::{Arrays, Expander};
use super::super::form::{FormId, Scope};
use super::super::problem::Problem;
use super::array::Placed;
use super::digits::Digits;
use crate::error::Result;
use crate::evaluate::digits;
use crate::function::Builder;
use crate::kernel::Pool;

/// The binary digits that are calculated with, in turn.
pub(super) const BITS: [usize; 3] = [320, 1100, 4200];
/// Decimal digits that are written of values that differ, in turn.
const WRITTEN: [usize; 2] = [10, 30];
/// Decimal digits of a difference.
const FEW: usize = 10;
/// With how many numbers of digits a value is tried that does not come out: the root of an
/// array with a negative eigenvalue never does.
const MISSED: usize = 2;

/// What many digits say of two forms at arrays.
pub(super) enum Certain {
    Agree,
    /// The first place at which they differ, both values, and the difference where those look
    /// the same.
    Differ(usize, [String; 2], Option<String>),
    /// Whether the first has no value, and whether the second has none.
    Without([bool; 2]),
    Unknown,
}

/// What one number of digits says.
enum Level {
    /// Whether something went under that more digits would show.
    Agree(bool),
    Said(Certain),
    Open,
    /// There is no value, and nobody knows whether there is one.
    Missing,
}

impl Problem {
    /// Compares two forms, the second transposed on demand, with the first so many of the
    /// [`BITS`].
    pub(super) fn certainly(
        &self,
        (first, second, turn): (FormId, FormId, bool),
        (scope, placed): (&Scope, &Placed),
        (pool, most): (&Pool, usize),
    ) -> Certain {
        let (mut found, mut missed) = (None, 0);
        for (place, bits) in BITS.into_iter().enumerate().take(most) {
            let level = self.level((first, second, turn), (scope, placed), (bits, pool));
            match level {
                Err(_) => return Certain::Unknown,
                Ok(Level::Agree(false)) if found.is_none() => return Certain::Agree,
                Ok(Level::Said(known @ Certain::Without(_))) => return known,
                Ok(Level::Said(known)) => match found {
                    // Twice, so that an error that was bounded too low is seen.
                    Some(_) => return known,
                    None if place + 1 == BITS.len() => return known,
                    None => found = Some(known),
                },
                Ok(Level::Missing) if missed + 1 == MISSED => return Certain::Unknown,
                Ok(Level::Missing) => missed += 1,
                Ok(Level::Agree(_) | Level::Open) => {}
            }
        }
        Certain::Unknown
    }

    fn level(
        &self,
        (first, second, turn): (FormId, FormId, bool),
        (scope, placed): (&Scope, &Placed),
        (bits, pool): (usize, &Pool),
    ) -> Result<Level> {
        let placed = &placed.with_sizes_of(scope);
        let mut digits = Digits::new(bits, pool, true)?;
        let mut sides = Vec::with_capacity(2);
        for form in [first, second] {
            let expander = Expander {
                forms: &self.forms,
                scope,
                sizes: &placed.sizes,
                arrays: placed as &dyn Arrays<Digits<'_>>,
                needed: self.needed_by(form),
            };
            sides.push(expander.expand(form, &mut digits)?);
        }
        if turn {
            sides[1] = sides[1].transposed();
        }
        let precise = &mut digits.precise;
        if let Some(error) = precise.failure() {
            return Err(error);
        }
        let (left, right) = (sides[0].entries(), sides[1].entries());
        if left.len() != right.len() || precise.has_overflown() {
            return Ok(Level::Open);
        }
        let mut has_none = [false; 2];
        for (none, side) in has_none.iter_mut().zip([left, right]) {
            for id in side {
                *none |= precise.value(*id)?.is_nan();
            }
        }
        if has_none.contains(&true) {
            return Ok(match precise.is_undecided() {
                true => Level::Missing,
                false => Level::Said(Certain::Without(has_none)),
            });
        }
        let mut is_open = false;
        for (place, (a, b)) in left.iter().zip(right).enumerate() {
            if a == b {
                continue;
            }
            let gap = precise.sum(&[(false, *a), (true, *b)]);
            let is_zero = precise.value(gap)?.is_zero() && precise.is_exact(gap);
            if is_zero {
                continue;
            }
            if precise.is_settled(gap) {
                let text =
                    |id: u32, count: usize| digits::text(precise.value(id).ok()?, count);
                let both = |count: usize| Some([text(*a, count)?, text(*b, count)?]);
                let mut written = WRITTEN.into_iter().filter_map(both);
                let shown = written.find(|[a, b]| a != b);
                let gap = text(gap, FEW).filter(|_| shown.is_none());
                return Ok(Level::Said(Certain::Differ(
                    place,
                    shown.unwrap_or_default(),
                    gap.map(|gap| gap.trim_start_matches('-').to_owned()),
                )));
            }
            is_open |= !precise.has_vanished(gap, digits::NOTHING);
        }
        Ok(if is_open { Level::Open } else { Level::Agree(precise.has_absorbed()) })
    }
}
