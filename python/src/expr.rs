//! Expressions as objects of Python: operators, texts, what is known of them.

use crate::condition::Condition;
use crate::error::{Failure, Result};
use crate::given::{self, expression};
use crate::home::{self, Handle};
use crate::parts::parts;
use crate::reading::{as_written, parse};
use crate::worker;
use calcgrad::ErrorKind;
use calcgrad::kernel::{ExprId, Number, Pool, Relation};
use calcgrad::print::{self, Notation, code};
use calcgrad::session::Engine;
use pyo3::IntoPyObjectExt;
use pyo3::basic::CompareOp;
use pyo3::exceptions::{PyOverflowError, PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyString, PyTuple};

/// A formula in canonical form: exact, and equal to another when it is the same expression.
#[pyclass(frozen, module = "calcgrad")]
pub(crate) struct Expr {
    pub(crate) handle: Handle,
}

impl From<Handle> for Expr {
    fn from(handle: Handle) -> Self {
        Self { handle }
    }
}

/// Makes an expression of two objects; what is no expression is left to the other object.
fn combine(
    left: &Bound<'_, PyAny>,
    right: &Bound<'_, PyAny>,
    work: impl Send + FnOnce(&mut Pool, ExprId, ExprId) -> calcgrad::Result<ExprId>,
) -> PyResult<Py<PyAny>> {
    let py = left.py();
    let (Some(left), Some(right)) = (expression(left)?, expression(right)?) else {
        return Ok(py.NotImplemented());
    };
    let (left, right) = (left.get(), right.get());
    let made = py.detach(|| {
        let both = [&left.handle, &right.handle];
        worker::guarded(|| home::make(&both, |pool, ids| work(pool, ids[0], ids[1])))
    });
    Expr::from(made.map_err(Failure::from)?).into_py_any(py)
}

fn quotient(pool: &mut Pool, above: ExprId, below: ExprId) -> calcgrad::Result<ExprId> {
    match below {
        Pool::ZERO => Err(ErrorKind::DivisionByZero.into()),
        _ => Ok(pool.quotient(above, below)),
    }
}

fn power(pool: &mut Pool, base: ExprId, exponent: ExprId) -> calcgrad::Result<ExprId> {
    match pool.as_number(exponent).is_some_and(Number::is_negative) {
        true if base == Pool::ZERO => Err(ErrorKind::DivisionByZero.into()),
        _ => Ok(pool.power(base, exponent)),
    }
}

impl Expr {
    /// The name of a symbol.
    ///
    /// # Errors
    /// Anything that is no symbol.
    pub(crate) fn symbol_name(&self) -> Result<String> {
        let name = self.handle.look(|pool, id| pool.symbol_name(id).map(str::to_owned));
        name.ok_or_else(|| match self.text() {
            Ok(text) => ErrorKind::InvalidName(text).into(),
            Err(failure) => failure,
        })
    }

    fn written(&self, notation: Notation) -> Result<String> {
        Ok(worker::guarded(|| {
            self.handle.look(|pool, id| print::write(pool, id, notation))
        })?)
    }

    pub(crate) fn text(&self) -> Result<String> {
        self.written(Notation::Text)
    }

    pub(crate) fn names(&self) -> Vec<String> {
        self.handle.look(|pool, id| {
            let symbols = pool.symbols_of(&[id]).into_iter();
            symbols.map(|symbol| pool.name(symbol).to_owned()).collect()
        })
    }

    /// The number that it is.
    fn number(&self) -> Option<Number> {
        self.handle.look(|pool, id| pool.as_number(id).cloned())
    }

    /// The number as Python has it: an `int` or a `Fraction`.
    fn python_number<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyAny>>> {
        let Some(number) = self.number() else { return Ok(None) };
        let ratio = number.to_big();
        if number.is_integer() {
            return Ok(Some(ratio.numer().into_bound_py_any(py)?));
        }
        let class = py.import("fractions")?.getattr("Fraction")?;
        Ok(Some(class.call1((ratio.numer(), ratio.denom()))?))
    }
}

#[pymethods]
impl Expr {
    /// An expression of a text, a number or another expression.
    #[new]
    fn new(value: &Bound<'_, PyAny>) -> PyResult<Py<Self>> {
        if let Ok(text) = value.cast::<PyString>() {
            return parse(value.py(), text.to_str()?, None, None, None, false);
        }
        expression(value)?.ok_or_else(|| {
            PyTypeError::new_err("an expression is made of a text or of a number")
        })
    }

    fn __add__(slf: &Bound<'_, Self>, other: &Bound<'_, PyAny>) -> PyResult<Py<PyAny>> {
        combine(slf.as_any(), other, |pool, a, b| Ok(pool.sum(&[a, b])))
    }

    fn __radd__(slf: &Bound<'_, Self>, other: &Bound<'_, PyAny>) -> PyResult<Py<PyAny>> {
        combine(other, slf.as_any(), |pool, a, b| Ok(pool.sum(&[a, b])))
    }

