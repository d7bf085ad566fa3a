//! Surfaces seen from the side and above, without perspective: what is farther off is drawn
//! first.

use super::Style;
use super::colour::Ink;
use super::draw::{Pen, Sheet as Paper, TICKS, WORDS, rounded, written};
use super::ground::shade;
use super::picture::{Axis, Picture, Role};
use super::surface::{Point, Space};
use super::terminal::CELL;
use kuva::render::render::{PathData, Primitive, Scene, TextAnchor};
use std::fmt::Write;

/// The direction from which one looks: how far turned, and how far above, in radians.
const TURN: f64 = 0.62;
const RISE: f64 = 0.5;
/// How high the box is, of its width.
const HEIGHT: f64 = 0.62;
/// What is left free for numbers: left, below, right.
const ROOM: [f64; 3] = [64.0, 44.0, 30.0];
/// About how many numbers an axis has.
const NUMBERS: usize = 6;

/// The most points that are named.
const NAMED: usize = 8;

/// From space to the paper.
struct View {
    axes: [(f64, f64); 3],
    left: f64,
    top: f64,
    scale: f64,
}

impl View {
    fn new(axes: [&Axis; 3], [left, top, right, bottom]: [f64; 4]) -> Self {
        let axes = axes.map(|axis| (axis.low, axis.high));
        let mut view = Self { axes, left: 0.0, top: 0.0, scale: 1.0 };
        let ends = |axis: (f64, f64)| [axis.0, axis.1];
        let mut all = Vec::with_capacity(8);
        for x in ends(axes[0]) {
            for y in ends(axes[1]) {
                all.extend(ends(axes[2]).map(|z| view.place([x, y, z])));
            }
        }
        let side = |own: fn(&(f64, f64)) -> f64| {
            let low = all.iter().map(own).fold(f64::INFINITY, f64::min);
            (low, all.iter().map(own).fold(f64::NEG_INFINITY, f64::max))
        };
        let (across, along) = (side(|at| at.0), side(|at| at.1));
        let (width, height) = (across.1 - across.0, along.1 - along.0);
        view.scale = ((right - left) / width).min((bottom - top) / height);
        view.left = 0.5 * (left + right - view.scale * (across.0 + across.1));
        view.top = 0.5 * (top + bottom - view.scale * (along.0 + along.1));
        view
    }

    /// Into a box from -1 to 1.
    fn inside(&self, point: Point) -> Point {
        let part = |at: usize| {
            let (low, high) = self.axes[at];
            2.0 * (point[at] - low) / (high - low) - 1.0
        };
        [part(0), part(1), HEIGHT * part(2)]
    }

    fn place(&self, point: Point) -> (f64, f64) {
        let [x, y, z] = self.inside(point);
        let right = x * TURN.cos() + y * TURN.sin();
        let away = y * TURN.cos() - x * TURN.sin();
        let up = z * RISE.cos() + away * RISE.sin();
        (self.left + self.scale * right, self.top - self.scale * up)
    }

    /// How far off a point is.
    fn depth(&self, point: Point) -> f64 {
        let [x, y, z] = self.inside(point);
        (y * TURN.cos() - x * TURN.sin()) * RISE.cos() - z * RISE.sin()
    }
}

/// A picture of surfaces as primitives.
pub(super) fn drawing(
    picture: &Picture,
    space: &Space,
    style: &Style,
    pen: Pen,
) -> Scene {
    let (width, height) = (f64::from(style.width), f64::from(style.height));
    let mut paper = Paper::new(width, height, style.theme, pen);
    let row = if pen == Pen::Paper { 24.0 } else { CELL.1 };
    let top = row * space.sheets.len() as f64 + 8.0;
    let edges = match pen {
        Pen::Paper => [ROOM[0], top, width - ROOM[2], height - ROOM[1]],
        Pen::Terminal => [6.0 * CELL.0, top, width - 3.0 * CELL.0, height - 2.0 * CELL.1],
    };
    let view = View::new([&picture.x, &picture.y, &space.z], edges);
    let [(x0, x1), (y0, y1), (z0, z1)] = view.axes;
    // The walls that are behind, then what stands before them.
    let floor = [[x0, y0, z0], [x1, y0, z0], [x1, y1, z0], [x0, y1, z0], [x0, y0, z0]];
    let back = [[x0, y0, z0], [x0, y0, z1], [x0, y1, z1], [x0, y1, z0]];
    let right = [[x0, y1, z1], [x1, y1, z1], [x1, y1, z0]];
    for line in [&floor[..], &back, &right] {
        let line: Vec<(f64, f64)> = line.iter().map(|at| view.place(*at)).collect();
        paper.path(&[line], Ink::Guide, 0.8, "");
    }
    paper.tiles(&view, space);
    for way in &space.ways {
        let line: Vec<(f64, f64)> = way.iter().map(|at| view.place(*at)).collect();
        paper.path(&[line], Ink::Curve(2), 2.2, "");
    }
    let mut taken: Vec<[f64; 4]> = Vec::new();
    for (at, role, _) in &space.points {
        let (x, y) = view.place(*at);
        paper.spot((x, y), *role);
        taken.push([x - 4.0, y - 4.0, x + 4.0, y + 4.0]);
    }
    for (at, _, caption) in space.points.iter().take(NAMED) {
        if let Some(caption) = caption {
            paper.named(view.place(*at), &caption.unicode(), &mut taken);
        }
    }
    paper.scales(&view, picture, &space.z);
    for (rank, sheet) in space.sheets.iter().enumerate() {
        let y = (rank as f64 + 0.5) * row;
        let ink = sheet.ink.map_or(Ink::Shade(9), Ink::Curve);
        paper.path(&[vec![(12.0, y), (38.0, y)]], ink, 6.0, "");
        let text = sheet.caption.unicode();
        paper.words((48.0, y), &text, WORDS, TextAnchor::Start, Ink::Text);
    }
    paper.scene
}

