//! What quotients of differences of what was typed say of a derivative at a point.

use super::super::formula::Formula;
use super::alone::Missing;
use super::eval::Point;
use crate::evaluate::limit::{self, Side, Way};
use crate::evaluate::{Precise, digits};
use crate::kernel::{ExprId, Number, Pool, Purse};
use crate::syntax::{self, Program};
use num_bigint::BigInt;
use std::cell::Cell;

/// Limits are looked for among fractions with denominators up to this.
const MAX_DENOMINATOR: i64 = 10_000;
/// How near a value must be to a limit of quotients.
const NEAR: f64 = 1e-7;
/// The digits of a limit that are sure.
const SURE: usize = 20;
/// The digits behind them that are kept to tell a fraction.
const MORE: usize = 3;

/// What quotients say of a derivative.
pub(in crate::session) enum Found {
    Limit(Limit),
    Missing(Missing),
    /// They are calculated, and leave open whether there is a limit.
    Open,
    /// The function has no value at the point.
    Undefined,
    /// The function has values on one side of the point only; with the limit of the first
    /// quotients there, where it is seen.
    OneSided(Option<Limit>),
}

/// How far each variable goes in a step; those that are not named stay.
pub(in crate::session) type Move = Vec<(String, Program)>;

/// What quotients of what was typed say along one move, or along two, one after the other;
/// `None` where it cannot be calculated, or quotients of first derivatives leave open whether
/// there is a limit. `known` is the value at the point, where digits do not tell it: that of
/// `arccos` at the end of its domain.
pub(in crate::session) fn quotients(
    formula: &Formula,
    component: usize,
    moves: &[Move],
    point: &Point,
    (purse, known): (&Purse, Option<limit::Step>),
) -> Option<Found> {
    let error = Cell::new(i64::MIN / 4);
    let moved = moved(formula, component, point, &error, purse)?;
    let at = |steps: &Steps<'_>| {
        let is_here = steps.iter().all(|(_, step)| step.is_zero());
        moved(steps).or_else(|| known.clone().filter(|_| is_here))
    };
    let [first, rest @ ..] = moves else { return None };
    let here = at(&[])?;
    if here.is_nan() {
        return Some(Found::Undefined);
    }
    let mut sides =
        limit::sides(&mut |step| at(&[(first, step)]), &here, &|| error.get())?;
    if rest.is_empty() {
        let mut alone = |step: &limit::Step| {
            error.set(i64::MIN / 4);
            Some((at(&[(first, step)])?, error.get()))
        };
        sides = limit::with_slow(sides, &mut alone, &here);
    }
    let may_go_on = rest.is_empty() || is_mixed(moves);
    let way = way(&sides);
    match (settle(&sides), rest) {
        (Some(Err(missing)), []) => return Some(missing),
        // Without a first derivative there are no quotients of it.
        (Some(Err(_)), _) => return Some(Found::Missing(Missing::NEITHER)),
        (Some(Ok(limit)), []) => return Some(Found::Limit(limit)),
        (Some(Ok(_)), _) => {}
        (None, _) if way == Way::Both => {
            return rest.is_empty().then_some(Found::Open);
        }
        (None, []) => return Some(Found::OneSided(sides.iter().find_map(own_limit))),
        // At an end of the domain there is a derivative from one side.
        (None, _) if may_go_on && sides.iter().any(|side| own_limit(side).is_some()) => {}
        (None, _) => return Some(Found::OneSided(None)),
    }
    let second = rest.first()?;
    let noise = || error.get();
    let mut inner = |step: &limit::Step| {
        limit::inner_slope(&mut |more| at(&[(second, step), (first, more)]), way, &noise)
    };
    let slope = inner(&limit::nothing())?;
    let sides = limit::sides_inside(&mut inner, &slope, &|| error.get())?;
    let mut is_at_end = false;
    for (side, is_left) in sides.iter().zip([true, false]) {
        if matches!(side, Side::Undefined) {
            // Beside the point the first derivative must exist, unless nothing does.
            let beside = limit::distance(0, 0, is_left)?;
            if !is_mixed(moves) || !at(&[(second, &beside)])?.is_nan() {
                return Some(Found::Missing(Missing::NEITHER));
            }
            is_at_end = true;
        }
    }
    Some(match settle(&sides) {
        Some(Ok(limit)) => Found::Limit(limit),
        Some(Err(missing)) => missing,
        None if is_at_end => Found::OneSided(sides.iter().find_map(own_limit)),
        None => return None,
    })
}

/// On which sides there are values.
fn way(sides: &[Side; 2]) -> Way {
    match sides {
        [Side::Undefined, _] => Way::Right,
        [_, Side::Undefined] => Way::Left,
        _ => Way::Both,
    }
}

