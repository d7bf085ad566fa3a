//! Where two formulas that are equal for all signs may differ: where the argument of a sign, or
//! the difference of what is compared, is 0.

use crate::function;
use crate::kernel::{ExprId, FunctionId, Node, Pool, Relation};

/// The arguments of signs and the differences of what is compared, in two expressions over
/// the kernels of the normal form; those of absolute values too where there are any.
pub(super) fn parts(pool: &mut Pool, pair: [ExprId; 2]) -> Vec<ExprId> {
    let mut found = jumps(pool, pair);
    if found.is_empty() {
        return found;
    }
    for id in pool.reachable(&pair) {
        let Node::Apply(FunctionId::ABS, list) = pool.node(id) else { continue };
        add_part(pool, pool.list(list)[0], &mut found);
    }
    found
}

/// Expressions with the values in place that functions have where they jump, and their forms
/// over kernels have none: an inverse cotangent at 0.
pub(super) fn with_jumps(pool: &mut Pool, pair: [ExprId; 2]) -> [ExprId; 2] {
    let Some(cases) = function::lookup("piecewise", 3) else { return pair };
    let mut known: Vec<(ExprId, ExprId)> = Vec::new();
    for id in pool.reachable(&pair) {
        let Node::Apply(function, list) = pool.node(id) else { continue };
        let [argument] = *pool.list(list) else { continue };
        if !function.is_builtin() || function::spec(function).turns_at_zero() {
            continue;
        }
        let argument = pool.substitute(&[argument], &known, function::apply)[0];
        let equal = Relation::Equal.function();
        let is_there = function::apply(pool, equal, &[argument, Pool::ZERO]);
        let value = function::apply(pool, function, &[Pool::ZERO]);
        let own = function::apply(pool, function, &[argument]);
        known.push((id, function::apply(pool, cases, &[is_there, value, own])));
    }
    match known.is_empty() {
        true => pair,
        false => {
            let found = pool.substitute(&pair, &known, function::apply);
            [found[0], found[1]]
        }
    }
}

/// The arguments of signs and the differences of what is compared: what is equal for all signs
/// may differ where one of them is 0.
pub(super) fn jumps(pool: &mut Pool, pair: [ExprId; 2]) -> Vec<ExprId> {
    let mut found = Vec::new();
    for id in pool.reachable(&pair) {
        if let Node::Power(Pool::ZERO, exponent) = pool.node(id) {
            add_part(pool, exponent, &mut found);
        }
        let Node::Apply(function, list) = pool.node(id) else { continue };
        let list = pool.list(list).to_vec();
        match (Relation::of(function), &list[..]) {
            (Some(Relation::And | Relation::Or), _) => {}
            (Some(_), [u, v]) => {
                let gap = pool.difference(*u, *v);
                add_part(pool, gap, &mut found);
            }
            (None, [u]) if function == FunctionId::SIGN => {
                add_part(pool, *u, &mut found);
            }
            _ => {}
        }
    }
    found
}

/// Adds a part without its coefficient, unless it is constant or there.
fn add_part(pool: &Pool, part: ExprId, found: &mut Vec<ExprId>) {
    let (_, part) = pool.coefficient(part);
    if !pool.is_constant(part) && !found.contains(&part) {
        found.push(part);
    }
}
