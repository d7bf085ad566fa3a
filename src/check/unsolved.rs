//! Places at which a part has a value and that nothing solves for: between two numbers, a
//! function without jumps that is above 0 at one and below at the other is 0.
//!
//! What signs, comparisons and steps of the part are at such a place is known exactly. All the
//! rest must go on without a jump there, so that a number next to the place tells its value.

use super::boundary::At;
use super::breaks::{Seam, seams};
use super::compare::Comparison;
use super::condition::requirements;
use super::crossings::{Budget, crossings};
use super::frontiers::turns_at_zero;
use super::place::Place;
use crate::evaluate::{digits, values};
use crate::function;
use crate::kernel::{Assumption, ExprId, FunctionId, Node, Number, Pool, Relation};
use crate::simplify;
use crate::syntax;

/// Along how many variables places are looked for, and the values of the others.
const MOST_VARIABLES: usize = 3;
const OTHERS: [(i64, i64); 2] = [(1, 1), (5, 2)];
/// How many parts are looked at.
const MOST: usize = 12;
/// Up to how many terms arguments are multiplied out.
const TERMS: usize = 40;
/// The work on the factors of a part.
const WORK: u64 = 20_000;
/// The digits of values beside a place.
const DIGITS: usize = 140;
/// The logarithms to the base 10 of the distance from a place at which signs are taken, and of
/// what is not told from 0 at the place.
const BESIDE: i64 = -60;
const NOTHING: i64 = -25;
/// The same of a root of what is not told from 0.
const NEAR: i64 = -6;

