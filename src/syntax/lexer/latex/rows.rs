//! Functions as calcgrad writes them in LaTeX, read back from the same rows:
//! `\operatorname{J}_{n}\left(x\right)`.

use super::super::super::token::Kind;
use super::expression::Stop;
use super::{Assembler, Lexeme};
use crate::error::{Error, ErrorKind, Result};
use crate::function;
use crate::span::Span;
use rustc_hash::FxHashMap;
use std::sync::LazyLock;

/// How a row is written: which arguments stand below, above and in brackets.
#[derive(Debug)]
pub(super) struct Pattern {
    pub(super) name: &'static str,
    below: Vec<usize>,
    above: Above,
    inside: Vec<usize>,
}

/// What stands above the line.
#[derive(Debug, PartialEq, Eq)]
enum Above {
    Nothing,
    Prime,
    Arguments(Vec<usize>),
    Digit(&'static str),
}

/// The rows whose name is written upright, by what stands in `\operatorname{…}`.
pub(super) static ROWS: LazyLock<FxHashMap<&'static str, Vec<Pattern>>> =
    LazyLock::new(|| {
        let mut rows: FxHashMap<&str, Vec<Pattern>> = FxHashMap::default();
        for (_, row) in function::rows() {
            if let Some((base, pattern)) = pattern(row.latex, row.name) {
                rows.entry(base).or_default().push(pattern);
            }
        }
        rows
    });

fn pattern(latex: &'static str, name: &'static str) -> Option<(&'static str, Pattern)> {
    let (base, mut rest) = latex.strip_prefix("\\operatorname{")?.split_once('}')?;
    let mut found =
        Pattern { name, below: Vec::new(), above: Above::Nothing, inside: Vec::new() };
    if let Some(below) = rest.strip_prefix("_{") {
        let (list, behind) = below.split_once('}')?;
        found.below = places(list);
        rest = behind;
    }
    if let Some(above) = rest.strip_prefix("^{") {
        let (list, behind) = above.split_once('}')?;
        found.above = match (list, places(list)) {
            ("\\prime", _) => Above::Prime,
            ("-1", _) => return None,
            (_, places) if !places.is_empty() => Above::Arguments(places),
            (digit, _) => Above::Digit(digit.trim_matches(|c: char| !c.is_ascii_digit())),
        };
        rest = behind;
    }
    found.inside = places(rest);
    Some((base, found))
}

/// The numbers of the arguments in a part of a template, from 0.
fn places(text: &str) -> Vec<usize> {
    let digits =
        text.split('#').skip(1).filter_map(|part| part.chars().next()?.to_digit(10));
    digits.map(|digit| digit as usize - 1).collect()
}

impl Assembler<'_, '_> {
    /// A function with arguments below, above and in brackets, as one of `rows` writes it.
    pub(super) fn applied(&mut self, rows: &'static [Pattern], span: Span) -> Result<()> {
        let token = self.out.open(Kind::Apply, "", span);
        let mut ranges: Vec<usize> = vec![self.out.count()];
        let mut below = 0;
        if self.take("_").is_some() {
            below = self.script_list(&mut ranges)?;
        }
        let (mut above, mut prime, mut digit) = (0, false, "");
        if self.next_source() == "^" {
            let before = self.at;
            self.at += 1;
            if let Some(sign) = self.raised_sign() {
                prime = sign == "'";
            } else if self.opens_list() {
                let start = self.out.count();
                above = self.script_list(&mut ranges)?;
                let last = self.out.at(self.out.count() - 1);
                if above == 1
                    && self.out.count() == start + 2
                    && last.kind == Kind::Number
                {
                    digit = if last.text == "1" { "1" } else { "2" };
                }
            } else {
                self.at = before;
            }
        }
        let mut inside = 0;
        let with_bracket =
            rows.iter().any(|row| !row.inside.is_empty() || row.below.is_empty());
        if with_bracket && self.opens_bracket() {
            self.skip_size();
            inside = self.bracket_list(&mut ranges)?;
        }
        let takes = |row: &Pattern| function::lookup(row.name, inside).is_some();
        let fits = |row: &&Pattern| {
            row.below.len() == below
                && match &row.above {
                    Above::Nothing => above == 0 && !prime,
                    Above::Prime => prime,
                    Above::Arguments(list) => list.len() == above,
                    Above::Digit(wanted) => *wanted == digit,
                }
                && (row.inside.len() == inside
                    || row.inside.is_empty() && row.below.is_empty() && takes(row))
        };
        let Some(row) = rows.iter().find(fits) else {
            let what = "these arguments of a special function".to_owned();
            return Err(Error::at(
                Span { end: self.behind() as u32, ..span },
                ErrorKind::Unsupported(what),
            ));
        };
        let above_places = match &row.above {
            Above::Arguments(list) => &list[..],
            _ => &[],
        };
        let mut order: Vec<usize> = Vec::new();
        let first_inside = below + above;
        if row.inside.is_empty() {
            order.extend(first_inside..first_inside + inside);
        } else {
            let written: Vec<usize> = row
                .below
                .iter()
                .copied()
                .chain(above_places.iter().copied())
                .chain(row.inside.iter().copied())
                .collect();
            let dropped = above - above_places.len();
            for argument in 0..written.len() {
                let place = written.iter().position(|place| *place == argument);
                let place = place.unwrap_or(argument);
                let is_behind = place >= below + above_places.len();
                order.push(place + if is_behind { dropped } else { 0 });
            }
        }
        if row.inside.is_empty() && !row.below.is_empty() {
            order = (0..below).collect();
        }
        self.out.rename(token, row.name);
        self.out.arrange(&ranges, &order);
        self.out.close_at(token, self.behind() as u32);
        self.operand = true;
        self.scripts()
    }

