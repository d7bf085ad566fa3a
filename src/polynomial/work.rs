//! A budget of work, so that no operation hangs and none needs unbounded memory.

use std::fmt;

/// A budget: how many elementary operations on coefficients may still be done.
///
/// An operation modulo a prime counts one, a term of a product eight, and both more when the
/// coefficients are long. A million takes something like ten milliseconds. It is a count and not a clock, so the same input always stops
/// at the same place. The memory of an operation is at most a small multiple of its work.
#[derive(Clone, Debug)]
pub struct Work {
    left: u64,
    done: u64,
}

/// The budget is used up, or an exponent does not fit 32 bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Exhausted;

impl fmt::Display for Exhausted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the work allowed for this polynomial is used up")
    }
}

impl std::error::Error for Exhausted {}

impl Work {
    /// A budget of that many operations.
    pub fn new(limit: u64) -> Self {
        Self { left: limit, done: 0 }
    }

    /// What is left.
    pub fn left(&self) -> u64 {
        self.left
    }

    /// What has been spent.
    pub fn done(&self) -> u64 {
        self.done
    }

    /// Takes an amount off.
    ///
    /// # Errors
    ///
    /// When more is asked for than is left; the budget is empty from then on.
    pub fn spend(&mut self, amount: u64) -> Result<(), Exhausted> {
        let taken = amount.min(self.left);
        self.left -= taken;
        self.done += taken;
        if taken < amount { Err(Exhausted) } else { Ok(()) }
    }
}

/// A count as work.
pub(super) fn amount(count: usize) -> u64 {
    count as u64
}
