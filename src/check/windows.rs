//! Windows: the stretches between neighbouring seams of pieces, however narrow they are.
//!
//! Points of doubles miss what is between 0.70001 and 0.70002. So the seams are solved for, and
//! both formulas are compared at an exact number between every two neighbours.

use super::breaks::{Seam, seams};
use super::compare::Comparison;
use super::crossings::{Budget, crossings};
use super::ends::{STEP, sides};
use super::far::{far, is_immense, may_lie};
use super::frontiers::{counted, frontiers};
use super::image::is_zero_within;
use super::observe::{LARGE, Told, tell};
use super::place::Place;
use super::zeros::zeros;
use crate::error::{ErrorKind, Result};
use crate::evaluate::{digits, values};
use crate::function;
use crate::kernel::{Assumption, Bound, ExprId, MAX_BITS, Number, Pool};
use crate::syntax;

/// How many seams are looked at along one variable.
const MOST: usize = 48;
/// Along how many variables.
const MOST_VARIABLES: usize = 3;
/// The values of the other variables.
const OTHERS: [(i64, i64); 2] = [(1, 1), (5, 2)];
/// The steps at which a function with steps is looked at.
const STEPS: [i64; 4] = [-1, 0, 1, 2];
/// The steps in which a seam is proved to be at 0 that is not told from it by digits.
const STEPS_FOR_ZERO: usize = 20_000;
/// Longer numbers are made shorter where others are as good.
const LONG: u64 = 64;
/// The logarithm to the base 10 of a relative distance at which seams are one.
const NEAREST: i64 = -50;
/// The digits of a seam, and those of one that is next to another; how many more these are.
const DIGITS: usize = 60;
const MORE_DIGITS: usize = 1060;
const MORE: i64 = 1000;
/// A number with more binary digits is beyond the doubles.
const IMMENSE: u64 = 1100;

/// What is known between seams.
pub(super) enum Windows {
    /// Values agree, or there are none.
    Agree,
    /// They differ at a place.
    Differ(Place),
    /// Nothing certain is known somewhere.
    Open,
}

/// A number at which both formulas are compared.
struct Window {
    at: Number,
    sort: Sort,
}

/// Where a seam is.
struct Found {
    at: Number,
    sort: Known,
    /// The constant that it is, if there is one.
    of: Option<ExprId>,
}

impl Found {
    /// One at a number.
    fn exactly(at: Number) -> Self {
        Self { at, sort: Known::Exactly, of: None }
    }
}

/// How it is known where a seam is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Known {
    Exactly,
    ByDigits,
    /// Doubles led to it: near 0, what is left of one is not told from it.
    ByDoubles,
}

/// The numbers along one variable.
struct Line {
    windows: Vec<Window>,
    /// Whether a seam lies where none of them tells what is beside it.
    is_open: bool,
}

/// A number at or beside an end of what is assumed of a variable, and the double there.
struct End {
    at: Number,
    near: f64,
    sort: Sort,
}

/// What kind of number it is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sort {
    /// One between seams that is assumed of its variable for certain.
    Sure,
    /// One that may not be assumed.
    Unsure,
    /// Where a part turns.
    Turn,
    /// One beyond an end that is not known exactly.
    Outside,
}

