//! What stands behind a formula and is no part of it: a condition, a unit, `dx`.

use super::super::callee::may_be_function;
use super::outline::{Piece, Sign, mate, outline};
use super::statements::{condition, without_gaps};

/// Words with which a condition begins.
const IF: [&str; 10] = [
    "for", "if", "where", "when", "provided", "with", "assuming", "on", "whenever", "as",
];
/// The fewest letters of a word that makes a remark.
const REMARK: usize = 4;
/// Units that stand behind a quantity.
const UNITS: [&str; 41] = [
    "m", "s", "kg", "g", "cm", "mm", "km", "nm", "ms", "min", "h", "N", "J", "W", "K",
    "Pa", "Hz", "V", "mol", "rad", "kW", "kJ", "MJ", "kN", "kPa", "ft", "in", "mi", "lb",
    "mL", "ml", "meter", "meters", "metres", "seconds", "second", "units", "unit",
    "dollars", "mg", "mph",
];

/// A formula without what stands behind it, and what to say of that.
pub(super) fn without<'t>(
    text: &'t str,
    is_name: &dyn Fn(&str) -> bool,
) -> (&'t str, Vec<String>) {
    let (mut rest, mut said) = (text, Vec::new());
    if let Some(shorter) = unremarked(rest, is_name) {
        said.push(format!("`{}` is left out", without_gaps(&rest[shorter.len()..])));
        rest = shorter;
    }
    if let Some(shorter) = unconditional(rest) {
        let left_out = without_gaps(&rest[shorter.len()..]);
        said.push(format!("the condition `{left_out}` is left out"));
        rest = shorter;
    }
    if let Some(shorter) = measureless(rest, is_name) {
        let unit = without_gaps(&rest[shorter.len()..]);
        said.push(format!("the unit `{unit}` is left out"));
        rest = shorter;
    }
    if let Some(shorter) = undifferential(rest) {
        let left_out = without_gaps(&rest[shorter.len()..]);
        said.push(format!("the differential `{left_out}` is left out"));
        rest = shorter;
    }
    (rest, said)
}

/// Whether a text is a condition and nothing else: it begins with a word such as `for`, or is
/// a comparison without such a word.
pub(super) fn is_condition(text: &str) -> bool {
    let pieces = outline(text);
    let says_if = |piece: &Piece<'_>| {
        let words = piece.text.trim().to_lowercase();
        let first = words.split_whitespace().next().unwrap_or_default();
        matches!(piece.sign, Sign::Word | Sign::Words) && IF.contains(&first)
    };
    let first = pieces.iter().find(|piece| piece.sign != Sign::Gap);
    let begins = first
        .is_some_and(|first| says_if(first) && text[..first.start].trim().is_empty());
    condition(text) && (begins || !pieces.iter().any(says_if))
}

/// What stands before a condition.
fn unconditional(text: &str) -> Option<&str> {
    let pieces = outline(text);
    // Cases are no conditions.
    let is_case = |piece: &Piece<'_>| {
        let words = piece.text.to_lowercase();
        matches!(piece.sign, Sign::Word | Sign::Words)
            && (words.contains("else") || words.contains("otherwise"))
    };
    if pieces.iter().any(is_case) {
        return None;
    }
    let begins = |piece: &Piece<'_>| {
        let word = piece.text.trim().to_lowercase();
        let first = word.split_whitespace().next().unwrap_or_default();
        piece.depth == 0
            && matches!(piece.sign, Sign::Word | Sign::Words)
            && IF.contains(&first)
    };
    // `for all x`.
    let is_general = |piece: &Piece<'_>| {
        let mut words = text[piece.start..].split(|c: char| !c.is_alphabetic());
        words.any(|word| matches!(word, "all" | "any" | "every" | "each"))
    };
    let is_said = |at: &usize| {
        let piece = &pieces[*at];
        begins(piece) && (condition(&text[piece.start..]) || is_general(piece))
    };
    let at = (0..pieces.len()).find(is_said).or_else(|| {
        // `1/x (x > 0)`.
        let open = pieces.iter().rposition(|p| p.sign == Sign::Open && p.depth == 0)?;
        let close = pieces[mate(&pieces, open)?];
        let holds = &text[pieces[open].end..close.start];
        (close.end == text.len() && condition(holds)).then_some(open)
    })?;
    let rest = without_gaps(&text[..pieces[at].start]);
    (!rest.is_empty()).then_some(rest)
}

/// What stands before words in brackets, `3x^2 (power rule)`.
fn unremarked<'t>(text: &'t str, is_name: &dyn Fn(&str) -> bool) -> Option<&'t str> {
    let pieces = outline(text);
    let open = pieces.iter().rposition(|p| p.sign == Sign::Open && p.depth == 0)?;
    let close = pieces[mate(&pieces, open)?];
    let holds = &text[pieces[open].end..close.start];
    let words: Vec<&str> = holds.split_whitespace().collect();
    let is_remark = close.end == text.len()
        && words.iter().any(|word| word.len() >= REMARK)
        && words.iter().all(|word| {
            word.len() > 1 && word.chars().all(char::is_alphabetic) && !is_name(word)
        })
        && super::around::is_prose(holds)
        && !words.iter().any(|word| may_be_function(word));
    let rest = without_gaps(&text[..pieces[open].start]);
    (is_remark && !rest.is_empty()).then_some(rest)
}

/// What stands before a unit: letters behind a blank, or upright ones.
fn measureless<'t>(text: &'t str, is_name: &dyn Fn(&str) -> bool) -> Option<&'t str> {
    let pieces = outline(text);
    if let Some(last) =
        pieces.last().filter(|p| p.sign == Sign::Words && p.end == text.len())
    {
        let rest = without_gaps(&text[..last.start]);
        return (is_unit(last.text.trim(), is_name) && !rest.is_empty()).then_some(rest);
    }
    let at = text.rfind([' ', '\u{a0}'])?;
    let (rest, unit) = text.split_at(at);
    let rest = without_gaps(rest);
    let is_whole =
        rest.ends_with(|c: char| c.is_alphanumeric() || matches!(c, ')' | '}'));
    (is_whole && is_unit(unit.trim(), is_name)).then_some(rest)
}

/// Whether a text is a unit: `m/s^2`, and none of its letters a variable.
fn is_unit(text: &str, is_name: &dyn Fn(&str) -> bool) -> bool {
    let mut parts = text.split(['/', '*', '·', ' ']);
    !text.is_empty()
        && parts.all(|part| {
            let name = part.trim_end_matches(|c: char| {
                c.is_ascii_digit() || matches!(c, '^' | '{' | '}' | '²' | '³' | '-')
            });
            UNITS.contains(&name) && !is_name(name)
        })
}

/// What stands before a differential: `2x dx`, `2x\,dx`.
fn undifferential(text: &str) -> Option<&str> {
    let pieces = outline(text);
    let last = pieces.last().filter(|p| p.sign == Sign::Word && p.end == text.len())?;
    let name = last.text.strip_prefix('d')?;
    let is_apart = last.start > 0 && pieces.len() > 1 && {
        let before = &pieces[pieces.len() - 2];
        before.sign == Sign::Gap && before.end == last.start
    };
    let rest = without_gaps(&text[..last.start]);
    (is_apart && name.chars().count() == 1 && !rest.is_empty()).then_some(rest)
}
