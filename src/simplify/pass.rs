//! The automatic form: of a few ways to write each sum and product, the one of least cost.
//!
//! Passes work from the operands up, each node once, so that the cost is linear in the number
//! of distinct nodes. Nothing is ever made longer than it came in.

use super::collect::{Draw, draw_out, group, keep};
use super::expand::expand;
use super::keys::{Term, split};
use super::special::exact_value;
use crate::function;
use crate::kernel::{ExprId, Node, Pool};
use rustc_hash::FxHashMap;
use smallvec::SmallVec;

/// Sums of more terms are left as they are.
const MAX_TERMS: usize = 400;

/// Simplifies expressions of one pool and remembers what it has seen.
#[derive(Clone, Debug, Default)]
pub struct Simplifier {
    known: FxHashMap<ExprId, ExprId>,
}

impl Simplifier {
    /// Forgets everything; to be called when the pool is emptied.
    pub fn clear(&mut self) {
        self.known.clear();
    }

    /// The shortest form that is found; the given one when none is shorter.
    pub fn simplify(&mut self, pool: &mut Pool, root: ExprId) -> ExprId {
        if is_settled(pool, root) {
            return root;
        }
        let known = &self.known;
        let ids = pool.reachable_where(&[root], |id| {
            !known.contains_key(&id) && !is_leaf(pool, id)
        });
        for id in ids {
            let before = pool.cost(id);
            let known = &self.known;
            let get = |child: ExprId| known.get(&child).copied().unwrap_or(child);
            let rebuilt = match pool.node(id) {
                Node::Apply(function, list) => {
                    let old: SmallVec<[ExprId; 4]> =
                        SmallVec::from_slice(pool.list(list));
                    let new: SmallVec<[ExprId; 4]> =
                        old.iter().map(|id| get(*id)).collect();
                    if old == new { id } else { function::apply(pool, function, &new) }
                }
                _ => pool.rebuild(id, get),
            };
            let mut best = match pool.node(rebuilt) {
                Node::Apply(function, list)
                    if function.is_builtin()
                        && pool.list(list).len() == 1
                        && pool.is_constant(rebuilt) =>
                {
                    let argument = pool.list(list)[0];
                    exact_value(pool, function, argument).unwrap_or(rebuilt)
                }
                _ => improve(pool, rebuilt),
            };
            if pool.cost(best) > before {
                best = id;
            }
            self.known.insert(id, best);
        }
        self.known.get(&root).copied().unwrap_or(root)
    }
}

fn is_leaf(pool: &Pool, id: ExprId) -> bool {
    matches!(
        pool.node(id),
        Node::Number(_) | Node::Symbol(_) | Node::Constant(_) | Node::Undefined
    )
}

/// Sums of plain monomials and single monomials need no work.
fn is_settled(pool: &Pool, id: ExprId) -> bool {
    let terms = pool.terms(&id);
    terms.len() <= MAX_TERMS
        && terms.iter().all(|term| {
            let (_, rest) = pool.coefficient(*term);
            pool.factors(&rest).iter().all(|factor| {
                let (base, exponent) = pool.base(*factor);
                is_leaf(pool, base)
                    && pool.as_number(exponent).is_some_and(|n| !n.is_negative())
            })
        })
}

/// The cheapest of the ways to write one node over operands that are settled.
fn improve(pool: &mut Pool, id: ExprId) -> ExprId {
    match pool.node(id) {
        Node::Sum(list) if (list.len as usize) <= MAX_TERMS => improve_sum(pool, id),
        Node::Product(_) | Node::Multiple(..) => improve_product(pool, id),
        _ => id,
    }
}

fn improve_sum(pool: &mut Pool, id: ExprId) -> ExprId {
    let operands: SmallVec<[ExprId; 8]> = SmallVec::from_slice(pool.terms(&id));
    let terms: SmallVec<[Term; 8]> =
        operands.iter().map(|term| split(pool, *term)).collect();
    let polynomial = terms.iter().all(|term| term.is_monomial(pool));
    let mut best = id;
    if polynomial {
        return best;
    }
    let limit = (terms.len() * 8).clamp(24, MAX_TERMS);
    if let Some(expanded) = expand(pool, id, limit) {
        keep(pool, &mut best, expanded);
        if let Node::Sum(_) = pool.node(expanded) {
            let operands: SmallVec<[ExprId; 8]> =
                SmallVec::from_slice(pool.terms(&expanded));
            let terms: SmallVec<[Term; 8]> =
                operands.iter().map(|term| split(pool, *term)).collect();
            if !terms.iter().all(|term| term.is_monomial(pool))
                && let Some(grouped) = group(pool, &terms)
            {
                keep(pool, &mut best, grouped);
            }
        }
    }
    if let Some(drawn) = draw_out(pool, &terms, Draw::Common, limit) {
        keep(pool, &mut best, drawn);
    }
    let has_denominator =
        terms.iter().any(|term| term.powers.iter().any(|(_, n)| n.is_negative()));
    if has_denominator && let Some(drawn) = draw_out(pool, &terms, Draw::Fraction, limit)
    {
        keep(pool, &mut best, drawn);
    }
    if terms.len() > 2
        && let Some(grouped) = group(pool, &terms)
    {
        keep(pool, &mut best, grouped);
    }
    best
}

/// A product with a sum: multiplied out where that is shorter, contents of sums put into the
/// coefficient.
fn improve_product(pool: &mut Pool, id: ExprId) -> ExprId {
    let (_, rest) = pool.coefficient(id);
    let factors: SmallVec<[ExprId; 8]> = SmallVec::from_slice(pool.factors(&rest));
    let sums = factors
        .iter()
        .filter(|factor| matches!(pool.node(pool.base(**factor).0), Node::Sum(_)))
        .count();
    if sums == 0 {
        return id;
    }
    let mut best = id;
    let primitive = with_contents_out(pool, id);
    keep(pool, &mut best, primitive);
    if let Some(expanded) = expand(pool, best, 24) {
        keep(pool, &mut best, expanded);
    }
    best
}

/// `(2*x + 2)/(4*y)` as `(x + 1)/(2*y)`: the numeric contents of sums to whole powers.
fn with_contents_out(pool: &mut Pool, id: ExprId) -> ExprId {
    let (coefficient, rest) = pool.coefficient(id);
    let mut coefficient = coefficient.clone();
    let mut factors: SmallVec<[ExprId; 8]> = SmallVec::from_slice(pool.factors(&rest));
    let mut changed = false;
    for factor in &mut factors {
        let (base, exponent) = pool.base(*factor);
        let (Node::Sum(list), Some(n)) =
            (pool.node(base), pool.as_number(exponent).and_then(|n| n.to_i64()))
        else {
            continue;
        };
        let terms: SmallVec<[ExprId; 8]> = SmallVec::from_slice(pool.list(list));
        let content = terms.iter().fold(crate::kernel::Number::ZERO, |gcd, term| {
            gcd.gcd(pool.as_number(*term).unwrap_or(pool.coefficient(*term).0))
        });
        if content.is_one() {
            continue;
        }
        let (Some(inverse), Some(power)) =
            (content.recip(), content.pow(n, crate::kernel::MAX_BITS))
        else {
            continue;
        };
        let weighted: Vec<_> =
            terms.iter().map(|term| (inverse.clone(), *term)).collect();
        let primitive = pool.weighted_sum(&weighted);
        *factor = pool.power(primitive, exponent);
        coefficient = coefficient.mul(&power);
        changed = true;
    }
    if changed { pool.product_with(coefficient, &factors) } else { id }
}
