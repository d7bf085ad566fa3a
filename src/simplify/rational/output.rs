//! From a product of polynomials back to expressions.

use super::double::{can_double, doubled};
use super::factored::{Factored, Ring};
use super::is_far_shorter;
use super::powers::Powers;
use crate::kernel::{ExprId, Node, Number, Pool};
use crate::polynomial::{Polynomial, Work, linear_groups, seems_irreducible};
use crate::simplify::collect::keep;
use crate::simplify::pass::improve;
use smallvec::SmallVec;
use std::collections::BTreeMap;

/// Products of more terms than this are not multiplied out.
const MAX_TERMS: usize = 24;
/// The highest power of a sum that is multiplied out.
const MAX_POWER: i64 = 4;

/// How many times longer a plain sum may be than what it is to be shorter than, for grouping
/// and cancelling shorten it.
const LENGTHS: u32 = 2;
/// And how much longer beside.
const SLACK: u32 = 10;

/// The terms of a polynomial: exponents and coefficients.
type Terms = Vec<(Vec<u32>, Number)>;

/// The ways to write a value: all of them, or as a product of factors. What is sure to cost
/// far more than `cost` is not written.
pub(super) fn candidates(
    pool: &mut Pool,
    ring: &mut Ring<'_>,
    value: Factored,
    all: bool,
    cost: u32,
) -> Vec<ExprId> {
    let mut found = Vec::new();
    if value.rest.is_zero() {
        return vec![Pool::ZERO];
    }
    let limit = LENGTHS * cost + SLACK;
    let is_long = plain_cost(pool, ring, &value.rest) > limit;
    if can_double(ring) {
        let mut work = Work::new(ring.work.left());
        if let Some((mut ring, value)) = doubled(pool, ring, &value, &mut work)
            && let Ok(Some((unit, powers))) = ring.taken_apart(value)
        {
            found.push(assemble(pool, &mut ring, unit, powers, None));
        }
    }
    if all {
        found.extend(collected(pool, ring, &value, limit));
    }
    if all && !is_long {
        let plain = sum_of(pool, ring, &value.rest);
        let unfactored = value.powers.clone();
        let quotient = assemble(pool, ring, Number::ONE, unfactored, Some(plain));
        found.push(quotient);
    }
    if is_long && seems_irreducible(&value.rest) {
        // It is a factor as it stands.
    } else if let Ok(Some((mut unit, mut powers))) = ring.taken_apart(value) {
        ring.meet(&mut unit, &mut powers);
        let sums =
            powers.iter().map(|(place, _)| plain_cost(pool, ring, &ring.factors[place]));
        let length = sums.sum::<u32>();
        if !is_long || length <= limit {
            found.push(assemble(pool, ring, unit, powers, None));
        }
    }
    // What is as short multiplied out as in factors is the same.
    let mut distinct: SmallVec<[ExprId; 4]> = SmallVec::new();
    for id in found {
        if !distinct.contains(&id) {
            distinct.push(id);
        }
    }
    distinct.into_iter().map(|id| improve(pool, id)).collect()
}

/// A number and powers of factors, factor by factor.
pub(super) fn factors(
    pool: &mut Pool,
    ring: &mut Ring<'_>,
    unit: Number,
    powers: &Powers,
) -> ExprId {
    let mut unit = unit;
    let mut parts = Vec::with_capacity(powers.len());
    for (place, n) in powers.iter() {
        let (mut sum, turned) = oriented(pool, ring, place);
        if turned && n % 2 != 0 {
            unit = unit.neg();
        }
        let p = ring.factors[place].clone();
        if !turned
            && let Some((shorter, forms)) = over_forms(pool, ring, &p)
            && (forms == 1 || is_far_shorter(pool, shorter, sum))
        {
            keep(pool, &mut sum, shorter);
        }
        parts.push(pool.integer_power(sum, n));
    }
    // -(x - y)/(x*y) is (y - x)/(x*y).
    let is_sum = |id: &ExprId| matches!(pool.node(pool.base(*id).0), Node::Sum(_));
    let mut sums = (0..parts.len()).filter(|at| is_sum(&parts[*at]));
    if unit.is_negative()
        && let (Some(only), None) = (sums.next(), sums.next())
        && matches!(pool.node(parts[only]), Node::Sum(_))
    {
        unit = unit.neg();
        parts[only] = pool.negate(parts[only]);
    }
    pool.product_with(unit, &parts)
}

