//! Several values: in an order, in none, or in one that nobody named.

use super::super::engine::Engine;
use super::super::judge::Judgement;
use super::Terms;
use super::compare::{different, undecided};
use super::value::Value;
use crate::check::{Decision, Verdict, Witness};
use crate::error::Result;
use crate::function;
use crate::kernel::ExprId;

/// How often two values of sets are compared.
const MANY: usize = 400;
/// At how many points sets of formulas are compared, and the values of their variables there.
const POINTS: usize = 4;
const VALUES: [i64; 5] = [2, -3, 5, 7, -11];

impl Engine {
    /// Values with commas between them: equal in their order; in another one only where it is
    /// said that there is none.
    pub(super) fn compare_lists(
        &mut self,
        gold: &[Value],
        answer: &[Value],
        is_ordered: bool,
        terms: &Terms,
        notes: &mut Vec<String>,
    ) -> Result<Option<Decision>> {
        let in_order = match gold.len() == answer.len() {
            true => self.compare_tuples(gold, answer, terms, notes)?,
            false => None,
        };
        if let Some(decision) = &in_order
            && decision.verdict.is_equal()
        {
            return Ok(in_order);
        }
        let as_sets = self.compare_sets(gold, answer, terms)?;
        let are_choices = |values: &[Value]| {
            values.iter().all(|value| matches!(value, Value::Choice(_)))
        };
        let has_no_order =
            !is_ordered && terms.any_order || are_choices(gold) && are_choices(answer);
        Ok(Some(match as_sets.verdict.is_equal() {
            true if has_no_order => as_sets,
            true if gold.len() != answer.len() => {
                undecided("the values are the same, but one has some of them more often")
            }
            true => undecided("the values are the same, but in another order"),
            false => as_sets,
        }))
    }

    /// Values without an order, each as often as it likes.
    pub(super) fn compare_sets(
        &mut self,
        gold: &[Value],
        answer: &[Value],
        terms: &Terms,
    ) -> Result<Decision> {
        // Equal numbers are most often the same node.
        let open = gold.iter().filter(|value| !has_same(value, answer)).count();
        let lonely = answer.iter().filter(|value| !has_same(value, gold)).count();
        if (open + lonely) * gold.len().max(answer.len()) > MANY {
            return Ok(undecided("there are too many values to be compared"));
        }
        let found = self.compare_each(gold, answer, terms)?;
        match found.verdict {
            // Values that change places with each other, as those of `\pm |x|` and `\pm x`.
            Verdict::Different(_)
                if !self.names_of(gold).is_empty()
                    || !self.names_of(answer).is_empty() =>
            {
                self.compare_at_points(gold, answer)
            }
            _ => Ok(found),
        }
    }

    /// Sets of formulas that differ one by one, as sets of numbers at a few points.
    fn compare_at_points(
        &mut self,
        gold: &[Value],
        answer: &[Value],
    ) -> Result<Decision> {
        let ids = |values: &[Value]| values.iter().map(formula_of).collect::<Option<_>>();
        let (Some(first), Some(second)): (Option<Vec<ExprId>>, Option<Vec<ExprId>>) =
            (ids(gold), ids(answer))
        else {
            return Ok(undecided(
                "sets of sets that are equal at some points are not told apart",
            ));
        };
        let all: Vec<ExprId> = first.iter().chain(&second).copied().collect();
        let names = self.variables(&all);
        for attempt in 0..POINTS {
            let mut point = Vec::with_capacity(names.len());
            for (place, name) in names.iter().enumerate() {
                let number = VALUES[(attempt + place) % VALUES.len()];
                point.push((name.clone(), self.pool.integer(number)));
            }
            let put: Vec<(ExprId, ExprId)> =
                point.iter().map(|(name, x)| (self.pool.symbol(name), *x)).collect();
            let at = self.pool.substitute(&all, &put, function::apply);
            let (left, right) = at.split_at(first.len());
            for (own, others) in [(left, right), (right, left)] {
                for value in own {
                    let mut is_missing = true;
                    for other in others {
                        is_missing &=
                            self.decide_ids(*value, *other)?.verdict.is_different();
                    }
                    if !is_missing {
                        continue;
                    }
                    let text = self.text_of(*value);
                    let nothing = "no such value".to_owned();
                    let is_gold = own == left;
                    let (left, right) = match is_gold {
                        true => (text, nothing),
                        false => (nothing, text),
                    };
                    let point =
                        point.iter().map(|(name, x)| (name.clone(), self.text_of(*x)));
                    let point = point.collect();
                    let witness = Witness { point, left, right, difference: None };
                    let verdict = Verdict::Different(witness);
                    let known = "refuted at this point".to_owned();
                    return Ok(Decision { verdict, known });
                }
            }
        }
        Ok(undecided(
            "the values differ one by one, but no point was found at which the sets do",
        ))
    }

    /// Each value of one set against those of the other.
    fn compare_each(
        &mut self,
        gold: &[Value],
        answer: &[Value],
        terms: &Terms,
    ) -> Result<Decision> {
        let mut partners: Vec<Option<Decision>> = vec![None; answer.len()];
        let mut found = Vec::new();
        let mut open = None;
        for value in gold {
            let mut best: Option<Decision> = None;
            for (place, other) in answer.iter().enumerate() {
                let is_found = |one: &Option<Decision>| {
                    one.as_ref().is_some_and(|one| one.verdict.is_equal())
                };
                // What is the same node elsewhere is no partner here.
                let is_elsewhere =
                    formula_of(value) != formula_of(other) && has_same(value, answer);
                if is_elsewhere && has_same(other, gold)
                    || is_found(&best) && is_found(&partners[place])
                {
                    continue;
                }
                let decision = self.compare_any(value, other, terms)?;
                better(&mut partners[place], &decision);
                better(&mut best, &decision);
            }
            match best {
                Some(best) if best.verdict.is_equal() => found.push(best),
                Some(best) if is_open(&best) => open = open.or(Some(best)),
                _ => {
                    let left = self.written(value);
                    let right = "no such value".to_owned();
                    return Ok(different(left, right, "a value is missing"));
                }
            }
        }
        for (value, best) in answer.iter().zip(partners) {
            match best {
                Some(best) if best.verdict.is_equal() => found.push(best),
                Some(best) if is_open(&best) => open = open.or(Some(best)),
                _ => {
                    let left = "no such value".to_owned();
                    let right = self.written(value);
                    return Ok(different(left, right, "there is a value too many"));
                }
            }
        }
        Ok(match open {
            Some(open) => open,
            None if found.is_empty() => {
                let known = "both are empty".to_owned();
                Decision { verdict: Verdict::Equal, known }
            }
            None => Judgement::worst(found),
        })
    }
}

fn is_open(decision: &Decision) -> bool {
    matches!(decision.verdict, Verdict::Undecided { .. })
}

/// Keeps the decision that says most for equality.
fn better(known: &mut Option<Decision>, decision: &Decision) {
    let rank = |decision: &Decision| match &decision.verdict {
        verdict if verdict.is_equal() => 2,
        Verdict::Undecided { .. } => 1,
        _ => 0,
    };
    if known.as_ref().is_none_or(|known| rank(decision) > rank(known)) {
        *known = Some(decision.clone());
    }
}

/// The expression of a value that is a formula.
fn formula_of(value: &Value) -> Option<ExprId> {
    match value {
        Value::Formula(part) => Some(part.id()),
        _ => None,
    }
}

/// Whether a formula is in a list as the same node.
fn has_same(value: &Value, list: &[Value]) -> bool {
    let id = formula_of(value);
    id.is_some() && list.iter().any(|other| formula_of(other) == id)
}
