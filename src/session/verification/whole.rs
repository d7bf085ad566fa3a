//! Whole numbers: congruences, numbers to a base, and values of which there is one for each whole
//! number, as in `x = \frac{\pi}{2} + k\pi`.

use super::super::engine::{Engine, Form};
use super::compare::{different, undecided};
use super::value::{Based, Congruence, Part, Value};
use crate::check::{Decision, Verdict};
use crate::error::Result;
use crate::function;
use crate::kernel::{ExprId, Number, Pool};

/// Names that mostly stand for a whole number.
pub(super) const NAMES: [&str; 7] = ["k", "n", "m", "l", "K", "N", "z"];
/// In how many values of one period another one is told apart.
const MANY: i64 = 24;
/// The most values.
const VALUES: usize = 12;

/// Values of which there is one for each whole number.
struct Progression {
    start: ExprId,
    step: Number,
    /// Whether it is said that its letter stands for any whole number.
    is_stated: bool,
}

fn equal(known: &str) -> Decision {
    Decision { verdict: Verdict::Equal, known: known.to_owned() }
}

/// The formulas of an answer that is one value or several, and the name of these.
fn formulas(value: &Value) -> Option<(Option<String>, Vec<&Part>)> {
    match value {
        Value::Formula(part) => Some((None, vec![part])),
        Value::Named(label, inner) if label.is_value() => {
            let (_, parts) = formulas(inner)?;
            Some((label.function.clone(), parts))
        }
        Value::Values(list) | Value::List(list) | Value::Set(list) => {
            let (mut name, mut parts) = (None, Vec::new());
            for value in list {
                let (own, more) = formulas(value)?;
                if own.is_some() && name.is_some() && own != name {
                    return None;
                }
                name = own.or(name);
                parts.extend(more);
            }
            (1..=VALUES).contains(&parts.len()).then_some((name, parts))
        }
        _ => None,
    }
}

/// The formulas of two answers of one form, side by side; false where they have other forms.
fn pair(
    gold: &Value,
    answer: &Value,
    first: &mut Vec<ExprId>,
    second: &mut Vec<ExprId>,
) -> bool {
    match (gold, answer) {
        (Value::Formula(one), Value::Formula(other)) => {
            first.push(one.id());
            second.push(other.id());
            true
        }
        (Value::Named(_, one), other) | (other, Value::Named(_, one)) => {
            let is_first = matches!(gold, Value::Named(..));
            match is_first {
                true => pair(one, other, first, second),
                false => pair(other, one, first, second),
            }
        }
        (Value::Tuple(one), Value::Tuple(other))
        | (Value::List(one), Value::List(other))
        | (Value::Values(one), Value::Values(other))
        | (Value::Set(one), Value::Set(other)) => {
            one.len() == other.len()
                && one.iter().zip(other).all(|(a, b)| pair(a, b, first, second))
        }
        (Value::Quantity(one, ..), Value::Quantity(other, ..)) => {
            first.push(one.id());
            second.push(other.id());
            true
        }
        _ => false,
    }
}

/// The least number of which two are parts.
fn common(one: &Number, other: &Number) -> Option<Number> {
    let below = one.denominator().mul(&other.denominator());
    let [left, right] = [one, other].map(|number| number.mul(&below));
    let shared = left.gcd(&right).mul(&below);
    Some(left.mul(&right).mul(&shared.recip()?).abs())
}

impl Engine {
    /// The verdict on two congruences.
    pub(super) fn compare_congruences(
        &mut self,
        gold: &Congruence,
        answer: &Congruence,
    ) -> Result<Decision> {
        let written = |engine: &Self| {
            [gold, answer].map(|one| engine.written(&Value::Congruence(one.clone())))
        };
        if let (Some(one), Some(other)) = (&gold.of, &answer.of)
            && !self.decide_parts(one, other)?.verdict.is_equal()
        {
            return Ok(undecided("they say what is left of other things"));
        }
        let modulus = gold.modulus.id();
        let moduli =
            [modulus, answer.modulus.id()].map(|id| self.pool.as_number(id).cloned());
        let [Some(one), Some(other)] = moduli else {
            let rests = self.decide_parts(&gold.rest, &answer.rest)?;
            let are_alike = modulus == answer.modulus.id() && rests.verdict.is_equal();
            return Ok(match are_alike {
                true => rests,
                false => undecided("a modulus is no number"),
            });
        };
        if one != other {
            let [left, right] = written(self);
            return Ok(different(left, right, "they divide by other numbers"));
        }
        let gap = self.pool.difference(gold.rest.id(), answer.rest.id());
        let gap = self.pool.quotient(gap, modulus);
        let gap = self.simplify(gap)?;
        Ok(match self.pool.as_number(gap).map(Number::is_integer) {
            Some(true) => equal("proved: the rests differ by a multiple of the modulus"),
            Some(false) => {
                let [left, right] = written(self);
                different(left, right, "the rests are other ones")
            }
            None => undecided("a rest is no number"),
        })
    }

