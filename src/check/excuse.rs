//! Where a function has no derivative, an answer may have any value between the derivatives
//! from both sides; at a jump, that of either side.

use super::breaks::{Breaks, MOST};
use super::compare::{Comparison, Primitive};
use super::decided::decided;
use super::observe::{Told, tell};
use super::place::Place;
use crate::evaluate::digits;
use crate::kernel::{ExprId, Number, Pool};
use crate::simplify::Simplifier;
use crate::syntax;

/// The distances from the place: so many parts of these powers of ten, whose reciprocals are no
/// whole numbers, at which `sin(pi/x)` would be 0.
const NEAR: [(i64, i64); 5] = [
    (7_390_851, -31),
    (5_671_433, -35),
    (8_603_337, -39),
    (6_180_339, -43),
    (7_071_067, -47),
];
/// Distances between which a logarithm grows tenfold.
const SLOW: [(i64, i64); 4] =
    [(7_390_851, -9), (5_671_433, -42), (8_603_337, -410), (6_180_339, -4600)];
/// What is left at most of values on the way to 0, from one distance to the next.
const SHRINKS: f64 = 0.1;
/// What differs by less, relatively, is one value.
const SAME: f64 = 1e-12;
/// How much of the growth of a slope is left nearer by if it has no bound: of a logarithm all.
const STAYS: f64 = 0.5;
/// How far outside of values that were seen no limit of them is, in parts of their distance:
/// those of `1/ln(ln(1/x))` are 8 from theirs.
const MARGIN: f64 = 50.0;
/// What is no greater is on a seam but for rounding.
const ON_SEAM: f64 = 1e-9;
/// The digits of values that are compared.
const DIGITS: usize = 30;

/// What is next to a place, on one side of it.
#[derive(Clone, Copy, Debug)]
struct Side {
    /// What the derivative goes to, infinite where it has no bound.
    slope: Option<f64>,
    /// Whether values tell it, or that it goes to nothing.
    is_known: bool,
    /// Between which values it was seen where it goes to nothing that they tell.
    seen: Option<[f64; 2]>,
    /// Whether the function comes to its value at the place.
    is_continuous: bool,
    /// Whether the function has no value on this side.
    is_outside: bool,
    /// Whether quotients go to several values along a wave that has no end.
    is_wild: bool,
}

impl Side {
    /// What the derivative from this side is called, where it is known.
    fn text(&self) -> Option<String> {
        if self.is_wild {
            return Some("none".to_owned());
        }
        let slope = self.slope?;
        let exists = self.is_continuous && slope.is_finite();
        Some(if exists { digits::short(slope) } else { "none".to_owned() })
    }
}

/// What is known of the derivative at a place.
#[derive(Clone, Copy, Debug)]
pub(super) struct Beside {
    /// Its sides; `None` where the function has no value, or none that is known.
    sides: Option<[Side; 2]>,
    /// Whether the second has a value there that a derivative may have.
    accepted: Option<bool>,
    /// Whether the formula of the derivative has its value there, and that alone is right.
    is_smooth: bool,
    /// Whether there may be no derivative there, and values do not tell.
    is_open: bool,
    /// Whether the function and the second have values there, and nothing tells whether the
    /// second is right.
    is_untold: bool,
}

