//! The places of a function where a rule can be broken, seen as a textbook writes them:
//! quotients, constant factors and powers of multiples, which the canonical form has not.

use super::derivation::{Derivation, Step};
use super::letters::{Letter, Letters};
use super::row::On;
use crate::calculus::{self, Rule, partial};
use crate::function;
use crate::kernel::{ExprId, FunctionId, Node, Number, Pool};
use smallvec::SmallVec;

/// How many terms of a sum are looked at.
const TERMS: usize = 64;
/// How many factors of a product are looked at.
pub(super) const FACTORS: usize = 8;

pub(super) type Factors = SmallVec<[ExprId; 4]>;

/// A place: what the letters are there, what stands there rightly, and what it counts.
#[derive(Clone, Debug)]
pub(super) struct View {
    pub(super) on: On,
    /// The node that is seen so.
    pub(super) node: ExprId,
    pub(super) letters: Letters,
    /// What replaces `letters` term by term, for [`On::Spread`].
    pub(super) parts: Vec<Letters>,
    pub(super) function: Option<FunctionId>,
    /// The right derivative at the place.
    pub(super) right: ExprId,
    /// The factor with which a change at the place enters the whole.
    pub(super) weight: ExprId,
}

/// Finds the views of the nodes of a derivation.
pub(super) struct Viewer<'a> {
    pub(super) pool: &'a mut Pool,
    pub(super) of: &'a Derivation,
    /// The node that is looked at.
    pub(super) node: ExprId,
    /// The terms of sums, sorted.
    pub(super) terms: Vec<ExprId>,
    pub(super) found: Vec<View>,
}

