//! Two answers that were read, compared by what they are.

use super::super::engine::Engine;
use super::super::judge::Judgement;
use super::Terms;
use super::named::are_in_turn;
use super::value::{Value, with_article};
use crate::check::{Decision, Verdict, Witness};
use crate::error::Result;
use crate::kernel::ExprId;
use crate::syntax;

/// A verdict that says nothing, with the reason.
pub(super) fn undecided(reason: &str) -> Decision {
    let verdict = Verdict::Undecided { reason: reason.to_owned() };
    Decision { verdict, known: "neither proved nor refuted".to_owned() }
}

/// The verdict on what differs whatever variables are.
pub(super) fn different(left: String, right: String, known: &str) -> Decision {
    let witness = Witness { point: Vec::new(), left, right, difference: None };
    Decision { verdict: Verdict::Different(witness), known: known.to_owned() }
}

/// The verdict on what is of another shape.
fn misshapen(reason: String) -> Decision {
    Decision { verdict: Verdict::WrongShape { reason }, known: "counted".to_owned() }
}

/// The verdict on what cannot be compared because it is of other kinds.
pub(super) fn of_other_kinds(gold: &Value, answer: &Value) -> Decision {
    let reason = format!("one is {}, the other {}", called(gold), called(answer));
    let is_open = |value: &Value| matches!(value, Value::Words(_) | Value::Choice(_));
    if let (Value::Quantity(..), Value::Formula(part))
    | (Value::Formula(part), Value::Quantity(..)) = (gold, answer)
    {
        let names = part.formula.program().names();
        if let Some(name) = names.iter().find(|name| syntax::is_unit(name)) {
            return undecided(&format!("`{name}` may be a unit or a name"));
        }
    }
    match is_open(gold) || is_open(answer) {
        true => undecided(&reason),
        false => misshapen(reason),
    }
}

/// What a value is, with an article.
fn called(value: &Value) -> String {
    let many = |values: &[Value], [one, many]: [&str; 2]| match values.len() {
        1 => format!("1 {one}"),
        count => format!("{count} {many}"),
    };
    match value {
        Value::Tuple(values) => {
            format!("a tuple of {}", many(values, ["entry", "entries"]))
        }
        Value::Set(values) => {
            format!("a set of {}", many(values, ["element", "elements"]))
        }
        Value::List(values) | Value::Values(values) => many(values, ["value", "values"]),
        Value::Named(_, value) => called(value),
        other => with_article(other.kind()),
    }
}

