//! The notation of calcgrad itself, as `grammar/calcgrad.pest` has it.

use super::super::message;
use super::super::token::{Kind, Tokens};
use crate::error::Result;
use crate::span::Span;
use pest::Parser;
use pest::iterators::Pair;

#[allow(missing_docs)]
mod grammar {
    #[derive(pest_derive::Parser)]
    #[grammar = "../grammar/calcgrad.pest"]
    pub(super) struct Grammar;
}
use grammar::{Grammar, Rule};

/// The tokens of a whole statement, which starts at `offset`.
///
/// # Errors
/// The first place that cannot be read.
pub(in crate::syntax) fn statement(text: &str, offset: usize) -> Result<Tokens<'_>> {
    let pairs = Grammar::parse(Rule::statement, text)
        .map_err(|error| message::explain(&error, text, offset))?;
    Ok(tokens(pairs.take(1), text, offset))
}

/// The tokens of a text that is one expression to its end.
pub(in crate::syntax) fn expression(text: &str, offset: usize) -> Option<Tokens<'_>> {
    let pair = Grammar::parse(Rule::expression, text).ok()?.next()?;
    (pair.as_span().end() == text.len()).then(|| tokens([pair], text, offset))
}

/// The names of a list, as after `--wrt`.
pub(in crate::syntax) fn names(text: &str) -> Option<Vec<&str>> {
    let pairs = Grammar::parse(Rule::name_list, text).ok()?;
    let names = pairs.filter(|pair| pair.as_rule() == Rule::name);
    Some(names.map(|pair| pair.as_str()).collect())
}

fn tokens<'t>(
    pairs: impl IntoIterator<Item = Pair<'t, Rule>>,
    text: &str,
    offset: usize,
) -> Tokens<'t> {
    let mut tokens = Tokens::with_capacity(text.len().min(256) / 2 + 4);
    for pair in pairs {
        push(pair, offset, &mut tokens);
    }
    tokens
}

fn push<'t>(pair: Pair<'t, Rule>, offset: usize, tokens: &mut Tokens<'t>) {
    let (span, text) = (pair.as_span(), pair.as_str());
    let (mut start, end) = (span.start(), span.end());
    let kind = match pair.as_rule() {
        Rule::expression | Rule::in_bars => {
            start += text.len() - text.trim_start().len();
            Kind::Expression
        }
        Rule::word if text.starts_with(|c: char| c.is_ascii_digit() || c == '.') => {
            Kind::Number
        }
        Rule::word | Rule::name => Kind::Name,
        rule @ (Rule::infix | Rule::prefix) => {
            // The sign stands before its token.
            let before = &pair.get_input()[..end];
            start -= match rule {
                Rule::infix if before.ends_with("**") => 2,
                _ => before.chars().next_back().map_or(0, char::len_utf8),
            };
            if rule == Rule::infix { Kind::Operator } else { Kind::Prefix }
        }
        Rule::operator => Kind::Operator,
        Rule::group => Kind::Group,
        Rule::round => Kind::Round,
        Rule::brace => Kind::Brace,
        Rule::vector => Kind::Vector,
        Rule::bars => Kind::Bars,
        Rule::postfix => Kind::Postfix,
        Rule::primes => Kind::Primes,
        Rule::root => Kind::Root,
        Rule::fraction => Kind::Fraction,
        Rule::infinity => Kind::Infinity,
        Rule::partial => Kind::Partial,
        Rule::partial_slot => Kind::Slot,
        Rule::index => Kind::Index,
        Rule::superscript => Kind::Order,
        _ => return,
    };
    let span = Span::new(offset + start, offset + end);
    let place = tokens.open(kind, &pair.get_input()[start..end], span);
    let holds = matches!(
        kind,
        Kind::Expression
            | Kind::Group
            | Kind::Round
            | Kind::Brace
            | Kind::Vector
            | Kind::Bars
            | Kind::Partial
            | Kind::Slot
    );
    if holds {
        for inner in pair.into_inner() {
            push(inner, offset, tokens);
        }
        tokens.close(place);
    }
}