impl Viewer<'_> {
    /// The views of a node; `scaled`: it stands behind a coefficient, which sees it whole.
    pub(super) fn look(&mut self, step: Step, scaled: bool) {
        let Some(weight) = self.of.adjoint(step.id) else { return };
        self.node = step.id;
        let at = Letters::of(step.id, step.derivative, self.of.variable);
        self.part(step, at, weight);
        match (step.rule, self.pool.node(step.id)) {
            (Rule::Sum, Node::Sum(list)) => {
                let terms: Vec<ExprId> =
                    self.pool.list(list).iter().take(TERMS).copied().collect();
                for term in terms {
                    self.term(step.id, term, weight);
                }
            }
            (Rule::ConstantMultiple | Rule::Product, _) => {
                self.factors(step, scaled, weight);
            }
            (Rule::Power, Node::Power(base, n)) => {
                self.outer(step, base, weight, at.with(Letter::N, n));
                if !scaled && self.pool.as_number(n).is_some_and(Number::is_negative) {
                    self.quotient(step.id, weight, false);
                }
            }
            (Rule::Exponential, Node::Power(a, exponent)) => {
                self.outer(step, exponent, weight, at.with(Letter::A, a));
            }
            (Rule::GeneralPower, Node::Power(base, exponent)) => {
                let at = self.pair(at, base, exponent);
                self.push(On::GeneralPower, at, step.derivative, weight);
            }
            (Rule::Chain(function), Node::Apply(_, list)) => {
                let arguments: Factors = SmallVec::from_slice(self.pool.list(list));
                let varying: Factors =
                    arguments.iter().copied().filter(|id| self.of.varies(*id)).collect();
                match varying[..] {
                    [one] => self.outer(step, one, weight, at),
                    _ => self.paths(step, function, &arguments, weight, at),
                }
            }
            _ => {}
        }
    }

    pub(super) fn push(
        &mut self,
        on: On,
        letters: Letters,
        right: ExprId,
        weight: ExprId,
    ) {
        let parts = Vec::new();
        self.found.push(View {
            on,
            letters,
            parts,
            node: self.node,
            function: None,
            right,
            weight,
        });
    }

    pub(super) fn derivative(&mut self, id: ExprId) -> ExprId {
        let known = self.of.of(id);
        if known != Pool::ZERO {
            return known;
        }
        let variable = self.of.variable;
        let found = calculus::differentiate(self.pool, id, variable, &mut ());
        found.unwrap_or(Pool::UNDEFINED)
    }

    /// `u` and `v` with their derivatives.
    pub(super) fn pair(&mut self, at: Letters, u: ExprId, v: ExprId) -> Letters {
        let (du, dv) = (self.derivative(u), self.derivative(v));
        let at = at.with(Letter::U, u).with(Letter::Du, du);
        at.with(Letter::V, v).with(Letter::Dv, dv)
    }

    fn part(&mut self, step: Step, at: Letters, weight: ExprId) {
        let inside = step.id != self.of.function;
        if inside && !matches!(step.rule, Rule::Identity | Rule::Piecewise) {
            self.push(On::Part, at, step.derivative, weight);
        }
    }

    /// A term of the sum `sum`, or a function that is constant as a whole.
    pub(super) fn term(&mut self, sum: ExprId, term: ExprId, weight: ExprId) {
        let right = self.of.of(term);
        let at = Letters::of(sum, self.of.of(sum), self.of.variable);
        let at = at.with(Letter::U, term).with(Letter::Du, right);
        if right != Pool::ZERO {
            self.push(On::Term, at, right, weight);
            return;
        }
        self.push(On::ConstantTerm, at, right, weight);
        let (c, rest) = self.pool.coefficient(term);
        let c = c.clone();
        let (base, n) = self.pool.base(rest);
        if n != Pool::ONE && self.pool.as_number(base).is_none() {
            let c = self.pool.number(c);
            let at = at.with(Letter::C, c).with(Letter::V, base).with(Letter::N, n);
            self.push(On::ConstantPower, at, right, weight);
        }
    }

    /// The views of an outer function of `u` alone.
    fn outer(&mut self, step: Step, u: ExprId, weight: ExprId, at: Letters) {
        let du = self.of.of(u);
        let Some(outer) = self.outer_at(step, u, u) else { return };
        let mut at = at.with(Letter::U, u).with(Letter::Du, du);
        at = at.with(Letter::Outer, outer);
        let abstracted =
            matches!(step.rule, Rule::Chain(function) if function.is_abstract());
        if du != Pool::ONE && !abstracted {
            let there = self.outer_at(step, u, du).unwrap_or(Pool::UNDEFINED);
            let n = self.pool.as_number(at.get(Letter::N));
            let below = n.is_some_and(Number::is_negative);
            let moved = if below { Pool::UNDEFINED } else { self.replace(step, u, du) };
            at = at.with(Letter::There, there).with(Letter::Moved, moved);
            let x = self.of.variable;
            if u != x {
                let bare = self.outer_at(step, u, x).unwrap_or(Pool::UNDEFINED);
                at = at.with(Letter::Bare, bare);
            }
        }
        let right = step.derivative;
        if du != Pool::ONE {
            self.push(On::Inner, at, right, weight);
        }
        if !abstracted {
            self.spread(step, u, at, weight);
        }
        match step.rule {
            Rule::Power => {
                self.push(On::Power, at, right, weight);
            }
            Rule::Exponential => {
                self.push(On::Outer, at, right, weight);
                self.push(On::Exponential, at, right, weight);
            }
            Rule::Chain(function) => {
                self.push(On::Outer, at, right, weight);
                self.push(On::Function, at, right, weight);
                if let Some(view) = self.found.last_mut() {
                    view.function = Some(function);
                }
            }
            _ => {}
        }
    }

    /// The terms of the argument, each under the outer function.
    fn spread(&mut self, step: Step, u: ExprId, at: Letters, weight: ExprId) {
        let Node::Sum(list) = self.pool.node(u) else { return };
        let terms: Vec<ExprId> =
            self.pool.list(list).iter().take(TERMS).copied().collect();
        let mut parts = Vec::new();
        for term in terms {
            let du = self.of.of(term);
            if du != Pool::ZERO {
                let outer = self.outer_at(step, u, term).unwrap_or(Pool::UNDEFINED);
                let part = at.with(Letter::U, term).with(Letter::Du, du);
                parts.push(part.with(Letter::Outer, outer));
            }
        }
        let (right, on) = (step.derivative, On::Spread);
        let (node, function) = (self.node, None);
        let letters = at;
        self.found.push(View { on, letters, parts, node, function, right, weight });
    }

    /// The derivative of the outer function of a node in its inner one, at another place.
    fn outer_at(&mut self, step: Step, u: ExprId, place: ExprId) -> Option<ExprId> {
        match (step.rule, self.pool.node(step.id)) {
            (Rule::Power, Node::Power(_, n)) => {
                let less = self.pool.sum(&[n, Pool::MINUS_ONE]);
                let power = self.pool.power(place, less);
                Some(self.pool.product(&[n, power]))
            }
            (Rule::Exponential, Node::Power(a, _)) => {
                let power = self.pool.power(a, place);
                let log = function::apply(self.pool, FunctionId::LN, &[a]);
                Some(self.pool.product(&[power, log]))
            }
            (Rule::Chain(function), Node::Apply(_, list)) => {
                let mut arguments: Factors = SmallVec::from_slice(self.pool.list(list));
                let slot = arguments.iter().position(|id| *id == u)?;
                arguments[slot] = place;
                partial(self.pool, function, slot, &arguments).ok()
            }
            _ => None,
        }
    }

    /// A node with another inner function.
    fn replace(&mut self, step: Step, u: ExprId, place: ExprId) -> ExprId {
        function::rebuild(self.pool, step.id, |id| if id == u { place } else { id })
    }

    fn paths(
        &mut self,
        step: Step,
        function: FunctionId,
        arguments: &[ExprId],
        weight: ExprId,
        at: Letters,
    ) {
        for (slot, argument) in arguments.iter().enumerate().take(FACTORS) {
            if !self.of.varies(*argument) {
                continue;
            }
            if let Ok(outer) = partial(self.pool, function, slot, arguments) {
                let path = self.pool.product(&[outer, self.of.of(*argument)]);
                let at = at.with(Letter::V, path);
                self.push(On::Path, at, step.derivative, weight);
            }
        }
    }
}
