//! The critical points of a function.

use super::bench::{Bench, Signum};
use super::boundary::add_ends;
use super::classify::{by_bound, by_hessian, by_sides, sign_part};
use super::critical::{
    Critical, CriticalPoint, CriticalSet, Evidence, Kind, PointCoordinate, Side,
};
use super::descend::{Descending, Descent, way};
use super::variation;
use super::verdict;
use super::global::{self, Whole};
use super::interval::{Interval, Place, within};
use super::isolate::{REACH, zeros_between};
use super::landscape::Landscape;
use super::numeric;
use super::period::{family, merge, put_family};
use super::piece::{pieces, with_formulas};
use super::rough::{NEAR, add_rough, rough_places};
use super::solution::{Continuum, Coordinate, Solution, Solutions};
use super::values::Value;
use super::system::{self, MAX_SOLUTIONS};
use crate::function;
use crate::kernel::{ExprId, Node, Number, Pool, Relation};
use crate::polynomial::Work;
use crate::simplify::{self, Simplifier};

/// The work on polynomials for one function.
const WORK: u64 = 60_000_000;
/// Zeros are listed as far from 0 as the first of these within which there are not too many.
const REACHES: [f64; 12] =
    [REACH, 80.0, 60.0, 50.0, 40.0, 30.0, 20.0, 15.0, 10.0, 5.0, 2.0, 1.0];

/// A function with its derivatives.
#[derive(Clone, Debug)]
pub struct Problem {
    /// The function.
    pub function: ExprId,
    /// Its variables, as symbols.
    pub unknowns: Vec<ExprId>,
    /// Their names.
    pub names: Vec<String>,
    /// The gradient.
    pub gradient: Vec<ExprId>,
    /// The Hessian matrix.
    pub hessian: Vec<Vec<ExprId>>,
    /// Where the function is defined but some part of it has no derivative, as relations.
    pub breaks: Vec<ExprId>,
    /// Whether all derivatives were compared with an independent path.
    pub checked: bool,
}

/// Finds the critical points of a function of real variables and says what they are.
pub fn critical(
    pool: &mut Pool,
    simplifier: &mut Simplifier,
    problem: &Problem,
) -> Critical {
    let mut bench = Bench { pool, simplifier, work: Work::new(WORK) };
    if problem.gradient.iter().all(|g| *g == Pool::ZERO) && problem.breaks.is_empty() {
        return everywhere(&mut bench, problem);
    }
    let mut solutions = zeros_of_gradient(&mut bench, problem);
    let mut rough = rough_places(&mut bench, problem);
    let restricted =
        problem.unknowns.iter().any(|u| !Interval::of(&mut bench, *u).is_all());
    let taken: Vec<String> = {
        let symbols = bench.pool.symbols_of(&[problem.function]);
        symbols.into_iter().map(|s| bench.pool.name(s).to_owned()).collect()
    };
    let mut more = More::default();
    let has_parameters = taken.iter().any(|name| !problem.names.contains(name));
    if !solutions.complete && !has_parameters && solutions.points.len() < MAX_SOLUTIONS {
        more = add_numeric(&mut bench, problem, &mut solutions);
    }
    if restricted {
        for list in [&mut solutions, &mut rough] {
            let points = std::mem::take(&mut list.points);
            let (points, complete) = within(&mut bench, problem, points);
            list.points = points;
            list.complete &= complete;
        }
    }
    let mut points: Vec<(Vec<Coordinate>, CriticalPoint)> = Vec::new();
    for solution in &solutions.points {
        if breaks_at(&mut bench, problem, solution)
            || is_without_gradient(&mut bench, problem, solution)
        {
            rough.points.push(solution.clone());
            continue;
        }
        if !is_allowed(&mut bench, problem, solution) {
            continue;
        }
        if let Some(point) = described(&mut bench, problem, solution, &taken) {
            points.push((solution.coordinates.clone(), point));
        }
    }
    let periodic = !points.is_empty()
        && points.iter().all(|(own, point)| {
            own.iter().all(|c| c.period.is_some()) && bench.pool.is_constant(point.value)
        });
    merge(&mut bench, problem, &mut points, &taken);
    let mut points: Vec<CriticalPoint> =
        points.into_iter().map(|(_, point)| point).collect();
    add_rough(&mut bench, problem, &rough, solutions.complete, &taken, &mut points);
    let mut sets = sets_of(&mut bench, problem, &solutions.sets);
    let rough_sets = sets_of(&mut bench, problem, &rough.sets);
    let mut complete = solutions.complete && rough.complete;
    if restricted && !has_parameters {
        complete &= add_ends(&mut bench, problem, &mut points, &mut sets);
    }
    let known = complete && rough_sets.is_empty();
    let whole = Whole {
        function: problem.function,
        unknowns: &problem.unknowns,
        hessian: &problem.hessian,
        complete: known && sets.is_empty() && !restricted,
        periodic,
    };
    global::mark(&mut bench, &whole, &mut points);
    if known {
        variation::mark(&mut bench, problem, &mut points, &mut sets);
    }
    sort(&bench, &mut points);
    Critical {
        variables: problem.names.clone(),
        gradient: problem.gradient.clone(),
        hessian: problem.hessian.clone(),
        points,
        sets,
        rough: rough_sets,
        complete,
        range: more.range.filter(|_| !complete && rough.complete),
        omitted: more.omitted,
        checked: problem.checked,
    }
}

