//! Windows: the stretches between neighbouring seams of pieces, however narrow they are.
//!
//! Points of doubles miss what is between 0.70001 and 0.70002. So the seams are solved for, and
//! both formulas are compared at an exact number between every two neighbours.

use super::breaks::{Seam, seams};
use super::compare::Comparison;
use super::observe::{LARGE, Told, tell};
use super::place::Place;
use super::zeros::zeros;
use crate::evaluate::{digits, values};
use crate::function;
use crate::kernel::{Assumption, ExprId, Number, Pool};
use crate::syntax;

/// How many seams are looked at along one variable.
const MOST: usize = 48;
/// Along how many variables.
const MOST_VARIABLES: usize = 3;
/// The values of the other variables.
const OTHERS: [(i64, i64); 2] = [(1, 1), (5, 2)];
/// The steps at which a function with steps is looked at.
const STEPS: [i64; 4] = [-1, 0, 1, 2];
/// How many digits behind an end that does not belong to an interval one looks.
const STEP: i64 = 30;
/// The digits of a seam.
const DIGITS: usize = 60;

/// What is known between seams.
pub(super) enum Windows {
    /// Values agree, or there are none.
    Agree,
    /// They differ at a place.
    Differ(Place),
    /// Nothing certain is known somewhere.
    Open,
}

/// A number between two seams, and whether it is one that is assumed of its variable for
/// certain.
struct Window {
    at: Number,
    is_sure: bool,
}

impl Comparison<'_> {
    /// Compares two expressions between all neighbouring seams, along one variable after the
    /// other.
    pub(super) fn windows(&self, pool: &mut Pool, pair: [ExprId; 2]) -> Windows {
        let mut ids = vec![self.left.id, self.right.id];
        ids.extend(self.pieced().map(|primitive| primitive.function));
        let parts = seams(pool, &ids);
        let known = self.names();
        let mut looked: Vec<(Place, bool)> = Vec::new();
        for (variable, name) in known.iter().enumerate().take(MOST_VARIABLES) {
            for other in OTHERS.iter().take(self.tape.variables.len()) {
                for window in self.along(pool, &parts, variable, *other, name) {
                    let place = self.place(pool, variable, *other, &window.at);
                    looked.push((place, window.is_sure));
                }
            }
        }
        let ends = self.at_ends(pool, &known).into_iter();
        looked.extend(ends.map(|place| (place, true)));
        let mut is_open = false;
        for (place, is_sure) in looked {
            if !self.is_allowed(&place) {
                continue;
            }
            if !self.is_defined(&place) {
                // What leaves the doubles may have a value.
                let all = values(self.tape, &place.doubles);
                let value = match all.iter().any(|x| x.abs() > LARGE) {
                    true => self.has_values(pool, &place),
                    false => Some(false),
                };
                is_open |= value.is_none();
                if value != Some(true) {
                    continue;
                }
            }
            match tell(pool, pair, &place) {
                Told::Different if self.is_excused(pool, &place) => {}
                Told::Different if is_sure => return Windows::Differ(place),
                Told::Different | Told::Open => is_open = true,
                Told::Equal | Told::Unavailable => {}
            }
        }
        if is_open { Windows::Open } else { Windows::Agree }
    }

    /// The corners of what is assumed: what holds in the middle of an interval may end shortly
    /// before the interval does.
    fn at_ends(&self, pool: &mut Pool, known: &[Assumption]) -> Vec<Place> {
        let ends: Vec<Vec<(Number, f64)>> = known.iter().map(ends_of).collect();
        if ends.iter().all(Vec::is_empty) || ends.len() > MOST_VARIABLES {
            return Vec::new();
        }
        let empty = Place { exact: Vec::new(), doubles: Vec::new() };
        let mut corners = vec![empty];
        for (name, ends) in self.tape.variables.iter().zip(&ends) {
            let symbol = pool.symbol(name);
            let middle = [(Number::ONE, 1.0)];
            let ends = if ends.is_empty() { &middle[..] } else { &ends[..] };
            let before = std::mem::take(&mut corners);
            for (corner, (at, near)) in
                before.iter().flat_map(|corner| ends.iter().map(move |end| (corner, end)))
            {
                let mut corner = corner.clone();
                corner.exact.push((symbol, pool.number(at.clone())));
                corner.doubles.push(*near);
                corners.push(corner);
            }
        }
        corners
    }

    /// Numbers between the seams along a variable, where the others have values.
    fn along(
        &self,
        pool: &mut Pool,
        parts: &[(ExprId, Seam)],
        variable: usize,
        (above, below): (i64, i64),
        known: &Assumption,
    ) -> Vec<Window> {
        let names = &self.tape.variables;
        let rest = Number::ratio(above, below).unwrap_or(Number::ONE);
        let rest = pool.number(rest);
        let others: Vec<(ExprId, ExprId)> = (0..names.len())
            .filter(|place| *place != variable)
            .map(|place| (pool.symbol(&names[place]), rest))
            .collect();
        let symbol = pool.symbol(&names[variable]);
        let mut found: Vec<Number> = Vec::new();
        for (part, kind) in parts {
            let is_stepping = *kind == Seam::Steps;
            let part = pool.substitute(&[*part], &others, function::apply)[0];
            let levels: &[i64] = if is_stepping { &STEPS } else { &[0] };
            // A rounding function jumps between whole numbers.
            let halves = if is_stepping { 2 } else { 1 };
            for (level, half) in
                levels.iter().flat_map(|n| (0..halves).map(move |h| (n, h)))
            {
                let level = Number::ratio(2 * level + half, 2).unwrap_or(Number::ZERO);
                let level = pool.number(level);
                let gap = pool.difference(part, level);
                for (of, value) in zeros(pool, 0, gap).unwrap_or_default() {
                    let is_plain = of == symbol && pool.is_constant(value);
                    if is_plain
                        && found.len() < MOST
                        && let Ok(number) =
                            digits::number(pool, value, DIGITS, syntax::in_normal_form)
                    {
                        found.push(number);
                    }
                }
            }
        }
        if found.is_empty() {
            return Vec::new();
        }
        let ends = [known.low, known.high].map(|end| end.and_then(exact));
        let zero = (known.nonnegative || known.nonpositive).then_some(Number::ZERO);
        found.extend(ends.iter().flatten().cloned().chain(zero));
        found.sort();
        found.dedup();
        let first = found[0].sub(&Number::ONE);
        let last = found[found.len() - 1].add(&Number::ONE);
        found.insert(0, first);
        found.push(last);
        // An end that no double holds is beside the one that is assumed.
        let is_end = |end: &Option<Number>, is_rounded: bool, x: &Number| {
            is_rounded && end.as_ref() == Some(x)
        };
        let between = |pair: &[Number]| {
            let at = pair[0].add(&pair[1]).mul(&Number::HALF);
            let is_sure = !is_end(&ends[0], known.rounded_low, &pair[0])
                && !is_end(&ends[1], known.rounded_high, &pair[1]);
            Window { at, is_sure }
        };
        found.windows(2).map(between).collect()
    }

    /// The place with a number for one variable and another one for all others.
    fn place(
        &self,
        pool: &mut Pool,
        variable: usize,
        (above, below): (i64, i64),
        at: &Number,
    ) -> Place {
        let rest = Number::ratio(above, below).unwrap_or(Number::ONE);
        let mut place = Place { exact: Vec::new(), doubles: Vec::new() };
        for (own, name) in self.tape.variables.iter().enumerate() {
            let value = if own == variable { at.clone() } else { rest.clone() };
            place.doubles.push(value.to_f64());
            let symbol = pool.symbol(name);
            place.exact.push((symbol, pool.number(value)));
        }
        place
    }
}

