//! Functions at the ends of their domains and at their poles, by others that go on there.

use super::expander::Expander;
use crate::function;
use crate::kernel::{ExprId, FunctionId, Number, Pool};

/// From so many poles on a gamma function is not taken to the right of 0.
const MAX_POLES: i64 = 64;

impl Expander<'_> {
    /// The inverse sine at 1 and -1 by the root of the distance, in which it goes on:
    /// `arcsin(1 - u)` is `pi/2 - 2*arcsin(sqrt(u/2))`.
    pub(super) fn at_its_end(
        &mut self,
        function: FunctionId,
        argument: ExprId,
        at: ExprId,
    ) -> Option<ExprId> {
        let is_end = at == Pool::ONE || at == Pool::MINUS_ONE;
        if !is_end || !is_named(function, "arcsin") {
            return None;
        }
        let along = self.pool.product(&[at, argument]);
        let distance = self.pool.difference(Pool::ONE, along);
        let half = self.pool.scale(&Number::HALF, distance);
        let root = self.pool.sqrt(half);
        let inner = function::apply(self.pool, function, &[root]);
        let turned = self.pool.scale(&Number::from(-2), inner);
        let quarter = self.pool.scale(&Number::HALF, Pool::PI);
        let sum = self.pool.sum(&[quarter, turned]);
        Some(self.pool.product(&[at, sum]))
    }

    /// The inverse tangent of what has a pole by that of its reciprocal: `arctan(u)` is
    /// `pi/2*sign(1/u) - arctan(1/u)`.
    pub(super) fn taken_from_far(
        &mut self,
        function: FunctionId,
        argument: ExprId,
    ) -> Option<ExprId> {
        if !is_named(function, "arctan") {
            return None;
        }
        let turned = self.pool.power(argument, Pool::MINUS_ONE);
        let side = function::apply(self.pool, FunctionId::SIGN, &[turned]);
        let quarter = self.pool.scale(&Number::HALF, Pool::PI);
        let limit = self.pool.product(&[quarter, side]);
        let inner = function::apply(self.pool, function, &[turned]);
        Some(self.pool.difference(limit, inner))
    }

    /// The gamma function at one of its poles as a quotient: `gamma(u)` is `gamma(u + 1)/u`.
    pub(super) fn without_pole(
        &mut self,
        function: FunctionId,
        argument: ExprId,
        at: ExprId,
    ) -> Option<ExprId> {
        let whole = self.pool.as_number(at)?.to_i64()?;
        if !(-MAX_POLES..=0).contains(&whole) || !is_named(function, "gamma") {
            return None;
        }
        let mut factors = Vec::new();
        for step in 0..=-whole {
            let step = self.pool.integer(step);
            let factor = self.pool.sum(&[argument, step]);
            factors.push(self.pool.power(factor, Pool::MINUS_ONE));
        }
        let right = self.pool.integer(1 - whole);
        let moved = self.pool.sum(&[argument, right]);
        factors.push(function::apply(self.pool, function, &[moved]));
        Some(self.pool.product(&factors))
    }
}

fn is_named(function: FunctionId, name: &str) -> bool {
    function::spec(function).name == name
}
