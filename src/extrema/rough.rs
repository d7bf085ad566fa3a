//! Points and sets on which a function is defined and its gradient is not.

use super::angle::with_zeros;
use super::bench::{Bench, from_float};
use super::classify::{by_bound, by_sides, jumps, of_sides, without_hessian};
use super::critical::{CriticalPoint, Evidence, Kind};
use super::curve::PARAMETER;
use super::landscape::{Landscape, length};
use super::member::counted_from_zero;
use super::numeric;
use super::period::{family, put_family};
use super::search::{Problem, is_allowed, settled_value};
use super::side::{Slope, Spot};
use super::solution::{Continuum, Coordinate, Solution, Solutions};
use super::steps::{is_whole_part, repeats, whole_numbers};
use super::system;
use super::values::Value;
use crate::function;
use crate::kernel::{ExprId, FunctionId, Node, Number, Pool};
use crate::simplify::pole_in;

/// At so many members of a family one looks for a derivative.
const MEMBERS: i64 = 3;
/// Equations with more nodes in all are not solved.
const MAX_NODES: usize = 6000;
/// How far from a point one looks when the next critical point is not known.
const NEAR: f64 = 1e-5;

/// Where the gradient may fail to exist: equations of the table, denominators and roots.
pub(super) fn rough_places(bench: &mut Bench<'_>, problem: &Problem) -> Solutions {
    let mut result = Solutions { complete: true, ..Solutions::default() };
    let mut equations: Vec<ExprId> = Vec::new();
    for relation in &problem.breaks {
        let Node::Apply(_, list) = bench.pool.node(*relation) else { continue };
        let [left, right] = *bench.pool.list(list) else { continue };
        let is_step = is_whole_part(bench, left, right);
        if is_step && let Some(family) = whole_numbers(bench, problem, left) {
            result.points.push(family);
            continue;
        }
        equations.push(match is_step {
            // What is a whole number is where this is 0.
            true => {
                let angle = bench.pool.product(&[Pool::PI, left]);
                bench.apply("tan", angle)
            }
            false => bench.pool.difference(left, right),
        });
    }
    for node in bench.pool.reachable(&problem.gradient) {
        let Node::Power(base, exponent) = bench.pool.node(node) else { continue };
        let below = bench.pool.as_number(exponent).is_some_and(Number::is_negative);
        let base = without_size(bench, base);
        if below && bench.depends(base, &problem.unknowns) && !equations.contains(&base) {
            equations.push(base);
        }
    }
    equations.extend(bases(bench, problem));
    equations.extend(cuts(bench, problem));
    let mut all: Vec<ExprId> = Vec::new();
    let mut nodes = 0;
    for equation in equations {
        nodes += bench.pool.reachable(&[equation]).len();
        if bench.pool.failure().is_some() || nodes > MAX_NODES {
            result.complete = false;
            break;
        }
        let present: Vec<ExprId> = problem
            .unknowns
            .iter()
            .copied()
            .filter(|u| bench.depends(equation, &[*u]))
            .collect();
        if present.is_empty() {
            continue;
        }
        all.push(equation);
        let found = system::solve(bench, &[equation], &problem.unknowns);
        result.complete &= found.complete;
        result.points.extend(found.points);
        for set in found.sets {
            let is_broken = match slope_across(bench, problem, &set) {
                Some(slope) => slope == Slope::Broken,
                None => point_of(bench, problem, &set)
                    .is_none_or(|point| nearby(bench, problem, &point) == Nearby::Broken),
            };
            if is_broken
                && is_defined_on(bench, problem, &set)
                && !result.sets.contains(&set)
            {
                result.sets.push(set);
            }
        }
    }
    for set in result.sets.clone() {
        add_restricted(bench, problem, &set, &mut result);
    }
    if all.len() > 1 && !result.sets.is_empty() {
        // Where several meet.
        let found = system::solve(bench, &all, &problem.unknowns);
        result.points.extend(found.points);
    }
    result
}

/// What vanishes where an absolute value does.
fn without_size(bench: &Bench<'_>, mut id: ExprId) -> ExprId {
    while let Node::Apply(FunctionId::ABS, list) = bench.pool.node(id) {
        id = bench.pool.list(list)[0];
    }
    id
}

