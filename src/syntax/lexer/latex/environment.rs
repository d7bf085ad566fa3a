//! Environments: cases and matrices.

use super::super::super::token::Kind;
use super::expression::Stop;
use super::grammar::Rule;
use super::{Assembler, IN_COLUMNS, Lexeme};
use crate::error::{Error, ErrorKind, Result};
use crate::span::Span;

/// Environments that hold entries.
const MATRICES: [&str; 6] =
    ["matrix", "pmatrix", "bmatrix", "Bmatrix", "smallmatrix", "array"];
/// Environments that only say how a formula is set.
const ALIGNED: [&str; 8] = [
    "aligned",
    "align",
    "align*",
    "split",
    "gathered",
    "equation",
    "equation*",
    "displaymath",
];

impl<'t> Assembler<'t, '_> {
    /// `\begin{…} … \end{…}`.
    pub(super) fn environment(&mut self, begin: Lexeme) -> Result<()> {
        self.at += 1;
        let name = self.environment_name()?;
        let token = if matches!(name, "cases" | "dcases" | "rcases") {
            self.cases(begin)?
        } else if MATRICES.contains(&name) {
            if name == "array" {
                self.columns();
            }
            self.matrix(begin)?
        } else if ALIGNED.contains(&name) {
            let token = self.out.open(Kind::Group, "", self.span(begin));
            self.take("&");
            self.expression(Stop::CELL)?;
            token
        } else {
            let what = format!("the environment `{name}`");
            return Err(Error::at(self.span(begin), ErrorKind::Unsupported(what)));
        };
        if self.take("\\end").is_none() {
            return Err(match self.peek() {
                Some(lexeme) => self.stray(lexeme),
                None => self.missing(&format!("`\\end{{{name}}}`")),
            });
        }
        let place = self.here();
        let found = self.environment_name()?;
        if found != name {
            let kind = ErrorKind::UnexpectedToken {
                found: format!("\\end{{{found}}}"),
                expected: format!("`\\end{{{name}}}`"),
            };
            return Err(Error::at(Span::new(place, self.behind()), kind));
        }
        self.out.close_at(token, self.behind() as u32);
        self.scripts()
    }

    fn environment_name(&mut self) -> Result<&'t str> {
        let Some(open) = self.peek().filter(|lexeme| self.source(*lexeme) == "{") else {
            return Err(self.missing("`{` and the name of an environment"));
        };
        let end = self.lexemes[open.mate].start;
        self.at = open.mate + 1;
        Ok(self.text[open.end..end].trim())
    }

    /// The `{cc}` of an array, and `[t]` before it.
    fn columns(&mut self) {
        if self.next_source() == "[" {
            while self.peek().is_some() && self.next_source() != "]" {
                self.at += 1;
            }
            self.at += 1;
        }
        if let Some(open) = self.peek().filter(|lexeme| self.source(*lexeme) == "{") {
            self.at = open.mate + 1;
        }
    }

    /// Whether a row ends here; the sign that ends it is taken.
    fn ends_row(&mut self) -> bool {
        let ends = matches!(self.next_source(), "\\\\" | "\\cr" | "\\newline");
        if ends {
            self.at += 1;
            // \\[2pt] is only a distance.
            if self.next_source() == "[" {
                while self.peek().is_some() && self.next_source() != "]" {
                    self.at += 1;
                }
                self.at += 1;
            }
        }
        ends
    }

    /// Values and conditions; the condition is the first argument of each pair.
    fn cases(&mut self, begin: Lexeme) -> Result<usize> {
        let token = self.out.open(Kind::Apply, "piecewise", self.span(begin));
        loop {
            let value = self.out.count();
            self.expression(Stop::CELL)?;
            self.comma();
            let has_condition = self.take("&").is_some() && self.has_condition();
            if has_condition {
                let condition = self.out.count();
                self.expression(Stop::CELL)?;
                self.comma();
                self.out.exchange(value, condition);
            }
            if !self.ends_row() || self.next_source() == "\\end" {
                return Ok(token);
            }
            if !has_condition {
                return Err(self.missing("`\\end{cases}` behind the last case"));
            }
        }
    }

    /// A comma or a full stop behind a case.
    fn comma(&mut self) {
        if matches!(self.next_source(), "," | "." | ";") {
            self.at += 1;
        }
    }

    /// Whether a condition follows, and not only `\text{otherwise}`.
    fn has_condition(&mut self) -> bool {
        let start = self.at;
        while let Some(lexeme) = self.peek() {
            let source = self.source(lexeme);
            if lexeme.rule != Rule::command
                || !matches!(
                    source,
                    "\\text"
                        | "\\mathrm"
                        | "\\mbox"
                        | "\\textrm"
                        | "\\quad"
                        | "\\,"
                        | "\\;"
                        | "\\ "
                        | "\\textnormal"
                )
            {
                break;
            }
            self.at += 1;
            if source.len() > 4
                && let Some(open) = self.peek()
                && self.source(open) == "{"
            {
                self.at = open.mate + 1;
            }
        }
        let ends =
            matches!(self.next_source(), "\\end" | "\\\\" | "\\cr" | "\\newline" | "");
        if !ends {
            self.at = start;
        }
        !ends
    }

    /// A matrix: rows of entries. One row or column alone is a vector.
    fn matrix(&mut self, begin: Lexeme) -> Result<usize> {
        let token = self.out.open(Kind::Vector, "", self.span(begin));
        let is_nested = begin.mate > IN_COLUMNS;
        loop {
            let start = self.here();
            let at = Span::new(start, start);
            let row = is_nested.then(|| {
                (
                    self.out.open(Kind::Expression, "", at),
                    self.out.open(Kind::Vector, "", at),
                )
            });
            self.expression(Stop::CELL)?;
            while self.take("&").is_some() {
                self.expression(Stop::CELL)?;
            }
            if let Some((expression, vector)) = row {
                let end = self.behind() as u32;
                self.out.close_at(vector, end);
                self.out.close_at(expression, end);
            }
            if !self.ends_row() || self.next_source() == "\\end" {
                return Ok(token);
            }
        }
    }
}
