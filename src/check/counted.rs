//! Where an equation in whole numbers holds, as in those that count turns: `2*pi*k = 1` holds
//! for none, and `k = 1 + 2*j` for every j.

use super::cells::in_order;
use super::zeros::{Sought, Zero, is_count, quadratic, zeros_of};
use crate::evaluate::digits;
use crate::function;
use crate::kernel::{ExprId, Node, Number, Pool};
use crate::simplify::Simplifier;
use crate::syntax;
use std::cmp::Ordering;

/// The name of a count that may be any real number: no formula can have it.
const REAL: &str = "#real";
/// The digits of a number that may be whole, and how large it may be.
const DIGITS: usize = 60;
const LARGE: i64 = 30;

/// The counts in an expression in which no other symbol stands; none where there is another.
pub(super) fn counts(pool: &Pool, id: ExprId) -> Vec<ExprId> {
    let is_symbol = |id: &ExprId| matches!(pool.node(*id), Node::Symbol(_));
    let mut found: Vec<ExprId> =
        pool.reachable(&[id]).into_iter().filter(is_symbol).collect();
    if !found.iter().all(|symbol| is_count(pool, *symbol)) {
        found.clear();
    }
    found.sort_unstable();
    found
}

/// The ways in which an expression in counts can be 0; `None` where they are not all found.
pub(super) fn counted_zeros(
    pool: &mut Pool,
    depth: usize,
    (part, all): (ExprId, &[ExprId]),
    sought: Sought,
) -> Option<Vec<Zero>> {
    let [count] = *all else { return linear(pool, part, all) };
    let real = pool.symbol(REAL);
    let own = pool.substitute(&[part], &[(count, real)], function::apply)[0];
    let mut found = Vec::new();
    for (of, value) in zeros_of(pool, depth, own, sought)? {
        (of == real).then_some(())?;
        if !pool.is_constant(value) {
            // Another whole number stands in it.
            let gap = pool.difference(count, value);
            let all = counts(pool, gap);
            found.extend(linear(pool, gap, &all)?);
        } else if let Some(whole) = whole(pool, value)? {
            found.push((count, pool.number(whole)));
        }
    }
    Some(found)
}

/// The whole number that a constant is, if it is one; `None` where that is not known.
fn whole(pool: &mut Pool, value: ExprId) -> Option<Option<Number>> {
    let value = Simplifier::default().simplify(pool, value);
    if let Some(number) = pool.as_number(value) {
        return Some(Some(number.clone()).filter(Number::is_integer));
    }
    let near = digits::number(pool, value, DIGITS, syntax::in_normal_form).ok()?;
    let nearest = near.add(&Number::HALF).floor();
    (nearest.abs() < Number::from(10).pow(LARGE, 1 << 12)?).then_some(())?;
    let at = pool.number(nearest.clone());
    let order = in_order(pool, value, at)?;
    Some((order == Ordering::Equal).then_some(nearest))
}

/// Whole numbers with rational multiples that add up to a constant: one of them by the others.
fn linear(pool: &mut Pool, part: ExprId, counts: &[ExprId]) -> Option<Vec<Zero>> {
    let terms = pool.terms(&part).to_vec();
    let mut all = Vec::with_capacity(counts.len() + 1);
    (!counts.is_empty()).then_some(())?;
    for count in counts {
        let [_, slope, square] = quadratic(pool, &terms, *count)?;
        (square == Pool::ZERO && pool.is_constant(slope)).then_some(())?;
        all.push(slope);
    }
    let none: Vec<Zero> = counts.iter().map(|count| (*count, Pool::ZERO)).collect();
    all.push(pool.substitute(&[part], &none, function::apply)[0]);
    let unit = all[0];
    let mut numbers = Vec::with_capacity(all.len());
    let mut below = Number::ONE;
    for id in all {
        let ratio = pool.quotient(id, unit);
        let ratio = Simplifier::default().simplify(pool, ratio);
        let ratio = pool.as_number(ratio)?.clone();
        below = below.mul(&ratio.mul(&below).denominator());
        numbers.push(ratio);
    }
    let numbers: Vec<Number> = numbers.iter().map(|n| n.mul(&below)).collect();
    let (rest, slopes) = numbers.split_last()?;
    let mut common = slopes.first()?.abs();
    for slope in slopes {
        common = divisor(common, slope.abs());
    }
    let inverse = common.recip()?;
    if !rest.mul(&inverse).is_integer() {
        return Some(Vec::new());
    }
    let place = slopes.iter().position(|slope| slope.abs() == common)?;
    let scale = slopes[place].recip()?.neg();
    let mut value = vec![pool.number(rest.mul(&scale))];
    for (own, (count, slope)) in counts.iter().zip(slopes).enumerate() {
        if own != place {
            value.push(pool.scale(&slope.mul(&scale), *count));
        }
    }
    let value = pool.sum(&value);
    Some(vec![(counts[place], value)])
}

/// The greatest number of which two that are not negative are whole multiples.
pub(super) fn divisor(mut one: Number, mut other: Number) -> Number {
    while let Some(inverse) = other.recip() {
        let count = one.mul(&inverse).floor();
        (one, other) = (other.clone(), one.sub(&count.mul(&other)));
    }
    one
}
