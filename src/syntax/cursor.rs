//! Reading the tokens of one level of brackets from the left.

use super::token::{Item, Kind};

/// Whether an item is an operator between operands.
pub(super) fn is_operator(item: &Item<'_>) -> bool {
    item.kind == Kind::Operator
}

/// Whether an item is a number of digits.
pub(super) fn is_number(item: &Item<'_>) -> bool {
    item.kind == Kind::Number
}

/// Whether an item is a name.
pub(super) fn is_name(item: &Item<'_>) -> bool {
    item.kind == Kind::Name
}

/// Whether an item is brackets around one operand.
pub(super) fn is_brackets(item: &Item<'_>) -> bool {
    matches!(item.kind, Kind::Group | Kind::Round | Kind::Brace)
}

/// Whether the brackets or primes behind a name belong to it.
pub(super) fn is_call(name: &Item<'_>, next: Option<&Item<'_>>) -> bool {
    next.is_some_and(|next| match next.kind {
        Kind::Primes => name.span.end == next.span.start,
        kind => kind == Kind::Round,
    })
}

/// The operands and operators of one level of brackets, read from the left.
pub(super) struct Cursor<'c, 'a> {
    items: &'c [Item<'a>],
    at: usize,
}

impl<'c, 'a> Cursor<'c, 'a> {
    pub(super) fn new(items: &'c [Item<'a>]) -> Self {
        Self { items, at: 0 }
    }

    pub(super) fn peek(&self) -> Option<&'c Item<'a>> {
        self.items.get(self.at)
    }

    /// The items that were not read yet.
    pub(super) fn rest(&self) -> &'c [Item<'a>] {
        &self.items[self.at..]
    }

    pub(super) fn next(&mut self) -> Option<&'c Item<'a>> {
        let item = self.items.get(self.at)?;
        self.at += 1;
        Some(item)
    }

    pub(super) fn take(
        &mut self,
        wanted: impl Fn(&Item<'a>) -> bool,
    ) -> Option<&'c Item<'a>> {
        if self.peek().is_some_and(wanted) { self.next() } else { None }
    }

    pub(super) fn take_infix(
        &mut self,
        wanted: impl Fn(&str) -> bool,
    ) -> Option<&'c Item<'a>> {
        self.take(|item| is_operator(item) && wanted(item.text))
    }

    /// Whether there is one item in all.
    pub(super) fn is_single(&self) -> bool {
        self.items.len() == 1
    }

    /// The item before the one that was taken last.
    pub(super) fn before_last(&self) -> Option<&'c Item<'a>> {
        self.items.get(self.at.checked_sub(2)?)
    }

    /// Whether the item that was taken last is a number in an exponent, and a blank stands
    /// between it and the next.
    pub(super) fn is_behind_exponent(&self) -> bool {
        let before = self.before_last();
        before.is_some_and(|item| is_operator(item) && matches!(item.text, "^" | "**"))
            && self
                .peek()
                .is_some_and(|next| self.items[self.at - 1].span.end < next.span.start)
    }

    /// Whether a number stands before the item that was taken last.
    pub(super) fn follows_number(&self) -> bool {
        self.at > 1 && is_numeral(&self.items[self.at - 2])
    }

    pub(super) fn after_number(&self) -> bool {
        self.at > 0 && is_numeral(&self.items[self.at - 1])
    }

    /// Where the last item ends.
    pub(super) fn end(&self) -> usize {
        self.items.last().map_or(0, |item| item.span.end as usize)
    }
}

/// Whether an item is a number, of digits or in one sign.
fn is_numeral(item: &Item<'_>) -> bool {
    matches!(item.kind, Kind::Number | Kind::Fraction)
}