impl Comparison<'_> {
    /// Compares two expressions between all neighbouring seams, along one variable after the
    /// other.
    ///
    /// # Errors
    /// A formula of the function table that cannot be read; a test reads them all.
    pub(super) fn windows(&self, pool: &mut Pool, pair: [ExprId; 2]) -> Result<Windows> {
        let mut ids = vec![self.left.id, self.right.id];
        ids.extend(self.pieced().map(|primitive| primitive.function));
        let parts = seams(pool, &ids);
        let known = self.names();
        let mut budgets = [Budget::new(pool), Budget::of_changes(pool)];
        let mut looked: Vec<(Place, Sort)> = Vec::new();
        let mut is_open = false;
        for (variable, name) in known.iter().enumerate().take(MOST_VARIABLES) {
            for other in OTHERS.iter().take(self.tape.variables.len()) {
                let line =
                    self.along(pool, &parts, variable, *other, name, &mut budgets)?;
                is_open |= line.is_open;
                for window in line.windows {
                    let place = self.place(pool, variable, *other, &window.at);
                    looked.push((place, window.sort));
                }
            }
        }
        let ends = self.at_ends(pool, &known).into_iter();
        looked.extend(ends);
        for (place, sort) in looked {
            if sort == Sort::Outside {
                // What is seen beyond an end that is not known exactly may begin before it.
                is_open |= self.is_defined(&place)
                    && matches!(tell(pool, pair, &place), Told::Different | Told::Open);
                continue;
            }
            let is_assumed = self.is_assumed(pool, &place);
            if is_assumed == Some(false) {
                // No double may be between a rounded end and the seam next to it.
                is_open |= sort == Sort::Unsure && self.is_beside(&place);
                continue;
            }
            if !self.is_defined(&place) {
                // What leaves the doubles may have a value, and so may a number that is none.
                let all = values(self.tape, &place.doubles);
                let is_near = all.iter().any(|x| x.abs() > LARGE)
                    || !is_double(pool, &place) && self.has_value_beside(&place);
                let value = match is_near {
                    true => self.has_values(pool, &place),
                    false => Some(false),
                };
                is_open |= value.is_none();
                if value == Some(false)
                    && let Some(aside) = aside(pool, &place)
                {
                    is_open |= self.has_values(pool, &aside) != Some(false);
                }
                if value != Some(true) {
                    continue;
                }
            }
            match tell(pool, pair, &place) {
                Told::Different if self.is_excused(pool, &place) => {}
                Told::Different if sort != Sort::Unsure && is_assumed.is_some() => {
                    return Ok(Windows::Differ(self.shorter(pool, pair, place)));
                }
                // What only touches 0 there is known no better with more digits.
                Told::Open if sort == Sort::Turn => {}
                Told::Different | Told::Open => is_open = true,
                Told::Unavailable => is_open |= is_immense(pool, &place),
                Told::Equal => {}
            }
        }
        Ok(if is_open { Windows::Open } else { Windows::Agree })
    }

    /// Places between the zeros of parts.
    ///
    /// # Errors
    /// A formula of the function table that cannot be read; a test reads them all.
    pub(super) fn between_seams(
        &self,
        pool: &mut Pool,
        parts: &[(ExprId, Seam)],
    ) -> Result<Vec<Place>> {
        let known = self.names();
        let mut budgets = [Budget::new(pool), Budget::of_changes(pool)];
        let mut found = Vec::new();
        for (variable, name) in known.iter().enumerate().take(MOST_VARIABLES) {
            for other in OTHERS.iter().take(self.tape.variables.len()) {
                let line =
                    self.along(pool, parts, variable, *other, name, &mut budgets)?;
                for window in line.windows {
                    found.push(self.place(pool, variable, *other, &window.at));
                }
            }
        }
        Ok(found)
    }

    /// The corners of what is assumed: what holds in the middle of an interval may end shortly
    /// before the interval does.
    fn at_ends(&self, pool: &mut Pool, known: &[Assumption]) -> Vec<(Place, Sort)> {
        let ends: Vec<Vec<End>> = known.iter().map(ends_of).collect();
        if ends.iter().all(Vec::is_empty) || ends.len() > MOST_VARIABLES {
            return Vec::new();
        }
        let mut corners = vec![(Place::default(), Sort::Sure)];
        for (name, ends) in self.tape.variables.iter().zip(&ends) {
            let symbol = pool.symbol(name);
            let middle = [End { at: Number::ONE, near: 1.0, sort: Sort::Sure }];
            let ends = if ends.is_empty() { &middle[..] } else { &ends[..] };
            let before = std::mem::take(&mut corners);
            for ((corner, sort), end) in
                before.iter().flat_map(|corner| ends.iter().map(move |end| (corner, end)))
            {
                let mut corner = corner.clone();
                corner.exact.push((symbol, pool.number(end.at.clone())));
                corner.doubles.push(end.near);
                let is_inside = *sort == Sort::Sure;
                corners.push((corner, if is_inside { end.sort } else { *sort }));
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
        [budget, ends]: &mut [Budget; 2],
    ) -> Result<Line> {
        let mut is_open = false;
        let names = &self.tape.variables;
        let rest = Number::ratio(above, below).unwrap_or(Number::ONE);
        let rest = pool.number(rest);
        let others: Vec<(ExprId, ExprId)> = (0..names.len())
            .filter(|place| *place != variable)
            .map(|place| (pool.symbol(&names[place]), rest))
            .collect();
        let symbol = pool.symbol(&names[variable]);
        let (mut found, mut turns) = (Vec::<Found>::new(), Vec::<Number>::new());
        let sides = [self.left.id, self.right.id];
        let sides = pool.substitute(&sides, &others, function::apply);
        let frontiers = frontiers(pool, &sides, (symbol, known), ends)?;
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
                let solved = zeros(pool, 0, gap);
                let is_solved = solved.as_ref().is_some_and(|ways| {
                    ways.iter().all(|(_, value)| pool.is_constant(*value))
                });
                let own = solved.unwrap_or_default().into_iter();
                let own = own.filter(|(of, _)| *of == symbol);
                let own: Vec<ExprId> =
                    own.flat_map(|(_, value)| counted(pool, value)).collect();
                for value in own {
                    if found.len() >= MOST {
                        break;
                    }
                    if let Some(at) = pool.as_number(value).cloned() {
                        found.push(Found::exactly(at));
                        continue;
                    }
                    match digits::number(pool, value, DIGITS, syntax::in_normal_form) {
                        Ok(at) if !at.is_zero() => {
                            let of = Some(value);
                            found.push(Found { at, sort: Known::ByDigits, of });
                        }
                        Ok(at) if is_zero_within(pool, value, STEPS_FOR_ZERO) => {
                            found.push(Found::exactly(at));
                        }
                        // Of some functions there are no more digits than doubles have.
                        Err(error)
                            if matches!(error.kind, ErrorKind::Unsupported(_))
                                && !digits::is_too_small(&error) => {}
                        _ => is_open |= may_lie(pool, value, known),
                    }
                }
                if !is_solved {
                    let more = crossings(pool, gap, (symbol, known), budget);
                    let room = MOST.saturating_sub(found.len());
                    let rough = more.crossings.into_iter().take(room);
                    let sort = Known::ByDoubles;
                    found.extend(rough.map(|at| Found { at, sort, of: None }));
                    turns.extend(more.turns.into_iter().take(MOST));
                    let far = far(pool, gap, (symbol, known), &frontiers);
                    found.extend(far.found.into_iter().map(Found::exactly));
                    is_open |= far.is_open;
                }
            }
        }
        let turns = turns.into_iter().map(|at| Window { at, sort: Sort::Turn });
        found.extend(frontiers.into_iter().map(|place| Found {
            at: place.at,
            sort: match place.of {
                _ if place.is_exact => Known::Exactly,
                Some(_) => Known::ByDigits,
                None => Known::ByDoubles,
            },
            of: place.of,
        }));
        if found.is_empty() {
            return Ok(Line { windows: turns.collect(), is_open });
        }
        let mut ends = [known.least(), known.greatest()];
        let mut is_rounded = [known.rounded_low, known.rounded_high];
        let exact = [known.exact_low, known.exact_high];
        for ((end, is_rounded), exact) in ends.iter_mut().zip(&mut is_rounded).zip(exact)
        {
            let Some(exact) = exact else { continue };
            let id = exact.id(pool);
            if let Ok(number) = digits::number(pool, id, DIGITS, syntax::in_normal_form) {
                // Beside a seam, more digits tell it from that.
                let at = number.clone();
                found.push(match exact.fraction() {
                    Some(_) => Found::exactly(at),
                    None => Found { at, sort: Known::ByDigits, of: Some(id) },
                });
                (*end, *is_rounded) = (Some(number), false);
            }
        }
        let zero = (known.nonnegative || known.nonpositive).then_some(Number::ZERO);
        let is_there = |at: &Number| found.iter().any(|known| known.at == *at);
        let sure = ends.iter().flatten().cloned().chain(zero);
        let sure: Vec<Number> = sure.filter(|at| !is_there(at)).collect();
        found.extend(sure.into_iter().map(Found::exactly));
        found.sort_by(|a, b| a.at.cmp(&b.at));
        is_open |= are_untold(pool, &mut found);
        let mut found = apart(found);
        // Beside what is beyond the doubles, a step of 1 changes nothing.
        let step = |x: &Number| x.abs().mul(&Number::HALF).add(&Number::ONE);
        let first = found[0].sub(&step(&found[0]));
        let last = &found[found.len() - 1];
        let last = last.add(&step(last));
        found.insert(0, first);
        found.push(last);
        // An end that no double holds is beside the one that is assumed.
        let is_end = |end: &Option<Number>, is_rounded: bool, x: &Number| {
            is_rounded && end.as_ref() == Some(x)
        };
        let between = |pair: &[Number]| {
            let at = short_between(&pair[0], &pair[1]);
            let is_sure = !is_end(&ends[0], is_rounded[0], &pair[0])
                && !is_end(&ends[1], is_rounded[1], &pair[1]);
            Window { at, sort: if is_sure { Sort::Sure } else { Sort::Unsure } }
        };
        let windows = found.windows(2).map(between).chain(turns).collect();
        Ok(Line { windows, is_open })
    }

    /// Whether a place is allowed but for coordinates that doubles do not tell from an end.
    fn is_beside(&self, place: &Place) -> bool {
        let known = self.names();
        known.iter().zip(&place.doubles).all(|(known, x)| {
            known.allows(*x) || known.low == Some(*x) || known.high == Some(*x)
        })
    }

    /// Whether both sides have values in doubles next to a place.
    fn has_value_beside(&self, place: &Place) -> bool {
        [f64::next_down, f64::next_up].into_iter().any(|step| {
            let doubles = place.doubles.iter().map(|x| step(*x)).collect();
            self.is_defined(&Place { doubles, ..Place::default() })
        })
    }

    /// A place with shorter coordinates at which both differ as well, where there is one.
    pub(super) fn shorter(
        &self,
        pool: &mut Pool,
        pair: [ExprId; 2],
        place: Place,
    ) -> Place {
        let is_long = |pool: &Pool, id: ExprId| {
            pool.as_number(id).is_some_and(|x| x.bits() > LONG && !x.is_integer())
        };
        let Some(long) = place.exact.iter().position(|(_, id)| is_long(pool, *id)) else {
            return place;
        };
        let Some(number) = pool.as_number(place.exact[long].1).cloned() else {
            return place;
        };
        for places in 0..DIGITS as i64 {
            let Some(at) = rounded(&number, places) else { break };
            let mut other = place.clone();
            other.doubles[long] = at.to_f64();
            other.exact[long].1 = pool.number(at);
            if self.is_assumed(pool, &other) == Some(true)
                && self.is_defined(&other)
                && tell(pool, pair, &other) == Told::Different
                && !self.is_excused(pool, &other)
            {
                return other;
            }
        }
        place
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
        let mut place = Place::default();
        for (own, name) in self.tape.variables.iter().enumerate() {
            let value = if own == variable { at.clone() } else { rest.clone() };
            place.doubles.push(value.to_f64());
            let symbol = pool.symbol(name);
            place.exact.push((symbol, pool.number(value)));
        }
        place
    }
}

