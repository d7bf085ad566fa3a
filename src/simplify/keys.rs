//! Terms as coefficient and powers of keys, so that common factors can be seen.

use super::cube_root::lowered;
use crate::kernel::{ExprId, Node, Number, Pool};
use rustc_hash::{FxHashMap, FxHashSet};
use smallvec::SmallVec;

/// A base, and what its exponent is a multiple of: `e^(2*x)` has the key (e, x) twice, `x^3`
/// the key (x, 1) three times.
pub(super) type Key = (ExprId, ExprId);
/// Keys with their multiplicities.
pub(super) type Powers = SmallVec<[(Key, Number); 4]>;

/// A term taken apart.
#[derive(Clone, Debug)]
pub(super) struct Term {
    pub(super) coefficient: Number,
    pub(super) powers: Powers,
}

/// Up to how many terms are compared one by one.
pub(super) const FEW: usize = 8;

/// Takes a term apart.
pub(super) fn split(pool: &Pool, term: ExprId) -> Term {
    if let Some(n) = pool.as_number(term) {
        return Term { coefficient: n.clone(), powers: Powers::new() };
    }
    let (coefficient, rest) = pool.coefficient(term);
    let mut powers = Powers::new();
    for factor in pool.factors(&rest) {
        let (base, exponent) = pool.base(*factor);
        if let Some(n) = pool.as_number(exponent) {
            powers.push(((base, Pool::ONE), n.clone()));
            continue;
        }
        for part in pool.terms(&exponent) {
            match pool.as_number(*part) {
                Some(n) => powers.push(((base, Pool::ONE), n.clone())),
                None => {
                    let (n, rest) = pool.coefficient(*part);
                    powers.push(((base, rest), n.clone()));
                }
            }
        }
    }
    Term { coefficient: coefficient.clone(), powers }
}

/// Puts a coefficient and powers of keys together.
pub(super) fn join(pool: &mut Pool, coefficient: &Number, powers: &Powers) -> ExprId {
    let factors: SmallVec<[ExprId; 8]> = powers
        .iter()
        .filter(|(_, n)| !n.is_zero())
        .map(|((base, rest), n)| {
            if *rest == Pool::ONE
                && let Some(lower) = lowered(pool, *base, n)
            {
                return lower;
            }
            let exponent = if *rest == Pool::ONE {
                pool.number(n.clone())
            } else {
                pool.scale(n, *rest)
            };
            pool.power(*base, exponent)
        })
        .collect();
    pool.product_with(coefficient.clone(), &factors)
}

/// Turns sums in terms round where another term has the same sum with the other signs:
/// `a*(x - 1) + b*(1 - x)` has `x - 1` twice.
pub(super) fn orient(pool: &Pool, terms: &mut [Term]) {
    // The sums that came first, by what they are without signs.
    let mut seen: FxHashMap<u64, SmallVec<[ExprId; 2]>> = FxHashMap::default();
    let mut known: FxHashSet<ExprId> = FxHashSet::default();
    for term in terms {
        for ((base, rest), n) in &mut term.powers {
            let is_sum = matches!(pool.node(*base), Node::Sum(_));
            if *rest != Pool::ONE || !n.is_integer() || !is_sum || known.contains(base) {
                continue;
            }
            let alike = seen.entry(pool.digest_without_signs(*base)).or_default();
            match alike.iter().find(|other| pool.is_negative_of(*base, **other)) {
                Some(other) => {
                    *base = *other;
                    if !n.is_even() {
                        term.coefficient = term.coefficient.neg();
                    }
                }
                None => {
                    alike.push(*base);
                    known.insert(*base);
                }
            }
        }
    }
}

impl Term {
    /// The multiplicity of a key, if it occurs.
    pub(super) fn power(&self, key: Key) -> Option<&Number> {
        self.powers.iter().find(|(known, _)| *known == key).map(|(_, n)| n)
    }

    /// The term divided by powers of keys and times a number.
    pub(super) fn divided(&self, by: &Powers, times: &Number) -> Self {
        let mut powers = self.powers.clone();
        for (key, n) in by {
            match powers.iter_mut().find(|(known, _)| known == key) {
                Some((_, m)) => *m = m.sub(n),
                None => powers.push((*key, n.neg())),
            }
        }
        Self { coefficient: self.coefficient.mul(times), powers }
    }

