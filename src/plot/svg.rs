//! A picture as SVG.

use super::colour::pairs;
use super::draw::{Pen, drawing};
use super::picture::Picture;
use super::{Style, Theme};
use kuva::backend::svg::SvgBackend;
use std::fmt::Write;

/// A picture as SVG, for a page or a file of its own.
///
/// The colours stand in attributes as on white. With [`Theme::Auto`] a style sheet has others
/// for a dark page, found by those; it names a class and no id.
pub fn svg(picture: &Picture, style: &Style) -> String {
    let mut scene = drawing(picture, style, Pen::Paper);
    scene.font_family = Some("'STIX Two Text', 'Times New Roman', Times, serif".into());
    let drawn = SvgBackend::new().render_scene(&scene);
    let body = drawn.split_once("-->").map_or("", |(_, body)| body);
    let (width, height) = (style.width, style.height);
    let class = if style.theme == Theme::Auto { " class=\"calcgrad-auto\"" } else { "" };
    let mut svg = String::with_capacity(body.len() + 2000);
    let family = scene.font_family.as_deref().unwrap_or_default();
    let _ = write!(
        svg,
        "<svg xmlns=\"http://www.w3.org/2000/svg\"{class} role=\"img\" width=\"{width}\" \
         height=\"{height}\" viewBox=\"0 0 {width} {height}\" font-family=\"{family}\" \
         stroke-linejoin=\"round\" stroke-linecap=\"round\">\
         <title>{}</title><desc>{}</desc>",
        escaped(&picture.title),
        escaped(&picture.description),
    );
    if style.theme == Theme::Auto {
        svg.push_str("<style>@media screen and (prefers-color-scheme:dark){");
        let used = pairs().filter(|(light, _)| body.contains(light.as_str()));
        for (light, dark) in used {
            let _ = write!(
                svg,
                ".calcgrad-auto [fill=\"{light}\"]{{fill:{dark}}}\
                 .calcgrad-auto [stroke=\"{light}\"]{{stroke:{dark}}}"
            );
        }
        svg.push_str("}</style>");
    }
    svg.push_str(body);
    svg.push('\n');
    svg
}

/// Text as it stands in XML, without what XML does not allow.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}
