//! What of a line is inside of a rectangle (Liang and Barsky, "A new concept and method for line
//! clipping", 1984).

type Place = (f64, f64);

/// What is farther off than this many times the frame has no digits left for what is inside of
/// it, and goes there as steeply as it is seen.
const FAR: f64 = 1e5;

/// The part of a segment inside of a rectangle `[left, top, right, bottom]`.
pub(super) fn segment(a: Place, b: Place, frame: [f64; 4]) -> Option<(Place, Place)> {
    let [left, top, right, bottom] = frame;
    if [a.0, a.1, b.0, b.1].iter().any(|own| own.is_nan()) {
        return None;
    }
    let is_inside =
        |(x, y): Place| (left..=right).contains(&x) && (top..=bottom).contains(&y);
    let most = FAR * (1.0 + (right - left) + (bottom - top));
    let near = |(x, y): Place| {
        (x.clamp(left - most, right + most), y.clamp(top - most, bottom + most))
    };
    let (a, b) = (near(a), near(b));
    let (dx, dy) = (b.0 - a.0, b.1 - a.1);
    let (mut from, mut to) = (0.0_f64, 1.0_f64);
    let sides =
        [(-dx, a.0 - left), (dx, right - a.0), (-dy, a.1 - top), (dy, bottom - a.1)];
    for (speed, room) in sides {
        if speed == 0.0 {
            if room < 0.0 {
                return None;
            }
        } else if speed < 0.0 {
            from = from.max(room / speed);
        } else {
            to = to.min(room / speed);
        }
    }
    // Rounding puts no end outside.
    let at = |t: f64| {
        let (x, y) = (a.0 + t * dx, a.1 + t * dy);
        (x.max(left).min(right), y.max(top).min(bottom))
    };
    let start = if is_inside(a) { a } else { at(from) };
    let end = if is_inside(b) { b } else { at(to) };
    (from < to).then_some((start, end))
}

/// The parts of a line of many segments inside of a rectangle.
pub(super) fn line(points: &[Place], frame: [f64; 4]) -> Vec<Vec<Place>> {
    let mut found: Vec<Vec<Place>> = Vec::new();
    for pair in points.windows(2) {
        let Some((a, b)) = segment(pair[0], pair[1], frame) else { continue };
        match found.last_mut() {
            Some(own) if own.last() == Some(&a) => own.push(b),
            _ => found.push(vec![a, b]),
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_very_far_off_ends_at_the_edges() {
        let frame = [0.0, 0.0, 400.0, 300.0];
        for far in [1e3, 1e20, 1e100, 1e300] {
            let inside = (200.0, 150.0);
            let lines = [
                [(50.0, -far), (351.0, far)],
                [(200.0, -far), inside],
                [inside, (far, far)],
                [(100.0, -far), (101.0, -2.0)],
                [(100.0, -far), (100.001, 400.0)],
                [(0.5 * far, -far), (100.0, 310.0)],
            ];
            for [from, to] in lines {
                let found = segment(from, to, frame);
                let is_within =
                    |(x, y)| (0.0..=400.0).contains(&x) && (0.0..=300.0).contains(&y);
                let is_seen = to.1 >= 0.0;
                assert_eq!(found.is_some(), is_seen, "{from:?} to {to:?}");
                assert!(
                    found.is_none_or(|(a, b)| is_within(a) && is_within(b)),
                    "{from:?} to {to:?}"
                );
            }
        }
    }
}
