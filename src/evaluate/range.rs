//! Bounds of expressions, from what is assumed of their variables.

use crate::function;
use crate::kernel::{Bound, Constant, ExprId, FunctionId, Node, Number, Pool};
use rustc_hash::FxHashMap;
use std::f64::consts::{E, PI, TAU};

/// The relative error allowed to the value of a function.
const ACCURACY: f64 = 1e-12;

/// Whole numbers up to this one are doubles.
const EXACT: u64 = 1 << f64::MANTISSA_DIGITS;

/// Below it, a product may have lost digits without a trace.
const TINY: f64 = 1e-280;

/// All values of an expression lie between these, both included.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Range {
    /// The least value or less.
    pub low: f64,
    /// The greatest value or more.
    pub high: f64,
}

/// The ranges of many expressions with parts in common, while what is assumed stays.
#[derive(Debug, Default)]
pub struct Ranges(FxHashMap<ExprId, Range>);

impl Ranges {
    /// The range of an expression.
    pub fn of(&mut self, pool: &Pool, id: ExprId) -> Range {
        Range::add_below(pool, id, &mut self.0);
        self.0.get(&id).copied().unwrap_or(Range::ALL)
    }
}

impl Range {
    /// All real numbers.
    pub const ALL: Self = Self { low: f64::NEG_INFINITY, high: f64::INFINITY };

    /// No number.
    pub(super) const EMPTY: Self = Self { low: f64::INFINITY, high: f64::NEG_INFINITY };

    /// Whether there is no number in it.
    pub fn is_empty(self) -> bool {
        self.low > self.high
    }

    /// Whether it is on one side of 0, and on which: below it as -1, above it as 1, else 0.
    pub fn side(self) -> i8 {
        i8::from(self.low > 0.0) - i8::from(self.high < 0.0)
    }

    /// The range of an expression over the points that satisfy the assumptions of the pool.
    pub fn of(pool: &Pool, id: ExprId) -> Self {
        Ranges::default().of(pool, id)
    }

    fn add_below(pool: &Pool, id: ExprId, known: &mut FxHashMap<ExprId, Self>) {
        for id in pool.reachable_where(&[id], |id| !known.contains_key(&id)) {
            let get = |id: &ExprId| known.get(id).copied().unwrap_or(Self::ALL);
            let mut range = match pool.node(id) {
                Node::Number(n) => Self::number(pool.number_at(n)),
                Node::Constant(Constant::Pi) => Self::about(PI, PI),
                Node::Constant(Constant::E) => Self::about(E, E),
                Node::Symbol(symbol) => {
                    let known = pool.assumption(pool.name(symbol));
                    // The end may be beyond the double next to it. At quarter turns waves
                    // are 0, and the double is as near as they can be told.
                    let is_off = |rounded: bool, exact: Option<Bound>| {
                        rounded && !exact.is_some_and(Bound::is_quarter_turn)
                    };
                    let is_low_off = is_off(known.rounded_low, known.exact_low);
                    let is_high_off = is_off(known.rounded_high, known.exact_high);
                    let low = known.low.unwrap_or(f64::NEG_INFINITY);
                    let low = if is_low_off { low.next_down() } else { low };
                    let high = known.high.unwrap_or(f64::INFINITY);
                    let high = if is_high_off { high.next_up() } else { high };
                    Self {
                        low,
                        high: if known.nonpositive { high.min(0.0) } else { high },
                    }
                }
                Node::Sum(list) => {
                    let terms = pool.list(list).iter().map(get);
                    terms.reduce(Self::add).unwrap_or(Self::ALL)
                }
                Node::Product(list) => {
                    let factors = pool.list(list).iter().map(get);
                    factors.reduce(Self::multiply).unwrap_or(Self::ALL)
                }
                Node::Multiple(n, rest) => {
                    Self::number(pool.number_at(n)).multiply(get(&rest))
                }
                Node::Power(Pool::E, exponent) => get(&exponent).growing(f64::exp),
                Node::Power(base, exponent) => match pool.as_number(exponent) {
                    Some(n) => get(&base).power(n),
                    None => Self::ALL,
                },
                Node::Apply(function, list) if function.is_builtin() => {
                    get(&pool.list(list)[0]).apply(function)
                }
                Node::Apply(..) | Node::Undefined => Self::ALL,
            };
            if pool.is_nonnegative(id) {
                range.low = range.low.max(0.0);
            }
            known.insert(id, range);
        }
    }

