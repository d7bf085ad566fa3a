//! Entries as exact values of the pool.

use super::super::components::{Arithmetic, Grid};
use super::super::form::Elementwise;
use super::super::numeric::Dense;
use super::array::MAX_ENTRIES;
use crate::error::{Error, ErrorKind, Result};
use crate::function;
use crate::kernel::{Constant, ExprId, Number, Pool};
use crate::syntax;
use rustc_hash::FxHashSet;

/// How far the columns of what is declared orthogonal may be from that.
const ORTHOGONAL: f64 = 1e-9;
/// The most bits of numbers that are multiplied in one elimination.
const MAX_WORK: u64 = 2_000_000_000;

/// Calculates with values in a pool.
pub(super) struct Values<'a> {
    pub(super) pool: &'a mut Pool,
    /// Values of functions and roots, which may not exist.
    pub(super) doubtful: FxHashSet<ExprId>,
}

impl Arithmetic for Values<'_> {
    type Id = ExprId;
    const MOST: usize = MAX_ENTRIES;

    fn number(&mut self, n: &Number) -> ExprId {
        self.pool.number(n.clone())
    }

    fn constant(&mut self, constant: Constant) -> ExprId {
        match constant {
            Constant::E => Pool::E,
            Constant::Pi => Pool::PI,
        }
    }

    fn is_zero(&self, id: ExprId) -> bool {
        id == Pool::ZERO
    }

    fn sum(&mut self, terms: &[(bool, ExprId)]) -> ExprId {
        let sign = |minus: bool| if minus { Number::MINUS_ONE } else { Number::ONE };
        let terms: Vec<(Number, ExprId)> =
            terms.iter().map(|(minus, id)| (sign(*minus), *id)).collect();
        self.pool.weighted_sum(&terms)
    }

    fn product(&mut self, factors: &[ExprId]) -> ExprId {
        self.pool.product(factors)
    }

    fn divide(&mut self, above: ExprId, below: ExprId) -> ExprId {
        let below = self.pool.power(below, Pool::MINUS_ONE);
        self.pool.product(&[above, below])
    }

    fn power(&mut self, base: ExprId, exponent: ExprId) -> ExprId {
        let power = self.pool.power(base, exponent);
        self.doubt(power)
    }

    fn function(
        &mut self,
        function: Elementwise,
        arguments: &[ExprId],
    ) -> Result<ExprId> {
        match function {
            Elementwise::Table(id) => {
                let is_row = id.is_builtin();
                let value = match is_row && function::spec(id).means.is_some() {
                    true => syntax::meaning(id, arguments, self.pool)?,
                    false => function::apply(self.pool, id, arguments),
                };
                Ok(self.doubt(value))
            }
            Elementwise::Abstract(..) => {
                let what = "a function without a meaning has no values".to_owned();
                Err(ErrorKind::Unsupported(what).into())
            }
        }
    }

    fn determinant(&mut self, of: &Grid<ExprId>) -> Result<ExprId> {
        match self.numbers(of) {
            Some(rows) => {
                let found = Elimination::new(rows).run()?;
                Ok(self.pool.number(found.determinant))
            }
            None => of.determinant(self),
        }
    }

    fn inverse(&mut self, of: &Grid<ExprId>) -> Result<Grid<ExprId>> {
        let Some(rows) = self.numbers(of) else { return of.inverse(self) };
        let found = inverse_of(rows)?;
        let entry = |i: usize, j: usize| self.pool.number(found[i][j].clone());
        Grid::from(of.rows, of.rows, MAX_ENTRIES, entry)
    }
}

impl Values<'_> {
    /// Notes a value that may not exist.
    fn doubt(&mut self, id: ExprId) -> ExprId {
        if self.pool.as_number(id).is_none() {
            self.doubtful.insert(id);
        }
        id
    }

    /// The rows of an array of numbers.
    fn numbers(&self, of: &Grid<ExprId>) -> Option<Vec<Vec<Number>>> {
        rows(self.pool, of)
    }
}

fn rows(pool: &Pool, of: &Grid<ExprId>) -> Option<Vec<Vec<Number>>> {
    let number = |id: &ExprId| pool.as_number(*id).cloned();
    let chunks = of.entries().chunks(of.cols.max(1));
    chunks.map(|row| row.iter().map(number).collect()).collect()
}

/// Elimination with exact numbers, to the identity on the left.
struct Elimination {
    rows: Vec<Vec<Number>>,
    determinant: Number,
    work: u64,
}

