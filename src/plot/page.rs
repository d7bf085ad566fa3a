//! What stands around a drawing in SVG: its size, what it shows in words, its colours.

use super::colour::{Ink, Theme, hex, pairs};
use crate::print;
use std::fmt::Write;

/// How an SVG begins, for a page or a file of its own.
///
/// The colours stand in attributes as on white. With [`Theme::Auto`] a style sheet has others
/// for a dark page, found by those; it names a class and no id.
pub(super) fn open(
    title: &str,
    description: &str,
    size: (f64, f64),
    theme: Theme,
) -> String {
    let (width, height) = size;
    let class = if theme == Theme::Auto { " class=\"calcgrad-auto\"" } else { "" };
    let text = ink(Ink::Text, theme);
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\"{class} role=\"img\" width=\"{width:.0}\" \
         height=\"{height:.0}\" viewBox=\"0 0 {width:.0} {height:.0}\" color=\"{text}\">\
         <title>{}</title><desc>{}</desc>",
        print::escaped(title),
        print::escaped(description),
    );
    if theme == Theme::Auto {
        svg.push_str("<style>@media screen and (prefers-color-scheme:dark){");
        for (light, dark) in pairs() {
            for (attribute, property) in [("fill", "fill"), ("stroke", "stroke")] {
                let _ = write!(
                    svg,
                    ".calcgrad-auto [{attribute}=\"{light}\"]{{{property}:{dark}}}"
                );
            }
            let _ = write!(
                svg,
                ".calcgrad-auto[color=\"{light}\"],.calcgrad-auto [color=\"{light}\"]\
                 {{color:{dark}}}"
            );
        }
        svg.push_str("}</style>");
    }
    svg
}

/// A colour as it stands in an attribute.
pub(super) fn ink(ink: Ink, theme: Theme) -> String {
    hex(ink.rgb(theme == Theme::Dark))
}
