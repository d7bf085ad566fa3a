//! Conditions, as `x < 1`: what `piecewise` takes.

use crate::error::{Failure, Result};
use crate::home::{self, Handle};
use calcgrad::function;
use calcgrad::kernel::{Pool, Relation};
use calcgrad::print::{self, Notation};
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;

/// A condition on variables. It is neither true nor false until they have values.
#[pyclass(frozen, module = "calcgrad")]
pub(crate) struct Condition {
    pub(crate) handle: Handle,
}

impl Condition {
    /// The condition that a relation between two expressions is.
    pub(crate) fn of(relation: Relation, sides: [&Handle; 2]) -> Result<Self> {
        let handle = home::make(&sides, |pool, ids| {
            Ok(function::apply(pool, relation.function(), ids))
        })?;
        Ok(Self { handle })
    }
}

#[pymethods]
impl Condition {
    fn __and__(&self, other: PyRef<'_, Self>) -> PyResult<Self> {
        Ok(Self::of(Relation::And, [&self.handle, &other.handle])?)
    }

    fn __or__(&self, other: PyRef<'_, Self>) -> PyResult<Self> {
        Ok(Self::of(Relation::Or, [&self.handle, &other.handle])?)
    }

    fn __bool__(&self) -> PyResult<bool> {
        self.handle.look(|_, id| match id {
            Pool::ONE => Ok(true),
            Pool::ZERO => Ok(false),
            _ => Err(PyTypeError::new_err(
                "a condition with variables is neither true nor false; `piecewise` takes it",
            )),
        })
    }

    fn __str__(&self) -> PyResult<String> {
        let text = self.handle.look(|pool, id| match id {
            Pool::ONE => Ok("True".to_owned()),
            Pool::ZERO => Ok("False".to_owned()),
            _ => print::write(pool, id, Notation::Text),
        });
        Ok(text.map_err(Failure::from)?)
    }

    fn __repr__(&self) -> PyResult<String> {
        self.__str__()
    }
}

/// The condition that two expressions have the same value, for `piecewise`.
#[pyfunction]
pub(crate) fn equals(
    left: &Bound<'_, PyAny>,
    right: &Bound<'_, PyAny>,
) -> PyResult<Condition> {
    between(Relation::Equal, left, right)
}

/// The condition that two expressions have different values, for `piecewise`.
#[pyfunction]
pub(crate) fn differs(
    left: &Bound<'_, PyAny>,
    right: &Bound<'_, PyAny>,
) -> PyResult<Condition> {
    between(Relation::NotEqual, left, right)
}

fn between(
    relation: Relation,
    left: &Bound<'_, PyAny>,
    right: &Bound<'_, PyAny>,
) -> PyResult<Condition> {
    let side = |object| {
        crate::given::expression(object)?
            .ok_or_else(|| PyTypeError::new_err("a side is an expression or a number"))
    };
    let (left, right) = (side(left)?, side(right)?);
    Ok(Condition::of(relation, [&left.get().handle, &right.get().handle])?)
}
