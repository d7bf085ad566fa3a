//! Formulas as they were typed, and expressions, with many digits.

use super::applied::applied;
use super::limit::double;
use super::loss::{self, Known};
use super::newton::power_of_two;
use super::pieces;
use super::special;
use crate::error::{Error, ErrorKind, Result};
use crate::function::{self, Builder};
use crate::kernel::{
    AbstractFunction, Constant, ExprId, FunctionId, Node, Number, Pool, Relation,
};
use astro_float::{BigFloat, Consts, Radix, RoundingMode};
use rustc_hash::FxHashMap;

const ROUND: RoundingMode = RoundingMode::ToEven;
const UNROUNDED: RoundingMode = RoundingMode::None;
/// The binary digits with which it is found out how steep a function is.
const FEW_BITS: usize = 96;
/// The step for that, relative to the argument, as a binary logarithm.
const STEP: i64 = 40;

/// Builds a function that has no many digits of its own from those that have.
pub type NormalForm = fn(FunctionId, &[u32], &mut Precise) -> Option<u32>;

/// The values of a formula and of its parts at a point, with many digits. NaN is what is
/// undefined.
///
/// Invariant: nothing is collected, cancelled or reordered, as in a tape.
#[derive(Debug)]
pub struct Precise {
    precision: usize,
    constants: Consts,
    values: Vec<BigFloat>,
    /// What each value is off at most, as a power of two.
    errors: Vec<i64>,
    symbols: Vec<(String, u32)>,
    normal: NormalForm,
    /// The first thing that was asked for and cannot be calculated.
    unknown: Option<Error>,
    /// Whether the digits did not tell on which side of a step something is.
    is_undecided: bool,
    /// Whether something was so small that there is no exponent for it.
    is_underflown: bool,
    /// The error of something that was divided by and may be 0, if there was such a thing.
    doubtful: Option<i64>,
}

impl Precise {
    /// No values yet, with so many binary digits.
    ///
    /// # Errors
    /// Where the library has no memory.
    pub fn new(precision: usize, normal: NormalForm) -> Result<Self> {
        let failed =
            |_| ErrorKind::Unsupported("the constants of many digits".to_owned());
        let constants = Consts::new().map_err(failed)?;
        let (values, errors, symbols) = Default::default();
        Ok(Self {
            precision,
            constants,
            values,
            errors,
            symbols,
            normal,
            unknown: None,
            is_undecided: false,
            is_underflown: false,
            doubtful: None,
        })
    }

    /// Gives a variable a value.
    pub fn set(&mut self, name: &str, number: &Number) {
        let id = self.number(number);
        self.symbols.push((name.to_owned(), id));
    }

    /// Gives a variable a value with many digits, which is taken to be exact.
    pub fn give(&mut self, name: &str, value: &BigFloat) {
        let id = self.push(value.clone(), loss::EXACT);
        self.symbols.push((name.to_owned(), id));
    }

    /// Gives a variable the value at a place, moved by a step.
    pub fn assign(&mut self, name: &str, value: u32, step: &BigFloat) {
        let moved = self.values[value as usize].add(step, self.precision, ROUND);
        let error =
            self.errors[value as usize].max(loss::rounding(&moved, self.precision));
        let id = self.push(moved, error);
        self.symbols.push((name.to_owned(), id));
    }

    /// The value at a place.
    ///
    /// # Errors
    /// What cannot be calculated: a function that has no many digits, or a variable without a
    /// value, anywhere so far.
    pub fn value(&self, id: u32) -> Result<&BigFloat> {
        match &self.unknown {
            Some(error) => Err(error.clone()),
            None => Ok(&self.values[id as usize]),
        }
    }

    /// Whether a value may be NaN because digits do not tell on which side of a step
    /// something is.
    pub fn is_undecided(&self) -> bool {
        self.is_undecided
    }

    /// Whether a value may be 0 only because it is too small for any exponent.
    pub fn has_underflown(&self) -> bool {
        self.is_underflown
    }

