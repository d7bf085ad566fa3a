//! What LaTeX has over declared shapes: entries, `\mathbf{I}_n` and `\mathbf{1}_n`, `^{-\top}`,
//! `^{\circ 2}`, sums over an index, and products that stand closer than `\odot`.

use super::super::super::literal;
use super::super::super::name::normalise;
use super::super::super::token::{Kind, Token};
use super::expression::Stop;
use super::grammar::Rule;
use super::{Assembler, Lexeme};
use crate::error::{Error, ErrorKind, Result};
use crate::span::Span;

/// Matrices and vectors that are named by their size, with the function that makes them.
const MADE: [(&str, &str); 3] = [("I", "eye"), ("1", "ones"), ("0", "zeros")];

impl Assembler<'_, '_> {
    /// `\mathbf{I}_{n}`, `\mathbf{1}_{m}`, `\mathbf{0}_{m \times n}`.
    pub(super) fn made(&mut self, font: Lexeme) -> Result<bool> {
        let (from, behind) = match self.lexemes.get(self.at + 1) {
            Some(open) if self.source(*open) == "{" => (self.at + 2, open.mate + 1),
            _ => (self.at + 1, self.at + 2),
        };
        let Some(letter) = self.lexemes.get(from).map(|lexeme| self.source(*lexeme))
        else {
            return Ok(false);
        };
        let is_alone = behind == from + 1 || behind == from + 2;
        let row = MADE.iter().find(|row| row.0 == letter);
        let Some((_, function)) =
            row.filter(|_| self.is_shaped && is_alone && !(self.declared)(letter))
        else {
            return Ok(false);
        };
        let has_size =
            self.lexemes.get(behind).is_some_and(|next| self.source(*next) == "_");
        if !has_size {
            return Ok(false);
        }
        self.at = behind + 1;
        let token = self.out.open(Kind::Apply, *function, self.span(font));
        if self.take("{").is_some() {
            loop {
                self.expression(Stop { close: &["}", "\\times"], ..Stop::END })?;
                if self.take("\\times").is_none() {
                    break;
                }
            }
            self.take("}").ok_or_else(|| self.missing("`}`"))?;
        } else {
            self.single()?;
        }
        self.out.close_at(token, self.behind() as u32);
        self.scripts()?;
        Ok(true)
    }

    /// `\mathbf{A}_{ij}`: an entry of what is declared; `\delta_{ij}` is Kronecker's.
    pub(super) fn entry_of(&mut self, stem: &str, span: Span) -> Result<bool> {
        if !self.is_shaped || self.next_source() != "_" {
            return Ok(false);
        }
        let is_declared = (self.declared)(&normalise(stem));
        if !is_declared && !matches!(stem, "delta" | "K") {
            return Ok(false);
        }
        let before = self.at;
        let notes = self.out.notes.len();
        let whole = self.index().map(|index| format!("{stem}_{index}"));
        self.at = before;
        self.out.notes.truncate(notes);
        if whole.is_ok_and(|whole| (self.declared)(&normalise(&whole))) {
            return Ok(false);
        }
        let name = if stem == "delta" && !is_declared { "δ" } else { stem };
        self.leaf(Kind::Name, name.to_owned(), span);
        self.operand = true;
        self.scripts()?;
        Ok(true)
    }

