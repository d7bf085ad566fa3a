//! Floor 3: expressions on paper.
//!
//! `node → shape → writer with a notation`. Invariant: text parses back to the same handle;
//! only the writer decides brackets.

mod abstracts;
mod label;
mod name;
mod notation;
mod shape;
mod shared;
mod tall;
mod writer;

pub use label::{gradient_label, partial_label, vector};
pub use notation::Notation;
pub use shared::Shared;
pub use writer::{MAX_TOKENS, write};
