//! Signs in a formula that mean less than they look, or that calcgrad writes otherwise: the number
//! of a formula in a list, a condition behind it, what is struck out, operators of arrays, signs
//! as wide as two.

use super::lexer::Input;
use super::limits::pieces;
use super::typed::{Bytes, Typed};
use crate::error::Note;
use crate::span::Span;

/// What stands on both sides of what is struck out.
const STRIKE: &str = "~~";

/// What is struck out in a text: `~~x^2~~`, and `~~x` that is not ended.
pub(super) fn struck(text: &str) -> Option<Span> {
    let (before, rest) = text.split_once(STRIKE)?;
    let is_blank = |c: char| c.is_whitespace() || c == '~';
    if rest.starts_with(is_blank)
        || !before.is_empty() && !before.ends_with(char::is_whitespace)
    {
        return None;
    }
    let end = match rest.split_once(STRIKE) {
        Some((inner, behind))
            if !inner.ends_with(is_blank)
                && !behind.starts_with(char::is_alphanumeric) =>
        {
            inner.len() + STRIKE.len()
        }
        None if before.is_empty() => rest.len(),
        _ => return None,
    };
    let start = before.len();
    Some(Span::new(start, start + STRIKE.len() + end))
}

/// What is read as a factor and may be the number of a formula in a list, the number of an
/// equation, or a mark of code.
pub(super) fn doubts(text: &str, bytes: &Bytes) -> Vec<Note> {
    let mut notes = Vec::new();
    if !bytes.has(b'.') && !bytes.has(b'=') {
        return notes;
    }
    let mut note = |start: usize, end: usize, what: &str| {
        let message = format!("`{}` is read as a factor; {what}", &text[start..end]);
        notes.push(Note { message, span: Some(Span::new(start, end)) });
    };
    let is_number = |text: &str| {
        matches!(text.len(), 1 | 2) && text.bytes().all(|b| b.is_ascii_digit())
    };
    let begins = |text: &str| {
        text.starts_with(|c: char| c.is_alphabetic() || matches!(c, '\\' | '('))
    };
    let start = text.len() - text.trim_start().len();
    if let Some((number, rest)) = text[start..].split_once(". ")
        && is_number(number)
        && begins(rest.trim_start())
    {
        note(start, start + number.len() + 1, "leave the number of a formula out");
    }
    let end = text.trim_end().len();
    if let Some((front, number)) =
        text[..end].strip_suffix(')').and_then(|front| front.rsplit_once(" ("))
        && is_number(number)
        && front.contains('=')
        && front
            .trim_end()
            .ends_with(|c: char| c.is_alphanumeric() || matches!(c, ')' | '}'))
    {
        note(front.len() + 1, end, "leave the number of an equation out");
    }
    for (at, _) in text.match_indices(['f', 'F']) {
        let before = text[..at].trim_end_matches(|c: char| c.is_ascii_digit());
        let is_decimal = before.len() < at
            && before
                .strip_suffix('.')
                .is_some_and(|whole| whole.ends_with(|c: char| c.is_ascii_digit()));
        if is_decimal
            && !text[at + 1..].starts_with(|c: char| {
                c.is_alphanumeric() || matches!(c, '_' | '(' | '\'')
            })
        {
            note(at, at + 1, "a number of C is written without it");
        }
    }
    notes
}

/// Where a condition begins behind a formula of text: `, x > 0`, ` (x > 0)`.
pub(super) fn condition(text: &str) -> Option<usize> {
    let compares =
        |part: &str| part.contains(['<', '>', '≤', '≥', '≠']) || part.contains("!=");
    if !compares(text) {
        return None;
    }
    let parts = pieces(text)?;
    if let [formula, conditions @ ..] = &parts[..]
        && !conditions.is_empty()
        && !text.contains(';')
        && !compares(formula)
        && conditions.iter().all(|part| compares(part))
    {
        return Some(text.find(formula)? + formula.len());
    }
    let at = text.strip_suffix(')')?.rfind(" (")?;
    let inside = &text[at + 2..text.len() - 1];
    let is_one = compares(inside) && !inside.contains(['(', ')', '[', ',']);
    (is_one
        && !compares(&text[..at])
        && !text[..at].trim_end().ends_with(['+', '-', '*', '/', '^', '=']))
    .then_some(at)
}

/// Operators that work entry by entry in languages of arrays, with what each is for numbers in
/// as many bytes.
const ENTRYWISE: [(&str, &str); 4] =
    [(".^", " ^"), (".*", " *"), ("./", " /"), (".(", "( ")];

/// The next operator of a text that works entry by entry; `0.(3)` is a decimal.
fn entrywise(
    text: &str,
    from: usize,
) -> Option<(usize, &'static (&'static str, &'static str))> {
    let mut places = text[from..].match_indices('.').map(|(at, _)| from + at);
    places.find_map(|at| {
        let row = ENTRYWISE.iter().find(|row| text[at..].starts_with(row.0))?;
        let is_name = text[..at].ends_with(char::is_alphabetic);
        (row.0 != ".(" || is_name).then_some((at, row))
    })
}

/// A text in the signs of calcgrad, with all places as they are, and what is to be said of it:
/// signs as wide as two, and operators that work entry by entry.
pub(super) fn plain(typed: &Typed<'_>) -> Option<(String, Option<Note>)> {
    let Typed { text, input, bytes, .. } = typed;
    if *input != Input::Text || bytes.is_ascii() && !bytes.has(b'.') {
        return None;
    }
    let wide = narrow(text);
    let now = wide.as_deref().unwrap_or(text);
    let Some((at, row)) = entrywise(now, 0) else {
        return wide.map(|text| (text, None));
    };
    let message =
        format!("`{}` works entry by entry, as without the point for a number", row.0);
    let note = Note { message, span: Some(Span::new(at, at + row.0.len())) };
    let (mut out, mut from) = (String::with_capacity(now.len()), 0);
    while let Some((at, row)) = entrywise(now, from) {
        out.push_str(&now[from..at]);
        out.push_str(row.1);
        from = at + row.0.len();
    }
    out.push_str(&now[from..]);
    Some((out, Some(note)))
}

/// A text with signs that are as wide as two in the width of others, and blanks for the bytes
/// that they had more, so that all places stay.
fn narrow(text: &str) -> Option<String> {
    // The first of them ends sentences, and is hardly ever a factorial.
    let is_wide = |c: char| matches!(c, '\u{FF02}'..='\u{FF5E}');
    if text.is_ascii() || !text.contains(is_wide) {
        return None;
    }
    let mut out = String::with_capacity(text.len());
    let mut blanks = 0;
    for c in text.chars() {
        let Some(sign) =
            char::from_u32(u32::from(c).wrapping_sub(0xFEE0)).filter(|_| is_wide(c))
        else {
            out.extend(std::iter::repeat_n(' ', std::mem::take(&mut blanks)));
            out.push(c);
            continue;
        };
        if sign.is_ascii_alphanumeric() {
            out.push(sign);
            blanks += 2;
            continue;
        }
        // An exponent stands directly behind a bracket.
        let is_close = matches!(sign, ')' | ']' | '}');
        blanks += 2;
        if is_close {
            out.extend(std::iter::repeat_n(' ', std::mem::take(&mut blanks)));
        }
        out.push(sign);
    }
    out.extend(std::iter::repeat_n(' ', blanks));
    Some(out)
}
