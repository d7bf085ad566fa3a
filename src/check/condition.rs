//! Where an expression is defined: the conditions that fail at points, in words.

use super::compare::{Comparison, Side};
use super::observe::Seen;
use super::verdict::{Decision, Verdict};
use crate::evaluate::{Operation, Tape};
use crate::function;
use crate::kernel::{ExprId, Node, Pool};
use crate::print;
use crate::simplify;
use std::cmp::Ordering;

/// What is farther out than this counts as far.
const FAR: f64 = 50.0;

/// How a condition without a formula begins.
pub(super) const IN_GENERAL: &str = "arguments for which ";

impl Comparison<'_> {
    /// The conditions of an expression that fail at points, as text.
    pub(super) fn condition(
        &self,
        pool: &mut Pool,
        side: &Side,
        points: &[Vec<f64>],
    ) -> Option<String> {
        let all = pool.reachable(&[side.id]);
        let mut candidates = requirements(pool, &all);
        candidates.retain(|known| !pool.is_constant(known.of));
        let parts: Vec<ExprId> = candidates.iter().map(|known| known.part).collect();
        let mut tape = Tape::over(self.tape.variables.clone());
        let slots = tape.add_expressions(pool, &parts);
        let mut failed: Vec<usize> = Vec::new();
        for at in points {
            let mut at = at.clone();
            at.resize(tape.variables.len(), f64::NAN);
            let values = crate::evaluate::values(&tape, &at);
            for (place, slot) in slots.iter().enumerate() {
                if values[*slot as usize] < 0.0 && !failed.contains(&place) {
                    failed.push(place);
                }
            }
        }
        // A value that is missing far out may have overflowed, and a few points may be
        // isolated.
        let mut distinct: Vec<&Vec<f64>> = points.iter().collect();
        distinct.sort_by(|a, b| a.partial_cmp(b).unwrap_or(Ordering::Equal));
        distinct.dedup();
        if distinct.len() < 2 {
            return None;
        }
        if failed.is_empty()
            && let Some(text) = self.typed_condition(side, points)
        {
            return Some(text);
        }
        if failed.is_empty() {
            let near = |at: &&&Vec<f64>| at.iter().all(|x| x.abs() <= FAR);
            if distinct.iter().filter(near).count() < 3 {
                return None;
            }
            let name = side.name;
            return Some(format!("{IN_GENERAL}{name} is defined"));
        }
        failed.sort_unstable();
        let mut texts: Vec<String> = Vec::new();
        for place in failed {
            let Requirement { of, condition, .. } = candidates[place];
            let text = print::write(pool, of, print::Notation::Text).ok()?;
            let text = condition.replace('u', &text);
            if !texts.contains(&text) {
                texts.push(text);
            }
        }
        Some(texts.join(" and "))
    }
}

impl Comparison<'_> {
    /// The conditions under which both sides have values, where one of them has none at points
    /// at which the other has one.
    pub(super) fn common_condition(
        &self,
        pool: &mut Pool,
        seen: &Seen,
    ) -> Option<String> {
        let mut condition = |side: &Side<'_>, points: &[Vec<f64>], counts: bool| {
            let counts = counts && !points.is_empty();
            counts.then(|| self.condition(pool, side, points)).flatten()
        };
        let right = condition(&self.right, &seen.only_left, true);
        let left = condition(&self.left, &seen.only_right, !self.within_left);
        match (left, right) {
            (Some(left), Some(right)) => Some(both(left, right)),
            (left, right) => left.or(right),
        }
    }

    /// A decision without a proof, with the condition under which both have values.
    pub(super) fn within_condition(
        &self,
        pool: &mut Pool,
        seen: &Seen,
        decision: Decision,
    ) -> Decision {
        let is_probable = matches!(decision.verdict, Verdict::ProbablyEqual { .. });
        let condition = is_probable.then(|| self.common_condition(pool, seen)).flatten();
        match condition {
            Some(condition) => {
                let known = format!("{}; this is for {condition}", decision.known);
                Decision { known, ..decision }
            }
            None => decision,
        }
    }

    /// Whether one of two sides needs something that is excluded by what is assumed, and the
    /// other one does not, or both do.
    pub(super) fn is_excluded(&self, pool: &mut Pool, seen: &Seen) -> bool {
        let mut is_excluded = |side: &Side| {
            let is_needed = |id: ExprId| match pool.node(id) {
                Node::Apply(function, _) => !function::is_conditional(function),
                _ => true,
            };
            let all = pool.reachable_where(&[side.id], is_needed);
            requirements(pool, &all).into_iter().any(|known| {
                let found = simplify::side(pool, known.part);
                found.is_some_and(|found| !found.is_above && found.is_strict)
            })
        };
        !seen.only_left.is_empty() && is_excluded(&self.right)
            || !seen.only_right.is_empty() && is_excluded(&self.left)
    }

    /// What must hold of a variable whose root or logarithm was typed, when it fails at all of
    /// these points: canonical forms have lost the logarithm of `e^(2*ln(x))`.
    fn typed_condition(&self, side: &Side, points: &[Vec<f64>]) -> Option<String> {
        let operations = &self.tape.operations;
        let mut needed = vec![false; operations.len()];
        needed[side.value as usize] = true;
        for place in (0..operations.len()).rev() {
            if !needed[place] {
                continue;
            }
            operations[place].operands(|slot| needed[slot as usize] = true);
            let (of, condition) = match &operations[place] {
                Operation::Root(of, r) => (of, if *r > 0.0 { "u >= 0" } else { "u > 0" }),
                Operation::Apply(function, of) if function.is_builtin() => {
                    (of, function::spec(*function).domain)
                }
                _ => continue,
            };
            let Operation::Variable(index) = operations[*of as usize] else { continue };
            let fails = |at: &Vec<f64>| match (condition, at[index as usize]) {
                ("u >= 0", x) => x < 0.0,
                ("u > 0", x) => x <= 0.0,
                _ => false,
            };
            if points.iter().all(fails) {
                let name = &self.tape.variables[index as usize];
                return Some(condition.replace('u', name));
            }
        }
        None
    }
}

