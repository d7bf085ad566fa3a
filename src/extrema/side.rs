//! What a function of one variable does on both sides of a point, from as near as one likes:
//! by its lowest power there, by a bound, or by values with many digits at distances down to
//! 10^-91.
//!
//! Invariant: no distance decides alone, and values decide only where nothing swings.

use super::bench::{Bench, Signum};
use super::branch::{decided, sign_near};
use super::classify::of_sides;
use super::critical::{Evidence, Kind, Side};
use super::piece::with_formulas;
use crate::calculus::{Beside, Exactness};
use crate::evaluate::Precise;
use crate::evaluate::limit::{self, Step};
use crate::function;
use crate::kernel::{Assumption, ExprId, Node, Number, Pool, Relation};
use crate::simplify::Simplifier;
use crate::syntax;
use std::cell::Cell;

/// Series in powers of the distance from a point: of a function in a symbol at a value, to the
/// left or not, up to an order.
pub type Expand =
    fn(&mut Pool, &mut Simplifier, ExprId, (ExprId, ExprId), bool, u32) -> Beside;

/// Up to which powers the lowest one is looked for.
const ORDERS: [u32; 3] = [2, 6, 16];
/// The name of a distance; no name that is typed has a space.
const DISTANCE: &str = "a positive distance";
/// So many values are taken at distances of one size.
const VALUES: u32 = 9;
/// What is greater so near a point grows without end.
const LARGE: f64 = 1e9;
/// More than this part of a difference is left over where a function jumps, so much nearer.
const LEFT_OVER: f64 = 0.9;
/// A slope that is less, relatively, is 0.
const FLAT: f64 = 1e-9;
/// Functions that go somewhere where their arguments go beyond all bounds.
const STEADY: [&str; 13] = [
    "abs",
    "sign",
    "heaviside",
    "ln",
    "cbrt",
    "max",
    "min",
    "hypot",
    "arctan",
    "arsinh",
    "arcosh",
    "tanh",
    "piecewise",
];

/// A point of the line with the function there.
#[derive(Clone, Copy, Debug)]
pub(super) struct Spot {
    pub(super) function: ExprId,
    pub(super) unknown: ExprId,
    pub(super) at: ExprId,
    pub(super) value: ExprId,
}

/// What is known of a function beside a point by the signs of its factors.
#[derive(Clone, Copy, Debug)]
enum Bound {
    Side(Side),
    /// It may come back to its value as often as it likes.
    NotBelow,
    /// The same.
    NotAbove,
}

impl Bound {
    fn side(self) -> Option<Side> {
        match self {
            Self::Side(side) => Some(side),
            _ => None,
        }
    }

    /// Whether it is not below its value, and else not above.
    fn is_above(self) -> bool {
        matches!(
            self,
            Self::NotBelow | Self::Side(Side::Rises | Side::Above | Side::Level)
        )
    }
}

/// What the derivative is at a point, from both sides of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Slope {
    /// It is 0.
    Flat,
    /// It is another number.
    Steep,
    /// The function has values on one side only, and is not flat there.
    AtEnd,
    /// There is none.
    Broken,
}

impl Spot {
    /// What the function does on one side; `None` where that is not known.
    pub(super) fn side(&self, bench: &mut Bench<'_>, is_left: bool) -> Option<Side> {
        let gap = self.gap(bench);
        self.side_of_gap(bench, gap, is_left)
    }

    /// The function less its value at the point.
    fn gap(&self, bench: &mut Bench<'_>) -> ExprId {
        let gap = bench.pool.difference(self.function, self.value);
        with_formulas(bench, &[gap])[0]
    }

    fn side_of_gap(
        &self,
        bench: &mut Bench<'_>,
        gap: ExprId,
        is_left: bool,
    ) -> Option<Side> {
        self.by_lowest_power(bench, gap, is_left)
            .or_else(|| self.by_bound(bench, gap, is_left).and_then(Bound::side))
            .or_else(|| self.by_values(bench, gap, is_left))
    }

    /// What it does on both sides, and so what kind of point it is.
    pub(super) fn sides(&self, bench: &mut Bench<'_>) -> Option<(Kind, Evidence)> {
        let gap = self.gap(bench);
        let sides = [true, false].map(|is_left| self.side_of_gap(bench, gap, is_left));
        if let [Some(left), Some(right)] = sides {
            // Across a jump the values count, and not the way that they go.
            let evidence = match self.jumps(bench, gap) {
                true => Evidence::None,
                false => Evidence::Sides(left, right),
            };
            return Some((of_sides(left, right), evidence));
        }
        let bounds = [true, false].map(|is_left| self.by_bound(bench, gap, is_left));
        let kind = match bounds.map(|bound| bound.map(Bound::is_above)) {
            [Some(true), Some(true)] => Kind::Minimum,
            [Some(false), Some(false)] => Kind::Maximum,
            _ => return None,
        };
        Some((kind, Evidence::Bound))
    }

