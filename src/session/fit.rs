//! Which component of what was asked a label names.

use super::answer::{Asked, is_known};
use crate::kernel::latin;
use crate::syntax::{Label, Naming};

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
    match label.naming {
        Naming::Value
            if label
                .function
                .as_ref()
                .is_some_and(|name| is_known(asked.known, name)) =>
        {
            Fit::Other
        }
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
            let is_index = || !label.wrt.iter().any(|name| is_known(asked.known, name));
            match found {
                Some(_) if asked.formula.roots.len() > 1 => Fit::Any,
                Some(place) => Fit::At(place),
                None if naming == Naming::Subscript && is_index() => Fit::Any,
                None => Fit::Other,
            }
        }
    }
}
