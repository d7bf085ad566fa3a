//! Answers to questions about equations: the derivative of what an equation determines, judged
//! on its curve.

use super::answers::answer::Answer;
use super::engine::Engine;
use super::formula::Formula;
use super::judge::{Component, Judgement};
use super::typed::Given;
use crate::check::{Comparison, Decision, OnCurve, Pair, Side, Verdict, Witness};
use crate::error::Result;
use crate::evaluate::Tape;
use crate::kernel::{ExprId, Pool};
use crate::syntax;

/// To how many digits values at solutions agree, as a verdict counts them.
const DIGITS: usize = 100;

/// The derivative that is asked for: of an unknown in a variable, as often as this.
#[derive(Clone, Debug)]
pub struct Along {
    /// The unknown that the equation determines.
    pub of: String,
    /// The variable.
    pub wrt: String,
    /// The order of the derivative.
    pub order: u32,
}

impl Engine {
    /// Whether an answer is the derivative of what an equation determines. Both are compared on
    /// its curve only.
    ///
    /// # Errors
    /// As [`Engine::implicit`].
    pub fn check_on_curve(
        &mut self,
        equation: &Formula,
        asked: &Along,
        answer: &Answer,
    ) -> Result<Judgement> {
        let names = vec![asked.wrt.clone(); asked.order as usize];
        let expected = self.along_curve(equation, asked, asked.order)?;
        let component = |decision| Component {
            wrt: names.clone(),
            expected,
            decision,
            mistakes: Vec::new(),
        };
        let ([Some(_)], Some(given), None) =
            (&answer.components[..], answer.component(0), &answer.complaint)
        else {
            let reason = answer.complaint.clone();
            let reason =
                reason.unwrap_or_else(|| "the answer is not one expression".to_owned());
            let decision = Decision {
                verdict: Verdict::WrongShape { reason: reason.clone() },
                known: "counted".to_owned(),
            };
            return Ok(Judgement::misshapen(reason, vec![component(decision)]));
        };
        let given = Given::Typed(given.0, given.1);
        let decision =
            self.compare_on_curve(equation, asked, [Given::Found(expected), given])?;
        Ok(Judgement::of(vec![component(decision)]))
    }

    /// The derivative of what an equation determines, in this order.
    ///
    /// # Errors
    /// As [`Engine::implicit`].
    pub(super) fn along_curve(
        &mut self,
        equation: &Formula,
        asked: &Along,
        order: u32,
    ) -> Result<ExprId> {
        let equations = std::slice::from_ref(equation);
        let unknowns = std::slice::from_ref(&asked.of);
        let wrt = std::slice::from_ref(&asked.wrt);
        let found = self.implicit(equations, wrt, unknowns, order)?;
        let names = vec![asked.wrt.clone(); order as usize];
        let expected = found.derivatives.iter().find(|found| found.wrt == names);
        Ok(expected.map_or(Pool::UNDEFINED, |found| found.value))
    }

    /// Compares two expressions where an equation holds.
    pub(super) fn compare_on_curve(
        &mut self,
        equation: &Formula,
        asked: &Along,
        sides: [Given<'_>; 2],
    ) -> Result<Decision> {
        let [expected, given] = sides.map(Given::id);
        // Equal everywhere is equal on the curve.
        let mut tape = Tape::default();
        let value = self.put_on(&mut tape, sides[0])?;
        let right = self.put_on(&mut tape, sides[1])?;
        let comparison = Comparison {
            tape: &mut tape,
            left: Side { value, id: expected, name: "the derivative" },
            right: Side { value: right, id: given, name: "the answer" },
            within_left: true,
            or_complex: false,
            primitive: None,
            assumptions: equation.assumptions(),
            domain: equation.domain,
        };
        let decision = self.decide(comparison)?;
        if decision.verdict.is_equal() {
            return Ok(decision);
        }
        // With the equation put in.
        let variables = [&asked.of, &asked.wrt].map(|name| self.pool.symbol(name));
        let relations = self.relations(&equation.roots, &variables);
        let gap = self.pool.difference(expected, given);
        let gap = self.simplify(gap)?;
        if self.on_the_curve(gap, &relations)? == Pool::ZERO {
            let known = "proved with the equation".to_owned();
            return Ok(Decision { verdict: Verdict::Equal, known });
        }
        let mut tape = Tape::default();
        let declared: Vec<&str> =
            equation.declared().iter().map(String::as_str).collect();
        let equations = syntax::lower(equation.program(), &declared, &mut tape)?.roots;
        let typed = [(equation.program(), declared)];
        let pair = Pair {
            tape: &tape,
            typed: &typed,
            equations: &equations,
            unknowns: std::slice::from_ref(&asked.of),
            sides: [expected, given],
            assumptions: equation.assumptions(),
        };
        let (pool, checker) = self.pool_and_checker();
        Ok(match checker.compare_on_curve(pool, &pair) {
            OnCurve::Agree(points) => Decision {
                verdict: Verdict::ProbablyEqual { points, digits: DIGITS },
                known: format!("agrees at {points} points of the curve"),
            },
            OnCurve::Differ { point, sides: [left, right], agreed } => {
                let shown = |x: f64| format!("{x:.6}");
                let point = point.into_iter().map(|(name, x)| (name, shown(x))).collect();
                let (left, right) = (shown(left), shown(right));
                let witness = Witness { point, left, right, difference: None };
                let elsewhere = match agreed {
                    0 => "",
                    _ => "; on another part of the curve they agree",
                };
                let known = format!("refuted at this point{elsewhere}");
                Decision { verdict: Verdict::Different(witness), known }
            }
            OnCurve::NoPoint => {
                let reason =
                    "no points of the curve were found at which both have values";
                let verdict = Verdict::Undecided { reason: reason.to_owned() };
                Decision { verdict, known: "neither proved nor refuted".to_owned() }
            }
        })
    }
}
