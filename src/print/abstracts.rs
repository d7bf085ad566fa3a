//! Abstract functions and their derivatives: `f'(x)`, `∂g/∂x`.

use super::label::primes;
use super::name::symbol_name;
use super::notation::Notation;
use crate::kernel::{AbstractFunction, ExprId, Node, Pool};
use crate::syntax::raised;
use std::fmt::Write;

/// The name of an abstract function or derivative, and whether its arguments follow.
pub(super) struct Name {
    pub(super) text: String,
    pub(super) with_arguments: bool,
}

pub(super) fn name(
    pool: &Pool,
    function: &AbstractFunction,
    arguments: &[ExprId],
    latex: bool,
) -> Name {
    let mut text = String::new();
    let order: u32 = function.orders.iter().sum();
    if !function.is_partial() {
        symbol_name(&function.name, latex, &mut text);
        // In text, primes are input, however many there are.
        match latex {
            true => text.push_str(&primes(order as usize, Notation::Latex)),
            false => (0..order).for_each(|_| text.push('\'')),
        }
        return Name { text, with_arguments: true };
    }
    let always = pool.applications(&function.name) == Some(arguments);
    let slots: Option<Vec<&str>> =
        arguments.iter().map(|id| pool.slot_name(*id)).collect();
    let named = slots.filter(|names| {
        always
            && names.iter().enumerate().all(|(k, name)| !names[..k].contains(name))
            && !is_ambiguous(pool, arguments)
    });
    let d = if latex { "\\partial " } else { "∂" };
    let power = |n: u32| match (n, latex) {
        (1, _) => String::new(),
        (n, true) if n < 10 => format!("^{n}"),
        (n, true) => format!("^{{{n}}}"),
        (n, false) => raised(n),
    };
    let mut below = String::new();
    for (place, n) in function.orders.iter().enumerate().filter(|(_, n)| **n > 0) {
        below.push_str(d);
        match &named {
            Some(names) => symbol_name(names[place], latex, &mut below),
            None => {
                let _ = write!(below, "{}", place + 1);
            }
        }
        below.push_str(&power(*n));
    }
    let mut above = format!("{}{}", d.trim_end(), power(order));
    if latex {
        above.push(' ');
    }
    symbol_name(&function.name, latex, &mut above);
    text = if latex {
        format!("\\frac{{{above}}}{{{below}}}")
    } else {
        format!("{above}/{below}")
    };
    Name { text, with_arguments: named.is_none() }
}

/// Whether an argument is a symbol on which another one depends that has a name of its own:
/// of `f(x, s)` with `x = s*t`, `∂f/∂s` might be the derivative through both.
fn is_ambiguous(pool: &Pool, arguments: &[ExprId]) -> bool {
    let is_symbol = |id: &&ExprId| matches!(pool.node(**id), Node::Symbol(_));
    let mut symbols = arguments.iter().filter(is_symbol);
    symbols.any(|symbol| {
        arguments.iter().any(|other| {
            let is_named =
                !matches!(pool.node(*other), Node::Symbol(_) | Node::Apply(..));
            is_named && pool.may_depend(*other, *symbol)
        })
    })
}

/// Whether an expression is written with a bar of its own: `∂f/∂x`.
pub(super) fn is_partial(pool: &Pool, id: ExprId) -> bool {
    let Node::Apply(function, _) = pool.node(id) else { return false };
    pool.as_abstract(function).is_some_and(AbstractFunction::is_partial)
}
