//! How much a question may take, and what ran out.

/// The most nodes a pool holds, and the most operands of all nodes together.
pub const MAX_NODES: usize = 24_000_000;
/// The most work on one question, as [`Pool::work`](super::Pool::work) counts it.
pub const ALLOWANCE: u64 = 50_000_000;
/// The most bits of an exact number.
pub const MAX_BITS: u64 = 1 << 18;

/// A limit that a calculation ran into.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limit {
    /// More nodes than are allowed.
    Nodes,
    /// A number of more than [`MAX_BITS`] bits.
    Bits,
    /// More work than is allowed.
    Work,
}

/// How much one question may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Work, as [`Pool::work`](super::Pool::work) counts it.
    pub work: u64,
    /// Nodes, and operands of all nodes together.
    pub nodes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { work: ALLOWANCE, nodes: MAX_NODES }
    }
}
