//! What the differentiator did, for those who want to tell it.

use crate::calculus::{self, Observer, Rule, rule_for};
use crate::error::Result;
use crate::kernel::{ExprId, Node, Pool};
use rustc_hash::FxHashMap;

/// The rules that were applied: for each node that depends on the variable its rule and its
/// derivative.
#[derive(Debug, Default)]
struct Record(FxHashMap<ExprId, (Rule, ExprId)>);

impl Observer for Record {
    fn applied(&mut self, rule: Rule, of: ExprId, result: ExprId) {
        self.0.insert(of, (rule, result));
    }
}

/// An unknown that depends on the variable, and the name of its derivative.
pub type Dependent = (ExprId, ExprId);

/// The log of a differentiation in one variable.
#[derive(Debug)]
pub(super) struct Log {
    variable: ExprId,
    dependents: Vec<Dependent>,
    record: Record,
}

impl Log {
    /// A log in which nothing is written yet.
    pub(super) fn new(variable: ExprId, dependents: Vec<Dependent>) -> Self {
        Self { variable, dependents, record: Record::default() }
    }

    /// Whether an expression may change with the variable.
    pub(super) fn varies(&self, pool: &Pool, id: ExprId) -> bool {
        pool.may_depend(id, self.variable)
            || self.dependents.iter().any(|(unknown, _)| pool.may_depend(id, *unknown))
    }

    /// The derivative of an expression, 0 where it does not vary. What is no node of the
    /// function, as the numerator of a quotient, is put through the same differentiator.
    ///
    /// # Errors
    /// A function without a known derivative, a limit.
    pub(super) fn derivative(&mut self, pool: &mut Pool, id: ExprId) -> Result<ExprId> {
        if let Some((_, found)) = self.record.0.get(&id) {
            return Ok(*found);
        }
        if !self.varies(pool, id) {
            return Ok(Pool::ZERO);
        }
        if self.dependents.is_empty() {
            let variable = self.variable;
            let found = calculus::differentiate(pool, id, variable, &mut self.record)?;
            // Branches at single values are left out of what is differentiated, so an
            // expression with some is none of the nodes that were seen.
            self.record.0.entry(id).or_insert_with(|| {
                let rule = rule_for(pool, id, |other| pool.may_depend(other, variable));
                (rule, found)
            });
            return Ok(found);
        }
        let (unknowns, slopes): (Vec<ExprId>, Vec<ExprId>) =
            self.dependents.iter().copied().unzip();
        let found = calculus::along(pool, id, self.variable, &unknowns, &slopes)?;
        let rule = rule_for(pool, id, |other| {
            other == self.variable
                || unknowns.contains(&other)
                || !matches!(pool.node(other), Node::Symbol(_))
                    && self.varies(pool, other)
        });
        self.record.0.insert(id, (rule, found));
        Ok(found)
    }

    /// The derivative that is written already.
    pub(super) fn known(&self, id: ExprId) -> ExprId {
        self.record.0.get(&id).map_or(Pool::ZERO, |(_, derivative)| *derivative)
    }

    /// The rule by which an expression was differentiated.
    pub(super) fn rule(&self, id: ExprId) -> Rule {
        self.record.0.get(&id).map_or(Rule::Constant, |(rule, _)| *rule)
    }

    /// The unknowns.
    pub(super) fn unknowns(&self) -> Vec<ExprId> {
        self.dependents.iter().map(|(unknown, _)| *unknown).collect()
    }

    /// The name of the derivative of an unknown.
    pub(super) fn slope(&self, id: ExprId) -> Option<ExprId> {
        let found = self.dependents.iter().find(|(unknown, _)| *unknown == id);
        found.map(|(_, slope)| *slope)
    }
}
