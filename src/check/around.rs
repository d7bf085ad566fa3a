//! What is around a place at which a function may have no derivative: values of what is
//! differentiated and of the formula of its derivative, on both sides and in all pieces.

use super::compare::Comparison;
use super::decided::decided;
use super::going::{SAME, SHRINKS, hull, is_same, limit};
use super::place::Place;
use super::primitive::{Primitive, Step};
use crate::evaluate::digits;
use crate::kernel::{ExprId, Number, Pool};
use crate::simplify::Simplifier;
use crate::syntax;

/// The distances from the place: so many parts of these powers of ten, whose reciprocals are no
/// whole numbers, at which `sin(pi/x)` would be 0.
const NEAR: [(i64, i64); 5] = [
    (7_390_851, -31),
    (5_671_433, -35),
    (8_603_337, -39),
    (6_180_339, -43),
    (7_071_067, -47),
];
/// How far variables are moved beside each other on a way into a place from a piece.
const SLANTS: [(i64, i64); 3] = [(1, 1), (61_803, 100_000), (141_421, 100_000)];
/// Distances between which a logarithm grows tenfold.
const SLOW: [(i64, i64); 4] =
    [(7_390_851, -9), (5_671_433, -42), (8_603_337, -410), (6_180_339, -4600)];
/// A limit that is a whole number of these parts is that fraction, if it has fewer of them.
const PARTS: i32 = 5040;
const MOST_PARTS: f64 = 1e9;
/// The digits of values that are compared.
const DIGITS: usize = 30;

/// What is next to a place, on one side of it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Side {
    /// What the derivative goes to, infinite where it has no bound.
    pub(super) slope: Option<f64>,
    /// Whether values tell it, or that it goes to nothing.
    pub(super) is_known: bool,
    /// Between which values it was seen where it goes to nothing that they tell.
    pub(super) seen: Option<[f64; 2]>,
    /// Whether what is differentiated last has a value at the place, or is known to have none.
    pub(super) is_told: bool,
    /// Whether the function comes to its value at the place.
    pub(super) is_continuous: bool,
    /// Whether the function has no value on this side.
    pub(super) is_outside: bool,
    /// Whether quotients go to several values along a wave that has no end.
    pub(super) is_wild: bool,
}

impl Side {
    /// What the derivative from this side is called, where it is known.
    pub(super) fn text(&self) -> Option<String> {
        if self.is_wild {
            return Some("none".to_owned());
        }
        if !self.is_told {
            return None;
        }
        let slope = self.slope?;
        let exists = self.is_continuous && slope.is_finite();
        Some(if exists { digits::short(slope) } else { "none".to_owned() })
    }
}

/// What is differentiated at a place.
#[derive(Clone, Copy, Debug)]
enum Here {
    /// Its value.
    Value(ExprId),
    /// It is a derivative that does not exist there: on both sides along this variable are its
    /// pieces.
    Missing(ExprId),
    /// It is a derivative of which it is not known whether it exists.
    Unknown,
}

/// What is around a place.
pub(super) struct Around {
    /// Both sides along a variable.
    pub(super) sides: [Side; 2],
    /// That variable.
    pub(super) across: ExprId,
    /// Whether what is differentiated last does not exist there or beside it, so that only the
    /// pieces around it have derivatives.
    pub(super) is_missing: bool,
}

