//! Where a part changes its sign along a variable, or turns, when nothing solves for it.
//!
//! A piece may begin and end between two doubles, as `relu(10^-30 - abs(cos(x) - x))` does, so
//! what is found with doubles is followed with many digits; `relu(10^-40 - (e^x - 3)^2)` is not 0
//! where its argument turns.

use super::zeros::cases;
use crate::evaluate::{Tape, digits, values};
use crate::kernel::{Assumption, ExprId, Number, Pool};
use crate::syntax;

/// Up to here the line is looked at in equal steps, of this length.
const REACH: i32 = 24;
const STEP: f64 = 0.125;
/// Beyond that, and beside 0, at these powers of ten.
const FAR: std::ops::Range<i32> = 2..60;
const NEAR: std::ops::Range<i32> = -12..-1;
/// How often an interval is halved.
const HALVINGS: usize = 60;
/// How many sign changes of one part are followed.
const MOST: usize = 24;
/// How many operations on doubles are run in one comparison, and how many numbers followed.
const OPERATIONS: usize = 20_000_000;
const FOLLOWED: usize = 48;
/// The same where a few changes of many parts are looked for.
const FEW: usize = 4;
const MANY_FOLLOWED: usize = 160;
/// What may be taken out of the purse of the question for them.
const PRICE: u64 = 200_000;
/// The digits of a crossing, and how often they are made more by secants.
const DIGITS: usize = 90;
const SECANTS: usize = 7;
/// How far from the first guess of a crossing the second one is, as a denominator.
const GUESS: i64 = 1_000_000_000_000;
/// The distance, relatively, over which a slope is taken in doubles.
const ASIDE: f64 = 1e-6;

/// What is found of a part along a line, as far as it is found; a number too many does no harm.
#[derive(Default)]
pub(super) struct Found {
    /// Where it changes its sign.
    pub(super) crossings: Vec<Number>,
    /// Where it is greatest or least beside what is around.
    pub(super) turns: Vec<Number>,
}

/// What may still be done.
pub(super) struct Budget {
    /// How many sign changes of one part are followed, nearest to 0 first.
    most: usize,
    /// Whether turns are looked for.
    has_turns: bool,
    /// How many operations on doubles.
    operations: usize,
    /// How many numbers are followed with many digits.
    followed: usize,
    /// What has to be left in the purse for others.
    reserve: u64,
}

impl Budget {
    pub(super) fn new(pool: &Pool) -> Self {
        let reserve = pool.purse().left().saturating_sub(PRICE);
        let (most, followed) = (MOST, FOLLOWED);
        Self { most, has_turns: true, operations: OPERATIONS, followed, reserve }
    }

    /// For sign changes of many parts, a few of each.
    pub(super) fn of_changes(pool: &Pool) -> Self {
        let (most, followed) = (FEW, MANY_FOLLOWED);
        Self { most, has_turns: false, followed, ..Self::new(pool) }
    }
}

