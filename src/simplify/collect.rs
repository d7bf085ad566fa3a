//! Common factors, one fraction, common kernels.

use super::expand::expand;
use super::keys::{FEW, Key, Powers, Term, join, may_collect, split};
use crate::kernel::{ExprId, Node, Number, Pool};
use rustc_hash::{FxBuildHasher, FxHashMap};
use smallvec::SmallVec;
use std::hash::BuildHasher;

/// Sums of more terms are not searched for kernels that some terms share.
const MAX_GATHERED: usize = 12;

/// A sum with more denominators is not written as one fraction.
const MAX_DENOMINATORS: usize = 24;

/// What is drawn out of a sum.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Draw {
    /// What all terms have in common.
    Common,
    /// That, and every denominator: the sum becomes one fraction.
    Fraction,
}

/// The common part of the terms of a sum, `None` when there is nothing to draw out.
pub(super) fn common(
    pool: &Pool,
    terms: &[Term],
    draw: Draw,
) -> Option<(Powers, Number)> {
    let powers = common_powers(pool, terms, draw);
    let content = content(terms);
    (!powers.is_empty() || !content.is_one()).then_some((powers, content))
}

/// The sum with its common part drawn out.
pub(super) fn draw_out(
    pool: &mut Pool,
    terms: &[Term],
    part: &(Powers, Number),
    limit: usize,
) -> ExprId {
    let (outer, inner) = drawn(pool, terms, part);
    let inner = polish(pool, inner, limit);
    pool.product(&[outer, inner])
}

/// The common part and what is left of the sum.
pub(super) fn drawn(
    pool: &mut Pool,
    terms: &[Term],
    (common, content): &(Powers, Number),
) -> (ExprId, ExprId) {
    let outer = join(pool, content, common);
    let inverse = content.recip().unwrap_or(Number::ONE);
    let parts: SmallVec<[ExprId; 8]> = terms
        .iter()
        .map(|term| {
            let rest = term.divided(common, &inverse);
            join(pool, &rest.coefficient, &rest.powers)
        })
        .collect();
    let inner = pool.sum(&parts);
    (outer, inner)
}

/// The greatest number that divides all coefficients, negative when all are.
fn content(terms: &[Term]) -> Number {
    let gcd = terms.iter().fold(Number::ZERO, |gcd, term| gcd.gcd(&term.coefficient));
    let negative = terms.iter().all(|term| term.coefficient.is_negative());
    if negative { gcd.neg() } else { gcd }
}

/// What is known of a key over the terms of a sum.
struct Spread {
    /// In how many terms it stands, and the last of them.
    count: usize,
    last: usize,
    least: Number,
    greatest: Number,
}

/// The keys in the order in which they occur first, with what is known of them: one walk over
/// all terms.
fn spreads(terms: &[Term], draw: Draw) -> SmallVec<[(Key, Spread); 6]> {
    let mut found: SmallVec<[(Key, Spread); 6]> = SmallVec::new();
    let mut places: FxHashMap<Key, usize> = FxHashMap::default();
    for (term, Term { powers, .. }) in terms.iter().enumerate() {
        for (key, n) in powers {
            let known = match found.len() <= FEW {
                true => found.iter().position(|(known, _)| known == key),
                false => places.get(key).copied(),
            };
            let Some(place) = known else {
                // What is missing in the first term is not common.
                if term > 0 && draw == Draw::Common {
                    continue;
                }
                let (least, greatest) = (n.clone(), n.clone());
                found.push((*key, Spread { count: 1, last: term, least, greatest }));
                match found.len() {
                    ..=FEW => {}
                    len if len == FEW + 1 => {
                        places.extend(found.iter().enumerate().map(|(k, f)| (f.0, k)));
                    }
                    len => {
                        places.insert(*key, len - 1);
                    }
                }
                continue;
            };
            let spread = &mut found[place].1;
            // A key that a term has twice counts as it stands there first.
            if spread.last == term {
                continue;
            }
            (spread.last, spread.count) = (term, spread.count + 1);
            if *n < spread.least {
                spread.least = n.clone();
            }
            if *n > spread.greatest {
                spread.greatest = n.clone();
            }
        }
    }
    found
}

