//! Long files on all cores: `batch`, `grade` and `verify-answers`. A page in a browser has none.

pub(crate) mod batch;
mod crew;
mod feed;
pub(crate) mod grade;
pub(crate) mod lines;
mod points;
mod progress;
mod rows;
mod submission;
mod table;
pub(crate) mod verify_answers;
