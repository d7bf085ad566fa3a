//! What is given from Python: formulas, names, points.

use crate::error::{Failure, Result, class};
use crate::expr::Expr;
use crate::home::{self, Handle};
use calcgrad::kernel::{ExprId, Number, Pool, latin, natural_order};
use calcgrad::print::{self, Notation, Shared};
use calcgrad::session::{Engine, Formula, Input, Settings};
use calcgrad::syntax::{self, parse_names};
use calcgrad::{Error, ErrorKind, Note};
use num_bigint::BigInt;
use num_rational::BigRational;
use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyDict, PyFloat, PyInt, PyList, PyString, PyTuple};
use std::ffi::CString;

/// Expressions that cost a reader more are handed over with their common parts named, so that
/// the text is no longer than what it says.
const LONG: u32 = 500;

/// A formula: a text, or an expression with the handle that Python has of it.
pub(crate) enum Given {
    Typed(String),
    Made(Py<Expr>),
}

impl Given {
    /// What somebody hands over as a formula: a text, an expression or a number.
    pub(crate) fn from(formula: &Bound<'_, PyAny>) -> PyResult<Self> {
        if let Ok(text) = formula.cast::<PyString>() {
            return Ok(Self::Typed(text.to_str()?.to_owned()));
        }
        match expression(formula)? {
            Some(made) => Ok(Self::Made(made)),
            None => Err(PyTypeError::new_err(format!(
                "a formula is a text, an expression or a number, not `{}`",
                formula.get_type().name()?
            ))),
        }
    }

    /// Reads it into an engine. What was typed is read with the settings; what was made is a
    /// text that nobody typed, in which every name is a variable.
    pub(crate) fn read(
        &self,
        engine: &mut Engine,
        settings: &Settings,
    ) -> Result<Formula> {
        match self {
            Self::Typed(text) => {
                engine.read(text, settings).map_err(Failure::within(text))
            }
            Self::Made(made) => {
                let handle = &made.get().handle;
                let written = handle.look(program)?;
                let mut settings = settings.clone();
                settings.input = Some(Input::Text);
                settings.declared.extend(written.names);
                let formula =
                    engine.read(&written.text, &settings).map_err(Failure::elsewhere)?;
                must_be(engine, &formula, handle)?;
                Ok(formula)
            }
        }
    }

    /// The text that was typed, or that says what was made.
    ///
    /// # Errors
    /// A text that is too long.
    pub(crate) fn text(&self) -> Result<String> {
        match self {
            Self::Typed(text) => Ok(text.clone()),
            Self::Made(made) => made.get().text(),
        }
    }
}

/// Refuses an expression whose text says something else: one in which a name is that of a
/// variable and of a function.
pub(crate) fn must_be(engine: &mut Engine, read: &Formula, made: &Handle) -> Result<()> {
    let id = made.bring(&mut engine.pool);
    if read.roots[..] == [id] {
        return Ok(());
    }
    let what = "a variable of the expression has the name of a function in it".to_owned();
    let error = Error::from(ErrorKind::Ambiguous(what));
    Err(error.help("give the variable another name").into())
}

/// A text with the names of its variables.
pub(crate) struct Written {
    pub(crate) text: String,
    pub(crate) names: Vec<String>,
}

fn names_of(pool: &Pool, id: ExprId) -> Vec<String> {
    pool.symbols_of(&[id])
        .into_iter()
        .map(|symbol| pool.name(symbol).to_owned())
        .collect()
}

/// An expression as a program that is read back.
pub(crate) fn program(pool: &Pool, id: ExprId) -> calcgrad::Result<Written> {
    let names = names_of(pool, id);
    if pool.cost(id) <= LONG {
        return Ok(Written { text: print::write(pool, id, Notation::Text)?, names });
    }
    let shared = Shared::new(pool, &[id], &[]);
    let mut text = String::new();
    for (part, name) in shared.names() {
        let value = shared.definition(pool, part, Notation::Text)?;
        text.push_str(&format!("{name} = {value}; "));
    }
    text.push_str(&shared.write(pool, id, Notation::Text)?);
    Ok(Written { text, names })
}

