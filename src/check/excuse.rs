//! Where a function has no derivative, an answer may have any value between the derivatives
//! from both sides; at a jump, that of either side.

use super::breaks::Breaks;
use super::cells::in_order;
use super::compare::{Comparison, Primitive};
use super::place::Place;
use crate::evaluate::digits;
use crate::function;
use crate::kernel::{ExprId, Node, Number, Pool, Relation};
use crate::simplify::Simplifier;
use crate::syntax;
use std::cmp::Ordering;

/// The distances from the place: so many parts of these powers of ten, whose reciprocals are no
/// whole numbers, at which `sin(pi/x)` would be 0.
const NEAR: [(i64, i64); 5] = [
    (7_390_851, -19),
    (5_671_433, -23),
    (8_603_337, -27),
    (6_180_339, -31),
    (7_071_067, -35),
];
/// What differs by less, relatively, is one value.
const SAME: f64 = 1e-12;
/// How much of the growth of a slope is left nearer by if it has no bound: of a logarithm all.
const STAYS: f64 = 0.5;
/// What is no greater is on a seam but for rounding.
const ON_SEAM: f64 = 1e-9;
/// The digits of values that are compared.
const DIGITS: usize = 30;

/// What is next to a place, on one side of it.
#[derive(Clone, Copy, Debug)]
struct Side {
    /// What the derivative goes to, infinite where it has no bound.
    slope: Option<f64>,
    /// Whether values tell it, or that it goes to nothing.
    is_known: bool,
    /// Whether the function comes to its value at the place.
    is_continuous: bool,
}

impl Side {
    /// What the derivative from this side is called, where it is known.
    fn text(&self) -> Option<String> {
        let slope = self.slope?;
        let exists = self.is_continuous && slope.is_finite();
        Some(if exists { digits::short(slope) } else { "none".to_owned() })
    }
}

/// What is known of the derivative at a place.
#[derive(Clone, Copy, Debug)]
pub(super) struct Beside {
    /// Its sides; `None` where the function has no value, or none that is known.
    sides: Option<[Side; 2]>,
    /// Whether the second has a value there that a derivative may have.
    accepted: Option<bool>,
    /// Whether there may be no derivative there, and values do not tell.
    is_open: bool,
}

impl Comparison<'_> {
    /// Whether it does not count that the two have different values at a place: the second is
    /// right there, or nothing is known of a place at which there may be no derivative.
    pub(super) fn is_excused(&self, pool: &mut Pool, place: &Place) -> bool {
        self.beside(pool, place)
            .is_some_and(|known| known.accepted.unwrap_or(known.is_open))
    }

    /// Whether nothing is known of a place at which there may be no derivative.
    pub(super) fn is_unknown(&self, pool: &mut Pool, place: &Place) -> bool {
        self.beside(pool, place)
            .is_some_and(|known| known.accepted.is_none() && known.is_open)
    }

    /// The derivatives from the left and from the right, where there is none from both.
    pub(super) fn sides(&self, pool: &mut Pool, place: &Place) -> Option<[String; 2]> {
        let sides = self.beside(pool, place)?.sides?;
        if slope_of(&sides).is_some() {
            return None;
        }
        let [left, right] = sides.each_ref().map(Side::text);
        Some([left?, right?])
    }

    /// Whether there is no derivative at a place because the function jumps there.
    pub(super) fn is_at_jump(&self, pool: &mut Pool, place: &Place) -> bool {
        let sides = self.beside(pool, place).and_then(|known| known.sides);
        let jumps = |side: &Side| side.is_known && !side.is_continuous;
        sides.is_some_and(|sides| sides.iter().any(jumps))
    }

    /// The derivative at a place at which its formula has no value, where it goes to the same
    /// from both sides and the function is continuous.
    pub(super) fn slope_in_hole(&self, pool: &mut Pool, place: &Place) -> Option<f64> {
        slope_of(&self.beside(pool, place)?.sides?)
    }

    /// Whether the second has a value that is none of those that a derivative may have at a
    /// place at which the formula of that has none.
    pub(super) fn fails_in_hole(&self, pool: &mut Pool, place: &Place) -> bool {
        self.beside(pool, place).is_some_and(|known| known.accepted == Some(false))
    }

    /// What is known of a place, found out once; `None` where there are derivatives everywhere.
    fn beside(&self, pool: &mut Pool, place: &Place) -> Option<Beside> {
        let primitive = self.pieced()?;
        if let Some(known) = primitive.known.borrow().get(&place.exact) {
            return Some(*known);
        }
        let sides = self.both_sides(pool, place, primitive);
        let answer = value(pool, self.right.id, place);
        let tells = |sides: [Side; 2]| sides.iter().all(|side| side.is_known);
        let is_told = answer.is_some() && sides.is_some_and(tells);
        let known = Beside {
            sides,
            accepted: sides.zip(answer).and_then(|(sides, x)| is_accepted(&sides, x)),
            is_open: !is_told && self.is_on_seam(pool, place, primitive),
        };
        primitive.known.borrow_mut().insert(place.exact.clone(), known);
        Some(known)
    }

    /// Whether pieces of the function or of its derivative meet at a place, as far as doubles
    /// tell.
    fn is_on_seam(&self, pool: &mut Pool, place: &Place, primitive: &Primitive) -> bool {
        let breaks = Breaks::new(pool, self.tape, &[primitive.function, self.left.id]);
        (0..breaks.len()).any(|part| {
            let level = breaks.value(part, &place.doubles);
            // What is rounded jumps at whole numbers or between them.
            let is_stepping = breaks.has_steps(part);
            let gap =
                if is_stepping { 2.0 * level - (2.0 * level).round() } else { level };
            gap.abs() <= ON_SEAM * (1.0 + level.abs())
        })
    }

    /// What is on both sides of a place, in the variable of a derivative; `None` where the
    /// function has no value there.
    fn both_sides(
        &self,
        pool: &mut Pool,
        place: &Place,
        primitive: &Primitive,
    ) -> Option<[Side; 2]> {
        let here = value(pool, primitive.function, place)?;
        let mut steps = Vec::with_capacity(NEAR.len());
        for (part, power) in NEAR {
            steps.push(Number::from(10).pow(power, 1 << 10)?.mul(&Number::from(part)));
        }
        let mut side = |is_left: bool| {
            let mut places = Vec::with_capacity(steps.len());
            for step in &steps {
                let by = if is_left { step.neg() } else { step.clone() };
                places.push(place.moved(pool, primitive.variable, &by));
            }
            let last = places.last();
            let near = last.and_then(|place| value(pool, primitive.function, place));
            let slope =
                limit(places.iter().rev().map(|place| value(pool, self.left.id, place)));
            Side {
                slope: slope.flatten(),
                is_known: slope.is_some() && near.is_some(),
                is_continuous: near.is_some_and(|near| is_same(near, here)),
            }
        };
        Some([side(true), side(false)])
    }
}

