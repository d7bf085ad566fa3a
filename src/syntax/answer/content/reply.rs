//! Whole replies: which part of a long text is its answer.

use super::super::LONGEST;
use super::super::boxes::concluding;

/// How much of the end of a reply is looked at, where it is very long.
const END: usize = 1 << 12;
/// The words behind which an answer stands, in small letters.
const SAYING: [&str; 3] = ["answer is", "answer:", "answer is:"];
/// The fewest words of a text that is a reply and no answer alone.
const WORDS: usize = 3;
/// The shortest word.
const WORD: usize = 3;

/// The end of a reply that is longer than what is taken apart; a formula is left as it is.
pub(super) fn end_of(text: &str) -> &str {
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
fn has_words(text: &str) -> bool {
    let is_word = |word: &&str| {
        word.chars().count() >= WORD
            && word.chars().all(char::is_alphabetic)
            && !crate::function::is_name(word)
    };
    let is_sign = |c: char| matches!(c, '.' | ',' | ':' | ';' | '!' | '?');
    let words = text.split_whitespace().map(|word| word.trim_end_matches(is_sign));
    words.filter(is_word).nth(WORDS - 1).is_some()
}

/// The answer of a text that is a reply: what its last box holds, or what stands behind the
/// last words that say that it is the answer.
pub(super) fn answer(text: &str) -> Option<&str> {
    if !has_words(text) {
        return None;
    }
    concluding(text).or_else(|| said(text))
}

fn said(text: &str) -> Option<&str> {
    let lower = text.to_ascii_lowercase();
    let (at, words) = SAYING
        .iter()
        .filter_map(|words| Some((lower.rfind(words)?, words)))
        .max_by_key(|(at, words)| at + words.len())?;
    let rest = text[at + words.len()..].trim_start_matches([' ', '*', ':', '\n']);
    if let Some(inner) = rest.strip_prefix('$') {
        let inner = inner.trim_start_matches('$');
        return inner.find('$').map(|end| inner[..end].trim());
    }
    // The sentence ends with a point that is none of a number.
    let end = rest.match_indices(['.', '\n']).find(|(at, sign)| {
        *sign == "\n" || !rest[at + 1..].starts_with(|c: char| c.is_ascii_digit())
    });
    let found = rest[..end.map_or(rest.len(), |(at, _)| at)].trim();
    (!found.is_empty()).then_some(found)
}
