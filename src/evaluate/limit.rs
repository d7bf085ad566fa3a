//! Derivatives by quotients from both sides, with many digits.
//!
//! Invariant: what does not settle and does not run away either is left open.

use astro_float::{BigFloat, Consts, Radix, RoundingMode, WORD_BIT_SIZE};
use num_traits::ToPrimitive;

const ROUND: RoundingMode = RoundingMode::ToEven;
/// The binary digits of the calculation.
pub const PRECISION: usize = 2400;
/// The steps, and sizes of distances: no power of a tenth, a half or pi, at which an oscillation could
/// look still.
const STEPS: [&str; 4] =
    ["7.3176092953e-13", "3.1907462257e-25", "5.8713308941e-49", "2.7459018361e-91"];
/// Steps shorter than the way to what stands close by: sines and cosines of their logarithms
/// and of the first powers of their reciprocals do not look still either.
const SHORT_STEPS: [&str; 4] =
    ["2.0000193847e-41", "8.2122256315e-67", "1.7392419594e-111", "1.9883787479e-181"];
/// The step of the first derivatives from which second ones are taken.
const INNER_STEP: &str = "1.8213907753e-200";
/// A shorter one, with which the two sides of a smooth function come nearer to each other.
const FINER_STEP: &str = "2.7182818301e-300";
/// Steps so short that a logarithm is more than ten times as large from each to the next.
const SLOW_STEPS: [&str; 5] = [
    "7.3176092953e-31",
    "3.1907462257e-402",
    "5.8713308941e-5003",
    "2.7459018361e-60005",
    "4.2190873155e-700004",
];
/// By so many binary digits quotients with these steps must be above what they may be off.
const CLEAR: i64 = 20;
/// Quotients that differ by less, relatively, have settled; so have those that differ by less
/// than `SETTLING` and get nearer by a tenth.
const SETTLED: f64 = 1e-9;
const SETTLING: f64 = 1e-4;

/// Quotients that change by less, relatively, may be on their way to a limit.
const SLOW: f64 = 0.2;

/// A step, or any value with many digits.
pub type Step = BigFloat;

/// Two steps one after the other.
pub fn together(a: &Step, b: &Step) -> Step {
    a.add(b, PRECISION, ROUND)
}

/// A step as long as another one times a number.
pub fn times(number: &Step, step: &Step) -> Step {
    number.mul(step, PRECISION, ROUND)
}

/// How far off limits may be, in bounds of what is missing.
const SAFETY: f64 = 100.0;
/// Limits that differ by less, relatively, are one: so much comes of the shortest step.
const SAME: f64 = 1e-100;
/// How far off limits may be in any case.
pub const FINEST: f64 = 1e-28;

/// How much less than the quotients with the inner step is what they differ by where there is no
/// kink, as a power of two.
const SMOOTH: i64 = 332;
/// By so much more one side may differ with a shorter step.
const SPARE: i64 = 16;

/// Quotients of sizes up to this power of two, and from its reciprocal, are compared as they
/// are; others in a unit of their own.
const USUAL: i64 = 63;
/// The unit of what is nothing.
const NO_UNIT: i64 = i64::MIN / 4;
/// The binary digits that are lost in a division by the last step, with a few to spare.
const LOST: i64 = 310;
const LOST_SHORT: i64 = 610;
/// The same of a division by the step of inner slopes.
const LOST_INSIDE: i64 = 670;
/// The same of one by the finer step, with a few to spare.
const LOST_FINER: i64 = 1010;
/// How much less than quotients of inner slopes is, as a power of two, what comes of their step.
const FINE_INSIDE: i64 = 330;

/// The sides on which a function has values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// Both, or neither.
    Both,
    /// The left alone.
    Left,
    /// The right alone.
    Right,
}

/// Where quotients go from one side.
#[derive(Clone, Debug)]
pub enum Side {
    /// To a limit.
    Settled(Settled),
    /// To no limit: they grow, jump to and fro, or never slow down.
    Runs,
    /// Not seen: they may have a limit.
    Open,
    /// The function has no value on this side.
    Undefined,
}

/// A limit of quotients.
#[derive(Clone, Debug)]
pub struct Settled {
    /// The quotient with the shortest step.
    pub slope: BigFloat,
    /// The unit of sizes, as a power of two.
    unit: i64,
    /// A bound of what is missing as far as that is seen, in units.
    missing: f64,
}

impl Settled {
    /// The slope in units of a power of two.
    fn size(&self, unit: i64) -> f64 {
        scaled(&self.slope, unit)
    }

