//! Products with sums: the same sum with other signs, what the terms of one have in common.

use crate::kernel::{ExprId, Node, Number, Pool};
use crate::simplify::collect::{Draw, common, drawn};
use crate::simplify::expand::expand_all;
use crate::simplify::keys::{Term, may_share, split};
use crate::simplify::pass::MAX_TERMS;
use smallvec::SmallVec;

/// Whether a factor has another one on its side of the bar that is a power of a symbol or of
/// a sum: `x*(4*x - 4)` is written `4*x*(x - 1)`, while `(2*x + 2)*cos(x)` may stay.
pub(super) fn stands_beside(pool: &Pool, factors: &[ExprId], place: usize) -> bool {
    let side =
        |factor: ExprId| pool.as_number(pool.base(factor).1).map(Number::is_negative);
    let is_algebraic = |factor: &ExprId| {
        matches!(pool.node(pool.base(*factor).0), Node::Symbol(_) | Node::Sum(_))
    };
    let others = factors.iter().enumerate().filter(|(at, _)| *at != place);
    others
        .into_iter()
        .any(|(_, factor)| is_algebraic(factor) && side(*factor) == side(factors[place]))
}

/// `-2*y*(1 - 2*x^2)` as `2*y*(2*x^2 - 1)`: a minus goes into a sum that has one.
pub(super) fn turned(
    pool: &mut Pool,
    coefficient: &Number,
    factors: &[ExprId],
) -> Option<ExprId> {
    if !coefficient.is_negative() {
        return None;
    }
    let place = factors.iter().position(|factor| match pool.node(*factor) {
        Node::Sum(list) => pool.list(list).iter().any(|term| pool.leads_negative(*term)),
        _ => false,
    })?;
    let mut others: SmallVec<[ExprId; 8]> = SmallVec::from_slice(factors);
    others[place] = pool.negate(others[place]);
    Some(pool.product_with(coefficient.neg(), &others))
}

/// Whether multiplying a product out could shorten it: when it has two sums, or a factor or
/// coefficient that meets its inverse in the terms of one.
pub(super) fn may_cancel(pool: &Pool, id: ExprId) -> bool {
    let (coefficient, rest) = pool.coefficient(id);
    let factors = pool.factors(&rest);
    let mut sums =
        factors.iter().filter(|factor| matches!(pool.node(**factor), Node::Sum(_)));
    let Some(first) = sums.next() else { return false };
    if factors.len() == 1 {
        return true;
    }
    if sums.next().is_some() {
        return true;
    }
    pool.terms(first).iter().any(|term| {
        let (c, rest) = pool.coefficient(*term);
        let meets = pool.factors(&rest).iter().any(|inner| {
            let (base, m) = pool.base(*inner);
            factors.iter().any(|outer| {
                let (other, n) = pool.base(*outer);
                other == base
                    && match (pool.as_number(m), pool.as_number(n)) {
                        (Some(m), Some(n)) => m.is_negative() != n.is_negative(),
                        _ => true,
                    }
            })
        });
        meets || (!c.is_integer() && !coefficient.is_one()) || !coefficient.is_integer()
    })
}

/// The common factor of the terms of a sum and what is left, once without and once with the
/// denominators, where that makes a difference.
pub(super) fn with_common_out(
    pool: &mut Pool,
    sum: ExprId,
) -> SmallVec<[(ExprId, ExprId); 2]> {
    let mut found = SmallVec::new();
    let operands: SmallVec<[ExprId; 8]> = SmallVec::from_slice(pool.terms(&sum));
    if operands.len() > MAX_TERMS || !may_share(pool, &operands) {
        return found;
    }
    let terms: Vec<Term> = operands.iter().map(|term| split(pool, *term)).collect();
    let shared = common(pool, &terms, Draw::Common);
    if let Some(part) = &shared {
        found.push(drawn(pool, &terms, part));
    }
    let negative = |term: &Term| term.powers.iter().any(|(_, n)| n.is_negative());
    if terms.iter().any(negative)
        && let Some(part) = common(pool, &terms, Draw::Fraction)
        && shared.as_ref() != Some(&part)
    {
        found.push(drawn(pool, &terms, &part));
    }
    found
}

/// `(a - b)^m*(b - a)^n` as a power of one of the two.
pub(super) fn with_one_orientation(
    pool: &mut Pool,
    coefficient: &Number,
    factors: &[ExprId],
) -> Option<ExprId> {
    for (i, first) in factors.iter().enumerate() {
        let (base, exponent) = pool.base(*first);
        if !matches!(pool.node(base), Node::Sum(_)) {
            continue;
        }
        let Some(n) = pool.as_number(exponent).and_then(Number::to_i64) else { continue };
        let opposite = |id: &ExprId| {
            let other = pool.base(*id).0;
            let is_sum = matches!(pool.node(other), Node::Sum(_));
            (is_sum && pool.is_negative_of(base, other)).then_some(other)
        };
        if let Some(opposite) = factors.iter().find_map(opposite) {
            let mut others: SmallVec<[ExprId; 8]> = SmallVec::from_slice(factors);
            others[i] = pool.integer_power(opposite, n);
            let sign = if n % 2 == 0 { Number::ONE } else { Number::MINUS_ONE };
            return Some(pool.product_with(coefficient.mul(&sign), &others));
        }
    }
    None
}

/// `1/((x - a)*(x + a))` as `1/(x^2 - a^2)`.
pub(super) fn with_difference_of_squares(
    pool: &mut Pool,
    coefficient: &Number,
    factors: &[ExprId],
) -> Option<ExprId> {
    let is_below = |pool: &Pool, factor: ExprId| {
        let (base, exponent) = pool.base(factor);
        let is_pair = matches!(pool.node(base), Node::Sum(list) if list.len == 2);
        is_pair && exponent == Pool::MINUS_ONE
    };
    let places: SmallVec<[usize; 8]> =
        (0..factors.len()).filter(|at| is_below(pool, factors[*at])).collect();
    for (at, i) in places.iter().enumerate() {
        for k in &places[at + 1..] {
            let (one, other) = (pool.base(factors[*i]).0, pool.base(factors[*k]).0);
            let turned = pool.product(&[one, other]);
            let Some(product) = expand_all(pool, turned, 4) else { continue };
            if pool.terms(&product).len() > 2 {
                continue;
            }
            let mut others: SmallVec<[ExprId; 8]> = SmallVec::from_slice(factors);
            others[*i] = pool.power(product, Pool::MINUS_ONE);
            others.remove(*k);
            return Some(pool.product_with(coefficient.clone(), &others));
        }
    }
    None
}
