//! How wide and how high signs are in a serif of the kind of Times, in thousandths of the size
//! of its letters: the advance widths that the fonts of that kind share.

/// A font of the family.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Font {
    Upright,
    Italic,
    Bold,
}

/// What is printable of ASCII, from the space on, upright.
#[rustfmt::skip]
const UPRIGHT: [u16; 95] = [
    250, 333, 408, 500, 500, 833, 778, 180, 333, 333, 500, 564, 250, 333, 250, 278,
    500, 500, 500, 500, 500, 500, 500, 500, 500, 500, 278, 278, 564, 564, 564, 444,
    921, 722, 667, 667, 722, 611, 556, 722, 722, 333, 389, 722, 611, 889, 722, 722,
    556, 722, 667, 556, 611, 722, 722, 944, 722, 722, 611, 333, 278, 333, 469, 500,
    333, 444, 500, 444, 500, 444, 333, 500, 500, 278, 278, 500, 278, 778, 500, 500,
    500, 500, 333, 389, 278, 500, 500, 722, 500, 500, 444, 480, 200, 480, 541,
];

/// The same in italics.
#[rustfmt::skip]
const ITALIC: [u16; 95] = [
    250, 333, 420, 500, 500, 833, 778, 214, 333, 333, 500, 675, 250, 333, 250, 278,
    500, 500, 500, 500, 500, 500, 500, 500, 500, 500, 333, 333, 675, 675, 675, 500,
    920, 611, 611, 667, 722, 611, 611, 722, 722, 333, 444, 667, 556, 833, 667, 722,
    611, 722, 611, 500, 556, 722, 611, 833, 611, 556, 556, 389, 278, 389, 422, 500,
    333, 500, 500, 444, 500, 444, 278, 500, 500, 278, 278, 444, 278, 722, 500, 500,
    500, 500, 389, 389, 278, 500, 444, 667, 444, 444, 389, 400, 275, 400, 541,
];

/// The same in bold.
#[rustfmt::skip]
const BOLD: [u16; 95] = [
    250, 333, 555, 500, 500, 1000, 833, 278, 333, 333, 500, 570, 250, 333, 250, 278,
    500, 500, 500, 500, 500, 500, 500, 500, 500, 500, 333, 333, 570, 570, 570, 500,
    930, 722, 667, 722, 722, 667, 611, 778, 778, 389, 500, 778, 667, 944, 722, 778,
    611, 778, 722, 556, 667, 722, 722, 1000, 722, 722, 667, 333, 278, 333, 581, 500,
    333, 500, 556, 444, 556, 444, 333, 500, 556, 278, 333, 556, 278, 833, 556, 500,
    556, 556, 444, 389, 333, 556, 500, 722, 500, 500, 444, 394, 220, 394, 520,
];

/// The small letters of Greek from alpha on, in italics.
#[rustfmt::skip]
const GREEK: [u16; 25] = [
    525, 498, 394, 465, 394, 405, 496, 491, 278, 480, 433, 502, 444, 428, 500, 501, 480,
    406, 493, 358, 459, 553, 440, 621, 706,
];

/// Signs of mathematics: width, height above the line, depth below it. What these fonts do
/// not have is taken from others, in this width.
#[rustfmt::skip]
const SIGNS: [(char, u16, i16, i16); 31] = [
    ('·', 250, 390, 0), ('×', 564, 540, 0), ('⊙', 750, 630, 80), ('⊗', 750, 630, 80),
    ('⊘', 750, 630, 80), ('∘', 450, 460, 0), ('≤', 549, 580, 0), ('≥', 549, 580, 0),
    ('≠', 549, 600, 0), ('≈', 549, 520, 0), ('∈', 650, 600, 20), ('→', 1000, 530, 0),
    ('∧', 650, 590, 0), ('∨', 650, 590, 0), ('∇', 690, 690, 10), ('∂', 494, 720, 15),
    ('±', 549, 570, 0), ('∞', 713, 480, 0), ('⊤', 600, 690, 0), ('ℓ', 479, 690, 15),
    ('⋮', 300, 700, 100), ('…', 1000, 110, 15), ('⋯', 1000, 400, 0), ('∑', 713, 720, 213),
    ('−', 564, 360, 0), ('∗', 500, 480, 0), ('′', 219, 660, 0), ('ℝ', 722, 680, 0),
    ('ℤ', 667, 680, 0), ('ℕ', 722, 680, 0), ('ℂ', 667, 680, 15),
];

