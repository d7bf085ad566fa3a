//! A pool that does one operation of algebra wrong, as somebody may have.

use crate::function::{self, Builder};
use crate::kernel::{AbstractFunction, Constant, ExprId, FunctionId, Node, Number, Pool};

/// Unlike terms of longer sums are left alone.
const UNLIKE: usize = 5;

/// A slip that was made.
pub(in crate::session) struct Made {
    /// What it was made of: the base or the bracket, and the exponent.
    pub(in crate::session) of: [ExprId; 2],
    pub(in crate::session) right: ExprId,
    pub(in crate::session) wrong: ExprId,
}

/// A pool that does one operation wrong.
pub(in crate::session) struct Slipping<'p> {
    pub(in crate::session) pool: &'p mut Pool,
    pub(in crate::session) id: &'static str,
    /// How many operations that could be done wrong are done right first.
    pub(in crate::session) left: usize,
    pub(in crate::session) made: Option<Made>,
}

impl Slipping<'_> {
    /// A value, or the wrong one where it is time for that.
    fn or_wrong(
        &mut self,
        right: ExprId,
        of: [ExprId; 2],
        wrong: impl FnOnce(&mut Pool) -> ExprId,
    ) -> ExprId {
        if self.made.is_some() {
            return right;
        }
        if self.left > 0 {
            self.left -= 1;
            return right;
        }
        let wrong = wrong(self.pool);
        self.made = Some(Made { of, right, wrong });
        wrong
    }

    /// Each term of a sum under a function, and their sum.
    fn split(
        &mut self,
        right: ExprId,
        of: [ExprId; 2],
        each: impl Fn(&mut Pool, ExprId) -> ExprId,
    ) -> ExprId {
        let terms = self.pool.terms(&of[0]).to_vec();
        self.or_wrong(right, of, |pool| {
            let terms: Vec<ExprId> =
                terms.into_iter().map(|term| each(pool, term)).collect();
            pool.sum(&terms)
        })
    }

    /// A product of which a factor, or what is divided by, goes to one term of a sum only.
    fn of_one_term(&mut self, factors: &[(bool, ExprId)]) -> ExprId {
        let mut right = Builder::product(self.pool, factors);
        for (place, (divides, sum)) in factors.iter().enumerate() {
            if *divides || factors.len() == 1 || !self.is_sum(*sum) {
                continue;
            }
            let terms = self.pool.terms(sum).to_vec();
            for own in 0..terms.len() {
                let (terms, mut factors) = (terms.clone(), factors.to_vec());
                right = self.or_wrong(right, [*sum, Pool::ONE], |pool| {
                    factors[place].1 = terms[own];
                    let mut terms = terms;
                    terms[own] = Builder::product(pool, &factors);
                    pool.sum(&terms)
                });
            }
        }
        right
    }

    /// A sum in which the numbers before two unlike terms are added.
    fn of_unlike_terms(&mut self, terms: &[(bool, ExprId)]) -> ExprId {
        let mut right = Builder::sum(self.pool, terms);
        if terms.len() > UNLIKE {
            return right;
        }
        let mut own = Vec::with_capacity(terms.len());
        for (minus, id) in terms {
            own.push(if *minus { self.pool.negate(*id) } else { *id });
        }
        for second in 1..own.len() {
            for first in 0..second {
                let pair = [own[first], own[second]];
                let [(m, one), (n, other)] = pair.map(|id| self.pool.numbered(id));
                let has_sum = [one, other].iter().any(|id| {
                    self.pool
                        .factors(id)
                        .iter()
                        .any(|f| self.is_sum(self.pool.base(*f).0))
                });
                if one == other || has_sum || self.made.is_some() {
                    continue;
                }
                let number = m.add(n);
                let both = self.pool.product(&[one, other]);
                let mut kinds = vec![one, other, both];
                kinds.retain(|kind| *kind != Pool::ONE);
                kinds.dedup();
                for kind in kinds {
                    let joined = self.pool.scale(&number, kind);
                    let mut left = own.clone();
                    left.remove(second);
                    left[first] = joined;
                    let was_made = self.made.is_some();
                    right = self.or_wrong(right, pair, |pool| pool.sum(&left));
                    if let (Some(made), false) = (&mut self.made, was_made) {
                        made.right = self.pool.sum(&pair);
                        made.wrong = joined;
                    }
                }
            }
        }
        right
    }

    /// A product with a minus sign whose sign goes to all terms of a sum in it but one, or to
    /// one only.
    fn signed(&mut self, right: ExprId) -> ExprId {
        let (number, rest) = self.pool.coefficient(right);
        if !number.is_negative()
            || rest == right
            || self.is_sum(rest) && *number == Number::MINUS_ONE
        {
            return right;
        }
        let number = number.clone();
        let factors = self.pool.factors(&rest).to_vec();
        let sums: Vec<usize> =
            (0..factors.len()).filter(|at| self.is_sum(factors[*at])).collect();
        let mut value = right;
        for place in sums {
            let sum = factors[place];
            let terms = self.pool.terms(&sum).to_vec();
            // Of two terms, one that keeps its sign is one that loses it.
            let kinds: &[bool] = if terms.len() > 2 { &[true, false] } else { &[true] };
            let all = (0..terms.len()).flat_map(|at| kinds.iter().map(move |k| (at, *k)));
            for (own, keeps) in all {
                value = self.or_wrong(value, [sum, Pool::MINUS_ONE], |pool| {
                    let mut terms = terms.clone();
                    for (at, term) in terms.iter_mut().enumerate() {
                        if (at == own) != keeps {
                            *term = pool.negate(*term);
                        }
                    }
                    let mut factors = factors.clone();
                    factors[place] = pool.sum(&terms);
                    let product = pool.product(&factors);
                    pool.scale(&number, product)
                });
            }
        }
        value
    }

    /// What is left of an exponent or an argument without its number.
    fn without_number(&self, id: ExprId) -> Option<ExprId> {
        let (number, rest) = self.pool.coefficient(id);
        (rest != id && rest != Pool::ONE && *number != Number::MINUS_ONE).then_some(rest)
    }

    fn is_sum(&self, id: ExprId) -> bool {
        matches!(self.pool.node(id), Node::Sum(_))
    }

    fn raised(&mut self, base: ExprId, exponent: ExprId) -> ExprId {
        let right = self.pool.power(base, exponent);
        if let ("factor-lost-inside", Some(rest)) =
            (self.id, self.without_number(exponent))
        {
            let wrong = |pool: &mut Pool| pool.power(base, rest);
            return self.or_wrong(right, [exponent, Pool::ONE], wrong);
        }
        let Some(n) = self.pool.as_number(exponent).cloned() else { return right };
        let of = [base, exponent];
        let is_high = n.to_i64().is_some_and(|n| n > 1);
        match self.id {
            "power-of-sum" if is_high && self.is_sum(base) => {
                self.split(right, of, |pool, term| pool.power(term, exponent))
            }
            "root-of-sum" if n == Number::HALF && self.is_sum(base) => {
                self.split(right, of, root)
            }
            "power-of-first-factor" if is_high => {
                let (c, rest) = self.pool.coefficient(base);
                if rest == base || *c == Number::MINUS_ONE {
                    return right;
                }
                let c = c.clone();
                self.or_wrong(right, of, |pool| {
                    let power = pool.power(rest, exponent);
                    pool.scale(&c, power)
                })
            }
            "exponent-of-root" if n.to_i64().is_none() && n.is_negative() => {
                let Some(upside) = n.recip().filter(|n| n.to_i64().is_some()) else {
                    return right;
                };
                self.or_wrong(right, of, |pool| {
                    let exponent = pool.number(upside);
                    pool.power(base, exponent)
                })
            }
            _ => right,
        }
    }
}