impl Comparison<'_> {
    /// Whether it does not count that the two have different values at a place: the second is
    /// right there, or nothing is known of a place at which there may be no derivative.
    pub(super) fn is_excused(&self, pool: &mut Pool, place: &Place) -> bool {
        self.beside(pool, place).is_some_and(|known| {
            !known.is_smooth && known.accepted.unwrap_or(known.is_open)
        })
    }

    /// Whether the function has a value at a place at which its derivative may have none.
    pub(super) fn is_corner(&self, pool: &mut Pool, place: &Place) -> bool {
        self.beside(pool, place).is_some_and(|known| known.sides.is_some())
    }

    /// Whether nothing is known of a place at which there may be no derivative.
    pub(super) fn is_unknown(&self, pool: &mut Pool, place: &Place) -> bool {
        self.beside(pool, place).is_some_and(|known| {
            !known.is_smooth && known.accepted.is_none() && known.is_open
        })
    }

    /// The derivatives from the left and from the right, where there is none from both.
    pub(super) fn sides(&self, pool: &mut Pool, place: &Place) -> Option<[String; 2]> {
        let sides = self.beside(pool, place)?.sides?;
        if slope_of(&sides).is_some() {
            return None;
        }
        let [left, right] = sides.each_ref().map(Side::text);
        Some([left?, right?])
    }

    /// Whether values do not tell what the derivative at a place is, or that there is none.
    pub(super) fn is_vague(&self, pool: &mut Pool, place: &Place) -> bool {
        let sides = self.beside(pool, place).and_then(|known| known.sides);
        sides.is_some_and(|sides| sides.iter().any(|side| side.seen.is_some()))
    }

    /// Whether there is no derivative at a place because the function jumps there.
    pub(super) fn is_at_jump(&self, pool: &mut Pool, place: &Place) -> bool {
        let sides = self.beside(pool, place).and_then(|known| known.sides);
        let jumps = |side: &Side| side.is_known && !side.is_continuous;
        sides.is_some_and(|sides| sides.iter().any(jumps))
    }

    /// The derivative at a place at which its formula has no value, where it goes to the same
    /// from both sides and the function is continuous.
    pub(super) fn slope_in_hole(&self, pool: &mut Pool, place: &Place) -> Option<f64> {
        slope_of(&self.beside(pool, place)?.sides?)
    }

    /// Whether the second has a value that is none of those that a derivative may have at a
    /// place at which the formula of that has none.
    pub(super) fn fails_in_hole(&self, pool: &mut Pool, place: &Place) -> bool {
        self.beside(pool, place)
            .is_some_and(|known| !known.is_smooth && known.accepted == Some(false))
    }

    /// Whether nothing tells if the second is right where the function has a value.
    pub(super) fn is_untold(&self, pool: &mut Pool, place: &Place) -> bool {
        self.beside(pool, place).is_some_and(|known| !known.is_smooth && known.is_untold)
    }

    /// What is known of a place, found out once; `None` where there are derivatives everywhere.
    fn beside(&self, pool: &mut Pool, place: &Place) -> Option<Beside> {
        let primitive = self.pieced()?;
        if let Some(known) = primitive.known.borrow().get(&place.exact) {
            return Some(*known);
        }
        let own = value(pool, self.left.id, place);
        let is_on_seam = self.is_on_seam(pool, place, primitive);
        let sides = match own.is_some() && !is_on_seam {
            true => None,
            false => self.both_sides(pool, place, primitive),
        };
        let slope = sides.as_ref().and_then(slope_of);
        let is_own = own.zip(slope).is_some_and(|(own, slope)| is_same(own, slope));
        let answer = value(pool, self.right.id, place);
        let tells = |sides: [Side; 2]| sides.iter().all(|side| side.is_known);
        let is_told = answer.is_some() && sides.is_some_and(tells);
        let both = sides.zip(answer);
        let accepted = both.and_then(|(sides, answer)| is_accepted(&sides, answer));
        let known = Beside {
            sides,
            accepted,
            is_smooth: is_own || own.is_some() && !is_on_seam,
            is_open: !is_told && is_on_seam,
            is_untold: both.is_some() && accepted.is_none(),
        };
        primitive.known.borrow_mut().insert(place.exact.clone(), known);
        Some(known)
    }

    /// Whether pieces of the function or of its derivative meet at a place, as far as digits
    /// tell.
    fn is_on_seam(&self, pool: &mut Pool, place: &Place, primitive: &Primitive) -> bool {
        let breaks = Breaks::new(pool, self.tape, &[primitive.function, self.left.id]);
        // Of more seams not all are looked at.
        breaks.len() >= MOST
            || (0..breaks.len()).any(|part| {
                let level = breaks.value(part, &place.doubles);
                // What is rounded jumps at whole numbers or between them.
                let is_stepping = breaks.has_steps(part);
                let seam = if is_stepping { (2.0 * level).round() } else { 0.0 };
                let gap = if is_stepping { 2.0 * level - seam } else { level };
                // What doubles do not tell from the seam may be beside it.
                gap.abs() <= ON_SEAM * (1.0 + level.abs()) && {
                    let seam = Place::number(pool, seam / 2.0);
                    let pair = [breaks.part(part), seam];
                    !matches!(tell(pool, pair, place), Told::Different)
                }
            })
    }

    /// What is on both sides of a place, in the variable of a derivative; `None` where the
    /// function has no value there.
    fn both_sides(
        &self,
        pool: &mut Pool,
        place: &Place,
        primitive: &Primitive,
    ) -> Option<[Side; 2]> {
        let here = value(pool, primitive.function, place)?;
        let mut steps = Vec::with_capacity(NEAR.len());
        for (part, power) in NEAR {
            steps.push(Number::from(10).pow(power, 1 << 10)?.mul(&Number::from(part)));
        }
        let mut side = |is_left: bool| {
            let mut places = Vec::with_capacity(steps.len());
            for step in &steps {
                let by = if is_left { step.neg() } else { step.clone() };
                places.push(place.moved(pool, primitive.variable, &by));
            }
            self.side(pool, (place, here, is_left), &places, primitive)
        };
        Some([side(true), side(false)])
    }

    /// What is on one side of a place, where the function has a value, along others.
    fn side(
        &self,
        pool: &mut Pool,
        (place, here, is_left): (&Place, f64, bool),
        others: &[Place],
        primitive: &Primitive,
    ) -> Side {
        let function = primitive.function;
        let gaps = others.iter().rev().map(|other| gap(pool, function, place, other));
        let mut gaps = gaps.take(2);
        let (near, far) = (gaps.next().flatten(), gaps.next().flatten());
        let is_continuous = near.zip(far).is_some_and(|(near, far)| {
            near.abs() <= SAME * here.abs() || near.abs() <= SHRINKS * far.abs()
        });
        let is_outside = near.is_none()
            && others
                .last()
                .and_then(|other| other.put_into(pool, &[function]))
                .is_some_and(|ids| {
                    digits::is_defined(pool, ids[0], syntax::in_normal_form)
                        == Some(false)
                });
        let slopes = others.iter().rev().map(|other| value(pool, self.left.id, other));
        let mut slope = limit(slopes);
        let mut quotients = Vec::new();
        if slope.flatten().is_none() && is_continuous {
            // Slopes that go to nothing, or are none, do not say that quotients do.
            let all = others.iter().rev().map(|other| {
                let step = other.step_from(place, pool, primitive.variable)?;
                Some(gap(pool, function, place, other)? / step)
            });
            quotients = all.map_while(|quotient| quotient).collect();
            slope = limit(quotients.iter().copied().map(Some));
        }
        let is_open = quotients.len() == others.len() && slope == Some(None);
        let is_slow = is_open && self.falls_slowly(pool, place, is_left, primitive);
        let is_open = is_open && !is_slow;
        let slope = if is_slow { Some(Some(0.0)) } else { slope };
        let is_wild = is_open && self.swings(pool, place, is_left, primitive);
        Side {
            slope: slope.flatten(),
            seen: is_open.then(|| hull(&quotients)),
            is_known: is_outside || slope.is_some() && near.is_some(),
            is_continuous,
            is_outside,
            is_wild,
        }
    }
}

