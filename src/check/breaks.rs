//! Where formulas are put together from pieces: points on all sides of their seams.

use super::feasible::Parts;
use super::zeros::zeros;
use crate::evaluate::{Range, Tape, values};
use crate::function;
use crate::function::spec::Category;
use crate::kernel::{ExprId, FunctionId, Node, Pool, Relation};
use crate::simplify;
use crate::syntax;

/// More seams are not looked at.
pub(super) const MOST: usize = 12;
/// The values of a part on both sides of a seam, and of one that is rounded.
const SEAM: [f64; 2] = [-0.5, 0.5];
const STEPS: [f64; 6] = [-0.5, 0.5, 1.5, 1.0, -1.0, -1.5];
/// Between these powers of ten, and their opposites, a seam is looked for.
const REACH: std::ops::Range<i32> = -3..70;
/// How many operations and coordinates are looked at in all to find seams.
const OPERATIONS: usize = 4_000_000;
/// How often a part is evaluated to find one.
const EVALUATIONS: usize = 230;
/// The values of the other variables on the way.
const OTHERS: [f64; 2] = [1.0, 2.5];

/// Numbers with more binary digits are told from shorter ones next to them by no double.
const LONG: u64 = 128;

/// The parts at whose zeros a formula goes over from one piece to another.
pub(super) struct Breaks {
    /// The parts on a tape of their own, over the variables of the formulas.
    tape: Tape,
    parts: Vec<(u32, ExprId, Seam)>,
}

impl Breaks {
    /// The seams of expressions, over the variables of a tape.
    pub(super) fn new(pool: &mut Pool, over: &Tape, ids: &[ExprId]) -> Self {
        let mut found = seams(pool, ids);
        found.truncate(MOST);
        let mut tape = Tape::over(over.variables.clone());
        let parts: Vec<ExprId> = found.iter().map(|(part, _)| *part).collect();
        let slots = tape.add_expressions(pool, &parts);
        let parts = slots.into_iter().zip(found);
        let parts = parts.map(|(slot, (part, kind))| (slot, part, kind)).collect();
        Self { tape, parts }
    }

    /// Whether there are none.
    pub(super) fn is_empty(&self) -> bool {
        self.parts.is_empty()
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.parts.len()
    }

    /// How many operations one evaluation takes.
    pub(super) fn length(&self) -> usize {
        self.tape.operations.len()
    }

    /// What is 0, or whole, at a seam.
    pub(super) fn part(&self, part: usize) -> ExprId {
        self.parts[part].1
    }

    /// Whether a formula may jump at a seam.
    pub(super) fn jumps(&self, part: usize) -> bool {
        self.parts[part].2 != Seam::Bend
    }

    /// Whether it has jumps at all whole numbers.
    pub(super) fn has_steps(&self, part: usize) -> bool {
        self.parts[part].2 == Seam::Steps
    }

    /// The levels next to the value of a part at which its seam is, and whether they are above.
    pub(super) fn levels(&self, part: usize, value: f64) -> Vec<(bool, f64)> {
        match self.parts[part].2 {
            Seam::Bend | Seam::Jump => vec![(value < 0.0, 0.0)],
            // A rounding function jumps at whole numbers or between them.
            Seam::Steps => {
                let half = (2.0 * value).floor() / 2.0;
                [
                    (false, half),
                    (false, half - 0.5),
                    (true, half + 0.5),
                    (true, half + 1.0),
                ]
                .to_vec()
            }
        }
    }

    /// The value of a part at a point.
    pub(super) fn value(&self, part: usize, at: &[f64]) -> f64 {
        if self.tape.variables.len() > at.len() {
            return f64::NAN;
        }
        values(&self.tape, at)[self.parts[part].0 as usize]
    }

