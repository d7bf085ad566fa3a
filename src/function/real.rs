//! Which functions are functions of real numbers only, and what is known to be real.

use super::lookup::{first_of, spec};
use super::spec::FunctionSpec;
use crate::kernel::{ExprId, FunctionId, Node, Pool, Relation};

/// Whether a function of the table has no derivative over the complex numbers: its row says so, or its
/// formula has such a function in it. One with a derivative of its own there has one.
pub fn is_real(row: &FunctionSpec) -> bool {
    let formula = row.normal.or(row.means).filter(|_| row.principal.is_none());
    let mut words = formula
        .into_iter()
        .flat_map(|formula| formula.split(|c: char| !(c.is_alphanumeric() || c == '_')));
    row.is_real
        || words.any(|word| word != row.name && first_of(word).is_some_and(is_real))
}

/// Whether a function of the table or a comparison is one of real numbers only.
pub fn needs_order(function: FunctionId) -> bool {
    Relation::of(function).is_some() || function.is_builtin() && is_real(spec(function))
}

/// Whether a function chooses between its arguments by others of them: `piecewise`.
pub fn is_conditional(function: FunctionId) -> bool {
    spec(function).name == "piecewise"
}

/// Whether an expression is real for certain where it has a value over the complex numbers:
/// what is assumed of a variable makes it real.
pub fn is_surely_real(pool: &Pool, id: ExprId) -> bool {
    pool.reachable(&[id]).into_iter().all(|id| match pool.node(id) {
        Node::Symbol(_) => pool.is_real_symbol(id),
        Node::Power(base, exponent) => {
            pool.as_number(exponent).is_some_and(|n| n.is_integer())
                || pool.is_nonnegative(base)
        }
        Node::Apply(FunctionId::LN, list) => pool.is_positive(pool.list(list)[0]),
        Node::Apply(function, list) => {
            needs_order(function) || {
                // What has a value at every real number has a real one.
                list.len == 1 && function.is_builtin() && spec(function).domain.is_empty()
            }
        }
        _ => true,
    })
}
