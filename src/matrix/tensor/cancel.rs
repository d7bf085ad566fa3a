//! Matrices beside their inverses.

use super::pool::{Node, TensorId, Tensors};
use super::term::{Factor, Label, Term};

/// What a match has found so far: the factors of a term that are those of a product, and the
/// labels that its labels have there.
#[derive(Clone)]
struct Found {
    factors: Vec<usize>,
    labels: Vec<Option<Label>>,
}

impl Tensors {
    /// Takes out a matrix beside its inverse, and an orthogonal one beside its transpose.
    pub(super) fn cancel(&mut self, term: &mut Term, order: usize) -> bool {
        for first in 0..term.factors.len() {
            if let Node::Inverse(of) = *self.node(term.factors[first].id)
                && self.cancel_product(term, first, of, order)
            {
                return true;
            }
            let a = &term.factors[first];
            let (inverted, orthogonal) = match self.node(a.id) {
                Node::Inverse(of) => (Some(*of), false),
                Node::Variable(place) => {
                    let known = self.scope.variables.get(usize::from(*place));
                    (None, known.is_some_and(|v| v.structure.orthogonal))
                }
                _ => continue,
            };
            if inverted.is_none() && !orthogonal {
                continue;
            }
            for second in 0..term.factors.len() {
                let b = &term.factors[second];
                if first == second || b.id != inverted.unwrap_or(a.id) || b.at.len() != 2
                {
                    continue;
                }
                let any = self.is_symmetric(a.id);
                for (mine, other) in [(0, 0), (0, 1), (1, 0), (1, 1)] {
                    // inv(M)[i,k]*M[k,j], and Q[k,i]*Q[k,j].
                    let fits = any || (mine != other) == inverted.is_some();
                    let shared = a.at[mine];
                    if !fits
                        || b.at[other] != shared
                        || usize::from(shared) < order
                        || term.uses(shared) != 2
                        || a.at[0] == a.at[1]
                    {
                        continue;
                    }
                    let ends = [a.at[1 - mine], b.at[1 - other]];
                    let size = term.sizes[usize::from(shared)];
                    let (low, high) = (first.min(second), first.max(second));
                    term.factors.remove(high);
                    term.factors.remove(low);
                    let delta = self.delta(size);
                    term.factors.push(Factor::new(delta, &ends));
                    term.remove(shared);
                    return true;
                }
            }
        }
        false
    }

    /// Takes out the inverse of a product beside the product: the inverse of `X'*X` beside
    /// `X'` and `X`.
    fn cancel_product(
        &mut self,
        term: &mut Term,
        place: usize,
        of: TensorId,
        order: usize,
    ) -> bool {
        let Node::Sum(terms) = self.node(of) else { return false };
        let [product] = &terms[..] else { return false };
        let product = product.clone();
        let Some(coefficient) = product.coefficient.recip() else { return false };
        let inverse = term.factors[place].clone();
        if inverse.at[0] == inverse.at[1] {
            return false;
        }
        for (mine, other) in [(0, 1), (1, 0), (0, 0), (1, 1)] {
            // inv(M)[i,k]*M[k,j] and M[i,k]*inv(M)[k,j].
            if mine == other && !self.is_symmetric(of) {
                continue;
            }
            let shared = inverse.at[mine];
            if usize::from(shared) < order {
                continue;
            }
            let mut labels = vec![None; product.sizes.len()];
            labels[other] = Some(shared);
            let start = Found { factors: vec![place], labels };
            let Some(found) = self.embedding(&product, term, start, 0) else { continue };
            let Some(end) = found.labels[1 - other] else { continue };
            if end == shared || !is_whole(&found, &product, term, other, order) {
                continue;
            }
            let delta = self.delta(term.sizes[usize::from(shared)]);
            let ends = [inverse.at[1 - mine], end];
            let mut taken = found.factors;
            taken.sort_unstable();
            for at in taken.into_iter().rev() {
                term.factors.remove(at);
            }
            term.factors.push(Factor::new(delta, &ends));
            term.coefficient = term.coefficient.mul(&coefficient);
            let inner = found.labels.iter().skip(2).flatten().copied();
            let mut gone: Vec<Label> = inner.chain([shared]).collect();
            gone.sort_unstable();
            for label in gone.into_iter().rev() {
                term.remove(label);
            }
            return true;
        }
        false
    }

    /// The places of factors that are those of a scalar product, and the labels that are in
    /// them only.
    pub(super) fn embedded(
        &self,
        product: &Term,
        term: &Term,
        beside: usize,
        order: usize,
    ) -> Option<(Vec<usize>, Vec<Label>)> {
        let labels = vec![None; product.sizes.len()];
        let start = Found { factors: vec![beside], labels };
        let found = self.embedding(product, term, start, 0)?;
        let labels: Option<Vec<Label>> = found.labels.iter().copied().collect();
        let mut labels = labels?;
        let fits = labels.iter().enumerate().all(|(own, label)| {
            usize::from(*label) >= order
                && term.uses(*label) == product.uses(own as Label)
        });
        labels.sort_unstable();
        let is_distinct = labels.windows(2).all(|pair| pair[0] != pair[1]);
        let mut taken: Vec<usize> =
            found.factors.into_iter().filter(|place| *place != beside).collect();
        taken.sort_unstable();
        (fits && is_distinct).then_some((taken, labels))
    }

    /// The factors of a term that are those of a product from the `next` on, if it has them.
    fn embedding(
        &self,
        product: &Term,
        term: &Term,
        found: Found,
        next: usize,
    ) -> Option<Found> {
        let Some(wanted) = product.factors.get(next) else { return Some(found) };
        let fitting = (0..term.factors.len()).filter(|at| !found.factors.contains(at));
        for at in fitting {
            let factor = &term.factors[at];
            if factor.id != wanted.id {
                continue;
            }
            let mut turned = factor.at.clone();
            turned.reverse();
            let ways = if self.is_symmetric(factor.id) { 2 } else { 1 };
            for labels in [&factor.at, &turned].into_iter().take(ways) {
                let mut more = found.clone();
                more.factors.push(at);
                let fits = wanted.at.iter().zip(labels).all(|(inner, outer)| {
                    let known = &mut more.labels[usize::from(*inner)];
                    *known.get_or_insert(*outer) == *outer
                });
                if !fits {
                    continue;
                }
                if let Some(whole) = self.embedding(product, term, more, next + 1) {
                    return Some(whole);
                }
            }
        }
        None
    }
}

/// Whether what a match found is summed over as in the product, and nothing else is in it.
fn is_whole(
    found: &Found,
    product: &Term,
    term: &Term,
    shared: usize,
    order: usize,
) -> bool {
    let inner = found.labels.iter().enumerate().skip(2);
    let mut seen: Vec<Label> = found.labels.iter().flatten().copied().collect();
    seen.sort_unstable();
    seen.dedup();
    seen.len() == product.sizes.len()
        && inner.into_iter().all(|(own, label)| {
            label.is_some_and(|label| {
                usize::from(label) >= order
                    && term.uses(label) == product.uses(own as Label)
            })
        })
        && found.labels[shared]
            .is_some_and(|label| term.uses(label) == product.uses(shared as Label) + 1)
}
