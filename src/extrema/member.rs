//! Which solutions, and which members of families, lie where a function has values.
//!
//! Invariant: of a family that is kept, all members lie there, or a condition says which do.

use super::bench::{Bench, Signum};
use super::critical::PointCoordinate;
use super::linear::linear_form;
use super::period::{family, put_family, turns};
use super::search::Problem;
use super::set::settled_relation;
use super::solution::{Coordinate, Solution};
use crate::kernel::{ExprId, Number, Pool, Relation};

/// Into how many families one is split at most, and how many members are listed.
const MAX_MEMBERS: i64 = 60;
/// So many members on either side are looked at for one that is a single place without value.
const LOOKED_AT: i64 = 40;
/// Members farther out are not counted.
const FAR: f64 = 1e9;

/// What is known of a need at a family.
enum Met {
    /// These parts of it remain.
    Parts(Vec<Solution>),
    /// It must be said.
    Open,
}

/// Solutions without those at which the function has no value: families are split, bounded,
/// or have conditions. The answer is whether something is left out besides, so that what holds
/// of all of them need not hold of those that are left.
pub(super) fn with_values(
    bench: &mut Bench<'_>,
    problem: &Problem,
    solutions: Vec<Solution>,
    taken: &[String],
) -> (Vec<Solution>, bool) {
    if problem.needs.is_empty() {
        return (solutions, false);
    }
    let mut result = Vec::with_capacity(solutions.len());
    let mut is_cut = false;
    for solution in solutions {
        let mut parts = vec![solution.clone()];
        let mut open = Vec::new();
        for need in &problem.needs {
            let mut next = Vec::new();
            for part in parts {
                match met(bench, problem, *need, &part) {
                    Met::Parts(more) => next.extend(more),
                    Met::Open => {
                        next.push(part);
                        if !open.contains(need) {
                            open.push(*need);
                        }
                    }
                }
            }
            parts = next;
        }
        is_cut |= !matches!(&parts[..], [part] if is_endless(part, &solution));
        for mut part in parts {
            let members = family(bench, &part.coordinates, taken);
            let said =
                open.iter().all(|need| say(bench, problem, *need, &mut part, &members));
            is_cut |= !said;
            if said {
                result.push(part);
            }
        }
    }
    (result, is_cut)
}

/// Whether a part of a solution is all of it, or goes on without end in each family.
fn is_endless(part: &Solution, whole: &Solution) -> bool {
    let mut pairs = part.coordinates.iter().zip(&whole.coordinates);
    pairs.all(|(own, all)| own == all || own.one_way && own.period.is_some())
}

/// What must hold on a set over the unknowns that are free there, as relations; `None` where
/// that cannot be.
pub(super) fn needs_on(
    bench: &mut Bench<'_>,
    problem: &Problem,
    values: &[(ExprId, ExprId)],
) -> Option<Vec<ExprId>> {
    let mut found = Vec::new();
    for (relation, side) in &problem.needs {
        let side = bench.put(*side, values);
        if bench.pool.is_constant(side) {
            if fails(bench, *relation, side) {
                return None;
            }
            continue;
        }
        // Single points are left out everywhere.
        if *relation == Relation::NotEqual || bench.pool.is_nonnegative(side) {
            continue;
        }
        let own = bench.pool.application(relation.function(), &[Pool::ZERO, side]);
        found.extend(settled_relation(bench, own).filter(|own| !found.contains(own)));
    }
    Some(found)
}

/// The conditions on the numbers that count families which go one way only.
pub(super) fn counted_from_zero(
    bench: &mut Bench<'_>,
    solution: &Solution,
    members: &[PointCoordinate],
) -> Vec<ExprId> {
    let order = Relation::LessEqual.function();
    let pairs = solution.coordinates.iter().zip(members);
    let counters = pairs.filter(|(own, _)| own.one_way).filter_map(|(_, c)| c.counter);
    counters
        .map(|counter| bench.pool.application(order, &[Pool::ZERO, counter]))
        .collect()
}

