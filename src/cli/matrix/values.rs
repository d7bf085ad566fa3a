//! Values of matrix expressions at arrays: `eval`, and derivatives with `--at`.

use super::super::arrays::{self, Files};
use super::super::eval::{LONG_VALUE, is_long};
use super::super::report::{Report, Value, Written};
use calcgrad::kernel::ExprId;
use calcgrad::matrix::{Answer, Array, Placed, Problem};
use calcgrad::print::{self, Notation};
use calcgrad::session::Engine;
use calcgrad::{Note, Result};
use serde_json::Value as Json;

/// The greatest denominator of fractions that are shown.
const READABLE: i64 = 1_000_000;

/// The digits of decimals that stand alone.
const SHOWN: usize = 15;

/// An engine with arrays for the names of a problem.
pub(super) struct At<'a> {
    engine: &'a mut Engine,
    placed: Placed,
    digits: Option<usize>,
}

/// A value as it is shown.
pub(super) struct Shown {
    /// The exact value, where it is short.
    exact: Option<Value>,
    /// Decimals, where the exact value is no whole number.
    decimal: Option<Value>,
    notes: Vec<Note>,
}

impl<'a> At<'a> {
    /// Reads arrays as they are typed, and puts them in.
    ///
    /// # Errors
    /// What cannot be read, and arrays that are not what is declared.
    pub(super) fn read(
        engine: &'a mut Engine,
        problem: &Problem,
        (text, files): (&str, Files),
        digits: Option<usize>,
    ) -> Result<Self> {
        let arrays = arrays::read(engine, text, files)?;
        let placed = problem.placed(&arrays, &engine.pool)?;
        Ok(Self { engine, placed, digits })
    }

    /// The value of an answer.
    ///
    /// # Errors
    /// What has none.
    pub(super) fn value(&mut self, problem: &Problem, answer: &Answer) -> Result<Shown> {
        let found = self.engine.array_value(problem, answer, &self.placed);
        self.shown(found, problem, answer)
    }

    /// An exact value, or decimals where there is none, or one that is too dear.
    fn shown(
        &mut self,
        found: Result<Array>,
        problem: &Problem,
        answer: &Answer,
    ) -> Result<Shown> {
        let error = match found {
            Ok(array) => return shown(self.engine, &array, self.digits),
            Err(error) => error,
        };
        if !error.kind.is_limit() && !problem.has_spectrum(answer) {
            return Err(error);
        }
        self.engine.pool.renew();
        self.engine.pool.take_failure();
        let count = self.digits.unwrap_or(SHOWN);
        let (engine, placed) = (&mut self.engine, &self.placed);
        let found = match engine.array_decimals(problem, answer, placed, count) {
            Ok(found) => found,
            Err(other) if other.kind.is_unsupported() && error.kind.is_limit() => {
                return Err(error);
            }
            Err(other) => return Err(other),
        };
        let entries = found.entries.iter().map(|text| Written::decimal(text)).collect();
        let decimal = Some(laid(entries, &found.sizes));
        Ok(Shown { exact: None, decimal, notes: Vec::new() })
    }

    /// What is worth knowing about the arrays.
    pub(super) fn notes(&self) -> &[Note] {
        &self.placed.notes
    }

    /// The value of a derivative of the formula.
    ///
    /// # Errors
    /// What has none.
    pub(super) fn derivative(
        &mut self,
        problem: &Problem,
        answer: &Answer,
    ) -> Result<Shown> {
        let found = self.engine.derivative_at_arrays(problem, answer, &self.placed);
        self.shown(found, problem, answer)
    }

    /// Refuses arrays at which there may be no derivative.
    ///
    /// # Errors
    /// The function that has none.
    pub(super) fn must_be_smooth(
        &mut self,
        problem: &mut Problem,
        of: (&[String], u32),
    ) -> Result<()> {
        self.engine.must_be_smooth_at_arrays(problem, of, &self.placed)
    }
}

fn shown(engine: &Engine, array: &Array, digits: Option<usize>) -> Result<Shown> {
    let ids = &array.entries;
    let is_whole =
        |id: &ExprId| engine.pool.as_number(*id).is_some_and(|n| n.is_integer());
    // Of fractions that nobody reads, decimals say more.
    let is_fraction = |id: &ExprId| {
        let number = engine.pool.as_number(*id).filter(|n| !n.is_integer());
        number.is_some_and(|n| n.denominator().to_i64().is_none_or(|n| n > READABLE))
    };
    let is_long = is_long(engine, ids, LONG_VALUE) || ids.iter().any(is_fraction);
    let is_exact = digits.is_none() && !is_long;
    let mut notes = Vec::new();
    let decimals: Option<Vec<String>> = match digits {
        Some(count) => {
            let all: Result<Vec<String>> =
                ids.iter().map(|id| engine.decimal(*id, count)).collect();
            Some(all?)
        }
        None => ids.iter().map(|id| engine.short_decimal(*id)).collect(),
    };
    if decimals.is_none() {
        let why = ids.iter().find_map(|id| engine.why_no_decimals(*id));
        notes.extend(
            why.map(|why| Note { message: format!("no decimals: {why}"), span: None }),
        );
    }
    let exact = match is_exact || decimals.is_none() {
        true => Some(laid(Written::all(&engine.pool, ids)?, &array.sizes)),
        false => None,
    };
    let decimal = decimals
        .filter(|_| exact.is_none() || !ids.iter().all(is_whole))
        .map(|all| all.iter().map(|text| Written::decimal(text)).collect())
        .map(|all| laid(all, &array.sizes));
    Ok(Shown { exact, decimal, notes })
}

/// Entries as what has these sizes.
fn laid(entries: Vec<Written>, sizes: &[usize]) -> Value {
    match (sizes, &entries[..]) {
        ([], [one]) => Value::One(one.clone()),
        ([_, cols], _) => {
            let rows = entries.chunks((*cols).max(1)).map(<[Written]>::to_vec).collect();
            Value::Matrix { factor: None, rows }
        }
        _ => Value::Row(entries),
    }
}

/// A list as a column, which it is where matrices stand.
fn column(value: Value) -> Value {
    match value {
        Value::Row(list) => {
            let text = Value::Row(list.clone()).flat(Notation::Text);
            let cells: Vec<String> = list.into_iter().map(|one| one.latex).collect();
            Value::One(Written { text, latex: print::column(&cells, Notation::Latex) })
        }
        other => other,
    }
}

impl Shown {
    /// Puts the value into a report, under a label.
    pub(super) fn push(self, report: &mut Report, label: &Written) {
        report.notes.extend(self.notes);
        let is_alone = self.exact.is_none();
        if let Some(exact) = self.exact {
            report.push(label.clone(), column(exact));
        }
        if let Some(decimal) = self.decimal {
            report.about(label.clone(), column(decimal), is_alone);
        }
    }

    /// The value as an object, with its decimals.
    pub(super) fn json(&self) -> Json {
        let mut object = match (&self.exact, &self.decimal) {
            (Some(one), _) | (None, Some(one)) => {
                let mut object = one.json();
                object["latex"] = column(one.clone()).json()["latex"].take();
                object
            }
            (None, None) => Json::Null,
        };
        if let (Some(_), Some(decimal)) = (&self.exact, &self.decimal) {
            object["decimal"] = entries(decimal);
        }
        object
    }
}

/// The entries of a value, in lists as they are laid.
fn entries(value: &Value) -> Json {
    match value {
        Value::One(one) => vec![one.text.as_str()].into(),
        other => other.json()["entries"].take(),
    }
}
