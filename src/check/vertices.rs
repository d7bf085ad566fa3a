//! Vertices: where the seams of two pieces meet in a plane. A cell between curves that is too small
//! for points is seen from its vertices: a little way off in each of the four directions.

use super::breaks::{Seam, seams};
use super::compare::Comparison;
use super::crossings::Budget;
use super::frontiers::{Frontier, places};
use super::observe::{Told, tell};
use super::place::Place;
use super::windows::Windows;
use super::zeros::zeros;
use crate::calculus;
use crate::evaluate::{Tape, digits, values};
use crate::function;
use crate::kernel::{Assumption, ExprId, Number, Pool};
use crate::syntax;

/// How many seams are looked at, and how many vertices.
const MOST: usize = 8;
const VERTICES: usize = 40;
/// In planes of how many variables.
const VARIABLES: usize = 3;
/// The values of the other variables.
const OTHERS: [(i64, i64); 2] = [(1, 1), (5, 2)];
/// How many planes are looked at in one direction, and how many places in all.
const SLICES: usize = 12;
const PLACES: usize = 4000;
/// The digits of a vertex.
const DIGITS: usize = 60;
/// How far off values are compared, in powers of 2 and parts of the way to the next vertex.
const OFF: [i64; 3] = [-3, -6, -12];
/// The parts of that way to which coordinates are rounded.
const FINE: i64 = 1 << 10;
/// Seams that meet at a smaller angle have one direction.
const FLAT: f64 = 1e-9;
/// The longest numbers.
const BITS: u64 = 1 << 12;

/// A vertex, with the directions in which one seam is crossed and the other one is not.
struct Vertex {
    at: [Number; 2],
    ways: [[f64; 2]; 2],
}

impl Comparison<'_> {
    /// Compares two expressions beside the vertices of their pieces.
    pub(super) fn vertices(&self, pool: &mut Pool, pair: [ExprId; 2]) -> Windows {
        let count = self.tape.variables.len().min(VARIABLES);
        if count < 2 {
            return Windows::Agree;
        }
        let parts: Vec<ExprId> = seams(pool, &[self.left.id, self.right.id])
            .into_iter()
            .filter(|(_, kind)| *kind != Seam::Steps)
            .map(|(part, _)| part)
            .take(MOST)
            .collect();
        let mut budget = Budget::new(pool);
        let mut left = PLACES;
        for first in 0..count {
            for second in first + 1..count {
                let plane = [first, second];
                for others in self.slices(pool, &parts, plane) {
                    let found = self.in_plane(pool, &parts, plane, &others, &mut budget);
                    for place in found {
                        left -= 1;
                        if left == 0 {
                            return Windows::Agree;
                        }
                        let is_allowed = self.is_assumed(pool, &place) == Some(true)
                            && self.is_defined(&place);
                        if is_allowed
                            && tell(pool, pair, &place) == Told::Different
                            && !self.is_excused(pool, &place)
                        {
                            return Windows::Differ(self.shorter(pool, pair, place));
                        }
                    }
                }
            }
        }
        Windows::Agree
    }

    /// The values that the other variables have in planes: usual ones, and those on all sides of
    /// where a part of one of them alone is 0.
    fn slices(
        &self,
        pool: &mut Pool,
        parts: &[ExprId],
        plane: [usize; 2],
    ) -> Vec<Vec<(ExprId, Number)>> {
        let names = &self.tape.variables;
        let others: Vec<ExprId> = (0..names.len())
            .filter(|place| !plane.contains(place))
            .map(|place| pool.symbol(&names[place]))
            .collect();
        let mut slices = vec![Vec::new()];
        for symbol in others {
            let mut levels: Vec<Number> = Vec::new();
            for part in parts {
                let ways = zeros(pool, 0, *part).unwrap_or_default().into_iter();
                let own =
                    ways.filter(|(of, value)| *of == symbol && pool.is_constant(*value));
                let own: Vec<ExprId> = own.map(|(_, value)| value).collect();
                levels.extend(own.into_iter().filter_map(|value| number(pool, value)));
            }
            levels.sort();
            levels.dedup();
            let usual =
                OTHERS.iter().filter_map(|(above, below)| Number::ratio(*above, *below));
            let mut all: Vec<Number> = usual.collect();
            all.extend(
                levels.windows(2).map(|pair| pair[0].add(&pair[1]).mul(&Number::HALF)),
            );
            let beside = Number::ratio(1, 8).unwrap_or(Number::ONE);
            if let (Some(first), Some(last)) = (levels.first(), levels.last()) {
                all.extend([first.sub(&beside), last.add(&beside)]);
            }
            slices = slices
                .iter()
                .flat_map(|slice: &Vec<_>| {
                    all.iter()
                        .map(move |at| [&slice[..], &[(symbol, at.clone())]].concat())
                })
                .take(SLICES)
                .collect();
        }
        slices
    }

    /// Places beside the vertices in a plane.
    fn in_plane(
        &self,
        pool: &mut Pool,
        parts: &[ExprId],
        plane: [usize; 2],
        rest: &[(ExprId, Number)],
        budget: &mut Budget,
    ) -> Vec<Place> {
        let names = &self.tape.variables;
        let symbols: Vec<ExprId> = names.iter().map(|name| pool.symbol(name)).collect();
        let others: Vec<(ExprId, ExprId)> =
            rest.iter().map(|(symbol, at)| (*symbol, pool.number(at.clone()))).collect();
        let known = self.names();
        let lines = plane.map(|place| (symbols[place], &known[place]));
        let parts = pool.substitute(parts, &others, function::apply);
        let mut found: Vec<Vertex> = Vec::new();
        for (place, first) in parts.iter().enumerate() {
            for second in &parts[place + 1..] {
                if found.len() < VERTICES {
                    found.extend(vertices(pool, [*first, *second], lines, budget));
                }
            }
        }
        found.truncate(VERTICES);
        let mut places = Vec::new();
        for vertex in &found {
            let Some(reach) = reach(vertex, &found) else { continue };
            for (off, signs) in
                OFF.iter().flat_map(|off| SIGNS.iter().map(move |signs| (off, signs)))
            {
                let Some(at) = beside(vertex, reach + off, *signs) else { continue };
                let mut place = Place::default();
                for (own, symbol) in symbols.iter().enumerate() {
                    let axis = plane.iter().position(|axis| *axis == own);
                    let here = rest.iter().find(|(other, _)| other == symbol);
                    let value = match (axis, here) {
                        (Some(axis), _) => at[axis].clone(),
                        (None, here) => here.map_or(Number::ONE, |(_, at)| at.clone()),
                    };
                    place.doubles.push(value.to_f64());
                    place.exact.push((*symbol, pool.number(value)));
                }
                places.push(place);
            }
        }
        places
    }
}

