//! Names and numbers: letters side by side are factors, unless they make a word that is one
//! name.

use super::super::super::ast::NATURAL;
use super::super::super::literal;
use super::super::super::name::normalise;
use super::super::super::token::Kind;
use super::commands::{self, Meaning};
use super::grammar::Rule;
use super::word::SAID;
use super::{Assembler, Lexeme};
use crate::error::{Error, ErrorKind, Result};
use crate::kernel::GREEK;
use crate::span::Span;
use std::borrow::Cow;

impl<'t> Assembler<'t, '_> {
    /// A number; `{,}` between groups of three digits is no part of it, and else its point.
    pub(super) fn number(&mut self, lexeme: Lexeme) -> Result<()> {
        let (mut source, mut span) = (self.source(lexeme), self.span(lexeme));
        // `x_1{,}5` has a comma behind the index.
        if source.starts_with('{') {
            return Err(self.unexpected(lexeme, "an operator or the end"));
        }
        if literal::is_factor(&self.text[..lexeme.start], source) {
            self.leaf(Kind::Operator, ".", Span { end: span.start + 1, ..span });
            (source, span.start) = (&source[1..], span.start + 1);
        }
        let text = match literal::decimal_comma(source) {
            Some(decimal) => {
                self.note("`{,}` is read as a decimal comma".to_owned(), span);
                Cow::Owned(decimal)
            }
            None if source.contains("{,}") => Cow::Owned(source.replace("{,}", "")),
            None => Cow::Borrowed(source),
        };
        if source.contains(['e', 'E']) {
            let message =
                format!("`{source}` is read as one number, with a power of ten");
            self.note(message, span);
        }
        self.leaf(Kind::Number, text, span);
        self.operand = true;
        Ok(())
    }

    /// Letters side by side.
    pub(super) fn letters(&mut self) -> Result<()> {
        let start = self.at;
        let mut end = start;
        while let Some(lexeme) = self.lexemes.get(end)
            && lexeme.rule == Rule::letter
            && (end == start || self.lexemes[end - 1].end == lexeme.start)
        {
            end += 1;
        }
        let (from, to) = (self.lexemes[start].start, self.lexemes[end - 1].end);
        let run = &self.text[from..to];
        if run == "d" && self.plain_request()? {
            return Ok(());
        }
        if self.without_backslash(run, end)? {
            return Ok(());
        }
        if end - start > 1 && run.is_ascii() {
            let span = Span::new(self.offset + from, self.offset + to);
            if self.in_condition && SAID.contains(&run) {
                self.at = end;
                return Ok(());
            }
            if (self.declared)(run) {
                self.at = end;
                return self.name(run.into(), span);
            }
            self.refuse_prose(run, span)?;
            self.note_letters(run, span);
            if let Some((at, word)) = word_in(run) {
                if at > 0 {
                    // The letters before it are factors of their own.
                    self.at = start + at;
                    for lexeme in start..start + at {
                        self.letter(self.lexemes[lexeme]);
                    }
                }
                let whole = at == 0 && word.len() == run.len();
                let what = if whole { format!("\\{word}") } else { apart(run, at, word) };
                self.note(format!("`{run}` is read as `{what}`"), span);
                self.at = start + at + word.len();
                let span = Span::new(
                    self.offset + from + at,
                    self.offset + from + at + word.len(),
                );
                return match commands::meaning(word) {
                    Some(Meaning::Function(name)) => self.function((*name).into(), span),
                    _ => self.name(word.into(), span),
                };
            }
        }
        for lexeme in start..end - 1 {
            self.letter(self.lexemes[lexeme]);
        }
        let last = self.lexemes[end - 1];
        self.at = end;
        self.name(self.source(last).into(), self.span(last))
    }

    /// A command with arguments in braces that lost its backslash, `frac{1}{x}`, and whether
    /// that is what letters are.
    fn without_backslash(&mut self, run: &'t str, end: usize) -> Result<bool> {
        let Some(meaning @ (Meaning::Quotient | Meaning::Apply(..))) =
            commands::meaning(run)
        else {
            return Ok(false);
        };
        let (first, last) = (self.lexemes[self.at], self.lexemes[end - 1]);
        let open = self.lexemes.get(end).filter(|next| self.source(**next) == "{");
        if open.is_none() || (self.declared)(run) {
            return Ok(false);
        }
        let span = self.span(first).join(self.span(last));
        self.note(format!("`{run}` is read as `\\{run}`"), span);
        self.at = end - 1;
        self.structure(last, meaning)?;
        self.scripts()?;
        Ok(true)
    }

    /// Says of letters that look like a word or a differential that they are factors.
    fn note_letters(&mut self, run: &str, span: Span) {
        let is_word = run.len() > 3 && !commands::has_word(run);
        let is_differential = run.len() == 2 && run.starts_with('d');
        if is_word {
            let message = format!(
                "`{run}` is read as the product of its letters; write `\\text{{{run}}}` for one name"
            );
            self.note(message, span);
        } else if is_differential {
            let message =
                format!("`{run}` is a product of two letters, and no differential");
            self.note(message, span);
        }
    }

    fn letter(&mut self, lexeme: Lexeme) {
        let (text, span) = (self.source(lexeme), self.span(lexeme));
        self.leaf(Kind::Name, text, span);
        self.operand = true;
    }

    /// A name that was read, with its index, primes and exponent.
    pub(super) fn name(&mut self, stem: Cow<'t, str>, span: Span) -> Result<()> {
        if self.entry_of(&stem, span)? {
            return Ok(());
        }
        let is_operator = &*stem == "D";
        let (name, span) = self.with_index(stem, span)?;
        if is_operator && name.len() == 3 && !(self.declared)(&normalise(&name)) {
            self.refuse_derivation(&name[2..], span)?;
        }
        let primes = match self.is_shaped && (self.declared)(&normalise(&name)) {
            true => None,
            false => self.primes(&name)?,
        };
        let (name, span) = match primes {
            Some(_) => self.with_index(name, span)?,
            None => (name, span),
        };
        match primes {
            Some((count, at)) if self.opens_bracket() => {
                self.leaf(Kind::Name, name, span);
                self.leaf(Kind::Primes, "'".repeat(count), at);
            }
            Some((count, at)) => {
                let text = format!("{name}{}", "'".repeat(count));
                let whole = span.join(at);
                self.note(format!("`{text}` is one name here"), whole);
                self.leaf(Kind::Name, text, whole);
            }
            None => {
                let name = self.meant(name, span);
                self.leaf(Kind::Name, name, span);
            }
        }
        self.operand = true;
        self.scripts()
    }

    /// A letter before a bracket that is a function wherever it stands in no other way.
    fn meant(&mut self, name: Cow<'t, str>, span: Span) -> Cow<'t, str> {
        let row = LETTERS.iter().find(|row| row.0 == &*name);
        let Some((letter, function)) = row.filter(|_| self.opens_bracket()) else {
            return name;
        };
        let place = LETTERS.iter().position(|row| row.0 == *letter).unwrap_or(0);
        if (self.declared)(letter) || self.alone()[place] {
            return name;
        }
        let message = format!("`\\{letter}(…)` is read as `{function}(…)`");
        if self.out.notes.iter().all(|note| note.message != message) {
            self.note(message, span);
        }
        (*function).into()
    }

    /// Which of the letters stand somewhere without a bracket behind.
    fn alone(&mut self) -> [bool; 2] {
        if let Some(known) = self.alone {
            return known;
        }
        let mut found = [false; 2];
        for (place, lexeme) in self.lexemes.iter().enumerate() {
            let name = self.source(*lexeme).strip_prefix('\\');
            let row = LETTERS.iter().position(|row| Some(row.0) == name);
            let next = self.lexemes.get(place + 1).map(|next| self.source(*next));
            if let Some(row) = row {
                found[row] |= !matches!(next, Some("(" | "\\left" | "\\bigl" | "\\big"));
            }
        }
        self.alone = Some(found);
        found
    }

    /// The name of a function: a logarithm may have a base.
    pub(super) fn function(&mut self, name: Cow<'t, str>, span: Span) -> Result<()> {
        if &*name == "log" && self.next_source() == "_" {
            return self.logarithm(span);
        }
        if &*name == "log" && self.next_source() == "^" {
            // \log^2_3 x: the base is read first.
            let (exponent, base) = (self.at, self.behind_script(self.at + 1));
            if self.lexemes.get(base).is_some_and(|next| self.source(*next) == "_") {
                let behind = self.behind_script(base + 1);
                self.lexemes[exponent..behind].rotate_left(base - exponent);
                self.mate_again(exponent..behind);
                return self.logarithm(span);
            }
        }
        if &*name == "log" && self.typed(span) == "\\log" {
            self.note(NATURAL.to_owned(), span);
        }
        if self.next_source() == "_" {
            let what = format!("an index below the function `{name}`");
            return Err(Error::at(span, ErrorKind::Unsupported(what)));
        }
        self.leaf(Kind::Name, name, span);
        self.operand = true;
        self.scripts()?;
        // What follows is an argument and no operator.
        self.operand = true;
        Ok(())
    }

    /// Finds the braces again that belong together, where lexemes have moved.
    fn mate_again(&mut self, places: std::ops::Range<usize>) {
        let mut open = Vec::new();
        for place in places {
            match self.source(self.lexemes[place]) {
                "{" => open.push(place),
                "}" => {
                    if let Some(first) = open.pop() {
                        self.lexemes[first].mate = place;
                        self.lexemes[place].mate = first;
                    }
                }
                _ => {}
            }
        }
    }

    /// `\log_2 x`, `\log_{a^2} x`.
    fn logarithm(&mut self, span: Span) -> Result<()> {
        self.at += 1;
        let from = self.out.count();
        let start = self.here();
        let place = self.out.open(Kind::Base, "", Span::new(start, start));
        self.single()?;
        let behind = self.behind();
        self.out.close_at(place, behind as u32);
        let whole = span.join(self.out.at(place).span);
        let number = (self.out.count() == from + 3)
            .then(|| self.out.at(from + 2))
            .filter(|token| token.kind == Kind::Number)
            .map(|token| token.text.clone());
        match number.as_deref() {
            Some(base @ ("2" | "10")) => {
                let name = if base == "2" { "log2" } else { "log10" };
                self.out.cut(from);
                self.leaf(Kind::Name, name, whole);
            }
            _ => {
                self.out.insert(from, Kind::Name, "log", span);
            }
        }
        self.operand = true;
        self.scripts()?;
        self.operand = true;
        Ok(())
    }

    /// Whether brackets begin at the next lexeme.
    pub(super) fn opens_bracket(&self) -> bool {
        let rest = self.lexemes.get(self.at..).unwrap_or_default();
        let mut rest = rest.iter().map(|lexeme| self.source(*lexeme));
        match rest.next() {
            Some("(") => true,
            Some("\\left" | "\\big" | "\\Big" | "\\bigl" | "\\Bigl" | "\\biggl") => {
                rest.next() == Some("(")
            }
            _ => false,
        }
    }
}

