//! Formulas in one variable compared on each piece and where pieces meet.

use super::assumed::is_assumed;
use super::cells::{Cells, between, in_order, is_pieced};
use super::compare::Comparison;
use super::observe::{Told, tell};
use super::place::Place;
use crate::evaluate::{Tape, digits, values};
use crate::function;
use crate::kernel::{ExprId, Pool};
use crate::simplify::Simplifier;
use crate::syntax;
use std::cmp::Ordering;

/// More expensive differences are not taken apart.
const MAX_COST: u32 = 400;

/// What is known where a difference was taken apart.
pub(super) enum InCells {
    /// It is 0 on all pieces, and where they meet.
    Equal,
    /// It is not 0 at a place.
    Differ(Place),
    /// Nothing.
    Unknown,
}

impl Comparison<'_> {
    /// Takes the difference of two expressions with pieces apart.
    pub(super) fn in_cells(&self, pool: &mut Pool) -> InCells {
        let ([name], None) = (&self.tape.variables[..], &self.primitive) else {
            return InCells::Unknown;
        };
        let symbol = pool.symbol(name);
        let difference = pool.difference(self.left.id, self.right.id);
        if !is_pieced(pool, difference) || pool.cost(difference) > MAX_COST {
            return InCells::Unknown;
        }
        self.taken_apart(pool, symbol, difference).unwrap_or(InCells::Unknown)
    }

    fn taken_apart(
        &self,
        pool: &mut Pool,
        symbol: ExprId,
        difference: ExprId,
    ) -> Option<InCells> {
        let mut known = self.names().pop()?;
        let own = Cells::new(pool, difference, symbol, &known);
        let is_periodic = own.is_none();
        let cells = match own {
            Some(cells) => cells,
            None => {
                let (cells, window) = Cells::of_period(pool, difference, symbol)?;
                known = window;
                cells
            }
        };
        let [starts, ends] = cells.has_ends.map(usize::from);
        for place in starts..=cells.cuts.len() - ends {
            // Where one of them has no value, nothing is compared.
            if cells.vanishes[place] || cells.missing.contains(&place) {
                continue;
            }
            let low = place.checked_sub(1).map(|before| cells.cuts[before]);
            let at = between(pool, low, cells.cuts.get(place).copied())?;
            // Where the window is, the variable may not be.
            return match is_periodic {
                true => None,
                false => self.differ_at(pool, symbol, at),
            };
        }
        for cut in &cells.cuts {
            if !is_assumed(pool, &known, *cut)? {
                continue;
            }
            let put =
                pool.substitute(&[difference], &[(symbol, *cut)], function::apply)[0];
            let put = Simplifier::default().simplify(pool, put);
            let is_missing = put == Pool::UNDEFINED
                || digits::is_defined(pool, put, syntax::in_normal_form) == Some(false);
            if is_missing || in_order(pool, put, Pool::ZERO)? == Ordering::Equal {
                continue;
            }
            return match is_periodic {
                true => None,
                false => self.differ_at(pool, symbol, *cut),
            };
        }
        cells.vanishes.contains(&true).then_some(InCells::Equal)
    }

    /// That they differ at a number, where that is certain.
    fn differ_at(&self, pool: &mut Pool, symbol: ExprId, at: ExprId) -> Option<InCells> {
        let mut tape = Tape::default();
        let slots = tape.add_expressions(pool, &[at]);
        let near = values(&tape, &[])[slots[0] as usize];
        let place = Place::new(vec![(symbol, at)], vec![near]);
        let pair = [self.left.id, self.right.id];
        let differs = near.is_finite()
            && self.is_defined(&place)
            && tell(pool, pair, &place) == Told::Different;
        differs.then_some(InCells::Differ(place))
    }
}
