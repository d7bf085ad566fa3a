//! Answers that are read, and what is said of them beside a verdict.

pub(super) mod answer;
pub(super) mod basis;
pub(super) mod brackets;
pub(super) mod entries;
pub(super) mod fit;
pub(super) mod question;
pub(super) mod reply;
pub(super) mod rounding;
pub(super) mod rows;
pub(super) mod run_together;
pub(super) mod spelling;
pub(super) mod stray;
mod undone;
