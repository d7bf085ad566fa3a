//! What a notation is read into: tokens with their places, those inside of brackets behind
//! the brackets. The grammars of `lexer` make them, the climb of `parser` puts them together.

use crate::error::Note;
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
    /// Double bars around an expression, and which norm is meant.
    Norm,
    /// `∂g/∂x`: a raised order, a name, slots, arguments.
    Partial,
    /// `∂x` below: a name or a number, and a raised order.
    Slot,
    /// What stands below the line: the number of an argument, the order of a norm.
    Index,
    /// A raised order of a partial derivative.
    Order,
    /// Primes behind a name; where shapes are declared, transposes too.
    Primes,
    /// A sign of a transpose that is nothing else.
    Transpose,
    /// A root sign.
    Root,
    /// A sign before an operand.
    Prefix,
    /// A sign or an exponent behind an operand.
    Postfix,
    /// An operator between operands, `+` among them.
    Operator,
    /// One expression over another.
    Quotient,
    /// A whole number with a fraction behind it.
    Mixed,
    /// A function and its arguments, however they were written.
    Apply,
    /// The base of a logarithm, behind its name.
    Base,
    /// A name that is a variable or a number and nothing else.
    Symbol,
    /// A row of the function table, whatever the program defines, and its arguments.
    Builtin,
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
    /// What is worth knowing about how they were read.
    pub(super) notes: Vec<Note>,
    /// The names of a derivative that is asked for in front of the formula, and where.
    pub(super) request: Vec<String>,
    pub(super) requested: Option<Span>,
    /// Where the imaginary unit stands, if it does.
    pub(super) imaginary: Option<Span>,
    /// Where `i` stands as a letter, in a notation in which the unit is something else.
    pub(super) letter_i: Option<Span>,
}

impl<'t> Tokens<'t> {
    /// None yet, with room for so many.
    pub(super) fn with_capacity(count: usize) -> Self {
        Self { list: Vec::with_capacity(count), ..Self::default() }
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

    /// Ends what stands inside of a token, and where it stands.
    pub(super) fn close_at(&mut self, place: usize, end: u32) {
        self.list[place].span.end = end;
        self.close(place);
    }

    /// Says what a token is after all.
    pub(super) fn become_kind(&mut self, place: usize, kind: Kind) {
        self.list[place].kind = kind;
    }

    /// How many tokens there are.
    pub(super) fn count(&self) -> usize {
        self.list.len()
    }

    /// The token at a place.
    pub(super) fn at(&self, place: usize) -> &Token<'t> {
        &self.list[place]
    }

    /// The tokens of a range of places.
    pub(super) fn range(&self, places: std::ops::Range<usize>) -> &[Token<'t>] {
        &self.list[places]
    }

    /// Takes the tokens from a place on away.
    pub(super) fn cut(&mut self, place: usize) {
        self.list.truncate(place);
    }

    /// Gives a token another text.
    pub(super) fn rename(&mut self, place: usize, text: &'static str) {
        self.list[place].text = text.into();
    }

    /// Exchanges two neighbours at the end: the tokens from `first` up to `second`, and those
    /// from `second` on.
    pub(super) fn exchange(&mut self, first: usize, second: usize) {
        let (ahead, back) = (self.list.len() - second, second - first);
        for token in &mut self.list[first..second] {
            token.end += ahead as u32;
        }
        for token in &mut self.list[second..] {
            token.end -= back as u32;
        }
        self.list[first..].rotate_left(back);
    }

    /// The same as one group in an expression.
    pub(super) fn grouped(mut self, span: Span) -> Self {
        let end = self.list.len() as u32 + 2;
        for token in &mut self.list {
            token.end += 2;
        }
        let around = |kind| Token { kind, text: "".into(), span, end };
        self.list.splice(0..0, [around(Kind::Expression), around(Kind::Group)]);
        self
    }

    /// Puts the last tokens into another order: the parts between neighbouring places of
    /// `bounds`, in the order that is given, others left out.
    pub(super) fn arrange(&mut self, bounds: &[usize], order: &[usize]) {
        let Some(start) = bounds.first().copied() else { return };
        let old = self.list.split_off(start);
        for part in order {
            let (from, to) = (bounds[*part], bounds[*part + 1]);
            let new = self.list.len();
            self.list.extend(old[from - start..to - start].iter().map(|token| {
                let end = (token.end as usize - from + new) as u32;
                Token { end, ..token.clone() }
            }));
        }
    }

    /// Puts a token without anything in it before the last ones, which begin at a place.
    pub(super) fn insert(
        &mut self,
        place: usize,
        kind: Kind,
        text: &'static str,
        span: Span,
    ) {
        self.wrap(place, kind, span);
        let token = &mut self.list[place];
        token.text = text.into();
        token.end = place as u32 + 1;
    }

    /// Takes the token away that holds the last ones, which begin behind it.
    pub(super) fn dissolve(&mut self, place: usize) {
        self.list.remove(place);
        for token in &mut self.list[place..] {
            token.end -= 1;
        }
    }

    /// Puts the last tokens, from a place on, inside of a new one.
    pub(super) fn wrap(&mut self, place: usize, kind: Kind, span: Span) {
        for token in &mut self.list[place..] {
            token.end += 1;
        }
        let end = self.list.len() as u32 + 1;
        self.list.insert(place, Token { kind, text: "".into(), span, end });
    }

    /// The tokens directly inside of one that holds all that follow it.
    pub(super) fn inside(&self, place: usize) -> impl Iterator<Item = &Token<'t>> {
        let mut at = place + 1;
        std::iter::from_fn(move || {
            let token = self.list.get(at)?;
            at = token.end as usize;
            Some(token)
        })
    }

    /// Puts brackets around the runs of several tokens between those that part them, directly
    /// inside of one that holds all that follow it.
    pub(super) fn group_runs(
        &mut self,
        place: usize,
        parts: impl Fn(&Token<'t>) -> bool,
    ) {
        let start = place + 1;
        let tail = self.list.split_off(start);
        let (mut run, mut count, mut at) = (0, 0, 0);
        loop {
            let child = tail.get(at);
            let ends = child.is_none_or(&parts);
            if ends && count > 1 {
                let span = tail[run].span.join(tail[at - 1].span);
                let group = self.open(Kind::Group, "", span);
                let inner = self.open(Kind::Expression, "", span);
                self.copy(&tail[run..at], run + start);
                self.close(inner);
                self.close(group);
            } else if ends {
                self.copy(&tail[run..at], run + start);
            }
            let Some(child) = child else { break };
            let behind = child.end as usize - start;
            if ends {
                self.copy(&tail[at..behind], at + start);
                (run, count) = (behind, 0);
            } else {
                count += 1;
            }
            at = behind;
        }
    }

    /// Adds tokens that stood at a place before.
    fn copy(&mut self, tokens: &[Token<'t>], old: usize) {
        let new = self.list.len();
        self.list.extend(tokens.iter().map(|token| {
            let end = (token.end as usize - old + new) as u32;
            Token { end, ..token.clone() }
        }));
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
    /// A part of a token that has nothing inside: what stands in it from `at`, so many bytes.
    pub(super) fn part(&self, at: usize, length: usize) -> Self {
        let start = self.span.start as usize + at;
        let span = Span::new(start, start + length);
        Self { text: &self.text[at..at + length], span, from: self.to, ..*self }
    }

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
