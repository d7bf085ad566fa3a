//! Antiderivatives: formulas with a constant of integration, `x^2 + C`.

use super::super::engine::{Engine, Form};
use super::compare::undecided;
use super::value::Part;
use crate::check::{Decision, Verdict};
use crate::error::Result;
use crate::function;
use crate::kernel::{ExprId, Pool};

/// Names of constants of integration.
const NAMES: [&str; 3] = [USUAL, "k", "const"];
/// The name that is one whatever its case and index are.
const USUAL: &str = "c";

impl Engine {
    /// What is said of two formulas that differ, and each has a constant of integration: they
    /// may be the same but for its name, or by a constant that it takes in.
    pub(super) fn up_to_constant(
        &mut self,
        gold: &Part,
        answer: &Part,
    ) -> Result<Option<Decision>> {
        let (Some(first), Some(second)) =
            (self.constant_in(gold.id())?, self.constant_in(answer.id())?)
        else {
            return Ok(None);
        };
        let rests = [(gold.id(), &first), (answer.id(), &second)].map(|(id, name)| {
            let name = self.pool.symbol(name);
            self.pool.substitute(&[id], &[(name, Pool::ZERO)], function::apply)[0]
        });
        let is_usual = |name: &str| letter(name) == USUAL;
        let is_other_case = first != second && is_usual(&first) && is_usual(&second);
        if is_other_case && self.decide_ids(rests[0], rests[1])?.verdict == Verdict::Equal
        {
            let known = format!(
                "proved: but for the name of the constant, `{first}` or `{second}`"
            );
            return Ok(Some(Decision { verdict: Verdict::Equal, known }));
        }
        let gap = self.pool.difference(rests[0], rests[1]);
        let gap = self.simplify(gap)?;
        Ok(self.is_constant_throughout(gap)?.then(|| {
            undecided(&format!("they differ by a constant, which `{first}` may take in"))
        }))
    }

    /// The constant of integration in an expression: a term of its own with a number before it.
    fn constant_in(&mut self, id: ExprId) -> Result<Option<String>> {
        for name in self.variables(&[id]) {
            if !NAMES.contains(&letter(&name).as_str()) {
                continue;
            }
            let slope = self.derivative(id, &name, Form::Auto, &mut ())?;
            if self.pool.as_number(slope).is_some_and(|n| !n.is_zero()) {
                return Ok(Some(name));
            }
        }
        Ok(None)
    }

    /// Whether an expression has the same value everywhere.
    fn is_constant_throughout(&mut self, id: ExprId) -> Result<bool> {
        for name in self.variables(&[id]) {
            let slope = self.derivative(id, &name, Form::Auto, &mut ())?;
            if slope != Pool::ZERO
                && !self.decide_ids(slope, Pool::ZERO)?.verdict.is_equal()
            {
                return Ok(false);
            }
        }
        Ok(true)
    }
}

/// A name without its index, in small letters.
fn letter(name: &str) -> String {
    let plain = name.trim_end_matches(|c: char| c.is_ascii_digit() || c == '_');
    plain.to_lowercase()
}
