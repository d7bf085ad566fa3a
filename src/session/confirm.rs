//! A derivative that doubles say is wrong is asked again with many digits, before it is called
//! so: `sin(pi/2 - 10^-30*y)` is 1 in doubles, and its slope is no more than their errors.

use super::engine::Engine;
use crate::evaluate::digits;
use crate::function;
use crate::kernel::{ExprId, Number, Pool};
use crate::syntax;

/// The digits of the step of a quotient, and of what is compared.
const STEP: i64 = 20;
const DIGITS: usize = 15;
/// How far a quotient may be off: its own error is of the order of the square of its step.
const TOLERANCE: f64 = 1e-9;

impl Engine {
    /// Whether the quotient of differences of an expression comes to its derivative at a point
    /// `x = 1, y = 2`, with many digits; false where it is not known.
    pub(super) fn is_confirmed(
        &mut self,
        of: ExprId,
        variable: &str,
        derivative: ExprId,
        point: &str,
    ) -> bool {
        let place = |pair: &str| {
            let (name, value) = pair.split_once(" = ")?;
            let size = syntax::number(value.trim_start_matches('-')).ok()?;
            let value = if value.starts_with('-') { size.neg() } else { size };
            Some((name.to_owned(), value))
        };
        let Some(place) = point.split(", ").map(place).collect::<Option<Vec<_>>>() else {
            return false;
        };
        self.is_slope(of, variable, derivative, &place).unwrap_or(false)
    }

    fn is_slope(
        &mut self,
        of: ExprId,
        variable: &str,
        derivative: ExprId,
        place: &[(String, Number)],
    ) -> Option<bool> {
        let step = Number::from(10).pow(-STEP, u64::MAX)?;
        let above = self.at_step(of, variable, &step, place);
        let below = self.at_step(of, variable, &step.neg(), place);
        let slope = self.at_step(derivative, variable, &Number::ZERO, place);
        let rise = self.pool.difference(above, below);
        let run = self.pool.number(step.add(&step));
        let run = self.pool.power(run, Pool::MINUS_ONE);
        let quotient = self.pool.product(&[rise, run]);
        let off = self.pool.difference(quotient, slope);
        let off = self.simplify(off).ok()?;
        if off == Pool::ZERO {
            return Some(true);
        }
        let value = |id| {
            let text = digits::decimal(&self.pool, id, DIGITS, syntax::in_normal_form);
            text.ok()?.parse::<f64>().ok()
        };
        let size = value(slope)?;
        Some(value(off)?.abs() <= TOLERANCE * size.abs())
    }

    /// An expression at a point, with one variable moved by a step.
    fn at_step(
        &mut self,
        id: ExprId,
        variable: &str,
        step: &Number,
        place: &[(String, Number)],
    ) -> ExprId {
        let mut values = Vec::with_capacity(place.len());
        for (name, value) in place {
            let value = if name == variable { value.add(step) } else { value.clone() };
            values.push((self.pool.symbol(name), self.pool.number(value)));
        }
        self.pool.substitute(&[id], &values, function::apply)[0]
    }
}
