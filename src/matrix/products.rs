//! Jacobians and Hessians times vectors, without the matrix (Pearlmutter, *Fast exact
//! multiplication by the Hessian*, 1994).

use super::check::{Claim, Target, verify};
use super::form::{FormId, Op};
use super::language;
use super::numeric::{Evaluator, Instance, Slopes, along_values, slopes};
use super::print;
use super::problem::{Answer, Layout, Problem};
use super::tensor::TensorId;
use crate::error::{Error, ErrorKind, Result};

/// The product of a matrix of derivatives with something of the shape of one of its sides.
#[derive(Clone, Debug)]
pub struct Product {
    /// The product.
    pub form: FormId,
    /// Its sizes: none for a scalar, one for a column, two for a matrix or a row.
    pub sizes: Vec<String>,
    /// Whether it was compared with differences.
    pub checked: bool,
}

/// In what is differentiated, as it is written and as a tensor.
#[derive(Clone, Copy)]
struct Written {
    form: FormId,
    tensor: TensorId,
}

impl Problem {
    /// The Jacobian times something of the shape of the variable.
    ///
    /// # Errors
    /// What cannot be read or has another shape, and as [`Problem::partial`].
    pub fn jacobian_along(&mut self, wrt: &str, direction: &str) -> Result<Product> {
        let (variable, direction) = self.direction(wrt, direction)?;
        let function = self.tensors.lower(self.main, &self.forms, &self.scope)?;
        let seeds = [(variable.tensor, direction.tensor)];
        let tensor = self.tensors.differential(function, &seeds)?;
        let form = self.shortest(tensor, self.is_row(self.main))?;
        self.along(self.main, (variable.form, direction.form), form)
    }

    /// The Hessian of a scalar times something of the shape of the variable.
    ///
    /// # Errors
    /// As [`Problem::jacobian_along`], and functions that are no scalars.
    pub fn hessian_along(&mut self, wrt: &str, direction: &str) -> Result<Product> {
        self.must_be_scalar()?;
        let (variable, direction) = self.direction(wrt, direction)?;
        let names = [wrt.to_owned()];
        let raw = self.raw(&names, Layout::Denominator)?;
        let gradient = self.form(&raw)?;
        let first = self.derived(&raw, &names, Answer::Form(gradient))?;
        let seeds = [(variable.tensor, direction.tensor)];
        let tensor = self.tensors.differential(raw.tensor, &seeds)?;
        let form = self.shortest(tensor, self.is_row(variable.form))?;
        let product = self.along(gradient, (variable.form, direction.form), form)?;
        Ok(Product { checked: product.checked && first.checked, ..product })
    }

    /// Something of the shape of the function times the Jacobian: a row for a vector, else of
    /// the shape of the variable.
    ///
    /// # Errors
    /// What cannot be read or has another shape, and as [`Problem::partial`].
    pub fn jacobian_across(&mut self, wrt: &str, weights: &str) -> Result<Product> {
        let raw = self.raw(&[wrt.to_owned()], Layout::Numerator)?;
        let target = self.target(wrt)?;
        let weights = self.beside(weights, self.main)?;
        let tensor = self.tensors.pulled_back(weights.tensor, raw.tensor);
        self.tensors.check()?;
        let is_column = self.tensors.axes(tensor).len() == 1;
        let form = self.shortest(tensor, is_column)?;
        let of = print::text(self.main, &self.forms, &self.scope);
        let again = self.read_back(form, &of, wrt)?;
        let evaluator = Evaluator::new(again, &self.forms, &self.scope);
        let above = Evaluator::new(weights.form, &self.forms, &self.scope);
        let symmetric = raw.is_symmetric();
        let measure = |instance: &Instance, step: f64| {
            let names = (&self.forms, &self.scope);
            let found = slopes(self.main, (target, symmetric), names, instance, step)?;
            let weights = above.value(&self.forms, instance).data;
            let count = found.values.len() / weights.len().max(1);
            let values = (0..count).map(|k| {
                let rows = weights.iter().enumerate();
                rows.map(|(i, weight)| weight * found.values[i * count + k]).sum()
            });
            Some(Slopes { values: values.collect(), ..found })
        };
        let target = Target::Measured(&measure);
        let least = self.scope.least_size();
        let claim = Claim { of: self.main, target, least, texts: (&of, wrt) };
        let checked = verify(&claim, &self.forms, &self.scope, |instance| {
            Some(evaluator.value(&self.forms, instance).data)
        })?;
        Ok(Product { form, sizes: self.sizes_of(form), checked })
    }

