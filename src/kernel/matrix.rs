//! Matrices of expressions.

use super::node::ExprId;

/// A matrix of expressions, held row by row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Matrix {
    columns: usize,
    entries: Vec<ExprId>,
}

impl Matrix {
    /// The matrix of `rows` x `columns` entries `entry(row, column)`, counted from 0.
    pub fn from_fn(
        rows: usize,
        columns: usize,
        mut entry: impl FnMut(usize, usize) -> ExprId,
    ) -> Self {
        let places = (0..rows).flat_map(|i| (0..columns).map(move |j| (i, j)));
        Self { columns, entries: places.map(|(i, j)| entry(i, j)).collect() }
    }

    /// How many rows it has.
    pub fn rows(&self) -> usize {
        self.entries.len().checked_div(self.columns).unwrap_or(0)
    }

    /// How many columns it has.
    pub fn columns(&self) -> usize {
        self.columns
    }

    /// The entry in a row and a column, counted from 0.
    pub fn at(&self, row: usize, column: usize) -> ExprId {
        self.entries[row * self.columns + column]
    }

    /// All entries, row by row.
    pub fn entries(&self) -> &[ExprId] {
        &self.entries
    }

    /// The rows.
    pub fn iter(&self) -> impl Iterator<Item = &[ExprId]> {
        self.entries.chunks(self.columns.max(1))
    }

    /// The same matrix with other entries, given row by row.
    ///
    /// Entries beyond the size of the matrix are ignored.
    pub fn with_entries(&self, mut entries: Vec<ExprId>) -> Self {
        entries.truncate(self.entries.len());
        Self { columns: self.columns, entries }
    }

    /// Rows and columns exchanged.
    pub fn transpose(&self) -> Self {
        Self::from_fn(self.columns, self.rows(), |i, j| self.at(j, i))
    }
}
