//! What stands before an answer: `∂f/∂x`, `d²f/dx²`, `∇f`.

use super::name::symbol_name;
use super::notation::Notation;
use crate::syntax::raised;

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
        (n, false) => raised(n as u32),
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

/// Above this order a derivative has its order in brackets, `f^(4)`, and no primes.
const MOST_PRIMES: usize = 3;

/// What stands behind the name of a derivative of an order in the only variable.
pub fn primes(order: usize, notation: Notation) -> String {
    match (order, notation) {
        (0..=MOST_PRIMES, _) => "'".repeat(order),
        (_, Notation::Text) => format!("^({order})"),
        (_, Notation::Latex) => format!("^{{({order})}}"),
    }
}

/// A partial derivative with the names that are held constant: `(∂f/∂x)_u`.
pub fn held_label(label: &str, held: &[&str], notation: Notation) -> String {
    let latex = notation == Notation::Latex;
    let mut names = String::new();
    for name in held {
        if !names.is_empty() {
            names.push_str(if latex { ", " } else { "," });
        }
        symbol_name(name, latex, &mut names);
    }
    match (latex, held) {
        (true, _) => format!("\\left( {label} \\right)_{{{names}}}"),
        (false, [_]) => format!("({label})_{names}"),
        (false, _) => format!("({label})_{{{names}}}"),
    }
}

/// A sum of products of what is written already.
pub fn sum_of_products(terms: &[Vec<String>], notation: Notation) -> String {
    let times = if notation == Notation::Latex { " " } else { "*" };
    let terms: Vec<String> = terms.iter().map(|factors| factors.join(times)).collect();
    terms.join(" + ")
}

/// The name of the gradient: `∇f`.
pub fn gradient_label(function: &str, notation: Notation) -> String {
    let latex = notation == Notation::Latex;
    let mut name = String::from(if latex { "\\nabla " } else { "∇" });
    symbol_name(function, latex, &mut name);
    name
}

/// An operator of vector calculus that stands before a function.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operator {
    /// The Jacobian.
    Jacobian,
    /// The Hessian.
    Hessian,
    /// The divergence.
    Divergence,
    /// The curl.
    Curl,
    /// The Laplacian.
    Laplacian,
    /// The derivative in a direction v.
    Directional,
}

impl Operator {
    /// Its name, what stands before a function in text, and the same in LaTeX, where the
    /// function is put in place of `f`.
    #[rustfmt::skip]
    fn row(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Self::Jacobian    => ("jacobian",    "J_",    "J_{f}"),
            Self::Hessian     => ("hessian",     "H_",    "H_{f}"),
            Self::Divergence  => ("divergence",  "div ",  "\\nabla \\cdot f"),
            Self::Curl        => ("curl",        "curl ", "\\nabla \\times f"),
            Self::Laplacian   => ("laplacian",   "Δ",     "\\Delta f"),
            Self::Directional => ("directional", "D_v ",  "D_v f"),
        }
    }

    /// Its name.
    pub fn name(self) -> &'static str {
        self.row().0
    }
}

/// What an operator makes of a function, as `J_f` or `Δf`.
pub fn operator_label(operator: Operator, function: &str, notation: Notation) -> String {
    let (_, text, latex) = operator.row();
    let mut name = String::new();
    symbol_name(function, notation == Notation::Latex, &mut name);
    match notation {
        Notation::Text => format!("{text}{name}"),
        Notation::Latex if is_short(&name) => {
            latex.replace(['{', '}'], "").replacen('f', &name, 1)
        }
        Notation::Latex => latex.replacen('f', &name, 1),
    }
}

/// Whether a name needs no braces as a subscript.
fn is_short(name: &str) -> bool {
    name.chars().count() == 1
}

/// The differential of a variable: `dx`.
pub fn differential_label(variable: &str, notation: Notation) -> String {
    let mut name = String::from("d");
    let latex = notation == Notation::Latex;
    let mut own = String::new();
    symbol_name(variable, latex, &mut own);
    if own.starts_with('\\') {
        name.push(' ');
    }
    name + &own
}

/// A function at its arguments: `f(x, y)`, or `f_2(x, y)` for a component of a vector.
pub fn call_label(
    function: &str,
    component: Option<usize>,
    arguments: &[&str],
    notation: Notation,
) -> String {
    let latex = notation == Notation::Latex;
    let mut name = String::new();
    symbol_name(function, latex, &mut name);
    match component {
        Some(component) if latex => name.push_str(&format!("_{{{component}}}")),
        Some(component) => name.push_str(&format!("_{component}")),
        None => {}
    }
    name.push('(');
    for (place, argument) in arguments.iter().enumerate() {
        name.push_str(if place == 0 { "" } else { ", " });
        symbol_name(argument, latex, &mut name);
    }
    name.push(')');
    name
}