/// Whether a constant is known not to be what is needed.
fn fails(bench: &mut Bench<'_>, relation: Relation, side: ExprId) -> bool {
    matches!(
        (relation, bench.sign(side)),
        (Relation::Less, Signum::Negative | Signum::Zero)
            | (Relation::LessEqual, Signum::Negative)
            | (Relation::NotEqual, Signum::Zero)
    )
}

fn met(
    bench: &mut Bench<'_>,
    problem: &Problem,
    (relation, side): (Relation, ExprId),
    solution: &Solution,
) -> Met {
    let all = || Met::Parts(vec![solution.clone()]);
    let holds = match relation {
        Relation::Less => bench.pool.is_positive(side),
        Relation::LessEqual => bench.pool.is_nonnegative(side),
        _ => false,
    };
    if holds {
        return all();
    }
    let own = &solution.coordinates;
    // After so many steps of each family the side has the same value again.
    let mut again = Vec::with_capacity(own.len());
    for (unknown, coordinate) in problem.unknowns.iter().zip(own) {
        let steps = match coordinate.period {
            Some(period) => turns(bench, side, *unknown, (period, &problem.unknowns)),
            None => Some(1),
        };
        match steps {
            Some(steps) => again.push(steps),
            None => return bounded(bench, problem, (relation, side), solution),
        }
    }
    let residues = again.iter().try_fold(1_i64, |all, n| all.checked_mul(*n));
    let Some(residues) = residues.filter(|n| *n <= MAX_MEMBERS) else { return Met::Open };
    let mut parts = Vec::new();
    for residue in 0..residues {
        let mut part = solution.clone();
        let mut rest = residue;
        for (coordinate, steps) in part.coordinates.iter_mut().zip(&again) {
            *coordinate = residue_of(bench, *coordinate, rest % steps, *steps);
            rest /= steps;
        }
        let at: Vec<ExprId> = part.coordinates.iter().map(|c| c.value.id).collect();
        let at: Vec<(ExprId, ExprId)> =
            problem.unknowns.iter().copied().zip(at).collect();
        let there = bench.put(side, &at);
        if !bench.pool.is_constant(there) {
            // Parameters: a family has to say so, of single points that is done later.
            return if own.iter().any(|c| c.period.is_some()) {
                Met::Open
            } else {
                all()
            };
        }
        if !fails(bench, relation, there) {
            parts.push(part);
        }
    }
    if parts.len() as i64 == residues { all() } else { Met::Parts(parts) }
}

/// Every so many-th member of a family, from the given one.
fn residue_of(
    bench: &mut Bench<'_>,
    of: Coordinate,
    member: i64,
    steps: i64,
) -> Coordinate {
    let Some(period) = of.period.filter(|_| steps > 1) else { return of };
    let wide = bench.pool.scale(&Number::from(steps), period);
    let mut next = of;
    next.period = Some(bench.simplify(wide));
    // The member that is nearest to 0 stands for all, unless it is the first of them.
    let (start, width) = (bench.float(of.value.id), bench.float(wide));
    let back = match of.one_way {
        false => ((start + bench.float(period) * member as f64) / width).round() as i64,
        true => 0,
    };
    shift(bench, &mut next, period, member - back * steps);
    next
}

/// Moves a coordinate by whole periods.
fn shift(bench: &mut Bench<'_>, own: &mut Coordinate, period: ExprId, by: i64) {
    if by == 0 {
        return;
    }
    let steps = bench.pool.scale(&Number::from(by), period);
    let moved = bench.pool.sum(&[own.value.id, steps]);
    own.value.id = match (own.value.approximate, bench.number(moved)) {
        (true, Some(number)) => bench.pool.number(number),
        _ => bench.simplify(moved),
    };
}

