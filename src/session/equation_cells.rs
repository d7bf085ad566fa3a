//! Equations in one variable compared where their pieces meet, where either holds, and on all
//! stretches between.

use super::engine::Engine;
use super::formula::Formula;
use crate::check::{
    Cells, Decision, Domain, Verdict, Witness, between, is_assumed, merged,
};
use crate::error::Result;
use crate::function;
use crate::kernel::{Assumption, ExprId, FunctionId, Node, Number, Pool};
use crate::print::{self, Notation};

/// Whether an equation holds at a point.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Holds {
    Yes,
    No,
    /// It has no value there.
    Missing,
}

impl Engine {
    /// The verdict on what is 0 where two equations in one variable hold, of which both can be
    /// taken apart; the first of the formulas says what is assumed.
    pub(super) fn same_on_cells(
        &mut self,
        formulas: &[&Formula],
        pair: [ExprId; 2],
    ) -> Result<Option<Decision>> {
        let names = self.variables(&pair);
        let ([name], Domain::Real) = (&names[..], formulas[0].domain) else {
            return Ok(None);
        };
        let (symbol, known) = (self.pool.symbol(name), self.pool.assumption(name));
        let Some((cells, cuts)) = self.cells_of(pair, symbol, &known) else {
            return Ok(None);
        };
        self.check_limits()?;
        let mut is_open = false;
        for cut in cuts.iter().copied() {
            match is_assumed(&mut self.pool, &known, cut) {
                Some(true) => {}
                Some(false) => continue,
                None => return Ok(None),
            }
            let mut holds = [Holds::Missing; 2];
            for (holds, id) in holds.iter_mut().zip(pair) {
                let Some(found) = self.truth_at(formulas[0], id, (symbol, cut))? else {
                    return Ok(None);
                };
                *holds = found;
            }
            // A point at which one of them has no value costs nothing.
            if holds[0] == holds[1] || holds.contains(&Holds::Missing) {
                continue;
            }
            if let Some(decision) = self.apart_at(formulas, pair, (symbol, cut))? {
                return Ok(Some(decision));
            }
        }
        let [starts, ends] = cells[0].has_ends.map(usize::from);
        let stretches = starts..=cuts.len() - ends;
        let mut has_values = false;
        for place in stretches {
            let low = place.checked_sub(1).map(|before| cuts[before]);
            let high = cuts.get(place).copied();
            let Some(at) = between(&mut self.pool, low, high) else { return Ok(None) };
            has_values = has_values
                || !self.is_missing(pair[0], (symbol, at))?
                    && !self.is_missing(pair[1], (symbol, at))?;
            let [one, other] = &cells;
            let one = one.vanishes_at(&mut self.pool, at);
            let other = other.vanishes_at(&mut self.pool, at);
            let (Some(one), Some(other)) = (one, other) else { return Ok(None) };
            if one == other {
                continue;
            }
            if let Some(decision) = self.apart_at(formulas, pair, (symbol, at))? {
                return Ok(Some(decision));
            }
            is_open = true;
        }
        let known = "proved: each equation holds where the other does".to_owned();
        // Of what has no value anywhere, nothing is said.
        let is_proved = has_values && !is_open;
        Ok(is_proved.then_some(Decision { verdict: Verdict::Equal, known }))
    }

    /// Whether an expression has no value where a variable has one.
    fn is_missing(&mut self, id: ExprId, at: (ExprId, ExprId)) -> Result<bool> {
        let put = self.pool.substitute(&[id], &[at], function::apply)[0];
        let put = self.simplify(put)?;
        Ok(put == Pool::UNDEFINED || self.is_undefined(put))
    }

    /// That two expressions are 0 where the same expression is: `abs(u)`, `u^3` and `e^u - 1`.
    pub(super) fn same_inside(
        &mut self,
        formula: &Formula,
        pair: [ExprId; 2],
    ) -> Result<Option<Decision>> {
        if formula.domain != Domain::Real {
            return Ok(None);
        }
        let mut inner = pair;
        for id in &mut inner {
            *id = self.inside(*id)?;
        }
        if inner == pair {
            return Ok(None);
        }
        for sign in [Number::ONE, Number::MINUS_ONE] {
            let other = self.pool.scale(&sign, inner[1]);
            let gap = self.pool.difference(inner[0], other);
            let gap = self.simplify(gap)?;
            let found = self.is_zero_at(formula, gap, (Pool::ZERO, Pool::ZERO))?;
            if matches!(found.verdict, Verdict::Equal | Verdict::EqualOnDomain { .. }) {
                let known = "proved: each equation holds where the other does".to_owned();
                return Ok(Some(Decision { verdict: Verdict::Equal, known }));
            }
        }
        Ok(None)
    }

