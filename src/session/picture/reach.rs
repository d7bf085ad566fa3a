//! Which part of the horizontal axis is seen, where nobody said so: where something happens.

use super::graph::Graph;
use super::mark::Spot;
use crate::extrema::Zero;
use crate::plot::{Unit, rounded};
use std::f64::consts::PI;

/// How far to each side, where nothing happens.
const PLAIN: f64 = 3.0;
/// What happens farther from 0 than this times as far as the nearest is not seen.
const FAR: f64 = 40.0;

/// How much is seen where there are no values, of what has some.
const EMPTY: f64 = 0.1;
/// How much is seen beside what was asked for.
const BESIDE: f64 = 0.1;
/// Of more places than these some are seen only.
const MANY: usize = 8;
const SOME: usize = 7;

/// What is known of the horizontal axis.
#[derive(Clone, Debug, Default)]
pub(super) struct Reach {
    /// Where something happens.
    pub(super) places: Vec<f64>,
    /// What has to be seen, as the points of tangents.
    pub(super) asked: Vec<f64>,
    /// The periods of what repeats.
    pub(super) periods: Vec<f64>,
    /// Between which numbers there are values.
    pub(super) domain: Option<(f64, f64)>,
}

impl Reach {
    /// Takes in points and zeros.
    pub(super) fn add(&mut self, spots: &[Spot], zeros: &[(Zero, f64, Option<f64>)]) {
        for spot in spots {
            match spot.period {
                Some(period) => self.periods.push(period.abs()),
                None => self.places.push(spot.x),
            }
        }
        for (_, x, period) in zeros {
            match period {
                Some(period) => self.periods.push(period.abs()),
                None => self.places.push(*x),
            }
        }
    }

    /// The domain as values tell, far and wide.
    pub(super) fn look(&mut self, graphs: &[&Graph]) {
        const STEPS: i32 = 400;
        const WIDE: f64 = 40.0;
        let mut seen: Option<(f64, f64)> = None;
        for graph in graphs {
            for n in -STEPS..=STEPS {
                let x = WIDE * f64::from(n) / f64::from(STEPS) + 1e-7;
                if graph.value(x).is_finite() {
                    seen = Some(seen.map_or((x, x), |(a, b)| (a.min(x), b.max(x))));
                }
            }
        }
        let edge = WIDE * (1.0 - 1.5 / f64::from(STEPS));
        self.domain = seen.map(|(low, high)| {
            let low = if low < -edge { f64::NEG_INFINITY } else { low };
            (low, if high > edge { f64::INFINITY } else { high })
        });
    }

    /// The ends of the domain: those that values tell, at places where something happens.
    fn ends(&self) -> (f64, f64) {
        const NEAR: f64 = 0.4;
        let (low, high) = self.domain.unwrap_or((f64::NEG_INFINITY, f64::INFINITY));
        let least = self.places.iter().copied().fold(f64::INFINITY, f64::min);
        let most = self.places.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let is_end = |end: f64| self.places.iter().any(|x| (x - end).abs() < NEAR);
        (
            if is_end(low) { low.min(least) } else { f64::NEG_INFINITY },
            if is_end(high) { high.max(most) } else { f64::INFINITY },
        )
    }

    /// The part that is seen.
    pub(super) fn range(&self) -> (f64, f64, Unit) {
        let (low, high, unit) = self.usual();
        let [least, most] =
            [f64::min, f64::max].map(|end| self.asked.iter().copied().reduce(end));
        let (Some(least), Some(most)) = (least, most) else { return (low, high, unit) };
        if least > low && most < high {
            return (low, high, unit);
        }
        // What was asked for is seen, with some of what is beside it.
        let pad = BESIDE * (high.max(most) - low.min(least));
        let left = if least > low { low } else { least - pad };
        let right = if most < high { high } else { most + pad };
        match unit {
            Unit::Pi => {
                let turn = |x: f64, to: fn(f64) -> f64| to(x / PI) * PI;
                (turn(left, f64::floor).min(low), turn(right, f64::ceil).max(high), unit)
            }
            Unit::One => {
                let (left, right) = rounded(left, right);
                (left, right, unit)
            }
        }
    }

    /// The part that is seen where nothing was asked for.
    fn usual(&self) -> (f64, f64, Unit) {
        let (from, to) = self.ends();
        let period = self.periods.iter().copied().fold(0.0, f64::max);
        if self.places.is_empty()
            && period > 0.0
            && from.is_infinite()
            && to.is_infinite()
        {
            let turns = period / PI;
            let is_angle = (turns * 12.0 - (turns * 12.0).round()).abs() < 1e-9;
            let unit = if is_angle { Unit::Pi } else { Unit::One };
            let half = match unit {
                Unit::One => 2.5 * period,
                Unit::Pi if period < 4.0 => 2.0 * period,
                Unit::Pi => period,
            };
            return (-half, half, unit);
        }
        let mut places: Vec<f64> = self.places.clone();
        if period == 0.0 {
            places.extend(&self.asked);
        }
        places.extend([from, to].into_iter().filter(|x| x.is_finite()));
        places.retain(|x| x.is_finite());
        places.sort_by(f64::total_cmp);
        if period > 0.0 && period < 40.0 {
            places.extend([-0.75 * period, 0.75 * period]);
        }
        // Of many places those are seen that are nearest to 0.
        places.sort_by(f64::total_cmp);
        places.dedup_by(|a, b| (*a - *b).abs() <= 1e-9 * (1.0 + b.abs()));
        places.sort_by(|a, b| a.abs().total_cmp(&b.abs()));
        if places.len() > MANY {
            places.truncate(SOME);
        }
        places.sort_by(f64::total_cmp);
        let nearest = places.iter().map(|x| x.abs()).fold(f64::INFINITY, f64::min);
        places.retain(|x| x.abs() <= FAR * nearest.max(1.0));
        let (Some(low), Some(high)) = (places.first(), places.last()) else {
            return (-PLAIN, PLAIN, Unit::One);
        };
        let (mut low, mut high) = (*low, *high);
        // 0 is seen unless it is far off.
        if low > 0.0 && low < 3.0 * (high - low).max(1.0) {
            low = 0.0;
        }
        if high < 0.0 && -high < 3.0 * (high - low).max(1.0) {
            high = 0.0;
        }
        let size = (high - low).max(1e-9);
        let pad = match size {
            size if size < 1e-6 * (1.0 + low.abs()) => {
                if low == 0.0 {
                    3.0
                } else {
                    (0.5 * low.abs()).max(3.0)
                }
            }
            size => (0.35 * size).max((3.0 * size).min(1.5)),
        };
        // Where there are values on one side only, more of that side is seen.
        let more = |is_half: bool| if is_half { 3.0 } else { 1.0 };
        let (mut left, mut right) = (
            low - pad * more(to.is_finite() && from.is_infinite()),
            high + pad * more(from.is_finite() && to.is_infinite()),
        );
        // Where there are no values there is nothing to be seen.
        let whole = right.min(to) - left.max(from);
        if from.is_finite() {
            left = left.max(from - EMPTY * whole);
        }
        if to.is_finite() {
            right = right.min(to + EMPTY * whole);
        }
        let (left, right) = rounded(left, right);
        (left, right, Unit::One)
    }
}
