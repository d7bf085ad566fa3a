//! AsciiMath, as MathJax and others read it.

use super::linear::{Cells, Linear};
use super::{Face, Grid, Markup};
use crate::kernel::GREEK;

const ASCIIMATH: Linear = Linear {
    functions: &["gcd", "lcm"],
    signs: SIGNS,
    name,
    words,
    root: ["root(", ")(", ")"],
    fence,
    spaces: ["", "quad"],
    grid,
};

/// Signs with their names.
#[rustfmt::skip]
const SIGNS: &[(&str, &str)] = &[
    ("−", "-"), ("⋅", "*"), ("×", "xx"), ("⊙", "o."), ("⊗", "ox"), ("∘", "@"),
    ("≤", "<="), ("≥", ">="), ("≠", "!="), ("≈", "~~"), ("∈", "in"), ("→", "->"),
    ("∧", "^^"), ("∨", "vv"), ("∇", "grad"), ("∂", "del"), ("±", "+-"), ("∞", "oo"),
    ("⊤", "TT"), ("′", "'"), ("⋮", "vdots"), ("∗", "**"),
];

/// Writes a formula.
pub(super) fn write(formula: &Markup, _: usize) -> String {
    ASCIIMATH.formula(formula)
}

fn name(name: &str, face: Face) -> String {
    let greek = GREEK.iter().find(|(_, c)| name.chars().eq([*c]) && !c.is_ascii());
    let plain = greek.map_or(name, |(word, _)| word);
    match face {
        Face::Bold => format!("bb({plain})"),
        Face::Double => name.repeat(2),
        _ if greek.is_some() || name.chars().count() == 1 => plain.to_owned(),
        _ => words(name),
    }
}

fn words(words: &str) -> String {
    format!("\"{}\"", words.replace('"', "''"))
}

/// Brackets that are not shown stand where there is none.
fn fence(open: &'static str, close: &'static str) -> [String; 2] {
    let shown = |sign: &str, hidden: &str| match sign {
        "" => hidden.to_owned(),
        sign => sign.to_owned(),
    };
    [shown(open, "{:"), shown(close, ":}")]
}

fn grid(kind: Grid) -> Cells {
    let (open, row, close) = match kind {
        Grid::Matrix => ("[", ["[", ", ", "]"], "]"),
        Grid::Cases => ("{", ["(", ", ", ")"], ":}"),
        Grid::Binomial | Grid::Round => ("(", ["(", ", ", ")"], ")"),
        Grid::Aligned | Grid::Table => ("{:", ["(", ", ", ")"], ":}"),
    };
    Cells { open, row, between: ", ", close }
}
