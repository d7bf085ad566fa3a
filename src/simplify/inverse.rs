//! Functions of inverse functions, and of angles with quarter turns in them.

use crate::function;
use crate::kernel::{ExprId, FunctionId, Node, Number, Pool};

/// `f(g(u)) = u^a*(c + d*u^2)^(b/2)`; DLMF 4.16 and 4.30 have the relations that these are
/// consequences of.
#[rustfmt::skip]
const COMPOSITIONS: &[(&str, &str, i64, [i64; 2], i64)] = &[
    // f       g          a   c   d    b
    ("sin",  "arccos",   0, [ 1, -1],  1),
    ("sin",  "arctan",   1, [ 1,  1], -1),
    ("cos",  "arcsin",   0, [ 1, -1],  1),
    ("cos",  "arctan",   0, [ 1,  1], -1),
    ("tan",  "arcsin",   1, [ 1, -1], -1),
    ("tan",  "arccos",  -1, [ 1, -1],  1),
    ("cot",  "arcsin",  -1, [ 1, -1],  1),
    ("cot",  "arccos",   1, [ 1, -1], -1),
    ("sec",  "arcsin",   0, [ 1, -1], -1),
    ("sec",  "arctan",   0, [ 1,  1],  1),
    ("csc",  "arccos",   0, [ 1, -1], -1),
    ("csc",  "arctan",  -1, [ 1,  1],  1),
    ("sinh", "arcosh",   0, [-1,  1],  1),
    ("sinh", "artanh",   1, [ 1, -1], -1),
    ("cosh", "arsinh",   0, [ 1,  1],  1),
    ("cosh", "artanh",   0, [ 1, -1], -1),
    ("tanh", "arsinh",   1, [ 1,  1], -1),
    ("tanh", "arcosh",  -1, [-1,  1],  1),
    ("sech", "arsinh",   0, [ 1,  1], -1),
    ("sech", "artanh",   0, [ 1, -1],  1),
    ("csch", "arcosh",   0, [-1,  1], -1),
    ("csch", "artanh",  -1, [ 1, -1],  1),
    ("coth", "arsinh",  -1, [ 1,  1],  1),
    ("coth", "arcosh",   1, [-1,  1], -1),
    ("cot",  "arctan",  -1, [ 1,  0],  1),
    ("sec",  "arccos",  -1, [ 1,  0],  1),
    ("csc",  "arcsin",  -1, [ 1,  0],  1),
    ("sech", "arcosh",  -1, [ 1,  0],  1),
    ("csch", "arsinh",  -1, [ 1,  0],  1),
    ("coth", "artanh",  -1, [ 1,  0],  1),
];

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

/// `sin(arctan(u))` as `u/sqrt(u^2 + 1)` and so on by the table, over the real numbers.
pub(super) fn composed(
    pool: &mut Pool,
    function: FunctionId,
    argument: ExprId,
) -> Option<ExprId> {
    let Node::Apply(inverse, list) = pool.node(argument) else { return None };
    let [inner] = *pool.list(list) else { return None };
    if pool.is_complex() || !inverse.is_builtin() {
        return None;
    }
    let names = (function::spec(function).name, function::spec(inverse).name);
    let row = COMPOSITIONS.iter().find(|row| (row.0, row.1) == names)?;
    let &(_, _, power, [constant, sign], root) = row;
    let square = pool.integer_power(inner, 2);
    let terms = [(Number::from(constant), Pool::ONE), (Number::from(sign), square)];
    let sum = pool.weighted_sum(&terms);
    let exponent = pool.number(Number::ratio(root, 2)?);
    let root = pool.power(sum, exponent);
    let power = pool.integer_power(inner, power);
    Some(pool.product(&[power, root]))
}

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
