//! Derivatives at points: from the formula where it has a value, compared with quotients from
//! both sides of what was typed.

use super::engine::{Engine, Formula};
use super::eval::Point;
use crate::error::{ErrorKind, Result};
use crate::evaluate::limit::{self, Side};
use crate::evaluate::{Precise, digits};
use crate::function::{self, spec::FunctionSpec};
use crate::kernel::{ExprId, Node, Number};
use crate::print::{self, Notation};
use crate::syntax::{self, Program};
use num_bigint::BigInt;

/// How near a value must be to a limit of quotients.
const NEAR: f64 = 1e-7;
/// Limits are looked for among fractions with denominators up to this.
const MAX_DENOMINATOR: i64 = 10_000;
/// The digits of a limit that are sure.
const SURE: usize = 20;

/// A derivative at a point.
#[derive(Clone, Debug)]
pub enum AtPoint {
    /// Its exact value.
    Exact(ExprId),
    /// A limit that is known by its digits.
    Decimal(String),
    /// There is none; with the limits of the quotients from the left and from the right, where
    /// they have limits.
    Missing([Option<String>; 2]),
}

/// What quotients say of a derivative.
enum Found {
    Limit(Limit),
    Missing([Option<String>; 2]),
    /// The function has no value at the point.
    Undefined,
}

impl AtPoint {
    /// That there is no derivative, in words.
    pub fn missing(sides: &[Option<String>; 2]) -> String {
        let side =
            |side: &Option<String>| side.clone().unwrap_or_else(|| "none".to_owned());
        format!("does not exist (left {}, right {})", side(&sides[0]), side(&sides[1]))
    }
}

impl Engine {
    /// A first or second derivative of a component at a point that gives all variables values:
    /// `value` is what its formula says there, if it says anything. `None` where quotients do
    /// not tell more than the formula.
    ///
    /// # Errors
    /// A point at which the function itself has no value.
    pub fn derivative_at(
        &mut self,
        formula: &Formula,
        component: usize,
        sequence: &[String],
        point: &Point,
        value: Option<ExprId>,
    ) -> Result<Option<AtPoint>> {
        if sequence.len() > 2
            || value.is_some() && self.is_plain(formula.roots[component])
        {
            return Ok(None);
        }
        let Some(found) = quotients(formula, component, sequence, point) else {
            return Ok(None);
        };
        Ok(match found {
            Found::Undefined => return Err(super::eval::undefined_at(point)),
            Found::Missing(sides) => Some(AtPoint::Missing(sides)),
            Found::Limit(limit) => {
                let near =
                    |x: f64| (x - limit.value).abs() <= NEAR * (1.0 + limit.value.abs());
                match value.filter(|id| near(self.float(*id))) {
                    Some(_) => None,
                    None => Some(match limit.fraction() {
                        Some(number) => AtPoint::Exact(self.pool.number(number)),
                        None => AtPoint::Decimal(limit.text),
                    }),
                }
            }
        })
    }

    /// The value of a derivative of a component at a point, from its formula or as a limit.
    ///
    /// # Errors
    /// A point at which there is no derivative or no value; what is left of it is a variable.
    pub fn existing_at(
        &mut self,
        formula: &Formula,
        component: usize,
        sequence: &[String],
        derivative: ExprId,
        point: &Point,
    ) -> Result<ExprId> {
        let value = self.at_point(&[derivative], point);
        let known = value.as_ref().ok().map(|values| values[0]);
        match self.derivative_at(formula, component, sequence, point, known)? {
            None => Ok(value?[0]),
            Some(AtPoint::Exact(id)) => Ok(id),
            Some(AtPoint::Decimal(text)) => {
                let what = format!("the exact value of a limit, which is about {text},");
                Err(ErrorKind::Unsupported(what).into())
            }
            Some(AtPoint::Missing(sides)) => {
                let names: Vec<&str> = sequence.iter().map(String::as_str).collect();
                let label =
                    print::partial_label(&formula.name, &names, true, Notation::Text);
                let place: Vec<String> =
                    point.iter().map(|(name, x)| format!("{name} = {x}")).collect();
                let (place, words) = (place.join(", "), AtPoint::missing(&sides));
                let what = format!("{label} at {place} {words}");
                Err(ErrorKind::Unsupported(what).into())
            }
        }
    }

    /// Whether a formula is made of functions that have all derivatives wherever they are
    /// defined, without quotients and roots: quotients of differences tell nothing new of it.
    fn is_plain(&self, root: ExprId) -> bool {
        self.pool.reachable(&[root]).into_iter().all(|id| match self.pool.node(id) {
            Node::Power(_, exponent) => self
                .pool
                .as_number(exponent)
                .is_some_and(|n| n.is_integer() && !n.is_negative()),
            Node::Apply(function, _) => {
                function.is_builtin() && is_smooth(function::spec(function))
            }
            _ => true,
        })
    }
}

