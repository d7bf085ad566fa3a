//! Arrays of scalar formulas.

use super::scalars::Scalars;
use super::{super::form::FormId, MAX_ENTRIES};
use crate::error::{Error, ErrorKind, Result};

/// The largest matrix whose determinant is written out.
const MAX_DETERMINANT: usize = 4;

/// Entries, row by row.
#[derive(Clone, Debug)]
pub(super) struct Grid {
    pub(super) rows: usize,
    pub(super) cols: usize,
    entries: Vec<FormId>,
}

impl Grid {
    pub(super) fn scalar(id: FormId) -> Self {
        Self { rows: 1, cols: 1, entries: vec![id] }
    }

    /// # Errors
    /// More entries than are written out.
    pub(super) fn from(
        rows: usize,
        cols: usize,
        mut entry: impl FnMut(usize, usize) -> FormId,
    ) -> Result<Self> {
        if rows.saturating_mul(cols) > MAX_ENTRIES {
            return Err(too_many_entries());
        }
        let entries = (0..rows * cols).map(|k| entry(k / cols, k % cols)).collect();
        Ok(Self { rows, cols, entries })
    }

    pub(super) fn at(&self, row: usize, col: usize) -> FormId {
        self.entries[row * self.cols + col]
    }

    /// All entries, row by row.
    pub(super) fn entries(&self) -> &[FormId] {
        &self.entries
    }

    pub(super) fn transposed(&self) -> Result<Self> {
        Self::from(self.cols, self.rows, |i, j| self.at(j, i))
    }

    pub(super) fn map(&self, f: impl FnMut(FormId) -> FormId) -> Self {
        let entries = self.entries.iter().copied().map(f).collect();
        Self { entries, ..*self }
    }

    pub(super) fn times(&self, other: &Self, s: &mut Scalars) -> Result<Self> {
        Self::from(self.rows, other.cols, |i, j| {
            let terms: Vec<(bool, FormId)> = (0..self.cols)
                .map(|k| (false, s.product(&[self.at(i, k), other.at(k, j)])))
                .collect();
            s.sum(&terms)
        })
    }

    /// Without a row and a column.
    fn minor(&self, row: usize, col: usize) -> Result<Self> {
        let skip = |k: usize, at: usize| if k < at { k } else { k + 1 };
        Self::from(self.rows - 1, self.cols - 1, |i, j| {
            self.at(skip(i, row), skip(j, col))
        })
    }

    /// The determinant, by Laplace's expansion along the first row.
    ///
    /// # Errors
    /// A matrix with more rows than are written out.
    pub(super) fn determinant(&self, s: &mut Scalars) -> Result<FormId> {
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
            let minor = self.minor(0, j)?.determinant(s)?;
            terms.push((j % 2 == 1, s.product(&[self.at(0, j), minor])));
        }
        Ok(s.sum(&terms))
    }

    /// The adjugate: the transposed matrix of cofactors.
    ///
    /// # Errors
    /// As [`Grid::determinant`].
    pub(super) fn adjugate(&self, s: &mut Scalars) -> Result<Self> {
        let n = self.rows;
        let mut cofactors = Vec::new();
        for k in 0..n * n {
            let (i, j) = (k / n, k % n);
            let minor = match n {
                1 => s.whole(1),
                _ => self.minor(j, i)?.determinant(s)?,
            };
            cofactors.push(s.sum(&[((i + j) % 2 == 1, minor)]));
        }
        Ok(Self { rows: n, cols: n, entries: cofactors })
    }

    /// The inverse, by the adjugate.
    ///
    /// # Errors
    /// As [`Grid::determinant`].
    pub(super) fn inverse(&self, s: &mut Scalars) -> Result<Self> {
        let diagonal = (0..self.rows * self.cols)
            .all(|k| k / self.cols == k % self.cols || s.is_zero(self.entries[k]));
        if diagonal {
            let one = s.whole(1);
            return Self::from(self.rows, self.cols, |i, j| match i == j {
                true => s.divide(one, self.at(i, i)),
                false => self.at(i, j),
            });
        }
        let determinant = self.determinant(s)?;
        let adjugate = self.adjugate(s)?;
        Ok(adjugate.map(|entry| s.divide(entry, determinant)))
    }
}

/// That an array has more entries than are written out.
pub(super) fn too_many_entries() -> Error {
    let what = "the number of entries of a matrix entry by entry";
    let limit = MAX_ENTRIES as u64;
    Error::from(ErrorKind::OverLimit { what, limit }).help("take smaller sizes")
}
