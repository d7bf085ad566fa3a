//! Exact values of functions at constants, from the rows of the table.

use super::expand::expand_all;
use super::side::{Side, side};
use crate::evaluate::Range;
use crate::function::{self, spec::UNDEFINED};
use crate::kernel::{ExprId, FunctionId, Node, Number, Pool};
use crate::syntax;
use smallvec::SmallVec;

/// Up to how many terms an angle is multiplied out.
const MOST_TERMS: usize = 20;

/// The exact value of a function of constant arguments, if the table has it; multiples of
/// π are first brought into the first quarter turn.
pub fn exact_value(
    pool: &mut Pool,
    function: FunctionId,
    arguments: &[ExprId],
) -> Option<ExprId> {
    let (value, sign) = row_value(pool, function, arguments)?;
    if value == UNDEFINED {
        return None;
    }
    let value = constant(pool, value)?;
    Some(pool.scale(&sign, value))
}

/// The number that a function of numbers is by its normal form: `leaky_relu(1)` is 1.
pub(super) fn plain_value(
    pool: &mut Pool,
    function: FunctionId,
    arguments: &[ExprId],
) -> Option<ExprId> {
    if pool.is_complex() || !arguments.iter().all(|id| pool.as_number(*id).is_some()) {
        return None;
    }
    let value = syntax::in_normal_form(function, arguments, pool)?;
    pool.as_number(value).is_some().then_some(value)
}

/// A power of 0 with an exponent whose sign is bounded: `0^(sqrt(3) - 1)` is 0.
pub(super) fn power_of_zero(pool: &Pool, exponent: ExprId) -> Option<ExprId> {
    match Range::of(pool, exponent).side() {
        1 => Some(Pool::ZERO),
        -1 => Some(Pool::UNDEFINED),
        _ => None,
    }
}

/// A function that stands at a pole of it, as far as the table tells: `tan(pi/2)`.
pub fn pole_in(pool: &mut Pool, id: ExprId) -> Option<ExprId> {
    pool.reachable(&[id]).into_iter().find(|id| match pool.node(*id) {
        Node::Apply(function, list) if function.is_builtin() && list.len == 1 => {
            let argument = pool.list(list)[0];
            pool.is_constant(argument) && is_pole(pool, function, argument)
        }
        _ => false,
    })
}

fn is_pole(pool: &mut Pool, function: FunctionId, argument: ExprId) -> bool {
    function::spec(function).values.iter().any(|(_, value)| *value == UNDEFINED)
        && row_value(pool, function, &[argument])
            .is_some_and(|found| found.0 == UNDEFINED)
}

/// The value that the table has, with the sign before it.
fn row_value(
    pool: &mut Pool,
    function: FunctionId,
    arguments: &[ExprId],
) -> Option<(&'static str, Number)> {
    let row = function::spec(function);
    if row.values.is_empty() {
        return None;
    }
    let mut wanted: SmallVec<[ExprId; 2]> = SmallVec::from_slice(arguments);
    let mut sign = Number::ONE;
    if let [argument] = wanted[..] {
        (wanted[0], sign) = first_quarter(pool, row.name, argument);
    }
    let mut is_there = |at: &str| {
        let mut parts = at.split(", ");
        let are_equal = wanted
            .iter()
            .all(|id| parts.next().and_then(|at| constant(pool, at)) == Some(*id));
        are_equal && parts.next().is_none()
    };
    let place = row.values.iter().position(|(at, _)| is_there(at));
    Some((row.values[place?].1, sign))
}

/// `sin(t + k*π) = (-1)^k*sin(t)` and its kin, for a symbol k that is a whole number.
pub(super) fn without_turns(
    pool: &mut Pool,
    function: FunctionId,
    argument: ExprId,
) -> Option<ExprId> {
    let has_sign = match function::spec(function).name {
        "sin" | "cos" | "sec" | "csc" => true,
        "tan" | "cot" => false,
        _ => return None,
    };
    let has_sum = |pool: &Pool, id: &ExprId| matches!(pool.node(*id), Node::Sum(_));
    let (_, rest) = pool.coefficient(argument);
    let factors = pool.factors(&rest);
    let is_product =
        factors.contains(&Pool::PI) && factors.iter().any(|id| has_sum(pool, id));
    // `pi*(k + 1/2)` is half a turn more than `pi*k`.
    let argument = match is_product {
        true => expand_all(pool, argument, MOST_TERMS)?,
        false => argument,
    };
    let terms = pool.terms(&argument).to_vec();
    let (mut kept, mut turns) = (Vec::new(), Vec::new());
    for term in terms {
        match half_turns(pool, term) {
            Some(k) => turns.push(k),
            None => kept.push(term),
        }
    }
    if turns.is_empty() {
        return None;
    }
    let rest = pool.sum(&kept);
    let value = match exact_value(pool, function, &[rest]) {
        Some(value) if pool.is_constant(rest) => value,
        _ => function::apply(pool, function, &[rest]),
    };
    if !has_sign {
        return Some(value);
    }
    let turns = pool.sum(&turns);
    let sign = pool.power(Pool::MINUS_ONE, turns);
    Some(pool.product(&[sign, value]))
}

