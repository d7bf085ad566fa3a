//! calcgrad for Python: a thin layer over the library, in which nothing is calculated.
//!
//! [`home`] has the expressions, [`worker`] the engines, [`given`] takes objects of Python,
//! [`error`] and [`results`] give them back. The other modules are what is asked.

mod calculus;
mod compiled;
mod condition;
mod error;
mod expr;
mod forms;
mod function;
mod given;
mod home;
mod methods;
mod parts;
mod points;
mod reading;
mod results;
mod verdict;
mod worker;

/// The part of the package `calcgrad` that is compiled.
#[pyo3::pymodule]
mod _calcgrad {
    #[pymodule_export]
    use crate::{
        calculus::{diff, gradient, hessian, jacobian, taylor},
        compiled::{_compiled, Compiled},
        condition::{Condition, differs, equals},
        expr::Expr,
        forms::{evaluate, expand, factor, simplify, substitute},
        function::{Function, functions, total},
        given::{_in_order, _names},
        points::{critical, quotients},
        reading::{_restored, parse, symbol, symbols},
        verdict::{check, equal, verify},
    };
    use pyo3::prelude::*;

    #[pymodule_init]
    fn init(module: &Bound<'_, PyModule>) -> PyResult<()> {
        crate::worker::quiet();
        module.add("__version__", env!("CARGO_PKG_VERSION"))
    }
}
