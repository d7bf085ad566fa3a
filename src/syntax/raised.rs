//! Exponents in raised signs: `x²`, `eˣ`, `xⁿ⁺¹`, `2⁻³ᵗ`.

use super::ast::{Ast, AstId};
use super::literal;
use super::parser::Reader;
use super::signs;
use crate::error::{Error, ErrorKind, Result};
use crate::span::Span;
use std::iter::Peekable;
use std::str::Chars;

impl Reader<'_> {
    /// The exponent that raised signs write; all of its nodes stand at `at`.
    pub(super) fn exponent(&mut self, raised: &str, at: Span) -> Result<AstId> {
        if literal::is_superscript(raised) {
            let value =
                literal::superscript(raised).map_err(|kind| Error::at(at, kind))?;
            return Ok(self.number(value, at));
        }
        let refuse = |what: &str| {
            let kind = ErrorKind::UnexpectedToken {
                found: raised.to_owned(),
                expected: what.to_owned(),
            };
            Error::at(at, kind).help("write the exponent in brackets, as `x^(n + 1)`")
        };
        let text = signs::lowered(raised).ok_or_else(|| refuse("a raised number"))?;
        if text.starts_with('(') && text.ends_with(')') {
            return Err(refuse("an exponent without brackets"));
        }
        let mut line = Line { signs: text.chars().peekable(), at };
        let exponent = self.raised_sum(&mut line)?;
        match (exponent, line.signs.next()) {
            (Some(exponent), None) => Ok(exponent),
            _ => Err(refuse("a raised sum of products of numbers and letters")),
        }
    }

    /// `n+1`; nothing where that is not what stands there.
    fn raised_sum(&mut self, line: &mut Line<'_>) -> Result<Option<AstId>> {
        let mut terms = Vec::new();
        loop {
            let sign = line.signs.next_if(|c| matches!(c, '+' | '-'));
            if sign.is_none() && !terms.is_empty() {
                break;
            }
            let Some(term) = self.raised_product(line)? else { return Ok(None) };
            terms.push((sign == Some('-'), term));
        }
        if let [(minus, term)] = terms[..] {
            return Ok(Some(match minus {
                true => self.program.push(Ast::Negate(term), line.at),
                false => term,
            }));
        }
        if let Some((true, first)) = terms.first().copied() {
            terms[0] = (false, self.program.push(Ast::Negate(first), line.at));
        }
        let list = self.program.push_list(&terms);
        Ok(Some(self.program.push(Ast::Sum(list), line.at)))
    }

    /// `2x`: numbers stand before letters, where they cannot be exponents of exponents.
    fn raised_product(&mut self, line: &mut Line<'_>) -> Result<Option<AstId>> {
        let mut factors = Vec::new();
        while let Some(c) = line.signs.next_if(|c| c.is_alphanumeric() || *c == '(') {
            let factor = match c {
                '(' => {
                    self.deepen(line.at)?;
                    let inner = self.raised_sum(line)?;
                    self.depth -= 1;
                    match (inner, line.signs.next()) {
                        (Some(inner), Some(')')) => inner,
                        _ => return Ok(None),
                    }
                }
                '0'..='9' if factors.is_empty() => {
                    let mut digits = String::from(c);
                    while let Some(d) = line.signs.next_if(char::is_ascii_digit) {
                        digits.push(d);
                    }
                    let value = literal::number(&digits)
                        .map_err(|kind| Error::at(line.at, kind))?;
                    self.number(value, line.at)
                }
                '0'..='9' => return Ok(None),
                letter => self.symbol(&letter.to_string(), line.at),
            };
            factors.push((false, factor));
        }
        Ok(match factors[..] {
            [] => None,
            [(_, factor)] => Some(factor),
            _ => {
                let list = self.program.push_list(&factors);
                Some(self.program.push(Ast::Product(list), line.at))
            }
        })
    }
}

/// Raised signs as they are typed on the line.
struct Line<'t> {
    signs: Peekable<Chars<'t>>,
    at: Span,
}
