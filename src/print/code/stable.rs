//! Formulas in a form that does not overflow on the way to a value that is no large number.
//!
//! `e^x/(e^x + 1)` is `1/(1 + e^(-x))`, and `ln(e^x + e^y)` is `y + softplus(x - y)`: exact
//! identities, so that the value is the same where both have one in doubles.

use crate::function;
use crate::kernel::{ExprId, FunctionId, Node, Number, Pool};
use rustc_hash::FxHashMap;

/// Sums of more powers of e are left as they are.
const MOST: usize = 8;

/// The same formula in a form that overflows later.
pub fn stable(pool: &mut Pool, root: ExprId) -> ExprId {
    // Over the complex numbers a logarithm has branches.
    if pool.is_complex() {
        return root;
    }
    let mut found: FxHashMap<ExprId, ExprId> = FxHashMap::default();
    for id in pool.reachable(&[root]) {
        let new = function::rebuild(pool, id, |id| found.get(&id).copied().unwrap_or(id));
        let new = match pool.node(new) {
            Node::Apply(FunctionId::LN, list) => {
                let inside = pool.list(list)[0];
                logarithm(pool, inside).unwrap_or(new)
            }
            Node::Product(list) => {
                let factors = pool.list(list).to_vec();
                quotient(pool, &factors).unwrap_or(new)
            }
            _ => new,
        };
        found.insert(id, new);
    }
    found.get(&root).copied().unwrap_or(root)
}

/// The exponents of a sum of powers of e, of which 1 is one.
fn exponents(pool: &Pool, sum: ExprId) -> Option<Vec<ExprId>> {
    let Node::Sum(list) = pool.node(sum) else { return None };
    let terms = pool.list(list);
    if terms.len() > MOST {
        return None;
    }
    terms.iter().map(|term| exponent(pool, *term)).collect()
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
    let mut all = exponents(pool, sum)?;
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

/// A product of `e^a` with a negative power of a sum in which `e^a`, or a root of it, is a
/// term: the sum divided by that.
fn quotient(pool: &mut Pool, factors: &[ExprId]) -> Option<ExprId> {
    let above = |id: &ExprId| exponent(pool, *id).filter(|a| *a != Pool::ZERO);
    let (place, above) =
        factors.iter().enumerate().find_map(|(place, id)| Some((place, above(id)?)))?;
    for (at, factor) in factors.iter().enumerate() {
        let Node::Power(sum, power) = pool.node(*factor) else { continue };
        let count = pool.as_number(power).and_then(Number::to_i64);
        let Some(count) = count.filter(|n| (-8..0).contains(n)).map(|n| -n) else {
            continue;
        };
        let Some(all) = exponents(pool, sum) else { continue };
        for term in all.iter().filter(|term| **term != Pool::ZERO) {
            let times = (1..=count).find(|n| {
                let multiple = pool.scale(&Number::from(*n), *term);
                multiple == above
            });
            let Some(times) = times else { continue };
            let terms: Vec<ExprId> = all
                .iter()
                .map(|other| {
                    let gap = pool.difference(*other, *term);
                    pool.power(Pool::E, gap)
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
