//! Floor 4: the independent check of every answer, and the reason for a wrong one of a user.
//!
//! Invariant: the path of the check shares neither the canonical form nor the rules nor the
//! simplifier with the path of the answer.

mod mistakes;
mod points;
mod verify;

pub use mistakes::{LETTERS, Mistake, Mutation, On, Submission, mutations};
pub use verify::{Checker, Claim, Outcome};
