//! Equations that say the same: one is a multiple of the other, or each holds wherever the
//! other does.

use super::engine::{Engine, Form};
use super::formula::Formula;
use super::judge::{Component, Judgement};
use crate::check::{
    Comparison, Decision, Domain, Side, Verdict, Witness, is_assumed, solutions,
};
use crate::error::Result;
use crate::evaluate::Tape;
use crate::function;
use crate::kernel::{ExprId, Node, Number, Pool, natural_order};
use crate::print::{self, Notation};
use crate::simplify;
use crate::syntax;

/// Where equations that are not solved are looked at: halves of whole numbers.
const HALVES: [i64; 15] = [0, 2, -2, 4, -4, 6, -6, 1, -1, 3, -3, 8, -8, 10, -10];

impl Engine {
    /// Whether two equations have the same solutions; each is read as what is zero where it
    /// holds.
    ///
    /// # Errors
    /// A limit.
    pub fn equal_equations(
        &mut self,
        first: &Formula,
        second: &Formula,
    ) -> Result<Judgement> {
        let (one, other) = (first.roots[0], second.roots[0]);
        let decision = self.same_solutions(&[first, second], one, other)?;
        let component =
            Component { wrt: Vec::new(), expected: one, decision, mistakes: Vec::new() };
        Ok(Judgement::of(vec![component]))
    }

    /// Whether an equation between two formulas has the solutions of another one.
    ///
    /// # Errors
    /// A limit.
    pub(super) fn same_equation(
        &mut self,
        equation: &Formula,
        left: &Formula,
        right: &Formula,
    ) -> Result<Decision> {
        let gap = self.pool.difference(left.roots[0], right.roots[0]);
        self.same_solutions(&[equation, left, right], equation.roots[0], gap)
    }

    /// Whether two equations between formulas have the same solutions; the first of the formulas
    /// says what is assumed.
    fn same_solutions(
        &mut self,
        formulas: &[&Formula],
        one: ExprId,
        other: ExprId,
    ) -> Result<Decision> {
        let decision = self.same_by_solving(formulas[0], one, other)?;
        if !matches!(decision.verdict, Verdict::Undecided { .. }) {
            return Ok(where_defined(decision, formulas));
        }
        if let Some(witness) = self.told_apart(formulas, [one, other])? {
            let known = "a solution of one equation does not solve the other".to_owned();
            return Ok(Decision { known, verdict: Verdict::Different(witness) });
        }
        let found = match self.same_inside(formulas[0], [one, other])? {
            None => self.same_on_cells(formulas, [one, other])?,
            found => found,
        };
        Ok(found.map_or(decision, |found| where_defined(found, formulas)))
    }

    /// A simple number that solves one of two equations in one variable alone.
    fn told_apart(
        &mut self,
        formulas: &[&Formula],
        pair: [ExprId; 2],
    ) -> Result<Option<Witness>> {
        let names = self.variables(&pair);
        let ([name], Domain::Real) = (&names[..], formulas[0].domain) else {
            return Ok(None);
        };
        let symbol = self.pool.symbol(name);
        for halves in HALVES {
            let value = self.pool.integer(halves);
            let value = self.pool.scale(&Number::HALF, value);
            let at = [(symbol, value)];
            if !self.is_assumed(formulas[0], &at) {
                continue;
            }
            let mut sides = [Pool::UNDEFINED; 2];
            for (side, id) in sides.iter_mut().zip(pair) {
                let put = self.pool.substitute(&[id], &at, function::apply)[0];
                *side = self.simplify(put)?;
            }
            let is_number = |id: &ExprId| self.pool.as_number(*id).is_some();
            let holds = sides.iter().filter(|side| **side == Pool::ZERO).count();
            if !sides.iter().all(is_number) || holds != 1 {
                continue;
            }
            let write = |id| print::write(&self.pool, id, Notation::Text);
            let (text, left, right) = (write(value)?, write(sides[0])?, write(sides[1])?);
            let point = vec![(name.clone(), text)];
            let mut has_values = true;
            for formula in formulas {
                has_values &= self.refuse_outside(formula, &point).is_ok();
            }
            if has_values {
                return Ok(Some(Witness { point, left, right, difference: None }));
            }
        }
        Ok(None)
    }

