//! What stands before an answer: `∂f/∂x`, `d²f/dx²`, `∇f`.

use super::abstracts::superscript;
use super::name::symbol_name;
use super::notation::Notation;

/// The name of a partial derivative, `wrt` naming one variable for each differentiation, as
/// `∂³f/∂x²∂y`; with a straight d when the function has that variable only.
pub fn partial_label(
    function: &str,
    wrt: &[&str],
    partial: bool,
    notation: Notation,
) -> String {
    let latex = notation == Notation::Latex;
    let d = match (partial, latex) {
        (true, false) => "∂",
        (true, true) => "\\partial ",
        (false, _) => "d",
    };
    let power = |n: usize| match (n, latex) {
        (1, _) => String::new(),
        (n, true) => format!("^{{{n}}}"),
        (n, false) => superscript(n as u32),
    };
    let power = |n: usize| match power(n) {
        text if latex && text.len() == 4 => format!("^{n}"),
        text => text,
    };
    let mut below = String::new();
    let mut rest = wrt;
    while let Some(first) = rest.first() {
        let run = rest.iter().take_while(|name| *name == first).count();
        if !below.is_empty() && latex {
            below.push(' ');
        }
        below.push_str(d);
        symbol_name(first, latex, &mut below);
        below.push_str(&power(run));
        rest = &rest[run..];
    }
    let mut name = String::new();
    symbol_name(function, latex, &mut name);
    let order = power(wrt.len());
    if !latex {
        return format!("{d}{order}{name}/{below}");
    }
    let space = if partial || !order.is_empty() { " " } else { "" };
    format!("\\frac{{{}{order}{space}{name}}}{{{below}}}", d.trim_end())
}

/// The name of the gradient: `∇f`.
pub fn gradient_label(function: &str, notation: Notation) -> String {
    let latex = notation == Notation::Latex;
    let mut name = String::from(if latex { "\\nabla " } else { "∇" });
    symbol_name(function, latex, &mut name);
    name
}

/// The name of the Jacobian: `J_f`.
pub fn jacobian_label(function: &str, notation: Notation) -> String {
    let latex = notation == Notation::Latex;
    let mut name = String::from(if latex { "J_{" } else { "J_" });
    symbol_name(function, latex, &mut name);
    if latex {
        name.push('}');
    }
    name
}