impl Comparison<'_> {
    /// What is around a place for one of the steps of a derivative, in its variable or, where
    /// what it differentiates does not exist, along the one across which it does not; `None`
    /// where the function has no value there.
    pub(super) fn around(
        &self,
        pool: &mut Pool,
        (place, is_on_seam): (&Place, bool),
        (primitive, steps): (&Primitive, &[Step]),
        last: usize,
    ) -> Option<Around> {
        let all = (primitive, steps);
        let mut here = self.here(pool, (place, is_on_seam), all, last)?;
        let slope = steps.get(last + 1).map_or(self.left.id, |next| next.function);
        let mut across = steps[last].variable;
        let distances = distances()?;
        // There are no quotients either where what is differentiated does not exist beside it.
        for by in distances.last().into_iter().flat_map(|by| [by.clone(), by.neg()]) {
            if last == 0 || !is_on_seam || !matches!(here, Here::Value(_)) {
                break;
            }
            let other = place.moved(pool, across, &by);
            if self.is_on_seam(pool, &other, primitive)
                && let Some(Here::Missing(along)) =
                    self.here(pool, (&other, true), all, last)
            {
                here = Here::Missing(along);
            }
        }
        if let Here::Missing(along) = here {
            across = along;
        }
        let is_missing = matches!(here, Here::Missing(_));
        let mut side = |is_left: bool| {
            let mut places = Vec::with_capacity(distances.len());
            for distance in &distances {
                let by = if is_left { distance.neg() } else { distance.clone() };
                places.push(place.moved(pool, across, &by));
            }
            let Here::Value(here) = here else {
                let slopes = places.iter().rev().map(|other| value(pool, slope, other));
                let slope = limit(slopes);
                return Side {
                    slope: slope.flatten(),
                    is_known: is_missing && slope.is_some(),
                    seen: None,
                    is_told: is_missing,
                    is_continuous: false,
                    is_outside: false,
                    is_wild: false,
                };
            };
            let at = (place, here, is_left);
            self.side(pool, at, &places, (steps[0].function, steps[last], slope))
        };
        Some(Around { sides: [side(true), side(false)], across, is_missing })
    }

    /// What one of the steps of a derivative differentiates at a place; `None` where the function
    /// has no value there.
    fn here(
        &self,
        pool: &mut Pool,
        (place, is_on_seam): (&Place, bool),
        (primitive, steps): (&Primitive, &[Step]),
        last: usize,
    ) -> Option<Here> {
        let own = place.put_into(pool, &[steps[last].function]).map(|ids| ids[0]);
        let found = own.and_then(|own| constant(pool, own));
        if last == 0 || found.is_some() && !is_on_seam {
            return found.and(own).map(Here::Value);
        }
        let (below, all) = ((place, is_on_seam), (primitive, steps));
        let Around { sides, across, .. } = self.around(pool, below, all, last - 1)?;
        let is_known = sides.iter().all(|side| side.is_known);
        let Some(slope) = slope_of(&sides) else {
            return Some(if is_known { Here::Missing(across) } else { Here::Unknown });
        };
        if found.is_some_and(|found| is_same(found, slope)) {
            return own.map(Here::Value);
        }
        Some(match short(slope) {
            Some(slope) => Here::Value(pool.number(slope)),
            None => Here::Unknown,
        })
    }

    /// What is on one side of a place, where what is differentiated has a value, along others.
    fn side(
        &self,
        pool: &mut Pool,
        (place, here, is_left): (&Place, ExprId, bool),
        others: &[Place],
        (function, step, slope): (ExprId, Step, ExprId),
    ) -> Side {
        let of = (step.function, here);
        let size = constant(pool, here).unwrap_or_default().abs();
        let gaps = others.iter().rev().map(|other| gap(pool, of, other));
        let mut gaps = gaps.take(2);
        let (near, far) = (gaps.next().flatten(), gaps.next().flatten());
        let is_continuous = near.zip(far).is_some_and(|(near, far)| {
            near.abs() <= SAME * size || near.abs() <= SHRINKS * far.abs()
        });
        let is_outside = near.is_none()
            && others
                .last()
                .and_then(|other| other.put_into(pool, &[function]))
                .is_some_and(|ids| {
                    digits::is_defined(pool, ids[0], syntax::in_normal_form)
                        == Some(false)
                });
        let slopes = others.iter().rev().map(|other| value(pool, slope, other));
        let mut slope = limit(slopes);
        let mut quotients = Vec::new();
        if slope.flatten().is_none() && is_continuous {
            // Slopes that go to nothing, or are none, do not say that quotients do.
            let all = others.iter().rev().map(|other| {
                let distance = other.step_from(place, pool, step.variable)?;
                Some(gap(pool, of, other)? / distance)
            });
            quotients = all.map_while(|quotient| quotient).collect();
            slope = limit(quotients.iter().copied().map(Some));
        }
        let is_open = quotients.len() == others.len() && slope == Some(None);
        let is_slow = is_open && falls_slowly(pool, (place, here, is_left), step);
        let is_open = is_open && !is_slow;
        let slope = if is_slow { Some(Some(0.0)) } else { slope };
        let is_wild = is_open && self.swings(pool, place, is_left, step);
        Side {
            slope: slope.flatten(),
            seen: is_open.then(|| hull(&quotients)),
            is_known: is_outside || slope.is_some() && near.is_some(),
            is_told: true,
            is_continuous,
            is_outside,
            is_wild,
        }
    }
}

/// The distances from a place, the farthest first.
fn distances() -> Option<Vec<Number>> {
    let powers = NEAR.into_iter();
    let distance = |(part, power)| {
        Some(Number::from(10).pow(power, 1 << 10)?.mul(&Number::from(part)))
    };
    powers.map(distance).collect()
}

