//! Values that are chosen for derivatives at kinks.

use super::super::engine::{Engine, Form, Formula, Partial, Settings};
use super::alone::Missing;
use super::eval::Point;
use super::slope::AtPoint;
use crate::calculus::{self, Kink};
use crate::error::{Error, ErrorKind, Result};
use crate::evaluate::digits;
use crate::kernel::{ExprId, Node, Number};
use crate::print::{self, Notation};
use crate::syntax;

/// The digits of a mean of limits that are known by their digits.
const DIGITS: usize = 15;

impl Engine {
    /// Derivatives with values chosen at their kinks, as formulas.
    ///
    /// # Errors
    /// A derivative in several variables, and a kink at which the formula cannot take the value.
    pub fn choose_at_kinks(
        &mut self,
        formula: &Formula,
        partials: &mut [Partial],
        kink: Kink,
    ) -> Result<()> {
        for partial in partials {
            let Some(first) = partial.wrt.first() else { continue };
            if partial.wrt.iter().any(|name| name != first) {
                let what = "a value at kinks of a derivative in several variables";
                return Err(ErrorKind::Unsupported(what.to_owned()).into());
            }
            let symbol = self.pool.symbol(first);
            for (place, value) in partial.values.iter_mut().enumerate() {
                let of = formula.roots[place];
                let raw = self.raw_derivative(of, &partial.wrt)?;
                let own = self.divisors(raw);
                let is_new = |divisor: &ExprId| !own.contains(divisor);
                if self.divisors(*value).iter().any(is_new) {
                    *value = raw;
                }
                let found = calculus::at_kinks(&mut self.pool, of, *value, symbol, kink)?;
                *value = found.map_err(|open| self.open_kink(open, first))?;
            }
        }
        self.check_limits()
    }

    /// A derivative as the rules leave it: there each kink shows as a step.
    pub(in crate::session) fn raw_derivative(
        &mut self,
        of: ExprId,
        sequence: &[String],
    ) -> Result<ExprId> {
        let mut found = of;
        for name in sequence {
            found = self.derivative(found, name, Form::Raw, &mut ())?;
        }
        Ok(found)
    }

    /// What an expression divides by: a shorter form may divide by what is 0 at a kink.
    fn divisors(&self, of: ExprId) -> Vec<ExprId> {
        let below = self.pool.reachable(&[of]).into_iter();
        let divisors = below.filter_map(|id| match self.pool.node(id) {
            Node::Power(base, exponent) => {
                let is_below = self.pool.as_number(exponent)?.is_negative();
                is_below.then_some(base)
            }
            _ => None,
        });
        divisors.collect()
    }

    fn open_kink(&self, open: ExprId, variable: &str) -> Error {
        let text = print::write(&self.pool, open, Notation::Text).unwrap_or_default();
        let what = format!("a formula for the derivative at kinks of `{text}`");
        Error::from(ErrorKind::Unsupported(what))
            .help(format!("derivatives at single points are known: `--at {variable}=…`"))
    }

    /// The value that is chosen for a derivative that has two limits at a point; `None` where
    /// it has not, or no value.
    ///
    /// # Errors
    /// A limit.
    pub fn chosen_at(
        &mut self,
        (formula, component): (&Formula, usize),
        missing: &Missing,
        sequence: &[String],
        point: &Point,
        kink: Kink,
    ) -> Result<Option<AtPoint>> {
        let [Some(left), Some(right)] = missing.sides() else { return Ok(None) };
        Ok(Some(match (kink, fraction(left), fraction(right)) {
            (Kink::Zero, ..) => {
                let Some(last) = sequence.last() else { return Ok(None) };
                let symbol = self.pool.symbol(last);
                let raw = self.raw_derivative(formula.roots[component], sequence)?;
                let flat = calculus::flat(&mut self.pool, raw, symbol);
                match self.at_point(&[flat], point) {
                    Ok(values) => AtPoint::Exact(values[0]),
                    Err(error) if error.kind.is_limit() => return Err(error),
                    Err(_) => return Ok(None),
                }
            }
            (Kink::Left, Some(limit), _) | (Kink::Right, _, Some(limit)) => {
                AtPoint::Exact(self.pool.number(limit))
            }
            (Kink::Left, ..) => AtPoint::Decimal(left.to_owned()),
            (Kink::Right, ..) => AtPoint::Decimal(right.to_owned()),
            (Kink::Mean, Some(a), Some(b)) => {
                let mean = a.add(&b).mul(&Number::HALF);
                AtPoint::Exact(self.pool.number(mean))
            }
            (Kink::Mean, ..) => {
                let mean = (self.side(left)? + self.side(right)?) / 2.0;
                AtPoint::Decimal(digits::rounded(mean, DIGITS))
            }
        }))
    }

    /// A limit in double precision.
    fn side(&mut self, text: &str) -> Result<f64> {
        let value = self.read(text, &Settings::default())?;
        Ok(self.float(value.roots[0]))
    }
}

/// A limit that is a fraction.
fn fraction(text: &str) -> Option<Number> {
    let (sign, size) = match text.strip_prefix('-') {
        Some(size) => (Number::MINUS_ONE, size),
        None => (Number::ONE, text),
    };
    if size.contains(['.', 'e']) {
        return None;
    }
    let (above, below) = size.split_once('/').unwrap_or((size, "1"));
    let [above, below] = [above, below].map(|part| syntax::number(part).ok());
    Some(sign.mul(&above?).mul(&below?.recip()?))
}
