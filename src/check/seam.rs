//! Places where a formula may have no derivative, as far as numbers tell: `abs(x)^3` is as
//! smooth at 0 as anywhere, `abs(x)` is not.

use super::points::point;
use super::verify::Checker;
use crate::evaluate::{Dual, Slot, Tape, duals};
use crate::kernel::Assumption;

/// How many points are looked for.
const POINTS: usize = 8;
/// How many have to be found before a place counts as smooth.
const FEWEST: usize = 3;
/// Steps of Newton's method.
const STEPS: usize = 40;
/// Numbers with few digits are whole multiples of the reciprocal of this.
const FINE: f64 = 1_048_576.0;
/// The distances at which both sides are compared.
const FAR: f64 = 1e-3;
const NEAR: f64 = 1e-5;

impl Checker {
    /// Whether formulas are continuous with their slopes across the points at which another
    /// one is zero, at all points of these that are found. `false` when too few are. Beside
    /// each formula stands another one with its value at these points. `runs` is how many
    /// operations may still be run.
    pub fn is_smooth_across(
        &mut self,
        tape: &Tape,
        roots: &[(Slot, Slot)],
        seam: Seam,
        known: &[Assumption],
        runs: &mut usize,
    ) -> bool {
        self.learn(tape);
        let mut seen = 0;
        // A line may meet the seam where it is none.
        let attempts = if seam.guard.is_some() { 4 * POINTS } else { POINTS };
        for attempt in 0..attempts {
            for axis in 0..tape.variables.len() {
                // What a line takes at most.
                let cost = (STEPS + 12 * roots.len()) * tape.operations.len();
                let line = Line { tape, checker: self, at: point(attempt, known), axis };
                let mut is_found = false;
                for level in line.levels(seam) {
                    let Some(left) = runs.checked_sub(cost) else { return false };
                    *runs = left;
                    let Some(x) = line.zero(seam, level) else { continue };
                    if seam.guard.is_some_and(|guard| line.look(guard, x).value != 1.0) {
                        continue;
                    }
                    let is_smooth = |(root, held): &(Slot, Slot)| {
                        line.is_smooth(*root, x) && line.is_reached(*root, *held, x)
                    };
                    if !roots.iter().all(is_smooth) {
                        return false;
                    }
                    is_found = true;
                }
                if is_found {
                    seen += 1;
                    break;
                }
            }
        }
        seen >= FEWEST
    }
}

/// A number with few digits if it is one but for rounding: steps are taken exactly there.
fn short(x: f64) -> f64 {
    let near = (x * FINE).round() / FINE;
    if (near - x).abs() <= 1e-13 * (1.0 + x.abs()) { near } else { x }
}

/// Where formulas may have no derivative.
#[derive(Clone, Copy, Debug)]
pub struct Seam {
    /// What is 0 there, or a whole number.
    pub zero: Slot,
    /// Whether it is any whole number.
    pub is_whole: bool,
    /// What must be 1 there, if there is such a thing.
    pub guard: Option<Slot>,
}

/// A line through a point in the direction of one variable.
struct Line<'a> {
    tape: &'a Tape,
    checker: &'a Checker,
    at: Vec<f64>,
    axis: usize,
}

impl Line<'_> {
    fn look(&self, slot: Slot, x: f64) -> Dual {
        let mut at = self.at.clone();
        let mut direction = vec![0.0; at.len()];
        (at[self.axis], direction[self.axis]) = (x, 1.0);
        duals(self.tape, &at, &direction, self.checker.slopes())[slot as usize]
    }

    /// The values at which a seam is looked for: 0, or the whole numbers next to the value at
    /// the point.
    fn levels(&self, seam: Seam) -> Vec<f64> {
        if !seam.is_whole {
            return vec![0.0];
        }
        let below = self.look(seam.zero, self.at[self.axis]).value.floor();
        (-1..=2).map(|steps| below + f64::from(steps)).collect()
    }

    /// Where a formula has a value on the line, by Newton's method.
    fn zero(&self, seam: Seam, level: f64) -> Option<f64> {
        let slot = seam.zero;
        let mut x = self.at[self.axis];
        for _ in 0..STEPS {
            let here = self.look(slot, x);
            let gap = here.value - level;
            let step = gap / here.slope;
            if gap == 0.0 && self.is_level(seam, level, x) {
                return None;
            }
            if !step.is_finite() {
                return (gap == 0.0).then_some(x);
            }
            x -= step;
            if step.abs() <= 1e-12 * (1.0 + x.abs()) {
                return Some(short(x));
            }
        }
        None
    }

    /// Whether a formula keeps a value beside a place in doubles: far off, `tanh` is 1 without
    /// ever coming to it. What is 0 on one side of its seam has a seam.
    fn is_level(&self, seam: Seam, level: f64, x: f64) -> bool {
        let h = FAR * (1.0 + x.abs());
        let mut sides = [x - h, x + h].into_iter();
        let mut keeps = |x: f64| self.look(seam.zero, x).value == level;
        if seam.is_whole { sides.any(&mut keeps) } else { sides.all(&mut keeps) }
    }

    /// Whether a formula comes to its value at a place. What has no value there, as far as
    /// doubles tell, does not jump.
    fn is_reached(&self, slot: Slot, held: Slot, x: f64) -> bool {
        let here = self.look(held, x).value;
        let gap = |distance: f64| {
            (self.look(slot, x + distance * (1.0 + x.abs())).value - here).abs()
        };
        let (far, near) = (gap(FAR), gap(NEAR));
        near.is_nan() || near <= 0.1 * far + 1e-9 * (1.0 + here.abs())
    }

    /// Compares both sides of a place at two distances: what is smooth comes together. What is
    /// defined on neither side has no derivative to miss.
    fn is_smooth(&self, slot: Slot, x: f64) -> bool {
        let sides = |distance: f64| {
            let h = distance * (1.0 + x.abs());
            [self.look(slot, x - h), self.look(slot, x + h)]
        };
        let (far, near) = (sides(FAR), sides(NEAR));
        let is_known = |side: &Dual| side.value.is_finite() && side.slope.is_finite();
        let all = || far.iter().chain(&near);
        if !all().all(is_known) {
            return !all().any(is_known);
        }
        let comes_together = |part: fn(&Dual) -> f64| {
            let gap = |sides: &[Dual; 2]| (part(&sides[0]) - part(&sides[1])).abs();
            let size = all().map(|side| part(side).abs()).fold(1.0, f64::max);
            gap(&near) <= 0.1 * gap(&far) + 1e-9 * size
        };
        comes_together(|side| side.value) && comes_together(|side| side.slope)
    }
}
