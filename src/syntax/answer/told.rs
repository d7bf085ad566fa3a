//! What a reply says is its answer, before any formula of it is read: one way for every question,
//! whether it is known or not. What can be meant in another way is told beside it.

use super::super::marks::unfenced;
use super::LONGEST;
use super::around::trimmed;
use super::beside::{is_struck, last_sentence};
use super::forever;
use super::label::Label;
use super::precedence::{Meant, has_name, meant};
use super::reply::narrow;
use super::thought::outspoken;
use super::words::{is_changing, is_verb};
use std::borrow::Cow;

/// How much of the end of a reply is looked at, where it is very long.
const END: usize = 1 << 12;
/// The fewest words of a text that is a reply and no answer alone.
const WORDS: usize = 3;
/// The shortest word.
const WORD: usize = 3;

/// The part of a reply that is its answer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Told {
    /// That part, with what stands before it.
    pub text: String,
    /// What was left out or written in other signs.
    pub notes: Vec<String>,
    /// The same as it may be meant besides, and when it is.
    pub others: Vec<(String, &'static str)>,
}

/// The part of a reply that is its answer. `order` is that of the derivative that was asked for,
/// where that is known; what is a name in `other`, the question or the right answer, is one in it.
///
/// # Errors
/// Says why there is no answer, or cannot be known which part that is.
pub fn told(text: &str, order: Option<usize>, other: &str) -> Result<Told, String> {
    let said = outspoken(text)
        .ok_or_else(|| "nothing stands outside of the tags of its thoughts".to_owned())?;
    let narrowed = narrow(said);
    let text = end_of(&narrowed);
    if text.len() > LONGEST {
        return Ok(Told { text: text.to_owned(), ..Told::default() });
    }
    if is_struck(text) {
        return Err("a part of it is struck out".to_owned());
    }
    if is_question(text) {
        return Err("it asks whether that is the answer".to_owned());
    }
    let meant = meant(text, order, other)?;
    if forever::breaks_off(meant.text) {
        return Err(format!("a number that goes on, `{}`", meant.text.trim()));
    }
    if let Some(mark) = mark_before(meant.text) {
        return Err(format!("`{mark}` before the formula may be a part of it"));
    }
    if may_be_minus(meant.text) {
        return Err("the sign before it may be a minus or that of a list".to_owned());
    }
    let mut notes: Vec<String> = meant.note().into_iter().collect();
    let finite = forever::finite(meant.text);
    if let Cow::Owned(_) = finite {
        notes.push(
            "the digits that are repeated for ever are read as a fraction".to_owned(),
        );
    }
    let others = others(&meant, text, other);
    let text = equated(&finite).unwrap_or_else(|| match as_product(&finite) {
        Some((product, true)) => product,
        _ => finite.into_owned(),
    });
    Ok(Told { text, notes, others })
}

/// How the answer of a reply may be meant besides.
fn others(meant: &Meant<'_>, text: &str, other: &str) -> Vec<(String, &'static str)> {
    let mut found = Vec::new();
    if meant.behind == "!" {
        found.push((text.to_owned(), "`!` is a factorial"));
    }
    if let Some(product) = as_factor(meant.text, other) {
        found.push((product, "the letter in brackets is a factor"));
    }
    if let Some((product, false)) = as_product(meant.text) {
        found.push((product, "the point is a sign of multiplication"));
    }
    if let Some(rest) = meant.text.trim_end().strip_suffix('!')
        && !rest.ends_with('!')
        && rest.contains(char::is_alphabetic)
    {
        found.push((rest.to_owned(), "`!` is the end of the sentence"));
    }
    found
}

/// What stands between `=`, or a verb that says the same, and a formula in dollars: `f'(x) = - $x$`
/// says a minus, and nobody knows what `f'(x) = 2. $x$` or `f'(x) = hai $x$` says.
fn mark_before(text: &str) -> Option<&str> {
    let (before, _) = text.split_once('$').filter(|(_, rest)| rest.contains('$'))?;
    let before = before.trim_end();
    let start = before.rfind([' ', '=']).map_or(0, |at| at + 1);
    let (said, mark) = before.split_at(start);
    let said = said.trim_end();
    let is_sign = matches!(mark, "-" | "–" | "−" | "±" | "*" | "#" | "•");
    let is_number = mark.strip_suffix(['.', ')']).is_some_and(|inner| {
        !inner.is_empty() && inner.chars().all(char::is_alphanumeric)
    });
    let is_equal = said.ends_with('=');
    let is_word = is_equal && !mark.is_empty() && mark.chars().all(char::is_alphanumeric);
    let is_told = is_equal
        || said.rsplit(' ').next().is_some_and(|word| is_verb(&word.to_lowercase()));
    ((is_sign || is_number || is_word) && is_told).then_some(mark)
}

