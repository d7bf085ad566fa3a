//! Systems of equations: cases by factors, elimination of what is linear, polynomial systems,
//! single equations; every solution is put into the equations as they were.

use super::algebra::algebraise;
use super::bench::{Bench, Signum};
use super::equation::{Outcome, take_apart};
use super::isolate::all_zeros;
use super::linear::coefficients;
use super::open::{changes_sign, is_open};
use super::period::{family, put_family};
use super::piece::{pieces, with_formulas};
use super::polynomial_system::{self, Answer};
use super::root::{note_conditions, solve_one};
use super::shift::shifted;
use super::solution::{Continuum, Coordinate, Solution, Solutions};
use super::values::Value;
use crate::kernel::{ExprId, Node, Number};

/// The most cases of one system.
const MAX_CASES: usize = 400;
/// Equations that cost more are not made by elimination.
const MAX_COST: u32 = 600;
/// The most solutions.
pub(super) const MAX_SOLUTIONS: usize = 256;

/// A case: equations that are left, and unknowns in terms of those that are left.
#[derive(Clone, Debug)]
struct Case {
    equations: Vec<ExprId>,
    assigned: Vec<(ExprId, Coordinate)>,
    conditions: Vec<ExprId>,
    /// The part of the space to which the case belongs, as relations.
    region: Vec<ExprId>,
}

/// What becomes of a case.
enum Next {
    Cases(Vec<Case>),
    Solved(Vec<Case>),
    Set(Case),
    Stuck,
}

/// Solves `equations = 0` in the unknowns, over the real numbers.
pub(super) fn solve(
    bench: &mut Bench<'_>,
    equations: &[ExprId],
    unknowns: &[ExprId],
) -> Solutions {
    match shifted(bench, equations, unknowns) {
        Some(moved) => {
            let mut found = solve_plain(bench, &moved.equations, &moved.unknowns);
            moved.back(bench, &mut found);
            found
        }
        None => solve_plain(bench, equations, unknowns),
    }
}

fn solve_plain(
    bench: &mut Bench<'_>,
    equations: &[ExprId],
    unknowns: &[ExprId],
) -> Solutions {
    let mut solutions = Solutions { complete: true, ..Solutions::default() };
    let plain = with_formulas(bench, equations);
    let mut open: Vec<Case> = Vec::new();
    for piece in pieces(bench, &plain, unknowns) {
        open.push(Case {
            equations: piece.equations,
            assigned: Vec::new(),
            conditions: Vec::new(),
            region: piece.region,
        });
    }
    let mut cases = 0;
    while let Some(case) = open.pop() {
        cases += 1;
        if cases > MAX_CASES || bench.pool.failure().is_some() {
            solutions.complete = false;
            break;
        }
        match step(bench, case, unknowns) {
            Next::Cases(more) => open.extend(more.into_iter().rev()),
            Next::Solved(list) => {
                for case in list {
                    add_point(bench, &case, equations, unknowns, &mut solutions);
                }
            }
            Next::Set(case) => add_set(bench, case, unknowns, &mut solutions),
            Next::Stuck => solutions.complete = false,
        }
    }
    // Points of a set are not isolated.
    let sets = solutions.sets.clone();
    solutions
        .points
        .retain(|point| !sets.iter().any(|set| contains(bench, set, point, unknowns)));
    solutions
}

