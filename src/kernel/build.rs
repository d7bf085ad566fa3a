//! The constructors: the only way to make an expression, and what keeps the canonical form.
//!
//! Only identities that hold wherever the original is defined are applied.

use super::node::{ExprId, Node};
use super::number::Number;
use super::pool::Pool;
use super::symbol::FunctionId;
use super::tally::Tally;
use rustc_hash::FxHashMap;
use smallvec::SmallVec;
use std::collections::BTreeMap;

/// How many operands are compared one by one before they are sorted or hashed.
const FEW: usize = 12;

/// What a term multiplies, its coefficient, and the term itself if it is as it came.
type Terms = SmallVec<[(ExprId, Number, Option<ExprId>); 8]>;
type Factors = SmallVec<[(ExprId, ExprId, Option<ExprId>); 8]>;

/// Collects like terms as they are added.
#[derive(Default)]
struct Collector {
    constant: Tally,
    terms: Terms,
    /// The coefficients of terms that came more than once, by their places.
    again: BTreeMap<usize, Tally>,
    index: FxHashMap<ExprId, usize>,
    undefined: bool,
}

impl Collector {
    fn add(&mut self, rest: ExprId, coefficient: Number, whole: Option<ExprId>) {
        let place = if self.terms.len() <= FEW {
            self.terms.iter().position(|(id, ..)| *id == rest)
        } else {
            if self.index.is_empty() {
                self.index =
                    self.terms.iter().enumerate().map(|(i, t)| (t.0, i)).collect();
            }
            self.index.get(&rest).copied()
        };
        if let Some(place) = place {
            let (_, known, whole) = &mut self.terms[place];
            *whole = None;
            if self.again.is_empty() {
                let sum = known.add(&coefficient);
                if let Number::Small(..) = sum {
                    *known = sum;
                    return;
                }
            }
            let tally = self.again.entry(place).or_insert_with(|| known.clone().into());
            tally.add(coefficient);
        } else {
            if !self.index.is_empty() {
                self.index.insert(rest, self.terms.len());
            }
            self.terms.push((rest, coefficient, whole));
        }
    }

    /// Puts the coefficients together.
    fn settle(&mut self) {
        for (place, tally) in std::mem::take(&mut self.again) {
            if let Some(sum) = tally.total() {
                self.terms[place].1 = sum;
            }
        }
    }
}

impl Pool {
    /// The sum of terms: flat, like terms collected.
    pub fn sum(&mut self, terms: &[ExprId]) -> ExprId {
        if let [one] = terms {
            return *one;
        }
        let mut collector = Collector::default();
        for id in terms {
            self.collect(*id, &Number::ONE, &mut collector);
        }
        self.finish_sum(collector)
    }

    /// The sum of expressions, each times a number.
    pub fn weighted_sum(&mut self, terms: &[(Number, ExprId)]) -> ExprId {
        let mut collector = Collector::default();
        for (weight, id) in terms {
            self.collect(*id, weight, &mut collector);
        }
        self.finish_sum(collector)
    }

    fn collect(&mut self, id: ExprId, weight: &Number, into: &mut Collector) {
        match self.node(id) {
            Node::Undefined => into.undefined = true,
            Node::Number(n) => {
                let value = self.number_at(n).mul(weight);
                into.constant.add(value);
            }
            Node::Sum(list) if weight.is_one() || *weight == Number::MINUS_ONE => {
                for k in list.start..list.start + list.len {
                    self.collect(self.operands[k as usize], weight, into);
                }
            }
            _ => {
                let (coefficient, rest) = self.coefficient(id);
                let mut value = coefficient.mul(weight);
                let mut whole = weight.is_one().then_some(id);
                let (factor, rest) = self.plain_radical(rest);
                if let Some(factor) = factor {
                    value = value.mul(&factor);
                    whole = None;
                }
                into.add(rest, value, whole);
            }
        }
    }

    /// The terms of a sum of expressions, each times a number, with like terms collected:
    /// as [`Pool::weighted_sum`], but without making the sum, and in no order. `None` when
    /// a term is more than a number times a product.
    pub fn collected(
        &mut self,
        terms: &[(Number, ExprId)],
    ) -> Option<Vec<(Number, ExprId)>> {
        let mut collector = Collector::default();
        for (weight, id) in terms {
            let whole = match self.node(*id) {
                Node::Undefined | Node::Sum(_) | Node::Multiple(..) => false,
                _ => !self.has_radical(*id),
            };
            if !whole {
                return None;
            }
            self.collect(*id, weight, &mut collector);
        }
        collector.settle();
        let constant = collector.constant.total();
        let mut found: Vec<(Number, ExprId)> =
            collector.terms.into_iter().map(|(rest, n, _)| (n, rest)).collect();
        found.extend(constant.map(|n| (n, Self::ONE)));
        found.retain(|(n, _)| !n.is_zero());
        for (n, _) in &found {
            self.measure(n);
        }
        Some(found)
    }

