//! Constants over the complex numbers: exact arithmetic on `a + b*i` with rational parts, and
//! the values of powers, logarithms and functions where they are such numbers or have a
//! textbook form.

use super::special::exact_value as exact_value_at;
use crate::evaluate::Range;
use crate::function;
use crate::kernel::{ExprId, FunctionId, Node, Number, Pool, Relation};
use rustc_hash::FxHashMap;
use smallvec::SmallVec;

/// The highest power that is multiplied out.
const MAX_POWER: i64 = 4096;
/// Parts of a half turn at which exponentials are written out.
const PARTS: [i64; 5] = [1, 2, 3, 4, 6];

/// A number `a + b*i` with rational a and b.
type Gaussian = (Number, Number);

/// What is known of a constant.
#[derive(Clone)]
enum Exact {
    Value(Gaussian),
    /// It is a division by 0, or what compares numbers that are not real.
    Undefined,
}

fn multiply(x: &Gaussian, y: &Gaussian) -> Gaussian {
    let real = x.0.mul(&y.0).sub(&x.1.mul(&y.1));
    (real, x.0.mul(&y.1).add(&x.1.mul(&y.0)))
}

fn norm(x: &Gaussian) -> Number {
    x.0.mul(&x.0).add(&x.1.mul(&x.1))
}

/// The most binary digits of a part of a power.
const MAX_BITS: u64 = 600_000;

/// A whole power; `None` for a division by 0, and for what is too long.
fn power(x: &Gaussian, n: i64) -> Option<Gaussian> {
    let bits = x.0.bits().max(x.1.bits());
    if bits.saturating_mul(n.unsigned_abs()) > MAX_BITS {
        return None;
    }
    let mut result = (Number::ONE, Number::ZERO);
    for _ in 0..n.unsigned_abs() {
        result = multiply(&result, x);
    }
    if n >= 0 {
        return Some(result);
    }
    let inverse = norm(&result).recip()?;
    Some((result.0.mul(&inverse), result.1.neg().mul(&inverse)))
}

/// The principal square root where it has rational parts.
fn root(x: &Gaussian) -> Option<Gaussian> {
    let exact = |n: &Number| match n.is_zero() {
        true => Some(Number::ZERO),
        false => {
            let (top, bottom) = (n.numerator(), n.denominator());
            Some(top.exact_root(2)?.mul(&bottom.exact_root(2)?.recip()?))
        }
    };
    let size = exact(&norm(x))?;
    let re = exact(&size.add(&x.0).mul(&Number::HALF))?;
    let im = exact(&size.sub(&x.0).mul(&Number::HALF))?;
    Some((re, if x.1.is_negative() { im.neg() } else { im }))
}

/// An expression over the complex numbers with its constants in their exact values: what is
/// defined nowhere is undefined.
pub fn settled(pool: &mut Pool, root: ExprId) -> ExprId {
    let mut exact: FxHashMap<ExprId, Exact> = FxHashMap::default();
    let mut map: FxHashMap<ExprId, ExprId> = FxHashMap::default();
    for id in pool.reachable(&[root]) {
        let rebuilt = function::rebuild(pool, id, |child| {
            map.get(&child).copied().unwrap_or(child)
        });
        let new = match pool.is_constant(rebuilt) {
            true => settled_node(pool, rebuilt, &mut exact),
            false => rebuilt,
        };
        map.insert(id, new);
    }
    map.get(&root).copied().unwrap_or(root)
}

