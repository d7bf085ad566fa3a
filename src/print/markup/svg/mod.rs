//! Formulas drawn in SVG: letters with their places and widths, bars and brackets.
//!
//! What is where follows the rules of Knuth, *The TeXbook*, appendix G, in short. Every run
//! of letters is told how wide it is, so that a reader with other fonts keeps to the places.

mod block;
mod bracket;
mod metrics;
mod set;

use super::{Markup, asciimath, escape};
use block::short;

/// The fonts that letters are taken from: all with the widths of Times.
const FAMILY: &str = "'Times New Roman',Times,'Liberation Serif',serif";
/// The size of letters where a formula stands alone.
const SIZE: f64 = 20.0;

/// A drawn formula whose base line begins at the origin; down is positive.
#[derive(Clone, Debug, PartialEq)]
pub struct Fragment {
    /// A `g` element without ids, in the colour of its surroundings.
    pub body: String,
    /// How wide it is.
    pub width: f64,
    /// How far it reaches above the base line.
    pub ascent: f64,
    /// How far it reaches below.
    pub descent: f64,
}

impl Markup {
    /// Draws a formula in letters of a size: as it stands on a line of its own, or lower, as in
    /// the middle of a text.
    #[must_use]
    pub fn fragment(&self, size: f64, is_display: bool) -> Fragment {
        let block = set::formula(self, size, is_display);
        let elements = block.elements(size);
        let body = format!(
            "<g font-family=\"{FAMILY}\" font-size=\"{}\" fill=\"currentColor\">{elements}</g>",
            short(size)
        );
        let block::Block { width, ascent, descent, .. } = block;
        Fragment { body, width, ascent, descent }
    }
}

/// Writes a formula as a picture of its own.
pub(super) fn write(formula: &Markup, _: usize) -> String {
    draw(std::slice::from_ref(formula))
}

/// Draws formulas below each other as one picture.
#[must_use]
pub fn draw(formulas: &[Markup]) -> String {
    let room = SIZE / 10.0;
    let (mut bodies, mut titles) = (String::new(), Vec::new());
    let (mut width, mut first, mut below) = (0.0_f64, 0.0, 0.0);
    for (place, formula) in formulas.iter().enumerate() {
        let fragment = formula.fragment(SIZE, true);
        if place == 0 {
            first = fragment.ascent;
            bodies.push_str(&fragment.body);
        } else {
            let base = below + 4.0 * room + fragment.ascent;
            let body = &fragment.body;
            bodies.push_str(&format!(
                "<g transform=\"translate(0 {})\">{body}</g>",
                short(base)
            ));
            below = base;
        }
        below += fragment.descent;
        width = width.max(fragment.width);
        titles.push(asciimath::write(formula, 0));
    }
    let [left, top] = [-room, -first - room].map(short);
    let [width, height] = [width + 2.0 * room, first + below + 2.0 * room].map(short);
    let mut title = String::new();
    escape(&titles.join("\n"), &mut title);
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" \
         viewBox=\"{left} {top} {width} {height}\" role=\"img\"><title>{title}</title>{bodies}</svg>"
    )
}
