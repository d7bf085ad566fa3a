//! A picture as SVG.

use super::Style;
use super::draw::{Pen, drawing};
use super::page::Page;
use super::picture::Picture;
use kuva::backend::svg::SvgBackend;

/// What holds for all of a picture.
const ATTRIBUTES: &str = " font-family=\"'STIX Two Text', 'Times New Roman', Times, serif\" \
                          stroke-linejoin=\"round\" stroke-linecap=\"round\"";

/// A picture as SVG, for a page or a file of its own.
pub fn svg(picture: &Picture, style: &Style) -> String {
    let drawn = SvgBackend::new().render_scene(&drawing(picture, style, Pen::Paper));
    let body = drawn.split_once("-->").map_or("", |(_, body)| body);
    let page = Page {
        title: &picture.title,
        description: &picture.description,
        size: (f64::from(style.width), f64::from(style.height)),
        theme: style.theme,
        attributes: ATTRIBUTES,
        body: body.trim_end().trim_end_matches("</svg>"),
    };
    page.svg() + "\n"
}
