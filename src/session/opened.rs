//! Formulas multiplied out with functions taken apart.

use super::engine::{Engine, Formula, MAX_EXPANDED};
use crate::error::{ErrorKind, Note, Result};
use crate::kernel::ExprId;
use crate::print::{self, Notation};
use crate::simplify::{self, Opening};

impl Engine {
    /// The components of a formula multiplied out, with functions taken apart, compared at
    /// points with what was typed; what stays because of a condition is in notes.
    ///
    /// # Errors
    /// A limit, or a form that differs from the formula.
    pub fn opened(
        &mut self,
        formula: &Formula,
        opening: Opening,
    ) -> Result<(Vec<ExprId>, Vec<Note>)> {
        let (mut values, mut notes) = (Vec::new(), Vec::new());
        for (root, (mut tape, typed)) in formula.roots.iter().zip(self.tapes(formula)?) {
            let found = simplify::opened(&mut self.pool, *root, opening, MAX_EXPANDED);
            self.check_limits()?;
            let Some(found) = found else {
                let limit = MAX_EXPANDED as u64;
                let what = "multiplying out";
                return Err(ErrorKind::TooMuchWork { what, limit }.into());
            };
            self.must_be_equal(formula, (&mut tape, typed), [*root, found.value])?;
            for (id, positive) in &found.kept {
                let parts = self.listed(positive, " > 0")?;
                let id = print::write(&self.pool, *id, Notation::Text)?;
                notes.push(format!("`{id}` stays: it is not assumed that {parts}"));
            }
            for (id, parts) in &found.narrowed {
                let has = if parts.len() == 1 { "has a value" } else { "have values" };
                let parts = self.listed(parts, "")?;
                let id = print::write(&self.pool, *id, Notation::Text)?;
                notes.push(format!("`{id}` is taken apart where {parts} {has}"));
            }
            values.push(found.value);
        }
        notes.dedup();
        let note = |message| Note { message, span: None };
        Ok((values, notes.into_iter().map(note).collect()))
    }

    /// Writes powers with sums above them as products of powers from now on.
    pub fn write_powers_apart(&mut self, ids: &[ExprId]) {
        for id in ids {
            simplify::write_powers_apart(&mut self.pool, *id);
        }
    }

    /// Expressions in a row, each with the same behind it.
    fn listed(&self, ids: &[ExprId], behind: &str) -> Result<String> {
        let mut texts = Vec::with_capacity(ids.len());
        for id in ids {
            let text = print::write(&self.pool, *id, Notation::Text)?;
            texts.push(format!("`{text}{behind}`"));
        }
        Ok(texts.join(", "))
    }
}
