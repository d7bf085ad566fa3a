//! Where in a line something was done: without what stands alike before and behind, the reason
//! is seen.

use super::deriver::Deriver;
use crate::derivation::Reason;
use crate::error::Result;
use crate::kernel::{ExprId, Node, Number, Pool};
use crate::simplify;

/// The most terms that are multiplied out to see whether that was done.
const MAX_EXPANDED: usize = 200;
/// How deep two forms are looked into for where they differ.
const DEEP: usize = 8;
/// In how many places something may have been done.
const PLACES: usize = 3;
/// The most terms or factors that are paired.
const WIDE: usize = 40;

/// What stood in a place, and what stands there.
type Change = (ExprId, ExprId);

impl Deriver<'_> {
    /// The reasons of what was done in the places in which two forms differ.
    ///
    /// # Errors
    /// A text that is too long.
    pub(super) fn by_parts(
        &mut self,
        raw: ExprId,
        answer: ExprId,
    ) -> Result<Option<Vec<Reason>>> {
        let mut changes = Vec::new();
        self.changes((raw, answer), DEEP, &mut changes);
        if changes.is_empty() || changes.len() > PLACES || changes[0] == (raw, answer) {
            return Ok(None);
        }
        let mut reasons: Vec<Reason> = Vec::new();
        for (before, after) in changes {
            let found = match self.by_rule(before, after)? {
                Some(found) => Some(found),
                None => self.multiplied_and_factored(before, after),
            };
            let Some(found) = found else { return Ok(None) };
            for reason in found {
                super::expand::add(&mut reasons, reason);
            }
        }
        Ok(Some(reasons))
    }

    /// What was multiplied out to be written as a product, or a sum of products, again.
    pub(super) fn multiplied_and_factored(
        &mut self,
        raw: ExprId,
        answer: ExprId,
    ) -> Option<Vec<Reason>> {
        let [before, after] =
            [raw, answer].map(|id| simplify::expand_all(self.pool, id, MAX_EXPANDED));
        let (before, after) = (before?, after?);
        if before != after {
            return None;
        }
        let mut reasons = Vec::new();
        if before != raw {
            reasons.push(Reason::new("multiplied_out"));
        }
        if after != answer {
            reasons.push(Reason::new("factored"));
        }
        (!reasons.is_empty()).then_some(reasons)
    }

    /// Adds the innermost places in which two forms differ.
    fn changes(&mut self, (one, other): Change, depth: usize, found: &mut Vec<Change>) {
        if one == other {
            return;
        }
        let inner = match depth.checked_sub(1) {
            Some(_) => self.inside(one, other),
            None => None,
        };
        match inner {
            Some(pairs) => {
                for pair in pairs {
                    self.changes(pair, depth - 1, found);
                }
            }
            None => found.push((one, other)),
        }
    }

    /// The parts in which two forms of one kind differ, where that is not all of them.
    fn inside(&mut self, one: ExprId, other: ExprId) -> Option<Vec<Change>> {
        match [one, other].map(|id| self.pool.node(id)) {
            [Node::Sum(a), Node::Sum(b)] => {
                let lists = [a, b].map(|list| self.pool.list(list).to_vec());
                let [left, right] = without_shared(lists)?;
                Some(vec![(self.pool.sum(&left), self.pool.sum(&right))])
            }
            [Node::Apply(f, a), Node::Apply(g, b)] if f == g => {
                let [a, b] = [a, b].map(|list| self.pool.list(list).to_vec());
                (a.len() == b.len()).then(|| a.into_iter().zip(b).collect())
            }
            [Node::Power(a, m), Node::Power(b, n)] if m == n => Some(vec![(a, b)]),
            [Node::Power(a, m), Node::Power(b, n)] if a == b => Some(vec![(m, n)]),
            [Node::Sum(_), _] | [_, Node::Sum(_)] => None,
            _ => {
                let sides = [one, other].map(|id| self.numbered(id));
                let lists = [&sides[0].1, &sides[1].1].map(Vec::clone);
                let [left, right] = match (without_shared(lists), &sides) {
                    (Some(lists), _) => lists,
                    (None, [(m, a), (n, b)]) if m == n && *m != Number::ONE => {
                        [a.clone(), b.clone()]
                    }
                    _ => return None,
                };
                let [m, n] = [&sides[0].0, &sides[1].0].map(Number::clone);
                if m == n
                    && let ([a], [b]) = (&left[..], &right[..])
                {
                    return Some(vec![(*a, *b)]);
                }
                let (m, n) = if m == n { (Number::ONE, Number::ONE) } else { (m, n) };
                let left = self.pool.product_with(m, &left);
                let right = self.pool.product_with(n, &right);
                (left != one || right != other).then(|| vec![(left, right)])
            }
        }
    }

    /// The number before a product, and its factors.
    fn numbered(&self, id: ExprId) -> (Number, Vec<ExprId>) {
        let (number, rest) = self.pool.numbered(id);
        let factors = self.pool.factors(&rest).iter().filter(|id| **id != Pool::ONE);
        (number.clone(), factors.copied().collect())
    }
}

/// What each of two lists has alone; `None` where they share nothing, or all of one.
fn without_shared([one, other]: [Vec<ExprId>; 2]) -> Option<[Vec<ExprId>; 2]> {
    if one.len().max(other.len()) > WIDE {
        return None;
    }
    let left: Vec<ExprId> =
        one.iter().filter(|id| !other.contains(id)).copied().collect();
    let right: Vec<ExprId> =
        other.iter().filter(|id| !one.contains(id)).copied().collect();
    let is_shared = left.len() < one.len();
    let is_some = left.iter().chain(&right).any(|id| *id != Pool::ONE);
    (is_shared && is_some && !left.is_empty() && !right.is_empty())
        .then_some([left, right])
}