/// The ends of what is assumed of a variable, or numbers next to those that do not belong to it,
/// and the doubles there.
fn ends_of(known: &Assumption) -> Vec<(Number, f64)> {
    let zero = |is_end: bool| is_end.then_some(0.0);
    let low = known.low.or(zero(known.nonnegative));
    let high = known.high.or(zero(known.nonpositive));
    let is_open_low = known.open_low || known.positive && low == Some(0.0);
    let step = Number::from(10).pow(-STEP, 1 << 10).unwrap_or(Number::ONE);
    let inside = |end: f64, is_rounded: bool, is_open: bool, upward: bool| {
        let next = if upward { end.next_up() } else { end.next_down() };
        if is_rounded {
            return Some((exact(next)?, next));
        }
        let at = exact(end)?;
        let size = if end.abs() > 1.0 { step.mul(&at.abs()) } else { step.clone() };
        Some(match (is_open, upward) {
            (false, _) => (at, end),
            (true, true) => (at.add(&size), next),
            (true, false) => (at.sub(&size), next),
        })
    };
    let low = low.and_then(|end| inside(end, known.rounded_low, is_open_low, true));
    let high =
        high.and_then(|end| inside(end, known.rounded_high, known.open_high, false));
    let is_whole = |(at, _): &(Number, f64)| !known.integer || at.is_integer();
    low.into_iter().chain(high).filter(is_whole).collect()
}

/// A double as an exact number.
fn exact(x: f64) -> Option<Number> {
    num_rational::BigRational::from_float(x).map(Number::from_big)
}
