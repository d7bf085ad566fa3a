//! A function with its gradient and its Hessian in double precision.

use crate::evaluate::{Slot, Tape, values};
use crate::kernel::{ExprId, Pool};

/// Values of a function and its derivatives at points.
pub(super) struct Landscape {
    tape: Tape,
    value: Slot,
    gradient: Vec<Slot>,
    hessian: Vec<Vec<Slot>>,
    /// For each variable of the tape, its place among the unknowns.
    places: Vec<usize>,
}

/// What there is at a point; NaN where something is undefined.
#[derive(Clone, Debug)]
pub(super) struct Sight {
    pub(super) value: f64,
    pub(super) gradient: Vec<f64>,
    /// Empty without a Hessian.
    pub(super) hessian: Vec<Vec<f64>>,
}

impl Sight {
    /// The length of the gradient.
    pub(super) fn slope(&self) -> f64 {
        length(&self.gradient)
    }

    /// Whether the value and the gradient are numbers.
    pub(super) fn is_finite(&self) -> bool {
        self.value.is_finite() && self.slope().is_finite()
    }
}

/// The length of a vector.
pub(super) fn length(v: &[f64]) -> f64 {
    v.iter().fold(0.0_f64, |sum, x| sum.hypot(*x))
}

impl Landscape {
    /// A function of unknowns; `None` when it depends on anything else.
    pub(super) fn new(
        pool: &Pool,
        function: ExprId,
        gradient: &[ExprId],
        hessian: &[Vec<ExprId>],
        unknowns: &[ExprId],
    ) -> Option<Self> {
        let mut roots = vec![function];
        roots.extend(gradient);
        roots.extend(hessian.iter().flatten());
        let mut tape = Tape::default();
        let slots = tape.add_expressions(pool, &roots);
        let mut places = Vec::with_capacity(tape.variables.len());
        for name in &tape.variables {
            let symbol = pool.find_symbol(name)?;
            places.push(unknowns.iter().position(|unknown| *unknown == symbol)?);
        }
        let (value, rest) = slots.split_first()?;
        let (first, second) = rest.split_at(gradient.len());
        let rows = second.chunks(unknowns.len().max(1)).map(<[Slot]>::to_vec).collect();
        Some(Self {
            tape,
            value: *value,
            gradient: first.to_vec(),
            hessian: rows,
            places,
        })
    }

    /// How many operations one look takes.
    pub(super) fn size(&self) -> usize {
        self.tape.operations.len()
    }

    /// What there is at a point.
    pub(super) fn look(&self, point: &[f64]) -> Sight {
        let own: Vec<f64> = self.places.iter().map(|place| point[*place]).collect();
        let found = values(&self.tape, &own);
        let at = |slot: &Slot| found[*slot as usize];
        Sight {
            value: at(&self.value),
            gradient: self.gradient.iter().map(at).collect(),
            hessian: self
                .hessian
                .iter()
                .map(|row| row.iter().map(at).collect())
                .collect(),
        }
    }

    /// The value at a point.
    pub(super) fn value(&self, point: &[f64]) -> f64 {
        self.look(point).value
    }
}

/// Solves a system of linear equations by Gaussian elimination with row exchanges; `None` for
/// a matrix that is singular to rounding.
pub(super) fn solve_linear(matrix: &[Vec<f64>], right: &[f64]) -> Option<Vec<f64>> {
    let n = right.len();
    let mut rows: Vec<Vec<f64>> = matrix
        .iter()
        .zip(right)
        .map(|(row, b)| row.iter().copied().chain([*b]).collect())
        .collect();
    let size = matrix.iter().flatten().fold(0.0_f64, |m, x| m.max(x.abs()));
    for column in 0..n {
        let pivot = (column..n)
            .max_by(|a, b| rows[*a][column].abs().total_cmp(&rows[*b][column].abs()))?;
        rows.swap(column, pivot);
        let lead = rows[column][column];
        if !lead.is_finite() || lead.abs() <= 1e-14 * size {
            return None;
        }
        let (done, below) = rows.split_at_mut(column + 1);
        for row in below {
            let factor = row[column] / lead;
            for (slot, x) in row.iter_mut().zip(&done[column]).skip(column) {
                *slot -= factor * x;
            }
        }
    }
    let mut result = vec![0.0; n];
    for at in (0..n).rev() {
        let rest: f64 = (at + 1..n).map(|k| rows[at][k] * result[k]).sum();
        result[at] = (rows[at][n] - rest) / rows[at][at];
    }
    Some(result)
}
