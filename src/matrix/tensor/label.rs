//! The canonical names of labels and the canonical order of factors of a term.
//!
//! Labels that are summed over are told apart by where they stand, refined a few times as
//! Weisfeiler and Leman do; of what is still alike, all orders are tried while they are few.

use super::pool::{Node, TensorId, Tensors};
use super::term::{Factor, Label, Term};
use crate::kernel::{Digest, Number};
use smallvec::SmallVec;
use std::cmp::Ordering;
use std::hash::{Hash, Hasher};

/// How many orders of labels that look alike are tried.
const MAX_ORDERS: usize = 720;

impl Tensors {
    /// Whether two axes of a factor may be exchanged.
    fn commutes(&self, factor: &Factor) -> bool {
        factor.at.len() == 2 && self.is_symmetric(factor.id)
    }

    /// Whether a factor changes its sign where two axes are exchanged.
    fn alternates(&self, id: TensorId) -> bool {
        match self.node(id) {
            Node::Orientation => true,
            Node::Variable(place) => {
                let known = self.scope.variables.get(usize::from(*place));
                known.is_some_and(|v| v.structure.skew)
            }
            _ => false,
        }
    }

    /// Brings the labels of factors that change their sign with the order of labels into order,
    /// and says whether the sign of all changes; `None` where two labels are equal: that is 0.
    pub(super) fn straighten(&self, factors: &mut [Factor]) -> Option<bool> {
        let mut is_odd = false;
        for factor in factors.iter_mut().filter(|f| self.alternates(f.id)) {
            for end in (1..factor.at.len()).rev() {
                for place in 0..end {
                    match factor.at[place].cmp(&factor.at[place + 1]) {
                        Ordering::Equal => return None,
                        Ordering::Greater => {
                            factor.at.swap(place, place + 1);
                            is_odd = !is_odd;
                        }
                        Ordering::Less => {}
                    }
                }
            }
        }
        Some(is_odd)
    }

    /// Brings labels and factors into canonical order; the first `order` labels are fixed.
    pub(super) fn label(&mut self, term: &mut Term, order: usize) {
        let count = term.sizes.len();
        let bound = count - order;
        if bound == 0 {
            self.sort(term);
            return;
        }
        let colors = self.colors(term, order);
        let mut places: Vec<Label> = (order as u8..count as u8).collect();
        places.sort_by_key(|label| (colors[usize::from(*label)], *label));
        let mut groups: Vec<Vec<Label>> = Vec::new();
        for label in places {
            match groups.last_mut() {
                Some(group)
                    if colors[usize::from(group[0])] == colors[usize::from(label)] =>
                {
                    group.push(label);
                }
                _ => groups.push(vec![label]),
            }
        }
        let orders = groups.iter().fold(1usize, |product, group| {
            product.saturating_mul((1..=group.len()).fold(1, usize::saturating_mul))
        });
        let tried = if orders > MAX_ORDERS { 1 } else { orders };
        self.spend(tried * term.factors.len());
        let mut best: Option<Term> = None;
        for place in 0..tried {
            let mut sequence: Vec<Label> = (0..order as u8).collect();
            let mut rest = place;
            for group in &groups {
                let mut left = group.clone();
                while !left.is_empty() {
                    let choice = if tried == 1 { 0 } else { rest % left.len() };
                    rest /= left.len();
                    sequence.push(left.remove(choice));
                }
            }
            let candidate = self.renamed(term, &sequence);
            let order = best.as_ref().map(|known| {
                let own = (&candidate.sizes, &candidate.factors);
                own.cmp(&(&known.sizes, &known.factors))
            });
            match order {
                None | Some(Ordering::Less) => best = Some(candidate),
                // What is its own negative is 0.
                Some(Ordering::Equal) => {
                    if let Some(known) = &mut best
                        && known.coefficient != candidate.coefficient
                    {
                        known.coefficient = Number::ZERO;
                    }
                }
                Some(Ordering::Greater) => {}
            }
        }
        if let Some(found) = best {
            *term = found;
        }
    }

