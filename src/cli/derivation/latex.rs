//! Derivations in LaTeX: one `align*` for each, or a whole document.

use super::super::output::Output;
use super::super::written::Written;
use super::sentence::{Piece, margin};
use calcgrad::locale::Locale;
use calcgrad::print::Notation;
use calcgrad::steps::{Derivation, Line};

/// Writes derivations.
pub(super) fn write(
    told: &[Derivation],
    locale: Locale,
    is_document: bool,
    output: &mut Output,
) {
    if is_document {
        output.line(&head(locale));
    }
    for derivation in told {
        output.line(&block(derivation, locale, "align*"));
    }
    if is_document {
        output.line("\\end{document}");
    }
}

/// What stands before the first formula of a document; each language needs its letters.
fn head(locale: Locale) -> String {
    let letters = match locale {
        Locale::English => "",
        Locale::Vietnamese => "\\usepackage[T5]{fontenc}\n\\usepackage[utf8]{inputenc}\n",
        Locale::Chinese => "\\usepackage[UTF8]{ctex}\n",
    };
    format!(
        "\\documentclass{{article}}\n{letters}\\usepackage{{amsmath,amssymb}}\n\\begin{{document}}"
    )
}

/// A derivation in an environment with rows.
pub(super) fn block(
    derivation: &Derivation,
    locale: Locale,
    environment: &str,
) -> String {
    let rows: Vec<String> =
        derivation.lines.iter().map(|line| row(line, locale)).collect();
    format!("\\begin{{{environment}}}\n{}\n\\end{{{environment}}}", rows.join(" \\\\\n"))
}

fn row(line: &Line, locale: Locale) -> String {
    let mut text = line.label.latex.clone();
    for (place, value) in line.values.iter().enumerate() {
        let sign = match (place, text.is_empty()) {
            (0, true) => "&= ",
            (0, false) => " &= ",
            _ => " = ",
        };
        text.push_str(sign);
        text.push_str(&value.latex);
    }
    for (place, (name, part)) in line.names.iter().enumerate() {
        let space = if place == 0 { ", \\quad " } else { ",\\ " };
        text.push_str(&format!("{space}{} = {}", name.latex, part.latex));
    }
    let pieces = margin(line, locale, Notation::Latex);
    if !pieces.is_empty() {
        text.push_str(" && ");
        text.push_str(&words(&pieces));
    }
    text
}

/// A sentence in mathematics mode.
pub(super) fn words(pieces: &[Piece]) -> String {
    pieces
        .iter()
        .map(|piece| match piece {
            Piece::Math(math) => math.clone(),
            Piece::Words(words) => Written::words(words).latex,
        })
        .collect()
}
