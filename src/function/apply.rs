//! Applications in canonical form: what a row says of sign, exact values and inverses.

use super::exact;
use super::lookup::{is_folded, lookup, spec};
use super::real::is_conditional;
use super::spec::{Arity, FunctionSpec, Parity, UNDEFINED};
use crate::kernel::{ExprId, FunctionId, Node, Number, Pool, Relation};
use smallvec::SmallVec;

/// The arguments of a function as they are written: a function that is folded from the left
/// over more than two has them all in one list, as in `max(a, b, c)`. What is named elsewhere
/// stays an argument.
pub fn unfolded(
    pool: &Pool,
    function: FunctionId,
    arguments: &[ExprId],
    is_named: impl Fn(ExprId) -> bool,
) -> SmallVec<[ExprId; 4]> {
    let mut last: SmallVec<[ExprId; 4]> = SmallVec::new();
    let mut arguments = arguments;
    if is_folded(function) {
        while let [first, second] = *arguments
            && !is_named(first)
            && let Node::Apply(inner, list) = pool.node(first)
            && inner == function
        {
            last.push(second);
            arguments = pool.list(list);
        }
    }
    let mut all: SmallVec<[ExprId; 4]> = SmallVec::from_slice(arguments);
    all.extend(last.into_iter().rev());
    all
}

/// A node over other operands: as [`Pool::rebuild`], with what [`apply`] knows of functions.
pub fn rebuild(pool: &mut Pool, id: ExprId, get: impl Fn(ExprId) -> ExprId) -> ExprId {
    match pool.node(id) {
        Node::Apply(function, list) => {
            let arguments: SmallVec<[ExprId; 4]> =
                pool.list(list).iter().map(|id| get(*id)).collect();
            apply(pool, function, &arguments)
        }
        _ => pool.rebuild(id, get),
    }
}

