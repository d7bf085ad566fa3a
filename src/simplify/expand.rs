//! Multiplying out.

use crate::function;
use crate::kernel::{ExprId, MAX_BITS, Node, Number, Pool};
use rustc_hash::{FxHashMap, FxHashSet};
use smallvec::SmallVec;

/// How many products may be formed for each term that is allowed.
const WORK_PER_TERM: usize = 8;

/// The most work on one term: products of long numbers count for more.
const MAX_WORK: u64 = 1_000_000;
/// The most products that are formed for one term.
const MAX_PRODUCTS: usize = 120_000;

/// Higher powers of a sum of two go by the binomial theorem rather than factor by factor.
const LONG_ROW: u64 = 8;

/// The expression with products and whole powers of sums multiplied out at the top, or
/// `None` when nothing is to be done or more than `limit` terms would come out on the way.
pub(super) fn expand(pool: &mut Pool, id: ExprId, limit: usize) -> Option<ExprId> {
    expand_below(pool, id, limit, u32::MAX)
}

/// The same, or `None` when it is sure before the end that the cost is no less than `cost`.
pub(super) fn expand_below(
    pool: &mut Pool,
    id: ExprId,
    limit: usize,
    cost: u32,
) -> Option<ExprId> {
    let mut result = None;
    loop {
        match expand_once(pool, result.unwrap_or(id), limit, cost) {
            Step::Next(next) => result = Some(next),
            Step::End => return result,
            Step::Dear => return None,
        }
    }
}

/// A step of multiplying out.
enum Step {
    Next(ExprId),
    /// Nothing is left to do, or too much.
    End,
    /// The result would cost too much.
    Dear,
}

fn expand_once(pool: &mut Pool, id: ExprId, limit: usize, cost: u32) -> Step {
    let terms: SmallVec<[ExprId; 8]> = SmallVec::from_slice(pool.terms(&id));
    let mut all: Vec<(Number, ExprId)> = Vec::with_capacity(terms.len());
    let mut changed = false;
    for term in terms {
        match expand_term(pool, term, limit) {
            Some(Some(parts)) => {
                changed = true;
                all.extend(parts);
            }
            Some(None) => all.push((Number::ONE, term)),
            None => return Step::End,
        }
        if all.len() > limit {
            return Step::End;
        }
    }
    if !changed {
        return Step::End;
    }
    if cost < u32::MAX && least_cost(pool, &all) >= cost {
        return Step::Dear;
    }
    Step::Next(pool.weighted_sum(&all))
}

/// What a sum of terms costs at least, 0 when it is not known: when terms may be like ones,
/// or there is more to multiply out.
fn least_cost(pool: &Pool, terms: &[(Number, ExprId)]) -> u32 {
    let mut seen: SmallVec<[ExprId; 24]> = SmallVec::new();
    let mut cost = (terms.len() as u32).saturating_sub(1);
    for (_, id) in terms {
        let (_, rest) = pool.coefficient(*id);
        let rest = if pool.as_number(rest).is_some() { Pool::ONE } else { rest };
        let open =
            pool.factors(&rest).iter().any(|factor| sum_power(pool, *factor).is_some());
        if open || !pool.is_own_kind(rest) || seen.contains(&rest) {
            return 0;
        }
        seen.push(rest);
        cost = cost.saturating_add(pool.cost(rest));
    }
    cost
}

/// Multiplies out everywhere below an expression; `None` when the limit is passed.
pub fn expand_all(pool: &mut Pool, id: ExprId, limit: usize) -> Option<ExprId> {
    MultipliedOut::new(limit).of(pool, id)
}

/// What came of multiplying out everywhere below expressions, each node once.
#[derive(Debug)]
pub(super) struct MultipliedOut {
    limit: usize,
    known: FxHashMap<ExprId, ExprId>,
    /// What came to more terms than are allowed.
    long: FxHashSet<ExprId>,
}

impl MultipliedOut {
    /// Nothing yet, with so many terms at most.
    pub(super) fn new(limit: usize) -> Self {
        Self { limit, known: FxHashMap::default(), long: FxHashSet::default() }
    }

