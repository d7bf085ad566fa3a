//! Texts and names that become expressions.

use crate::error::{Failure, Result};
use crate::expr::Expr;
use crate::given;
use crate::home::{self, Handle};
use crate::worker;
use calcgrad::session::{Input, Settings};
use calcgrad::{ErrorKind, Note};
use pyo3::prelude::*;
use pyo3::types::PyTuple;

/// The expression of a text.
///
/// The notation is found out unless it is named: text, latex, python, sympy, mathematica or
/// maxima. `variables` are names that are variables even where they are names of functions.
#[pyfunction]
#[pyo3(signature = (text, *, input = None, variables = None, assume = None, strict = false))]
pub(crate) fn parse(
    py: Python<'_>,
    text: &str,
    input: Option<&str>,
    variables: Option<&Bound<'_, PyTuple>>,
    assume: Option<&str>,
    strict: bool,
) -> PyResult<Py<Expr>> {
    let mut settings = given::settings(assume, input)?;
    settings.strict = strict;
    settings.declared = variables.map(given::names).transpose()?.unwrap_or_default();
    let (handle, notes) = py.detach(|| read(text, &settings))?;
    given::warn_of_notes(py, &notes)?;
    Py::new(py, Expr::from(handle))
}

fn read(text: &str, settings: &Settings) -> Result<(Handle, Vec<Note>)> {
    worker::with_engine(|engine| {
        let formula = engine.read(text, settings)?;
        let [root] = formula.roots[..] else {
            return Err(ErrorKind::WrongDimension(
                "a vector is not one expression; give its components one by one".into(),
            )
            .into());
        };
        let made = home::take_in(&engine.pool, &[root])?;
        Ok((made, formula.notes))
    })
    .map_err(Failure::within(text))
    .map(|(mut made, notes)| (made.remove(0), notes))
}

/// The expression of a text that an expression was pickled as.
#[pyfunction]
pub(crate) fn _restored(text: &str, names: Vec<String>) -> PyResult<Expr> {
    Ok(Expr::from(read(text, &as_written(&names))?.0))
}

/// How a text is read that calcgrad wrote.
pub(crate) fn as_written(names: &[String]) -> Settings {
    let (declared, input) = (names.to_vec(), Some(Input::Text));
    Settings { declared, input, ..Settings::default() }
}

/// A variable. Its name is one as in a formula, so `x_1` is `x1` and `α` is `alpha`.
#[pyfunction]
pub(crate) fn symbol(name: &str) -> PyResult<Expr> {
    let names = given::spelled(name)?;
    match &names[..] {
        [one] => named(one),
        _ => Err(Failure::from(ErrorKind::InvalidName(name.to_owned())).into()),
    }
}

/// Variables: `x, y = symbols("x y")`.
#[pyfunction]
pub(crate) fn symbols<'py>(
    py: Python<'py>,
    names: &str,
) -> PyResult<Bound<'py, PyTuple>> {
    let all: Vec<Expr> =
        given::spelled(names)?.iter().map(|name| named(name)).collect::<PyResult<_>>()?;
    PyTuple::new(py, all)
}

fn named(name: &str) -> PyResult<Expr> {
    let made = home::make(&[], |pool, _| Ok(pool.symbol(name)));
    Ok(Expr::from(made.map_err(Failure::from)?))
}