impl Paper {
    /// The tiles of all surfaces, the farthest first.
    fn tiles(&mut self, view: &View, space: &Space) {
        let range = (space.z.low, space.z.high);
        let mut all: Vec<(f64, &[Point], Ink, Option<f64>)> = Vec::new();
        for sheet in &space.sheets {
            for tile in &sheet.tiles {
                let count = tile.len() as f64;
                let depth = tile.iter().map(|at| view.depth(*at)).sum::<f64>() / count;
                let height = tile.iter().map(|at| at[2]).sum::<f64>() / count;
                let (ink, opacity) = match sheet.ink {
                    Some(ink) => (Ink::Curve(ink), Some(0.55)),
                    None => (Ink::Shade(shade(height, range)), None),
                };
                all.push((depth, tile, ink, opacity));
            }
        }
        all.sort_by(|a, b| b.0.total_cmp(&a.0));
        if self.pen == Pen::Terminal {
            // Lines alone would hide nothing there: every second line of tiles is enough.
            let lines: Vec<Vec<(f64, f64)>> = all
                .iter()
                .step_by(2)
                .map(|own| own.1.iter().take(2).map(|at| view.place(*at)).collect())
                .collect();
            return self.path(&lines, Ink::Curve(0), 1.0, "");
        }
        for (_, tile, ink, opacity) in all {
            let mut d = String::new();
            for (rank, at) in tile.iter().enumerate() {
                let (x, y) = view.place(*at);
                let sign = if rank == 0 { 'M' } else { 'L' };
                let _ = write!(d, "{sign}{} {}", rounded(x), rounded(y));
            }
            d.push('Z');
            self.scene.add(Primitive::Path(Box::new(PathData {
                d,
                fill: Some(ink.colour(self.theme)),
                stroke: Ink::Guide.colour(self.theme),
                stroke_width: 0.3,
                opacity,
                stroke_dasharray: None,
            })));
        }
    }

    fn spot(&mut self, (x, y): (f64, f64), role: Role) {
        let ink = match role {
            Role::Minimum => Ink::Curve(0),
            Role::Maximum => Ink::Curve(1),
            Role::Contact => Ink::Curve(2),
            _ => Ink::Curve(6),
        };
        if self.pen == Pen::Terminal {
            return self.words((x, y), "●", TICKS, TextAnchor::Start, ink);
        }
        self.scene.add(Primitive::Circle {
            cx: x,
            cy: y,
            r: 4.0,
            fill: ink.colour(self.theme),
            fill_opacity: None,
            stroke: Some(Ink::Paper.colour(self.theme)),
            stroke_width: Some(1.2),
        });
    }

    /// Words beside a point, where nothing else stands.
    fn named(&mut self, (x, y): (f64, f64), text: &str, taken: &mut Vec<[f64; 4]>) {
        let (size, high) = self.small();
        let wide = self.width(text, size);
        let beside = [x + 8.0, x - 8.0 - wide, x - 0.5 * wide];
        let places = [-high - 4.0, 4.0]
            .into_iter()
            .flat_map(|down| beside.map(|left| (left, y + down)));
        let areas = places.map(|(left, top)| [left, top, left + wide, top + high]);
        let is_free = |area: &[f64; 4]| {
            let meets = |other: &[f64; 4]| {
                area[0] < other[2]
                    && other[0] < area[2]
                    && area[1] < other[3]
                    && other[1] < area[3]
            };
            area[0] > 0.0 && area[2] < self.scene.width && !taken.iter().any(meets)
        };
        let found = areas.into_iter().find(is_free);
        if let Some(area) = found {
            taken.push(area);
            self.paper(area);
            let at = (area[0], 0.5 * (area[1] + area[3]));
            self.words(at, text, size, TextAnchor::Start, Ink::Text);
        }
    }

    /// Numbers along the three edges that are seen, with the names of the axes.
    fn scales(&mut self, view: &View, picture: &Picture, z: &Axis) {
        let [(x0, x1), (y0, y1), (z0, z1)] = view.axes;
        let along = |from: Point, axis: usize, at: f64| {
            let mut point = from;
            point[axis] = at;
            point
        };
        let edges: [(usize, &Axis, Point, (f64, f64), TextAnchor); 3] = [
            (0, &picture.x, [x0, y0, z0], (-4.0, 14.0), TextAnchor::End),
            (1, &picture.y, [x1, y0, z0], (6.0, 12.0), TextAnchor::Start),
            (2, z, [x0, y0, z0], (-8.0, 0.0), TextAnchor::End),
        ];
        let middle = [0.5 * (x0 + x1), 0.5 * (y0 + y1), 0.5 * (z0 + z1)];
        for (axis, own, from, (right, down), anchor) in edges {
            for tick in own.ticks(NUMBERS) {
                let (x, y) = view.place(along(from, axis, tick.at));
                let label = written(&tick.label);
                self.words((x + right, y + down), &label, TICKS, anchor, Ink::Text);
                let short = vec![(x, y), (x + 0.4 * right, y + 0.4 * down)];
                self.path(&[short], Ink::Axis, 1.0, "");
            }
            let (x, y) = view.place(along(from, axis, middle[axis]));
            let name = crate::print::unicode(&own.name);
            let far = if axis == 2 { (-46.0, 0.0) } else { (5.0 * right, 32.0) };
            let at = (x + far.0, y + far.1);
            self.words(at, &name, WORDS, TextAnchor::Middle, Ink::Text);
        }
    }
}
