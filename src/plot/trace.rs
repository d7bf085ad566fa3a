//! The pieces of a function between two breaks, by its values.
//!
//! Intervals are halved until a line is as good as the function to a tenth of a pixel, or much
//! narrower than a pixel. Where values stay apart there, doubles are halved down to two
//! neighbours: what is still apart is a break that nobody knew of.

use super::picture::Piece;
use super::thin::thin;

/// Into how many intervals the window is divided first.
const INTERVALS: f64 = 240.0;
/// How often an interval is halved.
const DEPTH: u32 = 7;
/// The most values of one function.
const VALUES: usize = 40_000;
/// The most places at which a break is looked for.
const PROOFS: usize = 400;
/// How far from the line points may be, in pixels.
const FLAT: f64 = 0.08;
/// What is left out of a line in pixels.
const THIN: f64 = 0.1;
/// How near to a pole a piece ends, in windows.
const BESIDE: f64 = 1e-5;
/// Values apart by so many pixels may be a break.
const APART: f64 = 3.0;

/// Where an interval ends.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum End {
    /// At the edge of the window, or any point at which nothing happens.
    Plain(f64),
    /// At a break at which values come to a limit.
    Limit(f64, f64),
    /// At a break at which they do not.
    Break(f64),
}

impl End {
    /// Where.
    pub fn x(self) -> f64 {
        match self {
            Self::Plain(x) | Self::Limit(x, _) | Self::Break(x) => x,
        }
    }
}

/// What is seen, and how large.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Window {
    /// The horizontal axis.
    pub x: (f64, f64),
    /// The vertical axis.
    pub y: (f64, f64),
    /// Its width in pixels.
    pub width: f64,
    /// Its height in pixels.
    pub height: f64,
}

impl Window {
    pub(super) fn down(&self, y: f64) -> f64 {
        (self.y.1 - y) / (self.y.1 - self.y.0) * self.height
    }

    fn across(&self, x: f64) -> f64 {
        (x - self.x.0) / (self.x.1 - self.x.0) * self.width
    }

    /// -1 above the window, 1 below, 0 in it.
    fn side(&self, y: f64) -> i8 {
        i8::from(y < self.y.0) - i8::from(y > self.y.1)
    }

    /// A piece without points that lie on the line between others.
    pub fn thinned(&self, piece: &[(f64, f64)]) -> Piece {
        let places: Vec<(f64, f64)> = piece
            .iter()
            .map(|(x, y)| {
                let down = self.down(*y);
                (self.across(*x), down.clamp(-2.0 * self.height, 3.0 * self.height))
            })
            .collect();
        thin(&places, THIN).into_iter().map(|place| piece[place]).collect()
    }
}

/// A function of one variable.
type Function<'f> = dyn FnMut(f64) -> f64 + 'f;
type Place = (f64, f64);

struct Tracer<'t, 'f> {
    f: &'t mut Function<'f>,
    window: &'t Window,
    values: usize,
    proofs: usize,
    pieces: Vec<Piece>,
}

/// The pieces of a function between two ends; `is_sure` where it is known that there is no break
/// between them. The values of a function that is not defined are NaN.
pub fn trace(
    f: &mut Function<'_>,
    ends: [End; 2],
    window: &Window,
    is_sure: bool,
) -> Vec<Piece> {
    let [from, to] = ends;
    if from.x() >= to.x() {
        return Vec::new();
    }
    let proofs = if is_sure { 0 } else { PROOFS };
    let mut tracer =
        Tracer { f, window, values: VALUES, proofs, pieces: vec![Piece::new()] };
    let places = tracer.places(from, to);
    for pair in places.windows(2) {
        tracer.between(pair[0], pair[1]);
    }
    if let Some(last) = places.last().filter(|(_, y)| y.is_finite()) {
        tracer.push(*last);
    }
    let pieces = tracer.pieces.into_iter().filter(|piece| !piece.is_empty());
    pieces.map(|piece| window.thinned(&piece)).collect()
}

impl Tracer<'_, '_> {
    fn value(&mut self, x: f64) -> Place {
        self.values = self.values.saturating_sub(1);
        let y = (self.f)(x);
        (x, if y.is_finite() { y } else { f64::NAN })
    }

    /// Where it is looked at first.
    fn places(&mut self, from: End, to: End) -> Vec<Place> {
        let width = self.window.x.1 - self.window.x.0;
        let (low, high) = (from.x(), to.x());
        let length = high - low;
        let count = (INTERVALS * length / width).ceil().clamp(16.0, INTERVALS) as usize;
        let mut xs: Vec<f64> =
            (1..count).map(|n| low + length * n as f64 / count as f64).collect();
        for (end, sign) in [(from, 1.0), (to, -1.0)] {
            if let End::Limit(x, _) | End::Break(x) = end {
                let steps = [1e-2, 3e-3, 1e-3, 1e-4, BESIDE].map(|part| part * width);
                xs.extend(
                    steps.iter().filter(|h| **h < 0.4 * length).map(|h| x + sign * h),
                );
            }
        }
        xs.sort_by(f64::total_cmp);
        xs.dedup();
        xs.retain(|x| *x > low && *x < high);
        let mut places = Vec::with_capacity(xs.len() + 2);
        match from {
            End::Plain(x) => places.push(self.value(x)),
            End::Limit(x, y) => places.push((x, y)),
            End::Break(_) => {}
        }
        for x in xs {
            let place = self.value(x);
            places.push(place);
        }
        match to {
            End::Plain(x) => places.push(self.value(x)),
            End::Limit(x, y) => places.push((x, y)),
            End::Break(_) => {}
        }
        places
    }

