//! How a formula comes to its shortest form.

use crate::error::Result;
use crate::kernel::ExprId;
use crate::print;
use crate::session::engine::{Engine, Formula};
use crate::steps::{self, Derivation, Detail, Line, Reason};

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
        let typed = self.typed_lines(formula, component)?;
        let (pool, simplifier) = self.pool_and_simplifier();
        let mut lines = match typed {
            Some(typed) => typed.to_vec(),
            None => {
                let values = vec![print::write_both(pool, root)?];
                vec![Line { values, ..Line::default() }]
            }
        };
        lines[0].label = label;
        lines.extend(steps::rewriting(pool, simplifier, (root, form), detail)?);
        Ok(Derivation { lines })
    }

    /// The lines from a component as it was typed to what was read of it; `None` where these
    /// are alike.
    ///
    /// # Errors
    /// A text that is too long.
    pub(super) fn typed_lines(
        &mut self,
        formula: &Formula,
        component: usize,
    ) -> Result<Option<[Line; 2]>> {
        // Of a vector each entry would look at the whole of it.
        if formula.roots.len() > 1 {
            return Ok(None);
        }
        if let Some(program) = self.program_line(formula)? {
            let root = formula.roots[component];
            let read = Line {
                values: vec![print::write_both(&self.pool, root)?],
                reasons: vec![Reason::new("names_put_in")],
                ..Line::default()
            };
            return Ok(Some([program, read]));
        }
        let declared: Vec<&str> = formula.declared().iter().map(String::as_str).collect();
        let root = formula.roots[component];
        steps::typed(&mut self.pool, formula.program(), &declared, root)
    }
}
