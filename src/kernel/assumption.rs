//! What is assumed of symbols.

use super::limit::MAX_BITS;
use super::node::{ExprId, Node};
use super::number::Number;
use super::pool::Pool;
use super::symbol::{Constant, FunctionId};
use num_bigint::BigInt;
use num_rational::{BigRational, Ratio};

/// What is assumed of a symbol.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Assumption {
    /// Above zero.
    pub positive: bool,
    /// Zero or above.
    pub nonnegative: bool,
    /// Zero or below.
    pub nonpositive: bool,
    /// Not below this.
    pub low: Option<f64>,
    /// Not above this.
    pub high: Option<f64>,
    /// Not `low` itself.
    pub open_low: bool,
    /// Not `high` itself.
    pub open_high: bool,
    /// Whether `low` is a double below a bound that no double holds.
    pub rounded_low: bool,
    /// Whether `high` is a double above one.
    pub rounded_high: bool,
    /// The bound beside `low`, where no double holds it and it is known exactly.
    pub exact_low: Option<Bound>,
    /// The same beside `high`.
    pub exact_high: Option<Bound>,
    /// Not zero.
    pub nonzero: bool,
    /// A whole number.
    pub integer: bool,
    /// A real number, which says more over the complex numbers only.
    pub real: bool,
}

impl Assumption {
    /// Whether there is a bound on a side.
    pub fn has_side(&self) -> bool {
        self.positive
            || self.nonnegative
            || self.nonpositive
            || self.low.is_some()
            || self.high.is_some()
    }

    /// Whether a number may be as it is assumed; what is NaN may.
    pub fn allows(&self, x: f64) -> bool {
        let (low_is_out, high_is_out) =
            (self.open_low || self.rounded_low, self.open_high || self.rounded_high);
        // Doubles do not tell the one next to an exact bound from it.
        let next_low = self.low.filter(|_| self.open_low && self.exact_low.is_some());
        let next_high = self.high.filter(|_| self.open_high && self.exact_high.is_some());
        let is_next = next_low.is_some_and(|low| x == low.next_up())
            || next_high.is_some_and(|high| x == high.next_down());
        let fits = !is_next
            && self.low.is_none_or(|low| x > low || x == low && !low_is_out)
            && self.high.is_none_or(|high| x < high || x == high && !high_is_out)
            && (!self.positive || x > 0.0)
            && (!self.nonnegative || x >= 0.0)
            && (!self.nonpositive || x <= 0.0)
            && !(self.nonzero && x == 0.0)
            && (!self.integer || x.fract() == 0.0);
        fits || x.is_nan()
    }

    /// A number that it is not below: the bound where that is a fraction, else a double below it.
    pub fn least(&self) -> Option<Number> {
        let low = self.low.map(|x| if self.rounded_low { x.next_down() } else { x });
        self.exact_low.and_then(Bound::fraction).or_else(|| Number::from_double(low?))
    }

    /// A number that it is not above.
    pub fn greatest(&self) -> Option<Number> {
        let high = self.high.map(|x| if self.rounded_high { x.next_up() } else { x });
        self.exact_high.and_then(Bound::fraction).or_else(|| Number::from_double(high?))
    }

    /// An end, the lower one or the upper one, where it is known exactly.
    pub fn end(&self, pool: &mut Pool, is_low: bool) -> Option<ExprId> {
        let (near, exact, is_rounded) = match is_low {
            true => (self.low, self.exact_low, self.rounded_low),
            false => (self.high, self.exact_high, self.rounded_high),
        };
        match exact {
            Some(exact) => Some(exact.id(pool)),
            None if is_rounded => None,
            None => Number::from_double(near?).map(|end| pool.number(end)),
        }
    }

    /// Whether an exact number may be as it is assumed. Next to a bound that is no fraction,
    /// what is beyond it is allowed too.
    pub fn allows_exactly(&self, x: &Number) -> bool {
        let is_out = |rounded: bool, exact: Option<Bound>, open: bool| {
            open && (!rounded || exact.and_then(Bound::fraction).is_some())
        };
        let low_is_out = is_out(self.rounded_low, self.exact_low, self.open_low);
        let high_is_out = is_out(self.rounded_high, self.exact_high, self.open_high);
        self.least().is_none_or(|low| *x > low || *x == low && !low_is_out)
            && self.greatest().is_none_or(|high| *x < high || *x == high && !high_is_out)
            && (!self.positive || x.is_positive())
            && (!self.nonnegative || !x.is_negative())
            && (!self.nonpositive || !x.is_positive())
            && !(self.nonzero && x.is_zero())
            && (!self.integer || x.is_integer())
    }
}

/// A bound that no double holds: a fraction of a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bound {
    /// How many units.
    pub factor: Ratio<i128>,
    /// Of what.
    pub of: Unit,
}

