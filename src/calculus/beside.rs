//! What a function of one variable is on one side of a point.

use crate::kernel::{ExprId, Number};

/// A function on the left or on the right of a point, as far as that is known.
#[derive(Clone, Debug)]
pub enum Beside {
    /// A sum of powers of the distance up to an order, in rising order, with coefficients that
    /// are not 0; and whether that is all of it.
    Sum(Vec<(Number, ExprId)>, Exactness),
    /// It has no values on this side.
    Outside,
    /// That is not known.
    Unknown,
}

/// Whether a sum of powers is the function.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exactness {
    /// Near the point there is nothing else.
    Whole,
    /// Higher powers are left out.
    Cut,
}
