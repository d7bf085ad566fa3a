//! Critical points, and derivatives beside quotients of differences.

use crate::calculus::{At, asked, one_component};
use crate::given::{self, Given, names, settings};
use crate::home;
use crate::results::made;
use calcgrad::kernel::ExprId;
use calcgrad::print::{self, Notation};
use calcgrad::session::Quotient;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyTuple};

/// The critical points: where the gradient is 0 or does not exist, with the kind of each.
#[pyfunction]
#[pyo3(signature = (formula, *wrt, assume = None, input = None))]
pub(crate) fn critical<'py>(
    formula: &Bound<'py, PyAny>,
    wrt: &Bound<'py, PyTuple>,
    assume: Option<&str>,
    input: Option<&str>,
) -> PyResult<Bound<'py, PyAny>> {
    let (py, given, typed) = (formula.py(), Given::from(formula)?, names(wrt)?);
    let mut settings = settings(assume, input)?;
    settings.declared.clone_from(&typed);
    let (found, values, equations, notes) =
        asked(py, &given, &settings, |engine, formula| {
            one_component(&formula)?;
            let names = given::or_all(engine, &formula, &typed);
            let names: Vec<String> =
                names.iter().map(|name| formula.spelling(name)).collect();
            let found = engine.critical(&formula, &names)?;
            let mut values: Vec<ExprId> = Vec::new();
            for point in &found.points {
                values.push(point.value);
                values.extend(point.coordinates.iter().map(|one| one.value));
            }
            let mut equations = Vec::new();
            for set in found.sets.iter().chain(&found.rough) {
                let write = |id: &ExprId| print::write(&engine.pool, *id, Notation::Text);
                let texts: calcgrad::Result<Vec<String>> =
                    set.equations.iter().map(write).collect();
                equations.push(texts?);
            }
            Ok((found, home::take_in(&engine.pool, &values)?, equations, formula.notes))
        })?;
    given::warn_of_notes(py, &notes)?;
    given::warn_unless_checked(py, found.checked)?;
    let mut values = given::exprs(values).into_iter();
    let mut points = Vec::new();
    for point in &found.points {
        let value = values.next();
        let coordinates = PyDict::new(py);
        for (name, coordinate) in found.variables.iter().zip(values.by_ref()) {
            coordinates.set_item(name, Py::new(py, coordinate)?)?;
        }
        let (kind, is_global) = (point.kind.id(), point.global);
        let (is_exact, is_boundary) = (!point.approximate, point.boundary);
        points.push(made!(
            py,
            CriticalPoint { coordinates, value, kind, is_global, is_exact, is_boundary }
        )?);
    }
    let (sets, is_complete) = (equations, found.complete && found.omitted == 0);
    made!(py, Critical { points, sets, is_complete })
}

/// The derivative at a point with quotients of differences for the steps 0.1, 0.01, ….
#[pyfunction]
#[pyo3(signature = (formula, *wrt, at, one_sided = false, rows = 6, assume = None, input = None))]
pub(crate) fn quotients<'py>(
    formula: &Bound<'py, PyAny>,
    wrt: &Bound<'py, PyTuple>,
    at: &Bound<'py, PyAny>,
    one_sided: bool,
    rows: u32,
    assume: Option<&str>,
    input: Option<&str>,
) -> PyResult<Bound<'py, PyAny>> {
    let (py, given, typed) = (formula.py(), Given::from(formula)?, names(wrt)?);
    let at = At::from(at)?;
    let mut settings = settings(assume, input)?;
    settings.declared.clone_from(&typed);
    let (table, derivative, notes) = asked(py, &given, &settings, |engine, formula| {
        one_component(&formula)?;
        let variable = given::the_only(given::or_all(engine, &formula, &typed))?;
        let variable = formula.spelling(&variable);
        let point = match at {
            At::Point(point) => point,
            At::Value(value) => vec![(variable.clone(), value)],
        };
        let table = engine.quotients(&formula, &variable, &point, one_sided, rows)?;
        let derivative = home::take_in(&engine.pool, &[table.derivative])?;
        Ok((table, derivative, formula.notes))
    })?;
    given::warn_of_notes(py, &notes)?;
    let mut rows = Vec::new();
    for row in table.rows {
        let part = |part: fn(&Quotient) -> Option<String>| -> Vec<Option<String>> {
            row.quotients.iter().map(part).collect()
        };
        let values = part(|quotient| quotient.value.clone());
        let errors = part(|quotient| quotient.error.clone());
        let step = row.step;
        rows.push(made!(py, Quotient { step, values, errors })?);
    }
    let (variable, is_checked) = (table.variable, table.checked);
    let derivative = given::exprs(derivative).into_iter().next();
    made!(py, Verification { variable, derivative, rows, is_checked })
}
