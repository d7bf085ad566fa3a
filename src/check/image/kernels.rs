//! Expressions over the kernels of the normal form: every function of the table is replaced
//! by its formula in powers, exponentials, logarithms, sines, cosines and inverse functions.

use crate::error::Result;
use crate::function;
use crate::kernel::{ExprId, FunctionId, Node, Number, Pool};
use crate::syntax;
use rustc_hash::FxHashMap;

/// How far the argument of the gamma function is shifted.
const MAX_SHIFT: i64 = 40;

/// The same expressions over the kernels.
///
/// # Errors
/// A formula of the table that cannot be read; a test reads them all.
pub(super) fn over_kernels(pool: &mut Pool, roots: &[ExprId]) -> Result<Vec<ExprId>> {
    let mut map: FxHashMap<ExprId, ExprId> = FxHashMap::default();
    for id in pool.reachable(roots) {
        let get = |child: ExprId| map.get(&child).copied().unwrap_or(child);
        let new = if let Node::Apply(function, list) = pool.node(id) {
            let arguments: Vec<ExprId> = pool.list(list).iter().map(|id| get(*id)).collect();
            apply(pool, function, &arguments)?
        } else {
            pool.rebuild(id, get)
        };
        map.insert(id, new);
    }
    Ok(roots.iter().map(|root| map.get(root).copied().unwrap_or(*root)).collect())
}

fn apply(pool: &mut Pool, function: FunctionId, arguments: &[ExprId]) -> Result<ExprId> {
    if !function.is_builtin() {
        return Ok(function::apply(pool, function, arguments));
    }
    if let Some(formula) = syntax::normal(function, arguments, pool)? {
        return Ok(formula);
    }
    if let ("gamma", [u]) = (function::spec(function).name, arguments) {
        return Ok(gamma(pool, function, *u));
    }
    Ok(function::apply(pool, function, arguments))
}

/// `gamma(u + n) = (u + n - 1)…u*gamma(u)`, so that the numeric term of the argument lies
/// between 0 and 1 (DLMF 5.5.1).
fn gamma(pool: &mut Pool, function: FunctionId, argument: ExprId) -> ExprId {
    let Node::Sum(list) = pool.node(argument) else {
        return function::apply(pool, function, &[argument]);
    };
    let last = pool.list(list).last().copied();
    let constant = last.and_then(|id| pool.as_number(id)).cloned();
    let shift = constant.and_then(|n| n.floor().to_i64()).unwrap_or(0);
    if shift == 0 || shift.abs() > MAX_SHIFT {
        return function::apply(pool, function, &[argument]);
    }
    let at = |pool: &mut Pool, k: i64| {
        let k = pool.number(Number::from(k));
        pool.sum(&[argument, k])
    };
    let base = at(pool, -shift);
    let mut factors = vec![function::apply(pool, function, &[base])];
    let steps = if shift > 0 { (-shift)..0 } else { 0..(-shift) };
    for k in steps {
        let factor = at(pool, k);
        let inverse = shift < 0;
        factors.push(if inverse { pool.power(factor, Pool::MINUS_ONE) } else { factor });
    }
    pool.product(&factors)
}
