//! What an expression of one variable comes to on one side of a point: by its series there, else
//! by values with many digits at distances down to 10^-24.
//!
//! Invariant: a number is exact only where a series says so and the values agree.

use super::super::engine::Engine;
use crate::calculus::Beside;
use crate::error::Result;
use crate::evaluate::{digits, nice};
use crate::kernel::{ExprId, Number, Pool};
use crate::plot::Ending;
use crate::{series, syntax};

/// The digits of the values.
const DIGITS: usize = 60;
/// The distances, as powers of a tenth; no period meets them.
const POWERS: [i64; 6] = [4, 8, 12, 16, 20, 24];
/// Longer expressions are not expanded.
const MAX_COST: u32 = 250;
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
        let Beside::Sum(terms, _) = beside else { return Ok(self.named(open)) };
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

    /// A limit that was found by values, with the short number that it is to many digits.
    fn named(&mut self, side: Side) -> Side {
        let Ending::Limit(y) = side.ending else { return side };
        let short = nice(&mut self.pool, y, NEAR);
        Side { exact: short, ..side }
    }

    /// What values with many digits come to.
    fn seen_beside(
        &self,
        of: ExprId,
        (symbol, at): (ExprId, ExprId),
        is_left: bool,
    ) -> Ending {
        let Ok(centre) = digits::number(&self.pool, at, DIGITS, syntax::in_normal_form)
        else {
            return Ending::Open;
        };
        let mut values = Vec::with_capacity(POWERS.len());
        let mut lost = 0;
        for power in POWERS {
            let Some(step) = distance(power, is_left) else { return Ending::Open };
            let place = centre.add(&step);
            let ids = [of];
            let found = digits::numbers_at(
                &self.pool,
                &ids,
                &[(symbol, place.clone())],
                DIGITS,
                syntax::in_normal_form,
            );
            match found.into_iter().next() {
                Some(Ok(value)) => values.push(value.to_f64()),
                Some(Err(error))
                    if error.kind.is_unsupported() || error.kind.is_limit() =>
                {
                    // No more than doubles.
                    if power > 8 {
                        break;
                    }
                    values.push(self.double_at(of, symbol, place.to_f64()));
                }
                _ => {
                    lost += 1;
                    // Beyond the doubles, or no value.
                    values.push(self.double_at(of, symbol, place.to_f64()));
                }
            }
        }
        let _ = lost;
        ending(&values)
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
    if last.iter().all(|y| y.is_nan()) {
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
    let size = 1.0 + d.abs();
    if steps.iter().all(|step| step.abs() <= 1e-12 * size) {
        return Ending::Limit(d);
    }
    let ratios: Vec<f64> = steps.windows(2).map(|pair| pair[1] / pair[0]).collect();
    let step = d - c;
    // Steps as long as those before, or longer: it goes on.
    let goes_on = ratios.iter().all(|ratio| *ratio >= 0.95);
    if goes_on {
        return if step > 0.0 { Ending::Up } else { Ending::Down };
    }
    let slows = ratios.iter().all(|ratio| ratio.abs() <= 0.75);
    match ratios.last() {
        Some(ratio) if slows => Ending::Limit(d + step * ratio / (1.0 - ratio)),
        _ => Ending::Open,
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
        assert_eq!(ending(&powers(|h| 2.0 + h)), Ending::Limit(2.0));
        assert_eq!(ending(&powers(|h| (1.0 / h).sin())), Ending::Open);
        assert_eq!(ending(&powers(|_| f64::NAN)), Ending::Outside);
        assert!(
            matches!(ending(&powers(|h| h.powf(0.05))), Ending::Limit(y) if y.abs() < 1e-9)
        );
    }
}
