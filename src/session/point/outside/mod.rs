//! Points at which a part of what was typed has no value though its canonical form has one, or
//! has variables left: `z/z` at 0 over the complex numbers, `w*ln(x)` at `x = -1`.
//!
//! Each part is taken exactly; of parts in which a variable is left, nothing is said.

mod complex;
mod real;

use super::super::engine::{Engine, Formula};
use super::eval::Point;
use crate::error::Result;
use crate::function::{self, Builder};
use crate::kernel::{
    AbstractFunction, Constant, ExprId, FunctionId, Number, Pool, Relation,
};
use crate::syntax;
use complex::Complex;
use real::Real;
use rustc_hash::FxHashMap;

/// What the numbers decide of which parts are made.
trait Values {
    /// A variable that has no coordinate.
    fn open(&self, pool: &mut Pool, name: &str) -> ExprId;

    /// A function applied to arguments.
    fn apply(
        &self,
        pool: &mut Pool,
        function: FunctionId,
        arguments: &[ExprId],
    ) -> ExprId;

    /// Whether a condition holds, as far as that is known.
    fn holds(&self, engine: &mut Engine, condition: ExprId) -> Option<bool>;

    /// Whether a part is 0 for certain, whatever is left open.
    fn is_nothing(&self, engine: &mut Engine, id: ExprId) -> bool;

    /// Whether what a function makes of its arguments has no value for certain.
    fn lacks_value(&mut self, engine: &mut Engine, id: ExprId) -> bool;

    /// Whether a power has no value for certain.
    fn lacks_power(
        &mut self,
        engine: &mut Engine,
        operands: [ExprId; 2],
        id: ExprId,
    ) -> bool;
}

/// A part of a formula at a point.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Part {
    id: ExprId,
    /// Whether it needs something that has no value for sure.
    has_none: bool,
}

/// The parts of a formula over some kind of numbers.
struct Parts<'e, V> {
    engine: &'e mut Engine,
    values: V,
    /// The coordinates.
    at: FxHashMap<String, ExprId>,
}

impl Engine {
    /// Refuses a point that leaves variables open, at which a formula as it was typed has no
    /// real value for any of their values.
    ///
    /// # Errors
    /// Such a point; a limit.
    pub(in crate::session) fn refuse_partly_outside(
        &mut self,
        formula: &Formula,
        point: &Point,
    ) -> Result<()> {
        match self.needs_what_has_none(formula, point, Real::default())? {
            true => Err(self.no_value(formula, point)),
            false => Ok(()),
        }
    }

    /// Whether a formula as it was typed needs something at a point that has no value over the
    /// complex numbers.
    ///
    /// # Errors
    /// A limit.
    pub(in crate::session) fn has_complex_hole(
        &mut self,
        formula: &Formula,
        point: &Point,
    ) -> Result<bool> {
        self.needs_what_has_none(formula, point, Complex)
    }

    fn needs_what_has_none<V: Values>(
        &mut self,
        formula: &Formula,
        point: &Point,
        values: V,
    ) -> Result<bool> {
        let mut at = FxHashMap::default();
        for coordinate in point {
            let symbol = self.pool.symbol(&coordinate.0);
            let own = vec![coordinate.clone()];
            let Ok(value) = self.at_point(&[symbol], &own) else { return Ok(false) };
            at.insert(coordinate.0.clone(), value[0]);
        }
        let declared: Vec<&str> = formula.declared().iter().map(String::as_str).collect();
        let mut parts = Parts { engine: self, values, at };
        let found = syntax::lower(formula.program(), &declared, &mut parts);
        self.check_limits()?;
        Ok(found.is_ok_and(|found| found.roots.iter().any(|part| part.has_none)))
    }
}

impl<V: Values> Parts<'_, V> {
    /// A part that is made of operands: it has no value where one of them has none, or where
    /// it shows that it has none itself.
    fn made(operands: &[Part], id: ExprId) -> Part {
        let is_own = id == Pool::UNDEFINED
            && operands.iter().all(|part| part.id != Pool::UNDEFINED);
        Part { id, has_none: is_own || operands.iter().any(|part| part.has_none) }
    }

    /// The parts that a case distinction needs, as far as it is known which they are.
    fn needed(&mut self, arguments: &[Part]) -> Vec<Part> {
        let mut needed = Vec::new();
        let mut rest = arguments;
        while let [condition, value, tail @ ..] = rest {
            needed.push(*condition);
            match self.values.holds(self.engine, condition.id) {
                None => return needed,
                Some(true) => {
                    needed.push(*value);
                    return needed;
                }
                Some(false) => rest = tail,
            }
        }
        needed.extend(rest.first());
        needed
    }
}

impl<V: Values> Builder for Parts<'_, V> {
    type Id = Part;

    fn number(&mut self, value: &Number) -> Part {
        Self::made(&[], Builder::number(&mut self.engine.pool, value))
    }

    fn constant(&mut self, constant: Constant) -> Part {
        Self::made(&[], Builder::constant(&mut self.engine.pool, constant))
    }

    fn symbol(&mut self, name: &str) -> Part {
        let id = match self.at.get(name) {
            Some(id) => *id,
            None => self.values.open(&mut self.engine.pool, name),
        };
        Part { id, has_none: false }
    }

    fn sum(&mut self, terms: &[(bool, Part)]) -> Part {
        let operands: Vec<Part> = terms.iter().map(|(_, part)| *part).collect();
        let ids: Vec<_> = terms.iter().map(|(sign, part)| (*sign, part.id)).collect();
        Self::made(&operands, Builder::sum(&mut self.engine.pool, &ids))
    }

    fn product(&mut self, factors: &[(bool, Part)]) -> Part {
        let operands: Vec<Part> = factors.iter().map(|(_, part)| *part).collect();
        let ids: Vec<_> = factors.iter().map(|(way, part)| (*way, part.id)).collect();
        let id = Builder::product(&mut self.engine.pool, &ids);
        let mut made = Self::made(&operands, id);
        for (_, part) in factors.iter().filter(|(divides, _)| *divides) {
            made.has_none = made.has_none || self.values.is_nothing(self.engine, part.id);
        }
        made
    }

    fn negate(&mut self, operand: Part) -> Part {
        Self::made(&[operand], self.engine.pool.negate(operand.id))
    }

    fn power(&mut self, base: Part, exponent: Part) -> Part {
        let operands = [base.id, exponent.id];
        let id = self.engine.pool.power(base.id, exponent.id);
        let mut made = Self::made(&[base, exponent], id);
        made.has_none =
            made.has_none || self.values.lacks_power(self.engine, operands, id);
        made
    }

    fn apply(&mut self, function: FunctionId, arguments: &[Part]) -> Part {
        let ids: Vec<ExprId> = arguments.iter().map(|part| part.id).collect();
        let id = self.values.apply(&mut self.engine.pool, function, &ids);
        if function::is_conditional(function) {
            let has_none = self.needed(arguments).iter().any(|part| part.has_none);
            return Part { id, has_none };
        }
        let mut made = Self::made(arguments, id);
        let is_plain = function.is_builtin() && Relation::of(function).is_none();
        made.has_none =
            made.has_none || is_plain && self.values.lacks_value(self.engine, id);
        made
    }

    fn apply_abstract(&mut self, function: AbstractFunction, arguments: &[Part]) -> Part {
        let ids: Vec<ExprId> = arguments.iter().map(|part| part.id).collect();
        let id = Builder::apply_abstract(&mut self.engine.pool, function, &ids);
        Self::made(arguments, id)
    }
}
