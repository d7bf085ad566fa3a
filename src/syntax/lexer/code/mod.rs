//! Code: what `grammar/code.pest` takes apart is put together into tokens.
//!
//! A language is a [`Dialect`]: its signs, and rows of names with what each means here. Names
//! are certain in code, so that no letter is taken for several and no bracket for a factor.

mod call;
mod conditional;
mod detect;
mod dialect;
mod expression;
mod mathematica;
mod maxima;
mod meaning;
mod module;
mod python;
mod request;
mod script;
mod statements;
mod sympy;

use super::super::limits::{MAX_BYTES, MAX_DEPTH, Statement};
use super::super::message;
use super::super::name::normalise;
use super::super::token::{Kind, Tokens};
use crate::error::{Error, ErrorKind, Note, Result};
use crate::kernel::latin;
use crate::span::Span;
pub(in crate::syntax) use detect::language_of;
pub(super) use dialect::{Dialect, of};
use pest::Parser;
use rustc_hash::FxHashMap;
use std::borrow::Cow;

#[allow(missing_docs)]
mod grammar {
    #[derive(pest_derive::Parser)]
    #[grammar = "../grammar/code.pest"]
    pub(super) struct Grammar;
}
use grammar::{Grammar, Rule};

/// What a token of the grammar is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Class {
    Word,
    Number,
    Line,
    Text,
    Sign,
}

/// A token of the grammar.
#[derive(Clone, Copy, Debug)]
struct Lexeme {
    class: Class,
    start: usize,
    end: usize,
    /// The place of the bracket that closes it, where it is one that opens.
    mate: usize,
}

/// The places of lexemes that belong together: the first, and the one behind the last.
type Run = std::ops::Range<usize>;

/// The statements of a program.
///
/// # Errors
/// A text that is too long, brackets that do not match, statements that are no definitions.
pub(super) fn statements(
    dialect: &'static Dialect,
    text: &str,
) -> Result<Vec<Statement>> {
    if text.len() > MAX_BYTES {
        return Err(ErrorKind::TooLong { limit: MAX_BYTES }.into());
    }
    let assembler = Assembler::new(dialect, text, 0, &|_| false)?;
    assembler.refuse_spellings()?;
    let mut statements = assembler.statements()?;
    for statement in &mut statements {
        statement.depth = assembler.deepest;
    }
    Ok(statements)
}

/// The tokens of a whole formula, which starts at `offset`. What is `declared` is a name that
/// the program or the user gives a meaning.
///
/// # Errors
/// The first place that cannot be read.
pub(super) fn statement<'t>(
    dialect: &'static Dialect,
    text: &'t str,
    offset: usize,
    declared: &dyn Fn(&str) -> bool,
) -> Result<Tokens<'t>> {
    let mut assembler = Assembler::new(dialect, text, offset, declared)?;
    assembler.whole()?;
    Ok(assembler.out)
}

/// The tokens of what a definition defines: a name and its parameters, which stand behind it or
/// elsewhere.
///
/// # Errors
/// What is no name, and parameters with values.
pub(super) fn head<'t>(
    dialect: &'static Dialect,
    (text, at): (&'t str, Span),
    parameters: Option<(&'t str, Span)>,
) -> Result<Tokens<'t>> {
    let (behind, start) = match parameters {
        Some((behind, place)) => (behind, place.start),
        None => (text, at.start),
    };
    let mut assembler = Assembler::new(dialect, behind, start as usize, &|_| false)?;
    let whole = assembler.out.open(Kind::Expression, "", at);
    match parameters {
        Some((_, place)) => {
            assembler.out.open(Kind::Name, text, at);
            assembler.parameters(0..assembler.lexemes.len(), place)?;
        }
        None => assembler.named_parameters()?,
    }
    assembler.out.close(whole);
    Ok(assembler.out)
}

/// Puts lexemes together.
struct Assembler<'t, 'd> {
    dialect: &'static Dialect,
    text: &'t str,
    offset: usize,
    lexemes: Vec<Lexeme>,
    /// How deep brackets go.
    deepest: usize,
    out: Tokens<'t>,
    depth: usize,
    declared: &'d dyn Fn(&str) -> bool,
}

