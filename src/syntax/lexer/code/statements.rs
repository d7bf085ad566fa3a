//! The statements of Python: lines, `def` and `return`, `lambda`, assignments, imports.
//!
//! Invariant: a name is not read before it is assigned, so that definitions in any order mean
//! what statements one after the other do.

use super::dialect::Layout;
use super::sympy::SYMPY;
use super::{Assembler, Class, Run, Statement};
use crate::error::{Error, ErrorKind, Result};
use crate::function;
use crate::span::Span;
use crate::syntax::limits::blank;

/// Words that begin statements which are no formulas.
const OTHERS: [&str; 20] = [
    "if", "elif", "else", "for", "while", "with", "try", "except", "finally", "class",
    "global", "nonlocal", "assert", "raise", "del", "pass", "async", "await", "yield",
    "match",
];
/// Functions that only show a value.
const SHOWING: [&str; 2] = ["print", "display"];

/// A function whose `return` was not found yet.
struct Open {
    /// Its name and its parameters.
    head: Run,
    /// How many statements stood before it.
    before: usize,
}

impl Assembler<'_, '_> {
    /// The statements of a program.
    ///
    /// # Errors
    /// What is no definition and no formula.
    pub(super) fn statements(&self) -> Result<Vec<Statement>> {
        let statements = match self.dialect.layout {
            Layout::Lines => self.lines()?,
            _ => self.script()?,
        };
        self.refuse_shadows(&statements)?;
        Ok(statements)
    }

    fn lines(&self) -> Result<Vec<Statement>> {
        let mut found = Vec::new();
        let mut open: Option<Open> = None;
        let mut is_closed = false;
        for line in self.split(&[";"], true) {
            let mut line = line;
            let is_docstring =
                line.len() == 1 && self.lexemes[line.start].class == Class::Text;
            if is_docstring || self.is_import(&line)? || self.is_symbols(&line)? {
                continue;
            }
            if let Some(last) = found.last_mut().filter(|_| open.is_none())
                && self.shows(&line)
            {
                let last: &mut Statement = last;
                last.left_out = last.left_out.or(Some(self.place_of(&line)));
                continue;
            }
            if is_closed {
                return Err(self.refused(
                    self.place_of(&line),
                    "a function of several statements is the last of a program",
                ));
            }
            if self.source(line.start) == "def" {
                if open.is_some() {
                    return Err(self.refused(
                        self.place_of(&line),
                        "write one function after the other",
                    ));
                }
                let (head, rest) = self.header(&line)?;
                open = Some(Open { head, before: found.len() });
                line = rest;
                if line.is_empty() {
                    continue;
                }
                if self.lexemes[line.start].class == Class::Text && line.len() == 1 {
                    continue;
                }
            }
            if self.source(line.start) != "return" || !self.is_word(line.start) {
                found.push(self.line(&line)?);
                continue;
            }
            let body = line.start + 1..line.end;
            if body.is_empty() {
                return Err(self.missing(body.start, "what is returned"));
            }
            let Some(function) = open.take() else {
                found.push(self.bare(&body));
                is_closed = true;
                continue;
            };
            let has_own = found.len() > function.before;
            let head = match has_own {
                // Its own statements are those of the program, in its parameters.
                true => {
                    self.refuse_parameters(&function.head, &found[..function.before])?;
                    function.head.start..function.head.start + 1
                }
                false => function.head,
            };
            is_closed = has_own;
            found.push(self.definition(head, line.start, &body));
        }
        match open {
            None => Ok(found),
            Some(function) => {
                Err(self.missing(self.lexemes.len(), "`return` and a value").help(
                    format!("`{}` returns no value", self.source(function.head.start)),
                ))
            }
        }
    }

    /// The name and the parameters of a function, and what stands behind the colon.
    fn header(&self, line: &Run) -> Result<(Run, Run)> {
        let (name, open) = (line.start + 1, line.start + 2);
        if !self.is_word(name) || !self.is(open, "(") {
            return Err(self.missing(name, "a name and its parameters"));
        }
        let behind = self.behind(open);
        let rest = behind..line.end;
        let Some(colon) = self.find(&rest, ":") else {
            return Err(self.missing(line.end, "`:` behind the parameters"));
        };
        Ok((name..colon, colon + 1..line.end))
    }

