//! Lines on which a function of two variables is zero, followed from where a grid loses them to
//! the end of the domain.
//!
//! Invariant: a step goes only to where the sign changes on the way across the line.

use super::contour::zero;
use super::picture::Piece;
use super::trace::Window;

/// A function of two variables.
type Function<'f> = dyn FnMut(f64, f64) -> f64 + 'f;
type Place = (f64, f64);

/// How far a step goes, and how short it may become, in pixels.
const STEP: f64 = 2.0;
const SHORT: f64 = 0.01;
/// How many steps are taken in one picture.
const STEPS: usize = 1500;
/// At how many places on the way across the sign is looked at, to each side.
const PARTS: i32 = 4;
/// How often the way to the end of the domain is halved.
const HALVINGS: usize = 48;

/// Follows lines from each of their ends.
pub(super) fn follow(f: &mut Function<'_>, window: &Window, pieces: &mut [Piece]) {
    let dx = (window.x.1 - window.x.0) / window.width;
    let dy = (window.y.1 - window.y.0) / window.height;
    let (left, low) = (window.x.0, window.y.0);
    let mut pixels = |u: f64, v: f64| f(left + u * dx, low + v * dy);
    let seen = |(u, v): Place| {
        (0.0..=window.width).contains(&u) && (0.0..=window.height).contains(&v)
    };
    let mut steps = STEPS;
    for piece in pieces.iter_mut().filter(|own| own.first() != own.last()) {
        for _ in 0..2 {
            // The last end first, then the other one.
            let mut line: Vec<Place> =
                piece.iter().map(|(x, y)| ((x - left) / dx, (y - low) / dy)).collect();
            let first = line.len();
            walk(&mut pixels, &mut line, &seen, &mut steps);
            let more = line[first..].iter();
            piece.extend(more.map(|(u, v)| (left + u * dx, low + v * dy)));
            piece.reverse();
        }
        *piece = window.thinned(piece);
    }
}

/// Goes on from the last point of a line.
fn walk(
    f: &mut Function<'_>,
    line: &mut Vec<Place>,
    seen: &dyn Fn(Place) -> bool,
    steps: &mut usize,
) {
    let [.., before, mut at] = line[..] else { return };
    let Some(mut way) = direction(before, at) else { return };
    let mut step = STEP;
    while step >= SHORT && *steps > 0 {
        *steps -= 1;
        let centre = (at.0 + step * way.0, at.1 + step * way.1);
        let next = across(f, centre, (-way.1 * step, way.0 * step));
        match next.filter(|next| seen(*next)) {
            Some(next) => {
                way = direction(at, next).unwrap_or(way);
                at = next;
                line.push(at);
                step = (2.0 * step).min(STEP);
            }
            None => step *= 0.5,
        }
    }
}

fn direction(from: Place, to: Place) -> Option<Place> {
    let (x, y) = (to.0 - from.0, to.1 - from.1);
    let length = x.hypot(y);
    (length > 0.0).then(|| (x / length, y / length))
}

/// The zero nearest to a place on the way across a line.
fn across(f: &mut Function<'_>, centre: Place, side: Place) -> Option<Place> {
    let place = |n: i32| {
        let t = f64::from(n) / f64::from(PARTS);
        (centre.0 + t * side.0, centre.1 + t * side.1)
    };
    let known: Vec<(Place, f64)> = (-PARTS..=PARTS)
        .map(|n| {
            let at = place(n);
            (at, f(at.0, at.1))
        })
        .collect();
    let far = |at: &Place| (at.0 - centre.0).hypot(at.1 - centre.1);
    let mut found: Option<Place> = None;
    for pair in known.windows(2) {
        let (a, b) = match [pair[0].1, pair[1].1].map(f64::is_finite) {
            [true, true] => (pair[0], pair[1]),
            [true, false] => (pair[0], edge(f, pair[0], pair[1].0)),
            [false, true] => (edge(f, pair[1], pair[0].0), pair[1]),
            [false, false] => continue,
        };
        if (a.1 < 0.0) == (b.1 < 0.0) {
            continue;
        }
        let own = zero(f, a, b);
        if let Some(own) = own.filter(|own| found.is_none_or(|at| far(own) < far(&at))) {
            found = Some(own);
        }
    }
    found
}

/// The last place with a value on the way to one that has none.
fn edge(f: &mut Function<'_>, inside: (Place, f64), outside: Place) -> (Place, f64) {
    let (mut inside, mut out) = (inside, outside);
    for _ in 0..HALVINGS {
        let middle = (0.5 * (inside.0.0 + out.0), 0.5 * (inside.0.1 + out.1));
        let value = f(middle.0, middle.1);
        match value.is_finite() {
            true => inside = (middle, value),
            false => out = middle,
        }
    }
    inside
}

#[cfg(test)]
mod tests {
    use super::super::contour;
    use super::*;

    #[test]
    fn lines_go_on_to_the_end_of_the_domain() {
        let window =
            Window { x: (-1.0, 5.0), y: (-1.0, 5.0), width: 400.0, height: 400.0 };
        let mut f = |x: f64, y: f64| x.sqrt() + y.sqrt() - 2.0;
        let found = contour(&mut f, &window, [100, 100]);
        assert_eq!(found.lines.len(), 1);
        let ends = [found.lines[0].first(), found.lines[0].last()];
        for end in [(0.0, 4.0), (4.0, 0.0)] {
            let is_there = |at: &Place| (at.0 - end.0).hypot(at.1 - end.1) < 1e-3;
            assert!(ends.iter().flatten().any(|at| is_there(at)), "{ends:?}");
        }
    }
}
