//! Formulas ready for values at many points.

use crate::calculus::one_component;
use crate::error::{Failure, Result};
use crate::given::Given;
use crate::worker;
use calcgrad::evaluate::Blocks;
use calcgrad::kernel::ExprId;
use calcgrad::session::{Engine, Form, NamedParts, Settings};
use numpy::{PyArray2, PyArrayMethods, PyReadonlyArray1};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::PyList;

/// Partial derivatives in more variables are found together, in one sweep back over the
/// function, with names for what they share.
const FEW: usize = 8;

/// Formulas, and maybe their partial derivatives, ready for values.
#[pyclass(frozen, module = "calcgrad._calcgrad")]
pub(crate) struct Compiled {
    blocks: Blocks,
    variables: usize,
    outputs: usize,
}

/// Compiles formulas, and with them their partial derivatives in the variables, formula by
/// formula, if these are asked for.
#[pyfunction]
pub(crate) fn _compiled(
    py: Python<'_>,
    formulas: &Bound<'_, PyList>,
    names: Vec<String>,
    with_gradient: bool,
) -> PyResult<Compiled> {
    let formulas: Vec<Given> =
        formulas.iter().map(|one| Given::from(&one)).collect::<PyResult<_>>()?;
    let found = py.detach(|| {
        worker::with_engine(|engine| compiled(engine, &formulas, &names, with_gradient))
    });
    Ok(found?)
}

fn compiled(
    engine: &mut Engine,
    formulas: &[Given],
    names: &[String],
    with_gradient: bool,
) -> Result<Compiled> {
    let settings = Settings { declared: names.to_vec(), ..Settings::default() };
    let (mut roots, mut partials): (Vec<ExprId>, Vec<ExprId>) = (Vec::new(), Vec::new());
    let mut parts = NamedParts::new();
    for formula in formulas {
        let formula = formula.read(engine, &settings)?;
        one_component(&formula)?;
        if !with_gradient {
            roots.extend(&formula.roots);
            continue;
        }
        let found = match names.len() {
            0..=FEW => {
                roots.extend(&formula.roots);
                engine.partials(&formula, names, 1, Form::Auto)?
            }
            _ => {
                let found =
                    engine.gradient_in_parts(&formula, names, Form::Auto, true)?;
                roots.extend(found.function);
                parts.extend(found.parts);
                found.derivatives
            }
        };
        partials.extend(found.partials.iter().map(|partial| partial.values[0]));
    }
    roots.extend(partials);
    let blocks = engine.compile(&roots, &parts, names).map_err(Failure::from)?;
    Ok(Compiled { blocks, variables: names.len(), outputs: roots.len() })
}

#[pymethods]
impl Compiled {
    /// The values at one point.
    fn at(&self, py: Python<'_>, point: Vec<f64>) -> PyResult<Vec<f64>> {
        if point.len() != self.variables {
            return Err(PyValueError::new_err(
                "a point has a coordinate for each variable",
            ));
        }
        let mut values = vec![0.0; self.outputs];
        py.detach(|| {
            let columns: Vec<&[f64]> = point.chunks(1).collect();
            let mut into: Vec<&mut [f64]> = values.chunks_mut(1).collect();
            self.blocks.run(&columns, &mut into);
        });
        Ok(values)
    }

    /// The values at many points, a row for each formula: each column has one coordinate of
    /// each point, or one for all of them.
    fn run<'py>(
        &self,
        py: Python<'py>,
        columns: Vec<PyReadonlyArray1<'py, f64>>,
        points: usize,
        threads: usize,
    ) -> PyResult<Bound<'py, PyArray2<f64>>> {
        let columns: Vec<&[f64]> = columns
            .iter()
            .map(PyReadonlyArray1::as_slice)
            .collect::<std::result::Result<_, _>>()?;
        let fits = |column: &&[f64]| column.len() == points || column.len() == 1;
        if columns.len() != self.variables || !columns.iter().all(fits) {
            return Err(PyValueError::new_err("the arrays do not fit the variables"));
        }
        let array = PyArray2::<f64>::zeros(py, [self.outputs, points], false);
        let mut all = array.readwrite();
        let all = all.as_slice_mut()?;
        py.detach(|| self.fill(&columns, all, points, threads));
        Ok(array)
    }
}

impl Compiled {
    /// Fills rows of values, with the points in as many parts as there are threads.
    fn fill(&self, columns: &[&[f64]], all: &mut [f64], points: usize, threads: usize) {
        if points == 0 {
            return;
        }
        let size = points.div_ceil(threads.clamp(1, points));
        let mut parts: Vec<Vec<&mut [f64]>> = Vec::new();
        for row in all.chunks_mut(points) {
            for (place, piece) in row.chunks_mut(size).enumerate() {
                match parts.get_mut(place) {
                    Some(part) => part.push(piece),
                    None => parts.push(vec![piece]),
                }
            }
        }
        let run = |place: usize, part: &mut [&mut [f64]]| {
            let range = place * size..((place + 1) * size).min(points);
            let columns: Vec<&[f64]> = columns
                .iter()
                .map(|column| match column.len() == points {
                    true => &column[range.clone()],
                    false => column,
                })
                .collect();
            self.blocks.run(&columns, part);
        };
        let run = &run;
        std::thread::scope(|scope| {
            let mut parts = parts.into_iter().enumerate();
            let first = parts.next();
            for (place, mut part) in parts {
                scope.spawn(move || run(place, &mut part));
            }
            if let Some((place, mut part)) = first {
                run(place, &mut part);
            }
        });
    }
}
