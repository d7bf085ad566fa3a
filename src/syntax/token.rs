//! What a notation is read into: tokens with their places, those inside of brackets behind
//! the brackets. The grammars of `lexer` make them, the climb of `parser` puts them together.

use crate::span::Span;
use smallvec::SmallVec;
use std::borrow::Cow;

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Operands and operators, as they stand between brackets and commas.
    Expression,
    /// A number.
    Number,
    /// A name.
    Name,
    /// A number in one sign, as `½`.
    Fraction,
    /// `∞`.
    Infinity,
    /// Brackets around one expression.
    Group,
    /// Brackets behind an operand: those of a call, or one more factor.
    Round,
    /// Braces.
    Brace,
    /// Expressions in square brackets.
    Vector,
    /// Bars around an expression.
    Bars,
    /// `∂g/∂x`: a raised order, a name, slots, arguments.
    Partial,
    /// `∂x` below: a name or a number, and a raised order.
    Slot,
    /// The number of an argument below.
    Index,
    /// A raised order of a partial derivative.
    Order,
    /// Primes behind a name.
    Primes,
    /// A root sign.
    Root,
    /// A sign before an operand.
    Prefix,
    /// A sign or an exponent behind an operand.
    Postfix,
    /// An operator between operands, `+` among them.
    Operator,
}

/// A token.
#[derive(Clone, Debug)]
pub(super) struct Token<'t> {
    pub(super) kind: Kind,
    /// Its text in the notation of calcgrad.
    pub(super) text: Cow<'t, str>,
    pub(super) span: Span,
    /// The place behind what is inside of it.
    pub(super) end: u32,
}

/// The tokens of a formula, each before those inside of it.
#[derive(Clone, Debug, Default)]
pub(super) struct Tokens<'t> {
    list: Vec<Token<'t>>,
}

impl<'t> Tokens<'t> {
    /// None yet, with room for so many.
    pub(super) fn with_capacity(count: usize) -> Self {
        Self { list: Vec::with_capacity(count) }
    }

    /// Adds a token; what is added until it is closed stands inside of it.
    pub(super) fn open(
        &mut self,
        kind: Kind,
        text: impl Into<Cow<'t, str>>,
        span: Span,
    ) -> usize {
        let place = self.list.len();
        self.list.push(Token { kind, text: text.into(), span, end: place as u32 + 1 });
        place
    }

    /// Ends what stands inside of a token.
    pub(super) fn close(&mut self, place: usize) {
        self.list[place].end = self.list.len() as u32;
    }

    /// The outermost token.
    pub(super) fn root(&self) -> Option<Item<'_>> {
        items(&self.list, 0, self.list.len()).next()
    }
}

/// A token with what is inside of it.
#[derive(Clone, Copy)]
pub(super) struct Item<'a> {
    pub(super) kind: Kind,
    pub(super) text: &'a str,
    pub(super) span: Span,
    all: &'a [Token<'a>],
    from: u32,
    to: u32,
}

pub(super) type Items<'a> = SmallVec<[Item<'a>; 12]>;

impl<'a> Item<'a> {
    /// The tokens directly inside of it.
    pub(super) fn inner(&self) -> impl Iterator<Item = Item<'a>> + use<'a> {
        items(self.all, self.from as usize, self.to as usize)
    }
}

fn items<'a>(
    all: &'a [Token<'a>],
    from: usize,
    to: usize,
) -> impl Iterator<Item = Item<'a>> + use<'a> {
    let mut at = from;
    std::iter::from_fn(move || {
        let token = all.get(at).filter(|_| at < to)?;
        let from = at as u32 + 1;
        at = token.end as usize;
        let (kind, span) = (token.kind, token.span);
        Some(Item { kind, text: &token.text, span, all, from, to: token.end })
    })
}
