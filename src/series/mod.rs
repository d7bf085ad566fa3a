//! Floor 4: Taylor polynomials by arithmetic with truncated power series.
//!
//! A node of an expression has its series once, made of those of its operands; nothing is
//! differentiated n times. Coefficients are exact.
//!
//! Invariant: what has no power series at the point is an error, never a polynomial.

mod application;
mod arithmetic;
mod beside;
mod coefficient;
mod ends;
mod expander;
mod fractional;
mod graded;
mod value;

use crate::error::{ErrorKind, Result};
use crate::kernel::{ExprId, Node, Number, Pool};
use crate::print::{self, Notation};
use crate::simplify::Simplifier;
pub use expander::MAX_WORK;
use expander::{Expander, Frame, Stop};
pub use fractional::expand_beside;
use rustc_hash::FxHashMap;

/// How much higher an order may be tried when denominators are divided out.
const MAX_LOSS: usize = 64;
/// The same where a function has no definition: its terms are sums over partitions.
const ABSTRACT_LOSS: usize = 4;
/// So many times more terms may add nothing.
const MAX_STALLS: usize = 2;

/// A Taylor polynomial as it is calculated: monomials with their coefficients, in rising
/// order of degree.
#[derive(Clone, Debug)]
pub struct Expansion {
    /// The exponent of each variable, and the coefficient, which is not zero.
    pub terms: Vec<(Vec<u32>, ExprId)>,
    /// Whether the function is this polynomial everywhere.
    pub exact: bool,
    /// Whether it is this polynomial near the point.
    pub ends: bool,
}

/// The Taylor polynomial of an expression in variables around a point, up to a degree.
///
/// # Errors
/// A function that is not analytic at the point, or whose derivatives are not known; too much
/// work.
pub fn expand(
    pool: &mut Pool,
    simplifier: &mut Simplifier,
    of: ExprId,
    variables: &[(ExprId, ExprId)],
    order: u32,
) -> Result<Expansion> {
    let frame = Frame { variables: variables.iter().copied().collect() };
    terms(&mut Expander::new(pool, simplifier), of, &frame, order as usize)
}

/// The terms of a series up to a degree.
fn terms(
    expander: &mut Expander<'_>,
    of: ExprId,
    frame: &Frame,
    wanted: usize,
) -> Result<Expansion> {
    let (mut extra, mut known, mut stalls) = (0, None, 0);
    let most = if has_abstract(expander.pool, of) { ABSTRACT_LOSS } else { MAX_LOSS };
    let series = loop {
        let order = wanted + extra;
        let found = expander
            .decided(of, frame, order)
            .and_then(|decided| expander.expand(decided, frame, order));
        match found {
            Ok(value) if value.bottom.is_some() => {
                let text = print::write(expander.pool, of, Notation::Text)?;
                let what = format!(
                    "{text} is not analytic at the point, so it has no Taylor polynomial there"
                );
                return Err(ErrorKind::NotAnalytic(what).into());
            }
            Ok(value) if value.top.order() >= wanted => break value.top,
            Ok(value) if extra < most && stalls < MAX_STALLS => {
                // A broken power ends a series for good: more terms inside give none.
                let order = value.top.order();
                stalls = if known == Some(order) { stalls + 1 } else { 0 };
                known = Some(order);
                extra += wanted - order;
            }
            Err(Stop::Short) if extra < most => extra = (2 * extra + 1).min(most),
            Ok(_) | Err(Stop::Short) => {
                let what = "the order to which a denominator vanishes";
                return Err(ErrorKind::OverLimit { what, limit: most as u64 }.into());
            }
            Err(Stop::Error(error)) => return Err(error),
        }
    };
    let series = series.cut(wanted);
    let mut terms = Vec::new();
    // Many variables have few coefficients.
    let mut written: FxHashMap<ExprId, Option<ExprId>> = FxHashMap::default();
    for part in &series.parts {
        let mut ordered: Vec<_> = part.iter().collect();
        ordered.sort_by(|a, b| graded::compare(&b.0, &a.0));
        for (monomial, coefficient) in ordered {
            let id = coefficient.id(expander.pool);
            let known = written.get(&id).copied();
            let shown = known.unwrap_or_else(|| {
                // One that cannot be told from zero stays; nothing hangs on it.
                let is_zero = expander.is_zero(coefficient).unwrap_or(false);
                (!is_zero).then(|| {
                    let id = expander.settled(id).id(expander.pool);
                    with_number_outside(expander.pool, id)
                })
            });
            written.insert(id, shown);
            let Some(shown) = shown else { continue };
            let mut exponents = vec![0; frame.variables.len()];
            for (place, exponent) in monomial {
                exponents[*place as usize] = *exponent;
            }
            terms.push((exponents, shown));
        }
    }
    let exact = series.exact && !expander.only_nearby;
    Ok(Expansion { terms, exact, ends: series.exact })
}

/// Whether a function without a definition stands in an expression.
fn has_abstract(pool: &Pool, id: ExprId) -> bool {
    pool.reachable(&[id]).into_iter().any(
        |id| matches!(pool.node(id), Node::Apply(function, _) if function.is_abstract()),
    )
}

/// `sin(1)/2 - cos(1)/2` as `(sin(1) - cos(1))/2`, when that is no longer.
fn with_number_outside(pool: &mut Pool, id: ExprId) -> ExprId {
    if !matches!(pool.node(id), Node::Sum(_)) {
        return id;
    }
    let terms = pool.terms(&id).to_vec();
    let number = |pool: &Pool, term: &ExprId| {
        pool.as_number(*term).unwrap_or(pool.coefficient(*term).0).clone()
    };
    let contents = terms.iter().map(|term| number(pool, term));
    let Some(content) = contents.reduce(|a, b| a.gcd(&b)) else { return id };
    let content = if pool.leads_negative(id) { content.neg() } else { content };
    let Some(inverse) = content.recip() else { return id };
    let parts: Vec<(Number, ExprId)> =
        terms.into_iter().map(|term| (inverse.clone(), term)).collect();
    let primitive = pool.weighted_sum(&parts);
    let outside = pool.scale(&content, primitive);
    if pool.cost(outside) <= pool.cost(id) { outside } else { id }
}
