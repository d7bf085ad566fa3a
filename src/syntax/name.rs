//! Names: the spellings of one name, and which name was meant.

use std::cmp::Reverse;

/// The one spelling of a name: `x_1`, `x_{1}` and `x₁` are `x1`; other subscripts keep
/// their underscore (`x_{max}` is `x_max`).
pub fn normalise(raw: &str) -> String {
    if raw.bytes().all(|b| b.is_ascii_alphanumeric()) {
        return raw.to_owned();
    }
    let mut name = String::with_capacity(raw.len());
    let mut subscript = String::new();
    // x_{1_2} is x_1_2: braces only say how far a subscript goes.
    let mut chars = raw.chars().filter(|c| !matches!(c, '{' | '}')).peekable();
    while let Some(c) = chars.next() {
        match c {
            '₀'..='₉' => name.push(char::from(b'0' + (c as u32 - '₀' as u32) as u8)),
            '_' => {
                subscript.clear();
                while chars.next_if_eq(&'_').is_some() {}
                while let Some(d) = chars.next_if(|d| d.is_alphanumeric()) {
                    subscript.push(d);
                }
                let digits = subscript.bytes().all(|b| b.is_ascii_digit());
                let after_digit = name.ends_with(|c: char| c.is_ascii_digit());
                if !digits || subscript.is_empty() || after_digit {
                    name.push('_');
                }
                name.push_str(&subscript);
            }
            'ℯ' => name.push('e'),
            _ => name.push(c),
        }
    }
    name
}

/// The candidate nearest to a name, when it is near enough to be a slip of the finger.
pub fn nearest<'a>(
    name: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    let most = match name.chars().count() {
        0..=2 => return None,
        3..=5 => 1,
        _ => 2,
    };
    candidates
        .into_iter()
        .filter(|candidate| candidate.len() > 2)
        .filter_map(|candidate| {
            let steps = strsim::osa_distance(name, candidate);
            // Slips are rarer at the start of a word.
            let same = name.chars().zip(candidate.chars()).take_while(|(a, b)| a == b);
            (steps <= most).then(|| (steps, Reverse(same.count()), candidate))
        })
        .min()
        .map(|(_, _, candidate)| candidate)
}
