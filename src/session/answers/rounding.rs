//! Answers in decimals: right up to rounding, or within a tolerance.

use super::super::engine::Engine;
use super::super::formula::Formula;
use crate::check::{Allowance, Decision, Mistake, Verdict};
use crate::error::Result;
use crate::evaluate::Tape;
use crate::kernel::ExprId;
use crate::print::{self, Notation};
use crate::syntax;

/// To how many digits values within a tolerance agree, as a verdict counts them.
fn digits(tolerance: f64) -> usize {
    (-tolerance.log10()).floor().max(0.0) as usize
}

impl Engine {
    /// What there is to say of a component in decimals that is not exactly right: a verdict
    /// where it is within the tolerance, else that it is rounded.
    pub(in crate::session) fn rounded(
        &mut self,
        formula: &Formula,
        expected: ExprId,
        (answer, index): (&Formula, usize),
        tolerance: Option<f64>,
    ) -> Result<(Option<Decision>, Option<Mistake>)> {
        let (program, decimals) = answer.program().with_named_decimals();
        if decimals.is_empty() {
            return Ok((None, None));
        }
        let mut tape = Tape::default();
        let declared: Vec<&str> = answer.declared().iter().map(String::as_str).collect();
        let given = syntax::lower(&program, &declared, &mut tape)?.roots[index];
        let right = tape.add_expressions(&self.pool, &[expected])[0];
        let assumptions = formula.assumptions();
        let (pool, checker) = self.pool_and_checker();
        if let Some(tolerance) = tolerance
            && let allowed = Allowance::Tolerance(tolerance)
            && let Some(points) =
                checker.is_near(&tape, (right, given), &decimals, allowed, assumptions)
        {
            let verdict = Verdict::ProbablyEqual { points, digits: digits(tolerance) };
            let places =
                if points == 1 { String::new() } else { format!(" at {points} points") };
            let known = format!("within the tolerance {tolerance}{places}");
            return Ok((Some(Decision { verdict, known }), None));
        }
        let allowed = Allowance::Rounding;
        let near =
            checker.is_near(&tape, (right, given), &decimals, allowed, assumptions);
        let exact = print::write(pool, expected, Notation::Text)?;
        let text = self.locale.sentence("mistake_rounded", &[("answer", &exact)]);
        let text = text.unwrap_or_default();
        Ok((None, near.map(|_| Mistake { id: "rounded", text })))
    }
}