/// Seams from left to right, without those that digits do not tell from the one before.
fn apart(mut found: Vec<Found>) -> Vec<Number> {
    found.sort_by(|a, b| a.at.cmp(&b.at));
    let nearest = Number::from(10).pow(NEAREST, 1 << 10).unwrap_or(Number::ZERO);
    found.dedup_by(|next, own| {
        let size = match (own.sort, next.sort) {
            (Known::Exactly, Known::Exactly) => return own.at == next.at,
            (Known::ByDoubles, _) | (_, Known::ByDoubles) => {
                own.at.abs().add(&Number::ONE)
            }
            _ => own.at.abs().max(next.at.abs()),
        };
        next.at.sub(&own.at) <= size.mul(&nearest)
    });
    found.into_iter().map(|found| found.at).collect()
}

/// Gives neighbours that are different constants more digits, where few do not tell them;
/// whether some are not told by these.
fn are_untold(pool: &mut Pool, found: &mut [Found]) -> bool {
    let is_within = |gap: Number, at: &Number, exponent: i64| {
        let least = Number::from(10).pow(exponent, MAX_BITS).unwrap_or(Number::ZERO);
        gap.abs() <= at.abs().mul(&least)
    };
    let mut are_untold = false;
    for place in 1..found.len() {
        let [low, high] = [&found[place - 1], &found[place]];
        let is_near = is_within(high.at.sub(&low.at), &high.at, NEAREST);
        let is_rough = |found: &Found| found.of.is_none() && found.sort != Known::Exactly;
        if !is_near || low.of == high.of || is_rough(low) || is_rough(high) {
            continue;
        }
        let [below, above] = [low, high]
            .map(|found| found.of.unwrap_or_else(|| pool.number(found.at.clone())));
        let [Ok(low), Ok(high)] = [below, above]
            .map(|id| digits::number(pool, id, MORE_DIGITS, syntax::in_normal_form))
        else {
            continue;
        };
        if is_within(high.sub(&low), &high, NEAREST - MORE) {
            let gap = pool.difference(above, below);
            are_untold |= !is_zero_within(pool, gap, STEPS_FOR_ZERO);
            continue;
        }
        for (own, at) in [(place - 1, low), (place, high)] {
            (found[own].at, found[own].sort) = (at, Known::Exactly);
        }
    }
    are_untold
}

