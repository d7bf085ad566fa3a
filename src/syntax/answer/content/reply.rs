//! Whole replies: which part of a long text is its answer.

use super::super::beside::first_sentence;
use super::super::boxes::concluding;
use super::super::reply::is_chinese;
use super::super::told::has_words;
use super::super::words::is_changing;

/// The words behind which an answer stands, in small letters.
const SAYING: [&str; 3] = ["answer is", "answer:", "answer is:"];
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
    let found = rest[..end.map_or(rest.len(), |(at, _)| at)].trim().trim_end_matches('*');
    (!found.is_empty()).then_some(found)
}

/// Words that say that so many stand behind them, and nothing else.
#[rustfmt::skip]
const COUNTING: [&str; 13] = [
    "there is", "there are", "there are exactly", "there are a total of", "có", "có tất cả",
    "có tổng cộng", "phương trình có", "有", "共有", "一共有", "总共有", "方程有",
];
/// Words before the place or the time at which something is counted.
const PLACES: [&str; 8] = ["in", "on", "at", "total", "altogether", "left", "trong", "ở"];
/// Words with which a number is one of several.
const SHARES: [&str; 5] = ["each", "every", "per ", "mỗi", "每"];
/// The most words of a thing that is counted.
const NOUN: usize = 3;

/// The number of a sentence that counts something, with what it counts where that is a unit of
/// it: `There are 5 roots.`, `一共有12种方法`.
pub(super) fn counted(text: &str) -> Option<&str> {
    let start = text.find(|c: char| c.is_ascii_digit())?;
    let (before, rest) = text.split_at(start);
    let is_number = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | '/');
    let number = &rest[..rest.find(|c| !is_number(c)).unwrap_or(rest.len())];
    let number = number.trim_end_matches(['.', ',']);
    let behind = &rest[number.len()..];
    let said = first_sentence(behind);
    let is_sentence = COUNTING.contains(&before.trim().to_lowercase().as_str())
        && behind[said.len()..].trim_matches(['.', ' ', '!', '\n']).is_empty()
        && said.chars().all(|c| c.is_alphabetic() || c == ' ')
        && !is_changing(said)
        && !SHARES.iter().any(|word| text.to_lowercase().contains(word));
    if !is_sentence {
        return None;
    }
    let nouns: Vec<&str> = said
        .split_whitespace()
        .take_while(|word| !PLACES.contains(&word.to_lowercase().as_str()))
        .collect();
    let is_short = nouns.len() <= NOUN && !said.starts_with(char::is_alphabetic)
        || said.starts_with(is_chinese);
    match nouns.last() {
        None => Some(number),
        Some(last) if is_short => {
            let end = last.as_ptr() as usize + last.len() - text.as_ptr() as usize;
            text.get(start..end)
        }
        _ => None,
    }
}

/// Whether a value is given to a variable: what is said there is another answer.
pub(super) fn is_at_value(text: &str, is_name: &dyn Fn(&str) -> bool) -> bool {
    text.match_indices('=').any(|(at, _)| {
        let before = text[..at].trim_end();
        let name = before.rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
        let front = before[..before.len() - name.len()].trim_end_matches(['$', '(']);
        let value = text[at + 1..].trim_start();
        let end = value.find(|c: char| !c.is_alphanumeric() && c != '.' && c != '/');
        let value = &value[..end.unwrap_or(value.len())];
        let is_number =
            value.trim_start_matches('-').starts_with(|c: char| c.is_ascii_digit())
                && !value.contains(char::is_alphabetic);
        !name.is_empty()
            && is_name(name)
            && is_number
            && front.ends_with([' ', '\n'])
            && !front.trim().is_empty()
    })
}
