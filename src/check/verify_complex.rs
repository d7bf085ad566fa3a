//! The self-check over the complex numbers: central differences of what was typed.

use super::curve::assumed;
use super::points::{are_free, odd_complex_point};
use super::verify::{Claim, Outcome};
use crate::evaluate::{Tape, complex_values};
use crate::kernel::Pool;
use crate::syntax;
use num_complex::Complex64;

/// How many points are tried.
const ATTEMPTS: usize = 240;
/// At how many points values must agree.
const ENOUGH: usize = 40;
/// Half the distance of the two values, near the cube root of the rounding error.
const STEP: f64 = 1.0 / 131_072.0;
/// How far values may differ, relative to the greater.
const TOLERANCE: f64 = 1e-4;
/// At how many points values must differ.
const CERTAIN: usize = 2;

/// Compares derivatives until values agree at enough points or differ at two for certain. A
/// branch cut between two values makes quotients that grow with the inverse of the step, and
/// say nothing.
pub(super) fn verify(pool: &Pool, claim: Claim<'_>) -> Outcome {
    let Claim { tape, value, variables, derivatives, assumptions } = claim;
    let indices: Vec<usize> =
        variables.iter().map(|name| tape.variable(name) as usize).collect();
    let mut answer = Tape::over(tape.variables.clone());
    let slots = answer.add_expressions(pool, derivatives);
    tape.variables.clone_from(&answer.variables);
    let known = assumed(&tape.variables, assumptions);
    let free = are_free(pool, &tape.variables);
    let mut agreed = 0;
    let mut differed: Vec<(usize, Vec<Complex64>)> = Vec::new();
    for attempt in 0..ATTEMPTS {
        let at = odd_complex_point(attempt, &known, &free);
        let value_at = |at: &[Complex64]| {
            complex_values(tape, at, syntax::in_normal_form)[value as usize]
        };
        let found = complex_values(&answer, &at, syntax::in_normal_form);
        let mut all = true;
        for (place, (index, slot)) in indices.iter().zip(&slots).enumerate() {
            let derivative = found[*slot as usize];
            // Along the real line, and across it where the variable is not kept to it.
            let steps = [Complex64::new(STEP, 0.0), Complex64::new(0.0, STEP)];
            let steps = &steps[..if free[*index] { 2 } else { 1 }];
            let fits = steps.iter().map(|step| {
                let quotient = |step: Complex64| {
                    let side = |step: Complex64| {
                        let mut at = at.clone();
                        at[*index] += step;
                        value_at(&at)
                    };
                    let (before, after) = (side(-step), side(step));
                    let slope = (after.value - before.value) / (2.0 * step);
                    let error = (before.error + after.error) / step.norm();
                    (before.is_known() && after.is_known()).then_some((slope, error))
                };
                let (slope, error) = quotient(*step)?;
                let (wide, more) = quotient(*step * 4.0)?;
                if !derivative.is_known() {
                    return None;
                }
                let scale = slope.norm().max(derivative.value.norm());
                let error = error + more + 10.0 * derivative.error;
                let bound = TOLERANCE * (scale + 1e-3) + error;
                let gap = (slope - derivative.value).norm();
                // What is still on its way to a limit, or jumps at a cut, says nothing.
                let is_open = (slope - wide).norm() > bound;
                (gap <= bound || !is_open).then_some(gap <= bound)
            });
            let fits: Option<Vec<bool>> = fits.collect();
            match fits {
                Some(fits) if fits.iter().all(|fits| *fits) => {}
                fits => {
                    if fits.is_some() {
                        differed.push((place, at.clone()));
                    }
                    all = false;
                    break;
                }
            }
        }
        agreed += usize::from(all);
        if agreed >= ENOUGH || differed.len() >= CERTAIN {
            break;
        }
    }
    match differed.first() {
        Some((place, at)) if differed.len() >= CERTAIN => {
            let named = tape.variables.iter().zip(at);
            let point: Vec<String> =
                named.map(|(name, x)| format!("{name} = {x}")).collect();
            Outcome::Differ { variable: Some(*place), point: point.join(", ") }
        }
        _ if agreed > 0 => Outcome::Agree(agreed),
        _ => Outcome::NoPoint,
    }
}
