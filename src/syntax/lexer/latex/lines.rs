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
/// last sign of equality is meant; otherwise each line is a statement. Lines that begin with an
/// operator go on with the one before.
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
    // \\begin{array}{rcl} with a column of signs of equality.
    let is_column = |(columns, rest): (&str, &str)| {
        matches!(columns, "{l" | "{c" | "{r") && rest.contains('=')
    };
    let is_aligned = name == "array"
        && (inner.contains("&=")
            || inner.contains("& =")
            || inner.split_once('}').is_some_and(is_column));
    if !is_aligned && !ALIGNED.contains(&name) {
        return None;
    }
    let mut inner = inner.strip_suffix(&format!("\\end{{{name}}}"))?;
    if inner.contains(&format!("\\end{{{name}}}")) {
        return None;
    }
    // \begin{alignat}{2}
    if (name.contains("at") || is_aligned)
        && let Some((_, rest)) =
            inner.strip_prefix('{').and_then(|rest| rest.split_once('}'))
        && !name.starts_with("gather")
    {
        inner = rest;
    }
    // \begin{aligned}[t]
    inner = PLACES.iter().find_map(|place| inner.strip_prefix(*place)).unwrap_or(inner);
    let from = inner.as_ptr() as usize - text.as_ptr() as usize;
    let (start, end) = (from, from + inner.len());
    let trimmed = inner.trim();
    let from = trimmed.as_ptr() as usize - text.as_ptr() as usize;
    // An environment of lines in another one.
    Some(body(text, from, from + trimmed.len()).unwrap_or((start, end)))
}

/// Where an environment stands beside what surrounds it.
const PLACES: [&str; 3] = ["[t]", "[c]", "[b]"];

/// A line, and the places of its signs of equality.
struct Line {
    span: Span,
    equals: Vec<u32>,
}

impl Assembler<'_, '_> {
    /// The lines between signs that end one, outside of brackets.
    fn lines(&self) -> Vec<Line> {
        let mut found: Vec<Line> = Vec::new();
        let (mut begins, mut is_open, mut behind) = (true, false, 0);
        for (place, lexeme, is_outside) in self.nested() {
            let (source, span) = (self.source(lexeme), self.span(lexeme));
            if place < behind {
                continue;
            }
            if is_outside && matches!(source, "\\\\" | "\\newline" | "\\cr") {
                begins = true;
                behind = self.behind_row(place);
                continue;
            }
            if begins && let Some(next) = self.behind_nothing(place) {
                behind = next;
                continue;
            }
            let goes_on = (self.is_infix(place) || is_open) && !found.is_empty();
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
        found
    }

    /// The place behind the sign that ends a row; `\\*` and `\\[2pt]` are only distances.
    pub(super) fn behind_row(&self, place: usize) -> usize {
        let says = |place: usize, sign: &str| {
            self.lexemes.get(place).is_some_and(|lexeme| self.source(*lexeme) == sign)
        };
        let is_starred = says(place + 1, "*")
            && self.lexemes[place].end == self.lexemes[place + 1].start;
        let next = place + 1 + usize::from(is_starred);
        if !says(next, "[") {
            return next;
        }
        let close = (next..self.lexemes.len()).find(|place| says(*place, "]"));
        close.map_or(self.lexemes.len(), |close| close + 1)
    }

    /// The place behind what says nothing at the beginning of a row: `&`, space, `{}`,
    /// `\phantom{=}`.
    fn behind_nothing(&self, place: usize) -> Option<usize> {
        let lexeme = *self.lexemes.get(place)?;
        let behind_group = |place: usize| {
            let open = self.lexemes.get(place)?;
            (self.source(*open) == "{").then_some(open.mate + 1)
        };
        let is_empty =
            |place: usize| behind_group(place).filter(|behind| *behind == place + 2);
        match self.source(lexeme) {
            "&" => Some(place + 1),
            "{" => is_empty(place),
            _ => match self.meaning_of(lexeme)? {
                Meaning::Space => Some(place + 1),
                Meaning::Word => is_empty(place + 1),
                Meaning::Skipped(count) => {
                    (0..*count).try_fold(place + 1, |place, _| behind_group(place))
                }
                _ => None,
            },
        }
    }

    /// Whether what stands at a place goes on with an operand before it.
    fn is_infix(&self, place: usize) -> bool {
        self.lexemes.get(place).is_some_and(|lexeme| {
            matches!(self.source(*lexeme), "+" | "-" | "−" | "*" | "/" | "·" | "×")
                || self.meaning_of(*lexeme).is_some_and(is_product)
        })
    }

    /// Whether an operand is missing behind a lexeme, as behind `x^2 +` at the end of a line.
    fn awaits_operand(&self, lexeme: Lexeme, before: bool) -> bool {
        match self.source(lexeme) {
            "+" | "-" | "−" | "=" | "*" | "/" => true,
            "&" => before,
            _ if self.is_space(lexeme) => before,
            _ => self.meaning_of(lexeme).is_some_and(is_product),
        }
    }

    fn is_space(&self, lexeme: Lexeme) -> bool {
        matches!(self.meaning_of(lexeme), Some(Meaning::Space))
    }

    /// Whether the line that begins behind a place goes on with the one before.
    pub(super) fn goes_on(&self) -> bool {
        let mut place = self.at;
        loop {
            let is_end =
                self.lexemes.get(place).is_some_and(|l| self.source(*l) == "\\\\");
            let next = if is_end {
                Some(self.behind_row(place))
            } else {
                self.behind_nothing(place)
            };
            match next {
                Some(next) => place = next,
                None => return self.is_infix(place),
            }
        }
    }
}

/// Whether a command stands between two factors.
fn is_product(meaning: &Meaning) -> bool {
    matches!(meaning, Meaning::Operator("*" | "/"))
}
