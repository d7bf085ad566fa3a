//! Into which slots expressions fit without brackets.

use super::name::is_command;
use super::notation::Slot;
use crate::function;
use crate::kernel::view::Shape;
use crate::kernel::{ExprId, Node, Pool};

/// The tightest slot into which a shape fits without brackets.
pub(super) fn binding(shape: &Shape, signed: bool, latex: bool) -> Slot {
    match shape {
        Shape::Atom => Slot::Exponent,
        Shape::Root(_) | Shape::Apply(..) => Slot::Exponent,
        Shape::Sum(_) => Slot::Side,
        Shape::Relation(..) => Slot::Open,
        Shape::Power(..) | Shape::NumericPower(..) => Slot::Divisor,
        Shape::Term { negative: true, .. } if signed => Slot::Side,
        Shape::Term { below, .. } if latex && !below.is_empty() => Slot::Factor,
        Shape::Term { above, below, .. } => {
            if above.len() + below.len() > 1 {
                Slot::Term
            } else {
                Slot::Divisor
            }
        }
    }
}

/// The slot of what a postfix stands behind: `(n!)!` is no double factorial, and in LaTeX
/// `\sin x!` is the sine of a factorial.
pub(super) fn before_postfix(pool: &Pool, id: ExprId, latex: bool) -> Slot {
    match pool.node(id) {
        Node::Apply(function, _)
            if function::spec(function).name == "factorial"
                || latex && is_command(function) =>
        {
            Slot::Bracket
        }
        _ => Slot::Base,
    }
}
