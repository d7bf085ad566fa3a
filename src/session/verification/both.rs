//! Points and solutions with values of both signs in them: `(\pm 1, 0)` is two points, and of
//! `(\pm 1, \pm 2)` nobody says whether the signs belong together.

use super::super::engine::Engine;
use super::Terms;
use super::compare::undecided;
use super::value::Value;
use crate::check::Decision;
use crate::error::Result;

impl Value {
    /// The values of which each is an answer, where a value is several.
    fn several(&self) -> Option<Vec<Self>> {
        match self {
            Self::Values(values) => Some(values.clone()),
            Self::Named(label, inner) => {
                let named = |value| Self::Named(label.clone(), Box::new(value));
                Some(inner.several()?.into_iter().map(named).collect())
            }
            _ => None,
        }
    }

    /// Whether a value is one answer of several entries: a point, or a solution in names.
    fn entries(&self) -> Option<&[Self]> {
        let is_named = |value: &Self| matches!(value, Self::Named(..));
        match self {
            Self::Tuple(entries) => Some(entries),
            Self::List(entries) if entries.iter().all(is_named) => Some(entries),
            _ => None,
        }
    }

    /// The answers that a value is, where one of its entries stands for several, or one value of
    /// a list does.
    fn spread(&self) -> Option<Self> {
        if let Some(entries) = self.entries() {
            let mut open = entries.iter().enumerate();
            let mut open = open.by_ref().filter_map(|(at, e)| Some((at, e.several()?)));
            let (place, all) = open.next()?;
            if open.next().is_some() {
                return None;
            }
            let with = |value| {
                let mut entries = entries.to_vec();
                entries[place] = value;
                match self {
                    Self::Tuple(_) => Self::Tuple(entries),
                    _ => Self::List(entries),
                }
            };
            return Some(Self::Values(all.into_iter().map(with).collect()));
        }
        let (Self::List(values) | Self::Values(values) | Self::Set(values)) = self else {
            return None;
        };
        let mut is_any = false;
        let mut found = Vec::with_capacity(values.len());
        for value in values {
            let spread = value.spread();
            match spread.as_ref().unwrap_or(value).several() {
                Some(several) if !matches!(value, Self::Named(..)) => {
                    is_any = true;
                    found.extend(several);
                }
                _ => found.push(value.clone()),
            }
        }
        is_any.then(|| match self {
            Self::List(_) => Self::List(found),
            Self::Set(_) => Self::Set(found),
            _ => Self::Values(found),
        })
    }

    /// Whether several entries of one answer stand for several values each.
    fn is_linked(&self) -> bool {
        if let Some(entries) = self.entries() {
            return entries.iter().filter(|entry| entry.several().is_some()).count() > 1;
        }
        match self {
            Self::List(values) | Self::Values(values) | Self::Set(values) => {
                values.iter().any(Self::is_linked)
            }
            _ => false,
        }
    }
}

impl Engine {
    /// The verdict on two values; `None` where they are of kinds that are not compared.
    pub(super) fn compare(
        &mut self,
        gold: &Value,
        answer: &Value,
        terms: &Terms,
        notes: &mut Vec<String>,
    ) -> Result<Option<Decision>> {
        let reason = "the signs of both signs may belong together or not";
        let found = self.compare_as_read(gold, answer, terms, notes)?;
        let are_linked = [gold.is_linked(), answer.is_linked()];
        let is_equal = found.as_ref().is_some_and(|found| found.verdict.is_equal());
        if is_equal {
            let is_sure =
                are_linked == [false; 2] || self.agree_in_order(gold, answer, terms)?;
            return Ok(if is_sure { found } else { Some(undecided(reason)) });
        }
        let spread = [gold.spread(), answer.spread()];
        if spread.iter().any(Option::is_some) {
            let one = spread[0].as_ref().unwrap_or(gold);
            let other = spread[1].as_ref().unwrap_or(answer);
            let again = self.compare_as_read(one, other, terms, notes)?;
            let is_better = |again: &Decision| {
                found.as_ref().is_none_or(|found| found.verdict.is_different())
                    && !again.verdict.is_different()
            };
            if again.as_ref().is_some_and(is_better) {
                return Ok(again);
            }
        }
        let is_refuted = found.as_ref().is_none_or(|found| found.verdict.is_different());
        Ok(match is_refuted && are_linked[0] != are_linked[1] {
            true => Some(undecided(reason)),
            false => found,
        })
    }

    /// Whether values of both signs are equal in their order, so that signs that belong together
    /// are the same ones.
    fn agree_in_order(
        &mut self,
        gold: &Value,
        answer: &Value,
        terms: &Terms,
    ) -> Result<bool> {
        let inner = |value: &Value| match value {
            Value::Named(_, inner) => (**inner).clone(),
            value => value.clone(),
        };
        let (gold, answer) = (inner(gold), inner(answer));
        let (Value::Tuple(one) | Value::List(one) | Value::Values(one)) = &gold else {
            return Ok(true);
        };
        let (Value::Tuple(other) | Value::List(other) | Value::Values(other)) = &answer
        else {
            return Ok(false);
        };
        if one.len() != other.len() {
            return Ok(false);
        }
        for (gold, answer) in one.iter().zip(other) {
            let is_equal = self.compare_any(gold, answer, terms)?.verdict.is_equal();
            if !is_equal || !self.agree_in_order(gold, answer, terms)? {
                return Ok(false);
            }
        }
        Ok(true)
    }
}
