//! What is asked of formulas as methods of expressions.

use crate::expr::Expr;
use crate::{calculus, forms, points, verdict};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyTuple};

#[pymethods]
impl Expr {
    /// The derivative in variables, one after the other: `f.diff(x, y)`, `f.diff(x, 2)`.
    #[pyo3(signature = (*wrt, assume = None))]
    fn diff(
        slf: &Bound<'_, Self>,
        wrt: &Bound<'_, PyTuple>,
        assume: Option<&str>,
    ) -> PyResult<Self> {
        calculus::diff(slf.as_any(), wrt, assume, None)
    }

    /// The partial derivatives in all variables, or in those that are named.
    #[pyo3(signature = (*wrt, assume = None))]
    fn gradient(
        slf: &Bound<'_, Self>,
        wrt: &Bound<'_, PyTuple>,
        assume: Option<&str>,
    ) -> PyResult<Vec<Self>> {
        calculus::gradient(slf.as_any(), wrt, assume, None)
    }

    /// The Hessian matrix, row by row.
    #[pyo3(signature = (*wrt, assume = None))]
    fn hessian(
        slf: &Bound<'_, Self>,
        wrt: &Bound<'_, PyTuple>,
        assume: Option<&str>,
    ) -> PyResult<Vec<Vec<Self>>> {
        calculus::hessian(slf.as_any(), wrt, assume, None)
    }

    /// The Taylor polynomial of an order around a point, which is 0 when none is given.
    #[pyo3(signature = (*wrt, at = None, order = 5, assume = None))]
    fn taylor<'py>(
        slf: &Bound<'py, Self>,
        wrt: &Bound<'py, PyTuple>,
        at: Option<&Bound<'py, PyAny>>,
        order: u32,
        assume: Option<&str>,
    ) -> PyResult<Bound<'py, PyAny>> {
        calculus::taylor(slf.as_any(), wrt, at, order, assume, None)
    }

    /// The shortest form that is found.
    #[pyo3(signature = (*, assume = None))]
    fn simplify(slf: &Bound<'_, Self>, assume: Option<&str>) -> PyResult<Self> {
        forms::simplify(slf.as_any(), assume, None)
    }

    /// The expression multiplied out.
    #[pyo3(signature = (*, assume = None))]
    fn expand(slf: &Bound<'_, Self>, assume: Option<&str>) -> PyResult<Self> {
        forms::expand(slf.as_any(), assume, None)
    }

    /// The expression as a product of factors.
    #[pyo3(signature = (*, assume = None))]
    fn factor(slf: &Bound<'_, Self>, assume: Option<&str>) -> PyResult<Self> {
        forms::factor(slf.as_any(), assume, None)
    }

    /// The exact value at a point: `f(x=1, y="pi/2")`. Variables that are not named stay.
    #[pyo3(signature = (point = None, **values))]
    fn __call__(
        slf: &Bound<'_, Self>,
        point: Option<&Bound<'_, PyAny>>,
        values: Option<&Bound<'_, PyDict>>,
    ) -> PyResult<Self> {
        forms::evaluate(slf.as_any(), point, values)
    }

    /// The expression with expressions in the place of variables, all at once.
    fn substitute(
        slf: &Bound<'_, Self>,
        replacements: &Bound<'_, PyDict>,
    ) -> PyResult<Self> {
        forms::substitute(slf.as_any(), replacements)
    }

    /// Whether another formula has the same values wherever both are defined.
    #[pyo3(signature = (other, *, assume = None))]
    fn equal<'py>(
        slf: &Bound<'py, Self>,
        other: &Bound<'py, PyAny>,
        assume: Option<&str>,
    ) -> PyResult<Bound<'py, PyAny>> {
        verdict::equal(slf.as_any(), other, assume, None)
    }

    /// Whether an answer is the derivative of this, and if not, how somebody came to it.
    #[pyo3(signature = (answer, *wrt, order = 1, assume = None))]
    fn check<'py>(
        slf: &Bound<'py, Self>,
        answer: &Bound<'py, PyAny>,
        wrt: &Bound<'py, PyTuple>,
        order: u32,
        assume: Option<&str>,
    ) -> PyResult<Bound<'py, PyAny>> {
        verdict::check(slf.as_any(), answer, wrt, order, assume, None)
    }

    /// The derivative at a point with quotients of differences for the steps 0.1, 0.01, ….
    #[pyo3(signature = (*wrt, at, one_sided = false, rows = 6, assume = None))]
    fn verify<'py>(
        slf: &Bound<'py, Self>,
        wrt: &Bound<'py, PyTuple>,
        at: &Bound<'py, PyAny>,
        one_sided: bool,
        rows: u32,
        assume: Option<&str>,
    ) -> PyResult<Bound<'py, PyAny>> {
        points::quotients(slf.as_any(), wrt, at, one_sided, rows, assume, None)
    }

    /// The critical points, with the kind of each.
    #[pyo3(signature = (*wrt, assume = None))]
    fn critical<'py>(
        slf: &Bound<'py, Self>,
        wrt: &Bound<'py, PyTuple>,
        assume: Option<&str>,
    ) -> PyResult<Bound<'py, PyAny>> {
        points::critical(slf.as_any(), wrt, assume, None)
    }
}
