//! Signs of Unicode that look like others or stand above or below the line: what each means,
//! and what is said of those that mean nothing here.

use crate::error::{Error, ErrorKind, Note, Result};
use crate::kernel::GREEK;
use crate::span::Span;
use unicode_normalization::UnicodeNormalization;

/// The variants of Greek letters, in the order in which the mathematical alphabets end.
const VARIANTS: [char; 6] = ['ϵ', 'ϑ', 'ϰ', 'ϕ', 'ϱ', 'ϖ'];
/// The first Greek letter of the mathematical alphabets, and how many letters each has.
const ALPHABETS: (u32, u32) = (0x1D6A8, 58);

/// Whether a sign stands below the line: a digit or a letter of an index.
pub(super) fn is_subscript(c: char) -> bool {
    matches!(c, '₀'..='₉' | 'ᵢ'..='ᵪ' | 'ₐ'..='ₜ' | 'ⱼ')
}

/// Appends the letter that a sign shows: `x` for `𝑥` and `ₓ`, `e` for `ℯ`, `μ` for the sign of
/// micro; the sign itself where it is a letter of its own.
pub(super) fn push_plain(c: char, out: &mut String) {
    match c {
        _ if c.is_ascii() => out.push(c),
        // Variants of Greek letters and the letters of physics are letters of their own.
        _ if GREEK.iter().any(|(_, letter)| *letter == c) => out.push(c),
        'ħ' => out.push('ℏ'),
        '\u{1D6A8}'..='\u{1D7CB}' => {
            let place = (c as u32 - ALPHABETS.0) % ALPHABETS.1;
            match place.checked_sub(ALPHABETS.1 - 6) {
                Some(variant) => out.push(VARIANTS[variant as usize]),
                None => out.extend(std::iter::once(c).nfkc()),
            }
        }
        _ => out.extend(std::iter::once(c).nfkc()),
    }
}

/// What raised signs say on the line: `n+1` for `ⁿ⁺¹`; `None` for a sign that shows nothing
/// that can be typed.
pub(super) fn lowered(raised: &str) -> Option<String> {
    let mut text = String::with_capacity(raised.len());
    for c in raised.chars() {
        let before = text.len();
        push_plain(c, &mut text);
        match &text[before..] {
            "−" => text.replace_range(before.., "-"),
            shown if shown.chars().any(|c| raised.contains(c)) => return None,
            _ => {}
        }
    }
    Some(text)
}

/// Signs that nobody sees: spaces without width, marks of direction, soft hyphens.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}'
        | '\u{2060}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}')
}

/// Refuses signs that nobody sees inside of a word or number, where they would take it apart.
///
/// # Errors
/// Such a sign between two letters or digits.
pub(super) fn refuse_hidden(text: &str) -> Result<()> {
    // The last sign that is seen, and the first one behind it that is not.
    let (mut before, mut hidden) = (' ', None);
    for (at, c) in text.char_indices() {
        if is_invisible(c) {
            hidden = hidden.or(Some((at, c)));
            continue;
        }
        if let Some((at, sign)) = hidden.take()
            && before.is_alphanumeric()
            && c.is_alphanumeric()
        {
            let kind = ErrorKind::UnexpectedToken {
                found: format!("U+{:04X}", sign as u32),
                expected: "a letter, digit or operator".into(),
            };
            return Err(Error::at(Span::new(at, at + sign.len_utf8()), kind)
                .help("a sign that is not seen stands here; remove it"));
        }
        before = c;
    }
    Ok(())
}

/// Letters of other scripts that look like Latin ones.
const LIKE_LATIN: [(&str, &str, &str); 2] = [
    ("Cyrillic", "АВЕЅІЈКМНОРСТХаеорсухіјѕԛԝһ", "ABESIJKMHOPCTXaeopcyxijsqwh"),
    ("Greek", "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧο", "ABEZHIKMNOPTYXo"),
];

/// What is to be said of a name with a letter that looks like the one of another name.
pub(super) fn look_alike(name: &str, is_known: &dyn Fn(&str) -> bool) -> Option<String> {
    let (seen, script) = latin_looks(name)?;
    // Greek capitals are letters of their own.
    (script == "Cyrillic" || is_known(&seen)).then(|| {
        format!("`{name}` has a {script} letter, so it is another name than `{seen}`")
    })
}

/// The name of Latin letters that a name looks like, and the script of the letters that are
/// none.
pub fn latin_looks(name: &str) -> Option<(String, &'static str)> {
    if name.is_ascii() {
        return None;
    }
    let mut script = "";
    let seen: String = name
        .chars()
        .map(|c| {
            let row = LIKE_LATIN
                .iter()
                .find_map(|row| Some((row, row.1.chars().position(|d| d == c)?)));
            let Some((row, place)) = row else { return c };
            script = row.0;
            row.2.chars().nth(place).unwrap_or(c)
        })
        .collect();
    (!script.is_empty()).then_some((seen, script))
}

/// Signs that are not read, with what to do instead.
#[rustfmt::skip]
const REFUSED: &[(&str, &str)] = &[
    ("∑",        "sums over an index are not read; write the terms with `+`"),
    ("∏",        "products over an index are not read; write the factors with `*`"),
    ("∫∬∭∮",     "integrals are not read; write the integral in closed form"),
    ("±∓",       "write two formulas, one with `+` and one with `-`"),
    ("≈≃≅≡∼∝≪≫", "comparisons are `<`, `<=`, `=`, `!=`, `>=` and `>`"),
    ("∈∉⊂⊆",     "write a condition as `0 < x and x < 1`"),
    ("→↦⇒⟶",     "write a function as `f(x) = x^2`"),
    ("∂∇",       "write the formula alone: calcgrad gradient \"x*y\""),
    ("∆",        "the letter is `Δ` or `Delta`"),
    ("∅∞",       "this is not a number to calculate with"),
    ("∘",        "write a composition as `f(g(x))`"),
    ("⌊⌋",       "write `floor(x)`"),
    ("⌈⌉",       "write `ceil(x)`"),
    ("‖∥",       "write `abs(x)`, or `sqrt(x^2 + y^2)` for a norm"),
    ("⟨⟩〈〉",     "brackets are `( )`, vectors `[x, y]`"),
    ("‰",        "write a thousandth as `/1000`"),
    ("ªº",       "degrees are written with `°`"),
    ("ˆ",        "write a power with `^`"),
    ("ǀǃ",       "write `|x|` for an absolute value, `x!` for a factorial"),
    ("ꞏ",        "write a product with `*`"),
    (":",        "a definition has an equals sign alone, as `u = x^2`"),
    ("⅟",        "write `1/`"),
    ("\\",       "LaTeX is read with --input latex"),
    ("$",        "dollars stand around a whole formula in LaTeX"),
    ("%",        "a percentage is a number with `%` behind it and no factor; the remainder is `mod(a, b)`"),
    ("'′",       "a prime stands behind the name of a function; for a derivative give the formula alone: calcgrad diff \"x^2\""),
    ("\"`@&~?",  "this sign has no meaning in a formula"),
];

/// What to do instead of a sign that is not read.
pub(super) fn instead(sign: char) -> Option<&'static str> {
    REFUSED.iter().find(|row| row.0.contains(sign)).map(|row| row.1)
}

/// A note on a place.
pub(super) fn note(message: String, span: Span) -> Note {
    Note { message, span: Some(span) }
}
