//! The one part in which a line of a derivation differs from the line before: a term of a sum or
//! of an equation, a factor of a product, the sign or the bar of a solution.

use super::super::engine::Form;
use super::judge::{Content, Equation, Judge};
use super::lines::OwnLine;
use crate::check::Mistake;
use crate::error::Result;
use crate::kernel::{ExprId, Pool};

/// A term that there should be, and the one that there is.
type Terms = (Option<ExprId>, Option<ExprId>);

impl Judge<'_, '_> {
    /// The one term in which a line differs from the line before, both multiplied out, or the
    /// one factor.
    pub(in crate::session) fn other_part(
        &mut self,
        at: usize,
        line: &OwnLine,
        content: &Content,
    ) -> Option<Mistake> {
        let last = self.threads[at].last.clone().filter(|_| line.before.is_some())?;
        let (
            (_, Content::Values { values: before, equation: last, .. }),
            Content::Values { values, equation: own, .. },
        ) = (last, content)
        else {
            return None;
        };
        let ([before], [value]) = (&before[..], &values[..]) else { return None };
        let (right, wrong) = (before.id(), value.id());
        let found = match (last, own) {
            (Some(last), Some(own)) => self.term_of_equation(last, *own),
            (None, Some(_)) => return None,
            (last, None) => self.other_value(right, wrong, last.is_some()),
        };
        self.engine.pool.take_failure();
        found.ok().flatten()
    }

    /// The one part in which a value differs from what is right, which an equation may have been
    /// solved for.
    fn other_value(
        &mut self,
        right: ExprId,
        wrong: ExprId,
        is_solved: bool,
    ) -> Result<Option<Mistake>> {
        if is_solved && let Some(found) = self.turned(right, wrong)? {
            return Ok(Some(found));
        }
        match self.one_term(right, wrong)? {
            None => self.one_factor(right, wrong),
            found => Ok(found),
        }
    }

    /// The one term in which an equation differs from the one before, with the sign that it has
    /// where it stands.
    fn term_of_equation(
        &mut self,
        last: Equation,
        own: Equation,
    ) -> Result<Option<Mistake>> {
        let [meant, gap] = [last, own].map(|equation| {
            let [left, right] = equation.sides;
            self.engine.pool.difference(left, right)
        });
        let Some((right, wrong)) = self.other_terms(meant, gap)? else { return Ok(None) };
        let beside = match wrong {
            Some(_) => own.sides[1],
            None => last.sides[1],
        };
        let beside = self.engine.shape(beside, Form::Expanded)?;
        let pool = &mut self.engine.pool;
        let is_turned = [wrong, right].into_iter().flatten().next().is_some_and(|term| {
            let turned = pool.negate(term);
            pool.terms(&beside).contains(&turned)
        });
        let [right, wrong] = [right, wrong].map(|term| match is_turned {
            true => term.map(|term| pool.negate(term)),
            false => term,
        });
        Ok(self.of_terms(right, wrong, &[own.slope]))
    }

    /// A solution with the other sign, or with its fraction upside down.
    fn turned(&mut self, right: ExprId, wrong: ExprId) -> Result<Option<Mistake>> {
        if [right, wrong].contains(&Pool::ZERO) {
            return Ok(None);
        }
        let sum = self.engine.pool.sum(&[right, wrong]);
        let product = self.engine.pool.product(&[right, wrong]);
        if self.engine.simplify(sum)? == Pool::ZERO {
            return Ok(self.sentence("solved-sign", &[("g", right)], &[]));
        }
        Ok(match self.engine.simplify(product)? {
            Pool::ONE => self.sentence("solved-upside-down", &[("g", right)], &[]),
            _ => None,
        })
    }

