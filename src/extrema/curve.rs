//! Curves through a critical point along which the function tells what the Hessian does not.

use super::bench::{Bench, Signum};
use super::critical::{Curve, Evidence, Kind, Side};
use super::global::is_smooth;
use super::side::Spot;
use crate::kernel::{ExprId, Number, Pool, Relation};

/// Derivatives of higher order are not taken.
const MAX_ORDER: usize = 12;
/// Longer derivatives are not differentiated again.
const MAX_COST: u32 = 400;
/// The parameter of a curve; no name that is typed has a space.
pub(super) const PARAMETER: &str = "a parameter";
/// With more variables no curves are looked at.
const MAX_VARIABLES: usize = 6;

/// The first derivative of order 2 or more that is not 0 at a point: its order and value.
pub(super) fn first_order(
    bench: &mut Bench<'_>,
    function: ExprId,
    unknown: ExprId,
    at: ExprId,
) -> Option<(usize, ExprId, Signum)> {
    first_derivative(bench, function, unknown, at).filter(|(order, ..)| *order > 1)
}

/// The first derivative that is not 0 at a point.
fn first_derivative(
    bench: &mut Bench<'_>,
    function: ExprId,
    unknown: ExprId,
    at: ExprId,
) -> Option<(usize, ExprId, Signum)> {
    let mut derivative = function;
    for order in 1..=MAX_ORDER {
        derivative = bench.derivative(derivative, unknown).ok()?;
        if derivative == Pool::ZERO || bench.pool.cost(derivative) > MAX_COST {
            return None;
        }
        let value = bench.put(derivative, &[(unknown, at)]);
        match bench.sign_of_any(value) {
            Signum::Zero => {}
            Signum::Unknown => return None,
            sign => return Some((order, value, sign)),
        }
    }
    None
}

/// What the function does along curves through a point at which the Hessian does not decide;
/// if asked for, along those only on which it is smooth everywhere.
pub(super) fn by_curves(
    bench: &mut Bench<'_>,
    function: ExprId,
    unknowns: &[ExprId],
    at: &[ExprId],
    smooth: bool,
) -> (Kind, Evidence) {
    let n = unknowns.len();
    if n > MAX_VARIABLES {
        return (Kind::Inconclusive, Evidence::None);
    }
    let t = bench.pool.symbol(PARAMETER);
    let (mut rising, mut falling): (Option<Curve>, Option<Curve>) = (None, None);
    for path in paths(bench, n, t) {
        let mut replacements = Vec::with_capacity(n);
        for ((unknown, start), step) in unknowns.iter().zip(at).zip(&path) {
            replacements.push((*unknown, bench.pool.sum(&[*start, *step])));
        }
        let along = bench.put(function, &replacements);
        let found = match smooth && !is_smooth(bench, along, None) {
            true => both_sides(bench, function, unknowns, at, &path),
            false => first_order(bench, along, t, Pool::ZERO)
                .map(|(order, _, sign)| (order % 2 == 1, sign)),
        };
        let Some((is_odd, sign)) = found else { continue };
        if is_odd {
            let found = drawn(bench, function, unknowns, at, &path, t);
            return (Kind::Neither, Evidence::Curve(found));
        }
        let slot = if sign == Signum::Positive { &mut rising } else { &mut falling };
        if slot.is_none() {
            *slot = Some(drawn(bench, function, unknowns, at, &path, t));
        }
        if let (Some(up), Some(down)) = (&rising, &falling) {
            return (Kind::Saddle, Evidence::Curves(up.clone(), down.clone()));
        }
    }
    (Kind::Inconclusive, Evidence::None)
}

