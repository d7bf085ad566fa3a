//! Logarithms of products and powers.

use super::Opened;
use crate::function;
use crate::kernel::{ExprId, FunctionId, Node, Number, Pool};
use rustc_hash::FxHashMap;

/// Functions that take products to sums.
const LOGARITHMS: [&str; 3] = ["ln", "log2", "log10"];

/// A formula with its logarithms taken apart.
pub(super) fn all_opened(pool: &mut Pool, id: ExprId, found: &mut Opened) -> ExprId {
    let mut map: FxHashMap<ExprId, ExprId> = FxHashMap::default();
    for node in pool.reachable(&[id]) {
        let get = |child: ExprId| map.get(&child).copied().unwrap_or(child);
        let new = function::rebuild(pool, node, get);
        let new = opened(pool, new, found);
        map.insert(node, new);
    }
    map.get(&id).copied().unwrap_or(id)
}

/// A logarithm taken apart as far as signs are known, or as it is.
pub(super) fn opened(pool: &mut Pool, id: ExprId, found: &mut Opened) -> ExprId {
    let Node::Apply(function, list) = pool.node(id) else { return id };
    if !LOGARITHMS.contains(&function::spec(function).name) {
        return id;
    }
    let argument = pool.list(list)[0];
    if pool.as_number(argument).is_some() {
        return id;
    }
    let (scale, rest) = pool.coefficient(argument);
    let scale = scale.clone();
    let mut parts = Vec::new();
    let mut open = Vec::new();
    let mut wanted = Vec::new();
    for factor in pool.factors(&rest).to_vec() {
        match part(pool, function, factor) {
            Some(part) => parts.push(part),
            None => {
                open.push(factor);
                wanted.extend(unsigned(pool, factor));
            }
        }
    }
    let is_alone = matches!(open[..], [one] if is_odd(pool, one));
    // The factor of a logarithm that has a value is positive if all others are.
    if is_alone && !pool.is_complex() {
        let (base, exponent) = pool.base(open[0]);
        let base = if scale.is_negative() { pool.negate(base) } else { base };
        let log = function::apply(pool, function, &[base]);
        parts.push(pool.product(&[exponent, log]));
        open.clear();
    } else if scale.is_negative() && open.is_empty() && !pool.is_complex() {
        return id;
    } else if scale.is_negative() {
        open.push(Pool::MINUS_ONE);
    }
    if !open.is_empty() && !pool.is_complex() {
        found.keep(id, wanted);
    }
    if !open.is_empty() {
        if parts.is_empty() && scale.abs().is_one() {
            return id;
        }
        let product = pool.product(&open);
        parts.push(function::apply(pool, function, &[product]));
    }
    let scale = scale.abs();
    for (number, sign) in [(scale.numerator(), 1), (scale.denominator(), -1)] {
        if !number.is_one() {
            let number = pool.number(number);
            let log = function::apply(pool, function, &[number]);
            parts.push(pool.scale(&Number::from(sign), log));
        }
    }
    pool.sum(&parts)
}

/// The logarithm of a factor that is positive wherever it is not 0.
fn part(pool: &mut Pool, function: FunctionId, factor: ExprId) -> Option<ExprId> {
    let (base, exponent) = pool.base(factor);
    let number = pool.as_number(exponent).cloned();
    let is_real = !pool.is_complex();
    let is_known = match is_real {
        true => pool.is_nonnegative(base),
        false => pool.is_positive(base) && number.is_some(),
    };
    let inner = match &number {
        _ if is_known => base,
        Some(n) if is_real && n.is_even() => {
            function::apply(pool, FunctionId::ABS, &[base])
        }
        // A root has a value only where what stands under it is not negative.
        Some(n) if is_real && !n.is_integer() => base,
        _ => return None,
    };
    let log = function::apply(pool, function, &[inner]);
    Some(pool.product(&[exponent, log]))
}

/// Whether a factor has the sign of its base.
fn is_odd(pool: &Pool, factor: ExprId) -> bool {
    let (_, exponent) = pool.base(factor);
    pool.as_number(exponent).is_some_and(Number::is_odd)
}

/// What of a factor would have to be positive.
fn unsigned(pool: &Pool, factor: ExprId) -> Option<ExprId> {
    let (base, _) = pool.base(factor);
    pool.as_number(base).is_none().then_some(base)
}
