//! Which signs of parts there may be over the real numbers, beyond those that were met in models.
//!
//! A model has no order. What is a square but for a number has one sign in it, and that need not
//! be the sign of the number: sums leave the numbers whose signs are known. So what was never met
//! counts as excluded only where a real point shows that such products have the right signs, or
//! where that is proved otherwise.
//!
//! Where an absolute value stands in a part, the part is another one on both sides of what is in
//! it, and so are its products. So parts are looked at in levels: what is free of choices, then
//! what depends on the signs of those, for each of their combinations, and so on.

use super::image::Met;
use crate::kernel::{ExprId, FunctionId, Node, Number, Pool, Relation};
use std::collections::BTreeMap;

/// The most parts of one level whose signs are combined in all ways.
const MOST: usize = 9;

/// What excludes signs, as far as they are given.
type Exclude<'a> = &'a mut dyn FnMut(&mut Pool, &[Option<bool>]) -> bool;

impl Met {
    /// Whether all signs that matter were met in all ways, with equal images.
    pub(super) fn is_complete(&self) -> bool {
        let decide = self.deciding.iter().filter(|decides| **decides).count();
        if decide == 0 {
            return self.different.is_empty();
        }
        let mut found: Vec<Vec<bool>> =
            self.equal.iter().map(|signs| self.of_deciding(signs)).collect();
        found.sort();
        found.dedup();
        self.different.is_empty() && decide < 64 && found.len() as u64 == 1 << decide
    }

    fn of_deciding(&self, signs: &[bool]) -> Vec<bool> {
        let all = signs.iter().zip(&self.deciding);
        all.filter(|(_, decides)| **decides).map(|(sign, _)| *sign).collect()
    }

    /// Whether all signs that there may be over the real numbers were met with equal images.
    /// Given are the signs at points, and what excludes others.
    pub(super) fn covers(
        &self,
        pool: &mut Pool,
        real: &[Vec<bool>],
        mut exclude: impl FnMut(&mut Pool, &[Option<bool>]) -> bool,
    ) -> bool {
        let met: Vec<&Vec<bool>> = self.equal.iter().chain(&self.different).collect();
        let is_met = |signs: &Vec<bool>| {
            let own = self.of_deciding(signs);
            met.iter().any(|met| self.of_deciding(met) == own)
        };
        // Points at which a root has no value are single ones.
        let real: Vec<Vec<bool>> = real
            .iter()
            .filter(|signs| {
                let signs: Vec<Option<bool>> = signs.iter().copied().map(Some).collect();
                !self.is_undefined(&signs)
            })
            .cloned()
            .collect();
        if !real.iter().all(is_met) {
            return false;
        }
        let levels = levels(pool, &self.parts);
        let last = levels.iter().max().map_or(0, |last| last + 1);
        let mut stages = Vec::new();
        for decides in [true, false] {
            for level in 0..last {
                let places = (0..self.parts.len()).filter(|place| {
                    self.deciding[*place] == decides && levels[*place] == level
                });
                stages.push(places.collect::<Vec<usize>>());
            }
        }
        stages.retain(|stage| !stage.is_empty());
        let free: Vec<usize> =
            (0..self.parts.len()).filter(|place| levels[*place] == 0).collect();
        let span = Span::new(met.iter().map(|signs| number_of(&free, signs)));
        let real = &real;
        let mut cells = Cells { met: self, real, free, span, exclude: &mut exclude };
        cells.cover(pool, &stages, &mut vec![None; self.parts.len()], &met)
    }

    /// Whether there is no value where parts have such signs.
    fn is_undefined(&self, signs: &[Option<bool>]) -> bool {
        self.rooted.iter().any(|(factors, is_positive)| {
            let sign = factors
                .iter()
                .try_fold(true, |sign, place| signs[*place].map(|own| own == sign));
            sign.is_some_and(|sign| sign != *is_positive)
        })
    }
}

/// The combinations of signs, one level after the other.
struct Cells<'a> {
    met: &'a Met,
    real: &'a [Vec<bool>],
    /// The parts without choices in them, and what is known of their signs everywhere.
    free: Vec<usize>,
    span: Span,
    exclude: Exclude<'a>,
}