/// Whether a function has all derivatives on the whole line.
fn is_smooth(row: &FunctionSpec) -> bool {
    row.domain.is_empty()
        && row.breaks.is_empty()
        && !row.derivatives.is_empty()
        && row.derivatives.iter().all(|formula| {
            let kinks = ["/", "sign", "heaviside", "piecewise", "abs"];
            !formula.is_empty() && !kinks.iter().any(|kink| formula.contains(kink))
        })
}

/// What quotients of what was typed say; `None` where it cannot be calculated, or they leave
/// open whether there is a limit.
fn quotients(
    formula: &Formula,
    component: usize,
    sequence: &[String],
    point: &Point,
) -> Option<Found> {
    let program = formula.program();
    let declared: Vec<&str> = formula.declared().iter().map(String::as_str).collect();
    let values: Option<Vec<(String, Program)>> = point
        .iter()
        .map(|(name, text)| Some((name.clone(), syntax::parse(text, &[]).ok()?)))
        .collect();
    let values = values?;
    // The function at the point moved by a step in each variable of the sequence.
    let at = |steps: &[(&String, &limit::Step)]| -> Option<limit::Step> {
        let mut precise = Precise::new(limit::PRECISION, syntax::in_normal_form).ok()?;
        for (name, value) in &values {
            let lowered = syntax::lower(value, &[], &mut precise).ok()?;
            let mut step = limit::nothing();
            for (_, more) in steps.iter().filter(|(moved, _)| *moved == name) {
                step = limit::together(&step, more);
            }
            precise.assign(name, *lowered.roots.first()?, &step);
        }
        let lowered = syntax::lower(program, &declared, &mut precise).ok()?;
        precise.value(*lowered.roots.get(component)?).ok().cloned()
    };
    let [first, rest @ ..] = sequence else { return None };
    let here = at(&[])?;
    if here.is_nan() {
        return Some(Found::Undefined);
    }
    let sides = limit::sides(&mut |step| at(&[(first, step)]), &here)?;
    let limit = match settle(&sides)? {
        Ok(limit) => limit,
        Err(missing) => return Some(missing),
    };
    let Some(second) = rest.first() else { return Some(Found::Limit(limit)) };
    let slope = limit::inner_slope(&mut |more| at(&[(first, more)]))?;
    let mut inner = |step: &limit::Step| {
        limit::inner_slope(&mut |more| at(&[(second, step), (first, more)]))
    };
    let sides = limit::sides(&mut inner, &slope)?;
    // Beside the point the first derivative must exist.
    if sides.iter().any(|side| matches!(side, Side::Undefined)) {
        return Some(Found::Missing([None, None]));
    }
    Some(match settle(&sides)? {
        Ok(limit) => Found::Limit(limit),
        Err(missing) => missing,
    })
}

/// The limit of both sides, or that there is none; `None` where that is open, or where the
/// function has values on one side only.
fn settle(sides: &[Side; 2]) -> Option<std::result::Result<Limit, Found>> {
    let limit = |side: &Side| match side {
        Side::Settled(slope, gap) => Limit::of(slope, *gap),
        _ => None,
    };
    match sides {
        [Side::Settled(left, _), Side::Settled(right, _)]
            if limit::is_same(left, right) =>
        {
            let best = |side: &Side| limit(side).map(|limit| (limit.gap, limit));
            let (left, right) = (best(&sides[0])?, best(&sides[1])?);
            Some(Ok(if left.0 < right.0 { left.1 } else { right.1 }))
        }
        [Side::Undefined, Side::Runs] | [Side::Runs, Side::Undefined] => {
            Some(Err(Found::Missing([None, None])))
        }
        [Side::Open | Side::Undefined, _] | [_, Side::Open | Side::Undefined] => None,
        [left, right] => {
            let text = |side| limit(side).map(|limit| limit.written());
            Some(Err(Found::Missing([text(left), text(right)])))
        }
    }
}

/// A limit by its digits.
struct Limit {
    text: String,
    value: f64,
    /// How far off it may be.
    gap: f64,
}

impl Limit {
    /// `None` for what is no number.
    fn of(slope: &limit::Step, gap: f64) -> Option<Self> {
        let value = limit::double(slope);
        let gap = gap.max(1e-17 * (1.0 + value.abs()));
        let sure = (value.abs() / gap).log10().floor().clamp(1.0, SURE as f64);
        Some(Self { text: digits::text(slope, sure as usize)?, value, gap })
    }

    /// The simple fraction that it is, if it is one.
    fn fraction(&self) -> Option<Number> {
        if self.value.abs() <= self.gap {
            return Some(Number::ZERO);
        }
        fraction(&self.text, self.gap)
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
