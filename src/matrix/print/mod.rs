//! Forms on paper: text that can be read again, LaTeX, indices.
//!
//! Invariant: brackets are decided in one place, `writer.rs`.

mod index;
mod latex;
mod writer;

pub(crate) use index::{index_notation, label};
pub(crate) use latex::{latex, name as name_latex};
pub(crate) use writer::{closed, text};
