//! Typst's mathematics mode: what stands between dollar signs there.

use super::linear::{Cells, Linear};
use super::{Face, Grid, Markup};

const TYPST: Linear = Linear {
    functions: &["sinc", "tr"],
    signs: &[("∂", "partial")],
    name,
    words,
    root: ["root(", ", ", ")"],
    fence,
    spaces: ["thin", "quad"],
    grid,
};

/// Writes a formula.
pub(super) fn write(formula: &Markup, _: usize) -> String {
    TYPST.formula(formula)
}

fn name(name: &str, face: Face) -> String {
    match face {
        Face::Upright => format!("op(\"{name}\")"),
        Face::Bold => format!("upright(bold({name}))"),
        Face::Double => name.repeat(2),
        Face::Italic if name.chars().count() == 1 => name.to_owned(),
        Face::Italic => words(name),
    }
}

fn words(words: &str) -> String {
    format!("\"{}\"", words.replace('\\', "\\\\").replace('"', "\\\""))
}

/// Brackets that do not match need to be told that they belong together.
fn fence(open: &'static str, close: &'static str) -> [String; 2] {
    match [("(", ")"), ("[", "]"), ("{", "}")].contains(&(open, close)) {
        true => [open.to_owned(), close.to_owned()],
        false => [format!("lr({open}"), format!("{close})")],
    }
}

fn grid(kind: Grid) -> Cells {
    let (open, between_cells, between, close) = match kind {
        Grid::Aligned => ("", " &", " \\ ", ""),
        Grid::Cases => ("cases(", " ", ", ", ")"),
        Grid::Matrix => ("mat(delim: \"[\", ", ", ", "; ", ")"),
        Grid::Round => ("mat(", ", ", "; ", ")"),
        Grid::Binomial => ("binom(", ", ", ", ", ")"),
        Grid::Table => ("mat(delim: #none, align: #left, ", ", ", "; ", ")"),
    };
    Cells { open, row: ["", between_cells, ""], between, close }
}