    /// The term with its labels numbered in the order of a sequence.
    fn renamed(&self, term: &Term, sequence: &[Label]) -> Term {
        let mut new = vec![0u8; sequence.len()];
        for (place, label) in sequence.iter().enumerate() {
            new[usize::from(*label)] = place as u8;
        }
        let rename = |factor: &Factor| Factor {
            id: factor.id,
            at: factor.at.iter().map(|label| new[usize::from(*label)]).collect(),
        };
        let mut found = Term {
            coefficient: term.coefficient.clone(),
            factors: term.factors.iter().map(rename).collect(),
            sizes: sequence.iter().map(|label| term.sizes[usize::from(*label)]).collect(),
        };
        self.sort(&mut found);
        found
    }

    fn sort(&self, term: &mut Term) {
        match self.straighten(&mut term.factors) {
            Some(true) => term.coefficient = term.coefficient.neg(),
            Some(false) => {}
            None => term.coefficient = Number::ZERO,
        }
        for factor in &mut term.factors {
            if self.commutes(factor) && factor.at[0] > factor.at[1] {
                factor.at.swap(0, 1);
            }
        }
        term.factors.sort_unstable();
    }

    fn colors(&self, term: &Term, order: usize) -> Vec<u64> {
        let mut colors: Vec<u64> = (0..term.sizes.len())
            .map(|place| if place < order { place as u64 + 1 } else { 1 << 40 })
            .collect();
        for _ in 0..4.min(term.sizes.len()) {
            let mut seen: Vec<SmallVec<[u64; 4]>> =
                colors.iter().map(|_| SmallVec::new()).collect();
            for factor in &term.factors {
                let commutes = self.commutes(factor) || self.alternates(factor.id);
                for (place, label) in factor.at.iter().enumerate() {
                    let mut state = Digest::default();
                    factor.id.hash(&mut state);
                    if !commutes {
                        place.hash(&mut state);
                    }
                    let others =
                        factor.at.iter().enumerate().filter(|(k, _)| *k != place);
                    let mut others: SmallVec<[(bool, u64); 4]> = others
                        .map(|(_, at)| (at == label, colors[usize::from(*at)]))
                        .collect();
                    // The colour of a label must not depend on the numbers of the others.
                    if commutes {
                        others.sort_unstable();
                    }
                    for other in others {
                        other.hash(&mut state);
                    }
                    seen[usize::from(*label)].push(state.finish());
                }
            }
            let next = |(place, list): (usize, &mut SmallVec<[u64; 4]>)| {
                list.sort_unstable();
                let mut state = Digest::default();
                colors[place].hash(&mut state);
                list.hash(&mut state);
                state.finish()
            };
            colors = seen.iter_mut().enumerate().map(next).collect();
        }
        for (place, color) in colors.iter_mut().enumerate().take(order) {
            *color = place as u64;
        }
        colors
    }

    /// The matrix of which this one is perhaps the transpose, as it was made first.
    pub(super) fn orientation(&mut self, id: TensorId) -> (TensorId, bool) {
        if self.axes(id).len() != 2 || self.is_symmetric(id) {
            return (id, false);
        }
        let Node::Sum(terms) = self.node(id) else { return (id, false) };
        if let [one] = &terms[..] {
            return match &one.factors[..] {
                [factor] if one.coefficient.is_one() && factor.at[..] == [1, 0] => {
                    (factor.id, true)
                }
                _ => (id, false),
            };
        }
        if let Some(known) = self.orientations.get(&id) {
            return *known;
        }
        let turned = self.transposed_terms(id);
        let axes: SmallVec<[_; 2]> = self.axes(id).iter().rev().copied().collect();
        let found = match self.find(Node::Sum(turned), &axes) {
            Some(known) if known < id => (known, true),
            _ => (id, false),
        };
        self.orientations.insert(id, found);
        found
    }

    /// The terms of the transpose of a matrix, in canonical form.
    pub(super) fn transposed_terms(&mut self, id: TensorId) -> Vec<Term> {
        let mut terms = self.terms(id);
        for term in &mut terms {
            term.sizes.swap(0, 1);
            for at in term.factors.iter_mut().flat_map(|f| f.at.iter_mut()) {
                *at = match *at {
                    0 => 1,
                    1 => 0,
                    other => other,
                };
            }
            self.label(term, 2);
        }
        Self::order_terms(&mut terms);
        terms
    }

    /// Sorts terms so that equal sums have equal terms in equal places.
    pub(super) fn order_terms(terms: &mut [Term]) {
        terms.sort_by(|a, b| (&a.factors, &a.sizes).cmp(&(&b.factors, &b.sizes)));
    }
}
