//! Real values of parts of a formula.

use super::super::super::decided;
use super::super::super::engine::Engine;
use super::Values;
use crate::kernel::{ExprId, FunctionId, Pool};
use rustc_hash::FxHashMap;

/// The real numbers.
#[derive(Default)]
pub(super) struct Real {
    /// Whether constants are known to have no value.
    known: FxHashMap<ExprId, bool>,
}

impl Values for Real {
    fn open(&self, pool: &mut Pool, name: &str) -> ExprId {
        pool.symbol(name)
    }

    fn apply(
        &self,
        pool: &mut Pool,
        function: FunctionId,
        arguments: &[ExprId],
    ) -> ExprId {
        decided::apply(pool, function, arguments)
    }

    fn holds(&self, engine: &mut Engine, condition: ExprId) -> Option<bool> {
        Some(!engine.pool.as_number(condition)?.is_zero())
    }

    fn is_nothing(&self, engine: &mut Engine, id: ExprId) -> bool {
        id == Pool::ZERO
            || engine.pool.is_constant(id)
                && engine.pool.as_number(id).is_none()
                && engine.is_same(id, Pool::ZERO).is_ok_and(|same| same == Some(true))
    }

    fn lacks_value(&mut self, engine: &mut Engine, id: ExprId) -> bool {
        if !engine.pool.is_constant(id) || engine.pool.as_number(id).is_some() {
            return false;
        }
        if let Some(known) = self.known.get(&id) {
            return *known;
        }
        let lacks = engine.constant_value(id).is_ok_and(|value| value.is_none());
        self.known.insert(id, lacks);
        lacks
    }

    fn lacks_power(&mut self, engine: &mut Engine, _: [ExprId; 2], id: ExprId) -> bool {
        self.lacks_value(engine, id)
    }
}