    /// Whether something was divided by that is nothing, as far as its error is less than
    /// this power of two.
    pub fn divides_by_nothing(&self, power: i64) -> bool {
        self.doubtful.is_some_and(|error| error < power)
    }

    /// Whether a value is exact.
    pub fn is_exact(&self, id: u32) -> bool {
        self.errors[id as usize] == loss::EXACT
    }

    /// Whether some value was too large.
    pub fn has_overflown(&self) -> bool {
        self.values.iter().any(BigFloat::is_inf)
    }

    /// Whether the value at a place differs from 0 by more than rounding can.
    pub fn is_settled(&self, id: u32) -> bool {
        loss::size(self.get(id)) > self.errors[id as usize].saturating_add(8)
    }

    /// Whether the value at a place is nothing, as far as its error is less than this power of
    /// two.
    pub fn has_vanished(&self, id: u32, power: i64) -> bool {
        !self.is_settled(id) && self.errors[id as usize] < power
    }

    /// The place of the value of an expression.
    pub fn expression(&mut self, pool: &Pool, id: ExprId) -> u32 {
        values_of(self, pool, id, Self::rational_power)
    }

    /// Takes note of something that is divided by.
    fn divide_by(&mut self, id: u32) {
        let error = self.errors[id as usize];
        if !self.is_settled(id) && !self.get(id).is_nan() {
            self.doubtful = Some(self.doubtful.map_or(error, |known| known.max(error)));
        }
    }

    /// A power with a number as exponent; roots are exact where they can be.
    pub(super) fn rational_power(&mut self, base: u32, n: &Number) -> u32 {
        if n.is_negative() {
            self.divide_by(base);
        }
        let (b, p) = (self.get(base).clone(), self.precision);
        let degree = n.denominator().to_i64().zip(n.numerator().to_i64());
        let root = match degree {
            Some((1, _)) => b,
            Some((2, _)) if !b.is_negative() => b.sqrt(p, ROUND),
            Some((3, _)) if !b.is_negative() => b.cbrt(p, ROUND),
            _ => {
                let exponent = self.number(n);
                return self.power(base, exponent);
            }
        };
        let size = n.numerator().to_i64().map_or(0, |n| n.unsigned_abs() as usize);
        let power = root.powi(size, p, ROUND);
        let value = match n.is_negative() {
            false => power,
            true if root.is_zero() => astro_float::NAN,
            true => power.reciprocal(p, ROUND),
        };
        self.is_underflown |= value.is_zero() && !self.get(base).is_zero();
        let exponent = self.number(n);
        let error = self.error_of_power(base, exponent, &value);
        self.push(value, error)
    }

    /// A relation as 1 or 0; NaN where digits do not tell which side is greater.
    fn relate(&mut self, relation: Relation, [u, v]: [u32; 2]) -> u32 {
        let difference = self.sum(&[(false, u), (true, v)]);
        let value = self.get(difference);
        let (is_nan, is_zero) = (value.is_nan(), value.is_zero());
        let sign = if is_zero { 0 } else { 2 * i8::from(value.is_positive()) - 1 };
        let is_truth = matches!(relation, Relation::And | Relation::Or);
        let is_known = is_zero
            || is_truth
            || self.is_exact(u) && self.is_exact(v)
            || self.is_settled(difference);
        if is_nan || !is_known {
            self.is_undecided |= !is_nan;
            return self.push(astro_float::NAN, loss::ALL);
        }
        let sides = [self.get(u), self.get(v)];
        let holds = pieces::relate(relation, sign, sides, self.precision);
        self.push(holds, loss::EXACT)
    }