    /// The verdict where at least one number is written to a base.
    pub(super) fn compare_based(
        &mut self,
        gold: &Value,
        answer: &Value,
    ) -> Option<Decision> {
        let digits = |based: &Based| based.digits.trim_start_matches('0').to_owned();
        let (based, part) = match (gold, answer) {
            (Value::Based(one), Value::Based(other)) => {
                let is_same = one.value.id() == other.value.id();
                return Some(match (is_same, one.base == other.base) {
                    (true, true) => equal("proved: both are the same digits"),
                    (true, false) => {
                        undecided("it is one number, which is written to other bases")
                    }
                    (false, _) => {
                        let [left, right] = [gold, answer].map(|v| self.written(v));
                        different(left, right, "they are different numbers")
                    }
                });
            }
            (Value::Based(based), Value::Formula(part))
            | (Value::Formula(part), Value::Based(based)) => (based, part),
            _ => return None,
        };
        let number = self.pool.as_number(part.id())?;
        let is_value = self.pool.as_number(based.value.id()) == Some(number);
        let is_written = part.text.trim().trim_start_matches('0') == digits(based);
        Some(match (is_value, is_written) {
            (true, _) => undecided("only one number is written to a base"),
            (_, true) => undecided("only one says to which base the digits are"),
            _ => {
                let [left, right] = [gold, answer].map(|v| self.written(v));
                different(left, right, "they are different numbers")
            }
        })
    }

    /// What there is to say of several values with one letter that has another name on the other
    /// side, as a parameter has: they are equal but for it.
    pub(super) fn under_other_name(
        &mut self,
        gold: &Value,
        answer: &Value,
    ) -> Result<Option<Decision>> {
        let [own, others] =
            [gold, answer].map(|value| self.names_of(std::slice::from_ref(value)));
        let ([own], [other]) = (&own[..], &others[..]) else { return Ok(None) };
        let stem = |name: &str| {
            name.trim_end_matches(|c: char| c.is_ascii_digit() || c == '_').to_owned()
        };
        let labels = [gold, answer].map(|value| {
            super::names::of_labels(std::slice::from_ref(value), Vec::new())
        });
        // `y = 2x` and `x = 2y` are about the same.
        let is_apart = stem(own) != stem(other)
            && !labels.iter().flatten().any(|label| label == own || label == other);
        let (mut first, mut second) = (Vec::new(), Vec::new());
        let is_paired = is_apart && pair(gold, answer, &mut first, &mut second);
        let symbol = self.pool.symbol(own);
        if !is_paired || first.iter().all(|id| *id == symbol) {
            return Ok(None);
        }
        let put = [(self.pool.symbol(other), self.pool.symbol(own))];
        for (one, two) in first.into_iter().zip(second) {
            let moved = self.pool.substitute(&[two], &put, function::apply)[0];
            if !self.decide_ids(one, moved)?.verdict.is_equal() {
                return Ok(None);
            }
        }
        Ok(Some(undecided(&format!(
            "they are equal but for the names `{own}` and `{other}`"
        ))))
    }