    /// The one factor in which a line differs from the line before, both as products.
    fn one_factor(&mut self, right: ExprId, wrong: ExprId) -> Result<Option<Mistake>> {
        if [right, wrong].contains(&Pool::ZERO) {
            return Ok(None);
        }
        let [right, wrong] =
            [right, wrong].map(|id| self.engine.shape(id, Form::Factored));
        let mut sides = [right?, wrong?].map(|id| self.factors_of(id));
        let shared: Vec<_> =
            sides[0].iter().filter(|factor| sides[1].contains(factor)).copied().collect();
        for side in &mut sides {
            side.retain(|factor| !shared.contains(factor));
        }
        let is_known = match (&sides[0][..], &sides[1][..]) {
            ([(one, _)], [(other, _)]) => !shared.is_empty() || one == other,
            // Of a sign it is said elsewhere.
            ([(one, _)], []) | ([], [(one, _)]) => *one != Pool::MINUS_ONE,
            _ => false,
        };
        if !is_known {
            return Ok(None);
        }
        let [right, wrong] = sides.map(|side| -> Vec<ExprId> {
            let pool = &mut self.engine.pool;
            side.into_iter().map(|(base, n)| pool.power(base, n)).collect()
        });
        Ok(match (&right[..], &wrong[..]) {
            ([g], [w]) => self.sentence("factor-wrong", &[("g", *g), ("w", *w)], &[]),
            ([g], []) => self.sentence("factor-lost", &[("g", *g)], &[]),
            ([], [w]) => self.sentence("factor-added", &[("w", *w)], &[]),
            _ => None,
        })
    }

    /// The factors of a product as bases and exponents, its number first.
    fn factors_of(&mut self, id: ExprId) -> Vec<(ExprId, ExprId)> {
        let pool = &mut self.engine.pool;
        if pool.as_number(id).is_some() {
            return vec![(id, Pool::ONE)];
        }
        let (number, rest) = pool.coefficient(id);
        let number = number.clone();
        let number = (pool.number(number), Pool::ONE);
        let mut found = if number.0 == Pool::ONE { Vec::new() } else { vec![number] };
        found.extend(pool.factors(&rest).iter().map(|factor| pool.base(*factor)));
        found
    }

    fn one_term(&mut self, right: ExprId, wrong: ExprId) -> Result<Option<Mistake>> {
        let found = self.other_terms(right, wrong)?;
        Ok(found.and_then(|(right, wrong)| self.of_terms(right, wrong, &[])))
    }

    /// The sentence of a term that should be another, or none, or that is missing.
    fn of_terms(
        &mut self,
        right: Option<ExprId>,
        wrong: Option<ExprId>,
        slopes: &[ExprId],
    ) -> Option<Mistake> {
        match (right, wrong) {
            (Some(g), Some(w)) => {
                self.sentence("term-wrong", &[("g", g), ("w", w)], slopes)
            }
            (None, Some(w)) => self.sentence("term-added", &[("w", w)], slopes),
            (Some(g), None) => self.sentence("term-lost", &[("g", g)], slopes),
            (None, None) => None,
        }
    }

    /// The one term of each of two expressions, multiplied out, that the other one has not.
    fn other_terms(&mut self, right: ExprId, wrong: ExprId) -> Result<Option<Terms>> {
        let [right, wrong] =
            [right, wrong].map(|id| self.engine.shape(id, Form::Expanded));
        let [right, wrong] = [right?, wrong?];
        let parts = |pool: &Pool, id: ExprId| -> Vec<(ExprId, ExprId)> {
            let terms = pool.terms(&id).iter().filter(|term| **term != Pool::ZERO);
            terms.map(|term| (pool.numbered(*term).1, *term)).collect()
        };
        let own = parts(&self.engine.pool, wrong);
        let meant = parts(&self.engine.pool, right);
        let is_in = |list: &[(ExprId, ExprId)], part| list.contains(part);
        let stray: Vec<_> = own.iter().filter(|part| !is_in(&meant, part)).collect();
        let lacking: Vec<_> = meant.iter().filter(|part| !is_in(&own, part)).collect();
        let is_one = own.len().max(meant.len()) > 1;
        Ok(match (&stray[..], &lacking[..]) {
            ([(one, w)], [(other, g)]) if one == other || is_one => {
                Some((Some(*g), Some(*w)))
            }
            ([(_, w)], []) if is_one => Some((None, Some(*w))),
            ([], [(_, g)]) if is_one => Some((Some(*g), None)),
            _ => None,
        })
    }
}