/// A polynomial over sums such as `w + x` on which alone it depends, and how many these are.
fn over_forms(
    pool: &mut Pool,
    ring: &mut Ring<'_>,
    p: &Polynomial,
) -> Option<(ExprId, usize)> {
    let groups = linear_groups(p, ring.work).ok()??;
    let forms: Vec<ExprId> =
        groups.forms.iter().map(|form| sum_of(pool, ring, form)).collect();
    let mut terms = Vec::with_capacity(groups.reduced.number_of_terms());
    for (exponents, coefficient) in groups.reduced.terms() {
        let powers: Vec<ExprId> = exponents
            .iter()
            .zip(&forms)
            .filter(|(n, _)| **n > 0)
            .map(|(n, form)| pool.integer_power(*form, i64::from(*n)))
            .collect();
        terms.push((coefficient.clone(), pool.product(&powers)));
    }
    Some((pool.weighted_sum(&terms), forms.len()))
}

/// The numerator split by its opaque kernels, each coefficient over the denominator.
fn collected(
    pool: &mut Pool,
    ring: &mut Ring<'_>,
    value: &Factored,
    limit: u32,
) -> Option<ExprId> {
    let opaque = ring.generators.opaque.clone();
    let mut exponents = value.rest.terms().map(|(exponents, _)| exponents);
    let first = exponents.next()?;
    let is_apart = |n: &[u32]| (0..n.len()).any(|at| opaque[at] && n[at] != first[at]);
    if !exponents.any(is_apart) {
        return None;
    }
    let mut groups: Vec<(Vec<u32>, Terms)> = Vec::new();
    for (exponents, coefficient) in value.rest.terms() {
        let split = |wanted: bool| -> Vec<u32> {
            let kept = exponents.iter().zip(&opaque);
            kept.map(|(n, opaque)| if *opaque == wanted { *n } else { 0 }).collect()
        };
        let (outer, inner) = (split(true), split(false));
        let term = (inner, coefficient.clone());
        match groups.iter_mut().find(|group| group.0 == outer) {
            Some(group) => group.1.push(term),
            None => groups.push((outer, vec![term])),
        }
    }
    if groups.len() < 2 || groups.len() > MAX_TERMS {
        return None;
    }
    let mut parts = Vec::with_capacity(groups.len());
    let mut cost = 0;
    for (outer, inner) in groups {
        let mut part = Factored {
            powers: value.powers.clone(),
            rest: Polynomial::from_terms(opaque.len(), inner)?,
        };
        ring.cancel(&mut part).ok()?;
        cost += plain_cost(pool, ring, &part.rest);
        if cost > limit {
            return None;
        }
        parts.push((outer, part));
    }
    let mut terms = Vec::with_capacity(parts.len());
    for (outer, part) in parts {
        let (unit, powers) = ring.taken_apart(part).ok()??;
        let mut coefficient = assemble(pool, ring, unit, powers, None);
        for (place, n) in outer.iter().enumerate().filter(|(_, n)| **n > 0) {
            let power = pool.integer_power(ring.generators.ids[place], i64::from(*n));
            coefficient = pool.product(&[coefficient, power]);
        }
        terms.push(improve(pool, coefficient));
    }
    Some(pool.sum(&terms))
}

/// What a polynomial costs a reader as a plain sum, about.
fn plain_cost(pool: &Pool, ring: &Ring<'_>, p: &Polynomial) -> u32 {
    let ids = &ring.generators.ids;
    let term = |(exponents, coefficient): (&[u32], &Number)| {
        let occurring = exponents.iter().zip(ids).filter(|(n, _)| **n > 0);
        let power =
            |(n, id): (&u32, &ExprId)| pool.cost(*id) + 1 + if *n > 1 { 2 } else { 0 };
        occurring.map(power).sum::<u32>() + if coefficient.abs().is_one() { 0 } else { 2 }
    };
    p.terms().map(term).sum()
}

/// A polynomial as a sum over its kernels.
pub(super) fn sum_of(pool: &mut Pool, ring: &Ring<'_>, p: &Polynomial) -> ExprId {
    let mut terms = Vec::with_capacity(p.number_of_terms());
    for (exponents, coefficient) in p.terms() {
        let mut factors: SmallVec<[ExprId; 8]> = SmallVec::new();
        for (place, n) in exponents.iter().enumerate().filter(|(_, n)| **n > 0) {
            factors.push(pool.integer_power(ring.generators.ids[place], i64::from(*n)));
        }
        terms.push((coefficient.clone(), pool.product(&factors)));
    }
    pool.weighted_sum(&terms)
}