    /// What there is to say of values of which there is one for each whole number; `stated` are
    /// the letters of which it is said that they stand for any.
    pub(super) fn compare_progressions(
        &mut self,
        [gold, answer]: [&Value; 2],
        stated: &[Option<String>; 2],
    ) -> Result<Option<Decision>> {
        let (Some((name, first)), Some((own, second))) =
            (formulas(gold), formulas(answer))
        else {
            return Ok(None);
        };
        if name.is_some() && own.is_some() && name != own {
            return Ok(None);
        }
        for unit in [Pool::PI, Pool::ONE] {
            let one = self.progressions(&first, unit, stated[0].as_deref())?;
            let other = self.progressions(&second, unit, stated[1].as_deref())?;
            let (Some((one, alone)), Some((other, lone))) = (one, other) else {
                continue;
            };
            let mut all = one.iter().chain(&other);
            let is_stated = all.clone().any(|one| one.is_stated);
            if unit == Pool::ONE && !is_stated {
                continue;
            }
            let Some(period) = all
                .try_fold(one[0].step.clone(), |period, one| common(&period, &one.step))
            else {
                return Ok(None);
            };
            let places = [&one, &other].map(|list| self.in_period(list, &period, unit));
            let [Some(left), Some(right)] = places else { return Ok(None) };
            // What is one of the others says nothing.
            for (alone, places) in [(&alone, &left), (&lone, &right)] {
                for value in alone {
                    if self.is_one_of(*value, places, &period, unit)? != Some(true) {
                        return Ok(None);
                    }
                }
            }
            let mut are_same = Some(true);
            for (own, others) in [(&left, &right), (&right, &left)] {
                for place in own {
                    are_same = match self.is_one_of(*place, others, &period, unit)? {
                        Some(true) => are_same,
                        Some(false) if are_same.is_some() => Some(false),
                        _ => None,
                    };
                }
            }
            let is_one = first.len() == 1 && second.len() == 1;
            return Ok(match are_same {
                Some(true) if is_stated => {
                    Some(equal("proved: they are the same for all whole numbers"))
                }
                Some(true) => {
                    Some(undecided("they are equal only for all whole numbers together"))
                }
                Some(false) if is_one => None,
                Some(false) => {
                    let [left, right] = [gold, answer].map(|v| self.written(v));
                    let known = "they are other values for all whole numbers together";
                    Some(different(left, right, known))
                }
                None => {
                    Some(undecided("values for all whole numbers are not told apart"))
                }
            });
        }
        Ok(None)
    }

    /// Whether values are such for each whole number, whose steps are multiples of pi.
    pub(super) fn is_for_each(&mut self, value: &Value) -> Result<bool> {
        let Some((_, parts)) = formulas(value) else { return Ok(false) };
        Ok(self.progressions(&parts, Pool::PI, None)?.is_some())
    }

    /// Formulas as such values, whose steps are multiples of a unit, and numbers beside them.
    fn progressions(
        &mut self,
        parts: &[&Part],
        unit: ExprId,
        stated: Option<&str>,
    ) -> Result<Option<(Vec<Progression>, Vec<ExprId>)>> {
        let (mut found, mut alone) = (Vec::with_capacity(parts.len()), Vec::new());
        for part in parts {
            let names = self.variables(&[part.id()]);
            if names.is_empty() {
                alone.push(part.id());
                continue;
            }
            let [name] = &names[..] else { return Ok(None) };
            let is_stated = stated == Some(name);
            if !is_stated && !NAMES.contains(&&**name) {
                return Ok(None);
            }
            let step = self.derivative(part.id(), name, Form::Auto, &mut ())?;
            let step = self.pool.quotient(step, unit);
            let step = self.simplify(step)?;
            let Some(step) = self.pool.as_number(step).filter(|step| !step.is_zero())
            else {
                return Ok(None);
            };
            let step = step.abs();
            let at = [(self.pool.symbol(name), Pool::ZERO)];
            let start = self.pool.substitute(&[part.id()], &at, function::apply)[0];
            found.push(Progression { start, step, is_stated });
        }
        Ok((!found.is_empty()).then_some((found, alone)))
    }

    /// The values in one period.
    fn in_period(
        &mut self,
        list: &[Progression],
        period: &Number,
        unit: ExprId,
    ) -> Option<Vec<ExprId>> {
        let mut found = Vec::new();
        for one in list {
            let count = period.mul(&one.step.recip()?).to_i64()?;
            if !(1..=MANY).contains(&count) {
                return None;
            }
            for place in 0..count {
                let ahead = self.pool.number(one.step.mul(&Number::from(place)));
                let ahead = self.pool.product(&[ahead, unit]);
                found.push(self.pool.sum(&[one.start, ahead]));
            }
        }
        Some(found)
    }

    /// Whether a value is one of others but for whole periods; nothing where that is not known.
    fn is_one_of(
        &mut self,
        value: ExprId,
        others: &[ExprId],
        period: &Number,
        unit: ExprId,
    ) -> Result<Option<bool>> {
        let period = self.pool.number(period.clone());
        let period = self.pool.product(&[period, unit]);
        let mut found = Some(false);
        for other in others {
            let gap = self.pool.difference(value, *other);
            let count = self.pool.quotient(gap, period);
            let count = self.simplify(count)?;
            match self.pool.as_number(count).map(Number::is_integer) {
                Some(true) => return Ok(Some(true)),
                Some(false) => {}
                None => found = None,
            }
        }
        Ok(found)
    }
}
