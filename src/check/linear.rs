//! Whether linear inequalities contradict each other: then a sum of positive multiples of them says
//! that a number is above 0 which is not (Fourier 1826, Motzkin 1936). What is eliminated may be
//! any expression, as each of them is a real number. Where they do not contradict each other, a
//! point is found at which they hold.

use super::breaks::{Seam, seams};
use super::compare::Comparison;
use super::observe::{Told, tell};
use super::place::Place;
use super::windows::Windows;
use crate::kernel::{ExprId, Number, Pool};
use std::collections::BTreeMap;

/// More inequalities than these are not looked at.
const MOST_ROWS: usize = 200;
/// The longest numbers, in bits.
const BITS: u64 = 1 << 10;

/// All cells are looked at of so many planes.
const MOST_PLANES: usize = 7;

/// The value of what nothing bounds.
const FREE: Number = Number::ONE;

/// A value of each expression.
type Values = BTreeMap<ExprId, Number>;

/// A sum of multiples of expressions, each once, and a number.
#[derive(Clone, Debug)]
struct Row {
    terms: Vec<(ExprId, Number)>,
    rest: Number,
}

/// Expressions as linear forms in what they are sums of.
pub(super) struct Linear {
    rows: Vec<Row>,
}

impl Linear {
    pub(super) fn new(pool: &Pool, ids: &[ExprId]) -> Self {
        Self { rows: ids.iter().map(|id| row(pool, *id)).collect() }
    }

    /// Whether the expressions never have these signs together, as far as they are given.
    pub(super) fn exclude(&self, signs: &[Option<bool>]) -> bool {
        matches!(solve(self.signed(signs)), Some(None))
    }

    /// What is above 0 where the expressions have these signs.
    fn signed(&self, signs: &[Option<bool>]) -> Vec<Row> {
        let signed = self.rows.iter().zip(signs);
        let rows = signed.filter_map(|(row, sign)| match sign {
            Some(true) => Some(row.clone()),
            Some(false) => Some(row.times(&Number::MINUS_ONE)),
            None => None,
        });
        rows.collect()
    }
}

impl Row {
    fn times(&self, by: &Number) -> Self {
        let terms = self.terms.iter().map(|(id, n)| (*id, n.mul(by))).collect();
        Self { terms, rest: self.rest.mul(by) }
    }

    fn of(&self, id: ExprId) -> Option<&Number> {
        self.terms.iter().find(|(own, _)| *own == id).map(|(_, n)| n)
    }

    fn plus(&self, other: &Self) -> Self {
        let mut sum = self.clone();
        for (id, n) in &other.terms {
            match sum.terms.iter_mut().find(|(own, _)| own == id) {
                Some((_, own)) => *own = own.add(n),
                None => sum.terms.push((*id, n.clone())),
            }
        }
        sum.terms.retain(|(_, n)| !n.is_zero());
        sum.rest = sum.rest.add(&other.rest);
        sum
    }
}

fn row(pool: &Pool, id: ExprId) -> Row {
    let mut found = Row { terms: Vec::new(), rest: Number::ZERO };
    for term in pool.terms(&id) {
        let one = match pool.as_number(*term) {
            Some(n) => Row { terms: Vec::new(), rest: n.clone() },
            None => {
                let (n, rest) = pool.coefficient(*term);
                Row { terms: vec![(rest, n.clone())], rest: Number::ZERO }
            }
        };
        found = found.plus(&one);
    }
    found
}

/// Values with which all rows are above 0, where there are any; `None` where that takes too much.
/// One expression after the other is eliminated, and gets a value between its bounds afterwards.
fn solve(rows: Vec<Row>) -> Option<Option<Values>> {
    if rows.iter().any(|row| row.terms.is_empty() && !row.rest.is_positive()) {
        return Some(None);
    }
    let pairs = |id: ExprId| {
        let signs = rows.iter().filter_map(|row| row.of(id));
        let (above, below): (Vec<&Number>, Vec<&Number>) =
            signs.partition(|n| n.is_positive());
        above.len() * below.len()
    };
    let all = rows.iter().flat_map(|row| &row.terms).map(|(id, _)| *id);
    let Some(next) = all.min_by_key(|id| (pairs(*id), *id)) else {
        return Some(Some(Values::new()));
    };
    let (own, mut left): (Vec<Row>, Vec<Row>) =
        rows.into_iter().partition(|row| row.of(next).is_some());
    let is_above = |row: &Row| row.of(next).is_some_and(Number::is_positive);
    let (above, below): (Vec<Row>, Vec<Row>) = own.into_iter().partition(is_above);
    if left.len() + above.len() * below.len() > MOST_ROWS {
        return None;
    }
    for a in &above {
        for b in &below {
            let sum = a.times(&b.of(next)?.neg()).plus(&b.times(a.of(next)?));
            if sum.rest.bits() > BITS {
                return None;
            }
            left.push(sum);
        }
    }
    let Some(mut found) = solve(left)? else { return Some(None) };
    let bound = |row: &Row| -> Option<Number> {
        let own = row.of(next)?;
        let others = row.terms.iter().filter(|(id, _)| *id != next);
        let rest = others.fold(row.rest.clone(), |sum, (id, n)| {
            let value = found.get(id).cloned().unwrap_or(FREE);
            sum.add(&n.mul(&value))
        });
        Some(rest.mul(&own.recip()?).neg())
    };
    let low = above.iter().filter_map(bound).max();
    let high = below.iter().filter_map(bound).min();
    let value = match (low, high) {
        (Some(low), Some(high)) => low.add(&high).mul(&Number::HALF),
        (Some(low), None) => low.add(&Number::ONE),
        (None, Some(high)) => high.sub(&Number::ONE),
        (None, None) => FREE,
    };
    found.insert(next, value);
    Some(Some(found))
}

impl Comparison<'_> {
    /// Compares two expressions inside of all cells that planes cut out, those of their pieces
    /// that are linear in the variables.
    pub(super) fn linear_cells(&self, pool: &mut Pool, pair: [ExprId; 2]) -> Windows {
        let names = &self.tape.variables;
        let symbols: Vec<ExprId> = names.iter().map(|name| pool.symbol(name)).collect();
        if symbols.len() < 2 {
            return Windows::Agree;
        }
        let parts = seams(pool, &[self.left.id, self.right.id]).into_iter();
        let parts = parts.filter(|(_, kind)| *kind != Seam::Steps);
        let rows = parts.map(|(part, _)| row(pool, part)).filter(|row| {
            let is_own = |(id, _): &(ExprId, Number)| symbols.contains(id);
            !row.terms.is_empty() && row.terms.iter().all(is_own)
        });
        let mut planes = Linear { rows: rows.collect() };
        planes.rows.truncate(MOST_PLANES);
        for number in 0..1_usize << planes.rows.len() {
            let signs: Vec<Option<bool>> = (0..planes.rows.len())
                .map(|digit| Some(number >> digit & 1 == 1))
                .collect();
            let Some(Some(values)) = solve(planes.signed(&signs)) else { continue };
            let mut place = Place::default();
            for symbol in &symbols {
                let value = values.get(symbol).cloned().unwrap_or(FREE);
                place.doubles.push(value.to_f64());
                place.exact.push((*symbol, pool.number(value)));
            }
            let is_allowed =
                self.is_assumed(pool, &place) == Some(true) && self.is_defined(&place);
            if is_allowed
                && tell(pool, pair, &place) == Told::Different
                && !self.is_excused(pool, &place)
            {
                return Windows::Differ(place);
            }
        }
        Windows::Agree
    }
}
