//! What is seen of a function of two variables: critical points, a way downhill, and the part of
//! the plane in which they lie.

use super::super::engine::{Engine, Formula};
use super::super::point::eval::Point;
use super::{Range, View, point};
use crate::error::{Error, ErrorKind, Result};
use crate::evaluate::{Slot, Tape, values};
use crate::extrema::{Descending, Kind};
use crate::kernel::ExprId;
use crate::plot::{Caption, Mark, Role, Unit, Window, rounded};
use crate::print;
use std::cell::Cell;

/// How far to each side, where nothing happens.
const PLAIN: f64 = 3.0;
/// How far a way is followed, times the distance of its start from 0.
const WANDERING: f64 = 20.0;
/// Of functions that are longer no critical points are looked for.
const MAX_COST: u32 = 300;
/// How far from 0 members of families of critical points are marked.
const FAR: f64 = 30.0;
/// How many of them decide what is seen, where nobody said so.
const NEAREST: usize = 5;
/// The most operations for the values of one picture.
const OPERATIONS: u64 = 100_000_000;
/// How many are looked at to each side.
const MEMBERS: i64 = 6;

/// A function of two variables by its values.
pub(super) struct Values {
    tape: Tape,
    slots: Vec<Slot>,
    /// Whether each variable of the tape is the first one.
    places: Vec<bool>,
    /// The operations that are left; without any there are no more values.
    left: Cell<u64>,
}

impl Values {
    pub(super) fn new(tape: Tape, slots: Vec<Slot>, first: &str) -> Self {
        let places = tape.variables.iter().map(|name| name == first).collect();
        Self { tape, slots, places, left: Cell::new(OPERATIONS) }
    }

    /// Refuses what was found after the operations ran out.
    ///
    /// # Errors
    /// That limit.
    pub(super) fn must_have_lasted(&self) -> Result<()> {
        match self.left.get() {
            0 => {
                let what = "the picture";
                Err(ErrorKind::TooMuchWork { what, limit: OPERATIONS }.into())
            }
            _ => Ok(()),
        }
    }

    pub(super) fn at(&self, x: f64, y: f64) -> Vec<f64> {
        let cost = self.tape.operations.len() as u64;
        self.left.set(self.left.get().saturating_sub(cost));
        if self.left.get() == 0 {
            return vec![f64::NAN; self.slots.len()];
        }
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

/// A critical point.
struct Found {
    mark: Mark,
    /// How far from 0 all members of its family are known, if it has one.
    reach: Option<(f64, f64)>,
}

impl Engine {
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
            Some(from) => {
                self.place_of(&names, from)?;
                self.way(formula, &names, from)?
            }
            None => Vec::new(),
        };
        let [across, along] = [&view.x, &view.y]
            .map(|ends| ends.as_ref().map(|ends| self.range(ends)).transpose());
        let (across, along) = (across?, along?);
        let mut found = self.extremes(formula, &names, root)?;
        found.retain(|own| own.mark.role != Role::Critical || !jumps(&f, own.mark.at));
        let mut places: Vec<(f64, f64)> = found
            .iter()
            .filter(|own| own.reach.is_none())
            .map(|own| own.mark.at)
            .collect();
        // Of families those that are nearest to 0 are enough.
        let members = found.iter().filter(|own| own.reach.is_some());
        let mut members: Vec<(f64, f64)> = members.map(|own| own.mark.at).collect();
        members.sort_by(|a, b| a.0.hypot(a.1).total_cmp(&b.0.hypot(b.1)));
        places.extend(members.iter().take(NEAREST));
        // A way without end is seen as it begins.
        let start = path.first().copied().unwrap_or_default();
        let size = start.0.hypot(start.1).max(1.0);
        let is_near =
            |at: &&(f64, f64)| (at.0 - start.0).hypot(at.1 - start.1) < WANDERING * size;
        places.extend(path.iter().take_while(is_near));
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
        let inside = |at: f64, (low, high): (f64, f64)| low <= at && at <= high;
        let is_reached =
            |reach: f64, (low, high): (f64, f64)| low.abs().max(high.abs()) <= reach;
        // Of a family all are marked that are seen, or none.
        let marks = found.into_iter().filter(|own| {
            inside(own.mark.at.0, window.x)
                && inside(own.mark.at.1, window.y)
                && own.reach.is_none_or(|(x, y)| {
                    is_reached(x, window.x) && is_reached(y, window.y)
                })
        });
        let marks = marks.map(|own| own.mark).collect();
        let units = [unit_x, unit_y];
        Ok(Scene { names, f, caption, marks, path, window, units, square })
    }

