//! LaTeX: what `grammar/latex.pest` takes apart is put together into tokens.
//!
//! TeX has no formulas, only what they look like. So a letter is a name, a script belongs to
//! what stands directly before it, and an argument is a group or one sign.

mod arguments;
mod beside;
mod brackets;
mod commands;
mod definition;
mod derivative;
mod environment;
mod expression;
mod interval;
mod lines;
mod names;
mod rows;
mod scripts;
mod shaped;
mod word;

use super::super::limits::{
    MAX_DEPTH, Statement, blank, check_bytes, check_depth, check_symbols,
};
use super::super::marks::{unbold, unfenced, without_end};
use super::super::token::{Kind, Tokens};
use super::super::{message, signs};
use crate::error::{Error, ErrorKind, Note, Result};
use crate::span::Span;
pub(in crate::syntax) use beside::CONDITIONAL;
pub(in crate::syntax) use environment::ALIGNED;
use pest::Parser;
use std::borrow::Cow;

#[allow(missing_docs)]
mod grammar {
    #[derive(pest_derive::Parser)]
    #[grammar = "../grammar/latex.pest"]
    pub(super) struct Grammar;
}
use grammar::{Grammar, Rule};

/// Whether a word is a command.
pub(super) fn is_command(word: &str) -> bool {
    commands::meaning(word).is_some()
}

/// One formula, with what stands before its `=`.
///
/// # Errors
/// A text that is too long, or nests too deep.
pub(in crate::syntax) fn statements(text: &str) -> Result<Vec<Statement>> {
    check_bytes(text)?;
    check_depth(text)?;
    check_symbols(text, true)?;
    let (start, end) = inside(text);
    if start == end {
        return Ok(Vec::new());
    }
    if let Some(lines) = lines::statements(text, start, end)? {
        return Ok(lines);
    }
    if let Some(found) = definition::statement(text, start, end)? {
        return Ok(vec![found]);
    }
    let span = Span::new(start, end);
    let mut equals = Vec::new();
    if text[start..end].contains('=') {
        equals = Assembler::whole(&text[start..end], start, &|_| false)?.equalities();
    }
    let (second_equals, equals) = (equals.get(1).copied(), equals.first().copied());
    Ok(vec![Statement { span, equals, second_equals, ..blank() }])
}

/// The tokens of a whole formula, which starts at `offset`. Words that are `declared` are
/// names, however long; over declared shapes there are transposes and norms.
///
/// # Errors
/// The first place that cannot be read.
pub(in crate::syntax) fn statement<'t>(
    text: &'t str,
    offset: usize,
    is_shaped: bool,
    declared: &dyn Fn(&str) -> bool,
) -> Result<Tokens<'t>> {
    // Marks of alignment stand around a line.
    let mark = |c: char| c == '&' || c.is_whitespace();
    let start = text.len() - text.trim_start_matches(mark).len();
    let text = text.trim_matches(mark);
    let (from, to) = inside(text);
    let (text, offset) = (&text[from..to], offset + start + from);
    let mut assembler = Assembler::whole(text, offset, declared)?;
    assembler.is_shaped = is_shaped;
    assembler.formula()?;
    if !is_shaped {
        assembler.note_styles();
    }
    match assembler.peek() {
        None => Ok(assembler.out),
        Some(lexeme) => Err(assembler.stray(lexeme)),
    }
}

/// Where the formula stands in what was typed: without dollars and a full stop.
fn inside(text: &str) -> (usize, usize) {
    let mut inner = text.trim();
    loop {
        let before = inner;
        inner = unbold(unfenced(inner));
        inner = inner.strip_prefix("\\displaystyle").unwrap_or(inner).trim_start();
        inner = boxed(inner).unwrap_or(inner);
        inner = without_stop(inner).unwrap_or(inner);
        if inner.len() == before.len() {
            break;
        }
    }
    let start = inner.as_ptr() as usize - text.as_ptr() as usize;
    (start, start + inner.len())
}

/// A text without the comma, full stop or end of a line behind it.
fn without_stop(text: &str) -> Option<&str> {
    let line = text.strip_suffix("\\\\").map(str::trim_end);
    let rest = line.or_else(|| without_end(text, |c| matches!(c, '.' | ',')))?;
    (!rest.is_empty()).then_some(rest)
}

/// What the box holds that is the whole text.
fn boxed(text: &str) -> Option<&str> {
    let inner = text.strip_prefix("\\boxed{")?.strip_suffix('}')?;
    let mut depth = 0usize;
    let mut escaped = false;
    for byte in inner.bytes() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'{' => depth += 1,
            b'}' => depth = depth.checked_sub(1)?,
            _ => {}
        }
    }
    Some(inner.trim())
}

/// The mate of a number whose first digit was read alone.
const SPLIT: usize = usize::MAX;

/// What the mate of `\begin` counts: whether there are several columns, and twice the rows
/// but one.
const IN_COLUMNS: usize = 1;

/// A token of the grammar.
#[derive(Clone, Copy, Debug)]
struct Lexeme {
    rule: Rule,
    start: usize,
    end: usize,
    /// The place of the brace that closes it, where it is one that opens.
    mate: usize,
}

