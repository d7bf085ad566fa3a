//! What says that a letter stands for any whole number: `k \in \mathbb{Z}`.

use super::super::outline::{Sign, outline};
use super::super::statements::without_gaps;

/// How long such words may be.
const LONGEST: usize = 90;
/// Commands and signs that say nothing in them.
const PLAIN: [&str; 16] = [
    "\\text{",
    "\\textrm{",
    "\\mathrm{",
    "\\quad",
    "\\qquad",
    "\\left",
    "\\right",
    "\\,",
    "\\;",
    "\\ ",
    "{",
    "}",
    "(",
    ")",
    "$",
    ",",
];
/// Signs and words for whole numbers, and for a sign that says that something is one.
const WHOLE: [(&str, &str); 12] = [
    ("\\mathbb", " "),
    ("\\mathbf", " "),
    ("\\Z", " Z "),
    ("\\in", " ∈ "),
    ("ℤ", " Z "),
    ("∈", " ∈ "),
    ("whole number", "integer"),
    ("integers", "integer"),
    ("là số nguyên", "∈ Z"),
    ("số nguyên", "integer"),
    ("为整数", " ∈ Z"),
    ("是整数", " ∈ Z"),
];
/// Words that say nothing beside them.
const FILLING: [&str; 19] = [
    "for",
    "where",
    "with",
    "any",
    "all",
    "every",
    "each",
    "some",
    "is",
    "are",
    "be",
    "an",
    "a",
    "the",
    "and",
    "arbitrary",
    "với",
    "mọi",
    ".",
];
/// Signs with which such words may begin.
const BEGINNINGS: [&str; 9] =
    [",", ";", "(", "\\text", "\\quad", "\\qquad", "for", "where", "with"];

/// The letter of which words say that it stands for any whole number.
pub(super) fn letter(words: &str) -> Option<String> {
    if words.len() > LONGEST {
        return None;
    }
    let mut plain = words.to_owned();
    for (sign, word) in WHOLE {
        plain = plain.replace(sign, word);
    }
    for sign in PLAIN {
        plain = plain.replace(sign, " ");
    }
    let said: Vec<&str> =
        plain.split_whitespace().filter(|word| !FILLING.contains(word)).collect();
    let name = match said[..] {
        [name, "∈" | "in", "Z"] | [name, "integer"] | ["integer", name] => name,
        _ => return None,
    };
    let mut letters = name.chars();
    let is_letter =
        letters.next().is_some_and(char::is_alphabetic) && letters.next().is_none();
    is_letter.then(|| name.to_owned())
}

/// What stands before such words, with the letter: a formula in which it stands.
pub(super) fn split(text: &str) -> Option<(&str, String)> {
    const MARKS: [&str; 7] = ["Z", "ℤ", "integer", "whole", "nguyên", "整数", "\\mathbb"];
    if !MARKS.iter().any(|mark| text.contains(mark)) {
        return None;
    }
    let pieces = outline(text);
    let begins = |at: &usize| {
        let rest = &text[*at..];
        rest.len() <= LONGEST && BEGINNINGS.iter().any(|sign| rest.starts_with(sign))
    };
    let mut places = pieces.iter().filter(|piece| piece.depth == 0).map(|p| p.start);
    let (at, letter) =
        places.by_ref().filter(begins).find_map(|at| Some((at, letter(&text[at..])?)))?;
    let before = without_gaps(text[..at].trim());
    let compares =
        outline(before).iter().any(|p| p.sign == Sign::Relation && p.depth == 0);
    let (name, value) = before.split_once('=').unwrap_or(("", before));
    let is_own = name.trim() == letter;
    (value.contains(&letter) && !compares && !is_own).then_some((before, letter))
}

#[cfg(test)]
mod tests {
    use super::{letter, split};

    #[test]
    fn letters_stand_for_whole_numbers() {
        let rows = [
            ("k \\in \\mathbb{Z}", Some("k")),
            ("(k∈ℤ)", Some("k")),
            ("k in Z", Some("k")),
            ("\\text{ where } n \\text{ is an integer}", Some("n")),
            ("for any integer k", Some("k")),
            ("\\text{for all integers } k", Some("k")),
            ("k \\in \\mathbb{N}", None),
            ("k is odd", None),
            ("k", None),
        ];
        for (text, expected) in rows {
            assert_eq!(letter(text).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn they_stand_behind_a_formula() {
        let rows = [
            ("x = 2k\\pi, k\\in\\mathbb{Z}", Some("x = 2k\\pi")),
            ("2n\\pi \\quad (n \\in \\mathbb Z)", Some("2n\\pi")),
            ("x = k\\pi where k is an integer", Some("x = k\\pi")),
            ("x > 2, x\\in\\mathbb{Z}", None),
            ("x = 2, x\\in\\mathbb{Z}", None),
        ];
        for (text, expected) in rows {
            let found = split(text).map(|found| found.0);
            assert_eq!(found, expected, "{text}");
        }
    }
}
