//! Floor 4: the independent check of every answer, and the reason for a wrong one of a user.
//!
//! Invariant: the path of the check shares neither the canonical form nor the rules nor the
//! simplifier with the path of the answer.

mod along;
mod approximation;
mod argument;
mod boundary;
mod breaks;
mod cells;
mod compare;
mod compare_complex;
mod condition;
mod corners;
mod counted;
mod crossings;
mod curve;
mod cuts;
mod decided;
mod definite;
mod edge_points;
mod elsewhere;
mod ends;
mod excuse;
mod families;
mod feasible;
mod image;
mod in_cells;
mod inner;
mod mistakes;
mod near;
mod nearby;
mod nowhere;
mod observe;
mod odd;
mod outside;
mod parted;
mod peaks;
mod peel;
mod place;
mod plateau;
mod points;
mod scattered;
mod seam;
mod swings;
mod unsolved;
mod verdict;
mod verify;
mod verify_complex;
mod whole;
mod windows;
mod zeros;

pub use along::Typed;
pub use approximation::{Approximation, BESIDE};
pub use cells::{Cells, between, is_inside, merged};
pub use compare::{Comparison, Primitive, Side};
pub use curve::{Curve, OnCurve, Pair};
pub use cuts::{Cut, complex_parts, cut_arguments};
pub use edge_points::solutions;
pub use image::{is_zero, is_zero_within, over_kernels};
pub use mistakes::{LETTERS, Mistake, Mutation, On, Submission, mutations, slip};
pub use near::Allowance;
pub use nearby::Component;
pub use nowhere::Nowhere;
pub use seam::Seam;
pub use verdict::{Decision, Domain, Flag, Verdict, Witness};
pub use verify::{Checker, Claim, Outcome, Values};