fn step(bench: &mut Bench<'_>, mut case: Case, unknowns: &[ExprId]) -> Next {
    let mut equations: Vec<ExprId> = Vec::new();
    let mut divided = Vec::new();
    for at in 0..case.equations.len() {
        match take_apart(bench, case.equations[at], unknowns, &mut divided) {
            Outcome::Always => {}
            Outcome::Never => return Next::Cases(Vec::new()),
            Outcome::Any(alternatives) => {
                note_conditions(bench, &divided, &mut case.conditions);
                let rest = &case.equations[at + 1..];
                if let [only] = &alternatives[..] {
                    for part in only {
                        if !equations.contains(part) {
                            equations.push(*part);
                        }
                    }
                    continue;
                }
                let branch = |parts: &Vec<ExprId>| Case {
                    equations: equations
                        .iter()
                        .chain(parts)
                        .chain(rest)
                        .copied()
                        .collect(),
                    ..case.clone()
                };
                return Next::Cases(alternatives.iter().map(branch).collect());
            }
        }
    }
    if equations != case.equations && equations.len() > case.equations.len() {
        // A sum of squares gave more equations, each of which may have factors.
        return Next::Cases(vec![Case { equations, ..case }]);
    }
    case.equations = equations;
    let left: Vec<ExprId> = unknowns
        .iter()
        .copied()
        .filter(|u| !case.assigned.iter().any(|(own, _)| own == u))
        .collect();
    if case.equations.is_empty() {
        return if left.is_empty() { Next::Solved(vec![case]) } else { Next::Set(case) };
    }
    let present: Vec<ExprId> = left
        .iter()
        .copied()
        .filter(|u| case.equations.iter().any(|e| bench.depends(*e, &[*u])))
        .collect();
    if let Some(next) = eliminate(bench, &case, &present, true) {
        return Next::Cases(vec![next]);
    }
    if let Some(next) = by_algebra(bench, &case, &present, &left) {
        return next;
    }
    if let Some(next) = by_one_equation(bench, &case, &present) {
        return next;
    }
    if let Some(next) = eliminate(bench, &case, &present, false) {
        return Next::Cases(vec![next]);
    }
    if let Some(cases) = divide(bench, &case, &present) {
        return Next::Cases(cases);
    }
    if case.equations.len() == 1 && present.len() > 1 {
        return Next::Set(case);
    }
    Next::Stuck
}

/// Solves an equation for an unknown in which it is linear, with a coefficient without
/// unknowns (a number, if asked for), and puts that into the rest.
fn eliminate(
    bench: &mut Bench<'_>,
    case: &Case,
    present: &[ExprId],
    number: bool,
) -> Option<Case> {
    let mut best: Option<(u32, usize, ExprId, ExprId, ExprId)> = None;
    for (at, equation) in case.equations.iter().enumerate() {
        for unknown in present {
            let Some(list) = coefficients(bench, *equation, *unknown) else { continue };
            let [rest, slope] = list[..] else { continue };
            let fits = match number {
                true => bench.pool.as_number(slope).is_some(),
                false => !bench.depends(slope, present),
            };
            let cost = bench.pool.cost(rest);
            if fits && best.is_none_or(|(least, ..)| cost < least) {
                best = Some((cost, at, *unknown, rest, slope));
            }
        }
    }
    let (_, at, unknown, rest, slope) = best?;
    let quotient = bench.over(rest, slope);
    let value = bench.pool.negate(quotient);
    let mut next = case.clone();
    next.equations.remove(at);
    if !bench.pool.is_constant(slope) && !bench.pool.is_positive(slope) {
        note_conditions(bench, &[slope], &mut next.conditions);
    }
    assign(bench, &mut next, unknown, Coordinate::at(Value::exact(value))).then_some(next)
}

/// Puts a value in place of an unknown; fails when an equation gets too long.
fn assign(
    bench: &mut Bench<'_>,
    case: &mut Case,
    unknown: ExprId,
    to: Coordinate,
) -> bool {
    for equation in &mut case.equations {
        *equation = bench.put(*equation, &[(unknown, to.value.id)]);
        if bench.pool.cost(*equation) > MAX_COST {
            return false;
        }
    }
    for (_, own) in &mut case.assigned {
        own.value.id = bench.put(own.value.id, &[(unknown, to.value.id)]);
        own.value.approximate |= to.value.approximate;
    }
    case.assigned.push((unknown, to));
    true
}

/// Solves all that is left as polynomials.
fn by_algebra(
    bench: &mut Bench<'_>,
    case: &Case,
    present: &[ExprId],
    left: &[ExprId],
) -> Option<Next> {
    let algebra = algebraise(bench, &case.equations, present)?;
    match polynomial_system::solve(bench, &algebra, &case.equations, present) {
        Answer::All(list) => {
            let mut cases = Vec::new();
            for solution in list {
                let mut next = case.clone();
                next.equations.clear();
                for (unknown, to) in present.iter().zip(solution.coordinates) {
                    if to.period.is_some() && is_used(bench, case, *unknown) {
                        return None;
                    }
                    assign(bench, &mut next, *unknown, to);
                }
                cases.push(next);
            }
            Some(if present.len() == left.len() {
                Next::Solved(cases)
            } else {
                Next::Cases(cases)
            })
        }
        Answer::Infinite if case.equations.len() == 1 => Some(Next::Set(case.clone())),
        _ => None,
    }
}

/// Whether an unknown occurs in the values of others.
fn is_used(bench: &Bench<'_>, case: &Case, unknown: ExprId) -> bool {
    case.assigned.iter().any(|(_, own)| bench.depends(own.value.id, &[unknown]))
}

