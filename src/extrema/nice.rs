//! Short numbers near doubles: what a point that is found in doubles probably is. Whoever uses
//! them puts them in.

use super::bench::Bench;
use crate::kernel::{ExprId, Number, Pool};
use std::f64::consts::PI;

/// The greatest denominator.
const DENOMINATORS: i64 = 12;

/// The nearest rational number, or multiple of pi, with a small denominator, if it is near
/// enough.
pub(super) fn nice(bench: &mut Bench<'_>, x: f64, reach: f64) -> Option<ExprId> {
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
        true => bench.pool.scale(&n, Pool::PI),
        false => bench.pool.number(n),
    })
}

/// The same for each coordinate of a point.
pub(super) fn nice_point(
    bench: &mut Bench<'_>,
    point: &[f64],
    reach: f64,
) -> Option<Vec<ExprId>> {
    point.iter().map(|x| nice(bench, *x, reach)).collect()
}
