//! Powers multiplied into sums in which they occur.

use super::collect::keep;
use crate::kernel::{ExprId, Node, Number, Pool};
use smallvec::SmallVec;

/// Sums of more terms are left alone.
const MAX_TERMS: usize = 6;

/// Whether a node is a product with a sum and a power that is no whole one.
pub(super) fn may_absorb(pool: &Pool, id: ExprId) -> bool {
    if !matches!(pool.node(id), Node::Product(_) | Node::Multiple(..)) {
        return false;
    }
    let (_, rest) = pool.coefficient(id);
    let (mut has_sum, mut has_power) = (false, false);
    for factor in pool.factors(&rest) {
        let (base, exponent) = pool.base(*factor);
        match pool.as_number(exponent).is_some_and(Number::is_integer) {
            true => has_sum |= matches!(pool.node(base), Node::Sum(_)),
            false => has_power = true,
        }
    }
    has_sum && has_power
}

/// `e^(-3*x)*(e^(2*x) - 1)^3` as `(e^x - e^(-x))^3`, `1/(sqrt(x)*(a*sqrt(x) + b))` as
/// `1/(a*x + b*sqrt(x))`: a power that occurs in a sum is multiplied into it. The cheapest way
/// that is found; `None` when there is none.
pub(super) fn with_power_inside(pool: &mut Pool, id: ExprId) -> Option<ExprId> {
    let (coefficient, rest) = pool.coefficient(id);
    let coefficient = coefficient.clone();
    let factors: SmallVec<[ExprId; 8]> = SmallVec::from_slice(pool.factors(&rest));
    let mut best: Option<ExprId> = None;
    for (place, factor) in factors.iter().enumerate() {
        let (base, exponent) = pool.base(*factor);
        let number = pool.as_number(exponent).cloned();
        let is_symbolic = number.is_none() && pool.is_positive(base);
        if !is_symbolic && number.as_ref().is_none_or(Number::is_integer) {
            continue;
        }
        for (at, other) in factors.iter().enumerate() {
            let (sum, n) = pool.base(*other);
            let Node::Sum(list) = pool.node(sum) else { continue };
            let Some(n) = pool.as_number(n).and_then(Number::to_i64) else { continue };
            // What is below the bar stays there, and so does what is above it.
            let fits = match &number {
                None => n != 0,
                Some(number) => n.abs() == 1 && number.is_negative() == (n < 0),
            };
            let has_base = |term: &ExprId| {
                let (_, rest) = pool.coefficient(*term);
                pool.factors(&rest).iter().any(|part| {
                    let (own, power) = pool.base(*part);
                    own == base && !pool.as_number(power).is_some_and(Number::is_integer)
                })
            };
            let is_short = list.len as usize <= MAX_TERMS;
            if at == place || !fits || !is_short || !pool.list(list).iter().any(has_base)
            {
                continue;
            }
            let terms: SmallVec<[ExprId; 4]> = SmallVec::from_slice(pool.list(list));
            let Some(share) = Number::ratio(1, n) else { continue };
            let inner = pool.scale(&share, exponent);
            let inner = pool.power(base, inner);
            let moved: SmallVec<[ExprId; 4]> =
                terms.iter().map(|term| pool.product(&[*term, inner])).collect();
            if is_symbolic && is_turned(pool, &terms, &moved) {
                continue;
            }
            let sum = pool.sum(&moved);
            let mut others: SmallVec<[ExprId; 8]> = factors.clone();
            others[at] = pool.integer_power(sum, n);
            others[place] = Pool::ONE;
            let inside = pool.product_with(coefficient.clone(), &others);
            match &mut best {
                Some(best) => keep(pool, best, inside),
                None => best = Some(inside),
            }
        }
    }
    best
}

/// Whether exponents get a minus and a number is left beside them: `e^x/(e^x + 1)` stays, as
/// `1/(e^(-x) + 1)` is no simpler.
fn is_turned(pool: &Pool, before: &[ExprId], after: &[ExprId]) -> bool {
    let is_turned = |term: &&ExprId| {
        let (_, rest) = pool.coefficient(**term);
        pool.factors(&rest).iter().any(|factor| match pool.node(*factor) {
            Node::Power(_, exponent) => pool.leads_negative(exponent),
            _ => false,
        })
    };
    let count = |terms: &[ExprId]| terms.iter().filter(is_turned).count();
    let has_number = after.iter().any(|term| pool.as_number(*term).is_some());
    has_number && count(after) > count(before)
}
