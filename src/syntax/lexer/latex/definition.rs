//! Definitions with other signs than `=`: `f(x) \\coloneqq x^2`, `x \\mapsto x^2`,
//! `f\\colon \\mathbb{R} \\to \\mathbb{R},\\ f(x) = x^2`.

use super::super::super::limits::{Statement, blank};
use super::{Assembler, Lexeme};
use crate::error::Result;
use crate::span::Span;

/// Signs that define what stands before them.
const DEFINING: [&str; 3] = ["\\coloneqq", "\\triangleq", "\\equiv"];
/// Commands that set something over a sign, as over that of equality.
const STACKED: [&str; 2] = ["\\stackrel", "\\overset"];
/// Signs between the variables of a function and its value.
const MAPPING: [&str; 2] = ["\\mapsto", "\\longmapsto"];
/// Signs between the set from which a function goes and the one to which.
const ARROWS: [&str; 3] = ["\\to", "\\rightarrow", "\\longrightarrow"];
/// Signs between what says where a function is defined and what says its values.
const PARTING: [&str; 6] = [",", ";", ":", "\\colon", "\\quad", "\\qquad"];

/// The one definition that a text is, where it has such a sign; `None` for all others.
pub(super) fn statement(
    text: &str,
    start: usize,
    end: usize,
) -> Result<Option<Statement>> {
    let typed = &text[start..end];
    let has = |signs: &[&str]| signs.iter().any(|sign| typed.contains(sign));
    // A congruence defines nothing.
    let is_congruence = typed.contains("\\equiv") && typed.contains("mod");
    if is_congruence
        || !has(&DEFINING) && !has(&STACKED) && !has(&MAPPING) && !has(&ARROWS)
    {
        return Ok(None);
    }
    let assembler = Assembler::new(typed, start, &|_| false)?;
    let top: Vec<Lexeme> =
        assembler.nested().filter(|found| found.2).map(|found| found.1).collect();
    let place =
        |signs: &[&str]| top.iter().position(|l| signs.contains(&assembler.source(*l)));
    let Some(sign) = place(&["=", ":="])
        .into_iter()
        .chain(place(&DEFINING))
        .chain(place(&STACKED))
        .chain(place(&MAPPING))
        .min()
    else {
        return Ok(None);
    };
    let mut at = assembler.span(top[sign]);
    let source = assembler.source(top[sign]);
    if STACKED.contains(&source) {
        let Some(end) = assembler.stacked(at.end as usize - start) else {
            return Ok(None);
        };
        at.end = Span::new(end, end).start;
    }
    // What stands between an arrow and the definition says where it holds.
    let arrow = place(&ARROWS).filter(|arrow| *arrow < sign);
    let parted = arrow.and_then(|arrow| {
        let parts = |l: &Lexeme| PARTING.contains(&assembler.source(*l));
        top[arrow..sign].iter().rposition(parts).map(|place| arrow + place)
    });
    let from = match parted {
        Some(parted) => assembler.span(top[parted]).end as usize,
        None if arrow.is_some() => return Ok(None),
        None => start,
    };
    let blank_before = text[from..].len() - text[from..].trim_start().len();
    let from = from + blank_before;
    let before = |to: usize| (to > start).then(|| Span::new(start, to));
    let behind = Span::new(at.end as usize, end);
    if MAPPING.contains(&source) {
        return Ok(Some(Statement {
            span: behind,
            left_out: before(at.end as usize),
            ..blank()
        }));
    }
    if parted.is_none() && !DEFINING.contains(&source) && !STACKED.contains(&source) {
        return Ok(None);
    }
    Ok(Some(Statement {
        span: Span::new(from, end),
        equals: Some(at.end as usize - 1),
        head: Some(Span::new(from, at.start as usize)),
        left_out: before(from),
        ..blank()
    }))
}

impl Assembler<'_, '_> {
    /// The place behind `{…}{=}`, which begins at a place of the text.
    fn stacked(&self, from: usize) -> Option<usize> {
        let first = self.lexemes.iter().position(|lexeme| lexeme.start >= from)?;
        let over = self.lexemes.get(first).filter(|open| self.source(**open) == "{")?;
        match self.lexemes.get(over.mate + 1..over.mate + 4)? {
            [open, sign, close]
                if self.source(*open) == "{"
                    && self.source(*sign) == "="
                    && self.source(*close) == "}" =>
            {
                Some(self.span(*close).end as usize)
            }
            _ => None,
        }
    }
}
