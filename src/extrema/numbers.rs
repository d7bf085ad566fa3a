//! Points that are found as numbers: where exact solutions are not all, or not known to be.

use super::bench::Bench;
use super::equation::{Outcome, take_apart};
use super::interval::Interval;
use super::isolate::{REACH, zeros_between};
use super::numeric;
use super::piece::{pieces, with_formulas};
use super::search::{Problem, landscape};
use super::solution::{Continuum, Coordinate, Solution, Solutions};
use super::system;
use super::values::Value;
use crate::function;
use crate::kernel::ExprId;

/// How far from 0 zeros are looked for, one after the other until all are found.
const NEARER: [f64; 3] = [REACH, 30.0, 10.0];
/// Zeros are listed as far from 0 as the first of these within which there are not too many.
const REACHES: [f64; 12] =
    [REACH, 80.0, 60.0, 50.0, 40.0, 30.0, 20.0, 15.0, 10.0, 5.0, 2.0, 1.0];

/// What is known of points that are found as numbers.
#[derive(Default)]
pub(super) struct More {
    /// Between which numbers these are all.
    pub(super) range: Option<(f64, f64)>,
    /// How many were left out.
    pub(super) omitted: usize,
}

/// Adds points that are found as numbers: all zeros of one equation in one unknown between
/// bounds where that can be shown, else by Newton's method.
pub(super) fn add_numeric(
    bench: &mut Bench<'_>,
    problem: &Problem,
    solutions: &mut Solutions,
) -> More {
    if let ([unknown], [slope]) = (&problem.unknowns[..], &problem.gradient[..])
        && let Some(found) = add_zeros(bench, *slope, *unknown, solutions)
    {
        return found;
    }
    let Some(landscape) = landscape(bench.pool, problem) else {
        return More::default();
    };
    let known: Vec<Vec<f64>> = solutions
        .points
        .iter()
        .map(|p| p.coordinates.iter().map(|c| bench.float(c.value.id)).collect())
        .collect();
    let mut found = Vec::new();
    found.extend(numeric::nice_zeros(bench, problem, &landscape));
    let (points, omitted) = numeric::search(bench, &landscape, problem, &known);
    found.extend(points);
    for point in found {
        add_once(bench, problem, solutions, point);
    }
    More { range: None, omitted }
}

/// Adds a point, unless it is one that is known, or one of a family or a set.
fn add_once(
    bench: &mut Bench<'_>,
    problem: &Problem,
    solutions: &mut Solutions,
    point: Solution,
) {
    let is_known =
        solutions.points.iter().any(|other| system::is_same(bench, other, &point))
            || solutions.points.iter().any(|other| is_member(bench, other, &point))
            || solutions
                .sets
                .iter()
                .any(|set| is_in_set(bench, set, &point, &problem.unknowns));
    if !is_known {
        solutions.points.push(point);
    }
}

/// Whether a point is one of a family, as far as doubles tell.
fn is_member(bench: &Bench<'_>, family: &Solution, point: &Solution) -> bool {
    family.coordinates.iter().any(|c| c.period.is_some())
        && family.coordinates.iter().zip(&point.coordinates).all(|(own, other)| {
            let gap = bench.float(other.value.id) - bench.float(own.value.id);
            let rest = match own.period.map(|period| bench.float(period)) {
                Some(period) => gap - (gap / period).round() * period,
                None => gap,
            };
            rest.abs() <= 1e-9 * (1.0 + gap.abs())
        })
}

