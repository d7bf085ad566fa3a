//! The pseudo-inverse of exact numbers, by a skeleton: with rows `C` and columns `B` of `A` that
//! span all others, it is `C'*inv(B'*A*C')*B'` (MacDuffee; Ben-Israel and Greville 2003).

use super::elimination::{Rows, inverse};
use crate::error::Result;
use crate::kernel::Number;

/// The pseudo-inverse of rows of numbers.
///
/// # Errors
/// More work than is left.
pub(super) fn pseudo_inverse(
    rows: &[Vec<Number>],
    work: &mut u64,
) -> Result<Vec<Vec<Number>>> {
    let count = rows.first().map_or(0, Vec::len);
    let (lines, columns) = Rows::of(rows).pivots(work)?;
    if lines.is_empty() {
        return Ok(vec![vec![Number::ZERO; rows.len()]; count]);
    }
    let line = |i: &usize| rows[*i].clone();
    let column = |j: &usize| rows.iter().map(|row| row[*j].clone()).collect();
    let above: Vec<Vec<Number>> = lines.iter().map(line).collect();
    // B', whose rows are columns of A.
    let beside: Vec<Vec<Number>> = columns.iter().map(column).collect();
    let left = transposed(&above);
    let middle = times(&times(&beside, rows), &left);
    let Some(middle) = inverse(&middle, work)? else { return Ok(Vec::new()) };
    Ok(times(&times(&left, &middle), &beside))
}

/// The rank of rows of numbers.
///
/// # Errors
/// More work than is left.
pub(super) fn rank(rows: &[Vec<Number>], work: &mut u64) -> Result<usize> {
    Ok(Rows::of(rows).pivots(work)?.0.len())
}

fn transposed(rows: &[Vec<Number>]) -> Vec<Vec<Number>> {
    let count = rows.first().map_or(0, Vec::len);
    (0..count).map(|j| rows.iter().map(|row| row[j].clone()).collect()).collect()
}

fn times(left: &[Vec<Number>], right: &[Vec<Number>]) -> Vec<Vec<Number>> {
    let columns = transposed(right);
    let dot = |row: &Vec<Number>, column: &Vec<Number>| {
        let products = row.iter().zip(column).map(|(x, y)| x.mul(y));
        products.fold(Number::ZERO, |sum, x| sum.add(&x))
    };
    left.iter()
        .map(|row| columns.iter().map(|column| dot(row, column)).collect())
        .collect()
}
