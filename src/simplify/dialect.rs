//! The functions that were typed, in which an answer is given.

use super::rational::family;
use crate::kernel::{ExprId, Pool};

/// What a form may cost more because it stays among the functions that were typed.
const LOYALTY: u32 = 3;

/// The circular and hyperbolic functions in an expression.
///
/// Secants come out only where some went in; and where tangents alone went in, sines and
/// cosines come out only if that saves more than [`LOYALTY`].
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Dialect {
    circular: Words,
    hyperbolic: Words,
}

/// Which functions of one kind occur.
#[derive(Clone, Copy, Debug, Default)]
struct Words {
    sines: bool,
    tangents: bool,
    secants: bool,
}

impl Words {
    fn note(&mut self, name: &str) {
        match name {
            "tan" | "cot" | "tanh" | "coth" => self.tangents = true,
            "sec" | "csc" | "sech" | "csch" => self.secants = true,
            _ => self.sines = true,
        }
    }

    fn allows(self, other: Self) -> bool {
        self.secants >= other.secants
    }

    /// Whether there are sines where tangents alone were typed.
    fn is_strange(self, other: Self) -> bool {
        self.tangents && !self.sines && !self.secants && other.sines
    }
}

impl Dialect {
    /// That of an expression.
    pub(super) fn of(pool: &Pool, id: ExprId) -> Self {
        let mut found = Self::default();
        for id in pool.reachable(&[id]) {
            match family(pool, id) {
                Some((place, name, _)) if place < 3 => found.circular.note(name),
                Some((_, name, _)) => found.hyperbolic.note(name),
                None => {}
            }
        }
        found
    }

    /// Whether a form may be given at all.
    pub(super) fn allows(self, pool: &Pool, candidate: ExprId) -> bool {
        let other = Self::of(pool, candidate);
        self.circular.allows(other.circular) && self.hyperbolic.allows(other.hyperbolic)
    }

    /// What a form costs a reader, with what other functions than those that were typed cost
    /// besides.
    fn cost(self, pool: &Pool, id: ExprId) -> u32 {
        let cost = pool.cost(id);
        if !self.circular.tangents && !self.hyperbolic.tangents {
            return cost;
        }
        let other = Self::of(pool, id);
        let is_strange = self.circular.is_strange(other.circular)
            || self.hyperbolic.is_strange(other.hyperbolic);
        if is_strange { cost.saturating_add(LOYALTY) } else { cost }
    }

    /// Keeps a form that may be given and costs less.
    pub(super) fn keep(self, pool: &Pool, best: &mut ExprId, candidate: ExprId) {
        if self.allows(pool, candidate)
            && self.cost(pool, candidate) < self.cost(pool, *best)
        {
            *best = candidate;
        }
    }
}