/// The number in the middle between two others, or a short decimal between them where that is
/// long.
fn short_between(low: &Number, high: &Number) -> Number {
    let middle = low.add(high).mul(&Number::HALF);
    if middle.bits() <= LONG {
        return middle;
    }
    let figures = high.floor().to_string().len() as i64;
    let mut inside = (-figures..STEP + STEP)
        .filter_map(|places| rounded(&middle, places))
        .filter(|x| low < x && x < high);
    inside.next().unwrap_or(middle)
}

/// A number to so many decimal places.
fn rounded(x: &Number, places: i64) -> Option<Number> {
    let [up, down] = [places, -places].map(|n| Number::from(10).pow(n, 1 << 12));
    Some(x.mul(&up?).add(&Number::HALF).floor().mul(&down?))
}

/// The ends of what is assumed of a variable, or numbers next to those that do not belong to it,
/// and the doubles there.
fn ends_of(known: &Assumption) -> Vec<End> {
    let mut found = Vec::new();
    for side in sides(known) {
        let next = side.inward(side.end);
        let (at, near, beyond) = match side.exact.and_then(Bound::fraction) {
            Some(fraction) => (fraction, next, side.inward(next)),
            None if side.is_rounded => {
                let own = [(next, Sort::Sure), (side.outward(side.end), Sort::Outside)];
                found.extend(own.into_iter().filter_map(|(x, sort)| {
                    let counts = sort == Sort::Sure || side.exact.is_none();
                    Some(End { at: exact(x).filter(|_| counts)?, near: x, sort })
                }));
                continue;
            }
            None => match exact(side.end) {
                Some(at) => (at, side.end, next),
                None => continue,
            },
        };
        let (at, near) = match side.is_open {
            false => (at, near),
            true => (at.add(&side.step(STEP)), beyond),
        };
        found.push(End { at, near, sort: Sort::Sure });
    }
    found.retain(|end| !known.integer || end.at.is_integer());
    found
}

/// The place beside one with a whole coordinate beyond the doubles: at whole numbers a function
/// may have poles.
fn aside(pool: &mut Pool, place: &Place) -> Option<Place> {
    let is_far = |(_, at): &(ExprId, ExprId)| {
        pool.as_number(*at).is_some_and(|at| at.is_integer() && at.bits() > IMMENSE)
    };
    let (symbol, _) = *place.exact.iter().find(|pair| is_far(pair))?;
    let third = Number::ratio(1, 3)?;
    Some(place.moved(pool, symbol, &third))
}

/// Whether all coordinates of a place are doubles.
fn is_double(pool: &Pool, place: &Place) -> bool {
    place.exact.iter().zip(&place.doubles).all(|((_, at), near)| {
        exact(*near).is_some_and(|near| pool.as_number(*at) == Some(&near))
    })
}

/// A double as an exact number.
fn exact(x: f64) -> Option<Number> {
    num_rational::BigRational::from_float(x).map(Number::from_big)
}
