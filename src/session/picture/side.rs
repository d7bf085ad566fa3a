//! What an expression of one variable comes to on one side of a point: by its series there, else
//! by values with many digits at distances down to 10^-24.
//!
//! Invariant: a number is exact only where a series says so and the values agree.

use super::super::engine::Engine;
use crate::calculus::Beside;
use crate::error::{ErrorKind, Result};
use crate::evaluate::{digits, nice};
use crate::kernel::{ExprId, Number, Pool};
use crate::plot::Ending;
use crate::series;
use crate::syntax;

/// The digits of the values.
const DIGITS: usize = 60;
/// The distances, as powers of a tenth; no period meets them.
const POWERS: [i64; 6] = [4, 8, 12, 16, 20, 24];
/// The same where nearer by something is too large for numbers, as `e^(1/x)`.
const WIDE: [i64; 6] = [2, 3, 4, 5, 6, 7];
/// Distances for doubles.
const QUICK: [f64; 4] = [1.864e-3, 1.864e-4, 1.864e-5, 1.864e-6];
/// Longer expressions are not expanded.
const MAX_COST: u32 = 250;
/// The last distance that doubles tell apart.
const DOUBLES: i64 = 8;
/// So many values may tell enough.
const SURE: usize = 4;
/// What is greater is on its way out of the numbers.
const HUGE: f64 = 1e30;
/// How near a limit that is found by values is to a short number that it is.
const NEAR: f64 = 1e-11;

/// What there is on one side.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Side {
    pub(super) ending: Ending,
    /// The limit as an expression, where it is known exactly.
    pub(super) exact: Option<ExprId>,
}

impl Engine {
    /// What an expression comes to on one side of a value of its only variable.
    pub(super) fn side_of(
        &mut self,
        of: ExprId,
        (symbol, at): (ExprId, ExprId),
        is_left: bool,
    ) -> Result<Side> {
        let seen = self.seen_beside(of, (symbol, at), is_left);
        let open = Side { ending: seen, exact: None };
        if !matches!(seen, Ending::Limit(_) | Ending::Open)
            || self.pool.cost(of) > MAX_COST
        {
            return Ok(open);
        }
        let (pool, simplifier) = self.pool_and_simplifier();
        let beside =
            series::expand_beside(pool, simplifier, of, (symbol, at), is_left, 1);
        if self.check_limits().is_err() {
            return Ok(open);
        }
        let Beside::Sum(terms, _) = beside else {
            return match seen {
                Ending::Open => self.by_reciprocal(of, (symbol, at), is_left),
                _ => Ok(self.named(open)),
            };
        };
        let limit = match terms.first() {
            Some((exponent, _)) if exponent.is_negative() => return Ok(open),
            Some((exponent, id)) if exponent.is_zero() => *id,
            _ => Pool::ZERO,
        };
        let limit = self.simplify(limit)?;
        let value = self.float(limit);
        let agrees = match seen {
            Ending::Limit(y) => (value - y).abs() <= 1e-5 * (1.0 + y.abs()),
            _ => value.is_finite(),
        };
        if !agrees {
            return Ok(open);
        }
        Ok(Side { ending: Ending::Limit(value), exact: Some(limit) })
    }

    /// What goes beyond all bounds upside down comes to 0: `1/ln(x)` does so too slowly to be
    /// seen.
    fn by_reciprocal(
        &mut self,
        of: ExprId,
        variable: (ExprId, ExprId),
        is_left: bool,
    ) -> Result<Side> {
        let turned = self.pool.power(of, Pool::MINUS_ONE);
        Ok(match self.seen_beside(turned, variable, is_left) {
            Ending::Up | Ending::Down => {
                Side { ending: Ending::Limit(0.0), exact: Some(Pool::ZERO) }
            }
            _ => Side { ending: Ending::Open, exact: None },
        })
    }

    /// A limit that was found by values, with the short number that it is to many digits.
    fn named(&mut self, side: Side) -> Side {
        let Ending::Limit(y) = side.ending else { return side };
        match nice(&mut self.pool, y, NEAR) {
            Some(short) => {
                Side { ending: Ending::Limit(self.float(short)), exact: Some(short) }
            }
            None => side,
        }
    }

