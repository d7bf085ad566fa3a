//! Exact derivatives of the formulas of calculus, physics and deep learning, printed as a
//! textbook would.
//!
//! ```
#![doc = include_str!("../examples/tour.rs")]
//! ```
//!
//! The modules in reading order: [`kernel`] holds every expression once, [`function`] has a
//! row for each function, [`syntax`] reads, [`evaluate`] gives numbers, [`polynomial`] has
//! the algebra of polynomials, [`calculus`] has the rules, [`simplify`] looks for the shortest
//! form, [`mod@print`] writes it, [`check`] compares it with an independent path,
//! [`series`] has Taylor polynomials, [`extrema`] critical points and descent, [`matrix`] the
//! calculus of matrices, `plot` draws pictures, and [`session`] strings them together. [`derivation`] says what a
//! derivation is, [`steps`] tells one.
//!
//! A module uses modules before it in this list only, and not those on its own floor; a test
//! proves it (see `ARCHITECTURE.md`).

// The generated parser names it: pest stands without its guard of the stack, which costs as
// much as the parsing and is not needed where depth is checked first (`syntax::limits`).
extern crate alloc;

pub mod error;
pub mod locale;
pub mod span;

pub mod kernel;

pub mod derivation;
pub mod function;

pub mod evaluate;
pub mod polynomial;
pub mod syntax;

pub mod calculus;
pub mod print;
pub mod simplify;

pub mod check;
pub mod extrema;
pub mod matrix;
#[cfg(feature = "plot")]
pub mod plot;
pub mod series;
pub mod steps;

pub mod session;

/// The blocks of Rust in the README, which the tests of the documents compile and run.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
#[doc = include_str!("../docs/src/library.md")]
struct Documents;

pub use error::{Error, ErrorKind, Note, Result};
pub use session::{Expr, Session};