    fn __sub__(slf: &Bound<'_, Self>, other: &Bound<'_, PyAny>) -> PyResult<Py<PyAny>> {
        combine(slf.as_any(), other, |pool, a, b| Ok(pool.difference(a, b)))
    }

    fn __rsub__(slf: &Bound<'_, Self>, other: &Bound<'_, PyAny>) -> PyResult<Py<PyAny>> {
        combine(other, slf.as_any(), |pool, a, b| Ok(pool.difference(a, b)))
    }

    fn __mul__(slf: &Bound<'_, Self>, other: &Bound<'_, PyAny>) -> PyResult<Py<PyAny>> {
        combine(slf.as_any(), other, |pool, a, b| Ok(pool.product(&[a, b])))
    }

    fn __rmul__(slf: &Bound<'_, Self>, other: &Bound<'_, PyAny>) -> PyResult<Py<PyAny>> {
        combine(other, slf.as_any(), |pool, a, b| Ok(pool.product(&[a, b])))
    }

    fn __truediv__(
        slf: &Bound<'_, Self>,
        other: &Bound<'_, PyAny>,
    ) -> PyResult<Py<PyAny>> {
        combine(slf.as_any(), other, quotient)
    }

    fn __rtruediv__(
        slf: &Bound<'_, Self>,
        other: &Bound<'_, PyAny>,
    ) -> PyResult<Py<PyAny>> {
        combine(other, slf.as_any(), quotient)
    }

    fn __pow__(
        slf: &Bound<'_, Self>,
        other: &Bound<'_, PyAny>,
        modulus: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Py<PyAny>> {
        match modulus {
            Some(_) => Ok(slf.py().NotImplemented()),
            None => combine(slf.as_any(), other, power),
        }
    }

    fn __rpow__(
        slf: &Bound<'_, Self>,
        other: &Bound<'_, PyAny>,
        modulus: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Py<PyAny>> {
        match modulus {
            Some(_) => Ok(slf.py().NotImplemented()),
            None => combine(other, slf.as_any(), power),
        }
    }

    fn __neg__(&self, py: Python<'_>) -> PyResult<Self> {
        let made = py
            .detach(|| home::make(&[&self.handle], |pool, ids| Ok(pool.negate(ids[0]))));
        Ok(Self::from(made.map_err(Failure::from)?))
    }

    fn __pos__(slf: Py<Self>) -> Py<Self> {
        slf
    }

    fn __abs__(&self, py: Python<'_>) -> PyResult<Self> {
        let made = py.detach(|| {
            home::make(&[&self.handle], |pool, ids| {
                let abs = calcgrad::kernel::FunctionId::ABS;
                Ok(calcgrad::function::apply(pool, abs, ids))
            })
        });
        Ok(Self::from(made.map_err(Failure::from)?))
    }

    /// `==` says whether both are the same expression; the signs of order make conditions.
    fn __richcmp__(
        slf: &Bound<'_, Self>,
        other: &Bound<'_, PyAny>,
        sign: CompareOp,
    ) -> PyResult<Py<PyAny>> {
        let py = slf.py();
        let (relation, is_turned) = match sign {
            CompareOp::Eq | CompareOp::Ne => {
                let same = match other.cast::<Self>() {
                    Ok(other) => {
                        let (one, other) = (slf.get(), other.get());
                        py.detach(|| one.handle.is_same(&other.handle))
                    }
                    // Numbers are equal as numbers of Python are, to fit their hashes.
                    Err(_) => match slf.get().python_number(py)? {
                        Some(number) => {
                            return number.rich_compare(other, sign)?.into_py_any(py);
                        }
                        None => return Ok(py.NotImplemented()),
                    },
                };
                return (same == matches!(sign, CompareOp::Eq)).into_py_any(py);
            }
            CompareOp::Lt => (Relation::Less, false),
            CompareOp::Le => (Relation::LessEqual, false),
            CompareOp::Gt => (Relation::Less, true),
            CompareOp::Ge => (Relation::LessEqual, true),
        };
        let Some(other) = expression(other)? else { return Ok(py.NotImplemented()) };
        let (one, other) = (&slf.get().handle, &other.get().handle);
        let sides = if is_turned { [other, one] } else { [one, other] };
        Condition::of(relation, sides)?.into_py_any(py)
    }

    fn __hash__(&self, py: Python<'_>) -> PyResult<isize> {
        match self.python_number(py)? {
            Some(number) => number.hash(),
            None => Ok(self.handle.look(|pool, id| pool.digest(id)) as isize),
        }
    }

    fn __bool__(&self) -> bool {
        self.number().is_none_or(|number| !number.is_zero())
    }

    fn __str__(&self, py: Python<'_>) -> PyResult<String> {
        Ok(py.detach(|| self.text())?)
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        self.__str__(py)
    }

    /// LaTeX between dollars, for notebooks.
    fn _repr_latex_(&self, py: Python<'_>) -> PyResult<String> {
        Ok(format!("${}$", self.latex(py)?))
    }

    /// LaTeX for mathematics mode.
    fn latex(&self, py: Python<'_>) -> PyResult<String> {
        Ok(py.detach(|| self.written(Notation::Latex))?)
    }

    /// The formula in a programming language: C, Fortran, JavaScript, Mathematica, Maxima, Rust
    /// or SymPy.
    fn code(&self, py: Python<'_>, language: &str) -> PyResult<String> {
        let known = || code::DIALECTS.iter().copied();
        let Some(dialect) = known().find(|one| one.name.eq_ignore_ascii_case(language))
        else {
            let names: Vec<&str> = known().map(|dialect| dialect.name).collect();
            return Err(PyValueError::new_err(format!(
                "there is no language `{language}`; there are {}",
                names.join(", ")
            )));
        };
        let written = py.detach(|| {
            worker::with_engine(|engine| {
                let id = self.handle.bring(&mut engine.pool);
                code::code(&mut engine.pool, id, dialect)
            })
        });
        Ok(written.map_err(Failure::from)?.expression)
    }

    /// The names of the variables, `x2` before `x10`.
    #[getter]
    fn variables<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        PyTuple::new(py, self.names())
    }

    /// The name of a symbol; `None` for anything else.
    #[getter]
    fn name(&self) -> Option<String> {
        self.symbol_name().ok()
    }

    /// Whether it has no variables.
    #[getter]
    fn is_constant(&self) -> bool {
        self.handle.look(|pool, id| pool.is_constant(id))
    }

    /// The nearest double, or one beside it; all digits are right, however much cancels.
    fn __float__(&self, py: Python<'_>) -> PyResult<f64> {
        if !self.is_constant() {
            return Err(PyTypeError::new_err(
                "an expression with variables is no number",
            ));
        }
        if let Some(number) = self.python_number(py)? {
            return number.call_method0("__float__")?.extract();
        }
        let found = py.detach(|| {
            worker::with_engine(|engine| {
                let id = self.handle.bring(&mut engine.pool);
                double(engine, id)
            })
        });
        match found.map_err(Failure::from)? {
            value if value.is_finite() => Ok(value),
            _ => Err(PyOverflowError::new_err("the value is too large for a float")),
        }
    }

    fn __int__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        match self.python_number(py)? {
            Some(number) => py.get_type::<pyo3::types::PyInt>().call1((number,)),
            None => Err(PyTypeError::new_err("only an exact number becomes an integer")),
        }
    }

