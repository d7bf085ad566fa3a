//! Implicit differentiation: both sides, then the solution, order by order.

use super::demand::{self, Demand, Kind};
use super::deriver::{Deriver, Subject};
use super::log::Dependent;
use super::settle::parts;
use crate::derivation::{Claim, Derivation, Detail, Line, Math, Reason};
use crate::error::Result;
use crate::function;
use crate::kernel::{ExprId, Node, Pool};
use crate::print::{self, Held, Mark};
use crate::simplify::{self, Simplifier};

/// The most lines of a side that are told as one.
const SHORT: usize = 2;
/// The most terms of a side that is multiplied out.
const MAX_TERMS: usize = 40;

/// What is derived from equations.
#[derive(Clone, Debug)]
pub struct Curve {
    /// Both sides of each equation.
    pub equations: Vec<[ExprId; 2]>,
    /// The variable.
    pub variable: ExprId,
    /// How derivatives are marked.
    pub mark: Mark,
    /// The unknowns with the names of their first derivatives.
    pub unknowns: Vec<Dependent>,
    /// For each unknown its derivatives by order, each with its name.
    pub orders: Vec<Vec<(Math, ExprId)>>,
    /// All variables on which the unknowns depend.
    pub independent: Vec<ExprId>,
    /// How much is told.
    pub detail: Detail,
}

/// The derivation of the derivatives of unknowns.
///
/// # Errors
/// A function without a known derivative, a limit.
pub fn implicit(
    pool: &mut Pool,
    simplifier: &mut Simplifier,
    curve: &Curve,
) -> Result<Derivation> {
    let about = (curve.variable, curve.mark);
    let detail = (curve.detail, curve.unknowns.clone());
    let mut deriver = Deriver::with(pool, simplifier, about, detail);
    for [left, right] in &curve.equations {
        let (label, value) = (deriver.math(*left)?, deriver.math(*right)?);
        let is_equation = true;
        deriver.lines.push(Line {
            label,
            values: vec![value],
            is_equation,
            ..Line::default()
        });
    }
    for [left, right] in &curve.equations {
        deriver.both_sides((*left, *right), &curve.independent)?;
    }
    let first: Vec<(ExprId, ExprId)> = curve
        .unknowns
        .iter()
        .zip(&curve.orders)
        .filter_map(|((_, slope), orders)| Some((*slope, orders.first()?.1)))
        .collect();
    for orders in &curve.orders {
        for (order, (label, answer)) in orders.iter().enumerate() {
            match order {
                0 => deriver.first(curve, label, *answer)?,
                _ => {
                    deriver.again(curve, orders[order - 1].1, (label, *answer), &first)?
                }
            }
        }
    }
    Ok(deriver.derivation())
}

