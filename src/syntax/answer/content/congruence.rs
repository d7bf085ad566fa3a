//! Congruences: `x \equiv 2 \pmod 5`, `2 (mod 5)`.

use super::super::outline::{Sign, outline};
use super::{Content, bare};

/// The signs between both sides.
const SIGNS: [&str; 3] = ["\\equiv", "≡", "="];
/// What stands before the word of a modulus and belongs to it, longest first.
const BEFORE: [&str; 6] = ["\\operatorname{", "\\mathrm{", "\\text{", "\\p", "\\b", "\\"];
/// Blanks and brackets around a modulus.
const AROUND: [&str; 10] =
    ["\\left(", "\\quad", "\\qquad", "\\,", "\\;", "\\ ", "~", " ", "(", "{"];

/// A text without blanks and brackets that are opened behind it.
fn without_opening(text: &str) -> &str {
    let mut text = text;
    while let Some(rest) = AROUND.iter().find_map(|sign| text.strip_suffix(sign)) {
        text = rest;
    }
    text
}

/// What stands before a modulus, the modulus, and whether nothing else than a congruence is
/// meant; `7 \bmod 5` is a number.
fn taken_apart(text: &str) -> Option<(&str, &str, bool)> {
    let at = text.rfind("mod")?;
    let mut before = &text[..at];
    let behind = text[at + 3..].strip_prefix("ulo").unwrap_or(&text[at + 3..]);
    if behind.starts_with(|c: char| c.is_alphabetic() || c == '_') {
        return None;
    }
    let sign = BEFORE.iter().find(|sign| before.ends_with(**sign));
    before = &before[..before.len() - sign.map_or(0, |sign| sign.len())];
    if before.ends_with(|c: char| c.is_alphanumeric()) && sign.is_none() {
        return None;
    }
    let rest = without_opening(before);
    let is_bracketed = before[rest.len()..].contains('(');
    let is_said = sign == Some(&"\\p")
        || is_bracketed
        || rest.contains(SIGNS[0])
        || rest.contains(SIGNS[1]);
    (!rest.trim().is_empty()).then_some((rest, behind, is_said))
}

/// The texts between the signs of a congruence.
fn sides(text: &str) -> Vec<&str> {
    let (mut found, mut start) = (Vec::new(), 0);
    for piece in outline(text) {
        let is_sign = matches!(piece.sign, Sign::Equals | Sign::Like)
            && SIGNS.contains(&piece.text.trim());
        if piece.depth == 0 && is_sign {
            found.push(bare(&text[start..piece.start]));
            start = piece.end;
        }
    }
    found.push(bare(&text[start..]));
    found
}

/// The congruence that a text is.
pub(super) fn read(text: &str) -> Option<Content> {
    let (before, behind, is_said) = taken_apart(text)?;
    if !is_said {
        return None;
    }
    // Several congruences are read one by one.
    if before.contains("mod") {
        return None;
    }
    let refused = || Some(Content::Refused("a congruence of this form".to_owned()));
    let behind = behind.replace("\\right", "");
    let is_around = |c: char| " {}()~\\,;.$".contains(c);
    let modulus = behind.trim_matches(is_around);
    let is_plain = |text: &str| {
        !text.is_empty()
            && !text.contains([',', ';', '≈', '<', '>', '\n'])
            && !text.contains(" and ")
    };
    if modulus.is_empty() || !modulus.chars().all(char::is_alphanumeric) {
        return refused();
    }
    let (of, rest) = match sides(before)[..] {
        [rest] => (None, rest),
        [of, rest] => (Some(of), rest),
        _ => return refused(),
    };
    let rests: Vec<&str> =
        rest.split(',').flat_map(|part| part.split(" or ")).map(bare).collect();
    if !rests.iter().all(|rest| is_plain(rest)) || of.is_some_and(|of| !is_plain(of)) {
        return refused();
    }
    let mut found: Vec<Content> = rests
        .into_iter()
        .map(|rest| {
            let (of, rest) = (of.map(str::to_owned), rest.to_owned());
            Content::Congruence { of, rest, modulus: modulus.to_owned() }
        })
        .collect();
    match found.len() {
        1 => found.pop(),
        _ => Some(Content::Values(found)),
    }
}

/// Whether a text is a congruence, or has one at its end.
pub fn is_congruence(text: &str) -> bool {
    taken_apart(text).is_some_and(|(before, _, is_said)| {
        is_said && SIGNS[..2].iter().any(|sign| before.contains(sign))
    })
}

#[cfg(test)]
mod tests {
    use super::super::Content;
    use super::read;

    #[test]
    fn congruences_are_taken_apart() {
        let rows = [
            ("x\\equiv 2\\pmod 5", Some((Some("x"), "2", "5"))),
            ("x \\equiv 2 \\pmod{5}", Some((Some("x"), "2", "5"))),
            ("x ≡ 2 (mod 5)", Some((Some("x"), "2", "5"))),
            ("x \\equiv 2 \\mod 5", Some((Some("x"), "2", "5"))),
            ("x \\equiv 2 \\ (\\text{mod } 5)", Some((Some("x"), "2", "5"))),
            ("x \\equiv 2 \\left(\\bmod 5\\right)", Some((Some("x"), "2", "5"))),
            ("n = 2 (mod 5)", Some((Some("n"), "2", "5"))),
            ("2 \\pmod 5", Some((None, "2", "5"))),
            ("7 \\bmod 5", None),
            ("7 mod 5", None),
            ("mod(7, 5)", None),
            ("the mode", None),
        ];
        for (text, expected) in rows {
            let found = match read(text) {
                Some(Content::Congruence { of, rest, modulus }) => {
                    Some((of, rest, modulus))
                }
                _ => None,
            };
            let expected = expected.map(|(of, rest, modulus)| {
                (of.map(str::to_owned), rest.to_owned(), modulus.to_owned())
            });
            assert_eq!(found, expected, "{text}");
        }
    }
}
