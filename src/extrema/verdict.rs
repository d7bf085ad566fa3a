//! What there is where a way downhill ended: the kind of a stationary point, proved as for
//! critical points, or why there is none.

use super::bench::{Bench, Signum, from_float};
use super::classify::{by_bound, by_hessian};
use super::critical::Kind;
use super::descend::{Descent, Ending};
use super::landscape::{Landscape, length};
use super::numeric::{newton, refined, spread};
use super::search::Problem;
use super::side::{Slope, Spot};
use crate::evaluate::nice_point;
use crate::kernel::{ExprId, Node, Pool};

/// A stationary point is where the way ended when it is not farther than this, relatively.
const NEAR: f64 = 1e-3;
/// Where the function is very flat, the way ends this far from a stationary point, relatively.
const BESIDE: f64 = 3e-2;
/// How far one looks around for a constant function.
const AROUND: f64 = 1e-2;
/// How far where it is constant between steps.
const CLOSER: [f64; 2] = [1e-5, 1e-9];
/// At how many points many digits tell whether it is.
const PRECISE: u32 = 6;
/// The operations of Newton's method towards the stationary point.
const WORK: usize = 10_000_000;
/// How often the distance is doubled over which values are seen to fall.
const DOUBLINGS: i32 = 24;

/// Says of a way that ended for its small gradient, or because no step leads down, what is
/// there. Other endings stay as they are.
pub(super) fn judge(
    bench: &mut Bench<'_>,
    problem: &Problem,
    landscape: &Landscape,
    descent: &mut Descent,
) {
    let Some(last) = descent.steps.last() else { return };
    let end = last.point.clone();
    let ending = match descent.ending {
        Ending::SmallGradient => at_rest(bench, problem, landscape, &end),
        Ending::Stuck | Ending::Short => at_kink(bench, problem, landscape, &end),
        _ => None,
    };
    match ending {
        Some(Rest::Here(ending)) => descent.ending = ending,
        Some(Rest::Beside(point)) => {
            descent.ending = Ending::Converged;
            descent.minimum = Some(point);
        }
        Some(Rest::There(point)) => descent.minimum = Some(point),
        None => {}
    }
}

enum Rest {
    /// This is how the way ended.
    Here(Ending),
    /// At a flat minimum, which is a little farther on.
    Beside(Vec<f64>),
    /// There is a minimum, but farther on.
    There(Vec<f64>),
}

fn at_rest(
    bench: &mut Bench<'_>,
    problem: &Problem,
    landscape: &Landscape,
    end: &[f64],
) -> Option<Rest> {
    if is_level(bench, problem, landscape, end) {
        return Some(Rest::Here(Ending::Flat));
    }
    // What a short point is called that is farther off holds there, and not at the end.
    let mut beside = None;
    if let Some((kind, place)) = at_nice_point(bench, problem, end) {
        if is_near(&place, end) {
            return ending_of(kind).map(Rest::Here);
        }
        beside = (kind == Kind::Minimum).then_some(place);
    }
    let mut left = WORK;
    let found = newton(landscape, end.to_vec(), &mut left).and_then(|near| {
        let point =
            refined(bench, landscape, &problem.gradient, &problem.unknowns, &near)?;
        let at: Vec<ExprId> = point.coordinates.iter().map(|c| c.value.id).collect();
        let put: Vec<(ExprId, ExprId)> =
            problem.unknowns.iter().copied().zip(at.iter().copied()).collect();
        // Beside a kink or a jump second derivatives say nothing of it.
        if breaks_at(bench, problem, &put) {
            return None;
        }
        let numbers = bench.numbers(&problem.unknowns, at.iter().copied())?;
        let flat: Vec<ExprId> = problem.hessian.iter().flatten().copied().collect();
        let values = bench.best_at(&flat, &numbers)?;
        let values: Vec<ExprId> =
            values.into_iter().map(|n| bench.pool.number(n)).collect();
        let rows: Vec<Vec<ExprId>> =
            values.chunks(at.len()).map(<[ExprId]>::to_vec).collect();
        let unknowns = &problem.unknowns;
        let kind = by_hessian(bench, problem.function, unknowns, &at, &rows, false).0;
        let place: Vec<f64> = at.iter().map(|id| bench.float(*id)).collect();
        Some((kind, place))
    });
    match found {
        Some((kind, place)) if is_near(&place, end) => ending_of(kind).map(Rest::Here),
        _ if let Some(place) = beside => Some(Rest::Beside(place)),
        Some((Kind::Minimum, place))
            if landscape.value(&place) < landscape.value(end) =>
        {
            Some(Rest::There(place))
        }
        _ if falls_on(landscape, end) => Some(Rest::Here(Ending::Falling)),
        _ => at_kink(bench, problem, landscape, end),
    }
}

