//! Arrays of any numbers, row by row.

use super::field::Field;

/// Rows of one length.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Rows<T>(pub(crate) Vec<Vec<T>>);

impl<T: Field> Rows<T> {
    pub(super) fn from(
        (m, n): (usize, usize),
        mut entry: impl FnMut(usize, usize) -> T,
    ) -> Self {
        Self((0..m).map(|i| (0..n).map(|j| entry(i, j)).collect()).collect())
    }

    /// The number of rows and of columns.
    pub(super) fn counts(&self) -> (usize, usize) {
        (self.0.len(), self.0.first().map_or(0, Vec::len))
    }

    pub(super) fn at(&self, i: usize, j: usize) -> &T {
        &self.0[i][j]
    }

    /// A function of each entry.
    pub(super) fn map(&self, f: impl Fn(&T) -> T) -> Self {
        Self(self.0.iter().map(|row| row.iter().map(&f).collect()).collect())
    }

    /// What is kept of each entry by its place; all else is 0.
    pub(super) fn kept(&self, is_kept: impl Fn(usize, usize) -> bool) -> Self {
        let zero = T::whole(0);
        Self::from(self.counts(), |i, j| match is_kept(i, j) {
            true => self.at(i, j).clone(),
            false => zero.clone(),
        })
    }

    pub(super) fn turned(&self) -> Self {
        let (m, n) = self.counts();
        Self::from((n, m), |i, j| self.at(j, i).clone())
    }

    pub(super) fn times(&self, other: &Self) -> Self {
        let ((m, inner), (_, n)) = (self.counts(), other.counts());
        Self::from((m, n), |i, j| {
            let products = (0..inner).map(|k| self.at(i, k).times(other.at(k, j)));
            products.fold(T::whole(0), |sum, x| sum.plus(&x))
        })
    }

    pub(super) fn plus_identity(&self) -> Self {
        let one = T::whole(1);
        Self::from(self.counts(), |i, j| match i == j {
            true => self.at(i, j).plus(&one),
            false => self.at(i, j).clone(),
        })
    }

    /// Strict triangles with opposite signs.
    pub(super) fn skew(&self) -> Self {
        Self::from(self.counts(), |i, j| match i.cmp(&j) {
            std::cmp::Ordering::Less => self.at(i, j).clone(),
            std::cmp::Ordering::Equal => T::whole(0),
            std::cmp::Ordering::Greater => self.at(j, i).negative(),
        })
    }
}
