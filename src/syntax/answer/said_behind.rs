//! Words behind a formula that say something else than that it is the answer.

use super::beside::first_sentence;
use super::content::is_measure;
use super::presenting::{are_known, is_subject, tells_another};

/// Whether the words behind a formula with letters in it say something else than that it is the
/// answer. A number may count things of any name.
pub(super) fn says_else(formula: &str, behind: &str) -> bool {
    let said = first_sentence(behind);
    // What is measured in: `meters`, `square meters long`.
    let words = said.trim_matches([' ', '.', ',']).split_whitespace();
    let told: Vec<&str> = words.skip_while(|word| is_measure(word)).collect();
    let told = told.join(" ");
    has_variable(formula)
        && told.contains(char::is_alphabetic)
        && (!are_known(&told, &|_| false) || is_subject(&told) || tells_another(&told))
}

/// Whether a letter alone stands in a formula, behind the name that it has.
fn has_variable(formula: &str) -> bool {
    let value = formula.rsplit('=').next().unwrap_or(formula);
    let plain = value.split("\\text").next().unwrap_or(value);
    let plain = plain.split("\\mathrm").next().unwrap_or(plain);
    let is_letter = |run: &str| {
        let mut letters = run.chars();
        letters.next().is_some_and(char::is_alphabetic) && letters.next().is_none()
    };
    let has_sign = |c: char| c.is_ascii_digit() || "+-*/^".contains(c);
    plain.contains(has_sign) && plain.split(|c: char| !c.is_alphabetic()).any(is_letter)
}