impl Comparison<'_> {
    /// A place at which the two differ, where the part of a jump is 0 that nothing solves for.
    pub(super) fn where_unsolved(
        &self,
        pool: &mut Pool,
        pair: [ExprId; 2],
    ) -> Option<Place> {
        let mut budget = Budget::of_changes(pool);
        let parts = seams(pool, &[self.left.id, self.right.id]).into_iter();
        let parts = parts.filter(|(_, kind)| *kind == Seam::Jump).take(MOST);
        parts.map(|(part, _)| part).find_map(|part| {
            self.where_it_is(pool, pair, (part, Pool::ZERO), &mut budget)
        })
    }

    /// A place at which the two differ, where a part has a value and nothing solves for it.
    pub(super) fn where_it_is(
        &self,
        pool: &mut Pool,
        pair: [ExprId; 2],
        (part, level): (ExprId, ExprId),
        budget: &mut Budget,
    ) -> Option<Place> {
        let settled = self.settled_where(pool, part, level);
        let gap = pool.difference(part, level);
        let known = self.names();
        for (variable, known) in known.iter().enumerate().take(MOST_VARIABLES) {
            for other in OTHERS.iter().take(self.tape.variables.len()) {
                let (symbol, others) = self.line(pool, variable, *other);
                let own = pool.substitute(&[gap], &others, function::apply)[0];
                for (at, factor) in roots(pool, own, (symbol, known), budget) {
                    let place = self.beside_root(pool, &settled, at, &others);
                    // Next to an end that is rounded nothing is known.
                    let near = place.doubles[variable];
                    let is_inside =
                        known.allows(near.next_down()) && known.allows(near.next_up());
                    if is_inside
                        && has_values_beside(pool, &place, (gap, factor), &others)
                        && self.is_steady(pool, pair, &place, symbol)
                        && matches!(self.look_at(pool, pair, &place), At::Differ)
                    {
                        return Some(place);
                    }
                }
            }
        }
        None
    }

    /// A variable, and what all others are along it.
    fn line(
        &self,
        pool: &mut Pool,
        variable: usize,
        (above, below): (i64, i64),
    ) -> (ExprId, Vec<(ExprId, ExprId)>) {
        let rest = Number::ratio(above, below).unwrap_or(Number::ONE);
        let rest = pool.number(rest);
        let names = &self.tape.variables;
        let others = (0..names.len())
            .filter(|own| *own != variable)
            .map(|own| (pool.symbol(&names[own]), rest))
            .collect();
        (pool.symbol(&names[variable]), others)
    }

    /// The place next to a number.
    fn beside_root(
        &self,
        pool: &mut Pool,
        settled: &[(ExprId, ExprId)],
        at: Number,
        others: &[(ExprId, ExprId)],
    ) -> Place {
        let at = pool.number(at);
        let mut place = Place { is_rounded: true, ..Place::default() };
        place.settled = settled.to_vec();
        for name in &self.tape.variables {
            let own = pool.symbol(name);
            let rest = others.iter().find(|(other, _)| *other == own);
            let value = rest.map_or(at, |(_, value)| *value);
            place.doubles.push(pool.as_number(value).map_or(f64::NAN, Number::to_f64));
            place.exact.push((own, value));
        }
        place
    }

    /// What signs, comparisons and steps of a part are where it has a value.
    pub(super) fn settled_where(
        &self,
        pool: &mut Pool,
        part: ExprId,
        level: ExprId,
    ) -> Vec<(ExprId, ExprId)> {
        let [opposite, below] = [part, level].map(|id| pool.negate(id));
        let plain = [(part, level), (opposite, below)];
        let mut found = plain.to_vec();
        let mut ids = vec![self.left.id, self.right.id];
        ids.extend(self.primitive.as_ref().map(|primitive| primitive.function));
        let own = pool.difference(part, level);
        let (_, own) = pool.coefficient(own);
        for id in pool.reachable(&ids) {
            let Node::Apply(function, list) = pool.node(id) else { continue };
            let list = pool.list(list).to_vec();
            match (Relation::of(function), &list[..]) {
                (Some(relation), [u, v]) => {
                    let gap = pool.difference(*u, *v);
                    let is_own = pool.coefficient(gap).1 == own
                        || pool.substitute(&[gap], &plain, function::apply)[0]
                            == Pool::ZERO;
                    let holds = relation.holds(std::cmp::Ordering::Equal);
                    if is_own && let Some(holds) = holds {
                        found.push((id, if holds { Pool::ONE } else { Pool::ZERO }));
                    }
                }
                (None, [u]) => {
                    if let Some(value) = along(pool, *u, (part, level)) {
                        found.push((id, function::apply(pool, function, &[value])));
                    }
                }
                // A remainder is that of the quotient.
                (None, [u, v]) => {
                    let quotient = pool.quotient(*u, *v);
                    if let Some(value) = along(pool, quotient, (part, level)) {
                        let u = pool.product(&[value, *v]);
                        found.push((id, function::apply(pool, function, &[u, *v])));
                    }
                }
                _ => {}
            }
        }
        found
    }

    /// Whether a side has no value in doubles at a place, and both have values on both sides of
    /// it: `x^2/x` was typed, and is `x` in its normal form.
    pub(super) fn has_hole(&self, place: &Place) -> bool {
        let beside = |step: fn(f64) -> f64| {
            let doubles = place.doubles.iter().map(|x| step(*x)).collect();
            self.is_defined(&Place { doubles, ..Place::default() })
        };
        !self.is_defined(place) && beside(f64::next_down) && beside(f64::next_up)
    }

    /// Whether both sides have a value at a place, as they were typed.
    pub(super) fn is_defined(&self, place: &Place) -> bool {
        let mut at = place.doubles.clone();
        at.resize(self.tape.variables.len(), f64::NAN);
        let all = values(self.tape, &at);
        [&self.left, &self.right].iter().all(|side| !all[side.value as usize].is_nan())
    }

    /// Whether both sides, with what is known at a place, go on without a jump beside it, and
    /// so does what the first is the derivative of.
    fn is_steady(
        &self,
        pool: &mut Pool,
        pair: [ExprId; 2],
        place: &Place,
        symbol: ExprId,
    ) -> bool {
        let mut ids = pair.to_vec();
        ids.extend([self.left.id, self.right.id]);
        ids.extend(self.primitive.as_ref().map(|primitive| primitive.function));
        let ids = pool.substitute(&ids, &place.settled, function::apply);
        let at = numbers(pool, place);
        at.is_some_and(|at| is_steady(pool, &ids, symbol, &at))
    }
}

/// The coordinates of a place, if they are numbers.
fn numbers(pool: &Pool, place: &Place) -> Option<Vec<(ExprId, Number)>> {
    let pairs = place.exact.iter();
    pairs.map(|(symbol, id)| Some((*symbol, pool.as_number(*id)?.clone()))).collect()
}

/// What settled parts are made of, of which they are nothing without a value.
fn made_of(pool: &Pool, settled: &[(ExprId, ExprId)]) -> Vec<ExprId> {
    let of = |(id, _): &(ExprId, ExprId)| match pool.node(*id) {
        Node::Apply(_, list) => pool.list(list).to_vec(),
        _ => vec![*id],
    };
    settled.iter().flat_map(of).collect()
}

