//! Expressions of one pool in another.

use super::node::{ExprId, Node};
use super::pool::Pool;
use super::symbol::{Constant, FunctionId};
use rustc_hash::FxHashMap;
use smallvec::SmallVec;

impl Pool {
    /// Builds expressions of another pool in this one, with expressions of this pool in the
    /// place of some of theirs. `apply` makes applications, so that the caller decides what is
    /// known of functions.
    pub fn transplant(
        &mut self,
        other: &Self,
        roots: &[ExprId],
        replacements: &FxHashMap<ExprId, ExprId>,
        apply: fn(&mut Self, FunctionId, &[ExprId]) -> ExprId,
    ) -> Vec<ExprId> {
        let ids = other.reachable_where(roots, |id| !replacements.contains_key(&id));
        let mut made: Vec<ExprId> = Vec::with_capacity(ids.len());
        let find = |made: &[ExprId], id: &ExprId| match ids.binary_search(id) {
            Ok(place) => made[place],
            Err(_) => replacements.get(id).copied().unwrap_or(Self::UNDEFINED),
        };
        for id in &ids {
            let get = |child: &ExprId| find(&made, child);
            let all = |list: &[ExprId]| -> SmallVec<[ExprId; 8]> {
                list.iter().map(get).collect()
            };
            let new = match other.node(*id) {
                Node::Number(n) => self.number(other.number_at(n).clone()),
                Node::Symbol(symbol) => self.symbol(other.name(symbol)),
                Node::Constant(Constant::E) => Self::E,
                Node::Constant(Constant::Pi) => Self::PI,
                Node::Sum(list) => self.sum(&all(other.list(list))),
                Node::Product(list) => self.product(&all(other.list(list))),
                Node::Multiple(n, rest) => {
                    self.scale(&other.number_at(n).clone(), get(&rest))
                }
                Node::Power(base, exponent) => self.power(get(&base), get(&exponent)),
                Node::Apply(function, list) => {
                    let function = match other.as_abstract(function) {
                        Some(known) => self.abstract_function(known.clone()),
                        None => function,
                    };
                    apply(self, function, &all(other.list(list)))
                }
                Node::Undefined => Self::UNDEFINED,
            };
            made.push(new);
        }
        roots.iter().map(|root| find(&made, root)).collect()
    }
}
