//! Wrong answers that are right with brackets that were forgotten.

use super::super::engine::Engine;
use super::super::formula::Formula;
use crate::check::{Comparison, Mistake, Side};
use crate::error::Result;
use crate::evaluate::Tape;
use crate::kernel::{ExprId, Pool};
use crate::print::{self, Notation};
use crate::syntax;

impl Engine {
    /// That a component of an answer is right with a pair of brackets or two.
    ///
    /// # Errors
    /// A limit.
    pub(in crate::session) fn without_brackets(
        &mut self,
        formula: &Formula,
        expected: ExprId,
        (answer, index): (&Formula, usize),
    ) -> Result<Option<Mistake>> {
        let declared: Vec<&str> = answer.declared().iter().map(String::as_str).collect();
        for program in answer.program().with_brackets() {
            // What was tried may have run into a limit; the answer of the caller has not.
            let Ok(lowered) = syntax::lower(&program, &declared, &mut self.pool) else {
                self.pool.take_failure();
                continue;
            };
            let Some(&root) = lowered.roots.get(index) else { continue };
            if root == Pool::UNDEFINED {
                continue;
            }
            let mut tape = Tape::default();
            let slots = tape.add_expressions(&self.pool, &[expected, root]);
            let comparison = Comparison {
                tape: &mut tape,
                left: Side { value: slots[0], id: expected, name: "the derivative" },
                right: Side { value: slots[1], id: root, name: "the answer" },
                within_left: true,
                or_complex: false,
                primitive: None,
                assumptions: formula.assumptions(),
                domain: formula.domain,
            };
            if comparison.is_plainly_wrong() {
                continue;
            }
            let decision = self.decide(comparison).ok();
            self.pool.take_failure();
            if decision.is_some_and(|decision| decision.verdict.is_equal()) {
                let right = print::write(&self.pool, root, Notation::Text)?;
                let parts = [("answer", &right[..])];
                let text = self.locale.sentence("mistake_brackets", &parts);
                let text = text.unwrap_or_default();
                return Ok(Some(Mistake { id: "missing-brackets", text }));
            }
        }
        Ok(None)
    }
}