    /// What may be missing, in units of a power of two.
    fn gap(&self, unit: i64) -> f64 {
        in_units(self.missing, self.unit, unit)
    }

    /// The slope in its own unit with what it may be off.
    pub fn in_units(&self) -> [f64; 2] {
        [self.size(self.unit), self.missing]
    }

    /// Whether the unit is not 1.
    pub fn is_unusual(&self) -> bool {
        self.unit != 0
    }
}

/// A function of one step away from a point; `None` where it cannot be calculated.
pub type Moved<'f> = dyn FnMut(&BigFloat) -> Option<BigFloat> + 'f;

/// The limits of the quotients from the left and from the right of a function that has the
/// value `here` at the point; `None` where it cannot be calculated. `error` bounds the errors of
/// all values so far, as a power of two.
pub fn sides(
    f: &mut Moved<'_>,
    here: &BigFloat,
    error: &dyn Fn() -> i64,
) -> Option<[Side; 2]> {
    let found = by_steps(f, here, &STEPS, &|_| error().saturating_add(LOST))?;
    let is_settled =
        |both: &[Side; 2]| both.iter().all(|side| matches!(side, Side::Settled(_)));
    if is_settled(&found) {
        return Some(found);
    }
    // The steps may go across something that stands close by.
    let noise = |_| error().saturating_add(LOST_SHORT);
    let nearer = by_steps(f, here, &SHORT_STEPS, &noise).filter(is_settled);
    Some(nearer.unwrap_or(found))
}

/// A function of one step away from a point, with a bound of the error of its value as a power of
/// two; `None` where it cannot be calculated.
pub type Bounded<'f> = dyn FnMut(&BigFloat) -> Option<(BigFloat, i64)> + 'f;

/// Sides that are open, where quotients fall to 0 as slowly as the reciprocal of a logarithm: with
/// the limit 0.
pub fn with_slow(
    [left, right]: [Side; 2],
    f: &mut Bounded<'_>,
    here: &BigFloat,
) -> [Side; 2] {
    let mut settled = |side: Side, is_left: bool| match side {
        Side::Open if falls_slowly(f, here, is_left) == Some(true) => {
            let slope = nothing();
            Side::Settled(Settled { slope, unit: 0, missing: FINEST })
        }
        side => side,
    };
    [settled(left, true), settled(right, false)]
}

/// Whether quotients with ever shorter steps on one side are a tenth of the one before at most.
fn falls_slowly(f: &mut Bounded<'_>, here: &BigFloat, is_left: bool) -> Option<bool> {
    let p = PRECISION;
    let mut before: Option<BigFloat> = None;
    for text in SLOW_STEPS {
        let size = step(text)?;
        let step = if is_left { size.neg() } else { size };
        let (value, error) = f(&step)?;
        let quotient = value.sub(here, p, ROUND).div(&step, p, ROUND);
        let noise = error.saturating_sub(exponent(&step)).saturating_add(CLEAR);
        if quotient.is_nan() || exponent(&quotient) <= noise {
            return None;
        }
        let ten = quotient.abs().mul(&BigFloat::from_word(10, p), p, ROUND);
        if before.is_some_and(|before| ten > before.abs()) {
            return Some(false);
        }
        before = Some(quotient);
    }
    Some(true)
}

/// The limits of quotients of a function that gives inner slopes; `error` is that of what they are made of.
pub fn sides_inside(
    f: &mut Moved<'_>,
    here: &BigFloat,
    error: &dyn Fn() -> i64,
) -> Option<[Side; 2]> {
    let noise = |most: i64| {
        let of_values = error().saturating_add(LOST_INSIDE + LOST);
        of_values.max(most.saturating_sub(FINE_INSIDE))
    };
    by_steps(f, here, &STEPS, &noise)
}

/// The same by certain steps. `noise` is what the errors make of quotients, by the size of the
/// greatest of them, as powers of two.
fn by_steps(
    f: &mut Moved<'_>,
    here: &BigFloat,
    steps: &[&str],
    noise: &dyn Fn(i64) -> i64,
) -> Option<[Side; 2]> {
    let both = [quotients(f, here, steps, true)?, quotients(f, here, steps, false)?];
    let most = both.iter().flatten().flatten().map(exponent).max().unwrap_or(NO_UNIT);
    let noise = noise(most).max(NO_UNIT);
    let [left, right] = both.map(|found| match found {
        Some(quotients) => side(quotients, noise),
        None => Some(Side::Undefined),
    });
    Some([left?, right?])
}

