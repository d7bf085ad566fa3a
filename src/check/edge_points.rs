//! Points on an edge: values for the variables that are left, as they are assumed, and for the
//! whole numbers that count half turns.

use super::compare::Comparison;
use super::place::Place;
use super::zeros::{Sought, Zero, turns, zeros_of};
use crate::evaluate::{Tape, values};
use crate::function;
use crate::kernel::{Assumption, ExprId, Number, Pool};

/// The values of variables that are left, in turn.
const OTHERS: [i64; 6] = [1, 2, -1, 3, -2, 5];
/// Numbers of half turns that are tried.
const TURNS: [i64; 8] = [0, 1, 2, -1, 3, -2, 5, -4];
/// So many turns are all tried where bounds leave no others.
const ALL_TURNS: f64 = 64.0;
/// Values and turns that are far from those and between them, where nothing is proved.
const FAR: [(i64, i64); 14] = [
    (0, 1),
    (1, 2),
    (-1, 2),
    (1, 10),
    (11, 1),
    (-11, 1),
    (33, 1),
    (1000, 1),
    (-1000, 1),
    (1, 1_000_000),
    (7, 5),
    (-7, 5),
    (1_000_000_000, 1),
    (-1_000_000_000, 1),
];
const FAR_TURNS: [i64; 10] = [7, -7, 10, 11, 25, -25, 50, 100, 1000, -1000];
/// Places between two bounds, in parts of their distance.
const BETWEEN: [(i64, i64); 6] = [(1, 2), (1, 3), (3, 4), (1, 7), (5, 6), (2, 5)];

/// Points on an edge.
pub(super) struct EdgePoints {
    pub(super) places: Vec<Place>,
    /// Whether there are no others that are as it is assumed.
    pub(super) is_all: bool,
}

impl Comparison<'_> {
    /// Points where symbols have what is put in their place.
    pub(super) fn points_on(&self, pool: &mut Pool, put: &[Zero]) -> EdgePoints {
        let others: Vec<Number> = OTHERS.iter().map(|n| Number::from(*n)).collect();
        self.points_with(pool, put, (&others, &TURNS), false)
    }

    /// Points farther out and between those.
    pub(super) fn far_points_on(&self, pool: &mut Pool, put: &[Zero]) -> Vec<Place> {
        let others: Vec<Number> = FAR
            .iter()
            .filter_map(|(above, below)| Number::ratio(*above, *below))
            .collect();
        self.points_with(pool, put, (&others, &FAR_TURNS), true).places
    }

    fn points_with(
        &self,
        pool: &mut Pool,
        put: &[Zero],
        (others, turned): (&[Number], &[i64]),
        in_step: bool,
    ) -> EdgePoints {
        let names = &self.tape.variables;
        let known = self.names();
        let symbols: Vec<ExprId> = names.iter().map(|name| pool.symbol(name)).collect();
        let is_put = |symbol: &ExprId| put.iter().any(|(own, _)| own == symbol);
        let free: Vec<(usize, ExprId, Vec<Number>)> = symbols
            .iter()
            .zip(&known)
            .enumerate()
            .filter(|(_, (symbol, _))| !is_put(symbol))
            .map(|(place, (symbol, known))| (place, *symbol, samples(known, others)))
            .collect();
        let mut counted: Vec<ExprId> = Vec::new();
        for depth in 0..put.len() {
            let turn = turns(pool, depth);
            if put.iter().any(|(_, value)| pool.may_depend(*value, turn)) {
                counted.push(turn);
            }
        }
        let (counts, has_all) = match counted[..] {
            [] => (vec![0], true),
            [turn] => bounded_turns(pool, &symbols, &known, put, turn)
                .map_or_else(|| (turned.to_vec(), false), |counts| (counts, true)),
            _ => (turned.to_vec(), false),
        };
        let shifts = if free.is_empty() { 1 } else { others.len() };
        let mut places = Vec::new();
        for shift in 0..shifts {
            for start in 0..counts.len() {
                // Not each with each.
                if in_step && shifts > 1 && start != shift % counts.len() {
                    continue;
                }
                let mut chosen: Vec<(ExprId, ExprId)> = Vec::new();
                for (place, symbol, samples) in &free {
                    let value = samples[(place + shift) % samples.len()].clone();
                    chosen.push((*symbol, pool.number(value)));
                }
                for (depth, turn) in counted.iter().enumerate() {
                    let count = counts[(start + depth) % counts.len()];
                    chosen.push((*turn, pool.integer(count)));
                }
                places.extend(place(pool, &symbols, put, &chosen));
            }
        }
        EdgePoints { places, is_all: free.is_empty() && has_all }
    }
}

