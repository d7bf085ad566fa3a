//! The self-check: a derivative against dual numbers over what was typed.

use super::curve::assumed;
use super::points::{ATTEMPTS, direction, point};
use crate::evaluate::{Dual, Operation, Slopes, Slot, Tape, duals, duals_into};
use crate::function::spec;
use crate::kernel::{Assumption, ExprId, FunctionId, Pool};
use crate::syntax;

/// At how many points values must agree.
const ENOUGH: usize = 2;
/// How many operations are run at most to find points, for long formulas.
const OPERATIONS: usize = 8_000_000;
/// How many points are tried in any case.
const FEWEST: usize = 16;
/// How far values may differ, relative to the greater.
const TOLERANCE: f64 = 1e-7;
/// How many times the bound of the rounding error they may differ.
const SAFETY: f64 = 1e3;
/// Up to how many variables each is compared on its own; beyond, they are compared together
/// in random directions.
const SEPARATE: usize = 8;

/// The outcome of a self-check.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// The values agree at this many points.
    Agree(usize),
    /// No point was found at which both could be compared.
    NoPoint,
    /// The values differ.
    Differ {
        /// The variable, or `None` when several were compared together.
        variable: Option<usize>,
        /// The point, as `x = 1, y = 2`.
        point: String,
    },
}

/// The relative error of special functions at most arguments.
const SHOWN: f64 = 2e-12;

/// Compares derivatives with dual numbers, and remembers the slopes of functions.
#[derive(Clone, Debug, Default)]
pub struct Checker {
    pub(super) slopes: Slopes,
}

/// What is compared: a function on its tape and its partial derivatives.
pub struct Claim<'a> {
    /// The function as it was typed.
    pub tape: &'a mut Tape,
    /// Its value.
    pub value: Slot,
    /// The variables.
    pub variables: &'a [&'a str],
    /// The derivatives, one for each variable.
    pub derivatives: &'a [ExprId],
    /// What is assumed of variables by name.
    pub assumptions: &'a [(String, Assumption)],
}

/// Derivatives with their values beside a function, both over the same variables.
pub struct Values<'a> {
    /// The function as it was typed.
    pub tape: &'a mut Tape,
    /// Its value.
    pub value: Slot,
    /// The variables.
    pub variables: &'a [&'a str],
    /// The tape of the derivatives, whose first variables are those of the function.
    pub answer: &'a Tape,
    /// The derivatives, one for each variable.
    pub slots: &'a [Slot],
    /// What is assumed of variables by name.
    pub assumptions: &'a [(String, Assumption)],
}

/// The independent path at a point: the function, the places of its variables.
struct Path<'a> {
    tape: &'a Tape,
    value: Slot,
    indices: &'a [usize],
    at: &'a [f64],
}

struct Comparison {
    agreed: usize,
    differed: Vec<(Option<usize>, String)>,
}

impl Checker {
    /// Compares until values agree at two points or differ for certain.
    pub fn verify(&mut self, pool: &Pool, claim: Claim<'_>) -> Outcome {
        if pool.is_complex() {
            return super::verify_complex::verify(pool, claim);
        }
        let Claim { tape, value, variables, derivatives, assumptions } = claim;
        for name in variables {
            tape.variable(name);
        }
        let mut answer = Tape::over(tape.variables.clone());
        let slots = answer.add_expressions(pool, derivatives);
        let (answer, slots) = (&answer, &slots[..]);
        self.verify_values(Values { tape, value, variables, answer, slots, assumptions })
    }

    /// The same for derivatives that are values of a tape.
    pub fn verify_values(&mut self, values: Values<'_>) -> Outcome {
        let Values { tape, value, variables, answer, slots, assumptions } = values;
        let indices: Vec<usize> =
            variables.iter().map(|name| tape.variable(name) as usize).collect();
        tape.variables.clone_from(&answer.variables);
        self.learn(tape);
        self.learn(answer);
        let known = assumed(&tape.variables, assumptions);
        let mut comparison = Comparison { agreed: 0, differed: Vec::new() };
        let still = vec![0.0; known.len()];
        let mut found: Vec<Dual> = Vec::new();
        let mut scratch: Vec<Dual> = Vec::new();
        let mut moving = still.clone();
        let length = tape.operations.len() + answer.operations.len();
        for attempt in 0..ATTEMPTS.min((OPERATIONS / length.max(1)).max(FEWEST)) {
            let at = point(attempt, &known);
            duals_into(answer, &at, &still, &self.slopes, &mut found);
            let place = || {
                let named = tape.variables.iter().zip(&at);
                named
                    .map(|(name, x)| format!("{name} = {x:.6}"))
                    .collect::<Vec<_>>()
                    .join(", ")
            };
            let verdict = if variables.len() <= SEPARATE {
                let found = |k: usize| found[slots[k] as usize];
                let path = Path { tape, value, indices: &indices, at: &at };
                self.separately(path, &mut moving, &mut scratch, found)
            } else {
                let all: Vec<Dual> =
                    slots.iter().map(|slot| found[*slot as usize]).collect();
                let path = Path { tape, value, indices: &indices, at: &at };
                self.together(path, &mut scratch, &all, attempt)
            };
            match verdict {
                Verdict::Agree => comparison.agreed += 1,
                Verdict::Unclear => {}
                Verdict::Differ(variable) => {
                    comparison.differed.push((variable, place()))
                }
            }
            let different = comparison.differed.len();
            if comparison.agreed >= ENOUGH && different == 0
                || different >= ENOUGH
                || comparison.agreed >= 3 * ENOUGH
            {
                break;
            }
        }
        let different = comparison.differed.len();
        match comparison.differed.into_iter().next() {
            Some((variable, point)) if different >= ENOUGH || comparison.agreed == 0 => {
                Outcome::Differ { variable, point }
            }
            _ if comparison.agreed > 0 => Outcome::Agree(comparison.agreed),
            _ => Outcome::NoPoint,
        }
    }

