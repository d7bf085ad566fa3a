//! Passes over an expression: loops over handles, children first.

use super::node::{ExprId, Node};
use super::pool::Pool;
use super::symbol::{FunctionSet, SymbolId};
use rustc_hash::{FxHashMap, FxHashSet};
use smallvec::SmallVec;

/// Words of bits for the nodes of a pool of moderate size.
const FEW: usize = 16;

/// The nodes of a pool that were met.
#[derive(Default)]
pub struct Met {
    few: [u64; FEW],
    many: FxHashSet<ExprId>,
}

impl Met {
    /// Adds a node; whether it is new.
    pub fn insert(&mut self, id: ExprId) -> bool {
        let Some(word) = self.few.get_mut(id.index() / 64) else {
            return self.many.insert(id);
        };
        let before = *word;
        *word |= 1 << (id.index() % 64);
        *word != before
    }
}

/// The handles of the bits that are set, in order.
fn push_ones(words: &[u64], found: &mut Vec<ExprId>) {
    for (place, word) in words.iter().enumerate() {
        let mut rest = *word;
        while rest != 0 {
            found.push(ExprId(place as u32 * 64 + rest.trailing_zeros()));
            rest &= rest - 1;
        }
    }
}

impl Pool {
    /// Calls `visit` for each operand of a node.
    pub fn each_operand(&self, id: ExprId, mut visit: impl FnMut(ExprId)) {
        match self.node(id) {
            Node::Sum(list) | Node::Product(list) | Node::Apply(_, list) => {
                self.list(list).iter().for_each(|id| visit(*id));
            }
            Node::Multiple(_, rest) => visit(rest),
            Node::Power(base, exponent) => {
                visit(base);
                visit(exponent);
            }
            _ => {}
        }
    }

    /// The distinct nodes below and including the roots, children before parents.
    pub fn reachable(&self, roots: &[ExprId]) -> Vec<ExprId> {
        self.reachable_where(roots, |_| true)
    }

    /// The same, entering only nodes for which `enter` holds.
    pub fn reachable_where(
        &self,
        roots: &[ExprId],
        enter: impl Fn(ExprId) -> bool,
    ) -> Vec<ExprId> {
        let Some(top) = roots.iter().map(|id| id.index()).max() else {
            return Vec::new();
        };
        let mut found = Vec::with_capacity(32);
        if top < FEW * 64 {
            let mut met = [0u64; FEW];
            self.meet_below(roots, top, &mut met, enter);
            push_ones(&met[..top / 64 + 1], &mut found);
            return found;
        }
        let mut stack: SmallVec<[ExprId; 64]> =
            roots.iter().copied().filter(|id| enter(*id)).collect();
        let mut seen = rustc_hash::FxHashSet::default();
        // A bit for each node costs less once many have been seen.
        let words = top / 64 + 1;
        let mut bits: Vec<u64> = Vec::new();
        while let Some(id) = stack.pop() {
            let is_new = match bits.get_mut(id.index() / 64) {
                Some(word) => {
                    let before = *word;
                    *word |= 1 << (id.index() % 64);
                    *word != before
                }
                None => seen.insert(id),
            };
            if !is_new {
                continue;
            }
            found.push(id);
            self.each_operand(id, |child| {
                if enter(child) {
                    stack.push(child);
                }
            });
            if bits.is_empty() && found.len() > words {
                bits = vec![0; words];
                for id in &found {
                    bits[id.index() / 64] |= 1 << (id.index() % 64);
                }
            }
        }
        if bits.is_empty() {
            found.sort_unstable();
        } else {
            found.clear();
            push_ones(&bits, &mut found);
        }
        found
    }

    /// Sets the bits of the nodes below and including the roots. Operands have lesser handles,
    /// so each node is met before it is opened, from the greatest down.
    fn meet_below(
        &self,
        roots: &[ExprId],
        top: usize,
        met: &mut [u64],
        enter: impl Fn(ExprId) -> bool,
    ) {
        let meet = |met: &mut [u64], id: ExprId| {
            let (word, bit) = (id.index() / 64, 1u64 << (id.index() % 64));
            if met[word] & bit == 0 && enter(id) {
                met[word] |= bit;
            }
        };
        roots.iter().for_each(|id| meet(met, *id));
        for word in (0..=top / 64).rev() {
            let mut open = met[word];
            while open != 0 {
                let at = 63 - open.leading_zeros();
                let id = ExprId(word as u32 * 64 + at);
                self.each_operand(id, |child| meet(met, child));
                // What is left of the word stands below.
                open = met[word] & ((1 << at) - 1);
            }
        }
    }

    /// Whether an expression may depend on a symbol (given as an expression): `false` is
    /// certain, `true` is not when there are more than 64 symbols.
    pub fn may_depend(&self, id: ExprId, symbol: ExprId) -> bool {
        self.info(id).symbols & self.info(symbol).symbols != 0
    }

    /// Whether an expression contains no symbol.
    pub fn is_constant(&self, id: ExprId) -> bool {
        self.info(id).symbols == 0
    }

    /// The functions in an expression.
    pub fn functions(&self, id: ExprId) -> FunctionSet {
        self.info(id).functions
    }

    /// Whether a sum or a product stands under a root in an expression.
    pub fn has_roots(&self, id: ExprId) -> bool {
        self.info(id).rooted
    }

    /// Whether it is known to be above zero wherever it is defined.
    pub fn is_positive(&self, id: ExprId) -> bool {
        self.info(id).positive
    }

    /// Whether it is known to be zero or above wherever it is defined.
    pub fn is_nonnegative(&self, id: ExprId) -> bool {
        self.info(id).nonnegative
    }

