//! A line of many points with those left out that lie on the line between others (Ramer 1972,
//! Douglas and Peucker 1973).

/// The places of the points that stay, where each other one is no farther than `most` from the
/// line; the first and the last stay.
pub(super) fn thin(points: &[(f64, f64)], most: f64) -> Vec<usize> {
    let Some(last) = points.len().checked_sub(1) else { return Vec::new() };
    let mut keep = vec![false; points.len()];
    keep[0] = true;
    keep[last] = true;
    let mut open = vec![(0, last)];
    while let Some((from, to)) = open.pop() {
        let (a, b) = (points[from], points[to]);
        let (dx, dy) = (b.0 - a.0, b.1 - a.1);
        let length = dx.hypot(dy);
        let off = |p: (f64, f64)| {
            let (px, py) = (p.0 - a.0, p.1 - a.1);
            let along = (px * dx + py * dy) / length;
            match length > 0.0 && (0.0..=length).contains(&along) {
                true => (px * dy - py * dx).abs() / length,
                false => px.hypot(py).min((p.0 - b.0).hypot(p.1 - b.1)),
            }
        };
        let mut farthest = (most, None);
        for (place, p) in points.iter().enumerate().take(to).skip(from + 1) {
            let far = off(*p);
            // What leaves the doubles stays.
            if far > farthest.0 || far.is_nan() {
                farthest = (far, Some(place));
            }
        }
        if let Some(place) = farthest.1 {
            keep[place] = true;
            open.push((from, place));
            open.push((place, to));
        }
    }
    (0..points.len()).filter(|place| keep[*place]).collect()
}
