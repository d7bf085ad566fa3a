//! Which component of what was asked a label names.

use super::answer::{Asked, is_known};
use crate::function;
use crate::kernel::{is_same_name, latin};
use crate::syntax::{Item, Label, Naming};

/// The most letters of a subscript that are variables.
const LETTERS: usize = 3;

/// What a label says of the components that were asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::session) enum Fit {
    /// It names this one.
    At(usize),
    /// It names none in particular.
    Any,
    /// It names another derivative.
    Other,
}

/// What a label says of the derivatives that were asked for.
pub(in crate::session) fn fit(
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
    // `\Delta f`, which adds second derivatives.
    let is_laplacian = ["Delta", "Δ"].iter().any(|sign| {
        function.strip_prefix(sign).is_some_and(|of| !of.is_empty()) && label.is_value()
    });
    let is_table_name = label.naming == Naming::Value
        && label.arguments.is_some()
        && function::lookup(function, 1).is_some();
    // `f'(y)` where the derivative in x was asked for.
    let is_elsewhere = label.variable().is_some_and(|own| {
        !wanted.iter().flatten().chain(asked.known).any(|name| is_same_name(name, own))
    });
    if is_laplacian || is_variable || is_table_name || is_elsewhere || !label.is_general()
    {
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

/// The components of a vector in the order of the question, where each formula of an answer
/// has the name of one: `x' = …, y' = …`, or the names that the question gives them.
pub(in crate::session) fn in_order<'i, 't>(
    items: &'i [Item<'t>],
    wanted: &[Vec<String>],
    asked: Asked<'_>,
) -> Option<Vec<Option<&'i Item<'t>>>> {
    let count = asked.formula.roots.len();
    let [names] = wanted else { return None };
    if count < 2 || items.len() != count {
        return None;
    }
    let mut found = Vec::with_capacity(count);
    for item in items {
        let label = item.label.as_ref()?;
        let same = |own: &Vec<String>| {
            own.len() == names.len()
                && own.iter().zip(names).all(|(a, b)| is_same_name(a, b))
        };
        let is_meant = matches!(label.naming, Naming::Derivative | Naming::Value)
            && label.order.is_none_or(|order| order == names.len())
            && (label.wrt.is_empty() || same(&label.wrt))
            && label.is_general();
        found.push(label.function.as_deref().filter(|_| is_meant)?);
    }
    let axes = ["x", "y", "z"].map(str::to_owned);
    let numbered: Vec<String> = (1..=count).map(|place| place.to_string()).collect();
    let place = |function: &str| {
        let own = || asked.formula.answers.iter().position(|n| is_same_name(n, function));
        let axis =
            || axes[..count.min(axes.len())].iter().position(|axis| axis == function);
        let index = || {
            let digits =
                function.trim_start_matches(char::is_alphabetic).trim_matches('_');
            numbered.iter().position(|number| number == digits)
        };
        own().or_else(axis).or_else(index)
    };
    let places: Option<Vec<usize>> = found.iter().map(|name| place(name)).collect();
    let mut slots = vec![None; count];
    // Other names stand in the order of the components.
    for (item, place) in items.iter().zip(places.unwrap_or_else(|| (0..count).collect()))
    {
        if slots[place].replace(item).is_some() {
            return None;
        }
    }
    let is_twice = |at: usize| found[..at].contains(&found[at]);
    (!(0..count).any(is_twice)).then_some(slots)
}
