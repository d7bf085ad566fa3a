//! Proofs that a matrix is 0 wherever the inverses in it exist: it is multiplied by what is
//! inverted, and ends that all terms share are taken off.

use super::pool::{Axes, Node, TensorId, Tensors};
use super::term::{Factor, Label, Term};
use crate::kernel::Number;

/// How many inverses are cleared, one after the other.
const DEPTH: usize = 6;
/// The greatest power of a scalar that is cleared.
const MAX_POWER: i64 = 4;

/// What a tensor is multiplied by, none of which is 0 or singular.
enum By {
    /// A scalar.
    Scalar(TensorId),
    /// A matrix at the axis with a label, by which of its own axes.
    Matrix { of: TensorId, label: Label, axis: usize },
}

impl Tensors {
    /// Whether a tensor, multiplied out, is 0 wherever its inverses exist.
    fn vanishes(&mut self, id: TensorId, depth: usize) -> bool {
        let mut id = self.expand(id, true);
        while let Some(inner) = self.without_end(id) {
            id = self.expand(inner, true);
        }
        if self.is_zero(id) {
            return true;
        }
        if depth == 0 || !self.spend(1) {
            return false;
        }
        for by in self.denominators(id) {
            let cleared = self.cleared(id, &by);
            if self.vanishes(cleared, depth - 1) {
                return true;
            }
        }
        false
    }

    /// What can be cleared, scalars first, then what was made last.
    fn denominators(&self, id: TensorId) -> Vec<By> {
        let order = self.axes(id).len();
        let (mut scalars, mut matrices) = (Vec::new(), Vec::new());
        for factor in self.terms(id).iter().flat_map(|term| &term.factors) {
            match *self.node(factor.id) {
                Node::Power(base, exponent) if self.axes(factor.id).is_empty() => {
                    let power = self.as_number(exponent).and_then(|n| n.to_i64());
                    if let Some(n) = power.filter(|n| (-MAX_POWER..0).contains(n)) {
                        scalars.push((base, n));
                    }
                }
                Node::Inverse(of) if factor.at[0] != factor.at[1] => {
                    let ends = factor.at.iter().enumerate();
                    let outer = ends.filter(|(_, label)| usize::from(**label) < order);
                    matrices.extend(outer.map(|(axis, label)| (of, *label, axis)));
                }
                _ => {}
            }
        }
        scalars.sort_unstable();
        scalars.dedup_by_key(|(base, _)| *base);
        matrices.sort_unstable();
        matrices.dedup();
        let scalars = scalars.into_iter().map(|(base, _)| By::Scalar(base));
        let matrices = matrices.into_iter().rev();
        scalars
            .chain(matrices.map(|(of, label, axis)| By::Matrix { of, label, axis }))
            .collect()
    }

    /// A tensor, term by term, times what it is cleared by.
    fn cleared(&mut self, id: TensorId, by: &By) -> TensorId {
        let axes = Axes::from_slice(self.axes(id));
        let mut terms = self.terms(id);
        for term in &mut terms {
            let factor = match *by {
                By::Scalar(base) => Factor::new(base, &[]),
                By::Matrix { of, label, axis } => {
                    let inner = term.sizes.len() as Label;
                    term.sizes.push(axes[usize::from(label)]);
                    term.rename(label, inner);
                    // inv(M)[i,k] is cleared by M[j,i], and inv(M)[k,i] by M[i,j].
                    let ends = if axis == 0 { [label, inner] } else { [inner, label] };
                    Factor::new(of, &ends)
                }
            };
            term.factors.push(factor);
        }
        self.sum(&axes, terms)
    }

    /// A tensor without a factor at an end that all its terms have.
    fn without_end(&mut self, id: TensorId) -> Option<TensorId> {
        let Node::Sum(terms) = self.node(id).clone() else { return None };
        let order = self.axes(id).len();
        let first = terms.first()?;
        let ends = first.factors.iter().flat_map(|f| {
            let outer = |axis: &usize| usize::from(f.at[*axis]) < order;
            (0..f.at.len()).filter(outer).map(|axis| (f.id, axis, f.at[axis]))
        });
        ends.collect::<Vec<_>>().into_iter().find_map(|end| {
            let bare: Option<Vec<Term>> =
                terms.iter().map(|term| self.stripped(term, end, order)).collect();
            let bare = bare?;
            let axes = Axes::from_slice(&bare.first()?.sizes[..self.left(end, order)]);
            Some(self.sum(&axes, bare))
        })
    }

    /// How many axes are left without a factor at an end.
    fn left(&self, (id, ..): (TensorId, usize, Label), order: usize) -> usize {
        order + self.axes(id).len() - 2
    }

    /// A term without a vector, or a matrix, at an end.
    fn stripped(
        &self,
        term: &Term,
        (id, axis, end): (TensorId, usize, Label),
        order: usize,
    ) -> Option<Term> {
        let is_end =
            |f: &Factor| f.id == id && f.at.get(axis) == Some(&end) && f.at.len() <= 2;
        let place = term.factors.iter().position(is_end)?;
        if term.uses(end) != 1 {
            return None;
        }
        let mut term = term.clone();
        let factor = term.factors.remove(place);
        match factor.at.get(1 - axis.min(1)).filter(|_| factor.at.len() == 2) {
            None => term.remove(end),
            Some(inner) => {
                if usize::from(*inner) < order || term.uses(*inner) == 0 {
                    return None;
                }
                term.sizes[usize::from(end)] = term.sizes[usize::from(*inner)];
                term.rename(*inner, end);
                term.remove(*inner);
            }
        }
        Some(term)
    }

    /// Whether two tensors are equal wherever the inverses in them exist.
    pub(crate) fn are_equal_cleared(&mut self, a: TensorId, b: TensorId) -> bool {
        let difference = self.weighted(&[(Number::ONE, a), (Number::MINUS_ONE, b)]);
        let expanded = self.expand(difference, true);
        let regular = self.without_pseudo_inverses(expanded);
        self.vanishes(regular, DEPTH)
    }

    /// The pseudo-inverses of what is inverted elsewhere as inverses.
    fn without_pseudo_inverses(&mut self, id: TensorId) -> TensorId {
        let axes = Axes::from_slice(self.axes(id));
        let mut terms = self.terms(id);
        for factor in terms.iter_mut().flat_map(|term| &mut term.factors) {
            if let Node::PseudoInverse(of) = *self.node(factor.id)
                && let Some(inverse) = self.find(Node::Inverse(of), self.axes(factor.id))
                && self.below(id).contains(&inverse)
            {
                factor.id = inverse;
            }
        }
        self.sum(&axes, terms)
    }
}