fn common_powers(pool: &Pool, terms: &[Term], draw: Draw) -> Powers {
    let mut common = Powers::new();
    let spreads = spreads(terms, draw);
    if spreads.len() > MAX_DENOMINATORS
        && spreads.iter().filter(|(_, spread)| spread.least.is_negative()).count()
            > MAX_DENOMINATORS
    {
        return common;
    }
    for (key, Spread { count, mut least, mut greatest, .. }) in spreads {
        let everywhere = count == terms.len();
        if !(everywhere || draw == Draw::Fraction && least.is_negative()) {
            continue;
        }
        if !everywhere {
            least = least.min(Number::ZERO);
            greatest = greatest.max(Number::ZERO);
        }
        let numeric = key.1 == Pool::ONE && key.0 != Pool::E;
        let shared = everywhere && least.is_positive();
        let denominator = draw == Draw::Fraction && numeric && least.is_negative();
        let drawn = if shared || denominator {
            least
        } else if everywhere && greatest.is_negative() && (least == greatest || !numeric)
        {
            greatest
        } else {
            continue;
        };
        let constant = pool.is_constant(key.0) && numeric;
        if !constant || everywhere {
            common.push((key, drawn));
        }
    }
    common
}

/// The best of a sum, the sum multiplied out, and those with their own common factor out or
/// grouped.
fn polish(pool: &mut Pool, sum: ExprId, limit: usize) -> ExprId {
    let mut best = sum;
    let Node::Sum(_) = pool.node(sum) else { return best };
    let operands: SmallVec<[ExprId; 8]> = SmallVec::from_slice(pool.terms(&sum));
    let terms: Vec<Term> = operands.iter().map(|term| split(pool, *term)).collect();
    if !may_collect(pool, &terms) {
        if terms.len() > 2
            && let Some(grouped) = group(pool, &terms)
        {
            keep(pool, &mut best, grouped);
        }
        return best;
    }
    let Some(expanded) = expand(pool, sum, limit) else { return best };
    keep(pool, &mut best, expanded);
    if let Node::Sum(list) = pool.node(expanded)
        && (list.len as usize) <= limit
    {
        let operands: SmallVec<[ExprId; 8]> = SmallVec::from_slice(pool.list(list));
        let terms: Vec<Term> = operands.iter().map(|term| split(pool, *term)).collect();
        if let Some(part) = common(pool, &terms, Draw::Common) {
            let (outer, inner) = drawn(pool, &terms, &part);
            let drawn = pool.product(&[outer, inner]);
            keep(pool, &mut best, drawn);
        }
        if let Some(grouped) = group(pool, &terms) {
            keep(pool, &mut best, grouped);
        }
    }
    best
}

/// Keeps the cheaper of two forms, the first when they cost the same.
pub(super) fn keep(pool: &Pool, best: &mut ExprId, candidate: ExprId) {
    if pool.cost(candidate) < pool.cost(*best) {
        *best = candidate;
    }
}

/// The terms put together by what is not a power of a symbol in them:
/// `x^2*sin(x) + x*sin(x) + cos(x)` is `x*(x + 1)*sin(x) + cos(x)`.
pub(super) fn group(pool: &mut Pool, terms: &[Term]) -> Option<ExprId> {
    if terms.len() <= FEW && !share_kernels(pool, terms) {
        return None;
    }
    let mut groups: Vec<(Powers, Vec<Term>)> = Vec::new();
    let mut places: FxHashMap<Powers, usize> = FxHashMap::default();
    for term in terms {
        let is_symbol = |((base, rest), _): &&(Key, Number)| {
            *rest == Pool::ONE && matches!(pool.node(*base), Node::Symbol(_))
        };
        let mut kernel: Powers =
            term.powers.iter().filter(|power| !is_symbol(power)).cloned().collect();
        kernel.sort();
        let symbols: Powers = term.powers.iter().filter(is_symbol).cloned().collect();
        let part = Term { coefficient: term.coefficient.clone(), powers: symbols };
        let known = if terms.len() <= FEW {
            groups.iter().position(|(known, _)| *known == kernel)
        } else {
            places.get(&kernel).copied()
        };
        let place = known.unwrap_or_else(|| {
            if terms.len() > FEW {
                places.insert(kernel.clone(), groups.len());
            }
            groups.push((kernel, Vec::new()));
            groups.len() - 1
        });
        groups[place].1.push(part);
    }
    if groups.len() == terms.len() || groups.len() == 1 && groups[0].0.is_empty() {
        return None;
    }
    let mut sums: SmallVec<[ExprId; 8]> = SmallVec::new();
    for (kernel, parts) in groups {
        let pieces: SmallVec<[ExprId; 8]> = parts
            .iter()
            .map(|part| join(pool, &part.coefficient, &part.powers))
            .collect();
        let mut inner = pool.sum(&pieces);
        if kernel.is_empty() {
            sums.push(inner);
            continue;
        }
        if let Some(part) = common(pool, &parts, Draw::Common) {
            let (common, rest) = drawn(pool, &parts, &part);
            let product = pool.product(&[common, rest]);
            keep(pool, &mut inner, product);
        }
        let kernel = join(pool, &Number::ONE, &kernel);
        sums.push(pool.product(&[kernel, inner]));
    }
    Some(pool.sum(&sums))
}