    /// Whether a sum to a whole positive power is among the factors.
    pub(super) fn has_sum(&self, pool: &Pool) -> bool {
        self.sums(pool) > 0
    }

    /// How many sums to whole positive powers are among the factors.
    pub(super) fn sums(&self, pool: &Pool) -> usize {
        let is_sum = |((base, rest), n): &&(Key, Number)| {
            *rest == Pool::ONE
                && n.is_positive()
                && n.is_integer()
                && matches!(pool.node(*base), Node::Sum(_))
        };
        self.powers.iter().filter(is_sum).count()
    }
}

/// Whether every term is a product of symbols and constants to non-negative powers, none of
/// them a sum that could be multiplied out.
pub(super) fn are_monomials(pool: &Pool, operands: &[ExprId]) -> bool {
    operands.iter().all(|term| {
        let (_, rest) = pool.coefficient(*term);
        pool.as_number(rest).is_some()
            || pool.factors(&rest).iter().all(|factor| {
                let (base, exponent) = pool.base(*factor);
                pool.as_number(exponent).is_some_and(|n| !n.is_negative())
                    && (matches!(pool.node(base), Node::Symbol(_))
                        || pool.is_constant(base)
                            && !(exponent == Pool::ONE
                                && matches!(pool.node(base), Node::Sum(_))))
            })
    })
}

/// Whether something may be drawn out of a sum: a quick look at its terms. A sum that is
/// refused has neither a common factor nor a denominator.
pub(super) fn may_share(pool: &Pool, operands: &[ExprId]) -> bool {
    let mut content = Number::ZERO;
    let mut all_negative = true;
    for term in operands {
        let n = pool.as_number(*term).unwrap_or_else(|| pool.coefficient(*term).0);
        all_negative &= n.is_negative();
        content = content.gcd(n);
        let (_, rest) = pool.coefficient(*term);
        for factor in pool.factors(&rest) {
            let (_, exponent) = pool.base(*factor);
            match pool.as_number(exponent) {
                Some(n) if n.is_negative() => return true,
                None if matches!(pool.node(exponent), Node::Sum(_)) => return true,
                _ => {}
            }
        }
    }
    let has_base = |term: &ExprId, wanted: ExprId| {
        let (_, rest) = pool.coefficient(*term);
        pool.factors(&rest).iter().any(|factor| pool.base(*factor).0 == wanted)
    };
    let Some((first, others)) = operands.split_first() else { return false };
    let (_, rest) = pool.coefficient(*first);
    all_negative
        || !content.is_one()
        || pool.factors(&rest).iter().any(|factor| {
            let (base, _) = pool.base(*factor);
            others.iter().all(|term| has_base(term, base))
        })
}

/// Whether multiplying out could bring like terms together: two terms with the same kernels,
/// symbols and sums aside, of which one has a sum to multiply out.
pub(super) fn may_collect(pool: &Pool, terms: &[Term]) -> bool {
    if !terms.iter().any(|term| term.has_sum(pool)) {
        return false;
    }
    if terms.len() <= 3 && terms.iter().filter(|term| term.powers.len() > 2).count() == 0
    {
        return true;
    }
    let mut few: SmallVec<[(Powers, bool); 4]> = SmallVec::new();
    let mut many: FxHashMap<Powers, bool> = FxHashMap::default();
    for term in terms {
        let mut kernel: Powers = term
            .powers
            .iter()
            .filter(|((base, rest), n)| {
                let open = matches!(pool.node(*base), Node::Symbol(_))
                    || matches!(pool.node(*base), Node::Sum(_)) && n.is_positive();
                *rest != Pool::ONE || !open
            })
            .cloned()
            .collect();
        kernel.sort();
        let has_sum = term.has_sum(pool);
        let before = if terms.len() <= FEW {
            let before =
                few.iter().find(|(known, _)| *known == kernel).map(|found| found.1);
            few.push((kernel, has_sum));
            before
        } else {
            many.insert(kernel, has_sum)
        };
        if before.is_some_and(|before| before || has_sum) {
            return true;
        }
    }
    false
}
