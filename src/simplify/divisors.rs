//! What stands below bars: a form that divides by more than what was typed loses points.

use crate::kernel::{ExprId, FunctionId, Node, Number, Pool};
use rustc_hash::FxHashSet;

/// Whether a form divides by something by which another does not, and that may be 0: as
/// `(x*y)^(4/3)/x` for `(x*y)^(1/3)*y`, which is 0 at `x = 0`.
pub(super) fn divides_by_more(pool: &Pool, typed: ExprId, form: ExprId) -> bool {
    let mut new = divisors(pool, form);
    if new.is_empty() {
        return false;
    }
    let before = divisors(pool, typed);
    new.retain(|base| !before.contains(base));
    !new.is_empty()
}

/// Whether a form divides by a factor of what was typed with the sign of, as `abs(x)*y/x`
/// for `y*sign(x)`, where what was typed does not: signs have a value at 0.
pub(super) fn divides_by_sign(pool: &Pool, typed: ExprId, form: ExprId) -> bool {
    let mut of_signs = FxHashSet::default();
    for id in pool.reachable(&[typed]) {
        if let Node::Apply(FunctionId::SIGN, list) = pool.node(id) {
            add_bases(pool, pool.list(list)[0], &mut of_signs);
        }
    }
    if of_signs.is_empty() {
        return false;
    }
    let before = divisors(pool, typed);
    let mut new = divisors(pool, form);
    new.retain(|base| !before.contains(base) && of_signs.contains(base));
    !new.is_empty()
}

/// The bases of the powers with negative exponents that may be 0.
fn divisors(pool: &Pool, root: ExprId) -> FxHashSet<ExprId> {
    let mut found = FxHashSet::default();
    for id in pool.reachable(&[root]) {
        if let Node::Power(base, exponent) = pool.node(id)
            && pool.as_number(exponent).is_some_and(Number::is_negative)
        {
            add_bases(pool, base, &mut found);
        }
    }
    found.retain(|base| !pool.is_positive(*base) && pool.as_number(*base).is_none());
    found
}

/// Adds the bases of the factors of an expression, and of what stands between bars.
fn add_bases(pool: &Pool, id: ExprId, found: &mut FxHashSet<ExprId>) {
    let mut open = vec![id];
    while let Some(id) = open.pop() {
        let (_, rest) = pool.coefficient(id);
        for factor in pool.factors(&rest) {
            let (base, _) = pool.base(*factor);
            match pool.node(base) {
                Node::Apply(FunctionId::ABS, list) => open.push(pool.list(list)[0]),
                Node::Product(_) | Node::Multiple(..) => open.push(base),
                _ => drop(found.insert(base)),
            }
        }
    }
}
