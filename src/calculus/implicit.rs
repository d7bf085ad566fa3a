//! Implicit differentiation: derivatives of variables that equations determine.
//!
//! From `F(x, y) = 0` follows `∂F/∂x + ∂F/∂y*dy/dx = 0`, a linear system when there are several
//! equations; Cramer's rule solves it.

use super::differentiate::differentiate;
use crate::error::Result;
use crate::kernel::{ExprId, Number, Pool};

/// The most equations: a determinant takes two to that power of sums.
pub const MAX_EQUATIONS: usize = 8;

/// A linear system for derivatives: its matrix by rows and the determinant of that.
#[derive(Clone, Debug)]
pub struct Implicit {
    equations: Vec<ExprId>,
    matrix: Vec<Vec<ExprId>>,
    /// The determinant of the derivatives of the equations in the unknowns.
    pub determinant: ExprId,
}

impl Implicit {
    /// The system of equations `F = 0` for unknowns, as many as equations; `simplify` is used
    /// on every entry and the determinant.
    ///
    /// # Errors
    /// A function whose derivative is not known.
    pub fn new(
        pool: &mut Pool,
        equations: &[ExprId],
        unknowns: &[ExprId],
        mut simplify: impl FnMut(&mut Pool, ExprId) -> ExprId,
    ) -> Result<Self> {
        let mut matrix = Vec::with_capacity(equations.len());
        for equation in equations {
            let mut row = Vec::with_capacity(unknowns.len());
            for unknown in unknowns {
                let entry = differentiate(pool, *equation, *unknown, &mut ())?;
                row.push(simplify(pool, entry));
            }
            matrix.push(row);
        }
        let raw = determinant(pool, &matrix);
        let determinant = simplify(pool, raw);
        Ok(Self { equations: equations.to_vec(), matrix, determinant })
    }

    /// The derivative of every unknown in a variable.
    ///
    /// # Errors
    /// A function whose derivative is not known.
    pub fn derivatives(&self, pool: &mut Pool, variable: ExprId) -> Result<Vec<ExprId>> {
        let mut right = Vec::with_capacity(self.equations.len());
        for equation in &self.equations {
            let slope = differentiate(pool, *equation, variable, &mut ())?;
            right.push(pool.negate(slope));
        }
        let mut found = Vec::with_capacity(right.len());
        for column in 0..right.len() {
            let mut replaced = self.matrix.clone();
            for (row, value) in replaced.iter_mut().zip(&right) {
                row[column] = *value;
            }
            let above = determinant(pool, &replaced);
            found.push(pool.quotient(above, self.determinant));
        }
        Ok(found)
    }
}

/// The derivative in a variable of an expression in which the unknowns move too.
///
/// # Errors
/// A function whose derivative is not known.
pub fn along(
    pool: &mut Pool,
    of: ExprId,
    variable: ExprId,
    unknowns: &[ExprId],
    slopes: &[ExprId],
) -> Result<ExprId> {
    let mut terms = vec![differentiate(pool, of, variable, &mut ())?];
    for (unknown, slope) in unknowns.iter().zip(slopes) {
        let outer = differentiate(pool, of, *unknown, &mut ())?;
        terms.push(pool.product(&[outer, *slope]));
    }
    Ok(pool.sum(&terms))
}

/// The determinant of a square matrix, by rows over sets of columns: each minor once.
fn determinant(pool: &mut Pool, matrix: &[Vec<ExprId>]) -> ExprId {
    let n = matrix.len();
    // The minor of the first rows and a set of columns; a set comes after its subsets.
    let mut minors = vec![Pool::ONE; 1 << n];
    for columns in 1..minors.len() {
        let row = &matrix[columns.count_ones() as usize - 1];
        let mut terms = Vec::with_capacity(n);
        // The columns of the set that stand behind decide the sign.
        let mut behind = columns.count_ones();
        for (column, entry) in row.iter().enumerate() {
            if columns & (1 << column) == 0 {
                continue;
            }
            behind -= 1;
            let minor = minors[columns & !(1 << column)];
            let sign = if behind % 2 == 0 { Number::ONE } else { Number::MINUS_ONE };
            terms.push((sign, pool.product(&[*entry, minor])));
        }
        minors[columns] = pool.weighted_sum(&terms);
    }
    minors[minors.len() - 1]
}
