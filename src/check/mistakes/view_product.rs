//! Products as a textbook writes them: factors, fractions, constant factors, and powers and
//! logarithms of multiples.

use super::derivation::Step;
use super::letters::{Letter, Letters};
use super::row::On;
use super::view::{FACTORS, Factors, Viewer};
use crate::kernel::{ExprId, FunctionId, Node, Number, Pool};
use smallvec::SmallVec;

impl Viewer<'_> {
    /// The views of a coefficient and factors.
    pub(super) fn factors(&mut self, step: Step, scaled: bool, weight: ExprId) {
        let (c, rest) = self.pool.coefficient(step.id);
        let c = c.clone();
        let all: Factors = SmallVec::from_slice(self.pool.factors(&rest));
        let (varying, fixed): (Factors, Factors) =
            all.iter().copied().partition(|id| self.of.varies(*id));
        let u = self.pool.product(&varying);
        if scaled {
            return;
        }
        if !c.is_one() || !fixed.is_empty() {
            self.constant_factors(step, &c, &fixed, u, weight);
        }
        let quotient = self.quotient(step.id, weight, false);
        if !quotient {
            self.quotient(step.id, weight, true);
        }
        if varying.len() >= if quotient { 3 } else { 2 } && varying.len() <= FACTORS {
            let mut constants = fixed.clone();
            constants.push(weight);
            let weight = self.pool.product_with(c, &constants);
            self.products(&varying, u, weight);
        }
    }

    fn products(&mut self, varying: &[ExprId], whole: ExprId, weight: ExprId) {
        let right = self.derivative(whole);
        let primes: Factors = varying.iter().map(|id| self.of.of(*id)).collect();
        let primes = self.pool.product(&primes);
        for (place, u) in varying.iter().enumerate() {
            let mut others: Factors = SmallVec::from_slice(varying);
            others.remove(place);
            let v = self.pool.product(&others);
            let at = Letters::of(whole, right, self.of.variable);
            let at = self.pair(at, *u, v).with(Letter::Primes, primes);
            self.push(On::Product, at, right, weight);
        }
    }

    /// The views of a fraction; `exponentials`: `e^(-x)` stands below as `e^x`. Answers
    /// whether something that varies stands below.
    pub(super) fn quotient(
        &mut self,
        id: ExprId,
        weight: ExprId,
        exponentials: bool,
    ) -> bool {
        let (c, rest) = self.pool.coefficient(id);
        let c = c.clone();
        let all: Factors = SmallVec::from_slice(self.pool.factors(&rest));
        let (mut above, mut below) = (Factors::new(), Factors::new());
        let mut varies = false;
        for factor in all {
            let (base, exponent) = self.pool.base(factor);
            let negative = match self.pool.as_number(exponent) {
                Some(n) => n.is_negative(),
                None => exponentials && self.pool.leads_negative(exponent),
            };
            if negative {
                varies |= self.of.varies(factor);
                let exponent = self.pool.negate(exponent);
                below.push(self.pool.power(base, exponent));
            } else {
                above.push(factor);
            }
        }
        if !varies || exponentials && !above.iter().any(|id| self.of.varies(*id)) {
            return false;
        }
        let u = self.pool.product_with(c.numerator(), &above);
        let v = self.pool.product_with(c.denominator(), &below);
        self.fraction(id, u, v, weight);
        let split = |ids: &[ExprId]| -> (Factors, Factors) {
            ids.iter().copied().partition(|id| self.of.varies(*id))
        };
        let ((above, mut fixed), (below, fixed_below)) = (split(&above), split(&below));
        let bare = (self.pool.product(&above), self.pool.product(&below));
        if bare != (u, v) {
            fixed.push(weight);
            let over = self.pool.product(&fixed_below);
            let over = self.pool.power(over, Pool::MINUS_ONE);
            fixed.push(over);
            let weight = self.pool.product_with(c, &fixed);
            let whole = self.pool.quotient(bare.0, bare.1);
            self.fraction(whole, bare.0, bare.1, weight);
        }
        true
    }

    fn fraction(&mut self, whole: ExprId, u: ExprId, v: ExprId, weight: ExprId) {
        let right = self.derivative(whole);
        let at = Letters::of(whole, right, self.of.variable);
        let at = self.pair(at, u, v);
        let constant = at.get(Letter::Du) == Pool::ZERO;
        let on = if constant { On::Reciprocal } else { On::Quotient };
        self.push(on, at, right, weight);
    }

    /// The views of constant factors before `u`: each, and all together.
    fn constant_factors(
        &mut self,
        step: Step,
        number: &Number,
        fixed: &[ExprId],
        u: ExprId,
        weight: ExprId,
    ) {
        let number_id = self.pool.number(number.clone());
        let mut choices: Factors = SmallVec::from_slice(fixed);
        let is_term = self.terms.binary_search(&step.id).is_ok();
        if !is_term && step.id != self.of.function && u == self.of.variable {
            return;
        }
        if number.is_negative() {
            if !is_term {
                choices.push(Pool::MINUS_ONE);
            }
            choices.push(self.pool.number(number.abs()));
        }
        if !number.is_one() && *number != Number::MINUS_ONE {
            choices.push(number_id);
        }
        let mut all: Factors = SmallVec::from_slice(fixed);
        all.push(number_id);
        let all = self.pool.product(&all);
        if !choices.contains(&all) && all != Pool::MINUS_ONE {
            choices.push(all);
        }
        let du = self.derivative(u);
        choices.retain(|c| *c != Pool::ONE);
        for c in choices {
            let rest = self.pool.quotient(all, c);
            let right = self.pool.product(&[c, du]);
            let weight = self.pool.product(&[weight, rest]);
            let at = Letters::of(step.id, step.derivative, self.of.variable);
            let at = at.with(Letter::C, c);
            let at = at.with(Letter::U, u).with(Letter::Du, du);
            self.push(On::Factor, at, right, weight);
        }
        self.scaled(step, all, u, weight);
    }

    /// `c*u^n` as `(k*u)^n`, and `n*ln(u)` as `ln(u^n)`.
    fn scaled(&mut self, step: Step, c: ExprId, u: ExprId, weight: ExprId) {
        let at = Letters::of(step.id, step.derivative, self.of.variable);
        match self.pool.node(u) {
            Node::Power(base, n) => {
                let Some(inverse) = self.pool.as_number(n).and_then(Number::recip) else {
                    return;
                };
                let inverse = self.pool.number(inverse);
                let k = self.pool.power(c, inverse);
                let plain =
                    matches!(self.pool.node(k), Node::Number(_) | Node::Symbol(_));
                if !plain || self.pool.power(k, n) != c {
                    return;
                }
                let inside = self.pool.product(&[k, base]);
                let du = self.pool.product(&[k, self.of.of(base)]);
                let at = at.with(Letter::N, n).with(Letter::U, inside);
                let at = at.with(Letter::Du, du);
                self.push(On::ScaledPower, at, step.derivative, weight);
            }
            Node::Apply(FunctionId::LN, list) => {
                let inside = self.pool.list(list)[0];
                let at = at.with(Letter::N, c).with(Letter::U, inside);
                let at = at.with(Letter::Du, self.of.of(inside));
                self.push(On::ScaledLog, at, step.derivative, weight);
            }
            _ => {}
        }
    }
}
