//! Matrices of second derivatives of what was typed.

use super::engine::{Derivatives, Engine, Form, Formula};
use super::field::{Checked, distinct};
use super::gradient::{InParts, LONG, NamedParts, put_into, written_out};
use super::jacobian::must_be_small;
use crate::calculus::{self, Parts};
use crate::error::{Error, ErrorKind, Result};
use crate::evaluate::Tape;
use crate::kernel::{ExprId, Matrix, Pool};
use crate::simplify::{common_factor, expand_all};
use rustc_hash::FxHashMap;

/// Up to how many variables the entries of a row are differentiated one by one.
const FORWARD: usize = 8;
/// Up to how many variables a matrix that is short in whole is written so.
const SMALL: usize = 64;
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

/// Second derivatives of a function.
#[derive(Clone, Debug)]
pub struct SecondDerivatives {
    /// Those that are not 0, by the places of their variables, the lesser first.
    pub entries: Vec<([usize; 2], ExprId)>,
    /// What stands before all of them, if anything does.
    pub factor: Option<ExprId>,
    /// What symbols in the entries stand for.
    pub parts: NamedParts,
    /// Whether each was compared with an independent path.
    pub checked: bool,
}

impl SecondDerivatives {
    /// The same with the factor in each.
    ///
    /// # Errors
    /// A limit.
    pub fn without_factor(mut self, engine: &mut Engine) -> Result<Self> {
        if let Some(factor) = self.factor.take() {
            for (_, entry) in &mut self.entries {
                let product = engine.pool.product(&[factor, *entry]);
                *entry = engine.simplify(product)?;
            }
        }
        Ok(self)
    }

    /// The same without symbols that stand for parts.
    pub fn without_parts(mut self, engine: &mut Engine) -> Self {
        let entries: Vec<ExprId> = self.entries.iter().map(|(_, id)| *id).collect();
        let whole =
            put_into(&mut engine.pool, &std::mem::take(&mut self.parts), &entries);
        for ((_, entry), id) in self.entries.iter_mut().zip(whole) {
            *entry = id;
        }
        self
    }

    /// Refuses more variables than a matrix may have rows, before anything is differentiated.
    ///
    /// # Errors
    /// So many.
    pub fn must_fit(size: usize) -> Result<()> {
        must_be_small(size, size)
    }

    /// As a matrix.
    ///
    /// # Errors
    /// More entries than a matrix may have.
    pub fn matrix(&self, size: usize) -> Result<Matrix> {
        Self::must_fit(size)?;
        let mut entries = vec![Pool::ZERO; size * size];
        for ([i, j], id) in &self.entries {
            entries[i * size + j] = *id;
            entries[j * size + i] = *id;
        }
        Ok(Matrix::from_fn(size, size, |i, j| entries[i * size + j]))
    }
}

impl Engine {
    /// The second derivatives of a function that are not 0, each pair of variables once, with
    /// names for what they share where they are long, or `always`.
    ///
    /// # Errors
    /// As [`Engine::hessian`].
    pub fn second_derivatives(
        &mut self,
        formula: &Formula,
        wrt: &[String],
        form: Form,
        always: bool,
    ) -> Result<SecondDerivatives> {
        let may_name = matches!(form, Form::Auto | Form::Raw) && wrt.len() > FORWARD;
        if may_name && !formula.is_vector && !self.pool.is_complex() {
            distinct(wrt)?;
            if let Some(found) = self.second_in_parts(formula, wrt, form, always)? {
                return Ok(found);
            }
        }
        let Checked { value, checked } = self.hessian(formula, wrt, form)?;
        let mut entries = Vec::new();
        for (i, row) in value.matrix.iter().enumerate() {
            let later =
                row.iter().enumerate().skip(i).filter(|(_, id)| **id != Pool::ZERO);
            entries.extend(later.map(|(j, id)| ([i, j], *id)));
        }
        Ok(SecondDerivatives { entries, checked, factor: value.factor, parts: vec![] })
    }

    /// The same by one sweep for each row; `None` where they are short without names.
    fn second_in_parts(
        &mut self,
        formula: &Formula,
        wrt: &[String],
        form: Form,
        always: bool,
    ) -> Result<Option<SecondDerivatives>> {
        let InParts { derivatives: first, parts, .. } =
            self.gradient_in_parts(formula, wrt, form, true)?;
        let mut meant: FxHashMap<ExprId, ExprId> = parts.iter().copied().collect();
        let symbols = self.symbols(wrt);
        let places: FxHashMap<ExprId, usize> = symbols.iter().copied().zip(0..).collect();
        let mut named = Parts::new(parts);
        let known = named.list.len();
        let (mut at, mut values) = (Vec::new(), Vec::new());
        for (i, partial) in first.partials.iter().enumerate() {
            let value = partial.values[0];
            let below = self.pool.reachable_through(&[value], &meant);
            let later = below.iter().filter_map(|id| places.get(id)).filter(|j| **j >= i);
            let mut later: Vec<usize> = later.copied().collect();
            later.sort_unstable();
            let chosen: Vec<ExprId> = later.iter().map(|j| symbols[*j]).collect();
            let pool = &mut self.pool;
            let row =
                calculus::gradient_in_parts(pool, value, &chosen, &mut named, &meant)?;
            at.extend(later.into_iter().map(|j| [i, j]));
            values.extend(row);
            must_be_small(at.len(), 1)?;
        }
        let is_small = wrt.len() <= SMALL;
        if !always && is_small && written_out(&self.pool, &named.list, &values) <= LONG {
            return Ok(None);
        }
        let new = named.list.split_off(known);
        let (values, new) = self.shape_in_parts(new, &values, form)?;
        named.list.extend(new);
        meant.extend(named.list.iter().copied());
        let mut answer = Derivatives { checked: first.checked, ..Derivatives::default() };
        let rows = at.chunk_by(|one, other| one[0] == other[0]);
        let mut rest = &values[..];
        for row in rows {
            let (found, others) = rest.split_at(row.len());
            rest = others;
            let partial = first.partials[row[0][0]].values[0];
            let mut tape = Tape::default();
            let slot = tape.add_in_parts(&self.pool, &[partial], &meant)[0];
            let later: Vec<String> = row.iter().map(|[_, j]| wrt[*j].clone()).collect();
            let outcome =
                self.compared(formula, &mut tape, slot, &later, (found, &meant));
            self.take_outcome(outcome, &later, partial, &mut answer)?;
        }
        let (values, parts) = self.without_needless((values, named.list));
        let entries = at.into_iter().zip(values).filter(|(_, id)| *id != Pool::ZERO);
        let (entries, checked) = (entries.collect(), answer.checked);
        Ok(Some(SecondDerivatives { entries, checked, factor: None, parts }))
    }

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
