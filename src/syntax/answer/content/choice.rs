//! The letter of a choice: `B`, `(B)`, `(B) 12`, `option C`.

use super::{Content, bare};

/// Words before the letter.
const BEFORE: [&str; 5] = ["option", "choice", "answer", "alternative", "case"];
/// The letters of choices.
const LETTERS: std::ops::RangeInclusive<char> = 'A'..='H';

/// The ways to read a text that begins with the letter of a choice.
pub(super) fn read(text: &str, depth: usize) -> Option<Vec<Content>> {
    let plain = unworded(text);
    let mut chars = plain.chars();
    // `B` is a name too.
    if let (Some(letter), None) =
        (chars.next().filter(|c| LETTERS.contains(c)), chars.next())
    {
        let mut found = vec![Content::Choice(letter)];
        if plain == text {
            found.push(Content::Formula(text.to_owned()));
        }
        return Some(found);
    }
    let (letter, rest) = marked(plain)?;
    let rest = bare(rest);
    let mut found = vec![Content::Choice(letter)];
    match rest.is_empty() {
        true if plain == text => found.push(Content::Formula(text.to_owned())),
        true => {}
        // What the letter stands for is an answer, too.
        false => found.extend(super::read(rest, depth + 1)),
    }
    Some(found)
}

/// A text without `\text` around it and `option` before it.
fn unworded(text: &str) -> &str {
    let mut text = text;
    for command in ["\\text", "\\textbf", "\\mathrm", "\\mathbf", "\\textrm", "\\rm"] {
        let inner = text.strip_prefix(command).map(str::trim_start);
        let inner = inner.and_then(|text| text.strip_prefix('{')?.strip_suffix('}'));
        if let Some(inner) = inner.filter(|inner| !inner.contains(['{', '}'])) {
            text = bare(inner);
        }
    }
    let lower = text.to_lowercase();
    for word in BEFORE {
        if let Some(rest) =
            lower.strip_prefix(word).filter(|rest| rest.starts_with([' ', ':']))
        {
            text = text[text.len() - rest.len()..].trim_start_matches([' ', ':']);
            break;
        }
    }
    bare(text)
}

/// `(B)`, `B)`, `B.`, `B:` with what stands behind.
fn marked(text: &str) -> Option<(char, &str)> {
    let text = ["\\textbf{", "\\text{", "\\mathrm{"]
        .iter()
        .find_map(|command| text.strip_prefix(*command))
        .unwrap_or(text);
    let (is_open, rest) = match text.strip_prefix('(') {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let letter = rest.chars().next()?;
    let known = letter.to_ascii_uppercase();
    // A small letter is one of a list only in brackets, or where nothing stands behind.
    let is_alone = text.len() == 2 && text.ends_with(')');
    if !LETTERS.contains(&known) || !is_open && !is_alone && !LETTERS.contains(&letter) {
        return None;
    }
    let rest = rest[letter.len_utf8()..].trim_start();
    let behind = match is_open {
        true => rest.strip_prefix(')')?,
        false => rest.strip_prefix([')', '.', ':'])?,
    };
    let behind = behind.strip_prefix('}').unwrap_or(behind);
    // `(b)^2` and `A.b` are no choices.
    let is_apart = behind.is_empty() || behind.starts_with([' ', '~', '$', '\\', '}']);
    let is_formula = behind.trim_start().starts_with(['^', '*', '/', '+', '-', '=', '_']);
    (is_apart && !is_formula).then_some((known, behind))
}
