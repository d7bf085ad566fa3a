//! What is said beside answers: conditions under which they hold, and letters that stand for whole
//! numbers.

use super::super::engine::Engine;
use super::compare;
use super::pair::Pair;
use super::value::Value;
use super::whole;
use crate::check::{Decision, Verdict};
use crate::syntax::{self, Contents};

impl Engine {
    /// A verdict on answers of which conditions are said: they hold there.
    pub(super) fn under_conditions(
        &mut self,
        decision: Decision,
        sides: &[Contents; 2],
        (pair, places): (&Pair, [usize; 2]),
    ) -> Decision {
        let decision = self.of_whole_letters(decision, pair);
        let decision = under_said(decision, sides);
        let kind = pair.sides[0].get(places[0]).map(Value::kind);
        let decision = of_whole_sets(decision, kind.unwrap_or_default());
        let is_conditional = matches!(decision.verdict, Verdict::EqualOnDomain { .. })
            && sides.iter().any(|side| side.condition.is_some());
        match is_conditional && self.has_progression(pair, places) {
            true => compare::undecided("what is said of the whole numbers differs"),
            false => decision,
        }
    }

    /// A verdict on answers of which one says that a variable of both is a whole number.
    fn of_whole_letters(&self, decision: Decision, pair: &Pair) -> Decision {
        let found = pair.whole.iter().zip([1, 0]).find_map(|(letter, place)| {
            let letter = letter.as_ref()?;
            let names = self.names_of(&pair.sides[place]);
            let is_free = names.contains(letter)
                && pair.whole[place].is_none()
                && !whole::NAMES.contains(&letter.as_str());
            is_free.then_some(letter)
        });
        let Some(letter) = found else { return decision };
        let condition = format!("{letter} integer");
        match decision.verdict {
            Verdict::Equal => {
                Decision { verdict: Verdict::EqualOnDomain { condition }, ..decision }
            }
            Verdict::EqualOnDomain { .. } | Verdict::ProbablyEqual { .. } => {
                compare::undecided(&format!("only one says `{condition}`"))
            }
            _ => decision,
        }
    }

    /// Whether a side has one value for each whole number.
    fn has_progression(&mut self, pair: &Pair, places: [usize; 2]) -> bool {
        let has_whole = pair.whole.iter().any(Option::is_some);
        has_whole
            || pair.sides.iter().zip(places).any(|(side, place)| {
                let value = side.get(place);
                value.is_some_and(|value| self.is_for_each(value).unwrap_or(true))
            })
    }

    /// Whether a formula on one side may be a unit, where the other side has a unit: `1 S` and
    /// `1/Ω`.
    pub(super) fn may_be_units(&self, pair: &Pair) -> bool {
        let is_measured = |value: &Value| matches!(value, Value::Quantity(_, unit, _) if unit.dimension.is_some());
        let measured = pair.sides.each_ref().map(|side| side.iter().any(is_measured));
        let names = pair.sides.each_ref().map(|side| self.names_of(side));
        let place = usize::from(measured[0]);
        measured[0] != measured[1]
            && names[0] != names[1]
            && !names[place].is_empty()
            && names[place].iter().all(|name| syntax::is_unit(name))
    }
}

/// A verdict on answers that hold where both conditions do.
fn under_said(decision: Decision, sides: &[Contents; 2]) -> Decision {
    if sides[0].has_differential {
        return compare::undecided("a differential stands behind the right answer only");
    }
    let conditions = sides.each_ref().map(|side| side.condition.as_deref());
    let condition = match conditions {
        [None, None] => return decision,
        [Some(one), Some(other)] => {
            let plain = |text: &str| -> String {
                text.chars().filter(|c| !c.is_whitespace()).collect()
            };
            if plain(one) == plain(other) {
                return decision;
            }
            let reason = format!("they hold under other conditions: `{one}`, `{other}`");
            return compare::undecided(&reason);
        }
        [Some(one), None] | [None, Some(one)] => one.to_owned(),
    };
    match decision.verdict {
        Verdict::Equal => {
            Decision { verdict: Verdict::EqualOnDomain { condition }, ..decision }
        }
        _ => decision,
    }
}

/// A verdict on sets of numbers, of which one has a condition: it holds other numbers.
fn of_whole_sets(decision: Decision, kind: &str) -> Decision {
    const SETS: [&str; 3] = ["interval", "inequality", "set"];
    match &decision.verdict {
        Verdict::EqualOnDomain { condition }
            if SETS.contains(&kind) && !is_of_reals(condition) =>
        {
            compare::undecided(&format!("only one says `{condition}`"))
        }
        _ => decision,
    }
}

/// Whether a condition says no more than that a number is real.
fn is_of_reals(condition: &str) -> bool {
    let plain = condition.trim_end_matches(['}', ')', ' ', '$', '.']);
    plain.ends_with(['R', 'ℝ']) || plain.contains("real")
}