/// How far letters of italics lean over their width.
#[rustfmt::skip]
const LEANING: [(char, u16); 20] = [
    ('f', 115), ('V', 96), ('Y', 89), ('W', 76), ('T', 59), ('U', 54), ('H', 45),
    ('I', 39), ('J', 39), ('K', 43), ('M', 46), ('N', 46), ('X', 32), ('k', 15), ('d', 10),
    ('C', 9), ('F', 10), ('σ', 32), ('τ', 30), ('γ', 22),
];

/// How wide a sign is.
fn width(c: char, font: Font) -> f64 {
    let table = match font {
        Font::Upright => &UPRIGHT,
        Font::Italic => &ITALIC,
        Font::Bold => &BOLD,
    };
    let from = |first: char| (c as usize).checked_sub(first as usize);
    if let Some(width) = from(' ').and_then(|place| table.get(place)) {
        return f64::from(*width);
    }
    if let Some(row) = SIGNS.iter().find(|row| row.0 == c) {
        return f64::from(row.1);
    }
    if let Some(width) = from('α').and_then(|place| GREEK.get(place)) {
        return f64::from(*width);
    }
    match unicode_width::UnicodeWidthChar::width(c) {
        Some(0) => 0.0,
        Some(2) => 1000.0,
        // Capitals of Greek, letters with accents.
        _ if c.is_uppercase() => 720.0,
        _ => 520.0,
    }
}

/// How wide a text is.
pub(super) fn advance(text: &str, font: Font) -> f64 {
    text.chars().map(|c| width(c, font)).sum::<f64>() / 1000.0
}

/// How far the last letter leans over its width.
pub(super) fn leaning(text: &str, font: Font) -> f64 {
    let last = text.chars().last().filter(|_| font == Font::Italic);
    let row = last.and_then(|last| LEANING.iter().find(|row| row.0 == last));
    row.map_or(0.0, |row| f64::from(row.1) / 1000.0)
}

/// How high a text stands above the line, and how far it reaches below.
pub(super) fn extent(text: &str, font: Font) -> (f64, f64) {
    let mut extent = (0.0f64, 0.0f64);
    for c in text.chars() {
        let (above, below) = match c {
            _ if c.is_whitespace() => continue,
            'a' | 'c' | 'e' | 'm' | 'n' | 'o' | 'r' | 's' | 'u' | 'v' | 'w' | 'x'
            | 'z' => (475, 15),
            'α' | 'ε' | 'ι' | 'κ' | 'ν' | 'ο' | 'π' | 'σ' | 'τ' | 'υ' | 'ω' => {
                (515, 15)
            }
            'g' | 'p' | 'q' | 'y' | 'γ' | 'η' | 'μ' | 'ρ' | 'χ' => (480, 220),
            'f' if font == Font::Italic => (705, 215),
            'j' | 'Q' | 'β' | 'φ' | 'ϕ' | 'ψ' | 'ζ' | 'ξ' | '(' | ')' | '[' | ']'
            | '{' | '}' | '|' => (705, 215),
            '+' | '=' | '<' | '>' => (575, 15),
            ',' | '.' => (110, 155),
            '-' => (275, 0),
            _ => match SIGNS.iter().find(|row| row.0 == c) {
                Some(row) => (row.2, row.3),
                None if c.is_ascii() => (705, 15),
                None if c.is_alphabetic() && !c.is_uppercase() => (705, 215),
                None => (880, 215),
            },
        };
        extent.0 = extent.0.max(f64::from(above) / 1000.0);
        extent.1 = extent.1.max(f64::from(below) / 1000.0);
    }
    extent
}
