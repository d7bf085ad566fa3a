//! The automatic form: of a few ways to write each sum and product, the one of least cost.
//!
//! Passes work from the operands up, each node once, so that the cost is linear in the number
//! of distinct nodes. Nothing is ever made longer than it came in, but for exact values of
//! constants and functions of inverse functions.

use super::angles::with_angles_joined;
use super::collect::{Draw, common, draw_out, gather, group, keep};
use super::constants::{constant_value, with_machin, with_plain_numbers};
use super::cube_root::{without_cube, without_cubes};
use super::dialect::Dialect;
use super::expand::expand;
use super::finish::{finish, polish};
use super::gaussian::settled;
use super::homogeneous::with_typed_quotients;
use super::identities::{Tried, without_inverse};
use super::keys::{Term, are_monomials, may_collect, orient, split};
use super::logarithms::with_logarithms_joined;
use super::nested::{without_nested_cube_root, without_nested_root};
use super::preference::Preference;
use super::product::improve_product;
use super::quarters::without_quarters;
use super::rational::{Search, improve_inner, improve_polynomial, improve_quotient};
use super::special::{
    exact_value, one_sided, ordered, plain_value, power_of_zero, reduced, whole_part,
    without_turns,
};
use super::squares::without_square;
use crate::function;
use crate::kernel::{ExprId, FunctionId, Node, Number, Pool};
use rustc_hash::{FxHashMap, FxHashSet};
use smallvec::SmallVec;

/// The work spent on one expression; what is left after it keeps the form it has.
const BUDGET: u64 = 500_000;
/// How often the passes and the search for quotients take turns; what comes out of the first
/// turn is almost always settled.
const ROUNDS: usize = 4;
/// Up to which cost what the last touches changed is searched again.
const SMALL: u32 = 30;
/// What brackets around some terms of a sum have to save at least to be worth reading.
const NESTED: u32 = 2;
/// Sums of more terms are left as they are.
pub(super) const MAX_TERMS: usize = 4000;

/// How much is tried; counted in work, so that the same input gives the same form anywhere.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Effort {
    /// Each sum and product on its own.
    Local,
    /// That, and the whole as a quotient over its kernels.
    #[default]
    Whole,
    /// The same with fifty times the work.
    Thorough,
}

/// Simplifies expressions of one pool and remembers what it has seen.
#[derive(Clone, Debug, Default)]
pub struct Simplifier {
    /// What the passes made of nodes.
    known: FxHashMap<ExprId, ExprId>,
    /// Nodes with a function that was replaced by its exact value, or a function of an
    /// inverse function by a root: they may get longer.
    exact: FxHashSet<ExprId>,
    /// What came of whole expressions, for each effort.
    settled: FxHashMap<(ExprId, u8), ExprId>,
    /// The last expression that came in, with its dialect.
    typed: Option<(ExprId, Dialect)>,
    /// The same with the last touches.
    polished: FxHashMap<(ExprId, u8), ExprId>,
    /// What came of the identities of the textbook in long nodes.
    tried: Tried,
    /// How much is tried.
    pub effort: Effort,
    /// The functions that are preferred to those that were typed.
    preference: Preference,
}

impl Simplifier {
    /// Forgets everything; to be called when the pool is emptied.
    pub fn clear(&mut self) {
        self.known.clear();
        self.exact.clear();
        self.settled.clear();
        self.polished.clear();
        self.tried.clear();
        self.typed = None;
    }

    /// The functions that are preferred to those that were typed.
    pub fn preference(&self) -> Preference {
        self.preference
    }

    /// Prefers functions to those that are typed, from now on.
    pub fn prefer(&mut self, preference: Preference) {
        if self.preference != preference {
            self.polished.clear();
        }
        self.preference = preference;
    }

    /// The shortest form that is found; the given one when none is shorter.
    pub fn simplify(&mut self, pool: &mut Pool, root: ExprId) -> ExprId {
        let root = if pool.is_complex() { settled(pool, root) } else { root };
        let best = self.simplify_part(pool, root);
        if self.effort == Effort::Local || is_settled(pool, root) {
            return best;
        }
        let effort = self.effort as u8;
        if let Some(found) = self.polished.get(&(root, effort)) {
            return *found;
        }
        let polished = self.polished(pool, [root, best]);
        self.polished.insert((root, effort), polished);
        if pool.failure().is_none() {
            self.polished.insert((polished, effort), polished);
        }
        polished
    }

