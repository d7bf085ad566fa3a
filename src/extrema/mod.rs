//! Floor 4: critical points and descent.
//!
//! [`critical()`] solves `grad f = 0`: cases by factors, elimination, one equation in one
//! unknown, Gröbner bases where everything is a polynomial over what stands for the unknowns,
//! and Newton's method for the rest. [`descend()`] goes downhill in doubles.
//!
//! Invariant: a point is in the answer only after it was put into the gradient, exactly or
//! with more than 40 digits.
//!
//! Invariant: a list is called complete only when every step on the way was; an extremum is
//! called global only with an argument.

mod algebra;
mod angle;
mod bench;
mod boundary;
mod branch;
mod classify;
mod condition;
mod critical;
mod curve;
mod degenerate;
mod descend;
mod equation;
mod global;
mod inertia;
mod interval;
mod isolate;
mod landscape;
mod level;
mod linear;
mod member;
mod numbers;
mod numeric;
mod open;
mod period;
mod piece;
mod polynomial_system;
mod root;
mod rough;
mod search;
mod set;
mod shift;
mod side;
mod solution;
mod steps;
mod system;
mod values;
mod variation;
mod verdict;
mod waves;
mod zeros;

pub use critical::{
    Critical, CriticalPoint, CriticalSet, Curve, Evidence, Kind, PointCoordinate, Side,
};
pub use descend::{Descending, Descent, Ending, Footstep};
pub use search::{Problem, Start, critical, descend, judge, start};
pub use side::Expand;
pub use zeros::{Zero, Zeros, zeros};
