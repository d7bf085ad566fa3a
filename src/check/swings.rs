//! Waves that have no end before a place: `x*sin(1/x)` at 0. Along the places at which a wave
//! has one angle, quotients of differences go to one value, and to another along those of
//! another angle: then there is no derivative.

use super::around::constant;
use super::compare::Comparison;
use super::going::{is_same, limit};
use super::place::Place;
use super::primitive::Step;
use super::zeros::zeros;
use crate::evaluate::{Tape, values};
use crate::function;
use crate::kernel::{ExprId, Node, Number, Pool};

/// The angles that are looked at, in half turns.
const ANGLES: [(i64, i64); 4] = [(1, 2), (3, 2), (0, 1), (1, 1)];
/// How many whole turns away, as parts of powers of ten, for a wave that goes as `1/x` and for
/// one that goes as a logarithm; the farthest first.
const TURNS: [[(i64, i64); 3]; 2] =
    [[(1, 25), (1, 20), (1, 15)], [(18, 0), (14, 0), (10, 0)]];
/// How near to the place those are.
const NEAR: f64 = 1e-3;

impl Comparison<'_> {
    /// Whether quotients of differences go to several values on one side of a place, that of a
    /// step, as far as waves in the function tell.
    pub(super) fn swings(
        &self,
        pool: &mut Pool,
        place: &Place,
        is_left: bool,
        Step { function, variable }: Step,
    ) -> bool {
        let is_other = |(symbol, _): &&(ExprId, ExprId)| *symbol != variable;
        let others: Vec<_> = place.exact.iter().filter(is_other).copied().collect();
        let own = pool.substitute(&[function], &others, function::apply)[0];
        for id in pool.reachable(&[own]) {
            let Node::Apply(wave, list) = pool.node(id) else { continue };
            if !wave.is_builtin() {
                continue;
            }
            let row = function::spec(wave);
            let angle = pool.list(list)[0];
            if row.period.is_none() || !row.is_entire || !pool.may_depend(angle, variable)
            {
                continue;
            }
            let mut first: Option<f64> = None;
            for (above, below) in ANGLES {
                let Some(start) = Number::ratio(above, below) else { continue };
                let ways = TURNS.iter().flat_map(|turns| [(turns, 1), (turns, -1)]);
                let found = ways.into_iter().find_map(|(turns, sign)| {
                    let quotients = turns.iter().map(|(part, power)| {
                        let far = Number::from(10).pow(*power, 1 << 10)?;
                        let turns = far.mul(&Number::from(2 * sign * part));
                        let at = pool.number(start.add(&turns));
                        let at = pool.product(&[at, Pool::PI]);
                        let gap = pool.difference(angle, at);
                        quotient(pool, (function, variable), (place, is_left), gap)
                    });
                    let quotients: Option<Vec<f64>> = quotients.collect();
                    limit(quotients?.into_iter().map(Some)).flatten()
                });
                match (first, found) {
                    (Some(first), Some(found)) if !is_same(first, found) => return true,
                    _ => first = first.or(found),
                }
            }
        }
        false
    }
}

/// The quotient of the differences between a place and another on one side of it, near by, at
/// which something is 0.
fn quotient(
    pool: &mut Pool,
    (function, variable): (ExprId, ExprId),
    (place, is_left): (&Place, bool),
    gap: ExprId,
) -> Option<f64> {
    let here = place.exact.iter().find(|(symbol, _)| *symbol == variable)?.1;
    let from = place.put_into(pool, &[function])?[0];
    for (symbol, value) in zeros(pool, 0, gap)? {
        if symbol != variable || !pool.is_constant(value) {
            continue;
        }
        let step = pool.difference(value, here);
        let mut tape = Tape::default();
        let slots = tape.add_expressions(pool, &[step]);
        let near = values(&tape, &[])[slots[0] as usize];
        if (near < 0.0) != is_left || near == 0.0 || near.abs() > NEAR {
            continue;
        }
        let mut other = place.clone();
        for (own, at) in &mut other.exact {
            if *own == variable {
                *at = value;
            }
        }
        let to = other.put_into(pool, &[function])?[0];
        let rise = pool.difference(to, from);
        let quotient = pool.quotient(rise, step);
        return constant(pool, quotient);
    }
    None
}