    /// Whether a line only shows a value.
    fn shows(&self, line: &Run) -> bool {
        SHOWING.contains(&self.source(line.start)) && self.is(line.start + 1, "(")
    }

    /// An assignment, or a formula alone.
    fn line(&self, line: &Run) -> Result<Statement> {
        let first = self.source(line.start);
        let is_other = self.is_word(line.start) && OTHERS.contains(&first);
        if is_other || self.is(line.start, "@") {
            let end = line.end.min(line.start + 2);
            return Err(self.refused(
                self.place_of(&(line.start..end)),
                "write the formula in one expression, as `a if c else b`",
            ));
        }
        if self.shows(line) {
            return Err(self.refused(self.at(line.start), "write the formula alone"));
        }
        if first == "lambda" {
            let (parameters, body) = self.lambda(line)?;
            self.refuse_numbers(&parameters)?;
            return Ok(self.bare(&body));
        }
        let Some(sign) = self.assignment(line)? else { return Ok(self.bare(line)) };
        let name = line.start;
        let is_typed = self.is(name + 1, ":") && sign > name + 1;
        if !self.is_word(name) || !(sign == name + 1 || is_typed) {
            return Err(self.refused(
                self.place_of(&(name..sign + 1)),
                "assign to one name, as `u = x**2`",
            ));
        }
        let body = sign + 1..line.end;
        if body.is_empty() {
            return Err(self.missing(body.start, "a value"));
        }
        if self.source(body.start) == "lambda" {
            return self.named_lambda(name, &body);
        }
        Ok(self.definition(name..name + 1, sign, &body))
    }

    /// `f = lambda x: …`.
    fn named_lambda(&self, name: usize, body: &Run) -> Result<Statement> {
        let (parameters, inner) = self.lambda(body)?;
        let mut statement = self.definition(name..name + 1, inner.start - 1, &inner);
        statement.parameters = Some(self.place_of(&parameters));
        Ok(statement)
    }

    /// The parameters and the body of a function without a name.
    fn lambda(&self, run: &Run) -> Result<(Run, Run)> {
        let Some(colon) = self.find(run, ":") else {
            return Err(self.missing(run.end, "`:` behind the parameters"));
        };
        let body = colon + 1..run.end;
        if body.is_empty() {
            return Err(self.missing(body.start, "a value"));
        }
        Ok((run.start + 1..colon, body))
    }

    /// The sign of an assignment; others than `=` are refused.
    fn assignment(&self, line: &Run) -> Result<Option<usize>> {
        let mut place = line.start;
        let mut found = None;
        while place < line.end {
            let source = self.source(place);
            if self.lexemes[place].class == Class::Sign && source.ends_with('=') {
                match source {
                    "=" if found.is_none() => found = Some(place),
                    "==" | "<=" | ">=" | "!=" => {}
                    _ => {
                        return Err(self.refused(
                            self.at(place),
                            "assign each name once, as `u = x**2`",
                        ));
                    }
                }
            }
            place = self.behind(place);
        }
        Ok(found)
    }

    /// Whether a line only names modules that are known.
    fn is_import(&self, line: &Run) -> Result<bool> {
        let is_from = self.source(line.start) == "from";
        if !is_from && self.source(line.start) != "import" {
            return Ok(false);
        }
        let refuse = |place: usize| {
            self.refused(
                self.at(place),
                "modules have their usual names, as `import numpy as np`",
            )
        };
        if is_from {
            let module = self.source(line.start + 1);
            let is_known = self.known_module(module).is_some()
                || matches!(module, "scipy" | "torch.nn" | "jax" | "torch");
            if !is_known {
                return Err(refuse(line.start + 1));
            }
            return self.refuse_renamed(line).map(|()| true);
        }
        for part in self.parts(&(line.start + 1..line.end)) {
            let name = self.source(part.end - 1);
            let is_known =
                self.known_module(name).is_some() || matches!(name, "scipy" | "jax");
            if !is_known || self.is_renamed(&part) {
                return Err(refuse(part.start));
            }
        }
        Ok(true)
    }