/// A need that does not repeat: where it is linear in the one unknown of a family, the members
/// begin or end somewhere.
fn bounded(
    bench: &mut Bench<'_>,
    problem: &Problem,
    (relation, side): (Relation, ExprId),
    solution: &Solution,
) -> Met {
    let Some((parts, rest)) = linear_form(bench, side, &problem.unknowns) else {
        return alone(bench, problem, (relation, side), solution);
    };
    let [(unknown, slope)] = parts[..] else {
        return alone(bench, problem, (relation, side), solution);
    };
    let place = problem.unknowns.iter().position(|own| *own == unknown);
    let Some((place, period)) =
        place.and_then(|place| Some((place, solution.coordinates[place].period?)))
    else {
        return Met::Open;
    };
    if relation == Relation::NotEqual {
        return alone(bench, problem, (relation, side), solution);
    }
    let own = solution.coordinates[place];
    let offset = bench.pool.product(&[slope, own.value.id]);
    let offset = bench.pool.sum(&[offset, rest]);
    let step = bench.pool.product(&[slope, period]);
    let (first, width) = (bench.float(offset), bench.float(step));
    let guess = (-first / width).round();
    if guess.is_nan() || guess.abs() > FAR {
        return Met::Open;
    }
    let guess = guess as i64;
    let steps = bench.pool.scale(&Number::from(guess), step);
    let there = bench.pool.sum(&[offset, steps]);
    let there = bench.simplify(there);
    let is_inside = !fails(bench, relation, there);
    let rises = width > 0.0;
    // The first member inside, or the last one.
    let edge = match (rises, is_inside) {
        (_, true) => guess,
        (true, false) => guess + 1,
        (false, false) => guess - 1,
    };
    let mut part = solution.clone();
    let moved = &mut part.coordinates[place];
    match (own.one_way, rises) {
        (true, true) if edge <= 0 => {}
        (true, false) => {
            let listed = (0..=edge.min(MAX_MEMBERS)).map(|member| {
                let mut one = solution.clone();
                let moved = &mut one.coordinates[place];
                (moved.period, moved.one_way) = (None, false);
                shift(bench, moved, period, member);
                one
            });
            return match edge > MAX_MEMBERS {
                true => Met::Open,
                false => Met::Parts(listed.collect()),
            };
        }
        (_, true) => {
            moved.one_way = true;
            shift(bench, moved, period, edge);
        }
        (false, false) => {
            moved.one_way = true;
            moved.period = Some(bench.pool.negate(period));
            shift(bench, moved, period, edge);
        }
    }
    Met::Parts(vec![part])
}

/// A need that is neither periodic nor linear. One that fails at single places is said only
/// where a member is such a place.
fn alone(
    bench: &mut Bench<'_>,
    problem: &Problem,
    (relation, side): (Relation, ExprId),
    solution: &Solution,
) -> Met {
    if relation != Relation::NotEqual {
        return Met::Open;
    }
    let is_hit = (-LOOKED_AT..=LOOKED_AT).any(|member| {
        let mut at = Vec::with_capacity(problem.unknowns.len());
        for (unknown, own) in problem.unknowns.iter().zip(&solution.coordinates) {
            let mut own = *own;
            if let Some(period) = own.period {
                shift(bench, &mut own, period, member);
            }
            at.push((*unknown, own.value.id));
        }
        let there = bench.pool.substitute(&[side], &at, crate::function::apply)[0];
        bench.pool.is_constant(there)
            && bench.float(there).abs() < 1e-6
            && bench.is_zero(there)
    });
    if is_hit { Met::Open } else { Met::Parts(vec![solution.clone()]) }
}

/// Adds a need that is not decided to the conditions of a family; `false` where it fails for
/// all members.
fn say(
    bench: &mut Bench<'_>,
    problem: &Problem,
    (relation, side): (Relation, ExprId),
    solution: &mut Solution,
    members: &[PointCoordinate],
) -> bool {
    let unknowns = &problem.unknowns;
    // A root is 0 where what is in it is.
    let side = match relation {
        Relation::NotEqual => bench.pool.base(side).0,
        _ => side,
    };
    let there = put_family(bench, side, unknowns, &solution.coordinates, members);
    if bench.pool.is_constant(there) {
        return !fails(bench, relation, there);
    }
    let sides = match relation {
        Relation::NotEqual => [there, Pool::ZERO],
        _ => [Pool::ZERO, there],
    };
    let condition = bench.pool.application(relation.function(), &sides);
    if !solution.conditions.contains(&condition) {
        solution.conditions.push(condition);
    }
    true
}
