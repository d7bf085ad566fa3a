//! A function of one variable as a curve: its pieces between the breaks that are known, and what
//! values tell of others.
//!
//! Invariant: a line goes only where nothing tells of a break, or where both sides meet.

use super::super::engine::Engine;
use super::about;
use super::graph::{Graph, Seam};
use super::pole::{Sums, brought};
use crate::error::Result;
use crate::evaluate::{Operation, continuity};
use crate::function::{self, spec::Category};
use crate::plot::{
    Break, Curve, Doubts, End, Ending, Found, Gap, Piece, Window, approach, doubts, peak,
    told, trace,
};

/// How often the ranges of one function are looked at.
const LOOKS: usize = 40_000;

/// How many looks one at a special function of several arguments costs.
const DEAR: usize = 8;

/// Breaks nearer to each other than this part of the window are one.
const SAME: f64 = 1e-9;

/// The half of a pixel.
const HALF: f64 = 0.5;
/// Beside an end, as a part of the window.
const NEAR: f64 = 1e-6;

/// Where a part of a curve begins or ends.
#[derive(Clone, Copy)]
enum Stop<'s> {
    Edge(f64),
    Corner(f64),
    Seam(&'s Seam),
    Found(Found),
    /// The beginning of what is left out.
    Leaves(f64),
    /// Its end.
    Returns(f64),
}

impl Stop<'_> {
    fn x(&self) -> f64 {
        match self {
            Self::Edge(x) | Self::Corner(x) | Self::Leaves(x) | Self::Returns(x) => *x,
            Self::Seam(seam) => seam.x,
            Self::Found(found) => found.x,
        }
    }

    /// The end of what is on its left (0) or on its right (1).
    fn end(&self, side: usize) -> End {
        let ending = match self {
            Self::Edge(x) | Self::Corner(x) | Self::Leaves(x) | Self::Returns(x) => {
                return End::Plain(*x);
            }
            Self::Seam(seam) => seam.sides[side].ending,
            Self::Found(found) => found.sides[side],
        };
        match ending {
            Ending::Limit(y) => End::Limit(self.x(), y),
            _ => End::Break(self.x()),
        }
    }
}

