//! A derivation of one's own judged line by line: each line against the one before it, the first
//! of its kind against what is right.

use super::compare::Opinion;
use super::form::FormId;
use super::language;
use super::problem::{Answer, Layout, Problem};
use crate::error::{ErrorKind, Result};
use crate::syntax::Row;

/// A line of a derivation with what is said of it.
#[derive(Clone, Debug)]
pub struct OwnLine {
    /// What stands before its sign of equality, where that names something.
    pub label: String,
    /// The formula as it was typed.
    pub text: String,
    /// Whether it is what is right; nothing where it cannot be read.
    pub opinion: Option<Opinion>,
    /// The line with which it was compared, counted from 0.
    pub before: Option<usize>,
    /// How it compares with that line, or with what is right.
    pub step: Option<Opinion>,
    /// Why nothing is said of it.
    pub problem: Option<String>,
}

/// Of what a line says that it is equal to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// The function.
    Function,
    /// Its derivative.
    Derivative,
}

impl Opinion {
    /// Whether two formulas are equal; nothing where that is not known.
    pub fn is_right(&self) -> Option<bool> {
        match self {
            Self::Equal(_) | Self::ProbablyEqual(_) | Self::OtherConvention => Some(true),
            Self::Undecided => None,
            _ => Some(false),
        }
    }
}

impl OwnLine {
    /// Whether it follows from the line before; nothing where that is not known.
    pub fn follows(&self) -> Option<bool> {
        self.step.as_ref()?.is_right()
    }

    /// Whether it is equal to what is right; nothing where that is not known.
    pub fn is_right(&self) -> Option<bool> {
        self.opinion.as_ref()?.is_right()
    }
}

impl Problem {
    /// Judges the lines of a derivation of the derivative in a name.
    ///
    /// # Errors
    /// Everything that [`Problem::derivative`] refuses.
    pub fn judge_lines(
        &mut self,
        wrt: &str,
        order: u32,
        layout: Layout,
        rows: &[Row],
    ) -> Result<Vec<OwnLine>> {
        let Answer::Form(right) = self.derivative(wrt, order, layout)?.answer else {
            let what = "lines of a derivative that is no product of matrices".to_owned();
            return Err(ErrorKind::Unsupported(what).into());
        };
        let mut lines = Vec::new();
        let mut last: [Option<(usize, FormId)>; 2] = [None; 2];
        let mut kind = Kind::Derivative;
        for row in rows {
            let mut label = row.labelled.trim().to_owned();
            if !row.is_continued {
                kind = Kind::Derivative;
            }
            let mut sides: Vec<String> =
                row.sides.iter().map(|side| side.text.trim().to_owned()).collect();
            // What can be read is a formula, as `Ax`, and no label.
            if !label.is_empty() && !self.is_label(&label) {
                sides.insert(0, std::mem::take(&mut label));
            }
            for (place, text) in sides.iter().enumerate() {
                // A word before a sign of equality names what is derived.
                let is_name = label.is_empty() && place == 0 && sides.len() > 1;
                if is_name && is_word(text) && self.is_label(text) {
                    label.clone_from(text);
                    continue;
                }
                if label == self.function() {
                    kind = Kind::Function;
                }
                let wanted = if kind == Kind::Function { self.main } else { right };
                let mut line = OwnLine {
                    label: std::mem::take(&mut label),
                    text: text.clone(),
                    opinion: None,
                    before: None,
                    step: None,
                    problem: None,
                };
                let own = &mut last[usize::from(kind == Kind::Derivative)];
                match language::read_more(text, &mut self.forms, &mut self.scope) {
                    Ok(form) => {
                        let opinion = self.opinion(wanted, form, layout)?;
                        line.step = Some(match *own {
                            Some((before, known)) => {
                                line.before = Some(before);
                                self.opinion(known, form, layout)?
                            }
                            None => opinion.clone(),
                        });
                        line.opinion = Some(opinion);
                        *own = Some((lines.len(), form));
                    }
                    Err(error) => line.problem = Some(error.kind.to_string()),
                }
                lines.push(line);
            }
        }
        Ok(lines)
    }

    /// Whether what stands before a sign of equality names what is derived, as `grad` and `∇f`:
    /// the name of the function, or no formula.
    fn is_label(&mut self, text: &str) -> bool {
        text == self.function()
            || language::read_more(text, &mut self.forms, &mut self.scope).is_err()
    }
}

/// Whether a text is one word, with a sign of a gradient before it.
fn is_word(text: &str) -> bool {
    let name = text.trim_start_matches('∇');
    !name.is_empty() && name.chars().all(char::is_alphanumeric)
}
