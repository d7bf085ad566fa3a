//! Whether a function is differentiable where it has partial derivatives.
//!
//! Partial derivatives look along the axes only. `sqrt(abs(x*y))` is 0 along both, and rises
//! along `x = y`, so that no linear form is near it.

use super::super::engine::{Engine, Formula};
use super::eval::Point;
use super::settle::{Found, along_parabola};
use crate::error::{Error, ErrorKind, Result};
use crate::kernel::{ExprId, Pool};
use crate::print::{self, Notation};

/// Up to so many variables, all pairs of them are looked at; of more, neighbours.
const ALL_PAIRS: usize = 5;
/// The lines along which two variables go.
const LINES: [[i64; 2]; 4] = [[1, 1], [1, -1], [3, 1], [-1, 2]];

impl Engine {
    /// Refuses a point at which a function has partial derivatives, but changes otherwise than
    /// they say along some line or parabola: there it is not differentiable.
    ///
    /// # Errors
    /// When it is not.
    pub fn must_be_differentiable(
        &mut self,
        formula: &Formula,
        wrt: &[String],
        gradient: &[ExprId],
        point: &Point,
    ) -> Result<()> {
        if wrt.len() < 2
            || self.is_plain(formula.roots[0])
            || self.is_smooth_at_point(formula, 0, point)
        {
            return Ok(());
        }
        for a in 0..wrt.len() {
            let last = if wrt.len() <= ALL_PAIRS { wrt.len() } else { a + 2 };
            for b in a + 1..last.min(wrt.len()) {
                let names = [wrt[a].clone(), wrt[b].clone()];
                let slopes = [gradient[a], gradient[b]];
                for line in LINES {
                    let line = line.map(|n| self.pool.integer(n));
                    let step = [self.step(&names, &line)?];
                    let products =
                        [0, 1].map(|k| self.pool.product(&[line[k], slopes[k]]));
                    let slope = self.pool.sum(&products);
                    let found = self.along_at(formula, 0, &step, point, Some(slope))?;
                    if found.is_some() {
                        let along =
                            line.map(|id| print::write(&self.pool, id, Notation::Text));
                        let [x, y] = along;
                        let way =
                            format!("along ({}, {}) in {}", x?, y?, names.join(", "));
                        return Err(not_differentiable(formula, &way, point));
                    }
                }
                for [first, second] in [[0, 1], [1, 0]] {
                    let moves =
                        [first, second].map(|k| self.step(&names[k..=k], &[Pool::ONE]));
                    let [along, aside] = moves;
                    let (ways, purse) = ([&along?, &aside?], self.pool.purse());
                    let found = along_parabola(formula, 0, ways, point, purse);
                    let agrees = match found {
                        Some(Found::Limit(limit)) => self.is_limit(slopes[first], &limit),
                        Some(Found::Missing(_)) => false,
                        _ => true,
                    };
                    if !agrees {
                        let way = format!("along a parabola in {}", names.join(", "));
                        return Err(not_differentiable(formula, &way, point));
                    }
                }
            }
        }
        Ok(())
    }
}

fn not_differentiable(formula: &Formula, way: &str, point: &Point) -> Error {
    let place: Vec<String> =
        point.iter().map(|(name, x)| format!("{name} = {x}")).collect();
    let what = format!("{} is not differentiable at {}", formula.name, place.join(", "));
    Error::from(ErrorKind::Unsupported(what)).help(format!(
        "it has partial derivatives there, but {way} it does not change as they say"
    ))
}
