//! The self-check: entries, as they are read back from their text, against the matrix form, on
//! random instances of the sizes that were given.

use super::super::drawn::Attempt;
use super::super::form::{FormId, Forms, Scope};
use super::super::numeric::{Dense, Evaluator, Instance};
use super::names::Names;
use super::scalars::Scalars;
use crate::error::{Error, ErrorKind, Result};
use crate::evaluate::{Tape, values};
use crate::syntax;

/// How many instances are tried.
const ATTEMPTS: usize = 12;
/// How many have to agree.
const WANTED: u32 = 2;
/// The difference that counts, relative to the size of a value.
const TOLERANCE: f64 = 1e-7;
/// The most that the last digits of the variables may do to a value that is compared: others,
/// as of an inverse that does not exist, are noise.
const NOISE: f64 = 1e-7;
/// The largest value that is compared.
const LARGEST: f64 = 1e12;

/// What is to be checked.
pub(super) struct Claim<'a> {
    /// The matrix form.
    pub(super) main: FormId,
    pub(super) forms: &'a Forms,
    pub(super) scope: &'a Scope,
    /// The number of each size.
    pub(super) sizes: &'a [usize],
    pub(super) names: &'a Names,
    /// Its entries, column by column, and the text that is made of them.
    pub(super) entries: &'a [FormId],
    pub(super) scalars: &'a Scalars,
    pub(super) text: &'a str,
}

/// The entries by a path of their own.
enum Path<'a> {
    /// The text, read as a formula of scalars, and which scalars its variables are.
    Text { tape: Tape, slots: Vec<u32>, places: Vec<Option<usize>> },
    /// Functions without a meaning have values as forms only.
    Forms(Vec<Evaluator>, &'a Forms),
}

/// Compares every entry with the matrix form.
///
/// # Errors
/// Entries that differ, a mistake of calcgrad; forms without values to compare.
pub(super) fn verify(claim: &Claim<'_>) -> Result<()> {
    let count = claim.entries.len();
    let path = Path::of(claim)?;
    let Tally { agreed, differ, last } = compare(claim, &path, Instance::clone);
    // One difference beside agreement may be a jump that rounding crosses.
    let is_wrong = |k: usize| differ[k] > 1 || differ[k] > 0 && agreed[k] < WANTED;
    // With few digits there is no rounding that a sign or a step could make much of.
    if (0..count).any(is_wrong)
        && compare(claim, &path, Instance::coarse).differ.iter().any(|n| *n > 0)
    {
        let of = super::super::print::text(claim.main, claim.forms, claim.scope);
        let point = format!("random instance {last}");
        return Err(ErrorKind::EntriesCheck { of, point }.into());
    }
    if (0..count).any(|k| agreed[k] == 0 || is_wrong(k)) {
        let what = "entries without a value at random numbers of these sizes, which cannot be \
                    compared with the matrix form";
        return Err(Error::from(ErrorKind::Unsupported(what.to_owned()))
            .help("inverses and logarithms may exist for other sizes only"));
    }
    Ok(())
}

/// How often each entry agreed with the matrix form and differed from it.
struct Tally {
    agreed: Vec<u32>,
    differ: Vec<u32>,
    /// The last instance at which one differed.
    last: usize,
}

/// Compares on instances, each as `made` has it.
fn compare(
    claim: &Claim<'_>,
    path: &Path<'_>,
    made: impl Fn(&Instance) -> Instance,
) -> Tally {
    let count = claim.entries.len();
    let matrix = Evaluator::new(claim.main, claim.forms, claim.scope);
    let (mut agreed, mut differ) = (vec![0u32; count], vec![0u32; count]);
    let mut last = 0;
    for attempt in 0..ATTEMPTS {
        let sizes = claim.sizes.to_vec();
        let attempt = Attempt::of(attempt);
        let Some(instance) = Instance::with(&attempt, 2, sizes, claim.scope) else {
            break;
        };
        let instance = made(&instance);
        let nudged = instance.nudged();
        let truth =
            [&instance, &nudged].map(|at| columns(&matrix.value(claim.forms, at)));
        let found = [&instance, &nudged].map(|at| path.values(at, claim));
        for k in 0..count {
            let (Some(x), Some(y)) = (settled(&truth, k), settled(&found, k)) else {
                continue;
            };
            if (x - y).abs() <= TOLERANCE * (1.0 + x.abs()) {
                agreed[k] += 1;
            } else {
                differ[k] += 1;
                last = attempt.number;
            }
        }
        if agreed.iter().all(|n| *n >= WANTED) {
            break;
        }
    }
    Tally { agreed, differ, last }
}

/// A value that does not hang on the last digits of the variables.
fn settled(pair: &[Vec<f64>; 2], k: usize) -> Option<f64> {
    let [x, y] = [pair[0].get(k)?, pair[1].get(k)?];
    let is_settled = x.abs() < LARGEST && (x - y).abs() <= NOISE * (1.0 + x.abs());
    is_settled.then_some(*x)
}

/// The entries of a matrix, column by column.
fn columns(matrix: &Dense) -> Vec<f64> {
    matrix.transposed().data
}

impl<'a> Path<'a> {
    fn of(claim: &'a Claim<'_>) -> Result<Self> {
        let forms = &claim.scalars.forms;
        let scope = claim.names.scope();
        if !scope.functions.is_empty() {
            let of = |id: &FormId| Evaluator::new(*id, forms, scope);
            return Ok(Self::Forms(claim.entries.iter().map(of).collect(), forms));
        }
        let declared: Vec<&str> =
            scope.variables.iter().map(|v| v.name.as_str()).collect();
        let program = syntax::parse(claim.text, &declared)?;
        let mut tape = Tape::default();
        let lowered = syntax::lower(&program, &declared, &mut tape)?;
        let place = |name: &String| declared.iter().position(|known| known == name);
        let places = tape.variables.iter().map(place).collect();
        Ok(Self::Text { tape, slots: lowered.roots, places })
    }

    /// The value of each entry.
    fn values(&self, instance: &Instance, claim: &Claim<'_>) -> Vec<f64> {
        let known = claim.names.values(instance);
        match self {
            Self::Text { tape, slots, places } => {
                let of = |place: &Option<usize>| place.map_or(f64::NAN, |k| known[k]);
                let point: Vec<f64> = places.iter().map(of).collect();
                let all = values(tape, &point);
                slots.iter().map(|slot| all[*slot as usize]).collect()
            }
            Self::Forms(list, forms) => {
                let instance = instance.of_scalars(known);
                list.iter().map(|one| one.value(forms, &instance).data[0]).collect()
            }
        }
    }
}
