//! Which signs of parts are left over the real numbers, when images are equal for some only.
//!
//! A model has no order: numbers may have other signs there than they have, and so may what
//! becomes a number once absolute values are resolved. So the signs that were met are not all
//! that occur: each combination must be met with equal images, or excluded.

use crate::kernel::{ExprId, FunctionId, Node, Pool, Relation};
use std::collections::BTreeSet;

/// The most parts whose signs are combined in all ways.
const MOST: usize = 9;

/// The signs of parts that were met in models.
pub(super) struct Met<'a> {
    /// Whether a part decides what roots and absolute values are.
    pub deciding: &'a [bool],
    /// Whether all numbers are small and had their own signs wherever these were met. Sums of
    /// them may leave what is small, so combinations that were never met are not excluded
    /// then: witnesses alone tell of those.
    pub is_ordered: bool,
    /// The signs with equal images.
    pub equal: &'a BTreeSet<Vec<bool>>,
    /// The signs with different ones.
    pub different: &'a BTreeSet<Vec<bool>>,
}

impl Met<'_> {
    /// Whether all signs are excluded that were not met with equal images alone. Where all that
    /// was met with the same signs of the deciding parts is equal, the others do not matter.
    pub(super) fn all_excluded(
        &self,
        pool: &mut Pool,
        parts: &[ExprId],
        mut exclude: impl FnMut(&mut Pool, &[bool]) -> bool,
    ) -> bool {
        if parts.len() > MOST || self.is_ordered {
            return self.different.iter().all(|signs| exclude(pool, signs));
        }
        let of_deciding = |signs: &Vec<bool>| -> Vec<bool> {
            let all = signs.iter().zip(self.deciding);
            all.filter(|(_, decides)| **decides).map(|(sign, _)| *sign).collect()
        };
        let differ: BTreeSet<Vec<bool>> =
            self.different.iter().map(of_deciding).collect();
        let agree: BTreeSet<Vec<bool>> = self.equal.iter().map(of_deciding).collect();
        let related = self.relations(pool, parts);
        (0..1_u64 << parts.len()).all(|number| {
            let signs: Vec<bool> =
                (0..parts.len()).map(|place| number >> place & 1 == 1).collect();
            let deciding = of_deciding(&signs);
            let is_met = self.equal.contains(&signs) && !self.different.contains(&signs);
            let is_equal =
                is_met || agree.contains(&deciding) && !differ.contains(&deciding);
            is_equal || related.exclude(number) || exclude(pool, &signs)
        })
    }

    /// The products of parts without choices in them that had the same sign whenever they were
    /// met: they are squares but for a factor, whose sign the points tell that were looked at.
    fn relations(&self, pool: &Pool, parts: &[ExprId]) -> Relations {
        let mut free = 0;
        for (place, part) in parts.iter().enumerate() {
            free |= u64::from(is_free(pool, *part)) << place;
        }
        let mask = |signs: &Vec<bool>| {
            let all = signs.iter().enumerate();
            all.fold(0, |mask, (place, sign)| mask | u64::from(*sign) << place) & free
        };
        let mut met = self.equal.iter().chain(self.different).map(mask);
        let first = met.next();
        let mut found = Relations { free, first, steps: Vec::new() };
        for mask in met {
            let rest = found.rest(mask);
            if rest != 0 {
                found.steps.push(rest);
                found.steps.sort_unstable_by(|a, b| b.cmp(a));
            }
        }
        found
    }
}

/// The signs that relations between parts leave: sums, without carry, of steps from the first.
struct Relations {
    /// The parts without choices in them.
    free: u64,
    first: Option<u64>,
    /// With different leading digits, in descending order.
    steps: Vec<u64>,
}

impl Relations {
    fn rest(&self, mask: u64) -> u64 {
        let start = (mask & self.free) ^ self.first.unwrap_or(0);
        self.steps.iter().fold(start, |rest, step| rest.min(rest ^ step))
    }

    fn exclude(&self, mask: u64) -> bool {
        self.first.is_some() && self.rest(mask) != 0
    }
}

/// Whether nothing in an expression is chosen by a sign.
fn is_free(pool: &Pool, id: ExprId) -> bool {
    pool.reachable(&[id]).into_iter().all(|id| match pool.node(id) {
        Node::Apply(FunctionId::ABS | FunctionId::SIGN, _) => false,
        Node::Apply(function, _) => Relation::of(function).is_none(),
        _ => true,
    })
}
