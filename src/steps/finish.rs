//! The last lines: from what the rules leave to the answer.

use super::deriver::{Deriver, Subject};
use super::settle::{lower, parts};
use crate::derivation::{Detail, Line, Reason};
use crate::error::Result;
use crate::kernel::{ExprId, Node, Number, Pool};
use crate::print::{Held, Mark};
use crate::simplify::{self, Simplifier};

/// The most terms that are multiplied out to see whether that was done.
const MAX_EXPANDED: usize = 200;
/// The most terms that are divided to see whether a factor was taken out, over all factors.
const MAX_DIVIDED: usize = 1_000;

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
            true if terms_of(held) <= self.terms_in(raw) => Vec::new(),
            true => vec![Reason::new("collected")],
            false => self.identity(raw, last_form)?,
        };
        self.push(answer, (reasons, 0), subject, last_form);
        Ok(())
    }

    /// How many terms the longest sum has that is a factor of an expression.
    fn terms_in(&self, id: ExprId) -> usize {
        let (_, rest) = self.pool.coefficient(id);
        let own = self.pool.terms(&id).len();
        let factors = self.pool.factors(&rest).iter();
        factors.map(|factor| self.pool.terms(factor).len()).fold(own, usize::max)
    }

    /// What makes the answer of what the rules left, where that can be said.
    fn identity(&mut self, raw: ExprId, answer: ExprId) -> Result<Vec<Reason>> {
        let is_sum = |pool: &Pool, id: ExprId| matches!(pool.node(id), Node::Sum(_));
        let (above, below) = parts(self.pool, raw);
        if below != Pool::ONE && is_sum(self.pool, above) && is_sum(self.pool, answer) {
            let terms = self.pool.terms(&above).to_vec();
            let divided: Vec<ExprId> =
                terms.into_iter().map(|term| self.pool.quotient(term, below)).collect();
            if self.pool.sum(&divided) == answer {
                return Ok(vec![Reason::new("divided")]);
            }
        }
        if let Some(factor) = self.taken_out(raw, answer) {
            return Ok(vec![Reason::new("taken_out").with("factor", self.math(factor)?)]);
        }
        let (_, bar) = parts(self.pool, answer);
        let is_bar = self.pool.as_number(bar).is_none();
        if is_sum(self.pool, raw) && is_bar && !is_sum(self.pool, answer) {
            return Ok(vec![Reason::new("one_fraction")]);
        }
        let expanded = simplify::expand_all(self.pool, raw, MAX_EXPANDED);
        if expanded == Some(answer) {
            let mut reasons = vec![Reason::new("multiplied_out")];
            if self.pool.terms(&answer).len() < self.terms_in(raw) {
                reasons.push(Reason::new("collected"));
            }
            return Ok(reasons);
        }
        if expanded == Some(raw)
            && simplify::expand_all(self.pool, answer, MAX_EXPANDED) == Some(raw)
        {
            return Ok(vec![Reason::new("factored")]);
        }
        Ok(vec![Reason::new("simplified")])
    }

    /// The factor by which an answer is a product of a sum, where multiplying its terms gives
    /// what was there but for a number before all.
    fn taken_out(&mut self, raw: ExprId, answer: ExprId) -> Option<ExprId> {
        let (before, terms) = self.pool.coefficient(raw);
        let before = match self.pool.node(terms) {
            Node::Sum(_) => before.clone(),
            _ => Number::ONE,
        };
        let answer = self.pool.scale(&before.recip()?, answer);
        let raw = self.pool.scale(&before.recip()?, raw);
        let (n, rest) = self.pool.coefficient(answer);
        let n = n.clone();
        let factors = self.pool.factors(&rest).to_vec();
        let terms = self.pool.terms(&raw).to_vec();
        if terms.len() * factors.len() > MAX_DIVIDED {
            return None;
        }
        for (place, sum) in factors.iter().enumerate() {
            if !matches!(self.pool.node(*sum), Node::Sum(_)) {
                continue;
            }
            let mut others = factors.clone();
            others.remove(place);
            let factor = self.pool.product_with(n.clone(), &others);
            if factor == Pool::ONE || factor == Pool::MINUS_ONE || terms.len() < 2 {
                continue;
            }
            let left: Vec<ExprId> =
                terms.iter().map(|term| self.pool.quotient(*term, factor)).collect();
            let left = self.pool.sum(&left);
            let is_left = left == *sum
                || simplify::expand_all(self.pool, left, MAX_EXPANDED) == Some(*sum);
            if is_left && parts(self.pool, factor).1 == Pool::ONE {
                return Some(factor);
            }
        }
        None
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
    Ok(vec![Line { values, reasons, ..Line::default() }])
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