/// What is said about formulas besides the formulas: the options that most functions have.
pub(crate) fn settings(assume: Option<&str>, input: Option<&str>) -> PyResult<Settings> {
    let input = input.map(notation).transpose()?;
    let assume = assume.unwrap_or_default().to_owned();
    Ok(Settings { assume, input, ..Settings::default() })
}

fn notation(name: &str) -> PyResult<Input> {
    Ok(match name {
        "text" => Input::Text,
        "latex" => Input::Latex,
        "python" => Input::Python,
        "sympy" => Input::Sympy,
        "mathematica" => Input::Mathematica,
        "maxima" => Input::Maxima,
        _ => {
            return Err(PyValueError::new_err(format!(
                "there is no notation `{name}`; there are text, latex, python, sympy, \
                 mathematica, maxima"
            )));
        }
    })
}

/// The expression that an object is or stands for: itself, or an exact number. A float is the
/// decimal that Python shows of it: 0.1 is one tenth. `None` for anything else.
pub(crate) fn expression(object: &Bound<'_, PyAny>) -> PyResult<Option<Py<Expr>>> {
    if let Ok(known) = object.cast::<Expr>() {
        return Ok(Some(known.clone().unbind()));
    }
    let Some(number) = number(object)? else { return Ok(None) };
    let handle =
        home::make(&[], |pool, _| Ok(pool.number(number))).map_err(Failure::from)?;
    Ok(Some(Py::new(object.py(), Expr::from(handle))?))
}

/// The exact number that an object is; `None` for what is no number.
fn number(object: &Bound<'_, PyAny>) -> PyResult<Option<Number>> {
    if object.is_instance_of::<PyBool>() {
        return Ok(None);
    }
    if object.is_instance_of::<PyInt>() {
        return Ok(Some(match object.extract::<i64>() {
            Ok(small) => Number::from(small),
            Err(_) => Number::from_integer(object.extract::<BigInt>()?),
        }));
    }
    if let Ok(float) = object.cast::<PyFloat>() {
        let value = float.extract::<f64>()?;
        if !value.is_finite() {
            return Err(PyValueError::new_err(format!(
                "{value} is no number of calcgrad"
            )));
        }
        let text = format!("{:e}", value.abs());
        let size = syntax::number(&text).map_err(Failure::from)?;
        return Ok(Some(if value < 0.0 { size.neg() } else { size }));
    }
    if let Ok(index) = object.call_method0("__index__") {
        return number(&index);
    }
    // Fractions, and decimals, which are fractions too.
    let Ok(ratio) = object.call_method0("as_integer_ratio") else { return Ok(None) };
    let (numerator, denominator) = ratio.extract::<(BigInt, BigInt)>()?;
    Ok(Some(Number::from_big(BigRational::new(numerator, denominator))))
}

/// Names of variables: texts such as `x` or `x y`, symbols, and lists of these.
pub(crate) fn names(given: &Bound<'_, PyTuple>) -> PyResult<Vec<String>> {
    let mut found = Vec::new();
    for one in given {
        add_names(&one, &mut found)?;
    }
    Ok(found)
}

fn add_names(one: &Bound<'_, PyAny>, found: &mut Vec<String>) -> PyResult<()> {
    if let Ok(text) = one.cast::<PyString>() {
        found.extend(spelled(text.to_str()?)?);
    } else if let Ok(expr) = one.cast::<Expr>() {
        found.push(expr.get().symbol_name()?);
    } else if one.is_instance_of::<PyList>() || one.is_instance_of::<PyTuple>() {
        for inner in one.try_iter()? {
            add_names(&inner?, found)?;
        }
    } else {
        let name = one.get_type().name()?.to_string();
        return Err(PyTypeError::new_err(format!(
            "a variable is a name or a symbol, not `{name}`"
        )));
    }
    Ok(())
}

