//! Answers with run-together names, as people write them: `2xsin(2x)`, `sinxcosx`, `lnx`.

use crate::function;
use crate::syntax;

/// The longest word that is looked at, in bytes.
const LONGEST: usize = 40;

/// An answer in which words that the question does not know are written as the names that
/// they are made of, with what to say of each; `None` when there is nothing of the kind.
///
/// A word is taken apart only when it is no name of the question, no function and no constant,
/// and when all of it is made of functions, of names of the question, of `e`, `pi` and of
/// whole numbers. Functions are looked for first, the longest first.
pub fn respelled(answer: &str, known: &[String]) -> Option<(String, Vec<String>)> {
    let mut text = String::with_capacity(answer.len() + 8);
    let mut said: Vec<String> = Vec::new();
    let mut rest = answer;
    while let Some(first) = rest.chars().next() {
        let is_word = first.is_alphabetic();
        let end = rest
            .find(|c: char| c.is_alphanumeric() != is_word && c != '_' || !is_word)
            .unwrap_or(rest.len());
        let end = if is_word { end } else { first.len_utf8() };
        let (word, after) = rest.split_at(end);
        rest = after;
        // A subscript belongs to the name before it.
        let subscripted = rest.starts_with('_') || word.contains('_');
        let parts = if is_word && !subscripted { parts(word, known) } else { None };
        match parts {
            Some(parts) => {
                let spelled = joined(&parts);
                let note = format!("`{word}` is read as `{spelled}`");
                if !said.contains(&note) {
                    said.push(note);
                }
                text.push_str(&spelled);
            }
            None => text.push_str(word),
        }
    }
    (!said.is_empty()).then_some((text, said))
}

/// An answer with decimal points for decimal commas, when it has such commas and cannot be
/// read otherwise.
pub fn with_decimal_points(answer: &str) -> Option<(String, String)> {
    let bytes = answer.as_bytes();
    let is_comma = |at: usize| {
        bytes[at] == b','
            && at > 0
            && bytes[at - 1].is_ascii_digit()
            && bytes.get(at + 1).is_some_and(u8::is_ascii_digit)
    };
    if !(0..bytes.len()).any(is_comma) {
        return None;
    }
    let text: String = answer
        .char_indices()
        .map(|(at, c)| if c == ',' && is_comma(at) { '.' } else { c })
        .collect();
    let note = "commas between digits are read as decimal commas".to_owned();
    Some((text, note))
}

/// The names of which a word is made; `None` when it is a name itself, or when it is not
/// wholly made of names.
fn parts(word: &str, known: &[String]) -> Option<Vec<String>> {
    let is_known = |text: &str| known.iter().any(|name| name == text);
    let is_constant = |text: &str| matches!(text, "e" | "pi" | "π");
    if word.len() > LONGEST || is_known(word) || is_constant(word) || is_function(word) {
        return None;
    }
    // For each place in the word, how far the longest name or number reaches from which the
    // rest can be read; found from the end.
    let places: Vec<usize> =
        word.char_indices().map(|(at, _)| at).chain([word.len()]).collect();
    let mut next: Vec<Option<usize>> = vec![None; places.len()];
    for from in (0..places.len() - 1).rev() {
        let reads = |to: usize| {
            let part = &word[places[from]..places[to]];
            let end = to == places.len() - 1;
            if !end && next[to].is_none() {
                return false;
            }
            let is_number = part.bytes().all(|b| b.is_ascii_digit());
            // A number is read as a whole, and a function has an argument.
            let goes_on = word[places[to]..].starts_with(|c: char| c.is_ascii_digit());
            is_number && !goes_on
                || is_known(part)
                || is_constant(part)
                || is_function(part)
        };
        let functions = (from + 1..places.len())
            .rev()
            .filter(|to| is_function(&word[places[from]..places[*to]]));
        let others = (from + 1..places.len()).rev();
        next[from] = functions.chain(others).find(|to| reads(*to));
    }
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(to) = next[at] {
        found.push(word[places[at]..places[to]].to_owned());
        at = to;
    }
    (at == places.len() - 1 && found.len() > 1).then_some(found)
}

/// The names with blanks between them; a number stands right before what follows it.
fn joined(parts: &[String]) -> String {
    let mut text = String::new();
    for part in parts {
        let after_number = text.ends_with(|c: char| c.is_ascii_digit());
        if !text.is_empty() && !after_number {
            text.push(' ');
        }
        text.push_str(part);
    }
    text
}

fn is_function(text: &str) -> bool {
    text.len() > 1 && (1..=2).any(|arity| function::lookup(text, arity).is_some())
}

/// Whether a text can be read at all, with the names of a question.
pub fn can_be_read(text: &str, known: &[String]) -> bool {
    let known: Vec<&str> = known.iter().map(String::as_str).collect();
    syntax::parse(text, &known).is_ok()
}

#[cfg(test)]
mod tests {
    use super::{joined, parts, respelled, with_decimal_points};

    #[test]
    fn words_are_taken_apart() {
        let known = ["x".to_owned(), "a".to_owned(), "rate".to_owned()];
        let rows = [
            ("sinxcosx", Some("sin x cos x")),
            ("xsin", Some("x sin")),
            ("sin2x", Some("sin 2x")),
            ("xe", Some("x e")),
            ("xlnx", Some("x ln x")),
            ("sinhx", Some("sinh x")),
            ("xln5", Some("x ln 5")),
            ("ax", Some("a x")),
            ("arctanx", Some("arctan x")),
            ("rate", None),
            ("sin", None),
            ("C", None),
            ("xy", None),
            ("pi", None),
            ("x", None),
        ];
        for (word, expected) in rows {
            let found = parts(word, &known).map(|parts| joined(&parts));
            assert_eq!(found.as_deref(), expected, "{word}");
        }
    }

    #[test]
    fn answers_are_respelled() {
        let known = ["x".to_owned()];
        let rows = [
            ("2xsin(2x)", Some("2x sin(2x)")),
            ("e^xsinx", Some("e^x sin x")),
            ("2x sin(2x)", None),
            ("x_max", None),
            ("u(x)", None),
        ];
        for (text, expected) in rows {
            let found = respelled(text, &known).map(|found| found.0);
            assert_eq!(found.as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn commas_become_points() {
        let found = with_decimal_points("2,5x + 0,5").map(|found| found.0);
        assert_eq!(found.as_deref(), Some("2.5x + 0.5"));
        assert_eq!(with_decimal_points("[2, 5]"), None);
    }
}
