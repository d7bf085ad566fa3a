//! A first look at the bytes of a statement, before any recursion: where statements end, how
//! deep brackets go, whether they match.

use super::task::Wanted;
use crate::error::{Error, ErrorKind, Result};
use crate::span::Span;

/// The longest input in bytes.
pub const MAX_BYTES: usize = 1 << 26;
/// The most symbols of an input: names, numbers, operators, brackets. What is read and
/// differentiated takes up to two hundred bytes for each, and a page has four gigabytes at most.
const MAX_SYMBOLS: usize =
    if cfg!(target_family = "wasm") { MAX_LATEX_SYMBOLS } else { 16_000_000 };
/// The same in LaTeX, where it is a few hundred bytes.
const MAX_LATEX_SYMBOLS: usize = 1_250_000;
/// The deepest nesting of brackets and of functions without brackets. In a page there is one stack,
/// which is that of the browser, and a level takes five kilobytes of it at worst.
pub const MAX_DEPTH: usize = if cfg!(target_family = "wasm") { 100 } else { 4000 };
/// The most digits of a number, its exponent counted.
pub const MAX_DIGITS: usize = 20_000;
/// The size in bytes beyond which a long sum is read piece by piece.
const PIECE: usize = 1 << 16;

/// One statement: a run of the input between separators.
#[derive(Clone, Debug)]
pub(super) struct Statement {
    pub(super) span: Span,
    /// Where the `=` of a definition stands, if there is one.
    pub(super) equals: Option<usize>,
    /// Where the name stands that it defines, if not all before the `=` is that.
    pub(super) head: Option<Span>,
    /// Where the parameters stand, if not behind the name.
    pub(super) parameters: Option<Span>,
    /// Where another one stands outside of brackets.
    pub(super) second_equals: Option<usize>,
    /// Whether its `=` is that of an equation and defines nothing.
    pub(super) is_equation: bool,
    pub(super) depth: usize,
    /// What stands before a chain of equations and is left out.
    pub(super) left_out: Option<Span>,
    /// The derivative that words before it ask for, if they do.
    pub(super) asked: Option<Wanted>,
    /// The condition behind it, which is left out.
    pub(super) condition: Option<Span>,
    /// The first bar that is not closed.
    pub(super) unclosed: Option<Span>,
    /// Where the statement may be cut into terms of one sum.
    pub(super) cuts: Vec<usize>,
}

struct Scanner<'a> {
    text: &'a str,
    open: Vec<(u8, usize)>,
    bars: usize,
    /// The outermost bar that is open.
    first_bar: usize,
    start: usize,
    current: Statement,
    statements: Vec<Statement>,
    /// The last byte that is not white space.
    last: u8,
    comparison: bool,
    cut: usize,
}

/// Splits a text into its statements and checks sizes and brackets.
pub(super) fn statements(text: &str) -> Result<Vec<Statement>> {
    check_bytes(text)?;
    let mut scanner = Scanner {
        text,
        open: Vec::new(),
        bars: 0,
        first_bar: 0,
        start: 0,
        current: blank(),
        statements: Vec::new(),
        last: b';',
        comparison: false,
        cut: 0,
    };
    scanner.run()?;
    check_symbols(text, false)?;
    Ok(scanner.statements)
}

/// Refuses more bytes than are read.
///
/// # Errors
/// A text with more.
pub(super) fn check_bytes(text: &str) -> Result<()> {
    match text.len() > MAX_BYTES {
        true => Err(ErrorKind::TooLong { limit: MAX_BYTES }.into()),
        false => Ok(()),
    }
}

/// Refuses more symbols than are read; in LaTeX, a letter is a symbol of its own.
///
/// # Errors
/// A text with more.
pub(super) fn check_symbols(text: &str, is_latex: bool) -> Result<()> {
    let most = if is_latex { MAX_LATEX_SYMBOLS } else { MAX_SYMBOLS };
    if text.len() > most && symbols(text.as_bytes(), is_latex) > most {
        let what = "the number of symbols of the input";
        return Err(ErrorKind::OverLimit { what, limit: most as u64 }.into());
    }
    Ok(())
}

