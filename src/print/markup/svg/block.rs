//! Boxes with what is drawn in them, placed by the left end of their base line; down is
//! positive.

use super::super::escape;
use super::metrics::{self, Font};
use std::fmt::Write;

/// How thick bars and brackets are, by the size of letters.
pub(super) const THICK: f64 = 0.045;

/// Something drawn.
#[derive(Clone, Debug)]
enum Mark {
    /// Letters on one line.
    Run { x: f64, y: f64, width: f64, size: f64, font: Font, text: String },
    /// A bar, from its upper left corner.
    Bar { x: f64, y: f64, width: f64, height: f64 },
    /// An outline that is filled: where it starts, and how it goes on from there.
    Outline { x: f64, y: f64, path: String },
}

/// A box with what is drawn in it.
#[derive(Clone, Debug, Default)]
pub(super) struct Block {
    pub(super) width: f64,
    /// How far it reaches above the base line.
    pub(super) ascent: f64,
    /// How far it reaches below.
    pub(super) descent: f64,
    /// How much of the width is there because the last letter leans over.
    pub(super) leaning: f64,
    marks: Vec<Mark>,
}

impl Block {
    /// Letters on one line.
    pub(super) fn run(text: &str, font: Font, size: f64) -> Self {
        let words: Vec<&str> = text.split_whitespace().collect();
        let shown = words.join(" ");
        let space = size * metrics::advance(" ", font);
        let at = |is_there: bool| if is_there { space } else { 0.0 };
        let left = at(text.starts_with(char::is_whitespace));
        if shown.is_empty() {
            return Self::room(left);
        }
        let right = at(text.ends_with(char::is_whitespace));
        let width = size * metrics::advance(&shown, font);
        let leaning = size * metrics::leaning(&shown, font);
        let (ascent, descent) = metrics::extent(&shown, font);
        let mark = Mark::Run { x: left, y: 0.0, width, size, font, text: shown };
        Self {
            width: left + width + leaning + right,
            ascent: size * ascent,
            descent: size * descent,
            leaning,
            marks: vec![mark],
        }
    }

    /// Nothing, so wide.
    pub(super) fn room(width: f64) -> Self {
        Self { width, ..Self::default() }
    }

    /// A bar whose upper edge is at a height.
    pub(super) fn bar(width: f64, height: f64, upper: f64) -> Self {
        let marks = vec![Mark::Bar { x: 0.0, y: -upper, width, height }];
        Self { width, ascent: upper, descent: height - upper, leaning: 0.0, marks }
    }

    /// An outline that begins at a point of a box; what follows is relative to it.
    pub(super) fn outline(
        (width, ascent, descent): (f64, f64, f64),
        (x, y): (f64, f64),
        path: String,
    ) -> Self {
        let marks = vec![Mark::Outline { x, y, path }];
        Self { width, ascent, descent, leaning: 0.0, marks }
    }

    /// Puts another one into this one, to the right and down from its place; the box grows.
    pub(super) fn put(&mut self, other: Self, right: f64, down: f64) {
        self.width = self.width.max(right + other.width);
        self.ascent = self.ascent.max(other.ascent - down);
        self.descent = self.descent.max(other.descent + down);
        self.marks.extend(other.marks.into_iter().map(|mut mark| {
            let (x, y) = match &mut mark {
                Mark::Run { x, y, .. }
                | Mark::Bar { x, y, .. }
                | Mark::Outline { x, y, .. } => (x, y),
            };
            *x += right;
            *y += down;
            mark
        }));
    }

    /// Boxes side by side.
    pub(super) fn row(parts: impl IntoIterator<Item = Self>) -> Self {
        let mut whole = Self::default();
        for part in parts {
            let (right, leaning) = (whole.width, part.leaning);
            whole.put(part, right, 0.0);
            whole.leaning = leaning;
        }
        whole
    }

    /// The elements, where letters have a size unless they say another one.
    pub(super) fn elements(&self, usual: f64) -> String {
        let mut out = String::new();
        for mark in &self.marks {
            match mark {
                Mark::Run { x, y, width, size, font, text } => {
                    let _ = write!(out, "<text x=\"{}\" y=\"{}\"", short(*x), short(*y));
                    if *size != usual {
                        let _ = write!(out, " font-size=\"{}\"", short(*size));
                    }
                    out.push_str(match font {
                        Font::Upright => "",
                        Font::Italic => " font-style=\"italic\"",
                        Font::Bold => " font-weight=\"bold\"",
                    });
                    let width = short(*width);
                    let _ = write!(
                        out,
                        " textLength=\"{width}\" lengthAdjust=\"spacingAndGlyphs\">"
                    );
                    escape(text, &mut out);
                    out.push_str("</text>");
                }
                Mark::Bar { x, y, width, height } => {
                    let [x, y, width, height] = [x, y, width, height].map(|n| short(*n));
                    let _ = write!(
                        out,
                        "<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\"/>"
                    );
                }
                Mark::Outline { x, y, path } => {
                    let (x, y) = (short(*x), short(*y));
                    let _ = write!(out, "<path d=\"M{x} {y}{path}\"/>");
                }
            }
        }
        out
    }
}

/// A number with at most two decimals.
pub(super) fn short(number: f64) -> String {
    let text = format!("{number:.2}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    match text {
        "-0" | "" => "0".to_owned(),
        text => text.to_owned(),
    }
}
