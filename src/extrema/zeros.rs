//! Where an expression in one unknown is 0, for who draws it.

use super::bench::Bench;
use super::isolate::zeros_between;
use super::side::Expand;
use super::system;
use crate::kernel::{ExprId, Pool};
use crate::simplify::Simplifier;

/// The work on polynomials for one equation.
const WORK: u64 = 4_000_000;

/// One zero, or a family of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Zero {
    /// Where.
    pub value: ExprId,
    /// Adding whole multiples of this gives further zeros.
    pub period: Option<ExprId>,
    /// Whether the value is a number near the true one.
    pub approximate: bool,
}

/// The zeros of an expression.
#[derive(Clone, Debug, Default)]
pub struct Zeros {
    /// The zeros that are isolated.
    pub points: Vec<Zero>,
    /// Whether these are all, between the bounds at least.
    pub complete: bool,
}

/// Where an expression in one unknown is 0: exactly where that can be solved, else as numbers
/// between two bounds, if there are any, where it can be shown that these are all.
pub fn zeros(
    pool: &mut Pool,
    simplifier: &mut Simplifier,
    expand: Expand,
    (function, unknown): (ExprId, ExprId),
    bounds: Option<(f64, f64)>,
) -> Zeros {
    let mut bench = Bench::new(pool, simplifier, WORK, expand);
    let solved = system::solve(&mut bench, &[function], &[unknown]);
    let coordinates = solved.points.iter().filter_map(|point| point.coordinates.first());
    let mut found = Zeros { points: Vec::new(), complete: solved.complete };
    for own in coordinates {
        if bench.float(own.value.id).is_finite() {
            found.points.push(Zero {
                value: own.value.id,
                period: own.period,
                approximate: own.value.approximate,
            });
        }
    }
    let Some((low, high)) = bounds.filter(|_| !found.complete) else { return found };
    let Some(more) = zeros_between(&mut bench, function, unknown, low, high) else {
        return found;
    };
    found.complete = true;
    for value in more {
        let x = bench.float(value.id);
        let is_known = found.points.iter().any(|zero| {
            let gap = x - bench.float(zero.value);
            let rest = match zero.period.map(|period| bench.float(period)) {
                Some(period) => gap - (gap / period).round() * period,
                None => gap,
            };
            rest.abs() <= 1e-9 * (1.0 + x.abs())
        });
        if !is_known {
            let approximate = value.approximate;
            found.points.push(Zero { value: value.id, period: None, approximate });
        }
    }
    found
}
