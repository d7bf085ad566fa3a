//! A picture of functions of one variable.

use super::super::engine::{Engine, Formula};
use super::beside::MAX_CURVES;
use super::graph::{Graph, Seam};
use super::mark::Spot;
use super::reach::Reach;
use super::side::Side;
use super::{View, about, describe};
use crate::error::{ErrorKind, Result};
use crate::extrema::Zero;
use crate::kernel::{ExprId, Pool};
use crate::plot::{
    Axis, Break, Curve, End, Ending, Gap, Guide, Mark, Picture, Piece, Role, Stroke,
    Unit, Window, number, span, trace,
};

/// Where breaks and extrema are looked for, where nobody said what is seen.
const WIDE: (f64, f64) = (-50.0, 50.0);
/// How many values tell which heights are seen.
const VALUES: usize = 400;
/// More breaks than this are not looked at with many digits.
const MANY: usize = 60;

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
        let window = asked.map_or(WIDE, |range| (range.low, range.high));
        let spots = self.all_spots(formulas, name, window)?;
        let (low, high, unit) = match asked {
            Some(range) => (range.low, range.high, range.unit),
            None => self.reach(&graphs, &spots, &marks, symbol)?,
        };
        let (low, high) = within(&self.pool, symbol, (low, high));
        for place in 0..graphs.len() {
            self.find_seams(formulas, &mut graphs, place, symbol, (low, high))?;
        }
        for (source, spots) in spots.iter().enumerate() {
            let Some(graph) = graphs.iter().find(|own| own.source == Some(source)) else {
                continue;
            };
            let ink = graph.ink;
            let formula = &formulas[source];
            marks.extend(self.marks_of(formula, spots, ink, symbol, (low, high))?);
        }
        // Values at a jump are no extrema that are seen.
        let is_jump = |mark: &Mark| {
            let mut seams = graphs.iter().flat_map(|graph| &graph.seams);
            seams.any(|seam| seam.x == mark.at.0 && seam.gap() == Some(Gap::Jump))
        };
        // What is found beside a break by values is rounding.
        let beside = 1e-5 * (high - low);
        let is_noise = |mark: &Mark| {
            let mut seams = graphs.iter().flat_map(|graph| &graph.seams);
            seams.any(|seam| seam.x != mark.at.0 && (seam.x - mark.at.0).abs() < beside)
        };
        marks.retain(|mark| {
            mark.role == Role::Contact || !(is_jump(mark) || is_noise(mark))
        });
        marks.splice(0..0, self.seam_marks(&graphs, (low, high))?);
        once(&mut marks);
        named_few(&mut marks);
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
        if curves.iter().all(|curve| curve.pieces.is_empty()) && marks.is_empty() {
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
        let mut picture = Picture { curves, guides, marks, ..empty };
        picture.description = describe::functions(&picture, &graphs);
        Ok(picture)
    }

    fn all_spots(
        &mut self,
        formulas: &[Formula],
        name: &str,
        window: (f64, f64),
    ) -> Result<Vec<Vec<Spot>>> {
        formulas.iter().map(|formula| self.spots(formula, name, window)).collect()
    }

    /// What is seen, where nobody said so.
    fn reach(
        &mut self,
        graphs: &[Graph],
        spots: &[Vec<Spot>],
        marks: &[Mark],
        symbol: ExprId,
    ) -> Result<(f64, f64, Unit)> {
        let mut reach = Reach::default();
        for graph in graphs.iter().filter(|own| own.source.is_some()) {
            let mut zeros = self.roots_of(graph.root, symbol);
            for id in graph.suspects.zero.clone() {
                zeros.extend(self.roots_of(id, symbol));
            }
            // A zero of what has no value there is none.
            zeros.retain(|(_, x, _)| {
                [-1e-6, 0.0, 1e-6].iter().any(|step| graph.value(x + step).is_finite())
            });
            reach.add(&[], &zeros);
        }
        for spots in spots {
            reach.add(spots, &[]);
        }
        reach.places.extend(marks.iter().map(|mark| mark.at.0));
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
        let own = graphs[place].parent.map_or(place, |(parent, _)| parent);
        let formula = &formulas[graphs[own].source.unwrap_or(0)];
        let (mut seams, mut corners) = (Vec::new(), Vec::new());
        for zero in &zeros {
            let x = self.float(zero.value);
            let seam = match is_many {
                true => rough_seam(&graphs[place], zero, x),
                false => self.seam(formula, &graphs[place], symbol, zero)?,
            };
            match seam.gap() {
                Some(_) => seams.push(seam),
                None => corners.push(x),
            }
        }
        let graph = &mut graphs[place];
        (graph.suspects, graph.seams, graph.corners) = (suspects, seams, corners);
        Ok(())
    }

    /// What is marked at breaks.
    fn seam_marks(
        &mut self,
        graphs: &[Graph],
        (low, high): (f64, f64),
    ) -> Result<Vec<Mark>> {
        let mut found = Vec::new();
        for graph in graphs {
            for seam in &graph.seams {
                let seen = [seam.x > low, seam.x < high];
                found.extend(self.marks_at(graph, seam, seen)?);
            }
        }
        Ok(found)
    }

    /// A function with its pieces between its breaks.
    fn curve(&mut self, graph: &Graph, window: &Window) -> Result<Curve> {
        let mut stops: Vec<Stop<'_>> = vec![Stop::Edge(window.x.0)];
        stops.extend(graph.seams.iter().map(Stop::Seam));
        stops.extend(graph.corners.iter().copied().map(Stop::Corner));
        stops.push(Stop::Edge(window.x.1));
        stops.sort_by(|a, b| a.x().total_cmp(&b.x()));
        let mut pieces: Vec<Piece> = Vec::new();
        let mut breaks: Vec<Break> = Vec::new();
        let mut f = |x: f64| graph.value(x);
        let mut is_joined = false;
        for pair in stops.windows(2) {
            if let Stop::Seam(seam) = pair[0] {
                breaks.extend(self.told_break(seam)?);
                is_joined = false;
            }
            let (from, to) = (pair[0].end(1), pair[1].end(0));
            if from.x() >= to.x() {
                continue;
            }
            let mut found = trace(&mut f, [from, to], window, graph.is_sure());
            found.retain(|piece| piece.len() > 1);
            for own in found.windows(2) {
                breaks.extend(seen(&own[0], &own[1], window));
            }
            let ends_at_corner = matches!(pair[1], Stop::Corner(_));
            let reaches = found
                .last()
                .and_then(|piece| piece.last())
                .is_some_and(|(x, _)| *x == to.x());
            for (place, piece) in found.into_iter().enumerate() {
                match pieces.last_mut().filter(|_| place == 0 && is_joined) {
                    Some(last)
                        if last.last().map(|at| at.0) == piece.first().map(|at| at.0) =>
                    {
                        last.extend(piece.into_iter().skip(1));
                    }
                    _ => pieces.push(piece),
                }
            }
            is_joined = ends_at_corner && reaches;
        }
        if let Some(Stop::Seam(seam)) = stops.last() {
            breaks.extend(self.told_break(seam)?);
        }
        pieces.retain(|piece| piece.len() > 1);
        breaks.extend(begun(&pieces, &breaks, window));
        breaks.sort_by(|a, b| a.x.total_cmp(&b.x));
        Ok(Curve {
            caption: graph.caption.clone(),
            ink: graph.ink,
            stroke: graph.stroke,
            pieces,
            breaks,
        })
    }

    /// A break as it is told.
    fn told_break(&self, seam: &Seam) -> Result<Option<Break>> {
        let Some(gap) = seam.gap() else { return Ok(None) };
        let at = self.beside_point(seam.at, seam.is_exact)?;
        let sides = seam.sides.map(|side| side.ending);
        Ok(Some(Break { x: seam.x, at, gap, sides, value: seam.value }))
    }
}

