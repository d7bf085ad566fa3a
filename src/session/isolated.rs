//! Derivatives of functions that have a value of their own at a single point.
//!
//! The branch of `piecewise(x = 0, 0, x)` says nothing of the slope at 0: the derivative there is
//! that of the whole function.

use super::engine::{Engine, Formula};
use super::slope::AtPoint;
use crate::error::Result;
use crate::function;
use crate::kernel::{ExprId, FunctionId, Node, Relation};
use crate::print::{self, Notation};

impl Engine {
    /// A first derivative of a component in a variable with what is right at a single point of
    /// the first branch: that of the other branches where it is, the limit of quotients where
    /// these have no value, nothing where there is no derivative.
    ///
    /// # Errors
    /// A limit.
    pub(super) fn at_single_point(
        &mut self,
        formula: &Formula,
        component: usize,
        wrt: &str,
        derivative: ExprId,
    ) -> Result<ExprId> {
        let root = formula.roots[component];
        let known = self.branches(root).zip(self.branches(derivative));
        let Some(((_, own), (piecewise, found))) = known else { return Ok(derivative) };
        let (Some(at), true) = (self.single_point(own[0], wrt), own[0] == found[0])
        else {
            return Ok(derivative);
        };
        if self.variables(&[root]) != [wrt] {
            return Ok(derivative);
        }
        let rest = match &found[2..] {
            [one] => *one,
            more => function::apply(&mut self.pool, piecewise, more),
        };
        let text = print::write(&self.pool, at, Notation::Text)?;
        let point = vec![(wrt.to_owned(), text)];
        let value = self.at_point(&[rest], &point).ok().map(|values| values[0]);
        let sequence = [wrt.to_owned()];
        Ok(match self.derivative_at(formula, component, &sequence, &point, value) {
            Ok(Some(AtPoint::Exact(slope))) => {
                let branches = [&[found[0], slope], &found[2..]].concat();
                function::apply(&mut self.pool, piecewise, &branches)
            }
            Ok(None) if value.is_none() => derivative,
            _ => rest,
        })
    }

    /// The arguments of a `piecewise`.
    fn branches(&self, id: ExprId) -> Option<(FunctionId, Vec<ExprId>)> {
        let Node::Apply(function, list) = self.pool.node(id) else { return None };
        let is_piecewise =
            function.is_builtin() && function::spec(function).name == "piecewise";
        let list = self.pool.list(list).to_vec();
        (is_piecewise && list.len() > 2).then_some((function, list))
    }

    /// The value of a variable at which a condition holds alone.
    fn single_point(&mut self, condition: ExprId, wrt: &str) -> Option<ExprId> {
        let Node::Apply(function, list) = self.pool.node(condition) else { return None };
        let [a, b] = *self.pool.list(list) else { return None };
        let symbol = self.pool.symbol(wrt);
        let at = match Relation::of(function)? {
            Relation::Equal if a == symbol => b,
            Relation::Equal if b == symbol => a,
            _ => return None,
        };
        self.pool.is_constant(at).then_some(at)
    }
}
