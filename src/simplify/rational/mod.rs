//! Whole expressions as quotients of polynomials over their kernels.
//!
//! The kernels of an expression are its symbols, roots, exponentials, circular and hyperbolic
//! functions and whatever else is no sum, product or whole power. Over them the expression is
//! a number times powers of irreducible polynomials (`factored.rs`): sums are brought over a
//! common denominator, common factors cancel, and relations between kernels (`r^n = p`,
//! `sin^2 + cos^2 = 1`) reduce the degree. From there several ways lead back to an
//! expression (`output.rs`); the cheapest wins.
//!
//! Invariant: every step is bounded by a count of work; past it there is no answer.

mod double;
mod factored;
mod generators;
mod half_angle;
mod outlook;
mod output;
mod parts;
mod plain_root;
mod powers;
mod radical;
mod shared;
mod turned;
mod twice;

use super::Effort;
use super::collect::keep;
use super::dialect::Dialect;
use super::divisors::divides_by_sign;
use super::families::{family, has_families};
use super::pass::improve;
use crate::function;
use crate::kernel::{ExprId, FunctionId, Node, Pool};
use crate::polynomial::Work;
use factored::{Factored, Ring};
use generators::{Choice, Generators};
use half_angle::over_one_angle;
use outlook::{Outlook, outlook};
pub use plain_root::with_plain_roots;
use plain_root::with_shared_radicands;
pub(super) use plain_root::{is_root, rebuilt, without_square_below};
use radical::Side;
use rustc_hash::FxHashMap;
pub use shared::share_relations;
use smallvec::SmallVec;

/// The same when more effort is asked for.
const THOROUGH: u64 = 20_000_000;
/// The shortest that can become shorter: `cos(x)*sec(x)`.
const MIN_COST: u32 = 5;
/// Expressions above this cost are left alone.
const MAX_COST: u32 = 4000;
/// Above this cost, only factors are looked for when nothing cancelled.
const PLAIN: u32 = 30;
/// How often what came out is tried again.
const ROUNDS: usize = 3;
/// The numbers of terms of a polynomial that may be a product of far shorter sums.
const FACTORED_TERMS: std::ops::RangeInclusive<usize> = 3..=60;
/// The work on factors of such a polynomial.
const FACTOR_WORK: u64 = 100_000;
/// The work on polynomials for one choice of kernels.
const WORK: u64 = 400_000;

/// How a form is looked for.
#[derive(Clone, Copy, Debug)]
pub(super) struct Search {
    /// How much is tried.
    pub(super) effort: Effort,
    /// The functions in which it is written.
    pub(super) dialect: Dialect,
}

/// A cheaper way to write an expression as a quotient of polynomials over its kernels, if
/// one is found.
pub(super) fn improve_quotient(pool: &mut Pool, id: ExprId, search: Search) -> ExprId {
    let mut best = id;
    let effort = search.effort;
    if effort == Effort::Local {
        return best;
    }
    if pool.has_roots(id) {
        if let Some(shared) = with_shared_radicands(pool, id) {
            best = shared;
        }
        if let Some(plain) = with_plain_roots(pool, best) {
            keep(pool, &mut best, plain);
        }
    }
    if let Some(turned) = output::without_minus(pool, best) {
        keep(pool, &mut best, turned);
    }
    let (mut most, mut known) = (Outlook::Relation, None);
    if parts::has_open_parts(pool, best) {
        // Relations hold between parts; without them the parts are enough.
        if is_worth_it(pool, best) {
            let view = look(pool, best, effort);
            let before = best;
            if view == Outlook::Relation {
                best = searched(pool, best, search, most, Some(view));
            }
            known = (best == before).then_some(view);
        }
        if let Some(better) = parts::with_parts_improved(pool, best, search) {
            known = known.filter(|_| pool.cost(better) >= pool.cost(best));
            keep(pool, &mut best, better);
        }
        most = Outlook::Quotient;
    }
    best = searched(pool, best, search, most, known);
    if is_polynomial(pool, id) && !is_far_shorter(pool, best, id) {
        return id;
    }
    best
}

/// What a search could find; when more effort is asked for, anything.
fn look(pool: &Pool, id: ExprId, effort: Effort) -> Outlook {
    match effort == Effort::Whole && !pool.is_complex() {
        true => outlook(pool, id),
        false => Outlook::Relation,
    }
}