    /// Where critical points are, and of what kind.
    fn extremes(
        &mut self,
        formula: &Formula,
        names: &[String; 2],
        root: ExprId,
    ) -> Result<Vec<Found>> {
        let mut marks = Vec::new();
        if self.pool.cost(root) > MAX_COST {
            return Ok(marks);
        }
        let Ok(found) = self.critical(formula, names) else {
            self.take_failure();
            return Ok(marks);
        };
        for own in found.points.iter().filter(|own| own.conditions.is_empty()) {
            let first = marks.len();
            if own.coordinates.len() != 2 {
                continue;
            }
            let (role, ink, word) = match own.kind {
                Kind::Minimum => (Role::Minimum, 0, "minimum"),
                Kind::Maximum => (Role::Maximum, 1, "maximum"),
                Kind::Saddle => (Role::Saddle, 6, "saddle"),
                _ => (Role::Critical, 6, "critical"),
            };
            let counters: Vec<ExprId> =
                own.coordinates.iter().filter_map(|at| at.counter).collect();
            let many = if counters.is_empty() { 0..=0 } else { -MEMBERS..=MEMBERS };
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
                let mark = Mark { at, role, ink, caption };
                marks.push(Found { mark, reach: None });
            }
            if !counters.is_empty() {
                let side = |counter: Option<ExprId>, own: fn(&(f64, f64)) -> f64| {
                    let all = marks[first..].iter().map(|found| own(&found.mark.at));
                    let ends = all.fold((0.0f64, 0.0f64), |(low, high), at| {
                        (low.min(at), high.max(at))
                    });
                    counter.map_or(f64::INFINITY, |_| ends.1.min(-ends.0))
                };
                let [a, b] = [0, 1].map(|at| own.coordinates[at].counter);
                let reach = (side(a, |at| at.0), side(b, |at| at.1));
                marks[first..].iter_mut().for_each(|found| found.reach = Some(reach));
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
            let what =
                format!("a point here has a value for {} and for {}", names[0], names[1]);
            return Err(Error::from(ErrorKind::InvalidPoint(what))
                .help(format!("write it as `{}=1,{}=2`", names[0], names[1])));
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
}

/// Whether values jump at a place: beside it they differ as much as farther away.
fn jumps(f: &Values, (x, y): (f64, f64)) -> bool {
    let size = 1e-7 * (1.0 + x.abs() + y.abs());
    let spread = |step: f64| {
        let around = (-1..=1).flat_map(|i| (-1..=1).map(move |j| (i, j)));
        let values = around
            .map(|(i, j)| f.first(x + f64::from(i) * step, y + f64::from(j) * step))
            .filter(|value| value.is_finite());
        let ends = values
            .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| {
                (value.min(low), value.max(high))
            });
        ends.1 - ends.0
    };
    let (near, far) = (spread(size), spread(10.0 * size));
    near > 0.5 * far && near > 1e-6 * (1.0 + f.first(x, y).abs())
}

/// What is seen around places, where nobody said so.
fn around(f: &Values, places: &[(f64, f64)]) -> [(f64, f64); 2] {
    type Ends = (f64, f64);
    const NONE: Ends = (f64::INFINITY, f64::NEG_INFINITY);
    let wider = |(low, high): Ends, at: f64| (low.min(at), high.max(at));
    // Where there are values.
    let domain = |reach: f64| {
        let place = |n: i32| reach * (f64::from(n) + 0.137) / 30.0;
        let mut ends = [NONE; 2];
        for (x, y) in (-30..30).flat_map(|i| (-30..30).map(move |j| (place(i), place(j))))
        {
            if f.first(x, y).is_finite() {
                ends = [wider(ends[0], x), wider(ends[1], y)];
            }
        }
        ends
    };
    if places.is_empty() {
        for reach in [PLAIN, 10.0, 1.0, 100.0, 1000.0, 0.05] {
            let ends = domain(reach);
            if ends.iter().any(|(low, high)| low > high) {
                continue;
            }
            return ends.map(|(low, high)| {
                // What ends before is seen with its end.
                let pad = 0.1 * (high - low).max(0.1 * reach);
                let edge = 0.93 * reach;
                let left = if low < -edge { -reach } else { low - pad };
                let right = if high > edge { reach } else { high + pad };
                rounded(left, right)
            });
        }
        return [(-PLAIN, PLAIN); 2];
    }
    let ends = places
        .iter()
        .fold([NONE; 2], |[x, y], place| [wider(x, place.0), wider(y, place.1)]);
    let size = ends.iter().map(|(low, high)| high - low).fold(0.0, f64::max);
    let pad = if size == 0.0 { PLAIN } else { (0.5 * size).max((3.0 * size).min(1.2)) };
    ends.map(|(low, high)| rounded(low - pad, high + pad))
}
