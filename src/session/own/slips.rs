//! Slips between two lines of a derivation: the line before as it was typed, with one operation
//! done wrong, is the line.

use super::super::engine::Form;
use super::judge::{Content, Equation, Judge, Value};
use super::lines::OwnLine;
use super::slipping::{Made, Slipping};
use crate::check::{Mistake, slip};
use crate::error::Result;
use crate::kernel::{ExprId, Number, Pool};
use crate::print::{self, Notation};
use crate::syntax;

/// How many operations of a kind are done wrong, one after the other.
const PLACES: usize = 12;
/// How many terms of an equation are looked at.
const TERMS: usize = 8;
/// The most characters of an expression in a sentence.
const LENGTH: usize = 100;
/// The highest power that is multiplied out in a sentence.
const HIGHEST: i64 = 4;

/// The ids of the slips of algebra.
const ALGEBRA: [&str; 11] = [
    "power-of-sum",
    "root-of-sum",
    "fraction-over-sum",
    "logarithm-of-sum",
    "sign-in-brackets",
    "sign-of-one-term",
    "power-of-first-factor",
    "exponent-of-root",
    "factor-of-one-term",
    "factor-lost-inside",
    "unlike-terms",
];

impl Judge<'_, '_> {
    /// The slip that makes a line of the line before it, or of the question's equation.
    pub(in crate::session) fn slip(
        &mut self,
        at: usize,
        line: &OwnLine,
        content: &Content,
    ) -> Option<Mistake> {
        let last = self.threads[at].last.clone().filter(|_| line.before.is_some());
        let found = match (content, last) {
            (
                Content::Values { values, equation: None, .. },
                Some((_, Content::Values { values: before, .. })),
            ) => match (&before[..], &values[..]) {
                ([Value::Typed(..)], [value]) => self.algebra(&before[0], value.id()),
                _ => Ok(None),
            },
            (
                Content::Values { equation: Some(own), .. },
                Some((_, Content::Values { equation: Some(before), .. })),
            ) => self.between(*own, before),
            (Content::Values { equation: Some(own), .. }, None) => {
                self.of_both_sides(own.sides, own.slope)
            }
            (Content::Relation(sides), None) => {
                let sides = [sides[0].roots[0], sides[1].roots[0]];
                let slope = self.engine.pool.symbol(super::reading::FRESH[0]);
                self.of_both_sides(sides, slope)
            }
            _ => Ok(None),
        };
        // What was tried may have run into a limit; the line has not.
        self.engine.pool.take_failure();
        found.unwrap_or_default()
    }

    fn algebra(&mut self, before: &Value, after: ExprId) -> Result<Option<Mistake>> {
        let Value::Typed(formula, root) = before else { return Ok(None) };
        let declared: Vec<&str> = formula.declared().iter().map(String::as_str).collect();
        for id in ALGEBRA {
            for left in 0..PLACES {
                let pool = &mut self.engine.pool;
                let mut slipping = Slipping { pool, id, left, made: None };
                let roots =
                    syntax::lower(formula.program(), &declared, &mut slipping)?.roots;
                let (Some(made), Some(wrong)) = (slipping.made, roots.get(*root)) else {
                    break;
                };
                if self.is_zero(*wrong, after)? {
                    return self.told(id, &made);
                }
            }
        }
        let right = before.id();
        let turned = self.engine.pool.negate(right);
        match self.is_zero(turned, after)? {
            true => Ok(self.sentence("sign-lost", &[("f", right)], &[])),
            false => Ok(None),
        }
    }

    fn told(&mut self, id: &'static str, made: &Made) -> Result<Option<Mistake>> {
        let [u, n] = made.of;
        let is_low = self.engine.pool.as_number(n).and_then(Number::to_i64);
        let right = match is_low.is_some_and(|n| n.abs() <= HIGHEST) {
            true => self.engine.shape(made.right, Form::Expanded)?,
            false => made.right,
        };
        // Signs are seen in what was multiplied out.
        let wrong = match id {
            "sign-of-one-term" => self.engine.shape(made.wrong, Form::Expanded)?,
            _ => made.wrong,
        };
        let parts = [("f", made.right), ("g", right), ("w", wrong), ("u", u), ("n", n)];
        Ok(self.sentence(id, &parts, &[]))
    }