    /// What is 0 where an expression is: what stands inside of functions that are 0 at 0 only,
    /// and the difference of what has the same value of a function that takes none twice.
    fn inside(&mut self, id: ExprId) -> Result<ExprId> {
        let mut id = self.simplify(id)?;
        loop {
            let (_, rest) = self.pool.coefficient(id);
            let inner = match self.pool.node(rest) {
                Node::Power(base, exponent) => {
                    let is_zero_at_zero = |n: &Number| n.is_integer() && n.is_positive();
                    self.pool
                        .as_number(exponent)
                        .is_some_and(is_zero_at_zero)
                        .then_some(base)
                }
                Node::Apply(function, list) => {
                    let u = self.pool.list(list)[0];
                    let is_even = matches!(function, FunctionId::ABS | FunctionId::SIGN);
                    let is_alone = is_even || function::spec(function).rises;
                    let at_zero = is_alone.then(|| {
                        function::apply(&mut self.pool, function, &[Pool::ZERO])
                    });
                    (at_zero == Some(Pool::ZERO)).then_some(u)
                }
                Node::Sum(list) => {
                    let terms = self.pool.list(list).to_vec();
                    self.between_terms(&terms)
                }
                _ => None,
            };
            match inner {
                Some(inner) => id = self.simplify(inner)?,
                None => return Ok(rest),
            }
        }
    }

    /// The difference of the arguments of a function that takes no value twice, where a sum is
    /// that of its values.
    fn between_terms(&mut self, terms: &[ExprId]) -> Option<ExprId> {
        let [one, other] = *terms else { return None };
        let ((m, u), (n, v)) = (self.pool.coefficient(one), self.pool.coefficient(other));
        if *m != n.neg() {
            return None;
        }
        let [u, v] = match (self.pool.node(u), self.pool.node(v)) {
            (Node::Power(Pool::E, u), Node::Power(Pool::E, v)) => [u, v],
            (Node::Apply(f, u), Node::Apply(g, v))
                if f == g && function::spec(f).rises =>
            {
                [self.pool.list(u)[0], self.pool.list(v)[0]]
            }
            _ => return None,
        };
        Some(self.pool.difference(u, v))
    }

    /// The cells of two expressions, and all their cuts.
    fn cells_of(
        &mut self,
        pair: [ExprId; 2],
        symbol: ExprId,
        known: &Assumption,
    ) -> Option<([Cells; 2], Vec<ExprId>)> {
        let one = Cells::new(&mut self.pool, pair[0], symbol, known)?;
        let other = Cells::new(&mut self.pool, pair[1], symbol, known)?;
        let cuts = merged(&mut self.pool, &one.cuts, &other.cuts)?;
        Some(([one, other], cuts))
    }

    /// Whether an expression is 0 where a variable has a value; `None` where that is not known.
    fn truth_at(
        &mut self,
        formula: &Formula,
        id: ExprId,
        at: (ExprId, ExprId),
    ) -> Result<Option<Holds>> {
        if self.is_missing(id, at)? {
            return Ok(Some(Holds::Missing));
        }
        Ok(match self.is_zero_at(formula, id, at)?.verdict {
            Verdict::Equal => Some(Holds::Yes),
            Verdict::Different(_) => Some(Holds::No),
            _ => None,
        })
    }

    /// That one of two equations holds at a point and the other does not, where all formulas
    /// have values there.
    fn apart_at(
        &mut self,
        formulas: &[&Formula],
        pair: [ExprId; 2],
        at: (ExprId, ExprId),
    ) -> Result<Option<Decision>> {
        let mut texts = Vec::with_capacity(pair.len());
        for id in pair {
            let put = self.pool.substitute(&[id], &[at], function::apply)[0];
            let put = self.simplify(put)?;
            if put == Pool::UNDEFINED {
                return Ok(None);
            }
            texts.push(print::write(&self.pool, put, Notation::Text)?);
        }
        let name = self.pool.symbol_name(at.0).unwrap_or_default().to_owned();
        let point = vec![(name, print::write(&self.pool, at.1, Notation::Text)?)];
        for formula in formulas {
            if self.refuse_outside(formula, &point).is_err() {
                return Ok(None);
            }
        }
        let (right, left) =
            (texts.pop().unwrap_or_default(), texts.pop().unwrap_or_default());
        let witness = Witness { point, left, right, difference: None };
        Ok(Some(Decision {
            known: "a solution of one equation does not solve the other".to_owned(),
            verdict: Verdict::Different(witness),
        }))
    }
}