    /// The exact number as an `int` or a `Fraction`.
    fn as_number<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.python_number(py)?
            .ok_or_else(|| PyTypeError::new_err("the expression is no rational number"))
    }

    /// The decimal digits of a constant, as many as are asked for.
    #[pyo3(signature = (digits = 15))]
    fn decimal(&self, py: Python<'_>, digits: usize) -> PyResult<String> {
        let found = py.detach(|| {
            worker::with_engine(|engine| {
                let id = self.handle.bring(&mut engine.pool);
                engine.decimal(id, digits)
            })
        });
        Ok(found.map_err(Failure::from)?)
    }

    /// The parts of the expression, operands before what uses them and each once: what kind
    /// each is, what it says, and the places of its operands in the list. The last is the whole.
    fn nodes<'py>(&self, py: Python<'py>) -> PyResult<Vec<Bound<'py, PyTuple>>> {
        let parts = py.detach(|| self.handle.look(parts));
        parts.into_iter().map(|part| part.into_tuple(py)).collect()
    }

    /// Pickled as the program that is read back, with the names that are variables in it.
    fn __reduce__<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        let (py, own) = (slf.py(), slf.get());
        let written = py.detach(|| -> Result<given::Written> {
            let written = own.handle.look(given::program)?;
            worker::with_engine(|engine| {
                let read = engine.read(&written.text, &as_written(&written.names))?;
                given::must_be(engine, &read, &own.handle)
            })?;
            Ok(written)
        })?;
        let restore = py.import("calcgrad._calcgrad")?.getattr("_restored")?;
        (restore, (written.text, written.names)).into_bound_py_any(py)
    }

    fn __copy__(slf: Py<Self>) -> Py<Self> {
        slf
    }

    fn __deepcopy__(slf: Py<Self>, _memo: &Bound<'_, PyDict>) -> Py<Self> {
        slf
    }
}

/// The value of a constant: out of many digits, or out of as many as a function has.
fn double(engine: &mut Engine, id: ExprId) -> calcgrad::Result<f64> {
    /// More than a double has.
    const DIGITS: usize = 20;
    let digits = engine.decimal(id, DIGITS).ok().or_else(|| engine.short_decimal(id));
    match digits.and_then(|digits| digits.parse().ok()) {
        Some(value) => Ok(value),
        None => Err(ErrorKind::Undefined("the value in doubles".to_owned()).into()),
    }
}