impl Cells<'_> {
    /// Whether all signs that begin with those that are given are excluded or have equal images;
    /// those that were met begin so.
    fn cover(
        &mut self,
        pool: &mut Pool,
        stages: &[Vec<usize>],
        signs: &mut Vec<Option<bool>>,
        met: &[&Vec<bool>],
    ) -> bool {
        let decides = stages.first().is_some_and(|stage| self.met.deciding[stage[0]]);
        if !decides {
            let is_equal = !met.iter().any(|signs| self.met.different.contains(*signs));
            if is_equal || (self.exclude)(pool, signs) {
                return true;
            }
        }
        let Some((stage, rest)) = stages.split_first() else { return false };
        let mut groups: BTreeMap<u64, Vec<&Vec<bool>>> = BTreeMap::new();
        for own in met {
            groups.entry(number_of(stage, own)).or_default().push(*own);
        }
        let is_here = |real: &&Vec<bool>| {
            real.iter()
                .zip(signs.iter())
                .all(|(own, known)| known.is_none_or(|k| k == *own))
        };
        let is_seen = self.real.iter().any(|real| is_here(&real));
        if !is_seen {
            if stage.len() > MOST {
                return false;
            }
            for number in
                (0..1 << stage.len()).filter(|number| !groups.contains_key(number))
            {
                give(stage, number, signs);
                let is_none = self.met.is_undefined(signs)
                    || self.is_elsewhere(signs)
                    || (self.exclude)(pool, signs);
                if !is_none {
                    return false;
                }
            }
        }
        for (number, group) in groups {
            give(stage, number, signs);
            if !self.cover(pool, rest, signs, &group) {
                return false;
            }
        }
        stage.iter().for_each(|place| signs[*place] = None);
        true
    }

    /// Whether the signs of the parts without choices are not among those that go together.
    fn is_elsewhere(&self, signs: &[Option<bool>]) -> bool {
        let own: Option<Vec<bool>> =
            self.free.iter().map(|place| signs[*place]).collect();
        own.is_some_and(|own| {
            let number =
                own.iter().rev().fold(0, |number, sign| number << 1 | u64::from(*sign));
            !self.real.is_empty() && !self.span.contains(number)
        })
    }
}

/// The signs of some parts as the digits of a number.
fn number_of(places: &[usize], signs: &[bool]) -> u64 {
    places.iter().rev().fold(0, |number, place| number << 1 | u64::from(signs[*place]))
}

/// Gives parts the signs that are the digits of a number.
fn give(places: &[usize], number: u64, signs: &mut [Option<bool>]) {
    for (digit, place) in places.iter().enumerate() {
        signs[*place] = Some(number >> digit & 1 == 1);
    }
}

/// The signs that the relations leave which hold for some of them: products of parts that have
/// always the same sign are squares but for a factor. They are sums, without carry, of steps
/// from the first.
struct Span {
    first: u64,
    /// With different leading digits, in descending order.
    steps: Vec<u64>,
}

impl Span {
    fn new(mut numbers: impl Iterator<Item = u64>) -> Self {
        let first = numbers.next().unwrap_or(0);
        let mut found = Self { first, steps: Vec::new() };
        for number in numbers {
            let rest = found.rest(number);
            if rest != 0 {
                found.steps.push(rest);
                found.steps.sort_unstable_by(|a, b| b.cmp(a));
            }
        }
        found
    }

    fn rest(&self, number: u64) -> u64 {
        self.steps.iter().fold(number ^ self.first, |rest, step| rest.min(rest ^ step))
    }

    fn contains(&self, number: u64) -> bool {
        self.rest(number) == 0
    }
}

/// The level of each part: 0 without choices, and above those whose signs choose in it.
fn levels(pool: &mut Pool, parts: &[ExprId]) -> Vec<usize> {
    let known: Vec<ExprId> = parts.iter().map(|part| pool.coefficient(*part).1).collect();
    let mut below: Vec<Option<Vec<usize>>> = Vec::new();
    for part in parts {
        let mut has_choices = false;
        let mut own = Vec::new();
        for id in pool.reachable(&[*part]) {
            let Node::Apply(function, list) = pool.node(id) else { continue };
            let list = pool.list(list).to_vec();
            let chosen = match (function, &list[..]) {
                (FunctionId::ABS | FunctionId::SIGN, [u]) => *u,
                (_, [a, b]) if Relation::of(function).is_some() => {
                    pool.difference(*b, *a)
                }
                _ => continue,
            };
            has_choices = true;
            let rest = pool.coefficient(chosen).1;
            own.extend(known.iter().position(|known| *known == rest));
            for factor in pool.factors(&rest).to_vec() {
                let (base, exponent) = pool.base(factor);
                let is_odd = pool.as_number(exponent).is_some_and(Number::is_odd);
                let factor = if is_odd { base } else { factor };
                let rest = pool.coefficient(factor).1;
                own.extend(known.iter().position(|known| *known == rest));
            }
        }
        below.push(has_choices.then_some(own));
    }
    let mut levels: Vec<usize> =
        below.iter().map(|own| usize::from(own.is_some())).collect();
    // No part is chosen by itself.
    for _ in 0..parts.len() {
        for (place, own) in below.iter().enumerate() {
            let above = own.iter().flatten().map(|inner| levels[*inner] + 1).max();
            levels[place] = levels[place].max(above.unwrap_or(0).min(parts.len()));
        }
    }
    levels
}