/// Goes downhill from a point. Without `hessian`, Newton's method is not available.
///
/// The answer is `None` when the function depends on more than its variables, or has no
/// value or no gradient at the start. [`judge()`] says what the end is.
pub fn descend(
    pool: &Pool,
    problem: &Problem,
    start: &[f64],
    how: &Descending,
) -> Option<Descent> {
    way(&landscape(pool, problem)?, start, how, &problem.names)
}

/// Finds out what the end of a way downhill is. The problem has its Hessian.
pub fn judge(
    pool: &mut Pool,
    simplifier: &mut Simplifier,
    problem: &Problem,
    descent: &mut Descent,
) {
    if let Some(landscape) = landscape(pool, problem) {
        let mut bench = Bench { pool, simplifier, work: Work::new(WORK) };
        verdict::judge(&mut bench, problem, &landscape, descent);
    }
}

fn landscape(pool: &Pool, problem: &Problem) -> Option<Landscape> {
    Landscape::new(
        pool,
        problem.function,
        &problem.gradient,
        &problem.hessian,
        &problem.unknowns,
    )
}

/// A constant is critical everywhere.
fn everywhere(bench: &mut Bench<'_>, problem: &Problem) -> Critical {
    let all = Continuum {
        values: Vec::new(),
        periods: Vec::new(),
        equations: Vec::new(),
        region: Vec::new(),
    };
    let set = CriticalSet { extremum: None, ..set_of(bench, problem, &all) };
    Critical {
        variables: problem.names.clone(),
        gradient: problem.gradient.clone(),
        hessian: problem.hessian.clone(),
        points: Vec::new(),
        sets: vec![set],
        rough: Vec::new(),
        complete: true,
        range: None,
        omitted: 0,
        checked: problem.checked,
    }
}

/// In ascending order of the coordinates; families by their first points.
fn sort(bench: &Bench<'_>, points: &mut [CriticalPoint]) {
    let key = |point: &CriticalPoint| -> Vec<f64> {
        let first = |c: &PointCoordinate| {
            let value = bench.float(c.value);
            if value.is_nan() { 0.0 } else { value }
        };
        point.coordinates.iter().map(first).collect()
    };
    points.sort_by(|a, b| {
        let (a, b) = (key(a), key(b));
        let orders = a.iter().zip(&b).map(|(x, y)| x.total_cmp(y));
        orders.into_iter().find(|o| o.is_ne()).unwrap_or(std::cmp::Ordering::Equal)
    });
}

