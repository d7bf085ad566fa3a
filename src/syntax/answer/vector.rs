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
