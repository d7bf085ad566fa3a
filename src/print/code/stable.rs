//! Formulas in a form that does not overflow on the way to a value that is no large number.
//!
//! `e^x - 1` is `expm1(x)` and `ln(1 + x)` is `log1p(x)`, which keep their digits near 0;
//! `e^x/(e^x + 1)` is `1/(1 + e^(-x))`, `ln(e^x + e^y)` is `y + softplus(x - y)`, and
//! `sinh(x)/cosh(x)^3` is `tanh(x)/cosh(x)^2`: exact identities, so that the value is the same where both have one in doubles.

use crate::function;
use crate::kernel::{ExprId, FunctionId, Node, Number, Pool};
use crate::syntax;
use rustc_hash::FxHashMap;

/// Quotients of two functions that are a third one.
const RATIOS: [[&str; 3]; 2] = [["sinh", "cosh", "tanh"], ["cosh", "sinh", "coth"]];

/// Sums of more powers of e are left as they are.
const MOST: usize = 8;

/// The same formula in a form that overflows later.
pub fn stable(pool: &mut Pool, root: ExprId) -> ExprId {
    // Over the complex numbers a logarithm has branches.
    if pool.is_complex() {
        return root;
    }
    let root = rewritten(pool, root, root_of_order);
    // Quotients see sums of powers as they are typed.
    let root = rewritten(pool, root, overflowing_later);
    rewritten(pool, root, keeping_digits)
}

/// A formula in which nodes are replaced, the innermost first.
fn rewritten(
    pool: &mut Pool,
    root: ExprId,
    better: fn(&mut Pool, ExprId) -> Option<ExprId>,
) -> ExprId {
    let mut found: FxHashMap<ExprId, ExprId> = FxHashMap::default();
    for id in pool.reachable(&[root]) {
        let new = function::rebuild(pool, id, |id| found.get(&id).copied().unwrap_or(id));
        let new = better(pool, new).unwrap_or(new);
        found.insert(id, new);
    }
    found.get(&root).copied().unwrap_or(root)
}

/// A root of an order that is a number by the powers that it is.
fn root_of_order(pool: &mut Pool, id: ExprId) -> Option<ExprId> {
    let Node::Apply(function, list) = pool.node(id) else { return None };
    let arguments = pool.list(list).to_vec();
    let is_root = function::lookup("root", 2) == Some(function);
    let is_known = arguments.last().is_some_and(|order| pool.as_number(*order).is_some());
    if !is_root || !is_known {
        return None;
    }
    syntax::normal(function, &arguments, pool).ok().flatten()
}

fn overflowing_later(pool: &mut Pool, id: ExprId) -> Option<ExprId> {
    match pool.node(id) {
        Node::Apply(FunctionId::LN, list) => {
            let inside = pool.list(list)[0];
            logarithm(pool, inside)
        }
        Node::Product(list) => {
            let factors = pool.list(list).to_vec();
            quotient(pool, &factors).or_else(|| ratio(pool, &factors))
        }
        _ => None,
    }
}

fn keeping_digits(pool: &mut Pool, id: ExprId) -> Option<ExprId> {
    match pool.node(id) {
        Node::Apply(FunctionId::LN, list) => {
            let inside = pool.list(list)[0];
            near_one(pool, inside)
        }
        Node::Sum(_) => less_one(pool, id),
        _ => None,
    }
}

/// The terms of a sum of multiples of powers of e, of which numbers are some: coefficient and
/// exponent.
fn powers(pool: &Pool, sum: ExprId) -> Option<Vec<(Number, ExprId)>> {
    let Node::Sum(list) = pool.node(sum) else { return None };
    let terms = pool.list(list);
    if terms.len() > MOST {
        return None;
    }
    let power = |term: &ExprId| match pool.as_number(*term) {
        Some(n) => Some((n.clone(), Pool::ZERO)),
        None => {
            let (n, rest) = pool.coefficient(*term);
            Some((n.clone(), exponent(pool, rest)?))
        }
    };
    terms.iter().map(power).collect()
}

/// The exponent of a power of e.
fn exponent(pool: &Pool, id: ExprId) -> Option<ExprId> {
    match pool.node(id) {
        Node::Power(base, exponent) if base == Pool::E => Some(exponent),
        _ => (id == Pool::ONE).then_some(Pool::ZERO),
    }
}

/// The logarithm of a sum of powers of e, one after the other.
fn logarithm(pool: &mut Pool, sum: ExprId) -> Option<ExprId> {
    let all = powers(pool, sum)?;
    let mut all: Vec<ExprId> =
        all.into_iter().map(|(n, id)| n.is_one().then_some(id)).collect::<Option<_>>()?;
    let softplus = function::lookup("softplus", 1)?;
    // A constant first: the rest is compared with it.
    all.sort_by_key(|id| *id != Pool::ZERO);
    let mut all = all.into_iter();
    let first = all.next()?;
    Some(all.fold(first, |so_far, next| {
        let gap = pool.difference(next, so_far);
        let more = function::apply(pool, softplus, &[gap]);
        pool.sum(&[so_far, more])
    }))
}