    /// The indices below an operand, one sign each unless commas part them.
    pub(super) fn entries(&mut self) -> Result<()> {
        let start = self.here();
        self.at += 1;
        let Some(first) = self.peek() else { return Err(self.missing("an index")) };
        let (from, to) = match self.source(first) {
            "{" => (self.at + 1, first.mate),
            _ => (self.at, self.at + 1),
        };
        let parts = self.lexemes[from..to].to_vec();
        let has_commas = parts.iter().any(|part| self.source(*part) == ",");
        self.at = if from > self.at { to + 1 } else { to };
        let token = self.out.open(Kind::Vector, "", Span::new(start, start));
        for part in parts {
            let (source, span) = (self.source(part), self.span(part));
            let kind = match part.rule {
                Rule::letter => Kind::Name,
                Rule::number if source.bytes().all(|b| b.is_ascii_digit()) => {
                    Kind::Number
                }
                _ if source == "," => continue,
                _ => {
                    let what = "an index of more than letters and digits".to_owned();
                    return Err(Error::at(span, ErrorKind::Unsupported(what)));
                }
            };
            let width = if has_commas { source.len() } else { 1 };
            let starts = (0..source.len()).step_by(width.max(1));
            let pieces: Vec<usize> = match kind {
                Kind::Number => starts.collect(),
                _ => vec![0],
            };
            let length = if kind == Kind::Number { width } else { source.len() };
            for at in pieces {
                let place = Span::new(
                    span.start as usize + at,
                    span.start as usize + at + length,
                );
                let index = self.out.open(Kind::Expression, "", place);
                self.leaf(kind, &source[at..at + length], place);
                self.out.close(index);
            }
        }
        self.out.close_at(token, self.behind() as u32);
        self.operand = true;
        Ok(())
    }

    /// `^{-\top}` and `^{\circ 2}`, at the sign of the exponent.
    pub(super) fn shaped_exponent(&mut self, at: Span) -> Result<bool> {
        let Some(open) = self.peek().filter(|open| self.source(*open) == "{") else {
            return Ok(false);
        };
        let inner = &self.lexemes[self.at + 1..open.mate];
        let sources: Vec<&str> = inner.iter().take(3).map(|l| self.source(*l)).collect();
        match sources[..] {
            ["-", "\\top" | "\\intercal"] => {}
            ["-", "T"] if !(self.declared)("T") => {}
            ["\\circ", _, ..] => {
                self.leaf(Kind::Operator, ".^", at);
                let group = self.out.open(Kind::Group, "", self.span(open));
                self.at += 2;
                self.expression(Stop::BRACE)?;
                self.take("}").ok_or_else(|| self.missing("`}`"))?;
                self.out.close_at(group, self.behind() as u32);
                self.operand = true;
                return Ok(true);
            }
            _ => return Ok(false),
        }
        let span = self.span(open);
        self.leaf(Kind::Operator, "^", at);
        let brace = self.out.open(Kind::Brace, "", span);
        let expression = self.out.open(Kind::Expression, "", span);
        self.leaf(Kind::Operator, "-", span);
        self.leaf(Kind::Transpose, "⊤", span);
        self.at = open.mate + 1;
        self.out.close_at(expression, self.behind() as u32);
        self.out.close_at(brace, self.behind() as u32);
        Ok(true)
    }

    /// `\sum_{k}` over an index: the sign and the name are one token.
    pub(super) fn index_sum(&mut self, sign: Lexeme) -> Result<bool> {
        let is_below =
            self.lexemes.get(self.at + 1).is_some_and(|l| self.source(*l) == "_");
        if !self.is_shaped || !is_below {
            return Ok(false);
        }
        self.at += 2;
        let (from, to) = match self.peek() {
            Some(open) if self.source(open) == "{" => (self.at + 1, open.mate),
            _ => (self.at, self.at + 1),
        };
        let parts = self.lexemes.get(from..to).unwrap_or_default().to_vec();
        for part in parts {
            match (part.rule, self.source(part)) {
                (Rule::letter, letter) => {
                    self.leaf(Kind::Name, format!("Σ_{letter}"), self.span(part));
                }
                (_, ",") => {}
                _ => {
                    return Err(
                        self.refused(sign, "write a sum over an index as `\\sum_k`")
                    );
                }
            }
        }
        self.at = if from > self.at { to + 1 } else { to };
        self.operand = false;
        Ok(true)
    }

    /// Juxtaposition binds closer than `\odot` in LaTeX: `y \odot X w` is `y .* (X*w)`.
    pub(super) fn group_beside_entrywise(&mut self, expression: usize) {
        if !self.is_shaped {
            return;
        }
        let is_entrywise = |token: &Token<'_>| {
            token.kind == Kind::Operator && literal::is_entrywise(&token.text)
        };
        let is_power = |text: &str| matches!(text, "^" | ".^");
        if self.out.inside(expression).any(is_entrywise) {
            self.out.group_runs(expression, |token| {
                token.kind == Kind::Operator && !is_power(&token.text)
            });
        }
    }
}