/// A number, powers of factors and one more factor as an expression.
fn assemble(
    pool: &mut Pool,
    ring: &mut Ring<'_>,
    unit: Number,
    mut powers: Powers,
    numerator: Option<ExprId>,
) -> ExprId {
    let mut unit = unit;
    let mut factors: Vec<ExprId> = numerator.into_iter().collect();
    draw_radicands(pool, ring, &mut unit, &mut powers, &mut factors);
    let variables = ring.generators.ids.len();
    let mut above: Powers = Powers::new();
    let mut below: Powers = Powers::new();
    for (place, n) in powers.iter() {
        let symbol = place < variables
            && matches!(pool.node(ring.generators.ids[place]), Node::Symbol(_));
        if place < variables && !symbol {
            factors.push(pool.integer_power(ring.generators.ids[place], n));
        } else if n > 0 {
            above.set(place, n);
        } else {
            below.set(place, -n);
        }
    }
    let tops = written(pool, ring, &above);
    let bottoms = written(pool, ring, &below);
    let mut best: Option<ExprId> = None;
    for (top, top_unit) in &tops {
        for (bottom, bottom_unit) in &bottoms {
            let inverse = pool.power(*bottom, Pool::MINUS_ONE);
            let scale = unit.mul(top_unit);
            let scale = scale.mul(&bottom_unit.recip().unwrap_or(Number::ONE));
            let mut all = factors.clone();
            all.extend([*top, inverse]);
            let whole = pool.product_with(scale, &all);
            match &mut best {
                None => best = Some(whole),
                Some(best) => keep(pool, best, whole),
            }
        }
    }
    let mut best = best.unwrap_or(Pool::ONE);
    if let Some(turned) = without_minus(pool, best) {
        keep(pool, &mut best, turned);
    }
    best
}

/// A quotient with a minus before it with a sum below turned round: `-2/(x - 1)` is
/// `2/(1 - x)`.
pub(super) fn without_minus(pool: &mut Pool, id: ExprId) -> Option<ExprId> {
    let (coefficient, rest) = pool.coefficient(id);
    let positive = coefficient.neg();
    if positive.is_negative() {
        return None;
    }
    let mut factors = pool.factors(&rest).to_vec();
    for place in 0..factors.len() {
        let (base, exponent) = pool.base(factors[place]);
        let n = pool.as_number(exponent).and_then(Number::to_i64).unwrap_or(0);
        if n < 0 && n % 2 != 0 && matches!(pool.node(base), Node::Sum(_)) {
            let negated = pool.negate(base);
            factors[place] = pool.integer_power(negated, n);
            return Some(pool.product_with(positive, &factors));
        }
    }
    None
}

/// Radicands of the roots and powers that occur, drawn out of the powers of their factors:
/// `(1 - x)*(1 + x)*sqrt(1 - x^2)` is `(1 - x^2)^(3/2)`.
fn draw_radicands(
    pool: &mut Pool,
    ring: &mut Ring<'_>,
    unit: &mut Number,
    powers: &mut Powers,
    factors: &mut Vec<ExprId>,
) {
    for root in ring.generators.roots.clone() {
        let power = powers.get(root.variable);
        if power == 0 {
            continue;
        }
        let Some((scale, parts)) = ring.radicand(root.radicand) else { continue };
        // Whole powers of the radicand inside the root come out first.
        let inside = if root.degree > 1 { power / root.degree } else { 0 };
        if inside != 0 {
            // What is too long to be written as a number stays in the root.
            if !multiply(unit, powers, &scale, &parts, inside) {
                continue;
            }
            powers.set(root.variable, power - inside * root.degree);
        }
        if power - inside * root.degree == 0 || parts.is_empty() {
            continue;
        }
        let k = times(powers, &parts);
        if k == 0 {
            continue;
        }
        if !multiply(unit, powers, &scale, &parts, -k) {
            continue;
        }
        let left = powers.get(root.variable);
        match Number::ratio(left, root.degree) {
            Some(part) => {
                powers.set(root.variable, 0);
                let exponent = pool.number(part.add(&Number::from(k)));
                factors.push(pool.power(root.radicand, exponent));
            }
            None => factors.push(pool.integer_power(root.radicand, k)),
        }
    }
    // (1 - cos(x))*(1 + cos(x)) is sin(x)^2.
    for (variable, (scale, parts)) in ring.squares() {
        let k = times(powers, &parts);
        if k != 0 && multiply(unit, powers, &scale, &parts, -k) {
            powers.add(variable, 2 * k);
        }
    }
}

