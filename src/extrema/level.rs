//! Intervals of critical points that meet in a point around which the function is constant.

use super::bench::{Bench, Signum};
use super::critical::{CriticalPoint, CriticalSet, Evidence, Side};
use crate::kernel::{ExprId, Node, Relation};

/// Whether a point lies in an open interval of critical points.
fn is_inside(
    bench: &mut Bench<'_>,
    set: &CriticalSet,
    unknown: ExprId,
    at: ExprId,
) -> bool {
    !set.equations.is_empty()
        && set.equations.iter().all(|relation| {
            let Node::Apply(function, list) = bench.pool.node(*relation) else {
                return false;
            };
            let [left, right] = *bench.pool.list(list) else { return false };
            let gap = bench.pool.difference(left, right);
            let gap = bench.put(gap, &[(unknown, at)]);
            Relation::of(function) == Some(Relation::Less)
                && bench.sign_of_any(gap) == Signum::Negative
        })
}

/// Makes one interval of two with the same value where the point between them belongs to both.
pub(super) fn join_level(
    bench: &mut Bench<'_>,
    unknowns: &[ExprId],
    points: &mut Vec<CriticalPoint>,
    sets: &mut Vec<CriticalSet>,
) {
    let [unknown] = *unknowns else { return };
    let less = Relation::Less.function();
    points.retain(|point| {
        let is_level =
            matches!(point.evidence, Evidence::Sides(Side::Level, Side::Level));
        let place = &point.coordinates[0];
        let may_join = is_level || matches!(point.evidence, Evidence::Bound);
        if !may_join || place.counter.is_some() || point.boundary {
            return true;
        }
        if is_level && sets.iter().any(|set| is_inside(bench, set, unknown, place.value))
        {
            return false;
        }
        let below = bench.pool.application(less, &[unknown, place.value]);
        let above = bench.pool.application(less, &[place.value, unknown]);
        let ending = |relation: &ExprId| {
            sets.iter().position(|set| {
                set.value == Some(point.value) && set.equations.contains(relation)
            })
        };
        let (Some(left), Some(right)) = (ending(&below), ending(&above)) else {
            return true;
        };
        let mut joined = sets[left].clone();
        joined.equations.retain(|relation| *relation != below);
        let rest = sets[right].equations.iter().filter(|relation| **relation != above);
        joined.equations.extend(rest.copied());
        sets.retain(|set| {
            !set.equations.contains(&below) && !set.equations.contains(&above)
        });
        sets.push(joined);
        false
    });
}
