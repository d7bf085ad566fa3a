//! Where a function of two variables is above a level: marching squares (Lorensen and Cline,
//! "Marching cubes", 1987, in the plane), with crossings and ends of the domain found by
//! bisection. What is above in each square is joined by crossing out the edges that two squares
//! share.
//!
//! Invariant: nothing is filled where there is no value, and a pole or a jump between two
//! values is no line on which the function has those between.

use super::picture::Piece;
use super::trace::Window;
use rustc_hash::FxHashMap;

/// A function of two variables.
type Function<'f> = dyn FnMut(f64, f64) -> f64 + 'f;
type Place = (f64, f64);
/// An edge of the grid: the point from which it goes, to the right or up.
type Edge = (usize, usize, bool);

/// How many halvings find a crossing and an end.
const HALVINGS: usize = 24;
/// How many chords are tried before.
const SECANTS: usize = 4;

/// A corner of what is above a level.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Key {
    /// A point of the grid.
    Point(usize, usize),
    /// Where the level is crossed on an edge.
    Cross(Edge),
    /// Where the domain ends on an edge.
    End(Edge),
    /// Where the level is crossed on the end of the domain in a square.
    Inner(usize, usize, usize),
}

/// Borders of where values are above a level, and the lines on which they are the level.
pub type Above = (Vec<Piece>, Vec<Piece>);

/// A function on a grid, with where its domain ends.
pub struct Field<'f, 'g> {
    f: &'g mut Function<'f>,
    window: Window,
    size: [usize; 2],
    /// The values, row by row from below.
    pub values: Vec<Vec<f64>>,
    ends: FxHashMap<Edge, (Place, f64)>,
}

/// A corner with its value and its place.
type Corner = (Key, f64, Place);

impl<'f, 'g> Field<'f, 'g> {
    /// Takes the values of a function in a window on a grid of so many squares.
    pub fn new(f: &'g mut Function<'f>, window: &Window, size: [usize; 2]) -> Self {
        let mut field = Self {
            f,
            window: *window,
            size,
            values: vec![vec![f64::NAN; size[0] + 1]; size[1] + 1],
            ends: FxHashMap::default(),
        };
        for row in 0..=size[1] {
            for column in 0..=size[0] {
                let (x, y) = field.place(column, row);
                field.values[row][column] = field.value((x, y));
            }
        }
        field
    }

    /// A point of the grid: a little aside, so that no line of symmetry runs along it.
    fn place(&self, column: usize, row: usize) -> Place {
        let aside = |n: usize, most: usize| {
            if n == 0 || n == most { n as f64 } else { n as f64 + 0.000_173 }
        };
        let at = |(low, high): (f64, f64), n: usize, most: usize| {
            low + (high - low) * aside(n, most) / most as f64
        };
        let [across, along] = self.size;
        (at(self.window.x, column, across), at(self.window.y, row, along))
    }

    fn value(&mut self, (x, y): Place) -> f64 {
        let value = (self.f)(x, y);
        if value.is_finite() { value } else { f64::NAN }
    }

    /// The squares with their values as heights, as far as there are values; what may be a jump,
    /// because a step is that high, is left out if it is one.
    pub fn tiles(&mut self, steep: f64) -> Vec<Vec<[f64; 3]>> {
        let mut tiles = Vec::new();
        for row in 0..self.size[1] {
            for column in 0..self.size[0] {
                let corners = self.corners(column, row);
                let count = corners.len();
                let is_torn = (0..count).any(|at| {
                    let (a, b) = (corners[at], corners[(at + 1) % count]);
                    (a.1 - b.1).abs() > steep && self.jumps((a.1, a.2), (b.1, b.2))
                });
                if count > 2 && !is_torn {
                    let tile = corners.iter().map(|(_, z, (x, y))| [*x, *y, *z]);
                    tiles.push(tile.collect());
                }
            }
        }
        tiles
    }

    /// Whether values jump or have a pole between two places.
    fn jumps(&mut self, a: (f64, Place), b: (f64, Place)) -> bool {
        let whole = (a.0 - b.0).abs();
        let (mut a, mut b) = (a, b);
        for _ in 0..HALVINGS {
            let middle = (0.5 * (a.1.0 + b.1.0), 0.5 * (a.1.1 + b.1.1));
            let value = self.value(middle);
            if value.is_nan() {
                return true;
            }
            // Where the greater step is.
            if (value - a.0).abs() >= (value - b.0).abs() {
                b = (value, middle);
            } else {
                a = (value, middle);
            }
        }
        (a.0 - b.0).abs() > 0.1 * whole
    }

