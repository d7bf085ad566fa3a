//! Lines of a derivation that are equations: solved for the derivative that stands in them, or
//! relations that hold where the question's equation holds.

use super::super::answers::answer::is_known;
use super::super::engine::Form;
use super::super::formula::Formula;
use super::super::typed::Given;
use super::judge::{Content, Equation, Judge, Value};
use super::lines::{OwnLine, Quoted};
use super::reading::{FRESH, Place, differentials, has_word, refused};
use crate::check::{Decision, Verdict};
use crate::error::Result;
use crate::function;
use crate::kernel::{ExprId, Node, Pool};
use crate::syntax::{Inert, Label, Naming, Reach, Row, Side, Undone, inert};

/// What stands for the differential of the variable.
const STEP: &str = "kappa";
/// How deep logarithms are taken apart.
const LOGARITHMS: usize = 6;

impl Judge<'_, '_> {
    /// A row that names the derivative of an unknown that stands in its formulas as well is an
    /// equation, and so is one that names no derivative of it: `\frac{dy}{dx} 2y = -2x`.
    pub(in crate::session) fn as_equation(&self, row: &Row) -> Row {
        let mut row = row.clone();
        let Some(label) = &row.label else { return row };
        let is_part = self.ground.along.is_some_and(|along| {
            let operand = label.operand.as_deref();
            let is_other = operand.is_some_and(|operand| operand != along.of);
            let is_step = label.naming == Naming::Differential;
            !label.is_value() && (!label.is_general() || is_other || is_step)
        });
        if is_part || self.stands_in_its_formula(label, &row) {
            let text = std::mem::take(&mut row.labelled);
            row.label = None;
            row.sides.insert(0, Side { text, is_near: false });
        }
        row
    }

