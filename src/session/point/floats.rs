//! Values and gradients at many points in double precision: what was typed is made ready once,
//! and each number has the digits that the running bound of its error leaves certain.

use super::super::engine::{Engine, Form, Formula};
use super::breaks::sides;
use crate::check::Checker;
use crate::error::Result;
use crate::evaluate::{Dual, Operation, Slopes, Slot, Tape, digits, duals_into};
use crate::function::{self, spec::Category};
use crate::kernel::ExprId;

/// How many times the running bound an error may be: the bound leaves out what is small.
const SAFETY: f64 = 16.0;
/// The most digits that a double shows.
const DIGITS: f64 = 15.0;

/// A formula, and its derivatives if they are asked for, ready for many points.
#[derive(Clone, Debug)]
pub struct Floats {
    tape: Tape,
    /// The value of the formula, then the derivatives.
    slots: Vec<Slot>,
    /// What is 0 where a derivative may not exist.
    breaks: Vec<Slot>,
    slopes: Slopes,
    still: Vec<f64>,
    scratch: Vec<Dual>,
}

impl Engine {
    /// Makes a formula of one value, and its first derivatives in `wrt`, ready for points
    /// whose coordinates are those of `variables`; `None` where doubles do not tell how many
    /// digits are certain, as with special functions.
    ///
    /// # Errors
    /// As [`Engine::partials`].
    pub fn floats(
        &mut self,
        formula: &Formula,
        variables: &[String],
        wrt: &[String],
    ) -> Result<Option<Floats>> {
        if formula.is_vector || self.pool.is_complex() {
            return Ok(None);
        }
        let (mut tape, slots) = self.tape(formula)?;
        let [value] = slots[..] else { return Ok(None) };
        for name in variables {
            tape.variable(&formula.spelling(name));
        }
        let is_open = tape.variables.len() > variables.len();
        if is_open || !formula.assumptions.is_empty() || !self.in_range(&formula.roots) {
            return Ok(None);
        }
        let mut slots = vec![value];
        let mut breaks = Vec::new();
        if !wrt.is_empty() {
            let found = self.gradient_in_parts(formula, wrt, Form::Auto, false)?;
            let derivatives: Vec<ExprId> = found
                .derivatives
                .partials
                .iter()
                .map(|partial| partial.values[0])
                .collect();
            let parts: Vec<ExprId> = found.parts.iter().map(|(_, part)| *part).collect();
            if !self.in_range(&derivatives) || !self.in_range(&parts) {
                return Ok(None);
            }
            let meant = found.parts.iter().copied().collect();
            slots.extend(tape.add_in_parts(&self.pool, &derivatives, &meant));
            for condition in found.derivatives.breaks {
                let Some((left, right)) = sides(&self.pool, condition) else {
                    return Ok(None);
                };
                let difference = self.pool.difference(left, right);
                breaks.extend(tape.add_expressions(&self.pool, &[difference]));
            }
            self.check_limits()?;
        }
        let order: Option<Vec<usize>> = tape
            .variables
            .iter()
            .map(|name| variables.iter().position(|one| formula.spelling(one) == *name))
            .collect();
        let is_plain = tape.operations.iter().all(is_plain);
        let Some(order) = order.filter(|_| is_plain) else { return Ok(None) };
        for operation in &mut tape.operations {
            if let Operation::Variable(place) = operation {
                *place = order[*place as usize] as u32;
            }
        }
        let slopes = Checker::certain(&tape);
        let still = vec![0.0; variables.len()];
        Ok(Some(Floats { tape, slots, breaks, slopes, still, scratch: Vec::new() }))
    }
}

impl Engine {
    /// Whether doubles hold the numbers in expressions but for rounding.
    fn in_range(&self, roots: &[ExprId]) -> bool {
        self.pool.reachable(roots).into_iter().all(|id| {
            let coefficient = self.pool.coefficient(id).0;
            [self.pool.as_number(id), Some(coefficient)].into_iter().flatten().all(|n| {
                let value = n.to_f64();
                value.is_finite() && (value != 0.0 || n.is_zero())
            })
        })
    }
}

impl Floats {
    /// The value at a point and the derivatives there, each with the digits that are certain,
    /// if the coordinates are within half a unit of their last places; `None` where one is not
    /// certain to exist or to have any digits.
    pub fn at(&mut self, point: &[f64]) -> Option<Vec<String>> {
        let Self { tape, slots, breaks, slopes, still, scratch } = self;
        duals_into(tape, point, still, slopes, scratch);
        let found = |slot: &Slot| scratch[*slot as usize];
        let is_apart = |dual: Dual| dual.value.abs() > SAFETY * dual.value_error;
        if !breaks.iter().map(found).all(is_apart) {
            return None;
        }
        slots.iter().map(|slot| certain(found(slot))).collect()
    }
}

/// A value with the digits that are certain.
fn certain(dual: Dual) -> Option<String> {
    let (value, error) = (dual.value, SAFETY * dual.value_error);
    if !value.is_finite() || !error.is_finite() {
        return None;
    }
    if value == 0.0 {
        return (error == 0.0).then(|| "0".to_owned());
    }
    // A unit of the last digit is more than the error.
    let count = match error > 0.0 {
        true => (value.abs().log10().floor() - error.log10().ceil()).min(DIGITS),
        false => DIGITS,
    };
    if count < 1.0 {
        return None;
    }
    let count = count as usize;
    // Zeros before the point would be digits too.
    Some(match value.abs() < 10_f64.powi(count as i32) {
        true => digits::rounded(value, count),
        false => format!("{value:.*e}", count - 1),
    })
}

/// Whether the running bound holds for an operation.
fn is_plain(operation: &Operation) -> bool {
    match operation {
        Operation::Abstract(_) => false,
        Operation::Apply(function, _) | Operation::ApplyAll(function, _) => {
            !function.is_builtin()
                || function::spec(*function).category != Category::Special
        }
        _ => true,
    }
}
