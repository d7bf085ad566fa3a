//! Places where a formula may have no derivative, as far as numbers tell: `abs(x)^3` is as
//! smooth at 0 as anywhere, `abs(x)` is not.

use super::points::point;
use super::verify::Checker;
use crate::evaluate::{Dual, Slot, Tape, duals, values_on_edges};
use crate::kernel::Assumption;

/// How many points are looked for.
const POINTS: usize = 8;
/// How many have to be found before a place counts as smooth.
const FEWEST: usize = 3;
/// Steps of Newton's method.
const STEPS: usize = 40;
/// Numbers with few digits are whole multiples of the reciprocal of this.
const FINE: f64 = 1_048_576.0;
/// Up to how many halves short numbers go that are tried first.
const SHORT: i32 = 8;
/// The distances at which both sides are compared.
const FAR: f64 = 1e-5;
const NEAR: f64 = 1e-7;
/// What is left at most of a gap on the way from the one to the other if it does not stay, and
/// if there is a slope.
const STAYS: f64 = 0.25;
const SLOPED: f64 = 0.05;
/// Rounding errors of values and slopes, for their size.
const NOISE: f64 = 1e-14;
const MOST_NOISE: f64 = 1e-11;
/// Where the slope is no greater, a zero may be one at which the sign stays; how far away the
/// slope is looked at then.
const FLAT: f64 = 1e-5;
const ASIDE: f64 = 1e-4;

impl Checker {
    /// Whether formulas are continuous with their slopes across the points at which another
    /// one is zero, at all points of these that are found, and come to the values that they
    /// have there; `slopes` are formulas that need to do only that. `false` when too few points
    /// are found. `runs` is how many operations may still be run.
    pub fn is_smooth_across(
        &mut self,
        tape: &Tape,
        (roots, slopes): (&[Slot], &[Slot]),
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
                let each = 16 * roots.len() + 8 * slopes.len();
                let cost = (STEPS + each) * tape.operations.len();
                let line = Line { tape, checker: self, at: point(attempt, known), axis };
                let mut is_found = false;
                for level in line.levels(seam) {
                    let Some(left) = runs.checked_sub(cost) else { return false };
                    *runs = left;
                    let Some(x) = line.zero(seam, level) else { continue };
                    if seam.guard.is_some_and(|guard| line.look(guard, x).value != 1.0) {
                        continue;
                    }
                    if !line.is_seamless(roots, slopes, x) {
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
            && self.is_smooth_at_short(tape, (roots, slopes), seam, known, runs)
    }

    /// The same at short numbers that lie on the seam: Newton's method may never come there.
    fn is_smooth_at_short(
        &self,
        tape: &Tape,
        (roots, slopes): (&[Slot], &[Slot]),
        seam: Seam,
        known: &[Assumption],
        runs: &mut usize,
    ) -> bool {
        for (axis, known_of_axis) in known.iter().enumerate() {
            let line = Line { tape, checker: self, at: point(0, known), axis };
            for half in -SHORT..=SHORT {
                let x = f64::from(half) / 2.0;
                let Some(left) = runs.checked_sub(tape.operations.len()) else {
                    return false;
                };
                *runs = left;
                if !known_of_axis.allows(x) {
                    continue;
                }
                let zero = line.on_edges(x)[seam.zero as usize];
                let is_met =
                    if seam.is_whole { zero.fract() == 0.0 } else { zero == 0.0 };
                let is_open = |guard: Slot| line.look(guard, x).value != 1.0;
                if is_met
                    && !seam.guard.is_some_and(is_open)
                    && !line.is_seamless(roots, slopes, x)
                {
                    return false;
                }
            }
        }
        true
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
                let is_touched = here.slope.abs() <= FLAT;
                return Some(short(if is_touched { self.turn(slot, x) } else { x }));
            }
        }
        None
    }

    /// Where the slope of a formula is 0 next to a place: there a zero is known to half of the
    /// digits only.
    fn turn(&self, slot: Slot, x: f64) -> f64 {
        let aside = ASIDE * (1.0 + x.abs());
        let [left, right] = [x - aside, x + aside].map(|x| self.look(slot, x).slope);
        let turn = x - aside * (left + right) / (right - left);
        if (turn - x).abs() <= FLAT { turn } else { x }
    }