/// Whether two of a few terms may have the same kernels, and not all have none.
fn share_kernels(pool: &Pool, terms: &[Term]) -> bool {
    // A number for the kernels of a term, whatever their order.
    let mark = |term: &Term| {
        let powers = term.powers.iter().filter(|((base, rest), _)| {
            *rest != Pool::ONE || !matches!(pool.node(*base), Node::Symbol(_))
        });
        powers.fold(0_u64, |mark, power| mark.wrapping_add(FxBuildHasher.hash_one(power)))
    };
    let marks: SmallVec<[u64; FEW]> = terms.iter().map(mark).collect();
    let is_again = |at: usize| marks[..at].contains(&marks[at]);
    (1..marks.len()).any(is_again) && marks.iter().any(|mark| *mark != 0)
}

/// The terms that share a kernel put together, and the others beside them:
/// `x*e^a*sin(x) + e^a*cos(x) + x^2` is `(x*sin(x) + cos(x))*e^a + x^2`. The kernels that
/// save most come first.
pub(super) fn gather(pool: &mut Pool, terms: &[Term]) -> Option<ExprId> {
    if !(3..=MAX_GATHERED).contains(&terms.len()) {
        return None;
    }
    let mut open: Vec<&Term> = terms.iter().collect();
    let mut done: SmallVec<[ExprId; 8]> = SmallVec::new();
    while let Some(key) = most_shared(pool, &open) {
        let (with, without): (Vec<&Term>, Vec<&Term>) =
            open.into_iter().partition(|term| term.power(key).is_some());
        let part: Vec<Term> = with.into_iter().cloned().collect();
        let shared = common(pool, &part, Draw::Common)?;
        let (outer, inner) = drawn(pool, &part, &shared);
        done.push(pool.product(&[outer, inner]));
        open = without;
    }
    if done.is_empty() {
        return None;
    }
    for term in open {
        done.push(join(pool, &term.coefficient, &term.powers));
    }
    Some(pool.sum(&done))
}

/// The kernel to one power above the bar that costs most in the terms in which it stands, if
/// there are at least two.
fn most_shared(pool: &Pool, terms: &[&Term]) -> Option<Key> {
    let mut best = None;
    let keys = terms.iter().flat_map(|term| &term.powers).map(|(key, _)| *key);
    let mut seen: SmallVec<[Key; 16]> = SmallVec::new();
    for key in keys {
        let is_symbol = matches!(pool.node(key.0), Node::Symbol(_)) && key.1 == Pool::ONE;
        if is_symbol || seen.contains(&key) {
            continue;
        }
        seen.push(key);
        let powers: SmallVec<[&Number; 8]> =
            terms.iter().filter_map(|term| term.power(key)).collect();
        // Different powers would come out as Horner's form.
        let equal = powers.iter().all(|n| *n == powers[0] && n.is_positive());
        let count = powers.len() as u32;
        let each = pool.cost(key.0).saturating_add(pool.cost(key.1));
        let saved = count.saturating_sub(1).saturating_mul(each);
        if equal && count > 1 && best.is_none_or(|(most, _)| saved > most) {
            best = Some((saved, key));
        }
    }
    best.map(|(_, key)| key)
}