/// How many symbols there are, about, with those that are meant between factors.
fn symbols(bytes: &[u8], is_latex: bool) -> usize {
    let (mut count, mut in_word) = (0, false);
    let mut last = b' ';
    for byte in bytes {
        let is_letter = byte.is_ascii_alphanumeric() || *byte >= 0x80 || *byte == b'_';
        let is_new = match is_latex {
            // A command is a word, and the first byte of a sign counts.
            true => {
                !(in_word && byte.is_ascii_alphabetic() || (0x80..0xc0).contains(byte))
            }
            false => !(in_word && is_letter),
        };
        let is_blank = byte.is_ascii_whitespace();
        let is_beside =
            |last: u8| last.is_ascii_alphanumeric() || matches!(last, b')' | b']');
        let is_factor = is_new && (is_letter || *byte == b'(') && is_beside(last);
        count += usize::from(is_new && !is_blank) + usize::from(is_factor && !is_latex);
        last = if is_blank { last } else { *byte };
        in_word = match is_latex {
            true => *byte == b'\\' || in_word && byte.is_ascii_alphabetic(),
            false => is_letter,
        };
    }
    count
}

/// Refuses brackets that nest too deep, before anything is made of them.
///
/// # Errors
/// The first that does.
pub(super) fn check_depth(text: &str) -> Result<()> {
    let mut depth = 0usize;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'(' | b'[' | b'{' => depth += 1,
            b')' | b']' | b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > MAX_DEPTH {
            let kind = ErrorKind::TooDeep { limit: MAX_DEPTH };
            return Err(Error::at(Span::new(at, at + 1), kind));
        }
    }
    Ok(())
}

/// What stands between the commas and semicolons of a text, brackets left whole; `None` where
/// brackets do not match.
pub fn pieces(text: &str) -> Option<Vec<&str>> {
    let (mut open, mut start, mut found) = (Vec::new(), 0, Vec::new());
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'(' | b'[' | b'{' => open.push(closing(byte)),
            b')' | b']' | b'}' => {
                open.pop().filter(|wanted| *wanted == byte)?;
            }
            b',' | b';' if open.is_empty() => {
                found.push(text[start..at].trim());
                start = at + 1;
            }
            _ => {}
        }
    }
    found.push(text[start..].trim());
    open.is_empty().then_some(found)
}

/// The bracket that closes another one.
fn closing(open: u8) -> u8 {
    match open {
        b'(' => b')',
        b'[' => b']',
        _ => b'}',
    }
}

/// A statement of which nothing is known yet.
pub(super) fn blank() -> Statement {
    Statement {
        span: Span::default(),
        equals: None,
        head: None,
        parameters: None,
        second_equals: None,
        is_equation: false,
        depth: 0,
        left_out: None,
        asked: None,
        condition: None,
        unclosed: None,
        cuts: Vec::new(),
    }
}

impl Statement {
    /// The same further behind in a longer text.
    pub(super) fn shift(&mut self, by: usize) {
        let spans = [&mut self.head, &mut self.parameters, &mut self.left_out];
        let spans = spans.into_iter().chain([&mut self.condition, &mut self.unclosed]);
        let spans = spans.filter_map(Option::as_mut).chain([&mut self.span]);
        spans.for_each(|span| *span = span.moved(by));
        let places = [&mut self.equals, &mut self.second_equals].into_iter();
        let places = places.filter_map(Option::as_mut).chain(&mut self.cuts);
        places.for_each(|place| *place += by);
    }

    /// What stands from a place on is a condition.
    pub(super) fn end_before(&mut self, end: usize) {
        let last = Span { start: Span::new(end, end).start, ..self.span };
        self.condition = Some(last);
        self.span.end = last.start;
        self.cuts.retain(|cut| *cut < end);
    }
}

