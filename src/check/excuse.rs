//! Where a function has no derivative, an answer may have any value between the derivatives
//! from both sides; at a jump, that of either side.

use super::cells::in_order;
use super::compare::{Comparison, Primitive};
use super::place::Place;
use crate::evaluate::digits;
use crate::function;
use crate::kernel::{ExprId, Node, Number, Pool, Relation};
use crate::simplify::Simplifier;
use crate::syntax;
use std::cmp::Ordering;

/// The distance from the place: this power of ten.
const NEAR: i64 = -40;
/// A distance that is less, to see whether there is a limit.
const NEARER: i64 = -47;
/// What differs by less, relatively, is one value.
const SAME: f64 = 1e-12;
/// The digits of values that are compared.
const DIGITS: usize = 30;

impl Comparison<'_> {
    /// Whether it does not count that the two have different values at a place.
    pub(super) fn is_excused(&self, pool: &mut Pool, place: &Place) -> bool {
        self.pieced().is_some_and(|primitive| {
            self.is_between(pool, place, primitive).unwrap_or(false)
        })
    }

    /// The derivatives from the left and from the right, where they differ.
    pub(super) fn sides(
        &self,
        pool: &mut Pool,
        place: &Place,
        primitive: Primitive,
    ) -> Option<[String; 2]> {
        let [left, right] = beside(pool, place, primitive)?
            .each_ref()
            .map(|side| value(pool, self.left.id, side));
        let (left, right) = (left?, right?);
        (!is_same(left, right)).then(|| [left, right].map(digits::short))
    }

    /// Whether there is no derivative at a place because the function jumps there.
    pub(super) fn is_at_jump(
        &self,
        pool: &mut Pool,
        place: &Place,
        primitive: Primitive,
    ) -> bool {
        let Some(sides) = beside(pool, place, primitive) else { return false };
        let here = value(pool, primitive.function, place);
        sides.iter().any(|side| {
            let near = value(pool, primitive.function, side);
            here.zip(near).is_some_and(|(here, near)| !is_same(here, near))
        })
    }

    /// The derivative at a place at which its formula has no value, where it goes to the same
    /// from both sides and the function is continuous.
    pub(super) fn slope_in_hole(&self, pool: &mut Pool, place: &Place) -> Option<f64> {
        let primitive = self.pieced()?;
        let sides = beside(pool, place, primitive)?;
        let [left, right] = sides.each_ref().map(|side| value(pool, self.left.id, side));
        let here = value(pool, primitive.function, place)?;
        let is_continuous = sides.iter().all(|side| {
            let near = value(pool, primitive.function, side);
            near.is_some_and(|near| is_same(near, here))
        });
        let (left, right) = (left?, right?);
        (is_continuous && is_same(left, right)).then_some(f64::midpoint(left, right))
    }

    /// Whether the second has a value at a place at which the formula of the derivative has
    /// none, and it is neither that of the derivative nor one that an answer may have there.
    pub(super) fn fails_in_hole(&self, pool: &mut Pool, place: &Place) -> bool {
        let slope = self.slope_in_hole(pool, place);
        let answer = value(pool, self.right.id, place);
        match (slope, answer) {
            (_, None) => false,
            (Some(slope), Some(answer)) => !is_same(slope, answer),
            (None, Some(_)) => self.pieced().is_some_and(|primitive| {
                self.is_steady(pool, place, primitive) == Some(true)
                    && self.is_between(pool, place, primitive) == Some(false)
            }),
        }
    }

    /// Whether the derivative has limits on both sides of a place, as far as two distances tell.
    pub(super) fn is_steady(
        &self,
        pool: &mut Pool,
        place: &Place,
        primitive: Primitive,
    ) -> Option<bool> {
        let [near, nearer] =
            [NEAR, NEARER].map(|at| beside_by(pool, place, primitive, at));
        for (far, near) in near?.iter().zip(&nearer?) {
            let [far, near] = [far, near].map(|side| value(pool, self.left.id, side));
            if !is_same(far?, near?) {
                return Some(false);
            }
        }
        Some(true)
    }

    fn is_between(
        &self,
        pool: &mut Pool,
        place: &Place,
        primitive: Primitive,
    ) -> Option<bool> {
        let sides = beside(pool, place, primitive)?;
        let [left, right] = sides.each_ref().map(|side| value(pool, self.left.id, side));
        let answer = value(pool, self.right.id, place)?;
        let here = value(pool, primitive.function, place)?;
        // Where the derivative is continuous there is nothing to excuse.
        let slope = value(pool, self.left.id, place);
        let is_smooth = |side: Option<f64>| match (side, slope) {
            (Some(side), Some(slope)) => is_same(side, slope),
            _ => false,
        };
        if is_smooth(left) && is_smooth(right) {
            return Some(false);
        }
        let is_continuous = sides.iter().all(|side| {
            let near = value(pool, primitive.function, side);
            near.is_some_and(|near| is_same(near, here))
        });
        let either = [left, right].iter().flatten().any(|slope| is_same(*slope, answer));
        let between = match (left, right) {
            (Some(left), Some(right)) => {
                answer >= left.min(right) && answer <= left.max(right)
            }
            _ => false,
        };
        Some(either || is_continuous && between)
    }
}

/// The places next to a place, in the variable of a derivative.
fn beside(pool: &mut Pool, place: &Place, primitive: Primitive) -> Option<[Place; 2]> {
    beside_by(pool, place, primitive, NEAR)
}

/// The same at the distance of a power of ten.
fn beside_by(
    pool: &mut Pool,
    place: &Place,
    primitive: Primitive,
    power: i64,
) -> Option<[Place; 2]> {
    let step = Number::from(10).pow(power, 1 << 10)?;
    Some([step.neg(), step].map(|by| place.moved(pool, primitive.variable, &by)))
}

fn is_same(a: f64, b: f64) -> bool {
    (a - b).abs() <= SAME * (1.0 + a.abs().max(b.abs()))
}

fn value(pool: &mut Pool, id: ExprId, place: &Place) -> Option<f64> {
    let id = place.put_into(pool, &[id])?[0];
    // No digits tell the side of a jump on which `sin(-pi)` is, and looking for them is dear.
    let id = Simplifier::default().simplify(pool, id);
    let id = without_relations(pool, id);
    digits::decimal(pool, id, DIGITS, syntax::in_normal_form).ok()?.parse().ok()
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
