//! Matrices of second derivatives of what was typed.

use super::engine::{Derivatives, Engine, Form, Formula};
use super::field::{Checked, distinct};
use super::jacobian::must_be_small;
use crate::calculus;
use crate::error::{Error, ErrorKind, Result};
use crate::evaluate::Tape;
use crate::kernel::{ExprId, Matrix, Pool};
use crate::simplify::{common_factor, expand_all};

/// Up to how many variables the entries of a row are differentiated one by one.
const FORWARD: usize = 8;
/// The most terms of an entry that is multiplied out, as polynomials are written.
const MAX_TERMS: usize = 16;

/// The second derivatives of a function, symmetric, with what they have in common outside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hessian {
    /// What stands before the matrix, if anything does.
    pub factor: Option<ExprId>,
    /// n x n for n variables.
    pub matrix: Matrix,
}

impl Engine {
    /// The Hessian of a function, each pair of variables once.
    ///
    /// # Errors
    /// A vector, a variable that is named twice, and as [`Engine::partials`].
    pub fn hessian(
        &mut self,
        formula: &Formula,
        wrt: &[String],
        form: Form,
    ) -> Result<Checked<Hessian>> {
        if formula.is_vector {
            let what = "a vector has no Hessian".to_owned();
            return Err(Error::from(ErrorKind::WrongDimension(what))
                .help("ask for that of one component"));
        }
        distinct(wrt)?;
        must_be_small(wrt.len(), wrt.len())?;
        let first = if form == Form::Raw { Form::Raw } else { Form::Auto };
        let gradient = self.partials(formula, wrt, 1, first)?;
        let mut checked = gradient.checked;
        let symbols = self.symbols(wrt);
        let mut upper = Vec::with_capacity(wrt.len());
        for (i, partial) in gradient.partials.iter().enumerate() {
            let found =
                self.second_row(formula, partial.values[0], i, wrt, &symbols, form)?;
            checked &= found.checked;
            upper.push(found.value);
        }
        let entry = |i: usize, j: usize| upper[i.min(j)][i.max(j) - i.min(j)];
        let matrix = Matrix::from_fn(wrt.len(), wrt.len(), entry);
        let value = match form {
            Form::Auto => self.factored_out(matrix)?,
            _ => Hessian { factor: None, matrix },
        };
        Ok(Checked { value, checked })
    }

    /// The derivatives of the `i`-th partial derivative in the `i`-th and all later
    /// variables.
    fn second_row(
        &mut self,
        formula: &Formula,
        partial: ExprId,
        i: usize,
        wrt: &[String],
        symbols: &[ExprId],
        form: Form,
    ) -> Result<Checked<Vec<ExprId>>> {
        let later: Vec<usize> = (i..wrt.len())
            .filter(|j| self.pool.may_depend(partial, symbols[*j]))
            .collect();
        let chosen: Vec<ExprId> = later.iter().map(|j| symbols[*j]).collect();
        let raw = if chosen.len() > FORWARD {
            calculus::gradient(&mut self.pool, partial, &chosen)?
        } else {
            let mut raw = Vec::with_capacity(chosen.len());
            for symbol in &chosen {
                let pool = &mut self.pool;
                raw.push(calculus::differentiate(pool, partial, *symbol, &mut ())?);
            }
            raw
        };
        let mut values = Vec::with_capacity(raw.len());
        for id in raw {
            values.push(self.shape(id, form)?);
        }
        let names: Vec<String> = later.iter().map(|j| wrt[*j].clone()).collect();
        let mut answer =
            Derivatives { partials: Vec::new(), checked: true, breaks: Vec::new() };
        if !names.is_empty() {
            let mut tape = Tape::default();
            let slot = tape.add_expressions(&self.pool, &[partial])[0];
            self.verify(formula, &mut tape, slot, &names, &values, partial, &mut answer)?;
        }
        let mut row = vec![Pool::ZERO; wrt.len() - i];
        for (j, value) in later.iter().zip(values) {
            row[j - i] = value;
        }
        Ok(Checked { value: row, checked: answer.checked })
    }

    /// The matrix with the common factor of its entries outside, if that saves a
    /// quarter.
    fn factored_out(&mut self, matrix: Matrix) -> Result<Hessian> {
        let factor = common_factor(&mut self.pool, matrix.entries());
        if factor != Pool::ONE {
            let mut inside = Vec::with_capacity(matrix.entries().len());
            for entry in matrix.entries() {
                let rest = self.pool.quotient(*entry, factor);
                let short = self.simplify(rest)?;
                let long = expand_all(&mut self.pool, short, MAX_TERMS).unwrap_or(short);
                let is_longer = self.pool.cost(long) > self.pool.cost(short);
                inside.push(if is_longer { short } else { long });
            }
            let cost = |ids: &[ExprId]| {
                ids.iter().map(|id| u64::from(self.pool.cost(*id))).sum::<u64>()
            };
            let outside = cost(&inside) + cost(&[factor]) + 1;
            if outside * 4 < cost(matrix.entries()) * 3 {
                let matrix = matrix.with_entries(inside);
                return Ok(Hessian { factor: Some(factor), matrix });
            }
        }
        Ok(Hessian { factor: None, matrix })
    }
}
