//! What a formula would be with brackets that were forgotten: `2x/x^2+1` for `2x/(x^2+1)`.

use super::ast::{Ast, AstId, Program};
use rustc_hash::FxHashMap;

/// The most formulas that are made of one, and the longest one that is taken apart.
const MOST: usize = 48;
const LONG: usize = 200;

/// How many terms or factors of one node are looked at.
const WIDE: usize = 12;
/// How many last factors of a term are taken together.
const FACTORS: usize = 3;

/// Operands with their flags.
type Items = Vec<(bool, AstId)>;

impl Program {
    /// The formulas with one pair of brackets more, and after these the ones with two: around
    /// what stands behind a bar, a sign of multiplication or a power up to some later term or
    /// factor, and around the terms before a bar, a sign of multiplication or an exponent.
    pub fn with_brackets(&self) -> Vec<Self> {
        if self.definitions.len() != 1 || self.nodes.len() > LONG {
            return Vec::new();
        }
        let mut found = self.with_one_pair();
        let room = MOST - found.len();
        let twice: Vec<Self> =
            found.iter().flat_map(Self::with_one_pair).take(room).collect();
        found.extend(twice);
        found
    }

    fn with_one_pair(&self) -> Vec<Self> {
        let mut found = Vec::new();
        for id in self.below(self.definitions[0].body) {
            if found.len() >= MOST {
                break;
            }
            match self.node(id) {
                Ast::Sum(list) => {
                    let terms = self.list(list).to_vec();
                    for place in 0..terms.len().min(WIDE) {
                        self.behind(id, &terms, (place, 1), &mut found);
                        self.before(id, &terms, place, &mut found);
                        self.raised(id, &terms, (place, 1), &mut found);
                        self.called(id, &terms, place, &mut found);
                    }
                }
                Ast::Product(list) => {
                    let factors = self.list(list).to_vec();
                    for place in 0..factors.len().min(WIDE) {
                        self.beside(id, &factors, place, &mut found);
                    }
                }
                _ => {}
            }
        }
        // Several factors may belong to the first term in the brackets.
        for id in self.below(self.definitions[0].body) {
            let Ast::Sum(list) = self.node(id) else { continue };
            let terms = self.list(list).to_vec();
            for place in 0..terms.len().min(WIDE) {
                for count in 2..=FACTORS {
                    self.behind(id, &terms, (place, count), &mut found);
                    self.raised(id, &terms, (place, count), &mut found);
                }
            }
        }
        found.truncate(MOST);
        found
    }

    /// Takes later terms into the last operand of a term: `a/b + c` as `a/(b + c)`, or into its
    /// last factors: `a/b*c + d` as `a/(b*c + d)`.
    fn behind(
        &self,
        id: AstId,
        terms: &Items,
        (place, count): (usize, usize),
        found: &mut Vec<Self>,
    ) {
        let (sign, term) = terms[place];
        for end in (place + 2..=terms.len()).rev().take(WIDE) {
            let mut new = self.clone();
            let mut inner = vec![(false, AstId::MAX)];
            inner.extend_from_slice(&terms[place + 1..end]);
            let Some(taken) = new.with_last(term, count, |new, last| {
                inner[0].1 = last;
                new.sum(&inner)
            }) else {
                return;
            };
            let mut outer = terms[..place].to_vec();
            outer.push((sign, taken));
            outer.extend_from_slice(&terms[end..]);
            let sum = new.sum(&outer);
            found.extend(new.replaced(id, sum));
        }
    }

    /// Takes later terms into the argument of a function that was written without brackets:
    /// `3cos 3x + 1` as `3cos(3x + 1)`.
    fn called(&self, id: AstId, terms: &Items, place: usize, found: &mut Vec<Self>) {
        let (sign, term) = terms[place];
        for end in (place + 2..=terms.len()).rev().take(WIDE) {
            let mut new = self.clone();
            let Some(taken) = new.with_argument(term, &terms[place + 1..end]) else {
                return;
            };
            let mut outer = terms[..place].to_vec();
            outer.push((sign, taken));
            outer.extend_from_slice(&terms[end..]);
            let sum = new.sum(&outer);
            found.extend(new.replaced(id, sum));
        }
    }

