//! `equal` of matrix expressions.

use super::super::exit::Exit;
use super::super::job::Job;
use super::super::report::{Report, Value, Written};
use super::{formula_of, judged};
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
        Equality::Equal(_)
        | Equality::EqualOnDomain { .. }
        | Equality::ProbablyEqual { .. } => Exit::Done,
        Equality::Different(_) | Equality::WrongShape { .. } => Exit::Different,
        Equality::Undecided | Equality::Nowhere { .. } => Exit::Unsupported,
    });
    report.field("verdict", found.id().into());
    match &found {
        Equality::EqualOnDomain { condition, proof } => {
            report.field("condition", condition.as_str().into());
            report.field("known", proof.words().into());
        }
        Equality::ProbablyEqual { count, condition: Some(condition) } => {
            report.field("condition", condition.as_str().into());
            report.field("known", agreed(*count).into());
        }
        _ => report.field("known", known.as_str().into()),
    }
    if let Equality::Different(witness) = &found {
        report.field("witness", json(witness));
    }
    if job.bare {
        report.push("".into(), Value::One(Written::words(found.id())));
        return Ok(report);
    }
    report.line("".into(), Value::One(judged(found.id(), &known)));
    Ok(report)
}

/// How far values speak for equality.
fn agreed(count: usize) -> String {
    format!("the values agree at {count} random instances; no proof was found")
}

/// A verdict in words.
fn sentence(found: &Equality) -> String {
    match found {
        Equality::Equal(proof) => proof.words().to_owned(),
        Equality::ProbablyEqual { count, condition: None } => agreed(*count),
        Equality::ProbablyEqual { count, condition: Some(condition) } => {
            format!("for {condition} ({})", agreed(*count))
        }
        Equality::EqualOnDomain { condition, proof } => {
            format!("for {condition} ({})", proof.words())
        }
        Equality::Different(witness) => {
            differing(witness, ["the first is", "of the first is", "the second is"])
        }
        Equality::WrongShape { first, second } => {
            format!("the first is {first} and the second is {second}")
        }
        Equality::Undecided => "neither proved nor refuted".to_owned(),
        Equality::Nowhere { is_second, tried } => {
            let which = if *is_second { "second" } else { "first" };
            format!("the {which} has no value at any of {tried} random instances")
        }
    }
}

/// Arrays at which two things differ, with words for a value of the first, for an entry of it,
/// and for the second.
pub(super) fn differing(witness: &Counterexample, words: [&str; 3]) -> String {
    let Counterexample { arrays, entry, left, right, difference } = witness;
    let arrays: Vec<String> =
        arrays.iter().map(|(name, value)| format!("{name} = {value}")).collect();
    let place = match arrays.is_empty() {
        true => "a random instance".to_owned(),
        false => arrays.join(", "),
    };
    if let Some(gap) = difference {
        return match entry.as_str() {
            "" => format!("at {place} they differ by {gap}"),
            entry => format!("at {place} they differ in entry {entry} by {gap}"),
        };
    }
    let [first, of_first, second] = words;
    match entry.as_str() {
        "" => format!("at {place} {first} {left} and {second} {right}"),
        entry => {
            format!("at {place} entry {entry} {of_first} {left} and {second} {right}")
        }
    }
}

fn json(witness: &Counterexample) -> Json {
    let arrays = witness.arrays.iter();
    let at: Map<String, Json> =
        arrays.map(|(name, value)| (name.clone(), value.as_str().into())).collect();
    let mut object = match &witness.difference {
        Some(gap) => object!({ "at": at, "difference": gap.as_str() }),
        None => object!({ "at": at, "left": witness.left, "right": witness.right }),
    };
    if !witness.entry.is_empty() {
        object["entry"] = witness.entry.as_str().into();
    }
    object
}