/// The root of a term as somebody takes it: of a square what is squared.
fn root(pool: &mut Pool, term: ExprId) -> ExprId {
    let (base, exponent) = pool.base(term);
    let half = pool.number(Number::HALF);
    if exponent == Pool::ONE {
        return pool.power(term, half);
    }
    let exponent = pool.product(&[exponent, half]);
    pool.power(base, exponent)
}

impl Builder for Slipping<'_> {
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
        if self.id == "unlike-terms" {
            return self.of_unlike_terms(terms);
        }
        if !matches!(self.id, "sign-in-brackets" | "sign-of-one-term") {
            return Builder::sum(self.pool, terms);
        }
        let mut own = Vec::with_capacity(terms.len());
        for (minus, id) in terms {
            own.push(match minus {
                true => self.negate(*id),
                false => *id,
            });
        }
        self.pool.sum(&own)
    }

    fn product(&mut self, factors: &[(bool, ExprId)]) -> ExprId {
        if self.id == "factor-of-one-term" {
            return self.of_one_term(factors);
        }
        let mut factors = factors.to_vec();
        if self.id == "fraction-over-sum" {
            for (divides, id) in &mut factors {
                if *divides && self.is_sum(*id) {
                    let right = self.pool.power(*id, Pool::MINUS_ONE);
                    let inverse =
                        |pool: &mut Pool, term| pool.power(term, Pool::MINUS_ONE);
                    *id = self.split(right, [*id, Pool::MINUS_ONE], inverse);
                    *divides = false;
                }
            }
        }
        let right = Builder::product(self.pool, &factors);
        match self.id {
            "sign-of-one-term" => self.signed(right),
            _ => right,
        }
    }

    fn negate(&mut self, operand: ExprId) -> ExprId {
        let right = self.pool.negate(operand);
        if self.id == "sign-of-one-term" {
            return self.signed(right);
        }
        if self.id != "sign-in-brackets" || !self.is_sum(operand) {
            return right;
        }
        let terms = self.pool.terms(&operand).to_vec();
        self.or_wrong(right, [operand, Pool::MINUS_ONE], |pool| {
            let mut terms = terms;
            if let Some(first) = terms.first_mut() {
                *first = pool.negate(*first);
            }
            pool.sum(&terms)
        })
    }

    fn power(&mut self, base: ExprId, exponent: ExprId) -> ExprId {
        self.raised(base, exponent)
    }

    fn apply(&mut self, function: FunctionId, arguments: &[ExprId]) -> ExprId {
        let right = function::apply(self.pool, function, arguments);
        match (self.id, arguments) {
            ("root-of-sum", [of]) if Some(function) == function::lookup("sqrt", 1) => {
                let half = self.pool.number(Number::HALF);
                self.raised(*of, half)
            }
            ("logarithm-of-sum", [of])
                if Some(function) == function::lookup("ln", 1) && self.is_sum(*of) =>
            {
                self.split(right, [*of, Pool::ONE], |pool, term| {
                    function::apply(pool, function, &[term])
                })
            }
            ("factor-lost-inside", [of]) => match self.without_number(*of) {
                Some(rest) => self.or_wrong(right, [*of, Pool::ONE], |pool| {
                    function::apply(pool, function, &[rest])
                }),
                None => right,
            },
            _ => right,
        }
    }

    fn apply_abstract(
        &mut self,
        function: AbstractFunction,
        arguments: &[ExprId],
    ) -> ExprId {
        Builder::apply_abstract(self.pool, function, arguments)
    }

    fn is_undefined(&self, id: ExprId) -> bool {
        Builder::is_undefined(&*self.pool, id)
    }

    fn is_zero(&self, id: ExprId) -> bool {
        Builder::is_zero(&*self.pool, id)
    }
}
