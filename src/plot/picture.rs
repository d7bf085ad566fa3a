//! What a picture shows, in the coordinates of what is shown.

use super::ground::Ground;
use super::surface::Space;
use super::tick::{Tick, ticks};
use crate::print;

/// A formula or a point as it is written beside a curve.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Caption {
    /// As plain text.
    pub text: String,
    /// As LaTeX.
    pub latex: String,
}

impl Caption {
    /// With the signs of mathematics.
    pub fn unicode(&self) -> String {
        print::unicode(&self.text).replace('-', "−").replace('\'', "′")
    }
}

/// In what the numbers of an axis are counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Unit {
    /// In ones.
    #[default]
    One,
    /// In multiples of pi.
    Pi,
}

/// An axis: its name, the part of it that is seen, and what its numbers are counted in.
#[derive(Clone, Debug, PartialEq)]
pub struct Axis {
    /// The name of the variable.
    pub name: String,
    /// The least number.
    pub low: f64,
    /// The greatest number.
    pub high: f64,
    /// What its numbers are counted in.
    pub unit: Unit,
}

impl Axis {
    /// Round numbers on it, so many at most.
    pub fn ticks(&self, most: usize) -> Vec<Tick> {
        ticks(self.low, self.high, self.unit, most)
    }
}

/// A part of a curve without a break, as points that are joined by lines.
pub type Piece = Vec<(f64, f64)>;

/// How a curve is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stroke {
    /// A line.
    Solid,
    /// Dashes: a polynomial near another curve.
    Dashed,
    /// A thin line: a tangent.
    Thin,
}

/// A function that is drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct Curve {
    /// What it is called in the legend.
    pub caption: Caption,
    /// Which of the colours it has.
    pub ink: usize,
    /// How it is drawn.
    pub stroke: Stroke,
    /// Its pieces, from the left to the right.
    pub pieces: Vec<Piece>,
    /// Where it breaks, from the left to the right.
    pub breaks: Vec<Break>,
    /// Where it is left out, because its breaks are too dense to be drawn.
    pub left_out: Vec<(f64, f64)>,
}

/// What there is at a break.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gap {
    /// Values grow beyond all bounds on a side at least.
    Pole,
    /// Both sides meet, and there is no value, or another one.
    Hole,
    /// The sides do not meet.
    Jump,
    /// There are no values on one side.
    End,
    /// There are no values on either side.
    Alone,
    /// On a side the values come to no limit.
    Swing,
}

impl Gap {
    /// The name in JSON.
    pub fn id(self) -> &'static str {
        match self {
            Self::Pole => "pole",
            Self::Hole => "hole",
            Self::Jump => "jump",
            Self::End => "end",
            Self::Alone => "isolated",
            Self::Swing => "oscillation",
        }
    }
}

/// What values come to on one side of a break.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Ending {
    /// A number.
    Limit(f64),
    /// They grow beyond all bounds.
    Up,
    /// They fall below all bounds.
    Down,
    /// There are none.
    Outside,
    /// To nothing, or it is not known to what.
    Open,
}

/// A place at which a curve breaks.
#[derive(Clone, Debug, PartialEq)]
pub struct Break {
    /// Where.
    pub x: f64,
    /// The same as it is written.
    pub at: Caption,
    /// What it is.
    pub gap: Gap,
    /// What the values on the left and on the right come to.
    pub sides: [Ending; 2],
    /// The value there, if there is one.
    pub value: Option<f64>,
}

/// A straight line to which a curve comes near.
#[derive(Clone, Debug, PartialEq)]
pub enum Guide {
    /// `x = a`.
    Vertical(f64, Caption),
    /// `y = slope*x + level`.
    Line {
        /// The slope.
        slope: f64,
        /// The value at 0.
        level: f64,
        /// Its equation.
        caption: Caption,
    },
}

/// Why a point is marked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// A minimum.
    Minimum,
    /// A maximum.
    Maximum,
    /// A minimum in some directions, a maximum in others.
    Saddle,
    /// The curve changes the way it bends.
    Inflection,
    /// A critical point of another kind.
    Critical,
    /// Where a tangent or a polynomial touches.
    Contact,
    /// No value where the curve comes to one.
    Hole,
    /// An end that belongs to the curve.
    Closed,
    /// An end that does not.
    Open,
    /// A value beside the curve.
    Isolated,
}

impl Role {
    /// The name in JSON.
    pub fn id(self) -> &'static str {
        match self {
            Self::Minimum => "minimum",
            Self::Maximum => "maximum",
            Self::Saddle => "saddle",
            Self::Inflection => "inflection",
            Self::Critical => "critical",
            Self::Contact => "contact",
            Self::Hole => "hole",
            Self::Closed => "closed",
            Self::Open => "open",
            Self::Isolated => "isolated",
        }
    }

    /// Whether it is drawn as a ring, because the point does not belong to the curve.
    pub fn is_ring(self) -> bool {
        matches!(self, Self::Hole | Self::Open)
    }
}

/// A point that is marked.
#[derive(Clone, Debug, PartialEq)]
pub struct Mark {
    /// Where.
    pub at: (f64, f64),
    /// Why.
    pub role: Role,
    /// The colour of its curve.
    pub ink: usize,
    /// The point as it is written, if it is named.
    pub caption: Option<Caption>,
}

/// A picture.
#[derive(Clone, Debug, PartialEq)]
pub struct Picture {
    /// What is shown, in one line.
    pub title: String,
    /// What is seen, in words.
    pub description: String,
    /// What to know: parts that are left out.
    pub notes: Vec<String>,
    /// The horizontal axis.
    pub x: Axis,
    /// The vertical axis.
    pub y: Axis,
    /// The curves, in the order of the legend.
    pub curves: Vec<Curve>,
    /// The lines to which they come near.
    pub guides: Vec<Guide>,
    /// The points that are marked.
    pub marks: Vec<Mark>,
    /// Whether a step is as long on both axes.
    pub square: bool,
    /// The function of two variables that lies behind.
    pub ground: Option<Ground>,
    /// What is seen in space, in place of all else.
    pub space: Option<Space>,
}

impl Picture {
    /// A picture with two axes on which there is nothing yet.
    #[must_use]
    pub fn over(title: String, x: Axis, y: Axis) -> Self {
        Self {
            title,
            description: String::new(),
            notes: Vec::new(),
            x,
            y,
            curves: Vec::new(),
            guides: Vec::new(),
            marks: Vec::new(),
            square: false,
            ground: None,
            space: None,
        }
    }
}
