//! From the coordinates of what is shown to those of the drawing.

use super::picture::Axis;

/// Where the axes stand on the paper.
#[derive(Clone, Copy, Debug)]
pub(super) struct Frame {
    pub(super) left: f64,
    pub(super) top: f64,
    pub(super) right: f64,
    pub(super) bottom: f64,
    x: (f64, f64),
    y: (f64, f64),
}

impl Frame {
    pub(super) fn new(
        [left, top, right, bottom]: [f64; 4],
        x: &Axis,
        y: &Axis,
        square: bool,
    ) -> Self {
        let (mut x, mut y) = ((x.low, x.high), (y.low, y.high));
        if square {
            // The axis with more room gets more of the line.
            let across = (x.1 - x.0) / (right - left);
            let along = (y.1 - y.0) / (bottom - top);
            let (wide, most) = (across < along, across.max(along));
            let (axis, length) =
                if wide { (&mut x, right - left) } else { (&mut y, bottom - top) };
            let middle = 0.5 * (axis.0 + axis.1);
            *axis = (middle - 0.5 * most * length, middle + 0.5 * most * length);
        }
        Self { left, top, right, bottom, x, y }
    }

    /// One in which a step is as long on both axes because it is smaller than it might be.
    pub(super) fn fitted(
        [left, top, right, bottom]: [f64; 4],
        x: &Axis,
        y: &Axis,
    ) -> Self {
        let across = (x.high - x.low) / (right - left);
        let along = (y.high - y.low) / (bottom - top);
        let most = across.max(along);
        let right = left + (x.high - x.low) / most;
        let top = bottom - (y.high - y.low) / most;
        Self::new([left, top, right, bottom], x, y, false)
    }

    pub(super) fn axes(&self) -> [(f64, f64); 2] {
        [self.x, self.y]
    }

    pub(super) fn across(&self, x: f64) -> f64 {
        self.left + (x - self.x.0) / (self.x.1 - self.x.0) * (self.right - self.left)
    }

    pub(super) fn down(&self, y: f64) -> f64 {
        self.bottom - (y - self.y.0) / (self.y.1 - self.y.0) * (self.bottom - self.top)
    }

    pub(super) fn place(&self, (x, y): (f64, f64)) -> (f64, f64) {
        (self.across(x), self.down(y))
    }

    /// Whether a place is on it, an edge included.
    pub(super) fn holds(&self, (x, y): (f64, f64)) -> bool {
        let slack = 0.5;
        x >= self.left - slack
            && x <= self.right + slack
            && y >= self.top - slack
            && y <= self.bottom + slack
    }
}
