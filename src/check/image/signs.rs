//! Which signs of a plan are told apart: those that decide what roots and absolute values
//! are, and those that exclude some of them.

use super::plan::{Argument, Place, Plan, Step, World};
use crate::kernel::{ExprId, Node, Pool, Relation};
use std::cmp::Reverse;

/// How many signs are told apart at most when hints are followed.
const MAX_SIGNS: usize = 7;

impl Plan {
    /// Adds steps whose signs are told apart: first those in hints, then all others. Only
    /// those count that are defined wherever the compared expressions are.
    pub(super) fn follow(&mut self, pool: &Pool, hints: &[Place]) {
        let mut total = vec![false; self.steps.len()];
        for (place, step) in self.steps.iter().enumerate() {
            let all = |list: &[Place]| list.iter().all(|p| total[*p]);
            let terms = |argument: &Argument| {
                argument.inverses.is_empty()
                    && argument.terms.iter().all(|(_, p)| total[*p])
            };
            total[place] = self.needed[place]
                || match step {
                    Step::Number(_) | Step::Atom(_) => true,
                    Step::Positive(_) | Step::Integer(_) => true,
                    Step::Sum(list) | Step::Product(list) => all(list),
                    Step::Multiple(_, p) | Step::Absolute(p) => total[*p],
                    Step::Whole(p, n) => *n >= 0 && total[*p],
                    Step::Exponential(argument) => terms(argument),
                    Step::Sine(argument) | Step::Cosine(argument) => terms(argument),
                    _ => false,
                };
        }
        let mut inside = vec![false; self.steps.len()];
        for place in hints {
            inside[*place] = true;
        }
        for place in (0..self.steps.len()).rev().filter(|place| !self.needed[*place]) {
            if inside[place] {
                self.steps[place].operands().for_each(|p| inside[p] = true);
            }
        }
        let has_sign = |place: &Place| {
            total[*place]
                && self.wanted[*place][World::Value as usize]
                && matches!(
                    self.steps[*place],
                    Step::Sum(_) | Step::Sine(_) | Step::Cosine(_) | Step::Atom(_)
                )
        };
        // Long ones first, in an order that does not depend on the order of making.
        let mut candidates: Vec<Place> =
            (0..self.steps.len()).filter(|place| has_sign(place)).collect();
        let key = |place: Place| (!inside[place], Reverse(pool.cost(self.ids[place])));
        candidates.sort_by(|a, b| {
            let by_name = || pool.compare(self.ids[*b], self.ids[*a]);
            key(*a).cmp(&key(*b)).then_with(by_name)
        });
        for place in candidates {
            if self.signed.len() < MAX_SIGNS && !self.signed.contains(&place) {
                self.signed.push(place);
            }
        }
        self.signed.sort_unstable();
    }

    /// Symbols of which roots and logarithms are taken are chosen positive at once.
    pub(super) fn find_positive(&mut self) {
        let mut found: Vec<Place> = Vec::new();
        for (step, needed) in self.steps.iter().zip(&self.needed) {
            if let Step::Root(u, _) | Step::Power(u, _) | Step::Logarithm(u, _) = step
                && *needed
            {
                found.push(*u);
            }
        }
        for place in found {
            if let Step::Atom(seed) = self.steps[place] {
                self.steps[place] = Step::Positive(seed);
            }
        }
    }

    /// The expressions whose signs matter.
    pub(super) fn parts(&self) -> Vec<ExprId> {
        self.signed.iter().map(|place| self.ids[*place]).collect()
    }

    /// The comparisons that tell a sign, with what is positive where they hold; without those
    /// of parts whose signs are told apart already.
    pub(super) fn gaps(&self, pool: &mut Pool) -> Vec<(Place, ExprId)> {
        let mut known: Vec<ExprId> =
            self.parts().iter().map(|part| pool.coefficient(*part).1).collect();
        let mut found = Vec::new();
        for (place, step) in self.steps.iter().enumerate() {
            let Step::Relation(Relation::Less | Relation::LessEqual, a, b) = step else {
                continue;
            };
            let gap = pool.difference(self.ids[*b], self.ids[*a]);
            let rest = pool.coefficient(gap).1;
            if self.needed[place] && !pool.is_constant(gap) && !known.contains(&rest) {
                known.push(rest);
                found.push((place, gap));
            }
        }
        found
    }

