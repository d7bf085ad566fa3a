//! The self-check over the complex numbers: central differences of what was typed.

use super::points::dyadic_point;
use super::verify::{Claim, Outcome};
use crate::evaluate::{Tape, complex_values};
use crate::kernel::{Assumption, Pool};

/// How many points are tried.
const ATTEMPTS: usize = 80;
/// At how many points values must agree.
const ENOUGH: usize = 2;
/// Half the distance of the two values, near the cube root of the rounding error.
const STEP: f64 = 1.0 / 131_072.0;
/// How far values may differ, relative to the greater.
const TOLERANCE: f64 = 1e-4;

/// Compares derivatives until values agree at two points; a branch cut between two values
/// makes a difference, so that one counts only when there is no agreement.
pub(super) fn verify(pool: &Pool, claim: Claim<'_>) -> Outcome {
    let Claim { tape, value, variables, derivatives, .. } = claim;
    let indices: Vec<usize> =
        variables.iter().map(|name| tape.variable(name) as usize).collect();
    let mut answer = Tape::over(tape.variables.clone());
    let slots = answer.add_expressions(pool, derivatives);
    tape.variables.clone_from(&answer.variables);
    let known = vec![Assumption::default(); tape.variables.len()];
    let mut agreed = 0;
    let mut differed: Vec<(usize, Vec<f64>)> = Vec::new();
    for attempt in 0..ATTEMPTS {
        let at = dyadic_point(attempt, &known);
        let found = complex_values(&answer, &at);
        let mut all = true;
        for (place, (index, slot)) in indices.iter().zip(&slots).enumerate() {
            let derivative = found[*slot as usize];
            let side = |step: f64| {
                let mut at = at.clone();
                at[*index] += step;
                complex_values(tape, &at)[value as usize]
            };
            let (before, after) = (side(-STEP), side(STEP));
            if !(derivative.is_known() && before.is_known() && after.is_known()) {
                all = false;
                break;
            }
            let slope = (after.value - before.value) / (2.0 * STEP);
            let scale = slope.norm().max(derivative.value.norm());
            let error = (before.error + after.error) / STEP + 10.0 * derivative.error;
            if (slope - derivative.value).norm() > TOLERANCE * (scale + 1e-3) + error {
                differed.push((place, at.clone()));
                all = false;
                break;
            }
        }
        agreed += usize::from(all);
        if agreed >= ENOUGH {
            return Outcome::Agree(agreed);
        }
    }
    match differed.first() {
        Some((place, at)) if agreed == 0 && differed.len() > ENOUGH => {
            let named = tape.variables.iter().zip(at);
            let point: Vec<String> =
                named.map(|(name, x)| format!("{name} = {x}")).collect();
            Outcome::Differ { variable: Some(*place), point: point.join(", ") }
        }
        _ if agreed > 0 => Outcome::Agree(agreed),
        _ => Outcome::NoPoint,
    }
}