/// Whether a point lies in a set, as far as doubles tell.
fn is_in_set(
    bench: &mut Bench<'_>,
    set: &Continuum,
    point: &Solution,
    unknowns: &[ExprId],
) -> bool {
    let at: Vec<(ExprId, ExprId)> = unknowns
        .iter()
        .copied()
        .zip(point.coordinates.iter().map(|c| c.value.id))
        .collect();
    let is_on = |bench: &mut Bench<'_>, id: ExprId| {
        let there = bench.pool.substitute(&[id], &at, function::apply)[0];
        bench.float(there)
    };
    let values = set.values.clone();
    set.region.is_empty()
        && values.iter().all(|(unknown, value)| {
            let gap = is_on(bench, *unknown) - is_on(bench, *value);
            let period = set.period(*unknown).map(|period| bench.float(period));
            let rest = match period {
                Some(period) => gap - (gap / period).round() * period,
                None => gap,
            };
            rest.abs() <= 1e-7 * (1.0 + gap.abs())
        })
        && set.equations.iter().all(|id| is_on(bench, *id).abs() <= 1e-7)
}

/// Adds the zeros of one equation in one unknown between bounds, if these can be shown to be
/// all; of very many those near 0.
fn add_zeros(
    bench: &mut Bench<'_>,
    slope: ExprId,
    unknown: ExprId,
    solutions: &mut Solutions,
) -> Option<More> {
    NEARER
        .into_iter()
        .find_map(|reach| zeros_within(bench, slope, unknown, reach, solutions))
}

/// The same with a bound on how far from 0 zeros are looked for, where nothing bounds the
/// unknown.
fn zeros_within(
    bench: &mut Bench<'_>,
    slope: ExprId,
    unknown: ExprId,
    reach: f64,
    solutions: &mut Solutions,
) -> Option<More> {
    let interval = Interval::of(bench, unknown);
    let low = interval.low.map_or(-reach, |end| end.float);
    let high = interval.high.map_or(reach, |end| end.float);
    let whole = interval.low.is_some() && interval.high.is_some();
    if low >= high || whole && reach < REACH {
        return None;
    }
    // A zero at an end is seen from both sides.
    let edge = 1e-3 * (1.0 + low.abs().max(high.abs()));
    let plain = with_formulas(bench, &[slope]);
    let mut found: Vec<Value> = Vec::new();
    for piece in pieces(bench, &plain, &[unknown]) {
        for equation in factors(bench, &piece.equations, unknown)? {
            let zeros = zeros_between(bench, equation, unknown, low - edge, high + edge)
                .or_else(|| zeros_between(bench, equation, unknown, low, high))?;
            for value in zeros {
                // A zero of one piece may lie outside of it.
                let at = (unknown, bench.number(value.id)?);
                if bench.vanishes_beside(slope, &at) {
                    found.push(value);
                }
            }
        }
    }
    let sizes: Vec<f64> = found.iter().map(|value| bench.float(value.id).abs()).collect();
    let is_short = |reach: &f64| {
        sizes.iter().filter(|size| **size <= *reach).count() <= numeric::MAX_POINTS
    };
    let reach = match whole {
        true => f64::INFINITY,
        false => REACHES.into_iter().filter(|own| *own <= reach).find(is_short)?,
    };
    let range = (low.max(-reach), high.min(reach));
    if range.0 >= range.1 {
        return None;
    }
    for (value, size) in found.into_iter().zip(sizes) {
        if size <= reach {
            let coordinates = vec![Coordinate::at(value)];
            let point = Solution { coordinates, conditions: Vec::new() };
            if !solutions.points.iter().any(|other| system::is_same(bench, other, &point))
                && !solutions.points.iter().any(|other| is_member(bench, other, &point))
            {
                solutions.points.push(point);
            }
        }
    }
    solutions.complete |= whole;
    Some(More { range: Some(range), omitted: 0 })
}

/// Expressions of which one vanishes wherever an equation holds that does not hold everywhere.
fn factors(
    bench: &mut Bench<'_>,
    equations: &[ExprId],
    unknown: ExprId,
) -> Option<Vec<ExprId>> {
    let [equation] = *equations else { return None };
    match take_apart(bench, equation, &[unknown], &mut Vec::new()) {
        Outcome::Always | Outcome::Never => Some(Vec::new()),
        // Of expressions that vanish together one is enough.
        Outcome::Any(found) => {
            Some(found.iter().filter_map(|parts| parts.first().copied()).collect())
        }
    }
}
