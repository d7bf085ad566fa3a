//! The derivative of the exponential of a matrix along another one: the upper right block of
//! `expm([[A, E], [0, A]])` (Van Loan, IEEE Trans. Automat. Control 23, 1978).

use super::pool::{Axes, Node, Primary, TensorId, Tensors};
use super::term::{Factor, Label, Term};
use crate::kernel::Number;

impl Tensors {
    /// The derivative at a matrix along a change.
    pub(super) fn exponential_along(
        &mut self,
        of: TensorId,
        change: TensorId,
    ) -> TensorId {
        let axes = Axes::from_slice(self.axes(of));
        let [size, _] = axes[..] else { return change };
        if self.is_zero(change) {
            return change;
        }
        // What commutes may stand before the exponential.
        if self.commutes_with(change, of) {
            let value = self.primary(Primary::Exponential, of);
            let factors = vec![Factor::new(change, &[0, 2]), Factor::new(value, &[2, 1])];
            return self.einsum(Number::ONE, factors, &[size; 3], 2);
        }
        if let (base, true) = self.orientation(of) {
            let turned = self.transpose(change);
            let found = self.exponential_along(base, turned);
            return self.transpose(found);
        }
        let terms = self.terms(change);
        let is_scalar = |f: &Factor| f.at.is_empty();
        if let [term] = &terms[..]
            && (!term.coefficient.is_one() || term.factors.iter().any(is_scalar))
        {
            let (scalars, rest): (Vec<Factor>, Vec<Factor>) =
                term.factors.iter().cloned().partition(is_scalar);
            let bare = Term {
                coefficient: Number::ONE,
                factors: rest,
                sizes: term.sizes.clone(),
            };
            let bare = self.sum(&axes, vec![bare]);
            let found = self.exponential_along(of, bare);
            let mut factors = scalars;
            factors.push(Factor::new(found, &[0, 1]));
            return self.einsum(term.coefficient.clone(), factors, &axes, 2);
        }
        let symmetric = self.is_symmetric(of) && self.is_symmetric(change);
        self.intern(Node::Along(of, change), &axes, symmetric)
    }

    /// What an exponential in a scalar term is multiplied by, entry by entry: the derivative of
    /// the term in it.
    pub(super) fn beside(&mut self, term: &Term, place: usize) -> TensorId {
        let mut rest = term.clone();
        let factor = rest.factors.remove(place);
        let [i, j] = [factor.at[0], factor.at[1]];
        let found = self.matrix_of(rest.factors, &rest.sizes, [i, j]);
        self.weighted(&[(rest.coefficient, found)])
    }

    /// Whether a factor of a scalar term is an exponential whose derivative can be turned round.
    pub(super) fn can_turn(&self, factor: &Factor, order: usize) -> bool {
        order == 0
            && matches!(self.node(factor.id), Node::Primary(Primary::Exponential, _))
            && matches!(factor.at[..], [i, j] if i != j)
    }

    /// The labels of a matrix behind those of a term.
    pub(super) fn two_more(term: &mut Term, of: &Axes) -> [Label; 2] {
        let first = term.sizes.len() as Label;
        term.sizes.extend_from_slice(of);
        [first, first + 1]
    }
}
