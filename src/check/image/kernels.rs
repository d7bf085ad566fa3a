//! Expressions over the kernels of the normal form: every function of the table is replaced
//! by its formula in powers, exponentials, logarithms, sines, cosines and inverse functions.

use crate::error::Result;
use crate::function;
use crate::kernel::{ExprId, FunctionId, Node, Number, Pool};
use crate::simplify;
use crate::syntax;
use rustc_hash::FxHashMap;

/// How many terms the exponent of an exponential may have when it is multiplied out.
const MAX_TERMS: usize = 100;
/// Arguments of logarithms above this cost are not factored.
const MAX_COST: u32 = 150;
/// The work on the factors of one argument.
const WORK: u64 = 200_000;
/// How far the argument of the gamma function is shifted.
const MAX_SHIFT: i64 = 40;

/// The same expressions over the kernels.
///
/// # Errors
/// A formula of the table that cannot be read; a test reads them all.
pub(super) fn over_kernels(pool: &mut Pool, roots: &[ExprId]) -> Result<Vec<ExprId>> {
    let plain: Vec<ExprId> = roots
        .iter()
        .map(|id| simplify::with_plain_roots(pool, *id).unwrap_or(*id))
        .collect();
    let once = rewrite(pool, &plain)?;
    // Over the complex numbers, what the first pass makes goes into exponentials.
    if pool.is_complex() { rewrite(pool, &once) } else { Ok(once) }
}

fn rewrite(pool: &mut Pool, roots: &[ExprId]) -> Result<Vec<ExprId>> {
    let mut map: FxHashMap<ExprId, ExprId> = FxHashMap::default();
    for id in pool.reachable(roots) {
        let get = |child: ExprId| map.get(&child).copied().unwrap_or(child);
        let new = match pool.node(id) {
            Node::Apply(function, list) => {
                let arguments: Vec<ExprId> =
                    pool.list(list).iter().map(|id| get(*id)).collect();
                apply(pool, function, &arguments)?
            }
            Node::Power(Pool::E, exponent) => exponential(pool, get(exponent)),
            Node::Power(base, exponent)
                if !pool.is_complex() && has_logarithm(pool, get(exponent)) =>
            {
                // Both sides of u^v = e^(v*ln(u)) ask for a positive u.
                let log = function::apply(pool, FunctionId::LN, &[get(base)]);
                let product = pool.product(&[get(exponent), log]);
                exponential(pool, product)
            }
            _ => pool.rebuild(id, get),
        };
        map.insert(id, new);
    }
    Ok(roots.iter().map(|root| map.get(root).copied().unwrap_or(*root)).collect())
}

/// An exponential; logarithms in the exponent come out of sums that are multiplied out.
fn exponential(pool: &mut Pool, exponent: ExprId) -> ExprId {
    let exponent = match pool.is_complex() || has_logarithm(pool, exponent) {
        true => simplify::expand_all(pool, exponent, MAX_TERMS).unwrap_or(exponent),
        false => exponent,
    };
    without_product_logarithms(pool, exponent)
}

/// `e^(n*lambertw(u)) = (u/lambertw(u))^n` for whole n, as `lambertw(u)*e^lambertw(u) = u`
/// (DLMF 4.13.1).
fn without_product_logarithms(pool: &mut Pool, exponent: ExprId) -> ExprId {
    let mut factors = Vec::new();
    let mut rest = Vec::new();
    for term in pool.terms(&exponent).to_vec() {
        let (coefficient, inner) = pool.coefficient(term);
        let times = coefficient.to_i64().filter(|_| coefficient.is_integer());
        match (pool.node(inner), times) {
            (Node::Apply(function, list), Some(times))
                if is_product_logarithm(function) =>
            {
                let u = pool.list(list)[0];
                let ratio = pool.quotient(u, inner);
                factors.push(pool.integer_power(ratio, times));
            }
            _ => rest.push(term),
        }
    }
    if factors.is_empty() {
        return pool.power(Pool::E, exponent);
    }
    let rest = pool.sum(&rest);
    factors.push(pool.power(Pool::E, rest));
    pool.product(&factors)
}

fn is_product_logarithm(function: FunctionId) -> bool {
    function::spec(function).name == "lambertw"
}

pub(in crate::check) fn has_logarithm(pool: &Pool, id: ExprId) -> bool {
    let is_logarithm =
        |id: &ExprId| matches!(pool.node(*id), Node::Apply(FunctionId::LN, _));
    pool.as_number(id).is_none() && pool.reachable(&[id]).iter().any(is_logarithm)
}