    /// Whether the derivative that a label names stands in the formulas behind it.
    fn stands_in_its_formula(&self, label: &Label, row: &Row) -> bool {
        let Some(name) = &label.function else { return false };
        let of = self.ground.along.map(|along| &along.of);
        let is_own = of == Some(name) || self.functions.contains(name);
        let order = label.order.unwrap_or(1);
        let names = |mark: &Inert<'_>| match &mark.of {
            Undone::Name(other) => other.ends_with(name.as_str()) && mark.order == order,
            Undone::Formula(_) => false,
        };
        let inner = |mark: &Inert<'_>| {
            mark.argument.is_some() || mark.wrt.iter().any(|w| self.inner(w).is_some())
        };
        is_own
            && !label.is_value()
            && label.is_general()
            && label.operand.is_none()
            && row.sides.iter().any(|side| {
                let marks = inert(&side.text, Reach::Term, &|_| false);
                marks.iter().any(|mark| names(mark) && !inner(mark))
            })
    }

    /// The highest order of a derivative in a row without a label that is an equation: it says
    /// something of what an equation determines, or of the function by its name.
    pub(in crate::session) fn equation_order(&self, row: &Row) -> Option<usize> {
        let [_, _, ..] = &row.sides[..] else { return None };
        if row.label.is_some() || row.is_continued {
            return None;
        }
        let along = self.ground.along.map(|along| &along.of);
        let names: Vec<&String> = self.functions.iter().chain(along).collect();
        let is_own = |mark: &Inert<'_>| match &mark.of {
            Undone::Name(own) => names.iter().any(|name| own.ends_with(name.as_str())),
            Undone::Formula(_) => along.is_some(),
        };
        let marks = |side: &Side| {
            let marks = inert(&side.text, Reach::Term, &|_| false);
            marks.into_iter().filter(is_own).map(|mark| mark.order).max()
        };
        let order = row.sides.iter().filter_map(marks).max();
        let has_step = |side: &Side| {
            self.ground.along.is_some_and(|along| {
                [&along.of, &along.wrt]
                    .iter()
                    .any(|name| !differentials(&side.text, name).is_empty())
            })
        };
        let order = order.or_else(|| row.sides.iter().any(has_step).then_some(1));
        let names_function = |name: &&String| {
            !is_known(self.ground.asked.known, name)
                && row.sides.iter().any(|side| has_word(&side.text, name))
        };
        let is_relation = along.is_some() || names.iter().any(names_function);
        order.or(is_relation.then_some(0))
    }

    /// Judges a row that is an equation.
    pub(in crate::session) fn equation_row(
        &mut self,
        row: &Row,
        order: usize,
    ) -> Result<()> {
        let at = self.equations(order);
        let [left, others @ ..] = &row.sides[..] else { return Ok(()) };
        for (place, right) in others.iter().enumerate() {
            let text = match place {
                0 => format!("{} = {}", left.text, right.text),
                _ => right.text.clone(),
            };
            let sides = [&left.text[..], &right.text[..]];
            let content = self.read_equation(at, order, sides, false);
            let claimed = match self.claims.is_empty() {
                true => Vec::new(),
                false => vec![self.read_equation(at, order, sides, true)],
            };
            self.judge(at, ("", text, false), (vec![content], claimed))?;
        }
        Ok(())
    }

    /// Whether the formulas of a row without a derivative in it are values of the derivative
    /// that are equal, and no equation.
    pub(in crate::session) fn is_chain(&mut self, row: &Row) -> bool {
        let Some(first) = row.sides.first() else { return false };
        let at = self.equations(self.ground.asked.question.order());
        let line = self.read_line(at, &first.text, Reach::Term, self.settings);
        let Ok(Content::Values { values, is_vector, .. }) = line else { return false };
        let on_curve = self.threads[at].on_curve;
        let mut known: Vec<Vec<Value>> = Vec::new();
        known.extend(self.threads[at].right.as_ref().map(|right| right.values.clone()));
        if let Some((_, Content::Values { values, .. })) = &self.threads[at].last {
            known.push(values.clone());
        }
        known.into_iter().any(|known| {
            let sides = [(&known[..], is_vector), (&values[..], is_vector)];
            let names = [String::new(), String::new()];
            let found = self.compare(sides, &[], on_curve, names, (false, None));
            found.is_ok_and(|decision| decision.verdict.is_equal())
        })
    }

    /// What an equation says: the derivative for which it is solved, or a relation.
    pub(in crate::session) fn read_equation(
        &mut self,
        at: usize,
        order: usize,
        sides: [&str; 2],
        claimed: bool,
    ) -> Result<Content> {
        let is_free = |name: &&&str| {
            !is_known(self.ground.asked.known, name)
                && !sides.iter().any(|side| side.contains(**name))
        };
        let slope = [FRESH[0], FRESH[2], FRESH[3]]
            .iter()
            .find(is_free)
            .copied()
            .ok_or_else(|| refused("there are too many Greek letters".to_owned()))?;
        let slope_and_order = Some((slope, order.max(1)));
        let step = (order == 1).then_some(STEP).filter(|name| is_free(&name));
        let place = Place {
            slope: slope_and_order,
            step,
            claimed,
            ..Place::new(at, self.settings)
        };
        let mut read = Vec::with_capacity(2);
        let mut open = false;
        for side in sides {
            let Content::Values { values, is_open, .. } = self.read_at(side, place)?
            else {
                continue;
            };
            open |= is_open;
            match &values[..] {
                [Value::Typed(formula, 0)] => read.push(Formula::clone(formula)),
                _ => return Err(refused(format!("`{side}` is not one formula"))),
            }
        }
        let [left, right] = &read[..] else {
            return Err(refused("an equation has two sides".to_owned()));
        };
        let engine = &mut *self.engine;
        let symbol = engine.pool.symbol(slope);
        let sides = [left.roots[0], right.roots[0]];
        let gap = engine.pool.difference(sides[0], sides[1]);
        let factor = engine.derivative(gap, slope, Form::Auto, &mut ())?;
        if factor == Pool::ZERO {
            return Ok(Content::Relation(Box::new([left.clone(), right.clone()])));
        }
        if engine.pool.may_depend(factor, symbol) {
            let what = "the equation is not linear in the derivative".to_owned();
            return Err(refused(what));
        }
        let at_zero = [(symbol, Pool::ZERO)];
        let rest = engine.pool.substitute(&[gap], &at_zero, function::apply)[0];
        let quotient = engine.pool.quotient(rest, factor);
        let value = engine.pool.negate(quotient);
        let value = engine.simplify(value)?;
        engine.check_limits()?;
        let mut sides = sides;
        if let Some(step) = step {
            // Divided by the differential of the variable.
            let put = [(engine.pool.symbol(step), Pool::ONE)];
            sides = sides
                .map(|side| engine.pool.substitute(&[side], &put, function::apply)[0]);
        }
        let values = vec![Value::Found(value)];
        let equation = Some(Equation { sides, slope: symbol });
        Ok(Content::Values { values, is_vector: false, is_open: open, equation })
    }

    /// Whether an equation without a derivative in it holds: where the function has its values,
    /// or where the equation of the question holds; and what is quoted of it where it does not.
    pub(in crate::session) fn relation(
        &mut self,
        sides: &[Formula; 2],
    ) -> Result<(Decision, Quoted)> {
        let formula = self.ground.asked.formula;
        let [left, right] = sides;
        let Some(along) = self.ground.along else {
            let sides = [
                (Given::Typed(left, 0), "the left side"),
                (Given::Typed(right, 0), "the right side"),
            ];
            let found = self.engine.compare_within(formula, Some(0), None, sides)?;
            return Ok((found, Quoted::Sides));
        };
        let found = self.engine.same_equation(formula, left, right)?;
        if found.verdict.is_equal() {
            return Ok((found, Quoted::Lines));
        }
        if self.is_logarithm(formula, [left.roots[0], right.roots[0]])? {
            let known = "proved: the logarithm of both sides".to_owned();
            return Ok((Decision { verdict: Verdict::Equal, known }, Quoted::Lines));
        }
        let sides = [Given::Typed(left, 0), Given::Typed(right, 0)];
        let there = self.engine.compare_on_curve(formula, along, sides)?;
        if there.verdict.is_equal() {
            let reason = "it holds where values were tried, but the two equations are not proved to say the same";
            let verdict = Verdict::Undecided { reason: reason.to_owned() };
            let known = "neither proved nor refuted".to_owned();
            return Ok((Decision { verdict, known }, Quoted::Sides));
        }
        Ok((there, Quoted::Sides))
    }

    /// Whether an equation is the logarithm of both sides of the question's.
    fn is_logarithm(&mut self, formula: &Formula, sides: [ExprId; 2]) -> Result<bool> {
        let terms = self.engine.pool.terms(&formula.roots[0]).to_vec();
        let [one, other] = terms[..] else { return Ok(false) };
        let other = self.engine.pool.negate(other);
        let mut logarithms = Vec::with_capacity(2);
        for side in [one, other] {
            // The sign of both may have been turned round.
            let side = match self.engine.pool.leads_negative(side) {
                true => self.engine.pool.negate(side),
                false => side,
            };
            let Some(found) = self.logarithm(side, LOGARITHMS) else { return Ok(false) };
            logarithms.push(found);
        }
        if self.engine.pool.leads_negative(one) != self.engine.pool.leads_negative(other)
        {
            return Ok(false);
        }
        let pool = &mut self.engine.pool;
        let right = pool.difference(logarithms[0], logarithms[1]);
        let own = pool.difference(sides[0], sides[1]);
        for own in [own, self.engine.pool.negate(own)] {
            let gap = self.engine.pool.difference(right, own);
            let found = self.engine.simplify(gap)?;
            let expanded = self.engine.shape(found, Form::Expanded)?;
            if [found, expanded].contains(&Pool::ZERO) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// A logarithm, taken apart where it is one of a product or a power.
    fn logarithm(&mut self, of: ExprId, depth: usize) -> Option<ExprId> {
        if depth == 0 || of == Pool::ZERO {
            return None;
        }
        let pool = &mut self.engine.pool;
        let factors = pool.factors(&of).to_vec();
        if factors.len() > 1 || matches!(pool.node(of), Node::Multiple(..)) {
            let (n, rest) = pool.coefficient(of);
            let n = n.clone();
            let mut terms = Vec::new();
            if rest != of {
                let n = pool.number(n);
                terms.push(self.logarithm(n, depth - 1)?);
                terms.push(self.logarithm(rest, depth - 1)?);
            } else {
                for factor in factors {
                    terms.push(self.logarithm(factor, depth - 1)?);
                }
            }
            return Some(self.engine.pool.sum(&terms));
        }
        let (base, exponent) = pool.base(of);
        if exponent == Pool::ONE {
            let ln = function::lookup("ln", 1)?;
            return Some(function::apply(pool, ln, &[of]));
        }
        let inner = self.logarithm(base, depth - 1)?;
        Some(self.engine.pool.product(&[exponent, inner]))
    }

    /// Says of an equation that does not follow what stands in it, and no value for which
    /// nobody solved it.
    pub(in crate::session) fn quote(
        &mut self,
        at: usize,
        line: &mut OwnLine,
        content: &Content,
    ) -> Result<()> {
        let Content::Values { equation: Some(equation), .. } = content else {
            return Ok(());
        };
        let pool = &self.engine.pool;
        let [left, right] = equation.sides;
        if line.follows != Some(false)
            || left == equation.slope && !pool.may_depend(right, equation.slope)
        {
            return Ok(());
        }
        let name = self.ground.along.map(|along| along.of.clone());
        let name = name.or_else(|| self.functions.first().cloned());
        let name = name.unwrap_or_else(|| self.ground.asked.formula.name.clone());
        let order = self.threads[at].order.max(1);
        line.quoted = Quoted::Slope(format!("{name}{}", "'".repeat(order)));
        // The side with the derivative is known where that is.
        let value =
            self.threads[at].right.as_ref().and_then(|right| right.values.first());
        let (Some(value), false, None) =
            (value.map(Value::id), pool.may_depend(right, equation.slope), line.before)
        else {
            return Ok(());
        };
        if self.ground.along.is_some() {
            return Ok(());
        }
        let put = [(equation.slope, value)];
        let Some(left) = self.with_put(left, &put) else { return Ok(()) };
        let left = self.engine.simplify(left)?;
        let sides =
            [(Given::Found(left), "what is right"), (Given::Found(right), "this line")];
        let formula = self.ground.asked.formula;
        let found = self.engine.compare_within(formula, Some(0), None, sides)?;
        if found.verdict.is_different() {
            line.decision = Some(found);
            line.step = None;
            line.quoted = Quoted::Lines;
        }
        Ok(())
    }
}