    /// Points on all sides of all seams, as far as they are found; of long formulas in many
    /// variables, along the first variables only.
    pub(super) fn points(&self, count: usize) -> Vec<Vec<f64>> {
        let mut found: Vec<Vec<f64>> = Vec::new();
        let length = self.tape.operations.len() + count;
        let most = OPERATIONS / (length * EVALUATIONS * self.parts.len().max(1)).max(1);
        for (part, (_, _, kind)) in self.parts.iter().enumerate() {
            for variable in 0..count.min(most.max(1)) {
                for other in OTHERS.iter().take(count) {
                    let mut at = vec![*other; count];
                    let is_stepping = *kind == Seam::Steps;
                    let levels: &[f64] = if is_stepping { &STEPS } else { &SEAM };
                    if let Some(zero) = self.solve(part, variable, &mut at, 0.0) {
                        let far = zero.abs() / 8.0 + 0.5;
                        for x in [zero - 0.5, zero + 0.5, zero - far, zero + far] {
                            at[variable] = short(x);
                            found.push(at.clone());
                        }
                    }
                    for level in levels.iter().filter(|_| is_stepping) {
                        if let Some(x) = self.solve(part, variable, &mut at, *level) {
                            at[variable] = short(x);
                            found.push(at.clone());
                        }
                    }
                }
            }
        }
        found
    }

    /// Where a part has a value, along one variable.
    fn solve(
        &self,
        part: usize,
        variable: usize,
        at: &mut [f64],
        level: f64,
    ) -> Option<f64> {
        let mut gap = |x: f64| {
            at[variable] = x;
            self.value(part, at) - level
        };
        // Most parts are linear.
        let (low, high) = (gap(1.0), gap(2.0));
        let x = 1.0 - low / (high - low);
        if x.is_finite() && gap(x).abs() <= 1e-9 * (low.abs() + high.abs()) {
            return Some(x);
        }
        let positive = REACH.map(|k| 10f64.powi(k));
        let grid: Vec<f64> = positive.collect();
        let mut ends: Vec<f64> = grid.iter().rev().map(|x| -x).collect();
        ends.push(0.0);
        ends.extend(grid);
        let signs: Vec<f64> = ends.iter().map(|x| gap(*x)).collect();
        let place = (1..ends.len()).min_by_key(|place| {
            let changes = signs[place - 1] * signs[*place] <= 0.0;
            (!changes, place.abs_diff(ends.len() / 2))
        })?;
        let (mut low, mut high) = (ends[place - 1], ends[place]);
        let product = signs[place - 1] * signs[place];
        if product.is_nan() || product > 0.0 {
            return None;
        }
        let rising = signs[place - 1] < signs[place];
        for _ in 0..80 {
            let middle = f64::midpoint(low, high);
            if (gap(middle) < 0.0) == rising { low = middle } else { high = middle }
        }
        Some(low)
    }

    /// Whether points without a clear answer lie on a side of a seam on which there is none
    /// that agrees.
    pub(super) fn is_open(&self, agreed: &[Vec<f64>], unclear: &[Vec<f64>]) -> bool {
        (0..self.parts.len()).any(|part| {
            let sides = |points: &[Vec<f64>]| {
                let values: Vec<f64> =
                    points.iter().map(|at| self.value(part, at)).collect();
                [values.iter().any(|x| *x > 0.0), values.iter().any(|x| *x < 0.0)]
            };
            let (known, open) = (sides(agreed), sides(unclear));
            (0..2).any(|side| open[side] && !known[side])
        })
    }

    /// Whether one side of a seam was not looked at that may be there, as a part may pass it
    /// next to an end of its domain or by less than doubles tell; or what is between two seams
    /// that nothing solves for and that doubles do not tell from each other.
    pub(super) fn has_unseen(&self, pool: &mut Pool, agreed: &[Vec<f64>]) -> bool {
        let mut signs: Vec<Vec<f64>> = Vec::with_capacity(self.parts.len());
        for part in 0..self.parts.len() {
            let values: Vec<f64> = agreed.iter().map(|at| self.value(part, at)).collect();
            for is_above in [true, false] {
                let is_met =
                    values.iter().any(|x| if is_above { *x > 0.0 } else { *x < 0.0 });
                if !is_met
                    && !self.has_steps(part)
                    && may_hide(pool, self.part(part))
                    && !self.has_no_side(pool, part, is_above)
                    && !is_never(pool, self.part(part), is_above)
                {
                    return true;
                }
            }
            signs.push(values);
        }
        (0..signs.len()).any(|one| {
            (0..one).any(|other| {
                let all = || signs[one].iter().zip(&signs[other]);
                let [mine, others] = [self.part(one), self.part(other)];
                let gap = match all().all(|(x, y)| x * y > 0.0) {
                    true => pool.difference(mine, others),
                    false if all().all(|(x, y)| x * y < 0.0) => pool.sum(&[mine, others]),
                    _ => return false,
                };
                gap != Pool::ZERO
                    && pool.as_number(gap).is_some_and(|gap| gap.bits() > LONG)
                    && zeros(pool, 0, mine).is_none()
            })
        })
    }

