//! Derivatives that are written as quotients: `\frac{dy}{dx}`, `\frac{\partial g}{\partial x}`,
//! and `\frac{d}{dx}` in front of a formula.

use super::super::super::literal;
use super::super::super::token::Kind;
use super::commands::Meaning;
use super::expression::Stop;
use super::grammar::Rule;
use super::{Assembler, Lexeme};
use crate::error::{Error, ErrorKind, Result};
use crate::span::Span;

/// The highest order of such a derivative.
const MAX_ORDER: usize = 64;

/// A part of a quotient of differentials: an order, and names with the order of each.
struct Differential {
    partial: bool,
    order: usize,
    names: Vec<(String, usize, Span)>,
}

impl Differential {
    /// A sign alone: `d`.
    fn sign(partial: bool) -> Self {
        Self { partial, order: 1, names: Vec::new() }
    }

    /// Whether it is that of a power: `dx^2`.
    fn is_power(&self) -> bool {
        self.names.iter().any(|(_, times, _)| *times > 1)
    }
}

impl Assembler<'_, '_> {
    /// Reads the arguments of a fraction when they are differentials, and says whether.
    pub(super) fn derivative(&mut self, fraction: Lexeme) -> Result<bool> {
        let start = self.at;
        let Some(open) = self.peek() else { return Ok(false) };
        let above = match self.source(open) {
            "{" => {
                let above = self.differential()?;
                self.at = open.mate + 1;
                above
            }
            // `\frac d{dx}`.
            _ => match self.sign_of_differential() {
                Some(partial) => Some(Differential::sign(partial)),
                None => {
                    self.at = start;
                    return Ok(false);
                }
            },
        };
        let below = self.differential()?;
        if let Some(below) = &below
            && above.as_ref().is_none_or(Differential::is_power)
            && let Some(body) = self.differentiated(start, below)
        {
            return self.operand_above(fraction, (start, body), below);
        }
        let (above, below) = match (above, below) {
            (Some(above), Some(below)) => (above, below),
            (None, Some(below))
                if !below.partial
                    && below.names.len() == 1
                    && self.lexemes.get(start + 1).map(|l| self.source(*l))
                        == Some("d") =>
            {
                return Err(self.refused(
                    fraction,
                    "write the derivative of a formula as `\\frac{d}{dx}(…)`",
                ));
            }
            _ => {
                self.at = start;
                return Ok(false);
            }
        };
        let total: usize = below.names.iter().map(|(_, n, _)| n).sum();
        if above.is_power() && !below.names.is_empty() {
            return Err(self.refused(
                fraction,
                "write the derivative of a formula as `\\frac{d}{dx}(…)`",
            ));
        }
        if below.order != 1
            || below.names.is_empty()
            || above.names.len() > 1
            || above.partial != below.partial
        {
            self.at = start;
            return Ok(false);
        }
        let span = self.span(fraction).join(Span::new(self.behind(), self.behind()));
        if total != above.order || total > MAX_ORDER {
            let kind = ErrorKind::UnexpectedToken {
                found: self.typed(span).to_owned(),
                expected: format!(
                    "as many differentials below as the order {} above",
                    above.order
                ),
            };
            return Err(Error::at(span, kind));
        }
        let Some((name, _, at)) = above.names.first() else {
            return self.request(&below, span).map(|()| true);
        };
        if above.partial {
            let token = self.out.open(Kind::Partial, "", span);
            if above.order > 1 {
                self.leaf(Kind::Order, literal::raised(above.order as u32), span);
            }
            self.leaf(Kind::Name, name.clone(), *at);
            for (name, times, at) in below.names {
                let is_index = name.bytes().all(|b| b.is_ascii_digit());
                let slot = self.out.open(Kind::Slot, "", at);
                self.leaf(if is_index { Kind::Index } else { Kind::Name }, name, at);
                if times > 1 {
                    self.leaf(Kind::Order, literal::raised(times as u32), at);
                }
                self.out.close(slot);
            }
            if self.opens_bracket() {
                self.operand = true;
                let from = self.out.count();
                let Some(open) = self.peek() else {
                    return Err(self.missing("a bracket"));
                };
                match self.source(open) {
                    "(" => self.bracket_alone(open, &[")"])?,
                    _ => self.item(open)?,
                }
                // The arguments stand in the token itself.
                self.out.dissolve(from);
            }
            self.out.close_at(token, self.behind() as u32);
            return Ok(true);
        }
        let [(variable, _, _)] = &below.names[..] else {
            let what = "a derivative in several variables with `d`".to_owned();
            return Err(Error::at(span, ErrorKind::Unsupported(what))
                .help("write partial derivatives with `\\partial`"));
        };
        let power = |n: usize| if n > 1 { n.to_string() } else { String::new() };
        let order = above.order;
        let text = match order {
            1 => format!("d{name}/d{variable}"),
            _ => format!("d^{0}{name}/d{variable}^{0}", power(order)),
        };
        self.note(format!("`{}` is one name here", self.typed(span)), span);
        self.leaf(Kind::Name, text, span);
        Ok(true)
    }

