//! Presentation MathML (MathML Core), as browsers show it.

use super::{Face, Grid, Markup, Role, escape, is_behind, letter, primes};

/// The sign between factors that stands for nothing seen.
const TIMES: &str = "<mo>\u{2062}</mo>";

/// Writes a formula that stands on lines of its own.
pub(super) fn write(formula: &Markup, _: usize) -> String {
    let mut out = String::from(
        "<math xmlns=\"http://www.w3.org/1998/Math/MathML\" display=\"block\">",
    );
    pieces(formula.pieces(), &mut out);
    out.push_str("</math>");
    out
}

/// Pieces side by side, with the signs between that are not seen.
fn pieces(list: &[Markup], out: &mut String) {
    for (place, piece) in list.iter().enumerate() {
        let before = place.checked_sub(1).map(|before| &list[before]);
        if before.is_some_and(|before| touches(before) && touches(piece)) {
            out.push_str(TIMES);
        }
        one(piece, out);
    }
}

/// Whether something is a factor, so that what stands beside it is another one.
fn touches(piece: &Markup) -> bool {
    !matches!(piece, Markup::Sign(..) | Markup::Space(_) | Markup::Words(_))
        && !is_behind(piece)
}

/// One element.
fn one(piece: &Markup, out: &mut String) {
    match piece {
        Markup::Row(list) => {
            out.push_str("<mrow>");
            pieces(list, out);
            out.push_str("</mrow>");
        }
        Markup::Number(text) => element("mn", text, out),
        Markup::Name(name, face) => match face {
            Face::Upright if name.chars().count() == 1 => {
                out.push_str("<mi mathvariant=\"normal\">");
                escape(name, out);
                out.push_str("</mi>");
            }
            Face::Italic | Face::Upright => element("mi", name, out),
            Face::Bold | Face::Double => {
                let letters: String = name.chars().map(|c| letter(c, *face)).collect();
                element("mi", &letters, out);
            }
        },
        Markup::Sign(sign, role) => match role {
            Role::Prefix if *sign == "−" || *sign == "+" => {
                out.push_str("<mo form=\"prefix\">");
                escape(sign, out);
                out.push_str("</mo>");
            }
            Role::Thing => element("mi", sign, out),
            _ => element("mo", sign, out),
        },
        Markup::Primes(count) => element("mo", &primes(*count), out),
        Markup::Words(words) => {
            // Room at an end counts only where it does not break.
            let inner = words.trim_matches(' ');
            let before = words.len() - words.trim_start_matches(' ').len();
            let behind = words.len() - before.min(words.len()) - inner.len();
            let [before, behind] = [before, behind].map(|n| "\u{a0}".repeat(n));
            element("mtext", &format!("{before}{inner}{behind}"), out);
        }
        Markup::Fraction(sides) => tagged("mfrac", &sides[..], out),
        Markup::Root(None, inside) => {
            out.push_str("<msqrt>");
            pieces(inside.pieces(), out);
            out.push_str("</msqrt>");
        }
        Markup::Root(Some(degree), inside) => {
            out.push_str("<mroot>");
            one(inside, out);
            one(degree, out);
            out.push_str("</mroot>");
        }
        Markup::Scripts { base, below, above } => {
            let tag = match (below, above) {
                (Some(_), Some(_)) => "msubsup",
                (Some(_), None) => "msub",
                _ => "msup",
            };
            out.push_str(&format!("<{tag}>"));
            one(base, out);
            for script in [below, above].into_iter().flatten() {
                one(script, out);
            }
            out.push_str(&format!("</{tag}>"));
        }
        Markup::Fence { open, body, close } => {
            out.push_str("<mrow>");
            fence(open, "prefix", out);
            pieces(body.pieces(), out);
            fence(close, "postfix", out);
            out.push_str("</mrow>");
        }
        Markup::Grid(kind, rows) => grid(*kind, rows, out),
        Markup::Space(n) => {
            let width =
                if *n == 1 { "0.167em".to_owned() } else { format!("{}em", n / 4) };
            out.push_str(&format!("<mspace width=\"{width}\"/>"));
        }
    }
}

fn tagged(tag: &str, list: &[Markup], out: &mut String) {
    out.push_str(&format!("<{tag}>"));
    list.iter().for_each(|piece| one(piece, out));
    out.push_str(&format!("</{tag}>"));
}

fn fence(sign: &str, form: &str, out: &mut String) {
    if !sign.is_empty() {
        out.push_str(&format!("<mo form=\"{form}\" fence=\"true\">{sign}</mo>"));
    }
}

fn grid(kind: Grid, rows: &[Vec<Markup>], out: &mut String) {
    if let (Grid::Binomial, [above, below]) = (kind, rows) {
        out.push_str("<mrow>");
        fence("(", "prefix", out);
        out.push_str("<mfrac linethickness=\"0\">");
        above.iter().chain(below).for_each(|side| one(side, out));
        out.push_str("</mfrac>");
        fence(")", "postfix", out);
        return out.push_str("</mrow>");
    }
    let (open, align, close) = match kind {
        Grid::Matrix => ("[", "center", "]"),
        Grid::Round => ("(", "center", ")"),
        Grid::Cases => ("{", "left", ""),
        Grid::Aligned => ("", "right", ""),
        Grid::Table | Grid::Binomial => ("", "left", ""),
    };
    out.push_str("<mrow>");
    fence(open, "prefix", out);
    out.push_str("<mtable>");
    for cells in rows {
        out.push_str("<mtr>");
        for (place, cell) in cells.iter().enumerate() {
            let align = match (kind, place) {
                (Grid::Aligned, 1..) => "left",
                _ => align,
            };
            out.push_str(&format!("<mtd style=\"text-align: {align}\">"));
            pieces(cell.pieces(), out);
            out.push_str("</mtd>");
        }
        out.push_str("</mtr>");
    }
    out.push_str("</mtable>");
    fence(close, "postfix", out);
    out.push_str("</mrow>");
}

fn element(tag: &str, text: &str, out: &mut String) {
    out.push_str(&format!("<{tag}>"));
    escape(text, out);
    out.push_str(&format!("</{tag}>"));
}
