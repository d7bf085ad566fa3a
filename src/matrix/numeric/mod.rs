//! Matrix expressions over doubles: the independent path of the self-check.
//!
//! Invariant: nothing here knows the index notation, except the one file that evaluates it.

mod decompose;
mod dense;
mod difference;
mod evaluate;
mod indexed;
mod instance;

pub(crate) use dense::Dense;
pub(crate) use difference::{STEP, Slopes, along, along_values, differences, slopes};
pub(crate) use evaluate::{Evaluator, entry, power, value_with};
pub(crate) use indexed::entries;
pub(crate) use instance::Instance;
