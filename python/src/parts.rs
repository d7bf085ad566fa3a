//! Expressions as lists of their parts, for whoever goes over them in Python.

use calcgrad::function;
use calcgrad::kernel::{Constant, ExprId, Node, NumberId, Pool, Relation};
use calcgrad::print;
use num_bigint::BigInt;
use pyo3::prelude::*;
use pyo3::types::PyTuple;

/// What a part says besides its operands.
enum Content {
    Number(BigInt, BigInt),
    Name(String),
}

/// A part of an expression.
pub(crate) struct Part {
    kind: &'static str,
    value: Content,
    operands: Vec<usize>,
}

impl Part {
    /// Kind, content and operands.
    pub(crate) fn into_tuple(self, py: Python<'_>) -> PyResult<Bound<'_, PyTuple>> {
        match self.value {
            Content::Number(n, d) => (self.kind, (n, d), self.operands).into_pyobject(py),
            Content::Name(name) => (self.kind, name, self.operands).into_pyobject(py),
        }
    }
}

/// The parts of an expression, operands before what uses them and each once.
pub(crate) fn parts(pool: &Pool, id: ExprId) -> Vec<Part> {
    let ids = pool.reachable(&[id]);
    let part = |id: &ExprId| {
        let mut operands = Vec::new();
        pool.each_operand(*id, |operand| {
            operands.extend(ids.binary_search(&operand).ok());
        });
        let number = |n: NumberId| {
            let ratio = pool.number_at(n).to_big();
            Content::Number(ratio.numer().clone(), ratio.denom().clone())
        };
        let named = |name: &str| Content::Name(name.to_owned());
        let (kind, value) = match pool.node(*id) {
            Node::Number(n) => ("number", number(n)),
            Node::Symbol(symbol) => ("symbol", named(pool.name(symbol))),
            Node::Constant(Constant::E) => ("constant", named("e")),
            Node::Constant(Constant::Pi) => ("constant", named("pi")),
            Node::Sum(_) => ("sum", named("")),
            Node::Product(_) => ("product", named("")),
            Node::Multiple(n, _) => ("multiple", number(n)),
            Node::Power(..) => ("power", named("")),
            Node::Apply(function, _) => {
                match (pool.as_abstract(function), Relation::of(function)) {
                    (Some(known), _) => {
                        let orders: Vec<String> =
                            known.orders.iter().map(u32::to_string).collect();
                        (
                            "abstract",
                            Content::Name(format!("{} {}", known.name, orders.join(" "))),
                        )
                    }
                    (None, Some(relation)) => {
                        ("relation", named(print::relation_sign(relation)))
                    }
                    (None, None) => ("function", named(function::spec(function).name)),
                }
            }
            Node::Undefined => ("undefined", named("")),
        };
        Part { kind, value, operands }
    };
    ids.iter().map(part).collect()
}
