//! What has to hold of parameters, and what follows from it.

use super::bench::{Bench, Signum};
use super::classify::sign_part;
use super::critical::{Kind, PointCoordinate};
use super::interval::Interval;
use super::search::Problem;
use super::solution::Solution;
use crate::kernel::{ExprId, Node, Pool, Relation};

/// What has to hold of parameters and counters, without what follows from the rest: `a > 0` in
/// place of `1/a > 0` and `a != 0`.
pub(super) fn conditions_of(
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
pub(super) fn by_conditions(
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
