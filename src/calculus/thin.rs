//! Branches of `piecewise` that hold at single values of a variable only: they say nothing of
//! the derivative, which is that of what is beside them.

use crate::function;
use crate::kernel::{ExprId, Node, Number, Pool, Relation};
use rustc_hash::FxHashSet;
use smallvec::SmallVec;

/// The operands of a relation.
type Pair = (Relation, ExprId, ExprId);

/// An expression without the branches that hold at single values of a variable only: where it
/// is continuous it has the same derivative.
pub(super) fn smooth(pool: &mut Pool, of: ExprId, variable: ExprId) -> ExprId {
    let mut put = Vec::new();
    for id in pool.reachable_where(&[of], |id| pool.may_depend(id, variable)) {
        let Node::Apply(function, list) = pool.node(id) else { continue };
        if !function.is_builtin() || function::spec(function).name != "piecewise" {
            continue;
        }
        let parts = pool.list(list).to_vec();
        let kept = without_thin(pool, &parts, variable);
        if kept[..] != parts[..] {
            put.push((id, function::apply(pool, function, &kept)));
        }
    }
    match put.is_empty() {
        true => of,
        false => pool.substitute(&[of], &put, function::apply)[0],
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
    let mut before: SmallVec<[Pair; 4]> = SmallVec::new();
    let mut branches = parts.chunks_exact(2);
    for branch in branches.by_ref() {
        let [condition, value] = *branch else { continue };
        if is_thin(pool, condition, variable) {
            continue;
        }
        let Some(pair) = pair(pool, condition) else {
            kept.extend([condition, value]);
            continue;
        };
        if leaves_little(pool, pair, &before, variable) {
            kept.push(value);
            return kept;
        }
        kept.extend([condition, value]);
        before.push(pair);
    }
    kept.extend(branches.remainder().iter().copied());
    kept
}

/// The constants with which a variable is compared below an expression: the values at which a
/// branch of a `piecewise` may hold or fail alone; no more than `most` of them.
pub fn single_values(
    pool: &mut Pool,
    root: ExprId,
    variable: ExprId,
    most: usize,
) -> Vec<ExprId> {
    let mut seen = FxHashSet::default();
    let mut found = Vec::new();
    for id in pool.reachable_where(&[root], |id| pool.may_depend(id, variable)) {
        let Some((_, left, right)) = pair(pool, id) else { continue };
        let other = match (left == variable, right == variable) {
            (true, false) => right,
            (false, true) => left,
            _ => continue,
        };
        if found.len() == most {
            break;
        }
        if pool.is_constant(other) && seen.insert(other) {
            found.push(other);
        }
    }
    found
}

/// Whether a condition holds at single values of a variable only, whatever the others are.
fn is_thin(pool: &mut Pool, condition: ExprId, variable: ExprId) -> bool {
    match pair(pool, condition) {
        Some((Relation::Equal, left, right)) => differ(pool, left, right, variable),
        Some((Relation::And, left, right)) => {
            is_thin(pool, left, variable) || is_thin(pool, right, variable)
        }
        Some((Relation::Or, left, right)) => {
            is_thin(pool, left, variable) && is_thin(pool, right, variable)
        }
        _ => false,
    }
}

/// Whether a condition and those before it leave single values at most.
fn leaves_little(
    pool: &mut Pool,
    (relation, left, right): Pair,
    before: &[Pair],
    variable: ExprId,
) -> bool {
    let opposite = |(known, a, b): &Pair| (*a, *b) == (right, left) && is_order(*known);
    match relation {
        Relation::NotEqual => differ(pool, left, right, variable),
        Relation::Less | Relation::LessEqual if before.iter().any(opposite) => {
            differ(pool, left, right, variable)
        }
        _ => false,
    }
}

fn is_order(relation: Relation) -> bool {
    matches!(relation, Relation::Less | Relation::LessEqual)
}

fn pair(pool: &Pool, condition: ExprId) -> Option<Pair> {
    let Node::Apply(function, list) = pool.node(condition) else { return None };
    let [left, right] = *pool.list(list) else { return None };
    Some((Relation::of(function)?, left, right))
}

/// Whether two expressions are equal at single values of a variable only, whatever the others
/// are: their difference is a polynomial in it, one of whose coefficients is a number.
fn differ(pool: &mut Pool, left: ExprId, right: ExprId, variable: ExprId) -> bool {
    let difference = pool.difference(left, right);
    // Powers of the variable, and whether the coefficient is known to be a number.
    let mut powers: SmallVec<[(i64, bool); 4]> = SmallVec::new();
    for term in pool.terms(&difference) {
        let (_, rest) = pool.coefficient(*term);
        let (mut degree, mut is_number) = (0, true);
        for factor in pool.factors(&rest) {
            let (base, exponent) = pool.base(*factor);
            let whole = pool.as_number(exponent).and_then(Number::to_i64);
            match whole.filter(|n| base == variable && *n > 0) {
                Some(n) => degree = n,
                None if pool.may_depend(*factor, variable) => return false,
                None => is_number = false,
            }
        }
        match powers.iter_mut().find(|(known, _)| *known == degree) {
            Some((_, all)) => *all &= is_number,
            None => powers.push((degree, is_number)),
        }
    }
    powers.iter().any(|(degree, is_number)| *degree > 0 && *is_number)
}
