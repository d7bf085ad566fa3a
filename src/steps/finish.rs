//! The last lines: from what the rules leave to the answer.

use super::demand;
use super::deriver::{Deriver, Subject};
use super::settle::lower;
use crate::derivation::{Detail, Line, Reason};
use crate::error::Result;
use crate::kernel::{ExprId, Pool};
use crate::print::{Held, Mark};
use crate::simplify::Simplifier;

impl Deriver<'_> {
    /// Adds the answer, with what was done to what the rules left.
    ///
    /// # Errors
    /// A text that is too long.
    pub(super) fn finish(
        &mut self,
        held: &Held,
        (subject, last_form): (&Subject, ExprId),
        from: usize,
    ) -> Result<()> {
        let raw = lower(self.pool, &|id| self.log.known(id), held);
        let answer = self.math(last_form)?;
        if self.lines[from..].last().and_then(|line| line.values.last()) == Some(&answer)
        {
            return Ok(());
        }
        let last = self.lines[from..].last_mut();
        if raw == last_form
            && let Some(last) = last.filter(|line| line.is_reordered(&answer))
        {
            last.values = vec![answer];
            return Ok(());
        }
        if self.detail == Detail::Fine && raw != last_form {
            let collected = self.math(raw)?;
            let is_same = terms_of(held) <= self.terms_in(raw);
            if collected != answer && !is_same {
                self.push(collected, (vec![Reason::new("collected")], 0), subject, raw);
            }
        }
        let reasons = match raw == last_form {
            true => {
                let is_same = terms_of(held) <= self.terms_in(raw);
                let mut reasons = match is_same {
                    true => Vec::new(),
                    false => vec![Reason::new("collected")],
                };
                if let Some(factor) = self.cancelled_in(held) {
                    let factor = self.math(factor)?;
                    reasons.push(Reason::new("cancelled").with("factor", factor));
                }
                reasons
            }
            false => self.identity(raw, last_form)?,
        };
        self.push(answer, (reasons, 0), subject, last_form);
        Ok(())
    }
}

/// The lines from an expression to a form of it: what is collected on the way, and what makes
/// the form of it.
///
/// # Errors
/// A text that is too long.
pub fn rewriting(
    pool: &mut Pool,
    simplifier: &mut Simplifier,
    (from, to): (ExprId, ExprId),
    detail: Detail,
) -> Result<Vec<Line>> {
    let about = (Pool::ONE, Mark::Prime);
    let mut deriver = Deriver::new(pool, simplifier, about, detail);
    if from == to {
        return Ok(Vec::new());
    }
    let reasons = deriver.identity(from, to)?;
    let values = vec![deriver.math(to)?];
    let (mut before, mut after) = (Vec::new(), Vec::new());
    demand::demands(deriver.pool, &[from], &mut before);
    demand::demands(deriver.pool, &[to], &mut after);
    let lost = demand::lost(deriver.pool, &before, (&after, to));
    let condition = demand::condition(deriver.pool, &lost)?;
    Ok(vec![Line { values, reasons, condition, ..Line::default() }])
}

/// How many terms are held, above a fraction bar too.
fn terms_of(held: &Held) -> usize {
    match held {
        Held::Sum(terms) => terms.len(),
        Held::Quotient(above, _) => terms_of(above),
        Held::Product(factors) => factors.iter().map(terms_of).max().unwrap_or(1),
        _ => 1,
    }
}
