//! Extrema of the whole function by how it rises and falls, once all points are known at which
//! that can change.

use super::bench::Bench;
use super::critical::{CriticalPoint, CriticalSet, Kind};
use super::global::{is_best, is_continuous};
use super::interval::Interval;
use super::landscape::Landscape;
use super::search::Problem;
use crate::evaluate::{Bounds, Range};
use crate::kernel::ExprId;

/// Marks the least and the greatest values, where the function is continuous on all that is
/// allowed, and has these values at the points or is beyond them nowhere.
pub(super) fn mark(
    bench: &mut Bench<'_>,
    problem: &Problem,
    points: &mut [CriticalPoint],
    sets: &mut [CriticalSet],
) {
    let is_plain = points.iter().all(|point| {
        bench.pool.is_constant(point.value)
            && point.coordinates.iter().all(|c| c.counter.is_none())
    });
    if !is_plain || points.is_empty() {
        return;
    }
    let intervals: Vec<Interval> =
        problem.unknowns.iter().map(|unknown| Interval::of(bench, *unknown)).collect();
    let beyond = match intervals[..] {
        _ if sets.iter().any(|set| set.value.is_none()) => None,
        [interval] => beyond(bench, problem, interval, points),
        _ if intervals.iter().all(|own| own.is_closed())
            && is_smooth_on(bench, problem.function, &problem.unknowns, &intervals) =>
        {
            Some(Beyond::default())
        }
        _ => None,
    };
    let Some(beyond) = beyond else { return };
    for (kind, is_open, sign) in
        [(Kind::Minimum, beyond.falls, 1.0), (Kind::Maximum, beyond.rises, -1.0)]
    {
        if !is_open {
            mark_best(bench, kind, sign, &beyond.limits, points, sets);
        }
    }
}

/// What a function does beyond the outermost points.
#[derive(Default)]
struct Beyond {
    /// Somewhere it falls on the way out, without an end.
    falls: bool,
    /// Somewhere it rises on the way out, without an end.
    rises: bool,
    /// What it comes near to at ends that do not belong to the interval.
    limits: Vec<f64>,
}

fn mark_best(
    bench: &mut Bench<'_>,
    kind: Kind,
    sign: f64,
    limits: &[f64],
    points: &mut [CriticalPoint],
    sets: &mut [CriticalSet],
) {
    let rivals: Vec<ExprId> = points
        .iter()
        .map(|point| point.value)
        .chain(sets.iter().filter_map(|set| set.value))
        .collect();
    let values = rivals.iter().map(|id| sign * bench.float(*id));
    let best = values.fold(f64::INFINITY, f64::min);
    if !best.is_finite() || limits.iter().any(|limit| sign * limit < best) {
        return;
    }
    for point in points.iter_mut() {
        point.global |= point.kind == kind && is_best(bench, point.value, &rivals, sign);
    }
    for set in sets.iter_mut() {
        if set.value.is_some_and(|value| is_best(bench, value, &rivals, sign)) {
            set.extremum = Some(kind);
        }
    }
}

/// What the function of one variable does beyond the outermost points; `None` when that is not
/// known.
fn beyond(
    bench: &mut Bench<'_>,
    problem: &Problem,
    interval: Interval,
    points: &[CriticalPoint],
) -> Option<Beyond> {
    let is_bounded = interval.low.is_some() && interval.high.is_some();
    let is_smooth = is_bounded
        && is_smooth_on(bench, problem.function, &problem.unknowns, &[interval]);
    if !is_smooth && !is_continuous(bench, problem.function) {
        return None;
    }
    let mut places: Vec<f64> =
        points.iter().map(|point| bench.float(point.coordinates[0].value)).collect();
    places.sort_by(f64::total_cmp);
    let (first, last) = (*places.first()?, *places.last()?);
    let landscape = Landscape::new(
        bench.pool,
        problem.function,
        &problem.gradient,
        &[],
        &problem.unknowns,
    )?;
    let mut found = Beyond::default();
    for (end, place, out) in [(interval.low, first, -1.0), (interval.high, last, 1.0)] {
        let x = match end {
            Some(end) if end.closed => continue,
            Some(end) if is_smooth => {
                found.limits.push(landscape.value(&[end.float]));
                continue;
            }
            Some(end) => 0.5 * (end.float + place),
            None => place + out * (1.0 + 0.1 * place.abs()),
        };
        let slope = out * landscape.look(&[x]).gradient[0];
        if !slope.is_finite() {
            return None;
        }
        found.falls |= slope < 0.0;
        found.rises |= slope > 0.0;
    }
    Some(found)
}

/// Whether the function is smooth all over a box.
pub(super) fn is_smooth_on(
    bench: &Bench<'_>,
    function: ExprId,
    unknowns: &[ExprId],
    intervals: &[Interval],
) -> bool {
    let sides: Vec<Range> = intervals
        .iter()
        .map(|own| Range {
            low: own.low.map_or(f64::NEG_INFINITY, |end| end.float),
            high: own.high.map_or(f64::INFINITY, |end| end.float),
        })
        .collect();
    Bounds::new(bench.pool, &[function], unknowns)
        .is_some_and(|bounds| bounds.over(&sides).1)
}
