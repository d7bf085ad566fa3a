//! The derivative against its definition: quotients of differences for smaller and smaller
//! steps.
//!
//! The quotients are exact expressions, written with many more digits than are shown, so that
//! what is seen is the difference to the limit and not rounding. Only functions that are not
//! available with many digits are calculated in doubles, and rows that rounding spoils say so.

use super::super::engine::{Engine, Form, Formula};
use super::alone::Missing;
use super::eval::Point;
use super::slope::AtPoint;
use crate::error::{Error, ErrorKind, Result};
use crate::evaluate::digits;
use crate::function;
use crate::kernel::{ExprId, Node, Number, Pool};
use crate::syntax;

/// The most rows of a table.
pub const MAX_ROWS: u32 = 30;
/// How many digits of a quotient are shown, and of its error.
const SHOWN: [usize; 2] = [15, 3];

/// The digits with which an error is told from zero.
const PRECISE: usize = 60;

/// A quotient of differences.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quotient {
    /// Its decimal value; `None` where the function has no value nearby.
    pub value: Option<String>,
    /// How far it is from the derivative.
    pub error: Option<String>,
    /// Whether rounding hides the difference, because the function is known in doubles only.
    pub rounded: bool,
}

/// The quotients of one step.
#[derive(Clone, Debug)]
pub struct QuotientRow {
    /// The step, a power of 1/10.
    pub step: String,
    /// `(f(x + h) - f(x - h))/(2*h)`; or from the right and from the left.
    pub quotients: Vec<Quotient>,
}

/// A derivative at a point with quotients of differences.
#[derive(Clone, Debug)]
pub struct QuotientTable {
    /// The variable.
    pub variable: String,
    /// The derivative at the point.
    pub derivative: ExprId,
    /// Whether the quotients are from one side: the right, then the left.
    pub one_sided: bool,
    /// One row for each step, the greatest first.
    pub rows: Vec<QuotientRow>,
    /// Whether the derivative was checked.
    pub checked: bool,
    /// Whether the quotients come nearer to it.
    pub comes_near: bool,
}

