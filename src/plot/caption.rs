//! Where words stand beside points: where there is room.

use super::clip;
use super::frame::Frame;

/// The size of a square in which there is something or not.
const SQUARE: f64 = 5.0;
/// How far words are from their point.
const GAP: f64 = 9.0;
/// How much farther from other points than from their own.
const CLEAR: f64 = 2.0;
/// What it costs to be nearer to another point: no words are better.
const MISTAKEN: f64 = 150.0;

/// Where something is drawn already.
pub(super) struct Room {
    frame: [f64; 4],
    columns: usize,
    rows: usize,
    taken: Vec<u16>,
    /// The points that may have words.
    points: Vec<(f64, f64)>,
}

/// A place for words, by their left, top, right and bottom.
pub(super) type Area = [f64; 4];

impl Room {
    pub(super) fn new(frame: &Frame) -> Self {
        let edges = [frame.left, frame.top, frame.right, frame.bottom];
        let columns = ((frame.right - frame.left) / SQUARE).ceil().max(1.0) as usize;
        let rows = ((frame.bottom - frame.top) / SQUARE).ceil().max(1.0) as usize;
        Self {
            frame: edges,
            columns,
            rows,
            taken: vec![0; columns * rows],
            points: Vec::new(),
        }
    }

    fn square(&self, (x, y): (f64, f64)) -> Option<usize> {
        let column = ((x - self.frame[0]) / SQUARE).floor();
        let row = ((y - self.frame[1]) / SQUARE).floor();
        let is_inside = column >= 0.0
            && row >= 0.0
            && column < self.columns as f64
            && row < self.rows as f64;
        is_inside.then(|| row as usize * self.columns + column as usize)
    }

    /// A line is there.
    pub(super) fn take_line(&mut self, points: &[(f64, f64)], weight: u16) {
        for pair in points.windows(2) {
            let Some((a, b)) = clip::segment(pair[0], pair[1], self.frame) else {
                continue;
            };
            let steps = ((a.0 - b.0).hypot(a.1 - b.1) / (0.6 * SQUARE)).ceil().max(1.0);
            for n in 0..=steps as usize {
                let t = n as f64 / steps;
                let at = (a.0 + t * (b.0 - a.0), a.1 + t * (b.1 - a.1));
                if let Some(square) = self.square(at) {
                    self.taken[square] = self.taken[square].max(weight);
                }
            }
        }
    }

    /// A point is there, whose words are not to be those of another one.
    pub(super) fn point(&mut self, at: (f64, f64)) {
        self.points.push(at);
    }

    /// Whether words would be nearer to another point than to their own.
    fn is_mistaken(&self, own: (f64, f64), area: Area) -> bool {
        let distance = |(x, y): (f64, f64)| {
            let [left, top, right, bottom] = area;
            (x - x.clamp(left, right)).hypot(y - y.clamp(top, bottom))
        };
        let far = distance(own);
        self.points.iter().any(|at| {
            (at.0 - own.0).hypot(at.1 - own.1) > 1.0 && distance(*at) < far + CLEAR
        })
    }

    /// Something else is there.
    pub(super) fn take(&mut self, area: Area) {
        for square in self.squares(area) {
            self.taken[square] = 60;
        }
    }

    fn squares(&self, [left, top, right, bottom]: Area) -> Vec<usize> {
        let mut found = Vec::new();
        let mut y = top + 0.5 * SQUARE;
        while y < bottom {
            let mut x = left + 0.5 * SQUARE;
            while x < right {
                found.extend(self.square((x, y)));
                x += SQUARE;
            }
            y += SQUARE;
        }
        found
    }

    fn is_inside(&self, [left, top, right, bottom]: Area) -> bool {
        left >= self.frame[0]
            && top >= self.frame[1]
            && right <= self.frame[2]
            && bottom <= self.frame[3]
    }

    /// Where words of this size have most room beside a point, and how little they have there;
    /// `None` where they would hide other words.
    pub(super) fn beside(
        &self,
        (x, y): (f64, f64),
        [width, height]: [f64; 2],
    ) -> Option<(f64, Area)> {
        let mut best: Option<(f64, Area)> = None;
        for (far, cost) in [(GAP, 0.0), (2.0 * GAP, 3.0), (3.6 * GAP, 8.0)] {
            let half = 0.5 * height;
            let slant = 0.7 * far;
            let corners = [
                (x + slant, y - slant - height),
                (x - slant - width, y - slant - height),
                (x + slant, y + slant),
                (x - slant - width, y + slant),
                (x - 0.5 * width, y - far - height),
                (x - 0.5 * width, y + far),
                (x + far, y - half),
                (x - far - width, y - half),
            ];
            for (place, (left, top)) in corners.into_iter().enumerate() {
                let area = [left, top, left + width, top + height];
                if !self.is_inside(area) {
                    continue;
                }
                let squares = self.squares(area);
                let hidden: f64 = squares.iter().map(|n| f64::from(self.taken[*n])).sum();
                let hides = squares.iter().any(|n| self.taken[*n] >= 60);
                let is_mistaken = self.is_mistaken((x, y), area);
                let score = cost
                    + 0.2 * place as f64
                    + hidden
                    + if is_mistaken { MISTAKEN } else { 0.0 }
                    + if hides { 1e4 } else { 0.0 };
                if best.is_none_or(|(least, _)| score < least) {
                    best = Some((score, area));
                }
            }
        }
        best.filter(|(score, _)| *score < 1e4)
    }
}