impl Comparison<'_> {
    /// Whether quotients on one side go to 0 as slowly as the reciprocal of a logarithm.
    fn falls_slowly(
        &self,
        pool: &mut Pool,
        place: &Place,
        is_left: bool,
        primitive: &Primitive,
    ) -> bool {
        let mut quotient = |(part, power): (i64, i64)| -> Option<f64> {
            let step = Number::from(10).pow(power, 1 << 14)?.mul(&Number::from(part));
            let step = if is_left { step.neg() } else { step };
            let other = place.moved(pool, primitive.variable, &step);
            let here = place.put_into(pool, &[primitive.function])?[0];
            let there = other.put_into(pool, &[primitive.function])?[0];
            let gap = pool.difference(there, here);
            let quotient = pool.within_bits(other.room(pool), |pool| {
                pool.scale(&step.recip().unwrap_or(Number::ZERO), gap)
            })?;
            constant(pool, quotient).filter(|x| *x != 0.0)
        };
        let found: Option<Vec<f64>> = SLOW.into_iter().map(&mut quotient).collect();
        let shrinks = |pair: &[f64]| pair[1].abs() <= SHRINKS * pair[0].abs();
        found.is_some_and(|found| found.windows(2).all(shrinks))
    }
}

/// What values go to, infinite where they have no bound, from the last one on; `None` where
/// they are not known, and inside of that where they go to nothing that they tell.
pub(super) fn limit(
    mut backwards: impl Iterator<Item = Option<f64>>,
) -> Option<Option<f64>> {
    let last = backwards.next()??;
    let before = backwards.next()??;
    if is_same(before, last) {
        return Some(Some(last));
    }
    let others: Option<Vec<f64>> = backwards.collect();
    let mut values = vec![last, before];
    values.extend(others?);
    values.reverse();
    let shrinks = |pair: &[f64]| pair[1].abs() <= SHRINKS * pair[0].abs();
    if values.windows(2).skip(1).all(shrinks) {
        return Some(Some(0.0));
    }
    Some(goes_on(&values).then_some(f64::INFINITY.copysign(last)))
}