    /// As [`expand_all`].
    pub(super) fn of(&mut self, pool: &mut Pool, id: ExprId) -> Option<ExprId> {
        let (known, long) = (&self.known, &self.long);
        let is_new = |id: ExprId| !known.contains_key(&id) && !long.contains(&id);
        for node in pool.reachable_where(&[id], is_new) {
            let mut is_long = false;
            pool.each_operand(node, |operand| is_long |= self.long.contains(&operand));
            if is_long {
                self.long.insert(node);
                continue;
            }
            let get = |child: ExprId| self.known.get(&child).copied().unwrap_or(child);
            let mut new = function::rebuild(pool, node, get);
            if is_expandable(pool, new) {
                match expand(pool, new, self.limit) {
                    Some(expanded) => new = expanded,
                    None if has_sum_factor(pool, new) => {
                        self.long.insert(node);
                        return None;
                    }
                    None => {}
                }
            }
            self.known.insert(node, new);
        }
        self.known.get(&id).copied()
    }
}

/// Whether a term still has a sum to multiply out.
pub(super) fn has_sum_factor(pool: &Pool, id: ExprId) -> bool {
    pool.terms(&id).iter().any(|term| {
        let (_, rest) = pool.coefficient(*term);
        pool.factors(&rest).iter().any(|factor| match sum_power(pool, *factor) {
            Some((_, power)) => {
                power > 1 || pool.factors(&rest).len() > 1 || rest != *term
            }
            None => false,
        })
    })
}

fn is_expandable(pool: &Pool, id: ExprId) -> bool {
    matches!(
        pool.node(id),
        Node::Sum(_) | Node::Product(_) | Node::Multiple(..) | Node::Power(..)
    )
}

/// A bound of the number of terms that multiplying out would give.
fn size(pool: &Pool, id: ExprId) -> u64 {
    pool.terms(&id)
        .iter()
        .map(|term| {
            let (_, rest) = pool.coefficient(*term);
            pool.factors(&rest).iter().fold(1u64, |product, factor| {
                let (terms, power) = sum_power(pool, *factor).unwrap_or((1, 1));
                product.saturating_mul(choose(terms as u64, power))
            })
        })
        .fold(0, u64::saturating_add)
}

/// The number of monomials of a given degree, at most, in so many terms.
fn choose(terms: u64, power: u64) -> u64 {
    let mut result = 1u64;
    for k in 1..terms {
        result = result.saturating_mul(power + k) / k;
        if result > 1 << 40 {
            break;
        }
    }
    result
}

/// The number of terms and the exponent of a sum to a whole positive power.
fn sum_power(pool: &Pool, factor: ExprId) -> Option<(usize, u64)> {
    let (base, exponent) = pool.base(factor);
    let Node::Sum(list) = pool.node(base) else { return None };
    let n = pool.as_number(exponent)?.to_i64()?;
    (n > 0).then(|| (pool.list(list).len(), n as u64))
}

/// The parts of one term multiplied out; `Some(None)` when there is nothing to do.
fn expand_term(
    pool: &mut Pool,
    term: ExprId,
    limit: usize,
) -> Option<Option<Vec<(Number, ExprId)>>> {
    let (coefficient, rest) = pool.coefficient(term);
    let coefficient = coefficient.clone();
    let factors: SmallVec<[ExprId; 8]> = SmallVec::from_slice(pool.factors(&rest));
    if !factors.iter().any(|factor| sum_power(pool, *factor).is_some()) {
        return Some(None);
    }
    if size(pool, term) > limit as u64 {
        return None;
    }
    let mut plain: SmallVec<[ExprId; 8]> = SmallVec::new();
    let mut parts: Vec<(Number, ExprId)> = vec![(coefficient, Pool::ONE)];
    let mut work = 0;
    let start = pool.work();
    for factor in factors {
        let Some((_, power)) = sum_power(pool, factor) else {
            plain.push(factor);
            continue;
        };
        let (base, _) = pool.base(factor);
        let terms: SmallVec<[ExprId; 8]> = SmallVec::from_slice(pool.terms(&base));
        if let [first, second] = terms[..]
            && power > LONG_ROW
        {
            let row = binomial(pool, first, second, power)?;
            work += parts.len() * row.len();
            let products = limit.saturating_mul(WORK_PER_TERM).min(MAX_PRODUCTS);
            if work > products {
                return None;
            }
            parts = cross(pool, &parts, &row);
            continue;
        }
        for _ in 0..power {
            work += parts.len() * terms.len();
            let products = limit.saturating_mul(WORK_PER_TERM).min(MAX_PRODUCTS);
            if work > products || pool.work() - start > MAX_WORK {
                return None;
            }
            parts = multiply(pool, &parts, &terms);
        }
    }
    let plain = pool.product(&plain);
    let result = parts
        .into_iter()
        .map(|(weight, part)| (weight, pool.product(&[plain, part])))
        .collect();
    Some(Some(result))
}

