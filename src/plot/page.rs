//! What stands around a drawing in SVG: its size, what it shows in words, its colours.

use super::colour::{Ink, Theme, hex, pairs};
use crate::print;
use std::fmt::Write;

/// A drawing with what it shows in words.
pub(super) struct Page<'p> {
    pub(super) title: &'p str,
    pub(super) description: &'p str,
    pub(super) size: (f64, f64),
    pub(super) theme: Theme,
    /// What holds for all of it, as attributes.
    pub(super) attributes: &'p str,
    pub(super) body: &'p str,
}

impl Page<'_> {
    /// The drawing as SVG, for a page or a file of its own.
    ///
    /// The colours stand in attributes as on white. With [`Theme::Auto`] a style sheet has others
    /// for a dark page, found by those; it names a class and no id.
    pub(super) fn svg(&self) -> String {
        let (width, height) = self.size;
        let is_auto = self.theme == Theme::Auto;
        let class = if is_auto { " class=\"calcgrad-auto\"" } else { "" };
        let text = ink(Ink::Text, self.theme);
        let mut svg = String::with_capacity(self.body.len() + 4000);
        let _ = write!(
            svg,
            "<svg xmlns=\"http://www.w3.org/2000/svg\"{class} role=\"img\" \
             width=\"{width:.0}\" height=\"{height:.0}\" \
             viewBox=\"0 0 {width:.0} {height:.0}\" color=\"{text}\"{}>\
             <title>{}</title><desc>{}</desc>",
            self.attributes,
            print::escaped(self.title),
            print::escaped(self.description),
        );
        if is_auto {
            svg.push_str("<style>@media screen and (prefers-color-scheme:dark){");
            let _ =
                write!(svg, ".calcgrad-auto{{color:{}}}", ink(Ink::Text, Theme::Dark));
            for (light, dark) in pairs() {
                for name in ["fill", "stroke", "color"] {
                    let attribute = format!("{name}=\"{light}\"");
                    if self.body.contains(&attribute) {
                        let _ =
                            write!(svg, ".calcgrad-auto [{attribute}]{{{name}:{dark}}}");
                    }
                }
            }
            svg.push_str("}</style>");
        }
        svg.push_str(self.body);
        svg.push_str("</svg>");
        svg
    }
}

/// A colour as it stands in an attribute.
pub(super) fn ink(ink: Ink, theme: Theme) -> String {
    hex(ink.rgb(theme == Theme::Dark))
}
