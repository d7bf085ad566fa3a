//! Extrema at the ends of assumed intervals: of one variable by the slope there, of several on
//! each face of the box.

use super::bench::{Bench, Signum};
use super::classify::{by_bound, by_hessian};
use super::critical::{
    CriticalPoint, CriticalSet, Evidence, Kind, PointCoordinate, Side,
};
use super::interval::{Interval, Place, is_rough};
use super::search::Problem;
use super::side::Spot;
use super::system;
use super::variation::is_smooth_on;
use super::verdict::breaks_at;
use crate::kernel::{ExprId, Node, Pool, Relation};

/// With more variables, faces are not looked at.
const MAX_VARIABLES: usize = 3;
/// The highest derivative at an end.
const MAX_ORDER: i32 = 8;

/// Adds what is extremal at the ends of assumed intervals to what is inside; points that lie
/// at ends already are seen anew. The answer is whether these are all.
pub(super) fn add_ends(
    bench: &mut Bench<'_>,
    problem: &Problem,
    points: &mut Vec<CriticalPoint>,
    sets: &mut Vec<CriticalSet>,
) -> bool {
    let unknowns = problem.unknowns.clone();
    let intervals: Vec<Interval> =
        unknowns.iter().map(|unknown| Interval::of(bench, *unknown)).collect();
    let is_inside = |bench: &mut Bench<'_>, point: &CriticalPoint| {
        let mut pairs = point.coordinates.iter().zip(&intervals);
        pairs.all(|(c, own)| {
            c.counter.is_some()
                || !bench.pool.is_constant(c.value)
                || own.place(bench, c.value) == Place::Inside
        })
    };
    let before = std::mem::take(points);
    for point in before {
        if is_inside(bench, &point) {
            points.push(point);
        }
    }
    let has_ends = intervals.iter().any(|own| own.ends().next().is_some());
    if !has_ends {
        return true;
    }
    if let ([unknown], [interval]) = (&unknowns[..], &intervals[..]) {
        for (end, is_low) in interval.ends() {
            if let Some(point) = at_end(bench, problem, *unknown, end.value, is_low) {
                points.push(point);
            }
        }
        return true;
    }
    if unknowns.len() > MAX_VARIABLES {
        return false;
    }
    let mut complete = true;
    // Larger faces first, so that points of a face on which the function is constant are known.
    let mut faces = faces(&intervals);
    faces.sort_by_key(|face| face.iter().flatten().count());
    for face in faces {
        complete &= on_face(bench, problem, &intervals, &face, points, sets);
    }
    complete
}

/// One variable at an end, where one side decides.
fn at_end(
    bench: &mut Bench<'_>,
    problem: &Problem,
    unknown: ExprId,
    end: ExprId,
    is_low: bool,
) -> Option<CriticalPoint> {
    let at = [(unknown, end)];
    let value = bench.put(problem.function, &at);
    if bench.pool.is_constant(value) && !bench.has_value(value) {
        return None;
    }
    let spot = Spot { function: problem.function, unknown, at: end, value };
    let inside = spot.side(bench, !is_low).unwrap_or_else(|| {
        match inward(bench, problem.gradient[0], unknown, end, is_low) {
            _ if breaks_at(bench, problem, &at) => Side::Outside,
            Some(Signum::Positive) => Side::Rises,
            Some(Signum::Negative) => Side::Falls,
            _ => Side::Outside,
        }
    });
    let kind = match inside {
        Side::Rises | Side::Above | Side::Level => Kind::Minimum,
        Side::Falls | Side::Below => Kind::Maximum,
        Side::Swings => Kind::Neither,
        Side::Outside => Kind::Inconclusive,
    };
    let evidence = match is_low {
        true => Evidence::Sides(Side::Outside, inside),
        false => Evidence::Sides(inside, Side::Outside),
    };
    Some(boundary_point(bench, &[end], value, kind, evidence))
}

/// The sign of the first derivative that is not 0 at an end, as one goes inwards; `None` when
/// it is not known.
fn inward(
    bench: &mut Bench<'_>,
    slope: ExprId,
    unknown: ExprId,
    end: ExprId,
    is_low: bool,
) -> Option<Signum> {
    let mut derivative = slope;
    for order in 1..=MAX_ORDER {
        let value = bench.put(derivative, &[(unknown, end)]);
        if bench.pool.is_constant(value) && !bench.has_value(value) {
            return None;
        }
        let turned = !is_low && order % 2 == 1;
        match bench.sign_of_any(value) {
            Signum::Zero => {}
            Signum::Positive if turned => return Some(Signum::Negative),
            Signum::Negative if turned => return Some(Signum::Positive),
            Signum::Unknown => return None,
            sign => return Some(sign),
        }
        derivative = bench.derivative(derivative, unknown).ok()?;
        if derivative == Pool::ZERO {
            return None;
        }
    }
    None
}

