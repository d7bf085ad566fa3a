//! What may stand between two factors: a sign, or nothing where the language promises to read
//! a product.

use super::signs::{is_closed, is_vulgar};

/// Signs of multiplication.
const SIGNS: [&str; 12] =
    ["*", "*", "*", "*", " * ", " * ", "·", " · ", "×", " × ", "∙", "•"];

/// All that may stand between two factors, what is likely more than once.
pub(crate) fn between(left: &str, right: &str) -> Vec<&'static str> {
    let mut choice = SIGNS.to_vec();
    let last = left.chars().next_back().unwrap_or_default();
    let first = right.chars().next().unwrap_or_default();
    let starts_a_number = first.is_ascii_digit() || first == '.' || is_vulgar(first);
    let shut = ['|', '°', '%'].contains(&last) || first == '|';
    if shut || starts_a_number || is_scientific(left) || is_bare_root(left) {
        return choice;
    }
    let number = ends_in_number(left);
    let nothing = ["", "", "", "", "", "", " ", " ", " "];
    if first == '√' || first == '∛' {
        if number || last == ')' {
            choice.extend(nothing);
        }
    } else if first == '(' || number || is_closed(last) || !ends_in_word(left) {
        // `2e-3` would be one number.
        let alone = number && right.starts_with('e') && right.len() == 1;
        choice.extend(nothing.iter().filter(|text| !alone || !text.is_empty()));
    } else {
        choice.extend([" "; 6]);
    }
    choice
}

/// Whether a text ends in a number: `2`, `x^2`, but not `x2`.
fn ends_in_number(text: &str) -> bool {
    let rest = text.trim_end_matches(|c: char| c.is_ascii_digit() || c == '.');
    let before = rest.chars().next_back();
    rest.len() < text.len()
        && before.is_none_or(|c| !(c.is_alphanumeric() || c == '_' || c == '}'))
}

/// Whether a text ends in a number as `1e-3`: `3e-2x` may be 3e - 2x.
fn is_scientific(text: &str) -> bool {
    let rest = text.trim_end_matches(|c: char| c.is_ascii_digit());
    rest.len() < text.len()
        && rest
            .strip_suffix("e-")
            .is_some_and(|r| r.ends_with(|c: char| c.is_ascii_digit()))
}

/// Whether a text ends in a name: `x`, `x_{1}`, `2^x`.
fn ends_in_word(text: &str) -> bool {
    text.ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == '}')
}

/// Whether a text ends in a root without brackets: what comes next might go under it.
fn is_bare_root(text: &str) -> bool {
    let is_word = |c: char| c.is_alphanumeric() || ['_', '{', '}', '.'].contains(&c);
    text.trim_end_matches(is_word).ends_with(['√', '∛'])
}
