//! Sets of real numbers between bounds: intervals, their unions and meets, points.
//!
//! The ends of both sets cut the line into points and gaps. On each of them a set holds all or
//! nothing, so two sets are equal when they hold the same of these, and one that only one of
//! them holds is a point at which they differ.

use super::super::engine::Engine;
use super::super::formula::Settings;
use super::compare::undecided;
use super::read::refused;
use super::value::Value;
use crate::check::{Decision, Verdict, Witness};
use crate::error::Result;
use crate::kernel::{ExprId, Pool};
use std::cmp::Ordering;

/// The most ends that two sets may have together.
const MANY: usize = 64;

/// A set of real numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Region {
    /// What lies between two ends; for ever where there is none.
    Interval(Option<End>, Option<End>),
    /// Single numbers.
    Points(Vec<ExprId>),
    /// What is in one of several.
    Union(Vec<Region>),
    /// What is in all of several.
    Meet(Vec<Region>),
}

/// An end of an interval.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct End {
    pub(super) at: ExprId,
    pub(super) is_closed: bool,
}

impl Region {
    /// What is in all of several: one interval, where each bounds it on one side.
    pub(super) fn meet(mut parts: Vec<Self>) -> Self {
        if parts.len() == 1
            && let Some(only) = parts.pop()
        {
            return only;
        }
        match parts[..] {
            [Self::Interval(low, None), Self::Interval(None, high)]
            | [Self::Interval(None, high), Self::Interval(low, None)] => {
                Self::Interval(low, high)
            }
            _ => Self::Meet(parts),
        }
    }

    /// The ends of its parts.
    fn ends(&self) -> Vec<ExprId> {
        match self {
            Self::Interval(low, high) => {
                low.iter().chain(high).map(|end| end.at).collect()
            }
            Self::Points(points) => points.clone(),
            Self::Union(parts) | Self::Meet(parts) => {
                parts.iter().flat_map(Self::ends).collect()
            }
        }
    }

    /// Whether it holds a place of the line: the end of rank n is at 2n + 1, and the gaps are
    /// before and behind it.
    fn holds(&self, place: usize, rank: &dyn Fn(ExprId) -> usize) -> bool {
        let at = |end: &End| 2 * rank(end.at) + 1;
        match self {
            Self::Interval(low, high) => {
                low.is_none_or(|low| {
                    place > at(&low) || place == at(&low) && low.is_closed
                }) && high.is_none_or(|high| {
                    place < at(&high) || place == at(&high) && high.is_closed
                })
            }
            Self::Points(points) => points.iter().any(|id| place == 2 * rank(*id) + 1),
            Self::Union(parts) => parts.iter().any(|part| part.holds(place, rank)),
            Self::Meet(parts) => parts.iter().all(|part| part.holds(place, rank)),
        }
    }
}

impl Engine {
    /// Refuses an interval whose ends are numbers in the wrong order.
    pub(super) fn must_ascend(
        &mut self,
        low: ExprId,
        high: ExprId,
        closed: [bool; 2],
    ) -> Result<()> {
        match self.order_of(low, high)? {
            Some(Ordering::Greater) => {
                Err(refused("an interval that ends before it begins".to_owned()))
            }
            Some(Ordering::Equal) if closed != [true; 2] => {
                Err(refused("an interval with nothing in it".to_owned()))
            }
            _ => Ok(()),
        }
    }

    /// A value of which is said that it is nearly a number in decimals, with what its last place
    /// counts: it is refuted where it is known to be farther off.
    pub(super) fn beside_decimals(
        &mut self,
        value: Value,
        [decimals, place]: &[String; 2],
        settings: &Settings,
    ) -> Result<Value> {
        let Value::Formula(mut part) = value else { return Ok(value) };
        if self.variables(&[part.id()]).is_empty() {
            let near = self.part(decimals, settings)?.id();
            let place = self.part(place, settings)?.id();
            let (low, high) =
                (self.pool.difference(near, place), self.pool.sum(&[near, place]));
            let orders =
                [self.order_of(low, part.id())?, self.order_of(part.id(), high)?];
            if orders.iter().any(|o| !matches!(o, None | Some(Ordering::Less))) {
                part.refuted = Some(part.text.clone());
            }
        }
        Ok(Value::Formula(part))
    }

    /// Which of two constants is larger; `None` where that is not known.
    pub(super) fn order_of(
        &mut self,
        one: ExprId,
        other: ExprId,
    ) -> Result<Option<Ordering>> {
        let gap = self.pool.difference(one, other);
        let gap = self.simplify(gap)?;
        if let Some(number) = self.pool.as_number(gap) {
            return Ok(Some(match (number.is_zero(), number.is_positive()) {
                (true, _) => Ordering::Equal,
                (_, true) => Ordering::Greater,
                _ => Ordering::Less,
            }));
        }
        if !self.variables(&[gap]).is_empty() {
            return Ok(None);
        }
        if self.decide_ids(gap, Pool::ZERO)?.verdict == Verdict::Equal {
            return Ok(Some(Ordering::Equal));
        }
        const DIGITS: usize = 15;
        let text = self.with_digits(gap, DIGITS).unwrap_or_default();
        let is_sure = text.contains(|c: char| matches!(c, '1'..='9'));
        Ok(is_sure.then(|| match text.starts_with('-') {
            true => Ordering::Less,
            false => Ordering::Greater,
        }))
    }