/// A constant with as many digits as quotients need.
pub(in crate::session) fn in_digits(pool: &Pool, id: ExprId) -> Option<limit::Step> {
    let normal = syntax::in_normal_form;
    let mut precise = Precise::new(limit::PRECISION, normal, pool.purse()).ok()?;
    let place = precise.expression(pool, id);
    let value = precise.value(place).ok()?;
    (!value.is_nan() && !value.is_inf()).then(|| value.clone())
}

/// What quotients of what was typed say along a parabola: a step along the first move and its
/// square along the second.
pub(in crate::session) fn along_parabola(
    formula: &Formula,
    component: usize,
    [first, second]: [&Move; 2],
    point: &Point,
    purse: &Purse,
) -> Option<Found> {
    let error = Cell::new(i64::MIN / 4);
    let at = moved(formula, component, point, &error, purse)?;
    let here = at(&[])?;
    let mut along =
        |step: &limit::Step| at(&[(first, step), (second, &limit::times(step, step))]);
    Some(match settle(&limit::sides(&mut along, &here, &|| error.get())?)? {
        Ok(limit) => Found::Limit(limit),
        Err(missing) => missing,
    })
}

/// Steps along moves.
type Steps<'s> = [(&'s Move, &'s limit::Step)];

/// The function at the point moved by steps; `error` is raised to what its values are off at
/// most, as a power of two.
pub(in crate::session) fn moved<'f>(
    formula: &'f Formula,
    component: usize,
    point: &Point,
    error: &'f Cell<i64>,
    purse: &Purse,
) -> Option<impl Fn(&Steps<'_>) -> Option<limit::Step> + 'f> {
    let program = formula.program();
    let declared: Vec<&str> = formula.declared().iter().map(String::as_str).collect();
    let values: Option<Vec<(String, Program)>> = point
        .iter()
        .map(|(name, text)| Some((name.clone(), syntax::parse(text, &[]).ok()?)))
        .collect();
    let values = values?;
    let purse = purse.share();
    Some(move |steps: &Steps<'_>| {
        let normal = syntax::in_normal_form;
        let mut precise = Precise::new(limit::PRECISION, normal, &purse).ok()?;
        for (name, value) in &values {
            let lowered = syntax::lower(value, &[], &mut precise).ok()?;
            let mut step = limit::nothing();
            for (along, size) in steps {
                for (_, speed) in along.iter().filter(|(moved, _)| moved == name) {
                    let speed = syntax::lower(speed, &[], &mut precise).ok()?;
                    let speed = precise.value(*speed.roots.first()?).ok()?;
                    step = limit::together(&step, &limit::times(speed, size));
                }
            }
            precise.assign(name, *lowered.roots.first()?, &step);
        }
        let lowered = syntax::lower(program, &declared, &mut precise).ok()?;
        let place = *lowered.roots.get(component)?;
        let value = precise.value(place).ok()?;
        error.set(error.get().max(precise.error(place)));
        // What digits do not tell, or is too large for them, is not undefined.
        let is_open = value.is_inf()
            || value.is_nan() && (precise.is_undecided() || precise.has_overflown());
        (!is_open).then(|| value.clone())
    })
}

/// Whether moves go along different variables.
pub(in crate::session) fn is_mixed(moves: &[Move]) -> bool {
    let names =
        |along: &Move| along.iter().map(|(name, _)| name.clone()).collect::<Vec<_>>();
    moves.windows(2).any(|pair| names(&pair[0]) != names(&pair[1]))
}

/// The limit of both sides, or that there is none; `None` where that is open, or where the
/// function has values on one side only.
fn settle(sides: &[Side; 2]) -> Option<std::result::Result<Limit, Found>> {
    match sides {
        [Side::Settled(a), Side::Settled(b)] => {
            let [left, right] = [own_limit(&sides[0])?, own_limit(&sides[1])?];
            let written = [left.written(), right.written()];
            match limit::is_same(a, b) {
                true if right.is_finer(&left) => Some(Ok(right)),
                true => Some(Ok(left)),
                // What is written alike is not seen to differ.
                false if written[0] == written[1] => None,
                false => {
                    let sides = Missing::Sides(written.map(Some));
                    Some(Err(Found::Missing(sides)))
                }
            }
        }
        [Side::Undefined, Side::Runs] | [Side::Runs, Side::Undefined] => {
            Some(Err(Found::Missing(Missing::NEITHER)))
        }
        [Side::Open | Side::Undefined, _] | [_, Side::Open | Side::Undefined] => None,
        [left, right] => {
            let text = |side| own_limit(side).map(|limit| limit.written());
            Some(Err(Found::Missing(Missing::Sides([text(left), text(right)]))))
        }
    }
}

