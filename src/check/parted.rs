//! Forms over the complex numbers that are equal everywhere, on branch cuts too: positive
//! factors stand outside of logarithms and powers, and what is on opposite sides of the real
//! line is multiplied under one of them.
//!
//! `ln(c*u)` is `ln(c) + ln(u)` for a positive c. Where `u + k*v` is no negative number for a
//! positive k, the imaginary parts of u and v have opposite signs, and they are not both
//! negative: the sum of their angles is an angle again, and `ln(u) + ln(v)` is `ln(u*v)`.

use super::unsolved::multiple;
use crate::function;
use crate::kernel::{ExprId, FunctionId, Node, Number, Pool};
use crate::simplify;

/// Longer expressions are left as they are.
const MOST: usize = 300;
/// Up to how many terms an argument is multiplied out.
const TERMS: usize = 40;

/// An expression with positive factors outside of logarithms and powers.
pub(super) fn parted(pool: &mut Pool, root: ExprId) -> ExprId {
    let all = pool.reachable(&[root]);
    if all.len() > MOST {
        return root;
    }
    let mut known: Vec<(ExprId, ExprId)> = Vec::new();
    for id in all {
        let own = pool.substitute(&[id], &known, function::apply)[0];
        let next = match pool.node(own) {
            Node::Apply(FunctionId::LN, list) => {
                let of = pool.list(list)[0];
                let mut terms = Vec::new();
                for part in factors(pool, of, false) {
                    terms.push(function::apply(pool, FunctionId::LN, &[part]));
                }
                pool.sum(&terms)
            }
            Node::Power(base, exponent) if is_cut(pool, base, exponent) => {
                let mut parts = Vec::new();
                let is_whole = pool.is_integer(exponent);
                for part in factors(pool, base, is_whole) {
                    parts.push(pool.power(part, exponent));
                }
                pool.product(&parts)
            }
            Node::Product(_) => {
                let list = pool.factors(&own).to_vec();
                let list = met(pool, list, |pool, id| {
                    let (base, exponent) = pool.base(id);
                    is_cut(pool, base, exponent).then_some((base, exponent))
                });
                let list: Vec<ExprId> = list
                    .into_iter()
                    .map(|part| match part {
                        Part::Whole(id) => id,
                        Part::Of(base, exponent) => pool.power(base, exponent),
                    })
                    .collect();
                pool.product(&list)
            }
            Node::Sum(_) => {
                let list = pool.terms(&own).to_vec();
                let list = met(pool, list, |pool, id| {
                    let (factor, rest) = pool.coefficient(id);
                    let factor = factor.clone();
                    let Node::Apply(FunctionId::LN, list) = pool.node(rest) else {
                        return None;
                    };
                    let of = pool.list(list)[0];
                    Some((of, pool.number(factor)))
                });
                let list: Vec<ExprId> = list
                    .into_iter()
                    .map(|part| match part {
                        Part::Whole(id) => id,
                        Part::Of(of, factor) => {
                            let own = function::apply(pool, FunctionId::LN, &[of]);
                            pool.product(&[factor, own])
                        }
                    })
                    .collect();
                pool.sum(&list)
            }
            _ => own,
        };
        if next != id {
            known.push((id, next));
        }
    }
    known.last().filter(|(id, _)| *id == root).map_or(root, |(_, next)| *next)
}

/// A term or a factor.
enum Part {
    Whole(ExprId),
    /// The argument of a logarithm with its coefficient, or a base with its exponent.
    Of(ExprId, ExprId),
}

/// Terms or factors with those of which arguments can be multiplied as one.
fn met(
    pool: &mut Pool,
    list: Vec<ExprId>,
    mut of: impl FnMut(&mut Pool, ExprId) -> Option<(ExprId, ExprId)>,
) -> Vec<Part> {
    let mut found: Vec<Part> = Vec::with_capacity(list.len());
    for id in list {
        let Some((mut argument, beside)) = of(pool, id) else {
            found.push(Part::Whole(id));
            continue;
        };
        let mut at = 0;
        while at < found.len() {
            if let Part::Of(other, own) = found[at]
                && own == beside
                && are_opposite(pool, argument, other)
            {
                let product = pool.product(&[argument, other]);
                argument = simplify::expand_all(pool, product, TERMS).unwrap_or(product);
                found.remove(at);
                at = 0;
                continue;
            }
            at += 1;
        }
        found.push(Part::Of(argument, beside));
    }
    found
}

/// Whether a power may have a cut along a base that is no constant or a negative one.
fn is_cut(pool: &Pool, base: ExprId, exponent: ExprId) -> bool {
    let is_whole = pool.as_number(exponent).is_some_and(Number::is_integer);
    !is_whole && base != Pool::E && !(pool.is_constant(base) && pool.is_positive(base))
}

/// Whether a positive multiple of one added to another is a number that is not negative.
fn are_opposite(pool: &mut Pool, one: ExprId, other: ExprId) -> bool {
    multiple(pool, one, other).is_some_and(|(factor, over)| {
        factor.is_negative() && pool.as_number(over).is_some_and(|n| !n.is_negative())
    })
}

/// An argument as positive constants and one other factor, or as all of its factors.
fn factors(pool: &mut Pool, of: ExprId, takes_all: bool) -> Vec<ExprId> {
    let expanded = match pool.node(pool.coefficient(of).1) {
        Node::Product(_) if !takes_all => simplify::expand_all(pool, of, TERMS),
        _ => None,
    };
    let (factor, rest) = pool.coefficient(expanded.unwrap_or(of));
    let mut scale = factor.clone();
    let mut rest = rest;
    if let Node::Sum(_) = pool.node(rest) {
        let term = pool.terms(&rest).iter().find(|term| !pool.is_constant(**term));
        let lead = term.map(|term| pool.coefficient(*term).0.abs());
        if let Some(inverse) = lead.and_then(|lead| lead.recip()) {
            rest = pool.scale(&inverse, rest);
            scale = scale.mul(&inverse.recip().unwrap_or(Number::ONE));
        }
    }
    let is_negative = scale.is_negative();
    let mut outer = vec![pool.number(scale.abs())];
    let mut inner = vec![if is_negative { Pool::MINUS_ONE } else { Pool::ONE }];
    for part in pool.factors(&rest).to_vec() {
        let is_outer = takes_all || pool.is_constant(part) && pool.is_positive(part);
        if is_outer { outer.push(part) } else { inner.push(part) }
    }
    outer.push(pool.product(&inner));
    outer.retain(|part| *part != Pool::ONE);
    if outer.is_empty() { vec![Pool::ONE] } else { outer }
}
