//! Results with several parts, which are classes of `calcgrad._results`.

use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::PyDict;

/// Makes a result of its fields.
pub(crate) fn result<'py>(
    py: Python<'py>,
    class: &str,
    fields: &Bound<'py, PyDict>,
) -> PyResult<Bound<'py, PyAny>> {
    static MODULE: PyOnceLock<Py<PyModule>> = PyOnceLock::new();
    let import = || PyModule::import(py, "calcgrad._results").map(Bound::unbind);
    let module = MODULE.get_or_try_init(py, import)?.bind(py);
    module.getattr(class)?.call((), Some(fields))
}

/// A result with fields that have the names of variables.
macro_rules! made {
    ($py:expr, $class:ident { $($field:ident),* $(,)? }) => {{
        let fields = pyo3::types::PyDict::new($py);
        $(fields.set_item(stringify!($field), $field)?;)*
        $crate::results::result($py, stringify!($class), &fields)
    }};
}

pub(crate) use made;
