//! Matrices of values with many digits.

use super::loss;
use super::precise::{CLEAR, Precise};
use super::special::{Found, Square};
use astro_float::BigFloat;

/// What a determinant costs, in terms of series, is the cube of the number of rows over this;
/// what inverses and eigenvalues cost is so many times more.
const STEPS: u64 = 4;
const INVERSE: u64 = 2;
const ROTATIONS: u64 = 32;
/// Products of matrices for an exponential, beside one for so many bits.
const EXPONENTIAL: u64 = 40;
const TERM_BITS: u64 = 8;
/// The same for a root, beside the cube of the number of rows, and roots for a logarithm.
const ROOT: u64 = 40;
const LOGARITHM: u64 = 8;

impl Precise {
    /// The determinant of a square matrix with so many rows, row by row.
    pub fn determinant(&mut self, rows: usize, entries: &[u32]) -> u32 {
        match self.square(rows, entries, 1) {
            Some(square) => {
                let (found, _) = square.eliminated(false);
                self.push(found.value, found.error)
            }
            None => self.unknown(self.too_much()),
        }
    }

    /// The inverse of a square matrix; NaN where there is none.
    pub fn inverse(&mut self, rows: usize, entries: &[u32]) -> Vec<u32> {
        let square = self.square(rows, entries, INVERSE);
        self.all(rows * rows, square.map(|square| square.eliminated(true).1))
    }

    /// The exponential of a square matrix.
    pub fn exponential(&mut self, rows: usize, entries: &[u32]) -> Vec<u32> {
        let products = EXPONENTIAL + self.precision as u64 / TERM_BITS;
        let square = self.square(rows, entries, products);
        self.all(rows * rows, square.map(Square::exponential))
    }

    /// The principal square root of a square matrix.
    pub fn square_root(&mut self, rows: usize, entries: &[u32]) -> Vec<u32> {
        let square = self.square(rows, entries, ROOT + (rows as u64).pow(3));
        self.all(rows * rows, square.map(|square| square.square_root()))
    }

    /// The principal logarithm of a square matrix.
    pub fn logarithm(&mut self, rows: usize, entries: &[u32]) -> Vec<u32> {
        let products = self.precision as u64 / TERM_BITS;
        let roots = LOGARITHM * (ROOT + (rows as u64).pow(3));
        let square = self.square(rows, entries, products + roots);
        self.all(rows * rows, square.map(|square| square.logarithm()))
    }

    /// The eigenvalues of a symmetric matrix, the greatest first.
    pub fn eigenvalues(&mut self, rows: usize, entries: &[u32]) -> Vec<u32> {
        let square = self.square(rows, entries, ROTATIONS);
        self.all(rows, square.map(Square::eigenvalues))
    }

    /// The eigenvector of the eigenvalue at a place, counted from 0, the greatest first.
    pub fn eigenvector(
        &mut self,
        rows: usize,
        entries: &[u32],
        place: usize,
    ) -> Vec<u32> {
        let square = self.square(rows, entries, ROTATIONS);
        self.all(rows, square.map(|square| square.eigenvector(place)))
    }

    /// A matrix that is paid for; `None` where there is not enough left.
    fn square(&mut self, rows: usize, entries: &[u32], cost: u64) -> Option<Square> {
        let words = 1 + self.precision as u64 / 512;
        self.pay(1 + cost * (rows as u64).pow(3) * words / STEPS);
        let value = |id: &u32| (self.get(*id).clone(), self.error(*id));
        let values: Vec<(BigFloat, i64)> = entries.iter().map(value).collect();
        // Beside 1, or beside each other, what is too small goes under.
        let sizes = values.iter().filter(|(value, _)| !value.is_zero());
        let sizes = sizes.map(|(value, _)| loss::size(value));
        let (least, most) =
            sizes.fold((0, 0), |(least, most), size| (size.min(least), size.max(most)));
        self.is_absorbed |= most.saturating_sub(least) > self.precision as i64 - CLEAR;
        (!self.has_spent_all()).then(|| Square::of(&values, rows, self.precision))
    }

    fn all(&mut self, count: usize, found: Option<Vec<Found>>) -> Vec<u32> {
        match found {
            Some(found) => {
                found.into_iter().map(|one| self.push(one.value, one.error)).collect()
            }
            None => {
                let unknown = self.unknown(self.too_much());
                vec![unknown; count]
            }
        }
    }
}
