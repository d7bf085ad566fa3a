//! A derivative or a form that doubles say is wrong is asked again with many digits, before it is
//! called so: `sin(pi/2 - 10^-30*y)` is 1 in doubles, and its slope is no more than their errors.

use super::engine::Engine;
use crate::check::{Comparison, Decision, Domain, Side};
use crate::error::Result;
use crate::evaluate::{Tape, digits};
use crate::function;
use crate::kernel::{Assumption, ExprId, Node, Number, Pool};
use crate::syntax;

/// The digits of the step of a quotient, and of what is compared.
const STEP: i64 = 20;
const DIGITS: usize = 15;
/// How far a quotient may be off: its own error is of the order of the square of its step.
const TOLERANCE: f64 = 1e-9;

/// What is compared, to be compared once more.
pub(super) struct Again<'a> {
    ids: [ExprId; 2],
    names: [&'a str; 2],
    assumptions: &'a [(String, Assumption)],
    domain: Domain,
}

impl<'a> Again<'a> {
    /// The two sides of a comparison.
    pub(super) fn of(comparison: &Comparison<'a>) -> Self {
        let (left, right) = (&comparison.left, &comparison.right);
        Self {
            ids: [left.id, right.id],
            names: [left.name, right.name],
            assumptions: comparison.assumptions,
            domain: comparison.domain,
        }
    }
}

impl Engine {
    /// A decision that two expressions differ, or that they are equal where doubles alone told
    /// of values of functions without a definition: of variables in their place there are
    /// digits.
    pub(super) fn refuted(
        &mut self,
        decision: Decision,
        again: Again<'_>,
    ) -> Result<Decision> {
        let Some(ids) = self.without_abstracts(again.ids) else { return Ok(decision) };
        let mut tape = Tape::default();
        let slots = tape.add_expressions(&self.pool, &ids);
        let side = |place: usize| Side {
            value: slots[place],
            id: ids[place],
            name: again.names[place],
        };
        let comparison = Comparison {
            left: side(0),
            right: side(1),
            tape: &mut tape,
            within_left: true,
            or_complex: false,
            primitive: None,
            assumptions: again.assumptions,
            domain: again.domain,
        };
        let (pool, checker) = self.pool_and_checker();
        let found = comparison.decide(pool, checker)?;
        self.check_limits()?;
        Ok(if found.verdict.is_equal() { found } else { decision })
    }

    /// Whether the quotient of differences of an expression comes to its derivative at a point
    /// `x = 1, y = 2`, with many digits; false where it is not known.
    pub(super) fn is_confirmed(
        &mut self,
        of: ExprId,
        variable: &str,
        derivative: ExprId,
        point: &str,
    ) -> bool {
        let place = |pair: &str| {
            let (name, value) = pair.split_once(" = ")?;
            let size = syntax::number(value.trim_start_matches('-')).ok()?;
            let value = if value.starts_with('-') { size.neg() } else { size };
            Some((name.to_owned(), value))
        };
        let Some(place) = point.split(", ").map(place).collect::<Option<Vec<_>>>() else {
            return false;
        };
        self.is_slope(of, variable, derivative, &place).unwrap_or(false)
    }

    fn is_slope(
        &mut self,
        of: ExprId,
        variable: &str,
        derivative: ExprId,
        place: &[(String, Number)],
    ) -> Option<bool> {
        let step = Number::from(10).pow(-STEP, u64::MAX)?;
        let above = self.at_step(of, variable, &step, place);
        let below = self.at_step(of, variable, &step.neg(), place);
        let slope = self.at_step(derivative, variable, &Number::ZERO, place);
        let rise = self.pool.difference(above, below);
        let run = self.pool.number(step.add(&step));
        let run = self.pool.power(run, Pool::MINUS_ONE);
        let quotient = self.pool.product(&[rise, run]);
        let off = self.pool.difference(quotient, slope);
        let off = self.simplify(off).ok()?;
        if off == Pool::ZERO {
            return Some(true);
        }
        let value = |id| {
            let text = digits::decimal(&self.pool, id, DIGITS, syntax::in_normal_form);
            text.ok()?.parse::<f64>().ok()
        };
        let size = value(slope)?;
        Some(value(off)?.abs() <= TOLERANCE * size.abs())
    }

    /// An expression at a point, with one variable moved by a step.
    fn at_step(
        &mut self,
        id: ExprId,
        variable: &str,
        step: &Number,
        place: &[(String, Number)],
    ) -> ExprId {
        let mut values = Vec::with_capacity(place.len());
        for (name, value) in place {
            let value = if name == variable { value.add(step) } else { value.clone() };
            values.push((self.pool.symbol(name), self.pool.number(value)));
        }
        self.pool.substitute(&[id], &values, function::apply)[0]
    }

    /// Two expressions with variables for what functions without a definition give; `None`
    /// where there are none.
    fn without_abstracts(&mut self, pair: [ExprId; 2]) -> Option<[ExprId; 2]> {
        let is_abstract = |id: &ExprId| matches!(self.pool.node(*id), Node::Apply(f, _) if f.is_abstract());
        let found: Vec<ExprId> =
            self.pool.reachable(&pair).into_iter().filter(is_abstract).collect();
        let symbol = |(place, id): (usize, &ExprId)| {
            (*id, self.pool.symbol(&format!("value_{place}_of_a_function")))
        };
        let values: Vec<(ExprId, ExprId)> =
            found.iter().enumerate().map(symbol).collect();
        let pair = self.pool.substitute(&pair, &values, function::apply);
        (!values.is_empty()).then(|| [pair[0], pair[1]])
    }
}
