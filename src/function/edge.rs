//! Arguments next to which a function breaks, in double precision.

use super::lookup::spec;
use crate::kernel::{FunctionId, Relation};

/// How near an argument is to an edge, for its size, so that it may be on it.
const NEAR: f64 = 1e-9;

/// Where functions break, as their rows say it, with the number nearest to the first argument
/// at which that holds.
type Edge = (&'static str, fn(f64, f64) -> f64);
const EDGES: [Edge; 6] = [
    ("u = 0", |_, _| 0.0),
    ("u = v", |_, v| v),
    ("u = floor(u)", |u, _| u.round()),
    ("u = ceil(u)", |u, _| u.round()),
    ("u + 1/2 = floor(u + 1/2)", |u, _| (u + 0.5).round() - 0.5),
    ("u/v = floor(u/v)", |u, v| v * (u / v).round()),
];

/// Moves the first argument of a function or a relation onto the place where it breaks, if it
/// is there but for rounding.
pub fn meet_edge(function: FunctionId, arguments: &mut [f64]) {
    let edge: fn(f64, f64) -> f64 = match Relation::of(function) {
        Some(Relation::And | Relation::Or) => return,
        Some(_) => |_, v| v,
        None if !function.is_builtin() => return,
        None => {
            let breaks = spec(function).breaks;
            let Some((_, edge)) = EDGES.iter().find(|(row, _)| *row == breaks) else {
                return;
            };
            *edge
        }
    };
    let [u, rest @ ..] = arguments else { return };
    let v = rest.first().copied().unwrap_or(0.0);
    let met = edge(*u, v);
    if (*u - met).abs() <= NEAR * (1.0 + u.abs()) {
        *u = met;
    }
}