/// What the function does on both halves of a line: whether it rises on one and falls on the
/// other, and else which of the two.
fn both_sides(
    bench: &mut Bench<'_>,
    function: ExprId,
    unknowns: &[ExprId],
    at: &[ExprId],
    path: &[ExprId],
) -> Option<(bool, Signum)> {
    let t = bench.pool.symbol(PARAMETER);
    let mut replacements = Vec::with_capacity(unknowns.len());
    for ((unknown, start), step) in unknowns.iter().zip(at).zip(path) {
        replacements.push((*unknown, bench.pool.sum(&[*start, *step])));
    }
    let along = bench.put(function, &replacements);
    let value = bench.put(along, &[(t, Pool::ZERO)]);
    let spot = Spot { function: along, unknown: t, at: Pool::ZERO, value };
    let (left, right) = (spot.side(bench, true)?, spot.side(bench, false)?);
    let sign = |side| match side {
        Side::Rises | Side::Above => Some(Signum::Positive),
        Side::Falls | Side::Below => Some(Signum::Negative),
        _ => None,
    };
    let (left, right) = (sign(left)?, sign(right)?);
    Some((left != right, right))
}

/// Steps away from a point, in a parameter: lines along small whole directions, then
/// parabolas.
fn paths(bench: &mut Bench<'_>, n: usize, t: ExprId) -> Vec<Vec<ExprId>> {
    let mut result = Vec::new();
    for direction in directions(n) {
        result.push(direction.iter().map(|d| bench.pool.scale(d, t)).collect());
    }
    if n == 2 {
        let square = bench.pool.integer_power(t, 2);
        for (above, below) in [(1, 1), (-1, 1), (1, 2), (3, 2), (2, 1), (-1, 2), (3, 1)] {
            let Some(factor) = Number::ratio(above, below) else { continue };
            let bent = bench.pool.scale(&factor, square);
            result.push(vec![t, bent]);
            result.push(vec![bent, t]);
        }
    }
    result
}

/// Directions with small whole coordinates, the diagonals first.
fn directions(n: usize) -> Vec<Vec<Number>> {
    let size: i64 = if n <= 3 { 2 } else { 1 };
    let width = (2 * size + 1) as usize;
    let mut found: Vec<Vec<i64>> = Vec::new();
    for code in 0..width.pow(n as u32) {
        let mut rest = code;
        let direction: Vec<i64> = (0..n)
            .map(|_| {
                let d = (rest % width) as i64 - size;
                rest /= width;
                d
            })
            .collect();
        let first = direction.iter().find(|d| **d != 0);
        let gcd = direction.iter().fold(0, |gcd, d| num_integer::gcd(gcd, *d));
        if gcd == 1 && first.is_some_and(|d| *d > 0) {
            found.push(direction);
        }
    }
    // The axes, then y = x and its like, then steeper ones.
    let rank = |d: &Vec<i64>| {
        let steepness: i64 = d.iter().map(|x| x.abs()).max().unwrap_or(0);
        let moving = d.iter().filter(|x| **x != 0).count();
        let negative = d.iter().filter(|x| **x < 0).count();
        (steepness, moving, negative)
    };
    found.sort_by_key(rank);
    found.into_iter().map(|d| d.into_iter().map(Number::from).collect()).collect()
}

/// A path as a curve in the variables: one of them is the parameter.
pub(super) fn drawn(
    bench: &mut Bench<'_>,
    function: ExprId,
    unknowns: &[ExprId],
    at: &[ExprId],
    path: &[ExprId],
    t: ExprId,
) -> Curve {
    // The variable that moves by t itself, else one that moves by a multiple of t.
    let own = path
        .iter()
        .position(|step| *step == t)
        .or_else(|| path.iter().position(|step| bench.pool.coefficient(*step).1 == t));
    let own = own.unwrap_or(0);
    let moved = bench.pool.difference(unknowns[own], at[own]);
    let factor = bench.pool.coefficient(path[own]).0.clone();
    let parameter = match factor.recip() {
        Some(inverse) => bench.pool.scale(&inverse, moved),
        None => moved,
    };
    let equal = Relation::Equal.function();
    let mut equations = Vec::new();
    let mut replacements = Vec::new();
    for (place, step) in path.iter().enumerate().filter(|(place, _)| *place != own) {
        let step = bench.put(*step, &[(t, parameter)]);
        let value = bench.pool.sum(&[at[place], step]);
        let value = bench.simplify(value);
        equations.push(bench.pool.application(equal, &[unknowns[place], value]));
        replacements.push((unknowns[place], value));
    }
    Curve { equations, value: bench.put(function, &replacements) }
}
