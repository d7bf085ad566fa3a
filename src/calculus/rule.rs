//! The rules of differentiation and how one is chosen.

use crate::kernel::{ExprId, FunctionId, Node, Pool, Relation};

/// A rule of calculus.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rule {
    /// `c' = 0`.
    Constant,
    /// `x' = 1`.
    Identity,
    /// `(u + v)' = u' + v'`.
    Sum,
    /// `(c*u)' = c*u'`.
    ConstantMultiple,
    /// `(u*v)' = u'*v + u*v'`.
    Product,
    /// `(u^n)' = n*u^(n - 1)*u'`.
    Power,
    /// `(a^u)' = a^u*ln(a)*u'`.
    Exponential,
    /// `(u^v)' = u^v*(v'*ln(u) + v*u'/u)`.
    GeneralPower,
    /// `f(u, v)' = ∂f/∂u*u' + ∂f/∂v*v'`.
    Chain(FunctionId),
    /// Each branch on its own, inside its condition.
    Piecewise,
}

impl Rule {
    /// The name that never changes, for translations and for JSON.
    pub fn id(self) -> &'static str {
        match self {
            Self::Constant => "constant",
            Self::Identity => "identity",
            Self::Sum => "sum",
            Self::ConstantMultiple => "constant_multiple",
            Self::Product => "product",
            Self::Power => "power",
            Self::Exponential => "exponential",
            Self::GeneralPower => "general_power",
            Self::Chain(_) => "chain",
            Self::Piecewise => "piecewise",
        }
    }

    /// The rule as a formula collection states it.
    pub fn statement(self) -> &'static str {
        match self {
            Self::Constant => "c' = 0",
            Self::Identity => "x' = 1",
            Self::Sum => "(u + v)' = u' + v'",
            Self::ConstantMultiple => "(c*u)' = c*u'",
            Self::Product => "(u*v)' = u'*v + u*v'",
            Self::Power => "(u^n)' = n*u^(n - 1)*u'",
            Self::Exponential => "(a^u)' = a^u*ln(a)*u'",
            Self::GeneralPower => "(u^v)' = u^v*(v'*ln(u) + v*u'/u)",
            Self::Chain(_) => "f(u)' = f'(u)*u'",
            Self::Piecewise => "each branch inside its condition",
        }
    }
}

/// The rule by which a node is differentiated; `varies` tells which expressions depend on
/// the variable.
pub fn rule_for(pool: &Pool, id: ExprId, varies: impl Fn(ExprId) -> bool) -> Rule {
    match pool.node(id) {
        Node::Symbol(_) if varies(id) => Rule::Identity,
        _ if !varies(id) => Rule::Constant,
        Node::Sum(_) => Rule::Sum,
        Node::Multiple(..) => Rule::ConstantMultiple,
        Node::Product(_) => Rule::Product,
        Node::Power(base, exponent) => match (varies(base), varies(exponent)) {
            (true, true) => Rule::GeneralPower,
            (false, true) => Rule::Exponential,
            _ => Rule::Power,
        },
        Node::Apply(function, _) if Relation::of(function).is_some() => Rule::Constant,
        Node::Apply(function, _) if crate::function::is_conditional(function) => {
            Rule::Piecewise
        }
        Node::Apply(function, _) => Rule::Chain(function),
        _ => Rule::Constant,
    }
}
