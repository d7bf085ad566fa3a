//! Forms on paper: text that can be read again, LaTeX, indices.
//!
//! Invariant: brackets are decided in one place, `writer.rs`.

mod code;
mod index;
mod latex;
mod writer;

pub(crate) use code::code;
pub use code::{Code, identifier};
pub(crate) use index::{index_notation, labels};
pub(crate) use latex::{latex, name as name_latex};
pub(crate) use writer::{closed, divisor, order, text};
