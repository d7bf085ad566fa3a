//! The self-check: an answer against differences of what was typed, on random instances.

use super::form::{FormId, Forms, Scope};
use super::numeric::{Instance, STEP, Slopes, along, slopes};
use crate::error::{Error, ErrorKind, Result};

/// How many instances are tried.
const ATTEMPTS: usize = 12;
/// How many have to agree.
const WANTED: usize = 2;
/// How many with indices that may be equal or not.
const WANTED_WITH_INDICES: usize = 6;
/// Arrays of more entries on the way are not made.
const MAX_ENTRIES: usize = 1 << 18;
/// The difference that counts, relative to the size of the values.
const TOLERANCE: f64 = 2e-6;
/// How many times narrower the steps are that a difference is looked at with again.
pub(super) const NARROWER: f64 = 16.0;

/// In what is differentiated.
pub(super) enum Target<'a> {
    /// In a variable, a definition, or an entry of one, and whether that is a symmetric matrix.
    In(FormId, bool),
    /// Along changes of variables or definitions.
    Along(&'a [(FormId, u16)]),
    /// As it is measured by steps of a size.
    Measured(&'a dyn Fn(&Instance, f64) -> Option<Slopes>),
}

/// What is to be checked.
pub(super) struct Claim<'a> {
    /// What is differentiated.
    pub(super) of: FormId,
    /// In which variable or definition, or along what.
    pub(super) target: Target<'a>,
    /// The smallest size of an instance.
    pub(super) least: usize,
    /// Texts for the error.
    pub(super) texts: (&'a str, &'a str),
}

/// Compares the entries of an answer, function entries first, with differences. Says whether
/// they could be compared.
///
/// # Errors
/// An answer that differs: a mistake of calcgrad.
pub(super) fn verify(
    claim: &Claim<'_>,
    forms: &Forms,
    scope: &Scope,
    answer: impl Fn(&Instance) -> Option<Vec<f64>>,
) -> Result<bool> {
    let named = (0..scope.indices.len() as u16).any(|k| scope.number(k).is_none());
    let wanted = if named { WANTED_WITH_INDICES } else { WANTED };
    let (mut agree, mut differ) = (0, None);
    for attempt in 0..ATTEMPTS {
        let Some(instance) = Instance::of(attempt, claim.least, scope) else { break };
        let entries = forms.below(claim.of).into_iter().map(|id| {
            let shape = forms.shape(id);
            instance.size(shape.rows).saturating_mul(instance.size(shape.cols))
        });
        if entries.max().is_some_and(|most| most > MAX_ENTRIES) {
            continue;
        }
        let measure = |step| match claim.target {
            Target::In(target, symmetric) => {
                let target = (target, symmetric);
                slopes(claim.of, target, (forms, scope), &instance, step)
            }
            Target::Along(changes) => {
                along(claim.of, changes, (forms, scope), &instance, step)
            }
            Target::Measured(measure) => measure(&instance, step),
        };
        let Some(truth) = measure(STEP) else { continue };
        let Some(values) = answer(&instance) else { continue };
        let size = size(&truth.values);
        if truth.error > 1e-3 * (1.0 + size)
            || values.iter().any(|x| !x.is_finite() || x.abs() > truth.reach)
        {
            continue;
        }
        let is_right = is_close(&values, &truth) || {
            // Steps that are too wide for a function show themselves beside narrower ones, and
            // what is rounding beside what is rounded otherwise.
            let Some(near) = measure(STEP / NARROWER) else { continue };
            let Some(again) = answer(&instance.nudged()) else { continue };
            let is_right = is_close(&values, &near);
            let is_sure = is_close(&truth.values, &near)
                && is_close(&again, &Slopes { values: values.clone(), ..truth });
            if !is_right && !is_sure {
                continue;
            }
            is_right
        };
        if is_right {
            agree += 1;
        } else if differ.replace(attempt).is_some() {
            // One difference may be a kink that the step crosses; two are none.
            break;
        }
        if agree >= wanted && differ.is_none() || agree > wanted + 1 {
            return Ok(true);
        }
    }
    match differ {
        None => Ok(agree > 0),
        Some(_) if agree > wanted => Ok(true),
        Some(attempt) => Err(Error::from(ErrorKind::SelfCheck {
            of: claim.texts.0.to_owned(),
            variable: claim.texts.1.to_owned(),
            point: format!("random instance {attempt}"),
        })),
    }
}

/// The size of the greatest of some values.
fn size(values: &[f64]) -> f64 {
    values.iter().fold(0.0, |greatest, x| greatest.max(x.abs()))
}

/// Whether values are what differences show, as far as these are known.
pub(super) fn is_close(values: &[f64], truth: &Slopes) -> bool {
    let margin = TOLERANCE * (1.0 + size(&truth.values)) + 20.0 * truth.error;
    values.len() == truth.values.len()
        && values.iter().zip(&truth.values).all(|(x, y)| (x - y).abs() <= margin)
}
