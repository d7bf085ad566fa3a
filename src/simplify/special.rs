//! Exact values of functions at constants, from the rows of the table.

use crate::evaluate::Range;
use crate::function::{self, spec::UNDEFINED};
use crate::kernel::{ExprId, FunctionId, Node, Number, Pool};
use crate::syntax;

/// The exact value of a function of one constant argument, if the table has it; multiples of
/// π are first brought into the first half turn.
pub(super) fn exact_value(
    pool: &mut Pool,
    function: FunctionId,
    argument: ExprId,
) -> Option<ExprId> {
    let (value, sign) = row_value(pool, function, argument)?;
    if value == UNDEFINED {
        return None;
    }
    let value = constant(pool, value)?;
    Some(pool.scale(&sign, value))
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
        && row_value(pool, function, argument).is_some_and(|found| found.0 == UNDEFINED)
}

/// The value that the table has, with the sign before it.
fn row_value(
    pool: &mut Pool,
    function: FunctionId,
    argument: ExprId,
) -> Option<(&'static str, Number)> {
    let row = function::spec(function);
    if row.values.is_empty() {
        return None;
    }
    let (argument, sign) = half_turn(pool, row.name, argument);
    let place = row.values.iter().find(|(at, _)| constant(pool, at) == Some(argument))?;
    Some((place.1, sign))
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
    let value = match exact_value(pool, function, rest) {
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
    let symbols = pool.symbols_of(&[argument]);
    let is_bounded = symbols.is_empty()
        || symbols.iter().any(|symbol| {
            let known = pool.assumption(pool.name(*symbol));
            known.low.is_some() || known.high.is_some()
        });
    if !is_bounded {
        return None;
    }
    let range = Range::of(pool, argument);
    Some(match name {
        "abs" | "relu" if range.low >= 0.0 => argument,
        "abs" if range.high <= 0.0 => pool.negate(argument),
        "relu" if range.high <= 0.0 => Pool::ZERO,
        "sign" | "heaviside" if range.low > 0.0 => Pool::ONE,
        "sign" if range.high < 0.0 => Pool::MINUS_ONE,
        "heaviside" if range.high < 0.0 => Pool::ZERO,
        _ => return None,
    })
}

/// The whole part of what is a whole number, which is itself.
pub(super) fn whole_part(
    pool: &Pool,
    function: FunctionId,
    argument: ExprId,
) -> Option<ExprId> {
    let name = function::spec(function).name;
    let is_step = matches!(name, "floor" | "ceil" | "round" | "trunc" | "frac");
    (is_step && pool.is_integer(argument)).then_some(if name == "frac" {
        Pool::ZERO
    } else {
        argument
    })
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

/// `sin(t + π) = -sin(t)`, `cos(t + π) = -cos(t)`, `tan(t + π) = tan(t)`.
fn half_turn(pool: &mut Pool, name: &str, argument: ExprId) -> (ExprId, Number) {
    let same = (argument, Number::ONE);
    let turns = match pool.coefficient(argument) {
        (c, Pool::PI) => c.clone(),
        _ => return same,
    };
    let odd_sign = match name {
        "sin" | "cos" | "sec" | "csc" => Number::MINUS_ONE,
        "tan" | "cot" => Number::ONE,
        _ => return same,
    };
    let whole = turns.floor();
    let rest = turns.sub(&whole);
    let argument = pool.scale(&rest, Pool::PI);
    let sign = if whole.is_odd() { odd_sign } else { Number::ONE };
    (argument, sign)
}
