//! AsciiMath, as MathJax and others read it.

use super::{Face, Grid, Markup, Role};

/// Functions that AsciiMath knows by their names.
const KNOWN: [&str; 24] = [
    "arccos", "arcsin", "arctan", "cos", "cosh", "cot", "coth", "csc", "csch", "det",
    "exp", "gcd", "lcm", "lim", "ln", "log", "max", "min", "sec", "sech", "sin", "sinh",
    "tan", "tanh",
];

/// Signs with their names.
#[rustfmt::skip]
const SIGNS: [(&str, &str); 22] = [
    ("−", "-"), ("⋅", "*"), ("×", "xx"), ("⊙", "o."), ("⊗", "ox"), ("∘", "@"),
    ("≤", "<="), ("≥", ">="), ("≠", "!="), ("≈", "~~"), ("∈", "in"), ("→", "->"),
    ("∧", "^^"), ("∨", "vv"), ("∇", "grad"), ("∂", "del"), ("±", "+-"), ("∞", "oo"),
    ("⊤", "TT"), ("′", "'"), ("⋮", "vdots"), ("∗", "**"),
];

/// Writes a formula.
pub(super) fn write(formula: &Markup, _: usize) -> String {
    let mut out = String::new();
    pieces(formula.pieces(), &mut out);
    out
}

fn pieces(list: &[Markup], out: &mut String) {
    for (place, piece) in list.iter().enumerate() {
        let is_apart = match (place.checked_sub(1).map(|before| &list[before]), piece) {
            (None, _)
            | (_, Markup::Sign(_, Role::Comma | Role::Postfix | Role::Apply)) => false,
            (Some(Markup::Sign(_, Role::Apply)), _) => {
                !matches!(piece, Markup::Fence { .. })
            }
            (Some(Markup::Sign("−", Role::Prefix)), _) => false,
            _ => true,
        };
        if is_apart && !out.ends_with(' ') {
            out.push(' ');
        }
        one(piece, out);
    }
}

fn one(piece: &Markup, out: &mut String) {
    match piece {
        Markup::Row(list) => pieces(list, out),
        Markup::Number(text) => out.push_str(text),
        Markup::Name(name, face) => named(name, *face, out),
        Markup::Sign(_, Role::Apply) => {}
        Markup::Sign(sign, _) => {
            let known = SIGNS.iter().find(|row| row.0 == *sign);
            out.push_str(known.map_or(sign, |row| row.1));
        }
        Markup::Primes(count) => out.push_str(&"'".repeat(*count)),
        Markup::Words(words) => {
            out.push_str(&format!("\"{}\"", words.replace('"', "''")));
        }
        Markup::Fraction(sides) => {
            grouped(&sides[0], out);
            out.push('/');
            grouped(&sides[1], out);
        }
        Markup::Root(None, inside) => bracketed("sqrt", inside, out),
        Markup::Root(Some(degree), inside) => {
            bracketed("root", degree, out);
            bracketed("", inside, out);
        }
        Markup::Scripts { base, below, above } => {
            match is_single(base) || matches!(**base, Markup::Fence { .. }) {
                true => one(base, out),
                false => grouped(base, out),
            }
            for (sign, script) in [('_', below), ('^', above)] {
                if let Some(Markup::Primes(count)) = script.as_deref() {
                    out.push_str(&"'".repeat(*count));
                } else if let Some(script) = script {
                    out.push(sign);
                    grouped(script, out);
                }
            }
        }
        Markup::Fence { open, body, close } => match (*open, *close) {
            ("|", "|") => bracketed("abs", body, out),
            ("‖", "‖") => bracketed("norm", body, out),
            ("⌊", "⌋") => bracketed("floor", body, out),
            ("⌈", "⌉") => bracketed("ceil", body, out),
            (open, close) => {
                out.push_str(if open.is_empty() { "{:" } else { open });
                one(body, out);
                out.push_str(if close.is_empty() { ":}" } else { close });
            }
        },
        Markup::Grid(kind, rows) => grid(*kind, rows, out),
        Markup::Space(1) => {}
        Markup::Space(_) => out.push_str("quad"),
    }
}

fn named(name: &str, face: Face, out: &mut String) {
    let greek = crate::kernel::GREEK;
    let greek = greek.iter().find(|(_, c)| name.chars().eq([*c]) && !c.is_ascii());
    let plain = greek.map_or(name, |(word, _)| word);
    match face {
        Face::Bold => out.push_str(&format!("bb({plain})")),
        Face::Double => out.push_str(&name.repeat(2)),
        _ if greek.is_some() || name.chars().count() == 1 => out.push_str(plain),
        _ if KNOWN.contains(&name) => out.push_str(name),
        _ => out.push_str(&format!("\"{name}\"")),
    }
}

fn bracketed(name: &str, inside: &Markup, out: &mut String) {
    out.push_str(name);
    out.push('(');
    one(inside, out);
    out.push(')');
}

/// Whether something is read as one thing.
fn is_single(piece: &Markup) -> bool {
    match piece {
        Markup::Row(list) => matches!(&list[..], [one] if is_single(one)),
        Markup::Number(_) | Markup::Words(_) | Markup::Name(..) | Markup::Root(..) => {
            true
        }
        Markup::Sign(_, role) => *role == Role::Thing,
        Markup::Scripts { base, .. } => {
            is_single(base) || matches!(**base, Markup::Fence { .. })
        }
        _ => false,
    }
}

/// Brackets that are not shown, where something is more than one thing.
fn grouped(piece: &Markup, out: &mut String) {
    match is_single(piece) {
        true => one(piece, out),
        false => bracketed("", piece, out),
    }
}

fn grid(kind: Grid, rows: &[Vec<Markup>], out: &mut String) {
    let (open, close) = match kind {
        Grid::Matrix => ("[", "]"),
        Grid::Cases => ("{", ":}"),
        Grid::Binomial | Grid::Round => ("(", ")"),
        _ => ("{:", ":}"),
    };
    let (left, right) = if kind == Grid::Matrix { ("[", "]") } else { ("(", ")") };
    out.push_str(open);
    for (place, cells) in rows.iter().enumerate() {
        out.push_str(if place == 0 { "" } else { ", " });
        out.push_str(left);
        for (place, cell) in cells.iter().enumerate() {
            out.push_str(if place == 0 { "" } else { ", " });
            one(cell, out);
        }
        out.push_str(right);
    }
    out.push_str(close);
}