/// The logarithm of 1 and something as a function of that, which keeps its digits near 0.
fn near_one(pool: &mut Pool, sum: ExprId) -> Option<ExprId> {
    let Node::Sum(list) = pool.node(sum) else { return None };
    let rest = match *pool.list(list) {
        [Pool::ONE, rest] | [rest, Pool::ONE] => rest,
        _ => return None,
    };
    Some(function::apply(pool, function::lookup("log1p", 1)?, &[rest]))
}

/// A power of e less 1 as a function of the exponent, which keeps its digits near 0.
fn less_one(pool: &mut Pool, sum: ExprId) -> Option<ExprId> {
    let [(n, a), (m, b)] = powers(pool, sum)?.try_into().ok()?;
    let (sign, inside, constant) = match (a == Pool::ZERO, b == Pool::ZERO) {
        (false, true) => (n, a, m),
        (true, false) => (m, b, n),
        _ => return None,
    };
    if constant != sign.neg() || !(sign.is_one() || constant.is_one()) {
        return None;
    }
    let power = function::apply(pool, function::lookup("expm1", 1)?, &[inside]);
    Some(pool.scale(&sign, power))
}

/// A product of `e^a` with a negative power of a sum in which `e^a`, a root of it or its square
/// is a term: the sum divided by that.
fn quotient(pool: &mut Pool, factors: &[ExprId]) -> Option<ExprId> {
    let above = |id: &ExprId| exponent(pool, *id).filter(|a| *a != Pool::ZERO);
    let (place, above) =
        factors.iter().enumerate().find_map(|(place, id)| Some((place, above(id)?)))?;
    let square = pool.scale(&Number::from(2), above);
    for (at, factor) in factors.iter().enumerate() {
        let Node::Power(sum, power) = pool.node(*factor) else { continue };
        let count = pool.as_number(power).and_then(Number::to_i64);
        let Some(count) = count.filter(|n| (-8..0).contains(n)).map(|n| -n) else {
            continue;
        };
        let Some(all) = powers(pool, sum) else { continue };
        // Terms of two signs may both grow beyond all doubles, but for one and a constant.
        let is_steady = all.iter().all(|(n, _)| !n.is_negative());
        if !is_steady && all.len() > 2 {
            continue;
        }
        let has_constant = all.iter().any(|(_, id)| *id == Pool::ZERO);
        for (_, term) in all.iter().filter(|(_, term)| *term != Pool::ZERO) {
            let times = (1..=count).find(|n| {
                let multiple = pool.scale(&Number::from(*n), *term);
                multiple == above
            });
            let is_square = *term == square && (is_steady || has_constant);
            let (divisor, times) = match times {
                Some(times) => (*term, times),
                None if is_square => (above, 1),
                None => continue,
            };
            let terms: Vec<ExprId> = all
                .iter()
                .map(|(n, other)| {
                    let gap = pool.difference(*other, divisor);
                    let power = pool.power(Pool::E, gap);
                    pool.scale(n, power)
                })
                .collect();
            let divided = pool.sum(&terms);
            let mut list: Vec<ExprId> = factors.to_vec();
            list[place] = pool.integer_power(divided, -times);
            list[at] = pool.integer_power(sum, times - count);
            return Some(pool.product(&list));
        }
    }
    None
}

/// A product of powers of two functions of the same, whose quotient is a third one.
fn ratio(pool: &mut Pool, factors: &[ExprId]) -> Option<ExprId> {
    for names in RATIOS {
        let [over, under, whole] = names.map(|name| function::lookup(name, 1));
        let (over, under, whole) = (over?, under?, whole?);
        let part = |id: &ExprId| {
            let (base, power) = pool.base(*id);
            let Node::Apply(function, list) = pool.node(base) else { return None };
            let power = pool.as_number(power).and_then(Number::to_i64)?;
            Some((function, *pool.list(list).first()?, base, power))
        };
        let parts: Vec<_> = factors.iter().map(part).collect();
        let of = |function: FunctionId, is_above: bool| {
            let parts = parts.iter().copied().enumerate();
            parts.filter_map(move |(place, part)| {
                let (own, inside, base, power) = part?;
                let is_it = own == function && (power > 0) == is_above;
                is_it.then_some((place, inside, base, power))
            })
        };
        let pairs = of(over, true).flat_map(|a| of(under, false).map(move |b| (a, b)));
        let Some((above, below)) = pairs.into_iter().find(|(a, b)| a.1 == b.1) else {
            continue;
        };
        let times = above.3.min(below.3.saturating_neg());
        let mut list = factors.to_vec();
        list[above.0] = pool.integer_power(above.2, above.3 - times);
        list[below.0] = pool.integer_power(below.2, below.3 + times);
        let quotient = function::apply(pool, whole, &[above.1]);
        list.push(pool.integer_power(quotient, times));
        return Some(pool.product(&list));
    }
    None
}