/// A function applied to arguments. Only identities that hold wherever the application is
/// defined are used: parity, exact values, `f(f^-1(u)) = u`, `ln(u^c) = c*ln(u)` for odd or
/// fractional `c`.
pub fn apply(pool: &mut Pool, function: FunctionId, arguments: &[ExprId]) -> ExprId {
    if arguments.contains(&Pool::UNDEFINED) {
        // A branch that is not taken needs no value.
        let is_piecewise = is_conditional(function);
        return match is_piecewise {
            true => taken(pool, arguments).unwrap_or(Pool::UNDEFINED),
            false => Pool::UNDEFINED,
        };
    }
    if let Some(relation) = Relation::of(function) {
        return relate(pool, relation, arguments);
    }
    if function.is_abstract() {
        return pool.application(function, arguments);
    }
    match (function, arguments) {
        (FunctionId::ABS, [u]) if is_nonnegative(pool, *u) => return *u,
        (FunctionId::ABS, [u]) => return pool.absolute(*u),
        (FunctionId::LN, [u]) => return logarithm(pool, *u),
        _ => {}
    }
    let row = spec(function);
    if row.name == "piecewise" {
        return piecewise(pool, function, arguments);
    }
    if let (Arity::AtLeast(_), [first, others @ ..]) = (row.arity, arguments)
        && others.len() > 1
    {
        let join = |known, next: &ExprId| apply(pool, function, &[known, *next]);
        return others.iter().fold(*first, join);
    }
    if let ([u, v], true) = (arguments, row.is_idempotent)
        && u == v
    {
        return *u;
    }
    if let ([u, v], "max" | "min") = (arguments, row.name)
        && pool.is_negative_of(*u, *v)
    {
        let size = apply(pool, FunctionId::ABS, &[*u]);
        return if row.name == "max" { size } else { pool.negate(size) };
    }
    if let ([Pool::ZERO, side] | [side, Pool::ZERO], "hypot") = (arguments, row.name)
        && !pool.is_complex()
    {
        return apply(pool, FunctionId::ABS, &[*side]);
    }
    if let Some(one) = without_choice(pool, row.name, arguments) {
        return one;
    }
    let numbers: Option<SmallVec<[Number; 2]>> =
        arguments.iter().map(|id| pool.as_number(*id).cloned()).collect();
    if let Some(numbers) = numbers {
        let is_pole = |(place, greatest): &(usize, i64)| {
            let n = &numbers[*place];
            n.is_integer() && *n <= Number::from(*greatest)
        };
        if row.poles.iter().any(is_pole) {
            return Pool::UNDEFINED;
        }
        if let Some(value) = exact::value(row.name, &numbers) {
            return pool.number(value);
        }
        if let ("atan2", [y, x]) = (row.name, &numbers[..])
            && let Some(turns) = exact::angle(y, x)
        {
            return pool.scale(&turns, Pool::PI);
        }
        if let ("hypot", [a, b]) = (row.name, &numbers[..]) {
            let square = pool.number(a.mul(a).add(&b.mul(b)));
            return pool.sqrt(square);
        }
        if row.name == "arccot" && numbers.iter().all(Number::is_zero) {
            return pool.scale(&Number::HALF, Pool::PI);
        }
        if let [number] = &numbers[..]
            && let Some(value) = whole_value(row.values, number)
        {
            return value.map_or(Pool::UNDEFINED, |value| pool.integer(value));
        }
    }
    if let ("mod", [u, v]) = (row.name, arguments)
        && let Some(rest) = remainder(pool, *u, *v)
    {
        return rest;
    }
    if let ("root", [u, v]) = (row.name, arguments)
        && let Some(order) = pool.as_number(*v).and_then(Number::to_i64)
        && (order % 2 == 0 || order == 3)
    {
        // A root of even order is a power; one of odd order is real below zero too.
        if let Some(cube) = lookup("cbrt", 1).filter(|_| order == 3) {
            return apply(pool, cube, &[*u]);
        }
        let Some(exponent) = Number::ratio(1, order) else { return Pool::UNDEFINED };
        let exponent = pool.number(exponent);
        return pool.power(*u, exponent);
    }
    let [argument] = *arguments else { return application(pool, function, arguments) };
    if let Node::Apply(inner, list) = pool.node(argument)
        && inner.is_builtin()
        && row.inverse.is_some_and(|name| lookup(name, 1) == Some(inner))
        && is_right_inverse(pool, row.name)
    {
        return pool.list(list)[0];
    }
    if is_at_pole(pool, row, argument) {
        return Pool::UNDEFINED;
    }
    if row.parity == Parity::Even
        && let Some(inner) = magnitude_of(pool, argument)
    {
        return apply(pool, function, &[inner]);
    }
    match row.parity {
        Parity::None => {}
        parity if turns(pool, argument) => {
            let negated = pool.negate(argument);
            if !row.turns_at_zero() && !pool.is_positive(negated) {
                return application(pool, function, &[argument]);
            }
            let value = apply(pool, function, &[negated]);
            return if parity == Parity::Odd { pool.negate(value) } else { value };
        }
        _ => {}
    }
    application(pool, function, &[argument])
}

/// The greater or the smaller one of something and 0, or what is rectified, where its sign is
/// known: `max(x^2, 0)` is `x^2`.
fn without_choice(pool: &mut Pool, name: &str, arguments: &[ExprId]) -> Option<ExprId> {
    let u = match (name, arguments) {
        ("relu", [u]) => *u,
        ("max" | "min", [u, Pool::ZERO] | [Pool::ZERO, u]) => *u,
        _ => return None,
    };
    let is_below = |pool: &mut Pool| {
        let opposite = pool.negate(u);
        pool.is_nonnegative(opposite)
    };
    let is_least = name == "min";
    match pool.is_nonnegative(u) {
        true => Some(if is_least { Pool::ZERO } else { u }),
        false if is_below(pool) => Some(if is_least { u } else { Pool::ZERO }),
        false => None,
    }
}

/// Whether a function of an angle has no value there: what its row says of no angle or of a
/// quarter turn holds as many half turns from there.
fn is_at_pole(pool: &Pool, row: &FunctionSpec, argument: ExprId) -> bool {
    let pole = row.values.iter().find(|(_, value)| *value == UNDEFINED);
    let from = match pole.filter(|_| row.period.is_some()) {
        Some(("0", _)) => Number::ZERO,
        Some(("pi/2", _)) => Number::HALF,
        _ => return false,
    };
    let (turns, rest) = pool.coefficient(argument);
    rest == Pool::PI && turns.sub(&from).is_integer()
}