/// How far the value at another place is from that at a place.
fn gap(pool: &mut Pool, function: ExprId, place: &Place, other: &Place) -> Option<f64> {
    let here = place.put_into(pool, &[function])?[0];
    let there = other.put_into(pool, &[function])?[0];
    let difference = pool.difference(there, here);
    constant(pool, difference)
}

/// Whether values grow without a bound, as far as they tell: all the way, and at its end no
/// less than at its start.
fn goes_on(values: &[f64]) -> bool {
    let steps: Vec<f64> = values.windows(2).map(|pair| pair[1] - pair[0]).collect();
    let (Some(first), Some(last)) = (steps.first(), steps.last()) else { return false };
    let is_outward = values.iter().zip(&steps).all(|(value, step)| value * step > 0.0);
    is_outward && last.abs() >= STAYS * first.abs()
}

/// The least and the greatest of some values.
fn hull(values: &[f64]) -> [f64; 2] {
    let least = values.iter().copied().fold(f64::INFINITY, f64::min);
    [least, values.iter().copied().fold(f64::NEG_INFINITY, f64::max)]
}

/// Whether a value is far outside of all those between which a derivative was seen that goes to
/// nothing that they tell.
fn is_far(sides: &[Side; 2], answer: f64) -> bool {
    let mut bounds = [f64::INFINITY, f64::NEG_INFINITY];
    for side in sides.iter().filter(|side| !side.is_outside) {
        let seen = side.seen.or(side.slope.map(|slope| [slope, slope]));
        let Some([low, high]) = seen.filter(|_| side.is_continuous) else { return false };
        bounds = [bounds[0].min(low), bounds[1].max(high)];
    }
    let margin = MARGIN * (bounds[1] - bounds[0]);
    answer < bounds[0] - margin || answer > bounds[1] + margin
}

/// Whether a derivative with these sides may have a value; `None` where they do not tell.
fn is_accepted(sides: &[Side; 2], answer: f64) -> Option<bool> {
    let is_open = sides.iter().any(|side| side.seen.is_some());
    if is_open && is_far(sides, answer) {
        return Some(false);
    }
    if let Some(slope) = slope_of(sides) {
        return Some(is_same(slope, answer));
    }
    let mut slopes = sides.iter().filter(|side| !side.is_outside).map(|side| side.slope);
    if slopes.clone().flatten().any(|slope| is_same(slope, answer)) {
        return Some(true);
    }
    if sides.iter().any(|side| side.is_wild) {
        return Some(false);
    }
    let first = slopes.next()??;
    let Some(other) = slopes.next() else { return Some(false) };
    let other = other?;
    // Between two slopes without a bound there is none: a cusp has no derivative.
    let is_bend = first.is_finite() && other.is_finite();
    let is_continuous = sides.iter().all(|side| side.is_continuous);
    let between = answer >= first.min(other) && answer <= first.max(other);
    Some(is_continuous && is_bend && between)
}

/// The derivative between two sides, or on the one on which the function is, where there is
/// one.
fn slope_of([left, right]: &[Side; 2]) -> Option<f64> {
    let (from, to) = match (left.is_outside, right.is_outside) {
        (true, false) => (right, right),
        (false, true) => (left, left),
        _ => (left, right),
    };
    let is_continuous = from.is_continuous && to.is_continuous;
    let (from, to) = (from.slope?, to.slope?);
    let exists = is_continuous && is_same(from, to) && from.is_finite();
    exists.then_some(f64::midpoint(from, to))
}

pub(super) fn is_same(a: f64, b: f64) -> bool {
    let is_near = || (a - b).abs() <= SAME * a.abs().max(b.abs());
    a == b || a.is_finite() && b.is_finite() && is_near()
}

/// The value of an expression at a place.
fn value(pool: &mut Pool, id: ExprId, place: &Place) -> Option<f64> {
    let id = place.put_into(pool, &[id])?[0];
    constant(pool, id)
}

/// The value of a constant. No digits tell the side of a jump on which `sin(-pi)` is, and
/// looking for them is dear. What is too small for digits is 0.
pub(super) fn constant(pool: &mut Pool, id: ExprId) -> Option<f64> {
    let id = decided(pool, id);
    let id = Simplifier::default().simplify(pool, id);
    match digits::decimal(pool, id, DIGITS, syntax::in_normal_form) {
        Ok(text) => text.parse().ok().filter(|value: &f64| !value.is_nan()),
        Err(error) => digits::is_too_small(&error).then_some(0.0),
    }
}
