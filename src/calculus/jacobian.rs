//! Matrices of partial derivatives.

use crate::kernel::{ExprId, Matrix};

/// Which way a matrix of derivatives lies.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Layout {
    /// A row for each function, a column for each variable; a gradient is a row.
    #[default]
    Numerator,
    /// A row for each variable, a column for each function; a gradient is a column.
    Denominator,
}

/// The first derivatives of several functions in several variables.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Jacobian {
    /// Which way it lies.
    pub layout: Layout,
    /// n x m in numerator layout, m x n in denominator layout, for n functions of m
    /// variables.
    pub matrix: Matrix,
}

impl Jacobian {
    /// Puts together the derivatives `columns[j][i]` of function i in variable j.
    pub fn new(columns: &[&[ExprId]], layout: Layout) -> Self {
        let functions = columns.first().map_or(0, |column| column.len());
        let matrix = Matrix::from_fn(functions, columns.len(), |i, j| columns[j][i]);
        match layout {
            Layout::Numerator => Self { layout, matrix },
            Layout::Denominator => Self { layout, matrix: matrix.transpose() },
        }
    }
}