    /// Refuses a function that is no scalar.
    pub(super) fn must_be_scalar(&self) -> Result<()> {
        if self.shape().is_scalar() {
            return Ok(());
        }
        let what = "the Hessian of a vector or a matrix".to_owned();
        Err(Error::from(ErrorKind::Unsupported(what))
            .help("`diff --order 2` has its second derivatives, entry by entry"))
    }

    /// A variable with a direction of its shape.
    fn direction(&mut self, wrt: &str, text: &str) -> Result<(Written, Written)> {
        let form = self.target(wrt)?;
        if let Op::Entry(..) = self.forms.op(form) {
            let what = "a product with the derivative in an entry".to_owned();
            return Err(ErrorKind::Unsupported(what).into());
        }
        if let Op::Variable(place) = *self.forms.op(form) {
            let known = self.scope.variables[usize::from(place)].structure;
            if known.is_tied()
                && (!known.symmetric
                    || known.diagonal
                    || known.orthogonal
                    || known.stochastic)
            {
                let what = format!(
                    "products with derivatives in `{wrt}`, whose entries are tied, are not \
                     supported"
                );
                return Err(Error::from(ErrorKind::Unsupported(what))
                    .help("leave the property out: then it may change in any way"));
            }
        }
        let tensor = self.tensors.lower(form, &self.forms, &self.scope)?;
        let direction = self.beside(text, form)?;
        if self.tensors.is_symmetric(tensor)
            && !self.tensors.is_symmetric(direction.tensor)
        {
            let what = format!("`{wrt}` is symmetric and `{text}` is not");
            let own = match text.chars().all(char::is_alphanumeric) {
                true => text.to_owned(),
                false => format!("({text})"),
            };
            return Err(Error::from(ErrorKind::InvalidRequest(what))
                .help(format!("write `({own} + {own}')/2`")));
        }
        Ok((Written { form, tensor }, direction))
    }

    /// An expression of the shape of another one.
    fn beside(&mut self, text: &str, like: FormId) -> Result<Written> {
        let form = language::read_more(text, &mut self.forms, &mut self.scope).map_err(
            |error| {
                let what = format!("`{text}` cannot be read: {error}");
                Error { kind: ErrorKind::InvalidPoint(what), span: None, ..error }
            },
        )?;
        let [own, wanted] = [form, like].map(|id| self.forms.shape(id));
        if own != wanted {
            let [own, wanted] = [own, wanted].map(|s| s.described(&self.scope.sizes));
            let what = format!("`{text}` is {own} and must be {wanted}");
            return Err(ErrorKind::InvalidPoint(what).into());
        }
        let tensor = self.tensors.lower(form, &self.forms, &self.scope)?;
        Ok(Written { form, tensor })
    }

    /// A product, compared with differences of a function along the direction.
    fn along(
        &mut self,
        of: FormId,
        (variable, direction): (FormId, FormId),
        form: FormId,
    ) -> Result<Product> {
        let text = print::text(self.main, &self.forms, &self.scope);
        let again = self.read_back(form, &text, "its direction")?;
        let evaluator = Evaluator::new(again, &self.forms, &self.scope);
        let change = Evaluator::new(direction, &self.forms, &self.scope);
        let measure = |instance: &Instance, step: f64| {
            let names = (&self.forms, &self.scope);
            let changes = [(variable, change.value(&self.forms, instance))];
            along_values(of, &changes, names, instance, step)
        };
        let target = Target::Measured(&measure);
        let least = self.scope.least_size();
        let claim = Claim { of, target, least, texts: (&text, "its direction") };
        let checked = verify(&claim, &self.forms, &self.scope, |instance| {
            Some(evaluator.value(&self.forms, instance).data)
        })?;
        Ok(Product { form, sizes: self.sizes_of(form), checked })
    }
}
