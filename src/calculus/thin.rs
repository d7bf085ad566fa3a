//! Branches of `piecewise` that hold at single values of a variable only: they say nothing of
//! the derivative, which is that of what is beside them.

use super::scarce::{
    are_equal_rarely, is_alone, is_never_below, plain_zeros, without_choice,
};
use crate::evaluate::Ranges;
use crate::function;
use crate::kernel::{ExprId, Node, Pool, Relation};
use rustc_hash::{FxHashMap, FxHashSet};
use smallvec::SmallVec;

/// The operands of a relation.
type Pair = (Relation, ExprId, ExprId);

/// A way in which conditions hold: comparisons, and conditions that are not taken apart yet with
/// whether they hold.
type Way = (SmallVec<[Pair; 8]>, Vec<(ExprId, bool)>);

/// So many ways in which conditions hold are looked at.
const MAX_WAYS: usize = 64;

/// An expression without the branches that hold at single values of a variable only: where it
/// is continuous it has the same derivative. Of two of which one is never greater, one is left.
pub(super) fn smooth(pool: &mut Pool, of: ExprId, variable: ExprId) -> ExprId {
    let mut put: FxHashMap<ExprId, ExprId> = FxHashMap::default();
    let mut ranges = Ranges::default();
    // Operands stand first, so a branch that stays is without such branches already.
    for id in pool.reachable_where(&[of], |id| pool.may_depend(id, variable)) {
        let Node::Apply(function, list) = pool.node(id) else { continue };
        if !function::is_conditional(function) {
            if let Some(other) = without_choice(pool, &mut ranges, id) {
                let other = pool.substitute_known(&[other], &mut put, function::apply)[0];
                put.insert(id, other);
            }
            continue;
        }
        let parts = pool.list(list).to_vec();
        let kept = without_thin(pool, &parts, variable);
        if kept[..] != parts[..] {
            let kept = pool.substitute_known(&kept, &mut put, function::apply);
            put.insert(id, function::apply(pool, function, &kept));
        }
    }
    match put.is_empty() {
        true => of,
        false => pool.substitute_known(&[of], &mut put, function::apply)[0],
    }
}

/// The conditions and values of a `piecewise` without the branches that hold at single values
/// of a variable.
fn without_thin(
    pool: &mut Pool,
    parts: &[ExprId],
    variable: ExprId,
) -> SmallVec<[ExprId; 8]> {
    let mut kept: SmallVec<[ExprId; 8]> = SmallVec::new();
    // What holds where none of the branches before does.
    let mut left: Vec<(ExprId, bool)> = Vec::new();
    let mut branches = parts.chunks_exact(2);
    for branch in branches.by_ref() {
        let [condition, value] = *branch else { continue };
        if !pool.may_depend(condition, variable) {
            kept.extend([condition, value]);
            continue;
        }
        left.push((condition, true));
        let is_little = is_thin(pool, &left, variable);
        left.pop();
        if is_little {
            continue;
        }
        left.push((condition, false));
        if is_thin(pool, &left, variable) {
            kept.push(value);
            return kept;
        }
        let condition = without_rare(pool, condition, variable);
        kept.extend([condition, value]);
    }
    kept.extend(branches.remainder().iter().copied());
    kept
}

/// A condition without the parts that hold at single values of a variable only, or fail there
/// only: `x*y = 0` and `x = 0 or y = 0` are `y = 0` in x.
fn without_rare(pool: &mut Pool, condition: ExprId, variable: ExprId) -> ExprId {
    match pair(pool, condition) {
        Some((relation @ (Relation::Equal | Relation::NotEqual), a, b)) => {
            let gap = pool.difference(a, b);
            let (_, product) = pool.coefficient(gap);
            let factors = pool.factors(&product).to_vec();
            let mut kept = Vec::new();
            for factor in &factors {
                let exponent = pool.base(*factor).1;
                let is_power = pool.as_number(exponent).is_some_and(|n| n.is_positive());
                if !is_power || !are_equal_rarely(pool, *factor, Pool::ZERO, variable) {
                    kept.push(*factor);
                }
            }
            if kept.len() == factors.len() {
                return condition;
            }
            let rest = pool.product(&kept);
            function::apply(pool, relation.function(), &[rest, Pool::ZERO])
        }
        Some((relation @ (Relation::And | Relation::Or), a, b)) => {
            let holds = relation == Relation::Or;
            for (part, other) in [(a, b), (b, a)] {
                if is_thin(pool, &[(part, holds)], variable) {
                    return without_rare(pool, other, variable);
                }
            }
            let [a, b] = [a, b].map(|part| without_rare(pool, part, variable));
            function::apply(pool, relation.function(), &[a, b])
        }
        _ => condition,
    }
}

