//! Elimination with exact numbers, without fractions (Bareiss 1968): what stands in the rows
//! on the way are minors, which are no longer than the determinant.

use super::super::components::Grid;
use crate::error::{ErrorKind, Result};
use crate::kernel::{ExprId, Number, Pool};
use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{One, Signed, Zero};

/// What one question may spend, in products of words of 64 bits.
pub(super) const MAX_WORK: u64 = 200_000_000;
/// What a product costs beside its words.
const OVERHEAD: u64 = 8;

/// Rows of whole numbers, each a multiple of what it stands for.
pub(super) struct Rows {
    rows: Vec<Vec<BigInt>>,
    /// By what each row is multiplied.
    scales: Vec<BigInt>,
}

impl Rows {
    pub(super) fn of(rows: &[Vec<Number>]) -> Self {
        let scale = |row: &Vec<Number>| {
            let parts = row.iter().map(|n| n.to_big().denom().clone());
            parts.fold(BigInt::one(), |all, part| num_integer::Integer::lcm(&all, &part))
        };
        let scales: Vec<BigInt> = rows.iter().map(scale).collect();
        let whole = |(row, scale): (&Vec<Number>, &BigInt)| {
            let entry = |n: &Number| {
                let n = n.to_big();
                n.numer() * (scale / n.denom())
            };
            row.iter().map(entry).collect()
        };
        Self { rows: rows.iter().zip(&scales).map(whole).collect(), scales }
    }

    /// Rows and columns, by their places, that span all others, as many of each.
    ///
    /// # Errors
    /// More work than is left.
    pub(super) fn pivots(mut self, work: &mut u64) -> Result<(Vec<usize>, Vec<usize>)> {
        let count = self.rows.first().map_or(0, Vec::len);
        let mut places: Vec<usize> = (0..self.rows.len()).collect();
        let (mut before, mut columns) = (BigInt::one(), Vec::new());
        for column in 0..count {
            let k = columns.len();
            let mut left = k..self.rows.len();
            let Some(pivot) = left.find(|i| !self.rows[*i][column].is_zero()) else {
                continue;
            };
            self.rows.swap(pivot, k);
            places.swap(pivot, k);
            let row = self.rows[k].clone();
            for other in self.rows.iter_mut().skip(k + 1) {
                step(other, (&row, column), &before, work)?;
            }
            before.clone_from(&row[column]);
            columns.push(column);
        }
        places.truncate(columns.len());
        Ok((places, columns))
    }

    /// Makes all but the diagonal 0 below, and above on demand; the determinant of the whole
    /// numbers is what comes back.
    fn eliminate(&mut self, is_full: bool, work: &mut u64) -> Result<BigInt> {
        let n = self.rows.len();
        let (mut before, mut sign) = (BigInt::one(), BigInt::one());
        for k in 0..n {
            let Some(pivot) = (k..n).find(|i| !self.rows[*i][k].is_zero()) else {
                return Ok(BigInt::zero());
            };
            if pivot != k {
                self.rows.swap(pivot, k);
                sign = -sign;
            }
            let row = self.rows[k].clone();
            let others = (0..n).filter(|i| *i > k || is_full && *i < k);
            for i in others {
                step(&mut self.rows[i], (&row, k), &before, work)?;
            }
            before.clone_from(&row[k]);
        }
        Ok(before * sign)
    }
}

/// One row without its entry below or above a pivot.
fn step(
    row: &mut [BigInt],
    (pivot, k): (&[BigInt], usize),
    before: &BigInt,
    work: &mut u64,
) -> Result<()> {
    let (head, factor) = (&pivot[k], row[k].clone());
    let words = |n: &BigInt| n.bits() / 64 + 1;
    for (x, y) in row.iter_mut().zip(pivot) {
        if x.is_zero() && (factor.is_zero() || y.is_zero()) {
            continue;
        }
        let cost = words(head) * words(x) + words(&factor) * words(y) + OVERHEAD;
        *work = work.saturating_sub(cost);
        *x = (head * &*x - &factor * y) / before;
    }
    match *work {
        0 => {
            let what = "exact elimination";
            Err(ErrorKind::TooMuchWork { what, limit: MAX_WORK }.into())
        }
        _ => Ok(()),
    }
}

fn ratio(above: BigInt, below: &BigInt) -> Number {
    Number::from_big(BigRational::new(above, below.clone()))
}

/// The determinant of rows of numbers.
///
/// # Errors
/// More work than is left.
pub(super) fn determinant(rows: &[Vec<Number>], work: &mut u64) -> Result<Number> {
    let mut rows = Rows::of(rows);
    let determinant = rows.eliminate(false, work)?;
    Ok(ratio(determinant, &rows.scales.iter().product()))
}

