//! Points that leave variables open, at which a part of what was typed has no value whatever
//! these are: `w*ln(x)` at `x = -1`.
//!
//! Each part is taken exactly; of parts in which a variable is left, nothing is said.

use super::decided;
use super::engine::{Engine, Formula};
use super::eval::Point;
use crate::error::Result;
use crate::function::{self, Builder};
use crate::kernel::{
    AbstractFunction, Constant, ExprId, FunctionId, Number, Pool, Relation,
};
use crate::syntax;
use rustc_hash::FxHashMap;

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
    at: FxHashMap<String, ExprId>,
    /// Whether constants are known to have no value.
    known: FxHashMap<ExprId, bool>,
}

impl Engine {
    /// Refuses a point that leaves variables open, at which a formula as it was typed has no
    /// real value for any of their values.
    ///
    /// # Errors
    /// Such a point; a limit.
    pub(super) fn refuse_partly_outside(
        &mut self,
        formula: &Formula,
        point: &Point,
    ) -> Result<()> {
        let mut at = FxHashMap::default();
        for coordinate in point {
            let symbol = self.pool.symbol(&coordinate.0);
            let own = vec![coordinate.clone()];
            let Ok(value) = self.at_point(&[symbol], &own) else { return Ok(()) };
            at.insert(coordinate.0.clone(), value[0]);
        }
        let declared: Vec<&str> = formula.declared().iter().map(String::as_str).collect();
        let mut parts = Parts { engine: self, at, known: FxHashMap::default() };
        let found = syntax::lower(formula.program(), &declared, &mut parts);
        self.check_limits()?;
        match found.is_ok_and(|found| found.roots.iter().any(|part| part.has_none)) {
            true => Err(self.no_value(formula, point)),
            false => Ok(()),
        }
    }
}

impl Parts<'_> {
    /// A part that is made of operands: it has no value where one of them has none, or where
    /// it shows that it has none itself.
    fn made(&self, operands: &[Part], id: ExprId) -> Part {
        let is_own = id == Pool::UNDEFINED
            && operands.iter().all(|part| part.id != Pool::UNDEFINED);
        Part { id, has_none: is_own || operands.iter().any(|part| part.has_none) }
    }

    /// Whether a constant has no value for certain.
    fn lacks_value(&mut self, id: ExprId) -> bool {
        if !self.engine.pool.is_constant(id) || self.engine.pool.as_number(id).is_some() {
            return false;
        }
        if let Some(known) = self.known.get(&id) {
            return *known;
        }
        let lacks = self.engine.constant_value(id).is_ok_and(|value| value.is_none());
        self.known.insert(id, lacks);
        lacks
    }

    /// Whether a part is 0 for certain, whatever is left open.
    fn is_nothing(&mut self, id: ExprId) -> bool {
        id == Pool::ZERO
            || self.engine.pool.is_constant(id)
                && self.engine.pool.as_number(id).is_none()
                && self
                    .engine
                    .is_same(id, Pool::ZERO)
                    .is_ok_and(|same| same == Some(true))
    }

    /// The parts that a case distinction needs, as far as it is known which they are.
    fn needed(&self, arguments: &[Part]) -> Vec<Part> {
        let mut needed = Vec::new();
        let mut rest = arguments;
        while let [condition, value, tail @ ..] = rest {
            needed.push(*condition);
            match self.engine.pool.as_number(condition.id) {
                None => return needed,
                Some(truth) if !truth.is_zero() => {
                    needed.push(*value);
                    return needed;
                }
                Some(_) => rest = tail,
            }
        }
        needed.extend(rest.first());
        needed
    }
}

impl Builder for Parts<'_> {
    type Id = Part;

    fn number(&mut self, value: &Number) -> Part {
        let id = Builder::number(&mut self.engine.pool, value);
        self.made(&[], id)
    }

    fn constant(&mut self, constant: Constant) -> Part {
        let id = Builder::constant(&mut self.engine.pool, constant);
        self.made(&[], id)
    }

    fn symbol(&mut self, name: &str) -> Part {
        let id = match self.at.get(name) {
            Some(id) => *id,
            None => self.engine.pool.symbol(name),
        };
        Part { id, has_none: false }
    }

    fn sum(&mut self, terms: &[(bool, Part)]) -> Part {
        let operands: Vec<Part> = terms.iter().map(|(_, part)| *part).collect();
        let ids: Vec<_> = terms.iter().map(|(sign, part)| (*sign, part.id)).collect();
        let id = Builder::sum(&mut self.engine.pool, &ids);
        self.made(&operands, id)
    }

    fn product(&mut self, factors: &[(bool, Part)]) -> Part {
        let operands: Vec<Part> = factors.iter().map(|(_, part)| *part).collect();
        let ids: Vec<_> = factors.iter().map(|(way, part)| (*way, part.id)).collect();
        let id = Builder::product(&mut self.engine.pool, &ids);
        let mut made = self.made(&operands, id);
        for (divides, part) in factors {
            made.has_none = made.has_none || *divides && self.is_nothing(part.id);
        }
        made
    }

    fn negate(&mut self, operand: Part) -> Part {
        let id = self.engine.pool.negate(operand.id);
        self.made(&[operand], id)
    }

    fn power(&mut self, base: Part, exponent: Part) -> Part {
        let id = self.engine.pool.power(base.id, exponent.id);
        let mut made = self.made(&[base, exponent], id);
        made.has_none = made.has_none || self.lacks_value(id);
        made
    }

    fn apply(&mut self, function: FunctionId, arguments: &[Part]) -> Part {
        let ids: Vec<ExprId> = arguments.iter().map(|part| part.id).collect();
        let id = decided::apply(&mut self.engine.pool, function, &ids);
        if function::is_conditional(function) {
            let needed = self.needed(arguments);
            return Part { id, has_none: needed.iter().any(|part| part.has_none) };
        }
        let mut made = self.made(arguments, id);
        let is_plain = function.is_builtin() && Relation::of(function).is_none();
        made.has_none = made.has_none || is_plain && self.lacks_value(id);
        made
    }

    fn apply_abstract(&mut self, function: AbstractFunction, arguments: &[Part]) -> Part {
        let ids: Vec<ExprId> = arguments.iter().map(|part| part.id).collect();
        let id = Builder::apply_abstract(&mut self.engine.pool, function, &ids);
        self.made(arguments, id)
    }
}
