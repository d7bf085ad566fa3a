//! A picture of a function of two variables from above: bands between round values, arrows along
//! the gradient, critical points, a way downhill.

use super::super::engine::{Engine, Form, Formula};
use super::super::eval::Point;
use super::{Range, View, describe, point};
use crate::error::{Error, ErrorKind, Result};
use crate::evaluate::{Slot, Tape, values};
use crate::extrema::{Descending, Kind};
use crate::kernel::ExprId;
use crate::plot::{
    Axis, Band, Caption, Curve, Field, Ground, Mark, Picture, Role, Stroke, Unit, Window,
    rounded, shade, span,
};
use crate::print;

/// How far apart the points of the grid are, and arrows, in pixels.
const GRID: f64 = 6.0;
const ARROWS: f64 = 46.0;
/// The shortest and the longest arrow.
const LENGTHS: (f64, f64) = (7.0, 30.0);
/// About how many levels there are.
const LEVELS: usize = 11;
/// How far to each side, where nothing happens.
const PLAIN: f64 = 3.0;
/// Of functions that are longer no critical points are looked for.
const MAX_COST: u32 = 300;
/// How far from 0 members of families of critical points are marked.
const FAR: f64 = 12.0;
/// The most steps of a way downhill that are marked one by one.
const STEPS: usize = 40;

/// A function of two variables by its values.
pub(super) struct Values {
    tape: Tape,
    slots: Vec<Slot>,
    /// Whether each variable of the tape is the first one.
    places: Vec<bool>,
}

impl Values {
    pub(super) fn new(tape: Tape, slots: Vec<Slot>, first: &str) -> Self {
        let places = tape.variables.iter().map(|name| name == first).collect();
        Self { tape, slots, places }
    }

    pub(super) fn at(&self, x: f64, y: f64) -> Vec<f64> {
        let point: Vec<f64> =
            self.places.iter().map(|is_x| if *is_x { x } else { y }).collect();
        let all = values(&self.tape, &point);
        self.slots.iter().map(|slot| all[*slot as usize]).collect()
    }

    pub(super) fn first(&self, x: f64, y: f64) -> f64 {
        self.at(x, y).first().copied().unwrap_or(f64::NAN)
    }
}

