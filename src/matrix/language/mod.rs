//! From text to forms: declarations, expressions, shapes.
//!
//! Invariant: a form that leaves this module has a shape, and shapes fit together.

mod declare;
mod infer;
mod operand;
mod parser;

pub use parser::is_matrix;
pub(crate) use parser::{Reading, parse, read_more};