/// An absolute value, a sign or a step of what has one sign only, as a constant or by what is
/// assumed of its symbols.
pub(super) fn one_sided(
    pool: &mut Pool,
    function: FunctionId,
    argument: ExprId,
) -> Option<ExprId> {
    let name = function::spec(function).name;
    if !matches!(name, "abs" | "sign" | "relu" | "heaviside") {
        return None;
    }
    if !is_bounded(pool, argument) {
        return None;
    }
    let Side { is_above, is_strict } = side(pool, argument)?;
    Some(match (name, is_above) {
        ("abs" | "relu", true) => argument,
        ("abs", false) => pool.negate(argument),
        ("relu", false) => Pool::ZERO,
        _ if !is_strict => return None,
        (_, true) => Pool::ONE,
        ("sign", false) => Pool::MINUS_ONE,
        (_, false) => Pool::ZERO,
    })
}

/// Whether an expression has no symbols, or one that is bounded on a side.
fn is_bounded(pool: &Pool, id: ExprId) -> bool {
    pool.is_constant(id) || pool.has_side(id)
}

/// What depends on the order of two expressions, as constants or by what is assumed of their
/// symbols: the greater or the smaller one, or whether they are equal.
pub(super) fn ordered(
    pool: &mut Pool,
    function: FunctionId,
    [u, v]: [ExprId; 2],
) -> Option<ExprId> {
    let name = function::spec(function).name;
    if pool.is_complex() || !matches!(name, "max" | "min" | "kronecker") {
        return None;
    }
    if u != v && !is_bounded(pool, u) && !is_bounded(pool, v) {
        return None;
    }
    let gap = pool.difference(u, v);
    if gap == Pool::ZERO {
        return Some(if name == "kronecker" { Pool::ONE } else { u });
    }
    let Side { is_above, is_strict } = side(pool, gap)?;
    Some(match name {
        "kronecker" if is_strict => Pool::ZERO,
        "kronecker" => return None,
        // Where they are equal, either one is the greater one.
        _ if (name == "max") == is_above => u,
        _ => v,
    })
}

/// The whole part of what is a whole number, which is itself, or of a sum with one.
pub(super) fn whole_part(
    pool: &mut Pool,
    function: FunctionId,
    argument: ExprId,
) -> Option<ExprId> {
    let name = function::spec(function).name;
    if !matches!(name, "floor" | "ceil" | "round" | "trunc" | "frac") {
        return None;
    }
    if pool.is_integer(argument) {
        return Some(if name == "frac" { Pool::ZERO } else { argument });
    }
    let Node::Sum(list) = pool.node(argument) else { return None };
    // Rounding towards zero, or halves away from it, depends on the sign.
    if !matches!(name, "floor" | "ceil" | "frac") {
        return None;
    }
    let (whole, rest): (Vec<ExprId>, Vec<ExprId>) =
        pool.list(list).iter().partition(|term| pool.is_integer(**term));
    if whole.is_empty() || rest.is_empty() {
        return None;
    }
    let rest = pool.sum(&rest);
    let value = function::apply(pool, function, &[rest]);
    if name == "frac" {
        return Some(value);
    }
    let whole = pool.sum(&whole);
    Some(pool.sum(&[whole, value]))
}

/// How many half turns an angle is, when it is a whole number of them that has a symbol.
fn half_turns(pool: &mut Pool, angle: ExprId) -> Option<ExprId> {
    let (coefficient, rest) = pool.coefficient(angle);
    let coefficient = coefficient.clone();
    let factors = pool.factors(&rest).to_vec();
    let others: Vec<ExprId> =
        factors.iter().copied().filter(|id| *id != Pool::PI).collect();
    if others.len() + 1 != factors.len() || others.is_empty() {
        return None;
    }
    let times = pool.product_with(coefficient, &others);
    pool.is_integer(times).then_some(times)
}

/// The formula to which a function reduces for its first argument, if the table has one.
pub(super) fn reduced(
    pool: &mut Pool,
    function: FunctionId,
    arguments: &[ExprId],
) -> Option<ExprId> {
    let first = pool.as_number(arguments[0])?.to_string();
    syntax::reduction(function, &first, arguments, pool).ok().flatten()
}

fn constant(pool: &mut Pool, text: &str) -> Option<ExprId> {
    let program = syntax::parse(text, &[]).ok()?;
    let lowered = syntax::lower(&program, &[], pool).ok()?;
    lowered.roots.first().copied()
}

/// Angles in the first quarter turn, by `sin(t + π) = -sin(t)`, `sin(π - t) = sin(t)` and
/// their kin; the sign stands before the value.
fn first_quarter(pool: &mut Pool, name: &str, argument: ExprId) -> (ExprId, Number) {
    let same = (argument, Number::ONE);
    let turns = match pool.coefficient(argument) {
        (c, Pool::PI) => c.clone(),
        _ => return same,
    };
    // Whether the sign turns half a turn further, and beyond a quarter turn.
    let (half, quarter) = match name {
        "sin" | "csc" => (true, false),
        "cos" | "sec" => (true, true),
        "tan" | "cot" => (false, true),
        _ => return same,
    };
    let whole = turns.floor();
    let mut rest = turns.sub(&whole);
    let mut is_negative = half && whole.is_odd();
    if rest > Number::HALF {
        rest = Number::ONE.sub(&rest);
        is_negative ^= quarter;
    }
    let sign = if is_negative { Number::MINUS_ONE } else { Number::ONE };
    (pool.scale(&rest, Pool::PI), sign)
}