/// Where a part of a curve begins or ends.
#[derive(Clone, Copy)]
enum Stop<'s> {
    Edge(f64),
    Corner(f64),
    Seam(&'s Seam),
}

impl Stop<'_> {
    fn x(&self) -> f64 {
        match self {
            Self::Edge(x) | Self::Corner(x) => *x,
            Self::Seam(seam) => seam.x,
        }
    }

    /// The end of what is on its left (0) or on its right (1).
    fn end(&self, side: usize) -> End {
        match self {
            Self::Edge(x) | Self::Corner(x) => End::Plain(*x),
            Self::Seam(seam) => match seam.sides[side].ending {
                Ending::Limit(y) => End::Limit(seam.x, y),
                _ => End::Break(seam.x),
            },
        }
    }
}

/// A break that was found by values between two pieces.
fn seen(left: &Piece, right: &Piece, window: &Window) -> Option<Break> {
    let (a, b) = (*left.last()?, *right.first()?);
    let size = window.y.1 - window.y.0;
    let is_far = |y: f64| y > window.y.1 + 2.0 * size || y < window.y.0 - 2.0 * size;
    let is_gap = b.0 - a.0 > 1e-4 * (window.x.1 - window.x.0);
    let ending = |y: f64| match is_far(y) {
        true if y > 0.0 => Ending::Up,
        true => Ending::Down,
        false => Ending::Limit(y),
    };
    let gap = match (is_far(a.1) || is_far(b.1), is_gap) {
        (true, _) => Gap::Pole,
        (false, true) => Gap::End,
        (false, false) => Gap::Jump,
    };
    let x = 0.5 * (a.0 + b.0);
    let at = about(x);
    Some(Break { x, at, gap, sides: [ending(a.1), ending(b.1)], value: None })
}

