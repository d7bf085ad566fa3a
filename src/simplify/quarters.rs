//! Functions of angles with quarter turns in them.

use crate::function;
use crate::kernel::{ExprId, FunctionId, Node, Number, Pool};

/// `f(t + pi/2)` as a function of t, which may have a minus before it.
#[rustfmt::skip]
const QUARTERS: &[(&str, &str, bool)] = &[
    // f      f(t + pi/2)  minus
    ("sin",  "cos",  false),
    ("cos",  "sin",  true),
    ("tan",  "cot",  true),
    ("cot",  "tan",  true),
    ("sec",  "csc",  true),
    ("csc",  "sec",  false),
];

/// `sin(x + pi/2)` as `cos(x)`, `tan(x - pi)` as `tan(x)`.
pub(super) fn without_quarters(
    pool: &mut Pool,
    function: FunctionId,
    argument: ExprId,
) -> Option<ExprId> {
    let row = |name: &str| QUARTERS.iter().find(|row| row.0 == name);
    let mut row_of = row(function::spec(function).name)?;
    let Node::Sum(list) = pool.node(argument) else { return None };
    let is_turn = |term: &&ExprId| pool.coefficient(**term).1 == Pool::PI;
    let turn = *pool.list(list).iter().find(is_turn)?;
    let quarters = pool.coefficient(turn).0.mul(&Number::from(2)).to_i64()?.rem_euclid(4);
    let rest = pool.difference(argument, turn);
    let (mut name, mut minus) = (row_of.0, false);
    for _ in 0..quarters {
        (name, minus) = (row_of.1, minus != row_of.2);
        row_of = row(name)?;
    }
    let function = function::lookup(name, 1)?;
    let value = function::apply(pool, function, &[rest]);
    Some(if minus { pool.negate(value) } else { value })
}
