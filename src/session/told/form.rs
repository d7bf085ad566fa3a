//! How a formula comes to its shortest form.

use crate::error::Result;
use crate::kernel::ExprId;
use crate::print;
use crate::session::engine::{Engine, Formula};
use crate::steps::{self, Derivation, Detail, Line};

impl Engine {
    /// The lines from a formula as it is typed to a form of it.
    ///
    /// # Errors
    /// A text that is too long.
    pub fn form_derivation(
        &mut self,
        formula: &Formula,
        component: usize,
        (form, detail): (ExprId, Detail),
    ) -> Result<Derivation> {
        let own = &formula.name;
        let name = formula.answers.get(component).unwrap_or(own).clone();
        let name = match formula.roots.len() > 1 && formula.answers.is_empty() {
            true => format!("{name}_{}", component + 1),
            false => name,
        };
        let write = |notation| print::name(&name, notation);
        let label = print::both(write);
        let root = formula.roots[component];
        let (pool, simplifier) = self.pool_and_simplifier();
        let first = Line {
            label: label.clone(),
            values: vec![print::write_both(pool, root)?],
            ..Line::default()
        };
        let mut lines = vec![first];
        lines.extend(steps::rewriting(pool, simplifier, (root, form), detail)?);
        Ok(Derivation { lines })
    }
}