/// The cheapest form that the search finds, with relations between functions if `most` says
/// so; `known` is what it could find, if that was looked at before.
fn searched(
    pool: &mut Pool,
    id: ExprId,
    search: Search,
    most: Outlook,
    mut known: Option<Outlook>,
) -> ExprId {
    let mut best = id;
    let Search { effort, dialect } = search;
    let work = if effort == Effort::Thorough { THOROUGH } else { WORK };
    if known.is_none() && !is_worth_it(pool, best) {
        return best;
    }
    // What came out may have fewer kernels, between which more cancels.
    for _ in 0..ROUNDS {
        let before = best;
        let view = known.take().unwrap_or_else(|| look(pool, best, effort)).min(most);
        if view == Outlook::Bleak {
            break;
        }
        improve_once(pool, best, view, dialect, &mut best, work);
        if pool.has_roots(best)
            && let Some(plain) = with_plain_roots(pool, best)
        {
            improve_once(pool, plain, view, dialect, &mut best, work);
        }
        if view == Outlook::Relation
            && let Some(over) = over_one_angle(pool, best, &mut Work::new(work))
        {
            let written = improve(pool, over);
            dialect.keep(pool, &mut best, written);
            improve_once(pool, over, view, dialect, &mut best, work);
        }
        if best == before {
            break;
        }
    }
    if best != id && divides_by_sign(pool, id, best) { id } else { best }
}

/// A textbook leaves a polynomial multiplied out unless a product is far shorter.
fn is_far_shorter(pool: &Pool, product: ExprId, sum: ExprId) -> bool {
    u64::from(pool.cost(product)) * 5 <= u64::from(pool.cost(sum)) * 3
}

/// A sum of products of powers of symbols as a product of sums, where that is far shorter.
pub(super) fn improve_polynomial(pool: &mut Pool, id: ExprId, effort: Effort) -> ExprId {
    let terms = pool.terms(&id).len();
    if effort == Effort::Local || !FACTORED_TERMS.contains(&terms) {
        return id;
    }
    if effort == Effort::Whole && outlook(pool, id) == Outlook::Bleak {
        return id;
    }
    let Some((factored, _)) = factor_all(pool, id, FACTOR_WORK) else { return id };
    if is_far_shorter(pool, factored, id) { factored } else { id }
}

/// The same for what stands under roots with circular or hyperbolic functions in it, and for
/// sums with these in exponents and arguments; all else stays as it was typed.
pub(super) fn improve_inner(pool: &mut Pool, id: ExprId, search: Search) -> ExprId {
    let is_open = pool.cost(id) <= MAX_COST && has_families(pool, id);
    if search.effort == Effort::Local || !is_open {
        return id;
    }
    let mut inner: Vec<ExprId> = Vec::new();
    for node in pool.reachable(&[id]) {
        match pool.node(node) {
            Node::Power(base, exponent) if is_root(pool, base, exponent) => {
                inner.push(base);
            }
            Node::Power(_, exponent) => inner.push(exponent),
            Node::Apply(_, list) => inner.extend(pool.list(list)),
            _ => {}
        }
    }
    let is_sum = |id: &ExprId| matches!(pool.node(*id), Node::Sum(_));
    inner.retain(|id| is_sum(id) && has_families(pool, *id) && is_worth_it(pool, *id));
    if inner.is_empty() {
        return id;
    }
    inner.sort_unstable();
    let mut map: FxHashMap<ExprId, ExprId> = FxHashMap::default();
    for node in pool.reachable(&[id]) {
        let get = |child: ExprId| map.get(&child).copied().unwrap_or(child);
        let mut new = function::rebuild(pool, node, get);
        if inner.binary_search(&node).is_ok() {
            new = improve_quotient(pool, new, search);
        }
        map.insert(node, new);
    }
    let best = map.get(&id).copied().unwrap_or(id);
    if pool.cost(best) < pool.cost(id) { best } else { id }
}

/// Tries to write an expression in a cheaper way than the best so far.
fn improve_once(
    pool: &mut Pool,
    id: ExprId,
    view: Outlook,
    dialect: Dialect,
    best: &mut ExprId,
    work: u64,
) {
    let mut unrelated = None;
    let choices = match view {
        Outlook::Relation => Choice::all(pool, id),
        _ => SmallVec::from_elem(Choice::PLAIN, 1),
    };
    for choice in choices {
        if unrelated == Some(choice.is_basic()) {
            // Without a square to replace, both eliminations are the same.
            continue;
        }
        let mut work = Work::new(work);
        let Some(generators) = Generators::new(pool, id, choice) else { continue };
        let mut ring = Ring::new(generators, &mut work);
        let Ok(Some(value)) = ring.value(pool, id) else { continue };
        let related = ring.is_related();
        let all = ring.has_gained() || pool.cost(id) <= PLAIN;
        let mut values: SmallVec<[Factored; 3]> = SmallVec::new();
        for side in [Side::Below, Side::Above] {
            values.extend(ring.conjugated(&value, side).ok().flatten());
        }
        let turned = match pool.is_complex() {
            true => turned::over_real(pool, id, &ring, &value),
            false => None,
        };
        values.insert(0, value);
        for (at, value) in values.into_iter().enumerate() {
            // Of what conjugates leave, the factors are enough.
            let all = all && at == 0;
            let candidates =
                output::candidates(pool, &mut ring, value, all, pool.cost(*best));
            // No one writes 2 - sin(x)^2 for cos(x)^2 + 1 to save a sign.
            let signs =
                if related && pool.coefficient(id).0.is_negative() { 2 } else { 0 };
            let most = pool.cost(id).saturating_sub(signs);
            for candidate in candidates {
                if dialect.allows(pool, candidate) && pool.cost(candidate) <= most {
                    dialect.keep(pool, best, candidate);
                    // What cancels is cancelled, even if the rest is no shorter.
                    let is_equal = pool.cost(candidate) == pool.cost(*best);
                    if ring.cancelled && is_equal && *best == id {
                        *best = candidate;
                    }
                }
            }
        }
        if !related {
            unrelated = Some(choice.is_basic());
        }
        if let Some(generators) = turned {
            let mut ring = Ring::new(generators, &mut work);
            let Ok(Some(value)) = ring.value(pool, id) else { continue };
            for candidate in
                output::candidates(pool, &mut ring, value, true, pool.cost(*best))
            {
                dialect.keep(pool, best, candidate);
            }
        }
    }
}

