//! All real zeros of a function of one unknown between bounds, and on the whole line, by
//! bounds of its derivatives: an interval without a zero, with one at most, or with one of a
//! known order is told by the first derivative that is not 0 on it (interval bisection; Moore,
//! Kearfott and Cloud, "Introduction to Interval Analysis", 2009).

use super::algebra::common_rate;
use super::bench::Bench;
use super::landscape::Landscape;
use super::linear::linear_form;
use super::numeric::{newton, refined};
use super::solution::Coordinate;
use super::values::Value;
use crate::calculus;
use crate::evaluate::nice;
use crate::evaluate::{Bounds, Range};
use crate::function;
use crate::kernel::{ExprId, Node, Number, Pool};

/// How far from 0 zeros are looked for, where nothing bounds the unknown.
pub(super) const REACH: f64 = 100.0;
/// The highest derivative that is looked at.
const ORDERS: usize = 6;
/// Derivatives that are longer are not taken.
const MAX_COST: u32 = 300;
/// What takes more work, before anything is simplified, does not become so short.
const MAX_WORK: u64 = 4000;
/// The most intervals of one search.
const MAX_INTERVALS: usize = 6000;
/// A zero of higher order is looked for on intervals of this width.
const NARROW: f64 = 0.1;
/// Intervals are not made narrower than this.
const NARROWEST: f64 = 1e-7;
/// The most zeros.
const MAX_ZEROS: usize = 200;
/// Where an interval is divided: the first of these at which the sign is certain.
const PARTS: [f64; 6] = [0.5, 0.467, 0.541, 0.382, 0.627, 0.291];

/// A function of one unknown with its derivatives.
struct Line {
    unknown: ExprId,
    derivatives: Vec<ExprId>,
    bounds: Bounds,
}

/// All zeros of a function of one unknown, when it can be shown that these are all; families
/// when the function repeats.
pub(super) fn all_zeros(
    bench: &mut Bench<'_>,
    function: ExprId,
    unknown: ExprId,
) -> Option<Vec<Coordinate>> {
    let line = Line::new(bench, function, unknown)?;
    if let Some(period) = period(bench, function, unknown) {
        let length = bench.float(period);
        let (low, high) = (-0.503 * length, 0.497 * length);
        let found = line.between(bench, low, high)?;
        // The interval is half open: of two zeros a period apart one is enough.
        let inside = |bench: &Bench<'_>, value: &Value| {
            let x = bench.float(value.id);
            low < x && x <= high
        };
        let found = found.into_iter().filter(|value| inside(bench, value));
        return Some(found.map(|value| Coordinate::every(value, period)).collect());
    }
    if !line.is_far_from_zero(REACH) {
        return None;
    }
    let found = line.between(bench, -REACH, REACH)?;
    Some(found.into_iter().map(Coordinate::at).collect())
}

/// All zeros of a function of one unknown between bounds, when it can be shown that these are
/// all.
pub(super) fn zeros_between(
    bench: &mut Bench<'_>,
    function: ExprId,
    unknown: ExprId,
    low: f64,
    high: f64,
) -> Option<Vec<Value>> {
    Line::new(bench, function, unknown)?.between(bench, low, high)
}

/// The period of a function in which the unknown occurs below circular functions of
/// linear expressions only.
fn period(bench: &mut Bench<'_>, function: ExprId, unknown: ExprId) -> Option<ExprId> {
    let mut rates = Vec::new();
    let mut waves = Vec::new();
    for node in bench.pool.reachable(&[function]) {
        let Node::Apply(own, list) = bench.pool.node(node) else { continue };
        let [argument] = *bench.pool.list(list) else { continue };
        if function::spec(own).period.is_none() {
            continue;
        }
        let Some((parts, _)) = linear_form(bench, argument, &[unknown]) else { continue };
        let [(_, rate)] = parts[..] else { continue };
        rates.push(rate);
        // Each is something of its own, so that nothing else cancels.
        let name = format!("wave {}", waves.len());
        waves.push((node, bench.pool.symbol(&name)));
    }
    let flat = bench.pool.substitute(&[function], &waves, function::apply)[0];
    if rates.is_empty() || bench.depends(flat, &[unknown]) {
        return None;
    }
    let rate = common_rate(bench, &rates)?;
    let turn = bench.pool.scale(&Number::from(2), Pool::PI);
    let period = bench.over(turn, rate);
    let is_negative = bench.float(period) < 0.0;
    Some(if is_negative { bench.pool.negate(period) } else { period })
}

