//! Running a tape: plain doubles, and dual numbers with running error bounds.

use super::slope::Slopes;
use super::tape::{Operation, Slot, Tape};
use crate::function;
use crate::function::spec::Category;
use crate::kernel::{FunctionId, Relation};
use smallvec::SmallVec;
use std::f64::consts::FRAC_PI_2;

/// The unit roundoff of double precision.
const ROUNDOFF: f64 = f64::EPSILON / 2.0;
/// The relative error allowed to the value of an elementary function.
const ELEMENTARY: f64 = 4.0 * ROUNDOFF;

/// The value of every operation at a point (in the order of the tape's variables); NaN where
/// one is undefined over the reals.
pub fn values(tape: &Tape, point: &[f64]) -> Vec<f64> {
    let mut values = Vec::with_capacity(tape.operations.len());
    values_into(tape, point, &mut values);
    values
}

/// The same, into a list that is emptied first.
pub(super) fn values_into(tape: &Tape, point: &[f64], v: &mut Vec<f64>) {
    values_by(tape, point, v, values_of);
}

/// The value of every operation at a point that is right but for rounding: what a function or
/// a relation jumps at counts as met where its arguments are next to it.
pub fn values_on_edges(tape: &Tape, point: &[f64]) -> Vec<f64> {
    let mut values = Vec::with_capacity(tape.operations.len());
    values_by(tape, point, &mut values, |operation, arguments| match operation {
        Operation::Apply(function, _) | Operation::ApplyAll(function, _) => {
            let mut arguments: SmallVec<[f64; 4]> = arguments.into();
            function::meet_edge(*function, &mut arguments);
            values_of(operation, &arguments)
        }
        _ => values_of(operation, arguments),
    });
    values
}

fn values_by(
    tape: &Tape,
    point: &[f64],
    v: &mut Vec<f64>,
    values_of: impl Fn(&Operation, &[f64]) -> f64,
) {
    v.clear();
    for operation in &tape.operations {
        let at = |slot: &Slot| v[*slot as usize];
        let value = match operation {
            Operation::Number(value) => *value,
            Operation::Variable(index) => point[*index as usize],
            Operation::Add(a, b) => at(a) + at(b),
            Operation::Subtract(a, b) => at(a) - at(b),
            Operation::Multiply(a, b) => at(a) * at(b),
            Operation::Divide(a, b) => divide(at(a), at(b)),
            Operation::Negate(a) => -at(a),
            Operation::Whole(a, n) => whole(at(a), *n),
            Operation::Root(a, r) => root(at(a), *r),
            Operation::Power(a, b) => power(at(a), at(b)),
            Operation::Apply(_, a) => values_of(operation, &[at(a)]),
            Operation::ApplyAll(_, list) => {
                let arguments: SmallVec<[f64; 4]> = list.iter().map(at).collect();
                values_of(operation, &arguments)
            }
            Operation::Abstract(of) => {
                let arguments: SmallVec<[f64; 4]> = of.arguments.iter().map(at).collect();
                values_of(operation, &arguments)
            }
        };
        v.push(value);
    }
}

/// The value of a function, of the table or an abstract one, at arguments; NaN for other
/// operations.
pub(super) fn values_of(operation: &Operation, arguments: &[f64]) -> f64 {
    match operation {
        Operation::ApplyAll(function, _) if is_piecewise(*function) => {
            branch(arguments).map_or(f64::NAN, |place| arguments[place])
        }
        Operation::Apply(function, _) | Operation::ApplyAll(function, _) => {
            off_poles(*function, function::evaluate(*function, arguments))
        }
        Operation::Abstract(of) => StandIn::new(of.seed, &of.orders, arguments).value(),
        _ => f64::NAN,
    }
}

fn is_piecewise(function: FunctionId) -> bool {
    function::is_conditional(function)
}

/// A value of a function, NaN at its poles.
pub(super) fn off_poles(function: FunctionId, value: f64) -> f64 {
    if value.is_finite() || is_entire(function) { value } else { f64::NAN }
}

