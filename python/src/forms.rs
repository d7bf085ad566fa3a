//! Other forms of a formula, and its values at points.

use crate::calculus::asked;
use crate::error::Failure;
use crate::expr::Expr;
use crate::given::{self, Given, expression, settings};
use crate::home;
use crate::worker;
use calcgrad::ErrorKind;
use calcgrad::function;
use calcgrad::kernel::ExprId;
use calcgrad::session::Form;
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyString};

fn shaped(
    formula: &Bound<'_, PyAny>,
    form: Form,
    assume: Option<&str>,
    input: Option<&str>,
) -> PyResult<Expr> {
    let (py, given) = (formula.py(), Given::from(formula)?);
    let settings = settings(assume, input)?;
    let (mut found, notes) = asked(py, &given, &settings, |engine, formula| {
        crate::calculus::one_component(&formula)?;
        let found = engine.forms(&formula, form)?;
        Ok((home::take_in(&engine.pool, &found)?, formula.notes))
    })?;
    given::warn_of_notes(py, &notes)?;
    Ok(Expr::from(found.remove(0)))
}

/// The shortest form that is found.
#[pyfunction]
#[pyo3(signature = (formula, *, assume = None, input = None))]
pub(crate) fn simplify(
    formula: &Bound<'_, PyAny>,
    assume: Option<&str>,
    input: Option<&str>,
) -> PyResult<Expr> {
    shaped(formula, Form::Auto, assume, input)
}

/// The formula multiplied out.
#[pyfunction]
#[pyo3(signature = (formula, *, assume = None, input = None))]
pub(crate) fn expand(
    formula: &Bound<'_, PyAny>,
    assume: Option<&str>,
    input: Option<&str>,
) -> PyResult<Expr> {
    shaped(formula, Form::Expanded, assume, input)
}

/// The formula as a product of factors.
#[pyfunction]
#[pyo3(signature = (formula, *, assume = None, input = None))]
pub(crate) fn factor(
    formula: &Bound<'_, PyAny>,
    assume: Option<&str>,
    input: Option<&str>,
) -> PyResult<Expr> {
    shaped(formula, Form::Factored, assume, input)
}

/// The exact value at a point: `evaluate(f, x=1, y="pi/2")`, or with a dictionary or a text.
/// Variables that are not named stay.
#[pyfunction]
#[pyo3(signature = (formula, point = None, **values))]
pub(crate) fn evaluate(
    formula: &Bound<'_, PyAny>,
    point: Option<&Bound<'_, PyAny>>,
    values: Option<&Bound<'_, PyDict>>,
) -> PyResult<Expr> {
    let (py, given) = (formula.py(), Given::from(formula)?);
    let mut at = point.map(given::point).transpose()?.unwrap_or_default();
    if let Some(values) = values {
        at.extend(given::point(values)?);
    }
    let (mut found, notes) =
        asked(py, &given, &settings(None, None)?, |engine, formula| {
            crate::calculus::one_component(&formula)?;
            let is_typed = matches!(given, Given::Typed(_));
            let unknown = at.iter().find(|(name, _)| !formula.has_name(name));
            // Of what was made, a variable may have cancelled.
            if let Some((name, _)) = unknown.filter(|_| is_typed) {
                let what = format!("`{name}` is no variable of the formula");
                return Err(ErrorKind::InvalidPoint(what).into());
            }
            let at: Vec<(String, String)> = at
                .into_iter()
                .map(|(name, value)| (formula.spelling(&name), value))
                .collect();
            engine.refuse_outside(&formula, &at)?;
            let found = engine.at_point(&formula.roots, &at)?;
            Ok((home::take_in(&engine.pool, &found)?, formula.notes))
        })?;
    given::warn_of_notes(py, &notes)?;
    Ok(Expr::from(found.remove(0)))
}

/// The expression with expressions in the place of variables, all at once.
#[pyfunction]
pub(crate) fn substitute(
    formula: &Bound<'_, PyAny>,
    replacements: &Bound<'_, PyDict>,
) -> PyResult<Expr> {
    let py = formula.py();
    let of = |object: &Bound<'_, PyAny>| -> PyResult<Py<Expr>> {
        if let Ok(text) = object.cast::<PyString>() {
            return crate::reading::parse(py, text.to_str()?, None, None, None, false);
        }
        expression(object)?.ok_or_else(|| {
            PyTypeError::new_err("a formula stands in the place of a variable")
        })
    };
    let mut all = vec![of(formula)?];
    for (name, value) in replacements {
        let variable = of(&name)?;
        variable.get().symbol_name()?;
        all.extend([variable, of(&value)?]);
    }
    let handles: Vec<&home::Handle> = all.iter().map(|one| &one.get().handle).collect();
    let made = py.detach(|| {
        worker::guarded(|| {
            home::make(&handles, |pool, ids| {
                let pairs: Vec<(ExprId, ExprId)> =
                    ids[1..].chunks_exact(2).map(|pair| (pair[0], pair[1])).collect();
                let found = pool.substitute(&ids[..1], &pairs, function::apply);
                found.first().copied().ok_or_else(|| ErrorKind::EmptyExpression.into())
            })
        })
    });
    Ok(Expr::from(made.map_err(Failure::from)?))
}
