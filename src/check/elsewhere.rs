//! What is said of other points than the one at which two formulas differ.
//!
//! Formulas that are equal for all signs differ at most where the argument of a sign or a
//! comparison is 0. That is one point, or several, a curve, or all multiples of pi.

use super::compare::Comparison;
use super::image;
use super::jumps::jumps;
use super::observe::{Told, tell};
use super::place::Place;
use super::points::{dyadic_point, is_assumed};
use super::zeros::zeros;
use crate::evaluate::{Tape, values};
use crate::kernel::{ExprId, Pool};
use crate::print;

/// At how many usual points one looks for a difference that is not expected there.
const POINTS: usize = 40;
/// Values that are nearer, relatively, are no difference.
const NEAR: f64 = 1e-6;
/// Up to how many conditions are told, and at which cost each.
const CONDITIONS: usize = 2;
const COST: u32 = 20;

impl Comparison<'_> {
    /// Where two expressions that are equal for all signs and differ at a place agree, in words;
    /// `None` where that is not known, or long.
    pub(super) fn elsewhere(&self, pool: &mut Pool, place: &Place) -> Option<String> {
        let pair = [self.left.id, self.right.id];
        let kernels = pair.map(|id| image::over_kernels(pool, id).ok());
        let [Some(left), Some(right)] = kernels else { return None };
        let parts = jumps(pool, [left, right]);
        if !self.is_on(pool, &parts, place) || self.differs_beside(pool, &parts, place) {
            return None;
        }
        if self.is_alone(pool, &parts, place) == Some(true) {
            return Some("elsewhere they agree".to_owned());
        }
        if parts.len() > CONDITIONS || parts.iter().any(|part| pool.cost(*part) > COST) {
            return None;
        }
        let mut texts = Vec::with_capacity(parts.len());
        for part in parts {
            let text = print::write(pool, part, print::Notation::Text).ok()?;
            texts.push(format!("{text} is not 0"));
        }
        Some(format!("they agree wherever {}", texts.join(" and ")))
    }

    /// Whether a part is 0 at a place.
    fn is_on(&self, pool: &mut Pool, parts: &[ExprId], place: &Place) -> bool {
        parts.iter().any(|part| tell(pool, [*part, Pool::ZERO], place) == Told::Equal)
    }

    /// Whether the usual points show a difference where no part is 0.
    fn differs_beside(&self, pool: &mut Pool, parts: &[ExprId], place: &Place) -> bool {
        let known = self.names();
        (0..POINTS).map(|attempt| dyadic_point(attempt, &known)).any(|at| {
            let all = values(self.tape, &at);
            let [left, right] =
                [&self.left, &self.right].map(|side| all[side.value as usize]);
            let is_apart = (left - right).abs() > NEAR * left.abs().max(right.abs());
            if !is_apart || at == place.doubles || !is_assumed(&at, &known) {
                return false;
            }
            let other = Place::of_doubles(pool, &self.tape.variables, &at);
            tell(pool, [self.left.id, self.right.id], &other) == Told::Different
                && !self.is_excused(pool, &other)
                && !self.is_on(pool, parts, &other)
        })
    }

    /// Whether a place on the line is the only one at which a part is 0 and values may differ;
    /// `None` where that is not known.
    fn is_alone(&self, pool: &mut Pool, parts: &[ExprId], place: &Place) -> Option<bool> {
        let [(symbol, own)] = place.exact[..] else { return None };
        for part in parts {
            for (of, value) in zeros(pool, 0, *part)? {
                if of != symbol || !pool.is_constant(value) {
                    return None;
                }
                let mut tape = Tape::default();
                let slot = tape.add_expressions(pool, &[value])[0];
                let near = values(&tape, &[])[slot as usize];
                if value == own || near.is_nan() {
                    continue;
                }
                let other = Place::new(vec![(symbol, value)], vec![near]);
                let counts = self.is_allowed(pool, &other)
                    && tell(pool, [self.left.id, self.right.id], &other) != Told::Equal
                    && !self.is_excused(pool, &other);
                if counts {
                    return Some(false);
                }
            }
        }
        Some(true)
    }
}
