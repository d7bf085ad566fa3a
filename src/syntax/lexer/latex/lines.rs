//! A formula in lines: a chain of equations, or several definitions.

use super::super::super::limits::{Statement, blank};
use super::commands::Meaning;
use super::environment::ALIGNED;
use super::{Assembler, Lexeme, without_stop};
use crate::error::Result;
use crate::span::Span;

/// The statements of an environment of aligned lines that is the whole formula.
///
/// Where all lines but the first begin with `=`, it is one chain, and what stands behind the
/// last sign of equality is meant; otherwise each line is a statement. Lines that begin with
/// `+` or `-` go on with the one before.
pub(super) fn statements(
    text: &str,
    start: usize,
    end: usize,
) -> Result<Option<Vec<Statement>>> {
    let Some((from, to)) = body(text, start, end) else { return Ok(None) };
    let assembler = Assembler::new(&text[from..to], from, &|_| false)?;
    let mut lines = assembler.lines();
    for line in &mut lines {
        let typed = assembler.typed(line.span);
        let rest = without_stop(typed).unwrap_or(typed);
        line.span.end = line.span.start + rest.len() as u32;
    }
    let Some((first, others)) = lines.split_first() else { return Ok(None) };
    let is_chain = |line: &Line| line.equals.first() == Some(&line.span.start);
    if !others.is_empty() && others.iter().all(is_chain) {
        let last = &lines[lines.len() - 1];
        let Some(equals) = last.equals.last().map(|at| *at as usize) else {
            return Ok(None);
        };
        let span = Span { start: equals as u32 + 1, ..last.span };
        let left_out = Some(Span { end: equals as u32, ..first.span });
        return Ok(Some(vec![Statement { span, left_out, ..blank() }]));
    }
    let statement = |line: &Line| {
        let place = |n: usize| line.equals.get(n).map(|at| *at as usize);
        Statement {
            span: line.span,
            equals: place(0),
            second_equals: place(1),
            ..blank()
        }
    };
    Ok(Some(lines.iter().map(statement).collect()))
}

/// Where the lines stand, if an environment of them is the whole text.
fn body(text: &str, start: usize, end: usize) -> Option<(usize, usize)> {
    let (name, inner) = text[start..end].strip_prefix("\\begin{")?.split_once('}')?;
    if !ALIGNED.contains(&name) {
        return None;
    }
    let mut inner = inner.strip_suffix(&format!("\\end{{{name}}}"))?;
    if inner.contains(&format!("\\end{{{name}}}")) {
        return None;
    }
    // \begin{alignat}{2}
    if name.contains("at")
        && let Some((_, rest)) =
            inner.strip_prefix('{').and_then(|rest| rest.split_once('}'))
        && !name.starts_with("gather")
    {
        inner = rest;
    }
    let from = inner.as_ptr() as usize - text.as_ptr() as usize;
    Some((from, from + inner.len()))
}

/// A line, and the places of its signs of equality.
struct Line {
    span: Span,
    equals: Vec<u32>,
}

impl Assembler<'_, '_> {
    /// The lines between signs that end one, outside of brackets.
    fn lines(&self) -> Vec<Line> {
        let mut found: Vec<Line> = Vec::new();
        let mut begins = true;
        let mut distance = false;
        let mut is_open = false;
        for (_, lexeme, is_outside) in self.nested() {
            let (source, span) = (self.source(lexeme), self.span(lexeme));
            let skips = begins && (source == "&" || self.is_space(lexeme));
            if is_outside && matches!(source, "\\\\" | "\\newline" | "\\cr") {
                begins = true;
                distance = true;
                continue;
            }
            // \\[2pt] is only a distance.
            distance &= source == "[" || !is_outside || source == "]";
            if distance {
                distance = source != "]";
            } else if !skips {
                let is_sign = matches!(source, "+" | "-" | "−");
                let goes_on = (is_sign || is_open) && !found.is_empty();
                if begins && !goes_on {
                    found.push(Line { span, equals: Vec::new() });
                }
                begins = false;
                is_open = self.awaits_operand(lexeme, is_open);
                let Some(line) = found.last_mut() else { continue };
                line.span.end = span.end;
                if is_outside && matches!(source, "=" | ":=") {
                    line.equals.push(span.end - 1);
                }
            }
        }
        found
    }

    /// Whether an operand is missing behind a lexeme, as behind `x^2 +` at the end of a line.
    fn awaits_operand(&self, lexeme: Lexeme, before: bool) -> bool {
        match self.source(lexeme) {
            "+" | "-" | "−" | "=" | "*" | "/" => true,
            "&" => before,
            _ if self.is_space(lexeme) => before,
            _ => matches!(self.meaning_of(lexeme), Some(Meaning::Operator("*" | "/"))),
        }
    }

    fn is_space(&self, lexeme: Lexeme) -> bool {
        matches!(self.meaning_of(lexeme), Some(Meaning::Space))
    }

    /// Whether the line that begins behind a place goes on with the one before.
    pub(super) fn goes_on(&self) -> bool {
        let mut rest = self.lexemes[self.at..].iter();
        let next = rest.find(|lexeme| {
            !matches!(self.source(**lexeme), "&" | "\\\\") && !self.is_space(**lexeme)
        });
        next.is_some_and(|lexeme| matches!(self.source(*lexeme), "+" | "-" | "−"))
    }
}
