//! Curves on which a function of two variables is zero: marching squares (Lorensen and Cline,
//! "Marching cubes", 1987, in the plane), with the zero on each edge found by bisection.
//!
//! Invariant: a sign that changes across a pole or a gap is no zero.

use super::band::Field;
use super::follow::follow;
use super::picture::Piece;
use super::touch;
use super::trace::Window;
use rustc_hash::FxHashMap;

/// A function of two variables.
type Function<'f> = dyn FnMut(f64, f64) -> f64 + 'f;
type Place = (f64, f64);
/// An edge of the grid: the point from which it goes, to the right or up.
type Edge = (usize, usize, bool);

/// How many halvings find a zero on an edge.
const HALVINGS: usize = 48;

/// Where a function of two variables is zero.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Level {
    /// Lines on which its sign changes, and the borders of areas.
    pub lines: Vec<Piece>,
    /// Single points.
    pub points: Vec<(f64, f64)>,
    /// Whether it may be zero at more places than these, without a change of its sign.
    pub is_touched: bool,
    /// Whether it is zero on areas.
    pub has_area: bool,
    /// Whether there are areas of values that are too small to be told from zero.
    pub is_lost: bool,
}

/// Where a function is zero in a window, from values on a grid of `across` times `along` squares.
pub fn contour(
    f: &mut Function<'_>,
    window: &Window,
    [across, along]: [usize; 2],
) -> Level {
    let at = touch::grid(window, [across, along]);
    let mut values = vec![vec![f64::NAN; across + 1]; along + 1];
    for (row, list) in values.iter_mut().enumerate() {
        for (column, value) in list.iter_mut().enumerate() {
            let (x, y) = at(column, row);
            *value = f(x, y);
        }
    }
    let area = touch::area(f, &values, &at);
    let has_area = area == Some(true);
    let points = match area {
        None => touch::points(f, &values, &at),
        Some(_) => Some(Vec::new()),
    };
    let (is_touched, is_lost) = (points.is_none(), area == Some(false));
    let mut zeros: FxHashMap<Edge, Option<Place>> = FxHashMap::default();
    let mut links: Vec<(Edge, Edge)> = Vec::new();
    for row in 0..along {
        for column in 0..across {
            let corners = [
                values[row][column],
                values[row][column + 1],
                values[row + 1][column + 1],
                values[row + 1][column],
            ];
            if corners.iter().any(|value| !value.is_finite()) {
                continue;
            }
            let places = [
                at(column, row),
                at(column + 1, row),
                at(column + 1, row + 1),
                at(column, row + 1),
            ];
            let edges: [Edge; 4] = [
                (column, row, false),
                (column + 1, row, true),
                (column, row + 1, false),
                (column, row, true),
            ];
            let mut crossed = Vec::with_capacity(4);
            for (side, edge) in edges.into_iter().enumerate() {
                let other = (side + 1) % 4;
                if (corners[side] < 0.0) == (corners[other] < 0.0) {
                    continue;
                }
                // The borders of areas are no lines on which it goes through zero.
                if has_area && (corners[side] == 0.0 || corners[other] == 0.0) {
                    continue;
                }
                let zero = zeros.entry(edge).or_insert_with(|| {
                    zero(
                        f,
                        (places[side], corners[side]),
                        (places[other], corners[other]),
                    )
                });
                if zero.is_some() {
                    crossed.push(edge);
                }
            }
            match crossed[..] {
                [a, b] => links.push((a, b)),
                [a, b, c, d] => {
                    let middle = f(
                        0.5 * (places[0].0 + places[2].0),
                        0.5 * (places[0].1 + places[2].1),
                    );
                    match (middle < 0.0) == (corners[0] < 0.0) {
                        true => links.extend([(a, b), (c, d)]),
                        false => links.extend([(a, d), (b, c)]),
                    }
                }
                _ => {}
            }
        }
    }
    let place = |edge: &Edge| zeros.get(edge).copied().flatten();
    let chains = chains(&links);
    let pieces = chains.iter().map(|chain| chain.iter().filter_map(place).collect());
    let mut lines: Vec<Piece> =
        pieces.map(|piece: Piece| window.thinned(&piece)).collect();
    follow(f, window, &mut lines);
    if has_area {
        let mut inside = |x: f64, y: f64| if f(x, y) == 0.0 { 1.0 } else { 0.0 };
        let mut field = Field::new(&mut inside, window, [across, along]);
        lines.extend(field.above(Some(0.5)).0);
    }
    let points = points.unwrap_or_default();
    Level { lines, points, is_touched, has_area, is_lost }
}

/// The least and the greatest coordinates of lines, as `[x, y]`.
pub fn extent(pieces: &[Piece]) -> Option<[(f64, f64); 2]> {
    let mut found: Option<[(f64, f64); 2]> = None;
    for (x, y) in pieces.iter().flatten() {
        let [own, other] = found.get_or_insert([(*x, *x), (*y, *y)]);
        *own = (own.0.min(*x), own.1.max(*x));
        *other = (other.0.min(*y), other.1.max(*y));
    }
    found
}

/// The zero on an edge, unless the function grows towards it.
pub(super) fn zero(
    f: &mut Function<'_>,
    a: (Place, f64),
    b: (Place, f64),
) -> Option<Place> {
    let least = a.1.abs().max(b.1.abs());
    let (mut a, mut b) = (a, b);
    if a.1 == 0.0 {
        return Some(a.0);
    }
    for _ in 0..HALVINGS {
        let middle = (0.5 * (a.0.0 + b.0.0), 0.5 * (a.0.1 + b.0.1));
        let value = f(middle.0, middle.1);
        if value == 0.0 {
            return Some(middle);
        }
        if !value.is_finite() {
            return None;
        }
        if (value < 0.0) == (a.1 < 0.0) {
            a = (middle, value);
        } else {
            b = (middle, value);
        }
    }
    // Beside a pole values grow, beside a jump they stay as they are.
    let rest = a.1.abs().max(b.1.abs());
    let found = if a.1.abs() <= b.1.abs() { a.0 } else { b.0 };
    (rest < 1e-3 * least).then_some(found)
}

/// Edges in the order of the lines that go through them; a line that closes ends where it began.
fn chains(links: &[(Edge, Edge)]) -> Vec<Vec<Edge>> {
    let mut beside: FxHashMap<Edge, Vec<usize>> = FxHashMap::default();
    for (place, (a, b)) in links.iter().enumerate() {
        beside.entry(*a).or_default().push(place);
        beside.entry(*b).or_default().push(place);
    }
    let mut used = vec![false; links.len()];
    let mut follow = |from: Edge, first: usize| {
        let mut chain = vec![from];
        let (mut at, mut next) = (from, Some(first));
        while let Some(place) = next.filter(|place| !used[*place]) {
            used[place] = true;
            let (a, b) = links[place];
            at = if a == at { b } else { a };
            chain.push(at);
            let own = beside.get(&at).map(Vec::as_slice).unwrap_or_default();
            next = own.iter().copied().find(|other| !used[*other]);
        }
        chain
    };
    let mut found = Vec::new();
    let is_end = |edge: &Edge| beside.get(edge).is_some_and(|list| list.len() == 1);
    // Lines with ends first, then those that close.
    for only_ends in [true, false] {
        for (place, (a, b)) in links.iter().enumerate() {
            let from = if is_end(b) { b } else { a };
            if only_ends && !is_end(from) {
                continue;
            }
            let chain = follow(*from, place);
            if chain.len() > 1 {
                found.push(chain);
            }
        }
    }
    found
}
