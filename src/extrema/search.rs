//! The critical points of a function.

use super::angle::with_zeros;
use super::bench::{Bench, Signum};
use super::boundary::add_ends;
use super::classify::by_hessian;
use super::condition::{by_conditions, conditions_of, has_parameters};
use super::critical::{
    Critical, CriticalPoint, CriticalSet, Evidence, Kind, PointCoordinate,
};
use super::descend::{Descending, Descent, resting, way};
use super::global::{self, Whole};
use super::interval::{Interval, Place, within};
use super::landscape::Landscape;
use super::level::join_level;
use super::member::with_values;
use super::numbers::{More, add_numeric};
use super::period::{family, merge, put_family};
use super::piece::{off_points, with_formulas};
use super::rough::{add_rough, rough_places};
use super::set::{set_of, sets_of};
use super::side::{Expand, Slope, Spot};
use super::solution::{Continuum, Coordinate, Solution, Solutions};
use super::system::{self, MAX_SOLUTIONS};
use super::variation;
use super::verdict::{self, breaks_at};
use super::waves::as_products;
use crate::kernel::{ExprId, Node, Number, Pool, Relation};
use crate::simplify::Simplifier;

/// The work on polynomials for one function.
const WORK: u64 = 60_000_000;

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
    /// What must hold for what was typed to have a value: that expressions are above 0, not
    /// below, or not 0.
    pub needs: Vec<(Relation, ExprId)>,
    /// Whether all derivatives were compared with an independent path.
    pub checked: bool,
    /// How functions are expanded in series on one side of a point.
    pub expand: Expand,
}