impl<'t, 'd> Assembler<'t, 'd> {
    fn new(
        dialect: &'static Dialect,
        text: &'t str,
        offset: usize,
        declared: &'d dyn Fn(&str) -> bool,
    ) -> Result<Self> {
        let pairs = Grammar::parse(dialect.rule, text)
            .map_err(|error| message::explain(&error, text, offset))?;
        let mut made = Self {
            dialect,
            text,
            offset,
            lexemes: Vec::with_capacity(text.len().min(512) / 2 + 4),
            deepest: 0,
            out: Tokens::with_capacity(text.len().min(256) / 2 + 4),
            depth: 0,
            declared,
        };
        let mut open: Vec<usize> = Vec::new();
        for pair in pairs.flatten() {
            let Some(class) = class(pair.as_rule()) else { continue };
            let (span, place) = (pair.as_span(), made.lexemes.len());
            let (start, end) = (span.start(), span.end());
            made.lexemes.push(Lexeme { class, start, end, mate: place });
            if class == Class::Sign {
                made.bracket(place, pair.as_str(), &mut open)?;
            }
        }
        match open.pop() {
            None => Ok(made),
            Some(place) => {
                let (open, close) = made.pair(place);
                Err(Error::at(made.at(place), ErrorKind::UnclosedBracket(open))
                    .help(format!("add `{close}`")))
            }
        }
    }

    /// Finds the mates of brackets.
    fn bracket(&mut self, place: usize, sign: &str, open: &mut Vec<usize>) -> Result<()> {
        match sign {
            "(" | "[" | "{" => {
                open.push(place);
                self.deepest = self.deepest.max(open.len());
                if open.len() > MAX_DEPTH {
                    let kind = ErrorKind::TooDeep { limit: MAX_DEPTH };
                    return Err(Error::at(self.at(place), kind));
                }
            }
            ")" | "]" | "}" => {
                let close = sign.chars().next().unwrap_or(')');
                let Some(first) = open.pop() else {
                    let kind = ErrorKind::UnopenedBracket(close);
                    return Err(Error::at(self.at(place), kind));
                };
                let (open, wanted) = self.pair(first);
                if wanted != close {
                    let kind = ErrorKind::UnclosedBracket(open);
                    return Err(Error::at(self.at(first), kind)
                        .help(format!("`{close}` stands where it should be closed")));
                }
                self.lexemes[first].mate = place;
            }
            _ => {}
        }
        Ok(())
    }

    /// A bracket that opens, and the one that closes it.
    fn pair(&self, place: usize) -> (char, char) {
        match self.source(place) {
            "(" => ('(', ')'),
            "[" => ('[', ']'),
            _ => ('{', '}'),
        }
    }