    /// Whether it is known to be a whole number wherever it is defined.
    pub fn is_integer(&self, id: ExprId) -> bool {
        self.info(id).integer
    }

    /// The symbols of expressions, in natural order of their names.
    pub fn symbols_of(&self, roots: &[ExprId]) -> Vec<SymbolId> {
        let mut found: Vec<SymbolId> = self
            .reachable_where(roots, |id| !self.is_constant(id))
            .into_iter()
            .filter_map(|id| match self.node(id) {
                Node::Symbol(symbol) => Some(symbol),
                _ => None,
            })
            .collect();
        found.sort_by(|a, b| super::symbol::natural_order(self.name(*a), self.name(*b)));
        found
    }

    /// The nodes below expressions in which symbols stand for others, operands and what a
    /// symbol stands for before what uses them.
    pub fn reachable_through(
        &self,
        roots: &[ExprId],
        meant: &FxHashMap<ExprId, ExprId>,
    ) -> Vec<ExprId> {
        let mut seen = rustc_hash::FxHashSet::default();
        let mut found = Vec::new();
        let mut stack: Vec<(ExprId, bool)> =
            roots.iter().rev().map(|id| (*id, false)).collect();
        while let Some((id, is_done)) = stack.pop() {
            if is_done {
                found.push(id);
                continue;
            }
            if !seen.insert(id) {
                continue;
            }
            stack.push((id, true));
            let from = stack.len();
            self.each_operand(id, |operand| stack.push((operand, false)));
            stack.extend(meant.get(&id).map(|id| (*id, false)));
            stack[from..].reverse();
        }
        found
    }

    /// Rebuilds a node with other operands, through the constructors.
    pub fn rebuild(
        &mut self,
        id: ExprId,
        mut operand: impl FnMut(ExprId) -> ExprId,
    ) -> ExprId {
        match self.node(id) {
            Node::Sum(list) => {
                let terms: SmallVec<[ExprId; 8]> =
                    self.list(list).iter().map(|id| operand(*id)).collect();
                if terms[..] == *self.list(list) { id } else { self.sum(&terms) }
            }
            Node::Product(list) => {
                let factors: SmallVec<[ExprId; 8]> =
                    self.list(list).iter().map(|id| operand(*id)).collect();
                if factors[..] == *self.list(list) { id } else { self.product(&factors) }
            }
            Node::Apply(function, list) => {
                let arguments =
                    self.list(list).iter().map(|id| operand(*id)).collect::<Vec<_>>();
                if arguments == self.list(list) {
                    id
                } else {
                    self.application(function, &arguments)
                }
            }
            Node::Multiple(n, rest) => {
                let new = operand(rest);
                if new == rest {
                    return id;
                }
                let n = self.number_at(n).clone();
                self.scale(&n, new)
            }
            Node::Power(base, exponent) => {
                let (b, e) = (operand(base), operand(exponent));
                if (b, e) == (base, exponent) { id } else { self.power(b, e) }
            }
            _ => id,
        }
    }

    /// Replaces expressions by others, all at once. `apply` makes applications, so that the
    /// caller decides what is known of functions.
    pub fn substitute(
        &mut self,
        roots: &[ExprId],
        replacements: &[(ExprId, ExprId)],
        apply: fn(&mut Self, super::symbol::FunctionId, &[ExprId]) -> ExprId,
    ) -> Vec<ExprId> {
        let mut known = replacements.iter().copied().collect();
        self.substitute_known(roots, &mut known, apply)
    }

    /// The same with what is known already of expressions below, to which more is added.
    pub fn substitute_known(
        &mut self,
        roots: &[ExprId],
        map: &mut FxHashMap<ExprId, ExprId>,
        apply: fn(&mut Self, super::symbol::FunctionId, &[ExprId]) -> ExprId,
    ) -> Vec<ExprId> {
        for id in self.reachable_where(roots, |id| !map.contains_key(&id)) {
            let get = |child: ExprId| map.get(&child).copied().unwrap_or(child);
            let new = if let Node::Apply(function, list) = self.node(id) {
                let arguments: Vec<ExprId> =
                    self.list(list).iter().map(|id| get(*id)).collect();
                apply(self, function, &arguments)
            } else {
                self.rebuild(id, get)
            };
            map.insert(id, new);
        }
        roots.iter().map(|id| map.get(id).copied().unwrap_or(*id)).collect()
    }
}

impl Pool {
    /// The name under which an argument of an abstract function is differentiated: a symbol's
    /// own, that of an abstract function, or the one that a program gave it.
    pub fn slot_name(&self, id: ExprId) -> Option<&str> {
        match self.node(id) {
            Node::Symbol(symbol) => Some(self.name(symbol)),
            Node::Apply(function, _) => {
                let function = self.as_abstract(function)?;
                let plain = function.orders.iter().all(|order| *order == 0);
                plain.then_some(function.name.as_str())
            }
            _ => self.named.get(&id).map(String::as_str),
        }
    }

    /// Names expressions that are arguments of abstract functions; names that were given before
    /// are forgotten.
    pub fn name_arguments(&mut self, names: impl IntoIterator<Item = (ExprId, String)>) {
        self.named = names.into_iter().collect();
    }

    /// Notes with which arguments an abstract function was read.
    pub fn note_application(&mut self, name: &str, arguments: &[ExprId]) {
        match self.read.get_mut(name) {
            Some(known) => {
                if known.as_deref() != Some(arguments) {
                    *known = None;
                }
            }
            None => {
                self.read.insert(name.to_owned(), Some(arguments.to_vec()));
            }
        }
    }

    /// The arguments with which an abstract function was read, when they were always the same.
    pub fn applications(&self, name: &str) -> Option<&[ExprId]> {
        self.read.get(name)?.as_deref()
    }
}
