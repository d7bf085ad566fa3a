//! Powers of products, and with sums above them.
//!
//! Powers of one base are one node, so those with sums above them are only written apart.

use super::Opened;
use crate::kernel::{ExprId, Node, Number, Pool};

/// A power of a product as a product of powers as far as signs are known, or as it is.
pub(super) fn opened(pool: &mut Pool, id: ExprId, found: &mut Opened) -> ExprId {
    let Node::Power(base, exponent) = pool.node(id) else { return id };
    if pool.as_number(exponent).is_some_and(Number::is_integer) {
        return id;
    }
    if let Node::Power(inner, _) = pool.node(base) {
        if !pool.is_complex() {
            found.keep(id, vec![inner]);
        }
        return id;
    }
    let (scale, rest) = pool.coefficient(base);
    let scale = scale.clone();
    let is_real = !pool.is_complex();
    let is_whole = pool.is_integer(exponent);
    let is_known = |pool: &Pool, factor: ExprId| match is_real {
        _ if is_whole => true,
        true => pool.is_nonnegative(factor),
        false => pool.is_positive(factor),
    };
    let (known, open): (Vec<ExprId>, Vec<ExprId>) = pool
        .factors(&rest)
        .to_vec()
        .into_iter()
        .partition(|factor| is_known(pool, *factor));
    let is_single = known.is_empty() && scale.abs().is_one();
    if open.len() > 1 && is_real {
        found.keep(id, open.clone());
    }
    if is_single || known.len() == 1 && open.is_empty() && scale.is_one() {
        return id;
    }
    let mut powers: Vec<ExprId> =
        known.into_iter().map(|factor| pool.power(factor, exponent)).collect();
    let sign = if scale.is_negative() { Number::MINUS_ONE } else { Number::ONE };
    let together = pool.product_with(sign, &open);
    powers.push(pool.power(together, exponent));
    let size = pool.number(scale.abs());
    powers.push(pool.power(size, exponent));
    pool.product(&powers)
}

/// The factors as which a power with a sum above it is written.
pub(super) fn parts(pool: &mut Pool, id: ExprId) -> Option<Vec<ExprId>> {
    let Node::Power(base, exponent) = pool.node(id) else { return None };
    let Node::Sum(list) = pool.node(exponent) else { return None };
    if base == Pool::ZERO {
        return None;
    }
    let terms = pool.list(list).to_vec();
    let parts = terms.into_iter().map(|term| pool.power(base, term)).collect();
    Some(parts)
}

/// Notes the powers that are written apart with parts that may have no value where the whole
/// has one.
pub(super) fn note_parts(pool: &mut Pool, id: ExprId, found: &mut Opened) {
    for node in pool.reachable(&[id]) {
        let (base, _) = pool.base(node);
        if pool.is_positive(base) || pool.is_complex() {
            continue;
        }
        if let Some(mut parts) = parts(pool, node) {
            let is_whole = |exponent: ExprId| {
                pool.as_number(exponent).is_some_and(|n| n.is_integer())
            };
            parts.retain(|part| !is_whole(pool.base(*part).1));
            found.narrow(node, parts);
        }
    }
}