/// Solves an equation that has one unknown only.
fn by_one_equation(
    bench: &mut Bench<'_>,
    case: &Case,
    present: &[ExprId],
) -> Option<Next> {
    for (at, equation) in case.equations.iter().enumerate() {
        let own: Vec<ExprId> =
            present.iter().copied().filter(|u| bench.depends(*equation, &[*u])).collect();
        let [unknown] = own[..] else { continue };
        let mut conditions = case.conditions.clone();
        let elsewhere = is_used(bench, case, unknown)
            || case
                .equations
                .iter()
                .enumerate()
                .any(|(k, other)| k != at && bench.depends(*other, &[unknown]));
        let roots = match solve_one(bench, *equation, unknown, &mut conditions) {
            Some(roots) => roots,
            None if elsewhere => continue,
            None => {
                conditions.clone_from(&case.conditions);
                match all_zeros(bench, *equation, unknown) {
                    Some(roots) => roots,
                    None => continue,
                }
            }
        };
        if elsewhere && roots.iter().any(|r| r.period.is_some() || r.value.approximate) {
            continue;
        }
        let mut cases = Vec::new();
        for root in roots {
            let mut next = Case { conditions: conditions.clone(), ..case.clone() };
            next.equations.remove(at);
            if !assign(bench, &mut next, unknown, root) {
                return None;
            }
            cases.push(next);
        }
        return Some(Next::Cases(cases));
    }
    None
}

/// Two cases of an equation that is linear in an unknown with a coefficient that has others:
/// the coefficient vanishes with the rest, or it does not.
fn divide(bench: &mut Bench<'_>, case: &Case, present: &[ExprId]) -> Option<Vec<Case>> {
    for (at, equation) in case.equations.iter().enumerate() {
        for unknown in present {
            let Some(list) = coefficients(bench, *equation, *unknown) else { continue };
            let [rest, slope] = list[..] else { continue };
            let mut vanishing = case.clone();
            vanishing.equations[at] = slope;
            vanishing.equations.insert(at + 1, rest);
            let quotient = bench.over(rest, slope);
            let value = bench.pool.negate(quotient);
            let mut other = case.clone();
            other.equations.remove(at);
            let to = Coordinate::at(Value::exact(value));
            if assign(bench, &mut other, *unknown, to) {
                return Some(vec![vanishing, other]);
            }
        }
    }
    None
}

/// Adds a solution after putting it into the equations as they were.
fn add_point(
    bench: &mut Bench<'_>,
    case: &Case,
    equations: &[ExprId],
    unknowns: &[ExprId],
    solutions: &mut Solutions,
) {
    if solutions.points.len() >= MAX_SOLUTIONS {
        solutions.complete = false;
        return;
    }
    let mut coordinates = Vec::with_capacity(unknowns.len());
    for unknown in unknowns {
        let Some((_, own)) = case.assigned.iter().find(|(u, _)| u == unknown) else {
            solutions.complete = false;
            return;
        };
        let mut own = *own;
        if own.value.approximate
            && let Some(number) = bench.number(own.value.id)
        {
            own.value.id = bench.pool.number(number);
        }
        if bench.pool.is_constant(own.value.id) && !bench.has_value(own.value.id) {
            return;
        }
        coordinates.push(own);
    }
    if coordinates.iter().any(|c| c.period.is_some())
        && !keeps_to_region(bench, case, &coordinates, unknowns)
    {
        // Some members of the family lie outside of the part to which the equations belong.
        solutions.complete = false;
        return;
    }
    let replacements: Vec<(ExprId, ExprId)> =
        unknowns.iter().copied().zip(coordinates.iter().map(|c| c.value.id)).collect();
    let approximate = coordinates.iter().any(|c| c.value.approximate);
    if approximate {
        let at = bench.numbers(unknowns, coordinates.iter().map(|c| c.value.id));
        match at {
            Some(at) if bench.vanish_at(equations, &at) => {}
            Some(at)
                if let [own] = &at[..]
                    && equations.iter().all(|id| bench.vanishes_beside(*id, own)) => {}
            Some(_) => return,
            None => {
                solutions.complete = false;
                return;
            }
        }
    }
    for equation in equations.iter().filter(|_| !approximate) {
        let value = bench.put(*equation, &replacements);
        match bench.sign(value) {
            Signum::Zero => {}
            Signum::Unknown
                if bench.pool.is_constant(value) && bench.float(value).is_nan() =>
            {
                return;
            }
            Signum::Unknown => {
                // A parameter is in the way of putting it in.
                solutions.complete = false;
                return;
            }
            _ => return,
        }
    }
    let point = Solution { coordinates, conditions: case.conditions.clone() };
    if !solutions.points.iter().any(|other| is_same(bench, other, &point)) {
        solutions.points.push(point);
    }
}