    /// A slip from one equation to the next.
    fn between(&mut self, own: Equation, before: Equation) -> Result<Option<Mistake>> {
        let [gap, last] = [own, before].map(|equation| {
            let [left, right] = equation.sides;
            self.engine.pool.difference(left, right)
        });
        let last = self.engine.shape(last, Form::Expanded)?;
        let terms = self.engine.pool.terms(&last).to_vec();
        let terms: Vec<ExprId> = terms.into_iter().take(TERMS).collect();
        // The term that went to the other side, else one with the sign of all others.
        let exactly = terms.iter().map(|term| (*term, true));
        for (term, is_exact) in exactly.chain(terms.iter().map(|term| (*term, false))) {
            let twice = self.engine.pool.scale(&Number::from(-2), term);
            let wrong = self.engine.pool.sum(&[last, twice]);
            let is_slip = match is_exact {
                true => self.is_zero(wrong, gap)?,
                false => self.is_multiple(wrong, gap)?,
            };
            if is_slip {
                let pool = &mut self.engine.pool;
                let term = match pool.leads_negative(term) {
                    true => pool.negate(term),
                    false => term,
                };
                return Ok(self.sentence(
                    "sign-on-other-side",
                    &[("t", term)],
                    &[own.slope],
                ));
            }
        }
        Ok(None)
    }

    /// A slip in the derivatives of both sides of the question's equation.
    fn of_both_sides(
        &mut self,
        sides: [ExprId; 2],
        slope: ExprId,
    ) -> Result<Option<Mistake>> {
        let Some(along) = self.ground.along else { return Ok(None) };
        let [x, y] = [&along.wrt, &along.of].map(|name| self.engine.pool.symbol(name));
        let equation = self.ground.asked.formula.roots[0];
        let gap = self.engine.pool.difference(sides[0], sides[1]);
        let terms = self.engine.pool.terms(&equation).to_vec();
        if terms.len() > TERMS {
            return Ok(None);
        }
        let mut slopes = Vec::with_capacity(terms.len());
        for term in &terms {
            let own = self.engine.derivative(*term, &along.wrt, Form::Auto, &mut ())?;
            let other = self.engine.derivative(*term, &along.of, Form::Auto, &mut ())?;
            let pool = &mut self.engine.pool;
            let inner = pool.product(&[other, slope]);
            slopes.push([pool.sum(&[own, inner]), pool.sum(&[own, other]), other]);
        }
        let all: Vec<ExprId> = slopes.iter().map(|[right, ..]| *right).collect();
        let bare: Vec<ExprId> = slopes.iter().map(|[_, bare, _]| *bare).collect();
        let whole = self.engine.pool.sum(&bare);
        let all_bare = self.is_multiple(whole, gap)?;
        for (place, term) in terms.iter().enumerate() {
            let [right, bare, other] = slopes[place];
            let with = |judge: &mut Self, put: ExprId| {
                let mut wrong = all.clone();
                wrong[place] = put;
                let wrong = judge.engine.pool.sum(&wrong);
                judge.is_multiple(wrong, gap)
            };
            let (q, d) = match self.engine.pool.leads_negative(*term) {
                true => (self.engine.pool.negate(*term), self.engine.pool.negate(right)),
                false => (*term, right),
            };
            let d = self.engine.simplify(d)?;
            if other != Pool::ZERO && (all_bare || with(self, bare)?) {
                let parts = [("y", y), ("x", x), ("q", q), ("d", d), ("s", slope)];
                return Ok(self.sentence("slope-missing", &parts, &[slope]));
            }
            if right == Pool::ZERO {
                if *term != Pool::ZERO && with(self, *term)? {
                    return Ok(self.sentence("constant-side-kept", &[("q", q)], &[]));
                }
                continue;
            }
            let parts = self.engine.shape(right, Form::Expanded)?;
            for part in self.engine.pool.terms(&parts).to_vec().into_iter().take(TERMS) {
                for (id, times) in [("side-term-missing", -1), ("side-term-sign", -2)] {
                    let change = self.engine.pool.scale(&Number::from(times), part);
                    let put = self.engine.pool.sum(&[right, change]);
                    if with(self, put)? {
                        let part = match self.engine.pool.leads_negative(*term) {
                            true => self.engine.pool.negate(part),
                            false => part,
                        };
                        let parts = [("q", q), ("d", d), ("t", part)];
                        return Ok(self.sentence(id, &parts, &[slope]));
                    }
                }
            }
        }
        self.of_one_term(&terms, &all, (gap, slope))
    }

