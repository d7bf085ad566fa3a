//! The last touches, once the form is found: done before, they would hide like factors from
//! each other.

use super::absorbed::{may_absorb, with_power_inside};
use super::angles::{as_square, is_square};
use super::collect::keep;
use super::dialect::Dialect;
use super::identities::{Tried, may_have_identity, with_identity};
use super::rational::{is_root, without_square_below};
use crate::function;
use crate::kernel::{ExprId, Node, Number, Pool};
use rustc_hash::FxHashMap;
use smallvec::SmallVec;

/// What derivatives have of tangents, by what it is a power of.
#[rustfmt::skip]
const SQUARES: &[Square] = &[
    //      t     1/(t^2 + 1) is the square of   t^2 + 1 is that of
    ["tan",       "cos",                         "sec"],
    ["cot",       "sin",                         "csc"],
];

/// What a power that is multiplied into a sum has to save: a quotient shows more.
const ABSORBED: u32 = 4;

/// What a function of twice an angle has to save in a product.
const DOUBLED: u32 = 3;

/// The names of a row.
pub(super) type Square = [&'static str; 3];

/// Squares of cosines for `tan(u)^2 + 1` and of functions of half an angle in products, and
/// numbers multiplied into the sum above
/// another one, wherever that is shorter.
pub(super) fn finish(
    pool: &mut Pool,
    id: ExprId,
    dialect: Dialect,
    tried: &mut Tried,
) -> ExprId {
    let ids = pool.reachable(&[id]);
    let is_open = |id: &ExprId| {
        let has_functions = !pool.functions(*id).is_empty();
        above(pool, *id).is_some()
            || has_functions
                && (square_of(pool, *id).is_some()
                    || half_angle_in(pool, *id).is_some()
                    || may_have_identity(pool, *id, false))
    };
    if !ids.iter().any(is_open) {
        return id;
    }
    touched(pool, id, ids, dialect, |pool, _, mut new| {
        if let Some(shorter) = with_cosine(pool, new, dialect) {
            dialect.keep(pool, &mut new, shorter);
        }
        if let Some(shorter) = with_half_angle(pool, new) {
            keep(pool, &mut new, shorter);
        }
        if let Some(shorter) = with_number_inside(pool, new) {
            keep(pool, &mut new, shorter);
        }
        if let Some(shorter) = with_identity(pool, new, false, tried) {
            dialect.keep_identity(pool, &mut new, shorter);
        }
        new
    })
}

/// What is done when no other form is looked for any more, because it would hide like factors
/// from each other: functions of twice an angle, powers multiplied into sums.
pub(super) fn polish(
    pool: &mut Pool,
    id: ExprId,
    dialect: Dialect,
    tried: &mut Tried,
) -> ExprId {
    let ids = pool.reachable(&[id]);
    let is_root_below = |id: &ExprId| {
        let (base, exponent) = pool.base(*id);
        let n = pool.as_number(exponent);
        is_root(pool, base, exponent) && n.is_some_and(Number::is_negative)
    };
    let is_open = |id: &ExprId| {
        may_absorb(pool, *id) || may_have_identity(pool, *id, true) || is_root_below(id)
    };
    if !ids.iter().any(is_open) {
        return id;
    }
    touched(pool, id, ids, dialect, |pool, node, mut new| {
        if let Node::Power(base, exponent) = pool.node(new)
            && is_root(pool, base, exponent)
            && let Some(shorter) = without_square_below(pool, base, exponent)
            && !stands_above(pool, id, base)
        {
            dialect.keep(pool, &mut new, shorter);
        }
        if let Some(shorter) = with_power_inside(pool, new)
            && pool.cost(shorter).saturating_add(ABSORBED) <= pool.cost(new)
        {
            new = shorter;
        }
        // Twice an angle says less beside the angle itself.
        let is_sum = matches!(pool.node(new), Node::Sum(_));
        let least = if is_sum { 1 } else { DOUBLED };
        if (is_sum || node == id)
            && let Some(shorter) = with_identity(pool, new, true, tried)
            && pool.cost(shorter).saturating_add(least) <= pool.cost(new)
        {
            dialect.keep_identity(pool, &mut new, shorter);
        }
        new
    })
}

/// An expression with each node touched, operands before what uses them, where the whole is
/// not longer.
fn touched(
    pool: &mut Pool,
    id: ExprId,
    ids: Vec<ExprId>,
    dialect: Dialect,
    mut touch: impl FnMut(&mut Pool, ExprId, ExprId) -> ExprId,
) -> ExprId {
    let mut map: FxHashMap<ExprId, ExprId> = FxHashMap::default();
    for node in ids {
        let get = |child: ExprId| map.get(&child).copied().unwrap_or(child);
        let new = function::rebuild(pool, node, get);
        let new = touch(pool, node, new);
        if new != node {
            map.insert(node, new);
        }
    }
    let mut best = id;
    dialect.keep(pool, &mut best, map.get(&id).copied().unwrap_or(id));
    best
}

/// Whether a root of a radicand stands above a bar as well: then both stay as they are.
fn stands_above(pool: &Pool, id: ExprId, radicand: ExprId) -> bool {
    pool.reachable(&[id]).iter().any(|id| match pool.node(*id) {
        Node::Power(base, exponent) if base == radicand => {
            let n = pool.as_number(exponent);
            n.is_none_or(|n| !n.is_integer() && !n.is_negative())
        }
        _ => false,
    })
}

/// For `tan(u)^2 + 1`, the row of the table and u.
pub(super) fn square_of(pool: &Pool, id: ExprId) -> Option<(&'static Square, ExprId)> {
    let Node::Sum(list) = pool.node(id) else { return None };
    let [square, Pool::ONE] = *pool.list(list) else { return None };
    let (tangent, two) = pool.base(square);
    let Node::Apply(function, list) = pool.node(tangent) else { return None };
    let [argument] = *pool.list(list) else { return None };
    if !function.is_builtin() || pool.as_number(two)?.to_i64()? != 2 {
        return None;
    }
    let name = function::spec(function).name;
    let row = SQUARES.iter().find(|row| row[0] == name)?;
    Some((row, argument))
}

/// `tan(u)^2 + 1` in a product as `1/cos(u)^2`, or as `sec(u)^2` where secants were typed, and
/// so on by the table.
fn with_cosine(pool: &mut Pool, id: ExprId, dialect: Dialect) -> Option<ExprId> {
    let (coefficient, rest) = pool.coefficient(id);
    let squares = |factor: &ExprId| square_of(pool, pool.base(*factor).0);
    let place = pool.factors(&rest).iter().position(|id| squares(id).is_some())?;
    let coefficient = coefficient.clone();
    let mut factors: SmallVec<[ExprId; 8]> = SmallVec::from_slice(pool.factors(&rest));
    let ([_, below, above], argument) = squares(&factors[place])?;
    let (_, exponent) = pool.base(factors[place]);
    let n = pool.as_number(exponent)?.to_i64()?;
    let (name, times) = if dialect.has_secants() { (above, 2) } else { (below, -2) };
    let function = function::lookup(name, 1)?;
    let base = function::apply(pool, function, &[argument]);
    factors[place] = pool.integer_power(base, n.checked_mul(times)?);
    Some(pool.product_with(coefficient, &factors))
}

/// The place of a sum in a product that is a square of a function of half an angle.
fn half_angle_in(pool: &Pool, id: ExprId) -> Option<usize> {
    if !matches!(pool.node(id), Node::Product(_) | Node::Multiple(..)) {
        return None;
    }
    let (_, rest) = pool.coefficient(id);
    pool.factors(&rest).iter().position(|factor| is_square(pool, pool.base(*factor).0))
}

/// `(1 - cos(2*x))/2` as `sin(x)^2`.
fn with_half_angle(pool: &mut Pool, id: ExprId) -> Option<ExprId> {
    let place = half_angle_in(pool, id)?;
    let (coefficient, rest) = pool.coefficient(id);
    let coefficient = coefficient.clone();
    let mut factors: SmallVec<[ExprId; 8]> = SmallVec::from_slice(pool.factors(&rest));
    let (base, exponent) = pool.base(factors[place]);
    let square = as_square(pool, base)?;
    factors[place] = pool.power(square, exponent);
    Some(pool.product_with(coefficient, &factors))
}

/// The place of a sum above a sum in a term with a number of one digit outside.
fn above(pool: &Pool, id: ExprId) -> Option<usize> {
    let Node::Multiple(n, rest) = pool.node(id) else { return None };
    let number = pool.number_at(n).abs().to_i64()?;
    let factors = pool.factors(&rest);
    let is_below = |factor: &ExprId| {
        let (base, exponent) = pool.base(*factor);
        matches!(pool.node(base), Node::Sum(_))
            && pool.as_number(exponent).is_some_and(Number::is_negative)
    };
    if !(2..10).contains(&number) || !factors.iter().any(is_below) {
        return None;
    }
    factors.iter().position(|factor| matches!(pool.node(*factor), Node::Sum(_)))
}

/// `8*x + 4` for `4*(2*x + 1)` above a sum.
fn with_number_inside(pool: &mut Pool, id: ExprId) -> Option<ExprId> {
    let place = above(pool, id)?;
    let (coefficient, rest) = pool.coefficient(id);
    let (number, sign) = (coefficient.abs(), coefficient.is_negative());
    let mut factors: SmallVec<[ExprId; 8]> = SmallVec::from_slice(pool.factors(&rest));
    let terms: SmallVec<[(Number, ExprId); 8]> =
        pool.terms(&factors[place]).iter().map(|term| (number.clone(), *term)).collect();
    factors[place] = pool.weighted_sum(&terms);
    let sign = if sign { Number::MINUS_ONE } else { Number::ONE };
    Some(pool.product_with(sign, &factors))
}
