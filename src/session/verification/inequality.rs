//! Inequalities that are not solved: whether one is a positive multiple of the other, and
//! points at which only one of them holds.

use super::super::engine::Engine;
use super::compare::undecided;
use super::value::{Is, Sign};
use crate::check::{Decision, Verdict, Witness};
use crate::error::Result;
use crate::function;
use crate::kernel::ExprId;
use rustc_hash::FxHashSet;

/// The values that are put in for variables, the first few for each.
const VALUES: [i64; 7] = [1, -1, 2, -3, 5, -7, 11];
/// How many pairs are looked at whether one is a multiple of the other.
const PAIRS: usize = 2_000;
/// At how many points they are compared.
const POINTS: usize = 40;

impl Engine {
    /// Whether inequalities hold at the same points.
    pub(super) fn compare_inequalities(
        &mut self,
        gold: &[Sign],
        answer: &[Sign],
    ) -> Result<Decision> {
        let are_equal = gold.len() == answer.len()
            && self.are_multiples(gold, answer)?
            && self.are_multiples(answer, gold)?;
        if are_equal {
            let known = "proved: one inequality is a positive multiple of the other";
            return Ok(Decision { verdict: Verdict::Equal, known: known.to_owned() });
        }
        let all: Vec<ExprId> = gold.iter().chain(answer).map(|sign| sign.gap).collect();
        let names = self.variables(&all);
        for attempt in 0..POINTS {
            let mut point = Vec::with_capacity(names.len());
            let mut rest = attempt;
            for (place, name) in names.iter().enumerate() {
                let value = VALUES[(rest + place) % VALUES.len()];
                rest /= VALUES.len();
                point.push((name.clone(), value));
            }
            let (Some(left), Some(right)) =
                (self.holds_at(gold, &point)?, self.holds_at(answer, &point)?)
            else {
                continue;
            };
            if left != right {
                let said = |holds: bool| if holds { "holds" } else { "does not hold" };
                let point = point.into_iter().map(|(name, x)| (name, x.to_string()));
                let witness = Witness {
                    point: point.collect(),
                    left: said(left).to_owned(),
                    right: said(right).to_owned(),
                    difference: None,
                };
                let verdict = Verdict::Different(witness);
                let known = "refuted at this point".to_owned();
                return Ok(Decision { verdict, known });
            }
        }
        Ok(undecided(
            "neither inequality is a multiple of the other, and they are not solved",
        ))
    }

    /// Whether each of some inequalities says the same as one of others; of very many it is seen
    /// only where they are written alike.
    fn are_multiples(&mut self, some: &[Sign], others: &[Sign]) -> Result<bool> {
        let known: FxHashSet<Sign> = others.iter().copied().collect();
        let open: Vec<Sign> =
            some.iter().copied().filter(|sign| !known.contains(sign)).collect();
        if open.len().saturating_mul(others.len()) > PAIRS {
            return Ok(false);
        }
        for sign in open {
            let mut is_found = false;
            for other in others {
                is_found = is_found || self.is_multiple(sign, *other)?;
            }
            if !is_found {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Whether an inequality says the same as another one, because it is a multiple of it.
    fn is_multiple(&mut self, one: Sign, other: Sign) -> Result<bool> {
        if one.is != other.is {
            return Ok(false);
        }
        if one.gap == other.gap {
            return Ok(true);
        }
        let ratio = self.pool.quotient(one.gap, other.gap);
        let ratio = self.simplify(ratio)?;
        Ok(self.pool.as_number(ratio).is_some_and(|number| {
            number.is_positive() || one.is == Is::NotZero && !number.is_zero()
        }))
    }

    /// Whether inequalities hold at a point; `None` where a value is no number.
    fn holds_at(
        &mut self,
        signs: &[Sign],
        point: &[(String, i64)],
    ) -> Result<Option<bool>> {
        let mut all = true;
        let put: Vec<(ExprId, ExprId)> = point
            .iter()
            .map(|(name, x)| (self.pool.symbol(name), self.pool.integer(*x)))
            .collect();
        let gaps: Vec<ExprId> = signs.iter().map(|sign| sign.gap).collect();
        let values = self.pool.substitute(&gaps, &put, function::apply);
        for (sign, value) in signs.iter().zip(values) {
            let value = self.simplify(value)?;
            let Some(number) = self.pool.as_number(value) else { return Ok(None) };
            all &= match sign.is {
                Is::Positive => number.is_positive(),
                Is::NotNegative => number.is_positive() || number.is_zero(),
                Is::NotZero => !number.is_zero(),
            };
        }
        Ok(Some(all))
    }
}
