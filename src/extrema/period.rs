//! Families of points that repeat with a period.

use super::bench::Bench;
use super::critical::{CriticalPoint, PointCoordinate};
use super::search::Problem;
use super::solution::{Continuum, Coordinate};
use crate::function;
use crate::kernel::{Assumption, ExprId, Node, Number, Pool};

/// Names of the whole numbers that count the points of a family.
const COUNTERS: [&str; 6] = ["k", "m", "n", "j", "l", "p"];

/// An expression at all points of a family at once: circular functions that repeat with the
/// periods take their values at the first point, the rest takes the counters.
pub(super) fn put_family(
    bench: &mut Bench<'_>,
    id: ExprId,
    unknowns: &[ExprId],
    coordinates: &[Coordinate],
    family: &[PointCoordinate],
) -> ExprId {
    let first: Vec<(ExprId, ExprId)> =
        unknowns.iter().copied().zip(coordinates.iter().map(|c| c.value.id)).collect();
    if family.iter().all(|c| c.counter.is_none()) {
        return bench.put(id, &first);
    }
    let mut replacements: Vec<(ExprId, ExprId)> = Vec::new();
    for node in bench.pool.reachable(&[id]) {
        let Some((parts, turn)) = circular(bench, node, unknowns) else { continue };
        let repeats = parts.iter().all(|(unknown, rate)| {
            let place = unknowns.iter().position(|u| u == unknown);
            let Some(period) = place.and_then(|at| coordinates[at].period) else {
                return true;
            };
            let product = bench.pool.product(&[*rate, period]);
            let turns = bench.over(product, turn);
            bench.pool.as_number(turns).is_some_and(Number::is_integer)
        });
        if repeats {
            let value = bench.put(node, &first);
            replacements.push((node, value));
        }
    }
    replacements.extend(unknowns.iter().copied().zip(family.iter().map(|c| c.value)));
    bench.put(id, &replacements)
}

/// The rates of unknowns in the argument of a function that repeats, and after how much it
/// does; `None` where an expression is no such function.
fn circular(
    bench: &mut Bench<'_>,
    id: ExprId,
    unknowns: &[ExprId],
) -> Option<(Vec<(ExprId, ExprId)>, ExprId)> {
    let Node::Apply(function, list) = bench.pool.node(id) else { return None };
    let [argument] = *bench.pool.list(list) else { return None };
    if !function.is_builtin() {
        return None;
    }
    let turn = Number::from(function::spec(function).period?);
    let (parts, _) = super::linear::linear_form(bench, argument, unknowns)?;
    Some((parts, bench.pool.scale(&turn, Pool::PI)))
}

/// After how many periods of an unknown an expression has the same values again; `None` where
/// nothing says that it ever has.
pub(super) fn turns(
    bench: &mut Bench<'_>,
    id: ExprId,
    unknown: ExprId,
    (period, unknowns): (ExprId, &[ExprId]),
) -> Option<i64> {
    let mut steps = 1_i64;
    let mut inside: Vec<ExprId> = Vec::new();
    for node in bench.pool.reachable(&[id]) {
        let Some((parts, turn)) = circular(bench, node, unknowns) else { continue };
        inside.push(node);
        for (_, rate) in parts.iter().filter(|(own, _)| *own == unknown) {
            let product = bench.pool.product(&[*rate, period]);
            let turns = bench.over(product, turn);
            let below = bench.pool.as_number(turns)?.denominator().to_i64()?;
            steps = num_integer::lcm(steps, below);
        }
    }
    let outside = bench.pool.reachable_where(&[id], |node| !inside.contains(&node));
    (!outside.contains(&unknown)).then_some(steps)
}

/// The coordinates of a solution with a counter for each period.
pub(super) fn family(
    bench: &mut Bench<'_>,
    coordinates: &[Coordinate],
    taken: &[String],
) -> Vec<PointCoordinate> {
    let mut names = COUNTERS.iter().filter(|name| !taken.iter().any(|own| own == *name));
    let mut result = Vec::with_capacity(coordinates.len());
    for coordinate in coordinates {
        let mut own = PointCoordinate {
            value: coordinate.value.id,
            counter: None,
            approximate: coordinate.value.approximate,
        };
        if let Some(period) = coordinate.period
            && let Some(name) = names.next()
        {
            let known = Assumption { integer: true, ..Assumption::default() };
            let counter = bench.pool.assume(name, known);
            let steps = bench.pool.product(&[counter, period]);
            let sum = bench.pool.sum(&[own.value, steps]);
            own.value = match own.approximate {
                true => sum,
                false => bench.simplify(sum),
            };
            own.counter = Some(counter);
        }
        result.push(own);
    }
    result
}

