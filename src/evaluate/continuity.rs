//! Where the values of a tape are joined without a break, by ranges of its operations (Tupper,
//! "Reliable two-dimensional graphing methods for mathematical formulae", 2001).
//!
//! Functions without known ranges are looked at at some places: what is said of them is as good
//! as a picture needs it, and no proof.

use super::bounds;
use super::range::Range;
use super::run;
use super::tape::{Operation, Slot, Tape};
use crate::function;
use crate::function::spec::{Category, FunctionSpec, UNDEFINED};
use crate::kernel::{FunctionId, Number, Relation};
use std::f64::consts::{FRAC_PI_2, PI};

/// At which parts of an interval functions without known ranges are looked at.
const PARTS: [f64; 5] = [0.0, 0.213, 0.5, 0.787, 1.0];

/// What is known of the values over an interval.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Continuity {
    /// They are joined wherever there are any.
    Sure,
    /// It is not known.
    Open,
    /// There is a place at which a part of the formula breaks.
    Broken,
}

/// What is known of one operation.
#[derive(Clone, Copy)]
struct Known {
    range: Range,
    is: Continuity,
    /// The values at both ends.
    ends: [f64; 2],
}

/// Whether the values of a tape in one variable are joined between two places.
pub fn continuity(tape: &Tape, slot: Slot, low: f64, high: f64) -> Continuity {
    let count = tape.variables.len();
    let [left, right] = [low, high].map(|x| run::values(tape, &vec![x; count]));
    let mut known: Vec<Known> = Vec::with_capacity(slot as usize + 1);
    for (place, operation) in tape.operations.iter().enumerate().take(slot as usize + 1) {
        let mut is = Continuity::Sure;
        // Of branches the one that is taken counts.
        if !is_choice(operation) {
            operation.operands(|slot| is = worse(is, known[slot as usize].is));
        }
        let at = |slot: &Slot| known[*slot as usize];
        let (range, own) = match operation {
            Operation::Number(value) => {
                (Range { low: *value, high: *value }, Continuity::Sure)
            }
            Operation::Variable(_) => (Range { low, high }, Continuity::Sure),
            Operation::Abstract(_) => (Range::ALL, Continuity::Open),
            _ if has_none(operation, &known) => (Range::EMPTY, Continuity::Sure),
            Operation::Add(a, b) => (at(a).range.add(at(b).range), Continuity::Sure),
            Operation::Subtract(a, b) => {
                (at(a).range.add(opposite(at(b).range)), Continuity::Sure)
            }
            Operation::Multiply(a, b) if a == b => {
                (at(a).range.power(&Number::from(2)), Continuity::Sure)
            }
            Operation::Multiply(a, b) => {
                (at(a).range.multiply(at(b).range), Continuity::Sure)
            }
            Operation::Divide(a, b) => {
                let below = at(b);
                match below.range.side() {
                    0 => (Range::ALL, crossed(below)),
                    _ => {
                        (at(a).range.multiply(upside_down(below.range)), Continuity::Sure)
                    }
                }
            }
            Operation::Negate(a) => (opposite(at(a).range), Continuity::Sure),
            Operation::Whole(a, n) => {
                let base = at(a);
                match *n < 0 && base.range.side() == 0 {
                    true => (Range::ALL, crossed(base)),
                    false => {
                        (base.range.power(&Number::from(i64::from(*n))), Continuity::Sure)
                    }
                }
            }
            Operation::Root(a, r) => root(at(a), *r),
            Operation::Power(a, b) => power(at(a), at(b)),
            Operation::Apply(function, a) => applied(*function, &[at(a)]),
            Operation::ApplyAll(function, list) => {
                let arguments: Vec<Known> = list.iter().map(at).collect();
                applied(*function, &arguments)
            }
        };
        known.push(Known {
            range,
            is: worse(is, own),
            ends: [left[place], right[place]],
        });
    }
    known.last().map_or(Continuity::Open, |own| own.is)
}

fn worse(a: Continuity, b: Continuity) -> Continuity {
    match (a, b) {
        (Continuity::Broken, _) | (_, Continuity::Broken) => Continuity::Broken,
        (Continuity::Open, _) | (_, Continuity::Open) => Continuity::Open,
        _ => Continuity::Sure,
    }
}

/// Whether an operand has no values, so that there are none here either.
fn has_none(operation: &Operation, known: &[Known]) -> bool {
    let mut found = false;
    operation.operands(|slot| found |= known[slot as usize].range.is_empty());
    found && !is_choice(operation)
}

fn is_choice(operation: &Operation) -> bool {
    matches!(operation, Operation::ApplyAll(function, _)
        if function::is_conditional(*function))
}

fn opposite(range: Range) -> Range {
    Range { low: -range.high, high: -range.low }
}

fn upside_down(range: Range) -> Range {
    Range::about(1.0 / range.high, 1.0 / range.low)
}

/// What is known of a quotient whose lower side may be 0: where that changes its sign, it is.
fn crossed(below: Known) -> Continuity {
    let [left, right] = below.ends;
    match below.is == Continuity::Sure && left * right < 0.0 {
        true => Continuity::Broken,
        false => Continuity::Open,
    }
}

