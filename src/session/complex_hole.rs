//! Points at which a part of what was typed has no value over the complex numbers though its
//! canonical form has one: `z/z` at 0, `0*ln(z)` at 0.

use super::engine::{Engine, Formula};
use super::eval::Point;
use crate::check::is_zero;
use crate::error::Result;
use crate::function::{self, Builder};
use crate::kernel::{
    AbstractFunction, Constant, ExprId, FunctionId, Number, Pool, Relation,
};
use crate::syntax;

/// What is not less than this in doubles is not 0.
const NOTHING: f64 = 1e-6;
/// A function is not looked at more closely where it is not greater than this in doubles.
const LARGE: f64 = 1e6;

/// A part of a formula at a point.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Part {
    id: ExprId,
    /// Whether it needs something that has no value for sure.
    has_none: bool,
}

struct Parts<'e> {
    engine: &'e mut Engine,
    /// The coordinates.
    at: Vec<(String, ExprId)>,
}

impl Engine {
    /// Whether a formula as it was typed needs something at a point that has no value over the
    /// complex numbers.
    ///
    /// # Errors
    /// A limit.
    pub(super) fn has_complex_hole(
        &mut self,
        formula: &Formula,
        point: &Point,
    ) -> Result<bool> {
        let mut at = Vec::with_capacity(point.len());
        for coordinate in point {
            let symbol = self.pool.symbol(&coordinate.0);
            let own = vec![coordinate.clone()];
            let Ok(exact) = self.at_point(&[symbol], &own) else { return Ok(false) };
            at.push((coordinate.0.clone(), exact[0]));
        }
        let declared: Vec<&str> = formula.declared().iter().map(String::as_str).collect();
        let mut parts = Parts { engine: self, at };
        let found = syntax::lower(formula.program(), &declared, &mut parts);
        self.check_limits()?;
        Ok(found.is_ok_and(|found| found.roots.iter().any(|part| part.has_none)))
    }
}

impl Parts<'_> {
    fn part(operands: &[Part], id: ExprId) -> Part {
        Part { id, has_none: operands.iter().any(|part| part.has_none) }
    }

    /// Whether a part is 0 for certain.
    fn is_nothing(&mut self, part: Part) -> bool {
        let engine = &mut *self.engine;
        if !engine.pool.is_constant(part.id) {
            return false;
        }
        let near = engine.complex_value(part.id);
        if near.is_known() && near.value.norm() > NOTHING {
            return false;
        }
        match engine.complex_constant(part.id) {
            Ok(Some(value)) => {
                let is_small = |id| engine.complex_decimal(id, 6).is_ok_and(|x| x == "0");
                value == Pool::ZERO || is_small(value) && is_zero(&mut engine.pool, value)
            }
            _ => false,
        }
    }

    /// The parts that a case distinction needs; `None` where it is not known which they are.
    fn needed(&mut self, arguments: &[Part]) -> Option<Vec<Part>> {
        let mut needed = Vec::new();
        let mut rest = arguments;
        while let [condition, value, tail @ ..] = rest {
            needed.push(*condition);
            let engine = &mut *self.engine;
            let truth = engine.simplify(condition.id).ok()?;
            if !engine.pool.as_number(truth)?.is_zero() {
                needed.push(*value);
                return Some(needed);
            }
            rest = tail;
        }
        needed.extend(rest.first());
        Some(needed)
    }

    /// Whether a function has no value for certain.
    fn lacks_value(&mut self, id: ExprId) -> bool {
        let engine = &mut *self.engine;
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
}

impl Builder for Parts<'_> {
    type Id = Part;

    fn number(&mut self, value: &Number) -> Part {
        Self::part(&[], Builder::number(&mut self.engine.pool, value))
    }

    fn constant(&mut self, constant: Constant) -> Part {
        Self::part(&[], Builder::constant(&mut self.engine.pool, constant))
    }

    fn symbol(&mut self, name: &str) -> Part {
        let given = self.at.iter().rev().find(|(known, _)| known == name);
        let pool = &mut self.engine.pool;
        let id = match given {
            Some((_, id)) => *id,
            None if name == "i" => pool.imaginary_unit(),
            None => pool.symbol(name),
        };
        Self::part(&[], id)
    }

    fn sum(&mut self, terms: &[(bool, Part)]) -> Part {
        let operands: Vec<Part> = terms.iter().map(|(_, part)| *part).collect();
        let ids: Vec<_> = terms.iter().map(|(sign, part)| (*sign, part.id)).collect();
        Self::part(&operands, Builder::sum(&mut self.engine.pool, &ids))
    }

    fn product(&mut self, factors: &[(bool, Part)]) -> Part {
        let operands: Vec<Part> = factors.iter().map(|(_, part)| *part).collect();
        let ids: Vec<_> = factors.iter().map(|(way, part)| (*way, part.id)).collect();
        let id = Builder::product(&mut self.engine.pool, &ids);
        let mut made = Self::part(&operands, id);
        for (_, part) in factors.iter().filter(|(divides, _)| *divides) {
            made.has_none = made.has_none || self.is_nothing(*part);
        }
        made
    }

    fn negate(&mut self, operand: Part) -> Part {
        Self::part(&[operand], self.engine.pool.negate(operand.id))
    }

    fn power(&mut self, base: Part, exponent: Part) -> Part {
        let id = self.engine.pool.power(base.id, exponent.id);
        let mut made = Self::part(&[base, exponent], id);
        let is_below = self.engine.float(exponent.id) < 0.0;
        made.has_none = made.has_none || is_below && self.is_nothing(base);
        made
    }

    fn apply(&mut self, function: FunctionId, arguments: &[Part]) -> Part {
        let ids: Vec<ExprId> = arguments.iter().map(|part| part.id).collect();
        let id = function::apply(&mut self.engine.pool, function, &ids);
        if function::is_conditional(function) {
            let needed = self.needed(arguments);
            return Self::part(needed.as_deref().unwrap_or_default(), id);
        }
        let mut made = Self::part(arguments, id);
        let is_plain = function.is_builtin() && Relation::of(function).is_none();
        made.has_none = made.has_none || is_plain && self.lacks_value(id);
        made
    }

    fn apply_abstract(&mut self, function: AbstractFunction, arguments: &[Part]) -> Part {
        let ids: Vec<ExprId> = arguments.iter().map(|part| part.id).collect();
        let id = Builder::apply_abstract(&mut self.engine.pool, function, &ids);
        Self::part(arguments, id)
    }
}