impl Engine {
    /// The derivative in a variable at a point, with quotients of differences for the steps
    /// 1/10, 1/100, ….
    ///
    /// # Errors
    /// A point that lacks a coordinate, one at which the function has no derivative, a limit,
    /// a failed self-check.
    pub fn quotients(
        &mut self,
        formula: &Formula,
        variable: &str,
        point: &Point,
        one_sided: bool,
        rows: u32,
    ) -> Result<QuotientTable> {
        let [root] = formula.roots[..] else {
            let what = "a table for a vector".to_owned();
            return Err(
                Error::from(ErrorKind::Unsupported(what)).help("name one component")
            );
        };
        let is_abstract = |id: &ExprId| matches!(self.pool.node(*id), Node::Apply(f, _) if f.is_abstract());
        if self.pool.reachable(&[root]).iter().any(is_abstract) {
            let what = "the value of a function that is only named".to_owned();
            return Err(ErrorKind::Unsupported(what).into());
        }
        if rows == 0 {
            let what = "a table has one row at least".to_owned();
            return Err(ErrorKind::InvalidRequest(what).into());
        }
        if rows > MAX_ROWS {
            let what = "the number of rows";
            return Err(ErrorKind::OverLimit { what, limit: MAX_ROWS.into() }.into());
        }
        let names = [variable.to_owned()];
        let mut needed = self.variables(&[root]);
        if !needed.contains(&names[0]) {
            needed.push(variable.to_owned());
        }
        if let Some(name) =
            needed.iter().find(|name| !point.iter().any(|(known, _)| known == *name))
        {
            let what = format!("the point has no value of `{name}`");
            return Err(Error::from(ErrorKind::InvalidPoint(what))
                .help(format!("add `{name}=…`, a number")));
        }
        let symbol = self.pool.symbol(variable);
        let centre = self.at_point(&[symbol], point)?[0];
        let found = self.partials(formula, &names, 1, Form::Auto)?;
        let moving = self.moving(root, symbol, point)?;
        let derivative = found.partials[0].values[0];
        let broken = self.broken(&found.breaks, point);
        let known = self.at_point(&[derivative], point).ok().map(|values| values[0]);
        let value = match self.derivative_at(formula, 0, &names, point, known)? {
            Some(AtPoint::Exact(value)) => value,
            // At a kink the formula is believed where quotients come to what it says.
            None if let Some(value) = known
                && (!broken
                    || self
                        .derivative_at(formula, 0, &names, point, None)?
                        .is_some()) =>
            {
                value
            }
            Some(AtPoint::Missing(Missing::Alone)) => {
                let reason = Missing::Alone.reason().unwrap_or_default();
                return Err(no_derivative(point).help(reason));
            }
            _ => return Err(self.no_derivative(moving, (symbol, centre), point)),
        };
        if let Some(name) = self.variables(&[value, centre]).first() {
            let what = format!("the value of `{name}` is not a number");
            return Err(ErrorKind::InvalidPoint(what).into());
        }
        let mut table = QuotientTable {
            variable: variable.to_owned(),
            derivative: value,
            one_sided,
            rows: Vec::with_capacity(rows as usize),
            checked: found.checked,
            comes_near: false,
        };
        let mut errors: Vec<Vec<f64>> = Vec::new();
        for place in 1..=rows {
            let step = power_of_tenth(place);
            let sides = match one_sided {
                true => vec![(step.clone(), Number::ZERO), (Number::ZERO, step.neg())],
                false => vec![(step.clone(), step.neg())],
            };
            let mut row = QuotientRow { step: tenth(place), quotients: Vec::new() };
            let mut sizes = Vec::new();
            for (right, left) in sides {
                let (quotient, size) =
                    self.quotient(moving, (symbol, centre), (&right, &left), value)?;
                row.quotients.push(quotient);
                sizes.push(size);
            }
            table.rows.push(row);
            errors.push(sizes);
        }
        self.check_limits()?;
        let has_none =
            |row: &QuotientRow| row.quotients.iter().all(|q| q.value.is_none());
        if !one_sided && table.rows.iter().all(has_none) {
            // At an end of the domain there are values on one side.
            return self.quotients(formula, variable, point, true, rows);
        }
        table.comes_near = comes_near(&errors);
        Ok(table)
    }

    /// The function with all but one variable fixed.
    fn moving(&mut self, root: ExprId, symbol: ExprId, point: &Point) -> Result<ExprId> {
        let mut others: Vec<ExprId> =
            point.iter().map(|(name, _)| self.pool.symbol(name)).collect();
        others.retain(|other| *other != symbol);
        let values = self.at_point(&others, point)?;
        let others: Vec<_> = others.into_iter().zip(values).collect();
        Ok(self.pool.substitute(&[root], &others, function::apply)[0])
    }

    /// Whether a condition holds at the point under which there is no derivative.
    pub fn broken(&mut self, conditions: &[ExprId], point: &Point) -> bool {
        conditions.iter().any(|condition| {
            self.at_point(&[*condition], point).is_ok_and(|values| {
                self.pool.as_number(values[0]).is_some_and(|truth| !truth.is_zero())
            })
        })
    }

    /// The error at a corner, with the slopes on both sides.
    fn no_derivative(
        &mut self,
        moving: ExprId,
        (symbol, centre): (ExprId, ExprId),
        point: &Point,
    ) -> Error {
        let step = power_of_tenth(3);
        let side = |engine: &mut Self, right: &Number, left: &Number| {
            let found =
                engine.quotient(moving, (symbol, centre), (right, left), Pool::ZERO);
            found.ok().and_then(|(quotient, _)| quotient.value)
        };
        let right = side(self, &step, &Number::ZERO);
        let left = side(self, &Number::ZERO, &step.neg());
        let error = no_derivative(point);
        match (right, left) {
            (Some(right), Some(left)) => error.help(format!(
                "with the step 0.001 the quotient is {right} to the right and {left} to the left"
            )),
            _ => error,
        }
    }