    /// Where values are above a level; everywhere where there are values, without one.
    pub fn above(&mut self, level: Option<f64>) -> Above {
        let mut crossings: FxHashMap<Key, (Place, bool)> = FxHashMap::default();
        let mut sides: Vec<(Key, Key)> = Vec::new();
        for row in 0..self.size[1] {
            for column in 0..self.size[0] {
                let corners = self.corners(column, row);
                if corners.len() < 3 {
                    continue;
                }
                let parts = match level {
                    None => vec![corners.iter().map(|corner| corner.0).collect()],
                    Some(level) => {
                        self.part((column, row), &corners, level, &mut crossings)
                    }
                };
                for part in parts {
                    let part: Vec<Key> = part;
                    for (at, from) in part.iter().enumerate() {
                        sides.push((*from, part[(at + 1) % part.len()]));
                    }
                }
            }
        }
        let loops = loops(sides);
        let place = |key: &Key| match key {
            Key::Point(column, row) => self.place(*column, *row),
            Key::End(edge) => self.ends.get(edge).map_or((0.0, 0.0), |end| end.0),
            key => crossings.get(key).map_or((0.0, 0.0), |found| found.0),
        };
        let is_level = |key: &Key| crossings.get(key).is_some_and(|found| found.1);
        let mut borders = Vec::with_capacity(loops.len());
        let mut lines = Vec::new();
        for keys in &loops {
            let piece: Piece = keys.iter().map(place).collect();
            borders.push(self.window.thinned(&piece));
            let mut line: Piece = Vec::new();
            for (at, pair) in keys.windows(2).enumerate() {
                if is_level(&pair[0]) && is_level(&pair[1]) {
                    if line.is_empty() {
                        line.push(piece[at]);
                    }
                    line.push(piece[at + 1]);
                } else if !line.is_empty() {
                    lines.push(self.window.thinned(&std::mem::take(&mut line)));
                }
            }
            if !line.is_empty() {
                lines.push(self.window.thinned(&line));
            }
        }
        (borders, lines)
    }

    /// The corners of the part of a square in which there are values.
    fn corners(&mut self, column: usize, row: usize) -> Vec<Corner> {
        let points =
            [(column, row), (column + 1, row), (column + 1, row + 1), (column, row + 1)];
        let edges = edges(column, row);
        let mut corners = Vec::with_capacity(5);
        for side in 0..4 {
            let [own, next] = [points[side], points[(side + 1) % 4]];
            let [value, other] = [own, next].map(|(i, j)| self.values[j][i]);
            if value.is_finite() {
                let key = Key::Point(own.0, own.1);
                corners.push((key, value, self.place(own.0, own.1)));
            }
            if value.is_finite() != other.is_finite() {
                let (inside, outside) =
                    if value.is_finite() { (own, next) } else { (next, own) };
                let (place, value) = self.end(edges[side], inside, outside);
                corners.push((Key::End(edges[side]), value, place));
            }
        }
        corners
    }

    /// Where the domain ends between two points of the grid.
    fn end(
        &mut self,
        edge: Edge,
        inside: (usize, usize),
        outside: (usize, usize),
    ) -> (Place, f64) {
        if let Some(end) = self.ends.get(&edge) {
            return *end;
        }
        let [mut near, mut far] = [inside, outside].map(|(i, j)| self.place(i, j));
        let mut value = self.values[inside.1][inside.0];
        for _ in 0..HALVINGS {
            let middle = (0.5 * (near.0 + far.0), 0.5 * (near.1 + far.1));
            let found = self.value(middle);
            if found.is_finite() {
                (near, value) = (middle, found);
            } else {
                far = middle;
            }
        }
        self.ends.insert(edge, (near, value));
        (near, value)
    }

    /// The parts of a square that are above a level.
    fn part(
        &mut self,
        square: (usize, usize),
        corners: &[Corner],
        level: f64,
        crossings: &mut FxHashMap<Key, (Place, bool)>,
    ) -> Vec<Vec<Key>> {
        let above = corners.iter().filter(|corner| corner.1 >= level).count();
        if above == 0 {
            return Vec::new();
        }
        if above == corners.len() {
            return vec![corners.iter().map(|corner| corner.0).collect()];
        }
        // Parts begin where the level is crossed upwards, and end where it is crossed down.
        let count = corners.len();
        let is_above = |at: usize| corners[at % count].1 >= level;
        let first = (0..count).find(|at| !is_above(*at) && is_above(at + 1)).unwrap_or(0);
        let mut parts: Vec<Vec<Key>> = Vec::new();
        for step in first..first + count {
            let (a, b) = (corners[step % count], corners[(step + 1) % count]);
            if is_above(step) == is_above(step + 1) {
                if let (true, Some(part)) = (is_above(step + 1), parts.last_mut()) {
                    part.push(b.0);
                }
                continue;
            }
            let key = match edge_of(a.0, b.0, edges(square.0, square.1)) {
                Some(edge) => Key::Cross(edge),
                None => Key::Inner(square.0, square.1, step % count),
            };
            if !crossings.contains_key(&key) {
                let found = self.crossing((a.1, a.2), (b.1, b.2), level);
                crossings.insert(key, found);
            }
            if is_above(step + 1) {
                parts.push(vec![key, b.0]);
            } else if let Some(part) = parts.last_mut() {
                part.push(key);
            }
        }
        if parts.len() == 2 {
            let sum = |side: fn(&Place) -> f64| {
                corners.iter().map(|corner| side(&corner.2)).sum::<f64>() / count as f64
            };
            let middle = (sum(|place| place.0), sum(|place| place.1));
            if self.value(middle) >= level {
                // Both are one where the middle is above.
                let rest = parts.pop().unwrap_or_default();
                parts[0].extend(rest);
            }
        }
        parts
    }

