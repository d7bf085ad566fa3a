//! Answers that are typed as matrices: rows in brackets, `[[y, x], [1, 1]]`.

use super::engine::{Engine, Formula, Settings};
use super::judge::{Judgement, Question};
use crate::check::{Decision, Verdict};
use crate::error::{Error, Result};
use crate::syntax;

/// A matrix as it was typed: its rows, all of one length.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rows<'a>(Vec<Vec<&'a str>>);

impl<'a> Rows<'a> {
    /// Takes a matrix apart; `None` for what is none.
    pub fn of(text: &'a str) -> Option<Self> {
        let rows: Option<Vec<Vec<&str>>> =
            entries(text)?.iter().map(|row| entries(row)).collect();
        let rows = rows?;
        let width = rows.first()?.len();
        rows.iter().all(|row| row.len() == width).then_some(Self(rows))
    }

    /// The entries as a vector, row by row.
    pub fn by_rows(&self) -> String {
        let rows: Vec<String> = self.0.iter().map(|row| row.join(", ")).collect();
        format!("[{}]", rows.join(", "))
    }

    fn by_columns(&self) -> String {
        let column = |k: usize| self.0.iter().map(|row| row[k]).collect();
        Self((0..self.0[0].len()).map(column).collect()).by_rows()
    }
}

/// What stands between the commas of `[…]`.
fn entries(text: &str) -> Option<Vec<&str>> {
    syntax::pieces(text.trim().strip_prefix('[')?.strip_suffix(']')?)
}

impl Engine {
    /// Whether a matrix holds the derivatives that were asked for, a row for each component
    /// of the function and a column for each variable. One row or one column will do for
    /// a function with one value.
    ///
    /// # Errors
    /// As [`Engine::check`].
    pub fn check_rows(
        &mut self,
        formula: &Formula,
        question: &Question,
        rows: &Rows<'_>,
        settings: &Settings,
    ) -> Result<(Judgement, Formula)> {
        let shape = (rows.0.len(), rows.0[0].len());
        let components = formula.roots.len();
        let variables = match question {
            Question::Partials(wrt, _) => wrt.len(),
            Question::Mixed(_) => 1,
        };
        let mut check = |text: String| {
            let answer = self.read(&text, settings)?;
            Ok::<_, Error>((self.check(formula, question, &answer)?, answer))
        };
        if !formula.is_vector || shape != (components, variables) {
            let (found, answer) = check(rows.by_rows())?;
            let is_turned = formula.is_vector && shape == (variables, components);
            let found = if is_turned { transposed(found) } else { found };
            return Ok((found, answer));
        }
        let (found, answer) = check(rows.by_columns())?;
        if !found.decision.verdict.is_equal() && components == variables {
            let (turned, answer) = check(rows.by_rows())?;
            if turned.decision.verdict.is_equal() {
                return Ok((transposed(turned), answer));
            }
        }
        Ok((found, answer))
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

#[cfg(test)]
mod tests {
    use super::Rows;

    #[test]
    fn matrices_are_taken_apart() {
        let by_rows = |text| Rows::of(text).map(|rows| rows.by_rows());
        let some = |text: &str| Some(text.to_owned());
        assert_eq!(by_rows("[[a, f(b, c)], [1, 2]]"), some("[a, f(b, c), 1, 2]"));
        assert_eq!(by_rows("[[a], [b]]"), some("[a, b]"));
        assert_eq!(by_rows("[a, b]"), None);
        assert_eq!(by_rows("[[a, b], [c]]"), None);
        assert_eq!(by_rows("[[a, b]"), None);
        let by_columns = Rows::of("[[a, b], [c, d]]").map(|rows| rows.by_columns());
        assert_eq!(by_columns, some("[a, c, b, d]"));
    }
}