/// Two conditions as one.
fn both(left: String, right: String) -> String {
    let is_plain = |text: &String| !text.starts_with(IN_GENERAL);
    match is_plain(&left) && is_plain(&right) {
        true if left == right => left,
        true => format!("{left} and {right}"),
        false => format!("{IN_GENERAL}both are defined"),
    }
}

/// What must hold of an expression for another one to be defined.
pub(super) struct Requirement {
    /// What needs it.
    pub(super) whole: ExprId,
    /// What must not be negative.
    pub(super) part: ExprId,
    /// What the condition is about.
    of: ExprId,
    /// The condition on `u`.
    condition: &'static str,
}

impl Requirement {
    /// Whether what must not be negative must not be zero either.
    pub(super) fn is_strict(&self) -> bool {
        !self.condition.contains('=')
    }
}

/// What must hold for expressions to be defined.
pub(super) fn requirements(pool: &mut Pool, ids: &[ExprId]) -> Vec<Requirement> {
    let mut found: Vec<Requirement> = Vec::new();
    for id in ids {
        let (of, condition) = match pool.node(*id) {
            Node::Power(base, exponent) if base != Pool::E => {
                match pool.as_number(exponent) {
                    Some(n) if n.is_integer() => continue,
                    Some(n) if !n.is_negative() => (base, "u >= 0"),
                    None if pool.is_integer(exponent) => continue,
                    _ => (base, "u > 0"),
                }
            }
            Node::Apply(function, list) if function.is_builtin() => {
                (pool.list(list)[0], function::spec(function).domain)
            }
            _ => continue,
        };
        if found.iter().any(|k| (k.of, k.condition) == (of, condition)) {
            continue;
        }
        let Some((condition, part)) = required(pool, of, condition) else { continue };
        found.push(Requirement { whole: *id, part, of, condition });
    }
    found
}

/// The condition of a function on what it is of, as it is told, and what must not be negative.
pub(super) fn required(
    pool: &mut Pool,
    of: ExprId,
    condition: &'static str,
) -> Option<(&'static str, ExprId)> {
    Some(match condition {
        "u > 0" | "u >= 0" => (condition, of),
        "u >= 1" => (condition, pool.sum(&[of, Pool::MINUS_ONE])),
        "-1 <= u and u <= 1" => ("-1 <= u <= 1", beyond_one(pool, of, false)),
        "-1 < u and u < 1" => ("-1 < u < 1", beyond_one(pool, of, false)),
        "abs(u) > 1" | "abs(u) >= 1" => (condition, beyond_one(pool, of, true)),
        _ => return None,
    })
}

/// `u^2 - 1`, or its opposite.
fn beyond_one(pool: &mut Pool, u: ExprId, outside: bool) -> ExprId {
    let square = pool.integer_power(u, 2);
    match outside {
        true => pool.difference(square, Pool::ONE),
        false => pool.difference(Pool::ONE, square),
    }
}
