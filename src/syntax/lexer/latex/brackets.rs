//! Brackets of every kind and size.

use super::super::super::token::Kind;
use super::commands::Meaning;
use super::expression::Stop;
use super::grammar::Rule;
use super::{Assembler, Lexeme};
use crate::error::{Error, ErrorKind, Result};
use crate::span::Span;

/// What `\left` may open, with what `\right` closes it and the function it stands for.
const PAIRS: [(&str, &str, &str); 13] = [
    ("(", ")", ""),
    ("[", "]", ""),
    ("\\{", "\\}", ""),
    ("\\lbrace", "\\rbrace", ""),
    ("\\lbrack", "\\rbrack", ""),
    (".", ".", ""),
    ("|", "|", "abs"),
    ("\\vert", "\\vert", "abs"),
    ("\\lvert", "\\rvert", "abs"),
    ("\\|", "\\|", "norm"),
    ("\\lVert", "\\rVert", "norm"),
    ("\\lfloor", "\\rfloor", "floor"),
    ("\\lceil", "\\rceil", "ceil"),
];

/// How far bars are looked for that may belong together.
const NEAR: usize = 200;

impl Assembler<'_, '_> {
    /// Brackets with what stands behind them.
    pub(super) fn bracket(&mut self, open: Lexeme, close: &[&str]) -> Result<()> {
        self.bracket_alone(open, close)?;
        self.scripts()
    }

    /// `( )` or `[ ]` with one expression or several.
    pub(super) fn bracket_alone(&mut self, open: Lexeme, close: &[&str]) -> Result<()> {
        let start = self.span(open).start;
        self.at += 1;
        let round = self.source(open) == "(";
        let token = self.list(start, close, round)?;
        if self.peek().is_none_or(|lexeme| !close.contains(&self.source(lexeme))) {
            return Err(self.unclosed(open));
        }
        self.at += 1;
        self.out.close_at(token, self.behind() as u32);
        self.operand = true;
        Ok(())
    }

    fn unclosed(&self, open: Lexeme) -> Error {
        let source = self.source(open);
        let sign = source.chars().find(|c| "([{|".contains(*c));
        let kind = match sign {
            Some(sign) => ErrorKind::UnclosedBracket(sign),
            None => ErrorKind::UnexpectedToken {
                found: source.to_owned(),
                expected: "a bracket that is closed".into(),
            },
        };
        let error = Error::at(self.span(open), kind);
        match self.peek() {
            Some(lexeme) => {
                let found = self.source(lexeme);
                error.help(format!("`{found}` stands where it should be closed"))
            }
            None => error.help("it is not closed"),
        }
    }

    /// The expressions in brackets; the token stays open.
    fn list(&mut self, start: u32, close: &[&str], round: bool) -> Result<usize> {
        let at = Span { start, end: start };
        let is_call = self.operand && round;
        let token = self.out.open(Kind::Group, "", at);
        let mut count = 0;
        if !(is_call && close.contains(&self.next_source())) {
            loop {
                self.expression(Stop { close, in_list: true, in_cell: false })?;
                count += 1;
                if !is_call && self.next_source() == "\\middle" {
                    return Err(self.missing("a bracket"));
                }
                if self.take("\\middle").is_some() {
                    self.at += 1;
                } else if self.take(",").or_else(|| self.take(";")).is_none() {
                    break;
                }
            }
        }
        let kind = match count {
            _ if is_call => Kind::Round,
            1 => Kind::Group,
            _ => Kind::Vector,
        };
        self.out.become_kind(token, kind);
        Ok(token)
    }

