//! The function table: one slice of rows for each field of mathematics.

use super::spec::FunctionSpec;

mod elementary;
mod hyperbolic;
mod learning;
mod piecewise;
mod special;
mod trigonometric;

/// All rows. The first five of the first slice are `ln`, `abs`, `sign`, `exp` and `sqrt`, in
/// this order: the kernel refers to them by index.
pub static TABLE: &[&[FunctionSpec]] = &[
    elementary::ELEMENTARY,
    trigonometric::TRIGONOMETRIC,
    hyperbolic::HYPERBOLIC,
    piecewise::PIECEWISE,
    learning::LEARNING,
    special::SPECIAL,
];
