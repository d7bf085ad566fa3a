//! Typst's mathematics mode: what stands between dollar signs there.

use super::{Face, Grid, Markup, Role};

/// Functions that Typst sets upright by their names.
const KNOWN: [&str; 24] = [
    "arccos", "arcsin", "arctan", "cos", "cosh", "cot", "coth", "csc", "csch", "det",
    "exp", "lim", "ln", "log", "max", "min", "sec", "sech", "sin", "sinc", "sinh", "tan",
    "tanh", "tr",
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
            (Some(Markup::Sign(_, Role::Prefix)), _) => {
                out.ends_with(|c: char| c != '−' && c != '+')
            }
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
        Markup::Sign("∂", _) => out.push_str("diff"),
        Markup::Sign(sign, _) => out.push_str(sign),
        Markup::Primes(count) => out.push_str(&"'".repeat(*count)),
        Markup::Words(words) => quoted(words, out),
        Markup::Fraction(sides) => {
            grouped(&sides[0], out);
            out.push('/');
            grouped(&sides[1], out);
        }
        Markup::Root(None, inside) => call("sqrt", inside, out),
        Markup::Root(Some(degree), inside) => {
            out.push_str("root(");
            one(degree, out);
            out.push_str(", ");
            one(inside, out);
            out.push(')');
        }
        Markup::Scripts { base, below, above } => {
            match is_single(base) || matches!(**base, Markup::Fence { .. }) {
                true => one(base, out),
                // Brackets behind nothing are no grouping, so an empty word goes first.
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
            ("|", "|") => call("abs", body, out),
            ("‖", "‖") => call("norm", body, out),
            ("⌊", "⌋") => call("floor", body, out),
            ("⌈", "⌉") => call("ceil", body, out),
            (open, close) => {
                let is_pair =
                    [("(", ")"), ("[", "]"), ("{", "}")].contains(&(open, close));
                out.push_str(if is_pair { "" } else { "lr(" });
                out.push_str(open);
                one(body, out);
                out.push_str(close);
                out.push_str(if is_pair { "" } else { ")" });
            }
        },
        Markup::Grid(kind, rows) => grid(*kind, rows, out),
        Markup::Space(1) => out.push_str("thin"),
        Markup::Space(_) => out.push_str("quad"),
    }
}

fn named(name: &str, face: Face, out: &mut String) {
    match face {
        Face::Upright if KNOWN.contains(&name) => out.push_str(name),
        Face::Upright => out.push_str(&format!("op(\"{name}\")")),
        Face::Bold => out.push_str(&format!("upright(bold({name}))")),
        Face::Double => out.push_str(&name.repeat(2)),
        Face::Italic if name.chars().count() == 1 => out.push_str(name),
        Face::Italic => quoted(name, out),
    }
}

fn quoted(words: &str, out: &mut String) {
    out.push('"');
    out.push_str(&words.replace('\\', "\\\\").replace('"', "\\\""));
    out.push('"');
}

fn call(name: &str, inside: &Markup, out: &mut String) {
    out.push_str(name);
    out.push('(');
    one(inside, out);
    out.push(')');
}

/// Whether something is read as one thing beside a bar or above a line.
fn is_single(piece: &Markup) -> bool {
    match piece {
        Markup::Row(list) => matches!(&list[..], [one] if is_single(one)),
        Markup::Number(_) | Markup::Words(_) | Markup::Root(..) => true,
        Markup::Name(..) => true,
        Markup::Sign(_, role) => *role == Role::Thing,
        Markup::Scripts { base, .. } => {
            is_single(base) || matches!(**base, Markup::Fence { .. })
        }
        _ => false,
    }
}

/// A side of a fraction or a script: brackets that are not shown where it is more than one
/// thing.
fn grouped(piece: &Markup, out: &mut String) {
    if is_single(piece) {
        return one(piece, out);
    }
    out.push('(');
    one(piece, out);
    out.push(')');
}

fn grid(kind: Grid, rows: &[Vec<Markup>], out: &mut String) {
    if kind == Grid::Aligned {
        for (place, cells) in rows.iter().enumerate() {
            out.push_str(if place == 0 { "" } else { " \\ " });
            joined(cells, " &", out);
        }
        return;
    }
    out.push_str(match kind {
        Grid::Cases => "cases(",
        Grid::Matrix => "mat(delim: \"[\", ",
        Grid::Round => "mat(",
        Grid::Binomial => "binom(",
        _ => "mat(delim: #none, align: #left, ",
    });
    for (place, cells) in rows.iter().enumerate() {
        out.push_str(match (place, kind) {
            (0, _) => "",
            (_, Grid::Cases | Grid::Binomial) => ", ",
            _ => "; ",
        });
        joined(cells, if kind == Grid::Cases { " " } else { ", " }, out);
    }
    out.push(')');
}

fn joined(cells: &[Markup], between: &str, out: &mut String) {
    for (place, cell) in cells.iter().enumerate() {
        out.push_str(if place == 0 { "" } else { between });
        one(cell, out);
    }
}
