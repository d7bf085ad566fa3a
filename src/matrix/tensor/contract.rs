//! The canonical form of a term: sums of one term are put in, identities contracted, equal
//! factors made powers, inverses cancelled.

use super::super::form::Elementwise;
use super::pool::{MAX_LABELS, Node, TensorId, Tensors};
use super::term::{Factor, Label, Term};
use crate::function;
use crate::kernel::{Constant, FunctionId, Number};
use smallvec::SmallVec;

impl Tensors {
    /// Brings a term into canonical form; several terms when a factor is multiplied out.
    pub(super) fn contract(&mut self, term: Term, order: usize) -> Vec<Term> {
        let mut waiting = vec![term];
        let mut done = Vec::new();
        while let Some(mut term) = waiting.pop() {
            if !self.spend(term.factors.len() + 1) || term.sizes.len() > MAX_LABELS {
                self.fail();
                return done;
            }
            if term.coefficient.is_zero() {
                continue;
            }
            let changed = self.insert(&mut term)
                || self.alternate(&mut term)
                || self.on_mask(&mut term)
                || self.total_of_one(&mut term, order)
                || self.delta_step(&mut term, order)
                || self.pair_step(&mut term, order)
                || self.unit_step(&mut term, order)
                || self.cancel(&mut term, order)
                || self.penrose(&mut term, order)
                || self.join_powers(&mut term, order)
                || self.join_functions(&mut term, order)
                || self.by_law(&mut term, order);
            let apart = self
                .to_distribute(&term)
                .filter(|_| self.distributes.is_some() && !changed);
            if let Some(place) = apart {
                waiting.extend(self.distribute(&term, place).into_iter().rev());
            } else if changed
                || self.merge(&mut term)
                || self.logistic(&mut term)
                || self.signed(&mut term)
                || self.unused(&mut term, order)
            {
                waiting.push(term);
            } else if let Some(place) = self.to_distribute(&term) {
                waiting.extend(self.distribute(&term, place).into_iter().rev());
            } else if !self.is_balanced(&term, order) {
                self.label(&mut term, order);
                done.push(term);
            }
        }
        done
    }

    /// Puts a sum of one term, or of none, in place of a factor; turns matrices round that are
    /// the transpose of another one.
    fn insert(&mut self, term: &mut Term) -> bool {
        for place in 0..term.factors.len() {
            let id = term.factors[place].id;
            let Node::Sum(terms) = self.node(id) else { continue };
            match &terms[..] {
                [] => {
                    term.coefficient = Number::ZERO;
                    return true;
                }
                [one] => {
                    let one = one.clone();
                    let factor = term.factors.remove(place);
                    put_in(term, &factor, &one);
                    return true;
                }
                _ => {}
            }
            if let (base, true) = self.orientation(id) {
                let factor = &mut term.factors[place];
                factor.id = base;
                factor.at.swap(0, 1);
                return true;
            }
        }
        false
    }

    /// Brings the labels of a factor that changes its sign with their order into order.
    fn alternate(&mut self, term: &mut Term) -> bool {
        let Some(sign) = self.straighten(&mut term.factors) else {
            term.coefficient = Number::ZERO;
            return true;
        };
        if sign {
            term.coefficient = term.coefficient.neg();
        }
        sign
    }

    /// Takes out a mask along its diagonal, where it is 1.
    fn on_mask(&mut self, term: &mut Term) -> bool {
        let is_one =
            |f: &Factor| matches!(self.node(f.id), Node::Lower) && f.at[0] == f.at[1];
        let Some(place) = term.factors.iter().position(is_one) else { return false };
        term.factors.remove(place);
        true
    }

    /// Takes out the sum of a stochastic vector, or of a row of a stochastic matrix, which is 1.
    fn total_of_one(&self, term: &mut Term, order: usize) -> bool {
        let is_stochastic = |id| match self.node(id) {
            Node::Variable(place) => {
                let known = self.scope.variables.get(usize::from(*place));
                known.is_some_and(|v| v.structure.stochastic)
            }
            node => matches!(node, Node::Softmax(_) | Node::Hardmax(_)),
        };
        let is_one = |f: &Factor| {
            f.at.last().is_some_and(|last| {
                is_stochastic(f.id)
                    && usize::from(*last) >= order
                    && term.uses(*last) == 1
            })
        };
        let Some(place) = term.factors.iter().position(is_one) else { return false };
        let factor = term.factors.remove(place);
        factor.at.last().into_iter().for_each(|last| term.remove(*last));
        true
    }

