//! Curves beside poles: what rounding makes of values there is no part of them, and they go on
//! to the edge of what is seen.

use super::super::engine::Engine;
use super::graph::Graph;
use crate::evaluate::{Continuity, Slot, Tape, continuity, values};
use crate::plot::{Ending, Piece, Window};

/// Farther from a pole than this part of what is seen rounding is not looked for.
const BESIDE: f64 = 1e-3;
/// A sum that is so much smaller than its terms is rounding.
const ROUNDING: f64 = 1e-12;
/// How much nearer each further point is.
const NEARER: f64 = 0.25;
/// The most points that are added.
const MOST: usize = 400;

/// Sums that are 0 at poles, with their terms.
#[derive(Default)]
pub(super) struct Sums {
    tape: Tape,
    /// The slot of each sum, and those of its terms.
    sums: Vec<(Slot, Vec<Slot>)>,
}

impl Sums {
    /// Whether a place is so near to a pole that there is nothing but rounding.
    pub(super) fn are_lost(&self, pole: f64, x: f64, window: &Window) -> bool {
        if (x - pole).abs() > BESIDE * (window.x.1 - window.x.0) {
            return false;
        }
        let all = values(&self.tape, &vec![x; self.tape.variables.len()]);
        let value = |slot: &Slot| all[*slot as usize].abs();
        let is_lost = |(sum, terms): &(Slot, Vec<Slot>)| {
            value(sum) <= ROUNDING * terms.iter().map(value).sum::<f64>()
        };
        self.sums.iter().any(is_lost)
    }
}

impl Engine {
    /// The sums at whose zeros a function may have poles.
    pub(super) fn sums(&self, graph: &Graph) -> Sums {
        let mut found = Sums::default();
        for id in graph.suspects.zero.iter().chain(&graph.suspects.missing) {
            for factor in self.pool.factors(id).to_vec() {
                let terms = self.pool.terms(&factor).to_vec();
                if terms.len() > 1 {
                    let mut ids = vec![factor];
                    ids.extend(terms);
                    let slots = found.tape.add_expressions(&self.pool, &ids);
                    found.sums.push((slots[0], slots[1..].to_vec()));
                }
            }
        }
        if found.tape.variables.len() > 1 { Sums::default() } else { found }
    }
}

/// Brings the pieces on one side of a pole, on its right (1) or its left (0), to the bound to
/// which they go there.
pub(super) fn brought(
    graph: &Graph,
    sums: &Sums,
    pieces: &mut Vec<Piece>,
    (x, side, ending): (f64, usize, Ending),
    window: &Window,
) {
    let sign = match ending {
        Ending::Up => 1.0,
        Ending::Down => -1.0,
        _ => return,
    };
    let is_lost = |at: &(f64, f64)| sums.are_lost(x, at.0, window);
    pieces.retain(|piece| !piece.iter().all(is_lost));
    let nearest = if side == 1 { pieces.first_mut() } else { pieces.last_mut() };
    let Some(piece) = nearest else { return };
    // The end beside the place is the last one.
    if side == 1 {
        piece.reverse();
    }
    piece.truncate(piece.iter().position(is_lost).unwrap_or(piece.len()));
    let edge = if sign > 0.0 { window.y.1 } else { -window.y.0 };
    let near = BESIDE * (window.x.1 - window.x.0);
    for _ in 0..MOST {
        let Some(last) = piece.last().filter(|last| (last.0 - x).abs() <= near) else {
            break;
        };
        let next = x + NEARER * (last.0 - x);
        let y = graph.value(next);
        let is_joined = || {
            let (low, high) = (next.min(last.0), next.max(last.0));
            continuity(&graph.tape, graph.slot, low, high) == Continuity::Sure
        };
        let is_more = sign * last.1 <= edge
            && next != x
            && next != last.0
            && y.is_finite()
            && sign * y > sign * last.1;
        if !is_more || sums.are_lost(x, next, window) || !is_joined() {
            break;
        }
        piece.push((next, y));
    }
    if side == 1 {
        piece.reverse();
    }
}
