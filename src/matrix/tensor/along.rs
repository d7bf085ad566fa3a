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
        // What commutes stands outside.
        if self.commutes_with(change, of) {
            let value = self.primary(Primary::Exponential, of);
            let factors = vec![Factor::new(value, &[0, 2]), Factor::new(change, &[2, 1])];
            return self.einsum(Number::ONE, factors, &[size; 3], 2);
        }
        if let (base, true) = self.orientation(of) {
            let turned = self.transpose(change);
            let found = self.exponential_along(base, turned);
            return self.transpose(found);
        }
        if let Some((scalars, bare)) = self.multiple_of(change) {
            let found = self.exponential_along(of, bare);
            let factors = vec![Factor::new(scalars, &[]), Factor::new(found, &[0, 1])];
            return self.einsum(Number::ONE, factors, &axes, 2);
        }
        let symmetric = self.is_symmetric(of) && self.is_symmetric(change);
        self.intern(Node::Along(of, change), &axes, symmetric)
    }

    /// A number, or scalars of the only term, and the matrix that they are a multiple of.
    fn multiple_of(&mut self, id: TensorId) -> Option<(TensorId, TensorId)> {
        let axes = Axes::from_slice(self.axes(id));
        let mut terms = self.terms(id);
        let by = terms.first()?.coefficient.abs();
        let by = if terms.len() == 1 { terms[0].coefficient.clone() } else { by };
        if terms.iter().any(|term| term.coefficient.abs() != by.abs()) {
            return None;
        }
        let mut scalars = Vec::new();
        if let [term] = &mut terms[..] {
            let factors = std::mem::take(&mut term.factors);
            (scalars, term.factors) = factors.into_iter().partition(|f| f.at.is_empty());
        }
        if by.is_one() && scalars.is_empty() {
            return None;
        }
        let inverse = by.recip()?;
        for term in &mut terms {
            term.coefficient = term.coefficient.mul(&inverse);
        }
        let scalars = self.einsum(by, scalars, &[], 0);
        let bare = self.sum(&axes, terms);
        Some((scalars, bare))
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
