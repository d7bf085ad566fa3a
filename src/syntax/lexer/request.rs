//! A derivative in front of a formula in text: `d/dx (x^2)`, `∂²/∂x∂y (x^2 y)`, `diff(x^2, x)`.

use super::super::answer::{Label, Naming};
use super::super::limits::pieces;
use super::super::words::is_constant;
use super::text;

/// How such a formula begins.
const BEGINNINGS: [&str; 6] = ["d/", "d^", "d²", "d³", "∂", "D_"];
/// What derives in front of a bracket.
const CALLS: [&str; 2] = ["diff", "Derivative"];
/// The highest order of such a derivative.
const MAX_ORDER: usize = 64;

/// What is to be differentiated, and in which variables.
pub(super) struct Request<'t> {
    pub(super) names: Vec<String>,
    pub(super) formula: &'t str,
    /// Whether brackets stand around the formula.
    pub(super) is_whole: bool,
}

/// The derivative that stands in front of a text; `is_own` says which names mean something else.
pub(super) fn request<'t>(
    text: &'t str,
    is_own: &dyn Fn(&str) -> bool,
) -> Option<Request<'t>> {
    let text = text.trim();
    if let Some(call) = CALLS.iter().find(|call| text.starts_with(**call)) {
        return called(text, call).filter(|_| !is_own(call));
    }
    if !BEGINNINGS.iter().any(|sign| text.starts_with(sign)) || is_own("d") {
        return None;
    }
    let label = Label::read(text).filter(|label| {
        label.naming == Naming::Derivative
            && label.function.is_none()
            && label.order == Some(label.wrt.len())
    })?;
    let operand = label.operand?;
    let formula =
        text.strip_suffix(operand.as_str()).map(|before| &text[before.len()..])?;
    if text.starts_with("D_") && !label.wrt.iter().all(|name| varies(formula, name)) {
        return None;
    }
    // `d/dx [x^2]`.
    let inner = formula.strip_prefix('[').and_then(|inner| inner.strip_suffix(']'));
    let inner = inner.filter(|inner| pieces(inner).is_some_and(|parts| parts.len() == 1));
    let formula = inner.unwrap_or(formula);
    Some(Request { names: label.wrt, formula, is_whole: inner.is_some() })
}

/// Whether a name stands in a formula as a variable: `D_e` is a name beside `e^(-r)`.
fn varies(formula: &str, name: &str) -> bool {
    let is_part = |c: char| c.is_alphabetic() || c == '_';
    !is_constant(name)
        && formula.match_indices(name).any(|(at, _)| {
            let before = formula[..at].chars().next_back();
            let after = formula[at + name.len()..].chars().next();
            !before.is_some_and(is_part)
                && !after.is_some_and(|c| is_part(c) || c.is_ascii_digit())
        })
}

/// `diff(x^2*y, x, y)`, `diff(x^4, x, 2)`.
fn called<'t>(text: &'t str, call: &str) -> Option<Request<'t>> {
    let inner = text[call.len()..].trim_start().strip_prefix('(')?.strip_suffix(')')?;
    let parts = pieces(inner)?;
    let [formula, variables @ ..] = &parts[..] else { return None };
    let mut names: Vec<String> = Vec::new();
    for part in variables {
        match (part.parse::<usize>(), names.last().cloned()) {
            (Ok(order @ 1..=MAX_ORDER), Some(name)) => {
                names.extend(std::iter::repeat_n(name, order - 1));
            }
            _ => {
                let [name] = text::names(part)?[..] else { return None };
                names.push(name.to_owned());
            }
        }
    }
    let is_some = !names.is_empty() && names.len() <= MAX_ORDER && !formula.is_empty();
    is_some.then_some(Request { names, formula, is_whole: true })
}