/// Whether all members of a family lie in the part of the space to which a case belongs, or
/// none does.
fn keeps_to_region(
    bench: &mut Bench<'_>,
    case: &Case,
    coordinates: &[Coordinate],
    unknowns: &[ExprId],
) -> bool {
    let members = family(bench, coordinates, &[]);
    case.region.iter().all(|relation| {
        let Node::Apply(_, list) = bench.pool.node(*relation) else { return false };
        let [left, right] = *bench.pool.list(list) else { return false };
        let gap = bench.pool.difference(right, left);
        let gap = put_family(bench, gap, unknowns, coordinates, &members);
        bench.pool.is_constant(gap)
    })
}

/// Whether two solutions are the same point.
pub(super) fn is_same(bench: &mut Bench<'_>, a: &Solution, b: &Solution) -> bool {
    a.coordinates.iter().zip(&b.coordinates).all(|(a, b)| {
        let (x, y) = (a.value.id, b.value.id);
        if a.period.is_some() != b.period.is_some() {
            return false;
        }
        if x == y {
            return true;
        }
        if (bench.float(x) - bench.float(y)).abs() > 1e-6 * (1.0 + bench.float(x).abs()) {
            return false;
        }
        let difference = bench.minus(x, y);
        bench.is_zero(difference)
    })
}

/// Adds a set of solutions, when it is known to have real points.
fn add_set(
    bench: &mut Bench<'_>,
    case: Case,
    unknowns: &[ExprId],
    solutions: &mut Solutions,
) {
    let is_plain = case.assigned.iter().all(|(_, own)| !own.value.approximate);
    if !is_plain || case.equations.len() > 1 {
        solutions.complete = false;
        return;
    }
    if let [equation] = case.equations[..]
        && !changes_sign(bench, equation, unknowns)
    {
        solutions.complete = false;
        return;
    }
    let values: Vec<(ExprId, ExprId)> =
        case.assigned.iter().map(|(u, own)| (*u, own.value.id)).collect();
    let mut region = Vec::new();
    for relation in &case.region {
        let relation = bench.put(*relation, &values);
        if !region.contains(&relation) {
            region.push(relation);
        }
    }
    match is_open(bench, &region, unknowns) {
        Some(true) => {}
        Some(false) => return,
        None => {
            solutions.complete = false;
            return;
        }
    }
    let periods = case.assigned.iter().filter_map(|(u, own)| Some((*u, own.period?)));
    let periods = periods.collect();
    let set = Continuum { values, periods, equations: case.equations, region };
    if !solutions.sets.contains(&set) {
        solutions.sets.push(set);
    }
}

/// Whether a point lies in a set.
fn contains(
    bench: &mut Bench<'_>,
    set: &Continuum,
    point: &Solution,
    unknowns: &[ExprId],
) -> bool {
    let replacements: Vec<(ExprId, ExprId)> = unknowns
        .iter()
        .copied()
        .zip(point.coordinates.iter().map(|c| c.value.id))
        .collect();
    let mut zeros: Vec<ExprId> = set.equations.clone();
    for (unknown, value) in &set.values {
        let gap = bench.pool.difference(*unknown, *value);
        let Some(period) = set.period(*unknown) else {
            zeros.push(gap);
            continue;
        };
        let gap = bench.put(gap, &replacements);
        let own = unknowns.iter().position(|u| u == unknown);
        let own = own.and_then(|place| point.coordinates[place].period);
        let is_whole = |bench: &mut Bench<'_>, id: ExprId| {
            let ratio = bench.over(id, period);
            bench.pool.as_number(ratio).is_some_and(Number::is_integer)
        };
        if !is_whole(bench, gap) || own.is_some_and(|own| !is_whole(bench, own)) {
            return false;
        }
    }
    for relation in &set.region {
        let Node::Apply(_, list) = bench.pool.node(*relation) else { continue };
        let [left, right] = *bench.pool.list(list) else { continue };
        let gap = bench.pool.difference(right, left);
        let gap = bench.put(gap, &replacements);
        if bench.sign(gap) != Signum::Positive {
            return false;
        }
    }
    zeros.into_iter().all(|id| {
        let value = bench.put(id, &replacements);
        bench.is_zero(value)
    })
}