    /// What values with many digits come to.
    fn seen_beside(
        &self,
        of: ExprId,
        (symbol, at): (ExprId, ExprId),
        is_left: bool,
    ) -> Ending {
        // Many digits of some functions take long.
        let rough =
            self.is_slow(of).then(|| self.seen_by_doubles(of, (symbol, at), is_left));
        if let Some(rough) = rough.filter(|seen| *seen != Ending::Open) {
            return rough;
        }
        let Ok(centre) = digits::number(&self.pool, at, DIGITS, syntax::in_normal_form)
        else {
            return Ending::Open;
        };
        let values = match self.values_beside(of, (symbol, &centre), is_left, &POWERS) {
            (_, true) => self.values_beside(of, (symbol, &centre), is_left, &WIDE).0,
            (values, false) => values,
        };
        ending(&values)
    }

    /// The same in double precision, where many digits take long.
    fn seen_by_doubles(
        &self,
        of: ExprId,
        (symbol, at): (ExprId, ExprId),
        is_left: bool,
    ) -> Ending {
        let centre = self.float(at);
        let values = QUICK.map(|step| {
            let step = if is_left { -step } else { step };
            self.double_at(of, symbol, centre + step)
        });
        match ending(&values) {
            // As many digits as there are say that it is 0.
            Ending::Limit(y) if y.abs() <= 1e-6 * values[0].abs() => Ending::Limit(0.0),
            own => own,
        }
    }

    /// The values at distances, and whether they end because something is too large.
    fn values_beside(
        &self,
        of: ExprId,
        (symbol, centre): (ExprId, &Number),
        is_left: bool,
        powers: &[i64],
    ) -> (Vec<f64>, bool) {
        let mut values: Vec<f64> = Vec::with_capacity(powers.len());
        for power in powers.iter().copied() {
            let Some(step) = distance(power, is_left) else { break };
            let place = centre.add(&step);
            let at = [(symbol, place.clone())];
            let normal = syntax::in_normal_form;
            let found = digits::numbers_at(&self.pool, &[of], &at, DIGITS, normal);
            match found.into_iter().next() {
                Some(Ok(value)) => values.push(value.to_f64()),
                Some(Err(error)) if matches!(error.kind, ErrorKind::Undefined(_)) => {
                    // What left the numbers stays there; all else has no value.
                    let last = values.last().copied().unwrap_or(f64::NAN);
                    let is_huge = last.abs() > HUGE;
                    values.push(if is_huge {
                        f64::INFINITY.copysign(last)
                    } else {
                        f64::NAN
                    });
                }
                Some(Err(error)) if matches!(error.kind, ErrorKind::OverLimit { .. }) => {
                    // What leaves the doubles at every distance grows.
                    let rough = self.double_at(of, symbol, place.to_f64());
                    if powers == POWERS || !rough.is_infinite() {
                        return (values, powers == POWERS);
                    }
                    values.push(rough);
                }
                // No more than doubles.
                _ if power > DOUBLES => break,
                _ => values.push(self.double_at(of, symbol, place.to_f64())),
            }
            if values.len() == SURE && is_plain(&values) {
                break;
            }
        }
        (values, false)
    }

    /// The value of an expression in double precision.
    pub(super) fn double_at(&self, of: ExprId, symbol: ExprId, x: f64) -> f64 {
        let mut tape = crate::evaluate::Tape::default();
        let slots = tape.add_expressions(&self.pool, &[of]);
        let name = self.pool.symbol_name(symbol).unwrap_or_default();
        if tape.variables.iter().any(|own| own != name) {
            return f64::NAN;
        }
        let point = vec![x; tape.variables.len()];
        crate::evaluate::values(&tape, &point)[slots[0] as usize]
    }
}

/// A distance of a size, to the left or to the right.
fn distance(power: i64, is_left: bool) -> Option<Number> {
    let size = Number::from(10).pow(-power, 1 << 12)?;
    let size = size.mul(&Number::ratio(617, 331)?);
    Some(if is_left { size.neg() } else { size })
}