    /// The quotient of the values at two distances from a point.
    fn quotient(
        &mut self,
        of: ExprId,
        (symbol, centre): (ExprId, ExprId),
        (right, left): (&Number, &Number),
        derivative: ExprId,
    ) -> Result<(Quotient, f64)> {
        let mut values = Vec::with_capacity(2);
        for step in [right, left] {
            let step = self.pool.number(step.clone());
            let at = self.pool.sum(&[centre, step]);
            values.push(self.pool.substitute(&[of], &[(symbol, at)], function::apply)[0]);
        }
        let difference = self.pool.difference(values[0], values[1]);
        let inverse = right.sub(left).recip().unwrap_or(Number::ONE);
        let quotient = self.pool.scale(&inverse, difference);
        let error = self.pool.difference(quotient, derivative);
        let blank = Quotient { value: None, error: None, rounded: false };
        let near = [values[0], values[1]].map(|id| self.float(id));
        if quotient == Pool::UNDEFINED || near.iter().any(|x| x.is_nan()) {
            return Ok((blank, f64::NAN));
        }
        let exact = self.with_digits(quotient, SHOWN[0]);
        // What many digits cannot tell from zero is no error.
        let written =
            match digits::magnitude(&self.pool, error, PRECISE, syntax::in_normal_form) {
                Ok(None) => Ok("0".to_owned()),
                _ => self.with_digits(error, SHOWN[1]),
            };
        match (exact, written) {
            (Ok(value), Ok(error)) => {
                let size = error.parse().unwrap_or(f64::NAN);
                let quotient =
                    Quotient { value: Some(value), error: Some(error), rounded: false };
                Ok((quotient, size))
            }
            _ => {
                let scale = inverse.to_f64();
                let value = (near[0] - near[1]) * scale;
                let error = value - self.float(derivative);
                let noise =
                    4.0 * f64::EPSILON * near[0].abs().max(near[1].abs()) * scale.abs();
                let rounded = error.abs() < 4.0 * noise;
                let quotient = Quotient {
                    value: Some(digits::short(value)),
                    error: Some(digits::rounded(error, SHOWN[1])),
                    rounded,
                };
                Ok((quotient, if rounded { 0.0 } else { error }))
            }
        }
    }
}

/// That there is no derivative at a point.
fn no_derivative(point: &Point) -> Error {
    let place: Vec<String> =
        point.iter().map(|(name, value)| format!("{name} = {value}")).collect();
    let what = format!("the derivative at {} does not exist", place.join(", "));
    ErrorKind::Unsupported(what).into()
}

/// Whether every column of errors falls from row to row, or by half in all; where the function
/// has values on one side only, the column of that side.
fn comes_near(errors: &[Vec<f64>]) -> bool {
    let columns = errors.first().map_or(0, Vec::len);
    let known = (0..columns).map(|column| {
        let known = errors.iter().map(|row| row[column].abs());
        known.filter(|error| !error.is_nan()).collect::<Vec<f64>>()
    });
    let mut known = known.filter(|errors| !errors.is_empty()).peekable();
    let falls = |errors: Vec<f64>| match (errors.first(), errors.last()) {
        (Some(first), Some(last)) => {
            *last <= first / 2.0
                || errors.windows(2).all(|pair| pair[1] < pair[0] || pair[1] == 0.0)
        }
        _ => false,
    };
    known.peek().is_some() && known.all(falls)
}

/// `10^-n`.
fn power_of_tenth(n: u32) -> Number {
    Number::from(10).pow(-i64::from(n), 1 << 12).unwrap_or(Number::ONE)
}

/// The same in decimals.
fn tenth(n: u32) -> String {
    match n {
        1..=5 => format!("0.{}1", "0".repeat(n as usize - 1)),
        n => format!("1e-{n}"),
    }
}