    fn same_by_solving(
        &mut self,
        formula: &Formula,
        one: ExprId,
        other: ExprId,
    ) -> Result<Decision> {
        let ratio = self.pool.quotient(one, other);
        let ratio = self.simplify(ratio)?;
        if self.pool.as_number(ratio).is_some() && ratio != Pool::ZERO {
            let known = "proved: one equation is a multiple of the other".to_owned();
            return Ok(Decision { verdict: Verdict::Equal, known });
        }
        let [first, second] = [self.root_of(one)?, self.root_of(other)?];
        let ratio = self.pool.quotient(first, second);
        let ratio = self.simplify(ratio)?;
        if self.pool.as_number(ratio).is_some() && ratio != Pool::ZERO {
            let known = "proved: but for powers and factors that are zero nowhere, one equation is a multiple of the other";
            return Ok(Decision { verdict: Verdict::Equal, known: known.to_owned() });
        }
        // Each factor is solved for a variable, and the solution put into the other equation.
        let mut proved = 0;
        for (from, into, root) in [(one, other, first), (other, one, second)] {
            let mut factors = self.pool.factors(&root).to_vec();
            // A zero of one factor is one of the product where the others have values.
            if factors.len() > 1 && !self.has_values_everywhere(from) {
                factors = vec![from];
            }
            let mut solved = 0;
            for factor in &factors {
                let Some(solutions) = self.solutions(formula, *factor)? else { continue };
                let mut hold = 0;
                for solution in &solutions {
                    let decision = self.is_zero_at(formula, into, *solution)?;
                    match decision.verdict {
                        Verdict::Different(witness) => {
                            let is_first = from == one;
                            let Some(witness) =
                                self.on_solution(formula, witness, *solution, is_first)?
                            else {
                                continue;
                            };
                            let known =
                                "a solution of one equation does not solve the other";
                            let verdict = Verdict::Different(witness);
                            return Ok(Decision { known: known.to_owned(), verdict });
                        }
                        Verdict::Equal | Verdict::EqualOnDomain { .. } => hold += 1,
                        _ => {}
                    }
                }
                solved += usize::from(hold == solutions.len());
            }
            proved += usize::from(solved == factors.len());
        }
        Ok(match proved {
            2 => {
                let known = "proved: each equation holds where the other does".to_owned();
                Decision { verdict: Verdict::Equal, known }
            }
            _ => {
                let reason = "neither equation is a multiple of the other, and they are not solved";
                let verdict = Verdict::Undecided { reason: reason.to_owned() };
                Decision { verdict, known: "neither proved nor refuted".to_owned() }
            }
        })
    }

    /// The solutions of an equation for a variable that are as it is assumed; `None` where they
    /// are not all found.
    fn solutions(
        &mut self,
        formula: &Formula,
        equation: ExprId,
    ) -> Result<Option<Vec<(ExprId, ExprId)>>> {
        if let Some(solution) = self.solution(equation)? {
            let is_beyond = self.is_beyond(formula, solution);
            return Ok(Some(if is_beyond { Vec::new() } else { vec![solution] }));
        }
        let names = self.variables(&[equation]);
        let ([name], Domain::Real) = (&names[..], formula.domain) else {
            return Ok(None);
        };
        let (symbol, known) = (self.pool.symbol(name), self.pool.assumption(name));
        let Some(found) = solutions(&mut self.pool, equation, symbol, &known) else {
            return Ok(None);
        };
        let mut kept = Vec::with_capacity(found.len());
        for value in found {
            let value = self.simplify(value)?;
            let solution = (symbol, value);
            if self.is_beyond(formula, solution) || self.is_undefined(value) {
                continue;
            }
            // One of a part alone, or of another case, is none.
            let put = self.pool.substitute(&[equation], &[solution], function::apply)[0];
            let put = self.simplify(put)?;
            if put == Pool::UNDEFINED || self.is_undefined(put) {
                continue;
            }
            let decision = self.is_zero_at(formula, equation, solution)?;
            match decision.verdict {
                Verdict::Equal => kept.push(solution),
                Verdict::Different(_) => {}
                _ => return Ok(None),
            }
        }
        Ok(Some(kept))
    }

