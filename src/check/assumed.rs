//! Whether constants are as it is assumed of a variable.

use super::cells::in_order;
use super::compare::Comparison;
use super::place::Place;
use crate::evaluate::digits;
use crate::kernel::{Assumption, ExprId, Number, Pool};
use crate::syntax;
use std::cmp::Ordering;

/// The digits with which the whole number next to a constant is found.
const DIGITS: usize = 60;

/// Whether a constant is as it is assumed of a variable. `None` where that is not known.
pub fn is_assumed(pool: &mut Pool, known: &Assumption, id: ExprId) -> Option<bool> {
    let mut is_known = true;
    let mut must = |holds: Option<bool>| {
        is_known &= holds.is_some();
        holds != Some(false)
    };
    if known.positive || known.nonnegative {
        let order = in_order(pool, id, Pool::ZERO);
        let fits = order.map(|order| order.is_gt() || order.is_eq() && !known.positive);
        if !must(fits) {
            return Some(false);
        }
    }
    if known.nonpositive && !must(in_order(pool, id, Pool::ZERO).map(Ordering::is_le)) {
        return Some(false);
    }
    for is_low in [true, false] {
        if !must(is_within(pool, known, id, is_low)) {
            return Some(false);
        }
    }
    if known.nonzero && !must(in_order(pool, id, Pool::ZERO).map(Ordering::is_ne)) {
        return Some(false);
    }
    if known.integer && !must(is_whole(pool, id)) {
        return Some(false);
    }
    is_known.then_some(true)
}

/// Whether a constant is on the side of an end where it is assumed to be.
fn is_within(
    pool: &mut Pool,
    known: &Assumption,
    id: ExprId,
    is_low: bool,
) -> Option<bool> {
    let (near, is_open) = match is_low {
        true => (known.low, known.open_low),
        false => (known.high, known.open_high),
    };
    let Some(near) = near else { return Some(true) };
    let inward = |order: Ordering| if is_low { order } else { order.reverse() };
    if let Some(end) = known.end(pool, is_low) {
        let order = inward(in_order(pool, id, end)?);
        return Some(order.is_gt() || order.is_eq() && !is_open);
    }
    // The end is between the doubles beside that one.
    let [below, above] = [near.next_down(), near.next_up()].map(Number::from_double);
    let (below, above) = (pool.number(below?), pool.number(above?));
    let (outer, inner) = if is_low { (below, above) } else { (above, below) };
    if inward(in_order(pool, id, inner)?).is_ge() {
        return Some(true);
    }
    inward(in_order(pool, id, outer)?).is_le().then_some(false)
}

/// Whether a constant is a whole number.
fn is_whole(pool: &mut Pool, id: ExprId) -> Option<bool> {
    if let Some(number) = pool.as_number(id) {
        return Some(number.is_integer());
    }
    let near = digits::number(pool, id, DIGITS, syntax::in_normal_form).ok()?;
    let nearest = pool.number(near.add(&Number::HALF).floor());
    in_order(pool, id, nearest).map(Ordering::is_eq)
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
                Some((_, id)) => is_assumed(pool, known, *id),
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
