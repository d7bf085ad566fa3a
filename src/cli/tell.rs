//! What is told of the derivatives of `diff` and `gradient`, one derivation for each.

use super::answer::{Answer, Row};
use super::derivation;
use super::job::Job;
use calcgrad::Result;
use calcgrad::kernel::ExprId;
use calcgrad::print::{self, Notation};
use calcgrad::session::{Engine, Formula, Missing, Partial, Told};
use calcgrad::steps::{Derivation, Line, Math, Reason};

/// The derivations of derivatives, each followed by its value at the point of the answer, and
/// the gradient behind them.
///
/// # Errors
/// As [`Engine::derivation`].
pub(crate) fn tell(
    engine: &mut Engine,
    job: &Job,
    formula: &Formula,
    (sought, breaks): (&[Partial], &[ExprId]),
    answer: &Answer,
) -> Result<Vec<Derivation>> {
    engine.must_afford(formula, sought.len())?;
    let mut found = Vec::new();
    let components = formula.roots.len();
    for component in 0..components {
        for (place, row) in sought.iter().enumerate() {
            let value = &row.values[component];
            let told = Told {
                formula,
                component,
                wrt: &row.wrt,
                answer: *value,
                is_partial: answer.is_partial,
                detail: job.steps.detail(),
                shown: 0,
            };
            let mut derivation = match row.wrt.is_empty() {
                true => {
                    engine.form_derivation(formula, component, (*value, told.detail))?
                }
                false => engine.derivation(told)?,
            };
            if let Some(last) = derivation.lines.last_mut() {
                for condition in breaks {
                    last.reasons.push(except(engine, *condition)?);
                }
            }
            let rows = &answer.rows;
            // Definitions that are answers have rows of their own; those of one stand together.
            let of = match formula.answers.is_empty() {
                true => (components == 1).then(|| rows.get(place)).flatten(),
                false => rows.get(component * sought.len() + place),
            };
            if let Some(of) = of.filter(|_| !answer.at.is_empty()) {
                derivation.lines.push(at_point(&told, of, answer));
            }
            found.push(derivation);
        }
    }
    if components > 1 && formula.answers.is_empty() && answer.at.is_empty() {
        found.push(whole(answer));
    }
    if answer.is_gradient && formula.answers.is_empty() {
        found.push(gradient(job, answer));
    }
    Ok(job.steps.shown(found))
}

/// That there is no derivative where a condition holds.
fn except(engine: &Engine, condition: ExprId) -> Result<Reason> {
    let write = |notation| print::write(&engine.pool, condition, notation);
    let place = print::try_both(write)?;
    Ok(Reason::new("except").with("where", place))
}

/// The value at a point.
fn at_point(told: &Told<'_>, row: &Row, answer: &Answer) -> Line {
    let mut reasons = vec![derivation::at_point(&answer.at)];
    if let Some(missing) = &row.missing {
        reasons.push(absent(missing));
    }
    let [text, latex] = [Notation::Text, Notation::Latex].map(|notation| {
        let label = told.label(told.wrt.len(), notation);
        match (&answer.at[..], told.is_partial) {
            ([(name, value)], false) => {
                label.replace(&format!("({name})"), &format!("({value})"))
            }
            _ => label,
        }
    });
    let value = Math { text: row.text.clone(), latex: row.latex.clone() };
    let values = if row.missing.is_some() { Vec::new() } else { vec![value] };
    Line { label: Math { text, latex }, values, reasons, ..Line::default() }
}

/// That there is no derivative.
fn absent(missing: &Missing) -> Reason {
    match missing.sides() {
        [Some(left), Some(right)] => Reason::new("missing_sides")
            .with("left", Math::alike(left))
            .with("right", Math::alike(right)),
        _ => Reason::new("missing"),
    }
}

/// The derivatives of all components, one vector for each variable.
fn whole(answer: &Answer) -> Derivation {
    let rows = answer.rows.iter();
    let line = |row: &Row| {
        let wrt: Vec<&str> = row.wrt.iter().map(String::as_str).collect();
        let label = |notation| {
            print::partial_label(&answer.name, &wrt, answer.is_partial, notation)
        };
        let value = Math { text: row.text.clone(), latex: row.latex.clone() };
        Line { label: print::both(label), values: vec![value], ..Line::default() }
    };
    Derivation { lines: rows.filter(|row| row.missing.is_none()).map(line).collect() }
}

/// The derivatives put together.
fn gradient(job: &Job, answer: &Answer) -> Derivation {
    let write = |notation| {
        let cells: Vec<String> = answer
            .rows
            .iter()
            .map(|row| match notation {
                Notation::Text => row.text.clone(),
                Notation::Latex => row.latex.clone(),
            })
            .collect();
        match job.is_column {
            true => print::column(&cells, notation),
            false => print::vector(&cells, notation),
        }
    };
    let label = |notation| print::gradient_label(&answer.name, notation);
    let label = print::both(label);
    if answer.rows.iter().any(|row| row.missing.is_some()) {
        let reasons = vec![Reason::new("missing")];
        return Derivation { lines: vec![Line { label, reasons, ..Line::default() }] };
    }
    let is =
        |label: Math, value: Math| Line { label, values: vec![value], ..Line::default() };
    let mut lines = vec![is(label, print::both(write))];
    lines.extend(answer.shared.iter().map(|(name, part)| {
        let label = |notation| print::name(name, notation);
        is(print::both(label), print::both(|notation| part.get(notation).to_owned()))
    }));
    Derivation { lines }
}
