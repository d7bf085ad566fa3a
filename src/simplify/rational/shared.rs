//! Roots and functions of one argument in several expressions, between which there are
//! relations.

use crate::kernel::{ExprId, Node, Number, Pool};
use crate::simplify::families::family;
use rustc_hash::FxHashSet;

/// Whether two of several expressions have roots, or circular or hyperbolic functions of one
/// argument, so that more may come of their sum than of each.
pub fn share_relations(pool: &Pool, expressions: &[ExprId]) -> bool {
    let mut seen: FxHashSet<ExprId> = FxHashSet::default();
    let mut roots = 0;
    for expression in expressions {
        let mut own: FxHashSet<ExprId> = FxHashSet::default();
        let mut has_root = false;
        for node in pool.reachable(&[*expression]) {
            match pool.node(node) {
                Node::Power(_, exponent) => {
                    let is_broken = |n: &Number| !n.is_integer();
                    has_root |= pool.as_number(exponent).is_some_and(is_broken);
                }
                _ => own.extend(family(pool, node).map(|found| found.2)),
            }
        }
        roots += usize::from(has_root);
        if roots > 1 || own.iter().any(|argument| seen.contains(argument)) {
            return true;
        }
        seen.extend(own);
    }
    false
}
