//! A picture of a function of two variables from above: bands between round values, arrows along
//! the gradient, critical points, a way downhill.

use super::super::engine::{Engine, Form, Formula};
use super::levels::levels;
use super::scene::{Scene, Values};
use super::{View, describe, point};
use crate::error::{Error, ErrorKind, Result};
use crate::evaluate::Tape;
use crate::kernel::ExprId;
use crate::plot::{
    Axis, Band, Caption, Curve, Field, Ground, Mark, Picture, Role, Stroke, Window,
    number,
};

/// How far apart the points of the grid are, and arrows, in pixels.
const GRID: f64 = 4.5;
const ARROWS: f64 = 46.0;
/// The most points of all lines.
const MOST: usize = 15_000;
/// How wide the key to the colours is.
const KEY: f64 = 76.0;
/// The shortest and the longest arrow.
const LENGTHS: (f64, f64) = (7.0, 30.0);
/// The most steps of a way downhill that are marked one by one.
const STEPS: usize = 40;

/// A place, the direction of the gradient there, and how steep it is.
type Slope = ((f64, f64), (f64, f64), f64);

impl Engine {
    pub(super) fn plane(
        &mut self,
        formula: &Formula,
        names: [String; 2],
        view: &View,
    ) -> Result<Picture> {
        if !view.orders.is_empty() {
            let what = "derivatives in a picture of two variables".to_owned();
            return Err(Error::from(ErrorKind::Unsupported(what))
                .help("arrows show the gradient; draw `∂f/∂x` as a formula of its own"));
        }
        if !view.at.is_empty() || view.taylor.is_some() {
            let what = "a tangent plane seen from above".to_owned();
            return Err(Error::from(ErrorKind::Unsupported(what))
                .help("add --surface; it is drawn in space"));
        }
        // Beside it there is the key to the colours.
        let width = (view.size.0 - KEY).max(0.5 * view.size.0);
        let smaller = View { size: (width, view.size.1), ..view.clone() };
        let scene = self.scene(formula, names, &smaller)?;
        let Scene { names, f, caption, mut marks, path, window, units, square } = scene;
        let size = [window.width, window.height]
            .map(|length| ((length / GRID).round() as usize).clamp(24, 150));
        let mut value = |x: f64, y: f64| f.first(x, y);
        let mut field = Field::new(&mut value, &window, size);
        let seen: Vec<f64> = field.values.iter().flatten().copied().collect();
        f.must_have_lasted()?;
        if !seen.iter().any(|value| value.is_finite()) {
            let what = "the function in all that is seen".to_owned();
            return Err(ErrorKind::Undefined(what).into());
        }
        let special: Vec<f64> =
            marks.iter().map(|mark| f.first(mark.at.0, mark.at.1)).collect();
        let mut bands = Vec::new();
        for (level, shade) in levels(seen, &special) {
            let (borders, lines) = field.above(level);
            let label = level.map_or_else(String::new, |level| number(level, 12));
            bands.push(Band { level, label, shade, borders, lines });
        }
        f.must_have_lasted()?;
        shorten(&mut bands);
        let arrows = self.arrows(formula, &names, (&f, &window))?;
        let mut curves = Vec::new();
        if let [first, .., last] = path[..] {
            for (at, place) in path.iter().enumerate() {
                let is_end = at == 0 || at + 1 == path.len();
                if is_end || path.len() <= STEPS {
                    let (ink, role, caption) = (2, Role::Contact, None);
                    marks.push(Mark { at: *place, role, ink, caption });
                }
            }
            let way = format!(
                "way downhill from {} to {}",
                place_about(first).text,
                place_about(last).text
            );
            curves.push(Curve {
                caption: Caption { text: way.clone(), latex: format!("\\text{{{way}}}") },
                ink: 2,
                stroke: Stroke::Solid,
                pieces: vec![path],
                breaks: Vec::new(),
                left_out: Vec::new(),
            });
        }
        let [x, y] = names;
        let axis = |name, (low, high), unit| Axis { name, low, high, unit };
        let (x, y) = (axis(x, window.x, units[0]), axis(y, window.y, units[1]));
        let empty = Picture::over(caption.unicode(), x, y);
        let ground = Some(Ground { caption, bands, arrows });
        let mut picture = Picture { curves, marks, square, ground, ..empty };
        picture.description = describe::plane(&picture);
        Ok(picture)
    }