impl Engine {
    /// A function with its pieces between its breaks.
    pub(super) fn curve(&mut self, graph: &Graph, window: &Window) -> Result<Curve> {
        let sums = self.sums(graph);
        let stops = stops(graph, &sums, window);
        let mut pieces: Vec<Piece> = Vec::new();
        let mut breaks: Vec<Break> = Vec::new();
        let mut left_out: Vec<(f64, f64)> = Vec::new();
        let mut f = |x: f64| graph.value(x);
        let mut is_joined = false;
        for pair in stops.windows(2) {
            match pair[0] {
                Stop::Seam(seam) => {
                    breaks.extend(self.told_break(seam)?);
                    is_joined = false;
                }
                Stop::Found(found) => {
                    breaks.push(seen(found));
                    is_joined = false;
                }
                Stop::Returns(_) => is_joined = false,
                _ => {}
            }
            let (from, to) = (pair[0].end(1), pair[1].end(0));
            if let Stop::Leaves(_) = pair[0] {
                is_joined = false;
                match left_out.last_mut() {
                    // Where there are no values there is nothing to be drawn.
                    _ if is_empty(&mut f, (from.x(), to.x())) => {}
                    Some(last) if last.1 >= from.x() => last.1 = to.x(),
                    _ => left_out.push((from.x(), to.x())),
                }
                continue;
            }
            if from.x() >= to.x() {
                continue;
            }
            let mut found = trace(&mut f, [from, to], window, graph.is_sure());
            found.retain(|piece| piece.len() > 1);
            for (side, stop) in [(1, &pair[0]), (0, &pair[1])] {
                if let Stop::Seam(seam) = stop {
                    let at = (seam.x, side, seam.sides[side].ending);
                    brought(graph, &sums, &mut found, at, window);
                }
            }
            found.retain(|piece| piece.len() > 1);
            for own in found.windows(2) {
                breaks.extend(between(&mut f, &own[0], &own[1], window));
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
        // What is narrower than a point of the picture is not missed.
        let point = HALF * (window.x.1 - window.x.0) / window.width;
        left_out.retain(|(low, high)| high - low > point);
        let begun = begun(&pieces, &breaks, &left_out, window);
        // What is too large for doubles has a value all the same.
        let is_huge = |own: &Break| {
            let near = NEAR * (window.x.1 - window.x.0);
            [-near, near].iter().any(|step| graph.value(own.x + step).abs() >= f64::MAX)
        };
        breaks.extend(begun.into_iter().filter(|own| !is_huge(own)));
        breaks.sort_by(|a, b| a.x.total_cmp(&b.x));
        Ok(Curve {
            caption: graph.caption.clone(),
            ink: graph.ink,
            stroke: graph.stroke,
            pieces,
            breaks,
            left_out,
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

/// Where parts of a curve begin and end, in order.
fn stops<'g>(graph: &'g Graph, sums: &Sums, window: &Window) -> Vec<Stop<'g>> {
    let mut known: Vec<Stop<'g>> = vec![Stop::Edge(window.x.0)];
    known.extend(graph.seams.iter().map(Stop::Seam));
    known.extend(graph.corners.iter().copied().map(Stop::Corner));
    known.push(Stop::Edge(window.x.1));
    known.sort_by(|a, b| a.x().total_cmp(&b.x()));
    let is_dear = |operation: &&Operation| match operation {
        Operation::ApplyAll(function, _) => {
            function::spec(*function).category == Category::Special
        }
        _ => false,
    };
    let dear = graph.tape.operations.iter().filter(is_dear).count();
    let mut looks = LOOKS / (1 + DEAR * dear);
    let mut knowing =
        |low: f64, high: f64| continuity(&graph.tape, graph.slot, low, high);
    let mut f = |x: f64| graph.value(x);
    let mut all: Vec<Stop<'g>> = Vec::with_capacity(known.len());
    for pair in known.windows(2) {
        all.push(pair[0]);
        let part = (pair[0].x(), pair[1].x());
        let Doubts { places, dense, open } =
            doubts(&mut knowing, part, window, &mut looks);
        // What is as near to a break that is known as that is that one, and beside a pole
        // there is rounding.
        let same = SAME * (window.x.1 - window.x.0);
        let is_known = |x: f64| {
            pair.iter().any(|end| match end {
                Stop::Seam(seam) => {
                    let is_pole = seam.gap() == Some(Gap::Pole);
                    (seam.x - x).abs() <= same
                        || is_pole && sums.are_lost(seam.x, x, window)
                }
                _ => false,
            })
        };
        let mut own: Vec<Stop<'g>> = Vec::new();
        for (low, high) in dense {
            own.extend([Stop::Leaves(low), Stop::Returns(high)]);
        }
        let broken = places.into_iter().filter_map(|at| told(&mut f, at, window));
        let mut found: Vec<Found> = broken.collect();
        found.extend(open.into_iter().filter_map(|part| peak(&mut f, part, window)));
        found.retain(|own| !is_known(own.x));
        own.extend(found.into_iter().map(Stop::Found));
        own.sort_by(|a, b| a.x().total_cmp(&b.x()));
        all.extend(own);
    }
    all.extend(known.last());
    all
}

/// Whether a function has no values between two places, as far as many of them tell.
fn is_empty(f: &mut dyn FnMut(f64) -> f64, (low, high): (f64, f64)) -> bool {
    const PLACES: i32 = 100;
    let place = |n: i32| low + (high - low) * (f64::from(n) + 0.137) / f64::from(PLACES);
    (0..PLACES).all(|n| f(place(n)).is_nan())
}

/// A break that was found by values.
fn seen(Found { x, gap, sides }: Found) -> Break {
    Break { x, at: about(x), gap, sides, value: None }
}

/// What is between two pieces that were found by values.
fn between(
    f: &mut dyn FnMut(f64) -> f64,
    left: &Piece,
    right: &Piece,
    window: &Window,
) -> Option<Break> {
    let (a, b) = (*left.last()?, *right.first()?);
    if b.0 - a.0 > 1e-4 * (window.x.1 - window.x.0) {
        let x = 0.5 * (a.0 + b.0);
        let sides = [Ending::Limit(a.1), Ending::Limit(b.1)];
        return Some(Break { x, at: about(x), gap: Gap::End, sides, value: None });
    }
    let found = told(f, (a.0, b.0), window).unwrap_or_else(|| {
        let x = 0.5 * (a.0 + b.0);
        let near = 1e-9 * (window.x.1 - window.x.0);
        let sides = [approach(f, a.0, -1.0, near), approach(f, b.0, 1.0, near)];
        Found { x, gap: Gap::Jump, sides }
    });
    Some(seen(found))
}

/// The ends of the domain before the first piece and behind the last one, where nobody knew of
/// them.
fn begun(
    pieces: &[Piece],
    known: &[Break],
    left_out: &[(f64, f64)],
    window: &Window,
) -> Vec<Break> {
    let ends = [
        (pieces.first().and_then(|piece| piece.first()), window.x.0, 1),
        (pieces.last().and_then(|piece| piece.last()), window.x.1, 0),
    ];
    let slack = 1e-3 * (window.x.1 - window.x.0);
    let mut found = Vec::new();
    for (end, edge, side) in ends {
        let Some((x, y)) = end.copied() else { continue };
        // Beside 0 there are doubles that nobody sees.
        let x = if x.abs() < SAME * (window.x.1 - window.x.0) { 0.0 } else { x };
        let is_known = known.iter().any(|own| (own.x - x).abs() < slack)
            || left_out.iter().any(|own| x >= own.0 - slack && x <= own.1 + slack);
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
