//! Constants in their order, and numbers between them.

use super::super::{image, roots_of_unity};
use crate::evaluate::{Range, digits};
use crate::kernel::{ExprId, Number, Pool};
use crate::simplify::{self, Simplifier};
use crate::syntax;
use std::cmp::Ordering;

/// The digits of a constant.
const DIGITS: usize = 60;
/// Numbers between two constants have so many decimal places at most.
const PLACES: i64 = 40;

/// Cuts of both in their order, each once.
pub fn merged(pool: &mut Pool, one: &[ExprId], other: &[ExprId]) -> Option<Vec<ExprId>> {
    let mut all = one.to_vec();
    for cut in other {
        insert(pool, &mut all, *cut)?;
    }
    Some(all)
}

/// A short number between two constants, or beyond the one that there is.
pub fn between(
    pool: &mut Pool,
    low: Option<ExprId>,
    high: Option<ExprId>,
) -> Option<ExprId> {
    let number =
        |pool: &Pool, id| digits::number(pool, id, DIGITS, syntax::in_normal_form).ok();
    let (low_near, high_near) = match (low, high) {
        (None, None) => return Some(Pool::ZERO),
        (Some(low), None) => (Some(number(pool, low)?), None),
        (None, Some(high)) => (None, Some(number(pool, high)?)),
        (Some(low), Some(high)) => (Some(number(pool, low)?), Some(number(pool, high)?)),
    };
    let mut candidates = vec![Number::ZERO];
    for place in 0..PLACES {
        let (up, down) = (power_of_ten(place)?, power_of_ten(-place)?);
        let tried = match (&low_near, &high_near) {
            (Some(low), _) => low.mul(&up).floor().add(&Number::ONE),
            (None, Some(high)) => high.mul(&up).neg().floor().add(&Number::ONE).neg(),
            (None, None) => Number::ZERO,
        };
        candidates.push(tried.mul(&down));
        if let (Some(low), Some(high)) = (&low_near, &high_near) {
            let middle = low.add(high).mul(&Number::HALF);
            candidates.push(middle.mul(&up).floor().mul(&down));
        }
    }
    let fits = |x: &Number| {
        low_near.as_ref().is_none_or(|low| low < x)
            && high_near.as_ref().is_none_or(|high| x < high)
    };
    for candidate in candidates.into_iter().filter(fits) {
        let id = pool.number(candidate);
        let is_above = low.is_none_or(|low| order(pool, low, id) == Some(Ordering::Less));
        if is_above
            && high.is_none_or(|high| order(pool, id, high) == Some(Ordering::Less))
        {
            return Some(id);
        }
    }
    None
}

fn power_of_ten(exponent: i64) -> Option<Number> {
    Number::from(10).pow(exponent, 1 << 12)
}

/// Which of two constants is greater; `None` where that is not known for certain.
pub fn order(pool: &mut Pool, one: ExprId, other: ExprId) -> Option<Ordering> {
    if one == other {
        return Some(Ordering::Equal);
    }
    let gap = pool.difference(one, other);
    sign(pool, gap)
}

/// On which side of 0 a constant is; `None` where that is not known for certain.
pub fn sign(pool: &mut Pool, id: ExprId) -> Option<Ordering> {
    // Bounds in doubles tell most of them.
    let by_doubles = match pool.is_complex() {
        true => 0,
        false => Range::of(pool, id).side(),
    };
    if by_doubles != 0 && pool.is_constant(id) {
        return Some(by_doubles.cmp(&0));
    }
    let id = Simplifier::default().simplify(pool, id);
    if let Some(number) = pool.as_number(id) {
        return Some(match (number.is_zero(), number.is_positive()) {
            (true, _) => Ordering::Equal,
            (_, true) => Ordering::Greater,
            _ => Ordering::Less,
        });
    }
    if !pool.is_constant(id) || id == Pool::UNDEFINED {
        return None;
    }
    match simplify::side_of_constant(pool, id) {
        Some(side) if side.is_strict && side.is_above => Some(Ordering::Greater),
        Some(side) if side.is_strict => Some(Ordering::Less),
        _ => vanishes(pool, id).then_some(Ordering::Equal),
    }
}

/// Whether a constant is proved to be 0.
fn vanishes(pool: &mut Pool, id: ExprId) -> bool {
    image::is_zero(pool, id) || roots_of_unity::vanishes(pool, id) == Some(true)
}

/// Adds a constant to an ascending list, unless it is there.
pub(super) fn insert(pool: &mut Pool, list: &mut Vec<ExprId>, at: ExprId) -> Option<()> {
    let mut place = 0;
    while place < list.len() {
        match order(pool, list[place], at)? {
            Ordering::Less => place += 1,
            Ordering::Equal => return Some(()),
            Ordering::Greater => break,
        }
    }
    list.insert(place, at);
    Some(())
}
