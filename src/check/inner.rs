//! Where a sum in one symbol is 0 that is a polynomial, or a fraction, in one function of it:
//! `e^(2*x) - e^x - 1` is one in `e^x`.

use super::counted::divisor;
use super::zeros::{Sought, Zero, turns, zeros_of};
use crate::function;
use crate::kernel::{ExprId, Node, Number, Pool};
use crate::simplify;

/// The name of a function's value: no formula can have it.
const NAME: &str = "#inner";
/// How many functions are tried.
const MOST: usize = 6;
/// The greatest power of one.
const MAX_POWER: i64 = 12;

/// The ways in which a sum in a symbol can be 0 that is one in the value of a function; `None`
/// where it is none, or they are not all found.
pub(super) fn in_inner(
    pool: &mut Pool,
    depth: usize,
    (part, symbol): (ExprId, ExprId),
    sought: Sought,
) -> Option<Vec<Zero>> {
    let name = format!("{NAME}({})", pool.symbol_name(symbol)?);
    let value = pool.symbol(&name);
    let mut tried = 0;
    let mut moving = pool.terms(&part).iter().filter(|term| !pool.is_constant(**term));
    // A function less a constant is that of its value already.
    let single = moving.next().filter(|_| moving.next().is_none());
    let single = single.map(|term| pool.coefficient(*term).1);
    let parts = pool.reachable(&[part]);
    for id in parts.into_iter().rev().filter(|id| *id != part && Some(*id) != single) {
        if tried == MOST || !pool.may_depend(id, symbol) {
            continue;
        }
        let (function, put) = match pool.node(id) {
            Node::Power(base, exponent) if pool.is_constant(base) => {
                powers(pool, part, (base, exponent), value)?
            }
            Node::Apply(..) => (id, vec![(id, value)]),
            _ => continue,
        };
        tried += 1;
        let own = pool.substitute(&[part], &put, function::apply)[0];
        if pool.may_depend(own, symbol) {
            continue;
        }
        // What gets no shorter is not solved that way.
        let length = moving_nodes(pool, part, symbol);
        if moving_nodes(pool, own, value) >= length {
            return None;
        }
        let mut found = Vec::new();
        for (of, at) in zeros_of(pool, depth, own, sought)? {
            let turn = turns(pool, depth);
            if of != value || pool.may_depend(at, turn) || !pool.is_constant(at) {
                return None;
            }
            let is_power = matches!(pool.node(function), Node::Power(..));
            let side = simplify::side(pool, at).filter(|side| side.is_strict);
            match side {
                _ if is_power && at == Pool::ZERO => continue,
                Some(side) if is_power && !side.is_above => continue,
                None if is_power => return None,
                _ => {}
            }
            let gap = pool.difference(function, at);
            if moving_nodes(pool, gap, symbol) >= length {
                return None;
            }
            found.extend(zeros_of(pool, depth, gap, sought)?);
        }
        return Some(found);
    }
    None
}

/// How many nodes of an expression move with a symbol.
fn moving_nodes(pool: &Pool, id: ExprId, symbol: ExprId) -> usize {
    pool.reachable(&[id]).into_iter().filter(|id| pool.may_depend(*id, symbol)).count()
}

/// The power of a constant of which those in a part are whole powers, and what is put in place
/// of these.
fn powers(
    pool: &mut Pool,
    part: ExprId,
    (base, exponent): (ExprId, ExprId),
    value: ExprId,
) -> Option<(ExprId, Vec<(ExprId, ExprId)>)> {
    let (_, rest) = pool.coefficient(exponent);
    let mut found: Vec<(ExprId, Number)> = Vec::new();
    let mut below = Number::ONE;
    for id in pool.reachable(&[part]) {
        let Node::Power(own, exponent) = pool.node(id) else { continue };
        let (factor, own_rest) = pool.coefficient(exponent);
        if own == base && own_rest == rest {
            let factor = factor.clone();
            below = below.mul(&factor.mul(&below).denominator());
            found.push((id, factor));
        }
    }
    let mut common = found.first().map(|(_, factor)| factor.abs())?;
    for (_, factor) in &found {
        common = divisor(common, factor.abs());
    }
    let mut put = Vec::with_capacity(found.len());
    for (id, factor) in found {
        let count = factor.mul(&common.recip()?).to_i64()?;
        if count.abs() > MAX_POWER {
            return None;
        }
        put.push((id, pool.integer_power(value, count)));
    }
    let exponent = pool.scale(&common, rest);
    Some((pool.power(base, exponent), put))
}
