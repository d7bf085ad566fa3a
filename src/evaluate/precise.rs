//! Formulas as they were typed, with many digits.

use super::digits;
use super::limit::double;
use crate::function::{self, Builder};
use crate::kernel::{AbstractFunction, Constant, FunctionId, Number};
use astro_float::{BigFloat, Consts, Radix, RoundingMode};

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
    symbols: Vec<(String, u32)>,
    normal: NormalForm,
    /// Whether a value was asked for that cannot be calculated.
    is_unknown: bool,
}

impl Precise {
    /// No values yet, with so many binary digits; `None` where the library has no memory.
    pub fn new(precision: usize, normal: NormalForm) -> Option<Self> {
        let constants = Consts::new().ok()?;
        let (values, symbols) = (Vec::new(), Vec::new());
        Some(Self { precision, constants, values, symbols, normal, is_unknown: false })
    }

    /// Gives a variable the value at a place, moved by a step.
    pub fn assign(&mut self, name: &str, value: u32, step: &BigFloat) {
        let moved = self.values[value as usize].add(step, self.precision, ROUND);
        let id = self.push(moved);
        self.symbols.push((name.to_owned(), id));
    }

    /// The value at a place, `None` if it cannot be calculated.
    pub fn value(&self, id: u32) -> Option<&BigFloat> {
        (!self.is_unknown).then(|| &self.values[id as usize])
    }

    fn push(&mut self, value: BigFloat) -> u32 {
        self.values.push(value);
        (self.values.len() - 1) as u32
    }

    fn get(&self, id: u32) -> &BigFloat {
        &self.values[id as usize]
    }

    fn unknown(&mut self) -> u32 {
        self.is_unknown = true;
        self.push(astro_float::NAN)
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
        self.push(value)
    }

    fn constant(&mut self, constant: Constant) -> u32 {
        let value = match constant {
            Constant::E => self.constants.e(self.precision, ROUND),
            Constant::Pi => self.constants.pi(self.precision, ROUND),
        };
        self.push(value)
    }

    fn symbol(&mut self, name: &str) -> u32 {
        match self.symbols.iter().rev().find(|(known, _)| known == name) {
            Some((_, id)) => *id,
            None => self.unknown(),
        }
    }

    fn sum(&mut self, terms: &[(bool, u32)]) -> u32 {
        let mut sum = BigFloat::from_word(0, self.precision);
        for (minus, term) in terms {
            let term = self.get(*term);
            sum = match minus {
                true => sum.sub(term, self.precision, ROUND),
                false => sum.add(term, self.precision, ROUND),
            };
        }
        self.push(sum)
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
        self.push(product)
    }

    fn negate(&mut self, operand: u32) -> u32 {
        let value = self.get(operand).neg();
        self.push(value)
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
        self.push(value)
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
        match digits::applied(function, &values, self.precision, &mut self.constants) {
            Ok(value) => self.push(value),
            Err(_) => match (self.normal)(function, arguments, self) {
                Some(id) => id,
                None => self.unknown(),
            },
        }
    }

    fn apply_abstract(&mut self, _: AbstractFunction, _: &[u32]) -> u32 {
        self.unknown()
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
