//! Words of Vietnamese and Chinese between formulas, as the words of English that are read.

use super::super::outline::{Sign, outline};

/// Words between formulas, with those of English.
#[rustfmt::skip]
const BETWEEN: [(&str, &str); 15] = [
    (" equals ", " = "), (" bằng ", " = "), ("等于", " = "), (" và ", " and "),
    (" hoặc ", " or "), (" suy ra ", " => "), (" nên ", " => "), (" thì ", " => "),
    ("并且", " and "), ("且", " and "), ("或者", " or "), ("或", " or "), ("和", " and "),
    ("所以", " => "), ("则", " => "),
];
/// Words of an order that has equality in it.
const BOUNDS: [&str; 4] = ["or equals", "hoặc bằng", "或等于", "或者等于"];
/// Words before a condition.
const WHERE: [&str; 5] = [" với ", " khi ", " nếu ", "，当", "（当"];

/// A text of formulas with the words of English between them; `None` where it has no others.
pub(super) fn in_english(text: &str) -> Option<String> {
    if text.is_ascii() && !text.contains(BETWEEN[0].0)
        || !text.contains(|c: char| c.is_ascii_digit() || "=<>".contains(c))
        || BOUNDS.iter().any(|words| text.contains(words))
    {
        return None;
    }
    let mut found = text.to_owned();
    for word in WHERE {
        if let Some((before, condition)) = found.split_once(word)
            && is_compared(condition)
            && !is_compared(before)
        {
            found = format!("{before} for {condition}");
        }
    }
    for (word, plain) in BETWEEN {
        found = found.replace(word, plain);
    }
    (found != text).then_some(found)
}

fn is_compared(text: &str) -> bool {
    outline(text).iter().any(|piece| piece.sign == Sign::Relation)
}
