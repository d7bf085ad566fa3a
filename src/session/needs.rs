//! What a formula as it was typed needs to have a value: the canonical form may need less, as
//! `x` for `sqrt(x)^2`.

use super::engine::Formula;
use crate::function::{self, Builder};
use crate::kernel::{
    AbstractFunction, Constant, ExprId, FunctionId, Number, Pool, Relation,
};
use crate::syntax;
use rustc_hash::FxHashSet;

/// The most needs of one formula; of more, none is known.
const MAX_NEEDS: usize = 64;

/// A part of a formula, as its place in the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Part {
    place: u32,
    id: ExprId,
}

/// What a part needs itself, and of which parts it is made for certain.
struct Made {
    needs: Vec<(Relation, ExprId)>,
    operands: Vec<Part>,
}

struct Parts<'p> {
    pool: &'p mut Pool,
    made: Vec<Made>,
}

/// What must hold for a formula to have a value: that expressions are above 0, not below, or
/// not 0. What stands in a branch that may not be taken is not asked for.
pub(super) fn needs(pool: &mut Pool, formula: &Formula) -> Vec<(Relation, ExprId)> {
    let declared: Vec<&str> = formula.declared().iter().map(String::as_str).collect();
    let mut parts = Parts { pool, made: Vec::new() };
    let Ok(lowered) = syntax::lower(formula.program(), &declared, &mut parts) else {
        return Vec::new();
    };
    let mut open = lowered.roots;
    let mut seen: FxHashSet<Part> = FxHashSet::default();
    let mut found: Vec<(Relation, ExprId)> = Vec::new();
    while let Some(part) = open.pop() {
        if !seen.insert(part) {
            continue;
        }
        let Some(own) = parts.made.get(part.place as usize) else { continue };
        open.extend(own.operands.iter().rev());
        for need in &own.needs {
            if !found.contains(need) && !parts.pool.is_constant(need.1) {
                found.push(*need);
            }
        }
        if found.len() > MAX_NEEDS {
            return Vec::new();
        }
    }
    found
}

impl Parts<'_> {
    fn part(
        &mut self,
        id: ExprId,
        operands: Vec<Part>,
        needs: Vec<(Relation, ExprId)>,
    ) -> Part {
        let place = self.made.len() as u32;
        self.made.push(Made { needs, operands });
        Part { place, id }
    }
}

impl Builder for Parts<'_> {
    type Id = Part;

    fn number(&mut self, value: &Number) -> Part {
        let id = Builder::number(self.pool, value);
        self.part(id, Vec::new(), Vec::new())
    }

    fn constant(&mut self, constant: Constant) -> Part {
        let id = Builder::constant(self.pool, constant);
        self.part(id, Vec::new(), Vec::new())
    }

    fn symbol(&mut self, name: &str) -> Part {
        let id = self.pool.symbol(name);
        self.part(id, Vec::new(), Vec::new())
    }

    fn sum(&mut self, terms: &[(bool, Part)]) -> Part {
        let operands: Vec<Part> = terms.iter().map(|(_, part)| *part).collect();
        let ids: Vec<_> = terms.iter().map(|(sign, part)| (*sign, part.id)).collect();
        let id = Builder::sum(self.pool, &ids);
        self.part(id, operands, Vec::new())
    }

    fn product(&mut self, factors: &[(bool, Part)]) -> Part {
        let operands: Vec<Part> = factors.iter().map(|(_, part)| *part).collect();
        let ids: Vec<_> = factors.iter().map(|(way, part)| (*way, part.id)).collect();
        let below = factors.iter().filter(|(divides, _)| *divides);
        let needs = below.map(|(_, part)| (Relation::NotEqual, part.id)).collect();
        let id = Builder::product(self.pool, &ids);
        self.part(id, operands, needs)
    }

    fn negate(&mut self, operand: Part) -> Part {
        let id = self.pool.negate(operand.id);
        self.part(id, vec![operand], Vec::new())
    }

    fn power(&mut self, base: Part, exponent: Part) -> Part {
        let number = self.pool.as_number(exponent.id);
        let relation = match number.map(|n| (n.is_integer(), n.is_negative())) {
            Some((true, false)) => None,
            Some((true, true)) => Some(Relation::NotEqual),
            Some((false, true)) => Some(Relation::Less),
            None if self.pool.is_integer(exponent.id) => None,
            _ => Some(Relation::LessEqual),
        };
        let needs = relation.map(|relation| (relation, base.id));
        let id = self.pool.power(base.id, exponent.id);
        self.part(id, vec![base, exponent], needs.into_iter().collect())
    }

    fn apply(&mut self, function: FunctionId, arguments: &[Part]) -> Part {
        let ids: Vec<ExprId> = arguments.iter().map(|part| part.id).collect();
        let id = function::apply(self.pool, function, &ids);
        let is_plain = function.is_builtin() && Relation::of(function).is_none();
        let needs = match is_plain {
            true => syntax::domain(function, &ids, self.pool).unwrap_or_default(),
            false => Vec::new(),
        };
        // Of a case distinction, the first condition is looked at and all else may not be.
        let operands = match function::is_conditional(function) {
            true => arguments.iter().take(1).copied().collect(),
            false => arguments.to_vec(),
        };
        self.part(id, operands, needs)
    }

    fn apply_abstract(&mut self, function: AbstractFunction, arguments: &[Part]) -> Part {
        let ids: Vec<ExprId> = arguments.iter().map(|part| part.id).collect();
        let id = Builder::apply_abstract(self.pool, function, &ids);
        self.part(id, arguments.to_vec(), Vec::new())
    }

    fn is_undefined(&self, part: Part) -> bool {
        Builder::is_undefined(self.pool, part.id)
    }

    fn is_zero(&self, part: Part) -> bool {
        Builder::is_zero(self.pool, part.id)
    }
}