/// Puts families together of which one lies half a period beside the other in one coordinate
/// and that do not differ otherwise.
pub(super) fn merge(
    bench: &mut Bench<'_>,
    problem: &Problem,
    points: &mut Vec<(Vec<Coordinate>, CriticalPoint)>,
    taken: &[String],
) {
    let mut changed = true;
    while changed {
        changed = false;
        let mut at = 0;
        while at < points.len() {
            let mut other = at + 1;
            while other < points.len() {
                let (a, b) = (&points[at], &points[other]);
                if let Some(both) = joined(bench, problem, a, b, taken) {
                    points.remove(other);
                    points[at] = both;
                    changed = true;
                } else {
                    other += 1;
                }
            }
            at += 1;
        }
    }
}

/// Sets of which one lies half a period beside the other as one set.
pub(super) fn merged_sets(bench: &mut Bench<'_>, sets: &[Continuum]) -> Vec<Continuum> {
    let mut result = sets.to_vec();
    let mut at = 0;
    while at < result.len() {
        let found = (at + 1..result.len()).find_map(|other| {
            let (a, b) = (result[at].clone(), result[other].clone());
            Some((other, joined_sets(bench, a, &b)?))
        });
        match found {
            Some((other, both)) => {
                result.remove(other);
                result[at] = both;
                at = 0;
            }
            None => at += 1,
        }
    }
    result
}

fn joined_sets(bench: &mut Bench<'_>, a: Continuum, b: &Continuum) -> Option<Continuum> {
    if (&a.periods, &a.equations, &a.region) != (&b.periods, &b.equations, &b.region) {
        return None;
    }
    let mut different =
        a.values.iter().zip(&b.values).filter(|(own, other)| own != other);
    let (own, other) = different.next()?;
    if different.next().is_some() || own.0 != other.0 || a.values.len() != b.values.len()
    {
        return None;
    }
    let (unknown, period) = (own.0, a.period(own.0)?);
    let gap = bench.minus(other.1, own.1);
    let ratio = bench.over(gap, period);
    if !bench.pool.as_number(ratio)?.mul(&Number::from(2)).is_odd() {
        return None;
    }
    let half = bench.pool.scale(&Number::HALF, period);
    let half = bench.simplify(half);
    let (x, y) = (own.1, other.1);
    let is_nearer = bench.float(y).abs() < bench.float(x).abs();
    let mut both = a.clone();
    both.periods.retain(|(own, _)| *own != unknown);
    both.periods.push((unknown, half));
    for (own, value) in &mut both.values {
        if *own == unknown && is_nearer {
            *value = y;
        }
    }
    Some(both)
}

fn joined(
    bench: &mut Bench<'_>,
    problem: &Problem,
    a: &(Vec<Coordinate>, CriticalPoint),
    b: &(Vec<Coordinate>, CriticalPoint),
    taken: &[String],
) -> Option<(Vec<Coordinate>, CriticalPoint)> {
    let same = a.1.kind == b.1.kind
        && a.1.evidence == b.1.evidence
        && a.1.conditions == b.1.conditions;
    if !same || a.1.approximate || b.1.approximate {
        return None;
    }
    let different: Vec<usize> =
        (0..a.0.len()).filter(|at| a.0[*at] != b.0[*at]).collect();
    let [place] = different[..] else { return None };
    let (x, y) = (a.0[place], b.0[place]);
    let period = x.period?;
    if y.period != Some(period) || x.one_way || y.one_way {
        return None;
    }
    let gap = bench.minus(y.value.id, x.value.id);
    let ratio = bench.over(gap, period);
    let halves = bench.pool.as_number(ratio)?.mul(&Number::from(2));
    if !halves.is_odd() {
        return None;
    }
    let mut own = a.0.clone();
    let half = bench.pool.scale(&Number::HALF, period);
    own[place].period = Some(bench.simplify(half));
    // The least that is not negative stands for all.
    own[place].value.id = [x.value.id, y.value.id]
        .into_iter()
        .filter(|id| bench.float(*id) >= 0.0)
        .min_by(|a, b| bench.float(*a).total_cmp(&bench.float(*b)))
        .unwrap_or(x.value.id);
    let mut point = a.1.clone();
    point.coordinates = family(bench, &own, taken);
    if a.1.value != b.1.value {
        // The values differ by their counters only when the function says so at both at once.
        let value = put_family(
            bench,
            problem.function,
            &problem.unknowns,
            &own,
            &point.coordinates,
        );
        let has_function = |id: &ExprId| matches!(bench.pool.node(*id), Node::Apply(..));
        if bench.pool.reachable(&[value]).iter().any(has_function) {
            return None;
        }
        point.value = value;
    }
    if a.1.hessian != b.1.hessian {
        point.hessian.clear();
    }
    Some((own, point))
}