/// Where the gradient is 0: groups of equations without a common unknown are solved on their
/// own.
fn zeros_of_gradient(bench: &mut Bench<'_>, problem: &Problem) -> Solutions {
    let equations: Vec<ExprId> =
        problem.gradient.iter().copied().filter(|g| *g != Pool::ZERO).collect();
    let groups = groups(bench, &equations, &problem.unknowns);
    let covered: usize = groups.iter().map(|(_, unknowns)| unknowns.len()).sum();
    if groups.len() < 2 || covered < problem.unknowns.len() {
        return system::solve(bench, &equations, &problem.unknowns);
    }
    let mut product = Solutions {
        points: vec![Solution { coordinates: Vec::new(), conditions: Vec::new() }],
        sets: Vec::new(),
        complete: true,
    };
    let mut order: Vec<ExprId> = Vec::new();
    for (equations, unknowns) in groups {
        let found = system::solve(bench, &equations, &unknowns);
        if !found.sets.is_empty() {
            // A set in some unknowns is one in all.
            let all: Vec<ExprId> = problem.gradient.clone();
            return system::solve(bench, &all, &problem.unknowns);
        }
        product.complete &= found.complete;
        order.extend(&unknowns);
        let mut next = Vec::new();
        for a in &product.points {
            for b in &found.points {
                if next.len() >= MAX_SOLUTIONS {
                    product.complete = false;
                    break;
                }
                next.push(Solution {
                    coordinates: a
                        .coordinates
                        .iter()
                        .chain(&b.coordinates)
                        .copied()
                        .collect(),
                    conditions: a
                        .conditions
                        .iter()
                        .chain(&b.conditions)
                        .copied()
                        .collect(),
                });
            }
        }
        product.points = next;
    }
    for point in &mut product.points {
        point.coordinates = problem
            .unknowns
            .iter()
            .filter_map(|unknown| order.iter().position(|other| other == unknown))
            .map(|place| point.coordinates[place])
            .collect();
    }
    product
}

/// Equations with the unknowns in them, in groups that have no unknown in common.
fn groups(
    bench: &Bench<'_>,
    equations: &[ExprId],
    unknowns: &[ExprId],
) -> Vec<(Vec<ExprId>, Vec<ExprId>)> {
    let mut result: Vec<(Vec<ExprId>, Vec<ExprId>)> = Vec::new();
    for equation in equations {
        let own: Vec<ExprId> = unknowns
            .iter()
            .copied()
            .filter(|u| bench.depends(*equation, &[*u]))
            .collect();
        let mut merged = (vec![*equation], own);
        let (joined, apart): (Vec<_>, Vec<_>) = result
            .into_iter()
            .partition(|(_, group)| group.iter().any(|u| merged.1.contains(u)));
        for (more, group) in joined {
            merged.0.extend(more);
            for unknown in group {
                if !merged.1.contains(&unknown) {
                    merged.1.push(unknown);
                }
            }
        }
        result = apart;
        result.push(merged);
    }
    result
}

/// What is known of points that are found as numbers.
#[derive(Default)]
struct More {
    /// Between which numbers these are all.
    range: Option<(f64, f64)>,
    /// How many were left out.
    omitted: usize,
}