fn is_near(a: &[f64], b: &[f64]) -> bool {
    let gap: Vec<f64> = a.iter().zip(b).map(|(x, y)| x - y).collect();
    length(&gap) <= NEAR * (1.0 + length(b))
}

fn ending_of(kind: Kind) -> Option<Ending> {
    match kind {
        Kind::Minimum => Some(Ending::Converged),
        Kind::Maximum | Kind::Saddle | Kind::Inflection | Kind::Neither => {
            Some(Ending::Stationary(kind))
        }
        _ => None,
    }
}

/// The kind of a stationary point with short coordinates, beside which the way ended.
fn at_nice_point(
    bench: &mut Bench<'_>,
    problem: &Problem,
    end: &[f64],
) -> Option<(Kind, Vec<f64>)> {
    let at = nice_point(bench.pool, end, BESIDE)?;
    let replacements: Vec<(ExprId, ExprId)> =
        problem.unknowns.iter().copied().zip(at.iter().copied()).collect();
    if breaks_at(bench, problem, &replacements) {
        return None;
    }
    for id in &problem.gradient {
        let value = bench.put(*id, &replacements);
        // Far out, what is next to nothing need not be 0.
        if bench.sign_of_any(value) != Signum::Zero {
            return None;
        }
    }
    let mut rows = Vec::new();
    for row in &problem.hessian {
        rows.push(row.iter().map(|id| bench.put(*id, &replacements)).collect());
    }
    let (function, unknowns) = (problem.function, &problem.unknowns);
    let kind = by_hessian(bench, function, unknowns, &at, &rows, true).0;
    let place: Vec<f64> = at.iter().map(|id| bench.float(*id)).collect();
    (kind != Kind::Inconclusive).then_some((kind, place))
}

/// A minimum at a point without a gradient: the function less its value there is nowhere
/// below 0.
fn at_kink(
    bench: &mut Bench<'_>,
    problem: &Problem,
    landscape: &Landscape,
    end: &[f64],
) -> Option<Rest> {
    let mut candidates = vec![nice_point(bench.pool, end, NEAR)?];
    candidates.extend(exact_point(bench, end));
    for at in candidates {
        let replacements: Vec<(ExprId, ExprId)> =
            problem.unknowns.iter().copied().zip(at).collect();
        let value = bench.put(problem.function, &replacements);
        if bench.float(value).is_finite()
            && by_bound(bench, problem.function, value) == Some(Kind::Minimum)
        {
            return Some(Rest::Here(Ending::Converged));
        }
        if let [(unknown, at)] = replacements[..]
            && breaks_at(bench, problem, &replacements)
        {
            let is_here = bench.float(at) == end[0];
            if !is_here && jumps_between(bench.float(value), landscape.value(end)) {
                continue;
            }
            let spot = Spot { function: problem.function, unknown, at, value };
            let (kind, _) = spot.sides(bench)?;
            let is_broken = is_here && spot.slope(bench) == Some(Slope::Broken);
            return match kind {
                Kind::Minimum => Some(Rest::Here(Ending::Converged)),
                _ if is_broken => Some(Rest::Here(Ending::Broken(kind))),
                _ => ending_of(kind).map(Rest::Here),
            };
        }
    }
    None
}