/// Where a power that is no whole number begins there is an edge and no break.
fn root(base: Known, exponent: f64) -> (Range, Continuity) {
    let range = base.range;
    let positive = Range { low: range.low.max(0.0), high: range.high.max(0.0) };
    match exponent {
        _ if range.high < 0.0 => (Range::EMPTY, Continuity::Sure),
        r if r > 0.0 => (positive.growing(|x| x.powf(r)), Continuity::Sure),
        r if range.low > 0.0 => {
            (upside_down(positive.growing(|x| x.powf(-r))), Continuity::Sure)
        }
        _ => (Range::ALL, Continuity::Open),
    }
}

fn power(base: Known, exponent: Known) -> (Range, Continuity) {
    let (low, high) = (base.range.low, base.range.high);
    if low > 0.0 {
        let logarithm = base.range.growing(f64::ln);
        let product = logarithm.multiply(exponent.range);
        return (product.growing(f64::exp), Continuity::Sure);
    }
    if low >= 0.0 && exponent.range.low > 0.0 {
        let most = exponent.range.growing(|b| high.max(1.0).powf(b)).high;
        return (Range { low: 0.0, high: most }, Continuity::Sure);
    }
    (Range::ALL, Continuity::Open)
}

/// A function that grows in steps: between two equal values there is none.
fn stepped(of: Known, f: impl Fn(f64) -> f64) -> (Range, Continuity) {
    let range = Range { low: f(of.range.low), high: f(of.range.high) };
    if range.low == range.high {
        return (range, Continuity::Sure);
    }
    (range, different(of, f))
}

/// Whether what counts steps is different at both ends.
fn different(of: Known, f: impl Fn(f64) -> f64) -> Continuity {
    let [left, right] = of.ends.map(f);
    match of.is == Continuity::Sure && left != right && !(left - right).is_nan() {
        true => Continuity::Broken,
        false => Continuity::Open,
    }
}

/// A function that grows or falls between poles that are counted.
fn between_poles(
    of: Known,
    count: impl Fn(f64) -> f64,
    f: impl Fn(f64) -> f64,
) -> (Range, Continuity) {
    let range = of.range;
    if count(range.low) != count(range.high) || !range.low.is_finite() {
        return (Range::ALL, different(of, count));
    }
    let (a, b) = (f(range.low), f(range.high));
    (Range::about(a.min(b), a.max(b)), Continuity::Sure)
}

fn applied(function: FunctionId, arguments: &[Known]) -> (Range, Continuity) {
    if let (Some(relation), [left, right]) = (Relation::of(function), arguments) {
        return compared(relation, [left.range, right.range]);
    }
    if !function.is_builtin() {
        return (Range::ALL, Continuity::Open);
    }
    let row = function::spec(function);
    let turns = |u: f64| (u / PI).floor();
    let quarters = |u: f64| (u / PI + 0.5).floor();
    match (row.name, arguments) {
        ("tan", [of]) => between_poles(*of, quarters, f64::tan),
        ("cot", [of]) => between_poles(*of, turns, |u| 1.0 / u.tan()),
        ("sec", [of]) => {
            let cosine = function::lookup("cos", 1).map(|cos| of.range.apply(cos));
            wave_upside_down(cosine, different(*of, quarters))
        }
        ("csc", [of]) => {
            let sine = function::lookup("sin", 1).map(|sin| of.range.apply(sin));
            wave_upside_down(sine, different(*of, turns))
        }
        ("floor", [of]) => stepped(*of, f64::floor),
        ("ceil", [of]) => stepped(*of, f64::ceil),
        ("round", [of]) => stepped(*of, f64::round),
        ("trunc", [of]) => stepped(*of, f64::trunc),
        ("sign" | "heaviside" | "step_left" | "step_right", [of]) => {
            stepped(*of, |u| function::evaluate(function, &[u]))
        }
        ("frac", [of]) => match stepped(*of, f64::floor) {
            (step, Continuity::Sure) => (of.range.add(opposite(step)), Continuity::Sure),
            (_, other) => (Range { low: -1.0, high: 1.0 }, other),
        },
        ("mod", [of, by]) if by.range.side() != 0 => {
            let quotient = of.range.multiply(upside_down(by.range));
            let ends = [0, 1].map(|end| of.ends[end] / by.ends[end]);
            let count = Known { range: quotient, is: worse(of.is, by.is), ends };
            match stepped(count, f64::floor) {
                (step, Continuity::Sure) => {
                    let whole = by.range.multiply(step);
                    (of.range.add(opposite(whole)), Continuity::Sure)
                }
                (_, other) => (Range::ALL, other),
            }
        }
        ("ln", [of]) => match of.range {
            range if range.low > 0.0 => (range.growing(f64::ln), Continuity::Sure),
            range if range.high <= 0.0 => (Range::EMPTY, Continuity::Sure),
            range => (
                Range { low: f64::NEG_INFINITY, high: range.high.ln() },
                Continuity::Open,
            ),
        },
        ("max" | "min", [a, b]) => {
            let pick = if row.name == "max" { f64::max } else { f64::min };
            let (a, b) = (a.range, b.range);
            (
                Range { low: pick(a.low, b.low), high: pick(a.high, b.high) },
                Continuity::Sure,
            )
        }
        ("piecewise", list) => branches(list),
        ("atan2", [up, across]) if across.range.low <= 0.0 && up.range.side() == 0 => {
            (Range { low: -PI, high: PI }, Continuity::Open)
        }
        ("atan2", _) => (Range { low: -PI, high: PI }, Continuity::Sure),
        ("arccot", [of]) if of.range.side() == 0 => {
            (Range { low: -FRAC_PI_2, high: FRAC_PI_2 }, Continuity::Open)
        }
        (name, [of]) if bounds::KNOWN.contains(&name) => {
            (bounds::apply(function, of.range), Continuity::Sure)
        }
        _ => looked_at(function, row, arguments),
    }
}