    /// Whether a line says which names are symbols: `x, y = symbols('x y')`.
    fn is_symbols(&self, line: &Run) -> Result<bool> {
        let Some(equals) = self.find(line, "=") else { return Ok(false) };
        let call = self.source(equals + 1).rsplit('.').next().unwrap_or_default();
        if self.dialect.name != SYMPY.name
            || !matches!(call, "symbols" | "Symbol" | "var")
        {
            return Ok(false);
        }
        let typed = self.typed(&(equals + 3..equals + 4));
        let quotes = |c: char| matches!(c, '\'' | '"');
        let said =
            typed.trim_matches(quotes).split([' ', ',']).filter(|name| !name.is_empty());
        let names = self.parts(&(line.start..equals));
        let names = names.iter().map(|part| self.typed(part).trim());
        // Variables are real here.
        let options: String =
            self.typed(&(equals + 4..line.end)).split_whitespace().collect();
        match said.eq(names) && matches!(&*options, ")" | ",real=True)") {
            true => Ok(true),
            false => Err(self.refused(
                self.place_of(line),
                "symbols are real and have their own names; write the formula alone, and what is assumed with --assume",
            )),
        }
    }

    /// Whether `numpy as math` gives a module the name of another.
    fn is_renamed(&self, part: &Run) -> bool {
        let (first, last) = (self.source(part.start), self.source(part.end - 1));
        part.len() > 1 && self.known_module(first) != self.known_module(last)
    }

    /// Refuses `from math import log as ln`.
    fn refuse_renamed(&self, line: &Run) -> Result<()> {
        match self.find(line, "as") {
            Some(place) if self.known_module(self.source(place + 1)).is_none() => {
                Err(self.refused(
                    self.place_of(&(place - 1..line.end)),
                    "import functions under their own names",
                ))
            }
            _ => Ok(()),
        }
    }

    /// A formula alone.
    pub(super) fn bare(&self, run: &Run) -> Statement {
        Statement { span: self.place_of(run), ..blank() }
    }

    /// A definition: what it defines, the sign before its body, the body.
    pub(super) fn definition(&self, head: Run, sign: usize, body: &Run) -> Statement {
        let at = self.place_of(&head);
        let span = match self.at(sign).start > at.start {
            true => at.join(self.place_of(body)),
            false => self.place_of(body),
        };
        let equals = Some(self.at(sign).end as usize - 1);
        Statement { span, head: Some(at), equals, ..blank() }
    }

    /// What stands between signs, and between the ends of lines, outside of brackets.
    pub(super) fn split(&self, signs: &[&str], by_line: bool) -> Vec<Run> {
        let (mut found, mut start, mut place) = (Vec::new(), 0, 0);
        while place < self.lexemes.len() {
            let is_end = match self.lexemes[place].class {
                Class::Line => by_line,
                Class::Sign => signs.contains(&self.source(place)),
                _ => false,
            };
            if is_end {
                found.push(self.trimmed(start..place));
                start = place + 1;
            }
            place = self.behind(place);
        }
        found.push(self.trimmed(start..self.lexemes.len()));
        found.retain(|run| !run.is_empty());
        found
    }

    /// Parameters with names of numbers would be those numbers.
    fn refuse_numbers(&self, parameters: &Run) -> Result<()> {
        let numbers = ["e", "pi", "i"];
        match parameters.clone().find(|place| numbers.contains(&self.source(*place))) {
            Some(place) => {
                Err(self.refused(self.at(place), "give the parameter another name"))
            }
            None => Ok(()),
        }
    }

