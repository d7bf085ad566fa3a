//! What entries are calculated with: scalar formulas as they come, or exact values.

use super::super::form::Elementwise;
use super::grid::Grid;
use crate::error::{Error, ErrorKind, Result};
use crate::function;
use crate::kernel::{Constant, Number};

/// The error of a function that has values at arrays only.
pub(super) fn no_entries(name: &str) -> Error {
    let what = format!("`{name}` is not written in entries");
    Error::from(ErrorKind::Unsupported(what))
        .help("it has values at arrays, as with `eval … --at`")
}

/// The error of a function without a meaning, which has no values.
pub(in super::super) fn no_meaning() -> Error {
    let what = "a function without a meaning has no values".to_owned();
    ErrorKind::Unsupported(what).into()
}

/// The operations of scalars of which matrix expressions are made.
pub(in super::super) trait Arithmetic: Sized {
    /// A scalar.
    type Id: Copy + PartialEq;
    /// The most entries of an array.
    const MOST: usize;

    fn number(&mut self, n: &Number) -> Self::Id;
    fn constant(&mut self, constant: Constant) -> Self::Id;
    fn is_zero(&self, id: Self::Id) -> bool;
    /// The number that a scalar is, where it is one.
    fn as_number(&self, id: Self::Id) -> Option<Number>;
    /// Terms; the flag says subtracted.
    fn sum(&mut self, terms: &[(bool, Self::Id)]) -> Self::Id;
    fn product(&mut self, factors: &[Self::Id]) -> Self::Id;
    fn divide(&mut self, above: Self::Id, below: Self::Id) -> Self::Id;
    fn power(&mut self, base: Self::Id, exponent: Self::Id) -> Self::Id;
    /// Whether a number has grown too long: what is found from then on counts for nothing.
    fn is_spent(&self) -> bool {
        false
    }
    /// A function of entries.
    ///
    /// # Errors
    /// One that has no values.
    fn function(
        &mut self,
        function: Elementwise,
        arguments: &[Self::Id],
    ) -> Result<Self::Id>;

    /// The determinant of a square array.
    ///
    /// # Errors
    /// One with too many rows.
    fn determinant(&mut self, of: &Grid<Self::Id>) -> Result<Self::Id> {
        of.determinant(self)
    }

    /// The inverse of a square array.
    ///
    /// # Errors
    /// One with too many rows, or that has none.
    fn inverse(&mut self, of: &Grid<Self::Id>) -> Result<Grid<Self::Id>> {
        of.inverse(self)
    }

    /// The pseudo-inverse of an array.
    ///
    /// # Errors
    /// Where there are no values, as in formulas.
    fn pseudo_inverse(&mut self, _: &Grid<Self::Id>) -> Result<Grid<Self::Id>> {
        Err(no_entries("pinv"))
    }

    /// The exponential of a square array.
    ///
    /// # Errors
    /// Where there are no values, as in formulas.
    fn exponential(&mut self, _: &Grid<Self::Id>) -> Result<Grid<Self::Id>> {
        Err(no_entries("expm"))
    }

    /// The principal square root of a square array.
    ///
    /// # Errors
    /// Where there are no values, as in formulas.
    fn square_root(&mut self, _: &Grid<Self::Id>) -> Result<Grid<Self::Id>> {
        Err(no_entries("sqrtm"))
    }

    /// The principal logarithm of a square array.
    ///
    /// # Errors
    /// Where there are no values, as in formulas.
    fn logarithm(&mut self, _: &Grid<Self::Id>) -> Result<Grid<Self::Id>> {
        Err(no_entries("logm"))
    }

    /// The orthogonal factor of the polar decomposition of an array of full rank.
    ///
    /// # Errors
    /// Where there are no values, as in formulas.
    fn polar(&mut self, _: &Grid<Self::Id>) -> Result<Grid<Self::Id>> {
        Err(no_entries("polar"))
    }

    /// A function of columns without a meaning, or derivatives of it.
    ///
    /// # Errors
    /// Where it has no values.
    fn field(&mut self, _: (u16, u16), _: &[Self::Id]) -> Result<Grid<Self::Id>> {
        Err(no_meaning())
    }

    /// The eigenvalues of a symmetric array, the greatest first; those of two rows have a
    /// formula.
    ///
    /// # Errors
    /// One with more rows.
    fn eigenvalues(&mut self, of: &Grid<Self::Id>) -> Result<Vec<Self::Id>> {
        if of.rows == 1 {
            return Ok(vec![of.at(0, 0)]);
        }
        if of.rows > 2 {
            let what = "eigenvalues of more than two rows have no formula in the entries"
                .to_owned();
            return Err(Error::from(ErrorKind::Unsupported(what))
                .help("they have values at arrays, as with `eval … --at`"));
        }
        let (x, y, b) = (of.at(0, 0), of.at(1, 1), of.at(0, 1));
        let two = self.whole(2);
        let difference = self.sum(&[(false, x), (true, y)]);
        let half = self.divide(difference, two);
        let squares = self.sum_of_squares(&[half, b]);
        let root = self.apply("sqrt", squares)?;
        let total = self.sum_of(&[x, y]);
        let middle = self.divide(total, two);
        let signs = [false, true];
        Ok(signs.map(|minus| self.sum(&[(false, middle), (minus, root)])).to_vec())
    }

    /// The eigenvector of an eigenvalue of a symmetric array, counted from 0, the greatest
    /// first.
    ///
    /// # Errors
    /// Where there are no values, as in formulas.
    fn eigenvector(&mut self, _: &Grid<Self::Id>, _: usize) -> Result<Vec<Self::Id>> {
        let what = "eigenvectors have no formula in the entries".to_owned();
        Err(Error::from(ErrorKind::Unsupported(what))
            .help("they have values at arrays, as with `eval … --at`"))
    }

    fn whole(&mut self, n: i64) -> Self::Id {
        self.number(&Number::from(n))
    }

    /// A function of the table of one argument.
    fn apply(&mut self, name: &str, argument: Self::Id) -> Result<Self::Id> {
        match function::lookup(name, 1) {
            Some(id) => self.function(Elementwise::Table(id), &[argument]),
            None => Ok(argument),
        }
    }

    /// A function of the table of any number of arguments; of one it is that.
    ///
    /// # Errors
    /// One that has no values.
    fn folded(&mut self, name: &str, list: &[Self::Id]) -> Result<Self::Id> {
        match (list, function::lookup(name, list.len())) {
            ([one], _) => Ok(*one),
            (_, Some(id)) => self.function(Elementwise::Table(id), list),
            (_, None) => Ok(self.whole(0)),
        }
    }

    /// `e^x`.
    fn exp(&mut self, exponent: Self::Id) -> Self::Id {
        let e = self.constant(Constant::E);
        self.power(e, exponent)
    }

    fn sum_of(&mut self, list: &[Self::Id]) -> Self::Id {
        let terms: Vec<(bool, Self::Id)> = list.iter().map(|id| (false, *id)).collect();
        self.sum(&terms)
    }

    fn sum_of_squares(&mut self, list: &[Self::Id]) -> Self::Id {
        let two = self.whole(2);
        let mut squares = Vec::with_capacity(list.len());
        for id in list {
            squares.push(if self.is_zero(*id) { *id } else { self.power(*id, two) });
        }
        self.sum_of(&squares)
    }
}
