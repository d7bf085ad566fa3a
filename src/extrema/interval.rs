//! What is assumed of variables, as intervals with their ends.

use super::bench::{Bench, Signum, from_float};
use super::search::Problem;
use super::solution::Solution;
use crate::evaluate::nice;
use crate::kernel::{ExprId, Node, Number};

/// The most members that are listed of a family between bounds.
const MAX_MEMBERS: i64 = 60;

/// Longer fractions are decimals that are as long as a double.
const LONG: usize = 24;

/// An end of an interval.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct End {
    pub(super) value: ExprId,
    pub(super) float: f64,
    /// Whether the end itself belongs to the interval.
    pub(super) closed: bool,
}

/// All that a variable may be.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Interval {
    pub(super) low: Option<End>,
    pub(super) high: Option<End>,
}

/// Where a value lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    Inside,
    Low,
    High,
    Outside,
}

impl Interval {
    /// What is assumed of a variable.
    pub(super) fn of(bench: &mut Bench<'_>, unknown: ExprId) -> Self {
        let Node::Symbol(symbol) = bench.pool.node(unknown) else {
            return Self::default();
        };
        let known = bench.pool.assumption(bench.pool.name(symbol));
        // Of two lower ends the greater one counts; so for the upper ones.
        let zero = known.nonnegative.then_some((0.0, !known.positive));
        let low = known.low.map(|low| (low, !known.open_low));
        let low = match (low, zero) {
            (Some(low), Some(zero)) if low.0 <= 0.0 => {
                Some((0.0, zero.1 && (low.0 < 0.0 || low.1)))
            }
            (low, zero) => low.or(zero),
        };
        let high = known.high.map(|high| (high, !known.open_high));
        let high = match high {
            Some(high) if high.0 > 0.0 && known.nonpositive => Some((0.0, true)),
            None if known.nonpositive => Some((0.0, true)),
            high => high,
        };
        Self {
            low: low.and_then(|(low, closed)| {
                if let Some(exact) = known.exact_low.filter(|_| known.low == Some(low)) {
                    return Some(End { value: exact.id(bench.pool), float: low, closed });
                }
                match known.rounded_low && known.low == Some(low) {
                    true => End::beyond(bench, low.next_down()),
                    false => End::new(bench, low, closed),
                }
            }),
            high: high.and_then(|(high, closed)| {
                if let Some(exact) = known.exact_high.filter(|_| known.high == Some(high))
                {
                    return Some(End {
                        value: exact.id(bench.pool),
                        float: high,
                        closed,
                    });
                }
                match known.rounded_high && known.high == Some(high) {
                    true => End::beyond(bench, high.next_up()),
                    false => End::new(bench, high, closed),
                }
            }),
        }
    }

    pub(super) fn is_all(self) -> bool {
        self == Self::default()
    }

    /// The ends that belong to it, and whether each is the lower one.
    pub(super) fn ends(self) -> impl Iterator<Item = (End, bool)> {
        let ends = [self.low.map(|end| (end, true)), self.high.map(|end| (end, false))];
        ends.into_iter().flatten().filter(|(end, _)| end.closed)
    }

    /// Whether it has two ends that both belong to it.
    pub(super) fn is_closed(self) -> bool {
        self.ends().count() == 2
    }

    /// Where a constant lies.
    pub(super) fn place(self, bench: &mut Bench<'_>, id: ExprId) -> Place {
        let ends = [(self.low, Place::Low, false), (self.high, Place::High, true)];
        for (end, at, turned) in ends {
            let Some(end) = end else { continue };
            let gap = bench.minus(id, end.value);
            match (bench.sign(gap), turned) {
                (Signum::Zero, _) if end.closed => return at,
                (Signum::Zero, _) => return Place::Outside,
                (Signum::Negative, false) | (Signum::Positive, true) => {
                    return Place::Outside;
                }
                _ => {}
            }
        }
        Place::Inside
    }
}

impl End {
    /// A bound of what is not known exactly, which is no end itself.
    fn beyond(bench: &mut Bench<'_>, float: f64) -> Option<Self> {
        let value = bench.pool.number(from_float(float)?);
        Some(Self { value, float, closed: false })
    }