    /// Whether a value of a function with steps depends on digits that are not known.
    fn is_open(&self, function: FunctionId, arguments: &[u32], value: &BigFloat) -> bool {
        let is_defined = |id: &u32| !self.get(*id).is_nan();
        let is_known = |id: &u32| self.is_exact(*id) || self.is_settled(*id);
        let name = if function.is_builtin() { function::spec(function).name } else { "" };
        match name {
            // The sign of what may be 0.
            "sign" => arguments.iter().any(|id| is_defined(id) && !is_known(id)),
            "floor" | "ceil" | "trunc" | "round" | "frac" | "heaviside" | "relu" => {
                value.is_nan() && arguments.iter().all(is_defined)
            }
            _ => false,
        }
    }

    /// A special function, with the error of its value and what the errors of its arguments
    /// make of it.
    fn special(&mut self, function: FunctionId, arguments: &[u32]) -> Option<u32> {
        if !function.is_builtin() {
            return None;
        }
        let name = function::spec(function).name;
        let mut at: Vec<BigFloat> =
            arguments.iter().map(|id| self.get(*id).clone()).collect();
        let found = special::value(name, &at, self.precision, &mut self.constants)?;
        let mut error = found.error;
        for (place, id) in arguments.iter().enumerate() {
            let known = self.errors[*id as usize];
            if known == loss::EXACT || found.value.is_nan() {
                continue;
            }
            // A step that is large against the error, and small against the argument.
            let x = at[place].clone();
            let step = known.saturating_add(1).max(loss::size(&x).saturating_sub(STEP));
            let exponent = step.clamp(-1_000_000_000, 1_000_000_000) as i32;
            let size = power_of_two(exponent, self.precision);
            let mut most = None;
            for step in [size.clone(), size.neg()] {
                at[place] = x.add(&step, self.precision, ROUND);
                let beside = special::value(name, &at, FEW_BITS, &mut self.constants);
                let Some(beside) = beside.filter(|beside| !beside.value.is_nan()) else {
                    continue;
                };
                let off = beside.value.sub(&found.value, self.precision, ROUND);
                most = most.max(Some(loss::size(&off).max(beside.error)));
            }
            at[place] = x;
            let slope = most.map_or(loss::ALL, |off| off.saturating_sub(step));
            error = error.max(slope.saturating_add(known).saturating_add(4));
        }
        let rounding = loss::rounding(&found.value, self.precision);
        let error = error.max(rounding).saturating_add(2).clamp(loss::EXACT, loss::ALL);
        Some(self.push(found.value, error))
    }

    pub(super) fn push(&mut self, value: BigFloat, error: i64) -> u32 {
        self.values.push(value);
        self.errors.push(error);
        (self.values.len() - 1) as u32
    }

    fn known(&self, id: u32) -> Known<'_> {
        Known { value: self.get(id), error: self.errors[id as usize] }
    }

    fn error_of_power(&self, base: u32, exponent: u32, value: &BigFloat) -> i64 {
        let of = double(self.get(exponent));
        loss::of_power(self.known(base), self.known(exponent), of, value, self.precision)
    }

    pub(super) fn get(&self, id: u32) -> &BigFloat {
        &self.values[id as usize]
    }

    /// Takes note of what cannot be calculated.
    pub(super) fn unknown(&mut self, error: Error) -> u32 {
        self.unknown.get_or_insert(error);
        self.push(astro_float::NAN, loss::ALL)
    }
}

impl Builder for Precise {
    type Id = u32;

    fn number(&mut self, n: &Number) -> u32 {
        let p = self.precision;
        let mut parse = |text: String| {
            BigFloat::parse(&text, Radix::Dec, p, ROUND, &mut self.constants)
        };
        let numerator = parse(n.numerator().to_string());
        let value = match n.is_integer() {
            true => numerator,
            false => numerator.div(&parse(n.denominator().to_string()), p, ROUND),
        };
        let error = match n.to_i64() {
            Some(_) => loss::EXACT,
            None => loss::rounding(&value, p),
        };
        self.push(value, error)
    }

    fn constant(&mut self, constant: Constant) -> u32 {
        let value = match constant {
            Constant::E => self.constants.e(self.precision, ROUND),
            Constant::Pi => self.constants.pi(self.precision, ROUND),
        };
        let error = loss::rounding(&value, self.precision);
        self.push(value, error)
    }

