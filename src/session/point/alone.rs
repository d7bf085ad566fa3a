//! Points of a domain that have no others beside them, at which there is no derivative.
//!
//! `sqrt(x^2*(x - 1))` is 0 at 0 and has no value on either side, so that there are no quotients
//! of differences, whatever a formula for its derivative says.

use super::super::engine::{Engine, Formula};
use super::eval::Point;
use super::settle::{Move, moved};
use crate::error::Result;
use crate::evaluate::{Operation, Tape, limit};
use crate::function;
use crate::kernel::Purse;
use crate::syntax;
use std::cell::Cell;

/// How many distances of each size are tried on each side.
const DISTANCES: u32 = 8;

/// Why there is no derivative at a point.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Missing {
    /// Quotients have no common limit; with their limits from the left and from the right,
    /// where they have limits.
    Sides([Option<String>; 2]),
    /// The same for almost all values of variables that the point leaves open: the limits may
    /// be the same for some of them.
    General([Option<String>; 2]),
    /// The function has a value at the point and none on either side of it.
    Alone,
    /// It is on the cut of a principal branch, across which there is no common limit.
    Cut,
}

impl Missing {
    /// Without a limit on either side.
    pub(in crate::session) const NEITHER: Self = Self::Sides([None, None]);

    /// The limits of the quotients from the left and from the right.
    pub fn sides(&self) -> [Option<&str>; 2] {
        match self {
            Self::Sides([left, right]) | Self::General([left, right]) => {
                [left.as_deref(), right.as_deref()]
            }
            Self::Alone | Self::Cut => [None, None],
        }
    }

    /// What is to be said where the limits do not say it.
    pub fn reason(&self) -> Option<&'static str> {
        match self {
            Self::Sides(_) | Self::General(_) => None,
            Self::Alone => Some("the function has no values on either side"),
            Self::Cut => Some("a branch is cut there"),
        }
    }
}

impl Engine {
    /// Whether a component has a value at a point and none beside it along a move, at many
    /// distances of many sizes.
    ///
    /// # Errors
    /// A point without others beside it at which there is no value either.
    pub(in crate::session) fn is_alone(
        &mut self,
        formula: &Formula,
        component: usize,
        along: &Move,
        point: &Point,
    ) -> Result<bool> {
        let is_alone = may_be_alone(formula)
            && has_none_beside(formula, component, along, point, self.pool.purse())
                == Some(true);
        if is_alone {
            self.must_have_value(formula.roots[component], point)?;
        }
        Ok(is_alone)
    }
}

/// Whether there is no value beside a point; `None` where that cannot be calculated.
fn has_none_beside(
    formula: &Formula,
    component: usize,
    along: &Move,
    point: &Point,
    purse: &Purse,
) -> Option<bool> {
    let error = Cell::default();
    let at = moved(formula, component, point, &error, purse)?;
    let distances = (0..limit::SCALES).flat_map(|scale| {
        (0..DISTANCES).flat_map(move |which| {
            [true, false].map(|is_left| limit::distance(scale, which, is_left))
        })
    });
    for step in distances {
        if !at(&[(along, &step?)])?.is_nan() {
            return Some(false);
        }
    }
    // What digits do not tell of the point itself its exact value does.
    Some(!at(&[]).is_some_and(|here| here.is_nan()))
}

/// Whether what was typed has roots, powers or functions that are not defined everywhere.
pub(in crate::session) fn may_be_alone(formula: &Formula) -> bool {
    *formula.known.may_be_alone.get_or_init(|| has_ends(formula))
}

/// The same, found out.
fn has_ends(formula: &Formula) -> bool {
    let declared: Vec<&str> = formula.declared().iter().map(String::as_str).collect();
    let mut tape = Tape::default();
    if syntax::lower(formula.program(), &declared, &mut tape).is_err() {
        return false;
    }
    tape.operations.iter().any(|operation| match operation {
        Operation::Root(..) => true,
        Operation::Power(base, exponent) => {
            let number = |slot: u32| match tape.operations[slot as usize] {
                Operation::Number(number) => Some(number),
                _ => None,
            };
            let is_whole = |n: f64| n >= 1.0 && n.fract() == 0.0;
            !number(*base).is_some_and(|n| n > 0.0)
                && !number(*exponent).is_some_and(is_whole)
        }
        Operation::Apply(function, _) | Operation::ApplyAll(function, _) => {
            !function::spec(*function).domain.is_empty()
        }
        _ => false,
    })
}
