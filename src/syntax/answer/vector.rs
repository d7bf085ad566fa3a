//! Vectors in whatever brackets: `(2x, 1)`, `<2x, 1>`, `2x, 1`, `2x and 1`.

use super::LONGEST;
use super::boxes::side_by_side;
use super::outline::{Piece, Sign, mate, outline};
use super::statements::without_gaps;

/// The components of a vector, where a text is one in brackets of any kind, with or without a
/// sign of a transpose behind it, or several formulas with commas between them.
pub fn components(text: &str) -> Option<Vec<&str>> {
    if text.len() > LONGEST {
        return None;
    }
    let text = without_transpose(without_gaps(text));
    if let Some(found) = side_by_side(text) {
        return Some(found);
    }
    let inner = in_angles(text).or_else(|| in_brackets(text)).unwrap_or(text);
    let pieces = outline(inner);
    let mut found = Vec::new();
    let mut start = 0;
    for piece in pieces.iter().filter(|piece| piece.depth == 0) {
        match piece.sign {
            Sign::Comma | Sign::Semicolon | Sign::Word | Sign::Words
                if matches!(piece.sign, Sign::Comma | Sign::Semicolon)
                    || piece.text.trim() == "and" =>
            {
                let part = without_gaps(&inner[start..piece.start]);
                // `a, b, and c`.
                if !part.is_empty() || piece.text.trim() != "and" {
                    found.push(part);
                }
                start = piece.end;
            }
            Sign::Equals | Sign::Relation | Sign::Like | Sign::Newline => return None,
            _ => {}
        }
    }
    found.push(without_gaps(&inner[start..]));
    let is_vector = found.len() > 1 && found.iter().all(|part| !part.is_empty());
    is_vector.then_some(found)
}

/// Environments of LaTeX that hold the entries of a matrix.
const MATRICES: [&str; 6] =
    ["matrix", "pmatrix", "bmatrix", "Bmatrix", "smallmatrix", "array"];

/// The entries of a matrix of LaTeX that is a whole text, row by row, all of one length.
pub fn matrix(text: &str) -> Option<Vec<Vec<&str>>> {
    if text.len() > LONGEST || !text.contains("\\begin") {
        return None;
    }
    let text = without_transpose(without_gaps(text));
    let text = in_brackets(text).map_or(text, without_gaps);
    let pieces = outline(text);
    let begin = pieces.first().filter(|p| p.sign == Sign::Begin && p.start == 0)?;
    let end = &pieces[mate(&pieces, 0)?];
    let name = begin.text.split_once('{')?.1.trim_end_matches('}').trim();
    if end.sign != Sign::End || end.end != text.len() || !MATRICES.contains(&name) {
        return None;
    }
    let mut start = begin.end;
    if name == "array" {
        // What the columns are like.
        let rest = text[start..].trim_start();
        start = text.len() - rest.strip_prefix('{')?.split_once('}')?.1.len();
    }
    let mut rows = vec![Vec::new()];
    let from = start;
    let parts = pieces.iter().filter(|p| p.depth == 1 && p.start >= from);
    for piece in parts.filter(|p| matches!(p.sign, Sign::Align | Sign::Newline)) {
        rows.last_mut()?.push(without_gaps(&text[start..piece.start]));
        if piece.sign == Sign::Newline {
            rows.push(Vec::new());
        }
        start = piece.end;
    }
    let last = without_gaps(&text[start..end.start]);
    match (rows.last_mut(), last) {
        // Behind the last row its end may stand.
        (Some(row), "") if row.is_empty() => drop(rows.pop()),
        (Some(row), _) => row.push(last),
        (None, _) => return None,
    }
    let width = rows.first()?.len();
    let is_full =
        |row: &Vec<&str>| row.len() == width && row.iter().all(|entry| !entry.is_empty());
    rows.iter().all(is_full).then_some(rows)
}

/// What stands between brackets that hold all of a text.
fn in_brackets(text: &str) -> Option<&str> {
    let pieces = outline(text);
    let first = pieces.first().filter(|p| p.sign == Sign::Open && p.start == 0)?;
    let last: &Piece<'_> = &pieces[mate(&pieces, 0)?];
    (last.end == text.len()).then(|| &text[first.end..last.start])
}

/// Whether a text is a vector between `<` and `>`.
pub(super) fn is_in_angles(text: &str) -> bool {
    in_angles(text).is_some_and(|inner| inner.contains(','))
}

/// What stands between `<` and `>`.
fn in_angles(text: &str) -> Option<&str> {
    let inner = text.strip_prefix('<')?.strip_suffix('>')?;
    (!inner.contains(['<', '>'])).then_some(inner)
}

/// A text without the sign of a transpose behind it.
pub fn without_transpose(text: &str) -> &str {
    const SIGNS: [&str; 9] = [
        "^T",
        "^{T}",
        "^\\top",
        "^{\\top}",
        "^\\mathsf{T}",
        "^{\\mathsf{T}}",
        "^\\intercal",
        "ᵀ",
        "^{\\mathrm{T}}",
    ];
    let found = SIGNS.iter().find_map(|sign| text.strip_suffix(sign));
    let found = found.map(str::trim_end);
    found
        .filter(|rest| {
            rest.ends_with([')', ']', '}', '>', '⟩']) && !rest.ends_with("^{T}")
        })
        .unwrap_or(text)
}