/// What bounds are fractions of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// The number 1.
    One,
    /// A power of ten.
    Ten(i64),
    /// A constant.
    Constant(Constant),
    /// Its inverse.
    Inverse(Constant),
    /// The root of a whole number.
    Root(i64),
    /// Another constant, step by step from its operands up.
    Steps([Step; MOST_STEPS]),
}

/// The steps of a constant.
const MOST_STEPS: usize = 8;

/// A step of a constant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// A fraction.
    Number(Ratio<i64>),
    /// A constant.
    Constant(Constant),
    /// The sum of so many of the last.
    Sum(u8),
    /// The product of so many of the last.
    Product(u8),
    /// The last but one to the power of the last.
    Power,
    /// A function of so many of the last.
    Apply(FunctionId, u8),
    /// No step.
    Nothing,
}

/// The steps to a constant.
#[derive(Default)]
struct Path(Vec<Step>);

impl Path {
    fn steps(self) -> [Step; MOST_STEPS] {
        let mut steps = [Step::Nothing; MOST_STEPS];
        for (own, step) in steps.iter_mut().zip(self.0) {
            *own = step;
        }
        steps
    }

    /// Adds the steps to an expression; `None` where it is no constant, or too long.
    fn add(&mut self, pool: &Pool, id: ExprId) -> Option<()> {
        let step = match pool.node(id) {
            Node::Number(_) => Step::Number(small(pool.as_number(id)?)?),
            Node::Constant(constant) => Step::Constant(constant),
            Node::Sum(list) => Step::Sum(self.add_all(pool, pool.list(list))?),
            Node::Product(list) => Step::Product(self.add_all(pool, pool.list(list))?),
            Node::Multiple(n, rest) => {
                self.push(Step::Number(small(pool.number_at(n))?))?;
                self.add(pool, rest)?;
                Step::Product(2)
            }
            Node::Power(base, exponent) => {
                self.add_all(pool, &[base, exponent])?;
                Step::Power
            }
            Node::Apply(function, list) if function.is_builtin() => {
                Step::Apply(function, self.add_all(pool, pool.list(list))?)
            }
            Node::Apply(..) | Node::Symbol(_) | Node::Undefined => return None,
        };
        self.push(step)
    }

    fn add_all(&mut self, pool: &Pool, all: &[ExprId]) -> Option<u8> {
        all.iter().try_for_each(|id| self.add(pool, *id))?;
        u8::try_from(all.len()).ok()
    }

    fn push(&mut self, step: Step) -> Option<()> {
        (self.0.len() < MOST_STEPS).then(|| self.0.push(step))
    }
}

/// A fraction of two words.
fn small(number: &Number) -> Option<Ratio<i64>> {
    let part = |part: Number| part.to_i64();
    Some(Ratio::new_raw(part(number.numerator())?, part(number.denominator())?))
}

/// A fraction of two longer ones.
fn wide(number: &Number) -> Option<Ratio<i128>> {
    let part = |part: Number| i128::try_from(part.to_integer()?.as_ref()).ok();
    Some(Ratio::new_raw(part(number.numerator())?, part(number.denominator())?))
}

/// The expression of a constant.
fn of(constant: Constant) -> ExprId {
    match constant {
        Constant::Pi => Pool::PI,
        Constant::E => Pool::E,
    }
}

/// What steps lead to.
fn built(pool: &mut Pool, steps: &[Step]) -> ExprId {
    let mut stack: Vec<ExprId> = Vec::new();
    for step in steps {
        let count = match *step {
            Step::Sum(count) | Step::Product(count) | Step::Apply(_, count) => {
                count.into()
            }
            Step::Power => 2,
            Step::Number(_) | Step::Constant(_) | Step::Nothing => 0,
        };
        let operands = stack.split_off(stack.len().saturating_sub(count));
        stack.push(match (*step, &operands[..]) {
            (Step::Number(n), _) => {
                let number = Number::ratio(*n.numer(), *n.denom());
                pool.number(number.unwrap_or(Number::ZERO))
            }
            (Step::Constant(constant), _) => of(constant),
            (Step::Sum(_), terms) => pool.sum(terms),
            (Step::Product(_), factors) => pool.product(factors),
            (Step::Power, [base, exponent]) => pool.power(*base, *exponent),
            (Step::Apply(function, _), arguments) => {
                pool.application(function, arguments)
            }
            (Step::Power | Step::Nothing, _) => continue,
        });
    }
    stack.pop().unwrap_or(Pool::UNDEFINED)
}

impl Bound {
    /// A constant as a bound; `None` where it is another one.
    pub fn of(pool: &Pool, id: ExprId) -> Option<Self> {
        let (factor, of) = in_units(pool, id)?;
        if let Some(factor) = wide(&factor) {
            return Some(Self { factor, of });
        }
        if of != Unit::One {
            return None;
        }
        // As many digits as there are stand above a fraction or below it.
        let digits = |part: Number| part.abs().to_string().len() as i64;
        let n = digits(factor.numerator()) - digits(factor.denominator());
        let nearest = [0, 1, -1].into_iter().find_map(|more| {
            let scale = power_of_ten(-n - more)?;
            Some((wide(&factor.mul(&scale))?, n + more))
        });
        nearest.map(|(factor, n)| Self { factor, of: Unit::Ten(n) })
    }

