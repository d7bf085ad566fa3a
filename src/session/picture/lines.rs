//! A picture of functions of one variable.

use super::super::engine::{Engine, Formula};
use super::apart::{apart, named_few, once};
use super::beside::MAX_CURVES;
use super::graph::{Graph, Seam, rough_seam};
use super::height::heights;
use super::mark::{Spot, Spots};
use super::reach::Reach;
use super::side::Side;
use super::{View, describe};
use crate::error::{Error, ErrorKind, Result};
use crate::kernel::{ExprId, Pool};
use crate::plot::{
    Axis, Curve, Ending, Gap, Guide, Mark, Picture, Role, Unit, Window, number,
};

/// Where breaks and extrema are looked for, where nobody said what is seen.
const WIDE: (f64, f64) = (-50.0, 50.0);
/// More parts that are left out are counted and not listed.
const LISTED: usize = 4;
/// More breaks than this are not looked at with many digits.
const MANY: usize = 60;
/// Of many breaks those have rings that are so many pixels from others.
const ROOM: f64 = 10.0;
/// Of more breaks than this values are not looked at exactly.
const ALL: usize = 200;
/// Nearer to a break than this part of what is seen, values tell of no points.
const NOISE: f64 = 1e-3;
/// Of suspects that cost a reader more than this in all, zeros are not looked at.
const MOST_SUSPECTS: u64 = 3000;
/// Of more breaks than this poles are not looked at with many digits.
const SOME: usize = 12;

