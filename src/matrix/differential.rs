//! Differentials: `d tr(X^-1*A) = -tr(A*inv(X)*dX*inv(X))`, of any order up to four, with
//! changes `dX` that do not depend on `X` (Magnus and Neudecker, *Matrix Differential Calculus
//! with Applications in Statistics and Econometrics*).

use super::check::{Claim, Target, verify};
use super::form::{FormId, Op, Structure, Variable};
use super::numeric::Evaluator;
use super::print;
use super::problem::{MAX_ORDER, Problem};
use super::shape::{Shape, SizeId};
use super::tensor::TensorId;
use crate::error::{Error, ErrorKind, Result};

/// A differential with what is known of it.
#[derive(Clone, Debug)]
pub struct Differential {
    /// The order.
    pub order: u32,
    /// The differential.
    pub form: FormId,
    /// Its sizes: none for a scalar, one for a column, two for a matrix or a row.
    pub sizes: Vec<String>,
    /// Whether it was compared with differences along the changes.
    pub checked: bool,
}

impl Problem {
    /// The differential of an order, along changes of declared names.
    ///
    /// # Errors
    /// Names that are not declared, a name `dX` that is taken, orthogonal matrices,
    /// derivatives that are not known, limits.
    pub fn differential(&mut self, wrt: &[String], order: u32) -> Result<Differential> {
        if order == 0 {
            let what = "a differential has order 1 at least".to_owned();
            return Err(ErrorKind::Unsupported(what).into());
        }
        if order > MAX_ORDER {
            let what = "the order of a differential";
            return Err(ErrorKind::OverLimit { what, limit: MAX_ORDER.into() }.into());
        }
        let mut changes = Vec::new();
        for name in wrt {
            changes.push(self.change(name)?);
        }
        let mut tensor = self.tensors.lower(self.main, &self.forms, &self.scope)?;
        let mut seeds: Vec<(TensorId, TensorId)> = Vec::new();
        for (of, change) in &changes {
            seeds.push(self.seed(*of, *change)?);
        }
        let shape = self.forms.shape(self.main);
        let is_row = shape.rows == SizeId::ONE && shape.cols != SizeId::ONE;
        let mut before = self.main;
        let mut form = self.main;
        for _ in 0..order {
            before = form;
            tensor = self.tensors.differential(tensor, &seeds)?;
            form = self.shortest(tensor, is_row)?;
        }
        let checked = self.verify_along(before, form, &changes)?;
        let sizes = self.sizes_of(self.main);
        Ok(Differential { order, form, sizes, checked })
    }

    /// A name and its change as tensors.
    pub(super) fn seed(
        &mut self,
        of: FormId,
        change: u16,
    ) -> Result<(TensorId, TensorId)> {
        let shape = self.scope.variables[usize::from(change)].shape;
        let change = self.forms.intern(Op::Variable(change), shape);
        let of = self.tensors.lower(of, &self.forms, &self.scope)?;
        Ok((of, self.tensors.lower(change, &self.forms, &self.scope)?))
    }

    /// A declared name, and the place of its change.
    pub(super) fn change(&mut self, name: &str) -> Result<(FormId, u16)> {
        let Some(place) = self.scope.variable(name) else {
            if self.scope.definition(name).is_some() {
                let what = format!("the program says what `{name}` is");
                return Err(Error::from(ErrorKind::InvalidRequest(what))
                    .help("differentials are along changes of declared names"));
            }
            return Err(self.unknown(name));
        };
        let of = self.scope.variables[usize::from(place)].clone();
        if of.structure.orthogonal {
            let what = format!(
                "differentials along the orthogonal matrix `{name}` are not supported"
            );
            return Err(Error::from(ErrorKind::Unsupported(what))
                .help("leave the property out: then `dQ` is any change"));
        }
        if of.structure.stochastic || of.structure.whole {
            let what = format!("differentials along `{name}` are not supported");
            return Err(Error::from(ErrorKind::Unsupported(what))
                .help("leave the property out: then it may change in any way"));
        }
        let target = self.forms.intern(Op::Variable(place), of.shape);
        Ok((target, self.add_change(name, of.shape, of.structure.of_change())?))
    }

    /// The place of the change of a name.
    ///
    /// # Errors
    /// A name `dX` that is taken.
    pub(super) fn add_change(
        &mut self,
        name: &str,
        shape: Shape,
        structure: Structure,
    ) -> Result<u16> {
        let own = format!("d{name}");
        let known = self.scope.variable(&own);
        if let Some(known) = known
            && self.scope.variables[usize::from(known)].is_differential
        {
            return Ok(known);
        }
        if known.is_some() || self.scope.definition(&own).is_some() {
            let what =
                format!("the change of `{name}` would be `{own}`, which is declared");
            return Err(
                Error::from(ErrorKind::InvalidRequest(what)).help("rename one of them")
            );
        }
        let variable = Variable::new(own, shape, structure);
        self.scope.variables.push(Variable { is_differential: true, ..variable });
        Ok((self.scope.variables.len() - 1) as u16)
    }

    /// Compares a differential, as it is read back from its text, with differences of what was
    /// differentiated last along the changes.
    fn verify_along(
        &mut self,
        before: FormId,
        form: FormId,
        changes: &[(FormId, u16)],
    ) -> Result<bool> {
        let of = print::text(self.main, &self.forms, &self.scope);
        let again = self.read_back(form, &of, "its changes")?;
        let evaluator = Evaluator::new(again, &self.forms, &self.scope);
        let least = self.scope.least_size();
        let target = Target::Along(changes);
        let claim = Claim { of: before, target, least, texts: (&of, "its changes") };
        verify(&claim, &self.forms, &self.scope, |instance| {
            Some(evaluator.value(&self.forms, instance).data)
        })
    }
}
