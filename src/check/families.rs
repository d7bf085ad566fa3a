//! Families of corners: where the slopes on both sides hold other names, or a whole number that
//! counts turns, an answer must be between them for all of their values.
//!
//! Values at some of them prove nothing: `a*abs(x)` has any slope from -a to a at 0, and 1 is one
//! for some a only.

use super::boundary::{At, OnEdge};
use super::compare::Comparison;
use super::decided::with_values;
use super::definite::joined;
use super::image::{self, Images};
use super::zeros::{Zero, is_count, zeros};
use crate::calculus;
use crate::error::Result;
use crate::function;
use crate::kernel::{Assumption, ExprId, FunctionId, Node, Number, Pool, Relation};
use crate::simplify::{self, Simplifier};
use std::cmp::Ordering;

/// How many steps are run for the images of one pair.
const STEPS: usize = 200_000;
/// Up to how many terms a product is multiplied out.
const TERMS: usize = 40;
/// How many places of a family are looked at where nothing is proved.
const PLACES: usize = 14;

/// The name of a distance from an edge: no formula can have it.
const DISTANCE: &str = "#distance";

impl Comparison<'_> {
    /// Whether the second, which is `answer` there, is between the slopes of what the first is
    /// the derivative of at all places where symbols have what is put in their places.
    ///
    /// # Errors
    /// A formula of the function table that cannot be read; a test reads them all.
    pub(super) fn along_corners(
        &self,
        pool: &mut Pool,
        put: &[Zero],
        answer: ExprId,
    ) -> Result<OnEdge> {
        let Some(primitive) = self.pieced() else { return Ok(OnEdge::Open) };
        let Some(steps) = primitive.steps(pool) else { return Ok(OnEdge::Open) };
        let mut typed: Vec<ExprId> = steps.iter().map(|step| step.function).collect();
        typed.push(self.left.id);
        let mut of = Vec::with_capacity(typed.len());
        for id in &typed {
            of.push(image::over_kernels(pool, *id)?);
        }
        let mut meetings = Vec::new();
        // Where pieces do not meet along the last variable, they may along one before.
        let mut along = primitive.variable;
        for step in steps.iter().rev() {
            if !parts(pool, &of, step.variable, put)?.is_empty() {
                along = step.variable;
                break;
            }
        }
        let mut found = sides(pool, &of, along, put)?;
        for of in [&typed, &of] {
            if found.is_none() {
                found = on_rays(pool, of, along, put)?;
            }
        }
        if let Some([mut left, mut right]) = found
            && let (Some(first), Some(second)) = (left.pop(), right.pop())
        {
            let mut is_continuous = true;
            for (left, right) in left.into_iter().zip(right) {
                is_continuous &= are_equal(pool, left, right)?;
            }
            let slopes = [first, second];
            if is_between(pool, answer, slopes, is_continuous)? {
                return Ok(OnEdge::Free);
            }
            // Where the slopes meet there is a derivative.
            let gap = pool.difference(slopes[1], slopes[0]);
            for zero in zeros(pool, put.len(), gap).unwrap_or_default() {
                meetings.push(joined(pool, put, zero));
            }
        }
        let pair = [self.left.id, self.right.id];
        for put in meetings.iter().map(|put| &put[..]).chain([put]) {
            let places = self.far_points_on(pool, put);
            for place in places.into_iter().take(PLACES) {
                if matches!(self.look_at(pool, pair, &place), At::Differ) {
                    return Ok(OnEdge::Differ(place));
                }
            }
        }
        Ok(OnEdge::Open)
    }

    /// The second where symbols have what is put in their places.
    pub(super) fn answer_on(&self, pool: &mut Pool, put: &[Zero]) -> Result<ExprId> {
        let answer = compared_on(pool, self.right.id, put)?;
        Ok(with_values(pool, &[answer], put)[0])
    }

    /// Whether the first of two has a power on an edge that may have no value there, and the second
    /// has none: with what its comparisons are where both of their sides are the same.
    pub(super) fn is_doubtful(
        &self,
        pool: &mut Pool,
        [first, second]: [ExprId; 2],
        put: &[Zero],
    ) -> Result<bool> {
        if self.pieced().is_none() || !has_doubtful_power(pool, first, put) {
            return Ok(false);
        }
        let second = compared_on(pool, second, put)?;
        Ok(!has_doubtful_power(pool, second, put))
    }
}