/// The inverse of rows of numbers; `None` where there is none.
///
/// # Errors
/// More work than is left.
pub(super) fn inverse(
    rows: &[Vec<Number>],
    work: &mut u64,
) -> Result<Option<Vec<Vec<Number>>>> {
    let n = rows.len();
    let mut rows = Rows::of(rows);
    for (i, scale) in rows.scales.iter().enumerate() {
        let right = (0..n).map(|j| if i == j { scale.clone() } else { BigInt::zero() });
        rows.rows[i].extend(right);
    }
    if rows.eliminate(true, work)?.is_zero() {
        return Ok(None);
    }
    let row = |(i, row): (usize, &Vec<BigInt>)| {
        let head = &row[i];
        row[n..].iter().map(|x| ratio(x.clone(), head)).collect()
    };
    Ok(Some(rows.rows.iter().enumerate().map(row).collect()))
}

/// The numbers of an array, row by row.
fn numbers(pool: &Pool, of: &Grid<ExprId>) -> Option<Vec<Vec<Number>>> {
    let number = |id: &ExprId| pool.as_number(*id).cloned();
    let chunks = of.entries().chunks(of.cols.max(1));
    chunks.map(|row| row.iter().map(number).collect()).collect()
}

/// Whether a symmetric array of numbers is positive definite, or positive semidefinite; of
/// other values, and where that takes too much, it is taken on trust.
pub(in super::super) fn has_signs(
    pool: &Pool,
    of: &Grid<ExprId>,
    is_definite: bool,
) -> bool {
    let Some(numbers) = numbers(pool, of) else { return true };
    let Rows { mut rows, scales } = Rows::of(&numbers);
    // All rows are multiplied by one number, so that what is symmetric stays so.
    let scale = scales
        .iter()
        .fold(BigInt::one(), |all, one| num_integer::Integer::lcm(&all, one));
    for (row, own) in rows.iter_mut().zip(&scales) {
        row.iter_mut().for_each(|x| *x *= &scale / own);
    }
    // Pivots from the diagonal: a pivot that is 0 has a row of zeros where no eigenvalue is
    // negative.
    let mut before = BigInt::one();
    let mut work = MAX_WORK;
    for k in 0..rows.len() {
        let row = rows[k].clone();
        if row[k].is_negative() || row[k].is_zero() && is_definite {
            return false;
        }
        if row[k].is_zero() {
            if row[k..].iter().any(|x| !x.is_zero()) {
                return false;
            }
            continue;
        }
        for other in rows.iter_mut().skip(k + 1) {
            if step(other, (&row, k), &before, &mut work).is_err() {
                return true;
            }
        }
        before.clone_from(&row[k]);
    }
    true
}

/// Whether an array of numbers has no inverse; what is too dear is taken on trust.
pub(in super::super) fn is_singular(pool: &Pool, of: &Grid<ExprId>) -> bool {
    let rows = numbers(pool, of);
    let found = rows.map(|rows| determinant(&rows, &mut { MAX_WORK }));
    matches!(found, Some(Ok(found)) if found.is_zero())
}

/// The inverse of rows of numbers; `None` where there is none, or it is too dear.
pub(in super::super) fn inverse_of(rows: &[Vec<Number>]) -> Option<Vec<Vec<Number>>> {
    inverse(rows, &mut { MAX_WORK }).ok().flatten()
}

/// How far the columns of an array of numbers are from orthonormal ones; of other values that
/// is taken on trust.
pub(in super::super) fn deviation(pool: &Pool, of: &Grid<ExprId>) -> f64 {
    let Some(rows) = numbers(pool, of) else { return 0.0 };
    let column = |j: usize| rows.iter().map(move |row| &row[j]);
    let one = |i: usize, j: usize| Number::from(i64::from(i == j));
    let mut greatest = 0.0f64;
    for (i, j) in (0..of.cols).flat_map(|j| (0..=j).map(move |i| (i, j))) {
        let off = match of.rows <= EXACT_ROWS {
            true => {
                let products = column(i).zip(column(j)).map(|(x, y)| x.mul(y));
                let dot = products.fold(Number::ZERO, |sum, x| sum.add(&x));
                dot.sub(&one(i, j)).to_f64()
            }
            false => {
                let products =
                    column(i).zip(column(j)).map(|(x, y)| x.to_f64() * y.to_f64());
                products.sum::<f64>() - f64::from(u8::from(i == j))
            }
        };
        greatest = greatest.max(off.abs());
    }
    greatest
}

/// Up to how many rows a deviation is exact.
const EXACT_ROWS: usize = 40;
