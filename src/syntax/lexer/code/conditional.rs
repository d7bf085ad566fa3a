//! Values under conditions: `a if c else b`, `Piecewise`, `Which`, `if c then a else b`.

use super::super::super::token::Kind;
use super::dialect::Layout;
use super::meaning::Meaning;
use super::{Assembler, Run};
use crate::error::{Error, ErrorKind, Result};
use crate::span::Span;

impl Assembler<'_, '_> {
    /// Reads a run when it is a value under a condition, and says whether.
    ///
    /// # Errors
    /// What cannot be read in it.
    pub(super) fn conditional(&mut self, run: &Run) -> Result<bool> {
        match self.dialect.layout {
            Layout::Lines => self.if_behind(run),
            Layout::Signs => self.if_in_front(run),
            Layout::LinesAndSemicolons => Ok(false),
        }
    }

    /// `a if c else b`.
    fn if_behind(&mut self, run: &Run) -> Result<bool> {
        let Some(condition) = self.find(run, "if").filter(|place| *place > run.start)
        else {
            return Ok(false);
        };
        let behind = condition + 1..run.end;
        let Some(other) = self.find(&behind, "else") else {
            return Err(self.missing(run.end, "`else` and another value"));
        };
        let token = self.out.open(Kind::Builtin, "piecewise", self.place_of(run));
        self.expression(condition + 1..other)?;
        self.expression(run.start..condition)?;
        self.expression(other + 1..run.end)?;
        self.out.close(token);
        Ok(true)
    }

    /// `if c then a elseif d then b else f`.
    fn if_in_front(&mut self, run: &Run) -> Result<bool> {
        if !self.is_word(run.start) || self.source(run.start) != "if" {
            return Ok(false);
        }
        let token = self.out.open(Kind::Builtin, "piecewise", self.place_of(run));
        let mut place = run.start;
        loop {
            let rest = place + 1..run.end;
            let Some(then) = self.find(&rest, "then") else {
                return Err(self.missing(run.end, "`then` and a value"));
            };
            self.expression(place + 1..then)?;
            let rest = then + 1..run.end;
            let next =
                ["elseif", "else"].iter().filter_map(|word| self.find(&rest, word));
            let Some(next) = next.min() else {
                return Err(self.missing(run.end, "`else` and another value"));
            };
            self.expression(then + 1..next)?;
            if self.source(next) == "else" {
                self.expression(next + 1..run.end)?;
                break;
            }
            place = next;
        }
        self.out.close(token);
        Ok(true)
    }

    /// Values and conditions as arguments; without a condition stands what holds otherwise.
    pub(super) fn cases(
        &mut self,
        layout: Meaning,
        arguments: &[Run],
        span: Span,
    ) -> Result<()> {
        let mut pairs: Vec<(Run, Run)> = Vec::new();
        let mut otherwise = None;
        match (layout, arguments) {
            (Meaning::Turns, _) => {
                let mut turns = arguments.chunks_exact(2);
                pairs.extend(
                    turns.by_ref().map(|turn| (turn[0].clone(), turn[1].clone())),
                );
                otherwise = turns.remainder().first().cloned();
            }
            (Meaning::Listed, [rows, rest @ ..]) => {
                if !self.is(rows.start, self.dialect.list) {
                    return Err(
                        self.unexpected(rows.start, "rows of a value and a condition")
                    );
                }
                let inside = rows.start + 1..self.lexemes[rows.start].mate;
                for row in self.parts(&inside) {
                    pairs.push(self.value_and_condition(&row)?);
                }
                otherwise = rest.first().cloned();
            }
            _ => {
                for row in arguments {
                    pairs.push(self.value_and_condition(row)?);
                }
            }
        }
        // What holds in any case is the last value.
        let is_true = |run: &Run| matches!(self.typed(run), "True" | "true");
        if let Some(last) = pairs.iter().position(|(condition, _)| is_true(condition)) {
            otherwise = Some(pairs[last].1.clone());
            pairs.truncate(last);
        }
        let token = self.out.open(Kind::Builtin, "piecewise", span);
        for (condition, value) in pairs {
            self.expression(condition)?;
            self.expression(value)?;
        }
        match otherwise {
            Some(value) => self.expression(value)?,
            None if layout == Meaning::Listed => {
                let place = self.out.open(Kind::Expression, "", span);
                self.out.open(Kind::Number, "0", span);
                self.out.close(place);
            }
            None => {
                let kind = ErrorKind::UnexpectedToken {
                    found: String::new(),
                    expected: "the value of all else".to_owned(),
                };
                return Err(Error::at(span, kind)
                    .help("a last case with the condition `True` says it"));
            }
        }
        self.out.close(token);
        Ok(())
    }

    /// `(value, condition)`, the condition first.
    fn value_and_condition(&self, row: &Run) -> Result<(Run, Run)> {
        let is_row = self.is(row.start, "(") || self.is(row.start, self.dialect.list);
        if is_row && self.behind(row.start) == row.end {
            let inside = self.trimmed(row.start + 1..row.end - 1);
            if let [value, condition] = &self.parts(&inside)[..] {
                return Ok((condition.clone(), value.clone()));
            }
        }
        Err(self.unexpected(row.start, "a value and its condition"))
    }
}
