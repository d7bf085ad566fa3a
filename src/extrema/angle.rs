//! Circular functions of inverse circular functions: `sin(2*arccos(1/3))` is a number with
//! roots.

use super::bench::{Bench, Signum};
use crate::function;
use crate::kernel::{ExprId, Node, Number, Pool};
use crate::simplify::expand_all;
use rustc_hash::FxHashMap;

/// The greatest multiple of an angle that is taken apart.
const MAX_MULTIPLE: i64 = 12;
/// Angles of more terms are left as they are.
const MAX_TERMS: usize = 8;
/// The functions of which the domain ends at 1 or at -1, where they have a value.
const ENDING: [&str; 3] = ["arcsin", "arccos", "arcosh"];

/// A constant with the values of sines, cosines and tangents of `m*a + r` put in, where `a` is
/// the inverse of such a function and `r` a multiple of a quarter turn; absolute values and
/// signs are those that 60 digits show.
pub(super) fn without_inverses(bench: &mut Bench<'_>, id: ExprId) -> ExprId {
    let mut map: FxHashMap<ExprId, ExprId> = FxHashMap::default();
    for node in bench.pool.reachable(&[id]) {
        let Node::Apply(function, list) = bench.pool.node(node) else { continue };
        let [argument] = *bench.pool.list(list) else { continue };
        if !function.is_builtin() || !bench.pool.is_constant(argument) {
            continue;
        }
        let name = function::spec(function).name;
        if matches!(name, "abs" | "sign") {
            let (up, down) = match name {
                "abs" => (argument, bench.pool.negate(argument)),
                _ => (Pool::ONE, Pool::MINUS_ONE),
            };
            match bench.sign(argument) {
                Signum::Positive => map.insert(node, up),
                Signum::Negative => map.insert(node, down),
                _ => None,
            };
            continue;
        }
        if !matches!(name, "sin" | "cos" | "tan") {
            continue;
        }
        let Some((c, s)) = cosine_and_sine(bench, argument) else { continue };
        let value = match name {
            "sin" => s,
            "cos" => c,
            _ => bench.over(s, c),
        };
        map.insert(node, value);
    }
    if map.is_empty() {
        return id;
    }
    let mut replacements: Vec<(ExprId, ExprId)> = map.into_iter().collect();
    replacements.sort_unstable();
    bench.pool.substitute(&[id], &replacements, function::apply)[0]
}

/// A constant in which sums that are 0 are 0 where powers are taken of them, and arguments that
/// are 1 or -1 are so where an inverse function ends: doubles take no root of what is 0 and is
/// rounded.
pub(super) fn with_zeros(bench: &mut Bench<'_>, id: ExprId) -> ExprId {
    let mut zeros = Vec::new();
    for node in bench.pool.reachable(&[id]) {
        let base = match bench.pool.node(node) {
            Node::Power(base, _) => base,
            Node::Apply(function, list) if function.is_builtin() => {
                if ENDING.contains(&function::spec(function).name)
                    && let [argument] = *bench.pool.list(list)
                {
                    let end = end_at(bench, argument);
                    zeros.extend(end.map(|end| (argument, end)));
                }
                continue;
            }
            _ => continue,
        };
        let is_sum = matches!(bench.pool.node(base), Node::Sum(_));
        if is_sum && bench.pool.is_constant(base) && bench.is_zero(base) {
            zeros.push((base, Pool::ZERO));
        }
    }
    match zeros.is_empty() {
        true => id,
        false => {
            let found = bench.pool.substitute(&[id], &zeros, function::apply)[0];
            bench.simplify(found)
        }
    }
}

/// 1 or -1, if a constant that is not written so is that.
fn end_at(bench: &mut Bench<'_>, argument: ExprId) -> Option<ExprId> {
    if !bench.pool.is_constant(argument) || bench.pool.as_number(argument).is_some() {
        return None;
    }
    let end = if bench.float(argument) > 0.0 { Pool::ONE } else { Pool::MINUS_ONE };
    let gap = bench.minus(argument, end);
    bench.is_zero(gap).then_some(end)
}

fn cosine_and_sine(bench: &mut Bench<'_>, angle: ExprId) -> Option<(ExprId, ExprId)> {
    let angle = expand_all(bench.pool, angle, MAX_TERMS)?;
    let mut inverse: Option<(Number, ExprId)> = None;
    let mut rest = Vec::new();
    for term in bench.pool.terms(&angle).to_vec() {
        let (factor, own) = bench.pool.coefficient(term);
        match bench.pool.node(own) {
            Node::Apply(..) if inverse.is_none() => inverse = Some((factor.clone(), own)),
            _ => rest.push(term),
        }
    }
    let (factor, own) = inverse?;
    let rest = bench.pool.sum(&rest);
    let turns = bench.over(rest, Pool::PI);
    let quarter = bench.pool.as_number(turns)?.mul(&Number::from(2));
    let times = factor.to_i64().filter(|n| n.abs() <= MAX_MULTIPLE)?;
    let (c, s) = known(bench, own)?;
    let s = if times < 0 { bench.pool.negate(s) } else { s };
    let mut result = match quarter.is_integer().then(|| quarter.to_i64())??.rem_euclid(4)
    {
        0 => (Pool::ONE, Pool::ZERO),
        1 => (Pool::ZERO, Pool::ONE),
        2 => (Pool::MINUS_ONE, Pool::ZERO),
        _ => (Pool::ZERO, Pool::MINUS_ONE),
    };
    for _ in 0..times.abs() {
        let products = [(result.0, c), (result.1, s), (result.1, c), (result.0, s)];
        let [cc, ss, sc, cs] = products.map(|(a, b)| bench.pool.product(&[a, b]));
        let sum = bench.pool.sum(&[sc, cs]);
        result = (bench.minus(cc, ss), bench.simplify(sum));
    }
    Some(result)
}

/// Cosine and sine of the value of an inverse circular function.
fn known(bench: &mut Bench<'_>, id: ExprId) -> Option<(ExprId, ExprId)> {
    let Node::Apply(function, list) = bench.pool.node(id) else { return None };
    let [v] = *bench.pool.list(list) else { return None };
    if !function.is_builtin() {
        return None;
    }
    let square = bench.pool.integer_power(v, 2);
    let other = bench.pool.difference(Pool::ONE, square);
    let other = bench.simplify(other);
    match function::spec(function).name {
        "arccos" => Some((v, bench.pool.sqrt(other))),
        "arcsin" => Some((bench.pool.sqrt(other), v)),
        "arctan" => {
            let length = bench.pool.sum(&[Pool::ONE, square]);
            let length = bench.simplify(length);
            let root = bench.pool.sqrt(length);
            Some((bench.over(Pool::ONE, root), bench.over(v, root)))
        }
        _ => None,
    }
}