impl Engine {
    /// The verdict on two values as they were read; `None` where they are of kinds that are not
    /// compared.
    pub(super) fn compare_as_read(
        &mut self,
        gold: &Value,
        answer: &Value,
        terms: &Terms,
        notes: &mut Vec<String>,
    ) -> Result<Option<Decision>> {
        use Value as V;
        Ok(Some(match (gold, answer) {
            (V::Named(..), _) | (_, V::Named(..)) => {
                return self.compare_named(gold, answer, terms, notes);
            }
            (V::Congruence(one), V::Congruence(other)) => {
                self.compare_congruences(one, other)?
            }
            (V::Congruence(_), _) | (_, V::Congruence(_)) => {
                undecided("one is a congruence, the other is none")
            }
            (V::Based(_), _) | (_, V::Based(_)) => {
                return Ok(self.compare_based(gold, answer));
            }
            (V::Formula(one), V::Formula(other)) => {
                self.compare_formulas(one, other, terms, notes)?
            }
            (V::Quantity(..), V::Quantity(..) | V::Formula(_))
            | (V::Formula(_), V::Quantity(..)) => {
                return self.compare_quantities(gold, answer, terms, notes);
            }
            (V::Tuple(one), V::Tuple(other)) => {
                return self.compare_tuples(one, other, terms, notes);
            }
            (V::List(one), V::Tuple(other)) | (V::Tuple(one), V::List(other))
                if !self.has_names(one) && !self.has_names(other) =>
            {
                return self.compare_lists(one, other, true, terms, notes);
            }
            (V::List(one), V::List(other))
                if self.has_names(one) && self.has_names(other) =>
            {
                return self.compare_assignments(one, other, terms, notes);
            }
            (V::List(one), V::Tuple(other)) => {
                return self.compare_with_point(one, other, true, terms, notes);
            }
            (V::Tuple(one), V::List(other)) => {
                return self.compare_with_point(other, one, false, terms, notes);
            }
            (V::List(one), V::List(other)) => {
                return self.compare_lists(one, other, false, terms, notes);
            }
            (V::List(named), V::Set(_) | V::Values(_))
            | (V::Set(_) | V::Values(_), V::List(named))
                if self.has_names(named) =>
            {
                undecided("one has names, the other values without")
            }
            (
                V::Set(one) | V::Values(one) | V::List(one),
                V::Set(other) | V::Values(other) | V::List(other),
            ) => self.compare_sets(one, other, terms)?,
            (V::Region(one, first), V::Region(other, second)) => {
                if let (Some(first), Some(second)) = (first, second)
                    && first != second
                {
                    return Ok(Some(undecided("they are about other variables")));
                }
                let name = first.as_deref().or(second.as_deref());
                self.compare_regions(one, other, name)?
            }
            (V::Region(region, name), V::Set(_)) => {
                let Some((points, _)) = self.as_region(answer) else { return Ok(None) };
                self.compare_regions(region, &points, name.as_deref())?
            }
            (V::Set(_), V::Region(region, name)) => {
                let Some((points, _)) = self.as_region(gold) else { return Ok(None) };
                self.compare_regions(&points, region, name.as_deref())?
            }
            (V::Set(one) | V::Values(one), other)
                if one.len() == 1 && is_single(other) =>
            {
                let found = self.compare(&one[0], answer, terms, notes)?;
                return Ok(found.map(|found| of_one_value(found, gold)));
            }
            (other, V::Set(one) | V::Values(one))
                if one.len() == 1 && is_single(other) =>
            {
                let found = self.compare(gold, &one[0], terms, notes)?;
                return Ok(found.map(|found| of_one_value(found, answer)));
            }
            (V::List(several), V::Formula(_)) if are_in_turn(several) => {
                return self.compare_first(several, answer, terms, notes);
            }
            (V::Formula(_), V::List(several)) if are_in_turn(several) => {
                return self.compare_first(several, gold, terms, notes);
            }
            // Square brackets are round ones around one formula.
            (V::Tuple(entries), V::Formula(_)) if entries.len() == 1 => {
                return self.compare(&entries[0], answer, terms, notes);
            }
            (V::Formula(_), V::Tuple(entries)) if entries.len() == 1 => {
                return self.compare(gold, &entries[0], terms, notes);
            }
            // `2i + 3j` may be a vector.
            (V::Formula(part), V::Tuple(_)) | (V::Tuple(_), V::Formula(part))
                if self.has_unit_vectors(part.id()) =>
            {
                undecided("unit vectors are not compared with a tuple")
            }
            (V::Values(_), V::Formula(_)) | (V::Formula(_), V::Values(_)) => {
                // `\pm 0` is one value.
                let one = self.alone(gold)?.unwrap_or_else(|| gold.clone());
                let other = self.alone(answer)?.unwrap_or_else(|| answer.clone());
                match (&one, &other) {
                    (V::Formula(_), V::Formula(_)) => {
                        return self.compare(&one, &other, terms, notes);
                    }
                    _ => return Ok(None),
                }
            }
            (V::Equation(one), V::Equation(other)) => {
                self.compare_equations(one, other)?
            }
            (V::Equation(equation), V::Formula(part))
            | (V::Formula(part), V::Equation(equation))
                if self.is_side(equation.roots[0], part.id())? =>
            {
                undecided("one is an equation, the other one of its sides")
            }
            (V::Inequalities(one), V::Inequalities(other)) => {
                self.compare_inequalities(one, other)?
            }
            (V::Inequalities(_), V::Region(..)) | (V::Region(..), V::Inequalities(_)) => {
                undecided("an inequality is not solved")
            }
            (V::Infinity(one), V::Infinity(other)) => match one == other {
                true => Decision {
                    verdict: Verdict::Equal,
                    known: "both are the same infinity".to_owned(),
                },
                false => {
                    let known = "the signs of infinity differ";
                    different(self.written(gold), self.written(answer), known)
                }
            },
            (V::Infinity(_), V::Formula(part)) | (V::Formula(part), V::Infinity(_)) => {
                if !self.variables(&[part.id()]).is_empty() {
                    return Ok(None);
                }
                let known = "one is infinity, the other a number";
                different(self.written(gold), self.written(answer), known)
            }
            (V::Choice(one), V::Choice(other)) => match one == other {
                true => Decision {
                    verdict: Verdict::Equal,
                    known: "both are the same choice".to_owned(),
                },
                false => different(
                    one.to_string(),
                    other.to_string(),
                    "they are other choices",
                ),
            },
            (V::Choice(_), _) | (_, V::Choice(_)) => of_other_kinds(gold, answer),
            (V::Words(one), V::Words(other)) => match one == other {
                true => Decision {
                    verdict: Verdict::Equal,
                    known: "both are the same words".to_owned(),
                },
                false => undecided("both are words, which are compared letter by letter"),
            },
            _ => return Ok(None),
        }))
    }

    /// Whether `j`, or a name with a hat, stands in an expression, as unit vectors do.
    fn has_unit_vectors(&self, id: ExprId) -> bool {
        let names = self.variables(&[id]);
        names.iter().any(|name| name == "j" || name.ends_with("_hat"))
    }

    /// Tuples entry by entry.
    pub(super) fn compare_tuples(
        &mut self,
        one: &[Value],
        other: &[Value],
        terms: &Terms,
        notes: &mut Vec<String>,
    ) -> Result<Option<Decision>> {
        if one.len() != other.len() {
            let reason =
                format!("one has {} entries, the other {}", one.len(), other.len());
            return Ok(Some(misshapen(reason)));
        }
        let mut decisions = Vec::with_capacity(one.len());
        for (gold, answer) in one.iter().zip(other) {
            let found = self.compare(gold, answer, terms, notes)?;
            decisions.push(found.unwrap_or_else(|| of_other_kinds(gold, answer)));
        }
        Ok(Some(Judgement::worst(decisions)))
    }
}

/// Whether a value is one answer, in whatever form.
fn is_single(value: &Value) -> bool {
    matches!(
        value,
        Value::Formula(_) | Value::Tuple(_) | Value::Quantity(..) | Value::Infinity(_)
    )
}

/// The verdict on a value and a set of one value: whether they are the same is a question of
/// words.
fn of_one_value(found: Decision, set: &Value) -> Decision {
    match (found.verdict.is_equal(), set) {
        (true, Value::Set(_)) => {
            undecided("one is a set of one element, the other that element")
        }
        _ => found,
    }
}
