//! What stands before and behind an operand and binds tightest: root signs, `!`, `%`, `°` and
//! raised exponents.

use super::ast::{Ast, AstId};
use super::cursor::{Cursor, is_brackets, is_name, is_number, is_operator};
use super::lexer::Input;
use super::literal;
use super::parser::Reader;
use super::signs;
use super::token::{Item, Kind};
use crate::error::{Error, ErrorKind, Result};
use crate::kernel::Number;
use crate::span::Span;

/// The most signs behind one operand: each is a function of what stands before it.
const MAX_POSTFIXES: u64 = 500;

impl Reader<'_> {
    /// An operand with the root signs before it and the signs behind it.
    pub(super) fn with_postfixes(
        &mut self,
        cursor: &mut Cursor<'_, '_>,
    ) -> Result<AstId> {
        if let Some(root) = cursor.take(|item| literal::is_root(item)) {
            let root = self.root(root, cursor)?;
            return self.postfixes(root, cursor);
        }
        let Some(item) = cursor.next() else {
            let end = cursor.end();
            let kind = ErrorKind::UnexpectedToken {
                found: String::new(),
                expected: "an operand".into(),
            };
            return Err(Error::at(Span::new(end, end), kind));
        };
        let operand = self.operand(item, cursor)?;
        self.postfixes(operand, cursor)
    }

    /// An operand with the signs behind it.
    pub(super) fn postfixes(
        &mut self,
        mut operand: AstId,
        cursor: &mut Cursor<'_, '_>,
    ) -> Result<AstId> {
        let mut count = 0;
        let is_shaped = self.shapes.is_some();
        let is_postfix = |item: &Item<'_>| match item.kind {
            Kind::Postfix => true,
            Kind::Primes | Kind::Transpose | Kind::Vector => is_shaped,
            _ => false,
        };
        while let Some(item) = cursor.take(is_postfix) {
            count += 1;
            if count > MAX_POSTFIXES {
                let (what, limit) =
                    ("the number of signs behind an operand", MAX_POSTFIXES);
                let kind = ErrorKind::OverLimit { what, limit };
                return Err(Error::at(item.span, kind));
            }
            let shaped = match is_shaped {
                true => self.shaped_postfix(operand, item)?,
                false => None,
            };
            operand = match shaped {
                Some(shaped) => shaped,
                None => self.postfix(operand, item, cursor)?,
            };
        }
        Ok(operand)
    }

    /// `√x`, `∛x`, `√[3]x`.
    fn root(&mut self, sign: &Item<'_>, cursor: &mut Cursor<'_, '_>) -> Result<AstId> {
        let at = sign.span;
        self.deepen(at)?;
        let index = match cursor.peek() {
            Some(item)
                if item.kind == Kind::Vector && item.span.start == sign.span.end =>
            {
                cursor.next();
                Some(self.root_index(item)?)
            }
            _ => None,
        };
        // Brackets directly behind the sign are its argument, as behind `sqrt`.
        let operand = match cursor.peek() {
            Some(item) if is_brackets(item) => {
                cursor.next();
                self.operand(item, cursor)?
            }
            _ => self.radicand(at, cursor)?,
        };
        self.depth -= 1;
        let span = at.join(self.program.span(operand));
        match (index, sign.text) {
            (Some(index), "√") => self.call("root", at, &[operand, index], span),
            (None, "√") => self.call("sqrt", at, &[operand], span),
            (None, "∛") => self.call("cbrt", at, &[operand], span),
            (None, _) => {
                let four = self.number(Number::from(4), at);
                self.call("root", at, &[operand, four], span)
            }
            (Some(_), _) => Err(Error::at(
                at,
                ErrorKind::UnexpectedToken {
                    found: sign.text.to_owned(),
                    expected: "`√` before the order of a root in brackets".into(),
                },
            )),
        }
    }

    /// What stands under a root sign without brackets: `√x^2` and `√x²` are the root of x².
    fn radicand(&mut self, at: Span, cursor: &mut Cursor<'_, '_>) -> Result<AstId> {
        let operand = self.power(cursor)?;
        if matches!(self.program.node(operand), Ast::Power(..)) {
            let inside = self.source_of(self.program.span(operand));
            let sign = self.source_of(at);
            let message = format!("`{sign}{inside}` is read as `{sign}({inside})`");
            let span = at.join(self.program.span(operand));
            self.program.notes.push(signs::note(message, span));
        } else if cursor
            .peek()
            .is_some_and(|next| is_name(next) && self.touches(operand, next))
        {
            let (sign, inside) =
                (self.source_of(at), self.source_of(self.program.span(operand)));
            let message = format!(
                "`{sign}{inside}…` is read as `{sign}({inside})*…`; write brackets for a longer root"
            );
            self.program.notes.push(signs::note(message, at));
        }
        Ok(operand)
    }

    /// Whether an item stands directly behind a node.
    fn touches(&self, node: AstId, next: &Item<'_>) -> bool {
        self.program.span(node).end == next.span.start
    }

    /// The `3` of `√[3]x`.
    fn root_index(&mut self, item: &Item<'_>) -> Result<AstId> {
        let mut inner = item.inner();
        match (inner.next(), inner.next()) {
            (Some(index), None) => self.expression(&index),
            _ => Err(self.unexpected(item, "the order of the root")),
        }
    }

    fn postfix(
        &mut self,
        operand: AstId,
        item: &Item<'_>,
        cursor: &Cursor<'_, '_>,
    ) -> Result<AstId> {
        let at = item.span;
        let span = self.program.span(operand).join(at);
        match item.text {
            "!" => {
                self.note_factorials(operand, span);
                self.call("factorial", at, &[operand], span)
            }
            "%" => self.hundredth(operand, item, cursor, span),
            "°" | "˚" => self.degrees(operand, item, cursor, span),
            "ᵒ" if matches!(self.program.node(operand), Ast::Number(_)) => {
                self.degrees(operand, item, cursor, span)
            }
            "ᵀ" => Err(self
                .unexpected(item, "an exponent")
                .help("a transpose stands in matrix expressions, with --given")),
            raised => {
                let is_apart = self.program.span(operand).end < at.start;
                if is_apart && cursor.peek().is_some_and(literal::is_root) {
                    return Err(self.unexpected(item, "an operator").help(
                        "write a root as `cbrt(x)` or `root(x, 4)`, a power without a space",
                    ));
                }
                let exponent = self.exponent(raised, at)?;
                if cursor.peek().is_some_and(|next| matches!(next.text, "^" | "**")) {
                    let text = self.source_of(span);
                    let message = format!("`{text}^` is read as `({text})^`");
                    self.program.notes.push(signs::note(message, span));
                }
                Ok(self.program.push(Ast::Power(operand, exponent), span))
            }
        }
    }

    /// `5%` is a hundredth of 5.
    fn hundredth(
        &mut self,
        operand: AstId,
        item: &Item<'_>,
        cursor: &Cursor<'_, '_>,
        span: Span,
    ) -> Result<AstId> {
        // In LaTeX the sign is no operator, so a factor may stand behind it.
        let is_factor = |next: &Item<'_>| {
            is_operator(next) || self.input == Input::Latex && !is_number(next)
        };
        let is_alone = cursor.peek().is_none_or(is_factor);
        if !is_alone || !matches!(self.program.node(operand), Ast::Number(_)) {
            let help = signs::instead('%').unwrap_or_default();
            return Err(self.unexpected(item, "an operator or the end").help(help));
        }
        let at = item.span;
        let hundred = self.number(Number::from(100), at);
        let list = self.program.push_list(&[(false, operand), (true, hundred)]);
        let number = self.source_of(self.program.span(operand));
        let message = format!("`{}` is read as `{number}/100`", self.source_of(span));
        self.program.notes.push(signs::note(message, span));
        Ok(self.program.push(Ast::Product(list), span))
    }

    /// `30°` is 30 times pi/180.
    fn degrees(
        &mut self,
        operand: AstId,
        item: &Item<'_>,
        cursor: &Cursor<'_, '_>,
        span: Span,
    ) -> Result<AstId> {
        let is_scale = |next: &Item<'_>| {
            next.span.start == item.span.end && matches!(next.text, "C" | "F" | "K")
        };
        if cursor.peek().is_some_and(is_scale) {
            return Err(self
                .unexpected(item, "an angle")
                .help("temperatures have no units here; write the number alone"));
        }
        let angle = self.source_of(self.program.span(operand));
        let message = format!("`{}` is read as `{angle}*pi/180`", self.source_of(span));
        self.program.notes.push(signs::note(message, span));
        Ok(self.in_degrees(&[(false, operand)], item.span, span))
    }

    /// Factors times pi/180.
    pub(super) fn in_degrees(
        &mut self,
        factors: &[(bool, AstId)],
        at: Span,
        span: Span,
    ) -> AstId {
        let name = self.program.intern_name("pi");
        let pi = self.program.push(Ast::Name(name), at);
        let half_turn = self.number(Number::from(180), at);
        let factors = [factors, &[(false, pi), (true, half_turn)]].concat();
        let list = self.program.push_list(&factors);
        self.program.push(Ast::Product(list), span)
    }

    /// A number with the vulgar fraction that stands directly behind it: `2½` is 5/2.
    pub(super) fn mixed_fraction(
        &mut self,
        whole: &Item<'_>,
        fraction: &Item<'_>,
    ) -> Result<AstId> {
        let at = whole.span.join(fraction.span);
        let is_whole = whole.text.bytes().all(|b| b.is_ascii_digit());
        if !is_number(whole) || !is_whole {
            return Err(self
                .unexpected(fraction, "an operator")
                .help("write `*` between two numbers"));
        }
        let mut value = Number::from(0);
        for text in [whole.text, fraction.text] {
            let part = literal::number(text).map_err(|kind| Error::at(at, kind))?;
            value = value.add(&part);
        }
        Ok(self.number(value, at))
    }
}