    /// Whether two sets of real numbers are equal.
    pub(super) fn compare_regions(
        &mut self,
        gold: &Region,
        answer: &Region,
        name: Option<&str>,
    ) -> Result<Decision> {
        if gold == answer {
            return Ok(equal());
        }
        let ends: Vec<ExprId> = gold.ends().into_iter().chain(answer.ends()).collect();
        if ends.len() > MANY {
            return Ok(undecided("the sets have too many ends"));
        }
        // Equal ends are one.
        let mut line: Vec<ExprId> = Vec::new();
        let mut known: Vec<(ExprId, ExprId)> = Vec::new();
        for end in ends {
            if known.iter().any(|(own, _)| *own == end) {
                continue;
            }
            let mut at = line.len();
            let mut same = None;
            for (place, other) in line.iter().enumerate() {
                match self.order_of(end, *other)? {
                    None => return self.by_parts(gold, answer),
                    Some(Ordering::Equal) => same = Some(*other),
                    Some(Ordering::Less) => at = at.min(place),
                    Some(Ordering::Greater) => {}
                }
            }
            known.push((end, same.unwrap_or(end)));
            if same.is_none() {
                line.insert(at, end);
            }
        }
        let rank = |id: ExprId| {
            let own =
                known.iter().find(|(own, _)| *own == id).map_or(id, |(_, one)| *one);
            line.iter().position(|end| *end == own).unwrap_or(0)
        };
        let differ =
            |place: &usize| gold.holds(*place, &rank) != answer.holds(*place, &rank);
        let Some(place) = (0..=2 * line.len()).find(differ) else { return Ok(equal()) };
        let said = |holds| if holds { "in the set" } else { "not in the set" };
        let (left, right) = (gold.holds(place, &rank), answer.holds(place, &rank));
        let point = self.place_on(&line, place)?;
        let point = vec![(name.unwrap_or("x").to_owned(), self.text_of(point))];
        let (left, right) = (said(left).to_owned(), said(right).to_owned());
        let witness = Witness { point, left, right, difference: None };
        let known = "refuted at this point".to_owned();
        Ok(Decision { verdict: Verdict::Different(witness), known })
    }

    /// A number at a place of the line.
    fn place_on(&mut self, line: &[ExprId], place: usize) -> Result<ExprId> {
        let Some(last) = line.len().checked_sub(1) else { return Ok(Pool::ZERO) };
        let next = place / 2;
        let found = match (place % 2, next) {
            (1, _) => line[next],
            (_, 0) => self.pool.difference(line[0], Pool::ONE),
            (_, next) if next > last => self.pool.sum(&[line[last], Pool::ONE]),
            _ => {
                let sum = self.pool.sum(&[line[next - 1], line[next]]);
                self.pool.product(&[sum, Pool::HALF])
            }
        };
        self.simplify(found)
    }

    /// Intervals whose ends are no numbers, end by end.
    fn by_parts(&mut self, gold: &Region, answer: &Region) -> Result<Decision> {
        let (Region::Interval(a, b), Region::Interval(c, d)) = (gold, answer) else {
            return Ok(undecided("it is not known which end comes first"));
        };
        for (one, other) in [(a, c), (b, d)] {
            let is_same = match (one, other) {
                (None, None) => true,
                (Some(one), Some(other)) => {
                    one.is_closed == other.is_closed
                        && self.decide_ids(one.at, other.at)?.verdict.is_equal()
                }
                _ => false,
            };
            if !is_same {
                return Ok(undecided("it is not known which end comes first"));
            }
        }
        Ok(equal())
    }

    /// A set in calcgrad's notation.
    pub(super) fn region_text(&self, region: &Region) -> String {
        match region {
            Region::Interval(low, high) => {
                let end = |end: &Option<End>, infinite: &str| {
                    end.map_or(infinite.to_owned(), |end| self.text_of(end.at))
                };
                let is_closed = |end: &Option<End>| end.is_some_and(|end| end.is_closed);
                let open = if is_closed(low) { '[' } else { '(' };
                let close = if is_closed(high) { ']' } else { ')' };
                format!(
                    "{open}{}, {}{close}",
                    end(low, "-infinity"),
                    end(high, "infinity")
                )
            }
            Region::Points(points) => {
                let texts: Vec<String> =
                    points.iter().map(|id| self.text_of(*id)).collect();
                format!("{{{}}}", texts.join(", "))
            }
            Region::Union(parts) => {
                let texts = parts.iter().map(|part| self.region_text(part));
                texts.collect::<Vec<_>>().join(" or ")
            }
            Region::Meet(parts) => {
                let texts = parts.iter().map(|part| match part {
                    Region::Union(_) => format!("({})", self.region_text(part)),
                    _ => self.region_text(part),
                });
                texts.collect::<Vec<_>>().join(" and ")
            }
        }
    }
}

fn equal() -> Decision {
    let known = "proved: both sets hold the same numbers".to_owned();
    Decision { verdict: Verdict::Equal, known }
}
