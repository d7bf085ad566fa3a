//! What solves a system of equations.

use super::values::Value;
use crate::kernel::ExprId;

/// The value of one unknown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Coordinate {
    pub(super) value: Value,
    /// Adding whole multiples of this gives further solutions.
    pub(super) period: Option<ExprId>,
    /// Whether only multiples by 0, 1, 2 and so on do.
    pub(super) one_way: bool,
}

impl Coordinate {
    /// One value.
    pub(super) fn at(value: Value) -> Self {
        Self { value, period: None, one_way: false }
    }

    /// A value and all others that lie whole periods beside it.
    pub(super) fn every(value: Value, period: ExprId) -> Self {
        Self { value, period: Some(period), one_way: false }
    }
}

/// A solution: a value for each unknown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Solution {
    pub(super) coordinates: Vec<Coordinate>,
    /// Expressions in parameters that are not 0 there.
    pub(super) conditions: Vec<ExprId>,
}

/// Infinitely many solutions: wherever the equations hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Continuum {
    /// Values of unknowns, over the unknowns that are free.
    pub(super) values: Vec<(ExprId, ExprId)>,
    /// Unknowns with values that repeat, and their periods.
    pub(super) periods: Vec<(ExprId, ExprId)>,
    /// What is 0 besides.
    pub(super) equations: Vec<ExprId>,
    /// The part of the space to which this is restricted, as relations.
    pub(super) region: Vec<ExprId>,
}

impl Continuum {
    /// The period of an unknown, if there is one.
    pub(super) fn period(&self, unknown: ExprId) -> Option<ExprId> {
        self.periods.iter().find(|(own, _)| *own == unknown).map(|(_, period)| *period)
    }
}

/// What is known of the solutions of a system.
#[derive(Clone, Debug, Default)]
pub(super) struct Solutions {
    pub(super) points: Vec<Solution>,
    pub(super) sets: Vec<Continuum>,
    /// Whether these are all.
    pub(super) complete: bool,
}