/// Puts lexemes together.
struct Assembler<'t, 'd> {
    text: &'t str,
    offset: usize,
    lexemes: Vec<Lexeme>,
    at: usize,
    out: Tokens<'t>,
    /// Whether an operand stands directly before.
    operand: bool,
    depth: usize,
    /// Whether a space is typed behind a name, so that a bracket is a factor.
    apart: bool,
    /// Which letters of `names` stand alone somewhere, once it is known.
    alone: Option<[bool; 2]>,
    /// The place of a whole number that begins a term, directly before the next item.
    whole: Option<usize>,
    /// An index that was read before the exponent in front of it: from where to where.
    passed: Option<(usize, usize)>,
    /// Whether shapes are declared, so that a T above a name is a transpose.
    is_shaped: bool,
    /// Whether a space that parts formulas is typed behind an operand.
    wide: bool,
    /// The place behind a space that is typed behind an operand; a second one makes it wide.
    spaced: usize,
    /// Whether it is the condition of a case, in which a comma says `and`.
    in_condition: bool,
    declared: &'d dyn Fn(&str) -> bool,
}

impl<'t, 'd> Assembler<'t, 'd> {
    fn new(
        text: &'t str,
        offset: usize,
        declared: &'d dyn Fn(&str) -> bool,
    ) -> Result<Self> {
        let pairs = Grammar::parse(Rule::formula, text)
            .map_err(|error| message::explain(&error, text, offset))?;
        let mut lexemes = Vec::with_capacity(text.len().min(512) / 2 + 4);
        let mut open: Vec<usize> = Vec::new();
        let mut begun: Vec<usize> = Vec::new();
        let (mut comment, mut comments) = (0, Vec::new());
        for pair in pairs.flatten() {
            let (rule, span) = (pair.as_rule(), pair.as_span());
            if matches!(rule, Rule::formula | Rule::EOI) {
                continue;
            }
            let (start, end, place) = (span.start(), span.end(), lexemes.len());
            let at = Span::new(offset + start, offset + end);
            if start < comment {
                continue;
            }
            if pair.as_str() == "%"
                && !text[..start].ends_with(|c: char| c.is_ascii_digit())
            {
                comment =
                    text[start..].find('\n').map_or(text.len(), |line| start + line);
                comments.push(Span::new(offset + start, offset + comment));
                continue;
            }
            let mut mate = 0;
            match pair.as_str() {
                "{" => open.push(place),
                "}" => match open.pop() {
                    Some(first) => {
                        mate = first;
                        let first: &mut Lexeme = &mut lexemes[first];
                        first.mate = place;
                    }
                    None => return Err(Error::at(at, ErrorKind::UnopenedBracket('}'))),
                },
                "\\begin" => begun.push(place),
                "&" => {
                    if let Some(begin) = begun.last() {
                        let begin: &mut Lexeme = &mut lexemes[*begin];
                        begin.mate |= IN_COLUMNS;
                    }
                }
                "\\\\" => {
                    if let Some(begin) = begun.last() {
                        let begin: &mut Lexeme = &mut lexemes[*begin];
                        begin.mate += 2;
                    }
                }
                "\\end" => {
                    if let Some(begin) = begun.pop() {
                        // Behind the last row there is none.
                        let ends = lexemes.last().is_some_and(|last: &Lexeme| {
                            &text[last.start..last.end] == "\\\\"
                        });
                        let begin: &mut Lexeme = &mut lexemes[begin];
                        begin.mate -= if ends { 2 } else { 0 };
                        // Rows of one entry each are a vector.
                        begin.mate *= begin.mate & IN_COLUMNS;
                    }
                }
                _ => {}
            }
            if open.len() > MAX_DEPTH {
                return Err(Error::at(at, ErrorKind::TooDeep { limit: MAX_DEPTH }));
            }
            lexemes.push(Lexeme { rule, start, end, mate });
        }
        if let Some(place) = open.pop() {
            let at = lexemes[place].start + offset;
            let kind = ErrorKind::UnclosedBracket('{');
            return Err(Error::at(Span::new(at, at + 1), kind).help("add `}`"));
        }
        let mut out = Tokens::with_capacity(lexemes.len() + 4);
        let said = |at: Span| {
            let typed =
                text[at.start as usize - offset..at.end as usize - offset].trim_end();
            Note { message: format!("`{typed}` is a comment"), span: Some(at) }
        };
        out.notes.extend(comments.into_iter().map(said));
        Ok(Self {
            text,
            offset,
            lexemes,
            at: 0,
            out,
            operand: false,
            depth: 0,
            apart: false,
            alone: None,
            whole: None,
            passed: None,
            is_shaped: false,
            wide: false,
            spaced: 0,
            in_condition: false,
            declared,
        })
    }

    /// The same for a whole formula, without the condition behind it.
    fn whole(
        text: &'t str,
        offset: usize,
        declared: &'d dyn Fn(&str) -> bool,
    ) -> Result<Self> {
        Ok(Self::new(text, offset, declared)?.without_condition())
    }