/// Whether an answer is between two slopes, whatever the names in them are.
fn is_between(
    pool: &mut Pool,
    answer: ExprId,
    [left, right]: [ExprId; 2],
    is_continuous: bool,
) -> Result<bool> {
    // What turns of a half leave of a wave is a sign: `sin(pi*k + pi/2)`.
    let [answer, left, right] =
        [answer, left, right].map(|id| Simplifier::default().simplify(pool, id));
    if are_equal(pool, answer, left)? || are_equal(pool, answer, right)? {
        return Ok(true);
    }
    let (above, below) = (pool.difference(answer, left), pool.difference(right, answer));
    let product = pool.product(&[above, below]);
    // It may be one of them here and the other one there.
    if are_equal(pool, product, Pool::ZERO)? {
        return Ok(true);
    }
    if !is_continuous {
        return Ok(false);
    }
    if are_equal(pool, above, below)? {
        return Ok(true);
    }
    let expanded = simplify::expand_all(pool, product, TERMS).unwrap_or(product);
    Ok([product, expanded]
        .into_iter()
        .any(|id| simplify::side(pool, id).is_some_and(|side| side.is_above)))
}

fn are_equal(pool: &mut Pool, one: ExprId, other: ExprId) -> Result<bool> {
    let images = image::compare(pool, one, other, &[], &[], STEPS)?;
    Ok(matches!(images, Images::Equal(..)))
}

/// What two expressions are next to an edge, before and behind it along a variable, as they go
/// to it; `None` where they go to nothing that is seen.
fn sides(
    pool: &mut Pool,
    of: &[ExprId],
    variable: ExprId,
    put: &[Zero],
) -> Result<Option<[Vec<ExprId>; 2]>> {
    let (of, put) = on_line(pool, of, variable, put);
    let put = &put[..];
    if of.iter().any(|id| has_doubtful_power(pool, *id, put)) {
        return Ok(None);
    }
    let met = parts(pool, &of, variable, put)?;
    let mut parts: Vec<(ExprId, bool)> =
        met.into_iter().map(|part| (part, true)).collect();
    if parts.len() > 1 {
        for (part, rises) in &mut parts {
            let slope = calculus::differentiate(pool, *part, variable, &mut ())?;
            let slope = pool.substitute(&[slope], put, function::apply)[0];
            let side = simplify::side(pool, slope).filter(|side| side.is_strict);
            let Some(side) = side else { return Ok(None) };
            *rises = side.is_above;
        }
    }
    // Sizes are 0 there, unless something is divided by them.
    Ok([false, true].into_iter().find_map(|with_sizes| {
        let none = vec![Pool::UNDEFINED; of.len()];
        let mut found = [none.clone(), none];
        for (found, is_above) in found.iter_mut().zip([false, true]) {
            let known = turned(pool, &of, &parts, (is_above, with_sizes));
            let own = pool.substitute(&of, &known, function::apply);
            let own = pool.substitute(&own, put, function::apply);
            for (found, id) in found.iter_mut().zip(own) {
                *found = Simplifier::default().simplify(pool, id);
            }
        }
        (!found.concat().contains(&Pool::UNDEFINED)).then_some(found)
    }))
}

/// What depends on a variable and is 0 on an edge at which expressions turn there.
fn parts(
    pool: &mut Pool,
    of: &[ExprId],
    variable: ExprId,
    put: &[Zero],
) -> Result<Vec<ExprId>> {
    let mut parts: Vec<ExprId> = Vec::new();
    for id in pool.reachable(of) {
        let Some(gap) = turning(pool, id) else { continue };
        let (_, part) = pool.coefficient(gap);
        if pool.may_depend(part, variable)
            && !parts.contains(&part)
            && vanishes(pool, part, put)?
        {
            parts.push(part);
        }
    }
    Ok(parts)
}

/// Expressions on the line along a variable, on which all others stay, and what is put on it.
fn on_line(
    pool: &mut Pool,
    of: &[ExprId],
    variable: ExprId,
    put: &[Zero],
) -> (Vec<ExprId>, Vec<Zero>) {
    let is_along = |zero: &&Zero| zero.0 == variable;
    let along: Vec<Zero> = put.iter().filter(is_along).copied().collect();
    let others: Vec<Zero> = put.iter().filter(|zero| !is_along(zero)).copied().collect();
    let is_line = !along.is_empty()
        && others.iter().all(|(_, value)| !pool.may_depend(*value, variable));
    match is_line {
        true => (pool.substitute(of, &others, function::apply), along),
        false => (of.to_vec(), put.to_vec()),
    }
}

