//! Sums that are 0 along an axis, as `x - mean(x)`.

use super::contract::put_in;
use super::pool::{Axes, Node, TensorId, Tensors};
use super::term::{Factor, Label, Term};
use crate::kernel::Number;
use smallvec::SmallVec;

impl Tensors {
    /// Whether a term is 0 because one of its factors has the sum 0 along an axis over which
    /// nothing else runs.
    pub(super) fn is_balanced(&mut self, term: &Term, order: usize) -> bool {
        term.factors.iter().any(|factor| {
            factor.at.iter().enumerate().any(|(axis, label)| {
                usize::from(*label) >= order
                    && term.uses(*label) == 1
                    && self.has_no_total(factor.id, axis as u8)
            })
        })
    }

    /// Whether the entries of a sum of several terms have the sum 0 along an axis.
    fn has_no_total(&mut self, id: TensorId, axis: u8) -> bool {
        let terms = match self.node(id) {
            Node::Sum(terms) if terms.len() > 1 => terms.clone(),
            _ => return false,
        };
        if let Some(known) = self.balanced.get(&(id, axis)) {
            return *known;
        }
        let mut sizes = Axes::from_slice(self.axes(id));
        let last = (sizes.len() - 1) as Label;
        let at: SmallVec<[Label; 4]> = (0..=last)
            .map(|place| match place.cmp(&axis) {
                std::cmp::Ordering::Less => place,
                std::cmp::Ordering::Equal => last,
                std::cmp::Ordering::Greater => place - 1,
            })
            .collect();
        let summed = sizes.remove(usize::from(axis));
        let factor = Factor { id, at };
        let total = terms.iter().map(|inner| {
            let mut whole = Term::constant(Number::ONE, &sizes);
            whole.sizes.push(summed);
            put_in(&mut whole, &factor, inner);
            whole
        });
        let total: Vec<Term> = total.collect();
        let total = self.sum(&sizes, total);
        let found = self.is_zero(total);
        self.balanced.insert((id, axis), found);
        found
    }
}
