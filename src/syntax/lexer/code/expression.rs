//! Operands and operators of code, in the order in which they stand.

use super::super::super::literal;
use super::super::super::token::Kind;
use super::grammar::Rule;
use super::meaning::Meaning;
use super::{Assembler, Class, Run, detect};
use crate::error::{Error, ErrorKind, Result};
use crate::function;
use crate::kernel::{GREEK, is_letter, latin};
use crate::span::Span;
use std::borrow::Cow;

/// Signs of bits that conditions are joined by in Python, with what they are here.
const CONNECTIVES: [(&str, &str); 3] = [("&", "and"), ("|", "or"), ("~", "not")];

impl<'t> Assembler<'t, '_> {
    /// The whole formula: a derivative that is asked for, entries side by side, or a formula.
    ///
    /// # Errors
    /// The first place that cannot be read.
    pub(super) fn whole(&mut self) -> Result<()> {
        let all = self.trimmed(0..self.lexemes.len());
        if self.request(&all)? {
            return Ok(());
        }
        if self.find(&all, ",").is_none() {
            return self.expression(all);
        }
        let whole = self.out.open(Kind::Expression, "", self.place_of(&all));
        self.entries(&all, self.place_of(&all))?;
        self.out.close(whole);
        Ok(())
    }

    /// Entries between commas, as a vector.
    pub(super) fn entries(&mut self, run: &Run, span: Span) -> Result<()> {
        let vector = self.out.open(Kind::Vector, "", span);
        for part in self.parts(run) {
            self.expression(part)?;
        }
        self.out.close(vector);
        Ok(())
    }

    /// An expression with nothing behind it.
    ///
    /// # Errors
    /// The first place that cannot be read.
    pub(super) fn expression(&mut self, run: Run) -> Result<()> {
        let run = self.trimmed(run);
        let span = self.place_of(&run);
        if run.is_empty() {
            return Err(match self.lexemes.is_empty() {
                true => Error::at(span, ErrorKind::EmptyExpression),
                false => self.missing(run.end, "an operand"),
            });
        }
        self.deepen(span)?;
        let place = self.out.open(Kind::Expression, "", span);
        if !self.conditional(&run)? {
            self.items(&run)?;
        }
        self.out.close(place);
        self.depth -= 1;
        Ok(())
    }

    /// The error of something that is missing before a lexeme, or at the end.
    pub(super) fn missing(&self, place: usize, expected: &str) -> Error {
        let error = self.unexpected(place, expected);
        match self.lexemes.get(place) {
            Some(_) => error,
            None => error.help("something is missing at the end"),
        }
    }

    fn items(&mut self, run: &Run) -> Result<()> {
        let (mut place, mut operand) = (run.start, false);
        let has_conditions = self.joins_conditions(run);
        while place < run.end {
            let sign = self.source(place);
            let row = CONNECTIVES.iter().find(|row| has_conditions && row.0 == sign);
            if let Some((_, operator)) = row {
                let kind = if operand { Kind::Operator } else { Kind::Prefix };
                self.out.open(kind, *operator, self.at(place));
                (place, operand) = (place + 1, false);
                continue;
            }
            (place, operand) = self.item(place, operand)?;
        }
        match operand {
            true => Ok(()),
            false => Err(self.missing(run.end, "an operand")),
        }
    }

    /// Whether signs of bits stand between whole conditions only, each of them in brackets or
    /// a call, so that it does not matter how tight they bind.
    fn joins_conditions(&self, run: &Run) -> bool {
        if self.dialect.rule != Rule::python {
            return false;
        }
        let is_line = |place: &usize| self.lexemes[*place].class == Class::Line;
        let skipped = |place: usize| {
            (place..run.end).find(|place| !is_line(place)).unwrap_or(run.end)
        };
        let is_sign = |place: usize, list: &[&str]| {
            place < run.end && list.contains(&self.source(place))
        };
        let (mut place, mut count) = (skipped(run.start), 0);
        loop {
            if is_sign(place, &["~"]) {
                (place, count) = (skipped(place + 1), count + 1);
            }
            if place < run.end && self.lexemes[place].class == Class::Word {
                let word = self.source(place);
                let is_name = self.dialect.operator(word).is_none()
                    && self.dialect.instead(word).is_none();
                place = if is_name { place + 1 } else { run.end };
            }
            if !is_sign(place, &["("]) {
                return false;
            }
            place = skipped(self.behind(place));
            if place >= run.end {
                return count > 0;
            }
            if !is_sign(place, &["&", "|"]) {
                return false;
            }
            (place, count) = (skipped(place + 1), count + 1);
        }
    }

    /// One operand or operator; the place behind it, and whether an operand stands before it.
    fn item(&mut self, place: usize, operand: bool) -> Result<(usize, bool)> {
        let source = self.source(place);
        let span = self.at(place);
        let class = self.lexemes[place].class;
        if class == Class::Line {
            return Ok((place + 1, operand));
        }
        if class != Class::Text
            && class != Class::Number
            && let Some(operator) = self.dialect.operator(source)
            && !(operator == "not" && operand)
        {
            let is_prefix = literal::is_sum(operator) || operator == "not";
            if !operand && !is_prefix {
                return Err(self.unexpected(place, "an operand"));
            }
            let kind = if operator == "not" { Kind::Prefix } else { Kind::Operator };
            self.out.open(kind, operator, span);
            return Ok((place + 1, false));
        }
        if operand && class == Class::Sign && !matches!(source, "(" | "[" | "{") {
            return self.postfix(place);
        }
        if let Some(help) = self.dialect.instead(source) {
            return Err(self.refused(span, help));
        }
        if operand && !self.dialect.juxtaposes {
            let help = match source {
                "[" => "indices are not read; write a name such as `x0`",
                _ => "write `*` between two factors",
            };
            return Err(self.unexpected(place, "an operator").help(help));
        }
        let behind = match class {
            Class::Number => {
                self.number(source, span);
                place + 1
            }
            Class::Word => self.word(place)?,
            Class::Text if source.starts_with(['(', '/']) => {
                let start = span.start as usize;
                let what = "a comment that is never closed".to_owned();
                let at = Span::new(start, start + 2);
                return Err(Error::at(at, ErrorKind::Unsupported(what)));
            }
            Class::Text => {
                return Err(self.refused(span, "a text is no formula; write it alone"));
            }
            _ => self.bracketed(place)?,
        };
        Ok((behind, true))
    }

    /// A sign behind an operand: a factorial, primes of a function.
    fn postfix(&mut self, place: usize) -> Result<(usize, bool)> {
        let (source, span) = (self.source(place), self.at(place));
        if source == "!" && self.dialect.instead("!").is_none() {
            self.out.open(Kind::Postfix, "!", span);
            return Ok((place + 1, true));
        }
        Err(match self.dialect.instead(source) {
            Some(help) => self.refused(span, help),
            None => self.unexpected(place, "an operator or the end"),
        })
    }

    /// Brackets that begin an operand.
    fn bracketed(&mut self, place: usize) -> Result<usize> {
        let source = self.source(place);
        let close = self.lexemes[place].mate;
        let (all, inner) = (place..close + 1, self.trimmed(place + 1..close));
        let span = self.place_of(&all);
        if source == self.dialect.list {
            self.entries(&inner, span)?;
            return Ok(close + 1);
        }
        if source != "(" {
            return Err(self.unexpected(place, "an operand"));
        }
        if inner.is_empty() {
            return Err(self.missing(close, "an operand"));
        }
        if self.find(&inner, ",").is_some() && !self.dialect.modules.is_empty() {
            self.entries(&inner, span)?;
            return Ok(close + 1);
        }
        let group = self.out.open(Kind::Group, "", span);
        self.expression(inner)?;
        self.out.close(group);
        Ok(close + 1)
    }

    /// A number; one with a `j` behind it is imaginary.
    fn number(&mut self, source: &'t str, span: Span) {
        let digits = source.trim_end_matches(['j', 'J']);
        let mut text = Cow::Borrowed(digits);
        if digits.contains(['_', 'b', 'B', 'd', 'D', '^']) {
            text = digits.replace("*^", "e").replace('_', "").into();
            text = text.replace(['b', 'B', 'd', 'D'], "e").into();
        }
        if digits.len() == source.len() {
            self.out.open(Kind::Number, text, span);
            return;
        }
        let group = self.out.open(Kind::Group, "", span);
        let inner = self.out.open(Kind::Expression, "", span);
        self.out.open(Kind::Number, text, span);
        self.out.open(Kind::Operator, "*", span);
        self.unit(span);
        self.out.close(inner);
        self.out.close(group);
    }

    /// The imaginary unit.
    pub(super) fn unit(&mut self, span: Span) {
        self.out.imaginary.get_or_insert(span);
        self.out.open(Kind::Symbol, "i", span);
    }

    /// A name, or a call of one; the place behind it.
    fn word(&mut self, place: usize) -> Result<usize> {
        let primes = (place + 1..self.lexemes.len())
            .take_while(|place| self.is(*place, "'"))
            .count();
        let open = place + 1 + primes;
        let is_call = self.is(open, self.dialect.call);
        if primes > 0 && self.dialect.instead("'").is_none() {
            return self.primed(place, open, is_call);
        }
        if is_call {
            self.call(place)?;
            return Ok(self.behind(place + 1));
        }
        if let Some(index) = self.index(place + 1) {
            let behind = self.behind(place + 1);
            let name = format!("{}_{index}", self.letters(place));
            let span = self.place_of(&(place..behind));
            self.note(
                format!(
                    "`{}` is read as the name `{name}`",
                    self.typed(&(place..behind))
                ),
                span,
            );
            self.out.open(Kind::Symbol, name, span);
            return Ok(behind);
        }
        self.name(place)?;
        Ok(place + 1)
    }

    /// The whole number between the brackets at a place, where a language counts entries so.
    fn index(&self, open: usize) -> Option<&'t str> {
        let is_list = self.dialect.list == "[" && !self.dialect.modules.is_empty();
        let is_one = is_list && self.is(open, "[") && self.behind(open) == open + 3;
        let index = self.source(open + 1);
        (is_one && index.bytes().all(|b| b.is_ascii_digit())).then_some(index)
    }

    /// `f'[x]`.
    fn primed(&mut self, place: usize, open: usize, is_call: bool) -> Result<usize> {
        if !is_call {
            return Err(self.missing(open, "`[` and the argument"));
        }
        let close = self.lexemes[open].mate;
        self.out.open(Kind::Name, self.letters(place), self.at(place));
        let primes = place + 1..open;
        self.out.open(Kind::Primes, self.typed(&primes), self.place_of(&primes));
        let round = self.out.open(Kind::Round, "", self.place_of(&(open..close + 1)));
        for part in self.parts(&(open + 1..close)) {
            self.expression(part)?;
        }
        self.out.close(round);
        Ok(close + 1)
    }

    /// A name that stands alone.
    fn name(&mut self, place: usize) -> Result<()> {
        let (source, span) = (self.source(place), self.at(place));
        if (self.declared)(source) {
            self.symbol(place);
            return Ok(());
        }
        let (module, last) = self.module(place)?;
        match self.row(module, last, 0) {
            Some(Meaning::Formula(formula)) => return self.formula(formula, &[], span),
            Some(Meaning::Unit) => {
                self.unit(span);
                return Ok(());
            }
            Some(Meaning::Refused(help)) => return Err(self.refused(span, help)),
            _ => {}
        }
        let is_function = || {
            (1..=4).any(|count| self.meaning(module, last, count).is_some())
                || function::is_name(&latin(last))
        };
        if module.is_some() || last.len() > 1 && !is_letter(last) && is_function() {
            let kind = match module.is_some() && !is_function() {
                true => ErrorKind::UnknownFunction(source.to_owned()),
                false => ErrorKind::MissingArgument(source.to_owned()),
            };
            let close = self.pair_of_call();
            let help = format!("write `{source}{}x{close}`", self.dialect.call);
            return Err(Error::at(span, kind).help(help));
        }
        if let Some((_, there)) = self.dialect.numbers.iter().find(|row| row.0 == last) {
            let language = self.dialect.name;
            self.note(
                format!("`{last}` is read as the number {last}; in {language} that is `{there}`"),
                span,
            );
        }
        if last == "i" {
            self.out.letter_i.get_or_insert(span);
        }
        if self.is(place + 1, "(") && self.at(place + 1).start == span.end {
            let message = format!("`{last}(…)` is read as the product `{last}*(…)`");
            self.note(message, span);
        }
        self.symbol(place);
        Ok(())
    }

    /// What closes a call.
    pub(super) fn pair_of_call(&self) -> &'static str {
        if self.dialect.call == "(" { ")" } else { "]" }
    }

    fn symbol(&mut self, place: usize) {
        self.out.open(Kind::Symbol, self.letters(place), self.at(place));
    }

    /// Whether a word is one of the language, so that people write a variable of this name with
    /// a `_` behind it, as `lambda_`. What is a number here too stays one.
    fn is_taken(&self, name: &str) -> bool {
        let dialect = self.dialect;
        let is_number = matches!(name, "" | "e" | "pi" | "i");
        let is_module = || dialect.modules.iter().any(|row| row.0 == name);
        let is_known = || (0..=4).any(|count| self.meaning(None, name, count).is_some());
        let is_plain = dialect.call == "(" && !is_number;
        is_plain && (detect::is_reserved(dialect, name) || is_module() || is_known())
    }

    /// A word as it is spelled here: `\[Alpha]` is α.
    pub(super) fn letters(&self, place: usize) -> Cow<'t, str> {
        let source = self.source(place);
        if let Some(name) = source.strip_suffix('_').filter(|name| self.is_taken(name)) {
            return name.into();
        }
        if !source.contains('\\') {
            return source.into();
        }
        let mut text = source.to_owned();
        for (word, letter) in GREEK {
            let mut capital = word.to_owned();
            if let Some(first) = capital.get_mut(..1) {
                first.make_ascii_uppercase();
            }
            let is_capital = word.starts_with(|c: char| c.is_ascii_uppercase());
            let spelled = match is_capital {
                true => format!("\\[Capital{word}]"),
                false => format!("\\[{capital}]"),
            };
            text = text.replace(&spelled, letter.encode_utf8(&mut [0; 4]));
        }
        text.replace("\\[", "").replace(']', "").into()
    }
}