    fn by_lowest_power(
        &self,
        bench: &mut Bench<'_>,
        gap: ExprId,
        is_left: bool,
    ) -> Option<Side> {
        let variable = (self.unknown, self.at);
        for order in ORDERS {
            match (bench.expand)(
                bench.pool,
                bench.simplifier,
                gap,
                variable,
                is_left,
                order,
            ) {
                Beside::Outside => return Some(Side::Outside),
                Beside::Unknown => return None,
                Beside::Sum(terms, exactness) => match (terms.first(), exactness) {
                    (Some((_, lead)), _) => return side_of(bench.sign_of_any(*lead)),
                    (None, Exactness::Whole) => return Some(Side::Level),
                    (None, Exactness::Cut) => {}
                },
            }
        }
        None
    }

    /// By the sign that the terms of the difference show, at some distance.
    fn by_bound(
        &self,
        bench: &mut Bench<'_>,
        gap: ExprId,
        is_left: bool,
    ) -> Option<Bound> {
        let known =
            Assumption { positive: true, nonnegative: true, ..Assumption::default() };
        let distance = bench.pool.assume(DISTANCE, known);
        let step = if is_left { bench.pool.negate(distance) } else { distance };
        let place = bench.pool.sum(&[self.at, step]);
        let along = bench.put(gap, &[(self.unknown, place)]);
        let along = decided(bench, along, distance);
        match sign_near(bench, along, distance)? {
            (0, _) => Some(Bound::Side(Side::Level)),
            (1, true) => Some(Bound::Side(Side::Above)),
            (_, true) => Some(Bound::Side(Side::Below)),
            (1, false) => Some(Bound::NotBelow),
            _ => Some(Bound::NotAbove),
        }
    }

    /// By values nearer and nearer to the point.
    fn by_values(
        &self,
        bench: &mut Bench<'_>,
        gap: ExprId,
        is_left: bool,
    ) -> Option<Side> {
        let mut seen = Vec::with_capacity(limit::SCALES);
        // At the greatest distances of all, what is small beside it may still count.
        for scale in 1..limit::SCALES {
            let (mut above, mut below, mut outside) = (false, false, false);
            for k in 0..VALUES {
                let step = limit::distance(scale, k, is_left)?;
                match self.sign(bench, gap, &step)? {
                    Some(1) => above = true,
                    Some(_) => below = true,
                    None => outside = true,
                }
            }
            seen.push((above, below, outside));
        }
        let all = |kind: (bool, bool, bool)| seen.iter().all(|own| *own == kind);
        let swings = seen.iter().all(|(above, below, _)| *above && *below);
        match () {
            () if swings => Some(Side::Swings),
            () if self.has_swinging_part(bench, gap, is_left)? => None,
            () if all((true, false, false)) => Some(Side::Above),
            () if all((false, true, false)) => Some(Side::Below),
            () if all((false, false, true)) => Some(Side::Outside),
            () => None,
        }
    }

    /// The sign of an expression a step away; `Some(None)` where it has no value, and `None`
    /// where digits do not tell.
    fn sign(&self, bench: &Bench<'_>, of: ExprId, step: &Step) -> Option<Option<i8>> {
        let (precise, place) = self.moved(bench, of, step)?;
        let value = precise.value(place).ok()?;
        if value.is_nan() {
            let is_open = precise.is_undecided() || precise.has_underflown();
            return (!is_open).then_some(None);
        }
        let is_known = !value.is_zero() && precise.is_known_to(place, 1);
        is_known.then(|| Some(if value.is_negative() { -1 } else { 1 }))
    }

    fn moved(
        &self,
        bench: &Bench<'_>,
        of: ExprId,
        step: &Step,
    ) -> Option<(Precise, u32)> {
        let pool = &*bench.pool;
        let normal = syntax::in_normal_form;
        let mut precise = Precise::new(limit::PRECISION, normal, pool.purse()).ok()?;
        let start = precise.expression(pool, self.at);
        precise.assign(pool.symbol_name(self.unknown)?, start, step);
        let place = precise.expression(pool, of);
        Some((precise, place))
    }

