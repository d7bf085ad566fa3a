//! What of a line is inside of a rectangle (Liang and Barsky, "A new concept and method for line
//! clipping", 1984).

type Place = (f64, f64);

/// The part of a segment inside of a rectangle `[left, top, right, bottom]`.
pub(super) fn segment(a: Place, b: Place, frame: [f64; 4]) -> Option<(Place, Place)> {
    let [left, top, right, bottom] = frame;
    let (dx, dy) = (b.0 - a.0, b.1 - a.1);
    if !(dx.is_finite() && dy.is_finite()) {
        return None;
    }
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
    let at = |t: f64| (a.0 + t * dx, a.1 + t * dy);
    let end = |t: f64, own: Place| if t == 0.0 || t == 1.0 { own } else { at(t) };
    (from <= to).then(|| (end(from, a), end(to, b)))
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
