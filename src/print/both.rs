//! A piece of mathematics in both notations.

use super::notation::Notation;
use super::writer::write;
use crate::derivation::Math;
use crate::error::Result;
use crate::kernel::{ExprId, Pool};

/// What is written in either notation.
pub fn both(write: impl Fn(Notation) -> String) -> Math {
    Math { text: write(Notation::Text), latex: write(Notation::Latex) }
}

/// The same where writing may fail.
///
/// # Errors
/// Whatever writing says.
pub fn try_both(write: impl Fn(Notation) -> Result<String>) -> Result<Math> {
    Ok(Math { text: write(Notation::Text)?, latex: write(Notation::Latex)? })
}

/// An expression in both notations.
///
/// # Errors
/// A text that is too long.
pub fn write_both(pool: &Pool, id: ExprId) -> Result<Math> {
    try_both(|notation| write(pool, id, notation))
}