/// The ends of the domain before the first piece and behind the last one, where nobody knew of
/// them.
fn begun(pieces: &[Piece], known: &[Break], window: &Window) -> Vec<Break> {
    let ends = [
        (pieces.first().and_then(|piece| piece.first()), window.x.0, 1),
        (pieces.last().and_then(|piece| piece.last()), window.x.1, 0),
    ];
    let slack = 1e-3 * (window.x.1 - window.x.0);
    let mut found = Vec::new();
    for (end, edge, side) in ends {
        let Some((x, y)) = end.copied() else { continue };
        let is_known = known.iter().any(|own| (own.x - x).abs() < slack);
        let is_inside = y >= window.y.0 && y <= window.y.1;
        if (x - edge).abs() < slack || is_known || !is_inside {
            continue;
        }
        let mut sides = [Ending::Outside; 2];
        sides[side] = Ending::Limit(y);
        found.push(Break { x, at: about(x), gap: Gap::End, sides, value: None });
    }
    found
}

/// A break of many, by values in double precision.
fn rough_seam(graph: &Graph, zero: &Zero, x: f64) -> Seam {
    let side =
        |sign: f64| {
            let steps =
                [1e-4, 1e-6, 1e-8].map(|h| graph.value(x + sign * h * (1.0 + x.abs())));
            let [a, b, c] = steps;
            let ending =
                match () {
                    () if c.is_nan() => Ending::Outside,
                    () if c.abs() > 50.0 * b.abs() && b.abs() > 50.0 * a.abs() => {
                        if c > 0.0 { Ending::Up } else { Ending::Down }
                    }
                    () if (c - b).abs() <= 1e-4 * (1.0 + c.abs()) => Ending::Limit(c),
                    () => Ending::Open,
                };
            Side { ending, exact: None }
        };
    let mut sides = [side(-1.0), side(1.0)];
    let is_pole = |side: &Side| matches!(side.ending, Ending::Up | Ending::Down);
    let value = Some(graph.value(x));
    let value = value.filter(|y| y.is_finite() && !sides.iter().any(is_pole));
    for own in &mut sides {
        // A limit that is nearly the value is the value.
        if let (Ending::Limit(y), Some(value)) = (own.ending, value)
            && (y - value).abs() <= 1e-5 * (1.0 + y.abs())
        {
            own.ending = Ending::Limit(value);
        }
    }
    let (at, is_exact) = (zero.value, !zero.approximate);
    Seam { at, x, is_exact, sides, value, exact_value: None }
}

