//! Assumptions as they are typed: `x > 0, n integer`.

use crate::error::{Error, ErrorKind, Result};
use crate::kernel::Assumption;
use crate::syntax::normalise;

/// Reads assumptions about variables.
///
/// # Errors
/// What is not of the form `x > 0`, `x >= 0`, `x positive`, `x nonnegative` or `n integer`.
pub fn parse_assumptions(text: &str) -> Result<Vec<(String, Assumption)>> {
    let mut found: Vec<(String, Assumption)> = Vec::new();
    for part in text.split([',', ';']).map(str::trim).filter(|part| !part.is_empty()) {
        let (name, assumption) = one(part).ok_or_else(|| {
            Error::from(ErrorKind::InvalidAssumption(part.to_owned())).help(
                "assumptions are `x > 0`, `x >= 0` and `n integer`, joined by commas",
            )
        })?;
        match found.iter_mut().find(|(known, _)| *known == name) {
            Some((_, known)) => {
                known.positive |= assumption.positive;
                known.nonnegative |= assumption.nonnegative;
                known.integer |= assumption.integer;
            }
            None => found.push((name, assumption)),
        }
    }
    Ok(found)
}

fn one(text: &str) -> Option<(String, Assumption)> {
    let end = text.find(|c: char| c.is_whitespace() || "<>≥".contains(c))?;
    let (name, rest) = (text[..end].trim(), text[end..].trim());
    if !name.chars().next()?.is_alphabetic() {
        return None;
    }
    let none = Assumption::default();
    let words: String = rest.split_whitespace().collect::<Vec<_>>().join(" ");
    let assumption = match words.trim_start_matches("is ") {
        "> 0" | ">0" | "positive" => {
            Assumption { positive: true, nonnegative: true, ..none }
        }
        ">= 0" | ">=0" | "≥ 0" | "≥0" | "nonnegative" => {
            Assumption { nonnegative: true, ..none }
        }
        "integer" | "an integer" => Assumption { integer: true, ..none },
        _ => return None,
    };
    Some((normalise(name), assumption))
}