/// Letters that stand for a function before a bracket, as the function table writes them.
const LETTERS: [(&str, &str); 2] = [("sigma", "sigmoid"), ("Phi", "normal_cdf")];

/// The first word in a run of letters that is a function or a letter of Greek.
pub(super) fn word_in(run: &str) -> Option<(usize, &str)> {
    let is_greek = |word: &str| {
        word == "pi" || word.len() > 2 && GREEK.iter().any(|(known, _)| *known == word)
    };
    if is_greek(run) || commands::is_plain(run) {
        return Some((0, run));
    }
    (0..run.len()).find_map(|at| {
        let rest = &run[at..];
        let word = ELEMENTARY.iter().filter(|word| rest.starts_with(**word));
        Some((at, &rest[..word.map(|word| word.len()).max()?]))
    })
}

/// Functions that are found in a run of letters.
const ELEMENTARY: [&str; 20] = [
    "sin", "cos", "tan", "cot", "sec", "csc", "sinh", "cosh", "tanh", "coth", "arcsin",
    "arccos", "arctan", "arcsinh", "arccosh", "arctanh", "ln", "log", "exp", "sqrt",
];

/// A run of letters taken apart at a word.
fn apart(run: &str, at: usize, word: &str) -> String {
    let mut text = String::new();
    for c in run[..at].chars() {
        text.push(c);
        text.push(' ');
    }
    text.push_str(word);
    let rest = &run[at + word.len()..];
    if !rest.is_empty() {
        text.push(' ');
        text.push_str(rest);
    }
    text
}
