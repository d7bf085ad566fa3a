//! The functions that were typed, in which an answer is given.

use super::families::members_in;
use super::preference::Style;
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
    /// What other functions cost besides.
    loyalty: u32,
}

/// Which functions of one kind occur.
#[derive(Clone, Copy, Debug, Default)]
struct Words {
    sines: bool,
    tangents: bool,
    secants: bool,
}

impl Words {
    /// By the members of the three pairs that occur.
    fn of(pairs: &[[bool; 2]]) -> Self {
        let (sines, others) = (pairs[0], &pairs[1..]);
        Self {
            sines: sines != [false; 2],
            tangents: others.iter().any(|pair| pair[0]),
            secants: others.iter().any(|pair| pair[1]),
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
        let members = members_in(pool, id);
        let (circular, hyperbolic) = members.split_at(3);
        let (circular, hyperbolic) = (Words::of(circular), Words::of(hyperbolic));
        Self { circular, hyperbolic, loyalty: LOYALTY }
    }

    /// Whether circular secants were typed, and no sines or cosines.
    pub(super) fn has_secants(self) -> bool {
        self.circular.secants && !self.circular.sines
    }

    /// Whether tangents or secants were typed.
    pub(super) fn has_quotients(self) -> bool {
        let has = |words: Words| words.tangents || words.secants;
        has(self.circular) || has(self.hyperbolic)
    }

    /// Whether sines or cosines were typed.
    pub(super) fn has_sines(self) -> bool {
        self.circular.sines || self.hyperbolic.sines
    }

    /// Whether secants were typed, circular or hyperbolic ones.
    pub(super) fn allows_secants(self, is_circular: bool) -> bool {
        if is_circular { self.circular.secants } else { self.hyperbolic.secants }
    }

    /// Whether hyperbolic functions were typed.
    pub(super) fn has_hyperbolic(self) -> bool {
        let Words { sines, tangents, secants } = self.hyperbolic;
        sines || tangents || secants
    }

    /// The dialect in which quotients and squares are in a style, whatever was typed.
    pub(super) fn in_style(self, style: Style) -> Self {
        let words = |typed: Words| Words {
            sines: style == Style::Cosines,
            tangents: true,
            secants: match style {
                Style::Secants => true,
                Style::Cosines => false,
                Style::Tangents => typed.secants,
            },
        };
        let (circular, hyperbolic) = (words(self.circular), words(self.hyperbolic));
        Self { circular, hyperbolic, ..self }
    }

    /// The same without what other functions cost besides.
    pub(super) fn free(self) -> Self {
        Self { loyalty: 0, ..self }
    }

    /// Whether there are sines in a form where tangents alone were typed.
    pub(super) fn is_strange(self, pool: &Pool, candidate: ExprId) -> bool {
        if !self.circular.tangents && !self.hyperbolic.tangents {
            return false;
        }
        let other = Self::of(pool, candidate);
        self.circular.is_strange(other.circular)
            || self.hyperbolic.is_strange(other.hyperbolic)
    }

    /// Whether a form may be given at all.
    pub(super) fn allows(self, pool: &Pool, candidate: ExprId) -> bool {
        let other = Self::of(pool, candidate);
        self.circular.allows(other.circular) && self.hyperbolic.allows(other.hyperbolic)
    }

    /// What a form costs a reader, with what other functions than those that were typed cost
    /// besides.
    pub(super) fn cost(self, pool: &Pool, id: ExprId) -> u32 {
        let strange = self.loyalty > 0 && self.is_strange(pool, id);
        pool.cost(id).saturating_add(if strange { self.loyalty } else { 0 })
    }

    /// Keeps a form by an identity, which has to save more where it brings tangents to sines.
    pub(super) fn keep_identity(self, pool: &Pool, best: &mut ExprId, candidate: ExprId) {
        let (own, other) = (Self::of(pool, *best), Self::of(pool, candidate));
        let brings = |own: Words, other: Words| other.tangents && !own.tangents;
        let is_new = brings(own.circular, other.circular)
            || brings(own.hyperbolic, other.hyperbolic);
        let least = if is_new { LOYALTY } else { 0 };
        if pool.cost(candidate).saturating_add(least) < pool.cost(*best) {
            self.keep(pool, best, candidate);
        }
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