    /// What a lexeme says.
    fn source(&self, place: usize) -> &'t str {
        self.lexemes.get(place).map_or("", |lexeme| &self.text[lexeme.start..lexeme.end])
    }

    /// Whether a lexeme is this sign.
    fn is(&self, place: usize, sign: &str) -> bool {
        self.lexemes.get(place).is_some_and(|lexeme| lexeme.class == Class::Sign)
            && self.source(place) == sign
    }

    /// Whether a lexeme is a word.
    fn is_word(&self, place: usize) -> bool {
        self.lexemes.get(place).is_some_and(|lexeme| lexeme.class == Class::Word)
    }

    /// Where a lexeme stands.
    fn at(&self, place: usize) -> Span {
        match self.lexemes.get(place) {
            Some(one) => Span::new(self.offset + one.start, self.offset + one.end),
            None => {
                let end = self.offset + self.text.trim_end().len();
                Span::new(end, end)
            }
        }
    }

    /// Where a run stands.
    fn place_of(&self, run: &Run) -> Span {
        match run.is_empty() {
            true => {
                let start = self.at(run.start).start as usize;
                Span::new(start, start)
            }
            false => self.at(run.start).join(self.at(run.end - 1)),
        }
    }

    /// What was typed for a run.
    fn typed(&self, run: &Run) -> &'t str {
        let span = self.place_of(run);
        &self.text[span.start as usize - self.offset..span.end as usize - self.offset]
    }

    /// The place of the next lexeme outside of what opens here.
    fn behind(&self, place: usize) -> usize {
        self.lexemes[place].mate + 1
    }

    /// The places of a run at which a sign or word stands outside of brackets.
    fn find(&self, run: &Run, wanted: &str) -> Option<usize> {
        let mut place = run.start;
        while place < run.end {
            let is_text = self.lexemes[place].class == Class::Text;
            if !is_text && self.source(place) == wanted {
                return Some(place);
            }
            place = self.behind(place);
        }
        None
    }

    /// What stands between the commas of a run; a comma at its end parts nothing.
    fn parts(&self, run: &Run) -> Vec<Run> {
        let mut parts = Vec::new();
        let (mut start, mut place) = (run.start, run.start);
        while place < run.end {
            if self.is(place, ",") {
                parts.push(self.trimmed(start..place));
                start = place + 1;
            }
            place = self.behind(place);
        }
        let last = self.trimmed(start..run.end);
        if !last.is_empty() || parts.is_empty() {
            parts.push(last);
        }
        parts
    }

    /// A run without the line ends around it.
    fn trimmed(&self, run: Run) -> Run {
        let is_line = |place: usize| self.lexemes[place].class == Class::Line;
        let (mut start, mut end) = (run.start, run.end);
        while start < end && is_line(start) {
            start += 1;
        }
        while start < end && is_line(end - 1) {
            end -= 1;
        }
        start..end
    }

    fn note(&mut self, message: String, span: Span) {
        self.out.notes.push(Note { message, span: Some(span) });
    }

    fn deepen(&mut self, at: Span) -> Result<()> {
        self.depth += 1;
        match self.depth > MAX_DEPTH {
            true => Err(Error::at(at, ErrorKind::TooDeep { limit: MAX_DEPTH })),
            false => Ok(()),
        }
    }

    /// The error of something that stands where it cannot stand.
    fn unexpected(&self, place: usize, expected: &str) -> Error {
        let (found, expected) = (self.source(place).to_owned(), expected.to_owned());
        let kind = ErrorKind::UnexpectedToken { found, expected };
        Error::at(self.at(place), kind)
    }

    /// The error of something that is not read, with what to do instead.
    fn refused(&self, span: Span, help: &str) -> Error {
        let (start, end) =
            (span.start as usize - self.offset, span.end as usize - self.offset);
        let text = &self.text[start..end];
        let what = format!("`{text}` is not read in {}", self.dialect.name);
        Error::at(span, ErrorKind::Unsupported(what)).help(help)
    }

    /// Refuses names that are two in the language and one here: `x1` and `x_1`.
    fn refuse_spellings(&self) -> Result<()> {
        let mut known: FxHashMap<String, Cow<'_, str>> = FxHashMap::default();
        for place in 0..self.lexemes.len() {
            let source = self.source(place);
            if !self.is_word(place) || source.len() == 1 || source.contains('.') {
                continue;
            }
            let letters = self.letters(place);
            let one = latin(&normalise(&letters)).into_owned();
            let before = known.entry(one).or_insert_with(|| letters.clone());
            if *before != letters {
                let what = format!("`{before}` and `{letters}`, which are one name here");
                return Err(Error::at(self.at(place), ErrorKind::Unsupported(what))
                    .help("give one of the two another name"));
            }
        }
        Ok(())
    }

    /// A name and the parameters behind it.
    fn named_parameters(&mut self) -> Result<()> {
        if !self.is_word(0) || self.source(0).contains('.') {
            return Err(self.unexpected(0, "a name"));
        }
        self.out.open(Kind::Name, self.letters(0), self.at(0));
        let all = self.lexemes.len();
        if all == 1 {
            return Ok(());
        }
        if !self.is(1, self.dialect.call) {
            return Err(self.unexpected(1, "the parameters"));
        }
        let close = self.lexemes[1].mate;
        self.parameters(2..close, self.place_of(&(1..close + 1)))?;
        if close + 1 < all {
            let typed = self.typed(&(close + 1..all));
            let message = format!("`{typed}` says what is returned, and is left out");
            self.note(message, self.place_of(&(close + 1..all)));
        }
        Ok(())
    }

    /// Parameters between commas.
    fn parameters(&mut self, run: Run, span: Span) -> Result<()> {
        let round = self.out.open(Kind::Round, "", span);
        let parts = if run.is_empty() { Vec::new() } else { self.parts(&run) };
        for part in parts {
            let at = self.at(part.start);
            if !self.is_word(part.start) {
                return Err(self.unexpected(part.start, "a parameter"));
            }
            if let Some(value) = self.find(&part, "=") {
                return Err(self.refused(
                    self.place_of(&(value..part.end)),
                    "a parameter has no value of its own; put it in",
                ));
            }
            // `x: float` and `x_Real` say what x is; `x_` is a pattern for anything.
            let behind = part.start + 1..part.end;
            if !behind.is_empty() && self.typed(&behind) != "_" {
                if !self.is(behind.start, ":") && !self.is(behind.start, "_") {
                    return Err(self.unexpected(behind.start, "`,` or the end"));
                }
                let message = format!(
                    "`{}` is a type, and is left out",
                    self.typed(&behind).trim_start_matches([':', '_', ' '])
                );
                self.note(message, self.place_of(&behind));
            }
            let inner = self.out.open(Kind::Expression, "", at);
            self.out.open(Kind::Name, self.letters(part.start), at);
            self.out.close(inner);
        }
        self.out.close(round);
        Ok(())
    }
}

/// What a rule of the grammar makes.
fn class(rule: Rule) -> Option<Class> {
    match rule {
        Rule::python_word | Rule::mathematica_word | Rule::maxima_word => {
            Some(Class::Word)
        }
        Rule::python_number | Rule::mathematica_number | Rule::maxima_number => {
            Some(Class::Number)
        }
        Rule::line => Some(Class::Line),
        Rule::text | Rule::python_text | Rule::mathematica_open | Rule::maxima_open => {
            Some(Class::Text)
        }
        Rule::python_sign | Rule::mathematica_sign | Rule::maxima_sign => {
            Some(Class::Sign)
        }
        _ => None,
    }
}
