//! Derivatives: single ones, gradients, Jacobians, Hessians, Taylor polynomials.

use crate::error::{Failure, Result};
use crate::expr::Expr;
use crate::given::{self, Given, names, settings};
use crate::home::{self, Handle};
use crate::results::made;
use crate::worker;
use calcgrad::calculus::Layout;
use calcgrad::kernel::{ExprId, Matrix, Pool};
use calcgrad::print::Notation;
use calcgrad::session::{Engine, Form, Formula, Settings};
use calcgrad::{Error, ErrorKind, Note};
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyInt, PyTuple};

/// Expressions that were found, with what was said on the way.
struct Found {
    values: Vec<Handle>,
    checked: bool,
    notes: Vec<Note>,
}

impl Found {
    fn new(
        engine: &Engine,
        values: &[ExprId],
        checked: bool,
        formula: Formula,
    ) -> Result<Self> {
        let values = home::take_in(&engine.pool, values)?;
        Ok(Self { values, checked, notes: formula.notes })
    }

    /// Says what was said, and gives the values.
    fn tell(self, py: Python<'_>) -> PyResult<Vec<Expr>> {
        given::warn_of_notes(py, &self.notes)?;
        given::warn_unless_checked(py, self.checked)?;
        Ok(given::exprs(self.values))
    }
}

/// Works on a formula with an engine, while others have Python.
pub(crate) fn asked<T: Send>(
    py: Python<'_>,
    formula: &Given,
    settings: &Settings,
    work: impl Send + FnOnce(&mut Engine, Formula) -> Result<T>,
) -> Result<T> {
    py.detach(|| {
        worker::with_engine(|engine| {
            let read = formula.read(engine, settings)?;
            work(engine, read)
        })
    })
}

/// The derivative in variables, one after the other: `diff(f, x, y)`, `diff(f, x, 2)`.
///
/// A formula with one variable needs no name. Derivatives are exact, simplified, and compared
/// with an independent path.
#[pyfunction]
#[pyo3(signature = (formula, *wrt, assume = None, input = None))]
pub(crate) fn diff(
    formula: &Bound<'_, PyAny>,
    wrt: &Bound<'_, PyTuple>,
    assume: Option<&str>,
    input: Option<&str>,
) -> PyResult<Expr> {
    let (py, given) = (formula.py(), Given::from(formula)?);
    let sequence = sequence(wrt)?;
    let mut settings = settings(assume, input)?;
    if let Sequence::Named(names) = &sequence {
        settings.declared.clone_from(names);
    }
    let found = asked(py, &given, &settings, |engine, formula| {
        let names = match sequence {
            Sequence::Named(names) => names,
            Sequence::Order(order) => {
                vec![given::the_only(engine.variables(&formula.roots))?; order]
            }
        };
        one_component(&formula)?;
        let derivatives = match names.split_first() {
            None => return Found::new(engine, &formula.roots.clone(), true, formula),
            Some((first, rest)) if rest.iter().all(|name| name == first) => engine
                .partials(
                    &formula,
                    std::slice::from_ref(first),
                    u32::try_from(names.len()).unwrap_or(u32::MAX),
                    Form::Auto,
                )?,
            Some(_) => engine.mixed(&formula, &names, Form::Auto)?,
        };
        let values = derivatives.partials[0].values.clone();
        Found::new(engine, &values, derivatives.checked, formula)
    })?;
    Ok(found.tell(py)?.remove(0))
}

/// In which variables something is differentiated.
enum Sequence {
    /// In these, one after the other.
    Named(Vec<String>),
    /// In the only one, so many times.
    Order(usize),
}

/// Names, of which each may have its order behind it.
fn sequence(wrt: &Bound<'_, PyTuple>) -> PyResult<Sequence> {
    /// More than any order that is taken.
    const MOST: usize = 1_000_000;
    let (mut names, mut order): (Vec<String>, _) = (Vec::new(), 1);
    let mut is_named = false;
    for one in wrt {
        if !one.is_instance_of::<PyInt>() {
            names.extend(given::names(&PyTuple::new(wrt.py(), [one])?)?);
            is_named = true;
            continue;
        }
        let times: usize = one.extract()?;
        if times > MOST {
            let what = "the order of a derivative";
            return Err(
                Failure::from(ErrorKind::OverLimit { what, limit: MOST as u64 }).into()
            );
        }
        match names.pop() {
            Some(last) => names.extend(std::iter::repeat_n(last, times)),
            None => order = times,
        }
    }
    Ok(if is_named { Sequence::Named(names) } else { Sequence::Order(order) })
}