    /// Arrows along the gradient, longer where it is steeper.
    fn arrows(
        &mut self,
        formula: &Formula,
        names: &[String; 2],
        (f, window): (&Values, &Window),
    ) -> Result<Vec<[(f64, f64); 2]>> {
        let Ok(found) = self.partials(formula, names, 1, Form::Auto) else {
            self.take_failure();
            return Ok(Vec::new());
        };
        let roots: Vec<ExprId> =
            found.partials.iter().filter_map(|own| own.values.first().copied()).collect();
        let mut tape = Tape::default();
        let slots = tape.add_expressions(&self.pool, &roots);
        let gradient = Values::new(tape, slots, &names[0]);
        let (width, height) = (window.x.1 - window.x.0, window.y.1 - window.y.0);
        let [across, along] = [window.width, window.height]
            .map(|length| (length / ARROWS).floor().max(2.0));
        // How long a pixel is.
        let (dx, dy) = (width / window.width, height / window.height);
        let mut all: Vec<Slope> = Vec::new();
        for row in 0..along as usize {
            for column in 0..across as usize {
                let x = window.x.0 + width * (column as f64 + 0.5) / across;
                let y = window.y.0 + height * (row as f64 + 0.5) / along;
                let [a, b] = gradient.at(x, y)[..] else { continue };
                // In pixels, where steps may be longer on one axis.
                let (a, b) = (a / dx, b / dy);
                let steep = a.hypot(b);
                let is_seen = steep.is_finite() && steep > 0.0;
                if is_seen && f.first(x, y).is_finite() {
                    all.push(((x, y), (a / steep, b / steep), steep));
                }
            }
        }
        let mut sizes: Vec<f64> = all.iter().map(|arrow| arrow.2).collect();
        sizes.sort_by(f64::total_cmp);
        let usual = sizes.get(sizes.len() * 9 / 10).copied().unwrap_or(1.0);
        let arrow = |((x, y), (a, b), steep): Slope| {
            let share = (steep / usual).min(1.0).sqrt();
            let half = 0.5 * (LENGTHS.0 + share * (LENGTHS.1 - LENGTHS.0));
            let (right, up) = (half * a * dx, half * b * dy);
            let ends = [(x - right, y - up), (x + right, y + up)];
            let is_inside = ends.iter().all(|(x, y)| f.first(*x, *y).is_finite());
            (steep > 1e-6 * usual && is_inside).then_some(ends)
        };
        Ok(all.into_iter().filter_map(arrow).collect())
    }
}

/// A place of a descent: what is as good as 0 is 0.
fn place_about((x, y): (f64, f64)) -> Caption {
    let [x, y] = [x, y].map(|at| if at.abs() < 1e-6 { 0.0 } else { at });
    point(&super::about(x), &super::about(y))
}

/// Leaves out what is too much: of very many levels every second one, then the lines.
fn shorten(bands: &mut Vec<Band>) {
    let length = |bands: &[Band]| {
        let lines = bands.iter().flat_map(|band| band.borders.iter().chain(&band.lines));
        lines.map(Vec::len).sum::<usize>()
    };
    let halve = |bands: &mut Vec<Band>, least: usize| {
        while bands.len() > least && length(bands) > MOST {
            let mut rank = 0;
            bands.retain(|band| {
                rank += 1;
                band.level.is_none() || rank % 2 == 0
            });
        }
    };
    halve(bands, 6);
    if length(bands) > MOST {
        bands.iter_mut().for_each(|band| band.lines.clear());
    }
    halve(bands, 2);
}
