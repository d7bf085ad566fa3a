//! What stands beside the lines of a derivation and says why: `(product rule)`, a number in
//! front, words in a column of their own.

use super::super::words::parts;
use super::outline::{Piece, Sign, outline};
use super::prose::{Mark, is_step, unmarked, unnumbered, words};
use super::statements::without_gaps;
use super::words::{CONCLUDING, is_changing, is_prose, is_saying};
use crate::function;

/// Words before a line, beside those with which a sentence about an answer begins.
#[rustfmt::skip]
const LEADING: [&str; 12] = [
    "now", "also", "next", "let", "with", "where", "put", "set", "from", "simplify", "factoring",
    "differentiating",
];
/// The shortest word of a margin.
const WORD: usize = 3;

/// A line without what stands beside it, and whether words did.
pub(super) fn bare<'t>(
    line: &'t str,
    is_list: bool,
    is_name: &dyn Fn(&str) -> bool,
) -> (&'t str, bool) {
    // A minus sign may stand in front of a formula.
    let line = without_gaps(line);
    let (mut rest, mut is_cut) = match is_bulleted(line) && !is_list {
        true => (line, false),
        false => (unmarked(line).1, false),
    };
    if is_step(rest) {
        rest = unnumbered(rest).1;
    }
    if let Some(shorter) = before_margin(rest, is_name) {
        (rest, is_cut) = (shorter, true);
    }
    (without_gaps(rest), is_cut)
}

/// Whether a line begins with the sign of an entry of a list.
pub(super) fn is_bulleted(line: &str) -> bool {
    unmarked(line).0 == Mark::Bullet
}

/// Whether a line is words alone.
pub(super) fn is_remark(line: &str, is_name: &dyn Fn(&str) -> bool) -> bool {
    let plain = line.replace("\\text{", " ").replace('}', " ");
    let is_word = |word: &str| says(word, is_name);
    is_prose(&plain) && words(&plain).any(is_word)
}

/// Whether a word is one of a sentence.
fn says(word: &str, is_name: &dyn Fn(&str) -> bool) -> bool {
    word.chars().count() >= WORD
        && !is_name(word)
        && !function::is_name(word)
        && parts(word, is_name).is_none()
}

/// What stands before the words in the margin of a line.
fn before_margin<'t>(text: &'t str, is_name: &dyn Fn(&str) -> bool) -> Option<&'t str> {
    let pieces = outline(text);
    let is_top = |at: &usize| pieces[*at].depth == 0 && pieces[*at].start > 0;
    let cut = |at: usize| {
        let rest = without_gaps(&text[..at]);
        Some(rest).filter(|rest| !rest.is_empty())
    };
    let has_word = |piece: &Piece<'_>| {
        matches!(piece.sign, Sign::Word | Sign::Words)
            && words(piece.text).any(|word| says(word, is_name))
    };
    let last_word =
        pieces.iter().rfind(|piece| has_word(piece)).map_or(0, |piece| piece.end);
    let last_equals = text.rfind('=').unwrap_or(0);
    // `&& \text{product rule}` and what stands behind a tabulator or several blanks.
    let is_blank = |text: &str| matches!(text, " " | "\t" | "\u{a0}");
    for at in (1..pieces.len()).filter(is_top) {
        let (piece, before) = (&pieces[at], &pieces[at - 1]);
        let is_column = piece.sign == Sign::Align && before.sign == Sign::Align;
        let is_far = is_blank(before.text)
            && (before.text == "\t"
                || at > 1
                    && is_blank(pieces[at - 2].text)
                    && pieces[at - 2].end == before.start);
        let is_wide = at > 2 && is_blank(pieces[at - 3].text) || before.text == "\t";
        let has_words = last_word > piece.start;
        let is_word = match piece.sign {
            Sign::Word if says(piece.text, is_name) => true,
            Sign::Word | Sign::Command => is_wide && has_words,
            Sign::Open | Sign::Words => has_words && last_equals < piece.start,
            _ => false,
        };
        if is_column || is_far && is_word && before.end == piece.start {
            return cut(piece.start.min(before.start));
        }
    }
    // `(product rule)`, `\text{by the product rule}`.
    let last = pieces.iter().rposition(|p| p.sign != Sign::Gap)?;
    let depth = pieces[last].depth;
    let open = match pieces[last].sign {
        Sign::Words => last,
        Sign::Close => (0..last)
            .rfind(|at| pieces[*at].sign == Sign::Open && pieces[*at].depth == depth)?,
        _ => return None,
    };
    let held = match pieces[last].sign {
        Sign::Words => pieces[last].text.to_owned(),
        _ => text[pieces[open].end..pieces[last].start].to_owned(),
    };
    let held = ["\\text{", "\\textit{", "\\mathrm{", "}"]
        .iter()
        .fold(held, |held, sign| held.replace(sign, " "));
    let is_said = is_prose(&held)
        && held.split_whitespace().all(|word| !is_name(word))
        && words(&held).any(|word| says(word, is_name));
    (is_said && is_top(&open)).then(|| cut(pieces[open].start)).flatten()
}

/// What stands behind the words with which an equation begins.
pub(super) fn behind_words<'t>(text: &'t str, is_name: &dyn Fn(&str) -> bool) -> &'t str {
    let mut rest = text;
    loop {
        let end = rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len());
        let (word, behind) = rest.split_at(end);
        let lower = word.to_lowercase();
        let is_leading = is_saying(word)
            || CONCLUDING.contains(&lower.as_str())
            || LEADING.contains(&lower.as_str());
        let next = behind.trim_start_matches([',', ':', ' ', '\t']);
        let is_apart = next.len() < behind.len()
            && next.starts_with(|c: char| !"=^*/+)".contains(c));
        if !is_leading
            || word.len() < 2
            || !is_apart
            || is_name(word)
            || is_changing(word)
        {
            return rest;
        }
        rest = next;
    }
}