    /// `{d \over dx}` in front of a formula, which is `\frac{d}{dx}`, and whether that stands
    /// next.
    pub(super) fn request_over(&mut self, open: Lexeme, over: usize) -> Result<bool> {
        let start = self.at;
        let above = self.differentials(start + 1, over)?;
        let below = self.differentials(over + 1, open.mate)?;
        let fits = match (&above, &below) {
            (Some(above), Some(below)) => {
                let total: usize = below.names.iter().map(|(_, times, _)| times).sum();
                above.names.is_empty()
                    && above.partial == below.partial
                    && (above.order, below.order) == (total, 1)
            }
            _ => false,
        };
        let (true, "\\over", Some(below)) =
            (fits, self.source(self.lexemes[over]), below)
        else {
            self.at = start;
            return Ok(false);
        };
        self.at = open.mate + 1;
        let span = self.span(open).join(Span::new(self.behind(), self.behind()));
        self.request(&below, span).map(|()| true)
    }

    /// Where the formula begins that stands behind the `d` above a fraction: `\frac{d(x^2)}{dx}`.
    fn differentiated(&mut self, open: usize, below: &Differential) -> Option<usize> {
        let (behind, close) = (self.at, self.lexemes.get(open)?.mate);
        self.at = open + 1;
        self.skip_spaces();
        let partial = self.sign_of_differential();
        self.skip_spaces();
        let order = self.order();
        self.skip_spaces();
        let body = std::mem::replace(&mut self.at, behind);
        let total: usize = below.names.iter().map(|(_, times, _)| times).sum();
        let first = self.lexemes.get(body)?;
        let is_operand = match first.rule {
            Rule::letter | Rule::number => true,
            Rule::command => {
                !matches!(self.meaning_of(*first), Some(Meaning::Operator(_)))
            }
            _ => matches!(self.source(*first), "(" | "[" | "{" | "|"),
        };
        let fits = partial == Some(below.partial) && total == order && total > 0;
        (fits && is_operand && body < close).then_some(body)
    }

    /// `\frac{d(x^2)}{dx}`, which is `\frac{d}{dx}` in front of what stands above, and the whole
    /// formula.
    fn operand_above(
        &mut self,
        fraction: Lexeme,
        (open, body): (usize, usize),
        below: &Differential,
    ) -> Result<bool> {
        let behind = self.at;
        self.skip_spaces();
        if self.peek().is_some() {
            return Err(self.refused(
                fraction,
                "write the derivative of a formula as `\\frac{d}{dx}(…)`",
            ));
        }
        self.at = behind;
        let span = self.span(fraction).join(Span::new(self.behind(), self.behind()));
        self.request(below, span)?;
        self.at = body;
        let start = self.here();
        let token = self.out.open(Kind::Group, "", Span::new(start, start));
        self.expression(Stop::BRACE)?;
        self.out.close_at(token, self.behind() as u32);
        self.at = behind.max(open);
        self.operand = true;
        Ok(true)
    }

    /// `\partial_x` in front of a formula, and whether that stands next.
    pub(super) fn request_below(&mut self) -> Result<bool> {
        let start = self.at;
        self.at += 1;
        if self.take("_").is_none() {
            self.at = start;
            return Ok(false);
        }
        let from = self.at;
        let end = match self.peek() {
            Some(open) if self.source(open) == "{" => {
                self.at += 1;
                open.mate
            }
            _ => from + 1,
        };
        let mut names = Vec::new();
        while self.at < end {
            let here = self.here();
            let Some(name) = self.plain_name()? else { break };
            names.push((name, 1, Span::new(here, self.behind())));
            while self.take(",").is_some() {}
            self.skip_spaces();
        }
        if self.at != end || names.is_empty() {
            self.at = start;
            return Ok(false);
        }
        self.at += usize::from(end > from + 1);
        let span =
            self.span(self.lexemes[start]).join(self.span(self.lexemes[self.at - 1]));
        let below = Differential { partial: true, order: names.len(), names };
        self.request(&below, span).map(|()| true)
    }

    /// `d/dx` in front of a formula, which is `\frac{d}{dx}`.
    pub(super) fn plain_request(&mut self) -> Result<bool> {
        let below = self.run_at(self.at + 2);
        let is_slash =
            self.lexemes.get(self.at + 1).is_some_and(|next| self.source(*next) == "/");
        let Some(name) =
            below.strip_prefix('d').filter(|name| is_slash && name.len() == 1)
        else {
            return Ok(false);
        };
        let span =
            self.span(self.lexemes[self.at]).join(self.span(self.lexemes[self.at + 3]));
        self.at += 4;
        let below = Differential {
            partial: false,
            order: 1,
            names: vec![(name.to_owned(), 1, span)],
        };
        self.request(&below, span).map(|()| true)
    }

