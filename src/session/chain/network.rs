//! What the names of a program need of each other and of the variables.

use super::Named;
use super::names::{self, Draft, Drafts};
use crate::kernel::{ExprId, Pool};
use crate::session::engine::Engine;
use rustc_hash::FxHashMap;

/// The symbol under which others use a draft.
pub(super) fn symbol_of(pool: &Pool, draft: &Draft) -> Option<ExprId> {
    match names::plain(pool, draft.body) {
        Some((function, _)) if draft.place.is_none() => pool.find_symbol(&function.name),
        _ => pool.find_symbol(&draft.name),
    }
}

/// Names with what each needs: vertices are the variables, then the names.
pub(super) struct Network {
    pub(super) nodes: Vec<Named>,
    pub(super) variables: usize,
    /// The symbol under which others use each name, if they do.
    pub(super) symbols: Vec<Option<ExprId>>,
    /// What each name needs that depends on a variable: the vertex and its symbol.
    pub(super) below: Vec<Vec<(usize, ExprId)>>,
    pub(super) is_partial: Vec<bool>,
    /// The values of symbols in the variables alone.
    pub(super) replacements: FxHashMap<ExprId, ExprId>,
}

impl Network {
    /// The network, and whether anything stands between the answers and the variables.
    pub(super) fn new(
        engine: &Engine,
        pool: &Pool,
        drafts: &Drafts,
        values: &[ExprId],
        wrt: &[String],
    ) -> (Self, bool) {
        let mut vertices: FxHashMap<ExprId, usize> = FxHashMap::default();
        for (vertex, name) in wrt.iter().enumerate() {
            if let Some(symbol) = pool.find_symbol(name) {
                vertices.insert(symbol, vertex);
            }
        }
        let mut network = Self {
            nodes: Vec::with_capacity(drafts.names.len()),
            variables: wrt.len(),
            symbols: drafts.names.iter().map(|draft| symbol_of(pool, draft)).collect(),
            below: Vec::with_capacity(drafts.names.len()),
            is_partial: Vec::with_capacity(drafts.names.len()),
            replacements: FxHashMap::default(),
        };
        let mut between = false;
        for (place, (draft, value)) in drafts.names.iter().zip(values).enumerate() {
            let symbols = ordered_symbols(pool, draft.body);
            let varies = |symbol: &&ExprId| {
                let known = network.replacements.get(*symbol);
                known.is_none_or(|value| !engine.pool.is_constant(*value))
            };
            network.is_partial.push(symbols.iter().filter(varies).count() > 1);
            let vertex = |symbol: &ExprId| Some((*vertices.get(symbol)?, *symbol));
            let mut below: Vec<(usize, ExprId)> =
                symbols.iter().filter_map(vertex).collect();
            // What stands in between comes before the variables, as in textbooks.
            below.sort_by_key(|(vertex, _)| *vertex < wrt.len());
            between |= below.iter().any(|(vertex, _)| *vertex >= wrt.len());
            if let Some(symbol) = network.symbols[place] {
                if !below.is_empty() {
                    vertices.insert(symbol, wrt.len() + place);
                }
                network.replacements.insert(symbol, *value);
            }
            network.below.push(below);
            network.nodes.push(Named {
                name: draft.name.clone(),
                body: draft.body,
                value: *value,
                is_abstract: is_abstract(pool, draft.body),
                place: draft.place,
            });
        }
        (network, between)
    }

    /// The names from the answers down, level by level.
    pub(super) fn downwards(&self, outputs: &[usize]) -> Vec<usize> {
        let mut seen = vec![false; self.nodes.len()];
        let mut order: Vec<usize> = Vec::with_capacity(self.nodes.len());
        let mut next: Vec<usize> = outputs.to_vec();
        while !next.is_empty() {
            let mut below = Vec::new();
            for node in next {
                if !std::mem::replace(&mut seen[node], true) {
                    order.push(node);
                    let vertices = self.below[node].iter().map(|(vertex, _)| *vertex);
                    below.extend(vertices.filter_map(|v| v.checked_sub(self.variables)));
                }
            }
            next = below;
        }
        order
    }
}

/// The symbols of a definition: arguments of an abstract function as they stand, others in
/// natural order.
fn ordered_symbols(pool: &Pool, body: ExprId) -> Vec<ExprId> {
    if is_abstract(pool, body)
        && let Some((_, arguments)) = names::plain(pool, body)
    {
        return arguments.to_vec();
    }
    let symbols = pool.symbols_of(&[body]);
    symbols.into_iter().filter_map(|symbol| pool.find_symbol(pool.name(symbol))).collect()
}

/// Whether an expression is an abstract function of different names and nothing else.
fn is_abstract(pool: &Pool, body: ExprId) -> bool {
    names::plain(pool, body).is_some_and(|(_, arguments)| {
        let is_name = |id: &ExprId| pool.symbol_name(*id).is_some();
        let is_new = |(place, id): (usize, &ExprId)| !arguments[..place].contains(id);
        arguments.iter().all(is_name) && arguments.iter().enumerate().all(is_new)
    })
}
