//! Long answers with their repeated parts named: a program that calcgrad reads back.

use super::notation::Notation;
use super::writer::write_named;
use crate::error::Result;
use crate::kernel::{ExprId, Node, Number, Pool, Relation};
use rustc_hash::{FxHashMap, FxHashSet};

/// What a definition costs a reader besides what it defines.
const DEFINITION: u64 = 2;
/// Parts that cost a reader less are repeated rather than named: `x^2`, `e^x`, `x*y`.
const LEAST: u64 = 4;
/// Constants that cost no more are repeated.
const SHORT: u32 = 8;

/// Names for the parts of expressions that stand in more than one place.
#[derive(Clone, Debug, Default)]
pub struct Shared {
    names: FxHashMap<ExprId, String>,
    order: Vec<ExprId>,
    /// What the whole costs a reader with the names and without.
    costs: (u64, u64),
}

/// How often each part of expressions is written, and which of them are worth a name.
struct Census {
    /// Operands before what uses them.
    ids: Vec<ExprId>,
    uses: Vec<u64>,
    is_named: Vec<bool>,
    /// What each costs with names for what is in it.
    costs: Vec<u64>,
}

impl Shared {
    /// Names the parts that the roots use more than once: `t1`, `t2`, … (another letter when
    /// that one is taken). Symbols that stand for parts are among them.
    pub fn new(pool: &Pool, roots: &[ExprId], parts: &[(ExprId, ExprId)]) -> Self {
        let meant: FxHashMap<ExprId, ExprId> = parts.iter().copied().collect();
        let census = Census::new(pool, roots, &meant, |_, _| false);
        Self::named(pool, roots, parts, &[], census)
    }

    /// The same for code, where some expressions have names already, which they keep wherever
    /// they stand, and where every function is called once.
    pub fn keeping(
        pool: &Pool,
        roots: &[ExprId],
        parts: &[(ExprId, ExprId)],
        kept: &[(String, ExprId)],
    ) -> Self {
        let meant: FxHashMap<ExprId, ExprId> = parts.iter().copied().collect();
        let own: FxHashSet<ExprId> = kept.iter().map(|(_, id)| *id).collect();
        let census = Census::new(pool, roots, &meant, |id, uses| {
            own.contains(&id) || uses > 1 && is_call(pool, id)
        });
        Self::named(pool, roots, parts, kept, census)
    }

    fn named(
        pool: &Pool,
        roots: &[ExprId],
        parts: &[(ExprId, ExprId)],
        kept: &[(String, ExprId)],
        census: Census,
    ) -> Self {
        let own: FxHashMap<ExprId, &str> =
            kept.iter().rev().map(|(name, id)| (*id, name.as_str())).collect();
        // What was typed may have dropped out of the answer.
        let free = |letter: &str| {
            let defined = kept.iter().map(|(name, _)| name.as_str());
            !pool.names().chain(defined).any(|name| name.starts_with(letter))
        };
        let mut letter = ["t", "s", "q", "r", "tmp", "shared_"]
            .into_iter()
            .find(|letter| free(letter))
            .unwrap_or("shared_")
            .to_owned();
        while !free(&letter) {
            letter.push('_');
        }
        let mut shared =
            Self { costs: census.both_costs(pool, roots), ..Self::default() };
        let mut count = 0;
        for (id, is_named) in census.ids.into_iter().zip(census.is_named) {
            if !is_named {
                continue;
            }
            let name = own.get(&id).map(|name| (*name).to_owned());
            let name = name.unwrap_or_else(|| {
                count += 1;
                format!("{letter}{count}")
            });
            shared.names.insert(id, name);
            shared.order.push(id);
        }
        for (symbol, part) in parts {
            if let Some(name) = shared.names.get(part) {
                shared.names.insert(*symbol, name.clone());
            }
        }
        shared
    }

    /// Whether the names spare a reader half of the whole.
    pub fn halves(&self) -> bool {
        self.costs.0.saturating_mul(2) < self.costs.1
    }

    /// The symbols for parts that expressions use once at most.
    pub fn needless(
        pool: &Pool,
        roots: &[ExprId],
        parts: &[(ExprId, ExprId)],
    ) -> FxHashSet<ExprId> {
        let meant: FxHashMap<ExprId, ExprId> = parts.iter().copied().collect();
        let census = Census::new(pool, roots, &meant, |_, _| false);
        let mut found: FxHashSet<ExprId> = meant.keys().copied().collect();
        for (id, uses) in census.ids.into_iter().zip(census.uses) {
            if uses > 1 {
                found.remove(&id);
            }
        }
        found
    }

    /// The name of a part.
    pub(super) fn name(&self, id: ExprId) -> Option<&str> {
        self.names.get(&id).map(String::as_str)
    }

    /// The expression with its repeated parts by name.
    ///
    /// # Errors
    /// None today: what is repeated has a name, so that a text is no longer than its graph.
    pub fn write(&self, pool: &Pool, root: ExprId, notation: Notation) -> Result<String> {
        match self.names.get(&root) {
            Some(name) => Ok(super::name(name, notation)),
            None => write_named(pool, root, notation, self),
        }
    }

