//! Where a formula as it was typed may break: what it divides by, what it takes roots and
//! logarithms of, where its functions begin, end, bend and jump.
//!
//! Invariant: what cancels in the pool is seen here: `x^2/x` divides by `x`.

use crate::function::spec::FunctionSpec;
use crate::function::{self, Builder};
use crate::kernel::{
    AbstractFunction, Constant, ExprId, FunctionId, Node, Number, Pool, Relation,
};
use crate::syntax;

/// What may make a formula break where it is 0.
#[derive(Clone, Debug, Default)]
pub(super) struct Suspects {
    /// What is 0 where the formula may break.
    pub(super) zero: Vec<ExprId>,
    /// What it divides by, or takes logarithms of: where that is 0 there is no value.
    pub(super) missing: Vec<ExprId>,
    /// What is a whole number where the formula may break, and the greatest of these.
    pub(super) whole: Vec<(ExprId, i64)>,
    /// Whether it cannot break elsewhere.
    pub(super) all: bool,
}

/// A pool that notes what may break.
pub(super) struct Watch<'p> {
    pub(super) pool: &'p mut Pool,
    pub(super) found: Suspects,
}

impl<'p> Watch<'p> {
    pub(super) fn new(pool: &'p mut Pool) -> Self {
        Self { pool, found: Suspects { all: true, ..Suspects::default() } }
    }

    fn note(&mut self, id: ExprId, is_missing: bool) {
        if self.pool.is_constant(id) {
            return;
        }
        if !self.found.zero.contains(&id) {
            self.found.zero.push(id);
        }
        if is_missing && !self.found.missing.contains(&id) {
            self.found.missing.push(id);
        }
    }

    /// Notes where a function of the table begins and ends.
    fn note_domain(&mut self, function: FunctionId, arguments: &[ExprId]) {
        match syntax::domain(function, arguments, self.pool) {
            Ok(needs) => needs.into_iter().for_each(|(_, id)| self.note(id, false)),
            Err(_) => self.found.all = false,
        }
    }

    /// Notes where a function of the table has no value.
    fn note_undefined(&mut self, row: &FunctionSpec, arguments: &[ExprId]) {
        let [_] = arguments else { return };
        let letters = &function::spec::ARGUMENTS[..1];
        for (at, value) in row.values {
            if *value != function::spec::UNDEFINED {
                continue;
            }
            let read = syntax::Template::read(letters, &format!("u - ({at})"));
            let built = read.and_then(|template| template.build(arguments, self.pool));
            match built {
                Ok(id) => self.note(id, true),
                Err(_) => self.found.all = false,
            }
        }
    }

    fn note_function(&mut self, function: FunctionId, arguments: &[ExprId]) {
        if let (Some(_), [left, right]) = (Relation::of(function), arguments) {
            let difference = self.pool.difference(*left, *right);
            return self.note(difference, false);
        }
        if Relation::of(function).is_some() {
            return;
        }
        if !function.is_builtin() {
            self.found.all = false;
            return;
        }
        let row = function::spec(function);
        let [first, ..] = *arguments else { return };
        match row.name {
            "ln" => return self.note(first, true),
            "floor" | "ceil" | "trunc" | "frac" => return self.whole(first, i64::MAX),
            "zeta" => {
                let aside = self.pool.difference(first, Pool::ONE);
                return self.note(aside, true);
            }
            "round" => {
                let half = self.pool.number(Number::HALF);
                let shifted = self.pool.sum(&[first, half]);
                return self.whole(shifted, i64::MAX);
            }
            "mod" => {
                let second = arguments.get(1).copied().unwrap_or(Pool::ONE);
                self.note(second, true);
                let quotient = self.pool.quotient(first, second);
                return self.whole(quotient, i64::MAX);
            }
            _ => {}
        }
        if !row.poles.is_empty() {
            for (place, greatest) in row.poles {
                if let Some(id) = arguments.get(*place) {
                    self.whole(*id, *greatest);
                }
            }
            return;
        }
        if let Ok(Some(condition)) = syntax::breaks(function, arguments, self.pool)
            && let Node::Apply(_, list) = self.pool.node(condition)
            && let [left, right] = *self.pool.list(list)
        {
            let difference = self.pool.difference(left, right);
            self.note(difference, false);
        }
        if !row.domain.is_empty() {
            self.note_domain(function, arguments);
        }
        // The kernels have no normal form; all others are what theirs is.
        let known = self.pool.failure().is_none()
            && syntax::normal(function, arguments, self)
                .is_ok_and(|found| found.is_some());
        if !known {
            self.note_undefined(row, arguments);
        }
        // Of a whole order it is a power series.
        let is_series = row.name == "besselj";
        let is_plain = row.everywhere || is_series || !row.domain.is_empty();
        self.found.all &= known || is_plain || function::is_conditional(function);
    }

    fn whole(&mut self, id: ExprId, most: i64) {
        if !self.pool.is_constant(id) && !self.found.whole.contains(&(id, most)) {
            self.found.whole.push((id, most));
        }
    }
}

impl Builder for Watch<'_> {
    type Id = ExprId;

    fn number(&mut self, value: &Number) -> ExprId {
        Builder::number(self.pool, value)
    }

    fn constant(&mut self, constant: Constant) -> ExprId {
        Builder::constant(self.pool, constant)
    }

    fn symbol(&mut self, name: &str) -> ExprId {
        Builder::symbol(self.pool, name)
    }

    fn sum(&mut self, terms: &[(bool, ExprId)]) -> ExprId {
        Builder::sum(self.pool, terms)
    }

    fn product(&mut self, factors: &[(bool, ExprId)]) -> ExprId {
        for (_, id) in factors.iter().filter(|(divides, _)| *divides) {
            self.note(*id, true);
        }
        Builder::product(self.pool, factors)
    }

    fn negate(&mut self, operand: ExprId) -> ExprId {
        Builder::negate(self.pool, operand)
    }

    fn power(&mut self, base: ExprId, exponent: ExprId) -> ExprId {
        let number = self.pool.as_number(exponent);
        let is_whole = number.is_some_and(Number::is_integer);
        let is_below = number.is_some_and(Number::is_negative);
        if !is_whole || is_below {
            self.note(base, is_below);
        }
        Builder::power(self.pool, base, exponent)
    }

    fn apply(&mut self, function: FunctionId, arguments: &[ExprId]) -> ExprId {
        self.note_function(function, arguments);
        Builder::apply(self.pool, function, arguments)
    }

    fn apply_abstract(
        &mut self,
        function: AbstractFunction,
        arguments: &[ExprId],
    ) -> ExprId {
        self.found.all = false;
        Builder::apply_abstract(self.pool, function, arguments)
    }

    fn is_undefined(&self, id: ExprId) -> bool {
        Builder::is_undefined(self.pool, id)
    }

    fn is_zero(&self, id: ExprId) -> bool {
        Builder::is_zero(self.pool, id)
    }

    fn known_arguments(&self, name: &str) -> Option<Vec<ExprId>> {
        Builder::known_arguments(self.pool, name)
    }

    fn short_name(&self, id: ExprId) -> Option<String> {
        Builder::short_name(self.pool, id)
    }
}

impl Suspects {
    /// Takes in what may break another expression.
    pub(super) fn join(&mut self, other: &Self) {
        for id in &other.whole {
            if !self.whole.contains(id) {
                self.whole.push(*id);
            }
        }
        let lists = [(&mut self.zero, &other.zero), (&mut self.missing, &other.missing)];
        for (own, others) in lists {
            for id in others {
                if !own.contains(id) {
                    own.push(*id);
                }
            }
        }
        self.all &= other.all;
    }
}
