//! Functions of arrays along axes, as the languages have them.

use super::array::{Array, Dialect};
use calcgrad::function::Language;

/// What is made of entries: of all, or along an axis.
pub(crate) fn reduced(
    dialect: Dialect,
    short: &str,
    list: &[Array],
    words: &[String],
    vector: bool,
) -> Array {
    let a = &list[0];
    let is_matlab = dialect.language == Language::Matlab;
    let fold = |entries: Vec<f64>| -> f64 {
        match short {
            "sum" => entries.iter().sum(),
            "mean" => entries.iter().sum::<f64>() / entries.len() as f64,
            "prod" => entries.iter().product(),
            "min" | "minimum" => entries.into_iter().fold(f64::MAX, f64::min),
            _ => entries.into_iter().fold(f64::MIN, f64::max),
        }
    };
    if short == "cumsum" {
        let mut total = 0.0;
        let data = a.data.iter().map(|x| {
            total += x;
            total
        });
        return Array::new(&a.dims, data.collect());
    }
    // Axes are counted from 0 in Python, from 1 in Julia and MATLAB.
    let named = words.iter().find_map(|word| {
        let (name, axis) = word.split_once('=')?;
        matches!(name, "axis" | "dim" | "dims").then(|| axis.parse::<usize>().ok())?
    });
    let named = named.map(|axis| if dialect.flat { axis } else { axis - 1 });
    let last = list.get(1..).and_then(|rest| rest.last());
    let axis = match (named, last) {
        (Some(axis), _) => Some(axis),
        (None, Some(axis)) if is_matlab => Some(axis.data[0] as usize - 1),
        _ if is_matlab && !vector => Some(0),
        _ => None,
    };
    let column = |j: usize| (0..a.rows()).map(|i| a.at(i, j)).collect::<Vec<f64>>();
    let row = |i: usize| (0..a.cols()).map(|j| a.at(i, j)).collect::<Vec<f64>>();
    let keeps = !dialect.flat || words.iter().any(|word| word.starts_with("keepdim"));
    match axis {
        None => Array::scalar(fold(a.data.clone())),
        Some(0) => {
            let data: Vec<f64> = (0..a.cols()).map(|j| fold(column(j))).collect();
            let dims = if keeps { vec![1, a.cols()] } else { vec![a.cols()] };
            Array::new(&dims, data)
        }
        Some(_) => {
            let data: Vec<f64> = (0..a.rows()).map(|i| fold(row(i))).collect();
            let dims = if keeps { vec![a.rows(), 1] } else { vec![a.rows()] };
            Array::new(&dims, data)
        }
    }
}

/// Cross products: of vectors, or of the columns of matrices; of the rows in Python.
pub(crate) fn crossed(dialect: Dialect, a: &Array, b: &Array) -> Array {
    let product = |x: [f64; 3], y: [f64; 3]| {
        [x[1] * y[2] - x[2] * y[1], x[2] * y[0] - x[0] * y[2], x[0] * y[1] - x[1] * y[0]]
    };
    let part = |m: &Array, k: usize| -> [f64; 3] {
        std::array::from_fn(|i| match (m.data.len(), dialect.flat) {
            (3, _) => m.data[i],
            (_, true) => m.at(k, i),
            (_, false) => m.at(i, k),
        })
    };
    if a.data.len() == 3 && b.data.len() == 3 {
        return Array::new(&a.dims, product(part(a, 0), part(b, 0)).to_vec());
    }
    let all: Vec<[f64; 3]> = (0..3).map(|k| product(part(a, k), part(b, k))).collect();
    match dialect.flat {
        true => Array::from(3, 3, |i, j| all[i][j]),
        false => Array::from(3, 3, |i, j| all[j][i]),
    }
}

/// The entries of a matrix in a triangle.
pub(crate) fn triangle(a: &Array, is_in: impl Fn(usize, usize) -> bool) -> Array {
    Array::from(a.rows(), a.cols(), |i, j| if is_in(i, j) { a.at(i, j) } else { 0.0 })
}

/// A list as a matrix: column after column, in PyTorch row after row.
pub(crate) fn reshaped(name: &str, list: &[Array]) -> Array {
    let sizes: Vec<usize> =
        list[1..].iter().flat_map(|size| &size.data).map(|n| *n as usize).collect();
    let (rows, cols) = (sizes[0], sizes[1]);
    let data = &list[0].data;
    match name.starts_with("torch") {
        true => Array::new(&sizes, data.clone()),
        false => Array::from(rows, cols, |i, j| data[j * rows + i]),
    }
}