impl Engine {
    pub(super) fn lines(
        &mut self,
        formulas: &[Formula],
        name: &str,
        view: &View,
    ) -> Result<Picture> {
        let symbol = self.pool.symbol(name);
        let asked = view.x.as_ref().map(|ends| self.range(ends)).transpose()?;
        let mut graphs = self.typed_graphs(formulas, name)?;
        self.add_derivatives(formulas, name, view, &mut graphs)?;
        let mut marks = self.add_polynomials(formulas, name, view, &mut graphs)?;
        for graph in &mut graphs {
            self.settle(graph, symbol)?;
        }
        let window = asked.map_or(WIDE, |range| (range.low, range.high));
        let mut spots = self.all_spots(formulas, name, window)?;
        let (low, high, unit) = match asked {
            Some(range) => (range.low, range.high, range.unit),
            None => self.reach(&graphs, &spots, &marks, symbol)?,
        };
        let (low, high) = within(&self.pool, symbol, (low, high));
        for graph in &mut graphs {
            self.refine(graph, symbol, (low, high));
            self.go_beyond(graph, symbol, (low, high));
        }
        for place in 0..graphs.len() {
            self.find_seams(formulas, &mut graphs, place, symbol, (low, high))?;
        }
        for (source, spots) in spots.iter_mut().enumerate() {
            let Some(graph) = graphs.iter().find(|own| own.source == Some(source)) else {
                continue;
            };
            if is_constant(graph, (low, high)) {
                continue;
            }
            let ink = graph.ink;
            let formula = &formulas[source];
            match graph.has_digits() {
                // Where doubles are lost they tell of no points.
                true => spots.list.retain(|spot| spot.is_exact),
                false => self.add_seen(graph.root, spots, symbol, (low, high)),
            }
            // What is found so near to a break by values is rounding.
            let near = NOISE * (high - low);
            let is_near = |seam: &Seam, x: f64| {
                let is_other = seam.x != x || seam.gap() == Some(Gap::Pole);
                is_other && (seam.x - x).abs() < near
            };
            let is_sure = |spot: &Spot| {
                spot.is_exact || !graph.seams.iter().any(|seam| is_near(seam, spot.x))
            };
            spots.list.retain(is_sure);
            marks.extend(self.marks_of(
                formula,
                &spots.list,
                ink,
                symbol,
                (low, high),
            )?);
        }
        // Values at a jump are no extrema that are seen.
        let own = |mark: &Mark| {
            let ink = mark.ink;
            let own = graphs.iter().filter(move |graph| graph.ink == ink);
            own.flat_map(|graph| &graph.seams)
        };
        let is_jump = |mark: &Mark| {
            let mut seams = own(mark);
            seams.any(|seam| seam.x == mark.at.0 && seam.gap() == Some(Gap::Jump))
        };
        // Where a function has no values beside each other there is no point of it.
        let is_nowhere = |mark: &Mark| {
            let mut own = graphs.iter().filter(|graph| graph.ink == mark.ink);
            let step = 1e-6 * (high - low);
            let has_none = |graph: &Graph| {
                let mut steps = [-step, 0.0, step].into_iter();
                steps.all(|step| graph.value(mark.at.0 + step).is_nan())
            };
            own.next().is_some_and(has_none)
        };
        // What is found beside a break by values is rounding.
        let beside = 1e-5 * (high - low);
        let is_noise = |mark: &Mark| {
            let mut seams = own(mark);
            seams.any(|seam| seam.x != mark.at.0 && (seam.x - mark.at.0).abs() < beside)
        };
        marks.retain(|mark| {
            mark.role == Role::Contact
                || !(is_jump(mark) || is_noise(mark) || is_nowhere(mark))
        });
        marks.splice(0..0, self.seam_marks(&graphs, (low, high), view.size.0)?);
        once(&mut marks);
        let asked = view.y.as_ref().map(|ends| self.range(ends)).transpose()?;
        let mut guides = Vec::new();
        for graph in graphs.iter().filter(|own| own.source.is_some()) {
            guides.extend(self.far_lines(graph, symbol));
        }
        let heights = match asked {
            Some(range) => (range.low, range.high),
            None => heights(&graphs, &marks, &guides, (low, high)),
        };
        for graph in &graphs {
            for seam in &graph.seams {
                guides.extend(self.upright(seam, name)?);
            }
        }
        guides_once(&mut guides);
        let (width, height) = view.size;
        let window = Window { x: (low, high), y: heights, width, height };
        let mut curves = Vec::with_capacity(graphs.len().min(MAX_CURVES));
        for graph in &graphs {
            curves.push(self.curve(graph, &window)?);
        }
        // What is not drawn is not marked.
        marks.retain(|mark| {
            let mut own = curves.iter().filter(|curve| curve.ink == mark.ink);
            let is_in = |(a, b): &(f64, f64)| *a < mark.at.0 && mark.at.0 < *b;
            matches!(mark.role, Role::Contact | Role::Hole)
                || !own.any(|curve| curve.left_out.iter().any(is_in))
        });
        apart(&mut marks, &window);
        named_few(&mut marks);
        let notes = left_out(&curves, &graphs, name);
        if curves.iter().all(|curve| curve.pieces.is_empty()) && marks.is_empty() {
            if let Some(what) = notes.first() {
                let what = what.split(": it is").next().unwrap_or(what).to_owned();
                return Err(Error::from(ErrorKind::Unsupported(what))
                    .help("draw a smaller part of the axis, as `--x=1..2`"));
            }
            let [low, high] = [low, high].map(|end| number(end, 4));
            let what = format!("the formula for {name} from {low} to {high}");
            return Err(ErrorKind::Undefined(what).into());
        }
        let title: Vec<String> = curves.iter().map(|own| own.caption.unicode()).collect();
        let axis =
            |name: &str, low, high, unit| Axis { name: name.to_owned(), low, high, unit };
        let up = if name == "y" { "f" } else { "y" };
        let x = axis(name, low, high, unit);
        let unit = asked.map_or(Unit::One, |range| range.unit);
        let y = axis(up, heights.0, heights.1, unit);
        let empty = Picture::over(title.join(", "), x, y);
        let mut picture = Picture { curves, guides, marks, notes, ..empty };
        picture.description = describe::functions(&picture, &graphs);
        Ok(picture)
    }

    fn all_spots(
        &mut self,
        formulas: &[Formula],
        name: &str,
        window: (f64, f64),
    ) -> Result<Vec<Spots>> {
        formulas.iter().map(|formula| self.spots(formula, name, window)).collect()
    }