    /// Each variable with its own dual numbers.
    fn separately(
        &self,
        path: Path<'_>,
        moving: &mut [f64],
        scratch: &mut Vec<Dual>,
        found: impl Fn(usize) -> Dual,
    ) -> Verdict {
        let Path { tape, value, indices, at } = path;
        let mut verdict = Verdict::Agree;
        for (place, index) in indices.iter().enumerate() {
            let answer = found(place);
            if !answer.value.is_finite() {
                return Verdict::Unclear;
            }
            moving[*index] = 1.0;
            duals_into(tape, at, moving, &self.slopes, scratch);
            moving[*index] = 0.0;
            let expected = scratch[value as usize];
            match compare(expected, answer.value, answer.value_error) {
                Verdict::Agree => {}
                Verdict::Unclear => verdict = Verdict::Unclear,
                Verdict::Differ(_) => return Verdict::Differ(Some(place)),
            }
        }
        verdict
    }

    /// All variables at once, in one direction.
    fn together(
        &self,
        path: Path<'_>,
        scratch: &mut Vec<Dual>,
        found: &[Dual],
        attempt: usize,
    ) -> Verdict {
        let Path { tape, value, indices, at } = path;
        let along = direction(attempt, indices.len());
        let mut moving = vec![0.0; at.len()];
        let (mut sum, mut error) = (0.0, 0.0);
        for ((index, step), dual) in indices.iter().zip(&along).zip(found) {
            moving[*index] = *step;
            sum += step * dual.value;
            error += dual.value_error + f64::EPSILON * dual.value.abs();
        }
        duals_into(tape, at, &moving, &self.slopes, scratch);
        let expected = scratch[value as usize];
        compare(expected, sum, error)
    }

    /// The value of a formula without variables, with a bound of its error as far as special
    /// functions have the digits that are shown; `None` when a function has no values.
    pub fn constant(tape: &Tape, slot: Slot) -> Option<Dual> {
        let is_abstract = |o: &Operation| matches!(o, Operation::Abstract(..));
        if !tape.variables.is_empty() || tape.operations.iter().any(is_abstract) {
            return None;
        }
        let mut checker = Self::default();
        checker.learn(tape);
        checker.slopes.special = SHOWN;
        Some(duals(tape, &[], &[], &checker.slopes)[slot as usize])
    }

    /// The slopes of all functions of a tape for values whose bounds are shown, at points
    /// whose coordinates are rounded to doubles.
    pub fn certain(tape: &Tape) -> Slopes {
        let mut checker = Self::default();
        checker.learn(tape);
        checker.slopes.coordinates = f64::EPSILON / 2.0;
        checker.slopes
    }

    pub(super) fn slopes(&self) -> &Slopes {
        &self.slopes
    }

    /// Puts in the slopes of all functions of a tape.
    pub(super) fn learn(&mut self, tape: &Tape) {
        for operation in &tape.operations {
            match operation {
                Operation::Apply(function, _) => self.learn_function(*function, 1),
                Operation::ApplyAll(function, list) if function.is_builtin() => {
                    self.learn_function(*function, list.len());
                }
                _ => {}
            }
        }
    }

    fn learn_function(&mut self, function: FunctionId, count: usize) {
        for argument in 0..count.min(spec::ARGUMENTS.len()) {
            if self.slopes.contains(function, argument) {
                continue;
            }
            let mut tape = Tape::default();
            let letters: Vec<Slot> = spec::ARGUMENTS
                .iter()
                .map(|letter| crate::function::Builder::symbol(&mut tape, letter))
                .collect();
            let slot = syntax::derivative(
                function,
                argument,
                &letters[..count.min(letters.len())],
                &mut tape,
            );
            let known = slot.ok().flatten();
            self.slopes.insert(function, argument, known.map(|slot| (tape, slot)));
        }
    }
}

enum Verdict {
    Agree,
    Unclear,
    Differ(Option<usize>),
}

fn compare(expected: Dual, found: f64, found_error: f64) -> Verdict {
    if !expected.slope.is_finite() || !expected.value.is_finite() || !found.is_finite() {
        return Verdict::Unclear;
    }
    let scale = expected.slope.abs().max(found.abs());
    let error = SAFETY * (expected.slope_error + found_error);
    if !error.is_finite() {
        return Verdict::Unclear;
    }
    let difference = (expected.slope - found).abs();
    if difference > TOLERANCE * scale + error + 1e-280 {
        Verdict::Differ(None)
    } else if error > 1e-3 * scale && scale > 0.0 && error > 1e-9 {
        Verdict::Unclear
    } else {
        Verdict::Agree
    }
}
