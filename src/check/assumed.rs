//! Whether constants are as it is assumed of a variable.

use super::cells::in_order;
use super::compare::Comparison;
use super::place::Place;
use crate::kernel::{Assumption, Bound, ExprId, Number, Pool};
use num_rational::BigRational;
use std::cmp::Ordering;

/// Nearer to an end than this, relatively, doubles do not tell a constant from it.
const NEAR: f64 = 1e-12;

/// Whether a constant is as it is assumed of a variable; `near` is the double next to it. `None`
/// where it is not told from an end.
pub(super) fn is_assumed(
    pool: &mut Pool,
    known: &Assumption,
    id: ExprId,
    near: f64,
) -> Option<bool> {
    let is_number = pool.as_number(id).is_some();
    // Two fractions are compared as they are.
    let is_told = |exact: Option<Bound>, is_rounded: bool| {
        is_number && exact.map_or(!is_rounded, |end| end.fraction().is_some())
    };
    let is_there = |end: f64, exact: Option<Bound>, is_rounded: bool| {
        let gap = (near - end).abs();
        (end != 0.0 || is_rounded)
            && gap <= NEAR * end.abs()
            && !is_told(exact, is_rounded)
    };
    let (exact_low, exact_high) = (known.exact_low, known.exact_high);
    let mut rest = *known;
    if let Some(end) = known.low
        && is_there(end, exact_low, known.rounded_low)
    {
        let end = exact(pool, end, exact_low, known.rounded_low)?;
        match in_order(pool, id, end)? {
            Ordering::Less => return Some(false),
            Ordering::Equal if known.open_low => return Some(false),
            Ordering::Equal | Ordering::Greater => {}
        }
        rest = Assumption { low: None, exact_low: None, ..rest };
        (rest.open_low, rest.rounded_low) = (false, false);
    }
    if let Some(end) = known.high
        && is_there(end, exact_high, known.rounded_high)
    {
        let end = exact(pool, end, exact_high, known.rounded_high)?;
        match in_order(pool, id, end)? {
            Ordering::Greater => return Some(false),
            Ordering::Equal if known.open_high => return Some(false),
            Ordering::Equal | Ordering::Less => {}
        }
        rest = Assumption { high: None, exact_high: None, ..rest };
        (rest.open_high, rest.rounded_high) = (false, false);
    }
    Some(rest.allows_constant(pool, id, near))
}

/// An end, where it is known exactly.
fn exact(
    pool: &mut Pool,
    near: f64,
    exact: Option<Bound>,
    is_rounded: bool,
) -> Option<ExprId> {
    if let Some(bound) = exact {
        return Some(bound.id(pool));
    }
    let held = BigRational::from_float(near).filter(|_| !is_rounded)?;
    Some(pool.number(Number::from_big(held)))
}

impl Comparison<'_> {
    /// Whether a place is one that is assumed of the variables, or may be one.
    pub(super) fn is_allowed(&self, pool: &mut Pool, place: &Place) -> bool {
        self.is_assumed(pool, place) != Some(false)
    }

    /// The same; `None` where that is not known.
    pub(super) fn is_assumed(&self, pool: &mut Pool, place: &Place) -> Option<bool> {
        let mut is_known = true;
        for (at, (known, near)) in self.names().iter().zip(&place.doubles).enumerate() {
            let own = match place.exact.get(at) {
                Some((_, id)) => is_assumed(pool, known, *id, *near),
                None => Some(known.allows(*near)),
            };
            match own {
                Some(false) => return Some(false),
                Some(true) => {}
                None => is_known = false,
            }
        }
        is_known.then_some(true)
    }
}