/// What is left of `u` where it is a number times `v`: `mod(5*v, 2*v)` is `v`.
fn remainder(pool: &mut Pool, u: ExprId, v: ExprId) -> Option<ExprId> {
    let inverse = pool.power(v, Pool::MINUS_ONE);
    let quotient = pool.product(&[u, inverse]);
    if pool.is_integer(quotient) {
        return Some(Pool::ZERO);
    }
    let quotient = pool.as_number(quotient)?;
    let rest = quotient.sub(&quotient.floor());
    Some(pool.scale(&rest, v))
}

/// The argument of an absolute value, over the real numbers.
fn magnitude_of(pool: &Pool, id: ExprId) -> Option<ExprId> {
    match pool.node(id) {
        Node::Apply(FunctionId::ABS, list) if !pool.is_complex() => {
            Some(pool.list(list)[0])
        }
        _ => None,
    }
}

/// An application as it stands, with what its row says of its sign.
pub fn application(
    pool: &mut Pool,
    function: FunctionId,
    arguments: &[ExprId],
) -> ExprId {
    let id = pool.application(function, arguments);
    if is_nonnegative(pool, id) {
        pool.set_nonnegative(id);
    }
    id
}

/// Whether an application is known to be zero or above by its row.
fn is_nonnegative(pool: &Pool, id: ExprId) -> bool {
    let Node::Apply(function, _) = pool.node(id) else { return false };
    function.is_builtin() && !pool.is_complex() && spec(function).nonnegative
}

/// Whether `f(f^-1(u)) = u` holds wherever the left side is defined: for all but the inverses
/// of functions that are not one to one (`arcsin(sin u)` is not `u`).
fn is_right_inverse(pool: &Pool, name: &str) -> bool {
    const ONE_TO_ONE: [&str; 4] = ["arsinh", "artanh", "arcoth", "arcsch"];
    !name.starts_with("ar") || !pool.is_complex() && ONE_TO_ONE.contains(&name)
}

/// Whether a sign comes out of the argument: of numbers, multiples and sums all of whose
/// terms are negative.
fn turns(pool: &Pool, id: ExprId) -> bool {
    match pool.node(id) {
        Node::Number(n) => pool.number_at(n).is_negative(),
        Node::Multiple(n, _) => pool.number_at(n).is_negative(),
        Node::Sum(list) => pool.list(list).iter().all(|term| turns(pool, *term)),
        _ => false,
    }
}

/// The whole value that a row has at a whole number, or that it has none there.
fn whole_value(values: &[(&str, &str)], argument: &Number) -> Option<Option<i64>> {
    let argument = argument.to_i64()?;
    values.iter().find_map(|(at, value)| match at.parse() == Ok(argument) {
        true if *value == UNDEFINED => Some(None),
        true => value.parse().ok().map(Some),
        false => None,
    })
}

/// A root of odd order over the real numbers: what it is taken of, and the exponent.
fn odd_root(pool: &mut Pool, id: ExprId) -> Option<(ExprId, ExprId)> {
    let Node::Apply(function, list) = pool.node(id) else { return None };
    if pool.is_complex() || !function.is_builtin() {
        return None;
    }
    let (base, order) = match (spec(function).name, pool.list(list)) {
        ("cbrt", [u]) => (*u, 3),
        ("root", [u, v]) => (*u, pool.as_number(*v).and_then(Number::to_i64)?),
        _ => return None,
    };
    let exponent = Number::ratio(1, order).filter(|_| order % 2 != 0)?;
    Some((base, pool.number(exponent)))
}

fn logarithm(pool: &mut Pool, u: ExprId) -> ExprId {
    match pool.node(u) {
        Node::Number(n) => {
            let value = pool.number_at(n);
            if value.is_one() {
                return Pool::ZERO;
            }
            if value.is_zero() {
                return Pool::UNDEFINED;
            }
            if value.is_positive() && value.numerator().is_one() {
                let inverse = value.denominator();
                let inverse = pool.number(inverse);
                let log = pool.application(FunctionId::LN, &[inverse]);
                return pool.negate(log);
            }
        }
        _ if u == Pool::E => return Pool::ONE,
        Node::Power(base, exponent) => {
            let number = pool.as_number(exponent);
            let fixed = match pool.is_complex() {
                true => {
                    number.is_some_and(|n| *n > Number::MINUS_ONE && *n <= Number::ONE)
                }
                false => number.is_some_and(|n| !n.is_even()),
            };
            let real = !pool.is_complex() || number.is_some();
            if fixed || real && pool.is_positive(base) {
                let log = logarithm(pool, base);
                return pool.product(&[exponent, log]);
            }
        }
        _ => {}
    }
    if let Some((base, order)) = odd_root(pool, u) {
        let log = logarithm(pool, base);
        return pool.product(&[order, log]);
    }
    pool.application(FunctionId::LN, &[u])
}

