//! Floor 4: what a picture is, and how it is drawn.

mod colour;
pub mod diagram;
mod page;

pub use colour::{Ink, Theme};
