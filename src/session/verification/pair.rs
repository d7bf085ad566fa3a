//! Both sides of a pair: which of their readings are compared, and the one verdict of those on
//! several ways to read them.

use super::value::Value;
use super::{compare, read, value};
use crate::check::{Decision, Verdict};

/// What came out for one way to read both sides.
pub(super) struct Outcome {
    pub(super) decision: Decision,
    /// Which readings were compared.
    pub(super) places: [usize; 2],
}

/// Both sides as they were read, in the order of the ways to read them.
pub(super) struct Pair {
    pub(super) sides: [Vec<Value>; 2],
    /// The letters of which is said that they stand for any whole number.
    pub(super) whole: [Option<String>; 2],
    pub(super) notes: [Vec<String>; 2],
}

impl Pair {
    /// Whether readings of both sides are compared, by their places: what is a quantity, a
    /// choice or a word on both sides is no product and no variable.
    pub(super) fn may_meet(&self, places: [usize; 2]) -> bool {
        let readings = [0, 1].map(|side| &self.sides[side][places[side]]);
        let is_formula = |value: &&Value| matches!(value, Value::Formula(_));
        if self.has_turned_units() {
            return readings.iter().all(is_formula);
        }
        if self.are_measured() && readings.iter().any(is_formula)
            || readings.iter().all(is_formula) && self.has_same_words()
        {
            return false;
        }
        let is_choice = |value: &Value| matches!(value, Value::Choice(_));
        let has_choice = self.sides.each_ref().map(|side| side.iter().any(is_choice));
        match has_choice {
            [true, true] => {
                is_choice(readings[0]) == is_choice(readings[1])
                    && !readings.iter().any(|value| value.is_letter())
            }
            // What the letter stands for is compared, if it was written beside it.
            [true, false] | [false, true] => {
                let side = usize::from(has_choice[1]);
                let is_alone =
                    self.sides[side].iter().all(|v| is_choice(v) || v.is_letter());
                is_alone || !is_choice(readings[side])
            }
            [false, false] => true,
        }
    }

    /// One verdict of those on several ways to read both sides: that on which they agree.
    pub(super) fn together(&self, outcomes: Vec<Outcome>) -> Option<Outcome> {
        let class = |outcome: &Outcome| match &outcome.decision.verdict {
            Verdict::Undecided { .. } => None,
            verdict => Some(verdict.is_equal()),
        };
        outcomes.first()?;
        if let Some(open) = outcomes.iter().position(|outcome| class(outcome).is_none()) {
            return outcomes.into_iter().nth(open);
        }
        let equal = outcomes.iter().position(|outcome| class(outcome) == Some(true));
        let differ = outcomes.iter().position(|outcome| class(outcome) == Some(false));
        let (Some(equal), Some(differ)) = (equal, differ) else {
            return outcomes.into_iter().next();
        };
        let kind = |place: usize| {
            let places = outcomes[place].places;
            self.sides[0][places[0]].kind()
        };
        let reason = match (kind(equal), kind(differ)) {
            (one, other) if one == other => {
                "they are equal in some of the ways to read them, and differ in others"
                    .to_owned()
            }
            (one, other) => {
                let [one, other] = [one, other].map(value::with_article);
                format!("read as {one} they are equal, read as {other} they differ")
            }
        };
        let places = outcomes[differ].places;
        Some(Outcome { decision: compare::undecided(&reason), places })
    }

    /// Whether both sides can be read as quantities.
    pub(super) fn are_measured(&self) -> bool {
        let is_measured = |value: &Value| matches!(value, Value::Quantity(..));
        self.sides.iter().all(|side| side.iter().any(is_measured))
    }

    /// Whether what may be units are letters of products: `2xyz` and `2zxy`.
    pub(super) fn has_turned_units(&self) -> bool {
        const LETTERS: usize = 3;
        let [gold, answer] = self.sides.each_ref().map(|side| {
            side.iter().find_map(|value| match value {
                Value::Quantity(_, unit, _) if unit.dimension.is_none() => {
                    Some(&unit.name)
                }
                _ => None,
            })
        });
        gold.zip(answer).is_some_and(|(one, other)| {
            one.chars().count() <= LETTERS && read::are_turned(one, other)
        })
    }

    /// Whether both sides can be read as tuples.
    pub(super) fn has_tuples(&self) -> bool {
        let is_tuple = |value: &Value| matches!(value, Value::Tuple(_));
        self.sides.iter().all(|side| side.iter().any(is_tuple))
    }

    /// Whether both sides are the same words, of more letters than a product has.
    pub(super) fn has_same_words(&self) -> bool {
        const LONG: usize = 4;
        let words = |side: &[Value]| {
            side.iter().find_map(|value| match value {
                Value::Words(words) if words.chars().count() >= LONG => {
                    Some(words.clone())
                }
                _ => None,
            })
        };
        let [gold, answer] = self.sides.each_ref().map(|side| words(side));
        gold.is_some() && gold == answer
    }
}