/// Adds a zero, unless it is there: one at an end belongs to two intervals.
fn add_once(bench: &Bench<'_>, found: &mut Vec<(f64, Value)>, value: Value) {
    let x = bench.float(value.id);
    let is_same = |other: f64| (other - x).abs() <= 1e-9 * (1.0 + x.abs());
    if !found.iter().any(|(other, _)| is_same(*other)) {
        found.push((x, value));
    }
}

/// A number with a small denominator strictly between others.
fn short_between(low: f64, high: f64) -> Option<f64> {
    [1.0, 2.0, 3.0, 4.0, 5.0, 6.0].into_iter().find_map(|below| {
        let near = (0.5 * (low + high) * below).round() / below;
        (low < near && near < high).then_some(near)
    })
}

impl Line {
    fn new(bench: &mut Bench<'_>, function: ExprId, unknown: ExprId) -> Option<Self> {
        // Anything but the unknown in it, or a function without bounds, ends it here.
        Bounds::new(bench.pool, &[function], &[unknown])?;
        let mut derivatives = vec![function];
        while derivatives.len() < ORDERS {
            let last = *derivatives.last()?;
            let next = bench.pool.within_work(MAX_WORK, |pool| {
                calculus::differentiate(pool, last, unknown, &mut ())
            });
            let Some(next) = next else { break };
            let next = next.ok()?;
            let next = bench.simplify(next);
            if bench.pool.cost(next) > MAX_COST {
                break;
            }
            derivatives.push(next);
        }
        let bounds = Bounds::new(bench.pool, &derivatives, &[unknown])?;
        (derivatives.len() > 1).then_some(Self { unknown, derivatives, bounds })
    }

    /// The ranges of the function and its derivatives; that of the function is the tighter of
    /// two bounds, the second one by its tangents from the middle.
    fn over(&self, low: f64, high: f64) -> (Vec<Range>, bool) {
        let (mut found, smooth) = self.bounds.over(&[Range { low, high }]);
        let middle = 0.5 * (low + high);
        if !smooth || found[0].side() != 0 {
            return (found, smooth);
        }
        let there = self.at(middle);
        let steepest = found[1].low.abs().max(found[1].high.abs());
        let reach = steepest * (high - low) * 0.500_000_1;
        if reach.is_finite() {
            found[0].low = found[0].low.max(there[0].low - reach);
            found[0].high = found[0].high.min(there[0].high + reach);
        }
        (found, smooth)
    }

    fn at(&self, x: f64) -> Vec<Range> {
        self.bounds.over(&[Range { low: x, high: x }]).0
    }

    /// The sign at a point, if it is certain.
    fn sign(&self, x: f64) -> i8 {
        self.at(x)[0].side()
    }

    /// Whether there are no zeros beyond `reach` on either side: some derivative keeps its
    /// sign there, and the ones before begin with what that leads away from 0.
    fn is_far_from_zero(&self, reach: f64) -> bool {
        [1.0, -1.0].into_iter().all(|side| {
            let start = side * reach;
            let beyond = match side > 0.0 {
                true => Range { low: start, high: f64::INFINITY },
                false => Range { low: f64::NEG_INFINITY, high: start },
            };
            let (far, smooth) = self.bounds.over(&[beyond]);
            let here = self.at(start);
            // Along the way out, the derivative changes its sign with each order to the left.
            let outward = |order: usize, sign: i8| match side < 0.0 && order % 2 == 1 {
                true => -sign,
                false => sign,
            };
            far[0].is_empty()
                || far[0].side() != 0
                || (1..far.len()).any(|last| {
                    let sign = outward(last, far[last].side());
                    sign != 0
                        && smooth
                        && (0..last)
                            .all(|order| outward(order, here[order].side()) == sign)
                })
        })
    }

