//! What a picture of a formula shows: found out with what the engine knows exactly, and seen by
//! values where it does not.
//!
//! `suspect.rs` says where a formula as it was typed may break, `graph.rs` where it does,
//! `side.rs` what it comes to there. `lines.rs` puts a picture of functions of one variable
//! together: `curve.rs` has the pieces between breaks, `reach.rs` says which part of the axis is seen, `mark.rs` which points are marked,
//! `pole.rs` what is rounding beside a pole, `exact.rs` has values that doubles do not have, `height.rs` says
//! which heights are seen, `apart.rs` which marks can be told apart, `guide.rs` to which lines curves come near, `beside.rs` has derivatives, tangents and Taylor
//! polynomials. `level.rs` has curves that equations describe, `missing.rs` the points that these lack, `describe.rs` what is seen in
//! words.
//!
//! Invariant: a break that is known exactly is never found by values alone.

mod apart;
mod beside;
mod curve;
mod describe;
mod exact;
mod graph;
mod guide;
mod height;
mod level;
mod levels;
mod lines;
mod mark;
mod missing;
mod plane;
mod pole;
mod reach;
mod scene;
mod side;
mod space;
mod suspect;

use super::engine::{Engine, Formula};
use super::point::eval::Point;
use crate::error::{Error, ErrorKind, Result};
use crate::kernel::{ExprId, Limits, Node, Pool};
use crate::plot::{Caption, Picture, Unit};
use crate::print::{self, Notation};

/// The work on what is found out of one formula at a time.
const WORK: u64 = 4_000_000;
/// The digits of a number that is long.
const SHORT: usize = 4;
/// The greatest number at the end of a range.
const MOST: f64 = 1e15;

/// What is to be drawn.
#[derive(Clone, Debug)]
pub enum Show {
    /// Functions, each with its components.
    Functions(Vec<Formula>),
    /// Where an equation holds: what is 0 there, and the equation as it is written.
    Equation(Box<Formula>, String),
}

/// What of it is to be seen.
#[derive(Clone, Debug, Default)]
pub struct View {
    /// Between which numbers, as typed, on the horizontal axis.
    pub x: Option<[String; 2]>,
    /// The same on the vertical axis.
    pub y: Option<[String; 2]>,
    /// The orders of derivatives that are drawn too.
    pub orders: Vec<u32>,
    /// Where tangents or Taylor polynomials are drawn.
    pub at: Vec<Point>,
    /// The order of the Taylor polynomials; without it there are tangents.
    pub taylor: Option<u32>,
    /// Where a way downhill begins.
    pub descend: Option<Point>,
    /// Whether a function of two variables is seen in space.
    pub surface: bool,
    /// The size of the drawing in pixels, about.
    pub size: (f64, f64),
}

/// A part of an axis that was asked for.
#[derive(Clone, Copy, Debug)]
pub(super) struct Range {
    pub(super) low: f64,
    pub(super) high: f64,
    pub(super) unit: Unit,
}

impl Engine {
    /// The picture of a formula: functions of one variable, or a curve in the plane.
    ///
    /// # Errors
    /// More variables than can be drawn, ranges and points that cannot be read, what has no
    /// derivative, a limit.
    pub fn picture(&mut self, show: &Show, view: &View) -> Result<Picture> {
        let roots: Vec<ExprId> = match show {
            Show::Functions(list) => list.iter().flat_map(|f| f.roots.clone()).collect(),
            Show::Equation(equation, _) => equation.roots.clone(),
        };
        if self.pool.is_complex() {
            let what = "a picture over the complex numbers".to_owned();
            return Err(ErrorKind::Unsupported(what).into());
        }
        let is_abstract = |id: &ExprId| match self.pool.node(*id) {
            Node::Apply(function, _) => function.is_abstract(),
            _ => false,
        };
        if self.pool.reachable(&roots).iter().any(is_abstract) {
            let what = "an abstract function has no picture".to_owned();
            return Err(Error::from(ErrorKind::Unsupported(what))
                .help("say what it is, as `f(x) = x^2; f(x + 1)`"));
        }
        let variables = self.variables(&roots);
        let is_plane = variables.len() == 2
            && matches!(show, Show::Functions(list) if list.len() == 1);
        let asked = [(view.descend.is_some(), "--descend"), (view.surface, "--surface")];
        if let (Some((_, flag)), false) = (asked.iter().find(|own| own.0), is_plane) {
            let what = format!(
                "`{flag}` in a picture that is not of a function of two variables"
            );
            return Err(ErrorKind::InvalidRequest(what).into());
        }
        let limits = self.pool.limits();
        self.pool.limit(Limits { work: limits.work.min(WORK), ..limits });
        let found = self.drawn(show, &variables, view);
        self.pool.limit(limits);
        found
    }

