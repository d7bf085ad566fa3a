//! The terms of a sum by their kernels: those with the same ones are searched on their own,
//! because only between these anything collapses unless there are relations.

use super::outlook::Outlook;
use super::{Search, searched};
use crate::kernel::{ExprId, Node, Number, Pool};
use crate::simplify::collect::keep;
use rustc_hash::FxHashMap;
use smallvec::SmallVec;

/// So many parts are found by looking at all.
const FEW: usize = 8;

/// The kernels of a term: functions, roots and powers with symbolic exponents.
type Key = SmallVec<[ExprId; 4]>;

/// Terms with the same kernels.
type Part = (Key, SmallVec<[ExprId; 8]>);

/// Searches the parts of a sum, or of a sum that is a factor, each on its own. `None` when
/// there is one part only.
pub(super) fn with_parts_improved(
    pool: &mut Pool,
    id: ExprId,
    search: Search,
) -> Option<ExprId> {
    let (coefficient, rest) = pool.coefficient(id);
    let coefficient = coefficient.clone();
    let factors: SmallVec<[ExprId; 8]> = SmallVec::from_slice(pool.factors(&rest));
    let mut done: SmallVec<[ExprId; 8]> = SmallVec::new();
    let mut changed = false;
    for factor in factors {
        let better = match pool.node(factor) {
            Node::Sum(_) => sum_improved(pool, factor, search),
            _ => None,
        };
        changed |= better.is_some();
        done.push(better.unwrap_or(factor));
    }
    changed.then(|| pool.product_with(coefficient, &done))
}

fn sum_improved(pool: &mut Pool, sum: ExprId, search: Search) -> Option<ExprId> {
    let parts = parts_of(pool, sum);
    if !are_open(&parts) {
        return None;
    }
    let mut done: SmallVec<[ExprId; 8]> = SmallVec::new();
    for (_, terms) in parts {
        let part = pool.sum(&terms);
        done.push(match terms.len() {
            1 => part,
            _ => searched(pool, part, search, Outlook::Quotient, None),
        });
    }
    let mut best = sum;
    let whole = pool.sum(&done);
    keep(pool, &mut best, whole);
    (best != sum).then_some(best)
}

/// Whether there is a sum among the factors with parts to search.
pub(super) fn has_open_parts(pool: &Pool, id: ExprId) -> bool {
    let (_, rest) = pool.coefficient(id);
    let is_sum = |factor: &&ExprId| matches!(pool.node(**factor), Node::Sum(_));
    let mut sums = pool.factors(&rest).iter().filter(is_sum);
    sums.any(|sum| are_open(&parts_of(pool, *sum)))
}

fn are_open(parts: &[Part]) -> bool {
    parts.len() > 1 && parts.iter().any(|part| part.1.len() > 1)
}

/// Whether the search of the parts of a sum leaves nothing but relations to the whole.
pub(super) fn has_parts(pool: &Pool, sum: ExprId) -> bool {
    let mut keys = pool.terms(&sum).iter().map(|term| key(pool, *term));
    let first = keys.next();
    keys.any(|key| Some(&key) != first.as_ref())
}

fn parts_of(pool: &Pool, sum: ExprId) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    let mut places: FxHashMap<Key, usize> = FxHashMap::default();
    for term in pool.terms(&sum) {
        let key = key(pool, *term);
        let known = match parts.iter().take(FEW).position(|part| part.0 == key) {
            None if parts.len() >= FEW => places.get(&key).copied(),
            known => known,
        };
        match known {
            Some(place) => parts[place].1.push(*term),
            None => {
                // The first ones are found without the table.
                if parts.len() >= FEW {
                    places.insert(key.clone(), parts.len());
                }
                parts.push((key, SmallVec::from_iter([*term])));
            }
        }
    }
    parts
}

fn key(pool: &Pool, term: ExprId) -> Key {
    let (_, rest) = pool.coefficient(term);
    let kernel = |factor: &ExprId| {
        let (base, exponent) = pool.base(*factor);
        match pool.as_number(exponent).map(Number::is_integer) {
            None => Some(*factor),
            Some(true) if !matches!(pool.node(base), Node::Apply(..)) => None,
            Some(_) => Some(base),
        }
    };
    let mut key: Key = pool.factors(&rest).iter().filter_map(kernel).collect();
    key.sort_unstable();
    key
}
