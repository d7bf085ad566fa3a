//! Derivatives of determinants at singular arrays: `det(A)*inv(A)` is the adjugate, which has
//! a value everywhere.

use super::super::form::{FormId, Forms, Op};
use super::super::table::Special;
use rustc_hash::FxHashMap;

/// A form in which a determinant beside an inverse of the same is an adjugate. Both have one
/// value where the inverse exists; determinants have derivatives elsewhere too.
pub(super) fn with_adjugates(root: FormId, forms: &mut Forms) -> FormId {
    let mut done: FxHashMap<FormId, FormId> = FxHashMap::default();
    for id in forms.below(root) {
        let op =
            forms.op(id).clone().with_operands(|id| done.get(&id).copied().unwrap_or(id));
        let op = match op {
            Op::Product(factors) => Op::Product(paired(factors, forms)),
            op => op,
        };
        let shape = forms.shape(id);
        let other = match op {
            Op::Product(list) if list.len() == 1 => list[0],
            op => forms.intern(op, shape),
        };
        done.insert(id, other);
    }
    done.get(&root).copied().unwrap_or(root)
}

fn paired(mut factors: Vec<FormId>, forms: &mut Forms) -> Vec<FormId> {
    while let Some((place, of)) = factors.iter().enumerate().find_map(|(place, id)| {
        let Op::Call(Special::Determinant, list) = forms.op(*id) else { return None };
        let has_inverse = factors.iter().any(|id| is_inverse(*id, list[0], forms));
        has_inverse.then_some((place, list[0]))
    }) {
        let Some(at) = factors.iter().position(|id| is_inverse(*id, of, forms)) else {
            break;
        };
        let shape = forms.shape(of);
        let adjugate = forms.intern(Op::Call(Special::Adjugate, vec![of]), shape);
        factors[at] = match forms.op(factors[at]) {
            Op::Transpose(_) => forms.intern(Op::Transpose(adjugate), shape.transposed()),
            _ => adjugate,
        };
        factors.remove(place);
    }
    factors
}

/// Whether a form is the inverse of another one, or the transpose of that.
fn is_inverse(id: FormId, of: FormId, forms: &Forms) -> bool {
    match forms.op(id) {
        Op::Transpose(inner) => is_inverse(*inner, of, forms),
        Op::Call(Special::Inverse, list) => list[0] == of,
        _ => false,
    }
}
