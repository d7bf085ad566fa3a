//! What two expressions have in common on the outside: the same terms, the same number before
//! them, the same function that takes no value twice.

use crate::function;
use crate::kernel::{ExprId, Node, Number, Pool};
use rustc_hash::FxHashSet;

/// Two expressions that are equal exactly where the given ones are, as far as these are defined.
pub(super) fn peeled(pool: &mut Pool, left: ExprId, right: ExprId) -> [ExprId; 2] {
    let mut pair = [left, right];
    while let Some(inner) = without_terms(pool, pair)
        .or_else(|| without_factors(pool, pair))
        .or_else(|| inside(pool, pair))
        .or_else(|| root(pool, pair))
        .or_else(|| root(pool, [pair[1], pair[0]]))
    {
        pair = inner;
    }
    pair
}

/// Without the terms that both have.
fn without_terms(pool: &mut Pool, [a, b]: [ExprId; 2]) -> Option<[ExprId; 2]> {
    let [mine, other] = [a, b].map(|id| pool.terms(&id).to_vec());
    let common = common(a, b, &mine, &other)?;
    let mut rest = |terms: Vec<ExprId>| pool.sum(&without(terms, &common));
    Some([rest(mine), rest(other)])
}

/// Without the factors that both have, as far as they are positive.
fn without_factors(pool: &mut Pool, [a, b]: [ExprId; 2]) -> Option<[ExprId; 2]> {
    let [(m, mine), (n, other)] = [a, b].map(|id| {
        let (number, rest) = pool.coefficient(id);
        (number.clone(), pool.factors(&rest).to_vec())
    });
    let mut common = common(a, b, &mine, &other)?;
    common.retain(|factor| pool.is_positive(*factor));
    if common.is_empty() {
        return None;
    }
    let mut rest = |number: Number, factors: Vec<ExprId>| {
        let product = pool.product(&without(factors, &common));
        pool.scale(&number, product)
    };
    Some([rest(m, mine), rest(n, other)])
}

/// What stands in both of two lists of operands, if anything does.
fn common(
    a: ExprId,
    b: ExprId,
    mine: &[ExprId],
    other: &[ExprId],
) -> Option<FxHashSet<ExprId>> {
    if a == b || mine.len().max(other.len()) < 2 {
        return None;
    }
    let known: FxHashSet<ExprId> = other.iter().copied().collect();
    let common: FxHashSet<ExprId> =
        mine.iter().copied().filter(|id| known.contains(id)).collect();
    (!common.is_empty()).then_some(common)
}

fn without(list: Vec<ExprId>, common: &FxHashSet<ExprId>) -> Vec<ExprId> {
    list.into_iter().filter(|id| !common.contains(id)).collect()
}

/// What stands inside of the same number, power or function.
fn inside(pool: &Pool, [a, b]: [ExprId; 2]) -> Option<[ExprId; 2]> {
    if a == b {
        return None;
    }
    let ((m, u), (n, v)) = (pool.coefficient(a), pool.coefficient(b));
    if m == n && !m.is_one() && !m.is_zero() {
        return Some([u, v]);
    }
    match (pool.node(a), pool.node(b)) {
        (Node::Power(Pool::E, u), Node::Power(Pool::E, v)) => Some([u, v]),
        (Node::Power(Pool::E, u), _) if b == Pool::ONE => Some([u, Pool::ZERO]),
        (_, Node::Power(Pool::E, v)) if a == Pool::ONE => Some([Pool::ZERO, v]),
        (Node::Power(u, m), Node::Power(v, n)) if m == n => {
            let once = |n: &Number| !n.is_integer() || n.is_odd();
            pool.as_number(n).is_some_and(once).then_some([u, v])
        }
        (Node::Apply(f, u), Node::Apply(g, v)) if f == g && function::spec(f).rises => {
            Some([pool.list(u)[0], pool.list(v)[0]])
        }
        _ => None,
    }
}

/// The odd root of a product of powers and of a power: `x^3*sin(x)^3` and `(x + 1)^3`.
fn root(pool: &mut Pool, [a, b]: [ExprId; 2]) -> Option<[ExprId; 2]> {
    let Node::Power(inner, exponent) = pool.node(b) else { return None };
    let degree = pool.as_number(exponent).filter(|n| n.is_integer() && n.is_odd())?;
    let inverse = degree.recip().filter(|n| *n < Number::ONE && n.is_positive())?;
    let mut roots = Vec::new();
    for factor in pool.factors(&a).to_vec() {
        let (base, exponent) = pool.base(factor);
        if base == Pool::E {
            let root = pool.scale(&inverse, exponent);
            roots.push(pool.power(base, root));
            continue;
        }
        let n = pool.as_number(exponent)?.clone();
        let root = n.mul(&inverse);
        // A root of what may be negative must be a whole power.
        if n.is_integer() && !root.is_integer() {
            return None;
        }
        let root = pool.number(root);
        roots.push(pool.power(base, root));
    }
    Some([pool.product(&roots), inner])
}