    /// A term in which the call that stands last has more terms in its argument.
    fn with_argument(&mut self, term: AstId, more: &[(bool, AstId)]) -> Option<AstId> {
        let span = self.span(term);
        let new = match self.node(term) {
            Ast::Call(callee, list) => {
                let [argument] = *self.list(list) else { return None };
                // An argument in brackets ends before its call does.
                if self.span(argument.1).end != span.end {
                    return None;
                }
                let mut inner = vec![argument];
                inner.extend_from_slice(more);
                let sum = self.sum(&inner);
                Ast::Call(callee, self.push_list(&[(argument.0, sum)]))
            }
            Ast::Product(list) => {
                let mut factors = self.list(list).to_vec();
                let (_, last) = factors.last_mut()?;
                *last = self.with_argument(*last, more)?;
                return Some(self.product(&factors));
            }
            Ast::Power(base, exponent) => {
                Ast::Power(self.with_argument(base, more)?, exponent)
            }
            Ast::Negate(inner) => Ast::Negate(self.with_argument(inner, more)?),
            _ => return None,
        };
        Some(self.push(new, span))
    }

    /// Takes earlier terms into the first factor of a term: `a - b/c` as `(a - b)/c`; behind a
    /// leading minus as well: `-a + b/c` as `-(a + b)/c`.
    fn before(&self, id: AstId, terms: &Items, place: usize, found: &mut Vec<Self>) {
        let (sign, term) = terms[place];
        let Ast::Product(list) = self.node(term) else { return };
        for start in place.saturating_sub(WIDE)..place {
            let first = terms[start].1;
            let negated = match self.node(first) {
                Ast::Negate(inner) => Some(inner),
                _ => None,
            };
            for (first, is_negated) in
                negated.map(|inner| (inner, true)).into_iter().chain([(first, false)])
            {
                let mut new = self.clone();
                let mut factors = self.list(list).to_vec();
                let mut inner = terms[start..place].to_vec();
                inner[0] = (false, first);
                inner.push((sign, factors[0].1));
                factors[0].1 = new.sum(&inner);
                let mut taken = new.product(&factors);
                if is_negated {
                    taken = new.push(Ast::Negate(taken), self.span(id));
                }
                let mut outer = terms[..start].to_vec();
                outer.push((terms[start].0, taken));
                outer.extend_from_slice(&terms[place + 1..]);
                let sum = new.sum(&outer);
                found.extend(new.replaced(id, sum));
            }
        }
    }

    /// Takes the last operand of the term before into the base of a power: `a*b + c^n` as
    /// `a*(b + c)^n`; or its last factors.
    fn raised(
        &self,
        id: AstId,
        terms: &Items,
        (place, count): (usize, usize),
        found: &mut Vec<Self>,
    ) {
        let (sign, term) = terms[place];
        let (Ast::Power(base, exponent), true) = (self.node(term), place > 0) else {
            return;
        };
        let (before, first) = terms[place - 1];
        let mut new = self.clone();
        let span = self.span(id);
        let raise = |new: &mut Self, last| {
            let base = new.sum(&[(false, last), (sign, base)]);
            new.push(Ast::Power(base, exponent), span)
        };
        let taken = match new.with_last(first, count, raise) {
            Some(taken) => taken,
            None if count > 1 => return,
            None => raise(&mut new, first),
        };
        let mut outer = terms[..place - 1].to_vec();
        outer.push((before, taken));
        outer.extend_from_slice(&terms[place + 1..]);
        let sum = new.sum(&outer);
        found.extend(new.replaced(id, sum));
    }

    /// Takes later factors into an exponent or below a bar: `e^2x` as `e^(2x)`, `1/2x` as
    /// `1/(2x)`.
    fn beside(&self, id: AstId, factors: &Items, place: usize, found: &mut Vec<Self>) {
        let (is_below, factor) = factors[place];
        for end in (place + 2..=factors.len()).rev().take(WIDE) {
            if is_below && factors[place + 1..end].iter().all(|(below, _)| !below) {
                let mut new = self.clone();
                let below = factors[place + 1..end].iter().map(|(_, id)| (true, *id));
                let mut outer = factors[..=place].to_vec();
                outer.extend(below);
                outer.extend_from_slice(&factors[end..]);
                let product = new.product(&outer);
                found.extend(new.replaced(id, product));
            }
            if let Ast::Power(base, exponent) = self.node(factor) {
                let mut new = self.clone();
                let mut inner = vec![(false, exponent)];
                inner.extend_from_slice(&factors[place + 1..end]);
                let exponent = new.product(&inner);
                let power = new.push(Ast::Power(base, exponent), self.span(id));
                let mut outer = factors[..place].to_vec();
                outer.push((is_below, power));
                outer.extend_from_slice(&factors[end..]);
                let product = new.product(&outer);
                found.extend(new.replaced(id, product));
            }
        }
    }