/// A constant whose operands are settled.
fn settled_node(
    pool: &mut Pool,
    id: ExprId,
    exact: &mut FxHashMap<ExprId, Exact>,
) -> ExprId {
    let parts = pool.reachable(&[id]);
    for part in parts {
        if !exact.contains_key(&part)
            && let Some(value) = exact_value(pool, part, exact)
        {
            exact.insert(part, value);
        }
    }
    match exact.get(&id) {
        Some(Exact::Undefined) => return Pool::UNDEFINED,
        Some(Exact::Value(value)) => {
            let value = value.clone();
            return written(pool, &value);
        }
        None => {}
    }
    let known = |id: &ExprId| match exact.get(id) {
        Some(Exact::Value(value)) => Some(value.clone()),
        _ => None,
    };
    let found = match pool.node(id) {
        Node::Apply(FunctionId::ABS, list) => {
            let argument = pool.list(list)[0];
            match known(&argument) {
                Some(value) => {
                    let square = pool.number(norm(&value));
                    Some(pool.sqrt(square))
                }
                None if function::is_surely_real(pool, argument) => {
                    match Range::of(pool, argument).side() {
                        1 => Some(argument),
                        -1 => Some(pool.negate(argument)),
                        _ => None,
                    }
                }
                None => None,
            }
        }
        Node::Apply(FunctionId::LN, list) => {
            let argument = pool.list(list)[0];
            let (coefficient, rest) = pool.coefficient(argument);
            let mut value = (coefficient.clone(), Number::ZERO);
            let mut others: SmallVec<[ExprId; 4]> = SmallVec::new();
            for factor in pool.factors(&rest) {
                match known(factor) {
                    Some(factor) => value = multiply(&value, &factor),
                    None => others.push(*factor),
                }
            }
            let is_open = others.iter().any(|factor| !pool.is_positive(*factor));
            let is_positive = value.0.is_positive() && value.1.is_zero();
            match is_open || is_positive && !others.is_empty() {
                true => None,
                false => {
                    let log = logarithm(pool, &value);
                    log.map(|log| {
                        let rest = pool.product(&others);
                        let rest = function::apply(pool, FunctionId::LN, &[rest]);
                        pool.sum(&[log, rest])
                    })
                }
            }
        }
        Node::Apply(function, list) if function.is_builtin() && list.len == 1 => {
            let argument = pool.list(list)[0];
            turned(pool, function, argument)
        }
        Node::Power(base, exponent) if base == Pool::E => exponential(pool, exponent),
        Node::Power(base, exponent) if pool.as_number(exponent).is_none() => {
            let value =
                known(&base).filter(|value| value.0.is_negative() || !value.1.is_zero());
            value.and_then(|value| {
                let log = logarithm(pool, &value)?;
                let terms: SmallVec<[ExprId; 4]> = SmallVec::from_slice(pool.terms(&log));
                let products: SmallVec<[ExprId; 4]> =
                    terms.iter().map(|term| pool.product(&[exponent, *term])).collect();
                let whole = pool.sum(&products);
                Some(pool.power(Pool::E, whole))
            })
        }
        _ => None,
    };
    match found {
        Some(found) if found != id => found,
        _ => id,
    }
}

/// The exact value of a constant whose operands are known.
fn exact_value(
    pool: &Pool,
    id: ExprId,
    exact: &FxHashMap<ExprId, Exact>,
) -> Option<Exact> {
    let get = |id: &ExprId| match exact.get(id) {
        Some(Exact::Value(value)) => Some(value.clone()),
        _ => None,
    };
    let is_undefined = |id: &ExprId| matches!(exact.get(id), Some(Exact::Undefined));
    let mut operands: SmallVec<[ExprId; 8]> = SmallVec::new();
    pool.each_operand(id, |operand| operands.push(operand));
    if operands.iter().any(is_undefined) {
        return Some(Exact::Undefined);
    }
    let real = |n: Number| (n, Number::ZERO);
    Some(Exact::Value(match pool.node(id) {
        Node::Number(n) => real(pool.number_at(n).clone()),
        Node::Sum(list) => {
            pool.list(list).iter().try_fold(real(Number::ZERO), |sum, term| {
                let term = get(term)?;
                Some((sum.0.add(&term.0), sum.1.add(&term.1)))
            })?
        }
        Node::Product(list) => {
            pool.list(list).iter().try_fold(real(Number::ONE), |all, factor| {
                Some(multiply(&all, &get(factor)?))
            })?
        }
        Node::Multiple(n, rest) => {
            multiply(&real(pool.number_at(n).clone()), &get(&rest)?)
        }
        Node::Power(base, exponent) => {
            let (base, n) = (get(&base)?, pool.as_number(exponent)?);
            if *n == Number::HALF {
                return root(&base).map(Exact::Value);
            }
            if n.is_negative() && norm(&base).is_zero() {
                return Some(Exact::Undefined);
            }
            let n = n.to_i64().filter(|n| n.abs() <= MAX_POWER)?;
            power(&base, n)?
        }
        Node::Apply(function, list) => {
            let arguments = pool.list(list);
            let is_zero =
                |id: &ExprId| get(id).is_some_and(|value| norm(&value).is_zero());
            let is_beside = |id: &ExprId| get(id).is_some_and(|value| !value.1.is_zero());
            return match Relation::of(function) {
                Some(
                    Relation::Equal | Relation::NotEqual | Relation::And | Relation::Or,
                ) => None,
                Some(_) => arguments.iter().any(is_beside).then_some(Exact::Undefined),
                None if function == FunctionId::ABS => None,
                None if function == FunctionId::LN => {
                    is_zero(&arguments[0]).then_some(Exact::Undefined)
                }
                None if !function.is_builtin() => None,
                None if function::is_conditional(function) => None,
                None if function::needs_order(function) => {
                    arguments.iter().any(is_beside).then_some(Exact::Undefined)
                }
                None => None,
            };
        }
        _ => return None,
    }))
}