/// Whether all that is settled at an exact place is made of what has a value there, as it
/// stands: `sin(x)/x` has none where `x` is 0; `None` where that is not seen.
pub(super) fn have_values(
    pool: &mut Pool,
    place: &Place,
    settled: &[(ExprId, ExprId)],
) -> Option<bool> {
    let parts = made_of(pool, settled);
    let mut all = Some(true);
    for id in place.put_into(pool, &parts)? {
        match digits::is_defined(pool, id, syntax::in_normal_form) {
            Some(true) => {}
            Some(false) => return Some(false),
            None => all = None,
        }
    }
    all
}

/// The same at a place that is rounded, where a factor of a gap is 0, and whether the gap is.
/// The factor is one of what the gap is multiplied out to: `sin(x)/x - 1/2` is not 0 where
/// `2*sin(x) - x` is, if `x` is 0 too.
fn has_values_beside(
    pool: &mut Pool,
    place: &Place,
    (gap, factor): (ExprId, ExprId),
    others: &[(ExprId, ExprId)],
) -> bool {
    let Some(at) = numbers(pool, place) else { return false };
    let mut parts = made_of(pool, &place.settled);
    parts.push(gap);
    let parts = pool.substitute(&parts, others, function::apply);
    let value = parts.last().and_then(|gap| apart(pool, *gap, &at));
    if value.is_some_and(|value| value.abs() > least(NEAR)) {
        return false;
    }
    let is_factor = |pool: &mut Pool, id: ExprId| {
        multiple(pool, id, factor).is_some_and(|(_, over)| over == Pool::ZERO)
    };
    let all = pool.reachable(&parts);
    let mut needed = Vec::new();
    for known in requirements(pool, &all) {
        if known.is_strict() || !is_factor(pool, known.part) {
            needed.push((known.part, true));
        }
    }
    for id in all {
        match pool.node(id) {
            Node::Undefined => return false,
            Node::Power(base, exponent)
                if base != Pool::E
                    && !pool.as_number(exponent).is_some_and(Number::is_positive) =>
            {
                needed.push((base, false));
            }
            Node::Apply(function, _) if Relation::of(function).is_some() => {}
            Node::Apply(function, _) if !function.is_builtin() => return false,
            Node::Apply(function, list) => {
                // Near a pole its values are great.
                let is_beyond = |value: Number| value.abs() > least(-NOTHING);
                let is_total = function::spec(function).is_total();
                if !is_total && value_at(pool, id, &at).is_none_or(is_beyond) {
                    return false;
                }
                if let [_, rest @ ..] = pool.list(list)
                    && !is_total
                    && !function::is_conditional(function)
                {
                    needed.extend(rest.iter().map(|id| (*id, false)));
                }
            }
            _ => {}
        }
    }
    needed.into_iter().all(|(part, is_above)| {
        apart(pool, part, &at).is_some_and(|value| !is_above || value.is_positive())
    })
}

/// The value of an expression where a part has one, if it is a multiple of that and a constant.
fn along(pool: &mut Pool, id: ExprId, (part, level): (ExprId, ExprId)) -> Option<ExprId> {
    let (factor, over) = multiple(pool, id, part)?;
    let value = pool.scale(&factor, level);
    Some(pool.sum(&[value, over]))
}

/// A factor and a constant with which an expression is the multiple of a part and the constant.
pub(super) fn multiple(
    pool: &mut Pool,
    id: ExprId,
    part: ExprId,
) -> Option<(Number, ExprId)> {
    let [id, part] =
        [id, part].map(|id| simplify::expand_all(pool, id, TERMS).unwrap_or(id));
    let term = pool.terms(&part).iter().copied().find(|term| !pool.is_constant(*term))?;
    let (own, rest) = pool.coefficient(term);
    let own = own.recip()?;
    let other = pool.terms(&id).iter().map(|term| pool.coefficient(*term));
    let factor = other.filter(|(_, own)| *own == rest).map(|(factor, _)| factor).next();
    let factor = factor?.mul(&own);
    let all = pool.scale(&factor, part);
    let over = pool.difference(id, all);
    let over = simplify::expand_all(pool, over, TERMS).unwrap_or(over);
    pool.is_constant(over).then_some((factor, over))
}

