//! Derivatives of matrices by matrices as matrices: both are stacked, `vec(F)` by `vec(X)`.

use super::check::verify;
use super::form::FormId;
use super::language;
use super::numeric::{Evaluator, Instance};
use super::partial::{Raw, repeated};
use super::print;
use super::problem::{Answer, Derivative, Layout, Problem};
use super::render::Renderer;
use super::shape::{Shape, SizeId};
use crate::error::{Error, ErrorKind, Result};

impl Problem {
    /// The Jacobian of the stacked columns of the function in those of the variable, with
    /// Kronecker products; in denominator layout it is transposed.
    ///
    /// # Errors
    /// As [`Problem::derivative`], and Jacobians that are no sum of Kronecker products.
    pub fn stacked(
        &mut self,
        wrt: &str,
        order: u32,
        layout: Layout,
    ) -> Result<Derivative> {
        self.stacked_partial(&repeated(wrt, order)?, layout)
    }

    /// The same in one name after the other.
    ///
    /// # Errors
    /// As [`Problem::stacked`].
    pub fn stacked_partial(
        &mut self,
        wrt: &[String],
        layout: Layout,
    ) -> Result<Derivative> {
        let raw = self.raw(wrt, layout)?;
        match self.tensors.axes(raw.tensor).len() {
            0..=2 => self.partial(wrt, layout),
            _ => self.stack(&raw, wrt, layout),
        }
    }

    /// A derivative as a matrix with a row for each entry of the function, or as its transpose.
    pub(super) fn stack(
        &mut self,
        raw: &Raw,
        wrt: &[String],
        layout: Layout,
    ) -> Result<Derivative> {
        let tensor = self.tensors.stacked(raw.tensor, raw.own);
        self.tensors.check()?;
        // Stacking makes sizes that have no name yet.
        self.scope.sizes.clone_from(self.tensors.sizes());
        let numerator = layout == Layout::Numerator;
        // A derivative of a scalar comes out as a column.
        let turned = if raw.own == 0 { numerator } else { !numerator };
        let mut renderer = Renderer::new(&mut self.tensors, &mut self.forms, &self.scope);
        let form = renderer.render(tensor).ok_or_else(|| {
            let what = "this derivative has no form with Kronecker products and commutation matrices".to_owned();
            Error::from(ErrorKind::Unsupported(what)).help("leave `--vec` out")
        })?;
        let form = if turned { renderer.transpose(form) } else { form };
        self.stacked_as(raw, wrt, layout, form)
    }

    /// A form as the stacked derivative that it is, compared with differences.
    pub(super) fn stacked_as(
        &mut self,
        raw: &Raw,
        wrt: &[String],
        layout: Layout,
        form: FormId,
    ) -> Result<Derivative> {
        let text = print::text(form, &self.forms, &self.scope);
        let of = print::text(self.main, &self.forms, &self.scope);
        let variable = wrt.join(", ");
        let again = language::read_more(&text, &mut self.forms, &mut self.scope)?;
        let evaluator = Evaluator::new(again, &self.forms, &self.scope);
        let before = self.verify_earlier(raw, (&of, &variable))?;
        let claim = raw.claim(self.scope.least_size(), (&of, &variable));
        let sizes = self.tensors.axes(raw.tensor).to_vec();
        let checked = verify(&claim, &self.forms, &self.scope, |instance| {
            let value = evaluator.value(&self.forms, instance);
            let value = match layout {
                Layout::Denominator => value.transposed(),
                Layout::Numerator => value,
            };
            let (own, others) = sizes.split_at(raw.own);
            let (rows, cols) = (places(own, instance), places(others, instance));
            let entry = |i: &usize, j: &usize| value.at(*i, *j);
            let all = rows.iter().flat_map(|i| cols.iter().map(move |j| entry(i, j)));
            Some(all.collect())
        })?;
        let Shape { rows, cols } = self.forms.shape(form);
        let sizes = [rows, cols].map(|size| self.scope.sizes.text(size)).to_vec();
        let (wrt, answer) = (wrt.to_vec(), Answer::Form(form));
        let checked = checked && before;
        Ok(Derivative { wrt, answer, sizes, checked, is_stacked: true })
    }
}

/// The places of entries in a stack of columns, row by row.
fn places(sizes: &[SizeId], instance: &Instance) -> Vec<usize> {
    match *sizes {
        [m, n] => {
            let (m, n) = (instance.size(m), instance.size(n));
            (0..m * n).map(|k| (k % n) * m + k / n).collect()
        }
        [n] => (0..instance.size(n)).collect(),
        _ => vec![0],
    }
}