    fn finish_sum(&mut self, mut collector: Collector) -> ExprId {
        if collector.undefined {
            return Self::UNDEFINED;
        }
        collector.settle();
        let mut found: SmallVec<[(ExprId, ExprId); 8]> = SmallVec::new();
        let mut nested = false;
        for (rest, coefficient, whole) in &collector.terms {
            if coefficient.is_zero() {
                continue;
            }
            let rest = *rest;
            let term = match whole {
                Some(term) => *term,
                None => self.scale(coefficient, rest),
            };
            nested |= matches!(self.node(term), Node::Sum(_));
            found.push((rest, term));
        }
        let constant = collector.constant.total().filter(|c| !c.is_zero());
        if found.is_empty() {
            return self.number(constant.unwrap_or(Number::ZERO));
        }
        if nested {
            let mut terms: Vec<ExprId> = found.iter().map(|(_, term)| *term).collect();
            if let Some(value) = constant {
                terms.push(self.number(value));
            }
            return self.sum(&terms);
        }
        if found.len() > 1 {
            found.sort_unstable_by(|a, b| self.term_order(a.0, b.0));
        }
        let mut terms: SmallVec<[ExprId; 8]> =
            found.iter().map(|(_, term)| *term).collect();
        if let Some(value) = constant {
            terms.push(self.number(value));
        }
        match terms[..] {
            [one] => one,
            _ => self.intern_list(&terms, Node::Sum),
        }
    }

    /// `coefficient * id`.
    pub fn scale(&mut self, coefficient: &Number, id: ExprId) -> ExprId {
        if id == Self::UNDEFINED || coefficient.is_one() {
            return id;
        }
        if coefficient.is_zero() {
            return Self::ZERO;
        }
        match self.node(id) {
            Node::Number(n) => {
                let value = self.number_at(n).mul(coefficient);
                self.number(value)
            }
            Node::Multiple(n, rest) => {
                let value = self.number_at(n).mul(coefficient);
                if self.has_radical(rest) {
                    self.product_with(value, &[rest])
                } else {
                    self.multiple(value, rest)
                }
            }
            _ if self.has_radical(id) => self.product_with(coefficient.clone(), &[id]),
            _ => self.multiple(coefficient.clone(), id),
        }
    }

    /// A coefficient before something that is neither a number nor a multiple.
    fn multiple(&mut self, coefficient: Number, rest: ExprId) -> ExprId {
        if coefficient.is_one() {
            return rest;
        }
        if let Node::Sum(list) = self.node(rest)
            && coefficient == Number::MINUS_ONE
        {
            let terms: Vec<ExprId> = self.list(list).to_vec();
            let negated: SmallVec<[ExprId; 8]> =
                terms.iter().map(|term| self.scale(&Number::MINUS_ONE, *term)).collect();
            return self.intern_list(&negated, Node::Sum);
        }
        if self.is_negated_sum(rest) {
            let rest = self.negate(rest);
            return self.multiple(coefficient.neg(), rest);
        }
        let n = self.number_id(coefficient);
        self.intern(Node::Multiple(n, rest))
    }

    /// `-id`.
    pub fn negate(&mut self, id: ExprId) -> ExprId {
        self.scale(&Number::MINUS_ONE, id)
    }

    /// `a - b`.
    pub fn difference(&mut self, a: ExprId, b: ExprId) -> ExprId {
        self.weighted_sum(&[(Number::ONE, a), (Number::MINUS_ONE, b)])
    }

    /// `a/b`; undefined when `b` is zero.
    pub fn quotient(&mut self, a: ExprId, b: ExprId) -> ExprId {
        let inverse = self.power(b, Self::MINUS_ONE);
        self.product(&[a, inverse])
    }

    /// The product of factors: flat, powers of the same base collected.
    pub fn product(&mut self, factors: &[ExprId]) -> ExprId {
        match *factors {
            [one] => return one,
            [a, b] if a == Self::ONE => return b,
            [a, b] if b == Self::ONE => return a,
            [a, b] => {
                if let Some(known) = self.known_product(a, b) {
                    return known;
                }
                let product = match self.merged(a, b) {
                    Some(product) => product,
                    None => self.product_with(Number::ONE, factors),
                };
                self.remember_product(a, b, product);
                return product;
            }
            _ => {}
        }
        self.product_with(Number::ONE, factors)
    }