    /// An end at a double, and whether it belongs to the interval.
    fn new(bench: &mut Bench<'_>, float: f64, closed: bool) -> Option<Self> {
        let known = nice(bench.pool, float, 1e-15);
        let value = match known.filter(|id| is_near(bench, *id, float)) {
            Some(value) => value,
            None => {
                let short = decimal(float);
                bench.pool.number(short.or_else(|| from_float(float))?)
            }
        };
        Some(Self { value, float, closed })
    }
}

/// Whether a double is next to a number.
fn is_near(bench: &Bench<'_>, id: ExprId, float: f64) -> bool {
    (bench.float(id) - float).abs() <= 1e-15 * float.abs()
}

/// Whether an end is a decimal that is as long as a double: what was typed is near it.
pub(super) fn is_rough(bench: &Bench<'_>, end: ExprId) -> bool {
    bench.pool.as_number(end).is_some_and(|n| n.to_string().len() > LONG)
}

/// The shortest decimal that is a double.
fn decimal(x: f64) -> Option<Number> {
    let text = format!("{x}");
    let (whole, part) = text.split_once('.').unwrap_or((&text, ""));
    let above: i64 = format!("{whole}{part}").parse().ok()?;
    let below = Number::from(10).pow(-(part.len() as i64), 1 << 12)?;
    Some(Number::from(above).mul(&below))
}

/// Members of families that are between bounds, each on its own; a family with a bound on one
/// side begins there, and its period leads away. Of long lists the beginning is kept, and the
/// answer is `false` besides.
pub(super) fn within(
    bench: &mut Bench<'_>,
    problem: &Problem,
    solutions: Vec<Solution>,
) -> (Vec<Solution>, bool) {
    let (mut result, mut complete) = (solutions, true);
    for (place, unknown) in problem.unknowns.iter().enumerate() {
        let interval = Interval::of(bench, *unknown);
        if interval.is_all() {
            continue;
        }
        let mut next = Vec::new();
        for solution in result {
            let coordinate = solution.coordinates[place];
            let Some(period) = coordinate.period else {
                next.push(solution);
                continue;
            };
            let Some((first, last)) =
                members(bench, interval, coordinate.value.id, period)
            else {
                complete = false;
                continue;
            };
            let (start, end, is_finite) = match (first, last) {
                (Some(first), Some(last)) => (first, last, true),
                (Some(one), None) | (None, Some(one)) => (one, one, false),
                (None, None) => (0, 0, false),
            };
            complete &= end - start < MAX_MEMBERS;
            for k in start..=end.min(start + MAX_MEMBERS - 1) {
                let mut own = solution.clone();
                let steps = bench.pool.scale(&Number::from(k), period);
                let moved = bench.pool.sum(&[coordinate.value.id, steps]);
                let slot = &mut own.coordinates[place];
                slot.value.id = match (slot.value.approximate, bench.number(moved)) {
                    (true, Some(number)) => bench.pool.number(number),
                    _ => bench.simplify(moved),
                };
                slot.period = match (is_finite, first) {
                    (true, _) => None,
                    (false, Some(_)) => Some(period),
                    (false, None) => Some(bench.pool.negate(period)),
                };
                slot.one_way = !is_finite;
                next.push(own);
            }
        }
        result = next;
    }
    (result, complete)
}

/// The numbers of the first and the last member between bounds; `None` when they are not
/// known.
fn members(
    bench: &mut Bench<'_>,
    interval: Interval,
    value: ExprId,
    period: ExprId,
) -> Option<(Option<i64>, Option<i64>)> {
    let (start, step) = (bench.float(value), bench.float(period));
    if !(start.is_finite() && step > 0.0) {
        return None;
    }
    let mut number = |end: Option<End>, up: bool| {
        let end = end?;
        let guess = ((end.float - start) / step).round();
        if guess.abs() > 1e9 {
            return None;
        }
        // The nearest member, unless it is outside.
        let steps = bench.pool.scale(&Number::from(guess as i64), period);
        let member = bench.pool.sum(&[value, steps]);
        let gap = bench.minus(member, end.value);
        let own = guess as i64;
        // Ends are looked at on their own.
        Some(match (bench.sign(gap), up) {
            (Signum::Zero | Signum::Negative, true) => own + 1,
            (Signum::Zero | Signum::Positive, false) => own - 1,
            _ => own,
        })
    };
    let mut ends = [None, None];
    for (slot, end, up) in [(0, interval.low, true), (1, interval.high, false)] {
        if end.is_some() {
            ends[slot] = Some(number(end, up)?);
        }
    }
    Some((ends[0], ends[1]))
}
