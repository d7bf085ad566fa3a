//! Environments: cases and matrices.

use super::super::super::token::Kind;
use super::expression::Stop;
use super::grammar::Rule;
use super::word::SAID;
use super::{Assembler, IN_COLUMNS, Lexeme};
use crate::error::{Error, ErrorKind, Result};
use crate::span::Span;

/// Environments that hold entries.
const MATRICES: [&str; 6] =
    ["matrix", "pmatrix", "bmatrix", "Bmatrix", "smallmatrix", "array"];
/// The most rows of a determinant.
const LARGEST: usize = 4;
/// Environments that only say how a formula is set.
pub(in crate::syntax) const ALIGNED: [&str; 21] = [
    "aligned",
    "align",
    "align*",
    "alignedat",
    "alignat",
    "alignat*",
    "flalign",
    "flalign*",
    "split",
    "gathered",
    "gather",
    "gather*",
    "multline",
    "multline*",
    "eqnarray",
    "eqnarray*",
    "equation",
    "equation*",
    "displaymath",
    "math",
    "center",
];

impl<'t> Assembler<'t, '_> {
    /// `\begin{…} … \end{…}`.
    pub(super) fn environment(&mut self, begin: Lexeme) -> Result<()> {
        self.environment_alone(begin, false)?;
        self.scripts()
    }

    /// `\left\{` before an environment, which are cases when `\right.` closes it.
    pub(super) fn braced_cases(&mut self, left: Lexeme) -> Result<bool> {
        let Some([_, begin]) = self.lexemes.get(self.at..self.at + 2) else {
            return Ok(false);
        };
        let begin = *begin;
        if !matches!(self.next_source(), "\\{" | "\\lbrace")
            || self.source(begin) != "\\begin"
        {
            return Ok(false);
        }
        self.at += 1;
        self.environment_alone(Lexeme { start: left.start, ..begin }, true)?;
        let closed = self.take("\\right").and_then(|_| self.take("."));
        closed.ok_or_else(|| self.missing("`\\right.`"))?;
        self.scripts()?;
        Ok(true)
    }

    fn environment_alone(&mut self, begin: Lexeme, is_braced: bool) -> Result<()> {
        self.at += 1;
        let name = self.environment_name()?;
        let is_cases = matches!(name, "cases" | "dcases" | "rcases" | "cases*");
        let token = if is_cases || is_braced {
            if name == "array" {
                self.columns();
            }
            self.cases(begin)?
        } else if MATRICES.contains(&name) {
            if name == "array" {
                self.columns();
            }
            self.matrix(begin)?
        } else if name == "vmatrix" {
            self.determinant(begin)?
        } else if ALIGNED.contains(&name) {
            let token = self.out.open(Kind::Group, "", self.span(begin));
            self.place();
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
        self.operand = true;
        Ok(())
    }

    fn environment_name(&mut self) -> Result<&'t str> {
        let Some(open) = self.peek().filter(|lexeme| self.source(*lexeme) == "{") else {
            return Err(self.missing("`{` and the name of an environment"));
        };
        let end = self.lexemes[open.mate].start;
        self.at = open.mate + 1;
        Ok(self.text[open.end..end].trim())
    }

    /// `[t]` behind the name of an environment.
    fn place(&mut self) {
        let next = self.lexemes.iter().skip(self.at).take(3);
        let next: Vec<&str> = next.map(|lexeme| self.source(*lexeme)).collect();
        if matches!(next[..], ["[", "t" | "c" | "b", "]"]) {
            self.at += next.len();
        }
    }

    /// The `{cc}` of an array, and `[t]` before it.
    fn columns(&mut self) {
        self.place();
        if let Some(open) = self.peek().filter(|lexeme| self.source(*lexeme) == "{") {
            self.at = open.mate + 1;
        }
    }

    /// Whether a row ends here; the sign that ends it is taken.
    fn ends_row(&mut self) -> bool {
        let ends = matches!(self.next_source(), "\\\\" | "\\cr" | "\\newline");
        if ends {
            self.at = self.behind_row(self.at);
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
            let is_next = self.take("&").is_some();
            // `x^2 & : x < 0`.
            self.take(":");
            let has_condition = is_next && self.has_condition();
            if has_condition {
                let condition = self.out.count();
                let before = std::mem::replace(&mut self.in_condition, true);
                self.expression(Stop::CELL)?;
                self.in_condition = before;
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
            let run = self.run_at(self.at);
            if SAID.contains(&run) {
                self.at += run.len();
                continue;
            }
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
                // A formula between dollars may be the condition.
                if self.text[open.end..self.lexemes[open.mate].start].contains('$') {
                    break;
                }
                self.at = open.mate + 1;
            }
        }
        self.comma();
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

    /// `\begin{vmatrix} a & b \\ c & d \end{vmatrix}`: the determinant, multiplied out.
    fn determinant(&mut self, begin: Lexeme) -> Result<usize> {
        let start = self.at;
        let mut cells = vec![vec![start]];
        let mut depth = 0usize;
        for place in start..self.lexemes.len() {
            let source = self.source(self.lexemes[place]);
            match source {
                "\\end" if depth == 0 => break,
                "\\begin" | "{" => depth += 1,
                "\\end" | "}" => depth = depth.saturating_sub(1),
                "&" if depth == 0 => {
                    cells.last_mut().into_iter().for_each(|row| row.push(place + 1));
                }
                "\\\\" | "\\cr" | "\\newline" if depth == 0 => {
                    let next = self.behind_row(place);
                    let ends = self.lexemes.get(next).map(|l| self.source(*l));
                    if ends != Some("\\end") {
                        cells.push(vec![next]);
                    }
                }
                _ => {}
            }
        }
        let size = cells.len();
        if size > LARGEST || cells.iter().any(|row| row.len() != size) {
            let what = format!(
                "a determinant that has not the same number of rows and columns, or more than {LARGEST}"
            );
            return Err(Error::at(self.span(begin), ErrorKind::Unsupported(what)));
        }
        let token = self.out.open(Kind::Group, "", self.span(begin));
        let columns: Vec<usize> = (0..size).collect();
        let behind = self.minor(&cells, &columns, self.span(begin))?;
        self.at = behind;
        self.ends_row();
        Ok(token)
    }

    /// The determinant of the last rows in some columns, by the first of these rows, as an
    /// expression; and the place behind the last cell.
    fn minor(
        &mut self,
        cells: &[Vec<usize>],
        columns: &[usize],
        at: Span,
    ) -> Result<usize> {
        let Some((row, below)) = cells.split_first() else { return Ok(self.at) };
        let expression = self.out.open(Kind::Expression, "", at);
        let mut behind = self.at;
        for (place, column) in columns.iter().enumerate() {
            if place > 0 || !below.is_empty() {
                self.leaf(Kind::Operator, if place % 2 == 0 { "+" } else { "-" }, at);
            }
            let cell = self.out.open(Kind::Group, "", at);
            self.at = row[*column];
            self.expression(Stop::CELL)?;
            behind = behind.max(self.at);
            self.out.close(cell);
            if !below.is_empty() {
                self.leaf(Kind::Operator, "*", at);
                let rest: Vec<usize> =
                    columns.iter().copied().filter(|other| other != column).collect();
                let group = self.out.open(Kind::Group, "", at);
                behind = behind.max(self.minor(below, &rest, at)?);
                self.out.close(group);
            }
        }
        self.out.close(expression);
        Ok(behind)
    }
}
