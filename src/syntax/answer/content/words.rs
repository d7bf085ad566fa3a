//! Answers in words: those that say a set of numbers, and all others.

use super::super::outline::{Sign, outline};
use super::super::words::is_prose;
use super::{Content, bare};

/// What says that there is no solution.
const NOTHING: [&str; 8] = [
    "no solution",
    "no solutions",
    "no real solution",
    "no real solutions",
    "empty set",
    "the empty set",
    "\\emptyset",
    "\\varnothing",
];
/// What says that every number is one.
const ALL: [&str; 8] = [
    "all real numbers",
    "all reals",
    "all real x",
    "\\mathbb{r}",
    "\\mathbb r",
    "\\reals",
    "ℝ",
    "\\bbb{r}",
];
/// Infinity.
const INFINITE: [&str; 6] = ["\\infty", "∞", "infinity", "oo", "inf", "\\infinity"];
/// Short words that are answers and no names.
const SAID: [&str; 8] = ["yes", "no", "odd", "even", "true", "false", "none", "dne"];
/// The shortest word that is none of mathematics.
const WORD: usize = 3;

/// What stands behind the last mark that says that the answer follows: `#### 42`.
pub(super) fn behind_mark(text: &str) -> &str {
    match text.rsplit_once("####") {
        Some((_, rest)) if !rest.trim().is_empty() && !rest.trim().contains('\n') => rest,
        _ => behind_heading(text),
    }
}

/// What stands behind a heading in bold type: `**Answer:** 42`.
fn behind_heading(text: &str) -> &str {
    let heading = text.trim_start().strip_prefix("**");
    let parts = heading
        .and_then(|rest| rest.split_once(":**").or_else(|| rest.split_once("**:")));
    match parts {
        Some((words, rest)) if is_prose(words) && !rest.trim().is_empty() => rest,
        _ => text,
    }
}

/// A text without `\text` around it, in small letters.
fn plain(text: &str) -> String {
    let pieces = outline(text);
    let inner = match &pieces[..] {
        [only] if only.sign == Sign::Words && only.end == text.len() => only.text,
        _ => text,
    };
    let words = inner.split_whitespace().collect::<Vec<_>>().join(" ");
    words.trim_end_matches(['.', '!']).to_lowercase()
}

/// Whether a text is infinity, and then whether it is the negative one.
pub(super) fn infinite(text: &str) -> Option<bool> {
    let text = bare(text);
    let (is_negative, rest) = match text.strip_prefix(['-', '−']) {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    INFINITE.contains(&plain(bare(rest)).as_str()).then_some(is_negative)
}

/// Whether a text is the set of all real numbers.
pub(super) fn is_reals(text: &str) -> bool {
    ALL.contains(&plain(text).as_str())
}

/// What words and signs of sets say.
pub(super) fn special(text: &str) -> Option<Content> {
    let plain = plain(text);
    if NOTHING.contains(&plain.as_str()) || plain == "∅" {
        return Some(Content::Set(Vec::new()));
    }
    if is_reals(text) {
        return Some(Content::Interval { ends: [None, None], closed: [false; 2] });
    }
    if let Some(set) =
        plain.strip_prefix("\\mathbb{").and_then(|rest| rest.strip_suffix('}'))
    {
        return Some(Content::Refused(format!(
            "the set `\\mathbb{{{}}}`",
            set.to_uppercase()
        )));
    }
    infinite(text).map(|is_negative| Content::Infinity { is_negative })
}

/// An answer in words.
pub(super) fn read(text: &str) -> Option<Content> {
    let plain = plain(text);
    let is_plain = plain.chars().all(|c| {
        c.is_alphabetic() || c.is_whitespace() || matches!(c, '\'' | '’' | '-' | ',')
    });
    let parts: Vec<&str> =
        plain.split([' ', '-', ',']).filter(|part| !part.is_empty()).collect();
    let is_word = |part: &&str| {
        part.chars().count() >= WORD
            && part.chars().all(|c| c.is_alphabetic() || matches!(c, '\'' | '’'))
            && !crate::function::is_name(part)
            && !crate::kernel::GREEK.iter().any(|row| row.0 == *part)
    };
    let has_sign = text.contains(['-', ',']) && !text.contains(' ');
    let is_said = is_plain && parts.iter().any(is_word) && !has_sign;
    is_said.then_some(Content::Words(plain))
}

/// Whether words may be the name of a variable, or names side by side.
pub(super) fn may_be_name(text: &str) -> bool {
    let is_said = SAID.contains(&text.to_lowercase().as_str());
    !is_said
        && !text.contains(' ')
        && !text.starts_with("\\text")
        && !text.starts_with("\\mathrm")
}