    /// Whether nothing bounds it on either side.
    pub fn is_all(self) -> bool {
        self == Self::ALL
    }

    /// The ends, moved apart by what a value may be off.
    pub(super) fn about(low: f64, high: f64) -> Self {
        if low.is_nan() || high.is_nan() {
            return Self::ALL;
        }
        // What is 0 here may be too small for doubles.
        let off = |x: f64| match x.is_finite() {
            true => (ACCURACY * x.abs()).max(f64::MIN_POSITIVE),
            false => 0.0,
        };
        Self { low: low - off(low), high: high + off(high) }.within_doubles()
    }

    /// With the greatest double where an end is beyond it: a number there is greater than all
    /// doubles, and not infinite.
    fn within_doubles(self) -> Self {
        match self.is_empty() {
            true => self,
            false => Self { low: self.low.min(f64::MAX), high: self.high.max(f64::MIN) },
        }
    }

    pub(super) fn number(n: &Number) -> Self {
        let value = n.to_f64();
        if n.to_i64().is_some_and(|n| n.unsigned_abs() <= EXACT) {
            return Self { low: value, high: value };
        }
        match num_rational::BigRational::from_float(value).map(Number::from_big) {
            Some(exact) if exact == *n => Self { low: value, high: value },
            _ => Self::about(value, value),
        }
    }

    pub(super) fn add(self, other: Self) -> Self {
        let sum = |a: f64, b: f64, up: f64| {
            let sum = a + b;
            let back = sum - a;
            // What was lost by rounding (Knuth's two-sum).
            let lost = (a - (sum - back)) + (b - back);
            if lost == 0.0 || !sum.is_finite() {
                sum
            } else {
                sum + up * ACCURACY * sum.abs()
            }
        };
        let (low, high) =
            (sum(self.low, other.low, -1.0), sum(self.high, other.high, 1.0));
        if low.is_nan() || high.is_nan() {
            return Self::ALL;
        }
        Self { low, high }.within_doubles()
    }

    pub(super) fn multiply(self, other: Self) -> Self {
        let mut found = Self { low: f64::INFINITY, high: f64::NEG_INFINITY };
        for a in [self.low, self.high] {
            for b in [other.low, other.high] {
                let is_zero = a == 0.0 || b == 0.0;
                let product = if is_zero { 0.0 } else { a * b };
                let lost = a.mul_add(b, -product);
                let off = match is_zero || !product.is_finite() {
                    true => 0.0,
                    false if product.abs() < TINY => f64::MIN_POSITIVE + product.abs(),
                    false if lost == 0.0 => 0.0,
                    false => ACCURACY * product.abs(),
                };
                found.low = found.low.min(product - off);
                found.high = found.high.max(product + off);
            }
        }
        found.within_doubles()
    }