    /// The places, among the parts, of the factors of what roots and logarithms are taken of,
    /// and whether the product of the factors must be positive.
    pub(super) fn rooted(&self) -> Vec<(Vec<usize>, bool)> {
        let steps = self.steps.iter().zip(&self.needed);
        let bases =
            steps.filter(|(_, needed)| **needed).filter_map(|(step, _)| match step {
                Step::Root(u, _) | Step::Power(u, _) | Step::Logarithm(u, _) => Some(*u),
                _ => None,
            });
        bases.filter_map(|base| self.factors(base)).collect()
    }

    fn factors(&self, base: Place) -> Option<(Vec<usize>, bool)> {
        let (mut open, mut found, mut sign) = (vec![base], Vec::new(), true);
        while let Some(place) = open.pop() {
            match &self.steps[place] {
                Step::Product(list) => open.extend(list),
                Step::Multiple(n, u) => {
                    sign ^= n.is_negative();
                    open.push(*u);
                }
                Step::Number(n) => sign ^= n.is_negative(),
                Step::Whole(u, n) if n % 2 != 0 => open.push(*u),
                Step::Whole(..) | Step::Exponential(_) => {}
                Step::Root(..) | Step::Power(..) => {}
                _ => found.push(self.signed.iter().position(|own| *own == place)?),
            }
        }
        Some((found, sign))
    }

    /// Which of these decide what roots and absolute values are; none where there are none, as
    /// beside logarithms alone.
    pub(super) fn decides(&self) -> Vec<bool> {
        let decides = |place: &Place| self.has_signs && self.deciding.contains(place);
        self.signed.iter().map(decides).collect()
    }

    /// The factors of what roots and absolute values are taken of, and the symbols.
    pub(super) fn find_signed(&mut self, pool: &Pool) {
        let mut open: Vec<Place> = Vec::new();
        for (step, needed) in self.steps.iter().zip(&self.needed) {
            match step {
                Step::Root(u, _)
                | Step::Power(u, _)
                | Step::Absolute(u)
                | Step::Sign(u)
                | Step::Logarithm(u, _)
                    if *needed =>
                {
                    open.push(*u);
                }
                _ => {}
            }
        }
        let mut seen = vec![false; self.steps.len()];
        while let Some(place) = open.pop() {
            if std::mem::replace(&mut seen[place], true) {
                continue;
            }
            match &self.steps[place] {
                Step::Product(list) => open.extend(list),
                Step::Multiple(_, u) => open.push(*u),
                Step::Whole(u, n) if n % 2 != 0 => open.push(*u),
                Step::Whole(..) | Step::Number(_) | Step::Exponential(_) => {}
                Step::Root(..) | Step::Power(..) => {}
                _ => self.deciding.push(place),
            }
        }
        self.deciding.retain(|place| self.wanted[*place][World::Value as usize]);
        self.deciding.sort_unstable();
        let is_symbol = |place: &Place| {
            self.wanted[*place][World::Value as usize]
                && matches!(pool.node(self.ids[*place]), Node::Symbol(_))
        };
        self.signed = (0..self.steps.len()).filter(is_symbol).collect();
        self.signed.extend(&self.deciding);
        self.signed.sort_unstable();
        self.signed.dedup();
    }
}

impl Step {
    /// The steps of which a step is made by arithmetic.
    fn operands(&self) -> impl Iterator<Item = Place> + '_ {
        let (list, one): (&[Place], Option<Place>) = match self {
            Self::Sum(list) | Self::Product(list) => (list, None),
            Self::Multiple(_, p) | Self::Whole(p, _) | Self::Absolute(p) => {
                (&[], Some(*p))
            }
            _ => (&[], None),
        };
        list.iter().copied().chain(one)
    }
}
