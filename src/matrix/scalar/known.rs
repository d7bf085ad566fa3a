//! What is known of scalars that are made of tensors.

use super::super::form::{FormId, Forms, Op, Scope, Structure};
use super::super::table::Special;
use crate::kernel::Assumption;

/// Zero or above.
const NONNEGATIVE: Assumption = Assumption {
    positive: false,
    nonnegative: true,
    nonpositive: false,
    low: None,
    high: None,
    open_low: false,
    open_high: false,
    rounded_low: false,
    rounded_high: false,
    exact_low: None,
    exact_high: None,
    integer: false,
};

/// Above zero.
const POSITIVE: Assumption = Assumption { positive: true, ..NONNEGATIVE };

/// What is known of the value of a scalar form wherever it is defined.
pub(super) fn assumption(form: FormId, forms: &Forms, scope: &Scope) -> Assumption {
    match forms.op(form) {
        Op::Size(_) => Assumption { integer: true, low: Some(1.0), ..POSITIVE },
        Op::Variable(place) => {
            let variable = &scope.variables[usize::from(*place)];
            match variable.structure.positive {
                true => Assumption {
                    positive: true,
                    nonnegative: true,
                    ..variable.assumption
                },
                false => variable.assumption,
            }
        }
        Op::Entry(of, _) if matches!(forms.op(*of), Op::Eye) => {
            Assumption { integer: true, ..NONNEGATIVE }
        }
        Op::Entry(of, _) if structure(*of, forms, scope).positive => POSITIVE,
        Op::Call(Special::Norm | Special::Norm1 | Special::NormP, _) => NONNEGATIVE,
        Op::Call(Special::Determinant | Special::Trace, list)
            if is_definite(list[0], forms, scope) =>
        {
            POSITIVE
        }
        Op::Product(list) => match list[..] {
            [left, middle, right] => {
                let is_square =
                    matches!(forms.op(left), Op::Transpose(of) if *of == right);
                match is_square && is_definite(middle, forms, scope) {
                    true => NONNEGATIVE,
                    false => Assumption::default(),
                }
            }
            _ => Assumption::default(),
        },
        _ => Assumption::default(),
    }
}

/// What is declared of a form that is a name.
fn structure(form: FormId, forms: &Forms, scope: &Scope) -> Structure {
    match forms.op(form) {
        Op::Variable(place) => scope.variables[usize::from(*place)].structure,
        _ => Structure::default(),
    }
}

/// Whether a matrix is known to be positive definite: one that is declared so, or its inverse.
fn is_definite(form: FormId, forms: &Forms, scope: &Scope) -> bool {
    let of = match forms.op(form) {
        Op::Call(Special::Inverse, list) => list[0],
        _ => form,
    };
    structure(of, forms, scope).positive_definite
}
