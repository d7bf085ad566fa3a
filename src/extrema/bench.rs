//! The workbench: a pool, a simplifier and a budget, with the small steps that all parts use.

use super::side::Expand;
use crate::calculus;
use crate::error::Result;
use crate::evaluate::{Tape, digits, values};
use crate::function;
use crate::kernel::{ExprId, FunctionId, Node, Number, Pool};
use crate::polynomial::Work;
use crate::simplify::Simplifier;
use crate::syntax;

/// The digits to which a value is compared with 0.
const DIGITS: usize = 60;
/// A value is 0 when its size is below `10^-this`.
const ZERO_DIGITS: i64 = 42;
/// The same beside what it is a little farther on.
const DIGITS_BESIDE: i64 = 40;

/// What is smaller beside its terms may be rounding of doubles.
const NOISE: f64 = 1e-11;

/// What is known of the sign of a constant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Signum {
    Negative,
    /// Zero, exactly or, where numbers stand for others, to more than 40 digits.
    Zero,
    Positive,
    /// No value, or none that is precise enough.
    Unknown,
}

/// A pool with what is needed to work on it.
pub(super) struct Bench<'a> {
    pub(super) pool: &'a mut Pool,
    pub(super) simplifier: &'a mut Simplifier,
    /// What may still be done on polynomials.
    pub(super) work: Work,
    /// How functions are expanded in series on one side of a point.
    pub(super) expand: Expand,
    /// Whether numbers that only stand for others are about: then what is next to 0 may be 0.
    pub(super) is_rounded: bool,
}

impl<'a> Bench<'a> {
    /// A workbench on which all values are exact so far.
    pub(super) fn new(
        pool: &'a mut Pool,
        simplifier: &'a mut Simplifier,
        work: u64,
        expand: Expand,
    ) -> Self {
        let work = Work::new(work);
        Bench { pool, simplifier, work, expand, is_rounded: false }
    }
}

