//! Exact values of functions at constants, from the rows of the table.

use crate::function;
use crate::kernel::{ExprId, FunctionId, Number, Pool};
use crate::syntax;

/// The exact value of a function of one constant argument, if the table has it; multiples of
/// π are first brought into the first half turn.
pub(super) fn exact_value(
    pool: &mut Pool,
    function: FunctionId,
    argument: ExprId,
) -> Option<ExprId> {
    let row = function::spec(function);
    if row.values.is_empty() {
        return None;
    }
    let (argument, sign) = half_turn(pool, row.name, argument);
    for (at, value) in row.values {
        if constant(pool, at) == Some(argument) {
            let value = constant(pool, value)?;
            return Some(pool.scale(&sign, value));
        }
    }
    None
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
