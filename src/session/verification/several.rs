//! Several values: in an order, in none, or in one that nobody named.

use super::super::engine::Engine;
use super::super::judge::Judgement;
use super::Terms;
use super::compare::{different, undecided};
use super::value::Value;
use crate::check::{Decision, Verdict};
use crate::error::Result;

/// How often two values of sets are compared.
const MANY: usize = 400;

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
        if gold.len() * answer.len() > MANY {
            return Ok(undecided("there are too many values to be compared"));
        }
        let mut partners: Vec<Option<Decision>> = vec![None; answer.len()];
        let mut found = Vec::new();
        let mut open = None;
        for value in gold {
            let mut best: Option<Decision> = None;
            for (place, other) in answer.iter().enumerate() {
                if best.as_ref().is_some_and(|one| one.verdict.is_equal())
                    && partners[place].as_ref().is_some_and(|one| one.verdict.is_equal())
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
