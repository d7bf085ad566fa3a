//! What the differentiator did, for those who want to tell it.

use crate::calculus::{self, Observer, Rule};
use crate::error::Result;
use crate::kernel::{ExprId, Pool};
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

/// The log of a differentiation in one variable.
#[derive(Debug)]
pub(super) struct Log {
    variable: ExprId,
    record: Record,
}

impl Log {
    /// A log in which nothing is written yet.
    pub(super) fn new(variable: ExprId) -> Self {
        Self { variable, record: Record::default() }
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
        if !pool.may_depend(id, self.variable) {
            return Ok(Pool::ZERO);
        }
        calculus::differentiate(pool, id, self.variable, &mut self.record)
    }

    /// The derivative that is written already.
    pub(super) fn known(&self, id: ExprId) -> ExprId {
        self.record.0.get(&id).map_or(Pool::ZERO, |(_, derivative)| *derivative)
    }

    /// The rule by which an expression was differentiated.
    pub(super) fn rule(&self, id: ExprId) -> Rule {
        self.record.0.get(&id).map_or(Rule::Constant, |(rule, _)| *rule)
    }
}