/// What a list of values comes to, each nearer than the one before.
fn ending(values: &[f64]) -> Ending {
    let near = values.len().saturating_sub(4);
    let last: Vec<f64> = values[near..].to_vec();
    if !last.is_empty() && last.iter().all(|y| y.is_nan()) {
        return Ending::Outside;
    }
    if let Some(sign) = beyond(&last) {
        return if sign > 0.0 { Ending::Up } else { Ending::Down };
    }
    let [_, .., c, d] = last[..] else { return Ending::Open };
    if last.iter().any(|y| !y.is_finite()) {
        return Ending::Open;
    }
    let steps: Vec<f64> = last.windows(2).map(|pair| pair[1] - pair[0]).collect();
    // However small they are, what grows with each step goes on.
    let is_growing = last.windows(2).all(|pair| pair[1].abs() > 5.0 * pair[0].abs());
    if is_growing && last.len() > 2 && last[0] != 0.0 {
        return if d > 0.0 { Ending::Up } else { Ending::Down };
    }
    let size = 1.0 + d.abs();
    if steps.iter().all(|step| step.abs() <= 1e-12 * size) {
        return Ending::Limit(d);
    }
    let ratios: Vec<f64> = steps.windows(2).map(|pair| pair[1] / pair[0]).collect();
    let step = d - c;
    // Steps as long as those before, or longer: it goes on.
    if ratios.iter().all(|ratio| *ratio >= 0.95) {
        return if step > 0.0 { Ending::Up } else { Ending::Down };
    }
    // So do roots of a logarithm, whose squares have such steps.
    let squares: Vec<f64> =
        last.windows(2).map(|pair| pair[1].powi(2) - pair[0].powi(2)).collect();
    let is_root = squares.iter().all(|step| *step > 0.0)
        && squares.windows(2).all(|pair| pair[1] >= 0.95 * pair[0]);
    if is_root && last.len() > 3 && last.iter().all(|y| (*y > 0.0) == (d > 0.0)) {
        return if d > 0.0 { Ending::Up } else { Ending::Down };
    }
    // Steps of a power of the distance become shorter by the same part.
    let (Some(first), Some(ratio)) = (ratios.first(), ratios.last()) else {
        return Ending::Open;
    };
    let is_power = ratio.abs() <= 0.9 && (ratio - first).abs() <= 0.02 * first.abs();
    let is_there = ratio.abs() <= 1e-3 && step.abs() <= 1e-6 * size;
    match is_power || is_there {
        true => Ending::Limit(d + step * ratio / (1.0 - ratio)),
        false => Ending::Open,
    }
}

/// Whether a few values tell as much as more of them: they stay, or grow faster and faster.
fn is_plain(values: &[f64]) -> bool {
    match values {
        [.., a, b, c] => {
            let stays = (c - b).abs() + (b - a).abs() <= 1e-13 * (1.0 + c.abs());
            stays || c.abs() > 100.0 * b.abs() && b.abs() > 100.0 * a.abs()
        }
        _ => false,
    }
}

/// The sign of values that leave the doubles.
fn beyond(values: &[f64]) -> Option<f64> {
    let last = values.last()?;
    let all = values.iter().filter(|y| !y.is_nan());
    let same = all.clone().all(|y| (*y > 0.0) == (*last > 0.0));
    (last.is_infinite() && same).then_some(*last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn endings_are_told_apart() {
        let powers = |f: fn(f64) -> f64| -> Vec<f64> {
            POWERS.iter().map(|power| f(10f64.powi(-*power as i32))).collect()
        };
        assert_eq!(ending(&powers(|h| 1.0 / h)), Ending::Up);
        assert_eq!(ending(&powers(f64::ln)), Ending::Down);
        assert_eq!(ending(&powers(|h| (-h.ln()).sqrt())), Ending::Up);
        assert!(!matches!(ending(&powers(|h| 2.0 + 1.0 / h.ln())), Ending::Up));
        assert_eq!(ending(&powers(|h| 2.0 + h)), Ending::Limit(2.0));
        assert_eq!(ending(&powers(|h| (1.0 / h).sin())), Ending::Open);
        assert_eq!(ending(&powers(|_| f64::NAN)), Ending::Outside);
        assert!(
            matches!(ending(&powers(|h| h.powf(0.05))), Ending::Limit(y) if y.abs() < 1e-9)
        );
    }
}