    /// How many units it is.
    fn count(self) -> Number {
        let [above, below] =
            [self.factor.numer(), self.factor.denom()].map(|part| BigInt::from(*part));
        Number::from_big(BigRational::new_raw(above, below))
    }

    /// The number, where it is a fraction.
    pub fn fraction(self) -> Option<Number> {
        match self.of {
            Unit::One => Some(self.count()),
            Unit::Ten(n) => Some(self.count().mul(&power_of_ten(n)?)),
            _ => None,
        }
    }

    /// Whether it is a multiple of π/2.
    pub fn is_quarter_turn(self) -> bool {
        self.of == Unit::Constant(Constant::Pi) && 2 % *self.factor.denom() == 0
    }

    /// The constant.
    pub fn id(self, pool: &mut Pool) -> ExprId {
        if let Some(fraction) = self.fraction() {
            return pool.number(fraction);
        }
        let factor = pool.number(self.count());
        let unit = match self.of {
            Unit::One | Unit::Ten(_) => Pool::ONE,
            Unit::Constant(constant) => of(constant),
            Unit::Inverse(constant) => pool.power(of(constant), Pool::MINUS_ONE),
            Unit::Steps(steps) => built(pool, &steps),
            Unit::Root(n) => {
                let n = pool.number(Number::from(n));
                pool.sqrt(n)
            }
        };
        pool.product(&[factor, unit])
    }
}

fn power_of_ten(n: i64) -> Option<Number> {
    Number::from(10).pow(n, MAX_BITS)
}

/// A constant as a number of units.
fn in_units(pool: &Pool, id: ExprId) -> Option<(Number, Unit)> {
    if let Some(number) = pool.as_number(id) {
        return Some((number.clone(), Unit::One));
    }
    let (factor, unit) = pool.coefficient(id);
    let (times, of) = unit_of(pool, unit).or_else(|| {
        let mut path = Path::default();
        path.add(pool, unit)?;
        Some((Number::ONE, Unit::Steps(path.steps())))
    })?;
    Some((factor.mul(&times), of))
}

/// A constant without a coefficient as a number of short units.
fn unit_of(pool: &Pool, unit: ExprId) -> Option<(Number, Unit)> {
    match pool.node(unit) {
        Node::Constant(constant) => Some((Number::ONE, Unit::Constant(constant))),
        Node::Power(base, exponent) => {
            let exponent = pool.as_number(exponent)?;
            if let Node::Constant(constant) = pool.node(base)
                && exponent == &Number::MINUS_ONE
            {
                return Some((Number::ONE, Unit::Inverse(constant)));
            }
            let root = pool.as_number(base).filter(|n| n.is_integer())?;
            // `1/sqrt(2)` is half of `sqrt(2)`.
            let factor = match exponent == &Number::HALF {
                true => Number::ONE,
                false if exponent == &Number::HALF.neg() => root.recip()?,
                false => return None,
            };
            Some((factor, Unit::Root(root.to_i64()?)))
        }
        _ => None,
    }
}

impl Pool {
    /// Whether a constant and a multiple of a symbol are above zero, and zero or above, by the
    /// bounds of the symbol: `x - 1/3` where `x >= 1/3`.
    pub(super) fn sign_of_shift(&self, terms: &[ExprId]) -> (bool, bool) {
        self.shift(terms).unwrap_or_default()
    }

    fn shift(&self, terms: &[ExprId]) -> Option<(bool, bool)> {
        let [one, other] = *terms else { return None };
        let parts = |term| match self.coefficient(term) {
            (factor, rest) if matches!(self.node(rest), Node::Symbol(_)) => {
                Some((factor.clone(), rest))
            }
            _ => None,
        };
        let (factor, symbol, shift) = match (parts(one), parts(other)) {
            (Some((factor, symbol)), None) => (factor, symbol, other),
            (None, Some((factor, symbol))) => (factor, symbol, one),
            _ => return None,
        };
        let Node::Symbol(symbol) = self.node(symbol) else { return None };
        let known = &self.symbols[symbol.0 as usize].1;
        let (outward, exact, is_open) = match factor.is_positive() {
            true => (known.least()?, known.exact_low, known.open_low),
            false => (known.greatest()?, known.exact_high, known.open_high),
        };
        let (shift, of) = in_units(self, shift)?;
        let bound = match exact {
            Some(bound) if bound.of == of => bound.count(),
            _ if of == Unit::One => outward,
            _ => return None,
        };
        let least = bound.mul(&factor).add(&shift);
        let is_positive = least.is_positive() || least.is_zero() && is_open;
        Some((is_positive, !least.is_negative()))
    }
}
