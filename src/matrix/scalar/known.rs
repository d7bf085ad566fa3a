//! What is known of scalars that are made of tensors.

use super::super::form::{Elementwise, FormId, Forms, Op, Scope, Structure};
use super::super::table::Special;
use crate::function;
use crate::kernel::Assumption;
use rustc_hash::FxHashMap;

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
    nonzero: false,
    integer: false,
    real: false,
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

/// Whether a scalar form is seen to have no value below zero.
pub(in super::super) fn is_nonnegative(
    root: FormId,
    forms: &Forms,
    scope: &Scope,
) -> bool {
    if !forms.shape(root).is_scalar() {
        return false;
    }
    let one = |id: FormId, done: &FxHashMap<FormId, bool>| {
        let of = |id: &FormId| done.get(id).copied().unwrap_or(false);
        let is_scalar = |id: &FormId| forms.shape(*id).is_scalar();
        let own = match forms.op(id) {
            _ if !is_scalar(&id) => false,
            Op::Number(n) => !n.is_negative(),
            Op::Constant(_) => true,
            Op::Sum(list) => list.iter().all(|(minus, id)| !minus && of(id)),
            Op::Product(list) if list.iter().all(is_scalar) => list.iter().all(of),
            Op::Product(list) => match list[..] {
                [left, right] => forms.op(left) == &Op::Transpose(right),
                _ => false,
            },
            Op::Divide(above, below) => of(above) && of(below),
            Op::Power(base, exponent) => {
                of(base) || forms.as_number(*exponent).is_some_and(|n| n.is_even())
            }
            Op::Apply(Elementwise::Table(function), list) if function.is_builtin() => {
                match function::spec(*function).name {
                    "exp" | "abs" | "sqrt" | "cosh" => true,
                    "max" => list.iter().any(of),
                    _ => false,
                }
            }
            Op::Call(Special::Dot, list) => list[0] == list[1],
            _ => false,
        };
        let known = assumption(id, forms, scope);
        own || is_scalar(&id) && (known.nonnegative || known.positive)
    };
    forms.fold(root, one).unwrap_or(false)
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
