//! From a tensor back to a matrix expression, as short as it is found.
//!
//! Invariant: what is no matrix is `None`, never something else that looks like one.

mod build;
mod collect;
mod graph;
mod pair;
mod piece;
mod tensor;
mod touch;

pub(crate) use piece::{Piece, merge};
pub(crate) use tensor::Renderer;
