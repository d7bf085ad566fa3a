//! Hessians and Jacobians in several names: a block for each of them, or for each pair.

use super::problem::{Answer, Derivative, Layout, Problem};
use super::render::Renderer;
use crate::error::Result;

/// A matrix of derivatives.
#[derive(Clone, Debug)]
pub struct Blocks {
    /// The derivatives of which it is made: of second derivatives, each pair of names once.
    pub derivatives: Vec<Derivative>,
    /// The blocks row by row, where all of them are matrices that fit together.
    pub rows: Option<Vec<Vec<Derivative>>>,
}

impl Blocks {
    /// Whether all derivatives were compared with differences.
    pub fn checked(&self) -> bool {
        let rows = self.rows.iter().flatten().flatten();
        self.derivatives.iter().chain(rows).all(|one| one.checked)
    }
}

impl Problem {
    /// The second derivatives in each pair of names; stacked, those of matrices have a row and
    /// a column for each entry.
    ///
    /// # Errors
    /// As [`Problem::partial`] and [`Problem::stacked`], and functions that are no scalars.
    pub fn hessian(&mut self, wrt: &[String], is_stacked: bool) -> Result<Blocks> {
        self.must_be_scalar()?;
        let layout = Layout::Numerator;
        let fits = self.fit(wrt, is_stacked)?;
        let mut derivatives = Vec::new();
        let mut rows: Vec<Vec<Derivative>> = Vec::new();
        for (i, first) in wrt.iter().enumerate() {
            let mut row: Vec<Derivative> = Vec::new();
            for above in rows.iter().take(i).filter_map(|row| row.get(i)) {
                let turned = above.wrt.iter().rev().cloned().collect();
                row.push(self.transposed_block(above, turned, layout)?);
            }
            for second in &wrt[i..] {
                let pair = [first.clone(), second.clone()];
                let found = self.block(&pair, is_stacked)?;
                derivatives.push(found.clone());
                row.push(found);
            }
            if fits {
                rows.push(row);
            }
        }
        Ok(Blocks { derivatives, rows: fits.then_some(rows) })
    }

    /// The first derivatives in each of some names: side by side in numerator layout, one below
    /// the other in denominator layout.
    ///
    /// # Errors
    /// As [`Problem::partial`] and [`Problem::stacked`].
    pub fn jacobian(
        &mut self,
        wrt: &[String],
        layout: Layout,
        is_stacked: bool,
    ) -> Result<Blocks> {
        let is_column = self.shape().axes().len() < 2;
        let fits = self.fit(wrt, is_stacked)? && (is_column || is_stacked);
        let mut derivatives = Vec::with_capacity(wrt.len());
        for name in wrt {
            let names = [name.clone()];
            derivatives.push(match fits {
                false => self.partial(&names, layout)?,
                true => {
                    let found = self.block(&names, is_stacked)?;
                    match layout {
                        Layout::Numerator => found,
                        Layout::Denominator => {
                            self.transposed_block(&found, names.to_vec(), layout)?
                        }
                    }
                }
            });
        }
        let rows = fits.then(|| match layout {
            Layout::Numerator => vec![derivatives.clone()],
            Layout::Denominator => derivatives.iter().map(|d| vec![d.clone()]).collect(),
        });
        Ok(Blocks { derivatives, rows })
    }

    /// Whether derivatives in all of these names are matrices with a row or a column for each
    /// entry of a name.
    fn fit(&mut self, wrt: &[String], is_stacked: bool) -> Result<bool> {
        let mut fits = true;
        for name in wrt {
            let target = self.target(name)?;
            fits &= is_stacked || self.forms.shape(target).axes().len() < 2;
        }
        Ok(fits)
    }

    /// A derivative with a row for each entry of what is differentiated last.
    fn block(&mut self, wrt: &[String], is_stacked: bool) -> Result<Derivative> {
        let layout = Layout::Numerator;
        let raw = self.raw(wrt, layout)?;
        let mut has_matrix = wrt.len() == 1 && self.shape().axes().len() > 1;
        for name in wrt {
            let target = self.target(name)?;
            has_matrix |= self.forms.shape(target).axes().len() > 1;
        }
        match is_stacked && has_matrix {
            true => self.stack(&raw, wrt, layout),
            false => self.partial(wrt, layout),
        }
    }

    /// The transpose of a block, as the derivative that it is.
    fn transposed_block(
        &mut self,
        block: &Derivative,
        wrt: Vec<String>,
        layout: Layout,
    ) -> Result<Derivative> {
        let Answer::Form(form) = block.answer else { return Ok(block.clone()) };
        let mut renderer = Renderer::new(&mut self.tensors, &mut self.forms, &self.scope);
        let form = renderer.transpose(form);
        let raw = self.raw(&wrt, layout)?;
        match block.is_stacked {
            true => self.stacked_as(&raw, &wrt, layout, form),
            false => self.derived(&raw, &wrt, Answer::Form(form)),
        }
    }
}