    pub(super) fn power(self, n: &Number) -> Self {
        let Some(whole) = n.to_i64().and_then(|n| i32::try_from(n).ok()) else {
            let positive = Self { low: self.low.max(0.0), high: self.high.max(0.0) };
            return match n.is_positive() {
                true => positive.growing(|x| x.powf(n.to_f64())),
                false if self.low > 0.0 => {
                    let ends = [self.high, self.low].map(|x| x.powf(n.to_f64()));
                    Self {
                        low: ends[0].next_down().max(0.0),
                        ..Self::about(ends[0], ends[1])
                    }
                }
                false => Self { low: 0.0, ..Self::ALL },
            };
        };
        if whole < 0 {
            let mut inverse = Self::about(1.0 / self.high, 1.0 / self.low);
            let same_sign = self.low > 0.0 || self.high < 0.0;
            if self.low > 0.0 {
                inverse.low = inverse.low.max(0.0);
            } else {
                inverse.high = inverse.high.min(0.0);
            }
            return match same_sign {
                true => inverse.power(&n.neg()),
                false if self.low >= 0.0 || whole % 2 == 0 => {
                    Self { low: 0.0, ..Self::ALL }
                }
                false if self.high <= 0.0 => Self { high: 0.0, ..Self::ALL },
                false => Self::ALL,
            };
        }
        let mut found = self;
        for _ in 1..whole.min(64) {
            found = found.multiply(self);
        }
        if whole > 64 {
            found = Self::ALL;
        }
        if whole % 2 == 0 {
            found.low = found.low.max(0.0);
        }
        found
    }

    /// The range of a function that grows, and whose value at zero is exact.
    pub(super) fn growing(self, f: impl Fn(f64) -> f64) -> Self {
        let (low, high) = (f(self.low), f(self.high));
        let about = Self::about(low, high);
        Self {
            low: if self.low == 0.0 { low } else { about.low },
            high: if self.high == 0.0 { high } else { about.high },
        }
    }

    pub(super) fn apply(self, function: FunctionId) -> Self {
        let row = function::spec(function);
        match row.name {
            "abs" => {
                let most = self.low.abs().max(self.high.abs());
                let least = if self.low <= 0.0 && self.high >= 0.0 { 0.0 } else { most };
                Self { low: least.min(self.low.abs()).min(self.high.abs()), high: most }
            }
            "sign" => Self {
                low: if self.low >= 0.0 { 0.0 } else { -1.0 },
                high: if self.high <= 0.0 { 0.0 } else { 1.0 },
            },
            "cos" => self.wave(f64::cos, 0.0),
            "sin" => self.wave(f64::sin, PI / 2.0),
            "arctan" => self.growing(f64::atan),
            "arcsin" => Self { low: self.low.max(-1.0), high: self.high.min(1.0) }
                .growing(f64::asin),
            "ln" => {
                Self { low: self.low.max(0.0), high: self.high.max(0.0) }.growing(f64::ln)
            }
            _ if row.rises => self.growing(|x| function::evaluate(function, &[x])),
            _ if row.nonnegative => Self { low: 0.0, ..Self::ALL },
            _ => Self::ALL,
        }
    }

    /// The range of the sine or cosine, which is 1 at `top`.
    fn wave(self, f: fn(f64) -> f64, top: f64) -> Self {
        const SLACK: f64 = 1e-9;
        let whole = Self { low: -1.0, high: 1.0 };
        if self.low.abs().max(self.high.abs()) > 1e6 || self.low > self.high {
            return whole;
        }
        let passes = |turn: f64| {
            let first = ((self.low - SLACK - turn) / TAU).ceil();
            first * TAU + turn <= self.high + SLACK
        };
        // At 0 both have exact values; next to their other zeros the sign is all that is known.
        let end = |x: f64| {
            let value = f(x);
            let about = Self::about(value, value);
            let tiny = 4.0 * f64::EPSILON * (1.0 + x.abs());
            match value {
                _ if x == 0.0 => Self { low: value, high: value },
                value if value.abs() > tiny => about,
                value if value > 0.0 => Self { low: 0.0, ..about },
                _ => Self { high: 0.0, ..about },
            }
        };
        let (a, b) = (end(self.low), end(self.high));
        let between = Self { low: a.low.min(b.low), high: a.high.max(b.high) };
        Self {
            low: if passes(top + PI) { -1.0 } else { between.low },
            high: if passes(top) { 1.0 } else { between.high },
        }
    }
}