/// The size of a value as a power of two.
fn exponent(value: &BigFloat) -> i64 {
    match value.exponent() {
        Some(exponent) if !value.is_zero() => i64::from(exponent),
        _ => NO_UNIT,
    }
}

/// The unit in which quotients are compared: small ones in that of the greatest of them, and
/// large ones in that of the last, so that neither leaves the range of doubles.
fn unit(quotients: &[BigFloat], most: i64) -> i64 {
    let last = quotients.last().map_or(NO_UNIT, exponent);
    match last > USUAL {
        true => last,
        false if most < -USUAL => most,
        false => 0,
    }
}

/// The quotients of all steps to one side; `Some(None)` where there is no value on it.
fn quotients(
    f: &mut Moved<'_>,
    here: &BigFloat,
    steps: &[&str],
    is_left: bool,
) -> Option<Option<Vec<BigFloat>>> {
    let p = PRECISION;
    let mut quotients = Vec::with_capacity(steps.len());
    for text in steps {
        let size = step(text)?;
        let step = if is_left { size.neg() } else { size };
        let value = f(&step)?;
        if value.is_nan() {
            return Some(None);
        }
        quotients.push(value.sub(here, p, ROUND).div(&step, p, ROUND));
    }
    Some(Some(quotients))
}

fn side(mut quotients: Vec<BigFloat>, noise: i64) -> Option<Side> {
    let p = PRECISION;
    let most = quotients.iter().map(exponent).max().unwrap_or(NO_UNIT);
    if most < -USUAL && most <= noise {
        let (slope, unit) = (quotients.pop()?, noise.min(-USUAL));
        return Some(Side::Settled(Settled { slope, unit, missing: 1.0 }));
    }
    let unit = unit(&quotients, most);
    // Errors that are not known are small.
    let noise = in_units(1.0, noise, unit).min(FINEST);
    let double = |value: &BigFloat| scaled(value, unit);
    let changes: Vec<f64> = quotients
        .windows(2)
        .map(|pair| double(&pair[1].sub(&pair[0], p, ROUND)).abs())
        .collect();
    let last = quotients.pop()?;
    let sign = last.is_negative();
    let falls = quotients.windows(2).all(|pair| {
        pair[0].is_negative() == sign && double(&pair[1]).abs() < double(&pair[0]).abs()
    });
    let nearest = quotients.last().map_or(0.0, |q| 1.0 + double(q).abs());
    // Quotients that fall towards 0 all the way may have that limit.
    let slowest = if falls { nearest } else { 0.0 };
    let size = 1.0 + double(&last).abs();
    Some(match changes[..] {
        [.., before, change] if change <= SETTLING * size && change <= 0.1 * before => {
            let is_told = before > 0.0 && before.is_finite();
            let missing = if is_told { change * (change / before) } else { change };
            Side::Settled(Settled { slope: last, unit, missing: missing.max(noise) })
        }
        [.., change] if change <= SETTLED * size && size.is_finite() => {
            Side::Settled(Settled { slope: last, unit, missing: change.max(noise) })
        }
        _ if !size.is_finite() => Side::Runs,
        // Small powers of the step change as slowly as this, and come to 0 or to a limit.
        _ if size < slowest || changes.iter().all(|c| *c < SLOW * size) => Side::Open,
        [.., before, change] if change >= 0.5 * before => Side::Runs,
        _ => Side::Open,
    })
}

/// The derivative by quotients of differences about the place from which steps are taken; NaN
/// where those to the left and to the right differ or grow without end, `None` where they come
/// near each other too slowly. `error` bounds the errors of all values so far, as a power of two.
pub fn inner_slope(
    f: &mut Moved<'_>,
    way: Way,
    error: &dyn Fn() -> i64,
) -> Option<BigFloat> {
    let p = PRECISION;
    let [left, right] = inner_slopes(f, way, INNER_STEP)?;
    let middle = |[left, right]: [&BigFloat; 2]| {
        let sum = left.add(right, p, ROUND);
        sum.div(&BigFloat::from_word(2, p), p, ROUND)
    };
    let wide = left.sub(&right, p, ROUND);
    if wide.is_nan() {
        return Some(astro_float::NAN);
    }
    let slope = middle([&left, &right]);
    if wide.is_zero() && slope.is_zero() {
        return Some(slope);
    }
    // Of a smooth function they differ by about the step, so that with a shorter one there is
    // next to nothing left of it, however small the function is.
    let [left, right] = inner_slopes(f, way, FINER_STEP)?;
    let finer = left.sub(&right, p, ROUND);
    if finer.is_nan() {
        return Some(astro_float::NAN);
    }
    let noise = error().saturating_add(LOST_FINER);
    let is_seen = |value: &BigFloat| exponent(value) > noise;
    let grows = |new: &BigFloat, old: &BigFloat, ratio: f64| {
        let ratio = BigFloat::from_f64(ratio, p);
        is_seen(new) && new.abs() > old.abs().mul(&ratio, p, ROUND)
    };
    if grows(&finer, &wide, 0.5) || grows(&middle([&left, &right]), &slope, 1.5) {
        return Some(astro_float::NAN);
    }
    let most = exponent(&slope).max(0).saturating_sub(SMOOTH);
    if way == Way::Both {
        return (exponent(&wide) <= most).then_some(slope);
    }
    // One side is compared with itself, and the shorter step is nearer to the limit.
    let gap = left.sub(&slope, p, ROUND);
    (exponent(&gap) <= most + SPARE).then_some(left)
}

