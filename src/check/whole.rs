//! Places at which the argument of a rounding function is a whole number, or between two of
//! them: doubles miss `x + 2/15 = 0`, where `ceil(x + 2/15)` is `floor(x + 2/15)`.

use super::boundary::At;
use super::breaks::{Seam, seams};
use super::compare::Comparison;
use super::place::Place;
use super::zeros::zeros;
use crate::kernel::{ExprId, Number, Pool};
use crate::simplify;

/// The levels that are looked at, in halves.
const LEVELS: [i64; 8] = [0, 2, -2, 1, -1, 3, 4, -3];
/// How many rounded arguments are solved for.
const MOST: usize = 12;
/// How many places of one level are looked at.
const PLACES: usize = 2;
/// Up to how many terms an argument is multiplied out.
const TERMS: usize = 40;

impl Comparison<'_> {
    /// A place on a step of one side at which both differ.
    pub(super) fn at_steps(&self, pool: &mut Pool, pair: [ExprId; 2]) -> Option<Place> {
        let parts = seams(pool, &[self.left.id, self.right.id]);
        let steps = parts.into_iter().filter(|(_, kind)| *kind == Seam::Steps);
        for (part, _) in steps.take(MOST) {
            for level in LEVELS {
                let level = pool.number(Number::from(level).mul(&Number::HALF));
                let gap = pool.difference(part, level);
                let gap = simplify::expand_all(pool, gap, TERMS).unwrap_or(gap);
                let Some(ways) = zeros(pool, 0, gap) else { break };
                for way in ways {
                    let places = self.points_on(pool, &[way]).places;
                    for place in places.into_iter().take(PLACES) {
                        if matches!(self.look_at(pool, pair, &place), At::Differ) {
                            return Some(place);
                        }
                    }
                }
            }
        }
        None
    }
}
