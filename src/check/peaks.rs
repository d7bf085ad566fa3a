//! Edges that no sign at a chosen point shows: an argument that reaches the edge of its piece
//! at its greatest or least value only, or crosses it on a small island.
//!
//! From points at which both formulas agree one climbs to the edge, along one coordinate after
//! the other and along the way of the last round (Powell 1964). Where the edge is crossed, the
//! formulas are compared behind it; where it is touched, at short numbers near by.

use super::breaks::Breaks;
use super::compare::Comparison;
use super::observe::{Seen, Told, tell};
use super::place::Place;
use super::points::is_assumed;
use super::windows::Windows;
use crate::evaluate::short_numbers;
use crate::kernel::{Assumption, ExprId, Number, Pool};
use std::cmp::Ordering;

/// From how many points one climbs to each edge.
const STARTS: usize = 8;
/// From how many besides, whatever the values there are.
const SPREAD: usize = 6;
/// How many of the first ones on the same sides of all axes.
const ON_A_SIDE: usize = 2;
/// How many rounds a climb has, and how many steps a line of it.
const ROUNDS: usize = 16;
const STEPS: usize = 40;
/// No coordinate goes further.
const FAR: f64 = 1e8;
/// Points all of whose coordinates are smaller are the better ones to start at.
const NEAR: f64 = 20.0;
/// How many operations are run in all.
const OPERATIONS: usize = 6_000_000;
/// An edge that is nearer, relatively, is touched.
const TOUCH: f64 = 1e-7;
/// How far from a short number a coordinate may be.
const REACH: f64 = 1e-3;
/// At how many places one edge is looked at.
const PLACES: usize = 24;
/// Of so many hills of different heights the highest one need not be among them.
const HILLS: usize = 3;
/// Hills whose heights are nearer, relatively, are the same: a climb ends shortly before the top.
const SAME: f64 = 0.05;

/// A climb along one argument: upward or downward, to a level.
struct Climb<'a> {
    breaks: &'a Breaks,
    part: usize,
    is_up: bool,
    level: f64,
    known: &'a [Assumption],
    /// How many evaluations are left.
    left: usize,
}

impl Comparison<'_> {
    /// Compares two expressions behind edges that are crossed on islands, and where edges are
    /// touched.
    pub(super) fn peaks(
        &self,
        pool: &mut Pool,
        pair: [ExprId; 2],
        breaks: &Breaks,
        seen: &Seen,
    ) -> Windows {
        let known = self.names();
        let count = known.len();
        let mut left = OPERATIONS / breaks.length().max(1);
        let mut is_open = false;
        for part in 0..breaks.len() {
            // The heights of the hills before an edge, upward and downward.
            let mut hills = [Vec::new(), Vec::new()];
            for (value, at) in starts(part, breaks, &seen.agreed, count) {
                for (is_up, level) in breaks.levels(part, value) {
                    let mut climb =
                        Climb { breaks, part, is_up, level, known: &known, left };
                    let top = climb.run(at.to_vec());
                    left = climb.left;
                    let height = climb.height(&top);
                    let is_touch = height.abs() <= TOUCH * (1.0 + level.abs());
                    if height < 0.0 && !is_touch || height.is_nan() {
                        note_hill(&mut hills[usize::from(is_up)], height);
                        continue;
                    }
                    let names = &self.tape.variables;
                    let mut places = Vec::new();
                    if height > 0.0 {
                        places.push(climb.behind(pool, names, &top));
                    }
                    if is_touch || breaks.jumps(part) {
                        let edge = climb.edge(at, &top);
                        places.extend(touched(pool, names, &edge));
                    }
                    let mut is_known = !is_touch || !breaks.jumps(part);
                    // What saturates is never there.
                    is_known |= climb.is_nearer(&top);
                    for place in places {
                        let gap = (breaks.value(part, &place.doubles) - level).abs();
                        is_known |= gap <= f64::EPSILON * (1.0 + level.abs());
                        // The edge may be at an end that does not belong to the points.
                        let has_value =
                            self.is_defined(&place) || self.is_empty_power(pool, &place);
                        let is_assumed = self.is_assumed(pool, &place);
                        if is_assumed == Some(false) || !has_value {
                            continue;
                        }
                        match tell(pool, pair, &place) {
                            Told::Different if self.is_excused(pool, &place) => {}
                            Told::Different if is_assumed.is_none() => is_known = false,
                            Told::Different => return Windows::Differ(place),
                            Told::Open => is_known = false,
                            Told::Equal | Told::Unavailable => {}
                        }
                    }
                    is_open |= !is_known;
                }
            }
            is_open |= [false, true].into_iter().any(|is_up| {
                hills[usize::from(is_up)].len() >= HILLS
                    && !breaks.has_steps(part)
                    && !breaks.has_no_side(pool, part, is_up)
            });
        }
        if is_open { Windows::Open } else { Windows::Agree }
    }
}