/// Conditions are 1 where they hold and 0 where they do not.
fn relate(pool: &mut Pool, relation: Relation, arguments: &[ExprId]) -> ExprId {
    let [a, b] = *arguments else { return Pool::UNDEFINED };
    let truth = |value: bool| if value { Pool::ONE } else { Pool::ZERO };
    match relation {
        Relation::And if a == Pool::ZERO || b == Pool::ZERO => return Pool::ZERO,
        Relation::And if a == Pool::ONE => return b,
        Relation::And if b == Pool::ONE => return a,
        Relation::Or if a == Pool::ONE || b == Pool::ONE => return Pool::ONE,
        Relation::Or if a == Pool::ZERO => return b,
        Relation::Or if b == Pool::ZERO => return a,
        Relation::And | Relation::Or => {}
        // What a comparison with itself says, wherever there is a value.
        Relation::LessEqual | Relation::Equal if a == b => return Pool::ONE,
        Relation::Less | Relation::NotEqual if a == b => return Pool::ZERO,
        _ => {
            if let (Some(x), Some(y)) = (pool.as_number(a), pool.as_number(b))
                && let Some(holds) = relation.holds(x.cmp(y))
            {
                return truth(holds);
            }
        }
    }
    pool.application(relation.function(), &[a, b])
}

/// The branch of a `piecewise` that is taken, if its conditions decide.
fn taken(pool: &Pool, arguments: &[ExprId]) -> Option<ExprId> {
    let (otherwise, branches) = arguments.split_last()?;
    for branch in branches.chunks_exact(2) {
        match pool.as_number(branch[0]) {
            Some(condition) if condition.is_zero() => {}
            Some(_) => return Some(branch[1]),
            None => return None,
        }
    }
    Some(*otherwise)
}

/// `piecewise(condition, value, …, otherwise)`: false branches fall away, a true one ends it.
/// Without an `otherwise` it is undefined where no condition holds.
fn piecewise(pool: &mut Pool, function: FunctionId, arguments: &[ExprId]) -> ExprId {
    let mut kept: Vec<ExprId> = Vec::new();
    let mut rest = arguments;
    while let [condition, value, tail @ ..] = rest {
        rest = tail;
        if *condition == Pool::ONE {
            kept.push(*value);
            rest = &[];
        } else if *condition != Pool::ZERO {
            kept.extend([*condition, *value]);
        }
    }
    kept.extend(rest);
    while let [.., before, last] = kept[..]
        && kept.len() % 2 == 1
        && before == last
    {
        kept.truncate(kept.len() - 3);
        kept.push(last);
    }
    match kept[..] {
        [] => Pool::UNDEFINED,
        [one] => one,
        [condition, value, other] => match size(pool, condition, value, other) {
            Some(size) => size,
            None => pool.application(function, &kept),
        },
        _ => pool.application(function, &kept),
    }
}

/// `piecewise(u > 0, u, -u)` as `abs(u)`, and as `-abs(u)` the other way round.
fn size(
    pool: &mut Pool,
    condition: ExprId,
    value: ExprId,
    other: ExprId,
) -> Option<ExprId> {
    let Node::Apply(relation, list) = pool.node(condition) else { return None };
    let (Some(Relation::Less | Relation::LessEqual), &[low, high]) =
        (Relation::of(relation), pool.list(list))
    else {
        return None;
    };
    if !pool.is_negative_of(value, other) {
        return None;
    }
    let gap = pool.difference(high, low);
    let is_positive = gap == value;
    if !is_positive && !pool.is_negative_of(gap, value) {
        return None;
    }
    let size = pool.absolute(gap);
    Some(if is_positive { size } else { pool.negate(size) })
}