    /// Whether a constant is for certain not as it is assumed of a variable.
    fn is_beyond(
        &mut self,
        formula: &Formula,
        (symbol, value): (ExprId, ExprId),
    ) -> bool {
        let name = self.pool.symbol_name(symbol).unwrap_or_default();
        let found = formula.assumptions().iter().find(|(known, _)| known == name);
        let Some((_, known)) = found.filter(|_| self.pool.is_constant(value)) else {
            return false;
        };
        is_assumed(&mut self.pool, known, value) == Some(false)
    }

    /// Whether an expression is zero where a variable has a value.
    pub(super) fn is_zero_at(
        &mut self,
        formula: &Formula,
        id: ExprId,
        value: (ExprId, ExprId),
    ) -> Result<Decision> {
        let put = self.pool.substitute(&[id], &[value], function::apply)[0];
        let put = self.simplify(put)?;
        let mut tape = Tape::default();
        let slots = tape.add_expressions(&self.pool, &[put, Pool::ZERO]);
        self.decide(Comparison {
            tape: &mut tape,
            left: Side { value: slots[0], id: put, name: "what remains" },
            right: Side { value: slots[1], id: Pool::ZERO, name: "zero" },
            within_left: true,
            or_complex: false,
            primitive: None,
            assumptions: formula.assumptions(),
            domain: formula.domain,
        })
    }

    /// A place at which what remains of an equation is not zero, with the value of the variable
    /// that was put in: there the equation that was solved holds. `None` where it has no value
    /// there, or one that is not as it is assumed.
    fn on_solution(
        &mut self,
        formula: &Formula,
        mut witness: Witness,
        (variable, solution): (ExprId, ExprId),
        is_first: bool,
    ) -> Result<Option<Witness>> {
        let mut values = Vec::with_capacity(witness.point.len() + 1);
        for (name, text) in &witness.point {
            let program = syntax::parse(text, &[])?;
            let lowered = syntax::lower(&program, &[], &mut self.pool)?;
            let symbol = self.pool.symbol(name);
            values.extend(lowered.roots.first().map(|value| (symbol, *value)));
        }
        let free: Vec<ExprId> = self
            .variables(&[solution])
            .iter()
            .map(|name| self.pool.symbol(name))
            .filter(|symbol| values.iter().all(|(known, _)| known != symbol))
            .collect();
        // What remains is the same for all values of the others.
        for tried in [Pool::ZERO, Pool::ONE, Pool::MINUS_ONE] {
            let mut all = values.clone();
            all.extend(free.iter().map(|symbol| (*symbol, tried)));
            let value = self.pool.substitute(&[solution], &all, function::apply)[0];
            let value = self.simplify(value)?;
            all.push((variable, value));
            if self.is_undefined(value) || !self.is_assumed(formula, &all) {
                continue;
            }
            witness.point.clear();
            for (name, value) in all {
                let [name, value] =
                    [name, value].map(|id| print::write(&self.pool, id, Notation::Text));
                witness.point.push((name?, value?));
            }
            witness.point.sort_by(|one, other| natural_order(&one.0, &other.0));
            if is_first {
                std::mem::swap(&mut witness.left, &mut witness.right);
            }
            return Ok(Some(witness));
        }
        Ok(None)
    }