/// The bases of powers whose exponents vary: `x^x` has a value at 0, which is an end of its
/// domain, and its derivative has none.
fn bases(bench: &Bench<'_>, problem: &Problem) -> Vec<ExprId> {
    let nodes = bench.pool.reachable(&[problem.function]).into_iter();
    let found = nodes.filter_map(|id| match bench.pool.node(id) {
        Node::Power(base, exponent) => Some((base, exponent)),
        _ => None,
    });
    found
        .filter(|(base, exponent)| {
            bench.depends(*base, &problem.unknowns)
                && bench.depends(*exponent, &problem.unknowns)
        })
        .map(|(base, _)| base)
        .collect()
}

/// Where angles may begin anew, of a function of one unknown.
fn cuts(bench: &Bench<'_>, problem: &Problem) -> Vec<ExprId> {
    let pool = &*bench.pool;
    let ordinates = pool.reachable(&[problem.function]).into_iter().filter_map(|id| {
        let Node::Apply(function, list) = pool.node(id) else { return None };
        let is_angle = function::spec(function).name == "atan2";
        let ordinate = *pool.list(list).first()?;
        (is_angle && bench.depends(ordinate, &problem.unknowns)).then_some(ordinate)
    });
    match problem.unknowns.len() {
        1 => ordinates.collect(),
        _ => Vec::new(),
    }
}

/// Adds the points at which the function has an extremum that is one on a set already, and
/// its gradient does not exist.
fn add_restricted(
    bench: &mut Bench<'_>,
    problem: &Problem,
    set: &Continuum,
    result: &mut Solutions,
) {
    if !set.equations.is_empty() || set.values.is_empty() {
        return;
    }
    let on = bench.put(problem.function, &set.values);
    let free: Vec<ExprId> = problem
        .unknowns
        .iter()
        .copied()
        .filter(|u| !set.values.iter().any(|(own, _)| own == u))
        .collect();
    let mut gradient = Vec::new();
    for unknown in &free {
        match bench.derivative(on, *unknown) {
            Ok(derivative) => gradient.push(derivative),
            Err(_) => return,
        }
    }
    for point in system::solve(bench, &gradient, &free).points {
        if point.coordinates.iter().any(|c| c.period.is_some()) {
            continue;
        }
        let at: Vec<(ExprId, ExprId)> = free
            .iter()
            .copied()
            .zip(point.coordinates.iter().map(|c| c.value.id))
            .collect();
        let mut coordinates = Vec::new();
        for unknown in &problem.unknowns {
            let own =
                free.iter().position(|u| u == unknown).map(|at| point.coordinates[at]);
            let fixed = set.values.iter().find(|(u, _)| u == unknown).map(|(_, id)| *id);
            coordinates.push(match (own, fixed) {
                (Some(own), _) => own,
                (None, Some(id)) => {
                    let value = Value {
                        id: bench.put(id, &at),
                        approximate: point
                            .coordinates
                            .iter()
                            .any(|c| c.value.approximate),
                    };
                    Coordinate::at(value)
                }
                (None, None) => return,
            });
        }
        let all: Vec<(ExprId, ExprId)> = problem
            .unknowns
            .iter()
            .copied()
            .zip(coordinates.iter().map(|c: &Coordinate| c.value.id))
            .collect();
        let value = bench.put(problem.function, &all);
        if by_bound(bench, problem.function, value).is_some() {
            result.points.push(Solution { coordinates, conditions: Vec::new() });
        }
    }
}

/// Unknowns with numbers of which nothing is special.
fn somewhere(bench: &mut Bench<'_>, unknowns: &[ExprId]) -> Vec<(ExprId, ExprId)> {
    let mut replacements = Vec::with_capacity(unknowns.len());
    for (place, unknown) in unknowns.iter().enumerate() {
        let value = Number::ratio(7 + 4 * place as i64, 5).unwrap_or(Number::ONE);
        replacements.push((*unknown, bench.pool.number(value)));
    }
    replacements
}