    /// Contracts one identity.
    fn delta_step(&mut self, term: &mut Term, order: usize) -> bool {
        for place in 0..term.factors.len() {
            let factor = &term.factors[place];
            if !matches!(self.node(factor.id), Node::Delta) {
                continue;
            }
            let (a, b) = (factor.at[0], factor.at[1]);
            if a == b {
                term.factors.remove(place);
                return true;
            }
            let (keep, drop) = (a.min(b), a.max(b));
            if usize::from(drop) >= order {
                term.factors.remove(place);
                term.rename(drop, keep);
                term.remove(drop);
                return true;
            }
            // Both are axes of the result: everything else stands at the first.
            if term.uses(drop) > 1 {
                let factor = term.factors.remove(place);
                term.rename(drop, keep);
                term.factors.push(factor);
                return true;
            }
        }
        false
    }

    /// Contracts pairs of indices that are put together and taken apart again.
    fn pair_step(&mut self, term: &mut Term, order: usize) -> bool {
        let pairs: Vec<usize> = (0..term.factors.len())
            .filter(|place| matches!(self.node(term.factors[*place].id), Node::Pair))
            .collect();
        let bound = |label: Label| usize::from(label) >= order;
        for (k, first) in pairs.iter().enumerate() {
            let a = term.factors[*first].clone();
            if bound(a.at[0]) && term.uses(a.at[0]) == 1 {
                term.factors.remove(*first);
                term.remove(a.at[0]);
                return true;
            }
            for second in &pairs[k + 1..] {
                let b = term.factors[*second].clone();
                let whole =
                    a.at[0] == b.at[0] && bound(a.at[0]) && term.uses(a.at[0]) == 2;
                let parts = a.at[1..] == b.at[1..]
                    && a.at[1..].iter().all(|l| bound(*l) && term.uses(*l) == 2);
                let same = self.axes(a.id) == self.axes(b.id);
                if !same || !(whole || parts) {
                    continue;
                }
                term.factors.remove(*second);
                term.factors.remove(*first);
                let joined = if whole { 1..3 } else { 0..1 };
                for at in joined {
                    let delta = self.delta(self.axes(a.id)[at]);
                    term.factors.push(Factor::new(delta, &[a.at[at], b.at[at]]));
                }
                let mut gone = if whole { vec![a.at[0]] } else { vec![a.at[1], a.at[2]] };
                gone.sort_unstable();
                for label in gone.into_iter().rev() {
                    term.remove(label);
                }
                return true;
            }
        }
        false
    }

    /// Base and exponent of a factor.
    fn base(&self, id: TensorId) -> (TensorId, Option<TensorId>) {
        match self.node(id) {
            Node::Power(base, exponent) => (*base, Some(*exponent)),
            Node::Variable(_) | Node::Definition(_) => (id, None),
            // What stands for a value where a derivative is taken cancels beside it.
            _ if self.joins_names => (self.by_name(id), None),
            _ => (id, None),
        }
    }

    /// Makes one power of two factors of the same base with the same labels.
    fn merge(&mut self, term: &mut Term) -> bool {
        for first in 0..term.factors.len() {
            for second in first + 1..term.factors.len() {
                let (a, b) = (&term.factors[first], &term.factors[second]);
                let turned = a.at.len() == 2
                    && self.is_symmetric(a.id)
                    && self.is_symmetric(b.id)
                    && a.at[0] == b.at[1]
                    && a.at[1] == b.at[0];
                if a.at != b.at && !turned {
                    continue;
                }
                let ((x, m), (y, n)) = (self.base(a.id), self.base(b.id));
                let is_same = x == y;
                if is_same && matches!(self.node(x), Node::Lower) {
                    term.factors.remove(second);
                    return true;
                }
                if !is_same || matches!(self.node(x), Node::Delta | Node::Pair) {
                    continue;
                }
                let (left, at) = (a.id, a.at.clone());
                let one = self.number(Number::ONE);
                let exponent = self.plus(&[m.unwrap_or(one), n.unwrap_or(one)]);
                let id = self.power_like(left, x, exponent);
                term.factors.remove(second);
                term.factors[first] = Factor { id, at };
                return true;
            }
        }
        false
    }