/// Refuses a vector where one function is meant.
pub(crate) fn one_component(formula: &Formula) -> Result<()> {
    formula.one_answer()?;
    match formula.is_vector {
        false => Ok(()),
        true => {
            let what = "a vector is not one function".to_owned();
            let error = Error::from(ErrorKind::WrongDimension(what));
            Err(error.help("`jacobian` takes vectors").into())
        }
    }
}

/// The partial derivatives in all variables, or in those that are named.
#[pyfunction]
#[pyo3(signature = (formula, *wrt, assume = None, input = None))]
pub(crate) fn gradient(
    formula: &Bound<'_, PyAny>,
    wrt: &Bound<'_, PyTuple>,
    assume: Option<&str>,
    input: Option<&str>,
) -> PyResult<Vec<Expr>> {
    let (py, given, typed) = (formula.py(), Given::from(formula)?, names(wrt)?);
    let mut settings = settings(assume, input)?;
    settings.declared.clone_from(&typed);
    let found = asked(py, &given, &settings, |engine, formula| {
        one_component(&formula)?;
        let names = given::or_all(engine, &formula, &typed);
        let derivatives = engine.partials(&formula, &names, 1, Form::Auto)?;
        let values: Vec<ExprId> =
            derivatives.partials.iter().map(|partial| partial.values[0]).collect();
        Found::new(engine, &values, derivatives.checked, formula)
    })?;
    found.tell(py)
}

/// The Jacobian matrix of functions, a row for each.
#[pyfunction]
#[pyo3(signature = (functions, *wrt, assume = None, input = None))]
pub(crate) fn jacobian(
    functions: &Bound<'_, PyAny>,
    wrt: &Bound<'_, PyTuple>,
    assume: Option<&str>,
    input: Option<&str>,
) -> PyResult<Vec<Vec<Expr>>> {
    let (py, given, typed) = (functions.py(), vector(functions)?, names(wrt)?);
    let mut settings = settings(assume, input)?;
    settings.declared.clone_from(&typed);
    let (found, columns) = py.detach(|| {
        worker::with_engine(|engine| rows(engine, &given, &typed, &settings))
    })?;
    Ok(in_rows(found.tell(py)?, columns))
}

/// A list of formulas, or a text such as `[x*y, x + y]`.
fn vector(functions: &Bound<'_, PyAny>) -> PyResult<Vec<Given>> {
    if let Ok(formula) = Given::from(functions) {
        return Ok(vec![formula]);
    }
    let Ok(list) = functions.try_iter() else {
        return Err(PyTypeError::new_err(
            "the functions are a list of formulas, or a text",
        ));
    };
    list.map(|one| Given::from(&one?)).collect()
}

/// The rows of a Jacobian one after the other, and how many columns they have.
fn rows(
    engine: &mut Engine,
    functions: &[Given],
    typed: &[String],
    settings: &Settings,
) -> Result<(Found, usize)> {
    let formulas: Vec<Formula> =
        functions.iter().map(|one| one.read(engine, settings)).collect::<Result<_>>()?;
    let roots: Vec<ExprId> = formulas.iter().flat_map(|one| one.roots.clone()).collect();
    let names = match typed.is_empty() {
        true => engine.variables(&roots),
        false => typed.to_vec(),
    };
    let (mut values, mut notes, mut checked) = (Vec::new(), Vec::new(), true);
    for formula in &formulas {
        let found = engine.jacobian(formula, &names, Layout::Numerator, Form::Auto)?;
        values.extend_from_slice(found.value.matrix.entries());
        checked &= found.checked;
        notes.extend_from_slice(&formula.notes);
    }
    let values = home::take_in(&engine.pool, &values)?;
    Ok((Found { values, checked, notes }, names.len()))
}

fn in_rows(values: Vec<Expr>, columns: usize) -> Vec<Vec<Expr>> {
    let mut values = values.into_iter();
    let mut rows = Vec::new();
    loop {
        let row: Vec<Expr> = values.by_ref().take(columns).collect();
        if row.is_empty() {
            return rows;
        }
        rows.push(row);
    }
}