/// The same by a distance from the edge that is above 0: where nothing else turns there, powers
/// of the distance come together, as in `x*abs(x)^(a - 2)`.
fn on_rays(
    pool: &mut Pool,
    of: &[ExprId],
    variable: ExprId,
    put: &[Zero],
) -> Result<Option<[Vec<ExprId>; 2]>> {
    let (of, put) = on_line(pool, of, variable, put);
    let [(own, at)] = put[..] else { return Ok(None) };
    if own != variable {
        return Ok(None);
    }
    let known = Assumption { positive: true, ..Assumption::default() };
    let distance = pool.assume(DISTANCE, known);
    let end = [(distance, Pool::ZERO)];
    let none = vec![Pool::UNDEFINED; of.len()];
    let mut found = [none.clone(), none];
    for (found, is_above) in found.iter_mut().zip([false, true]) {
        let step = if is_above { distance } else { pool.negate(distance) };
        let there = pool.sum(&[at, step]);
        let own = pool.substitute(&of, &[(variable, there)], function::apply);
        for (found, id) in found.iter_mut().zip(own) {
            let id = Simplifier::default().simplify(pool, id);
            for part in pool.reachable(&[id]) {
                if let Some(gap) = turning(pool, part)
                    && pool.may_depend(gap, distance)
                    && vanishes(pool, gap, &end)?
                {
                    return Ok(None);
                }
            }
            if has_doubtful_power(pool, id, &end) {
                return Ok(None);
            }
            let id = pool.substitute(&[id], &end, function::apply)[0];
            *found = Simplifier::default().simplify(pool, id);
        }
    }
    Ok((!found.concat().contains(&Pool::UNDEFINED)).then_some(found))
}

/// Whether a power of something that is 0 on an edge has an exponent that need not be positive:
/// it may have no value there, and 0 times it is not 0.
fn has_doubtful_power(pool: &mut Pool, of: ExprId, put: &[Zero]) -> bool {
    pool.reachable(&[of]).into_iter().any(|id| {
        let Node::Power(base, exponent) = pool.node(id) else { return false };
        if pool.is_constant(exponent) || base == Pool::E {
            return false;
        }
        let there = pool.substitute(&[base, exponent], put, function::apply);
        let base = Simplifier::default().simplify(pool, there[0]);
        let side = simplify::side(pool, there[1]);
        base == Pool::ZERO && !side.is_some_and(|side| side.is_above && side.is_strict)
    })
}

/// An expression with what its signs and comparisons are on an edge at which their arguments are
/// 0.
fn compared_on(pool: &mut Pool, of: ExprId, put: &[Zero]) -> Result<ExprId> {
    let mut known: Vec<Zero> = Vec::new();
    for id in pool.reachable(&[of]) {
        let Node::Apply(function, _) = pool.node(id) else { continue };
        let Some(gap) = turning(pool, id) else { continue };
        if vanishes(pool, gap, put)? {
            let holds = Relation::of(function).and_then(|own| own.holds(Ordering::Equal));
            known.push((id, if holds == Some(true) { Pool::ONE } else { Pool::ZERO }));
        }
    }
    Ok(pool.substitute(&[of], &known, function::apply)[0])
}

/// What is 0 where a sign, a size or a comparison changes.
fn turning(pool: &mut Pool, id: ExprId) -> Option<ExprId> {
    let Node::Apply(function, list) = pool.node(id) else { return None };
    match (Relation::of(function), pool.list(list)) {
        (Some(Relation::And | Relation::Or), _) => None,
        (Some(_), &[u, v]) => Some(pool.difference(u, v)),
        (None, &[u]) if [FunctionId::SIGN, FunctionId::ABS].contains(&function) => {
            Some(u)
        }
        _ => None,
    }
}

/// Whether a part is 0 on an edge.
fn vanishes(pool: &mut Pool, part: ExprId, put: &[Zero]) -> Result<bool> {
    let there = pool.substitute(&[part], put, function::apply)[0];
    let there = Simplifier::default().simplify(pool, there);
    let is_counted = pool.reachable(&[there]).iter().any(|id| is_count(pool, *id));
    Ok(there == Pool::ZERO || is_counted && are_equal(pool, there, Pool::ZERO)?)
}

/// What signs, comparisons and, if asked for, sizes of parts are where the parts that rise are above 0 or below.
fn turned(
    pool: &mut Pool,
    of: &[ExprId],
    parts: &[(ExprId, bool)],
    (is_above, with_sizes): (bool, bool),
) -> Vec<Zero> {
    let mut known: Vec<Zero> = Vec::new();
    for id in pool.reachable(of) {
        let Some(gap) = turning(pool, id) else { continue };
        let (factor, part) = pool.coefficient(gap);
        let is_positive = factor.is_positive();
        let Some((_, rises)) = parts.iter().find(|(own, _)| *own == part) else {
            continue;
        };
        let order = match (is_positive == *rises) == is_above {
            true => Ordering::Greater,
            false => Ordering::Less,
        };
        let Node::Apply(function, _) = pool.node(id) else { continue };
        let value = match Relation::of(function) {
            Some(relation) => match relation.holds(order) {
                Some(true) => Pool::ONE,
                _ => Pool::ZERO,
            },
            None if function == FunctionId::SIGN => pool.integer(order as i64),
            None if !with_sizes => continue,
            None => {
                let own = pool.substitute(&[gap], &known, function::apply)[0];
                pool.scale(&Number::from(order as i64), own)
            }
        };
        known.push((id, value));
    }
    known
}