/// For each variable, the end at which it is held, and whether it is the lower one.
type Face = Vec<Option<(ExprId, bool)>>;

/// All faces, edges and corners of a box.
fn faces(intervals: &[Interval]) -> Vec<Face> {
    let mut result: Vec<Face> = vec![Vec::new()];
    for interval in intervals {
        let mut next = Vec::new();
        for face in &result {
            let ends = interval.ends().map(|(end, is_low)| Some((end.value, is_low)));
            for own in std::iter::once(None).chain(ends) {
                next.push(face.iter().copied().chain([own]).collect());
            }
        }
        result = next;
    }
    result.retain(|face| face.iter().any(Option::is_some));
    result
}

/// Adds the extrema on one face, without its edges; `false` when some may be missing.
fn on_face(
    bench: &mut Bench<'_>,
    problem: &Problem,
    intervals: &[Interval],
    face: &Face,
    points: &mut Vec<CriticalPoint>,
    sets: &mut Vec<CriticalSet>,
) -> bool {
    let unknowns = &problem.unknowns;
    let held: Vec<(ExprId, ExprId)> = unknowns
        .iter()
        .zip(face)
        .filter_map(|(unknown, end)| Some((*unknown, (*end)?.0)))
        .collect();
    let free: Vec<ExprId> = unknowns
        .iter()
        .zip(face)
        .filter_map(|(unknown, end)| end.is_none().then_some(*unknown))
        .collect();
    let on = bench.put(problem.function, &held);
    if on == Pool::UNDEFINED {
        return true;
    }
    let mut gradient = Vec::new();
    for unknown in &free {
        match bench.derivative(on, *unknown) {
            Ok(slope) => gradient.push(slope),
            Err(_) => return false,
        }
    }
    let mut complete = true;
    let mut places: Vec<Vec<PointCoordinate>> = Vec::new();
    if free.is_empty() {
        places.push(Vec::new());
    } else if gradient.iter().all(|slope| *slope == Pool::ZERO) {
        // The function is constant on the face.
        let equal = Relation::Equal.function();
        let extremum = by_bound(bench, problem.function, on);
        let mut equations = Vec::new();
        for (unknown, end) in &held {
            equations.push(bench.pool.application(equal, &[*unknown, *end]));
        }
        if extremum.is_some() {
            sets.push(CriticalSet {
                equations,
                counters: Vec::new(),
                boundary: true,
                value: Some(on),
                extremum,
            });
        }
        return extremum.is_some();
    } else {
        let found = system::solve(bench, &gradient, &free);
        let own: Vec<Interval> = intervals
            .iter()
            .zip(face)
            .filter_map(|(own, end)| end.is_none().then_some(*own))
            .collect();
        // Kinks on the face are not looked for.
        complete &= found.complete
            && found.sets.is_empty()
            && is_smooth_on(bench, on, &free, &own);
        for solution in found.points {
            if solution.coordinates.iter().any(|c| c.period.is_some()) {
                complete = false;
                continue;
            }
            let coordinate = |c: &super::solution::Coordinate| PointCoordinate {
                value: c.value.id,
                counter: None,
                approximate: c.value.approximate,
            };
            places.push(solution.coordinates.iter().map(coordinate).collect());
        }
    }
    for place in places {
        let mut own = place.iter();
        let mut coordinates = Vec::new();
        let mut is_inside = true;
        for (end, interval) in face.iter().zip(intervals) {
            match (end, own.as_slice().first()) {
                (Some((value, _)), _) => coordinates.push(PointCoordinate {
                    value: *value,
                    counter: None,
                    approximate: false,
                }),
                (None, Some(c)) => {
                    is_inside &= interval.place(bench, c.value) == Place::Inside;
                    coordinates.push(*c);
                    own.next();
                }
                (None, None) => return false,
            }
        }
        let is_in_set = |set: &CriticalSet| {
            set.boundary
                && set.equations.iter().all(|relation| {
                    held.iter().any(|(unknown, end)| {
                        let Node::Apply(_, list) = bench.pool.node(*relation) else {
                            return false;
                        };
                        bench.pool.list(list) == [*unknown, *end]
                    })
                })
        };
        if is_inside && !sets.iter().any(is_in_set) {
            let found = face_point(bench, problem, face, &free, on, &coordinates);
            points.extend(found);
        }
    }
    complete
}

