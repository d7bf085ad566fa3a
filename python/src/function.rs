//! The functions of the function table as objects of Python.

use crate::condition::Condition;
use crate::error::Failure;
use crate::expr::Expr;
use crate::given::{self, Given};
use crate::home::{self, Handle};
use crate::worker;
use calcgrad::function::spec::{Arity, FunctionSpec};
use calcgrad::function::{self, arity_of, is_condition, lookup};
use calcgrad::kernel::{ExprId, FunctionId, Pool};
use calcgrad::simplify::pole_in;
use calcgrad::syntax;
use calcgrad::{ErrorKind, Result};
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::PyTuple;

// A function of the function table: called with expressions, numbers or texts, it makes an
// expression. A comment of documentation would stand in the place of what a row says.
#[pyclass(frozen, module = "calcgrad")]
pub(crate) struct Function {
    name: &'static str,
}

impl Function {
    fn rows(&self) -> impl Iterator<Item = &'static FunctionSpec> {
        let name = self.name;
        function::rows()
            .map(|(_, row)| row)
            .filter(move |row| row.name == name || row.aliases.contains(&name))
    }
}

/// What stands as an argument.
enum Argument {
    Expression(Py<Expr>),
    Condition(Py<Condition>),
}

impl Argument {
    fn of(object: &Bound<'_, PyAny>, may_be_condition: bool) -> PyResult<Self> {
        if let Ok(condition) = object.cast::<Condition>() {
            return match may_be_condition {
                true => Ok(Self::Condition(condition.clone().unbind())),
                false => {
                    Err(PyTypeError::new_err("a condition stands in `piecewise` only"))
                }
            };
        }
        Ok(Self::Expression(match Given::from(object)? {
            Given::Made(made) => made,
            Given::Typed(text) => {
                crate::reading::parse(object.py(), &text, None, None, None, false)?
            }
        }))
    }

    fn handle(&self) -> &Handle {
        match self {
            Self::Expression(expr) => &expr.get().handle,
            Self::Condition(condition) => &condition.get().handle,
        }
    }
}

#[pymethods]
impl Function {
    #[pyo3(signature = (*arguments))]
    fn __call__(&self, py: Python<'_>, arguments: &Bound<'_, PyTuple>) -> PyResult<Expr> {
        let count = arguments.len();
        let Some(function) = lookup(self.name, count) else {
            let expected = arity_of(self.name);
            let name = self.name.to_owned();
            let kind = ErrorKind::WrongArity { name, expected, found: count };
            return Err(Failure::from(kind).into());
        };
        let is_piecewise = function::spec(function).name == "piecewise";
        let arguments: Vec<Argument> = arguments
            .iter()
            .enumerate()
            .map(|(place, object)| {
                Argument::of(&object, is_piecewise && is_condition(place, count))
            })
            .collect::<PyResult<_>>()?;
        let handles: Vec<&Handle> = arguments.iter().map(Argument::handle).collect();
        let made = py.detach(|| {
            worker::guarded(|| {
                home::make(&handles, |pool, ids| application(pool, function, ids))
            })
        });
        Ok(Expr::from(made.map_err(Failure::from)?))
    }

    #[getter]
    fn __name__(&self) -> &'static str {
        self.name
    }

    #[getter]
    fn __qualname__(&self) -> &'static str {
        self.name
    }

    /// What the table says of it.
    #[getter]
    fn __doc__(&self) -> String {
        let line = |row: &FunctionSpec| {
            let arguments = match row.arity {
                Arity::Exactly(n) => function::spec::ARGUMENTS[..n.min(4)].join(", "),
                Arity::AtLeast(_) => "u, v, ...".to_owned(),
            };
            let mut text = format!("{}({arguments}): {}", row.name, row.about);
            if !row.domain.is_empty() {
                text.push_str(&format!(", defined for {}", row.domain));
            }
            text
        };
        self.rows().map(line).collect::<Vec<_>>().join("\n")
    }

    fn __repr__(&self) -> String {
        format!("<function {} of calcgrad>", self.name)
    }

    /// Pickled by its name.
    fn __reduce__(&self) -> String {
        self.name.to_owned()
    }
}

/// A function applied, which has a value where its arguments are constant.
fn application(pool: &mut Pool, function: FunctionId, ids: &[ExprId]) -> Result<ExprId> {
    let id = applied(pool, function, ids)?;
    if id == Pool::UNDEFINED || pool.is_constant(id) && pole_in(pool, id).is_some() {
        let name = function::spec(function).name;
        return Err(ErrorKind::Undefined(format!("this value of `{name}`")).into());
    }
    Ok(id)
}

/// A function applied as it is when it is read: what stands for a formula is that formula.
fn applied(pool: &mut Pool, function: FunctionId, ids: &[ExprId]) -> Result<ExprId> {
    let row = function::spec(function);
    if row.means.is_none() {
        return Ok(function::apply(pool, function, ids));
    }
    if let (Arity::AtLeast(_), [first, others @ ..]) = (row.arity, ids) {
        let join =
            |known, next: &ExprId| syntax::meaning(function, &[known, *next], pool);
        return others.iter().try_fold(*first, join);
    }
    syntax::meaning(function, ids, pool)
}

/// The functions of the table, under all of their names.
#[pyfunction]
pub(crate) fn functions() -> Vec<Function> {
    let mut names: Vec<&'static str> = function::names().collect();
    names.sort_unstable();
    names.dedup();
    names.into_iter().map(|name| Function { name }).collect()
}

/// The sum of many expressions, in one step where `+` takes one for each.
#[pyfunction]
pub(crate) fn total(py: Python<'_>, terms: &Bound<'_, PyAny>) -> PyResult<Expr> {
    let mut all = Vec::new();
    for term in terms.try_iter()? {
        let term = term?;
        all.push(given::expression(&term)?.ok_or_else(|| {
            PyTypeError::new_err("a term is an expression or a number")
        })?);
    }
    let handles: Vec<&Handle> = all.iter().map(|one| &one.get().handle).collect();
    let made = py.detach(|| {
        worker::guarded(|| home::make(&handles, |pool, ids| Ok(pool.sum(ids))))
    });
    Ok(Expr::from(made.map_err(Failure::from)?))
}