    /// A picture of formulas of so many variables.
    fn drawn(
        &mut self,
        show: &Show,
        variables: &[String],
        view: &View,
    ) -> Result<Picture> {
        match (show, variables) {
            (Show::Functions(list), []) => {
                let name = match list.first() {
                    Some(formula) => self.typed_variable(formula)?,
                    None => "x".to_owned(),
                };
                self.lines(list, &name, view)
            }
            (Show::Functions(list), [name]) => self.lines(list, name, view),
            (Show::Functions(list), [x, y]) if list.len() == 1 => {
                let names = [x.clone(), y.clone()];
                match view.surface {
                    true => self.space(&list[0], names, view),
                    false => self.plane(&list[0], names, view),
                }
            }
            (Show::Equation(equation, text), [_] | [_, _]) => {
                self.level((equation, text), variables, view)
            }
            (_, names) => Err(too_many(names)),
        }
    }

    /// The variable of a formula in which there is none any more: the one that was typed.
    fn typed_variable(&self, formula: &Formula) -> Result<String> {
        let tapes = self.tapes(formula)?;
        Ok(match tapes.first().map(|(tape, _)| &tape.variables[..]) {
            Some([own]) => own.clone(),
            _ => formula.any_variable(),
        })
    }

    /// A part of an axis, as it was typed.
    pub(super) fn range(&mut self, ends: &[String; 2]) -> Result<Range> {
        let mut found = Vec::with_capacity(2);
        let mut unit = Unit::One;
        for text in ends {
            let invalid = |help: String| {
                let what = format!("the end `{text}` of the range cannot be read");
                Error::from(ErrorKind::InvalidRequest(what)).help(help)
            };
            let read = self.read(text, &super::engine::Settings::default());
            let formula = read.map_err(|error| {
                invalid(error.help.unwrap_or_else(|| error.kind.to_string()))
            })?;
            let value = self.float(formula.roots[0]);
            if value.is_finite() && value.abs() >= MOST && !formula.is_vector {
                let what = format!("the end `{text}` of the range is too far from 0");
                return Err(Error::from(ErrorKind::InvalidRequest(what))
                    .help("ranges go to numbers below 10^15"));
            }
            if formula.is_vector || !value.is_finite() {
                return Err(invalid("write a number, as in `--x=-3..2*pi`".to_owned()));
            }
            if self.pool.reachable(&formula.roots).contains(&Pool::PI) {
                unit = Unit::Pi;
            }
            found.push(value);
        }
        let (low, high) = (found[0], found[1]);
        if high - low <= 1e-9 * (low.abs().max(high.abs())) {
            let what = format!("the range {}..{} is empty", ends[0], ends[1]);
            return Err(Error::from(ErrorKind::InvalidRequest(what))
                .help("the lower end comes first, as in `--x=-3..3`"));
        }
        Ok(Range { low, high, unit })
    }

    /// An expression as it is written beside a point: exact where that is short.
    pub(super) fn beside_point(&self, id: ExprId, is_exact: bool) -> Result<Caption> {
        const LONG: usize = 18;
        if is_exact || matches!(self.pool.node(id), Node::Number(_)) {
            let text = print::write(&self.pool, id, Notation::Text)?;
            if text.chars().count() <= LONG {
                let latex = print::write(&self.pool, id, Notation::Latex)?;
                return Ok(Caption { text, latex });
            }
        }
        let x = self.float(id);
        Ok(if is_exact { told(x) } else { about(x) })
    }
}

/// A number that is known by some of its digits.
pub(super) fn about(x: f64) -> Caption {
    written(x, SHORT)
}

/// A number that is known, with so many digits that it does not look like another one.
fn told(x: f64) -> Caption {
    const MOST: usize = 15;
    let is_plain = |digits: usize| {
        let off = |digits: usize| (digits_of(x, digits) - x).abs();
        // What is cut to fewer digits than there may be looks as if it were exact.
        digits_of(x, digits) == digits_of(x, digits - 1) && off(digits) > 0.0
    };
    let digits = (SHORT..MOST).find(|digits| !is_plain(*digits)).unwrap_or(SHORT);
    written(x, digits)
}

/// A number rounded to so many digits.
fn digits_of(x: f64, digits: usize) -> f64 {
    format!("{x:.*e}", digits.saturating_sub(1)).parse().unwrap_or(x)
}

fn written(x: f64, digits: usize) -> Caption {
    let text = crate::plot::number(x, digits);
    let latex = match text.split_once("10^") {
        Some((before, power)) => {
            let power = power.trim_matches(['(', ')']);
            format!("{}10^{{{power}}}", before.replace('*', " \\cdot "))
        }
        None => text.clone(),
    };
    Caption { text, latex }
}

/// A point as it is written.
pub(super) fn point(x: &Caption, y: &Caption) -> Caption {
    Caption {
        text: format!("({}, {})", x.text, y.text),
        latex: format!("\\left( {},\\ {} \\right)", x.latex, y.latex),
    }
}

fn too_many(names: &[String]) -> Error {
    let what = format!("a picture in the variables {}", names.join(", "));
    Error::from(ErrorKind::Unsupported(what)).help(format!(
        "give all but one of them values, as in `--set {}=2`",
        names.first().map_or("a", String::as_str)
    ))
}
