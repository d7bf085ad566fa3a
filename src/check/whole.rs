//! Places at which the argument of a rounding function is a whole number, or between two of
//! them: doubles miss `x + 2/15 = 0`, where `ceil(x + 2/15)` is `floor(x + 2/15)`.

use super::boundary::At;
use super::breaks::{Seam, seams};
use super::compare::Comparison;
use super::crossings::Budget;
use super::observe::{Told, tell};
use super::place::Place;
use super::unsolved::have_values;
use super::zeros::zeros;
use crate::evaluate::{Tape, values};
use crate::kernel::{ExprId, Number, Pool};
use crate::simplify;
use std::collections::BTreeSet;

/// The levels that are looked at in any case, in halves.
const LEVELS: [i64; 8] = [0, 2, -2, 1, -1, 3, 4, -3];
/// How many levels are looked at in all: beside values that the argument has.
const MOST_LEVELS: usize = 20;
/// Beside greater values there are none.
const FAR: f64 = 1e18;
/// How many rounded arguments are solved for.
const MOST: usize = 12;
/// How many places of one level are looked at.
const PLACES: usize = 2;
/// Up to how many terms an argument is multiplied out.
const TERMS: usize = 40;

/// What is seen where the arguments of rounding functions are whole.
pub(super) enum Steps {
    /// They do not differ at any place that was looked at.
    Agree,
    /// They differ at a place.
    Differ(Place),
    /// There is a step on one side only that could not be looked at.
    Open,
}

/// The same where an argument has one value.
enum Level {
    Agree,
    Differ(Place),
    Open,
    /// No such place was found.
    Unseen,
}

impl Comparison<'_> {
    /// Looks at both where the steps of one are, beside the values that its arguments have at
    /// points.
    pub(super) fn at_steps(
        &self,
        pool: &mut Pool,
        pair: [ExprId; 2],
        points: &[Vec<f64>],
    ) -> Steps {
        let mut parts = stepping(pool, &alone(pool, [self.left.id, self.right.id]));
        let own = parts.len();
        for part in stepping(pool, &[self.left.id, self.right.id]) {
            if !parts.contains(&part) {
                parts.push(part);
            }
        }
        let mut tape = Tape::over(self.tape.variables.clone());
        let slots = tape.add_expressions(pool, &parts);
        let seen: Vec<Vec<f64>> = points
            .iter()
            .filter(|at| at.len() >= tape.variables.len())
            .map(|at| values(&tape, at))
            .collect();
        let mut is_open = own > MOST;
        let mut budget = Budget::of_changes(pool);
        for (place, (part, slot)) in parts.into_iter().zip(slots).take(MOST).enumerate() {
            let is_own = place < own;
            let values: Vec<f64> = seen
                .iter()
                .map(|values| values[slot as usize])
                .filter(|value| value.is_finite())
                .collect();
            let low = values.iter().copied().fold(f64::INFINITY, f64::min);
            let high = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
            let mut reached = 0;
            for half in levels(values.into_iter()) {
                let is_reached = (low..high).contains(&(half as f64 / 2.0));
                reached += usize::from(is_reached);
                let level = pool.number(Number::from(half).mul(&Number::HALF));
                match self.at_level(pool, pair, (part, level), &mut budget) {
                    Level::Differ(place) => return Steps::Differ(place),
                    Level::Open => is_open |= is_own,
                    Level::Unseen => is_open |= is_own && is_reached,
                    Level::Agree => {}
                }
            }
            is_open |=
                is_own && reached == 0 && (2.0 * low).floor() < (2.0 * high).floor();
        }
        // A derivative may have any value at a step.
        match is_open && self.primitive.is_none() {
            true => Steps::Open,
            false => Steps::Agree,
        }
    }

    /// What is seen where a rounded argument has a value.
    fn at_level(
        &self,
        pool: &mut Pool,
        pair: [ExprId; 2],
        (part, level): (ExprId, ExprId),
        budget: &mut Budget,
    ) -> Level {
        let gap = pool.difference(part, level);
        let gap = simplify::expand_all(pool, gap, TERMS).unwrap_or(gap);
        let ways = zeros(pool, 0, gap);
        if ways.as_ref().is_some_and(Vec::is_empty) {
            return Level::Agree;
        }
        let settled = self.settled_where(pool, part, level);
        let (mut is_open, mut is_seen) = (ways.is_none(), false);
        for way in ways.unwrap_or_default() {
            let mut places = self.points_on(pool, &[way]).places;
            places.retain(|place| self.is_allowed(pool, place));
            for mut place in places.into_iter().take(PLACES) {
                match tell(pool, [gap, Pool::ZERO], &place) {
                    // What an inverse function has where the function has no such value.
                    Told::Different => continue,
                    Told::Open | Told::Unavailable => {}
                    Told::Equal => match have_values(pool, &place, &settled) {
                        Some(true) => place.settled.clone_from(&settled),
                        Some(false) => continue,
                        None => {}
                    },
                }
                match self.look_at(pool, pair, &place) {
                    At::Differ => return Level::Differ(place),
                    At::Open => is_open = true,
                    At::Agree | At::Free | At::Excused => is_seen = true,
                    At::Outside => {}
                }
            }
        }
        if is_seen && !is_open {
            return Level::Agree;
        }
        match self.where_it_is(pool, pair, (part, level), budget) {
            Some(place) => Level::Differ(place),
            None if is_open => Level::Open,
            None => Level::Unseen,
        }
    }
}

/// The levels that are looked at, in halves: those on both sides of values too.
fn levels(values: impl Iterator<Item = f64>) -> Vec<i64> {
    let mut found = LEVELS.to_vec();
    for value in values.filter(|value| value.abs() < FAR) {
        for half in [2.0 * value.floor(), 2.0 * value.ceil(), (2.0 * value).floor()] {
            if found.len() < MOST_LEVELS && !found.contains(&(half as i64)) {
                found.push(half as i64);
            }
        }
    }
    found
}

/// What is rounded in expressions.
fn stepping(pool: &mut Pool, ids: &[ExprId]) -> Vec<ExprId> {
    let parts = seams(pool, ids).into_iter();
    parts.filter(|(_, kind)| *kind == Seam::Steps).map(|(part, _)| part).collect()
}

/// The parts of two expressions that stand in one of them only.
fn alone(pool: &Pool, pair: [ExprId; 2]) -> Vec<ExprId> {
    let [left, right] =
        pair.map(|id| pool.reachable(&[id]).into_iter().collect::<BTreeSet<ExprId>>());
    left.symmetric_difference(&right).copied().collect()
}