    /// The term of which the derivative is wrong, where those of all others stand in an
    /// equation as they are.
    fn of_one_term(
        &mut self,
        terms: &[ExprId],
        slopes: &[ExprId],
        (gap, slope): (ExprId, ExprId),
    ) -> Result<Option<Mistake>> {
        let own = self.engine.shape(gap, Form::Expanded)?;
        let own = self.engine.pool.terms(&own).to_vec();
        let mut found = None;
        for (place, term) in terms.iter().enumerate() {
            if slopes[place] == Pool::ZERO {
                continue;
            }
            let mut left = own.clone();
            let mut is_kept = true;
            for (other, right) in slopes.iter().enumerate() {
                if other == place || *right == Pool::ZERO {
                    continue;
                }
                let right = self.engine.shape(*right, Form::Expanded)?;
                for part in self.engine.pool.terms(&right).to_vec() {
                    match left.iter().position(|known| *known == part) {
                        Some(at) => drop(left.remove(at)),
                        None => is_kept = false,
                    }
                }
            }
            if !is_kept || left.is_empty() || left.len() == own.len() {
                continue;
            }
            if found.is_some() {
                return Ok(None);
            }
            found = Some((*term, slopes[place], left));
        }
        let Some((term, right, left)) = found else { return Ok(None) };
        let mut parts = [term, right, self.engine.pool.sum(&left)];
        if self.engine.pool.leads_negative(term) {
            parts = parts.map(|part| self.engine.pool.negate(part));
        }
        let [q, d, w] = parts;
        let d = self.engine.simplify(d)?;
        let parts = [("q", q), ("d", d), ("w", w)];
        Ok(self.sentence("side-derivative", &parts, &[slope]))
    }

    fn is_zero(&mut self, one: ExprId, other: ExprId) -> Result<bool> {
        let gap = self.engine.pool.difference(one, other);
        Ok(gap == Pool::ZERO || self.engine.simplify(gap)? == Pool::ZERO)
    }

    /// Whether one expression is a number times another, and neither is 0.
    pub(in crate::session) fn is_multiple(
        &mut self,
        one: ExprId,
        other: ExprId,
    ) -> Result<bool> {
        if [one, other].contains(&Pool::ZERO) {
            return Ok(false);
        }
        let ratio = self.engine.pool.quotient(one, other);
        let ratio = self.engine.simplify(ratio)?;
        Ok(ratio != Pool::ZERO && self.engine.pool.as_number(ratio).is_some())
    }

    /// The sentence of a slip with its formulas; the derivative is printed with its prime.
    pub(in crate::session) fn sentence(
        &mut self,
        id: &str,
        parts: &[(&'static str, ExprId)],
        slopes: &[ExprId],
    ) -> Option<Mistake> {
        let along = self.ground.along;
        let mut written = Vec::with_capacity(parts.len());
        for (name, value) in parts {
            let mut text =
                print::write(&self.engine.pool, *value, Notation::Text).ok()?;
            for slope in slopes {
                let (Some(own), Some(along)) =
                    (self.engine.pool.symbol_name(*slope), along)
                else {
                    continue;
                };
                text = text.replace(own, &format!("{}'", along.of));
            }
            if text.chars().count() > LENGTH {
                return None;
            }
            written.push((*name, text));
        }
        slip(id, &written, self.engine.locale)
    }
}