    /// Writes `e^u/(e^u + 1)` as `sigmoid(u)`.
    fn logistic(&mut self, term: &mut Term) -> bool {
        for below in 0..term.factors.len() {
            let Node::Power(base, exponent) = *self.node(term.factors[below].id) else {
                continue;
            };
            if self.as_number(exponent) != Some(Number::MINUS_ONE) {
                continue;
            }
            let Some(power) = self.above_one(base) else { continue };
            let at = &term.factors[below].at;
            let above = |f: &Factor| f.id == power && f.at == *at;
            let Some(place) = term.factors.iter().position(above) else { continue };
            let (Node::Power(_, u), Some(id)) =
                (self.node(power).clone(), function::lookup("sigmoid", 1))
            else {
                continue;
            };
            let list = SmallVec::from_slice(&[u]);
            let sigmoid = self.map(Elementwise::Table(id), list);
            if self.axes(sigmoid).len() != term.factors[place].at.len() {
                continue;
            }
            term.factors[place].id = sigmoid;
            term.factors.remove(below);
            return true;
        }
        false
    }

    /// Writes `sign(u)/abs(u)` as `1/u`.
    fn signed(&mut self, term: &mut Term) -> bool {
        let argument =
            |tensors: &Self, id: TensorId, wanted: FunctionId| match tensors.node(id) {
                Node::Map(Elementwise::Table(found), list) if *found == wanted => {
                    list.first().copied()
                }
                _ => None,
            };
        for below in 0..term.factors.len() {
            let Node::Power(base, exponent) = *self.node(term.factors[below].id) else {
                continue;
            };
            let Some(u) = argument(self, base, FunctionId::ABS) else { continue };
            let at = &term.factors[below].at;
            let sign = term.factors.iter().position(|factor| {
                factor.at == *at && argument(self, factor.id, FunctionId::SIGN) == Some(u)
            });
            let Some(sign) = sign else { continue };
            if self.as_number(exponent) != Some(Number::MINUS_ONE)
                || self.axes(u).len() != at.len()
            {
                continue;
            }
            term.factors[below].id = self.power(u, exponent);
            term.factors.remove(sign);
            return true;
        }
        false
    }

    /// The power of `e` to which one is added, if a sum is that.
    fn above_one(&self, id: TensorId) -> Option<TensorId> {
        let Node::Sum(terms) = self.node(id) else { return None };
        let [a, b] = &terms[..] else { return None };
        let plain =
            |t: &Term| t.coefficient.is_one() && t.sizes.len() == self.axes(id).len();
        if !plain(a) || !plain(b) {
            return None;
        }
        let power = match (&a.factors[..], &b.factors[..]) {
            ([], [power]) | ([power], []) => power,
            _ => return None,
        };
        let is_exponential = match self.node(power.id) {
            Node::Power(e, _) => matches!(self.node(*e), Node::Constant(Constant::E)),
            _ => false,
        };
        let straight = power.at.iter().enumerate().all(|(k, l)| k == usize::from(*l));
        (is_exponential && straight).then_some(power.id)
    }

    /// A label that is summed over and used nowhere is its size.
    fn unused(&mut self, term: &mut Term, order: usize) -> bool {
        let free =
            (order..term.sizes.len()).find(|label| term.uses(*label as Label) == 0);
        let Some(label) = free else { return false };
        let size = self.size(term.sizes[label]);
        term.remove(label as Label);
        term.factors.push(Factor::new(size, &[]));
        true
    }

    /// A sum that is to be multiplied out: no matrix, or all of them on demand.
    fn to_distribute(&self, term: &Term) -> Option<usize> {
        let place = term.factors.iter().position(|factor| {
            let order = factor.at.len();
            matches!(self.node(factor.id), Node::Sum(_))
                && (order > 2 || self.distributes.is_some_and(|least| order >= least))
        })?;
        Some(place)
    }

    fn distribute(&mut self, term: &Term, place: usize) -> Vec<Term> {
        let mut rest = term.clone();
        let factor = rest.factors.remove(place);
        let terms = self.terms(factor.id);
        self.spend(terms.len() * term.factors.len());
        let put = |one: &Term| {
            let mut term = rest.clone();
            put_in(&mut term, &factor, one);
            term
        };
        terms.iter().map(put).collect()
    }
}

/// Puts the term of a factor into the term in which the factor stood.
pub(super) fn put_in(term: &mut Term, factor: &Factor, inner: &Term) {
    let order = factor.at.len();
    let first = term.sizes.len();
    term.sizes.extend(inner.sizes[order..].iter().copied());
    let rename = |label: Label| match factor.at.get(usize::from(label)) {
        Some(outer) => *outer,
        None => (usize::from(label) - order + first) as Label,
    };
    term.coefficient = term.coefficient.mul(&inner.coefficient);
    for f in &inner.factors {
        term.factors.push(Factor {
            id: f.id,
            at: f.at.iter().map(|label| rename(*label)).collect(),
        });
    }
}
