//! How much a question may take, and what ran out.

use super::pool::Pool;
use super::purse::Purse;

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

impl Pool {
    /// The limit that was reached, if any: results made since are not to be used.
    pub fn failure(&self) -> Option<Limit> {
        self.failure
    }

    /// Forgets the limit that was reached.
    pub fn take_failure(&mut self) -> Option<Limit> {
        if self.failure == Some(Limit::Work) {
            self.renew();
        }
        self.failure.take()
    }

    /// Begins a question: as much work as is allowed may be done from here.
    pub fn renew(&mut self) {
        self.allowed = self.words.saturating_add(self.limits.work);
        self.purse.fill();
    }

    /// Sets how much each question may take, from here on.
    pub fn limit(&mut self, limits: Limits) {
        self.limits = limits;
        self.renew();
    }

    /// How much each question may take.
    pub fn limits(&self) -> Limits {
        self.limits
    }

    /// Does something with shorter numbers than are allowed otherwise; `None` when a limit was
    /// reached, which is forgotten.
    pub fn within_bits<T>(
        &mut self,
        bits: u64,
        work: impl FnOnce(&mut Self) -> T,
    ) -> Option<T> {
        let before = self.bits;
        self.bits = bits.min(before);
        let done = work(self);
        self.bits = before;
        self.failure.take().is_none().then_some(done)
    }

    /// Does something with so much work at most; `None` when that, or another limit, was reached.
    /// Less work than is allowed is forgotten as a limit, and what was made by then is not used.
    pub fn within_work<T>(
        &mut self,
        work: u64,
        make: impl FnOnce(&mut Self) -> T,
    ) -> Option<T> {
        if self.failure.is_some() {
            return None;
        }
        let before = self.allow(work);
        let made = make(self);
        self.allow_to(before);
        if self.failure == Some(Limit::Work) && self.words <= before {
            self.failure = None;
            return None;
        }
        self.failure.is_none().then_some(made)
    }

    /// Lets so much work be done from here at most, and says up to where it was allowed, for
    /// [`Pool::allow_to`].
    pub fn allow(&mut self, work: u64) -> u64 {
        let before = self.allowed;
        self.allowed = before.min(self.words.saturating_add(work));
        before
    }

    /// Lets work be done up to where it was allowed before.
    pub fn allow_to(&mut self, allowed: u64) {
        self.allowed = allowed;
    }

    pub(super) fn fail(&mut self, limit: Limit) {
        self.failure.get_or_insert(limit);
    }

    /// The work done so far: nodes asked for, with the size of their operands and numbers.
    pub fn work(&self) -> u64 {
        self.words
    }

    /// Counts work that is done beside the pool, and notes when it is too much.
    pub fn spend(&mut self, work: u64) {
        self.words = self.words.saturating_add(work);
        if self.words > self.allowed {
            self.fail(Limit::Work);
        }
    }

    /// What pays for values with many digits.
    pub fn purse(&self) -> &Purse {
        &self.purse
    }
}