    /// `\frac{d}{dx}` in front of a formula: what is to be done with it.
    fn request(&mut self, below: &Differential, span: Span) -> Result<()> {
        let begins = self.out.count() == 1 && self.depth == 1;
        if !begins {
            let what = "a derivative inside of a formula".to_owned();
            return Err(Error::at(span, ErrorKind::Unsupported(what)).help(
                "`\\frac{d}{dx}` stands in front of the whole formula; write the derivative out",
            ));
        }
        for (name, times, _) in &below.names {
            for _ in 0..*times {
                self.out.request.push(name.clone());
            }
        }
        self.out.requested = Some(span);
        Ok(())
    }

    /// One argument of a fraction as differentials, if that is what it is.
    fn differential(&mut self) -> Result<Option<Differential>> {
        let Some(open) = self.peek().filter(|lexeme| self.source(*lexeme) == "{") else {
            return Ok(None);
        };
        let found = self.differentials(self.at + 1, open.mate)?;
        self.at = if found.is_some() { open.mate + 1 } else { self.at };
        Ok(found)
    }

    /// The differentials between two places.
    fn differentials(
        &mut self,
        from: usize,
        close: usize,
    ) -> Result<Option<Differential>> {
        self.at = from;
        let mut found = Differential { partial: false, order: 1, names: Vec::new() };
        let mut count = 0;
        while self.at < close {
            self.skip_spaces();
            if self.at == close {
                break;
            }
            let Some(partial) = self.sign_of_differential() else { return Ok(None) };
            if count > 0 && partial != found.partial {
                return Ok(None);
            }
            found.partial = partial;
            count += 1;
            self.skip_spaces();
            let order = self.order();
            self.skip_spaces();
            if count == 1 {
                found.order = order;
            } else if order > 1 {
                return Ok(None);
            }
            if self.at == close {
                break;
            }
            let start = self.here();
            let Some(name) = self.plain_name()? else { return Ok(None) };
            let times = self.order();
            found.names.push((name, times, Span::new(start, self.behind())));
        }
        Ok((count > 0 && self.at == close).then_some(found))
    }

    fn skip_spaces(&mut self) {
        while self.peek().and_then(|next| self.meaning_of(next)) == Some(&Meaning::Space)
        {
            self.at += 1;
        }
    }

    fn sign_of_differential(&mut self) -> Option<bool> {
        let lexeme = self.peek()?;
        match self.source(lexeme) {
            "d" if lexeme.rule == Rule::letter => self.at += 1,
            // {\rm d}
            "{" if lexeme.mate == self.at + 3
                && self
                    .lexemes
                    .get(self.at + 1)
                    .is_some_and(|l| self.source(*l) == "\\rm")
                && self
                    .lexemes
                    .get(self.at + 2)
                    .is_some_and(|l| self.source(*l) == "d") =>
            {
                self.at += 4;
            }
            "\\partial" | "∂" => {
                self.at += 1;
                return Some(true);
            }
            "\\mathrm" | "\\text" | "\\operatorname" | "\\rm" => {
                self.at += 1;
                let open = self.peek()?;
                let inner = self.lexemes.get(self.at + 1)?;
                if self.source(open) == "{" {
                    if open.mate != self.at + 2 || self.source(*inner) != "d" {
                        return None;
                    }
                    self.at += 3;
                } else if self.source(open) == "d" {
                    self.at += 1;
                } else {
                    return None;
                }
            }
            _ => return None,
        }
        Some(false)
    }

    /// `^2` or `^{2}`, else 1.
    fn order(&mut self) -> usize {
        if self.next_source() != "^" {
            return 1;
        }
        let inner = self.lexemes.get(self.at + 1).copied();
        let Some(inner) = inner else { return 1 };
        let (number, behind) = match self.source(inner) {
            "{" => (self.at + 2, inner.mate + 1),
            _ => (self.at + 1, self.at + 2),
        };
        let number = self.lexemes.get(number).map_or("", |lexeme| self.source(*lexeme));
        match number.parse() {
            Ok(order) => {
                self.at = behind;
                order
            }
            Err(_) => 1,
        }
    }

    /// A letter with an index, or the number of an argument.
    fn plain_name(&mut self) -> Result<Option<String>> {
        let Some(lexeme) = self.peek() else { return Ok(None) };
        let span = self.span(lexeme);
        let from = self.out.count();
        let stem = match lexeme.rule {
            Rule::letter => self.source(lexeme).to_owned(),
            Rule::number => {
                self.at += 1;
                return Ok(Some(self.source(lexeme).to_owned()));
            }
            Rule::command => match self.meaning_of(lexeme) {
                Some(Meaning::Name(name)) => (*name).to_owned(),
                Some(Meaning::Space) => {
                    self.at += 1;
                    return self.plain_name();
                }
                Some(Meaning::Font | Meaning::Word) => {
                    self.at += 1;
                    let word = self.word_text()?;
                    return Ok((!word.contains(['\\', ' '])).then_some(word));
                }
                _ => return Ok(None),
            },
            _ => return Ok(None),
        };
        self.at += 1;
        if self.next_source() != "_" {
            return Ok(Some(stem));
        }
        let (name, _) = self.with_index(stem.into(), span)?;
        self.out.cut(from);
        Ok(Some(super::super::super::name::normalise(&name)))
    }
}
