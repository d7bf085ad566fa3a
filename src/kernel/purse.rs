//! Work that is paid for wherever it is done.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// What a question has for values with many digits, in terms of series with few digits.
const FULL: u64 = 2_500_000;

/// The work with many digits that is left on a question. All that calculate for it share it.
#[derive(Debug)]
pub struct Purse(Arc<AtomicU64>);

impl Purse {
    /// The same purse.
    pub fn share(&self) -> Self {
        Self(Arc::clone(&self.0))
    }

    /// Takes out what something costs.
    pub fn pay(&self, cost: u64) {
        self.0.store(self.left().saturating_sub(cost), Ordering::Relaxed);
    }

    /// How much is left.
    pub fn left(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }

    /// Whether nothing is left.
    pub fn is_empty(&self) -> bool {
        self.left() == 0
    }

    pub(super) fn fill(&self) {
        self.0.store(FULL, Ordering::Relaxed);
    }
}

impl Default for Purse {
    fn default() -> Self {
        Self(Arc::new(AtomicU64::new(FULL)))
    }
}

impl Clone for Purse {
    /// Another purse with as much in it: what is copied is a question of its own.
    fn clone(&self) -> Self {
        Self(Arc::new(AtomicU64::new(self.left())))
    }
}
