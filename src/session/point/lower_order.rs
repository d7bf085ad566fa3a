//! Derivatives at points that neither their formula nor power series tell: as the first
//! derivative of the one of an order less, and those that grow without end near the point.

use super::super::engine::{Engine, Formula};
use super::super::formula::Settings;
use super::alone::Missing;
use super::eval::Point;
use super::slope::AtPoint;
use crate::error::Result;
use crate::function;
use crate::kernel::{ExprId, Node, Pool};
use crate::print::{self, Notation};

/// What is less than this in doubles may be 0, where nothing else tells.
const NEARLY: f64 = 1e-7;

impl Engine {
    /// A derivative in one variable as the first derivative of the one of an order less, which
    /// must exist at the point and be what its formula says there: `x^pi` at 0. `None` where
    /// that is not known.
    ///
    /// # Errors
    /// A limit.
    pub(in crate::session) fn by_lower_order(
        &mut self,
        formula: &Formula,
        component: usize,
        sequence: &[String],
        point: &Point,
    ) -> Result<Option<AtPoint>> {
        let [outer, inner @ ..] = sequence else { return Ok(None) };
        if inner.is_empty() || inner.iter().any(|name| name != outer) {
            return Ok(None);
        }
        let root = formula.roots[component];
        let raw = self.raw_derivative(root, inner)?;
        let slope = self.simplify(raw)?;
        let told = self.entry_at(formula, component, inner, slope, point);
        let Some(known) = self.unless_limit(told)? else { return Ok(None) };
        let known = match known {
            AtPoint::Exact(known) => known,
            // Without the derivative of one order less there are no quotients of it.
            AtPoint::Missing(_) => {
                return Ok(Some(AtPoint::Missing(Missing::NEITHER)));
            }
            AtPoint::Decimal(_) => return Ok(None),
        };
        let own = self.at_point(&[slope], point);
        let Some(own) = self.unless_limit(own)? else { return Ok(None) };
        if self.is_same(own[0], known)? != Some(true) {
            return Ok(None);
        }
        let text = print::write(&self.pool, slope, Notation::Text)?;
        let declared = self.variables(&[slope]);
        let own: Point =
            point.iter().filter(|(name, _)| declared.contains(name)).cloned().collect();
        let settings = Settings { declared, ..Settings::default() };
        let body = self.read(&text, &settings);
        let Some(body) = self.unless_limit(body)? else { return Ok(None) };
        let alone = std::slice::from_ref(outer);
        let told = self.derivative_at(&body, 0, alone, &own, None);
        Ok(self.unless_limit(told)?.flatten())
    }

    /// Whether a first derivative grows without end near a point: there its formula is a sum
    /// with one term that is a quotient by 0, and the function has no derivative.
    ///
    /// # Errors
    /// A limit.
    pub(in crate::session) fn runs_away(
        &mut self,
        root: ExprId,
        variable: &String,
        point: &Point,
    ) -> Result<bool> {
        let alone = std::slice::from_ref(variable);
        let raw = self.raw_derivative(root, alone)?;
        for form in [raw, self.simplify(raw)?] {
            let breaks = self.breaks_of(&[form], alone)?;
            if !self.broken(&breaks, point) && self.has_pole(form, point)? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Whether one term of a sum is a quotient by 0 at a point of what is not 0, and the other
    /// terms have values.
    fn has_pole(&mut self, sum: ExprId, point: &Point) -> Result<bool> {
        let terms = match self.pool.node(sum) {
            Node::Sum(list) => self.pool.list(list).to_vec(),
            _ => vec![sum],
        };
        let mut poles = 0;
        for term in terms {
            let value = self.at_point(&[term], point);
            if self.unless_limit(value)?.is_some() {
                continue;
            }
            let factors = match self.pool.node(term) {
                Node::Product(list) => self.pool.list(list).to_vec(),
                _ => vec![term],
            };
            let mut divides = false;
            for factor in factors {
                let below = match self.pool.node(factor) {
                    Node::Power(base, exponent) => self
                        .pool
                        .as_number(exponent)
                        .is_some_and(|n| n.is_negative())
                        .then_some(base),
                    _ => None,
                };
                let value = self.at_point(&[below.unwrap_or(factor)], point);
                let Some(value) = self.unless_limit(value)? else { return Ok(false) };
                match (self.is_same(value[0], Pool::ZERO)?, below) {
                    (Some(false), _) => {}
                    (Some(true), Some(_)) => divides = true,
                    _ => return Ok(false),
                }
            }
            if !divides {
                return Ok(false);
            }
            poles += 1;
        }
        Ok(poles == 1)
    }

    /// Whether the formula of a derivative needs a quotient by 0, or a function without a value,
    /// at a point, though 0 stands before it.
    ///
    /// # Errors
    /// A limit.
    pub(in crate::session) fn hides_pole(
        &mut self,
        root: ExprId,
        sequence: &[String],
        point: &Point,
    ) -> Result<bool> {
        let raw = self.raw_derivative(root, sequence)?;
        let is_needed = |id: ExprId| match self.pool.node(id) {
            Node::Apply(function, _) => !function::is_conditional(function),
            _ => true,
        };
        for part in self.pool.reachable_where(&[raw], is_needed) {
            let below = match self.pool.node(part) {
                Node::Power(base, exponent) => {
                    let n = self.pool.as_number(exponent);
                    n.is_some_and(|n| n.is_negative()).then_some(base)
                }
                Node::Apply(function, _) if !function::is_conditional(function) => None,
                _ => continue,
            };
            let value = self.at_point(&[below.unwrap_or(part)], point);
            let Some(value) = self.unless_limit(value)? else { return Ok(true) };
            if below.is_none() {
                continue;
            }
            let is_pole = self.is_same(value[0], Pool::ZERO)?;
            if is_pole.unwrap_or_else(|| self.float(value[0]).abs() < NEARLY) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// What was found; a limit stays an error, and all else is nothing.
    fn unless_limit<T>(&self, found: Result<T>) -> Result<Option<T>> {
        match found {
            Ok(found) => Ok(Some(found)),
            Err(error) if error.kind.is_limit() => Err(error),
            Err(_) => Ok(None),
        }
    }
}
