//! How wide words are, about, in a serif such as Times.

use unicode_width::UnicodeWidthChar;

/// Widths in parts of the size of the letters.
const WIDTHS: [(&str, f64); 6] = [
    ("ijl.,;:'|!′ ", 0.28),
    ("ftr()[]{}/-Ir⌊⌋⌈⌉", 0.36),
    ("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺⁽⁾ⁿ₀₁₂₃₄₅₆₇₈₉₋ₓᵢⱼ·", 0.34),
    ("mwMW—…", 0.85),
    ("+=<>−×≈≤≥≠∞±→", 0.6),
    ("√∛ABCDEFGHJKLNOPQRSTUVXYZ", 0.68),
];
const OTHER: f64 = 0.52;

/// The width of words in letters of a size.
pub(super) fn width(text: &str, size: f64) -> f64 {
    let one = |c: char| {
        let known = WIDTHS.iter().find(|(letters, _)| letters.contains(c));
        match (known, c.width().unwrap_or(0)) {
            (Some((_, width)), _) => *width,
            (None, 0) => 0.0,
            (None, 1) => OTHER,
            (None, _) => 1.0,
        }
    };
    text.chars().map(one).sum::<f64>() * size
}

/// Words that are no wider than some room: what is too long ends in dots.
pub(super) fn fitted(text: &str, most: f64, width: impl Fn(&str) -> f64) -> String {
    if width(text) <= most {
        return text.to_owned();
    }
    let mut kept: String = String::new();
    for c in text.chars() {
        kept.push(c);
        if width(&kept) + width("…") > most {
            kept.pop();
            break;
        }
    }
    kept.push('…');
    kept
}
