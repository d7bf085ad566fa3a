//! Seams that lie beyond the doubles, or next to 0 or to a place at which a part has no bound.
//!
//! `max(x, -10^400)` is `x` at every point that a double can be, and `max(ln(x) + x, -1000)` down
//! to `e^-1000`. What nothing solves for is looked at there with many digits; where a seam lies
//! is not known when a constant in it is beyond these places too, or when the part still goes
//! towards 0 at the last of them.

use super::assumed::is_assumed;
use super::feasible::Parts;
use super::frontiers::Frontier;
use super::place::Place;
use crate::evaluate::{Tape, digits, values};
use crate::kernel::{Assumption, ExprId, MAX_BITS, Number, Pool};
use crate::syntax;

/// At these powers of ten, and their reciprocals, a part is looked at.
const POWERS: [i64; 10] = [12, 25, 50, 100, 300, 450, 1200, 4000, 20_000, 70_000];
/// At these powers of a tenth from a place that is not 0, and up to which from one that is
/// rounded.
const BESIDE: [i64; 7] = [6, 14, 30, 50, 300, 1200, 4000];
const ROUNDED: i64 = 50;
/// Beside how many places a part is looked at.
const MOST: usize = 4;
/// The digits with which its sign is found, twice.
const DIGITS: [usize; 2] = [20, 80];
/// What differs by less, relatively, is no rounding: one part in so many.
const SETTLED: i64 = 1_000_000;
/// What is so many times less at each place goes to nothing.
const SHRINKS: i64 = 1000;
/// The digits to which values that go nowhere are the same.
const STILL: i64 = 15;

/// What is known of a part far out along a variable.
pub(super) struct Far {
    /// Numbers beside those between which it changes its sign.
    pub(super) found: Vec<Number>,
    /// Whether it may do so where nobody looked.
    pub(super) is_open: bool,
}

/// A way along a line: from a place, or towards it.
struct Way {
    place: Number,
    side: i64,
    /// The powers of ten that are its distances.
    powers: Vec<i64>,
}

/// Where a part in one symbol changes its sign far out, close to 0, and close to other places.
pub(super) fn far(
    pool: &mut Pool,
    part: ExprId,
    (symbol, known): (ExprId, &Assumption),
    frontiers: &[Frontier],
) -> Far {
    let mut found = Vec::new();
    let two = Number::from(2);
    let (rest, constant) = apart(pool, part);
    let (mut is_open, mut is_crossed) = (false, false);
    for way in ways(frontiers) {
        let mut seen: Vec<[Number; 2]> = Vec::new();
        for power in way.powers {
            let Some(step) = Number::from(10).pow(power, MAX_BITS) else { continue };
            let step = step.mul(&Number::from(way.side));
            let x = way.place.add(&step);
            if !known.allows_exactly(&x) {
                continue;
            }
            let Some(moving) = settled(pool, rest, (symbol, &x)) else { continue };
            let value = moving.add(&constant);
            let before = seen.last().map(|[value, _]| value.is_positive());
            if before.is_some_and(|before| before != value.is_positive()) {
                let beside = [step.mul(&two), step.mul(&Number::HALF)];
                found.extend(beside.map(|step| way.place.add(&step)));
                is_crossed = true;
            }
            seen.push([value, moving]);
        }
        is_open |= may_cross(&seen, &constant);
    }
    is_open |= !is_crossed
        && has_immense(pool, part)
        && ![true, false]
            .iter()
            .any(|side| Parts::new(pool, &[part]).exclude(&[Some(*side)]));
    Far { found, is_open }
}

/// The ways along a line on which a part is looked at.
fn ways(frontiers: &[Frontier]) -> Vec<Way> {
    let mut found = Vec::new();
    for side in [1, -1] {
        for way in [1, -1] {
            let powers = POWERS.iter().map(|power| way * power).collect();
            found.push(Way { place: Number::ZERO, side, powers });
        }
    }
    let others = frontiers.iter().filter(|frontier| !frontier.at.is_zero());
    for Frontier { at, is_exact, .. } in others.take(MOST) {
        for side in [1, -1] {
            let powers = BESIDE.iter().filter(|power| *is_exact || **power <= ROUNDED);
            let powers = powers.map(|power| -power).collect();
            found.push(Way { place: at.clone(), side, powers });
        }
    }
    found
}

/// Whether a part still goes towards 0 at the last places of a way, in steps that do not get
/// short, or what moves in it goes to nothing and its constant is beyond 0: its values, and
/// those without the constant.
fn may_cross(seen: &[[Number; 2]], constant: &Number) -> bool {
    let [.., [_, first], [_, second], [value, third]] = seen else { return false };
    let (before, last) = (second.sub(first), third.sub(second));
    let is_beyond = |x: &Number| !x.is_zero() && x.is_positive() != value.is_positive();
    let shrinks =
        |next: &Number, own: &Number| next.abs().mul(&Number::from(SHRINKS)) <= own.abs();
    if shrinks(third, second) && shrinks(second, first) {
        return is_beyond(constant);
    }
    let still = Number::from(10).pow(-STILL, MAX_BITS).unwrap_or(Number::ONE);
    last.abs() > third.abs().mul(&still)
        && is_beyond(&last)
        && last.abs().mul(&Number::from(2)) >= before.abs()
}

/// A part without its constant terms, and these, as far as they are numbers.
fn apart(pool: &mut Pool, part: ExprId) -> (ExprId, Number) {
    let terms = pool.terms(&part).to_vec();
    let (constant, moving): (Vec<ExprId>, Vec<ExprId>) =
        terms.iter().partition(|term| pool.is_constant(**term));
    let constant = pool.sum(&constant);
    match digits::number(pool, constant, DIGITS[1], syntax::in_normal_form) {
        Ok(number) => (pool.sum(&moving), number),
        Err(_) => (part, Number::ZERO),
    }
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
        && is_assumed(pool, known, value) != Some(false)
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
