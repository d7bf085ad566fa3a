//! Signs that stand for letters, numbers and names.

use super::random::Random;
use super::tree::Tree;

/// Greek names with their letters.
const GREEK: [(&str, &str); 6] = [
    ("alpha", "α"),
    ("theta", "θ"),
    ("lambda", "λ"),
    ("phi", "φ"),
    ("mu", "μ"),
    ("omega", "ω"),
];

/// What can stand above the line, and how it looks there.
const SUPERSCRIPTS: [(char, char); 24] = [
    ('0', '⁰'),
    ('1', '¹'),
    ('2', '²'),
    ('3', '³'),
    ('4', '⁴'),
    ('5', '⁵'),
    ('6', '⁶'),
    ('7', '⁷'),
    ('8', '⁸'),
    ('9', '⁹'),
    ('+', '⁺'),
    ('-', '⁻'),
    ('x', 'ˣ'),
    ('y', 'ʸ'),
    ('t', 'ᵗ'),
    ('a', 'ᵃ'),
    ('b', 'ᵇ'),
    ('k', 'ᵏ'),
    ('n', 'ⁿ'),
    ('u', 'ᵘ'),
    ('v', 'ᵛ'),
    ('p', 'ᵖ'),
    ('s', 'ˢ'),
    ('w', 'ʷ'),
];

/// Fractions that are one sign.
const VULGAR: [(u32, u32, &str); 17] = [
    (1, 2, "½"),
    (1, 3, "⅓"),
    (2, 3, "⅔"),
    (1, 4, "¼"),
    (3, 4, "¾"),
    (1, 5, "⅕"),
    (2, 5, "⅖"),
    (3, 5, "⅗"),
    (4, 5, "⅘"),
    (1, 6, "⅙"),
    (5, 6, "⅚"),
    (1, 7, "⅐"),
    (1, 8, "⅛"),
    (3, 8, "⅜"),
    (5, 8, "⅝"),
    (7, 8, "⅞"),
    (1, 9, "⅑"),
];

/// A name in one of its spellings: `x1`, `x_1`, `x_{1}`, `x₁`; `alpha`, `α`.
pub(crate) fn name(random: &mut Random, name: &str) -> String {
    let word = name.trim_end_matches(|c: char| c.is_ascii_digit());
    let letter = GREEK.iter().find(|(known, _)| *known == word);
    let stem = match letter {
        Some((_, letter)) => random.pick(&[word, *letter]),
        None => word,
    };
    let index = &name[word.len()..];
    if index.is_empty() {
        return stem.to_owned();
    }
    match random.place(6) {
        0 => format!("{stem}_{index}"),
        1 => format!("{stem}_{{{index}}}"),
        2 => format!("{stem}{}", index.chars().map(lowered).collect::<String>()),
        _ => format!("{stem}{index}"),
    }
}

/// A digit below the line.
fn lowered(digit: char) -> char {
    let place = digit.to_digit(10).unwrap_or_default();
    char::from_u32('₀' as u32 + place).unwrap_or(digit)
}

/// A text above the line, where each of its letters can stand there.
pub(crate) fn raised(text: &str) -> Option<String> {
    let sign = |c| SUPERSCRIPTS.iter().find(|(below, _)| *below == c).map(|(_, up)| *up);
    text.chars().map(sign).collect()
}

/// An exponent above the line, where it can stand there: `²`, `ⁿ⁺¹`, `²ˣ`.
pub(crate) fn exponent(tree: &Tree) -> Option<String> {
    raised(&above(tree)?)
}

/// An exponent in the order of its signs, where all of it can stand above the line.
fn above(tree: &Tree) -> Option<String> {
    match tree {
        Tree::Whole(n) => Some(n.to_string()),
        // An index above the line would be a power.
        Tree::Name(name) => (name.len() == 1).then(|| (*name).to_owned()),
        Tree::Negative(a) => match **a {
            Tree::Whole(_) | Tree::Name(_) => Some(format!("-{}", above(a)?)),
            _ => None,
        },
        Tree::Sum(terms) => {
            let terms: Option<Vec<String>> = terms.iter().map(above).collect();
            let terms = terms.filter(|all| all.iter().all(|text| !text.contains('-')))?;
            Some(terms.join("+"))
        }
        Tree::Difference(a, b) => {
            let is_short = matches!(**b, Tree::Whole(_) | Tree::Name(_));
            is_short.then(|| Some(format!("{}-{}", above(a)?, above(b)?)))?
        }
        Tree::Product(list) => match &list[..] {
            [Tree::Whole(n), name @ Tree::Name(_)] => {
                Some(format!("{n}{}", above(name)?))
            }
            _ => None,
        },
        _ => None,
    }
}

/// A fraction below 1 as one sign.
pub(crate) fn vulgar(p: u32, q: u32) -> Option<&'static str> {
    VULGAR.iter().find(|(a, b, _)| (*a, *b) == (p, q)).map(|(_, _, sign)| *sign)
}

/// Whether a sign stands above the line or is a fraction, so that no letter joins it.
pub(crate) fn is_closed(sign: char) -> bool {
    SUPERSCRIPTS.iter().any(|(_, up)| *up == sign) || is_vulgar(sign)
}

/// Whether a sign is a fraction.
pub(crate) fn is_vulgar(sign: char) -> bool {
    VULGAR.iter().any(|(_, _, text)| text.starts_with(sign))
}