/// Whether conditions hold, or do not, at single values of a variable together only, whatever
/// the others are.
fn is_thin(pool: &mut Pool, conditions: &[(ExprId, bool)], variable: ExprId) -> bool {
    let mut ways: Vec<Way> = vec![(SmallVec::new(), conditions.to_vec())];
    for _ in 0..MAX_WAYS {
        let Some((mut known, mut open)) = ways.pop() else { return true };
        let Some((condition, holds)) = open.pop() else {
            match is_rare(pool, &known, variable) {
                true => continue,
                false => return false,
            }
        };
        match (pair(pool, condition), holds) {
            (Some((Relation::And | Relation::Or, ..)), false)
                if !is_alone(pool, condition, variable) => {}
            (Some((Relation::And, a, b)), true) | (Some((Relation::Or, a, b)), false) => {
                open.extend([(a, holds), (b, holds)]);
            }
            (Some((Relation::And | Relation::Or, a, b)), _) => {
                let mut other = open.clone();
                open.push((a, holds));
                other.push((b, holds));
                ways.push((known.clone(), other));
            }
            (Some(one), true) => known.push(one),
            (Some((relation, a, b)), false) => known.push(match relation {
                Relation::Less => (Relation::LessEqual, b, a),
                Relation::LessEqual => (Relation::Less, b, a),
                Relation::Equal => (Relation::NotEqual, a, b),
                _ => (Relation::Equal, a, b),
            }),
            (None, _) => {}
        }
        ways.push((known, open));
    }
    false
}

/// Whether comparisons hold together at single values of a variable only.
fn is_rare(pool: &mut Pool, known: &[Pair], variable: ExprId) -> bool {
    known.iter().any(|(relation, a, b)| {
        let is_there = match relation {
            Relation::Equal => true,
            // Greater it never is.
            Relation::LessEqual => {
                let gap = pool.difference(*a, *b);
                is_never_below(pool, &mut Ranges::default(), gap)
                    || known
                        .iter()
                        .any(|other| is_order(other.0) && (other.1, other.2) == (*b, *a))
            }
            _ => false,
        };
        is_there && are_equal_rarely(pool, *a, *b, variable)
    })
}

fn is_order(relation: Relation) -> bool {
    matches!(relation, Relation::Less | Relation::LessEqual)
}

/// The constants at which sides of conditions below an expression are equal, as far as that is
/// easy: the values at which a branch of a `piecewise` may hold or fail alone; no more than
/// `most` of them.
pub fn single_values(
    pool: &mut Pool,
    root: ExprId,
    variable: ExprId,
    most: usize,
) -> Vec<ExprId> {
    let mut seen = FxHashSet::default();
    let mut found = Vec::new();
    for id in pool.reachable_where(&[root], |id| pool.may_depend(id, variable)) {
        let Some((relation, left, right)) = pair(pool, id) else { continue };
        if matches!(relation, Relation::And | Relation::Or) {
            continue;
        }
        if found.len() >= most {
            break;
        }
        let gap = pool.difference(left, right);
        for zero in plain_zeros(pool, gap, variable) {
            if pool.is_constant(zero) && seen.insert(zero) {
                found.push(zero);
            }
        }
    }
    found
}

fn pair(pool: &Pool, condition: ExprId) -> Option<Pair> {
    let Node::Apply(function, list) = pool.node(condition) else { return None };
    let [left, right] = *pool.list(list) else { return None };
    Some((Relation::of(function)?, left, right))
}
