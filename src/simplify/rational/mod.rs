//! Whole expressions as quotients of polynomials over their kernels.
//!
//! The kernels of an expression are its symbols, roots, exponentials, circular and hyperbolic
//! functions and whatever else is no sum, product or whole power. Over them the expression is
//! a number times powers of irreducible polynomials (`factored.rs`): sums are brought over a
//! common denominator, common factors cancel, and relations between kernels (`r^n = p`,
//! `sin^2 + cos^2 = 1`) reduce the degree. From there several ways lead back to an
//! expression (`output.rs`); the cheapest wins.
//!
//! Invariant: every step is bounded by a count of work; past it there is no answer.

mod factored;
mod generators;
mod output;

use super::collect::keep;
use crate::kernel::{ExprId, Node, Pool};
use crate::polynomial::Work;
use factored::Ring;
use generators::{Choice, Generators};

/// Expressions above this cost are left alone.
const MAX_COST: u32 = 4000;
/// The work on polynomials for one choice of kernels.
const WORK: u64 = 400_000;

/// A cheaper way to write an expression as a quotient of polynomials over its kernels, if
/// one is found.
pub(super) fn improve_quotient(pool: &mut Pool, id: ExprId) -> ExprId {
    let mut best = id;
    if !is_worth_it(pool, id) {
        return best;
    }
    for choice in Choice::all(pool, id) {
        let mut work = Work::new(WORK);
        let Some(generators) = Generators::new(pool, id, choice) else { continue };
        let mut ring = Ring::new(generators, &mut work);
        let Ok(Some(value)) = ring.value(pool, id) else { continue };
        for candidate in output::candidates(pool, &mut ring, value) {
            keep(pool, &mut best, candidate);
        }
    }
    best
}

/// Whether a quotient could be shorter: there are at least two sums, or a sum with functions
/// between which there are relations.
fn is_worth_it(pool: &Pool, id: ExprId) -> bool {
    let cost = pool.cost(id);
    if !(6..=MAX_COST).contains(&cost) {
        return false;
    }
    let ids = pool.reachable(&[id]);
    let count = |found: fn(&Pool, ExprId) -> bool| {
        ids.iter().filter(|id| found(pool, **id)).count()
    };
    let sums = count(|pool, id| matches!(pool.node(id), Node::Sum(_)));
    let inverse = count(|pool, id| match pool.node(id) {
        Node::Power(_, exponent) => {
            pool.as_number(exponent).is_some_and(|n| n.is_negative() || !n.is_integer())
        }
        _ => false,
    });
    let circular = count(|pool, id| generators::family(pool, id).is_some());
    sums > 0 && (inverse > 0 && (sums > 1 || cost > 12) || circular > 1 || sums > 2)
}