    /// Where a level is crossed between two places, and whether it is a value there.
    fn crossing(
        &mut self,
        a: (f64, Place),
        b: (f64, Place),
        level: f64,
    ) -> (Place, bool) {
        let (mut a, mut b) = ((a.0 - level, a.1), (b.0 - level, b.1));
        let most = a.0.abs().max(b.0.abs());
        // Where the chord says, most often it is.
        for _ in 0..SECANTS {
            let t = (a.0 / (a.0 - b.0)).clamp(0.02, 0.98);
            let (dx, dy) = (b.1.0 - a.1.0, b.1.1 - a.1.1);
            let place = (a.1.0 + t * dx, a.1.1 + t * dy);
            let value = self.value(place) - level;
            if value.is_nan() {
                return (place, false);
            }
            if value.abs() <= 1e-3 * most {
                return (place, true);
            }
            if (value >= 0.0) == (a.0 >= 0.0) {
                a = (value, place);
            } else {
                b = (value, place);
            }
        }
        for _ in 0..HALVINGS {
            let middle = (0.5 * (a.1.0 + b.1.0), 0.5 * (a.1.1 + b.1.1));
            let value = self.value(middle) - level;
            if value.is_nan() {
                return (middle, false);
            }
            if (value >= 0.0) == (a.0 >= 0.0) {
                a = (value, middle);
            } else {
                b = (value, middle);
            }
        }
        // Beside a pole values grow, beside a jump they stay as they are.
        let rest = a.0.abs().max(b.0.abs());
        (a.1, rest <= 0.01 * most)
    }
}

/// The edges of a square: below, right, above, left.
fn edges(column: usize, row: usize) -> [Edge; 4] {
    [
        (column, row, false),
        (column + 1, row, true),
        (column, row + 1, false),
        (column, row, true),
    ]
}

/// The edge of the grid on which two corners lie.
fn edge_of(a: Key, b: Key, edges: [Edge; 4]) -> Option<Edge> {
    let holds = |edge: &Edge, key: Key| match key {
        Key::Point(i, j) => {
            let (column, row, is_up) = *edge;
            let other = if is_up { (column, row + 1) } else { (column + 1, row) };
            (i, j) == (column, row) || (i, j) == other
        }
        Key::End(own) | Key::Cross(own) => own == *edge,
        Key::Inner(..) => false,
    };
    edges.into_iter().find(|edge| holds(edge, a) && holds(edge, b))
}

/// Closed lines of the sides that no two squares share; each ends where it began.
fn loops(sides: Vec<(Key, Key)>) -> Vec<Vec<Key>> {
    let mut all: Vec<(Key, Key, bool)> = sides
        .into_iter()
        .map(|(a, b)| if a < b { (a, b, true) } else { (b, a, false) })
        .collect();
    all.sort_unstable();
    let mut kept: Vec<(Key, Key)> = Vec::new();
    for own in all.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1)) {
        let balance: i32 = own.iter().map(|side| if side.2 { 1 } else { -1 }).sum();
        let (a, b, _) = own[0];
        let side = if balance > 0 { (a, b) } else { (b, a) };
        kept.extend((0..balance.unsigned_abs()).map(|_| side));
    }
    kept.sort_unstable();
    let mut used = vec![false; kept.len()];
    let next = |from: Key, used: &[bool]| {
        let first = kept.partition_point(|side| side.0 < from);
        let own = kept[first..].iter().take_while(|side| side.0 == from);
        own.enumerate().map(|(at, _)| first + at).find(|at| !used[*at])
    };
    let mut found = Vec::new();
    for start in 0..kept.len() {
        if used[start] {
            continue;
        }
        used[start] = true;
        let mut keys = vec![kept[start].0, kept[start].1];
        let mut at = kept[start].1;
        while let Some(place) = next(at, &used) {
            used[place] = true;
            at = kept[place].1;
            keys.push(at);
        }
        found.push(keys);
    }
    found
}
