//! Sums beside a power with a symbolic exponent, by the powers of what is raised.
//!
//! Derivatives of `x^n*p(x)` have the exponent among the coefficients of the sum, where a
//! book collects: `x^(n - 1)*((n + 2)*x^2 + n)`.

use crate::kernel::{ExprId, Node, Number, Pool};
use crate::simplify::collect::{Draw, common, drawn, keep};
use crate::simplify::expand::expand;
use crate::simplify::keys::{Powers, Term, join, split};
use smallvec::{SmallVec, smallvec};

/// Sums of more terms, multiplied out, stay as they are.
const MAX_TERMS: usize = 16;
/// The symbols of what is raised that are tried.
const MAX_SYMBOLS: usize = 3;

/// The product with such a sum collected, the cheapest way that is found; `None` when there
/// is no such sum or nothing to collect.
pub(super) fn with_sum_collected(
    pool: &mut Pool,
    coefficient: &Number,
    factors: &[ExprId],
) -> Option<ExprId> {
    let raised: SmallVec<[ExprId; 4]> = factors
        .iter()
        .map(|factor| pool.base(*factor))
        .filter(|(base, exponent)| {
            pool.as_number(*exponent).is_none()
                && !pool.is_constant(*base)
                && !pool.may_depend(*base, *exponent)
        })
        .map(|(base, _)| base)
        .collect();
    let mut best: Option<ExprId> = None;
    for base in raised {
        for place in 0..factors.len() {
            let Node::Sum(list) = pool.node(factors[place]) else { continue };
            if list.len as usize > MAX_TERMS {
                continue;
            }
            for symbol in symbols(pool, base) {
                let Some(sum) = collected(pool, factors[place], symbol) else { continue };
                let mut others: SmallVec<[ExprId; 8]> = SmallVec::from_slice(factors);
                others[place] = sum;
                let product = pool.product_with(coefficient.clone(), &others);
                match &mut best {
                    Some(best) => keep(pool, best, product),
                    None => best = Some(product),
                }
            }
        }
    }
    best
}

/// The first symbols of an expression.
fn symbols(pool: &Pool, id: ExprId) -> SmallVec<[ExprId; MAX_SYMBOLS]> {
    let is_symbol = |id: &ExprId| matches!(pool.node(*id), Node::Symbol(_));
    pool.reachable(&[id]).into_iter().filter(is_symbol).take(MAX_SYMBOLS).collect()
}

/// A sum, multiplied out, as powers of a symbol with their coefficients; the least power is
/// outside where it is below the bar. `None` when no power has several terms.
fn collected(pool: &mut Pool, sum: ExprId, symbol: ExprId) -> Option<ExprId> {
    let key = (symbol, Pool::ONE);
    let sum = expand(pool, sum, MAX_TERMS).unwrap_or(sum);
    let mut by_power: Vec<(Number, Vec<Term>)> = Vec::new();
    let operands: SmallVec<[ExprId; 8]> = SmallVec::from_slice(pool.terms(&sum));
    for operand in operands {
        let mut term = split(pool, operand);
        let n = term.power(key).cloned().unwrap_or(Number::ZERO);
        term.powers.retain(|(known, _)| *known != key);
        match by_power.iter_mut().find(|(known, _)| *known == n) {
            Some((_, terms)) => terms.push(term),
            None => by_power.push((n, vec![term])),
        }
    }
    if by_power.iter().all(|(_, terms)| terms.len() == 1) {
        return None;
    }
    let least = by_power.iter().map(|(n, _)| n).min()?.clone();
    let outer = if least.is_negative() { least } else { Number::ZERO };
    let mut sums: SmallVec<[ExprId; 8]> = SmallVec::new();
    for (n, terms) in by_power {
        let coefficient = coefficient_of(pool, &terms);
        let power: Powers = smallvec![(key, n.sub(&outer))];
        let power = join(pool, &Number::ONE, &power);
        sums.push(pool.product(&[coefficient, power]));
    }
    let inner = pool.sum(&sums);
    let outer = join(pool, &Number::ONE, &smallvec![(key, outer)]);
    Some(pool.product(&[outer, inner]))
}

/// The sum of terms, with what they have in common outside where that is shorter.
fn coefficient_of(pool: &mut Pool, terms: &[Term]) -> ExprId {
    let pieces: SmallVec<[ExprId; 8]> =
        terms.iter().map(|term| join(pool, &term.coefficient, &term.powers)).collect();
    let mut best = pool.sum(&pieces);
    if let Some(part) = common(pool, terms, Draw::Common) {
        let (outer, inner) = drawn(pool, terms, &part);
        let product = pool.product(&[outer, inner]);
        keep(pool, &mut best, product);
    }
    best
}
