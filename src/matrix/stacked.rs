//! Derivatives of matrices by matrices as matrices: both are stacked, `vec(F)` by `vec(X)`.

use super::check::{Claim, verify};
use super::language;
use super::numeric::Evaluator;
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
        let raw = self.raw(wrt, order, layout)?;
        let (own, total) = (raw.own(), self.tensors.axes(raw.tensor).len());
        if total <= 2 {
            return self.derivative(wrt, order, layout);
        }
        let sizes = self.tensors.axes(raw.tensor).to_vec();
        let tensor = self.tensors.stacked(raw.tensor, own);
        self.tensors.check()?;
        // Stacking makes sizes that have no name yet.
        self.scope.sizes.clone_from(self.tensors.sizes());
        let turned = layout == Layout::Denominator;
        let mut renderer = Renderer::new(&mut self.tensors, &mut self.forms, &self.scope);
        let form = renderer.render(tensor).ok_or_else(|| {
            let what = "this derivative has no form with Kronecker products and commutation matrices".to_owned();
            Error::from(ErrorKind::Unsupported(what)).help("leave `--vec` out")
        })?;
        let form = if turned { renderer.transpose(form) } else { form };
        let text = print::text(form, &self.forms, &self.scope);
        let of = print::text(self.main, &self.forms, &self.scope);
        let again = language::read_more(&text, &mut self.forms, &mut self.scope)?;
        let evaluator = Evaluator::new(again, &self.forms, &self.scope);
        let least = self.scope.least_size();
        let claim =
            Claim { of: raw.before(), target: raw.as_target(), least, texts: (&of, wrt) };
        let checked = verify(&claim, &self.forms, &self.scope, |instance| {
            let value = evaluator.value(&self.forms, instance);
            let value = if turned { value.transposed() } else { value };
            // Rows and columns of the stack as places row by row.
            let order = |sizes: &[SizeId]| -> Vec<usize> {
                match *sizes {
                    [m, n] => {
                        let (m, n) = (instance.size(m), instance.size(n));
                        (0..m * n).map(|k| (k % n) * m + k / n).collect()
                    }
                    [n] => (0..instance.size(n)).collect(),
                    _ => vec![0],
                }
            };
            let (rows, cols) = (order(&sizes[..own]), order(&sizes[own..]));
            let entry = |i: &usize, j: &usize| value.at(*i, *j);
            let all = rows.iter().flat_map(|i| cols.iter().map(move |j| entry(i, j)));
            Some(all.collect())
        })?;
        let Shape { rows, cols } = self.forms.shape(form);
        let sizes = [rows, cols].map(|size| self.scope.sizes.text(size)).to_vec();
        let (wrt, answer) = (wrt.to_owned(), Answer::Form(form));
        Ok(Derivative { wrt, order, answer, sizes, checked, is_stacked: true })
    }
}