/// The part of a range in which the variable is assumed to be.
fn within(pool: &Pool, symbol: ExprId, (low, high): (f64, f64)) -> (f64, f64) {
    let known = pool.assumption(pool.symbol_name(symbol).unwrap_or_default());
    let zero = |is_end: bool| is_end.then_some(0.0);
    let least = known.low.or(zero(known.nonnegative)).map_or(low, |end| low.max(end));
    let most = known.high.or(zero(known.nonpositive)).map_or(high, |end| high.min(end));
    if least < most { (least, most) } else { (low, high) }
}

/// Which heights are seen.
fn heights(
    graphs: &[Graph],
    marks: &[Mark],
    guides: &[Guide],
    (low, high): (f64, f64),
) -> (f64, f64) {
    let mut values = Vec::new();
    let mut has_poles = false;
    for graph in graphs.iter().filter(|own| own.stroke == Stroke::Solid) {
        has_poles |= graph.seams.iter().any(|seam| seam.gap() == Some(Gap::Pole));
        for n in 0..=VALUES {
            let x = low + (high - low) * (n as f64 + 0.001) / (VALUES as f64 + 0.002);
            values.push(graph.value(x));
        }
    }
    let mut special: Vec<f64> = marks.iter().map(|mark| mark.at.1).collect();
    for guide in guides {
        if let Guide::Line { slope: 0.0, level, .. } = guide {
            special.push(*level);
        }
    }
    span(&mut values, &special, &turns(marks, guides), has_poles)
}

/// The heights at which curves turn, end, or go on far out; nothing where they do not turn.
fn turns(marks: &[Mark], guides: &[Guide]) -> Vec<f64> {
    let is_turn = |mark: &Mark| matches!(mark.role, Role::Minimum | Role::Maximum);
    if !marks.iter().any(is_turn) {
        return Vec::new();
    }
    let tells = |mark: &&Mark| mark.role != Role::Contact;
    let mut found: Vec<f64> = marks.iter().filter(tells).map(|mark| mark.at.1).collect();
    found.extend(guides.iter().filter_map(|guide| match guide {
        Guide::Line { slope: 0.0, level, .. } => Some(*level),
        _ => None,
    }));
    let first = found[0];
    if found.iter().any(|y| (y - first).abs() > 1e-9 * (1.0 + y.abs())) {
        // The axis is seen beside them.
        found.push(0.0);
    }
    found
}

/// Marks at the same place, each once: those at breaks come first.
fn once(marks: &mut Vec<Mark>) {
    let mut kept: Vec<Mark> = Vec::new();
    for mark in marks.drain(..) {
        let near = |a: f64, b: f64| (a - b).abs() <= 1e-9 * (1.0 + a.abs());
        let same = |own: &Mark| near(own.at.0, mark.at.0) && near(own.at.1, mark.at.1);
        match kept.iter_mut().find(|own| same(own)) {
            // What is neither an extremum nor an inflection has no name beside a break.
            Some(own) if own.caption.is_none() && own.role == Role::Closed => {
                let is_extremum = matches!(mark.role, Role::Minimum | Role::Maximum);
                own.caption = mark.caption.filter(|_| is_extremum);
            }
            Some(_) => {}
            None => kept.push(mark),
        }
    }
    *marks = kept;
}

/// Where many points have names, those of inflection go without.
fn named_few(marks: &mut [Mark]) {
    const FEW: usize = 10;
    if marks.iter().filter(|mark| mark.caption.is_some()).count() > FEW {
        for mark in marks.iter_mut().filter(|mark| mark.role == Role::Inflection) {
            mark.caption = None;
        }
    }
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