/// The derivative in the one unknown that is fixed on a set, somewhere on it.
fn slope_across(
    bench: &mut Bench<'_>,
    problem: &Problem,
    set: &Continuum,
) -> Option<Slope> {
    let [(unknown, at)] = set.values[..] else { return None };
    let is_plain = set.equations.is_empty() && bench.pool.is_constant(at);
    if !is_plain || problem.unknowns.len() < 2 {
        return None;
    }
    let mut others = somewhere(bench, &problem.unknowns);
    others.retain(|(own, _)| *own != unknown);
    let function = bench.put(problem.function, &others);
    let value = bench.put(function, &[(unknown, at)]);
    Spot { function, unknown, at, value }.slope(bench)
}

/// Whether a function of several unknowns has no derivative along an axis, or along the line
/// between all of them.
fn breaks_along_lines(bench: &mut Bench<'_>, problem: &Problem, at: &[ExprId]) -> bool {
    let n = problem.unknowns.len();
    let t = bench.pool.symbol(PARAMETER);
    let moves = |line: usize, place: usize| line == n || line == place;
    n > 1
        && (0..=n).any(|line| {
            let mut on = Vec::with_capacity(n);
            for (place, (unknown, start)) in problem.unknowns.iter().zip(at).enumerate() {
                let step = if moves(line, place) { t } else { Pool::ZERO };
                on.push((*unknown, bench.pool.sum(&[*start, step])));
            }
            let function = bench.put(problem.function, &on);
            let value = bench.put(function, &[(t, Pool::ZERO)]);
            let spot = Spot { function, unknown: t, at: Pool::ZERO, value };
            spot.slope(bench) == Some(Slope::Broken)
        })
}

/// Whether a function has values on a set, as far as one point of it tells.
fn is_defined_on(bench: &mut Bench<'_>, problem: &Problem, set: &Continuum) -> bool {
    if !set.equations.is_empty() {
        // A denominator that is 0 along a curve leaves no value there.
        let undefined = bench.pool.reachable(&[problem.function]).iter().any(|node| {
            match bench.pool.node(*node) {
                Node::Power(base, e) => {
                    bench.pool.as_number(e).is_some_and(Number::is_negative)
                        && set.equations.contains(&base)
                }
                _ => false,
            }
        });
        return !undefined;
    }
    let on = bench.put(problem.function, &set.values);
    if on == Pool::UNDEFINED {
        return false;
    }
    let replacements = somewhere(bench, &problem.unknowns);
    let value = bench.pool.substitute(&[on], &replacements, function::apply)[0];
    !bench.pool.is_constant(value) || bench.float(value).is_finite()
}