    /// Whether something stands behind the name that is no plain bracket or exponent.
    pub(super) fn has_parameters(&self) -> bool {
        let mut rest = self.lexemes[self.at..].iter().map(|lexeme| self.source(*lexeme));
        match rest.next() {
            Some("_") => true,
            Some("^") => {
                rest.next() == Some("{")
                    && matches!(rest.next(), Some("(" | "\\left" | "\\prime"))
            }
            _ => false,
        }
    }

    /// Whether braces with a list in brackets follow, as in `^{\left(2\right)}`.
    fn opens_list(&self) -> bool {
        let mut rest = self.lexemes[self.at..].iter().map(|lexeme| self.source(*lexeme));
        rest.next() == Some("{") && matches!(rest.next(), Some("(" | "\\left"))
    }

    /// The expressions of a script, with brackets around them or without.
    fn script_list(&mut self, ranges: &mut Vec<usize>) -> Result<usize> {
        if self.next_source() != "{" {
            self.single()?;
            ranges.push(self.out.count());
            return Ok(1);
        }
        let bracketed = self.opens_list();
        self.at += 1;
        let count = if bracketed {
            self.skip_size();
            self.bracket_list(ranges)?
        } else {
            self.separated(&["}"], ranges)?
        };
        self.take("}").ok_or_else(|| self.missing("`}`"))?;
        Ok(count)
    }

    /// `\left`, `\big` before a bracket.
    pub(super) fn skip_size(&mut self) {
        if self.next_source() != "(" {
            self.at += 1;
        }
    }

    /// The expressions in the brackets that stand next.
    pub(super) fn bracket_list(&mut self, ranges: &mut Vec<usize>) -> Result<usize> {
        let open: Option<Lexeme> = self.take("(");
        let Some(open) = open else { return Err(self.missing("a bracket")) };
        let is_left = self.at > 1 && self.source(self.lexemes[self.at - 2]) == "\\left";
        // A parameter that is not there stands before the first semicolon.
        self.take(";");
        let close: &[&str] = if is_left { &["\\right"] } else { &[")"] };
        let count = self.separated(close, ranges)?;
        if is_left {
            self.at += 1;
        }
        self.take(")")
            .ok_or_else(|| Error::at(self.span(open), ErrorKind::UnclosedBracket('(')))?;
        Ok(count)
    }

    fn separated(&mut self, close: &[&str], ranges: &mut Vec<usize>) -> Result<usize> {
        let mut count = 0;
        loop {
            self.expression(Stop { close, in_list: true, in_cell: false })?;
            ranges.push(self.out.count());
            count += 1;
            if self.take("\\middle").is_some() {
                self.at += 1;
            } else if self.take(",").or_else(|| self.take(";")).is_none() {
                return Ok(count);
            }
        }
    }

    /// `{}_2F_1`, whose first index stands before it: the function and what is read of it.
    pub(super) fn hypergeometric(&mut self, open: Lexeme) -> Result<bool> {
        let sources: Vec<&str> = self.lexemes[self.at..]
            .iter()
            .take(5)
            .map(|lexeme| self.source(*lexeme))
            .collect();
        let name = match sources[..] {
            ["_", "0", "F", "_", "1"] => "hyp0f1",
            ["_", "1", "F", "_", "1"] => "hyp1f1",
            ["_", "2", "F", "_", "1"] => "hyp2f1",
            _ => return Ok(false),
        };
        self.at += 5;
        let span = Span { end: self.behind() as u32, ..self.span(open) };
        let token = self.out.open(Kind::Apply, name, span);
        let mut ranges = Vec::new();
        self.skip_size();
        self.bracket_list(&mut ranges)?;
        self.out.close_at(token, self.behind() as u32);
        self.operand = true;
        self.scripts()?;
        Ok(true)
    }
}