fn apply(pool: &mut Pool, function: FunctionId, arguments: &[ExprId]) -> Result<ExprId> {
    if !function.is_builtin() {
        return Ok(function::apply(pool, function, arguments));
    }
    if let Some(first) = pool.as_number(arguments[0]).map(Number::to_string)
        && let Some(formula) = syntax::reduction(function, &first, arguments, pool)?
    {
        return Ok(formula);
    }
    if pool.is_complex()
        && let [u] = arguments
        && let Some(formula) = over_exponentials(pool, function::spec(function).name, *u)
    {
        return Ok(formula);
    }
    // Of functions of real numbers only, nothing is known over the complex ones.
    let is_open = !pool.is_complex() || !function::needs_order(function);
    if is_open && let Some(formula) = syntax::normal(function, arguments, pool)? {
        return over_rules(pool, function, formula);
    }
    if let (FunctionId::LN, [u]) = (function, arguments)
        && !pool.is_complex()
        && matches!(pool.node(*u), Node::Sum(_))
        && pool.cost(*u) <= MAX_COST
        && let Some((factors, _)) = simplify::factor_all(pool, *u, WORK)
    {
        // The logarithm of a product is the sum of those of its factors.
        return Ok(pool.application(function, &[factors]));
    }
    match (function::spec(function).name, arguments) {
        ("floor", [u]) => return Ok(floor(pool, *u)),
        ("atan2", [v, u]) if pool.is_positive(*u) => {
            let slope = pool.quotient(*v, *u);
            return Ok(inverse_tangent(pool, slope));
        }
        ("atan2", [v, u]) if pool.is_positive(*v) => {
            let slope = pool.quotient(*u, *v);
            let rest = inverse_tangent(pool, slope);
            let quarter = pool.scale(&Number::HALF, Pool::PI);
            return Ok(pool.difference(quarter, rest));
        }
        _ => {}
    }
    match (function::spec(function).name, arguments) {
        ("gamma", [u]) => return Ok(gamma(pool, function, *u)),
        ("digamma", [u]) => return Ok(digamma(pool, function, *u)),
        _ => {}
    }
    Ok(function::apply(pool, function, arguments))
}

/// Functions in normal forms that have rules of their own here.
const RULED: [&str; 3] = ["floor", "erfc", "gamma"];

/// A normal form in which what has rules of its own is over the kernels too.
fn over_rules(pool: &mut Pool, function: FunctionId, formula: ExprId) -> Result<ExprId> {
    let normal = function::spec(function).normal.unwrap_or_default();
    match RULED.iter().any(|name| normal.contains(name)) {
        true => Ok(rewrite(pool, &[formula])?[0]),
        false => Ok(formula),
    }
}

/// Circular functions and their inverses over the complex numbers, by exponentials and
/// logarithms (DLMF 4.14.1, 4.14.2, 4.23.19, 4.23.26).
fn over_exponentials(pool: &mut Pool, name: &str, u: ExprId) -> Option<ExprId> {
    let unit = pool.imaginary_unit();
    let along = pool.product(&[unit, u]);
    let against = pool.negate(along);
    Some(match name {
        "sin" | "cos" => {
            let plus = pool.power(Pool::E, along);
            let minus = pool.power(Pool::E, against);
            if name == "cos" {
                let sum = pool.sum(&[plus, minus]);
                pool.scale(&Number::HALF, sum)
            } else {
                let difference = pool.difference(minus, plus);
                let half = pool.scale(&Number::HALF, unit);
                pool.product(&[half, difference])
            }
        }
        "arctan" => {
            let above = pool.sum(&[Pool::ONE, against]);
            let below = pool.sum(&[Pool::ONE, along]);
            let above = function::apply(pool, FunctionId::LN, &[above]);
            let below = function::apply(pool, FunctionId::LN, &[below]);
            let difference = pool.difference(above, below);
            let half = pool.scale(&Number::HALF, unit);
            pool.product(&[half, difference])
        }
        "arcsin" => {
            let square = pool.integer_power(u, 2);
            let rest = pool.difference(Pool::ONE, square);
            let root = pool.sqrt(rest);
            let whole = pool.sum(&[along, root]);
            let log = function::apply(pool, FunctionId::LN, &[whole]);
            let product = pool.product(&[unit, log]);
            pool.negate(product)
        }
        "artanh" | "arcoth" => {
            let u = if name == "artanh" { u } else { pool.power(u, Pool::MINUS_ONE) };
            let up = pool.sum(&[Pool::ONE, u]);
            let down = pool.difference(Pool::ONE, u);
            let up = function::apply(pool, FunctionId::LN, &[up]);
            let down = function::apply(pool, FunctionId::LN, &[down]);
            let difference = pool.difference(up, down);
            pool.scale(&Number::HALF, difference)
        }
        "arsech" => {
            let inverse = pool.power(u, Pool::MINUS_ONE);
            let below = pool.sum(&[inverse, Pool::MINUS_ONE]);
            let above = pool.sum(&[inverse, Pool::ONE]);
            let roots = [pool.sqrt(below), pool.sqrt(above)];
            let product = pool.product(&roots);
            let whole = pool.sum(&[inverse, product]);
            function::apply(pool, FunctionId::LN, &[whole])
        }
        "arcsch" => {
            let inverse = pool.power(u, Pool::MINUS_ONE);
            let square = pool.integer_power(inverse, 2);
            let rest = pool.sum(&[square, Pool::ONE]);
            let root = pool.sqrt(rest);
            let whole = pool.sum(&[inverse, root]);
            function::apply(pool, FunctionId::LN, &[whole])
        }
        _ => return None,
    })
}

