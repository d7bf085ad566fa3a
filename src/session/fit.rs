//! Which component of what was asked a label names.

use super::answer::{Asked, is_known};
use crate::function;
use crate::kernel::{is_same_name, latin};
use crate::syntax::{Label, Naming};

/// The most letters of a subscript that are variables.
const LETTERS: usize = 3;

/// What a label says of the components that were asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fit {
    /// It names this one.
    At(usize),
    /// It names none in particular.
    Any,
    /// It names another derivative.
    Other,
}

/// What a label says of the derivatives that were asked for.
pub(super) fn fit(
    label: Option<&Label>,
    wanted: &[Vec<String>],
    asked: Asked<'_>,
) -> Fit {
    let Some(label) = label else { return Fit::Any };
    let orders = |order: usize| wanted.iter().all(|names| names.len() == order);
    let function = label.function.as_deref().unwrap_or_default();
    // `dx`, `f'(2)`, `sin(x)`: of a variable, at a point, of a known function.
    let is_variable = wanted.iter().flatten().any(|name| is_same_name(name, function))
        || label.is_value() && is_known(asked.known, function);
    let is_table_name = label.naming == Naming::Value
        && label.arguments.is_some()
        && function::lookup(function, 1).is_some();
    if is_variable || is_table_name || !label.is_general() {
        return Fit::Other;
    }
    match label.naming {
        Naming::Value | Naming::Differential => Fit::Any,
        Naming::Gradient if orders(1) => Fit::Any,
        Naming::Gradient => Fit::Other,
        _ if label.wrt.is_empty() => match label.order {
            Some(order) if !orders(order) => Fit::Other,
            Some(_) if wanted.len() == 1 => Fit::At(0),
            _ => Fit::Any,
        },
        naming => {
            let sorted = |names: &[String]| {
                let mut names: Vec<String> =
                    names.iter().map(|name| latin(name).into_owned()).collect();
                names.sort();
                names
            };
            let mine = sorted(&label.wrt);
            let found = wanted.iter().position(|names| sorted(names) == mine);
            // `f_1`, `y_max`: a subscript that is no variable.
            let is_index = || {
                label.wrt.iter().all(|name| {
                    !is_known(asked.known, name)
                        && (name.len() > LETTERS
                            || !name.chars().all(char::is_alphabetic))
                })
            };
            match found {
                Some(_) if asked.formula.roots.len() > 1 => Fit::Any,
                Some(place) => Fit::At(place),
                None if naming == Naming::Subscript && is_index() => Fit::Any,
                None => Fit::Other,
            }
        }
    }
}