/// Whether expressions go on without a jump and without an end beside a point, along a symbol.
fn is_steady(
    pool: &mut Pool,
    ids: &[ExprId],
    symbol: ExprId,
    at: &[(ExprId, Number)],
) -> bool {
    let mut parts = Vec::new();
    for (part, kind) in seams(pool, ids) {
        match kind {
            // What does not move along the line is known exactly.
            _ if !pool.may_depend(part, symbol) => {}
            Seam::Bend => {}
            Seam::Jump => parts.push(part),
            Seam::Steps => {
                // Twice of it is no whole number.
                let Some(value) = apart(pool, part, at) else { return false };
                let twice = value.mul(&Number::from(2));
                let nearest = twice.add(&Number::HALF).floor();
                if is_nothing(&twice.sub(&nearest)) {
                    return false;
                }
            }
        }
    }
    let all = pool.reachable(ids);
    parts.extend(requirements(pool, &all).into_iter().map(|known| known.part));
    for id in all {
        match pool.node(id) {
            Node::Power(base, exponent) if turns_at_zero(pool, base, exponent) => {
                parts.push(base);
            }
            Node::Apply(function, _) if Relation::of(function).is_some() => {}
            Node::Apply(function, _) if !function.is_builtin() => return false,
            // What has a pole, or a value of its own at 0.
            Node::Apply(function, list) if !function::spec(function).turns_at_zero() => {
                parts.extend(pool.list(list));
            }
            _ => {}
        }
    }
    parts.retain(|part| pool.may_depend(*part, symbol));
    parts.into_iter().all(|part| apart(pool, part, at).is_some())
}

/// The value of a part at a place that is rounded.
fn value_at(pool: &Pool, part: ExprId, at: &[(ExprId, Number)]) -> Option<Number> {
    let found = digits::numbers_at(pool, &[part], at, DIGITS, syntax::in_normal_form);
    found.into_iter().next()?.ok()
}

/// The value of a part, where it is not nothing.
fn apart(pool: &Pool, part: ExprId, at: &[(ExprId, Number)]) -> Option<Number> {
    let value = digits::apart_from_zero(pool, part, at, DIGITS, syntax::in_normal_form)?;
    (!is_nothing(&value)).then_some(value)
}

/// Whether a number is not told from 0 at a place that is rounded.
pub(super) fn is_nothing(value: &Number) -> bool {
    value.abs() <= least(NOTHING)
}

/// A power of ten.
fn least(exponent: i64) -> Number {
    Number::from(10).pow(exponent, 1 << 10).unwrap_or(Number::ZERO)
}

/// Numbers next to places at which an expression in one symbol is 0, and changes its sign or a
/// factor of it does; and that factor.
fn roots(
    pool: &mut Pool,
    gap: ExprId,
    (symbol, known): (ExprId, &Assumption),
    budget: &mut Budget,
) -> Vec<(Number, ExprId)> {
    let mut found = Vec::new();
    for factor in factors(pool, gap) {
        let all = crossings(pool, factor, (symbol, known), budget).crossings;
        for at in all {
            if changes(pool, factor, symbol, &at) {
                found.push((at, factor));
            }
        }
    }
    found
}

/// Whether an expression without jumps has different signs on both sides of a number.
fn changes(pool: &mut Pool, id: ExprId, symbol: ExprId, at: &Number) -> bool {
    let Some(step) = Number::from(10).pow(BESIDE, 1 << 10) else { return false };
    let step = step.mul(&at.abs().add(&Number::ONE));
    let sign = |pool: &Pool, x: Number| {
        let at = [(symbol, x)];
        digits::apart_from_zero(pool, id, &at, DIGITS, syntax::in_normal_form)
    };
    let sides = [sign(pool, at.sub(&step)), sign(pool, at.add(&step))];
    let [Some(left), Some(right)] = sides else { return false };
    left.is_negative() != right.is_negative()
        && is_nothing(&left)
        && is_nothing(&right)
        && is_steady(pool, &[id], symbol, &[(symbol, at.clone())])
}

/// Expressions of which each is 0 only where another one is, which may change its sign there
/// where that does not.
fn factors(pool: &mut Pool, id: ExprId) -> Vec<ExprId> {
    let (_, id) = pool.coefficient(id);
    match pool.node(id) {
        Node::Product(list) => {
            let list = pool.list(list).to_vec();
            list.into_iter().flat_map(|factor| factors(pool, factor)).collect()
        }
        Node::Power(base, exponent)
            if pool.as_number(exponent).is_some_and(Number::is_positive) =>
        {
            factors(pool, base)
        }
        Node::Apply(FunctionId::ABS, list) => {
            let inner = pool.list(list)[0];
            factors(pool, inner)
        }
        Node::Sum(_) => match simplify::factor_all(pool, id, WORK) {
            Some((found, _))
                if matches!(
                    pool.node(pool.coefficient(found).1),
                    Node::Product(_) | Node::Power(..)
                ) =>
            {
                factors(pool, found)
            }
            _ => vec![id],
        },
        _ => vec![id],
    }
}
