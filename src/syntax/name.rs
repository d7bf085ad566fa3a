//! Names: the spellings of one name, and which name was meant.

use super::signs::{self, is_subscript};
use std::cmp::Reverse;

/// The one spelling of a name: `x_1`, `x_{1}` and `x₁` are `x1`; other subscripts keep
/// their underscore (`x_{max}` is `x_max`, `xₙ` is `x_n`). Letters of other fonts (`𝑥`, `ℎ`)
/// are the letters that they show. Greek letters stay as they are: `α` and `alpha` are one
/// name all the same (see [`latin`](crate::kernel::latin)).
pub fn normalise(raw: &str) -> String {
    if raw.bytes().all(|b| b.is_ascii_alphanumeric()) {
        return raw.to_owned();
    }
    let mut name = String::with_capacity(raw.len());
    let mut subscript = String::new();
    // x_{1_2} is x_1_2: braces only say how far a subscript goes.
    let mut chars = raw.chars().filter(|c| !matches!(c, '{' | '}')).peekable();
    while let Some(c) = chars.next() {
        if c != '_' && !is_subscript(c) {
            signs::push_plain(c, &mut name);
            continue;
        }
        subscript.clear();
        if is_subscript(c) {
            signs::push_plain(c, &mut subscript);
            while let Some(d) = chars.next_if(|d| is_subscript(*d)) {
                signs::push_plain(d, &mut subscript);
            }
        } else {
            while chars.next_if_eq(&'_').is_some() {}
            while let Some(d) = chars.next_if(|d| d.is_alphanumeric()) {
                signs::push_plain(d, &mut subscript);
            }
        }
        let digits = subscript.bytes().all(|b| b.is_ascii_digit());
        let after_digit = name.ends_with(|c: char| c.is_ascii_digit());
        if !digits || subscript.is_empty() || after_digit {
            name.push('_');
        }
        name.push_str(&subscript);
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
            let key = (steps, !is_within(name, candidate), Reverse(same.count()));
            (steps <= most).then_some((key, candidate))
        })
        .min()
        .map(|(_, candidate)| candidate)
}

/// Whether letters were only left out: all that there are stand in a word in their order.
fn is_within(name: &str, word: &str) -> bool {
    let mut letters = word.chars();
    name.chars().all(|c| letters.any(|other| other == c))
}
