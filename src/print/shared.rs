//! Long answers with their repeated parts named: a program that calcgrad reads back.

use super::notation::Notation;
use super::writer::write_named;
use crate::error::Result;
use crate::kernel::{ExprId, Node, Pool};
use rustc_hash::{FxHashMap, FxHashSet};

/// Parts that cost a reader less are repeated rather than named.
const WORTH_A_NAME: u32 = 4;

/// Names for the parts of expressions that stand in more than one place.
#[derive(Clone, Debug, Default)]
pub struct Shared {
    names: FxHashMap<ExprId, String>,
    order: Vec<ExprId>,
}

impl Shared {
    /// Names the parts that the roots use more than once: `t1`, `t2`, … (another letter when
    /// that one is taken).
    pub fn new(pool: &Pool, roots: &[ExprId]) -> Self {
        let ids = pool.reachable(roots);
        let mut uses: FxHashMap<ExprId, u32> = FxHashMap::default();
        for id in &ids {
            pool.each_operand(*id, |operand| *uses.entry(operand).or_default() += 1);
        }
        let taken: FxHashSet<&str> =
            pool.symbols_of(roots).into_iter().map(|symbol| pool.name(symbol)).collect();
        let free = |letter: &&str| !taken.iter().any(|name| name.starts_with(*letter));
        let letter =
            ["t", "s", "q", "r", "tmp"].into_iter().find(free).unwrap_or("shared_");
        let mut shared = Self::default();
        for id in ids {
            let often = uses.get(&id).copied().unwrap_or(0) > 1;
            let plain = matches!(pool.node(id), Node::Number(_) | Node::Multiple(..));
            if often && !plain && pool.cost(id) >= WORTH_A_NAME {
                shared.names.insert(id, format!("{letter}{}", shared.order.len() + 1));
                shared.order.push(id);
            }
        }
        shared
    }

    /// The name of a part.
    pub(super) fn name(&self, id: ExprId) -> Option<&str> {
        self.names.get(&id).map(String::as_str)
    }

    /// The expression with its repeated parts by name.
    ///
    /// # Errors
    /// None today: what is repeated has a name, so that a text is no longer than its graph.
    pub fn write(&self, pool: &Pool, root: ExprId, notation: Notation) -> Result<String> {
        write_named(pool, root, notation, self)
    }

    /// The definitions of the names, in the order in which they are needed.
    ///
    /// # Errors
    /// As [`Shared::write`].
    pub fn definitions(
        &self,
        pool: &Pool,
        notation: Notation,
    ) -> Result<Vec<(String, String)>> {
        self.order
            .iter()
            .map(|id| {
                let name = self.names.get(id).cloned().unwrap_or_default();
                Ok((name, self.write(pool, *id, notation)?))
            })
            .collect()
    }
}