/// An expression as a number times powers of irreducible factors, numerator and denominator;
/// `None` when there is nothing to factor or `work` on polynomials
/// is not enough.
///
/// The flag says whether all factors are known to be irreducible.
pub fn factor_all(pool: &mut Pool, id: ExprId, limit: u64) -> Option<(ExprId, bool)> {
    let found = factored(pool, id, Choice::OWN, limit)?;
    // sin(x)^2 - cos(x)^2 is a product, and 2*sin(x)^2 - 1 is none.
    if matches!(pool.node(found.0), Node::Sum(_)) && has_families(pool, id) {
        let plain = factored(pool, id, Choice::KERNELS, limit);
        let is_product =
            |found: &(ExprId, bool)| !matches!(pool.node(found.0), Node::Sum(_));
        return plain.filter(is_product).or(Some(found));
    }
    Some(found)
}

fn factored(
    pool: &mut Pool,
    id: ExprId,
    choice: Choice,
    limit: u64,
) -> Option<(ExprId, bool)> {
    let mut work = Work::new(limit);
    let generators = Generators::new(pool, id, choice)?;
    let mut ring = Ring::new(generators, &mut work);
    ring.exact = true;
    let value = ring.value(pool, id).ok()??;
    if value.rest.is_zero() {
        return Some((Pool::ZERO, true));
    }
    let (unit, mut powers) = ring.taken_apart(value).ok()??;
    let complete = ring.is_complete() || {
        // What is left after the large factors have used the work up gets its own.
        powers = ring.taken_apart_again(&powers, limit / 8);
        ring.is_complete()
    };
    Some((output::factors(pool, &mut ring, unit, &powers), complete))
}

/// Whether an expression is a sum of products of symbols.
fn is_polynomial(pool: &Pool, id: ExprId) -> bool {
    let is_power = |factor: &ExprId| {
        let (base, exponent) = pool.base(*factor);
        let whole = pool.as_number(exponent).is_some_and(|n| n.is_integer());
        whole && matches!(pool.node(base), Node::Symbol(_)) || pool.is_constant(*factor)
    };
    pool.terms(&id).iter().all(|term| {
        let (_, rest) = pool.coefficient(*term);
        pool.factors(&rest).iter().all(is_power)
    })
}

/// Whether a quotient could be shorter: a sum has a term with a sum above or below, a product has sums above
/// and below, or squares of functions meet between which there is a relation.
fn is_worth_it(pool: &Pool, id: ExprId) -> bool {
    let cost = pool.cost(id);
    if !(MIN_COST..=MAX_COST).contains(&cost) {
        return false;
    }
    let ids = pool.reachable(&[id]);
    let mut circular = 0;
    let mut squares = 0;
    let mut signs = 0;
    for id in &ids {
        match pool.node(*id) {
            Node::Sum(list) => {
                let has_sum = |term: &ExprId| sums_in(pool, *term) != (0, 0);
                if list.len > 2 && list.len < 40 || pool.list(list).iter().any(has_sum) {
                    return true;
                }
            }
            Node::Product(_) => {
                let (above, below) = sums_in(pool, *id);
                if above > 0 && below > 0 || below > 1 {
                    return true;
                }
            }
            Node::Power(base, exponent) => {
                let whole = pool.as_number(exponent).is_some_and(|n| n.is_integer());
                if whole && family(pool, base).is_some() {
                    squares += 1;
                }
            }
            Node::Apply(FunctionId::ABS | FunctionId::SIGN, _) => signs += 1,
            Node::Apply(..) => circular += usize::from(family(pool, *id).is_some()),
            _ => {}
        }
    }
    signs > 1 || squares > 0 && circular > 0 && cost < 200 || circular > 1 && cost < 60
}

/// How many sums, to whole or broken powers, are factors above and below.
fn sums_in(pool: &Pool, term: ExprId) -> (usize, usize) {
    let (_, rest) = pool.coefficient(term);
    let mut found = (0, 0);
    for factor in pool.factors(&rest) {
        let (base, exponent) = pool.base(*factor);
        if !matches!(pool.node(base), Node::Sum(_)) {
            continue;
        }
        match pool.as_number(exponent) {
            Some(n) if n.is_negative() => found.1 += 1,
            _ => found.0 += 1,
        }
    }
    found
}
