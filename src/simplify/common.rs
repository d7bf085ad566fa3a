//! What several expressions have in common as a factor.

use super::keys::{Powers, Term, join, split};
use crate::kernel::{ExprId, Node, Number, Pool};

/// The factor that all of several expressions share, zeros aside, without numbers and
/// without positive powers of variables, which stand better inside; 1 when there is none.
///
/// Each base is taken to the exponent nearest to zero, so no expression gets a denominator
/// that it did not have.
pub fn common_factor(pool: &mut Pool, expressions: &[ExprId]) -> ExprId {
    let terms: Vec<Term> = expressions
        .iter()
        .filter(|id| **id != Pool::ZERO)
        .map(|id| split(pool, *id))
        .collect();
    let Some((first, rest)) = terms.split_first() else { return Pool::ONE };
    let mut shared = Powers::new();
    for (key, n) in &first.powers {
        let (base, exponent) = *key;
        let is_variable = matches!(pool.node(base), Node::Symbol(_));
        if is_variable && exponent == Pool::ONE && n.is_positive() {
            continue;
        }
        let found = rest.iter().try_fold(n.clone(), |least, term| {
            let other = term.power(*key)?;
            let same_side = other.is_negative() == least.is_negative();
            same_side.then(|| if nearer(other, &least) { other.clone() } else { least })
        });
        if let Some(n) = found {
            shared.push((*key, n));
        }
    }
    join(pool, &Number::ONE, &shared)
}

/// Whether the first of two numbers of one sign is nearer to zero.
fn nearer(one: &Number, other: &Number) -> bool {
    one.sub(other).is_negative() != one.is_negative()
}
