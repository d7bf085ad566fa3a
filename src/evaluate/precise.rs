//! Formulas as they were typed, and expressions, with many digits.

use super::applied::applied;
use super::limit::double;
use super::loss::{self, Known};
use crate::error::{Error, ErrorKind, Result};
use crate::function::{self, Builder};
use crate::kernel::{AbstractFunction, Constant, ExprId, FunctionId, Node, Number, Pool};
use astro_float::{BigFloat, Consts, Radix, RoundingMode};
use rustc_hash::FxHashMap;

const ROUND: RoundingMode = RoundingMode::ToEven;
const UNROUNDED: RoundingMode = RoundingMode::None;

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
        Ok(Self { precision, constants, values, errors, symbols, normal, unknown: None })
    }

    /// Gives a variable a value.
    pub fn set(&mut self, name: &str, number: &Number) {
        let id = self.number(number);
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
        let mut places: FxHashMap<ExprId, u32> = FxHashMap::default();
        for id in pool.reachable(&[id]) {
            let at = |id: &ExprId| places.get(id).copied().unwrap_or_default();
            let all = |list| pool.list(list).iter().map(at).collect::<Vec<u32>>();
            let place = match pool.node(id) {
                Node::Number(n) => self.number(pool.number_at(n)),
                Node::Constant(constant) => self.constant(constant),
                Node::Symbol(symbol) => self.symbol(pool.name(symbol)),
                Node::Sum(list) => {
                    let terms: Vec<(bool, u32)> =
                        all(list).into_iter().map(|place| (false, place)).collect();
                    self.sum(&terms)
                }
                Node::Product(list) => {
                    let factors: Vec<(bool, u32)> =
                        all(list).into_iter().map(|place| (false, place)).collect();
                    self.product(&factors)
                }
                Node::Multiple(n, rest) => {
                    let n = self.number(pool.number_at(n));
                    self.product(&[(false, n), (false, at(&rest))])
                }
                Node::Power(base, exponent) => match pool.as_number(exponent) {
                    Some(n) => self.rational_power(at(&base), n),
                    None => self.power(at(&base), at(&exponent)),
                },
                Node::Apply(function, list) => {
                    let arguments = all(list);
                    self.apply(function, &arguments)
                }
                Node::Undefined => self.push(astro_float::NAN, loss::ALL),
            };
            places.insert(id, place);
        }
        places.get(&id).copied().unwrap_or_default()
    }

    /// A power with a number as exponent; roots are exact where they can be.
    fn rational_power(&mut self, base: u32, n: &Number) -> u32 {
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
        let exponent = self.number(n);
        let error = self.error_of_power(base, exponent, &value);
        self.push(value, error)
    }

    fn push(&mut self, value: BigFloat, error: i64) -> u32 {
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

    fn get(&self, id: u32) -> &BigFloat {
        &self.values[id as usize]
    }

    fn unknown(&mut self, error: Error) -> u32 {
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
        let error = self.error_of_power(base, exponent, &value);
        self.push(value, error)
    }

    fn apply(&mut self, function: FunctionId, arguments: &[u32]) -> u32 {
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
        match applied(function, &values, self.precision, &mut self.constants) {
            Ok(value) => {
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
            Err(error) => match (self.normal)(function, arguments, self) {
                Some(id) => id,
                None => self.unknown(error),
            },
        }
    }

    fn apply_abstract(&mut self, _: AbstractFunction, _: &[u32]) -> u32 {
        let what = "the value of a function that is not defined".to_owned();
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