/// Whether a derivative goes to a value in one of the pieces around a place: on a way into it
/// that is along none of its variables.
pub(super) fn is_of_piece(
    pool: &mut Pool,
    (place, primitive): (&Place, &Primitive),
    slope: ExprId,
    answer: f64,
) -> bool {
    let Some(distances) = distances() else { return false };
    let mut variables: Vec<ExprId> = Vec::new();
    for step in primitive.steps(pool).unwrap_or_default() {
        if variables.len() < SLANTS.len() && !variables.contains(&step.variable) {
            variables.push(step.variable);
        }
    }
    (0..1_u32 << variables.len()).any(|signs| {
        let values = distances.iter().rev().map(|distance| {
            let mut other = place.clone();
            for (at, variable) in variables.iter().enumerate() {
                let slant = Number::ratio(SLANTS[at].0, SLANTS[at].1)?;
                let by = distance.mul(&slant);
                let is_left = signs >> at & 1 == 0;
                let by = if is_left { by.neg() } else { by };
                other = other.moved(pool, *variable, &by);
            }
            value(pool, slope, &other)
        });
        limit(values).flatten().is_some_and(|found| is_same(found, answer))
    })
}

/// Whether quotients on one side go to 0 as slowly as the reciprocal of a logarithm.
fn falls_slowly(
    pool: &mut Pool,
    (place, here, is_left): (&Place, ExprId, bool),
    Step { function, variable }: Step,
) -> bool {
    let mut quotient = |(part, power): (i64, i64)| -> Option<f64> {
        let step = Number::from(10).pow(power, 1 << 14)?.mul(&Number::from(part));
        let step = if is_left { step.neg() } else { step };
        let other = place.moved(pool, variable, &step);
        let there = other.put_into(pool, &[function])?[0];
        let gap = pool.difference(there, here);
        let quotient = pool.within_bits(other.room(pool), |pool| {
            pool.scale(&step.recip().unwrap_or(Number::ZERO), gap)
        })?;
        constant(pool, quotient).filter(|x| *x != 0.0)
    };
    let found: Option<Vec<f64>> = SLOW.into_iter().map(&mut quotient).collect();
    let shrinks = |pair: &[f64]| pair[1].abs() <= SHRINKS * pair[0].abs();
    found.is_some_and(|found| found.windows(2).all(shrinks))
}

/// A fraction with a small denominator that a limit is.
fn short(limit: f64) -> Option<Number> {
    let parts = (limit * f64::from(PARTS)).round();
    let is_short = parts.abs() < MOST_PARTS && is_same(parts, limit * f64::from(PARTS));
    is_short.then(|| Number::ratio(parts as i64, i64::from(PARTS))).flatten()
}

/// How far the value at another place is from that at a place.
fn gap(
    pool: &mut Pool,
    (function, here): (ExprId, ExprId),
    other: &Place,
) -> Option<f64> {
    let there = other.put_into(pool, &[function])?[0];
    let difference = pool.difference(there, here);
    constant(pool, difference)
}

/// The derivative between two sides, or on the one on which the function is, where there is
/// one.
pub(super) fn slope_of([left, right]: &[Side; 2]) -> Option<f64> {
    let (from, to) = match (left.is_outside, right.is_outside) {
        (true, false) => (right, right),
        (false, true) => (left, left),
        _ => (left, right),
    };
    let is_continuous = from.is_continuous && to.is_continuous;
    let (from, to) = (from.slope?, to.slope?);
    let exists = is_continuous && is_same(from, to) && from.is_finite();
    exists.then_some(f64::midpoint(from, to))
}

/// The value of an expression at a place.
pub(super) fn value(pool: &mut Pool, id: ExprId, place: &Place) -> Option<f64> {
    let id = place.put_into(pool, &[id])?[0];
    constant(pool, id)
}

/// The value of a constant. No digits tell the side of a jump on which `sin(-pi)` is, and
/// looking for them is dear. What is too small for digits is 0.
pub(super) fn constant(pool: &mut Pool, id: ExprId) -> Option<f64> {
    let id = decided(pool, id);
    let id = Simplifier::default().simplify(pool, id);
    match digits::decimal(pool, id, DIGITS, syntax::in_normal_form) {
        Ok(text) => text.parse().ok().filter(|value: &f64| !value.is_nan()),
        Err(error) => digits::is_too_small(&error).then_some(0.0),
    }
}
