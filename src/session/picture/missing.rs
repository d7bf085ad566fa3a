//! Points that a curve of an equation comes to and that do not belong to it: what the equation
//! divides by as it was typed is 0 there.

use super::super::engine::{Engine, Formula};
use super::point;
use crate::error::Result;
use crate::evaluate::{Slot, Tape, nice, values};
use crate::kernel::{ExprId, Pool};
use crate::plot::{Mark, Piece, Role, Window};

/// How often a part of a line is halved.
const HALVINGS: usize = 80;
/// The most steps of Newton's method.
const STEPS: usize = 8;
/// How near to a short number a coordinate is that is this number.
const NEAR: f64 = 1e-9;
/// More holes are not marked.
const MAX_HOLES: usize = 60;

/// A function of two variables.
struct Plane {
    tape: Tape,
    slot: Slot,
    places: Vec<bool>,
}

impl Plane {
    fn at(&self, (x, y): (f64, f64)) -> f64 {
        let at: Vec<f64> =
            self.places.iter().map(|is_x| if *is_x { x } else { y }).collect();
        values(&self.tape, &at)[self.slot as usize]
    }

    /// The derivatives, by differences.
    fn slopes(&self, (x, y): (f64, f64)) -> [f64; 2] {
        let step = 1e-6 * (1.0 + x.abs() + y.abs());
        let across = self.at((x + step, y)) - self.at((x - step, y));
        let up = self.at((x, y + step)) - self.at((x, y - step));
        [across, up].map(|gap| gap / (2.0 * step))
    }
}

impl Engine {
    /// Divides the pieces of a curve at the points that are missing, and marks these.
    pub(super) fn holes_of_curve(
        &mut self,
        equation: &Formula,
        root: ExprId,
        x: &str,
        pieces: &mut Vec<Piece>,
        window: &Window,
    ) -> Result<Vec<Mark>> {
        let mut marks = Vec::new();
        let suspects = self.watched(equation)?;
        let mut all = vec![root];
        all.extend(&suspects.missing);
        let all = self.pool.product(&all);
        for id in suspects.missing {
            // What is divided by goes, where there are no values where it is 0.
            let above = self.pool.product(&[root, id]);
            let curves = [root, above, all].map(|id| self.in_plane(id, x));
            // A power of what is 0 does not change its sign.
            let plain = self.root_of(id)?;
            let id = if plain == Pool::ONE { id } else { plain };
            let below = self.in_plane(id, x);
            let mut next: Vec<Piece> = Vec::with_capacity(pieces.len());
            for piece in pieces.drain(..) {
                let mut own = Piece::new();
                for at in piece {
                    let hole = match own.last() {
                        Some(last) => crossing(&curves, &below, [*last, at], window),
                        None => None,
                    };
                    if let Some((hole, is_met)) = hole.filter(|_| marks.len() < MAX_HOLES)
                    {
                        let size = [window.x, window.y].map(|(low, high)| high - low);
                        let is_known = marks.iter().any(|mark: &Mark| {
                            (mark.at.0 - hole.0).abs() <= NEAR * size[0]
                                && (mark.at.1 - hole.1).abs() <= NEAR * size[1]
                        });
                        // What is no point of the curve is where a line of it goes astray.
                        if is_met && !is_known {
                            marks.push(self.point_of_curve(hole, Role::Hole)?);
                        }
                        own.push(hole);
                        next.push(std::mem::replace(&mut own, vec![hole]));
                    }
                    if own.last() != Some(&at) {
                        own.push(at);
                    }
                }
                next.push(own);
            }
            next.retain(|piece| piece.len() > 1);
            *pieces = next;
        }
        Ok(marks)
    }

    fn in_plane(&self, id: ExprId, x: &str) -> Plane {
        let mut tape = Tape::default();
        let slot = tape.add_expressions(&self.pool, &[id])[0];
        let places = tape.variables.iter().map(|name| name == x).collect();
        Plane { tape, slot, places }
    }

    /// A point of the plane as a mark.
    pub(super) fn point_of_curve(&mut self, at: (f64, f64), role: Role) -> Result<Mark> {
        let mut captions = Vec::with_capacity(2);
        for own in [at.0, at.1] {
            captions.push(match nice(&mut self.pool, own, NEAR) {
                Some(short) => self.beside_point(short, true)?,
                None => super::about(own),
            });
        }
        let caption = Some(point(&captions[0], &captions[1]));
        Ok(Mark { at, role, ink: 0, caption })
    }
}

/// The point between two points of a curve at which something is 0, and whether it was found
/// on the curve.
fn crossing(
    curves: &[Plane],
    below: &Plane,
    [from, to]: [(f64, f64); 2],
    window: &Window,
) -> Option<((f64, f64), bool)> {
    let (a, b) = (below.at(from), below.at(to));
    if !(a * b < 0.0 || b == 0.0 && a != 0.0) {
        return None;
    }
    let place = |t: f64| (from.0 + t * (to.0 - from.0), from.1 + t * (to.1 - from.1));
    let (mut low, mut high) = (0.0, 1.0);
    for _ in 0..HALVINGS {
        let t = 0.5 * (low + high);
        let value = below.at(place(t));
        match value * a > 0.0 {
            true => low = t,
            false => high = t,
        }
    }
    let start = place(high);
    let size = [window.x, window.y].map(|(low, high)| high - low);
    // The line is near the curve; the point is on it.
    let found = curves.iter().find_map(|curve| met(curve, below, start, size));
    let at = found.unwrap_or(start);
    let tiny = |own: f64, size: f64| if own.abs() < 1e-12 * size { 0.0 } else { own };
    Some(((tiny(at.0, size[0]), tiny(at.1, size[1])), found.is_some()))
}

/// Where two functions are 0, by Newton's method from a place near it.
fn met(
    curve: &Plane,
    below: &Plane,
    start: (f64, f64),
    size: [f64; 2],
) -> Option<(f64, f64)> {
    let is_near = |at: (f64, f64), other: (f64, f64), part: f64| {
        (at.0 - other.0).abs() <= part * size[0]
            && (at.1 - other.1).abs() <= part * size[1]
    };
    let mut at = start;
    for _ in 0..STEPS {
        let (f, g) = (curve.at(at), below.at(at));
        let ([fx, fy], [gx, gy]) = (curve.slopes(at), below.slopes(at));
        let whole = fx * gy - fy * gx;
        let next = (at.0 - (f * gy - g * fy) / whole, at.1 - (g * fx - f * gx) / whole);
        if !(next.0.is_finite() && next.1.is_finite() && is_near(next, start, 0.01)) {
            return None;
        }
        if is_near(next, at, 1e-13) {
            return Some(next);
        }
        at = next;
    }
    None
}
