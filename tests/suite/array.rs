//! Arrays of NumPy, PyTorch, Julia and MATLAB.

use calcgrad::function::Language;

/// An array, row by row.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Array {
    pub(crate) dims: Vec<usize>,
    pub(crate) data: Vec<f64>,
    /// The adjoint of a vector of Julia.
    pub(crate) is_adjoint: bool,
}

/// Whose rules hold.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Dialect {
    pub(crate) language: Language,
    /// Whether vectors have one axis.
    pub(crate) flat: bool,
    pub(crate) julia: bool,
}

pub(crate) type Found = Result<Array, String>;

impl Dialect {
    pub(crate) fn of(language: Language) -> Self {
        let flat = matches!(language, Language::Python | Language::Pytorch);
        Self { language, flat, julia: language == Language::Julia }
    }
}

impl Array {
    pub(crate) fn scalar(value: f64) -> Self {
        Self { dims: Vec::new(), data: vec![value], is_adjoint: false }
    }

    pub(crate) fn new(dims: &[usize], data: Vec<f64>) -> Self {
        Self { dims: dims.to_vec(), data, is_adjoint: false }
    }

    pub(crate) fn from(
        rows: usize,
        cols: usize,
        f: impl Fn(usize, usize) -> f64,
    ) -> Self {
        let data = (0..rows * cols).map(|k| f(k / cols, k % cols)).collect();
        Self::new(&[rows, cols], data)
    }

    /// A declared variable; `row` says whether it is one for all sizes.
    pub(crate) fn variable(
        sizes: &[usize],
        row: bool,
        data: Vec<f64>,
        dialect: Dialect,
    ) -> Self {
        match sizes {
            [] => Self::scalar(data[0]),
            [n] if dialect.flat || dialect.julia => Self::new(&[*n], data),
            [n] => Self::new(&[*n, 1], data),
            [_, n] if row && dialect.flat => Self::new(&[*n], data),
            _ => Self { is_adjoint: row && dialect.julia, ..Self::new(sizes, data) },
        }
    }

    pub(crate) fn rows(&self) -> usize {
        self.dims.first().copied().unwrap_or(1)
    }

    pub(crate) fn cols(&self) -> usize {
        self.dims.get(1).copied().unwrap_or(1)
    }

    pub(crate) fn is_scalar(&self) -> bool {
        self.data.len() == 1
    }

    pub(crate) fn at(&self, i: usize, j: usize) -> f64 {
        self.data[i * self.cols() + j]
    }

    pub(crate) fn map(&self, f: impl Fn(f64) -> f64) -> Self {
        Self::new(&self.dims, self.data.iter().map(|x| f(*x)).collect())
    }

    /// Entry by entry; a scalar, or a column of the same height, goes with every entry.
    pub(crate) fn zip(&self, other: &Self, f: impl Fn(f64, f64) -> f64) -> Found {
        if other.is_scalar() && self.dims.len() >= other.dims.len() {
            return Ok(self.map(|x| f(x, other.data[0])));
        }
        if self.is_scalar() {
            return Ok(other.map(|y| f(self.data[0], y)));
        }
        if self.dims == other.dims {
            let pairs = self.data.iter().zip(&other.data).map(|(x, y)| f(*x, *y));
            let is_adjoint = self.is_adjoint && other.is_adjoint;
            return Ok(Self { is_adjoint, ..Self::new(&self.dims, pairs.collect()) });
        }
        if other.dims == [self.rows(), 1] && self.dims.len() == 2 {
            let spread = Self::from(self.rows(), self.cols(), |i, _| other.data[i]);
            return self.zip(&spread, f);
        }
        Err(format!("{:?} with {:?}", self.dims, other.dims))
    }

    pub(crate) fn transposed(&self) -> Self {
        Self::from(self.cols(), self.rows(), |i, j| self.at(j, i))
    }

    pub(crate) fn times(&self, other: &Self) -> Found {
        if self.cols() != other.rows() {
            return Err(format!("{:?} times {:?}", self.dims, other.dims));
        }
        let dot = |i, j| (0..self.cols()).map(|k| self.at(i, k) * other.at(k, j)).sum();
        Ok(Self::from(self.rows(), other.cols(), dot))
    }

    /// The inverse and the determinant, by elimination.
    pub(crate) fn inverse(&self) -> (Self, f64) {
        let n = self.rows();
        let mut rows: Vec<Vec<f64>> = (0..n)
            .map(|i| {
                let unit = (0..n).map(|j| f64::from(u8::from(i == j)));
                (0..n).map(|j| self.at(i, j)).chain(unit).collect()
            })
            .collect();
        let mut determinant = 1.0;
        for column in 0..n {
            let best = (column..n)
                .max_by(|a, b| rows[*a][column].abs().total_cmp(&rows[*b][column].abs()))
                .expect("a row");
            if best != column {
                rows.swap(best, column);
                determinant = -determinant;
            }
            let pivot = rows[column][column];
            determinant *= pivot;
            rows[column].iter_mut().for_each(|x| *x /= pivot);
            for i in (0..n).filter(|i| *i != column) {
                let factor = rows[i][column];
                let pivot_row = rows[column].clone();
                rows[i].iter_mut().zip(&pivot_row).for_each(|(x, y)| *x -= factor * y);
            }
        }
        (Self::from(n, n, |i, j| rows[i][n + j]), determinant)
    }
}