impl Climb<'_> {
    /// How far an argument is behind its level; NaN where it has no value or none is allowed.
    fn height(&self, at: &[f64]) -> f64 {
        if !is_assumed(at, self.known) || at.iter().any(|x| x.abs() > FAR) {
            return f64::NAN;
        }
        let height = self.breaks.value(self.part, at) - self.level;
        if self.is_up { height } else { -height }
    }

    /// Whether an argument is as near to the level at a point further out.
    fn is_nearer(&self, at: &[f64]) -> bool {
        let further: Vec<f64> = at.iter().map(|x| 2.0 * x).collect();
        further != at && self.height(&further) >= self.height(at)
    }

    /// The last point of a climb: the first one behind the level, or the top of a hill.
    fn run(&mut self, mut at: Vec<f64>) -> Vec<f64> {
        let mut height = self.height(&at);
        for _ in 0..ROUNDS {
            let (before, start) = (height, at.clone());
            for axis in 0..at.len() {
                let mut direction = vec![0.0; at.len()];
                direction[axis] = 0.1 * (1.0 + at[axis].abs());
                height = self.line(&mut at, &direction, height);
            }
            let way: Vec<f64> = at.iter().zip(&start).map(|(x, y)| x - y).collect();
            if at.len() > 1 && way.iter().any(|x| *x != 0.0) {
                height = self.line(&mut at, &way, height);
            }
            let is_done = height > 0.0 || self.left < STEPS;
            if is_done || height <= before + 1e-3 * height.abs() {
                break;
            }
        }
        at
    }

    /// Climbs along a line: doubles its steps while that leads up, then halves them.
    fn line(&mut self, at: &mut Vec<f64>, direction: &[f64], mut best: f64) -> f64 {
        let mut step = 1.0;
        for _ in 0..STEPS {
            if best > 0.0 || self.left == 0 {
                break;
            }
            let mut found = false;
            for sign in [1.0, -1.0] {
                self.left = self.left.saturating_sub(1);
                let next: Vec<f64> =
                    at.iter().zip(direction).map(|(x, d)| x + sign * step * d).collect();
                let height = self.height(&next);
                if height > best {
                    (*at, best, found) = (next, height, true);
                    break;
                }
            }
            step *= if found { 2.0 } else { 0.25 };
        }
        best
    }

    /// Where the level is crossed between two points; the second one where it is not.
    fn edge(&self, start: &[f64], top: &[f64]) -> Vec<f64> {
        let on = |t: f64| -> Vec<f64> {
            start.iter().zip(top).map(|(x, y)| x + t * (y - x)).collect()
        };
        let (mut low, mut high) = (0.0, 1.0);
        if self.height(top) <= 0.0 {
            return top.to_vec();
        }
        for _ in 0..60 {
            let middle = f64::midpoint(low, high);
            if self.height(&on(middle)) < 0.0 { low = middle } else { high = middle }
        }
        on(high)
    }

    /// The point behind a level with the shortest decimals.
    fn behind(&self, pool: &mut Pool, names: &[String], top: &[f64]) -> Place {
        let mut rounded = (0..=12).map(|digits| {
            let scale = 10f64.powi(digits);
            (scale, top.iter().map(|x| (x * scale).round() / scale).collect::<Vec<f64>>())
        });
        let short = rounded.find(|(_, at)| self.height(at) > 0.0);
        let Some((scale, at)) = short else {
            return Place::of_doubles(pool, names, top);
        };
        let exact = names.iter().zip(&at).filter_map(|(name, x)| {
            let n = Number::ratio((x * scale).round() as i64, scale as i64)?;
            Some((pool.symbol(name), pool.number(n)))
        });
        let exact: Vec<(ExprId, ExprId)> = exact.collect();
        match exact.len() == names.len() {
            true => Place::new(exact, at),
            false => Place::of_doubles(pool, names, top),
        }
    }
}

/// Notes the height of a hill unless it is known.
fn note_hill(hills: &mut Vec<f64>, height: f64) {
    if !hills.iter().any(|known| (known - height).abs() <= SAME * height.abs()) {
        hills.push(height);
    }
}

/// Points to start at and the values of a part there: those nearest to the edge on different
/// sides of the axes, and some from left to right.
fn starts<'a>(
    part: usize,
    breaks: &Breaks,
    agreed: &'a [Vec<f64>],
    count: usize,
) -> Vec<(f64, &'a [f64])> {
    let mut found: Vec<(f64, &[f64])> = agreed
        .iter()
        .map(|at| (breaks.value(part, &at[..count]), &at[..count]))
        .filter(|(value, _)| value.is_finite())
        .collect();
    // Far out, too many short numbers are near to every one.
    if found.iter().any(|(_, at)| is_near(at)) {
        found.retain(|(_, at)| is_near(at));
    }
    let mut spread = found.clone();
    spread
        .sort_by(|a, b| a.1.first().partial_cmp(&b.1.first()).unwrap_or(Ordering::Equal));
    let step = spread.len().div_ceil(SPREAD).max(1);
    found.sort_by(|a, b| a.0.abs().total_cmp(&b.0.abs()));
    let side = |value: f64, at: &[f64]| {
        at.iter().chain([&value]).map(|x| *x < 0.0).collect::<Vec<bool>>()
    };
    let mut sides: Vec<Vec<bool>> = Vec::new();
    found.retain(|(value, at)| {
        let side = side(*value, at);
        let is_new = sides.iter().filter(|known| **known == side).count() < ON_A_SIDE;
        sides.push(side);
        is_new
    });
    found.truncate(STARTS);
    found.extend(spread.into_iter().step_by(step));
    found
}

/// Whether all coordinates are small.
fn is_near(at: &[f64]) -> bool {
    at.iter().all(|x| x.abs() <= NEAR)
}

/// Places with short numbers as coordinates near a point.
fn touched(pool: &mut Pool, names: &[String], at: &[f64]) -> Vec<Place> {
    let mut places = vec![Place::default()];
    for (name, x) in names.iter().zip(at) {
        let symbol = pool.symbol(name);
        let near = short_numbers(pool, *x, REACH);
        places = places
            .iter()
            .flat_map(|place| near.iter().map(move |value| (place, value)))
            .take(PLACES)
            .map(|(place, (value, double))| {
                let mut place = place.clone();
                place.exact.push((symbol, *value));
                place.doubles.push(*double);
                place
            })
            .collect();
    }
    places
}
