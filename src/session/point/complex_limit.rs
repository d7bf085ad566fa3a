//! Derivatives over the complex numbers where their formula has no value and the function has
//! one: `cos(sqrt(z))` at 0.
//!
//! A power series on one side of the point on the line says what it must be, and quotients in all
//! directions whether it is.

use super::super::engine::Engine;
use super::cut::Told;
use super::eval::Point;
use crate::calculus::Beside;
use crate::error::Result;
use crate::function;
use crate::kernel::{ExprId, Number, Pool};
use crate::series;

impl Engine {
    /// A first derivative at a point that gives all variables values; `None` where it is not
    /// found.
    ///
    /// # Errors
    /// A limit.
    pub(in crate::session) fn complex_limit(
        &mut self,
        root: ExprId,
        sequence: &[String],
        point: &Point,
    ) -> Result<Option<ExprId>> {
        let [variable] = sequence else { return Ok(None) };
        let mut at = Vec::new();
        for name in self.variables(&[root]) {
            let own = point.iter().find(|(own, _)| *own == name);
            let Some(own) = own else { return Ok(None) };
            let symbol = self.pool.symbol(&name);
            at.push((symbol, self.at_point(&[symbol], &vec![own.clone()])?[0]));
        }
        let symbol = self.pool.symbol(variable);
        let (own, fixed): (Vec<_>, Vec<_>) = at.iter().partition(|(id, _)| *id == symbol);
        let [(_, place)] = own[..] else { return Ok(None) };
        let here = self.at_point(&[root], point)?[0];
        let moving = self.pool.substitute(&[root], &fixed, function::apply)[0];
        for is_left in [false, true] {
            let (pool, simplifier) = self.pool_and_simplifier();
            let variable = (symbol, place);
            let side =
                series::expand_beside(pool, simplifier, moving, variable, is_left, 1);
            self.check_limits()?;
            let Beside::Sum(terms, _) = side else { continue };
            let first = terms.iter().find(|(exponent, _)| exponent.is_one());
            let rise = first.map_or(Pool::ZERO, |(_, id)| *id);
            let is_rough = |(exponent, _): &(Number, ExprId)| {
                !exponent.is_integer() && *exponent < Number::ONE
            };
            if terms.iter().any(is_rough) {
                return Ok(None);
            }
            let rise = if is_left { self.pool.negate(rise) } else { rise };
            let Some(rise) = self.complex_constant(rise)? else { continue };
            let slope = self.raw_derivative(root, sequence)?;
            let told =
                self.told_by_quotients([root, slope], [here, rise], symbol, &at)?;
            return Ok((told == Told::Exists).then_some(rise));
        }
        Ok(None)
    }
}
