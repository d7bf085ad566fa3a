//! Tokens of one level of brackets, and reading them from the left.

use super::parser::Rule;
use pest::iterators::{Pair, Pairs};
use smallvec::SmallVec;

pub(super) type Items<'i> = SmallVec<[Item<'i>; 12]>;

/// A token with what is asked of it time and again.
pub(super) struct Item<'i> {
    pub(super) rule: Rule,
    /// Its text; that of a sign stands before its token.
    pub(super) text: &'i str,
    pub(super) start: usize,
    pub(super) end: usize,
    pair: Pair<'i, Rule>,
}

impl<'i> Item<'i> {
    pub(super) fn new(pair: Pair<'i, Rule>) -> Self {
        let (rule, span) = (pair.as_rule(), pair.as_span());
        let (mut start, end) = (span.start(), span.end());
        if matches!(rule, Rule::infix | Rule::prefix) {
            let before = &pair.get_input()[..end];
            start -= match rule {
                Rule::infix if before.ends_with("**") => 2,
                _ => before.chars().next_back().map_or(0, char::len_utf8),
            };
        }
        Self { rule, text: &pair.get_input()[start..end], start, end, pair }
    }

    pub(super) fn input(&self) -> &'i str {
        self.pair.get_input()
    }

    pub(super) fn inner(&self) -> Pairs<'i, Rule> {
        self.pair.clone().into_inner()
    }
}

/// Whether an item is an operator between operands.
pub(super) fn is_operator(item: &Item<'_>) -> bool {
    matches!(item.rule, Rule::infix | Rule::operator)
}

/// Whether a word is a number.
pub(super) fn is_number(item: &Item<'_>) -> bool {
    item.rule == Rule::word && matches!(item.text.as_bytes(), [b'0'..=b'9' | b'.', ..])
}

/// Whether a word is a name.
pub(super) fn is_name(item: &Item<'_>) -> bool {
    item.rule == Rule::word && !is_number(item)
}

/// Whether the brackets or primes behind a name belong to it.
pub(super) fn is_call(name: &Item<'_>, next: Option<&Item<'_>>) -> bool {
    let Some(next) = next else { return false };
    let (end, start) = (name.end, next.start);
    match next.rule {
        Rule::primes => start == end,
        Rule::round => {
            let between = next.input().as_bytes().get(end);
            start == end || matches!(between, Some(b' ' | b'\t' | b'\n'))
        }
        _ => false,
    }
}

/// The operands and operators of one level of brackets, read from the left.
pub(super) struct Cursor<'a, 'i> {
    items: &'a [Item<'i>],
    at: usize,
}

impl<'a, 'i> Cursor<'a, 'i> {
    pub(super) fn new(items: &'a [Item<'i>]) -> Self {
        Self { items, at: 0 }
    }

    pub(super) fn peek(&self) -> Option<&'a Item<'i>> {
        self.items.get(self.at)
    }

    /// The items that were not read yet.
    pub(super) fn rest(&self) -> &'a [Item<'i>] {
        &self.items[self.at..]
    }

    pub(super) fn next(&mut self) -> Option<&'a Item<'i>> {
        let item = self.items.get(self.at)?;
        self.at += 1;
        Some(item)
    }

    pub(super) fn take(
        &mut self,
        wanted: impl Fn(&Item<'i>) -> bool,
    ) -> Option<&'a Item<'i>> {
        if self.peek().is_some_and(wanted) { self.next() } else { None }
    }

    pub(super) fn take_infix(
        &mut self,
        wanted: impl Fn(&str) -> bool,
    ) -> Option<&'a Item<'i>> {
        self.take(|item| is_operator(item) && wanted(item.text))
    }

    /// Whether a number stands before the item that was taken last.
    pub(super) fn follows_number(&self) -> bool {
        self.at > 1
            && (is_number(&self.items[self.at - 2])
                || self.items[self.at - 2].rule == Rule::fraction)
    }

    pub(super) fn after_number(&self) -> bool {
        self.at > 0
            && (is_number(&self.items[self.at - 1])
                || self.items[self.at - 1].rule == Rule::fraction)
    }

    pub(super) fn end(&self) -> usize {
        self.items.last().map_or(0, |item| item.end)
    }
}