/// The quotients to the left and to the right with one step; where one side is asked for alone,
/// twice that.
fn inner_slopes(f: &mut Moved<'_>, way: Way, text: &str) -> Option<[BigFloat; 2]> {
    let p = PRECISION;
    let small = step(text)?;
    let here = f(&nothing())?;
    let mut quotient = |step: &BigFloat| -> Option<BigFloat> {
        Some(f(step)?.sub(&here, p, ROUND).div(step, p, ROUND))
    };
    Some(match way {
        Way::Both => [quotient(&small.neg())?, quotient(&small)?],
        Way::Left => {
            let left = quotient(&small.neg())?;
            [left.clone(), left]
        }
        Way::Right => {
            let right = quotient(&small)?;
            [right.clone(), right]
        }
    })
}

/// Whether two limits are one.
pub fn is_same(a: &Settled, b: &Settled) -> bool {
    let unit = a.unit.max(b.unit);
    let size = 1.0 + a.size(unit).abs();
    let gaps = a.gap(unit) + b.gap(unit);
    let most = (SAFETY * gaps).min(SETTLED * size).max(SAME * size);
    scaled(&a.slope.sub(&b.slope, PRECISION, ROUND), unit).abs() <= most
}

/// A size in units of a power of two, in units of another one.
fn in_units(size: f64, of: i64, unit: i64) -> f64 {
    size * 2f64.powi(of.saturating_sub(unit).clamp(-2200, 2200) as i32)
}

/// How many sizes of distances there are, each much smaller than the one before.
pub const SCALES: usize = STEPS.len();

/// One of many distances of the same size, to the left or to the right.
pub fn distance(scale: usize, which: u32, is_left: bool) -> Option<Step> {
    let factor = 1.0 + 9.0 * (f64::from(which) * 0.618_033_988_749_895).fract();
    let size = times(&BigFloat::from_f64(factor, PRECISION), &step(STEPS.get(scale)?)?);
    Some(if is_left { size.neg() } else { size })
}

/// No step.
pub fn nothing() -> BigFloat {
    BigFloat::from_word(0, PRECISION)
}

fn step(text: &str) -> Option<BigFloat> {
    let mut constants = Consts::new().ok()?;
    Some(BigFloat::parse(text, Radix::Dec, PRECISION, ROUND, &mut constants))
}

/// The nearest double; infinite beyond them.
pub fn double(value: &BigFloat) -> f64 {
    scaled(value, 0)
}

/// The nearest double to a value in units of a power of two.
fn scaled(value: &BigFloat, unit: i64) -> f64 {
    if value.is_zero() {
        return 0.0;
    }
    let (Some(exponent), Some(leading)) = (value.exponent(), leading(value)) else {
        return f64::NAN;
    };
    let exponent = i64::from(exponent).saturating_sub(unit).clamp(-1100, 1100);
    let size = leading * 2f64.powi(exponent as i32);
    if value.is_negative() { -size } else { size }
}

/// The leading 64 binary digits, as a fraction from 1/2 to 1; `None` where there are none.
pub fn leading(value: &BigFloat) -> Option<f64> {
    let words = value.mantissa_digits().filter(|words| !words.is_empty())?;
    // Words are shorter on small machines.
    let last = words.iter().rev().map(|word| word.to_u64().unwrap_or(0));
    let last = last.chain(std::iter::repeat(0)).take(64 / WORD_BIT_SIZE);
    let join = |above: u64, word| above.unbounded_shl(WORD_BIT_SIZE as u32) | word;
    Some(last.fold(0, join) as f64 / 2f64.powi(64))
}
