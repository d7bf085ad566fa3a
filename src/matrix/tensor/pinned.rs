//! Axes at which a unit vector stands: one entry of what else stands there.

use super::super::shape::SizeId;
use super::arithmetic::identity;
use super::pool::{Axes, Node, TensorId, Tensors};
use super::term::{Factor, Label, Term};
use crate::error::{ErrorKind, Result};
use crate::kernel::Number;
use rustc_hash::FxHashMap;
use smallvec::SmallVec;

impl Tensors {
    /// The index that a unit vector stands for, if a factor is one.
    fn unit(&self, id: TensorId) -> Option<u16> {
        match self.node(id) {
            Node::Unit(index) => Some(*index),
            _ => None,
        }
    }

    /// Takes one unit vector to one other axis: the sum of `e_i` is 1, `e_1'*e_2` is 0, and
    /// what stands at one place with `e_i` has each its own entry `i`.
    pub(super) fn unit_step(&mut self, term: &mut Term, order: usize) -> bool {
        for place in 0..term.factors.len() {
            let Some(index) = self.unit(term.factors[place].id) else { continue };
            let label = term.factors[place].at[0];
            let bound = usize::from(label) >= order;
            if bound && term.uses(label) == 1 {
                term.factors.remove(place);
                term.remove(label);
                return true;
            }
            // The least of several unit vectors is the one that stays.
            let others = (0..term.factors.len())
                .filter(|k| *k != place && term.factors[*k].at.contains(&label));
            let others: Vec<usize> = others.collect();
            let rank = |k: usize| self.unit(term.factors[k].id).map(|unit| (unit, k));
            if others.iter().any(|k| rank(*k).is_some_and(|other| other < (index, place)))
            {
                continue;
            }
            for k in &others {
                let Some(other) = self.unit(term.factors[*k].id) else { continue };
                if other == index {
                    term.factors.remove(*k);
                    return true;
                }
                let number = |index| self.scope.number(index);
                if number(index).is_some() && number(other).is_some() {
                    term.coefficient = Number::ZERO;
                    return true;
                }
            }
            let uses = term.uses(label) - 1;
            if uses < if bound { 2 } else { 1 } {
                if let [other] = others[..]
                    && bound
                    && self.slice(term, place, other)
                {
                    return true;
                }
                continue;
            }
            // One axis moves to a place of its own.
            let Some(other) = others.last() else { continue };
            let own = Factor::new(term.factors[place].id, &[term.sizes.len() as Label]);
            let axis = term.factors[*other].at.iter().position(|at| *at == label);
            if let Some(axis) = axis {
                term.factors[*other].at[axis] = term.sizes.len() as Label;
            }
            term.sizes.push(term.sizes[usize::from(label)]);
            term.factors.push(own);
            return true;
        }
        false
    }

    /// Takes the entry of what is a function of entries by taking the entries in it.
    fn slice(&mut self, term: &mut Term, unit: usize, other: usize) -> bool {
        let label = term.factors[unit].at[0];
        let factor = term.factors[other].clone();
        let Some(axis) = factor.at.iter().position(|at| *at == label) else {
            return false;
        };
        let Some(index) = self.unit(term.factors[unit].id) else { return false };
        let Some(id) = self.sliced(factor.id, axis, index) else { return false };
        let mut at = factor.at.clone();
        at.remove(axis);
        term.factors[other] = Factor { id, at };
        term.factors.remove(unit);
        term.remove(label);
        true
    }

    /// The entries of a function of entries at an index of an axis; `None` for all else.
    fn sliced(&mut self, id: TensorId, axis: usize, index: u16) -> Option<TensorId> {
        let axes = Axes::from_slice(self.axes(id));
        let part = |tensors: &mut Self, of: TensorId| match tensors.axes(of).len() {
            0 => of,
            _ => tensors.part(of, axis, index),
        };
        match self.node(id).clone() {
            Node::Map(function, list) => {
                let list: SmallVec<[TensorId; 2]> =
                    list.iter().map(|of| part(self, *of)).collect();
                Some(self.map(function, list))
            }
            Node::Power(base, exponent) => {
                let (base, exponent) = (part(self, base), part(self, exponent));
                Some(self.power(base, exponent))
            }
            Node::Sum(terms) => {
                // A product of matrices keeps together: `(A*x - y)[i]`.
                let own = |f: &Factor| f.at.iter().all(|l| usize::from(*l) < axes.len());
                let plain = |term: &Term| {
                    let mut there = term
                        .factors
                        .iter()
                        .filter(|f| f.at.iter().any(|l| usize::from(*l) == axis));
                    there.all(own)
                };
                let plain = terms.len() > 1 && terms.iter().all(plain);
                plain.then(|| self.part_of_terms(&terms, &axes, axis, index))
            }
            _ => None,
        }
    }

    /// A tensor at an index of an axis.
    fn part(&mut self, id: TensorId, axis: usize, index: u16) -> TensorId {
        let axes = Axes::from_slice(self.axes(id));
        let terms = self.terms(id);
        self.part_of_terms(&terms, &axes, axis, index)
    }

