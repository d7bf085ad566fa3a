//! Floor 4: what a picture is, and how it is drawn.
//!
//! A [`Picture`] is in the coordinates of what it shows: curves in pieces, lines that they come
//! near to, marked points, axes. [`svg`], [`terminal`] and `png` draw it, over the primitives of
//! the crate kuva. [`trace`] and [`contour`] make pieces of functions that are known by their
//! values; [`doubts`] are places at which they may break, and [`told`] says what is there.
//!
//! Invariant: a piece never crosses a break, and nothing that is drawn is outside of the frame.
//!
//! Invariant: the same picture is the same bytes, and nothing in an SVG has an id, so that many
//! may stand on one page.

mod band;
mod caption;
mod clip;
mod colour;
mod contour;
pub mod diagram;
mod doubt;
mod draw;
mod draw_ground;
mod draw_space;
mod follow;
mod frame;
mod ground;
mod number;
mod page;
mod picture;
#[cfg(feature = "png")]
mod png;
mod range;
mod surface;
mod svg;
mod terminal;
mod thin;
mod tick;
mod touch;
mod trace;
mod verge;
mod words;

pub use band::{Above, Field};
pub use colour::{Ink, Theme};
pub use contour::{Level, contour, extent};
pub use doubt::{Doubts, doubts};
pub use ground::{Band, Ground, shade};
pub use number::number;
pub use picture::{
    Axis, Break, Caption, Curve, Ending, Gap, Guide, Mark, Picture, Piece, Role, Stroke,
    Unit,
};
#[cfg(feature = "png")]
pub use png::png;
pub use range::{rounded, span};
pub use surface::{Point as SpacePoint, Sheet, Space, Spot, between};
pub use svg::svg;
pub use terminal::terminal;
pub use tick::Tick;
pub use trace::{End, Window, trace};
pub use verge::{Found, approach, peak, told};

/// How a picture is drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Style {
    /// The width in pixels; in a terminal, in columns.
    pub width: u32,
    /// The height in pixels; in a terminal, in rows.
    pub height: u32,
    /// The colours.
    pub theme: Theme,
}