/// How often a product of powers can be drawn out of another, below zero when out of its
/// denominator.
fn times(powers: &Powers, parts: &Powers) -> i64 {
    let count = |sign: i64| {
        let each = parts.iter().map(|(place, m)| {
            let n = powers.get(place);
            if n.signum() == (m * sign).signum() { (n / m).abs() } else { 0 }
        });
        each.min().unwrap_or(0) * sign
    };
    let up = count(1);
    if up == 0 { count(-1) } else { up }
}

/// Multiplies a number and powers by a power of a number and powers, if that is no number that is
/// too long.
#[must_use]
fn multiply(
    unit: &mut Number,
    powers: &mut Powers,
    scale: &Number,
    parts: &Powers,
    times: i64,
) -> bool {
    let Some(scale) = scale.pow(times, 1 << 14) else { return false };
    *unit = unit.mul(&scale);
    parts.iter().for_each(|(place, m)| powers.add(place, m * times));
    true
}

/// The ways to write a product of powers: factor by factor, equal powers multiplied out, all
/// multiplied out. Each comes with the number that goes before it.
fn written(
    pool: &mut Pool,
    ring: &mut Ring<'_>,
    powers: &Powers,
) -> Vec<(ExprId, Number)> {
    let one = Number::ONE;
    let mut separate: Vec<ExprId> = Vec::new();
    let mut sign = one.clone();
    for (place, n) in powers.iter() {
        let (sum, turned) = oriented(pool, ring, place);
        if turned && n % 2 != 0 {
            sign = sign.neg();
        }
        let sum = improve(pool, sum);
        separate.push(pool.integer_power(sum, n));
    }
    let mut ways = vec![(pool.product(&separate), sign)];
    if powers.len() < 2 && powers.iter().all(|(_, n)| n == 1) {
        return ways;
    }
    // Equal powers together.
    let mut groups: BTreeMap<i64, Vec<usize>> = BTreeMap::new();
    for (place, n) in powers.iter() {
        groups.entry(n).or_default().push(place);
    }
    if groups.values().any(|places| places.len() > 1) {
        let mut parts = Vec::new();
        for (n, places) in &groups {
            let all = places.iter().map(|place| (*place, 1)).collect();
            if let Some(p) = small_product(ring, all) {
                let sum = sum_of(pool, ring, &p);
                let sum = improve(pool, sum);
                parts.push(pool.integer_power(sum, *n));
            }
        }
        if parts.len() == groups.len() {
            ways.push((pool.product(&parts), one.clone()));
        }
    }
    if powers.iter().all(|(_, n)| n <= MAX_POWER)
        && let Some(p) = small_product(ring, powers.clone())
    {
        let sum = sum_of(pool, ring, &p);
        ways.push((improve(pool, sum), one));
    }
    ways
}

/// A factor as a sum with the sign that a reader expects, and whether it was turned.
fn oriented(pool: &mut Pool, ring: &Ring<'_>, place: usize) -> (ExprId, bool) {
    let sum = sum_of(pool, ring, &ring.factors[place]);
    match pool.terms(&sum).iter().all(|term| pool.leads_negative(*term)) {
        true => (pool.negate(sum), true),
        false => (sum, false),
    }
}

fn small_product(ring: &mut Ring<'_>, powers: Powers) -> Option<Polynomial> {
    let bound = powers.iter().try_fold(1_usize, |product, (place, n)| {
        let terms = ring.factors[place].number_of_terms();
        let grown = product.checked_mul(terms.checked_pow(u32::try_from(n).ok()?)?)?;
        (grown <= 4000).then_some(grown)
    });
    bound?;
    let rest = Polynomial::one(ring.generators.ids.len());
    let product = ring.multiplied(&Factored { powers, rest }).ok()?;
    (product.number_of_terms() <= MAX_TERMS).then_some(product)
}