    fn push(&mut self, place: Place) {
        if let Some(last) = self.pieces.last_mut() {
            last.push(place);
        }
    }

    fn split(&mut self) {
        if self.pieces.last().is_some_and(|piece| !piece.is_empty()) {
            self.pieces.push(Piece::new());
        }
    }

    /// Adds the points from one place to just before another.
    fn between(&mut self, a: Place, b: Place) {
        // The left half is done first; it is on top.
        let mut open = vec![(a, b, 0)];
        while let Some((a, b, depth)) = open.pop() {
            match (a.1.is_nan(), b.1.is_nan()) {
                (true, true) => continue,
                (false, true) => {
                    let edge = self.edge(a, b);
                    self.push(a);
                    if edge.0 != a.0 {
                        self.push(edge);
                    }
                    self.split();
                    continue;
                }
                (true, false) => {
                    let edge = self.edge(b, a);
                    self.split();
                    if edge.0 != b.0 {
                        self.push(edge);
                    }
                    continue;
                }
                (false, false) => {}
            }
            if depth >= DEPTH || self.values == 0 {
                self.join(a, b);
                continue;
            }
            let mut middle = self.value(0.5 * (a.0 + b.0));
            if middle.1.is_nan() {
                middle = self.value(a.0 + 0.4871 * (b.0 - a.0));
            }
            if middle.0 <= a.0 || middle.0 >= b.0 {
                self.push(a);
                continue;
            }
            if depth > 0 && self.is_flat(a, middle, b) {
                self.push(a);
                self.push(middle);
                continue;
            }
            open.push((middle, b, depth + 1));
            open.push((a, middle, depth + 1));
        }
    }

    /// Whether a point between two others lies on their line, as far as that is seen.
    fn is_flat(&self, a: Place, m: Place, b: Place) -> bool {
        let sides = [a.1, m.1, b.1].map(|y| self.window.side(y));
        if sides[0] != 0 && sides.iter().all(|side| *side == sides[0]) {
            return true;
        }
        let part = (m.0 - a.0) / (b.0 - a.0);
        let line = a.1 + part * (b.1 - a.1);
        (self.window.down(m.1) - self.window.down(line)).abs() <= FLAT
    }

    /// Goes on from a place to another one beside it, unless the function breaks between them.
    fn join(&mut self, a: Place, b: Place) {
        self.push(a);
        let gap = (self.window.down(a.1) - self.window.down(b.1)).abs();
        if gap <= APART || self.proofs == 0 {
            return;
        }
        self.proofs -= 1;
        let Some((left, right)) = self.broken(a, b) else { return };
        let width = self.window.x.1 - self.window.x.0;
        let far = 1e3 * (self.window.y.1 - self.window.y.0);
        for (place, end, sign) in [(left, a, -1.0), (right, b, 1.0)] {
            let mut place = place;
            if place.1.abs() > far {
                // What is next to a pole is nothing but rounding.
                let x = place.0 + sign * BESIDE * width;
                place = if sign * (end.0 - x) > 0.0 { self.value(x) } else { end };
            }
            if place.0 != end.0 && place.1.is_finite() {
                self.push(place);
            }
            if sign < 0.0 {
                self.split();
            }
        }
    }

    /// The last place before and the first behind a break between two places; `None` where
    /// values meet.
    fn broken(&mut self, mut a: Place, mut b: Place) -> Option<(Place, Place)> {
        let first = (a.1 - b.1).abs();
        for _ in 0..64 {
            let x = 0.5 * (a.0 + b.0);
            if x <= a.0 || x >= b.0 {
                break;
            }
            let middle = self.value(x);
            if middle.1.is_nan() {
                return Some((self.edge(a, middle), self.edge(b, middle)));
            }
            match (middle.1 - a.1).abs() > (b.1 - middle.1).abs() {
                true => b = middle,
                false => a = middle,
            }
            if (a.1 - b.1).abs() < 0.05 * first {
                return None;
            }
        }
        ((a.1 - b.1).abs() >= 0.3 * first).then_some((a, b))
    }

    /// The last place with a value on the way from one that has one to one that has none.
    fn edge(&mut self, mut inside: Place, outside: Place) -> Place {
        let mut out = outside.0;
        for _ in 0..64 {
            let x = 0.5 * (inside.0 + out);
            if x == inside.0 || x == out {
                break;
            }
            let middle = self.value(x);
            if middle.1.is_nan() { out = x } else { inside = middle }
        }
        inside
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WINDOW: Window =
        Window { x: (-5.0, 5.0), y: (-5.0, 5.0), width: 600.0, height: 400.0 };

    fn pieces(mut f: impl FnMut(f64) -> f64) -> Vec<Piece> {
        trace(&mut f, [End::Plain(-5.0), End::Plain(5.0)], &WINDOW, false)
    }

    #[test]
    fn a_line_has_two_points() {
        assert_eq!(pieces(|x| 2.0 * x - 1.0), [[(-5.0, -11.0), (5.0, 9.0)]]);
    }

    #[test]
    fn breaks_that_nobody_knew_of_are_found() {
        assert_eq!(pieces(|x| if x < 0.3 { 1.0 } else { 2.0 }).len(), 2);
        assert_eq!(pieces(|x| 1.0 / (x - 0.123)).len(), 2);
        assert_eq!(pieces(|x| (x - 1.0).sqrt()).len(), 1);
        assert_eq!(pieces(|x| (50.0 * x).tanh()).len(), 1);
        assert_eq!(pieces(|x| x.cbrt()).len(), 1);
        assert_eq!(pieces(|x| (40.0 * x).sin()).len(), 1);
    }
}
