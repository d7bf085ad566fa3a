//! From text to forms: declarations, expressions, shapes.
//!
//! Invariant: a form that leaves this module has a shape, and shapes fit together.

mod condition;
mod declare;
mod entries;
mod infer;
mod norms;
mod operand;
mod parser;
mod power;

pub use parser::is_matrix;
pub(crate) use parser::{Reading, parse, read_more};
