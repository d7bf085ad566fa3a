//! Whether linear inequalities contradict each other: then a sum of positive multiples of them says
//! that a number is above 0 which is not (Fourier 1826, Motzkin 1936). What is eliminated may be
//! any expression, as each of them is a real number.

use crate::kernel::{ExprId, Number, Pool};

/// More inequalities than these are not looked at.
const MOST_ROWS: usize = 200;
/// The longest numbers, in bits.
const BITS: u64 = 1 << 10;

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
        let signed = self.rows.iter().zip(signs);
        let rows = signed.filter_map(|(row, sign)| match sign {
            Some(true) => Some(row.clone()),
            Some(false) => Some(row.times(&Number::MINUS_ONE)),
            None => None,
        });
        contradict(rows.collect())
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

/// Whether not all rows can be above 0: one expression after the other is eliminated.
fn contradict(mut rows: Vec<Row>) -> bool {
    loop {
        if rows.iter().any(|row| row.terms.is_empty() && !row.rest.is_positive()) {
            return true;
        }
        let pairs = |id: ExprId| {
            let signs = rows.iter().filter_map(|row| row.of(id));
            let (above, below): (Vec<&Number>, Vec<&Number>) =
                signs.partition(|n| n.is_positive());
            above.len() * below.len()
        };
        let all = rows.iter().flat_map(|row| &row.terms).map(|(id, _)| *id);
        let Some(next) = all.min_by_key(|id| (pairs(*id), *id)) else { return false };
        let (own, mut left): (Vec<Row>, Vec<Row>) =
            rows.into_iter().partition(|row| row.of(next).is_some());
        let is_above = |row: &Row| row.of(next).is_some_and(Number::is_positive);
        let (above, below): (Vec<Row>, Vec<Row>) = own.into_iter().partition(is_above);
        if left.len() + above.len() * below.len() > MOST_ROWS {
            return false;
        }
        for a in &above {
            for b in &below {
                let (Some(m), Some(n)) = (a.of(next), b.of(next)) else { continue };
                let sum = a.times(&n.neg()).plus(&b.times(m));
                if sum.rest.bits() > BITS {
                    return false;
                }
                left.push(sum);
            }
        }
        rows = left;
    }
}