/// The point where some symbols have what is put in their place and the others what is chosen.
fn place(
    pool: &mut Pool,
    symbols: &[ExprId],
    put: &[Zero],
    chosen: &[(ExprId, ExprId)],
) -> Option<Place> {
    let mut exact = Vec::with_capacity(symbols.len());
    for symbol in symbols {
        let own = put.iter().find(|(put, _)| put == symbol);
        let value = own.map_or(*symbol, |(_, value)| *value);
        exact.push((*symbol, pool.substitute(&[value], chosen, function::apply)[0]));
    }
    let mut tape = Tape::default();
    let ids: Vec<ExprId> = exact.iter().map(|(_, id)| *id).collect();
    let slots = tape.add_expressions(pool, &ids);
    let all = values(&tape, &vec![f64::NAN; tape.variables.len()]);
    let doubles: Vec<f64> = slots.iter().map(|slot| all[*slot as usize]).collect();
    let is_point = doubles.iter().all(|x| x.is_finite());
    (is_point && !ids.contains(&Pool::UNDEFINED)).then(|| Place::new(exact, doubles))
}

/// Values of a variable, as they are assumed where there are such.
fn samples(known: &Assumption, others: &[Number]) -> Vec<Number> {
    let mut found: Vec<Number> = others.to_vec();
    match (known.least(), known.greatest()) {
        (Some(low), Some(high)) => {
            let parts = BETWEEN.iter().filter_map(|(a, b)| Number::ratio(*a, *b));
            let width = high.sub(&low);
            found.extend(parts.map(|part| low.add(&width.mul(&part))));
            found.extend([low, high]);
        }
        (Some(low), None) => found.extend(others.iter().map(|n| low.add(n))),
        (None, Some(high)) => found.extend(others.iter().map(|n| high.sub(n))),
        (None, None) => {}
    }
    let allowed: Vec<Number> =
        found.iter().filter(|x| known.allows_exactly(x)).cloned().collect();
    if allowed.is_empty() { found } else { allowed }
}

/// All constants at which an expression in one symbol may be 0 as it is assumed of that; `None`
/// where they are not all found.
pub fn solutions(
    pool: &mut Pool,
    equation: ExprId,
    symbol: ExprId,
    known: &Assumption,
) -> Option<Vec<ExprId>> {
    let turn = turns(pool, 0);
    let mut found = Vec::new();
    for (own, value) in zeros_of(pool, 0, equation, Sought::ALL)? {
        if own != symbol || pool.may_depend(value, symbol) {
            return None;
        }
        if !pool.may_depend(value, turn) {
            found.push(value);
            continue;
        }
        let put = [(symbol, value)];
        for count in bounded_turns(pool, &[symbol], &[*known], &put, turn)? {
            let chosen = [(turn, pool.integer(count))];
            found.push(pool.substitute(&[value], &chosen, function::apply)[0]);
        }
    }
    Some(found)
}

/// All numbers of half turns for which a variable that they determine may be between its
/// bounds; `None` where it has none, or there are too many.
fn bounded_turns(
    pool: &mut Pool,
    symbols: &[ExprId],
    known: &[Assumption],
    put: &[Zero],
    turn: ExprId,
) -> Option<Vec<i64>> {
    put.iter().find_map(|(symbol, value)| {
        let place = symbols.iter().position(|own| own == symbol)?;
        let known = known.get(place)?;
        let zero = Some(0.0);
        let low = known.low.or(zero.filter(|_| known.nonnegative || known.positive))?;
        let high = known.high.or(zero.filter(|_| known.nonpositive))?;
        let mut at = |count: i64| {
            let chosen = [(turn, pool.integer(count))];
            let id = pool.substitute(&[*value], &chosen, function::apply)[0];
            let mut tape = Tape::default();
            let slots = tape.add_expressions(pool, &[id]);
            let all = values(&tape, &vec![f64::NAN; tape.variables.len()]);
            all[slots[0] as usize]
        };
        let (start, next, third) = (at(0), at(1), at(2));
        let step = next - start;
        let is_line = (third - next - step).abs() <= 1e-9 * (step.abs() + third.abs());
        let ends = [(low - start) / step, (high - start) / step];
        let first = ends[0].min(ends[1]).floor() - 1.0;
        let last = ends[0].max(ends[1]).ceil() + 1.0;
        let is_short = is_line && step != 0.0 && last - first <= ALL_TURNS;
        is_short.then(|| (first as i64..=last as i64).collect())
    })
}