    /// Whether a formula keeps a value beside a place in doubles: far off, `tanh` is 1 without
    /// ever coming to it. What is 0 on one side of its seam has a seam.
    fn is_level(&self, seam: Seam, level: f64, x: f64) -> bool {
        let h = FAR * (1.0 + x.abs());
        let mut sides = [x - h, x + h].into_iter();
        let mut keeps = |x: f64| self.look(seam.zero, x).value == level;
        if seam.is_whole { sides.any(&mut keeps) } else { sides.all(&mut keeps) }
    }

    /// The values of all operations at a place, with every jump that is met.
    fn on_edges(&self, x: f64) -> Vec<f64> {
        let mut at = self.at.clone();
        at[self.axis] = x;
        values_on_edges(self.tape, &at)
    }

    fn is_seamless(&self, roots: &[Slot], slopes: &[Slot], x: f64) -> bool {
        let here = self.on_edges(x);
        let reaches = |slot: &Slot| self.reaches(*slot, here[*slot as usize], x);
        let is_smooth = |root: &Slot| self.is_smooth(*root, here[*root as usize], x);
        roots.iter().all(|root| is_smooth(root) && reaches(root) == Some(true))
            && slopes.iter().all(|slope| reaches(slope) != Some(false))
    }

    /// Whether a formula comes to its value at a place; `None` where it comes to nothing. What
    /// has no value there, as far as doubles tell, does not jump.
    fn reaches(&self, slot: Slot, here: f64, x: f64) -> Option<bool> {
        let sides = self.distances(x).map(|distance| self.look(slot, x + distance));
        if sides[2].value.is_nan() || here.is_nan() {
            return Some(true);
        }
        let error = noise(&sides) + noise(&[self.look(slot, x)]) + NOISE * here.abs();
        if comes_together(sides.map(|side| side.value - here), STAYS, error) {
            return Some(true);
        }
        let [far, half_far, near, half_near] = sides.map(|side| side.value);
        let is_settled =
            (near - half_near).abs() <= STAYS * (far - half_far).abs() + error;
        is_settled.then_some(false)
    }

    /// Compares both sides of a place at some distances: what is smooth comes together. What
    /// is defined on neither side has no derivative to miss.
    fn is_smooth(&self, slot: Slot, here: f64, x: f64) -> bool {
        let sides = self.distances(x).map(|distance| {
            [self.look(slot, x - distance), self.look(slot, x + distance)]
        });
        let is_known = |side: &Dual| side.value.is_finite() && side.slope.is_finite();
        if !sides.iter().flatten().all(is_known) {
            return here.is_nan() && !sides.iter().flatten().any(is_known);
        }
        let error = noise(sides.as_flattened());
        comes_together(sides.map(|[a, b]| a.value - b.value), SLOPED, error)
            && comes_together(sides.map(|[a, b]| a.slope - b.slope), STAYS, error)
    }

    fn distances(&self, x: f64) -> [f64; 4] {
        [FAR, FAR / 2.0, NEAR, NEAR / 2.0].map(|distance| distance * (1.0 + x.abs()))
    }
}

/// What rounding may make of values and slopes. Where an operand is on an edge but for
/// rounding, the bound of its error is that of the edge.
fn noise(sides: &[Dual]) -> f64 {
    let size = |side: &Dual| side.value.abs().max(side.slope.abs());
    let size = sides.iter().map(size).fold(0.0, f64::max);
    let error = sides.iter().map(|side| side.value_error).fold(0.0, f64::max);
    NOISE * size + (4.0 * error).min(MOST_NOISE * (1.0 + size))
}

/// Whether gaps at two distances, and at half of each, go to 0 but for an error: no more than
/// `stays` is left of them. What goes with the distance itself is taken off: it hides small
/// gaps that stay.
fn comes_together(
    [far, half_far, near, half_near]: [f64; 4],
    stays: f64,
    error: f64,
) -> bool {
    let rest = |whole: f64, half: f64| (2.0 * half - whole).abs();
    rest(near, half_near) <= stays * rest(far, half_far) + error
}
