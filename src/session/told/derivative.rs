//! Derivations of derivatives: what is told of them, each line compared with an independent
//! path.

use crate::error::Result;
use crate::kernel::{ExprId, Pool};
use crate::print::{self, Mark, Notation};
use crate::session::engine::{Derivatives, Engine, Form, Formula};
use crate::steps::{self, Derivation, Detail, Line, Question};
use rustc_hash::FxHashSet;

/// What a node of a formula counts for in each derivation: it is written and compared.
const NODE: u64 = 14;

/// The derivative that is to be told.
#[derive(Clone, Copy, Debug)]
pub struct Told<'a> {
    /// The function.
    pub formula: &'a Formula,
    /// Which component of it.
    pub component: usize,
    /// The variables in the order of differentiation.
    pub wrt: &'a [String],
    /// The derivative as it was found.
    pub answer: ExprId,
    /// Whether it is written with ∂.
    pub is_partial: bool,
    /// How much is told.
    pub detail: Detail,
    /// How many orders were told already.
    pub shown: usize,
}

impl Engine {
    /// Pays for so many derivations of each component of a formula before the first is made.
    ///
    /// # Errors
    /// More than a question may take.
    pub fn must_afford(&mut self, formula: &Formula, derivations: usize) -> Result<()> {
        let nodes = self.pool.reachable(&formula.roots).len() as u64;
        self.pool.spend(NODE.saturating_mul(nodes).saturating_mul(derivations as u64));
        self.check_limits()
    }

    /// How a derivative comes about, from the formula to the answer, order by order.
    ///
    /// # Errors
    /// A function without a known derivative, a limit, or a line that is not equal to the
    /// derivative.
    pub fn derivation(&mut self, told: Told<'_>) -> Result<Derivation> {
        let Told { formula, component, wrt, answer, is_partial, detail, shown } = told;
        let mut of = formula.roots[component];
        let mut whole = Derivation::default();
        let mut known: Vec<(String, ExprId, ExprId)> = Vec::new();
        let mut seen = FxHashSet::default();
        for (step, name) in wrt.iter().enumerate() {
            let is_last = step + 1 == wrt.len();
            let value = match is_last {
                true => answer,
                false => self.derivative(of, name, Form::Auto, &mut ())?,
            };
            if step < shown {
                of = value;
                continue;
            }
            let variable = self.pool.symbol(name);
            let mark = if is_partial { Mark::Partial(variable) } else { Mark::Prime };
            let label = |order: usize| {
                let label = |notation| told.label(order, notation);
                print::both(label)
            };
            let question = Question {
                of,
                function: label(step),
                label: label(step + 1),
                variable,
                mark,
                answer: value,
                detail,
                is_alone: wrt.len() == 1,
                // What was told before is a derivative in the same variable.
                known: known_in(&known, name),
            };
            if seen.insert((variable, of)) {
                known.push((name.clone(), of, value));
            }
            let (pool, simplifier) = self.pool_and_simplifier();
            let mut found = steps::derivation(pool, simplifier, &question)?;
            self.check_limits()?;
            self.verify_lines(formula, name, &found)?;
            if step == 0 {
                self.begin_as_typed(formula, component, &mut found)?;
            }
            let goes_on = |first: &Line| {
                whole
                    .lines
                    .last()
                    .is_some_and(|last| last.values.last() == first.values.last())
                    && first.names.is_empty()
            };
            let again = usize::from(found.lines.first().is_some_and(goes_on));
            whole.lines.extend(found.lines.into_iter().skip(again));
            of = value;
        }
        Ok(whole)
    }

    /// Begins a derivation with the formula as it was typed, where reading made it shorter.
    fn begin_as_typed(
        &mut self,
        formula: &Formula,
        component: usize,
        told: &mut Derivation,
    ) -> Result<()> {
        let Some([typed, read]) = self.typed_lines(formula, component)? else {
            return Ok(());
        };
        let Some(first) = told.lines.first_mut() else { return Ok(()) };
        if first.names.is_empty() {
            // `y = x^x` and its like begin with a name.
            let values = &mut first.values;
            values.pop();
            values.extend(typed.values);
            (first.names, first.is_program) = (typed.names, typed.is_program);
            told.lines.insert(1, read);
        } else {
            let label = first.label.clone();
            told.lines.splice(0..0, [Line { label, ..typed }, read]);
        }
        Ok(())
    }

    /// Compares what the lines say of derivatives with dual numbers.
    ///
    /// # Errors
    /// A line that is not equal to the derivative.
    fn verify_lines(
        &mut self,
        formula: &Formula,
        variable: &str,
        told: &Derivation,
    ) -> Result<()> {
        let mut known: Vec<(ExprId, ExprId)> = Vec::new();
        let mut answer =
            Derivatives { partials: Vec::new(), checked: true, breaks: Vec::new() };
        let name = [variable.to_owned()];
        for claim in told.lines.iter().filter_map(|line| line.claim) {
            let pair = (claim.of, claim.is);
            if known.contains(&pair) || claim.is == Pool::UNDEFINED {
                continue;
            }
            known.push(pair);
            for (mut tape, slot) in self.tapes_of(&[claim.of]) {
                let is = [claim.is];
                self.verify(formula, &mut tape, slot, &name, &is, claim.of, &mut answer)?;
            }
        }
        Ok(())
    }
}

impl Told<'_> {
    /// The name of the derivative after so many differentiations, and of the function itself.
    pub fn label(&self, order: usize, notation: Notation) -> String {
        let own = &self.formula.name;
        let component = (self.formula.roots.len() > 1).then_some(self.component + 1);
        let component = component.filter(|_| self.formula.answers.is_empty());
        let name = self.formula.answers.get(self.component).unwrap_or(own);
        if self.is_partial {
            let name = match component {
                Some(place) => format!("{name}_{place}"),
                None => name.clone(),
            };
            let names: Vec<&str> = self.wrt[..order].iter().map(String::as_str).collect();
            return match order {
                0 => print::name(&name, notation),
                _ => print::partial_label(&name, &names, true, notation),
            };
        }
        let variable = self.wrt.first().map_or("x", String::as_str);
        let call = print::call_label(name, component, &[variable], notation);
        let primes = print::primes(order, notation);
        // The primes stand before the brackets.
        match call.rfind('(') {
            Some(place) => format!("{}{primes}{}", &call[..place], &call[place..]),
            None => call + &primes,
        }
    }
}

/// The derivatives in a variable among those that were told.
fn known_in(known: &[(String, ExprId, ExprId)], variable: &str) -> Vec<(ExprId, ExprId)> {
    let own = known.iter().filter(|(name, _, _)| name == variable);
    own.map(|(_, of, value)| (*of, *value)).collect()
}