/// Where a part in one symbol changes its sign, and where it turns, as far as is assumed of it.
pub(super) fn crossings(
    pool: &mut Pool,
    part: ExprId,
    (symbol, known): (ExprId, &Assumption),
    budget: &mut Budget,
) -> Found {
    let mut found = Found::default();
    for case in cases(pool, part).unwrap_or_else(|| vec![part]) {
        let mut tape = Tape::default();
        let slot = tape.add_expressions(pool, &[case])[0];
        let cost = tape.operations.len() * 3 * grid().len();
        if tape.variables.len() != 1 || cost > budget.operations {
            continue;
        }
        budget.operations -= cost;
        let value = |x: f64| values(&tape, &[x])[slot as usize];
        let slope = |x: f64| {
            let step = ASIDE * (1.0 + x.abs());
            value(x + step) - value(x - step)
        };
        let precise = |x: &Number| {
            let at = [(symbol, x.clone())];
            let found =
                digits::numbers_at(pool, &[case], &at, DIGITS, syntax::in_normal_form);
            found.into_iter().next()?.ok()
        };
        let step = Number::from(10).pow(-(DIGITS as i64) / 3, 1 << 12);
        let precise_slope = |x: &Number| {
            let step = step.as_ref()?;
            Some(precise(&x.add(step))?.sub(&precise(&x.sub(step))?))
        };
        for (function, precise, list) in [
            (
                &value as &dyn Fn(f64) -> f64,
                &precise as &Precisely<'_>,
                &mut found.crossings,
            ),
            (&slope, &precise_slope, &mut found.turns),
        ]
        .into_iter()
        .take(1 + usize::from(budget.has_turns))
        {
            let mut all = changes(function);
            all.sort_by(|x, y| x.abs().total_cmp(&y.abs()));
            // Doubles do not tell what is next to an end from the end.
            let is_near = |x: &f64| {
                [x.next_down(), *x, x.next_up()].iter().any(|x| known.allows(*x))
            };
            for x in
                all.into_iter().filter(is_near).take(budget.most.min(budget.followed))
            {
                if pool.purse().left() < budget.reserve {
                    break;
                }
                budget.followed -= 1;
                list.extend(followed(precise, x));
            }
        }
    }
    found
}

/// A function with many digits.
type Precisely<'f> = dyn Fn(&Number) -> Option<Number> + 'f;

/// The numbers between which a sign may change.
fn grid() -> Vec<f64> {
    let even = (1..=REACH * 8).map(|k| f64::from(k) * STEP);
    let far = FAR.chain(NEAR).map(|k| 10f64.powi(k));
    let mut grid: Vec<f64> = even.chain(far).flat_map(|x| [x, -x]).collect();
    grid.push(0.0);
    grid.sort_by(f64::total_cmp);
    grid
}

/// The doubles at which a function changes its sign.
fn changes(value: &dyn Fn(f64) -> f64) -> Vec<f64> {
    let mut found = Vec::new();
    let mut before: Option<(f64, f64)> = None;
    for x in grid() {
        let here = value(x);
        if here.is_nan() {
            before = None;
            continue;
        }
        if here == 0.0 {
            // Of a stretch without a change, its beginning is enough.
            found.extend(before.map(|_| x));
        } else if let Some((low, sign)) = before
            && sign * here.signum() < 0.0
        {
            found.push(halved(value, low, x));
        }
        before = (here != 0.0).then_some((x, here.signum()));
    }
    found
}

fn halved(value: &dyn Fn(f64) -> f64, mut low: f64, mut high: f64) -> f64 {
    let is_negative = value(low) < 0.0;
    for _ in 0..HALVINGS {
        let middle = f64::midpoint(low, high);
        if (value(middle) < 0.0) == is_negative { low = middle } else { high = middle }
    }
    low
}

/// A zero with many digits, by secants; as it came where these lead nowhere.
fn followed(value: &Precisely<'_>, x: f64) -> Option<Number> {
    let first = num_rational::BigRational::from_float(x).map(Number::from_big)?;
    let near = Number::ratio(1, GUESS)?;
    let aside = first.abs().add(&near).mul(&near);
    let mut now = first.add(&aside);
    let mut last = first.clone();
    let (Some(mut before), Some(mut here)) = (value(&last), value(&now)) else {
        return Some(first);
    };
    for _ in 0..SECANTS {
        let Some(slope) = here.sub(&before).recip() else { break };
        let step = here.mul(&slope).mul(&now.sub(&last));
        let next = rounded(&now.sub(&step));
        let Some(there) = value(&next) else { return Some(first) };
        (last, before) = (now, here);
        (now, here) = (next, there);
        if here.is_zero() {
            break;
        }
    }
    Some(now)
}

/// A number to as many places as are followed.
fn rounded(x: &Number) -> Number {
    let places = i64::try_from(DIGITS).unwrap_or(i64::MAX);
    let [Some(up), Some(down)] =
        [places, -places].map(|n| Number::from(10).pow(n, 1 << 12))
    else {
        return x.clone();
    };
    x.mul(&up).floor().mul(&down)
}
