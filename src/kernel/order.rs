//! The order of terms and factors, by structure alone and as a textbook has it.

use super::node::{ExprId, Node};
use super::number::Number;
use super::pool::Pool;
use super::symbol::{AbstractFunction, natural_order};
use smallvec::SmallVec;
use std::cmp::Ordering;

/// Expressions that cost a reader more than this are ordered by cost first, then by a digest
/// of their structure: comparing chains that differ only at their end would take as long as
/// the chains.
const LARGE: u32 = 60;

enum Task {
    Compare(ExprId, ExprId),
    Decided(Ordering),
}

type Tasks = SmallVec<[Task; 8]>;

impl Pool {
    /// A total order of expressions by structure. Walks with a stack of its own, so that the
    /// depth of an expression is no limit.
    pub fn compare(&self, a: ExprId, b: ExprId) -> Ordering {
        if a == b {
            return Ordering::Equal;
        }
        let mut tasks = Tasks::new();
        let order = self.compare_top(a, b, &mut tasks);
        if order.is_ne() {
            return order;
        }
        while let Some(task) = tasks.pop() {
            match task {
                Task::Decided(Ordering::Equal) => {}
                Task::Decided(order) => return order,
                Task::Compare(a, b) if a == b => {}
                Task::Compare(a, b) => {
                    let order = self.compare_top(a, b, &mut tasks);
                    if order.is_ne() {
                        return order;
                    }
                }
            }
        }
        Ordering::Equal
    }

    fn compare_top(&self, a: ExprId, b: ExprId, tasks: &mut Tasks) -> Ordering {
        let (x, y) = (self.node(a), self.node(b));
        let size = |id: ExprId| self.cost(id).max(LARGE);
        let sizes = size(a).cmp(&size(b));
        if sizes.is_ne() {
            return sizes;
        }
        if size(a) > LARGE {
            let digests = self.info(a).digest.cmp(&self.info(b).digest);
            if digests.is_ne() {
                return digests;
            }
        }
        match (x, y) {
            (Node::Number(m), Node::Number(n)) => {
                return self.number_at(m).cmp(self.number_at(n));
            }
            (Node::Symbol(s), Node::Symbol(t)) => {
                return natural_order(self.name(s), self.name(t));
            }
            (Node::Constant(c), Node::Constant(d)) => return c.cmp(&d),
            (Node::Multiple(..), _) | (_, Node::Multiple(..)) => {
                let ((c, u), (d, v)) = (self.coefficient(a), self.coefficient(b));
                tasks.push(Task::Decided(c.cmp(d)));
                tasks.push(Task::Compare(u, v));
                return Ordering::Equal;
            }
            (Node::Product(..), _) | (_, Node::Product(..)) => {
                self.compare_lists(self.factors(&a), self.factors(&b), tasks);
                return Ordering::Equal;
            }
            (Node::Power(..), _) | (_, Node::Power(..)) => {
                let ((u, m), (v, n)) = (self.base(a), self.base(b));
                tasks.push(Task::Compare(m, n));
                tasks.push(Task::Compare(u, v));
                return Ordering::Equal;
            }
            (Node::Sum(x), Node::Sum(y)) => {
                self.compare_lists(self.list(x), self.list(y), tasks);
                return Ordering::Equal;
            }
            (Node::Apply(f, x), Node::Apply(g, y)) => {
                let names = match (self.as_abstract(f), self.as_abstract(g)) {
                    (Some(p), Some(q)) => {
                        let order = |f: &AbstractFunction| f.orders.iter().sum::<u32>();
                        order(p)
                            .cmp(&order(q))
                            .then_with(|| natural_order(&p.name, &q.name))
                            .then_with(|| q.orders.cmp(&p.orders))
                    }
                    _ => f.cmp(&g),
                };
                if names.is_eq() {
                    self.compare_lists(self.list(x), self.list(y), tasks);
                }
                return names;
            }
            _ => {}
        }
        let rank = |node| match node {
            Node::Number(_) => 0,
            Node::Constant(_) => 1,
            Node::Symbol(_) => 2,
            Node::Sum(_) => 3,
            _ => 4,
        };
        rank(x).cmp(&rank(y))
    }

    fn compare_lists(&self, x: &[ExprId], y: &[ExprId], tasks: &mut Tasks) {
        tasks.push(Task::Decided(x.len().cmp(&y.len())));
        for (u, v) in x.iter().zip(y).rev() {
            tasks.push(Task::Compare(*u, *v));
        }
    }

    /// The coefficient of a term and what it multiplies.
    pub fn coefficient(&self, id: ExprId) -> (&Number, ExprId) {
        match self.node(id) {
            Node::Multiple(n, rest) => (self.number_at(n), rest),
            _ => (&Number::ONE, id),
        }
    }

    /// The same, where a number is itself times 1.
    pub fn numbered(&self, id: ExprId) -> (&Number, ExprId) {
        match self.as_number(id) {
            Some(n) => (n, Self::ONE),
            None => self.coefficient(id),
        }
    }

    /// The base and the exponent of a factor.
    pub fn base(&self, id: ExprId) -> (ExprId, ExprId) {
        match self.node(id) {
            Node::Power(base, exponent) => (base, exponent),
            _ => (id, Self::ONE),
        }
    }

    /// The factors of a term without coefficient.
    pub fn factors<'a>(&'a self, id: &'a ExprId) -> &'a [ExprId] {
        match self.node(*id) {
            Node::Product(list) => self.list(list),
            _ => std::slice::from_ref(id),
        }
    }

    /// The terms of a sum, or the expression as the only one.
    pub fn terms<'a>(&'a self, id: &'a ExprId) -> &'a [ExprId] {
        match self.node(*id) {
            Node::Sum(list) => self.list(list),
            _ => std::slice::from_ref(id),
        }
    }

    /// The order of factors: by class (constants, symbols, sums, exponentials, functions,
    /// roots), then by base, then by exponent.
    pub(super) fn factor_order(&self, a: ExprId, b: ExprId) -> Ordering {
        let ((u, m), (v, n)) = (self.base(a), self.base(b));
        let (x, y) = (self.info(a).class, self.info(b).class);
        x.cmp(&y).then_with(|| self.compare(u, v)).then_with(|| self.compare(m, n))
    }

    /// The order of terms without their coefficients: higher total degree first, then by
    /// name, constants last.
    pub(super) fn term_order(&self, a: ExprId, b: ExprId) -> Ordering {
        let (x, y) = (self.info(a), self.info(b));
        (x.symbols == 0)
            .cmp(&(y.symbols == 0))
            .then_with(|| y.degree.total_cmp(&x.degree))
            .then_with(|| {
                let (p, q) = (self.factors(&a), self.factors(&b));
                for (u, v) in p.iter().zip(q) {
                    let order = self.power_order(*u, *v);
                    if order.is_ne() {
                        return order;
                    }
                }
                q.len().cmp(&p.len())
            })
            .then_with(|| self.compare(a, b))
    }

    /// The order of factors in terms of one degree: as that of factors, but higher numeric
    /// exponents first.
    fn power_order(&self, a: ExprId, b: ExprId) -> Ordering {
        if a == b {
            return Ordering::Equal;
        }
        let ((u, m), (v, n)) = (self.base(a), self.base(b));
        let (x, y) = (self.info(a).class, self.info(b).class);
        x.cmp(&y).then_with(|| self.compare(u, v)).then_with(|| {
            match (self.as_number(m), self.as_number(n)) {
                (Some(m), Some(n)) => n.cmp(m),
                _ => self.compare(m, n),
            }
        })
    }
}