impl Deriver<'_> {
    /// The derivative of both sides of an equation, each on lines of its own where it is long.
    fn both_sides(
        &mut self,
        (left, right): (ExprId, ExprId),
        independent: &[ExprId],
    ) -> Result<()> {
        let mut sides = Vec::new();
        let mut rules = 1;
        for side in [left, right] {
            let from = self.lines.len();
            let label = self.held(&Held::Derivative(side))?;
            self.derive(&Subject { of: side, label, answer: None })?;
            let last = self.lines.last().and_then(|line| line.values.last()).cloned();
            if self.lines.len() - from <= SHORT {
                rules += self.lines[from..].iter().map(|line| line.rules).sum::<usize>();
                self.lines.truncate(from);
            }
            sides.push(last.unwrap_or_default());
        }
        let unknowns = self.log.unknowns();
        let many = unknowns.len() > 1;
        let unknowns = self.list(&unknowns)?;
        let id = if many { "both_sides_many" } else { "both_sides" };
        let variable = self.math(self.variable)?;
        let (d, latex_d) = match independent.len() {
            1 => ("d", "d"),
            _ => ("∂", "\\partial "),
        };
        let operator = Math {
            text: format!("{d}/{d}{}", variable.text),
            latex: format!(
                "\\frac{{{}}}{{{latex_d}{}}}",
                latex_d.trim_end(),
                variable.latex
            ),
        };
        let variables = self.list(independent)?;
        let reason = Reason::new(id)
            .with("operator", operator)
            .with("variable", variable)
            .with("variables", variables)
            .with("unknowns", unknowns);
        let right = sides.pop().unwrap_or_default();
        let label = sides.pop().unwrap_or_default();
        let reasons = vec![reason];
        let (values, is_equation) = (vec![right], true);
        self.lines.push(Line {
            label,
            values,
            reasons,
            rules,
            is_equation,
            ..Line::default()
        });
        Ok(())
    }

    /// Names, one after the other.
    fn list(&self, names: &[ExprId]) -> Result<Math> {
        let mut list = Math::default();
        for name in names {
            let math = self.math(*name)?;
            let comma = if list.is_empty() { "" } else { ", " };
            list.text.push_str(&format!("{comma}{}", math.text));
            list.latex.push_str(&format!("{comma}{}", math.latex));
        }
        Ok(list)
    }

    /// What an equation between both derivatives says of the slope of its only unknown.
    fn solution(&mut self, [left, right]: [ExprId; 2], slope: ExprId) -> ExprId {
        let (left, right) = (self.log.known(left), self.log.known(right));
        let whole = self.pool.difference(left, right);
        let mut at =
            |value| self.pool.substitute(&[whole], &[(slope, value)], function::apply)[0];
        let (zero, one) = (at(Pool::ZERO), at(Pool::ONE));
        let factor = self.pool.difference(one, zero);
        let found = self.pool.quotient(zero, factor);
        let found = self.pool.negate(found);
        self.simplifier.simplify(self.pool, found)
    }

    /// The first derivative of an unknown, with where it is one; where the equation itself was
    /// put in, what it was before that.
    fn first(&mut self, curve: &Curve, label: &Math, answer: ExprId) -> Result<()> {
        if let ([sides], [(_, slope)]) = (&curve.equations[..], &curve.unknowns[..]) {
            let solution = self.solution(*sides, *slope);
            self.collected(*sides, *slope, label)?;
            if solution != answer && solution != Pool::UNDEFINED {
                self.solved(label, solution)?;
                let value = self.math(answer)?;
                let reasons = self.equations(curve)?;
                self.lines.push(Line { values: vec![value], reasons, ..Line::default() });
                return Ok(());
            }
        }
        let value = self.math(answer)?;
        let is_said = self
            .lines
            .last()
            .is_some_and(|line| line.label == *label && line.values == [value]);
        if is_said { Ok(()) } else { self.solved(label, answer) }
    }

    /// `(3*y^2 - 6*x)*y' = 6*y - 3*x^2`, where the slope stands in more than one term.
    fn collected(
        &mut self,
        [left, right]: [ExprId; 2],
        slope: ExprId,
        label: &Math,
    ) -> Result<()> {
        let sides = [left, right].map(|side| self.log.known(side));
        let mut opened = Vec::with_capacity(2);
        for side in sides {
            let found = simplify::expand_all(self.pool, side, MAX_TERMS);
            let Some(found) = found else { return Ok(()) };
            opened.push(found);
        }
        let of_slope = |pool: &Pool, side: ExprId| {
            let terms = pool.terms(&side).iter();
            terms.filter(|term| pool.may_depend(**term, slope)).count()
        };
        if opened.iter().map(|side| of_slope(self.pool, *side)).sum::<usize>() < 2 {
            return Ok(());
        }
        let whole = self.pool.difference(opened[0], opened[1]);
        let mut at =
            |value| self.pool.substitute(&[whole], &[(slope, value)], function::apply)[0];
        let (rest, one) = (at(Pool::ZERO), at(Pool::ONE));
        let mut factor = self.pool.difference(one, rest);
        let mut other = self.pool.negate(rest);
        let mut of = self.pool.difference(left, right);
        let leads = |pool: &Pool, id: ExprId| {
            print::write(pool, id, print::Notation::Text)
                .is_ok_and(|text| text.starts_with('-'))
        };
        let turned = self.pool.negate(factor);
        let is_turned = leads(self.pool, factor)
            || leads(self.pool, other) && !leads(self.pool, turned);
        if is_turned {
            (factor, other, of) = (turned, rest, self.pool.negate(of));
        }
        if !matches!(self.pool.node(factor), Node::Sum(_)) {
            return Ok(());
        }
        let product = Held::Product(vec![Held::Plain(factor), Held::Plain(slope)]);
        let (product, value) = (self.held(&product)?, self.math(other)?);
        let moved = self.pool.product(&[factor, slope]);
        let is = self.pool.difference(moved, other);
        self.lines.push(Line {
            label: product,
            values: vec![value],
            is_equation: true,
            reasons: vec![
                Reason::new("unknown_collected").with("unknown", label.clone()),
            ],
            claim: Some(Claim { of, is }),
            ..Line::default()
        });
        Ok(())
    }

    /// The equations, as reasons.
    fn equations(&self, curve: &Curve) -> Result<Vec<Reason>> {
        let mut reasons = Vec::new();
        for [left, right] in &curve.equations {
            let equation = Math::equation(&self.math(*left)?, &self.math(*right)?);
            reasons.push(Reason::new("equation").with("equation", equation));
        }
        Ok(reasons)
    }

    fn solved(&mut self, label: &Math, answer: ExprId) -> Result<()> {
        let (_, below) = parts(self.pool, answer);
        let (_, below) = self.pool.coefficient(below);
        let mut demands = Vec::new();
        demand::not_zero(self.pool, below, &mut demands);
        // What must be positive anyway is not 0.
        let mut known = Vec::new();
        demand::demands(self.pool, &[below], &mut known);
        demands.retain(|demand: &Demand| {
            let is_positive =
                |known: &Demand| known.of == demand.of && known.kind == Kind::Positive;
            demand.kind == Kind::Positive || !known.iter().any(is_positive)
        });
        let condition = demand::condition(self.pool, &demands)?;
        let value = self.math(answer)?;
        let reasons = vec![Reason::new("solved").with("unknown", label.clone())];
        let label = label.clone();
        let line =
            Line { label, values: vec![value], reasons, condition, ..Line::default() };
        self.lines.push(line);
        Ok(())
    }

    /// A derivative of the derivative before it, with the first derivatives put in, and then
    /// the equations.
    fn again(
        &mut self,
        curve: &Curve,
        before: ExprId,
        (label, answer): (&Math, ExprId),
        first: &[(ExprId, ExprId)],
    ) -> Result<()> {
        let subject = Subject { of: before, label: label.clone(), answer: None };
        self.derive(&subject)?;
        let raw = self.log.known(before);
        let put = self.pool.substitute(&[raw], first, function::apply)[0];
        let put = self.simplifier.simplify(self.pool, put);
        let mut reasons = Vec::new();
        for (slope, value) in first {
            if self.pool.may_depend(raw, *slope) {
                let (name, value) = (self.math(*slope)?, self.math(*value)?);
                reasons.push(
                    Reason::new("put_value")
                        .with("equation", Math::equation(&name, &value)),
                );
            }
        }
        if !reasons.is_empty() {
            let value = self.math(put)?;
            let claim = None;
            let line = Line { values: vec![value], reasons, claim, ..Line::default() };
            self.lines.push(line);
        }
        if put != answer {
            let value = self.math(answer)?;
            let reasons = self.equations(curve)?;
            self.lines.push(Line { values: vec![value], reasons, ..Line::default() });
        }
        Ok(())
    }
}

/// What the claims of lines about moving unknowns say of partial derivatives: of each claim
/// the parts that stand without a slope and with each, by what they are derivatives in.
pub fn partial_claims(
    pool: &mut Pool,
    claim: Claim,
    unknowns: &[Dependent],
) -> Vec<ExprId> {
    let zeros: Vec<(ExprId, ExprId)> =
        unknowns.iter().map(|(_, slope)| (*slope, Pool::ZERO)).collect();
    let alone = pool.substitute(&[claim.is], &zeros, function::apply)[0];
    let mut found = vec![alone];
    for (place, (_, slope)) in unknowns.iter().enumerate() {
        let mut ones = zeros.clone();
        ones[place] = (*slope, Pool::ONE);
        let with = pool.substitute(&[claim.is], &ones, function::apply)[0];
        found.push(pool.difference(with, alone));
    }
    found
}