    /// The product of two, when it is enough to merge their factors: when no base stands in
    /// both, unless it is a symbol to numeric powers. `None` in all other cases.
    fn merged(&mut self, a: ExprId, b: ExprId) -> Option<ExprId> {
        let coefficient = {
            let ((m, u), (n, v)) = (self.coefficient(a), self.coefficient(b));
            let is_plain = |id: ExprId| {
                !matches!(self.node(id), Node::Number(_) | Node::Undefined)
                    && !self.has_radical(id)
                    && !self.is_negated_sum(id)
            };
            (is_plain(u) && is_plain(v)).then(|| m.mul(n))?
        };
        let (u, v) = (self.coefficient(a).1, self.coefficient(b).1);
        let first: SmallVec<[ExprId; 8]> = SmallVec::from_slice(self.factors(&u));
        let mut second: SmallVec<[ExprId; 8]> = SmallVec::from_slice(self.factors(&v));
        if first.len() > FEW || second.len() > FEW {
            return None;
        }
        let mut done: SmallVec<[ExprId; 8]> = SmallVec::new();
        for factor in first {
            let (base, m) = self.base(factor);
            let same = second.iter().position(|other| self.base(*other).0 == base);
            let Some(place) = same else {
                done.push(factor);
                continue;
            };
            let (_, n) = self.base(second[place]);
            let sum = match (self.node(base), self.as_number(m), self.as_number(n)) {
                (Node::Symbol(_), Some(m), Some(n)) => m.add(n),
                _ => return None,
            };
            second.remove(place);
            if !sum.is_zero() {
                let exponent = self.number(sum);
                done.push(self.power(base, exponent));
            }
        }
        let mut from = 0;
        for factor in second {
            while from < done.len() && self.factor_order(done[from], factor).is_lt() {
                from += 1;
            }
            done.insert(from, factor);
            from += 1;
        }
        let rest = match done[..] {
            [] => return Some(self.number(coefficient)),
            [one] => one,
            _ => self.intern_list(&done, Node::Product),
        };
        Some(self.multiple(coefficient, rest))
    }

    /// A number times the product of factors.
    pub fn product_with(&mut self, coefficient: Number, factors: &[ExprId]) -> ExprId {
        let mut coefficient = coefficient;
        let mut long: Vec<Number> = Vec::new();
        let mut found = Factors::new();
        if factors.contains(&Self::UNDEFINED) {
            return Self::UNDEFINED;
        }
        for id in factors {
            let (value, rest) = match self.node(*id) {
                Node::Number(n) => (Some(n), None),
                Node::Multiple(n, rest) => (Some(n), Some(rest)),
                _ => (None, Some(*id)),
            };
            if let Some(value) = value {
                coefficient = coefficient.mul(self.number_at(value));
                if !matches!(coefficient, Number::Small(..)) && factors.len() > FEW {
                    long.push(std::mem::replace(&mut coefficient, Number::ONE));
                }
            }
            if let Some(rest) = rest {
                for factor in self.factors(&rest) {
                    let (base, exponent) = self.base(*factor);
                    found.push((base, exponent, Some(*factor)));
                }
            }
        }
        if coefficient.is_zero() {
            return Self::ZERO;
        }
        if !long.is_empty() {
            long.push(coefficient);
            coefficient = Tally::product(long);
        }
        for factor in &mut found {
            if factor.1 == Self::ONE && self.is_negated_sum(factor.0) {
                coefficient = coefficient.neg();
                factor.0 = self.negate(factor.0);
                factor.2 = Some(factor.0);
            }
        }
        self.merge_bases(&mut found);
        let mut done: SmallVec<[ExprId; 8]> = SmallVec::new();
        let mut again: SmallVec<[ExprId; 4]> = SmallVec::new();
        for (base, exponent, whole) in found {
            if let Some(factor) = whole {
                done.push(factor);
                continue;
            }
            let factor = self.power(base, exponent);
            match self.node(factor) {
                Node::Number(n) => coefficient = coefficient.mul(self.number_at(n)),
                Node::Power(b, _) if b == base => done.push(factor),
                Node::Product(_) | Node::Multiple(..) => again.push(factor),
                _ if factor == base => done.push(factor),
                _ => again.push(factor),
            }
        }
        if !again.is_empty() {
            again.extend(done);
            return self.product_with(coefficient, &again);
        }
        if done.iter().any(|id| self.is_radical(*id)) {
            self.normalise_radicals(&mut coefficient, &mut done);
        }
        if done.is_empty() || coefficient.is_zero() {
            return self.number(coefficient);
        }
        if done.len() > 1 {
            done.sort_unstable_by(|a, b| self.factor_order(*a, *b));
        }
        let rest = match done[..] {
            [one] => one,
            _ => self.intern_list(&done, Node::Product),
        };
        self.multiple(coefficient, rest)
    }