/// Whether a text is one sentence that asks: `Is it $2x$?`.
fn is_question(text: &str) -> bool {
    let Some(asked) = text.trim().strip_suffix(['?', '？']) else { return false };
    let first = asked.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    let begins =
        ["is", "are", "could", "can", "may", "might", "would", "ist", "est", "es"]
            .contains(&first.to_lowercase().as_str());
    begins && asked.contains(' ') && last_sentence(asked).len() == asked.len()
}

/// A derivative with its name and a verb between both as an equation: `f'(x) is 2x`.
fn equated(text: &str) -> Option<String> {
    const VERBS: [&str; 8] =
        [" is equal to ", " equals ", " is ", " là ", " bằng ", " ist ", " est ", " es "];
    let (name, value) = VERBS.iter().find_map(|verb| text.trim().split_once(verb))?;
    let label = Label::read(name.trim_end()).filter(|label| !label.is_value())?;
    let is_one = !value.contains(['\n', '=', '$'])
        && label.operand.is_none()
        && !has_words(value)
        && !is_changing(value);
    is_one.then(|| format!("{} = {}", name.trim_end(), value.trim_start()))
}

/// Whether the sign before a formula may be a minus and that of a list: `- $2x$`.
fn may_be_minus(text: &str) -> bool {
    let Some(rest) = text.trim_start().strip_prefix(['-', '–', '−']) else {
        return false;
    };
    let inner = unfenced(trimmed(rest));
    rest.starts_with(' ')
        && inner.len() < trimmed(rest).len()
        && !inner.contains(['$', '=', '\n'])
}

/// A product where a point beside a bracket or its exponent is a sign of multiplication:
/// `3(2x+1)^2.2`, `2.3(2x+1)`. It is certainly one behind a raised digit, and where another point
/// before a bracket is.
fn as_product(text: &str) -> Option<(String, bool)> {
    const RAISED: [char; 3] = ['²', '³', '⁴'];
    let is_digit = |c: char| c.is_ascii_digit();
    let sign = if text.contains('\\') { " \\cdot " } else { "*" };
    let mut found = String::with_capacity(text.len());
    let (mut is_changed, mut is_certain) = (false, text.contains(".("));
    for (at, c) in text.char_indices() {
        let (before, behind) = (&text[..at], &text[at + c.len_utf8()..]);
        let front = before.trim_end_matches(is_digit);
        let power = front.strip_suffix('^').unwrap_or_default();
        let is_exponent = front.len() < before.len() && power.ends_with(')')
            || before.ends_with(RAISED);
        let rest = behind.trim_start_matches(is_digit);
        let is_factor = front.len() < before.len()
            && ["(", ".(", "\\left("].iter().any(|sign| rest.starts_with(sign));
        let is_point =
            c == '.' && rest.len() < behind.len() && (is_exponent || is_factor);
        is_changed |= is_point;
        is_certain |= is_point && before.ends_with(RAISED);
        // A number with a point may stand before a point.
        is_certain &= !is_point || is_exponent;
        found.push_str(if is_point { sign } else { &text[at..at + c.len_utf8()] });
    }
    is_changed.then_some((found, is_certain))
}

/// A product where a letter in brackets before a formula is a variable: `(a) x`.
fn as_factor(text: &str, other: &str) -> Option<String> {
    let (letter, rest) = text.trim_start().strip_prefix('(')?.split_once(')')?;
    let is_one = letter.chars().count() == 1 && rest.starts_with(' ');
    let rest = trimmed(rest);
    let inner = unfenced(rest);
    let is_formula = !inner.is_empty() && !inner.contains(['$', '=', '\n']);
    let fence = if inner.len() < rest.len() { "$" } else { "" };
    (is_one && is_formula && has_name(other, letter))
        .then(|| format!("{fence}{letter}({inner}){fence}"))
}

/// The end of a reply that is longer than what is taken apart; a formula is left as it is.
fn end_of(text: &str) -> &str {
    if text.len() <= LONGEST || !has_words(text) {
        return text;
    }
    let mut start = text.len() - END;
    while !text.is_char_boundary(start) {
        start += 1;
    }
    &text[start..]
}

/// Whether a text has several words of a language.
pub(super) fn has_words(text: &str) -> bool {
    let is_word = |word: &&str| {
        word.chars().count() >= WORD
            && word.chars().all(char::is_alphabetic)
            && !crate::function::is_name(word)
    };
    let is_sign = |c: char| matches!(c, '.' | ',' | ':' | ';' | '!' | '?');
    let words = text.split_whitespace().map(|word| word.trim_end_matches(is_sign));
    words.filter(is_word).nth(WORDS - 1).is_some()
}
