//! Floor 4: derivations, line by line.
//!
//! One engine differentiates: what is told here is the log of its rules on the textbook view
//! of the formula. The last line is the answer that was found elsewhere.
//!
//! Invariant: every line that says what a derivative is carries a [`Claim`], which the session
//! compares with an independent path before anything is printed.
//!
//! Invariant: a line is mathematics and ids of reasons; no sentence of any language is made here.

mod calls;
mod demand;
mod deriver;
mod expand;
mod finish;
mod implicit;
mod inside;
mod log;
mod reason;
mod relations;
mod settle;
mod typed;
mod whole;

pub use crate::derivation::{Claim, Derivation, Detail, Line, Math, Reason};
pub use finish::rewriting;
pub use implicit::{Curve, implicit, partial_claims};
pub use log::Dependent;
pub use typed::typed;
pub use whole::{Question, derivation};