    /// Whether an expression is a sum of which every term is negative.
    pub(super) fn is_negated_sum(&self, id: ExprId) -> bool {
        let Node::Sum(list) = self.node(id) else { return false };
        self.list(list).iter().all(|term| match self.node(*term) {
            Node::Number(n) | Node::Multiple(n, _) => self.number_at(n).is_negative(),
            _ => false,
        })
    }

    fn merge_bases(&mut self, found: &mut Factors) {
        if found.len() > FEW {
            found.sort_by_key(|(base, ..)| *base);
        }
        let few = found.len() <= FEW;
        let same = |k: usize| found[..k].iter().any(|(known, ..)| *known == found[k].0);
        if few && !(1..found.len()).any(same) {
            return;
        }
        let mut kept = Factors::new();
        for (base, exponent, whole) in found.drain(..) {
            let place = if few {
                kept.iter().position(|(known, ..)| *known == base)
            } else {
                kept.len().checked_sub(1).filter(|last| kept[*last].0 == base)
            };
            match place {
                Some(place) => {
                    let known = kept[place].1;
                    let sum = match (self.as_number(known), self.as_number(exponent)) {
                        (Some(m), Some(n)) => {
                            let sum = m.add(n);
                            self.number(sum)
                        }
                        _ => self.sum(&[known, exponent]),
                    };
                    kept[place].1 = sum;
                    kept[place].2 = None;
                }
                None => kept.push((base, exponent, whole)),
            }
        }
        *found = kept;
    }

    /// A function applied to arguments, with no knowledge of the function.
    pub fn application(&mut self, function: FunctionId, arguments: &[ExprId]) -> ExprId {
        if arguments.contains(&Self::UNDEFINED) {
            return Self::UNDEFINED;
        }
        self.intern_list(arguments, |list| Node::Apply(function, list))
    }

    /// `abs(id)`: numbers and what is never negative out, known signs used, whole powers outside.
    pub fn absolute(&mut self, id: ExprId) -> ExprId {
        if self.is_nonnegative(id) || id == Self::UNDEFINED {
            return id;
        }
        match self.node(id) {
            Node::Number(n) => {
                let value = self.number_at(n).abs();
                self.number(value)
            }
            Node::Symbol(s) if self.symbols[s.0 as usize].1.nonpositive => {
                self.negate(id)
            }
            Node::Multiple(n, rest) => {
                let value = self.number_at(n).abs();
                let inner = self.absolute(rest);
                self.scale(&value, inner)
            }
            Node::Power(base, exponent)
                if self.as_number(exponent).is_some_and(Number::is_integer) =>
            {
                let inner = self.absolute(base);
                self.power(inner, exponent)
            }
            Node::Sum(_) if self.leads_negative(id) => {
                let inner = self.negate(id);
                self.application(FunctionId::ABS, &[inner])
            }
            Node::Product(list) => {
                let (mut outside, inside): (Vec<_>, Vec<_>) = self
                    .list(list)
                    .iter()
                    .partition(|factor| self.is_nonnegative(**factor));
                if outside.is_empty() {
                    return self.application(FunctionId::ABS, &[id]);
                }
                let inside = self.product(&inside);
                outside.push(self.absolute(inside));
                self.product(&outside)
            }
            _ => self.application(FunctionId::ABS, &[id]),
        }
    }

    /// Whether all terms have negative coefficients, or as many as not and the first has.
    pub fn leads_negative(&self, id: ExprId) -> bool {
        match self.node(id) {
            Node::Number(n) => self.number_at(n).is_negative(),
            Node::Multiple(n, _) => self.number_at(n).is_negative(),
            Node::Sum(list) => {
                let terms = self.list(list);
                let negative =
                    terms.iter().filter(|term| self.leads_negative(**term)).count();
                negative * 2 > terms.len()
                    || negative * 2 == terms.len() && self.leads_negative(terms[0])
            }
            _ => false,
        }
    }
}