/// Adds the points at which the function has a value and no gradient.
pub(super) fn add_rough(
    bench: &mut Bench<'_>,
    problem: &Problem,
    rough: &Solutions,
    complete: bool,
    taken: &[String],
    points: &mut Vec<CriticalPoint>,
) {
    let places: Vec<f64> = match problem.unknowns.len() {
        1 => rough
            .points
            .iter()
            .map(|p| &p.coordinates[0])
            .filter(|c| c.period.is_none())
            .map(|c| bench.float(c.value.id))
            .chain(points.iter().map(|p| bench.float(p.coordinates[0].value)))
            .filter(|x| x.is_finite())
            .collect(),
        _ => Vec::new(),
    };
    for solution in &rough.points {
        if bench.pool.failure().is_some() {
            return;
        }
        let at: Vec<ExprId> = solution.coordinates.iter().map(|c| c.value.id).collect();
        let coordinates = family(bench, &solution.coordinates, taken);
        let is_family = coordinates.iter().any(|c| c.counter.is_some());
        let value = put_family(
            bench,
            problem.function,
            &problem.unknowns,
            &solution.coordinates,
            &coordinates,
        );
        let rough_at = match (&problem.unknowns[..], &solution.coordinates[..]) {
            ([unknown], [c]) if c.value.approximate && !is_family => {
                bench.number(c.value.id).map(|x| (*unknown, x))
            }
            _ => None,
        };
        let value = match &rough_at {
            // Digits of a pole give a value as large as there are digits.
            Some(at) => match bench.value_into(problem.function, at) {
                Some(number) => bench.pool.number(number),
                None => continue,
            },
            None => with_zeros(bench, value),
        };
        if value == Pool::UNDEFINED
            || pole_in(bench.pool, value).is_some()
            || bench.pool.is_constant(value) && !bench.float(value).is_finite()
            || !is_allowed(bench, problem, solution)
        {
            continue;
        }
        let known = points.iter().any(|p| {
            p.coordinates.iter().zip(&coordinates).all(|(a, b)| a.value == b.value)
        });
        if known {
            continue;
        }
        // A part that breaks may be multiplied by 0, as in x*abs(x): then the gradient exists.
        let center: Vec<f64> = at.iter().map(|id| bench.float(*id)).collect();
        let is_exact = solution.coordinates.iter().all(|c| !c.value.approximate)
            && bench.pool.is_constant(at[0]);
        let function = problem.function;
        let spot = match problem.unknowns[..] {
            [unknown] if is_exact && is_family => {
                // The first member stands for all.
                let value = bench.put(function, &[(unknown, at[0])]);
                Some(Spot { function, unknown, at: at[0], value })
            }
            [unknown] if is_exact => Some(Spot { function, unknown, at: at[0], value }),
            _ => None,
        };
        let stands_alone = is_family && !repeats(bench, problem, solution);
        let jumping = match problem.unknowns.len() {
            1 if spot.is_none() => jumps(bench, problem.function, value, at[0]),
            _ => [None, None],
        };
        let is_jump = jumping.iter().any(Option::is_some);
        let slope = match spot {
            Some(spot) if stands_alone => slope_of_members(bench, spot, solution),
            spot => spot.and_then(|spot| spot.slope(bench)),
        };
        let seen = match slope {
            Some(Slope::Flat) => Nearby::Flat,
            Some(Slope::Steep) => Nearby::Smooth,
            Some(Slope::AtEnd | Slope::Broken) => Nearby::Broken,
            None if is_exact && breaks_along_lines(bench, problem, &at) => Nearby::Broken,
            None => nearby(bench, problem, &center),
        };
        let differentiable = match seen {
            // The slopes on both sides say nothing of a value that is not between them.
            _ if is_jump => false,
            Nearby::Smooth => continue,
            Nearby::Flat => true,
            Nearby::Broken => false,
        };
        let is_end = slope == Some(Slope::AtEnd);
        let (kind, evidence) = match by_bound(bench, problem.function, value) {
            Some(kind) => (kind, Evidence::Bound),
            None if stands_alone => (Kind::Inconclusive, Evidence::None),
            None if let Some(spot) = spot => {
                spot.sides(bench).unwrap_or((Kind::Inconclusive, Evidence::None))
            }
            None if problem.unknowns.len() == 1 => {
                let x = bench.float(at[0]);
                let low = places.iter().copied().filter(|p| *p < x - 1e-9);
                let high = places.iter().copied().filter(|p| *p > x + 1e-9);
                let near = match complete && rough.complete && !is_family {
                    true => (low.reduce(f64::max), high.reduce(f64::min)),
                    // Something unknown may be anywhere: very near is the best there is.
                    false => (Some(x - NEAR), Some(x + NEAR)),
                };
                let found = by_sides(bench, problem.gradient[0], x, near);
                match (jumping, found.1) {
                    // Across a jump the value counts, and not the slope beside it.
                    ([left, right], Evidence::Sides(l, r)) if is_jump => {
                        let kind = of_sides(left.unwrap_or(l), right.unwrap_or(r));
                        (kind, Evidence::None)
                    }
                    (_, evidence) => (found.0, evidence),
                }
            }
            None => without_hessian(bench, problem.function, &problem.unknowns, &at),
        };
        let value = settled_value(bench, value);
        let counted = counted_from_zero(bench, solution, &coordinates);
        points.push(CriticalPoint {
            coordinates,
            approximate: solution.coordinates.iter().any(|c| c.value.approximate),
            value,
            differentiable: differentiable || is_end,
            boundary: is_end,
            hessian: Vec::new(),
            kind,
            global: false,
            evidence,
            conditions: [solution.conditions.clone(), counted].concat(),
        });
    }
}

