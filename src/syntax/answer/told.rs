//! What a reply says is its answer, before any formula of it is read: one way for every question,
//! whether it is known or not. What can be meant in another way is told beside it.

use super::super::marks::unfenced;
use super::LONGEST;
use super::around::trimmed;
use super::beside::is_struck;
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
    let meant = meant(text, order, other)?;
    if forever::breaks_off(meant.text) {
        return Err(format!("a number that goes on, `{}`", meant.text.trim()));
    }
    if let Some(mark) = mark_before(meant.text) {
        return Err(format!("`{mark}` before the formula may be a part of it"));
    }
    let mut notes: Vec<String> = meant.note().into_iter().collect();
    let finite = forever::finite(meant.text);
    if let Cow::Owned(_) = finite {
        notes.push(
            "the digits that are repeated for ever are read as a fraction".to_owned(),
        );
    }
    let others = others(&meant, text, other);
    let text = equated(&finite).unwrap_or_else(|| finite.into_owned());
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
    if let Some(negative) = as_minus(meant.text) {
        found.push((negative, "the sign before it is a minus"));
    }
    found
}

/// What stands between `=`, or a verb that says the same, and a formula in dollars: `f'(x) = - $x$`
/// says a minus, and nobody knows what `f'(x) = 2. $x$` says.
fn mark_before(text: &str) -> Option<&str> {
    let (before, _) = text.split_once('$')?;
    let before = before.trim_end();
    let start = before.rfind([' ', '=']).map_or(0, |at| at + 1);
    let (said, mark) = before.split_at(start);
    let said = said.trim_end();
    let is_sign = matches!(mark, "-" | "–" | "−" | "±" | "*" | "#" | "•");
    let is_number = mark.strip_suffix(['.', ')']).is_some_and(|inner| {
        !inner.is_empty() && inner.chars().all(char::is_alphanumeric)
    });
    let is_equal = said.ends_with('=')
        || said.rsplit(' ').next().is_some_and(|word| is_verb(&word.to_lowercase()));
    ((is_sign || is_number) && is_equal).then_some(mark)
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

/// A formula with the minus that the sign of a list before it may be: `- $2x$`.
fn as_minus(text: &str) -> Option<String> {
    let rest = text.trim_start().strip_prefix(['-', '–', '−'])?;
    let inner = unfenced(trimmed(rest));
    let is_fenced =
        inner.len() < trimmed(rest).len() && !inner.contains(['$', '=', '\n']);
    (rest.starts_with(' ') && is_fenced).then(|| format!("$-({inner})$"))
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