/// The Hessian matrix, row by row.
#[pyfunction]
#[pyo3(signature = (formula, *wrt, assume = None, input = None))]
pub(crate) fn hessian(
    formula: &Bound<'_, PyAny>,
    wrt: &Bound<'_, PyTuple>,
    assume: Option<&str>,
    input: Option<&str>,
) -> PyResult<Vec<Vec<Expr>>> {
    let (py, given, typed) = (formula.py(), Given::from(formula)?, names(wrt)?);
    let mut settings = settings(assume, input)?;
    settings.declared.clone_from(&typed);
    let (found, columns) = asked(py, &given, &settings, |engine, formula| {
        let names = given::or_all(engine, &formula, &typed);
        let found = engine.hessian(&formula, &names, Form::Auto)?;
        let values = entries(&mut engine.pool, &found.value);
        Ok((Found::new(engine, &values, found.checked, formula)?, names.len()))
    })?;
    Ok(in_rows(found.tell(py)?, columns))
}

/// The entries of a Hessian, with what is drawn out of all of them put in.
fn entries(pool: &mut Pool, found: &calcgrad::session::Hessian) -> Vec<ExprId> {
    let entries = Matrix::entries(&found.matrix).iter().copied();
    match found.factor {
        None => entries.collect(),
        Some(factor) => entries.map(|entry| pool.product(&[factor, entry])).collect(),
    }
}

/// The Taylor polynomial of an order around a point, which is 0 when none is given.
///
/// With one variable the point is a value, else a dictionary or a text such as `x=0, y=1`.
#[pyfunction]
#[pyo3(signature = (formula, *wrt, at = None, order = 5, assume = None, input = None))]
pub(crate) fn taylor<'py>(
    formula: &Bound<'py, PyAny>,
    wrt: &Bound<'py, PyTuple>,
    at: Option<&Bound<'py, PyAny>>,
    order: u32,
    assume: Option<&str>,
    input: Option<&str>,
) -> PyResult<Bound<'py, PyAny>> {
    let (py, given, typed) = (formula.py(), Given::from(formula)?, names(wrt)?);
    let at = at.map(At::from).transpose()?;
    let mut settings = settings(assume, input)?;
    settings.declared.clone_from(&typed);
    let (text, latex, exact, checked, exponents, values, notes) =
        asked(py, &given, &settings, |engine, formula| {
            one_component(&formula)?;
            let names = given::or_all(engine, &formula, &typed);
            let names: Vec<String> = names.iter().map(|n| formula.spelling(n)).collect();
            let point = match at {
                None => Vec::new(),
                Some(At::Point(point)) => point,
                Some(At::Value(value)) => vec![(given::the_only(names.clone())?, value)],
            };
            let found = engine.taylor(&formula, &names, &point, order)?;
            let polynomial =
                found.into_iter().next().ok_or(ErrorKind::EmptyExpression)?;
            let [text, latex] = [Notation::Text, Notation::Latex]
                .map(|notation| polynomial.write(&engine.pool, notation, true));
            let mut values = vec![polynomial.polynomial];
            values.extend(polynomial.terms.iter().map(|(_, coefficient)| *coefficient));
            let exponents: Vec<Vec<u32>> =
                polynomial.terms.into_iter().map(|(exponents, _)| exponents).collect();
            let values = home::take_in(&engine.pool, &values)?;
            let (exact, checked) = (polynomial.exact, polynomial.checked);
            Ok((text?, latex?, exact, checked, exponents, values, formula.notes))
        })?;
    given::warn_of_notes(py, &notes)?;
    given::warn_unless_checked(py, checked)?;
    let mut values = given::exprs(values).into_iter();
    let polynomial =
        values.next().ok_or_else(|| Failure::from(ErrorKind::EmptyExpression))?;
    let coefficients = PyDict::new(py);
    for (exponents, value) in exponents.iter().zip(values) {
        coefficients.set_item(PyTuple::new(py, exponents)?, Py::new(py, value)?)?;
    }
    let polynomial = Py::new(py, polynomial)?;
    made!(py, Taylor { polynomial, text, latex, order, exact, coefficients })
}

/// A point, or the value of the only variable.
pub(crate) enum At {
    Point(Vec<(String, String)>),
    Value(String),
}

impl At {
    pub(crate) fn from(given: &Bound<'_, PyAny>) -> PyResult<Self> {
        let is_text = given.extract::<String>().is_ok_and(|text| text.contains('='));
        if is_text || given.is_instance_of::<PyDict>() {
            return given::point(given).map(Self::Point);
        }
        given::value_text(given).map(Self::Value)
    }
}