    /// Whether it is proved that a part is nowhere above 0, or nowhere below it.
    pub(super) fn has_no_side(&self, pool: &Pool, part: usize, is_above: bool) -> bool {
        Parts::new(pool, &[self.parts[part].1]).exclude(&[Some(is_above)])
    }
}

/// How a formula goes over from one piece to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Seam {
    /// Without a jump, where a part is 0.
    Bend,
    /// With one, as far as is known.
    Jump,
    /// With jumps at whole numbers or between them.
    Steps,
}

/// The parts at whose zeros expressions go over from one piece to another, and how they do.
pub(super) fn seams(pool: &mut Pool, ids: &[ExprId]) -> Vec<(ExprId, Seam)> {
    let mut found: Vec<(ExprId, Seam)> = Vec::new();
    for id in pool.reachable(ids) {
        // 0 to the power of 0 is 1.
        if let Node::Power(Pool::ZERO, exponent) = pool.node(id) {
            found.push((exponent, Seam::Jump));
            continue;
        }
        let Node::Apply(function, list) = pool.node(id) else { continue };
        let list = pool.list(list).to_vec();
        let (part, kind) = match (Relation::of(function), &list[..]) {
            (Some(Relation::And | Relation::Or), _) => continue,
            (Some(_), [u, v]) => (pool.difference(*u, *v), Seam::Jump),
            (None, [u, ..]) if function.is_builtin() => {
                let row = function::spec(function);
                match row.breaks {
                    // It jumps where the first argument is 0 and the second one negative.
                    "" if row.name == "atan2" => (*u, Seam::Jump),
                    "" => continue,
                    // Those with a step ask for a rounded argument: `u = floor(u)`.
                    breaks if breaks.contains('(') => match list[..] {
                        [u, v] => (pool.quotient(u, v), Seam::Steps),
                        _ => (*u, Seam::Steps),
                    },
                    _ => {
                        let Some(part) = broken(pool, function, &list) else { continue };
                        let is_step = row.derivatives.iter().all(|slope| *slope == "0");
                        (part, if is_step { Seam::Jump } else { Seam::Bend })
                    }
                }
            }
            _ => continue,
        };
        if !pool.is_constant(part) && !found.contains(&(part, kind)) {
            found.push((part, kind));
        }
    }
    found
}

/// Whether an expression may have values that no double leads to: it has longer numbers than
/// these, or its domain may end somewhere.
fn may_hide(pool: &Pool, id: ExprId) -> bool {
    pool.reachable(&[id]).into_iter().any(|id| match pool.node(id) {
        Node::Number(n) | Node::Multiple(n, _) => pool.number_at(n).bits() > LONG,
        Node::Power(base, exponent) => match pool.as_number(exponent) {
            Some(n) if n.is_integer() && n.is_positive() => false,
            Some(_) => Range::of(pool, base).side() == 0,
            None => !pool.is_positive(base),
        },
        Node::Apply(function, _) if function.is_builtin() => {
            let row = function::spec(function);
            let is_everywhere = row.is_entire
                || row.domain.is_empty() && (row.rises || !row.breaks.is_empty())
                || matches!(row.category, Category::Piecewise | Category::Learning);
            !is_everywhere && Relation::of(function).is_none()
        }
        _ => false,
    })
}

/// Whether an expression is never above 0, or never below it, by what is assumed.
fn is_never(pool: &mut Pool, id: ExprId, is_above: bool) -> bool {
    simplify::side(pool, id).is_some_and(|side| side.is_above != is_above)
}

/// What is 0 where a function of the table has no derivative.
fn broken(pool: &mut Pool, function: FunctionId, list: &[ExprId]) -> Option<ExprId> {
    let equation = syntax::breaks(function, list, pool).ok().flatten()?;
    let Node::Apply(_, sides) = pool.node(equation) else { return None };
    let [left, right] = *pool.list(sides) else { return None };
    Some(pool.difference(left, right))
}

/// A number near by with few binary digits.
fn short(x: f64) -> f64 {
    match x.abs() {
        size if size < 1e-2 => x,
        size if size < 1e3 => (x * 1024.0).round() / 1024.0,
        _ => (x * 2.0).round() / 2.0,
    }
}
