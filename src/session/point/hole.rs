//! Points at which a part of what was typed has no value though its canonical form has one, and
//! no digits tell: `sin(x)/sin(x)` at `pi`, `0*tan(x)` at `pi/2`.
//!
//! Each part is taken exactly and with many digits. What these leave open, a divisor that
//! vanishes with them or a function beside a pole, is simplified.

use super::super::engine::{Engine, Formula};
use super::eval::Point;
use crate::error::Result;
use crate::evaluate::{Precise, limit};
use crate::function::{self, Builder};
use crate::kernel::{
    AbstractFunction, Constant, ExprId, FunctionId, Number, Pool, Relation,
};
use crate::syntax;

/// The binary digits with which parts are taken.
const BITS: usize = 400;
/// A function of which fewer are known may stand at a pole.
const KNOWN: usize = BITS / 2;

/// What a part costs that is simplified, for each node in it.
const PASSES: u64 = 32;

/// A part of a formula at a point: with many digits and exactly.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Part {
    place: u32,
    id: ExprId,
    /// Whether it needs something that has no value for sure.
    has_none: bool,
}

struct Parts<'e> {
    engine: &'e mut Engine,
    precise: Precise,
    /// The coordinates.
    at: Vec<(String, Part)>,
}

impl Engine {
    /// Whether a formula as it was typed needs something at a point that has no value.
    ///
    /// # Errors
    /// A limit.
    pub(in crate::session) fn has_hole(
        &mut self,
        formula: &Formula,
        point: &Point,
    ) -> Result<bool> {
        let Ok(mut precise) =
            Precise::new(BITS, syntax::in_normal_form, self.pool.purse())
        else {
            return Ok(false);
        };
        let mut at = Vec::with_capacity(point.len());
        for coordinate in point {
            let symbol = self.pool.symbol(&coordinate.0);
            let own = vec![coordinate.clone()];
            let Ok(exact) = self.at_point(&[symbol], &own) else { return Ok(false) };
            let read = syntax::parse(&coordinate.1, &[]);
            let read = read.and_then(|value| syntax::lower(&value, &[], &mut precise));
            let place = read.ok().and_then(|value| value.roots.first().copied());
            let Some(place) = place else { return Ok(false) };
            precise.assign(&coordinate.0, place, &limit::nothing());
            let part = Part { place, id: exact[0], has_none: false };
            at.push((coordinate.0.clone(), part));
        }
        let declared: Vec<&str> = formula.declared().iter().map(String::as_str).collect();
        let mut parts = Parts { engine: self, precise, at };
        let found = syntax::lower(formula.program(), &declared, &mut parts);
        self.check_limits()?;
        Ok(found.is_ok_and(|found| found.roots.iter().any(|part| part.has_none)))
    }
}

impl Parts<'_> {
    fn part(&self, operands: &[Part], place: u32, id: ExprId) -> Part {
        Part { place, id, has_none: operands.iter().any(|part| part.has_none) }
    }

    /// Whether a part is 0 for certain.
    fn is_nothing(&mut self, part: Part) -> bool {
        if self.precise.is_settled(part.place) {
            return false;
        }
        self.engine.is_same(part.id, Pool::ZERO).is_ok_and(|same| same == Some(true))
    }

    /// Whether a condition holds, as far as that is known.
    fn truth(&mut self, part: Part) -> Option<bool> {
        let digits = self.precise.value(part.place).ok().filter(|value| !value.is_nan());
        if let Some(value) = digits {
            return Some(!value.is_zero());
        }
        let exact = self.engine.simplify(part.id).ok()?;
        self.engine.pool.as_number(exact).map(|value| !value.is_zero())
    }

    /// The parts that a case distinction needs; `None` where it is not known which they are.
    fn needed(&mut self, arguments: &[Part]) -> Option<Vec<Part>> {
        let mut needed = Vec::new();
        let mut rest = arguments;
        while let [condition, value, tail @ ..] = rest {
            needed.push(*condition);
            if self.truth(*condition)? {
                needed.push(*value);
                return Some(needed);
            }
            rest = tail;
        }
        needed.extend(rest.first());
        Some(needed)
    }

    /// Whether a function has no value for certain: where few digits are known, its exact
    /// value tells.
    fn lacks_value(&mut self, function: FunctionId, arguments: &[Part], to: u32) -> bool {
        // `mod(u, u)` is 0 whatever digits u has, and has no value where they vanish.
        let is_told = arguments.iter().all(|part| self.precise.is_settled(part.place));
        if is_told && self.precise.is_known_to(to, KNOWN) {
            return false;
        }
        let engine = &mut *self.engine;
        let parts: Vec<ExprId> = arguments.iter().map(|part| part.id).collect();
        let size = engine.pool.reachable(&parts).len();
        engine.pool.spend(size as u64 * PASSES);
        let exact: Result<Vec<ExprId>> =
            arguments.iter().map(|part| engine.simplify(part.id)).collect();
        let Ok(exact) = exact else { return false };
        let id = function::apply(&mut engine.pool, function, &exact);
        id == Pool::UNDEFINED
            || engine.constant_value(id).is_ok_and(|value| value.is_none())
    }
}