/// What values go to, infinite where they have no bound, from the last one on; `None` where
/// they are not known, and inside of that where they go to nothing.
fn limit(mut backwards: impl Iterator<Item = Option<f64>>) -> Option<Option<f64>> {
    let last = backwards.next()??;
    let before = backwards.next()??;
    if is_same(before, last) {
        return Some(Some(last));
    }
    let others: Option<Vec<f64>> = backwards.collect();
    let mut values = vec![last, before];
    values.extend(others?);
    values.reverse();
    Some(goes_on(&values).then_some(f64::INFINITY.copysign(last)))
}

/// Whether values grow without a bound, as far as they tell: all the way, and at its end no
/// less than at its start.
fn goes_on(values: &[f64]) -> bool {
    let steps: Vec<f64> = values.windows(2).map(|pair| pair[1] - pair[0]).collect();
    let (Some(first), Some(last)) = (steps.first(), steps.last()) else { return false };
    let is_outward = values.iter().zip(&steps).all(|(value, step)| value * step > 0.0);
    is_outward && last.abs() >= STAYS * first.abs()
}

/// Whether a derivative with these sides may have a value; `None` where they do not tell.
fn is_accepted(sides: &[Side; 2], answer: f64) -> Option<bool> {
    if let Some(slope) = slope_of(sides) {
        return Some(is_same(slope, answer));
    }
    let [left, right] = sides.each_ref().map(|side| side.slope);
    if [left, right].iter().flatten().any(|slope| is_same(*slope, answer)) {
        return Some(true);
    }
    let (left, right) = (left?, right?);
    let is_continuous = sides.iter().all(|side| side.is_continuous);
    let between = answer >= left.min(right) && answer <= left.max(right);
    Some(is_continuous && between)
}

/// The derivative between two sides, where there is one.
fn slope_of([left, right]: &[Side; 2]) -> Option<f64> {
    let (from, to) = (left.slope?, right.slope?);
    let exists = left.is_continuous && right.is_continuous && is_same(from, to);
    (exists && from.is_finite()).then_some(f64::midpoint(from, to))
}

fn is_same(a: f64, b: f64) -> bool {
    let is_near = || (a - b).abs() <= SAME * (1.0 + a.abs().max(b.abs()));
    a == b || a.is_finite() && b.is_finite() && is_near()
}

/// The value of an expression at a place. No digits tell the side of a jump on which `sin(-pi)`
/// is, and looking for them is dear.
fn value(pool: &mut Pool, id: ExprId, place: &Place) -> Option<f64> {
    let id = place.put_into(pool, &[id])?[0];
    let id = Simplifier::default().simplify(pool, id);
    let id = without_relations(pool, id);
    let text = digits::decimal(pool, id, DIGITS, syntax::in_normal_form).ok()?;
    text.parse().ok().filter(|value: &f64| !value.is_nan())
}

/// A constant with truth in place of comparisons that are known.
fn without_relations(pool: &mut Pool, id: ExprId) -> ExprId {
    let mut known = Vec::new();
    for part in pool.reachable(&[id]) {
        let Node::Apply(function, list) = pool.node(part) else { continue };
        let Some(relation) = Relation::of(function) else { continue };
        let &[u, v] = pool.list(list) else { continue };
        if !pool.is_constant(u) || !pool.is_constant(v) {
            continue;
        }
        let Some(order) = in_order(pool, u, v) else { continue };
        let holds = match relation {
            Relation::Less => order == Ordering::Less,
            Relation::LessEqual => order != Ordering::Greater,
            Relation::Equal => order == Ordering::Equal,
            Relation::NotEqual => order != Ordering::Equal,
            Relation::And | Relation::Or => continue,
        };
        known.push((part, if holds { Pool::ONE } else { Pool::ZERO }));
    }
    match known.is_empty() {
        true => id,
        false => pool.substitute(&[id], &known, function::apply)[0],
    }
}
