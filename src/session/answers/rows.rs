//! Answers that are typed as matrices: rows in brackets, `[[y, x], [1, 1]]`.

use super::super::engine::Engine;
use super::super::formula::Formula;
use super::super::judge::Judgement;
use super::answer::Answer;
use super::question::Question;
use crate::check::{Decision, Verdict};
use crate::error::Result;

impl Engine {
    /// Whether a matrix of `rows` and `columns` holds the derivatives that were asked for, a row
    /// for each component of the function and a column for each variable. One row or one column
    /// will do for a function with one value.
    ///
    /// # Errors
    /// As [`Engine::check`].
    pub(in crate::session) fn check_rows(
        &mut self,
        formula: &Formula,
        question: &Question,
        answer: &Answer,
        (rows, columns): (usize, usize),
    ) -> Result<Judgement> {
        let components = formula.roots.len();
        let variables = question.derivatives().len();
        if let Question::Partials(wrt, 2) = question
            && !formula.is_vector
            && variables > 1
            && (rows, columns) == (variables, variables)
        {
            return self.check_hessian(formula, wrt, answer);
        }
        if !formula.is_vector || (rows, columns) != (components, variables) {
            let found = self.check_components(formula, question, answer)?;
            let is_turned =
                formula.is_vector && (rows, columns) == (variables, components);
            return Ok(if is_turned { transposed(found) } else { found });
        }
        let by_columns =
            (0..columns).flat_map(|k| (0..rows).map(move |row| row * columns + k));
        let turned = answer.arranged(by_columns);
        let found = self.check_components(formula, question, &turned)?;
        if !found.decision.verdict.is_equal() && components == variables {
            let turned = self.check_components(formula, question, answer)?;
            if turned.decision.verdict.is_equal() {
                return Ok(transposed(turned));
            }
        }
        Ok(found)
    }
}

impl Engine {
    /// Whether a matrix holds all second derivatives.
    fn check_hessian(
        &mut self,
        formula: &Formula,
        wrt: &[String],
        answer: &Answer,
    ) -> Result<Judgement> {
        let mut components = Vec::with_capacity(wrt.len() * wrt.len());
        for (row, first) in wrt.iter().enumerate() {
            for (column, second) in wrt.iter().enumerate() {
                let question = Question::Mixed(vec![first.clone(), second.clone()]);
                let entry = answer.arranged(std::iter::once(row * wrt.len() + column));
                let found = self.check_components(formula, &question, &entry)?;
                components.extend(found.components);
            }
        }
        Ok(Judgement::of(components))
    }
}

/// A right judgement on a matrix that was read by columns.
fn transposed(judgement: Judgement) -> Judgement {
    if !judgement.decision.verdict.is_equal() {
        return judgement;
    }
    let reason = "the matrix is transposed: a row belongs to a component of the function, \
                  a column to a variable";
    let verdict = Verdict::WrongShape { reason: reason.to_owned() };
    let decision = Decision { verdict, known: judgement.decision.known };
    Judgement { decision, flags: Vec::new(), ..judgement }
}
