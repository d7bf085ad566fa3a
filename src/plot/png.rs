//! A picture as PNG.

use super::draw::{Pen, drawing};
use super::picture::Picture;
use super::{Style, Theme};
use crate::error::{ErrorKind, Result};
use kuva::PngBackend;

/// So many points of the file for one of the picture.
const SCALE: f32 = 2.0;

/// A picture as PNG.
///
/// # Errors
/// A size that cannot be drawn.
pub fn png(picture: &Picture, style: &Style) -> Result<Vec<u8>> {
    let theme = if style.theme == Theme::Auto { Theme::Light } else { style.theme };
    let scene = drawing(picture, &Style { theme, ..*style }, Pen::Paper);
    let backend = PngBackend::new().with_scale(SCALE);
    backend.render_scene(&scene).map_err(|what| ErrorKind::Unsupported(what).into())
}