    /// `\left( … \right)`.
    pub(super) fn left(&mut self, left: Lexeme) -> Result<()> {
        self.at += 1;
        let Some(open) = self.peek() else { return Err(self.missing("a bracket")) };
        let source = self.source(open);
        let row = PAIRS.iter().find(|row| row.0 == source);
        let Some((_, close, function)) = row else {
            return match self.meaning_of(open) {
                Some(Meaning::Refused(help)) => Err(self.refused(open, help)),
                _ => Err(self.unexpected(open, "a bracket behind `\\left`")),
            };
        };
        self.at += 1;
        let start = self.span(left).start;
        let token = match *function {
            "" => self.list(start, &["\\right"], source == "(")?,
            name => self.inside(name, left, &["\\right"])?,
        };
        if self.take("\\right").is_none() {
            return Err(match self.peek() {
                None => Error::at(
                    self.span(left).join(self.span(open)),
                    ErrorKind::UnexpectedToken {
                        found: format!("\\left{source}"),
                        expected: format!("`\\right{close}` for it"),
                    },
                ),
                Some(lexeme) => self.stray(lexeme),
            });
        }
        let Some(end) = self.peek() else { return Err(self.missing("a bracket")) };
        let found = self.source(end);
        if source == "." && found == "|" {
            return Err(self.refused(end, "write the value with eval, or put it in"));
        }
        if found != *close {
            return Err(self.unexpected(end, &format!("`{close}`")));
        }
        self.at += 1;
        self.out.close_at(token, self.behind() as u32);
        self.scripts()
    }

    /// `|x|`: a bar closes where an operand stands before it.
    pub(super) fn bars(&mut self, open: Lexeme) -> Result<()> {
        self.at += 1;
        let token = self.inside("abs", open, &["|"])?;
        self.take("|").ok_or_else(|| self.unclosed(open))?;
        self.refuse_ambiguous_bars()?;
        self.out.close_at(token, self.behind() as u32);
        self.scripts()
    }

    /// In `|a|b|c|` nobody knows which bars belong together.
    fn refuse_ambiguous_bars(&self) -> Result<()> {
        let begins = |lexeme: Lexeme| {
            matches!(lexeme.rule, Rule::letter | Rule::number)
                || matches!(self.source(lexeme), "(" | "{" | "[")
        };
        let Some(next) = self.peek().filter(|lexeme| begins(*lexeme)) else {
            return Ok(());
        };
        let rest = self.lexemes[self.at..].iter().take(NEAR);
        let bar = rest.map(|lexeme| self.source(*lexeme)).position(|text| text == "|");
        let Some(place) = bar else { return Ok(()) };
        let before = self.lexemes[self.at + place - 1];
        match matches!(self.source(before), "+" | "-" | "*" | "/" | "=" | "(" | "{" | ",")
            || before.rule == Rule::command
        {
            true => Ok(()),
            false => Err(self
                .unexpected(next, "an operator behind the bar")
                .help("write `\\lvert … \\rvert` where bars stand in bars")),
        }
    }

    /// `\lfloor x \rfloor` and the like.
    pub(super) fn named_bracket(
        &mut self,
        open: Lexeme,
        function: &'static str,
        close: &[&str],
    ) -> Result<()> {
        self.at += 1;
        let commands: Vec<String> =
            close.iter().map(|name| format!("\\{name}")).collect();
        let commands: Vec<&str> = commands.iter().map(String::as_str).collect();
        let token = match function {
            "" => self.list(self.span(open).start, &commands, false)?,
            name => self.inside(name, open, &commands)?,
        };
        if self.peek().is_none_or(|lexeme| !commands.contains(&self.source(lexeme))) {
            return Err(self.unclosed(open));
        }
        self.at += 1;
        self.out.close_at(token, self.behind() as u32);
        self.scripts()
    }

    /// One expression as the argument of a function; the token stays open.
    fn inside(
        &mut self,
        function: &'static str,
        open: Lexeme,
        close: &[&str],
    ) -> Result<usize> {
        if function == "norm" && self.is_shaped {
            let token = self.out.open(Kind::Norm, "", self.span(open));
            self.expression(Stop { close, ..Stop::END })?;
            return Ok(token);
        }
        let name = match function {
            "norm" => {
                let message = "the norm of a number is its absolute value; vectors are declared by --given";
                self.note(message.to_owned(), self.span(open));
                "abs"
            }
            name => name,
        };
        let token = self.out.open(Kind::Apply, name, self.span(open));
        self.expression(Stop { close, ..Stop::END })?;
        Ok(token)
    }
}
