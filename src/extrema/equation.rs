//! An equation `u = 0` as simpler ones: factors that vanish, without those that never do.

use super::bench::Bench;
use crate::kernel::{ExprId, Node, Pool};
use crate::simplify;

/// The work on polynomials for the factors of one equation.
const WORK: u64 = 2_000_000;
/// Longer expressions are not factored.
const MAX_COST: u32 = 1500;

/// What an equation says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    /// It holds everywhere.
    Always,
    /// It holds nowhere.
    Never,
    /// One of the alternatives holds; each is a list of expressions that are 0 together.
    Any(Vec<Vec<ExprId>>),
}

/// Takes `u = 0` apart. What has to be other than 0 for that, parameters that were divided
/// out, is added to the conditions.
pub(super) fn take_apart(
    bench: &mut Bench<'_>,
    id: ExprId,
    unknowns: &[ExprId],
    conditions: &mut Vec<ExprId>,
) -> Outcome {
    let id = bench.simplify(id);
    if id == Pool::ZERO {
        return Outcome::Always;
    }
    if id == Pool::UNDEFINED {
        return Outcome::Never;
    }
    if !bench.depends(id, unknowns) {
        return without_unknowns(bench, id, conditions);
    }
    let factored = match bench.pool.cost(id) <= MAX_COST {
        true => simplify::factor_all(bench.pool, id, WORK).map_or(id, |(found, _)| found),
        false => id,
    };
    let rest = bench.pool.coefficient(factored).1;
    let factors = bench.pool.factors(&rest).to_vec();
    let mut alternatives: Vec<Vec<ExprId>> = Vec::new();
    for factor in factors {
        let (base, exponent) = bench.pool.base(factor);
        match bench.pool.as_number(exponent) {
            Some(n) if n.is_negative() => continue,
            // Only a power of 0 with a fixed exponent is 0.
            None if bench.depends(exponent, unknowns) => continue,
            _ => {}
        }
        if never_vanishes(bench.pool, base) {
            continue;
        }
        if !bench.depends(base, unknowns) {
            if !bench.pool.is_constant(base) && !conditions.contains(&base) {
                conditions.push(base);
            }
            continue;
        }
        let parts = together(bench.pool, base);
        if !alternatives.contains(&parts) {
            alternatives.push(parts);
        }
    }
    if alternatives.is_empty() { Outcome::Never } else { Outcome::Any(alternatives) }
}

/// An equation between constants and parameters.
fn without_unknowns(
    bench: &Bench<'_>,
    id: ExprId,
    conditions: &mut Vec<ExprId>,
) -> Outcome {
    if bench.pool.is_constant(id) {
        return if bench.is_zero(id) { Outcome::Always } else { Outcome::Never };
    }
    if !bench.pool.is_positive(id) && !conditions.contains(&id) {
        conditions.push(id);
    }
    Outcome::Never
}

/// Whether an expression is other than 0 wherever it is defined, as far as its parts tell.
pub(super) fn never_vanishes(pool: &Pool, id: ExprId) -> bool {
    if pool.is_positive(id) {
        return true;
    }
    match pool.node(id) {
        Node::Multiple(_, rest) => pool.is_positive(rest),
        // `-x^2 - 1`: all terms have the same sign.
        Node::Sum(_) => {
            let terms = pool.terms(&id);
            let opposite = |term: &ExprId| {
                let (c, rest) = pool.coefficient(*term);
                match pool.as_number(*term) {
                    Some(n) => (n.is_negative(), n.is_negative()),
                    None => {
                        let below = c.is_negative();
                        let positive = pool.is_positive(rest);
                        (below && pool.is_nonnegative(rest), below && positive)
                    }
                }
            };
            terms.iter().all(|t| opposite(t).0) && terms.iter().any(|t| opposite(t).1)
        }
        _ => false,
    }
}

/// What vanishes together when an expression does: the terms of a sum of squares, else the
/// expression.
fn together(pool: &Pool, id: ExprId) -> Vec<ExprId> {
    let terms = pool.terms(&id);
    if terms.len() < 2 || !terms.iter().all(|term| pool.is_nonnegative(*term)) {
        return vec![id];
    }
    terms.to_vec()
}