    /// The parts and their names, in the order in which they are needed.
    pub fn names(&self) -> impl Iterator<Item = (ExprId, &str)> {
        self.order.iter().map(|id| (*id, self.names.get(id).map_or("", String::as_str)))
    }

    /// What a part is that has a name.
    ///
    /// # Errors
    /// As [`Shared::write`].
    pub fn definition(
        &self,
        pool: &Pool,
        part: ExprId,
        notation: Notation,
    ) -> Result<String> {
        write_named(pool, part, notation, self)
    }
}

impl Census {
    fn new(
        pool: &Pool,
        roots: &[ExprId],
        meant: &FxHashMap<ExprId, ExprId>,
        is_kept: impl Fn(ExprId, u64) -> bool,
    ) -> Self {
        let ids = pool.reachable_through(roots, meant);
        let places: FxHashMap<ExprId, usize> =
            ids.iter().enumerate().map(|(place, id)| (*id, place)).collect();
        let (uses, is_named) = (vec![0; ids.len()], vec![false; ids.len()]);
        let costs = vec![1; ids.len()];
        let mut census = Self { uses, is_named, costs, ids };
        let mut has_symbol = vec![false; census.ids.len()];
        for root in roots {
            census.uses[places[root]] += 1;
        }
        // From the top: what has a name is written once, whatever it is made of.
        for place in (0..census.ids.len()).rev() {
            let id = census.ids[place];
            let uses = census.uses[place];
            if let Some(part) = meant.get(&id) {
                let place = places[part];
                has_symbol[place] = true;
                census.uses[place] = census.uses[place].saturating_add(uses);
                continue;
            }
            let may_stand = has_symbol[place] || may_stand(pool, id);
            let is_worth = has_symbol[place]
                || is_kept(id, uses)
                || is_worth(uses, pool.cost(id).into());
            census.is_named[place] = may_stand && is_worth;
            let written = if census.is_named[place] { 1 } else { uses };
            pool.each_operand(id, |operand| {
                let uses = &mut census.uses[places[&operand]];
                *uses = uses.saturating_add(written);
            });
        }
        // From the leaves: what has named parts costs less than it seemed.
        for (place, has_symbol) in has_symbol.into_iter().enumerate() {
            let id = census.ids[place];
            if meant.contains_key(&id) {
                continue;
            }
            let (mut cost, mut count) = (0_u64, 0);
            pool.each_operand(id, |operand| {
                let place = places[&operand];
                let own = if census.is_named[place] { 1 } else { census.costs[place] };
                cost = cost.saturating_add(own);
                count += 1;
            });
            census.costs[place] = cost.saturating_add(count).max(1);
            let is_worth = is_worth(census.uses[place], census.costs[place]);
            let is_kept = is_kept(id, census.uses[place]);
            census.is_named[place] &= has_symbol || is_kept || is_worth;
        }
        census
    }

    /// What expressions cost with names for what is in them, definitions included, and what
    /// they cost without.
    fn both_costs(&self, pool: &Pool, roots: &[ExprId]) -> (u64, u64) {
        let mut with = 0_u64;
        let asked: FxHashSet<ExprId> = roots.iter().copied().collect();
        for (place, id) in self.ids.iter().enumerate() {
            if self.is_named[place] {
                with = with.saturating_add(self.costs[place] + DEFINITION);
            } else if asked.contains(id) {
                with = with.saturating_add(self.costs[place]);
            }
        }
        (with, roots.iter().map(|id| u64::from(pool.cost(*id))).sum())
    }
}

/// Whether a language calls a function for it: one of the table, a power of e, a root.
fn is_call(pool: &Pool, id: ExprId) -> bool {
    match pool.node(id) {
        Node::Apply(..) => true,
        Node::Power(base, exponent) => {
            base == Pool::E || !pool.as_number(exponent).is_some_and(Number::is_integer)
        }
        _ => false,
    }
}

/// Whether a name for what is written so often makes the whole shorter.
fn is_worth(uses: u64, cost: u64) -> bool {
    uses > 1 && cost >= LEAST && cost.saturating_mul(uses - 1) > uses + DEFINITION
}

/// Whether a part is ever written as it stands and has a value: nobody names short constants, a
/// coefficient stands before what has a name, and what is below a fraction bar has the name of
/// its base.
fn may_stand(pool: &Pool, id: ExprId) -> bool {
    if pool.is_constant(id) && pool.cost(id) <= SHORT {
        return false;
    }
    match pool.node(id) {
        Node::Multiple(..) | Node::Symbol(_) => false,
        // A condition is no value.
        Node::Apply(function, _) => Relation::of(function).is_none(),
        Node::Power(_, exponent) => {
            !pool.as_number(exponent).is_some_and(Number::is_negative)
        }
        _ => true,
    }
}
