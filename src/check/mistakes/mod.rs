//! The reason for a wrong answer: the derivative again, with one rule broken at one place.
//!
//! `row.rs` says what a mistake is, and `table/` lists them. `view.rs` and `view_product.rs`
//! find the places where one can be made, `derivation.rs` knows what a change at a place does
//! to the derivative, `candidate.rs` makes the wrong derivatives, `evidence.rs` compares them
//! with the answer by their values, and `explain.rs` strings them together and writes the
//! sentences in which the letters of `letters.rs` are put in.
//!
//! Invariant: a right answer has no mistake, and an answer that no row reproduces gets none.

mod candidate;
mod derivation;
mod evidence;
mod explain;
mod letters;
mod row;
mod slip;
mod table;
mod view;
mod view_product;

pub use explain::{Mistake, Submission};
pub use letters::NAMES as LETTERS;
pub use row::{Mutation, On};
pub use slip::slip;
pub use table::mutations;
