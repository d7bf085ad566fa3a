//! Seams that lie beyond the doubles, or between 0 and the least of them.
//!
//! `max(x, -10^400)` is `x` at every point that a double can be, and `max(ln(x) + x, -1000)` down
//! to `e^-1000`. What nothing solves for is looked at there with many digits; where a seam lies
//! is not known when a constant in it is beyond these places too.

use super::feasible::Parts;
use super::place::Place;
use crate::evaluate::{Tape, digits, values};
use crate::kernel::{Assumption, ExprId, MAX_BITS, Number, Pool};
use crate::syntax;

/// At these powers of ten, and their reciprocals, a part is looked at.
const POWERS: [i64; 8] = [50, 100, 300, 450, 1200, 4000, 20_000, 70_000];
/// The digits with which its sign is found, twice.
const DIGITS: [usize; 2] = [20, 80];
/// What differs by less, relatively, is no rounding: one part in so many.
const SETTLED: i64 = 1_000_000;

/// What is known of a part far out along a variable.
pub(super) struct Far {
    /// Numbers beside those between which it changes its sign.
    pub(super) found: Vec<Number>,
    /// Whether it may do so where nobody looked.
    pub(super) is_open: bool,
}

/// Where a part in one symbol changes its sign far out, and close to 0.
pub(super) fn far(
    pool: &mut Pool,
    part: ExprId,
    (symbol, known): (ExprId, &Assumption),
) -> Far {
    let mut found = Vec::new();
    let two = Number::from(2);
    for (side, way) in [(1, 1), (1, -1), (-1, 1), (-1, -1)] {
        let mut before = None;
        for power in POWERS {
            let Some(x) = Number::from(10).pow(way * power, MAX_BITS) else { continue };
            let x = x.mul(&Number::from(side));
            if !known.allows_exactly(&x) {
                continue;
            }
            let Some(value) = settled(pool, part, (symbol, &x)) else { continue };
            let is_above = value.is_positive();
            if before.replace(is_above).is_some_and(|before| before != is_above) {
                found.extend([x.mul(&two), x.mul(&Number::HALF)]);
            }
        }
    }
    let is_open = found.is_empty()
        && has_immense(pool, part)
        && ![true, false].iter().any(|side| Parts::new(pool, &[part]).exclude(&[*side]));
    Far { found, is_open }
}

/// The value of a part at a number, where more digits do not change it.
fn settled(pool: &Pool, part: ExprId, (symbol, x): (ExprId, &Number)) -> Option<Number> {
    let at = [(symbol, x.clone())];
    let [few, many] = DIGITS.map(|count| {
        let all = digits::numbers_at(pool, &[part], &at, count, syntax::in_normal_form);
        all.into_iter().next()?.ok()
    });
    let (few, many) = (few?, many?);
    let gap = few.sub(&many).abs().mul(&Number::from(SETTLED));
    (!many.is_zero() && gap <= many.abs()).then_some(many)
}

/// Whether a constant is beyond the doubles and may be where something is assumed to be.
pub(super) fn may_lie(pool: &mut Pool, value: ExprId, known: &Assumption) -> bool {
    let near = double(pool, value);
    let is_usual = near.is_finite() && near != 0.0;
    !is_usual
        && digits::is_defined(pool, value, syntax::in_normal_form) != Some(false)
        && known.allows_constant(pool, value, near)
}

/// Whether a coordinate of a place is beyond the doubles, or nearer to 0 than they are.
pub(super) fn is_immense(pool: &Pool, place: &Place) -> bool {
    place.exact.iter().zip(&place.doubles).any(|((_, id), near)| {
        near.is_infinite() || *near == 0.0 && *id != Pool::ZERO || near.is_nan()
    }) && !pool.is_complex()
}

/// Whether a constant in an expression is beyond the doubles.
fn has_immense(pool: &mut Pool, part: ExprId) -> bool {
    let all = pool.reachable(&[part]).into_iter();
    let constants: Vec<ExprId> = all.filter(|id| pool.is_constant(*id)).collect();
    let mut tape = Tape::default();
    let slots = tape.add_expressions(pool, &constants);
    let found = values(&tape, &[]);
    constants.iter().zip(slots).any(|(id, slot)| {
        let near = found[slot as usize];
        near.is_infinite() || near == 0.0 && *id != Pool::ZERO
    })
}

/// The double next to a constant.
fn double(pool: &mut Pool, value: ExprId) -> f64 {
    let mut tape = Tape::default();
    let slot = tape.add_expressions(pool, &[value])[0];
    values(&tape, &[])[slot as usize]
}