/// The exact values of doubles.
pub(super) fn exact_point(bench: &mut Bench<'_>, point: &[f64]) -> Option<Vec<ExprId>> {
    point.iter().map(|x| Some(bench.pool.number(from_float(*x)?))).collect()
}

/// Whether two values so near each other are those of a function that jumps between them.
fn jumps_between(a: f64, b: f64) -> bool {
    (a - b).abs() > NEAR * (1.0 + a.abs())
}

/// Whether a part of the function breaks at a point.
pub(super) fn breaks_at(
    bench: &mut Bench<'_>,
    problem: &Problem,
    at: &[(ExprId, ExprId)],
) -> bool {
    problem.breaks.iter().any(|relation| {
        let Node::Apply(_, list) = bench.pool.node(*relation) else { return false };
        let [left, right] = *bench.pool.list(list) else { return false };
        let gap = bench.pool.difference(left, right);
        let gap = bench.put(gap, at);
        bench.is_zero(gap)
    })
}

/// Whether the function is one constant around a point: it has a part that breaks, and the
/// gradient is 0 at all points around, as near as they are.
fn is_level(
    bench: &mut Bench<'_>,
    problem: &Problem,
    landscape: &Landscape,
    end: &[f64],
) -> bool {
    let is_still = problem.gradient.iter().all(|g| *g == Pool::ZERO);
    if problem.breaks.is_empty() || bench.pool.failure().is_some() {
        return is_still;
    }
    let center = landscape.value(end);
    let beside = |distance: f64, k: u32| -> Vec<f64> {
        let beside =
            |(axis, x): (usize, &f64)| x + distance * (1.0 + x.abs()) * spread(k, axis);
        end.iter().enumerate().map(beside).collect()
    };
    let is_around = |distance: f64| {
        (0..64_u32).all(|k| {
            let there = landscape.look(&beside(distance, k));
            there.slope() == 0.0 && there.value == center
        }) && (0..PRECISE).all(|k| !is_steep(bench, problem, &beside(distance, k)))
    };
    if !is_still || is_around(AROUND) {
        return is_around(AROUND);
    }
    // Between two steps that are nearer to each other.
    let is_between = CLOSER.into_iter().any(is_around);
    is_between
        && exact_point(bench, end).is_none_or(|at| {
            let at: Vec<_> = problem.unknowns.iter().copied().zip(at).collect();
            !breaks_at(bench, problem, &at)
        })
}

/// Whether many digits tell a gradient from 0 that doubles do not.
fn is_steep(bench: &Bench<'_>, problem: &Problem, point: &[f64]) -> bool {
    let numbers = problem.unknowns.iter().zip(point);
    let numbers = numbers.map(|(unknown, x)| Some((*unknown, from_float(*x)?)));
    let Some(at) = numbers.collect::<Option<Vec<_>>>() else { return false };
    let found = bench.numbers_at(&problem.gradient, &at);
    found.into_iter().flatten().any(|slope| !slope.is_zero())
}

/// Whether the values are seen to fall on and on in the direction in which they fall at the
/// end.
fn falls_on(landscape: &Landscape, end: &[f64]) -> bool {
    let here = landscape.look(end);
    let slope = here.slope();
    if slope == 0.0 {
        return false;
    }
    let reach = 1.0 + length(end);
    let mut last = here.value;
    for k in 0..DOUBLINGS {
        let step = reach * 2.0_f64.powi(k) / slope;
        let next: Vec<f64> =
            end.iter().zip(&here.gradient).map(|(x, g)| x - step * g).collect();
        let there = landscape.look(&next);
        let along: f64 =
            there.gradient.iter().zip(&here.gradient).map(|(a, b)| a * b).sum();
        // Far out the slope may be below the least double.
        let falls = along > 0.0 || k > 2 && along == 0.0;
        if !(there.is_finite() && falls && there.value <= last) {
            return false;
        }
        last = there.value;
    }
    true
}