    fn part_of_terms(
        &mut self,
        terms: &[Term],
        axes: &[SizeId],
        axis: usize,
        index: u16,
    ) -> TensorId {
        let size = axes[axis];
        let unit = self.intern(Node::Unit(index), &[size], false);
        let count = axes.len() as Label;
        let mut rest = Axes::from_slice(axes);
        rest.remove(axis);
        // The axis is the last of the new axes: it is summed over.
        let place = |label: Label| match usize::from(label) {
            at if at == axis => count - 1,
            at if at > axis && label < count => label - 1,
            _ => label,
        };
        let next = |term: &Term| {
            let mut factors: Vec<Factor> = term
                .factors
                .iter()
                .map(|f| Factor {
                    id: f.id,
                    at: f.at.iter().map(|l| place(*l)).collect(),
                })
                .collect();
            factors.push(Factor::new(unit, &[count - 1]));
            let mut sizes = term.sizes.clone();
            sizes.remove(axis);
            sizes.insert(usize::from(count) - 1, size);
            Term { coefficient: term.coefficient.clone(), factors, sizes }
        };
        let list: Vec<Term> = terms.iter().map(next).collect();
        self.sum(&rest, list)
    }

    /// The sum of a tensor over an index.
    ///
    /// # Errors
    /// An index inside of what is no function of entries.
    pub(super) fn summed(
        &mut self,
        id: TensorId,
        index: u16,
        size: SizeId,
    ) -> Result<TensorId> {
        let opened = self.opened(id, index, size)?;
        let mut sizes = self.axes(id).to_vec();
        let order = sizes.len();
        sizes.push(size);
        let factor = match opened {
            Some(id) => Factor { id, at: identity(order + 1) },
            None => Factor { id, at: identity(order) },
        };
        Ok(self.einsum(Number::ONE, vec![factor], &sizes, order))
    }

    /// A tensor with one more axis, along which an index runs; `None` when it does not depend
    /// on the index.
    fn opened(
        &mut self,
        root: TensorId,
        index: u16,
        size: SizeId,
    ) -> Result<Option<TensorId>> {
        let mut known: FxHashMap<TensorId, TensorId> = FxHashMap::default();
        for id in self.below(root) {
            let axes = Axes::from_slice(self.axes(id));
            let order = axes.len();
            let mut whole = axes.clone();
            whole.push(size);
            let found = match self.node(id).clone() {
                Node::Unit(own) if own == index => {
                    if axes[..] != [size] {
                        let name = &self.scope.indices[usize::from(index)];
                        let what = format!(
                            "the index `{name}` runs over axes of different sizes"
                        );
                        return Err(ErrorKind::InvalidDeclaration(what).into());
                    }
                    self.delta(size)
                }
                Node::Definition(_) => continue,
                Node::Sum(mut terms) => {
                    let depends = |f: &Factor| known.contains_key(&f.id);
                    if !terms.iter().any(|term| term.factors.iter().any(depends)) {
                        continue;
                    }
                    for term in &mut terms {
                        term.sizes.insert(order, size);
                        for factor in &mut term.factors {
                            for at in &mut factor.at {
                                *at += u8::from(usize::from(*at) >= order);
                            }
                            if let Some(id) = known.get(&factor.id) {
                                factor.id = *id;
                                factor.at.push(order as Label);
                            }
                        }
                    }
                    self.sum(&whole, terms)
                }
                node => {
                    let operands = self.operands(id);
                    if !operands.iter().any(|id| known.contains_key(id)) {
                        continue;
                    }
                    let spread: SmallVec<[TensorId; 2]> = operands
                        .iter()
                        .map(|id| self.spread(*id, known.get(id).copied(), &whole))
                        .collect();
                    match (node, &spread[..]) {
                        (Node::Map(function, _), _) => self.map(function, spread),
                        (Node::Power(..), [base, exponent]) => {
                            self.power(*base, *exponent)
                        }
                        _ => {
                            let what = "sums over an index inside of a function of matrices \
                                        are not supported";
                            return Err(ErrorKind::Unsupported(what.into()).into());
                        }
                    }
                }
            };
            known.insert(id, found);
        }
        Ok(known.get(&root).copied())
    }

    /// An operand of a function of entries with all axes, or with none.
    fn spread(
        &mut self,
        id: TensorId,
        opened: Option<TensorId>,
        whole: &[SizeId],
    ) -> TensorId {
        let own = self.axes(id).len();
        let last = whole.len() as Label - 1;
        let (id, mut at) = match opened {
            None if own == 0 => return id,
            None => (id, identity(own)),
            Some(opened) => (opened, identity(own)),
        };
        if opened.is_some() {
            at.push(last);
        }
        if at.len() == whole.len() {
            return id;
        }
        self.einsum(Number::ONE, vec![Factor { id, at }], whole, whole.len())
    }
}