/// The names in a text: `x`, `x y` and `x, y`.
pub(crate) fn spelled(text: &str) -> Result<Vec<String>> {
    let list = text.split([',', ' ']).filter(|name| !name.trim().is_empty());
    let mut names = Vec::new();
    for name in list {
        let found = parse_names(name).unwrap_or_default();
        match &found[..] {
            [one] if matches!(one.as_str(), "e" | "pi" | "π") => {
                let error = Error::from(ErrorKind::InvalidName(name.to_owned()));
                return Err(error.help("it is a number, which `parse` reads").into());
            }
            [one] => names.push(latin(one).into_owned()),
            _ => {
                let error = Error::from(ErrorKind::InvalidName(name.to_owned()));
                return Err(error.help("it has one name, as `x1` or `theta`").into());
            }
        }
    }
    match names.is_empty() {
        true => Err(ErrorKind::InvalidName(text.to_owned()).into()),
        false => Ok(names),
    }
}

/// A point: a mapping of names or symbols to values, or a text such as `x=1, y=pi/2`.
pub(crate) fn point(given: &Bound<'_, PyAny>) -> PyResult<Vec<(String, String)>> {
    if let Ok(text) = given.cast::<PyString>() {
        let text = text.to_str()?;
        return Ok(calcgrad::session::parse_point(text).map_err(Failure::from)?);
    }
    let Ok(mapping) = given.cast::<PyDict>() else {
        return Err(PyTypeError::new_err(
            "a point is a dictionary of names and values, or a text such as `x=1, y=2`",
        ));
    };
    let mut found = Vec::new();
    for (name, value) in mapping {
        let mut names = Vec::new();
        add_names(&name, &mut names)?;
        let [name] = &names[..] else {
            return Err(PyValueError::new_err("a coordinate has one name"));
        };
        found.push((name.clone(), value_text(&value)?));
    }
    Ok(found)
}

/// A value as a text.
pub(crate) fn value_text(value: &Bound<'_, PyAny>) -> PyResult<String> {
    Ok(Given::from(value)?.text()?)
}

/// Warns of how texts were read.
pub(crate) fn warn_of_notes(py: Python<'_>, notes: &[Note]) -> PyResult<()> {
    for note in notes {
        warn(py, "ReadingWarning", &note.message)?;
    }
    Ok(())
}

/// Warns that nothing was compared.
pub(crate) fn warn_unless_checked(py: Python<'_>, checked: bool) -> PyResult<()> {
    match checked {
        true => Ok(()),
        false => {
            warn(py, "UncheckedWarning", "no point was found to compare the answer at")
        }
    }
}

fn warn(py: Python<'_>, category: &str, message: &str) -> PyResult<()> {
    let message = CString::new(message.replace('\0', "")).unwrap_or_default();
    PyErr::warn(py, &class(py, category)?, &message, 1)
}

/// The messages of notes, for results that carry them.
pub(crate) fn messages(notes: &[Note]) -> Vec<String> {
    notes.iter().map(|note| note.message.clone()).collect()
}

/// The names that were typed, else those of a formula.
pub(crate) fn or_all(
    engine: &Engine,
    formula: &Formula,
    typed: &[String],
) -> Vec<String> {
    match typed.is_empty() {
        true => engine.variables(&formula.roots),
        false => typed.to_vec(),
    }
}

/// The only variable, where none was named.
pub(crate) fn the_only(names: Vec<String>) -> Result<String> {
    match &names[..] {
        [one] => Ok(one.clone()),
        [] => Ok("x".to_owned()),
        many => {
            let what = format!("which of the variables {} is meant", many.join(", "));
            Err(Error::from(ErrorKind::InvalidRequest(what)).help("name it").into())
        }
    }
}

/// Handles of Python for handles.
pub(crate) fn exprs(handles: Vec<Handle>) -> Vec<Expr> {
    handles.into_iter().map(Expr::from).collect()
}

/// Names of variables, as they are given to functions.
#[pyfunction]
#[pyo3(signature = (*variables))]
pub(crate) fn _names(variables: &Bound<'_, PyTuple>) -> PyResult<Vec<String>> {
    names(variables)
}

/// Names in their natural order: `x2` before `x10`.
#[pyfunction]
pub(crate) fn _in_order(mut names: Vec<String>) -> Vec<String> {
    names.sort_by(|a, b| natural_order(a, b));
    names
}
