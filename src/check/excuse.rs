//! Where a function has no derivative, an answer may have any value between the derivatives
//! from both sides; at a jump, that of either side.

use super::around::{Side, is_of_piece, slope_of, value};
use super::breaks::{Breaks, MOST};
use super::compare::Comparison;
use super::going::is_same;
use super::observe::{Told, tell};
use super::place::Place;
use super::primitive::Primitive;
use crate::kernel::Pool;

/// How far outside of values that were seen no limit of them is, in parts of their distance:
/// those of `1/ln(ln(1/x))` are 8 from theirs.
const MARGIN: f64 = 50.0;
/// What is no greater is on a seam but for rounding.
const ON_SEAM: f64 = 1e-9;

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
        let around = match own.is_some() && !is_on_seam {
            true => None,
            false => {
                let steps = primitive.steps(pool)?;
                let all = (primitive, steps);
                self.around(pool, (place, is_on_seam), all, steps.len() - 1)
            }
        };
        let sides = around.as_ref().map(|around| around.sides);
        let slope = sides.as_ref().and_then(slope_of);
        let is_own = own.zip(slope).is_some_and(|(own, slope)| is_same(own, slope));
        let answer = value(pool, self.right.id, place);
        let tells = |sides: [Side; 2]| sides.iter().all(|side| side.is_known);
        let is_told = answer.is_some() && sides.is_some_and(tells);
        let both = around.as_ref().zip(answer);
        let accepted = both.and_then(|(around, answer)| {
            let accepted = is_accepted(&around.sides, answer);
            let is_piece = accepted != Some(true)
                && around.is_missing
                && is_of_piece(pool, (place, primitive), self.left.id, answer);
            if is_piece { Some(true) } else { accepted }
        });
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
    pub(super) fn is_on_seam(
        &self,
        pool: &mut Pool,
        place: &Place,
        primitive: &Primitive,
    ) -> bool {
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
    let between = answer >= first.min(other) && answer <= first.max(other);
    if is_bend && between && sides.iter().any(|side| !side.is_told) {
        return None;
    }
    let is_continuous = sides.iter().all(|side| side.is_continuous);
    Some(is_continuous && is_bend && between)
}
