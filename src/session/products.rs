//! Products of matrices of derivatives with vectors, without the matrices: one sweep each
//! (Griewank and Walther, Evaluating Derivatives, sections 3.1, 3.2 and 5.4).

use super::engine::{Derivatives, Engine, Form, Formula};
use super::field::distinct;
use super::gradient::{InParts, LONG, NamedParts, put_into, written_out};
use super::point::eval::Point;
use crate::calculus::{self, Parts};
use crate::error::{ErrorKind, Result};
use crate::evaluate::{Operation, Slot, Tape};
use crate::kernel::{Assumption, ExprId};
use rustc_hash::FxHashMap;

/// A product of derivatives with a vector.
#[derive(Clone, Debug)]
pub struct Product {
    /// The components.
    pub values: Vec<ExprId>,
    /// What symbols in them stand for, where they are long.
    pub parts: NamedParts,
    /// Whether it was compared with an independent path.
    pub checked: bool,
}

/// A sum that is differentiated, as an expression and as it was typed.
struct Scalar {
    id: ExprId,
    tape: Tape,
    slot: Slot,
}

impl Engine {
    /// The Jacobian times a vector: how each component changes along it.
    ///
    /// # Errors
    /// A vector of another length than there are variables, and as [`Engine::partials`].
    pub fn jacobian_along(
        &mut self,
        formula: &Formula,
        wrt: &[String],
        along: &[ExprId],
        form: Form,
    ) -> Result<Product> {
        fits(along, wrt.len(), "variable")?;
        distinct(wrt)?;
        let own = if form == Form::Raw { Form::Raw } else { Form::Auto };
        let Derivatives { partials, checked, .. } =
            self.partials(formula, wrt, 1, own)?;
        let mut values = Vec::with_capacity(formula.roots.len());
        for place in 0..formula.roots.len() {
            let row: Vec<ExprId> =
                partials.iter().map(|partial| partial.values[place]).collect();
            let raw = self.dot(&row, along);
            values.push(self.shape(raw, form)?);
        }
        Ok(Product { values, parts: NamedParts::new(), checked })
    }

    /// A row vector times the Jacobian: the gradient of so much of each component, with names
    /// for what its components share where they are long, or `always`.
    ///
    /// # Errors
    /// A vector of another length than there are components, and as [`Engine::partials`].
    pub fn jacobian_across(
        &mut self,
        formula: &Formula,
        wrt: &[String],
        across: &[ExprId],
        (form, always): (Form, bool),
    ) -> Result<Product> {
        fits(across, formula.roots.len(), "component")?;
        let (still, moving) = self.still(across, wrt);
        let (mut tape, slots) = self.tape(formula)?;
        let factors = tape.add_expressions(&self.pool, &still);
        let terms: Vec<Slot> = slots
            .iter()
            .zip(factors)
            .map(|(value, factor)| tape.add(Operation::Multiply(factor, *value)))
            .collect();
        let sum = terms.into_iter().reduce(|a, b| tape.add(Operation::Add(a, b)));
        let id = self.dot(&formula.roots, &still);
        let scalar = Scalar { id, tape, slot: sum.unwrap_or(0) };
        let found =
            self.swept(formula, scalar, NamedParts::new(), wrt, (form, always))?;
        self.moved(found, &moving, form)
    }

    /// The Hessian times a vector: how the gradient changes along it; with names for what its
    /// components share where they are long, or `always`.
    ///
    /// # Errors
    /// A formula of several components, a vector of another length than there are variables,
    /// and as [`Engine::partials`].
    pub fn hessian_along(
        &mut self,
        formula: &Formula,
        wrt: &[String],
        along: &[ExprId],
        (form, always): (Form, bool),
    ) -> Result<Product> {
        if formula.is_vector {
            let what = "a vector has no Hessian".to_owned();
            return Err(ErrorKind::WrongDimension(what).into());
        }
        fits(along, wrt.len(), "variable")?;
        let (still, moving) = self.still(along, wrt);
        let own = if form == Form::Raw { Form::Raw } else { Form::Auto };
        let InParts { derivatives: first, parts, .. } =
            self.gradient_in_parts(formula, wrt, own, true)?;
        let gradient: Vec<ExprId> =
            first.partials.iter().map(|partial| partial.values[0]).collect();
        let id = self.dot(&gradient, &still);
        let mut tape = Tape::default();
        let meant = parts.iter().copied().collect();
        let slot = tape.add_in_parts(&self.pool, &[id], &meant)[0];
        let mut found =
            self.swept(formula, Scalar { id, tape, slot }, parts, wrt, (form, always))?;
        found.checked &= first.checked;
        self.moved(found, &moving, form)
    }