    fn symbol(&mut self, name: &str) -> u32 {
        match self.symbols.iter().rev().find(|(known, _)| known == name) {
            Some((_, id)) => *id,
            None => {
                let what = format!("the value of `{name}`");
                self.unknown(ErrorKind::Undefined(what).into())
            }
        }
    }

    fn sum(&mut self, terms: &[(bool, u32)]) -> u32 {
        let known: Vec<Known<'_>> =
            terms.iter().map(|(_, term)| self.known(*term)).collect();
        let mut sum = BigFloat::from_word(0, self.precision);
        let mut largest = loss::EXACT;
        for (minus, term) in terms {
            let term = self.get(*term);
            sum = match minus {
                true => sum.sub(term, self.precision, ROUND),
                false => sum.add(term, self.precision, ROUND),
            };
            largest = largest.max(loss::size(&sum));
        }
        let error = loss::of_sum(&known, largest, self.precision);
        self.push(sum, error)
    }

    fn product(&mut self, factors: &[(bool, u32)]) -> u32 {
        for (_, factor) in factors.iter().filter(|(divide, _)| *divide) {
            self.divide_by(*factor);
        }
        let mut product = BigFloat::from_word(1, self.precision);
        for (divide, factor) in factors {
            let factor = self.get(*factor);
            product = match divide {
                true if factor.is_zero() => astro_float::NAN,
                true => product.div(factor, self.precision, ROUND),
                false => product.mul(factor, self.precision, ROUND),
            };
        }
        let known: Vec<(bool, Known<'_>)> =
            factors.iter().map(|(divide, id)| (*divide, self.known(*id))).collect();
        let error = loss::of_product(&known, &product, self.precision);
        self.push(product, error)
    }

    fn negate(&mut self, operand: u32) -> u32 {
        let value = self.get(operand).neg();
        self.push(value, self.errors[operand as usize])
    }

    fn power(&mut self, base: u32, exponent: u32) -> u32 {
        let (b, e) = (self.get(base).clone(), self.get(exponent).clone());
        if e.is_negative() {
            self.divide_by(base);
        }
        let p = self.precision;
        let is_whole = e.is_zero() || e.fract().is_zero();
        let value = if b.is_nan() || e.is_nan() {
            astro_float::NAN
        } else if e.is_zero() {
            BigFloat::from_word(1, p)
        } else if b.is_zero() {
            if e.is_positive() { b } else { astro_float::NAN }
        } else if b.is_negative() && !is_whole {
            astro_float::NAN
        } else {
            let size = match small_whole(&e) {
                Some(n) if e.is_negative() => {
                    b.abs().powi(n, p, ROUND).reciprocal(p, ROUND)
                }
                Some(n) => b.abs().powi(n, p, ROUND),
                None => b.abs().pow(&e, p, UNROUNDED, &mut self.constants),
            };
            let half = e.div(&BigFloat::from_word(2, p), p, ROUND);
            let is_odd = is_whole && !half.fract().is_zero();
            if b.is_negative() && is_odd { size.neg() } else { size }
        };
        self.is_underflown |= value.is_zero() && !self.get(base).is_zero();
        let error = self.error_of_power(base, exponent, &value);
        self.push(value, error)
    }

    fn apply(&mut self, function: FunctionId, arguments: &[u32]) -> u32 {
        if let (Some(relation), [u, v]) = (Relation::of(function), arguments) {
            return self.relate(relation, [*u, *v]);
        }
        let values: Vec<BigFloat> =
            arguments.iter().map(|id| self.get(*id).clone()).collect();
        // What the table says of 0, as of a sine divided by its argument.
        if let [u] = &values[..]
            && u.is_zero()
            && function.is_builtin()
            && let Some(value) = at_zero(function)
        {
            return self.number(&Number::from(value));
        }
        if let [id] = arguments
            && self.is_settled(*id)
            && function.is_builtin()
            && let Some(value) = pieces::near_zero(
                function::spec(function).name,
                &values[0],
                self.precision,
            )
        {
            // Steps are whole numbers; the others are what they are taken of.
            let error = match value == values[0] {
                true => self.errors[*id as usize],
                false => loss::EXACT,
            };
            return self.push(value, error);
        }
        match applied(function, &values, self.precision, &mut self.constants) {
            Ok(value) => {
                if self.is_open(function, arguments, &value) {
                    self.is_undecided = true;
                    return self.push(astro_float::NAN, loss::ALL);
                }
                // The one function here that falls like a power and has no normal form.
                self.is_underflown |= value.is_zero()
                    && function.is_builtin()
                    && function::spec(function).name == "erfc";
                let known: Vec<Known<'_>> =
                    arguments.iter().map(|id| self.known(*id)).collect();
                let error = match function.is_builtin() {
                    true => {
                        let row = function::spec(function);
                        loss::of_function(row, &known, &value, self.precision)
                    }
                    false => loss::EXACT,
                };
                self.push(value, error)
            }
            Err(error) => match self.special(function, arguments) {
                Some(id) => id,
                None => match (self.normal)(function, arguments, self) {
                    Some(id) => id,
                    None => self.unknown(error),
                },
            },
        }
    }

    fn apply_abstract(&mut self, _: AbstractFunction, _: &[u32]) -> u32 {
        let what = "a function without a definition has no value".to_owned();
        self.unknown(ErrorKind::Unsupported(what).into())
    }

    fn is_undefined(&self, _: u32) -> bool {
        false
    }

    fn is_zero(&self, _: u32) -> bool {
        false
    }

    fn known_arguments(&self, _: &str) -> Option<Vec<u32>> {
        None
    }

    fn short_name(&self, _: u32) -> Option<String> {
        None
    }
}

/// The place of the value of an expression, by the operations of a builder and its powers
/// with numbers as exponents.
pub(super) fn values_of<B: Builder<Id = u32>>(
    builder: &mut B,
    pool: &Pool,
    id: ExprId,
    rational_power: fn(&mut B, u32, &Number) -> u32,
) -> u32 {
    let mut places: FxHashMap<ExprId, u32> = FxHashMap::default();
    for id in pool.reachable(&[id]) {
        let at = |id: &ExprId| places.get(id).copied().unwrap_or_default();
        let all = |list| pool.list(list).iter().map(at).collect::<Vec<u32>>();
        let plain =
            |list| all(list).into_iter().map(|place| (false, place)).collect::<Vec<_>>();
        let place = match pool.node(id) {
            Node::Number(n) => builder.number(pool.number_at(n)),
            Node::Constant(constant) => builder.constant(constant),
            Node::Symbol(symbol) => builder.symbol(pool.name(symbol)),
            Node::Sum(list) => builder.sum(&plain(list)),
            Node::Product(list) => builder.product(&plain(list)),
            Node::Multiple(n, rest) => {
                let n = builder.number(pool.number_at(n));
                builder.product(&[(false, n), (false, at(&rest))])
            }
            Node::Power(base, exponent) => match pool.as_number(exponent) {
                Some(n) => rational_power(builder, at(&base), n),
                None => builder.power(at(&base), at(&exponent)),
            },
            Node::Apply(function, list) => builder.apply(function, &all(list)),
            Node::Undefined => {
                let zero = builder.number(&Number::ZERO);
                builder.product(&[(false, zero), (true, zero)])
            }
        };
        places.insert(id, place);
    }
    places.get(&id).copied().unwrap_or_default()
}

/// The whole number that the table gives for a function at 0.
fn at_zero(function: FunctionId) -> Option<i64> {
    let (_, value) = function::spec(function).values.iter().find(|row| row.0 == "0")?;
    value.parse().ok()
}

/// The absolute value of a small whole number.
fn small_whole(value: &BigFloat) -> Option<usize> {
    let size = double(value).abs();
    (value.fract().is_zero() && size < 1e6).then_some(size as usize)
}
