//! A matrix of doubles.

use super::super::drawn::Rows;

/// A matrix, row by row.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Dense {
    /// The number of rows.
    pub rows: usize,
    /// The number of columns.
    pub cols: usize,
    /// The entries, row by row.
    pub data: Vec<f64>,
}

/// A pivot is 0 when it is so small beside the largest entry.
const SINGULAR: f64 = 1e-11;

impl Dense {
    /// A matrix of which each entry is a function of its place.
    pub(crate) fn from(
        rows: usize,
        cols: usize,
        mut entry: impl FnMut(usize, usize) -> f64,
    ) -> Self {
        let mut data = Vec::with_capacity(rows * cols);
        for i in 0..rows {
            for j in 0..cols {
                data.push(entry(i, j));
            }
        }
        Self { rows, cols, data }
    }

    /// The same as rows.
    pub(crate) fn of(rows: &Rows<f64>) -> Self {
        let cols = rows.0.first().map_or(0, Vec::len);
        Self { rows: rows.0.len(), cols, data: rows.0.concat() }
    }

    /// As rows.
    pub(crate) fn to_rows(&self) -> Rows<f64> {
        Rows(self.data.chunks(self.cols.max(1)).map(<[f64]>::to_vec).collect())
    }

    /// A matrix with one entry.
    pub(crate) fn scalar(value: f64) -> Self {
        Self { rows: 1, cols: 1, data: vec![value] }
    }

    /// The entry at a place.
    pub(crate) fn at(&self, i: usize, j: usize) -> f64 {
        self.data[i * self.cols + j]
    }

    /// Whether it has one entry.
    pub(crate) fn is_scalar(&self) -> bool {
        self.data.len() == 1
    }

    /// The size of the greatest entry.
    pub(crate) fn size(&self) -> f64 {
        self.data.iter().fold(0.0, |greatest, x| greatest.max(x.abs()))
    }

    /// The transpose.
    pub(crate) fn transposed(&self) -> Self {
        Self::from(self.cols, self.rows, |i, j| self.at(j, i))
    }

    /// A function of each entry.
    pub(crate) fn map(&self, f: impl Fn(f64) -> f64) -> Self {
        Self { data: self.data.iter().map(|x| f(*x)).collect(), ..*self }
    }

    /// A function of entries in the same place; one entry goes with all of the other.
    pub(crate) fn zip(&self, other: &Self, f: impl Fn(f64, f64) -> f64) -> Self {
        if other.is_scalar() {
            return self.map(|x| f(x, other.data[0]));
        }
        if self.is_scalar() {
            return other.map(|y| f(self.data[0], y));
        }
        let data = self.data.iter().zip(&other.data).map(|(x, y)| f(*x, *y)).collect();
        Self { data, ..*self }
    }

    /// The matrix product; a scalar goes with every entry.
    pub(crate) fn times(&self, other: &Self) -> Self {
        if self.is_scalar() || other.is_scalar() {
            return self.zip(other, |x, y| x * y);
        }
        Self::from(self.rows, other.cols, |i, j| {
            (0..self.cols).map(|k| self.at(i, k) * other.at(k, j)).sum()
        })
    }

    /// The sum of all entries.
    pub(crate) fn sum(&self) -> f64 {
        self.data.iter().sum()
    }

    /// The sums down the columns, a row, or along the rows, a column.
    pub(crate) fn sums(&self, is_down: bool) -> Self {
        match is_down {
            true => Self::from(1, self.cols, |_, j| {
                (0..self.rows).map(|i| self.at(i, j)).sum()
            }),
            false => Self::from(self.rows, 1, |i, _| {
                (0..self.cols).map(|j| self.at(i, j)).sum()
            }),
        }
    }

    /// The inverse and the determinant, by elimination with row pivots. What is left of a
    /// singular matrix is rounding, so small pivots count as 0: the inverse is NaN then.
    pub(crate) fn inverse(&self) -> (Self, f64) {
        let n = self.rows;
        let largest = self.data.iter().fold(0.0f64, |m, x| m.max(x.abs()));
        let mut a = self.clone();
        let mut b = Self::from(n, n, |i, j| f64::from(u8::from(i == j)));
        let mut determinant = 1.0;
        for k in 0..n {
            let pivot = (k..n)
                .max_by(|x, y| a.at(*x, k).abs().total_cmp(&a.at(*y, k).abs()))
                .unwrap_or(k);
            if a.at(pivot, k).abs() <= SINGULAR * largest {
                return (self.map(|_| f64::NAN), 0.0);
            }
            if pivot != k {
                determinant = -determinant;
                for m in [&mut a, &mut b] {
                    for j in 0..n {
                        m.data.swap(pivot * n + j, k * n + j);
                    }
                }
            }
            let head = a.at(k, k);
            determinant *= head;
            for m in [&mut a, &mut b] {
                for j in 0..n {
                    m.data[k * n + j] /= head;
                }
            }
            for i in (0..n).filter(|i| *i != k) {
                let factor = a.at(i, k);
                for m in [&mut a, &mut b] {
                    for j in 0..n {
                        m.data[i * n + j] -= factor * m.data[k * n + j];
                    }
                }
            }
        }
        (b, determinant)
    }

    /// The matrix without a row and a column.
    fn minor(&self, row: usize, col: usize) -> Self {
        let skip = |k: usize, gone: usize| if k < gone { k } else { k + 1 };
        Self::from(self.rows - 1, self.cols - 1, |i, j| {
            self.at(skip(i, row), skip(j, col))
        })
    }

    /// The adjugate, by cofactors.
    pub(crate) fn adjugate(&self) -> Self {
        Self::from(self.rows, self.cols, |i, j| {
            let sign = if (i + j).is_multiple_of(2) { 1.0 } else { -1.0 };
            sign * self.minor(j, i).inverse().1
        })
    }

    /// The Kronecker product.
    pub(crate) fn kronecker(&self, other: &Self) -> Self {
        let (p, q) = (other.rows, other.cols);
        Self::from(self.rows * p, self.cols * q, |i, j| {
            self.at(i / p, j / q) * other.at(i % p, j % q)
        })
    }
}
