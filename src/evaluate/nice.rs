//! Short numbers near doubles: what a point that is found in doubles probably is. Whoever uses
//! them puts them in.

use super::run::values;
use super::tape::Tape;
use crate::kernel::{ExprId, Number, Pool};
use std::f64::consts::PI;

/// The greatest denominator.
const DENOMINATORS: i64 = 12;

/// The nearest rational number, or multiple of pi, with a small denominator, if it is near
/// enough.
pub fn nice(pool: &mut Pool, x: f64, reach: f64) -> Option<ExprId> {
    let reach = reach * (1.0 + x.abs());
    if !x.is_finite() || x.abs() > 1e9 {
        return None;
    }
    let mut best: Option<(f64, Number, bool)> = None;
    for turns in [false, true] {
        let unit = if turns { PI } else { 1.0 };
        for below in 1..=DENOMINATORS {
            let above = (x / unit * below as f64).round();
            let gap = (above * unit / below as f64 - x).abs();
            // Of two that are equally near, the one with the smaller denominator.
            let is_nearer = best
                .as_ref()
                .is_none_or(|(least, ..)| gap < least - 1e-12 * (1.0 + x.abs()));
            if gap <= reach && is_nearer {
                best = Some((gap, Number::ratio(above as i64, below)?, turns));
            }
        }
    }
    let (_, n, turns) = best?;
    Some(match turns {
        true => pool.scale(&n, Pool::PI),
        false => pool.number(n),
    })
}

/// The same for each coordinate of a point.
pub fn nice_point(pool: &mut Pool, point: &[f64], reach: f64) -> Option<Vec<ExprId>> {
    point.iter().map(|x| nice(pool, *x, reach)).collect()
}

/// Short numbers near a double, with their doubles: a rational number or a multiple of pi, and
/// the square root of one.
pub fn short_numbers(pool: &mut Pool, x: f64, reach: f64) -> Vec<(ExprId, f64)> {
    let mut found: Vec<(ExprId, f64)> = Vec::new();
    let plain = nice(pool, x, reach);
    let square = nice(pool, x * x, 2.0 * reach).map(|square| {
        let root = pool.sqrt(square);
        if x < 0.0 { pool.negate(root) } else { root }
    });
    for id in plain.into_iter().chain(square) {
        let mut tape = Tape::default();
        let slots = tape.add_expressions(pool, &[id]);
        let value = values(&tape, &[])[slots[0] as usize];
        if value.is_finite() && found.iter().all(|(known, _)| *known != id) {
            found.push((id, value));
        }
    }
    found
}