    /// Whether the values of symbols are as it is assumed of them.
    fn is_assumed(&mut self, formula: &Formula, values: &[(ExprId, ExprId)]) -> bool {
        values.iter().all(|(symbol, value)| {
            let name = self.pool.symbol_name(*symbol).unwrap_or_default();
            let found = formula.assumptions().iter().find(|(known, _)| known == name);
            found.is_none_or(|(_, known)| {
                is_assumed(&mut self.pool, known, *value) == Some(true)
            })
        })
    }

    /// What is zero where an expression is: its factors without their exponents, and without
    /// those that are zero nowhere.
    pub(super) fn root_of(&mut self, equation: ExprId) -> Result<ExprId> {
        let factored = self.shape(equation, Form::Factored)?;
        let mut kept = Vec::new();
        let factors = self.pool.factors(&factored).to_vec();
        let is_alone = factors.len() == 1;
        for factor in factors {
            let base = match self.pool.node(factor) {
                Node::Power(base, exponent) => {
                    let exponent = self.pool.as_number(exponent);
                    // A root beside other factors says where they have no value.
                    let is_free =
                        |n: &Number| n.is_positive() && (is_alone || n.is_integer());
                    if exponent.is_some_and(is_free) { base } else { factor }
                }
                _ => factor,
            };
            let is_apart =
                simplify::side(&mut self.pool, base).is_some_and(|side| side.is_strict);
            if !(is_apart && self.has_values_everywhere(base)) {
                kept.push(base);
            }
        }
        Ok(self.pool.product(&kept))
    }

    /// Whether an expression is known to have a value at every point: it is made of sums,
    /// products, whole powers and exponentials.
    fn has_values_everywhere(&self, id: ExprId) -> bool {
        self.pool.reachable(&[id]).into_iter().all(|id| match self.pool.node(id) {
            Node::Power(base, exponent) => {
                let is_whole = self
                    .pool
                    .as_number(exponent)
                    .is_some_and(|n| n.is_integer() && n.is_positive());
                is_whole || self.pool.is_constant(base) && self.pool.is_positive(base)
            }
            Node::Apply(..) | Node::Undefined => false,
            _ => true,
        })
    }

    /// A variable for which an equation can be solved by dividing by what is never zero, and
    /// its solution.
    fn solution(&mut self, equation: ExprId) -> Result<Option<(ExprId, ExprId)>> {
        for name in self.variables(&[equation]) {
            let variable = self.pool.symbol(&name);
            let slope = self.derivative(equation, &name, Form::Auto, &mut ())?;
            if self.pool.may_depend(slope, variable) || slope == Pool::ZERO {
                continue;
            }
            let at_zero = [(variable, Pool::ZERO)];
            let rest = self.pool.substitute(&[equation], &at_zero, function::apply)[0];
            let rest = self.simplify(rest)?;
            // Steps and pieces have a slope that is the same but for single points.
            let line = self.pool.product(&[slope, variable]);
            let line = self.pool.sum(&[rest, line]);
            let beside = self.pool.difference(equation, line);
            if self.simplify(beside)? != Pool::ZERO {
                continue;
            }
            // Where the slope is zero the equation has no solution, or the slope is a number.
            let is_sure = |id| self.pool.as_number(id).is_some_and(|n| !n.is_zero());
            if is_sure(slope) || is_sure(rest) {
                let quotient = self.pool.quotient(rest, slope);
                return Ok(Some((variable, self.pool.negate(quotient))));
            }
        }
        Ok(None)
    }
}

/// A verdict on equations of which some may have no value somewhere: their simplified forms say
/// nothing of that.
fn where_defined(decision: Decision, formulas: &[&Formula]) -> Decision {
    let is_total = |formula: &&Formula| formula.program().has_values_everywhere();
    match decision.verdict {
        Verdict::Equal if !formulas.iter().all(is_total) => {
            let condition = "arguments for which both are defined".to_owned();
            Decision { verdict: Verdict::EqualOnDomain { condition }, ..decision }
        }
        _ => decision,
    }
}
