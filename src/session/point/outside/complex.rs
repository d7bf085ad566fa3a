//! Complex values of parts of a formula.

use super::super::super::engine::Engine;
use super::Values;
use crate::check::is_zero;
use crate::function;
use crate::kernel::{ExprId, FunctionId, Pool};

/// What is not less than this in doubles is not 0.
const NOTHING: f64 = 1e-6;
/// A function is not looked at more closely where it is not greater than this in doubles.
const LARGE: f64 = 1e6;

/// The complex numbers.
pub(super) struct Complex;

impl Values for Complex {
    fn open(&self, pool: &mut Pool, name: &str) -> ExprId {
        match name {
            "i" => pool.imaginary_unit(),
            _ => pool.symbol(name),
        }
    }

    fn apply(
        &self,
        pool: &mut Pool,
        function: FunctionId,
        arguments: &[ExprId],
    ) -> ExprId {
        function::apply(pool, function, arguments)
    }

    fn holds(&self, engine: &mut Engine, condition: ExprId) -> Option<bool> {
        let truth = engine.simplify(condition).ok()?;
        Some(!engine.pool.as_number(truth)?.is_zero())
    }

    fn is_nothing(&self, engine: &mut Engine, id: ExprId) -> bool {
        if !engine.pool.is_constant(id) {
            return false;
        }
        let near = engine.complex_value(id);
        if near.is_known() && near.value.norm() > NOTHING {
            return false;
        }
        match engine.complex_constant(id) {
            Ok(Some(value)) => {
                let is_small = |id| engine.complex_decimal(id, 6).is_ok_and(|x| x == "0");
                value == Pool::ZERO || is_small(value) && is_zero(&mut engine.pool, value)
            }
            _ => false,
        }
    }

    fn lacks_value(&mut self, engine: &mut Engine, id: ExprId) -> bool {
        if id == Pool::UNDEFINED {
            return true;
        }
        if !engine.pool.is_constant(id) {
            return false;
        }
        let near = engine.complex_value(id);
        if near.is_known() && near.value.norm() < LARGE {
            return false;
        }
        engine.complex_constant(id).is_ok_and(|value| value.is_none())
    }

    fn lacks_power(
        &mut self,
        engine: &mut Engine,
        [base, exponent]: [ExprId; 2],
        _: ExprId,
    ) -> bool {
        engine.float(exponent) < 0.0 && self.is_nothing(engine, base)
    }
}