    /// A term with another last operand: the last factor, or the exponent of that; or with
    /// something else in the place of so many last factors.
    fn with_last(
        &mut self,
        term: AstId,
        count: usize,
        change: impl FnOnce(&mut Self, AstId) -> AstId,
    ) -> Option<AstId> {
        let span = self.span(term);
        match self.node(term) {
            Ast::Product(list) if count > 1 => {
                let mut factors = self.list(list).to_vec();
                let start = factors.len().checked_sub(count)?;
                let mut taken = factors.split_off(start);
                let is_below = std::mem::take(&mut taken[0].0);
                // Of all factors there is nothing before the brackets.
                if start == 0 || taken.iter().any(|(is_below, _)| *is_below) {
                    return None;
                }
                let taken = self.product(&taken);
                let changed = change(self, taken);
                factors.push((is_below, changed));
                Some(self.product(&factors))
            }
            Ast::Product(list) => {
                let mut factors = self.list(list).to_vec();
                let last = factors.len() - 1;
                factors[last].1 = match self.node(factors[last].1) {
                    // Behind a bar it is the power that is taken along.
                    Ast::Power(base, exponent) if !factors[last].0 => {
                        let exponent = change(self, exponent);
                        self.push(Ast::Power(base, exponent), span)
                    }
                    _ => change(self, factors[last].1),
                };
                Some(self.product(&factors))
            }
            Ast::Power(base, exponent) if count == 1 => {
                let exponent = change(self, exponent);
                Some(self.push(Ast::Power(base, exponent), span))
            }
            Ast::Negate(inner) => {
                let inner = self.with_last(inner, count, change)?;
                Some(self.push(Ast::Negate(inner), span))
            }
            _ => None,
        }
    }

    fn sum(&mut self, items: &[(bool, AstId)]) -> AstId {
        self.run(items, Ast::Sum)
    }

    fn product(&mut self, items: &[(bool, AstId)]) -> AstId {
        self.run(items, Ast::Product)
    }

    fn run(&mut self, items: &[(bool, AstId)], of: fn(super::ast::List) -> Ast) -> AstId {
        if let [(false, only)] = *items {
            return only;
        }
        let list = self.push_list(items);
        self.push(of(list), self.span(items[0].1))
    }

    /// The nodes that the body is made of.
    fn below(&self, root: AstId) -> Vec<AstId> {
        let mut open = vec![root];
        let mut found = Vec::new();
        while let Some(id) = open.pop() {
            found.push(id);
            open.extend(self.operands(id));
        }
        found
    }

    /// The program with another node in the place of one; what uses it is written again behind
    /// it. `None` where that is no plain formula.
    fn replaced(mut self, old: AstId, new: AstId) -> Option<Self> {
        let body = self.definitions[0].body;
        let mut moved: FxHashMap<AstId, AstId> = FxHashMap::from_iter([(old, new)]);
        for id in old + 1..=body {
            let operands = self.operands(id);
            if !operands.iter().any(|operand| moved.contains_key(operand)) {
                continue;
            }
            let at = |id: AstId| moved.get(&id).copied().unwrap_or(id);
            let list = |program: &mut Self, list| {
                let items = program.list(list).iter();
                let items: Items = items.map(|(flag, id)| (*flag, at(*id))).collect();
                program.push_list(&items)
            };
            let node = match self.node(id) {
                Ast::Sum(items) => Ast::Sum(list(&mut self, items)),
                Ast::Product(items) => Ast::Product(list(&mut self, items)),
                Ast::Vector(items) => Ast::Vector(list(&mut self, items)),
                Ast::Call(callee, items) => Ast::Call(callee, list(&mut self, items)),
                Ast::Negate(a) => Ast::Negate(at(a)),
                Ast::Power(a, b) => Ast::Power(at(a), at(b)),
                _ => return None,
            };
            let copy = self.push(node, self.span(id));
            moved.insert(id, copy);
        }
        self.definitions[0].body = *moved.get(&body)?;
        Some(self)
    }
}