/// Whether a function has no poles, so that what is infinite is a value too large.
pub(super) fn is_entire(function: FunctionId) -> bool {
    function::spec(function).is_entire
}

pub(super) fn divide(a: f64, b: f64) -> f64 {
    if b == 0.0 { f64::NAN } else { a / b }
}

pub(super) fn whole(a: f64, n: i32) -> f64 {
    if a == 0.0 && n < 0 { f64::NAN } else { a.powi(n) }
}

pub(super) fn root(a: f64, r: f64) -> f64 {
    if a < 0.0 || (a == 0.0 && r < 0.0) {
        f64::NAN
    } else if r == 0.5 {
        a.sqrt()
    } else {
        a.powf(r)
    }
}

pub(super) fn power(a: f64, b: f64) -> f64 {
    if (a < 0.0 && b.fract() != 0.0) || (a == 0.0 && b <= 0.0) {
        f64::NAN
    } else {
        a.powf(b)
    }
}

/// An abstract function is stood for by `sin(a*x + b*y + … + c)` with numbers that depend on
/// its name, whose derivatives of every order are known.
struct StandIn {
    seed: u64,
    angle: f64,
    scale: f64,
}

impl StandIn {
    fn new(seed: u64, orders: &[u32], arguments: &[f64]) -> Self {
        let mut new = Self { seed, angle: 0.0, scale: 1.0 };
        new.angle = new.coefficient(arguments.len());
        for (k, argument) in arguments.iter().enumerate() {
            let order = orders.get(k).copied().unwrap_or(0);
            new.angle += new.coefficient(k) * argument + f64::from(order) * FRAC_PI_2;
            new.scale *= new.coefficient(k).powi(order as i32);
        }
        new
    }

    fn coefficient(&self, k: usize) -> f64 {
        let bits = self.seed.rotate_left(11 * k as u32 + 7) % 1000;
        0.4 + bits as f64 / 900.0
    }

    fn value(&self) -> f64 {
        self.scale * self.angle.sin()
    }

    /// The derivative in an argument.
    fn slope(&self, k: usize) -> f64 {
        self.coefficient(k) * self.scale * (self.angle + FRAC_PI_2).sin()
    }
}

/// A value with its derivative in one direction and bounds of the rounding error of both.
#[derive(Clone, Copy, Debug, Default)]
pub struct Dual {
    /// The value.
    pub value: f64,
    /// The derivative.
    pub slope: f64,
    /// The error of the value.
    pub value_error: f64,
    /// The error of the derivative.
    pub slope_error: f64,
}

impl Dual {
    /// What has no value.
    const UNKNOWN: Self =
        Self { value: f64::NAN, slope: f64::NAN, value_error: 0.0, slope_error: 0.0 };

    /// Whether nothing can have overflowed or vanished on the way here or near it.
    fn is_in_range(self) -> bool {
        let fits = |x: f64| x == 0.0 || (1e-120..1e120).contains(&x.abs());
        fits(self.value) && fits(self.slope)
    }

    fn exact(value: f64, slope: f64) -> Self {
        let error = ROUNDOFF * value.abs();
        Self { value, slope, value_error: error, slope_error: 0.0 }
    }

    fn rounded(self) -> Self {
        Self {
            value_error: self.value_error + ROUNDOFF * self.value.abs(),
            slope_error: self.slope_error + ROUNDOFF * self.slope.abs(),
            ..self
        }
    }

    fn add(self, other: Self, sign: f64) -> Self {
        Self {
            value: self.value + sign * other.value,
            slope: self.slope + sign * other.slope,
            value_error: self.value_error + other.value_error,
            slope_error: self.slope_error + other.slope_error,
        }
        .rounded()
    }

    fn multiply(self, other: Self) -> Self {
        let (a, b) = (self, other);
        Self {
            value: a.value * b.value,
            slope: a.slope * b.value + a.value * b.slope,
            value_error: a.value_error * b.value.abs() + a.value.abs() * b.value_error,
            slope_error: a.slope_error * b.value.abs()
                + a.slope.abs() * b.value_error
                + a.value_error * b.slope.abs()
                + a.value.abs() * b.slope_error
                + ROUNDOFF * ((a.slope * b.value).abs() + (a.value * b.slope).abs()),
        }
        .rounded()
    }

