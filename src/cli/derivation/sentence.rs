//! Why a line follows, as a sentence of a language.

use calcgrad::locale::Locale;
use calcgrad::print::Notation;
use calcgrad::steps::{Line, Math, Reason};

/// What begins and ends mathematics in a sentence, while it is put together.
const MARKS: [char; 2] = ['\u{e000}', '\u{e001}'];

/// A piece of a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Piece {
    /// Words.
    Words(String),
    /// Mathematics in the notation that was asked for.
    Math(String),
}

/// The reasons of a line with where it holds, in pieces.
pub(super) fn margin(line: &Line, locale: Locale, notation: Notation) -> Vec<Piece> {
    let mut pieces = Vec::new();
    for reason in &line.reasons {
        if !pieces.is_empty() {
            let between = locale.sentence("between", &[]);
            pieces.push(Piece::Words(between.unwrap_or_default()));
        }
        pieces.extend(sentence(reason, locale, notation));
    }
    if let Some(condition) = &line.condition {
        let open = if pieces.is_empty() { "(" } else { " (" };
        pieces.push(Piece::Words(open.to_owned()));
        pieces.push(Piece::Math(written(condition, notation).to_owned()));
        pieces.push(Piece::Words(")".to_owned()));
    }
    joined(pieces)
}

/// A sentence in pieces.
pub(super) fn sentence(
    reason: &Reason,
    locale: Locale,
    notation: Notation,
) -> Vec<Piece> {
    let parts: Vec<(&str, String)> = reason
        .parts
        .iter()
        .map(|(name, part)| {
            (*name, format!("{}{}{}", MARKS[0], written(part, notation), MARKS[1]))
        })
        .collect();
    let parts: Vec<(&str, &str)> =
        parts.iter().map(|(name, part)| (*name, &part[..])).collect();
    // A test has every sentence in every language.
    let text = locale.sentence(reason.id, &parts).unwrap_or_else(|| reason.id.to_owned());
    let mut pieces = Vec::new();
    for piece in text.split(MARKS[0]) {
        match piece.split_once(MARKS[1]) {
            None => pieces.push(Piece::Words(piece.to_owned())),
            Some((math, words)) => {
                pieces.push(Piece::Math(math.to_owned()));
                pieces.push(Piece::Words(words.to_owned()));
            }
        }
    }
    joined(pieces)
}

/// Pieces without empty ones, words beside words as one.
fn joined(pieces: Vec<Piece>) -> Vec<Piece> {
    let mut found: Vec<Piece> = Vec::with_capacity(pieces.len());
    for piece in pieces {
        match (found.last_mut(), piece) {
            (_, Piece::Words(words)) if words.is_empty() => {}
            (Some(Piece::Words(before)), Piece::Words(words)) => before.push_str(&words),
            (_, piece) => found.push(piece),
        }
    }
    found
}

/// Pieces as plain text.
pub(super) fn plain(pieces: &[Piece]) -> String {
    pieces
        .iter()
        .map(|piece| match piece {
            Piece::Words(text) | Piece::Math(text) => &text[..],
        })
        .collect()
}

/// A piece of mathematics in a notation.
pub(super) fn written(math: &Math, notation: Notation) -> &str {
    match notation {
        Notation::Text => &math.text,
        Notation::Latex => &math.latex,
    }
}
