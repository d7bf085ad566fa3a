//! Constants with as many digits as are sure.

use super::super::engine::{Engine, Formula};
use super::eval::DIGITS;
use crate::check::{Checker, is_zero};
use crate::error::Result;
use crate::evaluate::{Operation, Tape, digits, values};
use crate::kernel::ExprId;
use crate::syntax;

/// Relative errors below this spoil the last digit at most.
const ROUNDING: f64 = 5e-14;
/// What is not less than this in doubles is not 0.
const NOTHING: f64 = 1e-6;

impl Engine {
    /// The value of a constant expression with 15 digits, or with as many as double precision
    /// is sure of where a function has no more. `None` when it has none.
    pub fn short_decimal(&self, id: ExprId) -> Option<String> {
        match self.with_digits(id, DIGITS) {
            Ok(text) => Some(text),
            Err(error) if error.kind.is_unsupported() => self.otherwise(id, DIGITS),
            Err(_) => None,
        }
    }

    /// The digits of a constant without many: those of doubles, or 0 where that is proved.
    fn otherwise(&self, id: ExprId, most: usize) -> Option<String> {
        let is_nothing = || {
            let mut pool = self.pool.clone();
            self.float(id).abs() < NOTHING && is_zero(&mut pool, id)
        };
        self.in_doubles(id, most).or_else(|| is_nothing().then(|| "0".to_owned()))
    }

    /// The digits of a constant that double precision is sure of, so many at most; `None` when
    /// it has no value, or a function without one.
    fn in_doubles(&self, id: ExprId, most: usize) -> Option<String> {
        let mut tape = Tape::default();
        let slots = tape.add_expressions(&self.pool, &[id]);
        let found = Checker::constant(&tape, slots[0])?;
        if found.value == 0.0 {
            // What a power or a function gives as 0 may be too small for doubles.
            let is_sum = |o: &Operation| {
                matches!(
                    o,
                    Operation::Number(_)
                        | Operation::Add(..)
                        | Operation::Subtract(..)
                        | Operation::Negate(_)
                )
            };
            let is_sure = found.value_error == 0.0 && tape.operations.iter().all(is_sum);
            return is_sure.then(|| "0".to_owned());
        }
        let error = found.value_error / found.value.abs();
        let count = match error < ROUNDING {
            true => DIGITS,
            false => (-error.log10()).floor() as usize,
        };
        (found.value.is_finite() && count > 0)
            .then(|| digits::rounded(found.value, count.min(most)))
    }

    /// The value of a constant expression in double precision; NaN when it has none.
    pub fn float(&self, id: ExprId) -> f64 {
        let mut tape = Tape::default();
        let slots = tape.add_expressions(&self.pool, &[id]);
        if !tape.variables.is_empty() {
            return f64::NAN;
        }
        values(&tape, &[])[slots[0] as usize]
    }

    /// The value of a constant expression with so many significant digits.
    ///
    /// # Errors
    /// A function that is not available with many digits, a value that is undefined.
    pub fn decimal(&self, id: ExprId, count: usize) -> Result<String> {
        let found = self.with_digits(id, count);
        match found {
            Err(error) if error.kind.is_unsupported() && count <= DIGITS => {
                self.otherwise(id, count).ok_or(error)
            }
            found => found,
        }
    }

    /// The same of a value that is long, where many stand side by side: the digits that double
    /// precision is sure of, where there are so many.
    ///
    /// # Errors
    /// As [`Engine::decimal`].
    pub fn quick_decimal(&self, id: ExprId, count: usize) -> Result<String> {
        self.in_doubles(id, count).map_or_else(|| self.decimal(id, count), Ok)
    }

    /// The same by arbitrary precision alone.
    pub(in crate::session) fn with_digits(
        &self,
        id: ExprId,
        count: usize,
    ) -> Result<String> {
        digits::decimal(&self.pool, id, count, syntax::in_normal_form)
    }

    /// The value of a formula with doubles for its variables, in their natural order.
    pub fn value(&self, formula: &Formula, at: &[(&str, f64)]) -> f64 {
        let mut tape = Tape::default();
        let slots = tape.add_expressions(&self.pool, &formula.roots[..1]);
        let point: Vec<f64> = tape
            .variables
            .iter()
            .map(|name| {
                at.iter().find(|(known, _)| known == name).map_or(f64::NAN, |(_, x)| *x)
            })
            .collect();
        values(&tape, &point)[slots[0] as usize]
    }
}