impl Bench<'_> {
    pub(super) fn simplify(&mut self, id: ExprId) -> ExprId {
        self.simplifier.simplify(self.pool, id)
    }

    /// An expression with others in place of symbols, simplified.
    pub(super) fn put(&mut self, id: ExprId, values: &[(ExprId, ExprId)]) -> ExprId {
        let new = self.pool.substitute(&[id], values, function::apply)[0];
        if new == id {
            return id;
        }
        let new = self.simplify(new);
        let plain = super::angle::without_inverses(self, new);
        if plain == new { new } else { self.simplify(plain) }
    }

    /// The simplified derivative in a symbol.
    ///
    /// # Errors
    /// A function without a known derivative.
    pub(super) fn derivative(&mut self, id: ExprId, symbol: ExprId) -> Result<ExprId> {
        let raw = calculus::differentiate(self.pool, id, symbol, &mut ())?;
        Ok(self.simplify(raw))
    }

    /// A function of one argument by its name.
    pub(super) fn apply(&mut self, name: &str, argument: ExprId) -> ExprId {
        match function::lookup(name, 1) {
            Some(id) => {
                let value = function::apply(self.pool, id, &[argument]);
                self.simplify(value)
            }
            None => Pool::UNDEFINED,
        }
    }

    pub(super) fn ln(&mut self, argument: ExprId) -> ExprId {
        let value = function::apply(self.pool, FunctionId::LN, &[argument]);
        self.simplify(value)
    }

    /// Whether any of the symbols occurs.
    pub(super) fn depends(&self, id: ExprId, symbols: &[ExprId]) -> bool {
        self.pool.reachable(&[id]).iter().any(|node| symbols.contains(node))
    }

    /// The value of a constant in double precision.
    pub(super) fn float(&self, id: ExprId) -> f64 {
        if let Some(n) = self.pool.as_number(id) {
            return n.to_f64();
        }
        let mut tape = Tape::default();
        let slots = tape.add_expressions(self.pool, &[id]);
        if tape.variables.is_empty() {
            values(&tape, &[])[slots[0] as usize]
        } else {
            f64::NAN
        }
    }

    /// The value of a constant as an exact number near it: itself, or 60 digits of it. `None`
    /// when it has no value or some function has no more than 15 digits.
    pub(super) fn number(&self, id: ExprId) -> Option<Number> {
        match self.pool.as_number(id) {
            Some(n) => Some(n.clone()),
            None if self.pool.is_constant(id) => {
                digits::number(self.pool, id, DIGITS, syntax::in_normal_form).ok()
            }
            None => None,
        }
    }

    /// The value of a constant where it is told from 0, and nothing inside of that where it is
    /// not; `None` where it has none.
    pub(super) fn apart_from_zero(&self, id: ExprId) -> Option<Option<Number>> {
        if let Some(number) = self.pool.as_number(id) {
            return Some(Some(number.clone()));
        }
        let normal = syntax::in_normal_form;
        if self.number(id).is_some() {
            return Some(digits::apart_from_zero(self.pool, id, &[], DIGITS, normal));
        }
        let float = self.float(id);
        let is_clear = float.abs() > NOISE * self.magnitude(id).max(1.0);
        let near = from_float(float)?;
        Some(is_clear.then_some(near))
    }

    /// Whether a constant has a value; it may have left the doubles.
    pub(super) fn has_value(&self, id: ExprId) -> bool {
        self.float(id).is_finite() || self.number(id).is_some()
    }

    /// The values of expressions with numbers in place of symbols, to 60 digits; `None` where
    /// one has no value or some function has no more than 15 digits.
    pub(super) fn numbers_at(
        &self,
        ids: &[ExprId],
        at: &[(ExprId, Number)],
    ) -> Vec<Option<Number>> {
        let found =
            digits::numbers_at(self.pool, ids, at, DIGITS, syntax::in_normal_form);
        found.into_iter().map(std::result::Result::ok).collect()
    }

    /// The values of expressions in double precision with numbers in place of symbols.
    pub(super) fn floats_at(&self, ids: &[ExprId], at: &[(ExprId, Number)]) -> Vec<f64> {
        let mut tape = Tape::default();
        let slots = tape.add_expressions(self.pool, ids);
        let point: Vec<f64> = tape
            .variables
            .iter()
            .map(|name| {
                let symbol = self.pool.find_symbol(name);
                let own = at.iter().find(|(own, _)| Some(*own) == symbol);
                own.map_or(f64::NAN, |(_, number)| number.to_f64())
            })
            .collect();
        let found = values(&tape, &point);
        slots.iter().map(|slot| found[*slot as usize]).collect()
    }

    /// The same as numbers, with as many digits as there are; `None` where one has no value.
    pub(super) fn best_at(
        &self,
        ids: &[ExprId],
        at: &[(ExprId, Number)],
    ) -> Option<Vec<Number>> {
        let floats = self.floats_at(ids, at);
        let precise = self.numbers_at(ids, at).into_iter();
        precise
            .zip(floats)
            .map(|(number, float)| number.or_else(|| ten_digits(float)))
            .collect()
    }

    /// Whether expressions are 0 with numbers in place of symbols, to more than 40 digits, or
    /// as far as doubles tell where some function has 15 digits only.
    pub(super) fn vanish_at(&self, ids: &[ExprId], at: &[(ExprId, Number)]) -> bool {
        let floats = self.floats_at(ids, at);
        self.numbers_at(ids, at).into_iter().zip(floats).all(|(number, float)| {
            match number {
                Some(number) => is_tiny(&number, 1.0),
                None => float.abs() < 1e-11,
            }
        })
    }

    /// Whether an expression is 0 at a number to 40 digits, beside what it is a little farther
    /// on: there a high power is as large as it likes.
    pub(super) fn vanishes_beside(
        &self,
        id: ExprId,
        (symbol, at): &(ExprId, Number),
    ) -> bool {
        let size = at.abs().add(&Number::ONE);
        let part = Number::ratio(1, 1000).unwrap_or(Number::ONE);
        let beside = at.add(&size.mul(&part));
        let value = |x: &Number| {
            let found = self.numbers_at(&[id], &[(*symbol, x.clone())]);
            found.into_iter().next().flatten()
        };
        match (value(at), value(&beside)) {
            (Some(here), Some(there)) => {
                let digits = Number::from(10).pow(-DIGITS_BESIDE, 1 << 12);
                let bound = digits.map(|digits| digits.mul(&there));
                here.is_zero() || bound.is_some_and(|bound| here.abs() < bound.abs())
            }
            _ => self.vanish_at(&[id], &[(*symbol, at.clone())]),
        }
    }

    /// The value of an expression into a place that is known to many digits, as it is there and
    /// 20 digits beside it: 0 where it is less than half as large there on both sides, and
    /// `None` where it is more than twice as large, or jumps.
    pub(super) fn value_into(
        &self,
        id: ExprId,
        (symbol, at): &(ExprId, Number),
    ) -> Option<Number> {
        let size = at.abs().add(&Number::ONE);
        let value = |x: Number| {
            let found = self.numbers_at(&[id], &[(*symbol, x)]);
            found.into_iter().next().flatten()
        };
        let beside = |digits: i64| -> Option<[Option<Number>; 2]> {
            let step = size.mul(&Number::from(10).pow(-digits, 1 << 12)?);
            Some([value(at.add(&step)), value(at.sub(&step))])
        };
        let (far, near) = (beside(20)?, beside(30)?);
        // At an end of the domain, digits may lie on the outer side.
        let here = value(at.clone()).or_else(|| near.iter().flatten().next().cloned());
        let Some(here) = here else {
            // Of some functions there are no more digits than doubles have.
            return self.best_at(&[id], &[(*symbol, at.clone())])?.into_iter().next();
        };
        let gap = |sides: &[Option<Number>; 2]| match sides {
            [Some(right), Some(left)] => Some(right.sub(left).abs()),
            _ => None,
        };
        let two = Number::from(2);
        if let Some(wide) = gap(&far).filter(|gap| !gap.is_zero())
            && gap(&near)?.mul(&two) > wide
        {
            return None;
        }
        let size = here.abs();
        let sizes = || far.iter().flatten().map(Number::abs);
        if sizes().next().is_some() && sizes().all(|there| size.mul(&two) < there) {
            return Some(Number::ZERO);
        }
        let has_pole =
            sizes().count() == 2 && sizes().all(|there| size > there.mul(&two));
        (!has_pole).then_some(here)
    }

    /// Symbols with the numbers that are near the values that stand for them.
    pub(super) fn numbers(
        &self,
        symbols: &[ExprId],
        values: impl Iterator<Item = ExprId>,
    ) -> Option<Vec<(ExprId, Number)>> {
        symbols
            .iter()
            .zip(values)
            .map(|(own, id)| Some((*own, self.number(id)?)))
            .collect()
    }

    /// Whether a constant is known to be 0, to more digits than doubles have.
    pub(super) fn is_surely_zero(&self, id: ExprId) -> bool {
        self.number(id).is_some_and(|value| is_tiny(&value, 1.0))
            && self.sign_of_little(id) == Signum::Zero
    }

    /// The sign of a constant that is next to 0. Where all values are exact, it is told however
    /// small the constant is.
    fn sign_of_little(&self, id: ExprId) -> Signum {
        if self.is_rounded {
            return Signum::Zero;
        }
        match self.pool.as_number(id) {
            Some(number) if number.is_positive() => Signum::Positive,
            Some(number) if number.is_negative() => Signum::Negative,
            Some(_) => Signum::Zero,
            None => self.sign_by_digits(id).unwrap_or(Signum::Zero),
        }
    }

    /// The sign of a constant beside values of a given size.
    pub(super) fn sign_beside(&self, id: ExprId, size: f64) -> Signum {
        if id == Pool::ZERO {
            return Signum::Zero;
        }
        if !self.pool.is_constant(id) {
            return match self.pool.is_positive(id) {
                true => Signum::Positive,
                false => Signum::Unknown,
            };
        }
        let float = self.float(id);
        if float == f64::INFINITY && self.pool.is_positive(id) {
            return Signum::Positive;
        }
        if !float.is_finite() {
            // It may have left the doubles.
            return self.sign_by_digits(id).unwrap_or(Signum::Unknown);
        }
        let most = self.magnitude(id);
        let scale = size.abs().max(1.0).max(most);
        // What is left where great terms cancel may be rounding.
        if float.abs() > 1e-6 * size.abs().max(1.0) && float.abs() > NOISE * most {
            return if float > 0.0 { Signum::Positive } else { Signum::Negative };
        }
        match self.number(id) {
            Some(value) if is_tiny(&value, scale) => self.sign_of_little(id),
            Some(value) if value.is_positive() => Signum::Positive,
            Some(_) => Signum::Negative,
            // Some function has 15 digits only.
            None if float.abs() < 1e-11 * scale => Signum::Zero,
            None => Signum::Unknown,
        }
    }

    /// The sum of the sizes of the terms of a constant, in double precision: what rounding is
    /// relative to.
    fn magnitude(&self, id: ExprId) -> f64 {
        match self.pool.node(id) {
            Node::Sum(list) => {
                self.pool.list(list).iter().map(|term| self.magnitude(*term)).sum()
            }
            Node::Product(list) => {
                self.pool.list(list).iter().map(|id| self.magnitude(*id)).product()
            }
            Node::Multiple(n, rest) => {
                self.pool.number_at(n).to_f64().abs() * self.magnitude(rest)
            }
            Node::Power(base, exponent) => match self.pool.as_number(exponent) {
                Some(n) if n.is_positive() => self.magnitude(base).powf(n.to_f64()),
                _ => self.float(id).abs(),
            },
            _ => self.float(id).abs(),
        }
    }

    /// The sign of a constant.
    pub(super) fn sign(&self, id: ExprId) -> Signum {
        self.sign_beside(id, 1.0)
    }

    /// The sign of an expression, however small a constant is; one that is below `10^-42` is
    /// no 0 where its digits are known.
    pub(super) fn sign_of_any(&mut self, id: ExprId) -> Signum {
        if self.pool.is_positive(id) {
            return Signum::Positive;
        }
        if !self.pool.is_constant(id) {
            let turned = self.pool.negate(id);
            return match self.pool.is_positive(turned) {
                true => Signum::Negative,
                false => Signum::Unknown,
            };
        }
        if let Some(number) = self.pool.as_number(id) {
            return match () {
                () if number.is_positive() => Signum::Positive,
                () if number.is_negative() => Signum::Negative,
                () => Signum::Zero,
            };
        }
        if self.float(id).abs() > 1e-6 {
            return self.sign(id);
        }
        self.sign_by_digits(id).unwrap_or_else(|| self.sign(id))
    }

    /// The sign that as many digits as it takes tell; `None` where they do not.
    fn sign_by_digits(&self, id: ExprId) -> Option<Signum> {
        if digits::vanishes(self.pool, id, syntax::in_normal_form).ok()?? {
            return Some(Signum::Zero);
        }
        match self.number(id)? {
            value if value.is_negative() => Some(Signum::Negative),
            value if value.is_positive() => Some(Signum::Positive),
            _ => None,
        }
    }

    /// Whether a constant is 0, exactly or to more than 40 digits.
    pub(super) fn is_zero(&self, id: ExprId) -> bool {
        self.sign(id) == Signum::Zero
    }

    /// The difference, simplified.
    pub(super) fn minus(&mut self, a: ExprId, b: ExprId) -> ExprId {
        let difference = self.pool.difference(a, b);
        self.simplify(difference)
    }

    /// The quotient, simplified.
    pub(super) fn over(&mut self, a: ExprId, b: ExprId) -> ExprId {
        let quotient = self.pool.quotient(a, b);
        self.simplify(quotient)
    }
}

/// Whether a number is 0 to more than 40 digits beside a size.
fn is_tiny(value: &Number, scale: f64) -> bool {
    let digits = ZERO_DIGITS - (scale.log10().ceil() as i64).clamp(0, 20);
    let bound = Number::from(10).pow(-digits, 1 << 12);
    value.is_zero() || bound.is_some_and(|bound| value.abs() < bound)
}

/// A double as an exact number.
pub(super) fn from_float(x: f64) -> Option<Number> {
    num_rational::BigRational::from_float(x).map(Number::from_big)
}

/// A double rounded to ten digits: what doubles are good for at the end of a calculation.
pub(super) fn ten_digits(x: f64) -> Option<Number> {
    format!("{x:.9e}").parse().ok().and_then(from_float)
}
