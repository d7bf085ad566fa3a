//! Which expressions are taller than a line in LaTeX, so that brackets around them grow.

use crate::function;
use crate::kernel::{ExprId, Node, Number, Pool, Relation};

/// The nodes of an expression in the order of their handles, and whether each is tall.
#[derive(Default)]
pub(super) struct Tall {
    ids: Vec<ExprId>,
    found: Vec<bool>,
}

impl Tall {
    /// Finds fractions and what contains them; an exponent does not count, but that of a
    /// root, which is a fraction, does.
    pub(super) fn new(pool: &Pool, root: ExprId) -> Self {
        let ids = pool.reachable(&[root]);
        let mut tall = Self { found: Vec::with_capacity(ids.len()), ids };
        for place in 0..tall.ids.len() {
            let found = tall.is_tall(pool, tall.ids[place]);
            tall.found.push(found);
        }
        tall
    }

    fn is_tall(&self, pool: &Pool, id: ExprId) -> bool {
        let any = |list: &[ExprId]| list.iter().any(|id| self.contains(*id));
        match pool.node(id) {
            Node::Number(n) => !pool.number_at(n).is_integer(),
            Node::Symbol(_) | Node::Constant(_) | Node::Undefined => false,
            Node::Sum(list) => any(pool.list(list)),
            Node::Product(list) => {
                let factors = pool.list(list);
                factors.iter().any(|factor| is_below(pool, *factor)) || any(factors)
            }
            Node::Multiple(n, rest) => {
                !pool.number_at(n).is_integer()
                    || pool.factors(&rest).iter().any(|factor| is_below(pool, *factor))
                    || self.contains(rest)
            }
            Node::Power(base, exponent) => {
                is_below(pool, id)
                    || self.contains(base)
                    || pool.as_number(exponent).is_some_and(|n| *n == Number::HALF)
            }
            Node::Apply(function, list) => {
                let own = match pool.as_abstract(function) {
                    _ if Relation::of(function).is_some() => false,
                    Some(known) => {
                        known.orders.len() > 1 && known.orders.iter().any(|n| *n > 0)
                    }
                    None => {
                        let latex = function::spec(function).latex;
                        latex.contains("frac")
                            || latex.contains("binom")
                            || function::spec(function).name == "piecewise"
                    }
                };
                any(pool.list(list)) || own
            }
        }
    }

    pub(super) fn contains(&self, id: ExprId) -> bool {
        let known = &self.ids[..self.found.len()];
        known.binary_search(&id).is_ok_and(|place| self.found[place])
    }
}

/// Whether a factor stands below a fraction bar.
fn is_below(pool: &Pool, factor: ExprId) -> bool {
    let (_, exponent) = pool.base(factor);
    pool.as_number(exponent).is_some_and(Number::is_negative)
}
