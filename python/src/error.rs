//! Errors as exceptions of Python.

use calcgrad::ErrorKind;
use calcgrad::span::Span;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::PyDict;

/// An error, with the text in which its place is.
pub(crate) struct Failure {
    error: Box<calcgrad::Error>,
    text: Option<String>,
}

/// What can fail with an error of calcgrad.
pub(crate) type Result<T> = std::result::Result<T, Failure>;

impl From<calcgrad::Error> for Failure {
    fn from(error: calcgrad::Error) -> Self {
        Self { error: Box::new(error), text: None }
    }
}

impl From<ErrorKind> for Failure {
    fn from(kind: ErrorKind) -> Self {
        calcgrad::Error::from(kind).into()
    }
}

impl Failure {
    /// An error about a text that somebody typed.
    pub(crate) fn within(text: &str) -> impl FnOnce(calcgrad::Error) -> Self + '_ {
        |error| Self { error: Box::new(error), text: Some(text.to_owned()) }
    }

    /// An error about a text that nobody typed, so that its place says nothing.
    pub(crate) fn elsewhere(mut error: calcgrad::Error) -> Self {
        error.span = None;
        error.into()
    }

    /// What it says, with its help.
    pub(crate) fn message(&self) -> String {
        match &self.error.help {
            Some(help) => format!("{} ({help})", self.error.kind),
            None => self.error.kind.to_string(),
        }
    }
}

/// A class of `calcgrad._errors` by its name.
pub(crate) fn class<'py>(py: Python<'py>, name: &str) -> PyResult<Bound<'py, PyAny>> {
    static MODULE: PyOnceLock<Py<PyModule>> = PyOnceLock::new();
    let module = MODULE.get_or_try_init(py, || {
        PyModule::import(py, "calcgrad._errors").map(Bound::unbind)
    })?;
    module.bind(py).getattr(name)
}

impl From<Failure> for PyErr {
    fn from(failure: Failure) -> Self {
        Python::attach(|py| raised(py, &failure).unwrap_or_else(|error| error))
    }
}

fn raised(py: Python<'_>, failure: &Failure) -> PyResult<PyErr> {
    let error = &failure.error;
    let named = PyDict::new(py);
    named.set_item("kind", error.kind.id())?;
    named.set_item("help", error.help.as_deref())?;
    if let Some(text) = &failure.text {
        named.set_item("text", text)?;
        named.set_item("span", error.span.map(|span| in_letters(text, span)))?;
    }
    let message = error.kind.to_string();
    let exception = class(py, class_of(&error.kind))?.call((message,), Some(&named))?;
    Ok(PyErr::from_value(exception))
}

/// The place of a span among the letters of a text, as Python counts them.
pub(crate) fn in_letters(text: &str, span: Span) -> (usize, usize) {
    let count = |end: u32| {
        text.char_indices().take_while(|(place, _)| *place < end as usize).count()
    };
    (count(span.start), count(span.end))
}

/// The exception that is raised for a kind of error.
fn class_of(kind: &ErrorKind) -> &'static str {
    match kind {
        ErrorKind::UnexpectedToken { .. }
        | ErrorKind::UnclosedBracket(_)
        | ErrorKind::UnopenedBracket(_)
        | ErrorKind::EmptyExpression
        | ErrorKind::UnknownFunction(_)
        | ErrorKind::WrongArity { .. }
        | ErrorKind::MissingArgument(_)
        | ErrorKind::CyclicDefinition(_)
        | ErrorKind::DuplicateDefinition(_)
        | ErrorKind::Ambiguous(_)
        | ErrorKind::InvalidName(_)
        | ErrorKind::InvalidAnswer(_) => "ParseError",
        ErrorKind::DivisionByZero
        | ErrorKind::Undefined(_)
        | ErrorKind::NotAnalytic(_) => "UndefinedError",
        kind if kind.is_limit() => "LimitError",
        ErrorKind::SelfCheck { .. } | ErrorKind::EntriesCheck { .. } => "InternalError",
        ErrorKind::Internal(_) => "InternalError",
        kind if kind.is_unsupported() => "UnsupportedError",
        _ => "RequestError",
    }
}
