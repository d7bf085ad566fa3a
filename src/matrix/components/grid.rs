//! Arrays of scalars.

use super::arithmetic::Arithmetic;
use crate::error::{Error, ErrorKind, Result};

/// The largest matrix whose determinant is written out.
const MAX_DETERMINANT: usize = 4;

/// Entries, row by row.
#[derive(Clone, Debug)]
pub(in super::super) struct Grid<T> {
    pub(in super::super) rows: usize,
    pub(in super::super) cols: usize,
    entries: Vec<T>,
}

impl<T: Copy + PartialEq> Grid<T> {
    pub(in super::super) fn scalar(id: T) -> Self {
        Self { rows: 1, cols: 1, entries: vec![id] }
    }

    /// # Errors
    /// More entries than an arithmetic takes.
    pub(in super::super) fn from(
        rows: usize,
        cols: usize,
        most: usize,
        mut entry: impl FnMut(usize, usize) -> T,
    ) -> Result<Self> {
        if rows.saturating_mul(cols) > most {
            return Err(too_many_entries(most));
        }
        let entries = (0..rows * cols).map(|k| entry(k / cols, k % cols)).collect();
        Ok(Self { rows, cols, entries })
    }

    pub(in super::super) fn at(&self, row: usize, col: usize) -> T {
        self.entries[row * self.cols + col]
    }

    /// All entries, row by row.
    pub(in super::super) fn entries(&self) -> &[T] {
        &self.entries
    }

    pub(in super::super) fn transposed(&self) -> Self {
        let entry = |k: usize| self.at(k % self.rows, k / self.rows);
        let entries = (0..self.entries.len()).map(entry).collect();
        Self { rows: self.cols, cols: self.rows, entries }
    }

    pub(in super::super) fn map<U>(&self, f: impl FnMut(T) -> U) -> Grid<U> {
        let entries = self.entries.iter().copied().map(f).collect();
        Grid { rows: self.rows, cols: self.cols, entries }
    }

    pub(in super::super) fn times<S: Arithmetic<Id = T>>(
        &self,
        other: &Self,
        s: &mut S,
    ) -> Result<Self> {
        Self::from(self.rows, other.cols, S::MOST, |i, j| {
            let terms: Vec<(bool, T)> = (0..self.cols)
                .map(|k| (false, s.product(&[self.at(i, k), other.at(k, j)])))
                .collect();
            s.sum(&terms)
        })
    }

    /// Without a row and a column.
    fn minor(&self, row: usize, col: usize) -> Self {
        let (rows, cols) = (self.rows - 1, self.cols - 1);
        let skip = |k: usize, at: usize| if k < at { k } else { k + 1 };
        let entry = |k: usize| self.at(skip(k / cols, row), skip(k % cols, col));
        Self { rows, cols, entries: (0..rows * cols).map(entry).collect() }
    }

    /// The determinant, by Laplace's expansion along the first row.
    ///
    /// # Errors
    /// A matrix with more rows than are written out.
    pub(in super::super) fn determinant<S: Arithmetic<Id = T>>(
        &self,
        s: &mut S,
    ) -> Result<T> {
        if self.rows > MAX_DETERMINANT {
            let what = "the number of rows of determinants and inverses entry by entry";
            let limit = MAX_DETERMINANT as u64;
            let error = Error::from(ErrorKind::OverLimit { what, limit });
            return Err(error.help("take smaller sizes"));
        }
        if self.rows <= 1 {
            return Ok(self.entries.first().copied().unwrap_or_else(|| s.whole(1)));
        }
        let mut terms = Vec::new();
        for j in 0..self.cols {
            if s.is_zero(self.at(0, j)) {
                continue;
            }
            let minor = self.minor(0, j).determinant(s)?;
            terms.push((j % 2 == 1, s.product(&[self.at(0, j), minor])));
        }
        Ok(s.sum(&terms))
    }

    /// The adjugate: the transposed matrix of cofactors.
    ///
    /// # Errors
    /// As [`Grid::determinant`].
    pub(in super::super) fn adjugate<S: Arithmetic<Id = T>>(
        &self,
        s: &mut S,
    ) -> Result<Self> {
        let n = self.rows;
        let mut cofactors = Vec::new();
        for k in 0..n * n {
            let (i, j) = (k / n, k % n);
            let minor = match n {
                1 => s.whole(1),
                _ => self.minor(j, i).determinant(s)?,
            };
            cofactors.push(s.sum(&[((i + j) % 2 == 1, minor)]));
        }
        Ok(Self { rows: n, cols: n, entries: cofactors })
    }

    /// The inverse, by the adjugate.
    ///
    /// # Errors
    /// As [`Grid::determinant`].
    pub(in super::super) fn inverse<S: Arithmetic<Id = T>>(
        &self,
        s: &mut S,
    ) -> Result<Self> {
        let diagonal = (0..self.rows * self.cols)
            .all(|k| k / self.cols == k % self.cols || s.is_zero(self.entries[k]));
        if diagonal {
            let one = s.whole(1);
            return Self::from(self.rows, self.cols, S::MOST, |i, j| match i == j {
                true => s.divide(one, self.at(i, i)),
                false => self.at(i, j),
            });
        }
        let determinant = self.determinant(s)?;
        let adjugate = self.adjugate(s)?;
        Ok(adjugate.map(|entry| s.divide(entry, determinant)))
    }
}

/// That an array has more entries than are taken one by one.
pub(super) fn too_many_entries(most: usize) -> Error {
    let what = "the number of entries of a matrix entry by entry";
    let limit = most as u64;
    Error::from(ErrorKind::OverLimit { what, limit }).help("take smaller sizes")
}