    /// Of an outer function with its value, first and (roughly) second derivative.
    fn outer(self, value: f64, first: f64, second: f64, relative: f64) -> Self {
        Self {
            value,
            slope: first * self.slope,
            value_error: (first.abs() + second.abs() * self.value_error)
                * self.value_error
                + relative * value.abs(),
            slope_error: first.abs() * self.slope_error
                + self.slope.abs()
                    * (second.abs() * self.value_error + relative * first.abs()),
        }
        .rounded()
    }

    fn power(self, value: f64, r: f64) -> Self {
        let a = self.value;
        if a.abs() < 8.0 * self.value_error {
            return self.doubtful_power(value, r);
        }
        let (first, second) = if a == 0.0 {
            let slope = if r == 1.0 { 1.0 } else { 0.0 };
            (if r >= 1.0 { slope } else { f64::NAN }, 0.0)
        } else {
            (r * value / a, r * (r - 1.0) * value / (a * a))
        };
        self.outer(value, first, second, ELEMENTARY * (1.0 + r.abs()))
    }

    /// A power of what could as well be zero: the error is the greatest value that it can
    /// have.
    fn doubtful_power(self, value: f64, r: f64) -> Self {
        if r < 1.0 {
            return Self::UNKNOWN;
        }
        let largest = self.value.abs() + self.value_error;
        let slope = r * largest.powf(r - 1.0);
        Self {
            value,
            slope: 0.0,
            value_error: 2.0 * largest.powf(r),
            slope_error: slope * (self.slope.abs() + self.slope_error),
        }
        .rounded()
    }
}

/// The dual number of every operation at a point, moving in a direction.
pub fn duals(
    tape: &Tape,
    point: &[f64],
    direction: &[f64],
    slopes: &Slopes,
) -> Vec<Dual> {
    let mut duals = Vec::new();
    duals_into(tape, point, direction, slopes, &mut duals);
    duals
}

/// The same, into a list that is emptied first.
pub fn duals_into(
    tape: &Tape,
    point: &[f64],
    direction: &[f64],
    slopes: &Slopes,
    v: &mut Vec<Dual>,
) {
    v.clear();
    v.reserve(tape.operations.len());
    for operation in &tape.operations {
        let at = |slot: &Slot| v[*slot as usize];
        let dual = match operation {
            Operation::Number(value) => Dual::exact(*value, 0.0),
            Operation::Variable(index) => {
                let index = *index as usize;
                let (value, slope) = (point[index], direction[index]);
                let value_error = slopes.coordinates * value.abs();
                Dual { value, slope, value_error, slope_error: 0.0 }
            }
            Operation::Add(a, b) => at(a).add(at(b), 1.0),
            Operation::Subtract(a, b) => at(a).add(at(b), -1.0),
            Operation::Multiply(a, b) => at(a).multiply(at(b)),
            Operation::Divide(a, b) => {
                let b = at(b);
                let inverse = b.power(divide(1.0, b.value), -1.0);
                at(a).multiply(inverse)
            }
            Operation::Negate(a) => {
                let a = at(a);
                Dual { value: -a.value, slope: -a.slope, ..a }
            }
            Operation::Whole(a, n) => at(a).power(whole(at(a).value, *n), f64::from(*n)),
            Operation::Root(a, r) => at(a).power(root(at(a).value, *r), *r),
            Operation::Power(a, b) => general_power(at(a), at(b)),
            Operation::Apply(function, a) => {
                let inner = at(a);
                let x = inner.value;
                let value = off_poles(*function, function::evaluate(*function, &[x]));
                let first = slopes.value(*function, 0, &[x]);
                if first.is_nan() && value.is_finite() {
                    v.push(without_slope(*function, inner, value, slopes));
                    continue;
                }
                // Near a singularity the error of the argument is itself a large step.
                let near = first.abs() * inner.value_error > 1e-9 * value.abs();
                let step =
                    if near { 4.0 * inner.value_error } else { 1e-6 * (1.0 + x.abs()) };
                let second = if near || inner.value_error > 1e-13 * (1.0 + x.abs()) {
                    (slopes.value(*function, 0, &[x + step]) - first) / step
                } else {
                    first
                };
                let second = if second.is_finite() {
                    second
                } else if near {
                    first * first
                } else {
                    first
                };
                let below =
                    if near { slopes.value(*function, 0, &[x - step]) } else { first };
                let mut dual =
                    inner.outer(value, first, second, accuracy(*function, slopes));
                let breaks = !function::spec(*function).breaks.is_empty();
                let above = first + second * step;
                let is_steep = breaks && near && 2.0 * above.abs() < first.abs();
                if !below.is_finite() || above * below < 0.0 || is_steep {
                    // The singularity is closer than the error.
                    dual = Dual::UNKNOWN;
                }
                if inner.value_error > 0.0 && (breaks || near) {
                    dual.value_error += swing(*function, x, inner.value_error, value);
                }
                dual
            }
            Operation::ApplyAll(function, list) => {
                let arguments: SmallVec<[Dual; 4]> = list.iter().map(at).collect();
                apply_all(*function, &arguments, slopes)
            }
            Operation::Abstract(of) => {
                let arguments: SmallVec<[Dual; 4]> =
                    of.arguments.iter().map(at).collect();
                abstract_dual(of.seed, &of.orders, &arguments)
            }
        };
        v.push(if dual.is_in_range() { dual } else { Dual::UNKNOWN });
    }
}

