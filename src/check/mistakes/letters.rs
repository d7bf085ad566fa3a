//! The letters of the formulas in the table of mistakes, and what they stand for at a place.

use crate::kernel::{ExprId, Pool};

/// A letter, in the order of [`NAMES`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Letter {
    /// The expression at the place.
    F,
    /// Its derivative.
    Df,
    /// Its first part: inner function, factor, numerator, base, term.
    U,
    /// The derivative of that.
    Du,
    /// Its second part: other factors, denominator, exponent.
    V,
    /// The derivative of that.
    Dv,
    /// A constant exponent.
    N,
    /// A constant base.
    A,
    /// A constant factor.
    C,
    /// The derivative of the outer function at `u`.
    Outer,
    /// The derivative of the outer function at `u'`.
    There,
    /// The derivative of the outer function at the variable.
    Bare,
    /// The outer function at `u'`.
    Moved,
    /// The product of the derivatives of all factors.
    Primes,
    /// The variable.
    X,
}

/// The letters of the formulas in the table of mistakes, as they are written.
pub const NAMES: [&str; 15] = [
    "f", "f'", "u", "u'", "v", "v'", "n", "a", "c", "outer", "there", "bare", "moved",
    "primes", "x",
];

/// What the letters stand for; `Undefined` for those that mean nothing at a place, so that a
/// formula with one of them gives nothing.
#[derive(Clone, Copy, Debug)]
pub(super) struct Letters(pub(super) [ExprId; NAMES.len()]);

impl Letters {
    /// The letters of an expression and its derivative.
    pub(super) fn of(f: ExprId, df: ExprId, x: ExprId) -> Self {
        let none = Self([Pool::UNDEFINED; NAMES.len()]);
        none.with(Letter::F, f).with(Letter::Df, df).with(Letter::X, x)
    }

    /// The same with one more.
    pub(super) fn with(mut self, letter: Letter, id: ExprId) -> Self {
        self.0[letter as usize] = id;
        self
    }

    /// What a letter stands for.
    pub(super) fn get(&self, letter: Letter) -> ExprId {
        self.0[letter as usize]
    }
}
