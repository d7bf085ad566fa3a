//! Mathematics on paper as a tree, of which notations with two dimensions are made.
//!
//! The writers make LaTeX, which says what stands above, below, under and between what;
//! [`Markup::read`] takes exactly that LaTeX apart (`read.rs`). A notation is one file beside
//! this one: tokens, slots and names, no algebra.

mod asciimath;
mod linear;
mod mathml;
mod pretty;
mod read;
mod svg;
mod typst;

use crate::error::Result;
pub use read::SPELLED_SIGNS;
pub use svg::{Fragment, draw};

/// A piece of mathematics, or of words between.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Markup {
    /// Pieces side by side.
    Row(Vec<Markup>),
    /// A number without a sign.
    Number(String),
    /// The name of a variable or a function.
    Name(String, Face),
    /// A sign.
    Sign(&'static str, Role),
    /// Primes behind a name, as many as there are.
    Primes(usize),
    /// Words of a language, or a name of several letters.
    Words(String),
    /// Above and below a bar.
    Fraction(Box<[Markup; 2]>),
    /// A root with its degree, where that is not 2.
    Root(Option<Box<Markup>>, Box<Markup>),
    /// What stands below and above the line behind a base.
    Scripts {
        /// What they stand behind.
        base: Box<Markup>,
        /// The index.
        below: Option<Box<Markup>>,
        /// The exponent, or primes.
        above: Option<Box<Markup>>,
    },
    /// What stands between brackets or bars.
    Fence {
        /// What opens; nothing where there is no bracket.
        open: &'static str,
        /// What stands between.
        body: Box<Markup>,
        /// What closes.
        close: &'static str,
    },
    /// Rows of cells.
    Grid(Grid, Vec<Vec<Markup>>),
    /// Room: 1 is a thin space, 4 a wide one.
    Space(u8),
}

/// How a name is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Face {
    /// Slanted, as variables are.
    Italic,
    /// Upright, as functions are.
    Upright,
    /// Bold, as vectors and matrices are.
    Bold,
    /// As the sets of numbers are.
    Double,
}

/// What a sign does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// It stands between two terms.
    Plus,
    /// It stands between two factors.
    Times,
    /// It stands before something.
    Prefix,
    /// It stands behind something.
    Postfix,
    /// It compares.
    Relation,
    /// It separates.
    Comma,
    /// It is a thing of its own.
    Thing,
    /// It is not seen: what stands before is applied to what stands behind.
    Apply,
}

/// What rows of cells are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grid {
    /// A matrix in square brackets.
    Matrix,
    /// A matrix in round brackets.
    Round,
    /// Branches behind a brace.
    Cases,
    /// Lines that are aligned, mostly at their signs of equality.
    Aligned,
    /// A table with a head.
    Table,
    /// A binomial coefficient.
    Binomial,
}

/// A notation that is made of [`Markup`].
#[derive(Clone, Copy)]
pub struct Typeset {
    /// What it is called.
    pub name: &'static str,
    /// Writes a formula that stands alone on lines at most so wide, where that matters.
    pub write: fn(&Markup, usize) -> String,
}

impl std::fmt::Debug for Typeset {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name)
    }
}

/// The notations.
pub static TYPESET: [Typeset; 5] = [
    Typeset { name: "pretty", write: pretty::write },
    Typeset { name: "mathml", write: mathml::write },
    Typeset { name: "typst", write: typst::write },
    Typeset { name: "asciimath", write: asciimath::write },
    Typeset { name: "svg", write: svg::write },
];

impl Typeset {
    /// Writes LaTeX of calcgrad in the notation, on lines at most so wide where that matters.
    ///
    /// # Errors
    /// What is nested more than 200 times.
    pub fn latex(&self, latex: &str, width: usize) -> Result<String> {
        Ok((self.write)(&Markup::read(latex)?, width))
    }
}

impl Markup {
    /// The pieces of a row, or the piece alone.
    fn pieces(&self) -> &[Markup] {
        match self {
            Self::Row(list) => list,
            one => std::slice::from_ref(one),
        }
    }

    /// Whether it is one thing, beside which nothing needs brackets.
    fn is_one(&self) -> bool {
        match self {
            Self::Row(list) => list.len() == 1 && list[0].is_one(),
            Self::Scripts { base, above: None, .. } => base.is_one(),
            Self::Number(_) | Self::Name(..) | Self::Words(_) | Self::Fence { .. } => {
                true
            }
            Self::Grid(..) | Self::Root(..) => true,
            Self::Sign(_, role) => *role == Role::Thing,
            Self::Fraction(_) | Self::Scripts { .. } | Self::Space(_) => false,
            Self::Primes(_) => true,
        }
    }
}

/// Whether something is brackets, also with scripts.
fn is_fenced(piece: &Markup) -> bool {
    match piece {
        Markup::Fence { .. } => true,
        Markup::Scripts { base, .. } => matches!(**base, Markup::Fence { .. }),
        _ => false,
    }
}

/// Whether something is a sign that stands behind its operand, also with scripts.
fn is_behind(piece: &Markup) -> bool {
    match piece {
        Markup::Sign(_, role) => *role == Role::Postfix,
        Markup::Scripts { base, .. } => is_behind(base),
        _ => false,
    }
}

/// Whether something is the name of a function, also with scripts.
fn is_function(piece: &Markup) -> bool {
    match piece {
        Markup::Name(_, face) => *face == Face::Upright,
        Markup::Scripts { base, .. } => is_function(base),
        _ => false,
    }
}

/// Primes as one sign where there is one.
fn primes(count: usize) -> String {
    match count {
        2 => "″".to_owned(),
        3 => "‴".to_owned(),
        _ => "′".repeat(count),
    }
}

/// A letter of the alphabets of mathematics in Unicode.
fn letter(c: char, face: Face) -> char {
    let at = |first: u32, base: char| char::from_u32(first + c as u32 - base as u32);
    let found = match (face, c) {
        (Face::Bold, 'A'..='Z') => at(0x1d400, 'A'),
        (Face::Bold, 'a'..='z') => at(0x1d41a, 'a'),
        (Face::Bold, '0'..='9') => at(0x1d7ce, '0'),
        (Face::Double, 'C') => Some('ℂ'),
        (Face::Double, 'N') => Some('ℕ'),
        (Face::Double, 'Q') => Some('ℚ'),
        (Face::Double, 'R') => Some('ℝ'),
        (Face::Double, 'Z') => Some('ℤ'),
        _ => None,
    };
    found.unwrap_or(c)
}

/// Text with what XML reserves written otherwise; what it cannot hold becomes a mark.
fn escape(text: &str, out: &mut String) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '\t' | '\n' => out.push(c),
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => {
                out.push('\u{fffd}');
            }
            c => out.push(c),
        }
    }
}

/// Text as it stands in XML.
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    escape(text, &mut out);
    out
}