/// Finds the critical points of a function of real variables and says what they are.
pub fn critical(
    pool: &mut Pool,
    simplifier: &mut Simplifier,
    problem: &Problem,
) -> Critical {
    let mut bench = Bench::new(pool, simplifier, WORK, problem.expand);
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
    let points = std::mem::take(&mut solutions.points);
    let (points, is_cut) = with_values(&mut bench, problem, points, &taken);
    solutions.points = points;
    let points = std::mem::take(&mut rough.points);
    rough.points = with_values(&mut bench, problem, points, &taken).0;
    let mut points: Vec<(Vec<Coordinate>, CriticalPoint)> = Vec::new();
    for solution in &solutions.points {
        if breaks_in(&mut bench, problem, solution)
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
    if !restricted {
        merge(&mut bench, problem, &mut points, &taken);
    }
    let mut points: Vec<CriticalPoint> =
        points.into_iter().map(|(_, point)| point).collect();
    add_rough(&mut bench, problem, &rough, solutions.complete, &taken, &mut points);
    let is_reached = |bench: &mut Bench<'_>, set: &Continuum| {
        set.values.iter().all(|(unknown, value)| {
            !bench.pool.is_constant(*value)
                || Interval::of(bench, *unknown).place(bench, *value) != Place::Outside
        })
    };
    let mut reached = solutions.sets.clone();
    reached.retain(|set| is_reached(&mut bench, set));
    let mut sets = sets_of(&mut bench, problem, &reached);
    join_level(&mut bench, &problem.unknowns, &mut points, &mut sets);
    let rough_sets = sets_of(&mut bench, problem, &rough.sets);
    let mut complete = solutions.complete && rough.complete;
    if restricted && !has_parameters {
        complete &= add_ends(&mut bench, problem, &mut points, &mut sets);
    }
    let known = complete && rough_sets.is_empty();
    let set_values: Option<Vec<ExprId>> = sets.iter().map(|set| set.value).collect();
    let whole = Whole {
        function: problem.function,
        unknowns: &problem.unknowns,
        hessian: &problem.hessian,
        complete: known && set_values.is_some() && !restricted && !is_cut,
        sets: set_values.unwrap_or_default(),
        periodic,
    };
    global::mark(&mut bench, &whole, &mut points);
    if known && !is_cut {
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

/// What is known of a start at which the formula of the gradient has no value.
pub enum Start {
    /// The gradient is 0, and so the way ends there.
    Rests(Descent),
    /// There is a gradient, of which no more is known.
    Steep,
}

/// What is known of a start at which the formula of the gradient has no value, by what the
/// function does along each variable; nothing where it may have no gradient.
pub fn start(
    pool: &mut Pool,
    simplifier: &mut Simplifier,
    problem: &Problem,
    at: &[f64],
) -> Option<Start> {
    let mut bench = Bench::new(pool, simplifier, WORK, problem.expand);
    let place = verdict::exact_point(&mut bench, at)?;
    let all: Vec<(ExprId, ExprId)> =
        problem.unknowns.iter().copied().zip(place).collect();
    let value = bench.put(problem.function, &all);
    let near = bench.float(value);
    near.is_finite().then_some(())?;
    let mut is_flat = true;
    for (unknown, at) in &all {
        let others: Vec<(ExprId, ExprId)> =
            all.iter().filter(|(own, _)| own != unknown).copied().collect();
        let function = bench.put(problem.function, &others);
        let spot = Spot { function, unknown: *unknown, at: *at, value };
        match spot.slope(&mut bench)? {
            Slope::Flat => {}
            Slope::Steep => is_flat = false,
            Slope::AtEnd | Slope::Broken => return None,
        }
    }
    Some(match is_flat {
        true => Start::Rests(resting(at, near, &problem.names)),
        false => Start::Steep,
    })
}

/// Finds out what the end of a way downhill is. The problem has its Hessian.
pub fn judge(
    pool: &mut Pool,
    simplifier: &mut Simplifier,
    problem: &Problem,
    descent: &mut Descent,
) {
    if let Some(landscape) = landscape(pool, problem) {
        let mut bench = Bench::new(pool, simplifier, WORK, problem.expand);
        // The end is known in doubles.
        bench.is_rounded = true;
        verdict::judge(&mut bench, problem, &landscape, descent);
    }
}

pub(super) fn landscape(pool: &Pool, problem: &Problem) -> Option<Landscape> {
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
    let set = set_of(bench, problem, &all);
    let sets = set.map(|set| CriticalSet { extremum: None, ..set });
    Critical {
        variables: problem.names.clone(),
        gradient: problem.gradient.clone(),
        hessian: problem.hessian.clone(),
        points: Vec::new(),
        sets: sets.into_iter().collect(),
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
    // Numbers that are one double are compared as they are.
    let exact = |point: &CriticalPoint| -> Option<Vec<Number>> {
        point.coordinates.iter().map(|c| bench.number(c.value)).collect()
    };
    points.sort_by(|a, b| {
        let (x, y) = (key(a), key(b));
        let mut orders = x.iter().zip(&y).map(|(x, y)| x.total_cmp(y));
        orders.find(|o| o.is_ne()).unwrap_or_else(|| match (exact(a), exact(b)) {
            (Some(a), Some(b)) => a.cmp(&b),
            _ => std::cmp::Ordering::Equal,
        })
    });
}

/// Where the gradient is 0: groups of equations without a common unknown are solved on their
/// own.
fn zeros_of_gradient(bench: &mut Bench<'_>, problem: &Problem) -> Solutions {
    let equations: Vec<ExprId> =
        problem.gradient.iter().copied().filter(|g| *g != Pool::ZERO).collect();
    let equations = off_points(bench, &equations, problem);
    let equations = as_products(bench, &equations, &problem.unknowns);
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
    if has_parameters(bench, problem, &problem.gradient)
        || !values.iter().all(|id| bench.pool.is_constant(*id))
    {
        return false;
    }
    match bench.numbers(&problem.unknowns, values.into_iter()) {
        Some(at) => {
            bench.floats_at(&problem.gradient, &at).iter().any(|x| !x.is_finite())
                && bench.numbers_at(&problem.gradient, &at).iter().any(Option::is_none)
        }
        None => false,
    }
}

/// Whether a part of the function breaks at a point, so that derivatives there may be
/// meaningless.
fn breaks_in(bench: &mut Bench<'_>, problem: &Problem, solution: &Solution) -> bool {
    let at: Vec<(ExprId, ExprId)> = problem
        .unknowns
        .iter()
        .copied()
        .zip(solution.coordinates.iter().map(|c| c.value.id))
        .collect();
    breaks_at(bench, problem, &at)
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
    let conditions = conditions_of(bench, problem, solution, &coordinates)?;
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
    // What is nothing beside the values around is 0, and what is small everywhere is not.
    let alone = match (&unknowns[..], &own[..]) {
        ([unknown], [c]) if approximate => {
            bench.number(c.value.id).map(|x| (*unknown, x))
        }
        _ => None,
    };
    let rounded = |(value, of): (&ExprId, &ExprId)| {
        let vanishes = match &alone {
            Some(at) => bench.vanishes_beside(*of, at),
            None => bench.is_surely_zero(*value),
        };
        if approximate && vanishes { Pool::ZERO } else { *value }
    };
    let mut found: Vec<ExprId> = found.iter().zip(&ids).map(rounded).collect();
    found[0] = with_zeros(bench, found[0]);
    found[0] = settled_value(bench, found[0]);
    let (value, second) = found.split_first()?;
    if bench.pool.is_constant(*value) && !bench.has_value(*value) {
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
        let (function, unknown) = (problem.function, unknowns[0]);
        let spot = Spot { function, unknown, at: *end, value: *value };
        if !approximate && let Some(found) = spot.sides(bench) {
            (kind, evidence) = found;
        }
    }
    let is_known = hessian.iter().flatten().all(|id| {
        *id != Pool::UNDEFINED && (!bench.pool.is_constant(*id) || bench.has_value(*id))
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

/// A constant with its conditions decided, where digits decide them.
fn with_branch_taken(bench: &mut Bench<'_>, value: ExprId) -> ExprId {
    let mut decided = Vec::new();
    for id in bench.pool.reachable(&[value]) {
        let Node::Apply(function, list) = bench.pool.node(id) else { continue };
        let [left, right] = *bench.pool.list(list) else { continue };
        let relation = Relation::of(function);
        if matches!(relation, None | Some(Relation::And | Relation::Or)) {
            continue;
        }
        let gap = bench.pool.difference(left, right);
        let sign = bench.sign_of_any(gap);
        let holds = match relation {
            _ if sign == Signum::Unknown => continue,
            Some(Relation::Less) => sign == Signum::Negative,
            Some(Relation::LessEqual) => sign != Signum::Positive,
            Some(Relation::Equal) => sign == Signum::Zero,
            _ => sign != Signum::Zero,
        };
        decided.push((id, if holds { Pool::ONE } else { Pool::ZERO }));
    }
    bench.put(value, &decided)
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
    let value = with_branch_taken(bench, value);
    let plain = with_formulas(bench, &[value])[0];
    let plain = bench.simplify(plain);
    if bench.pool.cost(plain) < bench.pool.cost(value) { plain } else { value }
}