impl Builder for Parts<'_> {
    type Id = Part;

    fn number(&mut self, value: &Number) -> Part {
        let place = self.precise.number(value);
        let id = Builder::number(&mut self.engine.pool, value);
        self.part(&[], place, id)
    }

    fn constant(&mut self, constant: Constant) -> Part {
        let place = self.precise.constant(constant);
        let id = Builder::constant(&mut self.engine.pool, constant);
        self.part(&[], place, id)
    }

    fn symbol(&mut self, name: &str) -> Part {
        if let Some((_, part)) = self.at.iter().rev().find(|(known, _)| known == name) {
            return *part;
        }
        let place = self.precise.symbol(name);
        let id = self.engine.pool.symbol(name);
        self.part(&[], place, id)
    }

    fn sum(&mut self, terms: &[(bool, Part)]) -> Part {
        let operands: Vec<Part> = terms.iter().map(|(_, part)| *part).collect();
        let places: Vec<_> =
            terms.iter().map(|(sign, part)| (*sign, part.place)).collect();
        let ids: Vec<_> = terms.iter().map(|(sign, part)| (*sign, part.id)).collect();
        let place = self.precise.sum(&places);
        let id = Builder::sum(&mut self.engine.pool, &ids);
        self.part(&operands, place, id)
    }

    fn product(&mut self, factors: &[(bool, Part)]) -> Part {
        let operands: Vec<Part> = factors.iter().map(|(_, part)| *part).collect();
        let places: Vec<_> =
            factors.iter().map(|(way, part)| (*way, part.place)).collect();
        let ids: Vec<_> = factors.iter().map(|(way, part)| (*way, part.id)).collect();
        let place = self.precise.product(&places);
        let id = Builder::product(&mut self.engine.pool, &ids);
        let mut made = self.part(&operands, place, id);
        let divisors = factors.iter().filter(|(divides, _)| *divides);
        for (_, part) in divisors {
            made.has_none = made.has_none || self.is_nothing(*part);
        }
        made
    }

    fn negate(&mut self, operand: Part) -> Part {
        let place = self.precise.negate(operand.place);
        let id = self.engine.pool.negate(operand.id);
        self.part(&[operand], place, id)
    }

    fn power(&mut self, base: Part, exponent: Part) -> Part {
        let place = self.precise.power(base.place, exponent.place);
        let id = self.engine.pool.power(base.id, exponent.id);
        let mut made = self.part(&[base, exponent], place, id);
        let is_below = self.precise.is_settled(exponent.place)
            && self.precise.value(exponent.place).is_ok_and(|n| n.is_negative());
        made.has_none = made.has_none || is_below && self.is_nothing(base);
        made
    }

    fn apply(&mut self, function: FunctionId, arguments: &[Part]) -> Part {
        let places: Vec<u32> = arguments.iter().map(|part| part.place).collect();
        let ids: Vec<ExprId> = arguments.iter().map(|part| part.id).collect();
        let place = self.precise.apply(function, &places);
        let id = function::apply(&mut self.engine.pool, function, &ids);
        if function::is_conditional(function) {
            let needed = self.needed(arguments);
            return self.part(needed.as_deref().unwrap_or_default(), place, id);
        }
        let mut made = self.part(arguments, place, id);
        let is_plain = function.is_builtin() && Relation::of(function).is_none();
        made.has_none = made.has_none
            || is_plain
                && !function::spec(function).is_total()
                && self.lacks_value(function, arguments, place);
        made
    }

    fn apply_abstract(&mut self, function: AbstractFunction, arguments: &[Part]) -> Part {
        let places: Vec<u32> = arguments.iter().map(|part| part.place).collect();
        let ids: Vec<ExprId> = arguments.iter().map(|part| part.id).collect();
        let place = self.precise.apply_abstract(function.clone(), &places);
        let id = Builder::apply_abstract(&mut self.engine.pool, function, &ids);
        self.part(arguments, place, id)
    }
}