    /// The same for a part of what is to be simplified: nothing is done to it that would hide
    /// what it has in common with others.
    pub fn simplify_part(&mut self, pool: &mut Pool, root: ExprId) -> ExprId {
        let root = if pool.is_complex() { settled(pool, root) } else { root };
        if is_settled(pool, root) {
            return improve_polynomial(pool, root, self.effort);
        }
        let effort = self.effort as u8;
        if let Some(found) = self.settled.get(&(root, effort)) {
            return *found;
        }
        let dialect = Dialect::of(pool, root);
        self.typed = Some((root, dialect));
        let mut best = self.shortest(pool, root, dialect.free());
        if dialect.is_strange(pool, best) {
            let own = self.shortest(pool, root, dialect);
            if dialect.cost(pool, own) <= dialect.cost(pool, best) {
                best = own;
            }
        }
        self.settled.insert((root, effort), best);
        if pool.failure().is_none() {
            self.settled.insert((best, effort), best);
        }
        best
    }

    /// The form that was found, with the last touches of the whole.
    fn polished(&mut self, pool: &mut Pool, [root, best]: [ExprId; 2]) -> ExprId {
        let typed = match self.typed {
            Some((known, typed)) if known == root => typed,
            _ => Dialect::of(pool, root),
        };
        let dialect = typed.free();
        let mut found = polish(pool, best, dialect, &mut self.tried);
        if typed.has_quotients() && Dialect::of(pool, best).has_sines() {
            let turned = with_typed_quotients(pool, [root, best], dialect);
            let turned = polish(pool, turned, dialect, &mut self.tried);
            dialect.keep(pool, &mut found, turned);
        }
        if found != best {
            found = self.shortest(pool, found, dialect);
            found = polish(pool, found, dialect, &mut self.tried);
        }
        if !self.preference.is_none() || typed.has_hyperbolic() {
            found = self.preferred(pool, [root, found], typed);
        }
        found
    }

    /// The shortest form that is found in a dialect.
    pub(super) fn shortest(
        &mut self,
        pool: &mut Pool,
        root: ExprId,
        dialect: Dialect,
    ) -> ExprId {
        let start = pool.work();
        let search = Search { effort: self.effort, dialect };
        let (mut best, mut quotient) = (root, None);
        for _ in 0..ROUNDS {
            let before = best;
            best = self.pass(pool, best, start);
            if pool.is_constant(best) {
                best = with_plain_numbers(pool, best);
            }
            if pool.work() - start > BUDGET || pool.failure().is_some() {
                return best;
            }
            if quotient != Some(best) {
                best = improve_inner(pool, best, search);
                let found = improve_quotient(pool, best, search);
                if self.effort != Effort::Local {
                    let finished = finish(pool, found, dialect, &mut self.tried);
                    if found != best {
                        best = finish(pool, best, dialect, &mut self.tried);
                    }
                    // What the search gives at the same cost, it gives for a reason.
                    if dialect.cost(pool, finished) <= dialect.cost(pool, best) {
                        best = finished;
                    }
                }
                // The last touches may show a quotient where there was none.
                let is_open = best != found && pool.cost(best) <= SMALL;
                quotient = (!is_open).then_some(best);
            }
            if best == before {
                break;
            }
        }
        best
    }

