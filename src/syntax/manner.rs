//! How a text is read where people differ: in which notation, and where the argument of a
//! function without brackets ends.

use super::ast::{Ast, AstId};
use super::cursor::{Cursor, is_brackets, is_name, is_number};
use super::lexer::Input;
use super::literal;
use super::parser::{Factors, Reader};
use super::signs::note;
use super::token::{Item, Kind};
use crate::error::Result;
use crate::span::Span;

/// Where the argument of a function without brackets ends.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Arguments {
    /// It goes on through all factors side by side, up to the next function.
    #[default]
    Run,
    /// It goes on through names and numbers: a bracket, a root, a fraction or a power of a
    /// number ends it, as in `\cos 3x e^{2x}`. Letters side by side behind `/` are one divisor
    /// then, as in `e^{-t/RC}`.
    Monomial,
    /// A blank ends it too, as in `r sin t i`.
    Blank,
}

/// How a text is read.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Manner {
    /// The notation.
    pub(super) input: Input,
    /// Where arguments without brackets end.
    pub(super) arguments: Arguments,
}

impl From<Input> for Manner {
    fn from(input: Input) -> Self {
        Self { input, arguments: Arguments::Run }
    }
}

impl Reader<'_> {
    /// Whether the argument of a function ends before the factor that comes, although by the
    /// convention it goes on; a note says so.
    pub(super) fn ends_early(
        &mut self,
        function: Span,
        factors: &[(bool, AstId)],
        cursor: &Cursor<'_, '_>,
    ) -> bool {
        let (Some((_, last)), Some(item)) = (factors.last(), cursor.peek()) else {
            return false;
        };
        if self.arguments == Arguments::Run {
            return false;
        }
        let end = self.program.span(*last).end;
        let is_apart = end < item.span.start && !self.ends_with_command(end as usize);
        let is_named = factors.iter().any(|(_, id)| !self.is_numeric(*id));
        let ends = match is_brackets(item) {
            true => is_named || is_apart,
            false => {
                is_named
                    && (self.is_other_factor(item, cursor)
                        || is_apart && self.arguments == Arguments::Blank)
            }
        };
        if ends {
            let argument = self.program.span(factors[0].1).join(self.program.span(*last));
            let message = format!(
                "the argument of `{}` is taken to be `{}` alone, as many write it; by the convention the factors beside it belong to it",
                self.source_of(function),
                self.source_of(argument),
            );
            self.program.notes.push(note(message, function.join(argument)));
        }
        ends
    }

    /// Letters side by side behind a letter that is divided by, where they belong to it.
    pub(super) fn divisor(
        &mut self,
        first: AstId,
        cursor: &mut Cursor<'_, '_>,
    ) -> Result<AstId> {
        let is_letters = |reader: &Self, id: AstId, cursor: &Cursor<'_, '_>| {
            let next = cursor.peek().filter(|item| is_name(item));
            next.is_some_and(|item| {
                item.span.start == reader.program.span(id).end
                    && matches!(reader.program.node(id), Ast::Name(_))
                    && !reader.is_function(item.text)
            })
        };
        if !is_letters(self, first, cursor) {
            return Ok(first);
        }
        self.program.has_runs = true;
        if self.arguments == Arguments::Run {
            return Ok(first);
        }
        let mut factors = Factors::from_slice(&[(false, first)]);
        let mut last = first;
        while is_letters(self, last, cursor) {
            last = self.signed(cursor)?;
            factors.push((false, last));
        }
        let product = self.product_of(&factors);
        let span = self.program.span(product);
        let message = format!(
            "`/{0}` is taken to divide by all of `{0}`, as many write it; by the convention it divides by the first letter alone",
            self.source_of(span)
        );
        self.program.notes.push(note(message, span));
        Ok(product)
    }

    /// Whether a node is a number, a circle constant among them.
    pub(super) fn is_numeric(&self, id: AstId) -> bool {
        match self.program.node(id) {
            Ast::Number(_) => true,
            Ast::Name(name) => matches!(self.program.name(name), "pi" | "π"),
            _ => false,
        }
    }

    /// Whether a factor is none of a monomial: a root, a fraction, a power of a number or of e.
    fn is_other_factor(&self, item: &Item<'_>, cursor: &Cursor<'_, '_>) -> bool {
        let is_raised =
            || cursor.rest().get(1).is_some_and(|n| literal::is_power(n.text));
        let is_base = is_number(item) || is_name(item) && item.text == "e";
        matches!(item.kind, Kind::Root | Kind::Quotient | Kind::Fraction | Kind::Bars)
            || is_base && is_raised()
    }

    /// Whether a command of LaTeX ends at a place: a blank behind it separates nothing.
    fn ends_with_command(&self, end: usize) -> bool {
        let before = &self.text[..end];
        let name = before.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        name.len() < before.len()
            && name.ends_with('\\')
            && self.text[end..].starts_with(' ')
    }
}
