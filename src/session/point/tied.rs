//! Points of which it is not known on which side of a jump they are: the digits of `x` agree with
//! those of the place, and nothing proves that they are equal.

use super::super::engine::Engine;
use super::breaks::sides;
use super::eval::Point;
use crate::error::Result;
use crate::evaluate::digits;
use crate::function;
use crate::kernel::{ExprId, Node, Relation};
use crate::syntax;

/// What doubles tell apart where a function has no more digits.
const APART: f64 = 1e-9;

impl Engine {
    /// Whether something in an expression jumps at a point, or does not, and neither is known.
    ///
    /// # Errors
    /// A condition of the function table that cannot be read.
    pub(super) fn is_tied(&mut self, root: ExprId, point: &Point) -> Result<bool> {
        let jumps = |id: &ExprId| match self.pool.node(*id) {
            Node::Apply(function, _) if function.is_builtin() => {
                let row = function::spec(function);
                Relation::of(function).is_some() || row.has_steps() || row.is_stair()
            }
            _ => false,
        };
        let mut parts = self.pool.reachable(&[root]);
        parts.retain(jumps);
        if parts.is_empty() {
            return Ok(false);
        }
        let names: Vec<String> = point.iter().map(|(name, _)| name.clone()).collect();
        for condition in self.breaks_of(&parts, &names)? {
            let Ok(truth) = self.at_point(&[condition], point) else { continue };
            if self.pool.as_number(truth[0]).is_some() {
                continue;
            }
            let Some((left, right)) = sides(&self.pool, condition) else { continue };
            let Ok(ends) = self.at_point(&[left, right], point) else { continue };
            let gap = self.pool.difference(ends[0], ends[1]);
            if self.pool.is_constant(gap) && !self.is_apart_from_zero(gap) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Whether a condition on constants is not decided in a value.
    pub(super) fn has_open_condition(&self, value: ExprId) -> bool {
        self.pool.reachable(&[value]).into_iter().any(|id| match self.pool.node(id) {
            Node::Apply(function, _) => {
                Relation::of(function).is_some() && self.pool.is_constant(id)
            }
            _ => false,
        })
    }

    /// Whether digits tell a constant from 0.
    fn is_apart_from_zero(&self, gap: ExprId) -> bool {
        match digits::vanishes(&self.pool, gap, syntax::in_normal_form) {
            Ok(found) => found == Some(false),
            Err(_) => {
                // Next below a whole number, what is beyond the last one is next to 1.
                let gap = self.float(gap).abs();
                gap > APART && (1.0 - gap).abs() > APART
            }
        }
    }
}
