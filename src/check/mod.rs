//! Floor 4: the independent check of every answer.
//!
//! Invariant: the path of the check shares neither the canonical form nor the rules nor the
//! simplifier with the path of the answer.

mod points;
mod verify;

pub use verify::{Checker, Claim, Outcome};
