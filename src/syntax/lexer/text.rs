//! The notation of calcgrad itself, as `grammar/calcgrad.pest` has it; over declared shapes, with
//! what `grammar/matrix.pest` adds to it.

use super::super::given::Given;
use super::super::literal;
use super::super::message;
use super::super::name::normalise;
use super::super::token::{Kind, Tokens};
use crate::error::{Error, ErrorKind, Result};
use crate::span::Span;
use pest::Parser;
use pest::iterators::Pair;

#[allow(missing_docs)]
mod grammar {
    #[derive(pest_derive::Parser)]
    #[grammar = "../grammar/calcgrad.pest"]
    #[grammar = "../grammar/matrix.pest"]
    pub(super) struct Grammar;
}
use grammar::{Grammar, Rule};

/// The tokens of a whole statement, which starts at `offset`; `is_shaped` where shapes are
/// declared.
///
/// # Errors
/// The first place that cannot be read.
pub(in crate::syntax) fn statement(
    text: &str,
    offset: usize,
    is_shaped: bool,
) -> Result<Tokens<'_>> {
    let rule = if is_shaped { Rule::shaped } else { Rule::statement };
    let pairs = Grammar::parse(rule, text)
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

/// The declarations behind `given`, which start at `offset`.
///
/// # Errors
/// The first place that cannot be read.
pub(in crate::syntax) fn declarations(text: &str, offset: usize) -> Result<Vec<Given>> {
    let pairs = Grammar::parse(Rule::declarations, text)
        .map_err(|error| message::explain(&error, text, offset))?;
    let place = |pair: &Pair<'_, Rule>| {
        let span = pair.as_span();
        Span::new(offset + span.start(), offset + span.end())
    };
    let piece = |pair: Pair<'_, Rule>| (pair.as_str().to_owned(), place(&pair));
    let declarations = pairs.filter(|pair| pair.as_rule() == Rule::declaration);
    let in_latex = |name: &str, at: Span| {
        let refuse = || Error::at(at, ErrorKind::InvalidName(name.to_owned()));
        super::name_in_latex(name).ok_or_else(refuse)
    };
    let given = |pair: Pair<'_, Rule>| {
        let mut given = Given { span: place(&pair), ..Given::default() };
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::name => given.name = normalise(part.as_str()),
                Rule::command => given.name = in_latex(part.as_str(), place(&part))?,
                Rule::field => {
                    given.is_field = true;
                    given.sizes.extend(part.into_inner().map(piece));
                }
                Rule::sizes => given.sizes.extend(part.into_inner().map(piece)),
                _ => given.traits.push(piece(part)),
            }
        }
        Ok(given)
    };
    declarations.map(given).collect()
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
        Rule::expression | Rule::in_bars | Rule::matrix | Rule::within | Rule::held => {
            start += text.len() - text.trim_start().len();
            Kind::Expression
        }
        Rule::word
            if text.starts_with('.')
                && literal::is_factor(&pair.get_input()[..start], text) =>
        {
            let at = Span::new(offset + start, offset + start + 1);
            tokens.open(Kind::Operator, ".", at);
            start += 1;
            Kind::Number
        }
        Rule::word if text.starts_with(|c: char| c.is_ascii_digit() || c == '.') => {
            Kind::Number
        }
        Rule::word | Rule::name | Rule::sum_sign | Rule::slope_of => Kind::Name,
        rule @ (Rule::infix | Rule::prefix) => {
            // The sign stands before its token.
            let before = &pair.get_input()[..end];
            start -= match rule {
                Rule::infix if before.ends_with("**") => 2,
                _ => before.chars().next_back().map_or(0, char::len_utf8),
            };
            if rule == Rule::infix { Kind::Operator } else { Kind::Prefix }
        }
        Rule::operator | Rule::apart => Kind::Operator,
        Rule::group | Rule::shaped_group => Kind::Group,
        Rule::round | Rule::shaped_round => Kind::Round,
        Rule::brace | Rule::shaped_brace => Kind::Brace,
        Rule::vector | Rule::entries => Kind::Vector,
        Rule::bars | Rule::bar => Kind::Bars,
        Rule::norm => Kind::Norm,
        Rule::inner | Rule::angled => Kind::Apply,
        Rule::turned => Kind::Transpose,
        Rule::postfix => Kind::Postfix,
        Rule::primes => Kind::Primes,
        Rule::root => Kind::Root,
        Rule::fraction => Kind::Fraction,
        Rule::infinity => Kind::Infinity,
        Rule::partial => Kind::Partial,
        Rule::partial_slot => Kind::Slot,
        Rule::index | Rule::which => Kind::Index,
        Rule::superscript => Kind::Order,
        _ => return,
    };
    let span = Span::new(offset + start, offset + end);
    let source = match kind {
        Kind::Apply => "dot",
        _ => &pair.get_input()[start..end],
    };
    let place = tokens.open(kind, source, span);
    let holds = matches!(
        kind,
        Kind::Expression
            | Kind::Group
            | Kind::Round
            | Kind::Brace
            | Kind::Vector
            | Kind::Bars
            | Kind::Norm
            | Kind::Apply
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
