//! Powers of negative numbers, which are real for whole exponents only: no usual point meets
//! `x = (sqrt(5) - 1)/2`, where `(-1)^(x*(x + 1))` is -1.

use super::compare::Comparison;
use super::observe::{Told, tell};
use super::place::Place;
use super::zeros::zeros;
use crate::evaluate::{Tape, digits, values};
use crate::function;
use crate::kernel::{ExprId, Node, Number, Pool};
use crate::simplify::{self, Simplifier};
use crate::syntax;

/// Up to how many terms an exponent is multiplied out.
const TERMS: usize = 40;
/// The exponents that are looked at: even and odd ones.
const WHOLE: [i64; 5] = [1, 2, 3, 0, -1];

impl Comparison<'_> {
    /// A place at which an exponent of a negative number is whole and both sides differ.
    pub(super) fn at_whole_exponents(
        &self,
        pool: &mut Pool,
        pair: [ExprId; 2],
    ) -> Option<Place> {
        let exponents: Vec<ExprId> = pool
            .reachable(&[self.left.id, self.right.id])
            .into_iter()
            .filter_map(|id| match pool.node(id) {
                Node::Power(base, exponent) => {
                    let is_negative =
                        pool.as_number(base).is_some_and(Number::is_negative);
                    (is_negative && !pool.is_constant(exponent)).then_some(exponent)
                }
                _ => None,
            })
            .collect();
        for (exponent, whole) in
            exponents.iter().flat_map(|exponent| WHOLE.map(|whole| (*exponent, whole)))
        {
            let whole = pool.integer(whole);
            let gap = pool.difference(exponent, whole);
            let gap = simplify::expand_all(pool, gap, TERMS).unwrap_or(gap);
            for (symbol, value) in zeros(pool, 0, gap).unwrap_or_default() {
                let mut tape = Tape::default();
                let slot = tape.add_expressions(pool, &[value])[0];
                let near =
                    values(&tape, &vec![f64::NAN; tape.variables.len()])[slot as usize];
                if !near.is_finite() || pool.symbol_name(symbol).is_none() {
                    continue;
                }
                let place = Place::new(vec![(symbol, value)], vec![near]);
                if self.tape.variables.len() == 1
                    && self.is_assumed(pool, &place) == Some(true)
                    && self.differs_simplified(pool, pair, &place)
                {
                    return Some(place);
                }
            }
        }
        None
    }

    /// Whether both sides have values at a place, once they are simplified, and differ.
    fn differs_simplified(
        &self,
        pool: &mut Pool,
        pair: [ExprId; 2],
        place: &Place,
    ) -> bool {
        let put = pool.substitute(&pair, &place.exact, function::apply);
        let [left, right] =
            [put[0], put[1]].map(|id| Simplifier::default().simplify(pool, id));
        let has_value = |pool: &Pool, id: ExprId| {
            digits::is_defined(pool, id, syntax::in_normal_form) == Some(true)
        };
        has_value(pool, left)
            && has_value(pool, right)
            && tell(pool, [left, right], place) == Told::Different
            && !self.is_excused(pool, place)
    }
}
