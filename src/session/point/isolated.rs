//! Derivatives of functions that have a value of their own at a single point.
//!
//! The branch of `piecewise(x = 0, 0, x)` says nothing of the slope at 0: the derivative there is
//! that of the whole function.

use super::super::engine::{Engine, Formula};
use super::slope::AtPoint;
use crate::calculus;
use crate::error::{ErrorKind, Result};
use crate::function;
use crate::kernel::{ExprId, Relation};
use crate::print::{self, Notation};

/// How many operations are calculated to find the values at which a formula has none.
const OPERATIONS: usize = 4_000_000;

impl Engine {
    /// A first derivative of a component in its only variable, with what is right where a
    /// branch holds at a single point and the formula beside it has no value there: the limit
    /// of quotients.
    ///
    /// # Errors
    /// A limit.
    pub(in crate::session) fn at_single_point(
        &mut self,
        formula: &Formula,
        component: usize,
        wrt: &str,
        derivative: ExprId,
    ) -> Result<ExprId> {
        let root = formula.roots[component];
        if self.pool.is_complex() || self.variables(&[root]) != [wrt] {
            return Ok(derivative);
        }
        let symbol = self.pool.symbol(wrt);
        let Some(piecewise) = function::lookup("piecewise", 3) else {
            return Ok(derivative);
        };
        let mut branches = Vec::new();
        // Where it is not looked, a note says that there may be no derivative.
        let most = OPERATIONS / self.pool.reachable(&[derivative]).len().max(1);
        for at in calculus::single_values(&mut self.pool, root, symbol, most) {
            let text = print::write(&self.pool, at, Notation::Text)?;
            let point = vec![(wrt.to_owned(), text)];
            match self.at_point(&[derivative], &point) {
                Ok(_) => continue,
                Err(error) if matches!(error.kind, ErrorKind::TooMuchWork { .. }) => {
                    return Err(error);
                }
                Err(_) => {}
            }
            let sequence = [wrt.to_owned()];
            let found = self.derivative_at(formula, component, &sequence, &point, None);
            if let Ok(Some(AtPoint::Exact(slope))) = found {
                let equal = Relation::Equal.function();
                branches.push(function::apply(&mut self.pool, equal, &[symbol, at]));
                branches.push(slope);
            }
        }
        if branches.is_empty() {
            return Ok(derivative);
        }
        branches.push(derivative);
        Ok(function::apply(&mut self.pool, piecewise, &branches))
    }
}
