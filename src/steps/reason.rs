//! What makes one form of another: the reason of a line of algebra.

use super::deriver::Deriver;
use super::settle::parts;
use crate::derivation::{Detail, Math, Reason};
use crate::error::Result;
use crate::kernel::{ExprId, Node, Number, Pool};
use crate::print::Held;
use crate::simplify;

/// The most terms that are multiplied out to see whether that was done.
const MAX_EXPANDED: usize = 200;
/// The most terms that are divided to see whether a factor was taken out, over all factors.
const MAX_DIVIDED: usize = 1_000;
/// Above this cost, no identity is looked for.
const MAX_NAMED: u32 = 120;
/// How many ways on are followed after one identity, to a second.
const WAYS: usize = 8;

/// What was done so far, and what came of it.
type Way = (Vec<Reason>, ExprId);

impl Deriver<'_> {
    /// How many terms the longest sum has that is a factor of an expression.
    pub(super) fn terms_in(&self, id: ExprId) -> usize {
        let (_, rest) = self.pool.coefficient(id);
        let own = self.pool.terms(&id).len();
        let factors = self.pool.factors(&rest).iter();
        factors.map(|factor| self.pool.terms(factor).len()).fold(own, usize::max)
    }

    /// What makes the answer of what the rules left, where that can be said.
    ///
    /// # Errors
    /// A text that is too long.
    pub(super) fn identity(
        &mut self,
        raw: ExprId,
        answer: ExprId,
    ) -> Result<Vec<Reason>> {
        let mut found = self.by_rule(raw, answer)?;
        if found.is_none() {
            found = self.by_parts(raw, answer)?;
        }
        let found = found.or_else(|| self.multiplied_and_factored(raw, answer));
        Ok(found.unwrap_or_else(|| vec![Reason::new("simplified")]))
    }

    /// What was done to all of a form at once.
    ///
    /// # Errors
    /// A text that is too long.
    pub(super) fn by_rule(
        &mut self,
        raw: ExprId,
        answer: ExprId,
    ) -> Result<Option<Vec<Reason>>> {
        if let Some(reasons) = self.algebra(raw, answer)? {
            return Ok(Some(reasons));
        }
        if let Some(reasons) = self.named(raw, answer)? {
            return Ok(Some(reasons));
        }
        match self.by_calls(raw, answer)? {
            None if self.detail == Detail::Fine => self.by_relations(raw, answer),
            found => Ok(found),
        }
    }

    /// The same without identities of functions.
    ///
    /// # Errors
    /// A text that is too long.
    pub(super) fn algebra(
        &mut self,
        raw: ExprId,
        answer: ExprId,
    ) -> Result<Option<Vec<Reason>>> {
        let is_sum = |pool: &Pool, id: ExprId| matches!(pool.node(id), Node::Sum(_));
        if self.divided(raw).is_some_and(|divided| divided == answer) {
            return Ok(Some(vec![Reason::new("divided")]));
        }
        if let Some(factor) = self.taken_out(raw, answer) {
            let factor = self.math(factor)?;
            return Ok(Some(vec![Reason::new("taken_out").with("factor", factor)]));
        }
        if is_sum(self.pool, raw)
            && !is_sum(self.pool, answer)
            && let Some(reasons) = self.cancelled(raw, answer)?
        {
            return Ok(Some(reasons));
        }
        let expanded = simplify::expand_all(self.pool, raw, MAX_EXPANDED);
        if expanded == Some(answer) {
            let mut reasons = vec![Reason::new("multiplied_out")];
            if self.pool.terms(&answer).len() < self.terms_in(raw) {
                reasons.push(Reason::new("collected"));
            }
            return Ok(Some(reasons));
        }
        if expanded == Some(raw)
            && simplify::expand_all(self.pool, answer, MAX_EXPANDED) == Some(raw)
        {
            return Ok(Some(vec![Reason::new("factored")]));
        }
        self.cancelled(raw, answer)
    }

    /// A sum above a fraction bar, divided term by term.
    fn divided(&mut self, raw: ExprId) -> Option<ExprId> {
        let (above, below) = parts(self.pool, raw);
        if below == Pool::ONE || !matches!(self.pool.node(above), Node::Sum(_)) {
            return None;
        }
        let terms = self.pool.terms(&above).to_vec();
        let divided: Vec<ExprId> =
            terms.into_iter().map(|term| self.pool.quotient(term, below)).collect();
        Some(self.pool.sum(&divided))
    }

    /// What was cancelled, where numerators and denominators multiplied crosswise are equal;
    /// terms with denominators of their own come over one before.
    fn cancelled(&mut self, raw: ExprId, answer: ExprId) -> Result<Option<Vec<Reason>>> {
        let (above, below) = self.over_one(raw);
        let (own_above, own_below) = parts(self.pool, answer);
        if self.pool.as_number(below).is_some() {
            return Ok(None);
        }
        let left = self.pool.product(&[above, own_below]);
        let right = self.pool.product(&[own_above, below]);
        let left = simplify::expand_all(self.pool, left, MAX_EXPANDED);
        if left.is_none() || left != simplify::expand_all(self.pool, right, MAX_EXPANDED)
        {
            return Ok(None);
        }
        let mut reasons = Vec::new();
        if self.pool.terms(&raw).len() > 1 || parts(self.pool, raw).1 != below {
            reasons.push(Reason::new("one_fraction"));
        }
        for (long, short) in [(below, own_below), (above, own_above)] {
            let ratio = self.pool.quotient(long, short);
            let (_, factor) = self.pool.coefficient(ratio);
            if parts(self.pool, factor).1 != Pool::ONE || self.pool.is_constant(factor) {
                continue;
            }
            let factor = self.math(factor)?;
            reasons.push(Reason::new("cancelled").with("factor", factor));
            return Ok(Some(reasons));
        }
        let same =
            [self.pool.difference(below, own_below), self.pool.sum(&[below, own_below])];
        let is_same = same.iter().any(|id| {
            simplify::expand_all(self.pool, *id, MAX_EXPANDED) == Some(Pool::ZERO)
        });
        if !is_same && !reasons.is_empty() {
            reasons.push(Reason::new("reduced"));
        }
        Ok((is_same || !reasons.is_empty()).then_some(reasons))
    }

    /// What stands above and below the bar of an expression, or of its terms over one
    /// denominator.
    pub(super) fn over_one(&mut self, id: ExprId) -> (ExprId, ExprId) {
        let terms = self.pool.terms(&id).to_vec();
        if terms.len() < 2 {
            return self.without_inner_bars(id);
        }
        let mut bars: Vec<(ExprId, Number)> = Vec::new();
        for term in &terms {
            let (_, below) = parts(self.pool, *term);
            for factor in self.pool.factors(&below).to_vec() {
                let (base, exponent) = self.pool.base(factor);
                let (base, n) = match self.pool.as_number(exponent) {
                    Some(n) => (base, n.clone()),
                    None => (factor, Number::ONE),
                };
                match bars.iter_mut().find(|(known, _)| *known == base) {
                    Some((_, most)) if *most < n => *most = n,
                    Some(_) => {}
                    None => bars.push((base, n)),
                }
            }
        }
        let mut factors = Vec::with_capacity(bars.len());
        for (base, n) in bars {
            let n = self.pool.number(n);
            factors.push(self.pool.power(base, n));
        }
        let below = self.pool.product(&factors);
        let above: Vec<ExprId> =
            terms.into_iter().map(|term| self.pool.product(&[term, below])).collect();
        (self.pool.sum(&above), below)
    }

    /// What stands above and below the bar, where sums on either side with bars of their own come
    /// over one denominator.
    fn without_inner_bars(&mut self, id: ExprId) -> (ExprId, ExprId) {
        let (above, below) = parts(self.pool, id);
        let sides = [(above, true), (below, false)].map(|(side, is_above)| {
            let mut outer = Pool::ONE;
            let mut inner = side;
            let (_, rest) = self.pool.coefficient(side);
            for factor in self.pool.factors(&rest).to_vec() {
                let (base, exponent) = self.pool.base(factor);
                if !matches!(self.pool.node(base), Node::Sum(_)) {
                    continue;
                }
                let (up, down) = self.over_one(base);
                if down == Pool::ONE {
                    continue;
                }
                let (up, down) =
                    (self.pool.power(up, exponent), self.pool.power(down, exponent));
                inner = self.pool.quotient(inner, factor);
                inner = self.pool.product(&[inner, up]);
                outer = self.pool.product(&[outer, down]);
            }
            (inner, outer, is_above)
        });
        let (mut above, mut below) = (Pool::ONE, Pool::ONE);
        for (inner, outer, is_above) in sides {
            let [own, other] = match is_above {
                true => [&mut above, &mut below],
                false => [&mut below, &mut above],
            };
            *own = self.pool.product(&[*own, inner]);
            *other = self.pool.product(&[*other, outer]);
        }
        let whole = self.pool.quotient(above, below);
        parts(self.pool, whole)
    }

    /// One identity, or two, and what is done then, where that makes the answer.
    fn named(&mut self, raw: ExprId, answer: ExprId) -> Result<Option<Vec<Reason>>> {
        if self.pool.cost(raw) > MAX_NAMED {
            return Ok(None);
        }
        let mut ways: Vec<Way> = vec![(Vec::new(), raw)];
        if let Some(divided) = self.divided(raw) {
            ways.push((vec![Reason::new("divided")], divided));
        }
        let (above, below) = parts(self.pool, raw);
        let opened = [above, below]
            .map(|side| simplify::expand_all(self.pool, side, MAX_EXPANDED));
        if let [Some(above), Some(below)] = opened {
            let opened = self.pool.quotient(above, below);
            if opened != raw {
                ways.push((vec![Reason::new("multiplied_out")], opened));
            }
        }
        for _ in 0..2 {
            let mut next: Vec<Way> = Vec::new();
            for (reasons, from) in &ways {
                for ([left, right], to) in simplify::by_one_identity(self.pool, *from) {
                    let equation = Math::equation(&self.math(left)?, &self.math(right)?);
                    let mut reasons = reasons.clone();
                    reasons.push(Reason::new("identity").with("equation", equation));
                    if to == answer {
                        return Ok(Some(reasons));
                    }
                    next.push((reasons, to));
                }
            }
            for (reasons, to) in &next {
                if let Some(more) = self.algebra(*to, answer)? {
                    return Ok(Some(reasons.iter().cloned().chain(more).collect()));
                }
            }
            next.truncate(WAYS);
            ways = next;
        }
        Ok(None)
    }

    /// A factor that stands above and below the bar of what is held.
    pub(super) fn cancelled_in(&self, held: &Held) -> Option<ExprId> {
        let Held::Quotient(above, below) = held else { return None };
        let (Held::Product(factors), Held::Plain(below)) = (&**above, &**below) else {
            return None;
        };
        let bases: Vec<ExprId> = self
            .pool
            .factors(below)
            .iter()
            .map(|factor| self.pool.base(*factor).0)
            .collect();
        factors.iter().find_map(|factor| {
            let Held::Plain(id) = factor else { return None };
            let (_, rest) = self.pool.coefficient(*id);
            let own = self.pool.factors(&rest).iter();
            let mut own = own.map(|factor| self.pool.base(*factor).0);
            own.find(|base| !self.pool.is_constant(*base) && bases.contains(base))
        })
    }

    /// The factor by which an answer is a product of a sum, where multiplying its terms gives
    /// what was there but for a number before all.
    fn taken_out(&mut self, raw: ExprId, answer: ExprId) -> Option<ExprId> {
        let (before, terms) = self.pool.coefficient(raw);
        let before = match self.pool.node(terms) {
            Node::Sum(_) => before.clone(),
            _ => Number::ONE,
        };
        let answer = self.pool.scale(&before.recip()?, answer);
        let raw = self.pool.scale(&before.recip()?, raw);
        let (n, rest) = self.pool.coefficient(answer);
        let n = n.clone();
        let factors = self.pool.factors(&rest).to_vec();
        let terms = self.pool.terms(&raw).to_vec();
        if terms.len() * factors.len() > MAX_DIVIDED {
            return None;
        }
        for (place, sum) in factors.iter().enumerate() {
            let mut others = factors.clone();
            others.remove(place);
            let factor = self.pool.product_with(n.clone(), &others);
            if factor == Pool::ONE || factor == Pool::MINUS_ONE || terms.len() < 2 {
                continue;
            }
            let left: Vec<ExprId> =
                terms.iter().map(|term| self.pool.quotient(*term, factor)).collect();
            let is_whole = left.iter().all(|term| parts(self.pool, *term).1 == Pool::ONE);
            let left = self.pool.sum(&left);
            let is_left = match self.pool.node(*sum) {
                Node::Sum(_) if left != *sum => {
                    let [opened, own] = [left, *sum]
                        .map(|id| simplify::expand_all(self.pool, id, MAX_EXPANDED));
                    opened.is_some() && opened == own
                }
                Node::Sum(_) => true,
                // What is left of the terms is no sum any more.
                _ => left == *sum && is_whole,
            };
            if is_left && parts(self.pool, factor).1 == Pool::ONE {
                return Some(factor);
            }
        }
        None
    }
}