/// What is found out of a function of two variables before it is drawn.
pub(super) struct Scene {
    pub(super) names: [String; 2],
    pub(super) f: Values,
    pub(super) caption: Caption,
    pub(super) marks: Vec<Mark>,
    pub(super) path: Vec<(f64, f64)>,
    pub(super) window: Window,
    pub(super) units: [Unit; 2],
    pub(super) square: bool,
}

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
        let scene = self.scene(formula, names, view)?;
        let Scene { names, f, caption, mut marks, path, window, units, square } = scene;
        let size = [window.width, window.height]
            .map(|length| ((length / GRID).round() as usize).clamp(24, 150));
        let mut value = |x: f64, y: f64| f.first(x, y);
        let mut field = Field::new(&mut value, &window, size);
        let mut seen: Vec<f64> = field.values.iter().flatten().copied().collect();
        if !seen.iter().any(|value| value.is_finite()) {
            let what = "the function has no values in what is seen".to_owned();
            return Err(ErrorKind::Undefined(what).into());
        }
        let special: Vec<f64> =
            marks.iter().map(|mark| f.first(mark.at.0, mark.at.1)).collect();
        let (low, high) = span(&mut seen, &special, false);
        let axis = Axis { name: String::new(), low, high, unit: Unit::One };
        let ticks = axis.ticks(LEVELS);
        let mut bands = Vec::with_capacity(ticks.len() + 1);
        for place in 0..=ticks.len() {
            let level = place.checked_sub(1).map(|place| &ticks[place]);
            let from = level.map_or(low, |tick| tick.at);
            let to = ticks.get(place).map_or(high, |tick| tick.at);
            let (borders, lines) = field.above(level.map(|tick| tick.at));
            bands.push(Band {
                level: level.map(|tick| tick.at),
                label: level.map_or_else(String::new, |tick| tick.label.clone()),
                shade: shade(0.5 * (from + to), (low, high)),
                borders,
                lines,
            });
        }
        let arrows = self.arrows(formula, &names, &window)?;
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
                self.place_about(first)?.text,
                self.place_about(last)?.text
            );
            curves.push(Curve {
                caption: Caption { text: way.clone(), latex: format!("\\text{{{way}}}") },
                ink: 2,
                stroke: Stroke::Solid,
                pieces: vec![path],
                breaks: Vec::new(),
            });
        }
        let [x, y] = names;
        let axis = |name, (low, high), unit| Axis { name, low, high, unit };
        let mut picture = Picture {
            title: caption.unicode(),
            description: String::new(),
            x: axis(x, window.x, units[0]),
            y: axis(y, window.y, units[1]),
            curves,
            guides: Vec::new(),
            marks,
            square,
            ground: Some(Ground { caption, bands, arrows }),
        };
        picture.description = describe::plane(&picture);
        Ok(picture)
    }

    /// What is seen of a function, and what is marked.
    pub(super) fn scene(
        &mut self,
        formula: &Formula,
        names: [String; 2],
        view: &View,
    ) -> Result<Scene> {
        let [root] = formula.roots[..] else {
            let what = "a picture of a vector in two variables".to_owned();
            return Err(Error::from(ErrorKind::Unsupported(what))
                .help("draw one component at a time"));
        };
        let mut tapes = self.tapes(formula)?;
        let (tape, slot) = tapes.swap_remove(0);
        let f = Values::new(tape, vec![slot], &names[0]);
        let called = [&names[0][..], &names[1][..]];
        let label = |notation| print::call_label(&formula.name, None, &called, notation);
        let caption = self.caption(&label, root)?;
        let path = match &view.descend {
            Some(from) => self.way(formula, &names, from)?,
            None => Vec::new(),
        };
        let [across, along] = [&view.x, &view.y]
            .map(|ends| ends.as_ref().map(|ends| self.range(ends)).transpose());
        let (across, along) = (across?, along?);
        let mut marks = self.extremes(formula, &names, root)?;
        let mut places: Vec<(f64, f64)> = marks.iter().map(|mark| mark.at).collect();
        places.extend(&path);
        for at in &view.at {
            places.push(self.place_of(&names, at)?.0);
        }
        let seen = around(&f, &places);
        let part = |asked: Option<Range>, seen: (f64, f64)| match asked {
            Some(range) => ((range.low, range.high), range.unit),
            None => (seen, Unit::One),
        };
        let (x, unit_x) = part(across, seen[0]);
        let (y, unit_y) = part(along, seen[1]);
        let square = across.is_none() || along.is_none();
        let (width, height) = view.size;
        let mut window = Window { x, y, width, height };
        if square {
            window = super::level::squared(window);
        }
        marks.retain(|mark| {
            let inside = |at: f64, (low, high): (f64, f64)| low <= at && at <= high;
            inside(mark.at.0, window.x) && inside(mark.at.1, window.y)
        });
        let units = [unit_x, unit_y];
        Ok(Scene { names, f, caption, marks, path, window, units, square })
    }

    /// Where critical points are, and of what kind.
    fn extremes(
        &mut self,
        formula: &Formula,
        names: &[String; 2],
        root: ExprId,
    ) -> Result<Vec<Mark>> {
        let mut marks = Vec::new();
        if self.pool.cost(root) > MAX_COST {
            return Ok(marks);
        }
        let Ok(found) = self.critical(formula, names) else {
            self.take_failure();
            return Ok(marks);
        };
        for own in found.points.iter().filter(|own| own.conditions.is_empty()) {
            let (role, ink, word) = match own.kind {
                Kind::Minimum => (Role::Minimum, 0, "minimum"),
                Kind::Maximum => (Role::Maximum, 1, "maximum"),
                Kind::Saddle => (Role::Saddle, 6, "saddle"),
                _ => (Role::Critical, 6, "critical"),
            };
            let counters: Vec<ExprId> =
                own.coordinates.iter().filter_map(|at| at.counter).collect();
            let many = if counters.is_empty() { 0..=0 } else { -3..=3 };
            for (n, m) in many.clone().flat_map(|n| many.clone().map(move |m| (n, m))) {
                let [a, b] = &own.coordinates[..] else { continue };
                let is_single = a.counter.is_none() || b.counter.is_none();
                if is_single && a.counter.is_none() && n != 0
                    || is_single && b.counter.is_none() && m != 0
                    || !is_single && a.counter == b.counter && n != m
                {
                    continue;
                }
                let x = self.member(a.value, a.counter, n);
                let y = self.member(b.value, b.counter, m);
                let at = (self.float(x), self.float(y));
                let is_far = |at: f64| at.abs() > FAR && !counters.is_empty();
                if !at.0.is_finite() || !at.1.is_finite() || is_far(at.0) || is_far(at.1)
                {
                    continue;
                }
                let (x, y) = (
                    self.beside_point(x, !own.approximate)?,
                    self.beside_point(y, !own.approximate)?,
                );
                let place = point(&x, &y);
                let caption = Some(Caption {
                    text: format!("{word} {}", place.text),
                    latex: format!("\\text{{{word} }} {}", place.latex),
                });
                marks.push(Mark { at, role, ink, caption });
            }
        }
        Ok(marks)
    }

    /// The way downhill from a point.
    fn way(
        &mut self,
        formula: &Formula,
        names: &[String; 2],
        from: &Point,
    ) -> Result<Vec<(f64, f64)>> {
        let how = Descending {
            rate: None,
            momentum: 0.0,
            newton: false,
            iterations: 1000,
            tolerance: 1e-4,
        };
        let found = self.descend(formula, from, &how)?.value;
        let own = |name: &String| found.variables.iter().position(|known| known == name);
        let [Some(x), Some(y)] = [own(&names[0]), own(&names[1])] else {
            return Ok(Vec::new());
        };
        Ok(found.steps.iter().map(|step| (step.point[x], step.point[y])).collect())
    }

    /// The place of a point that was typed, in doubles and exactly.
    pub(super) fn place_of(
        &mut self,
        names: &[String; 2],
        at: &Point,
    ) -> Result<((f64, f64), [ExprId; 2])> {
        let is_given = |name: &String| at.iter().any(|(own, _)| own == name);
        if at.len() != 2 || !names.iter().all(is_given) {
            let what = "the point does not have both coordinates".to_owned();
            return Err(Error::from(ErrorKind::InvalidPoint(what))
                .help(format!("write it as `--at {}=1,{}=2`", names[0], names[1])));
        }
        let symbols = [&names[0], &names[1]].map(|name| self.pool.symbol(name));
        let found = self.at_point(&symbols, at)?;
        let ids = [found[0], found[1]];
        let [x, y] = ids.map(|id| self.float(id));
        if !(x.is_finite() && y.is_finite()) {
            let what = "a coordinate of the point is no number".to_owned();
            return Err(ErrorKind::InvalidPoint(what).into());
        }
        Ok(((x, y), ids))
    }

    fn place_about(&self, (x, y): (f64, f64)) -> Result<Caption> {
        Ok(point(&super::about(x), &super::about(y)))
    }

    /// Arrows along the gradient, longer where it is steeper.
    fn arrows(
        &mut self,
        formula: &Formula,
        names: &[String; 2],
        window: &Window,
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
        let mut all: Vec<((f64, f64), (f64, f64), f64)> = Vec::new();
        for row in 0..along as usize {
            for column in 0..across as usize {
                let x = window.x.0 + width * (column as f64 + 0.5) / across;
                let y = window.y.0 + height * (row as f64 + 0.5) / along;
                let [a, b] = gradient.at(x, y)[..] else { continue };
                // In pixels, where steps may be longer on one axis.
                let (a, b) = (a / dx, b / dy);
                let steep = a.hypot(b);
                if steep.is_finite() && steep > 0.0 {
                    all.push(((x, y), (a / steep, b / steep), steep));
                }
            }
        }
        let mut sizes: Vec<f64> = all.iter().map(|arrow| arrow.2).collect();
        sizes.sort_by(f64::total_cmp);
        let usual = sizes.get(sizes.len() * 9 / 10).copied().unwrap_or(1.0);
        let arrow = |((x, y), (a, b), steep): ((f64, f64), (f64, f64), f64)| {
            let share = (steep / usual).min(1.0).sqrt();
            let half = 0.5 * (LENGTHS.0 + share * (LENGTHS.1 - LENGTHS.0));
            let (right, up) = (half * a * dx, half * b * dy);
            (steep > 1e-6 * usual).then_some([(x - right, y - up), (x + right, y + up)])
        };
        Ok(all.into_iter().filter_map(arrow).collect())
    }
}

/// What is seen around places, where nobody said so.
fn around(f: &Values, places: &[(f64, f64)]) -> [(f64, f64); 2] {
    let side = |own: fn(&(f64, f64)) -> f64| {
        let all = places.iter().map(own);
        all.fold((f64::INFINITY, f64::NEG_INFINITY), |(a, b), at| (a.min(at), b.max(at)))
    };
    if places.is_empty() {
        // Where there are values.
        for reach in [PLAIN, 10.0, 1.0, 100.0, 1000.0] {
            let place = |n: i32| reach * (f64::from(n) + 0.137) / 20.0;
            let is_seen = (-20..20)
                .flat_map(|i| (-20..20).map(move |j| (i, j)))
                .any(|(i, j)| f.first(place(i), place(j)).is_finite());
            if is_seen {
                return [(-reach, reach); 2];
            }
        }
        return [(-PLAIN, PLAIN); 2];
    }
    let (x, y) = (side(|place| place.0), side(|place| place.1));
    let size = (x.1 - x.0).max(y.1 - y.0);
    let pad = if size == 0.0 { PLAIN } else { (0.5 * size).max((3.0 * size).min(1.2)) };
    [x, y].map(|(low, high)| rounded(low - pad, high + pad))
}
