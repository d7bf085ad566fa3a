//! Values of formulas of scalars: exact ones, and decimals.

use super::answer::{Answer, Row};
use super::job::{Job, Wanted};
use super::parts::Writer;
use calcgrad::check::Domain;
use calcgrad::kernel::ExprId;
use calcgrad::print::{self, Notation};
use calcgrad::session::{Engine, Formula, NamedParts, Partial, Point};
use calcgrad::{ErrorKind, Note, Result};

/// Exact values above this cost are given as decimals only.
pub(crate) const LONG_VALUE: u32 = 24;
/// The digits of a complex value of which no other number is asked for.
const DIGITS: usize = 15;
/// The same for values with numbers of more binary digits in them.
const LONG_NUMBER: u64 = 400;

/// The values of a formula at a point.
pub(crate) fn values(
    engine: &mut Engine,
    job: &Job,
    formula: &Formula,
    point: &Point,
    wanted: Wanted,
) -> Result<Answer> {
    let values = engine.at_point(&formula.roots, point)?;
    let free = engine.variables(&values);
    let function = Writer::new(engine, &formula.roots, &NamedParts::new(), false, wanted)
        .all(&formula.roots, formula.is_vector, Notation::Text)?;
    let mut answer = Answer {
        name: formula.name.clone(),
        function,
        variables: free.clone(),
        checked: true,
        at: point.clone(),
        notes: formula.notes.clone(),
        nodes: engine.pool.reachable(&values).len(),
        ..Answer::default()
    };
    let constant = free.is_empty();
    let decimal = |id: ExprId| match (job.digits, job.domain) {
        (digits, Domain::Complex) => engine.complex_decimal(id, digits.unwrap_or(DIGITS)),
        (Some(count), _) => engine.decimal(id, count),
        (None, _) => Ok(engine.short_decimal(id).unwrap_or_default()),
    };
    let has_value = |id: &ExprId| match job.domain {
        Domain::Complex => engine.complex_decimal(*id, DIGITS).is_ok(),
        Domain::Real => engine.short_decimal(*id).is_some(),
    };
    let numeric = constant && values.iter().all(has_value);
    if numeric || (constant && job.digits.is_some()) {
        let texts: Result<Vec<String>> = values.iter().map(|id| decimal(*id)).collect();
        answer.decimals = texts?;
    } else if constant {
        let why = values.iter().find_map(|id| engine.why_no_decimals(*id));
        answer.notes.extend(
            why.map(|why| Note { message: format!("no decimals: {why}"), span: None }),
        );
    } else if job.digits.is_some() {
        let what = format!("`{}` has no value", free.join("`, `"));
        return Err(calcgrad::Error::from(ErrorKind::InvalidPoint(what))
            .help("give the variables values with --at"));
    }
    let is_whole = |id: &ExprId| {
        let number = engine.pool.as_number(*id);
        number.is_some_and(|n| n.is_integer() || engine.pool.decimal(n).is_some())
    };
    let long = is_long(engine, &values, LONG_VALUE);
    let only_decimal = job.digits.is_some() || (numeric && long);
    answer.is_exact = !only_decimal;
    if only_decimal {
        let list = &answer.decimals;
        let row = |of: Option<&String>, text: String| Row {
            of: of.cloned(),
            wrt: Vec::new(),
            latex: text.clone(),
            text,
            missing: None,
        };
        answer.rows = match &formula.answers[..] {
            [] if formula.is_vector => {
                vec![row(None, print::vector(list, Notation::Text))]
            }
            [] => vec![row(None, list[0].clone())],
            names => names
                .iter()
                .zip(list)
                .map(|(n, text)| row(Some(n), text.clone()))
                .collect(),
        };
    } else {
        let is_shared = job.is_shared();
        let writer = Writer::new(engine, &values, &NamedParts::new(), is_shared, wanted);
        let partial = Partial { wrt: Vec::new(), values: values.clone() };
        answer.rows = writer.rows(&[partial], formula)?;
        answer.shared = writer.definitions()?;
        if values.iter().all(is_whole) {
            answer.decimals.clear();
        }
    }
    Ok(answer)
}

/// Whether one of some exact values is long to read.
pub(crate) fn is_long(engine: &Engine, values: &[ExprId], most: u32) -> bool {
    let pool = &engine.pool;
    let is_whole = |id: &ExprId| pool.as_number(*id).is_some_and(|n| n.is_integer());
    let is_long_number =
        |id: &ExprId| pool.as_number(*id).is_some_and(|n| n.bits() > LONG_NUMBER);
    values.iter().any(|id| {
        pool.cost(*id) > most && !is_whole(id)
            || !is_long_number(id)
                && pool.reachable(&[*id]).iter().any(|id| {
                    is_long_number(id) || pool.coefficient(*id).0.bits() > LONG_NUMBER
                })
    })
}