impl Scanner<'_> {
    fn run(&mut self) -> Result<()> {
        let bytes = self.text.as_bytes();
        let mut at = 0;
        while at < bytes.len() {
            let byte = bytes[at];
            match byte {
                b'#' => {
                    self.finish(at)?;
                    while at < bytes.len() && bytes[at] != b'\n' {
                        at += 1;
                    }
                    self.start = at;
                    continue;
                }
                b';' => self.finish(at)?,
                b'\n' if self.open.is_empty() => self.finish(at)?,
                b'(' | b'[' | b'{' => {
                    self.open.push((byte, at));
                    self.deepen(at)?;
                }
                b')' | b']' | b'}' => self.close(byte, at)?,
                b'|' => {
                    self.bar(at)?;
                    at += 1;
                    continue;
                }
                b'<' | b'>' | b'!' if bytes.get(at + 1) == Some(&b'=') => {
                    self.comparison = true;
                    self.last = b'=';
                    at += 2;
                    continue;
                }
                b'<' | b'>' => self.comparison = true,
                b'=' if self.open.is_empty() => {
                    if self.current.equals.is_some() {
                        self.current.second_equals.get_or_insert(at);
                        self.comparison = true;
                    } else if bytes.get(at + 1) == Some(&b'=') {
                        self.comparison = true;
                    } else {
                        self.current.equals = Some(at);
                    }
                }
                b'+' | b'-' => self.sign(at),
                _ => {}
            }
            if !byte.is_ascii_whitespace() {
                self.last = byte;
            }
            at += 1;
        }
        self.finish(at)
    }

    fn deepen(&mut self, at: usize) -> Result<()> {
        let depth = self.open.len() + self.bars;
        self.current.depth = self.current.depth.max(depth);
        if depth > MAX_DEPTH {
            let kind = ErrorKind::TooDeep { limit: MAX_DEPTH };
            return Err(Error::at(Span::new(at, at + 1), kind));
        }
        Ok(())
    }

    fn close(&mut self, byte: u8, at: usize) -> Result<()> {
        match self.open.pop() {
            Some((open, _)) if closing(open) == byte => Ok(()),
            Some((open, place)) => Err(Error::at(
                Span::new(place, place + 1),
                ErrorKind::UnclosedBracket(open as char),
            )
            .help(format!("`{}` stands where it should be closed", byte as char))),
            None => Err(Error::at(
                Span::new(at, at + 1),
                ErrorKind::UnopenedBracket(byte as char),
            )
            .help(match byte {
                b')' => "remove it, or open it with `(`",
                b']' => "remove it, or open it with `[`",
                _ => "remove it, or open it with `{`",
            })),
        }
    }

    /// A bar closes when an operand stands before it and a bar is open.
    fn bar(&mut self, at: usize) -> Result<()> {
        let operand = !matches!(
            self.last,
            b'+' | b'-'
                | b'*'
                | b'/'
                | b'^'
                | b'('
                | b'['
                | b'{'
                | b','
                | b'<'
                | b'>'
                | b'='
                | b';'
        );
        // What stands behind a bar sees it as a bracket.
        if operand && self.bars > 0 {
            self.last = b')';
            self.bars -= 1;
            Ok(())
        } else {
            self.last = b'(';
            if self.bars == 0 {
                self.first_bar = at;
            }
            self.bars += 1;
            self.deepen(at)
        }
    }

    fn sign(&mut self, at: usize) {
        let operand = self.last.is_ascii_alphanumeric()
            || matches!(self.last, b')' | b']' | b'}' | b'_');
        let bytes = self.text.as_bytes();
        let exponent = at >= 2
            && matches!(bytes[at - 1], b'e' | b'E')
            && (bytes[at - 2].is_ascii_digit() || bytes[at - 2] == b'.');
        if operand
            && !exponent
            && self.open.is_empty()
            && self.bars == 0
            && at >= self.cut + PIECE
        {
            self.current.cuts.push(at);
            self.cut = at;
        }
    }

    fn finish(&mut self, end: usize) -> Result<()> {
        if let Some((open, place)) = self.open.pop() {
            let close = closing(open) as char;
            return Err(Error::at(
                Span::new(place, place + 1),
                ErrorKind::UnclosedBracket(open as char),
            )
            .help(format!("add `{close}`")));
        }
        let text = &self.text[self.start..end];
        let blank_before = text.len() - text.trim_start().len();
        let trimmed = text.trim();
        if !trimmed.is_empty() {
            let start = self.start + blank_before;
            let mut done = std::mem::replace(&mut self.current, blank());
            done.span = Span::new(start, start + trimmed.len());
            if self.bars > 0 {
                let rest = &self.text[self.first_bar..end];
                let width = rest.len() - rest.trim_start_matches('|').len();
                done.unclosed = Some(Span::new(self.first_bar, self.first_bar + width));
            }
            let word = trimmed.contains(" and ") || trimmed.contains(" or ");
            if self.comparison || word || !trimmed.is_ascii() {
                done.cuts.clear();
            }
            self.statements.push(done);
        } else if self.current.equals.is_some() {
            self.current = blank();
        }
        self.start = (end + 1).min(self.text.len());
        self.cut = self.start;
        self.bars = 0;
        self.comparison = false;
        self.last = b';';
        Ok(())
    }
}
