//! What pest could not read, said in the words of a user.

use super::signs;
use crate::error::{Error, ErrorKind};
use crate::span::Span;
use pest::RuleType;
use pest::error::InputLocation;

/// Turns an error of pest into one of calcgrad. `offset` is where the text stands.
pub(super) fn explain(
    error: &pest::error::Error<impl RuleType>,
    text: &str,
    offset: usize,
) -> Error {
    let at = match error.location {
        InputLocation::Pos(at) | InputLocation::Span((at, _)) => at,
    };
    let rest = &text[at..];
    let at = at + (rest.len() - rest.trim_start().len());
    stray(text, at, offset)
}

/// The error of a sign of the text that stands where it cannot stand.
pub(super) fn stray(text: &str, at: usize, offset: usize) -> Error {
    let found = found(&text[at..]);
    let kind = ErrorKind::UnexpectedToken {
        found: found.to_owned(),
        expected: expected(&text[..at]).to_owned(),
    };
    let error = Error::at(Span::new(offset + at, offset + at + found.len()), kind);
    match help(&text[at..], &text[..at]) {
        Some(help) => error.help(help),
        None => error,
    }
}

/// The word, number or sign at the beginning of a text.
fn found(rest: &str) -> &str {
    let Some(first) = rest.chars().next() else { return "" };
    if !first.is_alphanumeric() {
        return &rest[..first.len_utf8()];
    }
    let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
    &rest[..end]
}

/// Behind an operand an operator may stand, elsewhere an operand.
fn expected(before: &str) -> &'static str {
    match before.trim_end().chars().next_back() {
        Some(c) if c.is_alphanumeric() || ")]}|!'_".contains(c) => {
            "an operator or the end"
        }
        _ => "an operand",
    }
}

fn help(rest: &str, before: &str) -> Option<String> {
    let last = before.trim_end().chars().next_back();
    let first = rest.chars().next();
    match (last, first) {
        (_, None) => Some("something is missing at the end".into()),
        (Some(c), Some('_')) if c.is_ascii_digit() => {
            Some("numbers to a base are not read; `_` stands between groups of three digits, as `1_000`".into())
        }
        (Some(a), Some(b)) if "+*/^=<>".contains(a) && "*/^=<>".contains(b) => {
            Some("one of the two operators is too many".into())
        }
        (Some('('), Some(')')) => Some("put something between the brackets".into()),
        (_, Some(',')) => Some(
            "a comma stands between arguments only; write decimals with a point".into(),
        ),
        (_, Some(wide @ '\u{FF01}'..='\u{FF5E}')) => {
            let sign = char::from_u32(u32::from(wide) - 0xFF01 + 0x21)?;
            Some(format!("a sign as wide as two; type `{sign}`"))
        }
        (_, Some(sign)) => signs::instead(sign).map(str::to_owned),
    }
}
