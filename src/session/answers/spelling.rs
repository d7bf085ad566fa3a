//! Answers with run-together names, as people write them: `2xsin(2x)`, `sinxcosx`, `lnx`.

use crate::function;
use crate::kernel::latin;
use crate::syntax::{self, parts};
use rustc_hash::FxHashSet;

/// An answer as it was probably meant.
#[derive(Debug, Default)]
pub(in crate::session) struct Meant {
    pub(in crate::session) text: String,
    /// What to say of names that were taken apart.
    pub(in crate::session) split: Vec<String>,
    /// What to say besides.
    pub(in crate::session) notes: Vec<String>,
}

/// An answer in which words that the question does not know are written as the names that
/// they are made of, with what to say of each; `None` when there is nothing of the kind.
///
/// A word is taken apart only when it is no name of the question, no function and no constant,
/// and when all of it is made of functions, of names of the question, of `e`, `pi` and of
/// whole numbers. Functions are looked for first, the longest first.
pub(in crate::session) fn respelled(
    answer: &str,
    known: &[String],
) -> Option<(String, Vec<String>)> {
    let mut text = String::with_capacity(answer.len() + 8);
    let (mut said, mut is_said) = (Vec::new(), FxHashSet::default());
    let known: FxHashSet<_> = known.iter().map(|name| latin(name)).collect();
    let is_known = |text: &str| known.contains(&latin(text));
    let mut rest = answer;
    while let Some(first) = rest.chars().next() {
        if let Some(end) = exponent(&text, rest) {
            text.push_str(&rest[..end]);
            rest = &rest[end..];
            continue;
        }
        let is_word = first.is_alphabetic();
        let end = match is_word {
            true => rest.find(|c| !is_of_word(c)).unwrap_or(rest.len()),
            false => first.len_utf8(),
        };
        let (word, after) = rest.split_at(end);
        rest = after;
        // A subscript belongs to the name before it: `Gm_1m_2` is made of `m1` and `m2`.
        let plain = match word.contains('_') {
            true => without_lines(word).or_else(|| Some(word.to_owned())),
            false => Some(word.to_owned()),
        };
        let plain = plain.filter(|_| is_word && !rest.starts_with('_'));
        let parts = plain.as_deref().and_then(|word| parts(word, &is_known));
        match parts.filter(|parts| !has_index(parts)) {
            Some(parts) => {
                let mut spelled = joined(&parts);
                // A bracket behind it is another factor, and no part of an argument.
                let is_argument = parts.len() > 1 && !is_function(parts[parts.len() - 1]);
                if rest.starts_with('(')
                    && is_argument
                    && parts.iter().any(|p| is_function(p))
                {
                    spelled = format!("({spelled})");
                } else if text.trim_end().ends_with('/')
                    && parts.len() > 1
                    && !parts.iter().any(|part| is_function(part))
                    && !rest.starts_with(['(', '^', '²', '³', '*'])
                {
                    // A word that is divided by is one divisor.
                    spelled = format!("({spelled})");
                }
                let note = format!("`{word}` is read as `{spelled}`");
                if is_said.insert(note.clone()) {
                    said.push(note);
                }
                text.push_str(&spelled);
            }
            None => text.push_str(word),
        }
    }
    (!said.is_empty()).then_some((text, said))
}

/// Where the exponent of a number ends that begins here, as in `1e5`.
fn exponent(before: &str, rest: &str) -> Option<usize> {
    let behind = rest.strip_prefix(['e', 'E'])?;
    let digits = behind.find(|c: char| !c.is_ascii_digit()).unwrap_or(behind.len());
    let is_number = before.ends_with(|c: char| c.is_ascii_digit() || c == '.');
    (is_number && digits > 0).then_some(1 + digits)
}

/// An answer with decimal points for decimal commas, when it has such commas and cannot be
/// read otherwise.
pub(in crate::session) fn with_decimal_points(answer: &str) -> Option<(String, String)> {
    let bytes = answer.as_bytes();
    // For each open bracket, whether commas separate in it: in an exponent they do not.
    let mut open: Vec<bool> = Vec::new();
    let mut text = String::with_capacity(answer.len());
    for (at, c) in answer.char_indices() {
        match c {
            '(' | '[' | '{' => open.push(!answer[..at].ends_with('^')),
            ')' | ']' | '}' => drop(open.pop()),
            _ => {}
        }
        let is_decimal = c == ','
            && !open.contains(&true)
            && at > 0
            && bytes[at - 1].is_ascii_digit()
            && bytes.get(at + 1).is_some_and(u8::is_ascii_digit);
        text.push(if is_decimal { '.' } else { c });
    }
    if text == answer || has_thousands(answer) {
        return None;
    }
    let note = "commas between digits are read as decimal commas".to_owned();
    Some((text, note))
}