    /// All zeros between bounds, each once; `None` when that cannot be shown.
    fn between(&self, bench: &mut Bench<'_>, low: f64, high: f64) -> Option<Vec<Value>> {
        let mut found: Vec<(f64, Value)> = Vec::new();
        // Their digits are of no use until it is known that they are few enough.
        let mut simple: Vec<(f64, f64)> = Vec::new();
        let mut open = vec![(low, high)];
        let mut seen = 0;
        while let Some((low, high)) = open.pop() {
            seen += 1;
            if seen > MAX_INTERVALS || found.len() + simple.len() > MAX_ZEROS {
                return None;
            }
            let (ranges, smooth) = self.over(low, high);
            if ranges[0].is_empty() || ranges[0].side() != 0 {
                continue;
            }
            let (left, right) = (self.sign(low), self.sign(high));
            if smooth && ranges[1].side() != 0 && left != 0 && left == right {
                continue;
            }
            let width = high - low;
            let order =
                (1..ranges.len()).find(|order| smooth && ranges[*order].side() != 0);
            let zero = match order {
                Some(1) if left != 0 && right != 0 => {
                    simple.push((low, high));
                    continue;
                }
                Some(order) if width <= NARROW => self.zero_of(bench, order, low, high),
                _ => None,
            };
            if let Some(value) = zero {
                add_once(bench, &mut found, value);
                continue;
            }
            if width <= NARROWEST * (1.0 + low.abs()) {
                return None;
            }
            let cuts = PARTS.iter().map(|part| low + part * width);
            let cut = match smooth || width > NARROW {
                true => cuts.clone().find(|cut| self.sign(*cut) != 0),
                // A pole may lie at a short number, and the function be far from 0 beside it.
                false => short_between(low, high),
            };
            let cut = cut.or_else(|| cuts.clone().next())?;
            open.extend([(cut, high), (low, cut)]);
        }
        for (low, high) in simple {
            let value = self.simple(bench, low, high)?;
            add_once(bench, &mut found, value);
        }
        found.sort_by(|a, b| a.0.total_cmp(&b.0));
        Some(found.into_iter().map(|(_, value)| value).collect())
    }

    /// The zero between ends with different signs, of a function that grows or falls.
    fn simple(&self, bench: &mut Bench<'_>, low: f64, high: f64) -> Option<Value> {
        let (mut low, mut high) = (low, high);
        let below = self.sign(low);
        for _ in 0..40 {
            let middle = 0.5 * (low + high);
            match self.sign(middle) {
                0 => break,
                sign if sign == below => low = middle,
                _ => high = middle,
            }
        }
        self.settled(bench, 0, 0.5 * (low + high), high - low)
    }

    /// The one zero of an order that is known not to be exceeded, if there is one: that of the
    /// derivative before, where all before vanish as well.
    fn zero_of(
        &self,
        bench: &mut Bench<'_>,
        order: usize,
        low: f64,
        high: f64,
    ) -> Option<Value> {
        let value = self.settled(bench, order - 1, 0.5 * (low + high), high - low)?;
        let x = bench.float(value.id);
        let slack = 1e-9 * (1.0 + x.abs());
        if x < low - slack || x > high + slack {
            return None;
        }
        let vanishes = match value.approximate {
            true => {
                let number = bench.number(value.id)?;
                bench.vanish_at(&self.derivatives[..order], &[(self.unknown, number)])
            }
            false => self.derivatives[..order].iter().all(|id| {
                let there = bench.put(*id, &[(self.unknown, value.id)]);
                bench.is_zero(there)
            }),
        };
        vanishes.then_some(value)
    }

    /// The zero of a derivative near a point, with many digits, or exactly where it is a short
    /// number.
    fn settled(
        &self,
        bench: &mut Bench<'_>,
        order: usize,
        near: f64,
        width: f64,
    ) -> Option<Value> {
        let slope = match self.derivatives.get(order + 1) {
            Some(slope) => *slope,
            None => bench.derivative(self.derivatives[order], self.unknown).ok()?,
        };
        let own = self.derivatives[order];
        let landscape =
            Landscape::new(bench.pool, own, &[own], &[vec![slope]], &[self.unknown])?;
        let mut left = 100_000;
        let point = newton(&landscape, vec![near], &mut left)?;
        if (point[0] - near).abs() > width + 1e-6 * (1.0 + near.abs()) {
            return None;
        }
        if let Some(short) = nice(bench.pool, point[0], 1e-9) {
            let there = bench.put(own, &[(self.unknown, short)]);
            if bench.is_zero(there) {
                return Some(Value::exact(short));
            }
        }
        let found = refined(bench, &landscape, &[own], &[self.unknown], &point)?;
        found.coordinates.first().map(|c| c.value)
    }
}