    /// What is seen, where nobody said so.
    fn reach(
        &mut self,
        graphs: &[Graph],
        spots: &[Spots],
        marks: &[Mark],
        symbol: ExprId,
    ) -> Result<(f64, f64, Unit)> {
        let mut reach = Reach::default();
        for graph in graphs.iter().filter(|own| own.source.is_some()) {
            let mut zeros = self.roots_of(graph.root, symbol);
            let mut cost = 0;
            for id in graph.suspects.zero.clone() {
                cost += u64::from(self.pool.cost(id));
                if cost > MOST_SUSPECTS {
                    break;
                }
                zeros.extend(self.roots_of(id, symbol));
            }
            // A zero of what has no value there is none.
            zeros.retain(|(_, x, _)| {
                [-1e-6, 0.0, 1e-6].iter().any(|step| graph.value(x + step).is_finite())
            });
            reach.add(&[], &zeros);
        }
        for spots in spots {
            reach.add(&spots.list, &[]);
        }
        reach.asked.extend(marks.iter().map(|mark| mark.at.0));
        let typed: Vec<&Graph> =
            graphs.iter().filter(|own| own.source.is_some()).collect();
        reach.look(&typed);
        Ok(reach.range())
    }

    /// Finds out where a function breaks in what is seen.
    fn find_seams(
        &mut self,
        formulas: &[Formula],
        graphs: &mut [Graph],
        place: usize,
        symbol: ExprId,
        range: (f64, f64),
    ) -> Result<()> {
        let mut suspects = graphs[place].suspects.clone();
        let zeros = self.places(&mut suspects, symbol, range)?;
        let is_many = zeros.len() > MANY;
        let root = graphs[place].root;
        let is_slow = self.is_slow(root);
        let is_some = zeros.len() > SOME || is_slow;
        let has_poles = self.has_listed_poles(root);
        let own = graphs[place].parent.map_or(place, |(parent, _)| parent);
        let formula = &formulas[graphs[own].source.unwrap_or(0)];
        let (mut seams, mut corners) = (Vec::new(), Vec::new());
        for zero in &zeros {
            let x = self.float(zero.value);
            // What plainly grows on both sides needs no more digits.
            let rough = (is_some || zero.approximate)
                .then(|| rough_seam(&graphs[place], zero, x))
                .filter(|seam| {
                    // Where values meet the one there, many digits tell no more.
                    let is_met = || {
                        let missing = &graphs[place].suspects.missing;
                        seam.value.is_some()
                            && seam.gap().is_none()
                            && !self.is_small_at(missing, symbol, zero.value)
                    };
                    has_grown(seam)
                        || is_many && (is_told(seam) || zeros.len() > ALL)
                        || is_slow && is_met()
                });
            let mut seam = match rough {
                Some(seam) => seam,
                None => self.seam(formula, &graphs[place], symbol, zero)?,
            };
            // Values of what takes steps may be 0; other ones that are 0 are too small.
            seam.is_small_pole &= has_poles;
            if graphs[place].source.is_some() || graphs[place].domain.is_some() {
                bound(&graphs[place], &mut seam, range.1 - range.0);
            }
            // Where something jumps, rounding does not tell on which side the value is.
            let is_looked_at = is_many && zeros.len() <= ALL && !zero.approximate;
            if is_looked_at && seam.gap() == Some(Gap::Jump) {
                let missing = graphs[place].suspects.missing.clone();
                let at = (symbol, zero.value);
                let here = match graphs[place].source {
                    Some(_) => self.value_here(formula, root, at, &missing)?,
                    None => None,
                };
                seam.value = here.map(|id| self.float(id)).or(seam.value);
            }
            match seam.gap() {
                Some(_) => seams.push(seam),
                None => corners.push(x),
            }
        }
        let graph = &mut graphs[place];
        (graph.suspects, graph.seams, graph.corners) = (suspects, seams, corners);
        Ok(())
    }