/// Whether there is a derivative at the first members of a family: one that has none stands for
/// those farther on.
fn slope_of_members(
    bench: &mut Bench<'_>,
    first: Spot,
    family: &Solution,
) -> Option<Slope> {
    let period = family.coordinates.first()?.period?;
    let mut found = Vec::new();
    for k in 0..MEMBERS {
        let steps = bench.pool.scale(&Number::from(k), period);
        let at = bench.pool.sum(&[first.at, steps]);
        let at = bench.simplify(at);
        let value = bench.put(first.function, &[(first.unknown, at)]);
        found.push(Spot { at, value, ..first }.slope(bench)?);
    }
    let broken = found.iter().find(|slope| **slope == Slope::Broken);
    broken.or(found.first()).copied()
}

/// What the gradient does near a point at which a part of the function breaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Nearby {
    /// It goes to 0.
    Flat,
    /// It has another limit.
    Smooth,
    /// It has none.
    Broken,
}

/// Looks at the gradient at two distances: where it has a limit, its values come together.
fn nearby(bench: &Bench<'_>, problem: &Problem, center: &[f64]) -> Nearby {
    let landscape = Landscape::new(
        bench.pool,
        problem.function,
        &problem.gradient,
        &[],
        &problem.unknowns,
    );
    let Some(landscape) = landscape else { return Nearby::Broken };
    let look = |radius: f64| {
        let (mut size, mut gap) = (0.0_f64, 0.0_f64);
        let mut first: Option<Vec<f64>> = None;
        for k in 0..32_u32 {
            let near: Vec<f64> = center
                .iter()
                .enumerate()
                .map(|(axis, x)| x + radius * (1.0 + x.abs()) * numeric::spread(k, axis))
                .collect();
            let sight = landscape.look(&near);
            if !sight.is_finite() {
                continue;
            }
            size = size.max(sight.slope());
            let start = first.get_or_insert_with(|| sight.gradient.clone());
            let change: Vec<f64> =
                sight.gradient.iter().zip(start.iter()).map(|(a, b)| a - b).collect();
            gap = gap.max(length(&change));
        }
        (size, gap)
    };
    let ((far, wide), (near, narrow)) = (look(1e-4), look(1e-7));
    let rounding = 1e-9 * (1.0 + near);
    if narrow > 0.1 * wide && narrow > rounding {
        Nearby::Broken
    } else if near <= 0.1 * far || near <= rounding {
        Nearby::Flat
    } else {
        Nearby::Smooth
    }
}

/// A point of a set, if one is found.
fn point_of(
    bench: &mut Bench<'_>,
    problem: &Problem,
    set: &Continuum,
) -> Option<Vec<f64>> {
    let mut point: Vec<f64> =
        (0..problem.unknowns.len()).map(|at| 1.4 + 0.8 * at as f64).collect();
    if let [equation] = set.equations[..] {
        let mut slopes = Vec::new();
        for unknown in &problem.unknowns {
            slopes.push(bench.derivative(equation, *unknown).ok()?);
        }
        let landscape =
            Landscape::new(bench.pool, equation, &slopes, &[], &problem.unknowns)?;
        for _ in 0..60 {
            let here = landscape.look(&point);
            let square = here.slope() * here.slope();
            if !here.is_finite() || square == 0.0 {
                return None;
            }
            for (x, g) in point.iter_mut().zip(&here.gradient) {
                *x -= here.value * g / square;
            }
        }
    }
    let at: Option<Vec<(ExprId, Number)>> = problem
        .unknowns
        .iter()
        .zip(&point)
        .map(|(u, x)| Some((*u, from_float(*x)?)))
        .collect();
    let at = at?;
    for (unknown, value) in &set.values {
        let place = problem.unknowns.iter().position(|u| u == unknown)?;
        point[place] = bench.floats_at(&[*value], &at)[0];
    }
    point.iter().all(|x| x.is_finite()).then_some(point)
}