/// The limit on a side that settles.
fn own_limit(side: &Side) -> Option<Limit> {
    match side {
        Side::Settled(settled) => Limit::of(settled),
        _ => None,
    }
}

/// A limit by its digits.
pub(in crate::session) struct Limit {
    pub(in crate::session) text: String,
    pub(in crate::session) value: f64,
    /// The same with some digits more, whose rounding is nothing against what it may be off.
    long: String,
    /// How far off it may be.
    gap: f64,
    is_zero: bool,
    /// Whether it is far from 1 in size.
    is_unusual: bool,
}

impl Limit {
    /// `None` for what is no number.
    fn of(settled: &limit::Settled) -> Option<Self> {
        let [size, missing] = settled.in_units();
        let value = limit::double(&settled.slope);
        let gap = missing.max(4e-17 * size.abs() + limit::FINEST);
        let sure = (size.abs() / gap).log10().floor().clamp(1.0, SURE as f64);
        let is_unusual = settled.is_unusual();
        let is_zero = size.abs() <= gap;
        let text = digits::text(&settled.slope, sure as usize)?;
        let long = digits::text(&settled.slope, sure as usize + MORE)?;
        let is_number = size.is_finite() && gap.is_finite();
        is_number.then_some(Self { text, long, value, gap, is_zero, is_unusual })
    }

    /// Whether it is nearer to what it stands for than another one of the same size.
    fn is_finer(&self, other: &Self) -> bool {
        !self.is_zero && other.is_zero
            || self.is_zero == other.is_zero && self.gap <= other.gap
    }

    /// Whether it is so far from 1 in size that a quotient in two variables, whose steps leave
    /// traces of their own size, does not tell it from nothing or from what grows without end.
    pub(in crate::session) fn is_trace(&self) -> bool {
        self.is_unusual && !self.is_zero
    }

    /// The simple fraction that it is, if it is one.
    pub(in crate::session) fn fraction(&self) -> Option<Number> {
        match (self.is_zero, self.is_unusual) {
            (true, _) => Some(Number::ZERO),
            (_, true) => None,
            _ => fraction(&self.long, self.gap),
        }
    }

    /// Whether a number is near, relatively where the limit is far from 1 in size.
    pub(in crate::session) fn is_near(
        &self,
        number: f64,
        exact: impl FnOnce() -> Option<Number>,
    ) -> bool {
        if self.is_zero || !self.is_unusual {
            return (number - self.value).abs() <= NEAR * (1.0 + self.value.abs());
        }
        let size = syntax::number(self.text.trim_start_matches('-')).ok();
        let own = size.map(|size| match self.text.starts_with('-') {
            true => size.neg(),
            false => size,
        });
        let ratio = own.and_then(|own| Some(exact()?.mul(&own.recip()?)));
        ratio.is_some_and(|ratio| (ratio.to_f64() - 1.0).abs() <= NEAR)
    }

    fn written(&self) -> String {
        self.fraction().map_or_else(|| self.text.clone(), |number| number.to_string())
    }
}

/// The fraction that a decimal number is, if it is a simple one.
fn fraction(text: &str, gap: f64) -> Option<Number> {
    let value = syntax::number(text.trim_start_matches('-')).ok()?;
    let value = if text.starts_with('-') { value.neg() } else { value };
    let near = |candidate: &Number| candidate.sub(&value).to_f64().abs() <= 4.0 * gap;
    // Continued fractions.
    let (mut before, mut now) = ((0i64, 1i64), (1i64, 0i64));
    let mut rest = value.clone();
    for _ in 0..24 {
        let whole = rest.floor();
        let term = whole.to_i64()?;
        let next = (
            term.checked_mul(now.0)?.checked_add(before.0)?,
            term.checked_mul(now.1)?.checked_add(before.1)?,
        );
        (before, now) = (now, next);
        if now.1 > MAX_DENOMINATOR {
            return None;
        }
        let candidate =
            Number::from_integer(BigInt::from(now.0)).mul(&Number::from(now.1).recip()?);
        if near(&candidate) {
            return Some(candidate);
        }
        rest = rest.sub(&whole).recip()?;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::fraction;

    #[test]
    fn simple_fractions_are_recognised() {
        let rows = [
            ("0.33333333333333333333", Some("1/3")),
            ("-2", Some("-2")),
            ("0", Some("0")),
            ("1e-30", Some("0")),
            ("0.39269908169872415481", None),
        ];
        for (text, expected) in rows {
            let found = fraction(text, 1e-17).map(|number| number.to_string());
            assert_eq!(found.as_deref(), expected, "{text}");
        }
    }
}
