//! Matrices of partial derivatives of what was typed.

use super::engine::{Engine, Form, Formula};
use super::field::{Checked, distinct};
use crate::calculus::{Jacobian, Layout};
use crate::error::{ErrorKind, Result};

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
        must_be_small(formula.roots.len(), wrt.len())?;
        let found = self.partials(formula, wrt, 1, form)?;
        let columns: Vec<_> =
            found.partials.iter().map(|partial| &partial.values[..]).collect();
        Ok(Checked { value: Jacobian::new(&columns, layout), checked: found.checked })
    }
}

/// The most entries of a matrix of derivatives.
const MAX_ENTRIES: usize = 500_000;

/// Refuses matrices with too many entries.
pub(super) fn must_be_small(rows: usize, columns: usize) -> Result<()> {
    if rows.saturating_mul(columns) <= MAX_ENTRIES {
        return Ok(());
    }
    let what = "the number of entries of a matrix of derivatives";
    Err(ErrorKind::OverLimit { what, limit: MAX_ENTRIES as u64 }.into())
}