fn written(pool: &mut Pool, value: &Gaussian) -> ExprId {
    let unit = pool.imaginary_unit();
    let imaginary = pool.scale(&value.1, unit);
    let real = pool.number(value.0.clone());
    pool.sum(&[real, imaginary])
}

/// The principal logarithm of a number on an axis or halfway between two.
fn logarithm(pool: &mut Pool, value: &Gaussian) -> Option<ExprId> {
    let (re, im) = value;
    let eighths = match (re.is_zero(), im.is_zero()) {
        (false, true) if re.is_negative() => 4,
        (false, true) => 0,
        (true, false) => 2,
        (false, false) if re.abs() == im.abs() => {
            if re.is_negative() {
                3
            } else {
                1
            }
        }
        _ => return None,
    };
    let eighths = if im.is_negative() { -eighths } else { eighths };
    let square = pool.number(norm(value));
    let size = pool.sqrt(square);
    if eighths == 0 {
        return Some(function::apply(pool, FunctionId::LN, &[size]));
    }
    let real = function::apply(pool, FunctionId::LN, &[size]);
    let unit = pool.imaginary_unit();
    let turn = pool.product(&[unit, Pool::PI]);
    let turn = pool.scale(&Number::ratio(eighths, 4)?, turn);
    Some(pool.sum(&[real, turn]))
}

/// `e^(u + i*pi*q)` as `e^u*(cos(pi*q) + i*sin(pi*q))` where these have short values.
fn exponential(pool: &mut Pool, exponent: ExprId) -> Option<ExprId> {
    let unit = pool.imaginary_unit();
    let turn = pool.product(&[unit, Pool::PI]);
    let terms: SmallVec<[ExprId; 4]> = SmallVec::from_slice(pool.terms(&exponent));
    let place = terms.iter().position(|term| pool.coefficient(*term).1 == turn)?;
    let half_turns = pool.coefficient(terms[place]).0.clone();
    if !PARTS.iter().any(|n| half_turns.denominator() == Number::from(*n)) {
        return None;
    }
    let others: SmallVec<[ExprId; 4]> =
        (0..terms.len()).filter(|k| *k != place).map(|k| terms[k]).collect();
    let angle = pool.scale(&half_turns, Pool::PI);
    let [cosine, sine] = ["cos", "sin"].map(|name| {
        let function = function::lookup(name, 1)?;
        exact_value_at(pool, function, &[angle])
    });
    let along = pool.product(&[unit, sine?]);
    let point = pool.sum(&[cosine?, along]);
    let rest = pool.sum(&others);
    let size = pool.power(Pool::E, rest);
    Some(pool.product(&[size, point]))
}

/// Circular and hyperbolic functions of the imaginary unit times a real constant.
fn turned(pool: &mut Pool, function: FunctionId, argument: ExprId) -> Option<ExprId> {
    let (name, is_odd) = match function::spec(function).name {
        "sin" => ("sinh", true),
        "sinh" => ("sin", true),
        "tan" => ("tanh", true),
        "tanh" => ("tan", true),
        "cos" => ("cosh", false),
        "cosh" => ("cos", false),
        _ => return None,
    };
    let unit = pool.imaginary_unit();
    if !pool.factors(&pool.coefficient(argument).1).contains(&unit) {
        return None;
    }
    let inverse = pool.power(unit, Pool::MINUS_ONE);
    let real = pool.product(&[argument, inverse]);
    if !function::is_surely_real(pool, real) {
        return None;
    }
    let value = function::apply(pool, function::lookup(name, 1)?, &[real]);
    Some(if is_odd { pool.product(&[unit, value]) } else { value })
}