    /// Whether a part takes an argument beyond all bounds and may swing there.
    fn has_swinging_part(
        &self,
        bench: &Bench<'_>,
        of: ExprId,
        is_left: bool,
    ) -> Option<bool> {
        let step = limit::distance(limit::SCALES - 1, 0, is_left)?;
        for id in bench.pool.reachable(&[of]) {
            let Node::Apply(function, list) = bench.pool.node(id) else { continue };
            let is_steady = Relation::of(function).is_some()
                || STEADY.contains(&function::spec(function).name);
            if is_steady || !bench.depends(id, &[self.unknown]) {
                continue;
            }
            for argument in bench.pool.list(list) {
                let (precise, place) = self.moved(bench, *argument, &step)?;
                let size = limit::double(precise.value(place).ok()?).abs();
                if size.is_nan() || size > LARGE {
                    return Some(true);
                }
            }
        }
        Some(false)
    }

    /// Whether a difference to the value is left on one side, however near.
    fn jumps(&self, bench: &Bench<'_>, gap: ExprId) -> bool {
        let size = |scale: usize, is_left: bool| {
            let step = limit::distance(scale, 0, is_left)?;
            let (precise, place) = self.moved(bench, gap, &step)?;
            Some(limit::double(precise.value(place).ok()?).abs())
        };
        [true, false].into_iter().any(|is_left| {
            let [far, near] = [limit::SCALES - 2, limit::SCALES - 1]
                .map(|scale| size(scale, is_left).unwrap_or(f64::NAN));
            near > 0.0 && near > LEFT_OVER * far
        })
    }

    /// The derivative from both sides; `None` where it is not known.
    pub(super) fn slope(&self, bench: &mut Bench<'_>) -> Option<Slope> {
        let gap = self.gap(bench);
        let variable = (self.unknown, self.at);
        let mut slopes = Vec::with_capacity(2);
        for is_left in [true, false] {
            match (bench.expand)(bench.pool, bench.simplifier, gap, variable, is_left, 1)
            {
                Beside::Outside => {}
                Beside::Unknown => return self.slope_by_quotients(bench, gap),
                Beside::Sum(terms, _) => match terms.first() {
                    Some((exponent, _)) if *exponent < Number::ONE => {
                        return Some(Slope::Broken);
                    }
                    Some((exponent, rate)) if exponent.is_one() => {
                        slopes.push(match is_left {
                            true => bench.pool.negate(*rate),
                            false => *rate,
                        });
                    }
                    _ => slopes.push(Pool::ZERO),
                },
            }
        }
        match slopes[..] {
            [left, right] => {
                let gap = bench.minus(left, right);
                Some(match (left, bench.sign_of_any(gap)) {
                    (Pool::ZERO, Signum::Zero) => Slope::Flat,
                    (_, Signum::Zero) => Slope::Steep,
                    (_, Signum::Unknown) => return None,
                    _ => Slope::Broken,
                })
            }
            [Pool::ZERO] => Some(Slope::Flat),
            [_] => Some(Slope::AtEnd),
            _ => None,
        }
    }

    fn slope_by_quotients(&self, bench: &Bench<'_>, gap: ExprId) -> Option<Slope> {
        let error = Cell::new(i64::MIN / 4);
        let mut f = |step: &Step| {
            let (precise, place) = self.moved(bench, gap, step)?;
            let value = precise.value(place).ok()?.clone();
            error.set(error.get().max(precise.error(place)));
            let is_open = value.is_nan() && precise.is_undecided();
            (!is_open).then_some(value)
        };
        let sides = limit::sides(&mut f, &limit::nothing(), &|| error.get())?;
        let mut alone = |step: &Step| {
            error.set(i64::MIN / 4);
            Some((f(step)?, error.get()))
        };
        match limit::with_slow(sides, &mut alone, &limit::nothing()) {
            [limit::Side::Settled(a), limit::Side::Settled(b)] => {
                let [left, right] = [&a, &b].map(|side| limit::double(&side.slope));
                Some(if !limit::is_same(&a, &b) {
                    Slope::Broken
                } else if left.abs().max(right.abs()) < FLAT {
                    Slope::Flat
                } else {
                    Slope::Steep
                })
            }
            [limit::Side::Runs, _] | [_, limit::Side::Runs] => Some(Slope::Broken),
            _ => None,
        }
    }
}

fn side_of(sign: Signum) -> Option<Side> {
    match sign {
        Signum::Positive => Some(Side::Rises),
        Signum::Negative => Some(Side::Falls),
        _ => None,
    }
}
