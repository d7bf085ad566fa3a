//! Expressions as sums of multiples of unknowns and a rest without them.

use super::bench::Bench;
use crate::kernel::{ExprId, Node, Number, Pool};
use crate::simplify;

/// The most terms that multiplying out may give.
const MAX_TERMS: usize = 400;

/// Unknowns with their coefficients, in which no unknown occurs, and the rest.
pub(super) type LinearForm = (Vec<(ExprId, ExprId)>, ExprId);

/// An expression as a linear form in unknowns; `None` when it is none.
pub(super) fn linear_form(
    bench: &mut Bench<'_>,
    id: ExprId,
    unknowns: &[ExprId],
) -> Option<LinearForm> {
    let mut parts: Vec<(ExprId, Vec<ExprId>)> = Vec::new();
    let mut rest = Vec::new();
    for (factor, powers) in monomials(bench, id, unknowns)? {
        match powers[..] {
            [] => rest.push(factor),
            [(unknown, 1)] => match parts.iter_mut().find(|(own, _)| *own == unknown) {
                Some((_, list)) => list.push(factor),
                None => parts.push((unknown, vec![factor])),
            },
            _ => return None,
        }
    }
    let mut result = Vec::with_capacity(parts.len());
    for (unknown, list) in parts {
        let sum = bench.pool.sum(&list);
        let coefficient = bench.simplify(sum);
        if coefficient != Pool::ZERO {
            result.push((unknown, coefficient));
        }
    }
    let rest = bench.pool.sum(&rest);
    Some((result, bench.simplify(rest)))
}

/// The coefficients of a polynomial in one unknown, lowest first, none of which has the
/// unknown in it; `None` when it is no polynomial, or nothing tells its degree: the last one may
/// be 0.
pub(super) fn coefficients(
    bench: &mut Bench<'_>,
    id: ExprId,
    unknown: ExprId,
) -> Option<Vec<ExprId>> {
    let mut lists: Vec<Vec<ExprId>> = Vec::new();
    for (factor, powers) in monomials(bench, id, &[unknown])? {
        let power = powers.first().map_or(0, |(_, n)| *n as usize);
        if lists.len() <= power {
            lists.resize(power + 1, Vec::new());
        }
        lists[power].push(factor);
    }
    let mut result = Vec::with_capacity(lists.len());
    for list in lists {
        let sum = bench.pool.sum(&list);
        result.push(bench.simplify(sum));
    }
    while result.last() == Some(&Pool::ZERO) {
        result.pop();
    }
    let is_open = |bench: &Bench<'_>, id: ExprId| {
        bench.pool.is_constant(id) && bench.apart_from_zero(id) == Some(None)
    };
    match result.last() {
        Some(last) if is_open(bench, *last) => None,
        _ => Some(result),
    }
}

/// A factor without unknowns, and unknowns with their exponents.
type Monomial = (ExprId, Vec<(ExprId, u32)>);

/// The terms of a polynomial in unknowns; `None` when it is none.
pub(super) fn monomials(
    bench: &mut Bench<'_>,
    id: ExprId,
    unknowns: &[ExprId],
) -> Option<Vec<Monomial>> {
    let id = simplify::expand_all(bench.pool, id, MAX_TERMS)?;
    let mut result = Vec::new();
    for term in bench.pool.terms(&id).to_vec() {
        if let Some(n) = bench.pool.as_number(term) {
            let n = n.clone();
            result.push((bench.pool.number(n), Vec::new()));
            continue;
        }
        let (c, rest) = bench.pool.coefficient(term);
        let c: Number = c.clone();
        let mut factors = vec![bench.pool.number(c)];
        let mut powers = Vec::new();
        for factor in bench.pool.factors(&rest).to_vec() {
            let (base, exponent) = bench.pool.base(factor);
            if unknowns.contains(&base)
                && matches!(bench.pool.node(base), Node::Symbol(_))
            {
                let n = bench.pool.as_number(exponent)?.to_i64()?;
                powers.push((base, u32::try_from(n).ok().filter(|n| *n <= 1000)?));
            } else if bench.depends(factor, unknowns) {
                return None;
            } else {
                factors.push(factor);
            }
        }
        result.push((bench.pool.product(&factors), powers));
    }
    Some(result)
}