fn wave_upside_down(wave: Option<Range>, is: Continuity) -> (Range, Continuity) {
    match wave {
        Some(wave) if wave.side() != 0 => (upside_down(wave), Continuity::Sure),
        _ => (Range::ALL, is),
    }
}

/// A comparison: 1 where it holds, else 0.
fn compared(relation: Relation, [a, b]: [Range; 2]) -> (Range, Continuity) {
    let are_apart = a.high < b.low || b.high < a.low;
    let holds = match relation {
        Relation::Less if a.high < b.low => Some(true),
        Relation::Less if a.low >= b.high => Some(false),
        Relation::LessEqual if a.high <= b.low => Some(true),
        Relation::LessEqual if a.low > b.high => Some(false),
        Relation::Equal if are_apart => Some(false),
        Relation::NotEqual if are_apart => Some(true),
        Relation::And if a.side() != 0 && b.side() != 0 => Some(true),
        Relation::And if is_zero(a) || is_zero(b) => Some(false),
        Relation::Or if a.side() != 0 || b.side() != 0 => Some(true),
        Relation::Or if is_zero(a) && is_zero(b) => Some(false),
        _ => None,
    };
    match holds {
        Some(holds) => {
            let value = f64::from(holds);
            (Range { low: value, high: value }, Continuity::Sure)
        }
        None => (Range { low: 0.0, high: 1.0 }, Continuity::Open),
    }
}

fn is_zero(range: Range) -> bool {
    range.low == 0.0 && range.high == 0.0
}

/// The branch that holds all over the interval.
fn branches(list: &[Known]) -> (Range, Continuity) {
    let mut rest = list;
    while let [condition, value, tail @ ..] = rest {
        match condition.range {
            range if condition.is == Continuity::Sure && range.side() != 0 => {
                return (value.range, value.is);
            }
            range if condition.is == Continuity::Sure && is_zero(range) => rest = tail,
            _ => return (Range::ALL, Continuity::Open),
        }
    }
    match rest {
        [last, ..] => (last.range, last.is),
        [] => (Range::EMPTY, Continuity::Sure),
    }
}

/// A function of which no more is known than its poles and its values.
fn looked_at(
    function: FunctionId,
    row: &FunctionSpec,
    arguments: &[Known],
) -> (Range, Continuity) {
    for (place, greatest) in row.poles {
        let Some(of) = arguments.get(*place) else { continue };
        let count = |u: f64| u.min(*greatest as f64 + 0.5).ceil();
        let Range { low, high } = of.range;
        let is_pole = low <= *greatest as f64 && low == low.floor();
        if is_pole || count(low) != count(high) {
            return (Range::ALL, different(*of, count));
        }
    }
    if let [of] = arguments {
        let missing = row.values.iter().filter(|(_, value)| *value == UNDEFINED);
        let mut missing = missing.filter_map(|(at, _)| at.parse::<f64>().ok());
        if missing.any(|at| of.range.low <= at && at <= of.range.high) {
            return (Range::ALL, Continuity::Open);
        }
    }
    let mut low = f64::INFINITY;
    let mut high = f64::NEG_INFINITY;
    let mut count = 0;
    for part in PARTS {
        for is_turned in [false, true] {
            if is_turned && arguments.len() == 1 {
                continue;
            }
            let place = |(n, of): (usize, &Known)| {
                let part = if is_turned && n % 2 == 1 { 1.0 - part } else { part };
                let Range { low, high } = of.range;
                low + part * (high - low)
            };
            let at: Vec<f64> = arguments.iter().enumerate().map(place).collect();
            let value = function::evaluate(function, &at);
            if value.is_finite() {
                (low, high) = (low.min(value), high.max(value));
                count += 1;
            }
        }
    }
    let is_step = row.category == Category::Piecewise;
    let all = if arguments.len() == 1 { PARTS.len() } else { 2 * PARTS.len() };
    match count {
        0 => (Range::EMPTY, Continuity::Sure),
        _ => {
            let room = 0.6 * (high - low);
            let range = Range::about(low - room, high + room);
            let is = match (count == all, is_step && high > low) {
                (true, false) => Continuity::Sure,
                _ => Continuity::Open,
            };
            (range, is)
        }
    }
}