    /// The components of a product at a point.
    ///
    /// # Errors
    /// As [`Engine::at_point`].
    pub fn in_parts_at(
        &mut self,
        product: &Product,
        point: &Point,
    ) -> Result<Vec<ExprId>> {
        let whole = put_into(&mut self.pool, &product.parts, &product.values);
        self.at_point(&whole, point)
    }

    /// The gradient of a sum in which symbols may stand for parts.
    fn swept(
        &mut self,
        formula: &Formula,
        mut scalar: Scalar,
        parts: NamedParts,
        wrt: &[String],
        (form, always): (Form, bool),
    ) -> Result<Product> {
        distinct(wrt)?;
        let symbols = self.symbols(wrt);
        let meant: FxHashMap<ExprId, ExprId> = parts.iter().copied().collect();
        let mut named = Parts::new(parts);
        let pool = &mut self.pool;
        let mut raw =
            calculus::gradient_in_parts(pool, scalar.id, &symbols, &mut named, &meant)?;
        let mut parts = named.list;
        let may_name = matches!(form, Form::Auto | Form::Raw);
        let is_short = || !always && written_out(&self.pool, &parts, &raw) <= LONG;
        if !may_name || is_short() {
            raw = put_into(&mut self.pool, &parts, &raw);
            parts.clear();
        }
        let found = self.shape_in_parts(parts, &raw, form)?;
        let (values, parts) = self.without_needless(found);
        let meant = parts.iter().copied().collect();
        let (tape, slot) = (&mut scalar.tape, scalar.slot);
        let outcome = self.compared(formula, tape, slot, wrt, (&values, &meant));
        let mut answer = Derivatives { checked: true, ..Derivatives::default() };
        self.take_outcome(outcome, wrt, scalar.id, &mut answer)?;
        Ok(Product { values, parts, checked: answer.checked })
    }

    /// A vector that does not change with the variables, and what its symbols stand for.
    fn still(&mut self, vector: &[ExprId], wrt: &[String]) -> (Vec<ExprId>, NamedParts) {
        let symbols = self.symbols(wrt);
        let mut moving = NamedParts::new();
        let mut still = Vec::with_capacity(vector.len());
        for component in vector {
            let moves =
                symbols.iter().any(|symbol| self.pool.may_depend(*component, *symbol));
            still.push(if moves {
                // Another name each time: what was found of a symbol stays known.
                let name = format!("component {:010}", self.pool.len());
                let symbol = self.pool.assume(&name, Assumption::default());
                moving.push((symbol, *component));
                symbol
            } else {
                *component
            });
        }
        (still, moving)
    }

    /// A product with the vector put in.
    fn moved(
        &mut self,
        found: Product,
        moving: &NamedParts,
        form: Form,
    ) -> Result<Product> {
        if moving.is_empty() {
            return Ok(found);
        }
        let parts: Vec<ExprId> = found.parts.iter().map(|(_, part)| *part).collect();
        let roots = [&parts[..], &found.values].concat();
        let mut put = put_into(&mut self.pool, moving, &roots);
        let values = put.split_off(parts.len());
        let symbols = found.parts.iter().map(|(symbol, _)| *symbol);
        let parts = symbols.zip(put).collect();
        let shaped = self.shape_in_parts(parts, &values, form)?;
        let (values, parts) = self.without_needless(shaped);
        Ok(Product { values, parts, checked: found.checked })
    }
}

/// Refuses a vector of another length.
fn fits(vector: &[ExprId], count: usize, of: &str) -> Result<()> {
    if vector.len() == count {
        return Ok(());
    }
    let found = vector.len();
    let what = format!(
        "the vector has one component for each {of}, {count} in all, not {found}"
    );
    Err(ErrorKind::WrongDimension(what).into())
}
