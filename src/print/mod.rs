//! Floor 3: expressions on paper.
//!
//! `node → shape → writer with a notation`. Invariant: text parses back to the same handle;
//! only the writer decides brackets.

mod abstracts;
mod combination;
mod label;
mod matrix;
mod name;
mod notation;
mod shape;
mod shared;
mod shifted;
mod tall;
mod writer;

pub use combination::combination;
pub use label::{
    Operator, call_label, differential_label, gradient_label, operator_label,
    partial_label,
};
pub use matrix::{aligned, column, matrix, table, vector};
pub use notation::Notation;
pub use shared::Shared;
pub use shifted::{Shifted, write_shifted};
pub use writer::{MAX_TOKENS, write};
