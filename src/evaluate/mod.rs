//! Floor 2: values of formulas in double precision and with dual numbers.
//!
//! Invariant: a value that is undefined over the reals is NaN, never a number.

mod complex;
pub mod digits;
mod error_function;
mod gamma_function;
mod pieces;
mod range;
mod run;
mod slope;
mod tape;

pub use complex::{Approximate, complex_values};
pub use range::Range;
pub use run::{Dual, duals, duals_into, values};
pub use slope::Slopes;
pub use tape::{Operation, Slot, Tape};
