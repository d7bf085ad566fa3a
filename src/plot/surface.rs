//! What is seen in space: surfaces over the plane, points and ways on them.

use super::picture::{Axis, Caption, Role};

/// A point in space, in the coordinates of what is shown.
pub type Point = [f64; 3];

/// A surface over the plane.
#[derive(Clone, Debug, PartialEq)]
pub struct Sheet {
    /// What it is called in the legend.
    pub caption: Caption,
    /// The number of its colour; without one it has those of its heights.
    pub ink: Option<usize>,
    /// Its small pieces: the corners of each.
    pub tiles: Vec<Vec<Point>>,
}

/// What is seen in space.
#[derive(Clone, Debug, PartialEq)]
pub struct Space {
    /// The axis of heights.
    pub z: Axis,
    /// The surfaces.
    pub sheets: Vec<Sheet>,
    /// Lines on them.
    pub ways: Vec<Vec<Point>>,
    /// Points on them, with why they are marked.
    pub points: Vec<(Point, Role, Option<Caption>)>,
}

/// The part of a tile between two heights; nothing where it crosses all of them at once, which
/// is a pole and no surface.
pub fn between(tile: &[Point], low: f64, high: f64) -> Vec<Point> {
    let is_below = tile.iter().any(|point| point[2] < low);
    let is_above = tile.iter().any(|point| point[2] > high);
    if is_below && is_above {
        return Vec::new();
    }
    let cut = |tile: &[Point], limit: f64, sign: f64| {
        let mut kept = Vec::with_capacity(tile.len() + 2);
        for (at, a) in tile.iter().enumerate() {
            let b = tile[(at + 1) % tile.len()];
            let [inside, next] = [a[2], b[2]].map(|z| sign * z <= sign * limit);
            if inside {
                kept.push(*a);
            }
            if inside != next {
                let t = (limit - a[2]) / (b[2] - a[2]);
                kept.push([a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1]), limit]);
            }
        }
        kept
    };
    match (is_below, is_above) {
        (true, _) => cut(tile, low, -1.0),
        (_, true) => cut(tile, high, 1.0),
        _ => tile.to_vec(),
    }
}