/// Adds points that are found as numbers: all zeros of one equation in one unknown between
/// bounds where that can be shown, else by Newton's method.
fn add_numeric(
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
    let (points, omitted) =
        numeric::search(bench, &landscape, &problem.gradient, &problem.unknowns, &known);
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
    let interval = Interval::of(bench, unknown);
    let low = interval.low.map_or(-REACH, |end| end.float);
    let high = interval.high.map_or(REACH, |end| end.float);
    if low >= high {
        return None;
    }
    // A zero at an end is seen from both sides.
    let edge = 1e-3 * (1.0 + low.abs().max(high.abs()));
    let found = zeros_between(bench, slope, unknown, low - edge, high + edge)
        .or_else(|| zeros_between(bench, slope, unknown, low, high))?;
    let sizes: Vec<f64> = found.iter().map(|value| bench.float(value.id).abs()).collect();
    let is_short = |reach: &f64| {
        sizes.iter().filter(|size| **size <= *reach).count() <= numeric::MAX_POINTS
    };
    let whole = interval.low.is_some() && interval.high.is_some();
    let reach = match whole {
        true => f64::INFINITY,
        false => REACHES.into_iter().find(is_short)?,
    };
    let range = (low.max(-reach), high.min(reach));
    for (value, size) in found.into_iter().zip(sizes) {
        if size <= reach {
            let coordinates = vec![Coordinate { value, period: None }];
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

/// Whether a point keeps to what is assumed of its variables.
pub(super) fn is_allowed(
    bench: &mut Bench<'_>,
    problem: &Problem,
    solution: &Solution,
) -> bool {
    problem.unknowns.iter().zip(&solution.coordinates).all(|(unknown, c)| {
        let interval = Interval::of(bench, *unknown);
        if bench.pool.is_constant(c.value.id) {
            return interval.place(bench, c.value.id) != Place::Outside;
        }
        let minus = bench.pool.negate(c.value.id);
        let is_below = bench.pool.is_positive(minus);
        !(is_below && bench.pool.is_nonnegative(*unknown))
    })
}

/// Whether the gradient has no value at a point.
fn is_without_gradient(
    bench: &mut Bench<'_>,
    problem: &Problem,
    solution: &Solution,
) -> bool {
    let values: Vec<ExprId> = solution.coordinates.iter().map(|c| c.value.id).collect();
    if !values.iter().all(|id| bench.pool.is_constant(*id)) {
        return false;
    }
    match bench.numbers(&problem.unknowns, values.into_iter()) {
        Some(at) => bench.floats_at(&problem.gradient, &at).iter().any(|x| !x.is_finite()),
        None => false,
    }
}

/// Whether a part of the function breaks at a point, so that derivatives there may be
/// meaningless.
fn breaks_at(bench: &mut Bench<'_>, problem: &Problem, solution: &Solution) -> bool {
    let at: Vec<(ExprId, ExprId)> = problem
        .unknowns
        .iter()
        .copied()
        .zip(solution.coordinates.iter().map(|c| c.value.id))
        .collect();
    problem.breaks.iter().any(|relation| {
        let Node::Apply(_, list) = bench.pool.node(*relation) else { return false };
        let [left, right] = *bench.pool.list(list) else { return false };
        let difference = bench.pool.difference(left, right);
        let difference = bench.put(difference, &at);
        bench.is_zero(difference)
    })
}

/// What kind of point a zero of the gradient is; `None` where the function has no value.
fn described(
    bench: &mut Bench<'_>,
    problem: &Problem,
    solution: &Solution,
    taken: &[String],
) -> Option<CriticalPoint> {
    let coordinates = family(bench, &solution.coordinates, taken);
    let own = &solution.coordinates;
    let unknowns = &problem.unknowns;
    let conditions = conditions_of(bench, problem, solution, &coordinates);
    let mut ids = vec![problem.function];
    ids.extend(problem.hessian.iter().flatten());
    let at = bench.numbers(unknowns, own.iter().map(|c| c.value.id));
    let approximate = coordinates.iter().any(|c| c.approximate);
    let is_family = coordinates.iter().any(|c| c.counter.is_some());
    let found: Vec<ExprId> = match at {
        Some(at) if approximate && !is_family => {
            let numbers = bench.best_at(&ids, &at)?;
            numbers.into_iter().map(|n| bench.pool.number(n)).collect()
        }
        _ => ids
            .iter()
            .map(|id| put_family(bench, *id, unknowns, own, &coordinates))
            .collect(),
    };
    let rounded = |id: &ExprId| match approximate && bench.is_surely_zero(*id) {
        true => Pool::ZERO,
        false => *id,
    };
    let mut found: Vec<ExprId> = found.iter().map(rounded).collect();
    found[0] = settled_value(bench, found[0]);
    let (value, second) = found.split_first()?;
    if bench.pool.is_constant(*value) && !bench.float(*value).is_finite() {
        return None;
    }
    let hessian: Vec<Vec<ExprId>> =
        second.chunks(unknowns.len()).map(<[ExprId]>::to_vec).collect();
    let at: Vec<ExprId> = own.iter().map(|c| c.value.id).collect();
    let (mut kind, mut evidence) =
        by_hessian(bench, problem.function, unknowns, &at, &hessian, !approximate);
    if let Kind::BySign(above, below) = kind
        && let Some(known) = by_conditions(bench, above, below, &conditions)
    {
        kind = known;
        let sign = usize::from(known == Kind::Minimum);
        evidence = Evidence::Hessian(1 - sign, 0, sign);
    }
    if let (Kind::Inconclusive, [end]) = (kind, &at[..])
        && bench.pool.is_constant(*end)
    {
        // At an end of the domain one side decides.
        let x = bench.float(*end);
        let near = (Some(x - NEAR), Some(x + NEAR));
        let sides = by_sides(bench, problem.gradient[0], x, near);
        if matches!(
            sides.1,
            Evidence::Sides(Side::Outside, _) | Evidence::Sides(_, Side::Outside)
        ) {
            (kind, evidence) = sides;
        }
    }
    let is_known = hessian.iter().flatten().all(|id| {
        *id != Pool::UNDEFINED
            && (!bench.pool.is_constant(*id) || bench.float(*id).is_finite())
    });
    Some(CriticalPoint {
        approximate,
        coordinates,
        value: *value,
        differentiable: true,
        boundary: false,
        hessian: if is_known { hessian } else { Vec::new() },
        kind,
        global: false,
        evidence,
        conditions,
    })
}

/// A value in which functions of constants that have a formula are taken by it: `hypot(0, 0)`
/// is 0.
pub(super) fn settled_value(bench: &mut Bench<'_>, value: ExprId) -> ExprId {
    let has_function = |id: &ExprId| matches!(bench.pool.node(*id), Node::Apply(..));
    if !bench.pool.is_constant(value)
        || !bench.pool.reachable(&[value]).iter().any(has_function)
    {
        return value;
    }
    if bench.is_surely_zero(value) {
        return Pool::ZERO;
    }
    let plain = with_formulas(bench, &[value])[0];
    let plain = bench.simplify(plain);
    if bench.pool.cost(plain) < bench.pool.cost(value) { plain } else { value }
}

/// What has to hold of parameters and counters, without what follows from the rest: `a > 0` in
/// place of `1/a > 0` and `a != 0`.
fn conditions_of(
    bench: &mut Bench<'_>,
    problem: &Problem,
    solution: &Solution,
    coordinates: &[PointCoordinate],
) -> Vec<ExprId> {
    let mut positive = Vec::new();
    let mut rest = Vec::new();
    for id in &solution.conditions {
        match sides_of(bench, *id, Relation::Less) {
            Some([Pool::ZERO, side]) => {
                let side = sign_part(bench, side);
                let less = Relation::Less.function();
                if bench.pool.is_constant(side) && bench.sign(side) == Signum::Positive {
                    continue;
                }
                positive.push(side);
                rest.push(bench.pool.application(less, &[Pool::ZERO, side]));
            }
            _ => rest.push(*id),
        }
    }
    rest.retain(|id| match sides_of(bench, *id, Relation::NotEqual) {
        Some([side, Pool::ZERO]) => !positive.contains(&side),
        _ => true,
    });
    for (unknown, c) in problem.unknowns.iter().zip(coordinates) {
        if let Some(counter) = c.counter
            && !Interval::of(bench, *unknown).is_all()
        {
            let order = Relation::LessEqual.function();
            rest.push(bench.pool.application(order, &[Pool::ZERO, counter]));
        }
    }
    rest
}

/// The sides of a relation of a kind.
fn sides_of(bench: &Bench<'_>, id: ExprId, relation: Relation) -> Option<[ExprId; 2]> {
    let Node::Apply(function, list) = bench.pool.node(id) else { return None };
    let [left, right] = *bench.pool.list(list) else { return None };
    (Relation::of(function) == Some(relation)).then_some([left, right])
}

/// The kind that follows from conditions, where the sign of an expression decides.
fn by_conditions(
    bench: &mut Bench<'_>,
    above: ExprId,
    below: ExprId,
    conditions: &[ExprId],
) -> Option<Kind> {
    let (part, kind, other) = match above {
        Pool::ZERO => (below, Kind::Maximum, Kind::Minimum),
        above => (above, Kind::Minimum, Kind::Maximum),
    };
    let part = sign_part(bench, part);
    let turned = bench.pool.negate(part);
    conditions.iter().find_map(|id| match sides_of(bench, *id, Relation::Less) {
        Some([Pool::ZERO, side]) if side == part => Some(kind),
        Some([Pool::ZERO, side]) if side == turned => Some(other),
        _ => None,
    })
}

/// Sets of solutions as relations, each once.
fn sets_of(
    bench: &mut Bench<'_>,
    problem: &Problem,
    sets: &[Continuum],
) -> Vec<CriticalSet> {
    let mut result: Vec<CriticalSet> = Vec::new();
    for set in sets {
        let set = set_of(bench, problem, set);
        if !result.contains(&set) {
            result.push(set);
        }
    }
    result
}

/// A set of solutions as relations, with the value of the function on it.
fn set_of(bench: &mut Bench<'_>, problem: &Problem, set: &Continuum) -> CriticalSet {
    let equal = Relation::Equal.function();
    let mut equations = Vec::new();
    let mut values = set.values.clone();
    // In the order of the variables.
    values.sort_by_key(|(unknown, _)| problem.unknowns.iter().position(|u| u == unknown));
    let taken: Vec<String> = {
        let symbols = bench.pool.symbols_of(&[problem.function]);
        symbols.into_iter().map(|s| bench.pool.name(s).to_owned()).collect()
    };
    let coordinates: Vec<Coordinate> = values
        .iter()
        .map(|(unknown, value)| Coordinate {
            value: Value::exact(*value),
            period: set.period(*unknown),
        })
        .collect();
    let places = family(bench, &coordinates, &taken);
    let counters: Vec<ExprId> = places.iter().filter_map(|c| c.counter).collect();
    for ((unknown, own), place) in values.iter_mut().zip(&places) {
        *own = place.value;
        equations.push(bench.pool.application(equal, &[*unknown, *own]));
    }
    for id in &set.equations {
        let (left, right) = without_constant(bench, *id);
        equations.push(bench.pool.application(equal, &[left, right]));
    }
    for relation in &set.region {
        if let Some(relation) = settled_relation(bench, *relation) {
            equations.push(relation);
        }
    }
    let on = bench.put(problem.function, &values);
    let value = match set.equations[..] {
        [] => Some(on).filter(|id| bench.pool.is_constant(*id)),
        // Where a factor of the function vanishes, so does the function.
        [equation] => has_factor(bench, on, equation).then_some(Pool::ZERO),
        _ => None,
    };
    let on = value.or_else(|| {
        let there = on_region(bench, problem, set)?;
        bench.pool.is_constant(there).then_some(there)
    });
    let value = on;
    let extremum = value.and_then(|value| by_bound(bench, problem.function, value));
    CriticalSet { equations, counters, value, extremum }
}

/// The function on an open region, where its functions in pieces are one expression.
fn on_region(
    bench: &mut Bench<'_>,
    problem: &Problem,
    set: &Continuum,
) -> Option<ExprId> {
    if set.region.is_empty() || !set.equations.is_empty() {
        return None;
    }
    let plain = with_formulas(bench, &[problem.function]);
    for piece in pieces(bench, &plain, &problem.unknowns) {
        if set.region.iter().all(|relation| piece.region.contains(relation)) {
            return Some(bench.put(piece.equations[0], &set.values));
        }
    }
    None
}

/// `2*x - 1 < 0` as `x < 1/2`; `None` for what always holds.
fn settled_relation(bench: &mut Bench<'_>, id: ExprId) -> Option<ExprId> {
    let Node::Apply(function, list) = bench.pool.node(id) else { return Some(id) };
    let [left, right] = *bench.pool.list(list) else { return Some(id) };
    let gap = bench.minus(left, right);
    if bench.pool.is_constant(gap) {
        return None;
    }
    let terms = bench.pool.terms(&gap).to_vec();
    let (constants, rest): (Vec<ExprId>, Vec<ExprId>) =
        terms.into_iter().partition(|term| bench.pool.is_constant(*term));
    let (moving, constant) = (bench.pool.sum(&rest), bench.pool.sum(&constants));
    let factor = bench.pool.coefficient(moving).0.clone();
    let inverse = factor.recip()?;
    let moving = bench.pool.scale(&inverse, moving);
    let turned = bench.pool.scale(&inverse.neg(), constant);
    let sides = if factor.is_negative() { [turned, moving] } else { [moving, turned] };
    Some(bench.pool.application(function, &sides))
}

/// Whether an expression is a factor of another, to a positive power.
fn has_factor(bench: &mut Bench<'_>, id: ExprId, factor: ExprId) -> bool {
    let Some((product, _)) = simplify::factor_all(bench.pool, id, WORK / 100) else {
        return false;
    };
    let rest = bench.pool.coefficient(product).1;
    let turned = bench.pool.negate(factor);
    bench.pool.factors(&rest).iter().any(|own| {
        let (base, exponent) = bench.pool.base(*own);
        (base == factor || base == turned)
            && bench.pool.as_number(exponent).is_some_and(Number::is_positive)
    })
}

/// `u + c = 0` as `u = -c`.
fn without_constant(bench: &mut Bench<'_>, id: ExprId) -> (ExprId, ExprId) {
    let terms = bench.pool.terms(&id).to_vec();
    let (constants, rest): (Vec<ExprId>, Vec<ExprId>) =
        terms.into_iter().partition(|term| bench.pool.is_constant(*term));
    let (left, constant) = (bench.pool.sum(&rest), bench.pool.sum(&constants));
    let right = bench.pool.negate(constant);
    if bench.pool.leads_negative(left) {
        return (bench.pool.negate(left), bench.pool.negate(right));
    }
    (left, right)
}