    /// The places of `=` outside of brackets and environments; of `:=`, that of its last sign.
    fn equalities(&self) -> Vec<usize> {
        let outside = self.nested().filter(|(_, _, is_outside)| *is_outside);
        let equals =
            outside.filter(|(_, lexeme, _)| matches!(self.source(*lexeme), "=" | ":="));
        equals.map(|(_, lexeme, _)| self.offset + lexeme.end - 1).collect()
    }

    /// The lexemes, each with whether it stands outside of brackets and environments.
    fn nested(&self) -> impl Iterator<Item = (usize, Lexeme, bool)> + use<'_, 't, 'd> {
        // Brackets of other kinds may not match; braces do.
        let (mut depth, mut braces) = (0i32, 0i32);
        self.lexemes.iter().enumerate().map(move |(place, lexeme)| {
            let change = match self.source(*lexeme) {
                "{" | "(" | "[" | "\\begin" | "\\left" | "\\{" => 1,
                "}" | ")" | "]" | "\\end" | "\\right" | "\\}" => -1,
                _ => 0,
            };
            let is_outside = depth == 0 && braces == 0 && change == 0;
            depth += change;
            braces += match self.source(*lexeme) {
                "{" => 1,
                "}" => -1,
                _ => 0,
            };
            (place, *lexeme, is_outside)
        })
    }

    fn peek(&self) -> Option<Lexeme> {
        self.lexemes.get(self.at).copied()
    }

    /// What the next lexeme says; nothing at the end.
    fn next_source(&self) -> &'t str {
        self.peek().map_or("", |lexeme| self.source(lexeme))
    }

    fn source(&self, lexeme: Lexeme) -> &'t str {
        &self.text[lexeme.start..lexeme.end]
    }

    fn span(&self, lexeme: Lexeme) -> Span {
        Span::new(self.offset + lexeme.start, self.offset + lexeme.end)
    }

    /// Where the next lexeme begins, or the text ends.
    fn here(&self) -> usize {
        self.offset + self.peek().map_or(self.text.len(), |lexeme| lexeme.start)
    }

    /// Where the last lexeme that was read ends.
    fn behind(&self) -> usize {
        if let Some(rest) =
            self.peek().filter(|l| l.rule == Rule::number && l.mate == SPLIT)
        {
            return self.offset + rest.start;
        }
        let read = self.at.checked_sub(1).and_then(|place| self.lexemes.get(place));
        self.offset + read.map_or(0, |lexeme| lexeme.end)
    }

    /// The next lexeme, if it is what is wanted.
    fn take(&mut self, wanted: &str) -> Option<Lexeme> {
        let lexeme = self.peek().filter(|lexeme| self.source(*lexeme) == wanted)?;
        self.at += 1;
        Some(lexeme)
    }

    /// A token without anything inside of it.
    fn leaf(&mut self, kind: Kind, text: impl Into<Cow<'t, str>>, span: Span) {
        self.out.open(kind, text, span);
    }

    fn note(&mut self, message: String, span: Span) {
        self.out.notes.push(Note { message, span: Some(span) });
    }

    fn deepen(&mut self) -> Result<()> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            let here = self.here();
            let kind = ErrorKind::TooDeep { limit: MAX_DEPTH };
            return Err(Error::at(Span::new(here, here), kind));
        }
        Ok(())
    }

    /// The error of something that stands where it cannot stand.
    fn unexpected(&self, lexeme: Lexeme, expected: &str) -> Error {
        let (found, expected) = (self.source(lexeme).to_owned(), expected.to_owned());
        let kind = ErrorKind::UnexpectedToken { found, expected };
        Error::at(self.span(lexeme), kind)
    }

    /// The same where nothing more particular is known.
    fn stray(&self, lexeme: Lexeme) -> Error {
        let expected = if self.operand { "an operator or the end" } else { "an operand" };
        let error = self.unexpected(lexeme, expected);
        let sign = self.source(lexeme).chars().next();
        let help = match self.source(lexeme) {
            "," => Some(
                "a comma stands between arguments only; write `1{,}234` for 1234, and decimals with a point",
            ),
            "%" => Some("a percentage is written `5\\%`"),
            _ => sign.filter(|c| *c != '\\').and_then(signs::instead),
        };
        match help {
            Some(help) => error.help(help),
            None => error,
        }
    }

    /// The error of something that is missing at the next place.
    fn missing(&self, expected: &str) -> Error {
        match self.peek() {
            Some(lexeme) => self.unexpected(lexeme, expected),
            None => {
                let (found, expected) = (String::new(), expected.to_owned());
                let end = self.offset + self.text.len();
                let kind = ErrorKind::UnexpectedToken { found, expected };
                Error::at(Span::new(end, end), kind)
                    .help("something is missing at the end")
            }
        }
    }

    fn refused(&self, lexeme: Lexeme, help: &str) -> Error {
        let what = format!("`{}` is not read here", self.source(lexeme));
        Error::at(self.span(lexeme), ErrorKind::Unsupported(what)).help(help)
    }
}