    /// The cheapest way found to write each node, from the operands up.
    fn pass(&mut self, pool: &mut Pool, root: ExprId, start: u64) -> ExprId {
        let known = &self.known;
        let ids = pool.reachable_where(&[root], |id| {
            !known.contains_key(&id) && !is_leaf(pool, id)
        });
        for id in ids {
            let (known, evaluated) = (&self.known, &self.exact);
            let mut has_exact = false;
            pool.each_operand(id, |operand| has_exact |= evaluated.contains(&operand));
            let get = |child: ExprId| known.get(&child).copied().unwrap_or(child);
            let rebuilt = match pool.node(id) {
                Node::Apply(function, list) => {
                    let old: SmallVec<[ExprId; 4]> =
                        SmallVec::from_slice(pool.list(list));
                    let new: SmallVec<[ExprId; 4]> =
                        old.iter().map(|id| get(*id)).collect();
                    match old == new && function != FunctionId::ABS {
                        true => id,
                        false => function::apply(pool, function, &new),
                    }
                }
                _ => pool.rebuild(id, get),
            };
            let mut is_composed = false;
            let exact = match pool.node(rebuilt) {
                Node::Apply(function, list)
                    if function.is_builtin() && pool.is_constant(rebuilt) =>
                {
                    let arguments: SmallVec<[ExprId; 4]> =
                        SmallVec::from_slice(pool.list(list));
                    exact_value(pool, function, &arguments)
                        .or_else(|| plain_value(pool, function, &arguments))
                        .or_else(|| without_inverse(pool, rebuilt))
                        .or_else(|| constant_value(pool, rebuilt, function))
                        .or_else(|| without_quarters(pool, function, arguments[0]))
                        .or_else(|| without_cubes(pool, function, arguments[0]))
                        .or_else(|| {
                            without_nested_cube_root(pool, function, arguments[0])
                        })
                        .or_else(|| reduced(pool, function, &arguments))
                }
                Node::Sum(_) if pool.is_constant(rebuilt) => with_machin(pool, rebuilt),
                Node::Apply(function, list)
                    if function.is_builtin() && pool.list(list).len() == 1 =>
                {
                    let argument = pool.list(list)[0];
                    one_sided(pool, function, argument)
                        .or_else(|| whole_part(pool, function, argument))
                        .or_else(|| without_turns(pool, function, argument))
                        .or_else(|| without_quarters(pool, function, argument))
                        .or_else(|| without_cubes(pool, function, argument))
                        .or_else(|| {
                            let found = without_inverse(pool, rebuilt);
                            is_composed = found.is_some();
                            found
                        })
                }
                Node::Apply(function, list)
                    if function.is_builtin() && pool.list(list).len() == 2 =>
                {
                    let arguments: SmallVec<[ExprId; 4]> =
                        SmallVec::from_slice(pool.list(list));
                    let found = reduced(pool, function, &arguments);
                    is_composed = found.is_some();
                    found
                        .or_else(|| ordered(pool, function, [arguments[0], arguments[1]]))
                }
                _ => None,
            };
            let spent = pool.work() - start > BUDGET;
            let improved =
                |pool: &mut Pool| if spent { rebuilt } else { improve(pool, rebuilt) };
            let mut best = exact.unwrap_or_else(|| improved(pool));
            let least = if has_exact { rebuilt } else { id };
            if exact.is_none() && pool.cost(best) > pool.cost(least) {
                best = least;
            }
            if has_exact || is_composed || exact.is_some() && pool.is_constant(id) {
                self.exact.insert(id);
            }
            self.known.insert(id, best);
            if pool.failure().is_some() {
                break;
            }
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

/// Whether nothing but numbers and one symbol occurs.
fn is_over_one_symbol(pool: &Pool, id: ExprId) -> bool {
    let is_constant = |id: &ExprId| matches!(pool.node(*id), Node::Constant(_));
    pool.symbols_of(&[id]).len() == 1 && !pool.reachable(&[id]).iter().any(is_constant)
}

/// Sums of plain monomials and single monomials need no work.
fn is_settled(pool: &Pool, id: ExprId) -> bool {
    pool.terms(&id).iter().all(|term| {
        let (_, rest) = pool.coefficient(*term);
        pool.factors(&rest).iter().all(|factor| {
            let (base, exponent) = pool.base(*factor);
            is_leaf(pool, base)
                && pool.as_number(exponent).is_some_and(|n| !n.is_negative())
        })
    })
}

/// The cheapest of the ways to write one node over operands that are settled. The pool keeps
/// what was found: the ways back from polynomials lead to the same nodes over and over.
pub(super) fn improve(pool: &mut Pool, id: ExprId) -> ExprId {
    if is_leaf(pool, id) || matches!(pool.node(id), Node::Apply(..)) {
        return id;
    }
    if let Some(known) = pool.known_form(id) {
        return known;
    }
    let start = pool.work();
    let form = improved(pool, id);
    pool.remember_form(id, form, start);
    form
}

fn improved(pool: &mut Pool, id: ExprId) -> ExprId {
    match pool.node(id) {
        Node::Sum(list) if (list.len as usize) <= MAX_TERMS => improve_sum(pool, id),
        Node::Product(_) | Node::Multiple(..) => improve_product(pool, id),
        Node::Power(Pool::ZERO, exponent) => power_of_zero(pool, exponent).unwrap_or(id),
        Node::Power(_, exponent)
            if pool.as_number(exponent).is_some_and(Number::is_negative) =>
        {
            improve_product(pool, id)
        }
        Node::Power(..) => without_nested_root(pool, id)
            .or_else(|| without_square(pool, id))
            .or_else(|| without_cube(pool, id))
            .unwrap_or(id),
        _ => id,
    }
}

fn improve_sum(pool: &mut Pool, id: ExprId) -> ExprId {
    let operands: SmallVec<[ExprId; 8]> = SmallVec::from_slice(pool.terms(&id));
    if are_monomials(pool, &operands) {
        let mut best = id;
        if let Some(joined) = with_logarithms_joined(pool, id) {
            keep(pool, &mut best, joined);
        }
        return best;
    }
    let mut terms: Vec<Term> = operands.iter().map(|term| split(pool, *term)).collect();
    orient(pool, &mut terms);
    let limit = (pool.cost(id) as usize / 2 + 12).min(MAX_TERMS);
    let mut best = id;
    if may_collect(pool, &terms)
        && let Some(expanded) = expand(pool, id, limit)
    {
        keep(pool, &mut best, expanded);
        if let Node::Sum(_) = pool.node(expanded) {
            let operands: SmallVec<[ExprId; 8]> =
                SmallVec::from_slice(pool.terms(&expanded));
            if are_monomials(pool, &operands) {
                // Products of sums in one symbol are multiplied out where that is no longer.
                let is_equal = pool.cost(expanded) == pool.cost(best);
                let has_product = terms.iter().any(|term| term.sums(pool) > 1);
                if is_equal && has_product && is_over_one_symbol(pool, expanded) {
                    best = expanded;
                }
            } else {
                let terms: Vec<Term> =
                    operands.iter().map(|term| split(pool, *term)).collect();
                if let Some(grouped) = group(pool, &terms) {
                    keep(pool, &mut best, grouped);
                }
            }
        }
    }
    let shared = common(pool, &terms, Draw::Common);
    let mut out = None;
    if let Some(part) = &shared {
        let drawn = draw_out(pool, &terms, part, limit);
        keep(pool, &mut best, drawn);
        out = Some(drawn);
    }
    let has_denominator =
        terms.iter().any(|term| term.powers.iter().any(|(_, n)| n.is_negative()));
    if has_denominator && let Some(part) = common(pool, &terms, Draw::Fraction) {
        let drawn = match out {
            Some(known) if shared.as_ref() == Some(&part) => known,
            _ => draw_out(pool, &terms, &part, limit),
        };
        // A sum of fractions only is written as one fraction when that is no longer.
        let only = terms.iter().all(|t| t.powers.iter().any(|(_, n)| n.is_negative()));
        if only && best == id && pool.cost(drawn) == pool.cost(id) {
            best = drawn;
        }
        keep(pool, &mut best, drawn);
    }
    if terms.len() > 2
        && let Some(grouped) = group(pool, &terms)
    {
        keep(pool, &mut best, grouped);
    }
    if let Some(gathered) = gather(pool, &terms)
        && pool.cost(gathered).saturating_add(NESTED) < pool.cost(best)
    {
        best = gathered;
    }
    if let Some(joined) = with_angles_joined(pool, &terms) {
        keep(pool, &mut best, joined);
    }
    if let Some(joined) = with_logarithms_joined(pool, id) {
        keep(pool, &mut best, joined);
    }
    match pool.node(best) {
        Node::Product(_) | Node::Multiple(..) if best != id => {
            improve_product(pool, best)
        }
        _ => best,
    }
}