    /// Parameters of a function with statements of its own are no names of the program.
    fn refuse_parameters(&self, head: &Run, before: &[Statement]) -> Result<()> {
        self.refuse_numbers(head)?;
        for place in head.start + 2..head.end {
            let is_same = |statement: &Statement| {
                statement.head.is_some_and(|at| self.first_word(at) == self.source(place))
            };
            if self.is_word(place) && before.iter().any(is_same) {
                let name = self.source(place).to_owned();
                let kind = ErrorKind::DuplicateDefinition(name);
                return Err(Error::at(self.at(place), kind));
            }
        }
        Ok(())
    }

    /// The word with which a place begins.
    fn first_word(&self, at: Span) -> &str {
        let rest = &self.text[at.start as usize..at.end as usize];
        rest.split(['(', '[', ' ']).next().unwrap_or(rest)
    }

    /// Refuses names that mean two things: read before they are assigned, or parameters of a
    /// function that nobody calls and names of the program too.
    fn refuse_shadows(&self, statements: &[Statement]) -> Result<()> {
        if statements.len() < 2 {
            return Ok(());
        }
        for (place, statement) in statements.iter().enumerate() {
            let Some(head) = statement.head else { continue };
            let name = self.first_word(head);
            let is_function = self.has_parameters(statement);
            if function::is_name(name) && !is_function {
                let what = format!("`{name}` is a function, and no name of a program");
                return Err(Error::at(head, ErrorKind::Unsupported(what))
                    .help("it is the name of a function; give it another one"));
            }
            let is_here = |one: &super::Lexeme, span: Span| {
                (span.start as usize) <= one.start && one.end <= span.end as usize
            };
            let is_name = |one: &&super::Lexeme| {
                one.class == Class::Word && &self.text[one.start..one.end] == name
            };
            let mut same = self.lexemes.iter().filter(is_name);
            let earlier = &statements[..place];
            let is_second = earlier
                .iter()
                .any(|s| s.head.is_some_and(|at| self.first_word(at) == name));
            if self.is_immediate(statement) && !is_function && !is_second {
                let is_early = |one: &super::Lexeme| {
                    earlier.iter().any(|s| {
                        is_here(one, s.span) || s.head.is_some_and(|h| is_here(one, h))
                    })
                };
                if let Some(early) = same.clone().find(|one| is_early(one)) {
                    let at = Span::new(early.start, early.end);
                    let what = format!("`{name}` is used before it is assigned");
                    return Err(Error::at(at, ErrorKind::Unsupported(what))
                        .help("give what is assigned another name"));
                }
            }
            if is_function && same.by_ref().count() == 1 {
                self.refuse_free_parameters(statement, statements)?;
            }
        }
        Ok(())
    }

    /// Whether a definition takes what its names are where it stands.
    fn is_immediate(&self, statement: &Statement) -> bool {
        let sign = statement.equals.map_or("", |at| &self.text[..=at]);
        !sign.ends_with(":=")
    }

    fn has_parameters(&self, statement: &Statement) -> bool {
        let has_brackets =
            |at: Span| self.text[at.start as usize..at.end as usize].contains(['(', '[']);
        statement.parameters.is_some() || statement.head.is_some_and(has_brackets)
    }

    /// The parameters of a function that nobody calls are its own.
    fn refuse_free_parameters(
        &self,
        function: &Statement,
        statements: &[Statement],
    ) -> Result<()> {
        let Some(head) = function.parameters.or(function.head) else { return Ok(()) };
        let inside = self.lexemes.iter().filter(|one| {
            one.class == Class::Word
                && head.start as usize <= one.start
                && one.end <= head.end as usize
        });
        for one in inside {
            let word = &self.text[one.start..one.end];
            let is_same = |other: &Statement| {
                other.head.is_some_and(|at| {
                    at.start != function.head.unwrap_or(at).start
                        && self.first_word(at) == word
                })
            };
            if statements.iter().any(is_same) {
                let at = Span::new(one.start, one.end);
                let kind = ErrorKind::DuplicateDefinition(word.to_owned());
                return Err(Error::at(at, kind)
                    .help("a parameter and a name of the program have two names"));
            }
        }
        Ok(())
    }
}
