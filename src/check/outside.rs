//! Points outside of the domain of a formula as it was typed: `sqrt(x)^2` has no value at -1,
//! although the canonical form `x` has one.

use super::verify::Checker;
use crate::evaluate::{Dual, Operation, Slot, Tape, duals};
use crate::function;

/// Functions of larger arguments may leave the range of doubles.
const LARGE: f64 = 100.0;
/// A function that is infinite at a point has a pole there if it is not so far off.
const BESIDE: f64 = 1e-9;
/// What is less than this many times its error may be 0.
const NEAR: f64 = 16.0;
/// A function whose value changes by more, relatively, with the last digits of what it is of may
/// stand at a pole.
const STEEP: f64 = 1e-6;

impl Checker {
    /// Whether one of several formulas has no value at a point for sure: some operation that it
    /// needs is undefined for all values that its operands may have within their rounding
    /// errors.
    pub fn is_outside(&mut self, tape: &Tape, slots: Vec<Slot>, at: &[f64]) -> bool {
        self.learn(tape);
        let still = vec![0.0; at.len()];
        let found = duals(tape, at, &still, self.slopes());
        let mut open = slots;
        let mut seen = vec![false; found.len()];
        while let Some(slot) = open.pop() {
            let place = slot as usize;
            if std::mem::replace(&mut seen[place], true) {
                continue;
            }
            let operation = &tape.operations[place];
            if is_undefined(operation, &found) {
                return true;
            }
            match operation {
                Operation::Add(a, b)
                | Operation::Subtract(a, b)
                | Operation::Multiply(a, b)
                | Operation::Divide(a, b)
                | Operation::Power(a, b) => open.extend([*a, *b]),
                Operation::Negate(a)
                | Operation::Whole(a, _)
                | Operation::Root(a, _)
                | Operation::Apply(_, a) => open.push(*a),
                // A branch that is not taken needs no value.
                Operation::ApplyAll(..)
                | Operation::Abstract(..)
                | Operation::Number(_)
                | Operation::Variable(_) => {}
            }
        }
        false
    }

    /// Whether something that is divided by at a point may be 0 within its errors or is it, or a
    /// function may stand at a pole of it. `off` is how far each coordinate is off in doubles.
    pub fn may_have_hole(&mut self, tape: &Tape, at: &[f64], off: &[f64]) -> bool {
        self.learn(tape);
        // No two of them cancel.
        let off: Vec<f64> =
            off.iter().zip(1..).map(|(off, n)| off / f64::from(n).sqrt()).collect();
        let found = duals(tape, at, &off, self.slopes());
        let is_near = |slot: &Slot| {
            let below = found[*slot as usize];
            let error = below.value_error + below.slope.abs();
            let is_told = below.value.abs() > NEAR * error;
            !is_told
        };
        let is_rounded = |slot: &Slot| {
            let own = found[*slot as usize];
            own.value_error + own.slope.abs() > 0.0
        };
        let is_steep = |place: usize| {
            let own = found[place];
            let is_told = own.slope.abs() <= STEEP * (1.0 + own.value.abs());
            own.slope != 0.0 && !is_told
        };
        tape.operations.iter().enumerate().any(|(place, operation)| match operation {
            Operation::Divide(_, b) => is_near(b),
            Operation::Whole(a, n) => *n < 0 && is_near(a),
            Operation::Root(a, r) => *r < 0.0 && is_near(a),
            Operation::Power(a, b) => found[*b as usize].value < 0.0 && is_near(a),
            Operation::Apply(..) => is_steep(place),
            // `mod(x, y)` has no value where y is 0.
            Operation::ApplyAll(_, list) => {
                let mut list = list.iter();
                is_steep(place) || list.any(|slot| is_rounded(slot) && is_near(slot))
            }
            _ => false,
        })
    }
}

/// Whether an operation has no value, whatever its operands are within their errors.
fn is_undefined(operation: &Operation, found: &[Dual]) -> bool {
    let at = |slot: &Slot| found[*slot as usize];
    let is_below = |x: Dual| x.value + x.value_error < 0.0;
    let is_zero = |x: Dual| x.value == 0.0 && x.value_error == 0.0;
    match operation {
        Operation::Divide(_, b) => is_zero(at(b)),
        Operation::Whole(a, n) => *n < 0 && is_zero(at(a)),
        Operation::Root(a, r) => is_below(at(a)) || *r < 0.0 && is_zero(at(a)),
        Operation::Power(a, b) => {
            let (a, b) = (at(a), at(b));
            let is_broken = b.value_error == 0.0 && b.value.fract() != 0.0;
            is_below(a) && is_broken || is_zero(a) && b.value + b.value_error < 0.0
        }
        Operation::Apply(function, a) => {
            let a = at(a);
            let mut ends = [a.value - a.value_error, a.value, a.value + a.value_error];
            if a.value_error > 0.0 {
                ends = [ends[0].next_down(), a.value, ends[2].next_up()];
            }
            let value = |x: f64| function::evaluate(*function, &[x]);
            let sides = [a.value - BESIDE, a.value + BESIDE];
            let is_pole = a.value_error == 0.0
                && value(a.value).is_infinite()
                && !sides.into_iter().any(|x| value(x).is_infinite());
            let has_none = ends.into_iter().all(|x| value(x).is_nan());
            a.value.abs() <= LARGE && (is_pole || has_none)
        }
        _ => false,
    }
}