/// An answer with signs of multiplication for points between blanks or before letters and
/// brackets, `3x^2 . 2x`, `x.e^x`.
pub(in crate::session) fn with_products(answer: &str) -> Option<(String, String)> {
    let is_end = |c: char| c.is_alphanumeric() || matches!(c, ')' | '}' | '\'');
    let is_start = |c: char| c.is_alphabetic() || matches!(c, '(' | '\\');
    let mut text = String::with_capacity(answer.len());
    for (at, c) in answer.char_indices() {
        let (before, behind) = (&answer[..at], &answer[at + c.len_utf8()..]);
        let is_apart = before.ends_with(' ') && behind.starts_with(' ');
        let next = behind.trim_start();
        let joins = before.trim_end().ends_with(is_end)
            && match is_apart {
                true => next.starts_with(|c: char| is_start(c) || c.is_ascii_digit()),
                // `2.3.x` is no product of a decimal.
                false => {
                    !before.ends_with(|c: char| c.is_ascii_digit() || c == ' ')
                        && behind.starts_with(is_start)
                }
            };
        text.push(if c == '.' && joins { '*' } else { c });
    }
    let note = "`.` between factors is read as `*`".to_owned();
    (text != answer).then_some((text, note))
}

/// Whether a comma may stand between thousands, as in `1,234`.
fn has_thousands(text: &str) -> bool {
    let digits = |text: &str, from_end: bool| match from_end {
        true => text.chars().rev().take_while(char::is_ascii_digit).count(),
        false => text.chars().take_while(char::is_ascii_digit).count(),
    };
    let mut pieces = text.split(',').peekable();
    while let (Some(before), Some(behind)) = (pieces.next(), pieces.peek()) {
        let count = digits(before, true);
        // No group follows a lone 0.
        let is_zero = count == 1 && before.ends_with('0');
        if matches!(count, 1..=3) && !is_zero && digits(behind, false) == 3 {
            return true;
        }
    }
    false
}

/// The names with blanks between them; a number stands right before what follows it, and in
/// brackets where it is all that a function has.
fn joined(parts: &[&str]) -> String {
    let is_number = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
    let mut text = String::new();
    for (at, part) in parts.iter().enumerate() {
        let before = at.checked_sub(1).map(|at| parts[at]);
        let is_argument = is_number(part) && before.is_some_and(is_function);
        if is_argument && parts.get(at + 1).is_none_or(|next| is_function(next)) {
            text.push_str(&format!("({part})"));
            continue;
        }
        if before.is_some_and(|before| !is_number(before) || text.ends_with(')')) {
            text.push(' ');
        }
        text.push_str(part);
    }
    text
}

/// Whether a number stands behind a name and is no argument: it is an index and no factor.
fn has_index(parts: &[&str]) -> bool {
    let is_number = |part: &str| part.starts_with(|c: char| c.is_ascii_digit());
    parts.windows(2).any(|pair| is_number(pair[1]) && !is_function(pair[0]))
}

/// A word whose subscripts are numbers without the signs of subscripts.
fn without_lines(word: &str) -> Option<String> {
    let mut pieces = word.split('_').skip(1);
    let all = pieces.all(|piece| piece.starts_with(|c: char| c.is_ascii_digit()));
    all.then(|| word.replace('_', ""))
}

/// Whether a sign goes on with a word; what stands above the line is an exponent.
fn is_of_word(c: char) -> bool {
    c.is_alphabetic() || c.is_ascii_digit() || c == '_'
}

fn is_function(word: &str) -> bool {
    word.len() > 1 && function::lookup(word, 1).is_some()
}

/// Whether a text can be read at all, with the names of a question.
pub(in crate::session) fn can_be_read(text: &str, known: &[String]) -> bool {
    let known: Vec<&str> = known.iter().map(String::as_str).collect();
    syntax::parse(text, &known).is_ok()
}

/// An answer as it was probably meant, with what to say of that: run-together names taken
/// apart, points between factors and decimal commas where nothing else makes sense.
pub(in crate::session) fn as_meant(answer: &str, known: &[String]) -> Meant {
    let mut meant = Meant { text: answer.to_owned(), ..Meant::default() };
    if let Some((text, split)) = respelled(answer, known)
        && can_be_read(&text, known)
    {
        meant = Meant { text, split, notes: Vec::new() };
    }
    for other in [with_products, with_decimal_points] {
        if can_be_read(&meant.text, known) {
            break;
        }
        let Some((spelled, said)) = other(&meant.text) else { continue };
        let (text, split) = respelled(&spelled, known).unwrap_or((spelled, Vec::new()));
        if can_be_read(&text, known) {
            meant.text = text;
            meant.split.extend(split);
            meant.notes.push(said);
        }
    }
    meant
}

/// The bracket that closes another one.
pub(super) fn mate(open: char) -> Option<char> {
    match open {
        '(' => Some(')'),
        '[' => Some(']'),
        '{' => Some('}'),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{respelled, with_decimal_points};

    #[test]
    fn answers_are_respelled() {
        let known = ["x", "G", "m1", "m2"].map(str::to_owned);
        let rows = [
            ("2xsin(2x)", Some("2x sin(2x)")),
            ("1e5*x + 2E3", None),
            ("2e5xsinx", Some("2e5x sin x")),
            ("e^xsinx", Some("e^x sin x")),
            ("G/m1x + x/Gx^2", Some("G/(m1 x) + x/G x^2")),
            ("2x sin(2x)", None),
            ("x_max", None),
            ("Gm_1m_2x", Some("G m1 m2 x")),
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
        let found = with_decimal_points("0,5x^(-0,5)").map(|found| found.0);
        assert_eq!(found.as_deref(), Some("0.5x^(-0.5)"));
        assert_eq!(with_decimal_points("[2, 5]"), None);
        assert_eq!(with_decimal_points("f(2,5)"), None);
    }
}
