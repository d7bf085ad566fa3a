//! Sums of which the terms are simplified first: what belongs together in one of them hides
//! among the others.

use super::{Simplifier, share_relations};
use crate::kernel::{ExprId, Pool};
use smallvec::SmallVec;

/// Sums of more terms are not simplified term by term.
const MAX_APART: usize = 64;

impl Simplifier {
    /// The shortest form of a sum that is found, and the sum of those of its terms; of no use
    /// when the pool notes a limit.
    pub fn simplify_terms(
        &mut self,
        pool: &mut Pool,
        sum: ExprId,
        terms: &[ExprId],
    ) -> (ExprId, ExprId) {
        if !(2..=MAX_APART).contains(&terms.len()) {
            let whole = self.simplify(pool, sum);
            return (whole, whole);
        }
        let mut parts: SmallVec<[ExprId; 8]> = SmallVec::new();
        for term in terms {
            parts.push(self.simplify_part(pool, *term));
            if pool.failure().is_some() {
                return (sum, sum);
            }
        }
        let joined = pool.sum(&parts);
        let apart = self.simplify(pool, joined);
        if joined == sum || !share_relations(pool, terms) {
            return (apart, joined);
        }
        let whole = self.simplify(pool, sum);
        let is_shorter = pool.cost(whole) < pool.cost(apart);
        (if is_shorter { whole } else { apart }, joined)
    }
}