impl Elimination {
    fn new(rows: Vec<Vec<Number>>) -> Self {
        Self { rows, determinant: Number::ONE, work: 0 }
    }

    fn with_identity(mut rows: Vec<Vec<Number>>) -> Self {
        let n = rows.len();
        for (i, row) in rows.iter_mut().enumerate() {
            row.extend((0..n).map(|j| Number::from(i64::from(i == j))));
        }
        Self::new(rows)
    }

    /// # Errors
    /// More work than is spent.
    fn run(mut self) -> Result<Self> {
        let n = self.rows.len();
        for k in 0..n {
            let Some(pivot) = (k..n).find(|i| !self.rows[*i][k].is_zero()) else {
                self.determinant = Number::ZERO;
                return Ok(self);
            };
            if pivot != k {
                self.rows.swap(pivot, k);
                self.determinant = self.determinant.neg();
            }
            let head = self.rows[k][k].clone();
            self.determinant = self.determinant.mul(&head);
            let inverse = head.recip().unwrap_or(Number::ZERO);
            let row: Vec<Number> = self.rows[k].iter().map(|x| x.mul(&inverse)).collect();
            for i in (0..n).filter(|i| *i != k) {
                let factor = self.rows[i][k].clone();
                if factor.is_zero() {
                    continue;
                }
                for (x, y) in self.rows[i].iter_mut().zip(&row).skip(k) {
                    if !y.is_zero() {
                        self.work += factor.bits() + y.bits() + x.bits();
                        *x = x.sub(&factor.mul(y));
                    }
                }
                if self.work > MAX_WORK {
                    let what = "exact elimination";
                    return Err(ErrorKind::TooMuchWork { what, limit: MAX_WORK }.into());
                }
            }
            self.rows[k] = row;
        }
        Ok(self)
    }
}

/// Whether a symmetric array of numbers is positive definite, or positive semidefinite; of
/// other values that is taken on trust.
pub(super) fn has_signs(pool: &Pool, of: &Grid<ExprId>, is_definite: bool) -> bool {
    let Some(mut rows) = rows(pool, of) else { return true };
    // Pivots from the diagonal: a pivot that is 0 has a row of zeros where no eigenvalue is
    // negative.
    for k in 0..rows.len() {
        let head = rows[k][k].clone();
        if head.is_negative() || head.is_zero() && is_definite {
            return false;
        }
        if head.is_zero() {
            if rows[k][k..].iter().any(|x| !x.is_zero()) {
                return false;
            }
            continue;
        }
        let pivot = rows[k].clone();
        let inverse = head.recip().unwrap_or(Number::ZERO);
        for row in rows.iter_mut().skip(k + 1) {
            let factor = row[k].mul(&inverse);
            for (x, y) in row.iter_mut().zip(&pivot).skip(k) {
                *x = x.sub(&factor.mul(y));
            }
        }
    }
    true
}

/// Whether an array of numbers has no inverse.
pub(super) fn is_singular(pool: &Pool, of: &Grid<ExprId>) -> bool {
    let found = rows(pool, of).map(|rows| Elimination::new(rows).run());
    matches!(found, Some(Ok(found)) if found.determinant.is_zero())
}

/// Whether the columns of an array are orthonormal, as far as doubles tell.
pub(super) fn is_orthogonal(pool: &Pool, of: &Grid<ExprId>) -> bool {
    let Some(rows) = rows(pool, of) else { return true };
    let data: Vec<f64> = rows.iter().flatten().map(Number::to_f64).collect();
    let value = Dense { rows: of.rows, cols: of.cols, data };
    let square = value.transposed().times(&value);
    (0..square.rows).all(|i| {
        (0..square.cols)
            .all(|j| (square.at(i, j) - f64::from(u8::from(i == j))).abs() < ORTHOGONAL)
    })
}

/// The inverse of rows of numbers.
///
/// # Errors
/// Rows that have none, more work than is spent.
pub(super) fn inverse_of(rows: Vec<Vec<Number>>) -> Result<Vec<Vec<Number>>> {
    let n = rows.len();
    let found = Elimination::with_identity(rows).run()?;
    if found.determinant.is_zero() {
        return Err(undefined("the inverse of a singular matrix"));
    }
    Ok(found.rows.into_iter().map(|mut row| row.split_off(n)).collect())
}

/// The error of a value that there is not.
pub(super) fn undefined(what: &str) -> Error {
    ErrorKind::Undefined(what.to_owned()).into()
}
