//! Brackets of every kind and size.

use super::super::super::token::Kind;
use super::commands::Meaning;
use super::expression::Stop;
use super::grammar::Rule;
use super::{Assembler, Lexeme};
use crate::error::{Error, ErrorKind, Result};
use crate::span::Span;

/// What `\left` may open, with what `\right` closes it and the function it stands for.
const PAIRS: [(&str, &str, &str); 14] = [
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
    ("\\langle", "\\rangle", ""),
    ("\\lfloor", "\\rfloor", "floor"),
    ("\\lceil", "\\rceil", "ceil"),
];

/// What to do instead of a bar with a point below it.
const VALUE: &str =
    "values are asked for by `calcgrad eval … --at x=3`, or put the number in";

/// The bars of a norm.
const NORMS: [&str; 3] = ["\\|", "\\lVert", "\\Vert"];

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
        let round = self.source(open) == "(" || self.follows_function();
        let sized = [close[0], "\\right"];
        let token = self.list(start, &sized, round)?;
        if let Some(right) = self.take("\\right") {
            if self.peek().is_none_or(|lexeme| !close.contains(&self.source(lexeme))) {
                self.at -= 1;
                return Err(self.unclosed(open));
            }
            self.note_sizes(open, right);
        } else if self.peek().is_none_or(|lexeme| !close.contains(&self.source(lexeme))) {
            return Err(self.unclosed(open));
        }
        self.at += 1;
        self.out.close_at(token, self.behind() as u32);
        self.operand = true;
        Ok(())
    }

    /// `\left( x)` and `( x\right)` are brackets all the same.
    fn note_sizes(&mut self, open: Lexeme, close: Lexeme) {
        let (open, last) = (self.source(open), self.source(close));
        let message = match last {
            "\\right" => format!("`{open}` is closed by a bracket behind `\\right`"),
            _ => format!("`\\left{open}` is closed by `{last}` alone"),
        };
        self.note(message, self.span(close));
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
        if self.braced_cases(left)? {
            return Ok(());
        }
        let Some(open) = self.peek() else { return Err(self.missing("a bracket")) };
        let source = self.source(open);
        let row = PAIRS.iter().find(|row| row.0 == source);
        let Some((_, close, function)) = row else {
            let is_value = open.rule == Rule::number && source.starts_with('.');
            return match self.meaning_of(open) {
                Some(Meaning::Refused(help)) => Err(self.refused(open, help)),
                _ if is_value => Err(self.value_at(left)),
                _ => Err(self.unexpected(open, "a bracket behind `\\left`")),
            };
        };
        self.at += 1;
        let start = self.span(left).start;
        let token = match *function {
            "" => {
                let is_call = source == "(" || self.follows_function();
                self.list(start, &["\\right", *close], is_call)?
            }
            name => self.inside(name, left, &["\\right"])?,
        };
        if function.is_empty()
            && let Some(end) = self.take(close)
        {
            self.note_sizes(open, end);
            self.out.close_at(token, self.behind() as u32);
            return self.scripts();
        }
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
            return Err(self.value_at(end));
        }
        if found != *close {
            return Err(self.unexpected(end, &format!("`{close}`")));
        }
        self.at += 1;
        self.which_norm(token)?;
        self.out.close_at(token, self.behind() as u32);
        if source == "\\langle" {
            self.angled(token, left)?;
        }
        self.scripts()
    }

    /// `\langle x, y \rangle` is an inner product where shapes are declared, else a vector;
    /// `\langle x \rangle` is an average.
    fn angled(&mut self, token: usize, open: Lexeme) -> Result<()> {
        if self.out.at(token).kind != Kind::Vector {
            let help = "write an inner product as `\\langle x, y \\rangle`, with vectors that are declared by --given";
            return Err(self.refused(open, help));
        }
        if self.is_shaped {
            self.out.become_kind(token, Kind::Apply);
            self.out.rename(token, "dot");
        }
        Ok(())
    }

    /// `\left.2x\right|_{x=3}` is a number.
    fn value_at(&self, sign: Lexeme) -> Error {
        let what = "a value at a point".to_owned();
        Error::at(self.span(sign), ErrorKind::Unsupported(what)).help(VALUE)
    }

    /// The `_2` behind the bars of a norm.
    fn which_norm(&mut self, token: usize) -> Result<()> {
        if !self.is_norm(token) || self.next_source() != "_" {
            return Ok(());
        }
        let start = self.here();
        let index = self.index()?;
        if self.out.at(token).kind == Kind::Norm {
            self.leaf(Kind::Index, format!("_{index}"), Span::new(start, self.behind()));
        }
        Ok(())
    }

    /// Whether a token stands for bars of a norm; that of a number is its absolute value.
    fn is_norm(&self, token: usize) -> bool {
        let token = self.out.at(token);
        let typed = &self.text[token.span.start as usize - self.offset..];
        token.kind == Kind::Norm
            || token.text == "abs"
                && NORMS.iter().any(|bars| {
                    typed
                        .strip_prefix("\\left")
                        .unwrap_or(typed)
                        .trim_start()
                        .starts_with(bars)
                })
    }

    /// `|x|`: a bar closes where an operand stands before it.
    pub(super) fn bars(&mut self, open: Lexeme) -> Result<()> {
        self.at += 1;
        if self.operand && self.next_source() == "_" {
            return Err(self.value_at(open));
        }
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
        if self.operand && function == "abs" && self.next_source() == "_" {
            return Err(self.value_at(open));
        }
        let commands: Vec<String> =
            close.iter().map(|name| format!("\\{name}")).collect();
        let commands: Vec<&str> = commands.iter().map(String::as_str).collect();
        let token = match function {
            "" => {
                let is_call = self.follows_function();
                self.list(self.span(open).start, &commands, is_call)?
            }
            name => self.inside(name, open, &commands)?,
        };
        if self.peek().is_none_or(|lexeme| !commands.contains(&self.source(lexeme))) {
            return Err(self.unclosed(open));
        }
        self.at += 1;
        self.which_norm(token)?;
        self.out.close_at(token, self.behind() as u32);
        if self.source(open) == "\\langle" {
            self.angled(token, open)?;
        }
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