fn multiply(
    pool: &mut Pool,
    parts: &[(Number, ExprId)],
    terms: &[ExprId],
) -> Vec<(Number, ExprId)> {
    let terms: SmallVec<[(Number, ExprId); 8]> =
        terms.iter().map(|term| apart(pool, *term)).collect();
    cross(pool, parts, &terms)
}

/// A term as a number times the rest.
fn apart(pool: &Pool, term: ExprId) -> (Number, ExprId) {
    let (coefficient, rest) = pool.numbered(term);
    (coefficient.clone(), rest)
}

/// The products of two rows of terms, like terms collected.
fn cross(
    pool: &mut Pool,
    parts: &[(Number, ExprId)],
    terms: &[(Number, ExprId)],
) -> Vec<(Number, ExprId)> {
    let mut products = Vec::with_capacity(parts.len() * terms.len());
    for (weight, part) in parts {
        for (coefficient, rest) in terms {
            let product = pool.product(&[*part, *rest]);
            products.push((weight.mul(coefficient), product));
        }
    }
    if let Some(collected) = pool.collected(&products) {
        return collected;
    }
    let sum = pool.weighted_sum(&products);
    let terms: SmallVec<[ExprId; 8]> = SmallVec::from_slice(pool.terms(&sum));
    terms.into_iter().map(|term| apart(pool, term)).collect()
}

/// The terms of the power of a sum of two, by the binomial theorem; `None` when their
/// numbers would be too long or too much work.
fn binomial(
    pool: &mut Pool,
    first: ExprId,
    second: ExprId,
    power: u64,
) -> Option<Vec<(Number, ExprId)>> {
    let ((a, x), (b, y)) = (apart(pool, first), apart(pool, second));
    let bits = |n: &Number| match n.to_i64() {
        Some(n) => u64::from(64 - n.unsigned_abs().leading_zeros()),
        None => n.bits(),
    };
    let longest = power.saturating_mul(bits(&a) + bits(&b) + 2);
    if longest > MAX_BITS || power.saturating_mul(longest) / 32 > MAX_WORK {
        return None;
    }
    let n = i64::try_from(power).ok()?;
    let powers = |base: &Number| {
        let mut list = vec![Number::ONE];
        for _ in 0..n {
            list.extend(list.last().map(|last| last.mul(base)));
        }
        list
    };
    let (of_a, of_b) = (powers(&a), powers(&b));
    let mut choose = Number::ONE;
    let mut row = Vec::with_capacity(of_a.len());
    for (k, (m, of_b)) in (0..=n).zip(of_a.iter().rev().zip(&of_b)) {
        let (u, v) = (pool.integer_power(x, n - k), pool.integer_power(y, k));
        row.push((choose.mul(m).mul(of_b), pool.product(&[u, v])));
        let next = choose.mul(&Number::from(n - k));
        choose = next.mul(&Number::from(k + 1).recip()?);
    }
    Some(row)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_multiplied_out_once_is_what_each_is_alone() {
        let mut pool = Pool::default();
        let (x, half) = (pool.symbol("x"), Number::ratio(1, 2).map(|n| pool.number(n)));
        let half = half.unwrap_or(Pool::ONE);
        let mut out = MultipliedOut::new(4);
        let mut below = x;
        for power in [2, 3, 1, 7, 2] {
            let next = pool.sum(&[below, Pool::ONE]);
            let raised = pool.integer_power(next, power);
            let root = pool.power(below, half);
            below = pool.product(&[raised, root]);
            let alone = expand_all(&mut pool, below, 4);
            assert_eq!(out.of(&mut pool, below), alone);
        }
    }
}
