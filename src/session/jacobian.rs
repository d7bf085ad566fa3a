//! Matrices of partial derivatives of what was typed.

use super::engine::{Engine, Form, Formula};
use super::field::{Checked, distinct};
use crate::calculus::{Jacobian, Layout};
use crate::error::Result;

impl Engine {
    /// The Jacobian of the components of a formula.
    ///
    /// # Errors
    /// A variable that is named twice, and as [`Engine::partials`].
    pub fn jacobian(
        &mut self,
        formula: &Formula,
        wrt: &[String],
        layout: Layout,
        form: Form,
    ) -> Result<Checked<Jacobian>> {
        distinct(wrt)?;
        let found = self.partials(formula, wrt, 1, form)?;
        let columns: Vec<_> =
            found.partials.iter().map(|partial| &partial.values[..]).collect();
        Ok(Checked { value: Jacobian::new(&columns, layout), checked: found.checked })
    }
}