    /// What is marked at breaks; the picture is so many pixels wide.
    fn seam_marks(
        &mut self,
        graphs: &[Graph],
        (low, high): (f64, f64),
        pixels: f64,
    ) -> Result<Vec<Mark>> {
        let near = ROOM * (high - low) / pixels.max(1.0);
        let mut found = Vec::new();
        for graph in graphs {
            let is_many = graph.seams.len() > MANY;
            for (place, seam) in graph.seams.iter().enumerate() {
                let seen = [seam.x > low, seam.x < high];
                let mut marks = self.marks_at(graph, seam, seen)?;
                let beside = [place.checked_sub(1), place.checked_add(1)];
                let mut beside =
                    beside.iter().flatten().filter_map(|n| graph.seams.get(*n));
                // Of many steps the ends lie over each other, and of very many it is not known
                // to which one the value belongs.
                let has_room = graph.seams.len() <= ALL
                    && beside.all(|other| (other.x - seam.x).abs() >= near);
                marks.retain(|mark| {
                    let is_end = matches!(mark.role, Role::Closed | Role::Open);
                    !is_many || has_room || !is_end
                });
                found.extend(marks);
            }
        }
        Ok(found)
    }
}

/// Whether values tell what both sides come to.
fn is_told(seam: &Seam) -> bool {
    let is_open = |side: &Side| side.ending == Ending::Open;
    seam.is_small_pole || !seam.sides.iter().any(is_open)
}

/// Whether values grow on both sides, or on the one on which there are any.
fn has_grown(seam: &Seam) -> bool {
    let [left, right] = seam.sides.map(|side| side.ending);
    let grows = |side: Ending| matches!(side, Ending::Up | Ending::Down);
    let is_none = |side: Ending| side == Ending::Outside;
    (grows(left) || is_none(left)) && (grows(right) || is_none(right)) && left != right
        || grows(left) && grows(right)
}

/// Where what was typed has no values on a side, what became of it has none that are seen.
fn bound(graph: &Graph, seam: &mut Seam, width: f64) {
    for (side, sign) in seam.sides.iter_mut().zip([-1.0, 1.0]) {
        let mut places = [1e-2, 1e-3, 1e-4, 1e-5].into_iter();
        let x = seam.x;
        let is_told = matches!(side.ending, Ending::Limit(_)) || graph.domain.is_some();
        if is_told && places.all(|part| graph.value(x + sign * part * width).is_nan()) {
            *side = Side { ending: Ending::Outside, exact: None };
        }
    }
}

/// The part of a range in which the variable is assumed to be.
fn within(pool: &Pool, symbol: ExprId, (low, high): (f64, f64)) -> (f64, f64) {
    let known = pool.assumption(pool.symbol_name(symbol).unwrap_or_default());
    let zero = |is_end: bool| is_end.then_some(0.0);
    let least = known.low.or(zero(known.nonnegative)).map_or(low, |end| low.max(end));
    let most = known.high.or(zero(known.nonpositive)).map_or(high, |end| high.min(end));
    if least < most { (least, most) } else { (low, high) }
}

/// Whether all values that are seen are the same but for rounding.
fn is_constant(graph: &Graph, (low, high): (f64, f64)) -> bool {
    let places = (0..=100).map(|n| low + (high - low) * (f64::from(n) + 0.137) / 101.0);
    let mut values = places.map(|x| graph.value(x)).filter(|y| y.is_finite());
    let Some(first) = values.next() else { return false };
    values.all(|y| (y - first).abs() <= 1e-12 * first.abs())
}

/// What is told of parts that are left out.
fn left_out(curves: &[Curve], graphs: &[Graph], name: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (curve, graph) in curves.iter().zip(graphs) {
        let parts = curve.left_out.iter();
        let parts = parts.map(|(low, high)| {
            format!("{name} = {} and {name} = {}", number(*low, 4), number(*high, 4))
        });
        let mut parts: Vec<String> = parts.collect();
        let more = parts.len().saturating_sub(LISTED);
        parts.truncate(LISTED);
        if more > 0 {
            parts.push(format!("in {more} more places"));
        }
        if !parts.is_empty() {
            found.push(format!(
                "the breaks of {} are too dense to be drawn between {}: it is left out there",
                graph.name,
                parts.join(", between ").replace("between in ", "in "),
            ));
        }
    }
    found
}

fn guides_once(guides: &mut Vec<Guide>) {
    let mut kept: Vec<Guide> = Vec::new();
    for guide in guides.drain(..) {
        if !kept.contains(&guide) {
            kept.push(guide);
        }
    }
    *guides = kept;
}
