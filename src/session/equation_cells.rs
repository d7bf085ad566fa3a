//! Equations in one variable compared where their pieces meet, where either holds, and on all
//! stretches between.

use super::engine::Engine;
use super::formula::Formula;
use crate::check::{Cells, Decision, Domain, Verdict, Witness, between, merged};
use crate::error::Result;
use crate::function;
use crate::kernel::{Assumption, Bound, ExprId, Pool};
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
        for place in 0..cuts.len() {
            if !is_inside(&self.pool, &known, cuts[place]) {
                continue;
            }
            let mut holds = [Holds::Missing; 2];
            for (holds, id) in holds.iter_mut().zip(pair) {
                let Some(found) = self.truth_at(formulas[0], id, (symbol, cuts[place]))?
                else {
                    return Ok(None);
                };
                *holds = found;
            }
            // A point at which one of them has no value costs nothing.
            if holds[0] == holds[1] || holds.contains(&Holds::Missing) {
                continue;
            }
            if let Some(decision) =
                self.apart_at(formulas, pair, (symbol, cuts[place]))?
            {
                return Ok(Some(decision));
            }
        }
        let [starts, ends] = cells[0].has_ends.map(usize::from);
        let stretches = starts..=cuts.len() - ends;
        for place in stretches {
            let low = place.checked_sub(1).map(|before| cuts[before]);
            let high = cuts.get(place).copied();
            let Some(at) = between(&mut self.pool, low, high) else { return Ok(None) };
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
        Ok((!is_open).then_some(Decision { verdict: Verdict::Equal, known }))
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
        let put = self.pool.substitute(&[id], &[at], function::apply)[0];
        let put = self.simplify(put)?;
        if put == Pool::UNDEFINED || self.is_undefined(put) {
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
        let (right, left) = (texts.pop().unwrap_or_default(), texts.pop().unwrap_or_default());
        let witness = Witness { point, left, right, difference: None };
        Ok(Some(Decision {
            known: "a solution of one equation does not solve the other".to_owned(),
            verdict: Verdict::Different(witness),
        }))
    }
}

/// Whether a cut, which is between the ends of what is assumed or one of them, is as it is
/// assumed.
fn is_inside(pool: &Pool, known: &Assumption, cut: ExprId) -> bool {
    let is_end = |exact: Option<Bound>| {
        exact.is_some_and(|end| Bound::of(pool, cut) == Some(end))
    };
    match pool.as_number(cut) {
        Some(number) => known.allows_exactly(number),
        None => {
            !(known.open_low && is_end(known.exact_low))
                && !(known.open_high && is_end(known.exact_high))
        }
    }
}
