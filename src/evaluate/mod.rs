//! Floor 2: values of formulas in double precision and with dual numbers.
//!
//! Invariant: a value that is undefined over the reals is NaN, never a number.

mod applied;
mod blocks;
mod bounds;
mod complex;
mod continuity;
pub mod digits;
mod error_function;
mod expression;
pub mod limit;
mod linear;
mod loss;
pub mod newton;
mod nice;
mod operations;
mod part;
mod pieces;
mod precise;
mod precise_complex;
mod range;
mod run;
mod slope;
mod special;
mod stepped;
mod tape;
mod tiny;

pub use blocks::Blocks;
pub use bounds::Bounds;
pub use complex::{Approximate, ComplexDoubles, DoubleForm, complex_values};
pub use continuity::{Continuity, continuity};
pub use nice::{nice, nice_point, short_numbers};
pub use precise::{NormalForm, Precise};
pub use precise_complex::{ComplexForm, PreciseComplex};
pub use range::{Range, Ranges};
pub use run::{Dual, duals, duals_into, values, values_on_edges};
pub use slope::Slopes;
pub use tape::{Abstract, Operation, Slot, Tape};
