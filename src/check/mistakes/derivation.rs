//! A derivative with what it is made of: the rule and the derivative of every node, and how
//! much a change at a node counts in the whole.
//!
//! Every rule is linear in the derivatives of the operands. So breaking the rule at one node
//! changes the whole by the change at the node times the adjoint of the node, and no node
//! above has to be differentiated again.

use crate::calculus::{self, Observer, Rule};
use crate::kernel::{ExprId, Node, Pool};

/// One node that varies.
#[derive(Clone, Copy, Debug)]
pub(super) struct Step {
    pub(super) rule: Rule,
    pub(super) id: ExprId,
    pub(super) derivative: ExprId,
}

/// A function with its derivative in one variable.
pub(super) struct Derivation {
    pub(super) function: ExprId,
    pub(super) variable: ExprId,
    pub(super) derivative: ExprId,
    /// Operands before what is made of them.
    pub(super) steps: Vec<Step>,
    /// The adjoints, by node.
    adjoints: Vec<(ExprId, ExprId)>,
}

#[derive(Default)]
struct Record(Vec<Step>);

impl Observer for Record {
    fn applied(&mut self, rule: Rule, of: ExprId, result: ExprId) {
        self.0.push(Step { rule, id: of, derivative: result });
    }
}

impl Derivation {
    /// `None` when a derivative is not known.
    pub(super) fn new(
        pool: &mut Pool,
        function: ExprId,
        variable: ExprId,
    ) -> Option<Self> {
        let mut record = Record::default();
        let derivative =
            calculus::differentiate(pool, function, variable, &mut record).ok()?;
        let whole = vec![(function, Pool::ONE)];
        let mut adjoints = calculus::adjoints(pool, function).unwrap_or(whole);
        adjoints.sort_unstable();
        Some(Self { function, variable, derivative, steps: record.0, adjoints })
    }

    /// The derivative of the function in one of its nodes.
    pub(super) fn adjoint(&self, id: ExprId) -> Option<ExprId> {
        let place = self.adjoints.binary_search_by_key(&id, |(known, _)| *known);
        place.ok().map(|place| self.adjoints[place].1)
    }

    /// The derivative of a node.
    pub(super) fn of(&self, id: ExprId) -> ExprId {
        let place = self.steps.binary_search_by_key(&id, |step| step.id);
        place.map_or(Pool::ZERO, |place| self.steps[place].derivative)
    }

    /// Whether a node varies.
    pub(super) fn varies(&self, id: ExprId) -> bool {
        self.of(id) != Pool::ZERO
    }

    /// The other symbols with the derivatives of the function in them.
    pub(super) fn others(&self, pool: &Pool) -> Vec<(ExprId, ExprId)> {
        let other = |(id, _): &&(ExprId, ExprId)| {
            matches!(pool.node(*id), Node::Symbol(_)) && *id != self.variable
        };
        self.adjoints.iter().filter(other).copied().collect()
    }
}