/// What a point on a face is; `None` when it is no extremum.
fn face_point(
    bench: &mut Bench<'_>,
    problem: &Problem,
    face: &Face,
    free: &[ExprId],
    on: ExprId,
    coordinates: &[PointCoordinate],
) -> Option<CriticalPoint> {
    let at: Vec<(ExprId, ExprId)> = problem
        .unknowns
        .iter()
        .copied()
        .zip(coordinates.iter().map(|c| c.value))
        .collect();
    let value = bench.put(problem.function, &at);
    if !bench.pool.is_constant(value) || !bench.has_value(value) {
        return None;
    }
    // Inwards all values have to rise, or all to fall.
    let mut signs: Vec<Signum> = Vec::new();
    let mut is_certain = true;
    for ((place, slope), end) in problem.gradient.iter().enumerate().zip(face) {
        let Some((value, is_low)) = *end else { continue };
        let others: Vec<(ExprId, ExprId)> = at
            .iter()
            .copied()
            .enumerate()
            .filter(|(k, _)| *k != place)
            .map(|(_, p)| p)
            .collect();
        let slope = bench.put(*slope, &others);
        let there = bench.put(slope, &[at[place]]);
        is_certain &= matches!(bench.sign(there), Signum::Positive | Signum::Negative);
        let sign = inward(bench, slope, problem.unknowns[place], value, is_low);
        signs.push(sign.unwrap_or(Signum::Unknown));
    }
    let mut hessian = Vec::new();
    for a in free {
        let mut row = Vec::new();
        for b in free {
            let first = bench.derivative(on, *a).ok()?;
            let second = bench.derivative(first, *b).ok()?;
            row.push(bench.put(second, &at));
        }
        hessian.push(row);
    }
    let exact = coordinates.iter().all(|c| !c.approximate);
    let own: Vec<ExprId> = face
        .iter()
        .zip(coordinates)
        .filter_map(|(end, c)| end.is_none().then_some(c.value))
        .collect();
    let on_face = match free.is_empty() {
        true => None,
        false => Some(by_hessian(bench, on, free, &own, &hessian, exact).0),
    };
    let (up, down) = match on_face {
        Some(Kind::Minimum) => (true, false),
        Some(Kind::Maximum) => (false, true),
        Some(Kind::Saddle | Kind::Inflection | Kind::Neither) => return None,
        _ => (false, false),
    };
    is_certain &= free.is_empty() || up || down;
    let rises = signs.contains(&Signum::Positive) || up;
    let falls = signs.contains(&Signum::Negative) || down;
    // Beside a kink, the formulas of the slopes do not say which way it goes.
    let is_kink = breaks_at(bench, problem, &at);
    is_certain &= !is_kink;
    let kind = match (rises, falls, is_certain) {
        (true, true, _) if !is_kink => return None,
        (true, _, true) => Kind::Minimum,
        (_, true, true) => Kind::Maximum,
        _ => by_bound(bench, problem.function, value)
            .or_else(|| inside(bench, problem, &at))
            .unwrap_or(Kind::Inconclusive),
    };
    let values: Vec<ExprId> = coordinates.iter().map(|c| c.value).collect();
    let mut point = boundary_point(bench, &values, value, kind, Evidence::None);
    point.approximate = coordinates.iter().any(|c| c.approximate);
    point.coordinates = coordinates.to_vec();
    Some(point)
}

/// An extremum of the whole function, which is one among the points that are allowed as well.
fn inside(
    bench: &mut Bench<'_>,
    problem: &Problem,
    at: &[(ExprId, ExprId)],
) -> Option<Kind> {
    for slope in &problem.gradient {
        let there = bench.put(*slope, at);
        if !bench.is_zero(there) {
            return None;
        }
    }
    let mut hessian = Vec::new();
    for row in &problem.hessian {
        hessian.push(row.iter().map(|id| bench.put(*id, at)).collect());
    }
    let values: Vec<ExprId> = at.iter().map(|(_, value)| *value).collect();
    let (function, unknowns) = (problem.function, &problem.unknowns);
    let kind = by_hessian(bench, function, unknowns, &values, &hessian, true).0;
    matches!(kind, Kind::Minimum | Kind::Maximum).then_some(kind)
}

fn boundary_point(
    bench: &Bench<'_>,
    at: &[ExprId],
    value: ExprId,
    kind: Kind,
    evidence: Evidence,
) -> CriticalPoint {
    let coordinate = |id: &ExprId| {
        let approximate = is_rough(bench, *id);
        PointCoordinate { value: *id, counter: None, approximate }
    };
    CriticalPoint {
        coordinates: at.iter().map(coordinate).collect(),
        approximate: at.iter().any(|id| is_rough(bench, *id)),
        value,
        differentiable: true,
        boundary: true,
        hessian: Vec::new(),
        kind,
        global: false,
        evidence,
        conditions: Vec::new(),
    }
}