fn accuracy(function: FunctionId, slopes: &Slopes) -> f64 {
    match function::spec(function).category {
        Category::Special => slopes.special,
        _ => ELEMENTARY,
    }
}

fn general_power(a: Dual, b: Dual) -> Dual {
    let value = power(a.value, b.value);
    // A slope of 0 that is in doubt may be any.
    let is_still = b.slope == 0.0 && b.slope_error == 0.0;
    if is_still && b.value_error <= ROUNDOFF * b.value.abs() {
        return a.power(value, b.value);
    }
    if is_still {
        let mut power = a.power(value, b.value);
        let relative = a.value.abs().ln().abs() * b.value_error;
        power.value_error += value.abs() * relative.exp_m1();
        power.slope_error +=
            power.slope.abs() * (relative.exp_m1() + b.value_error / b.value.abs());
        return power;
    }
    let is_zero = a.value == 0.0 && a.value_error == 0.0 && a.slope == 0.0;
    if is_zero && b.value - b.value_error > 0.0 {
        return Dual::default();
    }
    let log = a.value.ln();
    let exponent = Dual {
        value: log,
        slope: a.slope / a.value,
        value_error: a.value_error / a.value.abs() + ROUNDOFF * log.abs(),
        slope_error: (a.slope_error + a.slope.abs() * a.value_error / a.value.abs())
            / a.value.abs(),
    };
    exponent.multiply(b).outer(value, value, value, ELEMENTARY)
}

fn apply_all(function: FunctionId, arguments: &[Dual], slopes: &Slopes) -> Dual {
    let at: SmallVec<[f64; 4]> = arguments.iter().map(|dual| dual.value).collect();
    if let Some(relation) = Relation::of(function) {
        let mut truth = Dual::exact(function::evaluate(function, &at), 0.0);
        truth.value_error = doubt(relation, arguments);
        return truth;
    }
    if is_piecewise(function) {
        return branch(&at).map_or(Dual::UNKNOWN, |place| chosen(arguments, place));
    }
    let value = off_poles(function, function::evaluate(function, &at));
    let relative = accuracy(function, slopes);
    let mut sum = Dual { value, value_error: relative * value.abs(), ..Dual::default() };
    for (place, argument) in arguments.iter().enumerate() {
        if argument.slope == 0.0 && argument.value_error == 0.0 {
            continue;
        }
        let first = slopes.value(function, place, &at);
        if first.is_nan() && argument.slope == 0.0 {
            continue;
        }
        sum.slope += first * argument.slope;
        sum.value_error += first.abs() * argument.value_error;
        sum.slope_error += first.abs() * argument.slope_error
            + argument.slope.abs()
                * first.abs()
                * (relative + 1e3 * argument.value_error);
    }
    sum.rounded()
}

