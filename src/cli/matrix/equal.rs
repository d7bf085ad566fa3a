//! `equal` of matrix expressions.

use super::super::exit::Exit;
use super::super::job::Job;
use super::super::report::{Report, Value, Written};
use super::formula_of;
use calcgrad::matrix::{Counterexample, Equality, Problem};
use calcgrad::{Error, ErrorKind, Result};
use serde_json::{Map, Value as Json, json as object};

/// What there is to say of two expressions.
///
/// # Errors
/// A second one that is missing or cannot be read.
pub(super) fn report(job: &Job, mut problem: Problem) -> Result<Report> {
    let other = job.other.as_deref().ok_or_else(|| {
        Error::from(ErrorKind::InvalidRequest("the second formula is missing".into()))
    })?;
    let found = problem.equal(formula_of(other))?;
    let known = sentence(&found);
    let mut report = Report::new(problem.notes.clone());
    report.exit = Some(match found {
        Equality::Equal | Equality::EqualInForm | Equality::ProbablyEqual(_) => {
            Exit::Done
        }
        Equality::Different(_) | Equality::WrongShape { .. } => Exit::Different,
        Equality::Undecided => Exit::Unsupported,
    });
    report.field("verdict", found.id().into());
    report.field("known", known.as_str().into());
    if let Equality::Different(witness) = &found {
        report.field("witness", json(witness));
    }
    if job.bare {
        report.push("".into(), Value::One(Written::words(found.id())));
        return Ok(report);
    }
    let words = Written::words(&format!("{}: {known}", found.id()));
    report.line("".into(), Value::One(words));
    Ok(report)
}

/// A verdict in words.
fn sentence(found: &Equality) -> String {
    match found {
        Equality::Equal => "proved by expanding both".to_owned(),
        Equality::EqualInForm => "proved: the same shortest form".to_owned(),
        Equality::ProbablyEqual(count) => {
            format!("the values agree at {count} random instances; no proof was found")
        }
        Equality::Different(witness) => {
            let arrays: Vec<String> = witness
                .arrays
                .iter()
                .map(|(name, value)| format!("{name} = {value}"))
                .collect();
            let place = match arrays.is_empty() {
                true => "at a random instance".to_owned(),
                false => format!("at {}", arrays.join(", ")),
            };
            let entry = match witness.entry.as_str() {
                "" => String::new(),
                entry => format!("entry {entry} of "),
            };
            let Counterexample { left, right, .. } = witness;
            format!("{place} {entry}the first is {left} and the second is {right}")
        }
        Equality::WrongShape { first, second } => {
            format!("the first is {first} and the second is {second}")
        }
        Equality::Undecided => "neither proved nor refuted".to_owned(),
    }
}

fn json(witness: &Counterexample) -> Json {
    let arrays = witness.arrays.iter();
    let at: Map<String, Json> =
        arrays.map(|(name, value)| (name.clone(), value.as_str().into())).collect();
    let mut object = object!({
        "at": at, "left": witness.left, "right": witness.right,
    });
    if !witness.entry.is_empty() {
        object["entry"] = witness.entry.as_str().into();
    }
    object
}