/// The four directions off a vertex.
const SIGNS: [[f64; 2]; 4] = [[1.0, 1.0], [1.0, -1.0], [-1.0, 1.0], [-1.0, -1.0]];

/// The logarithm to the base 2 of how far the next vertex is, at most 0.
fn reach(vertex: &Vertex, all: &[Vertex]) -> Option<i64> {
    let far = |other: &Vertex| {
        let apart = [0, 1].map(|axis| other.at[axis].sub(&vertex.at[axis]).abs());
        let [x, y] = apart;
        if x > y { x } else { y }
    };
    let next = all.iter().map(far).filter(|far| !far.is_zero()).min();
    let next = next.map_or(1.0, |far| far.to_f64());
    (next > 0.0).then(|| next.log2().floor().min(0.0) as i64)
}

/// The place in a direction off a vertex.
fn beside(vertex: &Vertex, exponent: i64, signs: [f64; 2]) -> Option<[Number; 2]> {
    let step = Number::from(2).pow(exponent, BITS)?;
    let grid = step.mul(&Number::ratio(1, FINE)?);
    let per = grid.recip()?;
    let moved = [0, 1].map(|axis| {
        let [one, two] = &vertex.ways;
        let along = (signs[0] * one[axis] + signs[1] * two[axis]) * FINE as f64;
        let start = vertex.at[axis].mul(&per).add(&Number::HALF).floor();
        start.add(&Number::from(along.round() as i64)).mul(&grid)
    });
    Some(moved)
}

/// The vertices at which two parts are 0, as far as they are found.
fn vertices(
    pool: &mut Pool,
    parts: [ExprId; 2],
    lines: [(ExprId, &Assumption); 2],
    budget: &mut Budget,
) -> Vec<Vertex> {
    let mut points: Vec<[Number; 2]> = Vec::new();
    let [first, second] = parts;
    for (solved, other) in [(first, second), (second, first)] {
        for (symbol, value) in zeros(pool, 0, solved).unwrap_or_default() {
            let Some(axis) = lines.iter().position(|(own, _)| *own == symbol) else {
                continue;
            };
            let (free, known) = lines[1 - axis];
            let put = pool.substitute(&[other], &[(symbol, value)], function::apply)[0];
            if pool.is_constant(put) {
                continue;
            }
            for Frontier { at, .. } in places(pool, put, (free, known), budget) {
                let here = pool.number(at.clone());
                let own = pool.substitute(&[value], &[(free, here)], function::apply)[0];
                let Some(own) = number(pool, own) else { continue };
                let point = if axis == 0 { [own, at] } else { [at, own] };
                if !points.contains(&point) {
                    points.push(point);
                }
            }
        }
        if !points.is_empty() {
            break;
        }
    }
    points.into_iter().filter_map(|at| vertex(pool, parts, lines, at)).collect()
}

/// A constant as a number next to it.
fn number(pool: &Pool, value: ExprId) -> Option<Number> {
    match pool.as_number(value) {
        Some(number) => Some(number.clone()),
        None => digits::number(pool, value, DIGITS, syntax::in_normal_form).ok(),
    }
}

/// A vertex with its directions; `None` where the seams only touch.
fn vertex(
    pool: &mut Pool,
    parts: [ExprId; 2],
    lines: [(ExprId, &Assumption); 2],
    at: [Number; 2],
) -> Option<Vertex> {
    let mut slopes = Vec::with_capacity(4);
    for part in parts {
        for (symbol, _) in lines {
            slopes.push(calculus::differentiate(pool, part, symbol, &mut ()).ok()?);
        }
    }
    let put = [0, 1].map(|axis| (lines[axis].0, pool.number(at[axis].clone())));
    let slopes = pool.substitute(&slopes, &put, function::apply);
    let mut tape = Tape::default();
    let slots = tape.add_expressions(pool, &slopes);
    let all = values(&tape, &[]);
    let [a, b, c, d] = [0, 1, 2, 3].map(|place| all[slots[place] as usize]);
    let (one, two) = (a.hypot(b), c.hypot(d));
    let turned = a * d - b * c;
    if turned.is_nan() || turned.abs() <= FLAT * one * two {
        return None;
    }
    // Along the second seam the first part grows, and along the first one the second.
    let side = turned.signum();
    let ways = [[side * d / two, -side * c / two], [-side * b / one, side * a / one]];
    Some(Vertex { at, ways })
}