/// The value of a function whose derivative is not known, with a slope by differences, which
/// is good for bounds only.
fn without_slope(function: FunctionId, inner: Dual, value: f64, slopes: &Slopes) -> Dual {
    let (x, step) = (inner.value, 1e-6 * (1.0 + inner.value.abs()));
    let [left, right] = [x - step, x + step].map(|x| function::evaluate(function, &[x]));
    let slope = (right - left) / (2.0 * step);
    if !slope.is_finite() {
        return Dual::UNKNOWN;
    }
    let unknown = 1e3 * (1.0 + slope.abs()) * (1.0 + inner.slope.abs());
    Dual {
        value,
        slope: slope * inner.slope,
        value_error: 2.0 * slope.abs() * inner.value_error
            + accuracy(function, slopes) * value.abs(),
        slope_error: unknown,
    }
    .rounded()
}

/// How far a value may be off because rounding can carry the argument over a break, or to a
/// point where the function is steep.
fn swing(function: FunctionId, x: f64, error: f64, value: f64) -> f64 {
    let beside = [-4.0 * error, 4.0 * error].map(|step| {
        let off = (function::evaluate(function, &[x + step]) - value).abs();
        if off.is_finite() { off } else { 0.0 }
    });
    beside[0].max(beside[1])
}

/// 1 where rounding could turn the truth of a relation over, else 0.
fn doubt(relation: Relation, arguments: &[Dual]) -> f64 {
    let error: f64 = arguments.iter().map(|dual| dual.value_error).sum();
    let near = match (relation, arguments) {
        (Relation::And | Relation::Or, _) => true,
        (_, [a, b]) => (a.value - b.value).abs() <= 4.0 * error,
        _ => true,
    };
    if error > 0.0 && near { 1.0 } else { 0.0 }
}

/// The branch of a piecewise expression, with the others as an error where a condition that
/// led to it is in doubt.
fn chosen(arguments: &[Dual], place: usize) -> Dual {
    let mut found = arguments[place];
    let conditions = || (0..place).step_by(2).map(|at| arguments[at]);
    if conditions().all(|condition| condition.value_error == 0.0) {
        return found;
    }
    for (at, other) in arguments.iter().enumerate() {
        let is_value = at % 2 == 1 || at + 1 == arguments.len();
        if is_value && !other.value.is_finite() {
            return Dual::UNKNOWN;
        }
        if is_value {
            let off = (other.value - found.value).abs() + other.value_error;
            found.value_error = found.value_error.max(off);
            let off = (other.slope - found.slope).abs() + other.slope_error;
            found.slope_error = found.slope_error.max(off);
        }
    }
    found
}

/// The place of the branch whose condition holds, or of the last value.
fn branch(arguments: &[f64]) -> Option<usize> {
    let mut place = 0;
    while place + 1 < arguments.len() {
        if arguments[place].is_nan() {
            return None;
        }
        if arguments[place] != 0.0 {
            return Some(place + 1);
        }
        place += 2;
    }
    (place < arguments.len()).then_some(place)
}

fn abstract_dual(seed: u64, orders: &[u32], arguments: &[Dual]) -> Dual {
    let at: SmallVec<[f64; 4]> = arguments.iter().map(|dual| dual.value).collect();
    let stand_in = StandIn::new(seed, orders, &at);
    let value = stand_in.value();
    let angle: f64 = at.iter().map(|x| 2.0 * x.abs()).sum();
    let rounding = ELEMENTARY + 4.0 * ROUNDOFF * angle;
    let mut sum = Dual { value, value_error: rounding, ..Dual::default() };
    for (place, argument) in arguments.iter().enumerate() {
        let first = stand_in.slope(place);
        sum.slope += first * argument.slope;
        sum.value_error += 2.0 * argument.value_error;
        sum.slope_error += first.abs() * argument.slope_error
            + argument.slope.abs() * (rounding + 4.0 * argument.value_error);
    }
    sum
}