fn inverse_tangent(pool: &mut Pool, slope: ExprId) -> ExprId {
    match function::lookup("arctan", 1) {
        Some(arctan) => function::apply(pool, arctan, &[slope]),
        None => slope,
    }
}

/// `floor(u + n) = floor(u) + n` for what is known to be a whole number.
fn floor(pool: &mut Pool, argument: ExprId) -> ExprId {
    let Some(function) = function::lookup("floor", 1) else { return argument };
    let is_whole = |id: &ExprId| {
        let (coefficient, rest) = pool.coefficient(*id);
        let is_floor = matches!(pool.node(rest), Node::Apply(f, _) if f == function);
        pool.is_integer(*id) || coefficient.is_integer() && is_floor
    };
    let (mut whole, rest): (Vec<ExprId>, Vec<ExprId>) =
        pool.terms(&argument).iter().partition(|id| is_whole(id));
    let mut rest = rest;
    if let Some(last) = rest.last_mut()
        && let Some(n) = pool.as_number(*last).cloned()
    {
        whole.push(pool.number(n.floor()));
        *last = pool.number(n.sub(&n.floor()));
    }
    let rest = pool.sum(&rest);
    whole.push(function::apply(pool, function, &[rest]));
    pool.sum(&whole)
}

/// Arguments of gamma and digamma with a whole number taken out of the numeric term, so that it
/// lies between 0 and 1; `None` where there is none, or too great a one.
fn shift(pool: &Pool, argument: ExprId) -> Option<i64> {
    let Node::Sum(list) = pool.node(argument) else { return None };
    let last = pool.list(list).last().copied();
    let constant = last.and_then(|id| pool.as_number(id))?;
    let shift = constant.floor().to_i64()?;
    (shift != 0 && shift.abs() <= MAX_SHIFT).then_some(shift)
}

/// `gamma(u + n) = (u + n - 1)…u*gamma(u)` (DLMF 5.5.1).
fn gamma(pool: &mut Pool, function: FunctionId, argument: ExprId) -> ExprId {
    let Some(shift) = shift(pool, argument) else {
        return function::apply(pool, function, &[argument]);
    };
    let (base, steps) = steps(pool, argument, shift);
    let mut factors = vec![function::apply(pool, function, &[base])];
    for step in steps {
        let is_above = shift > 0;
        factors.push(if is_above { step } else { pool.power(step, Pool::MINUS_ONE) });
    }
    pool.product(&factors)
}

/// `digamma(u + n) = 1/(u + n - 1) + … + 1/u + digamma(u)` (DLMF 5.5.2).
fn digamma(pool: &mut Pool, function: FunctionId, argument: ExprId) -> ExprId {
    let Some(shift) = shift(pool, argument) else {
        return function::apply(pool, function, &[argument]);
    };
    let (base, steps) = steps(pool, argument, shift);
    let mut terms = vec![function::apply(pool, function, &[base])];
    for step in steps {
        let inverse = pool.power(step, Pool::MINUS_ONE);
        terms.push(if shift > 0 { inverse } else { pool.negate(inverse) });
    }
    pool.sum(&terms)
}

/// An argument without its whole number, and what lies between the two in steps of 1.
fn steps(pool: &mut Pool, argument: ExprId, shift: i64) -> (ExprId, Vec<ExprId>) {
    let mut at = |k: i64| {
        let k = pool.number(Number::from(k));
        pool.sum(&[argument, k])
    };
    let base = at(-shift);
    let range = if shift > 0 { (-shift)..0 } else { 0..(-shift) };
    (base, range.map(at).collect())
}
