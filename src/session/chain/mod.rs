//! The multivariable chain rule through the names of a program.

mod derive;
mod graph;
mod layers;
mod names;
mod network;
mod symbolic;
mod told;
mod verify;
mod write;

pub use graph::GraphNode;
pub use layers::{Entry, Layer};
pub use symbolic::{SymbolicGraph, SymbolicNode};

use crate::kernel::{ExprId, Pool};
use crate::session::gradient::NamedParts;
use names::Place;

/// The most paths in the formula of one derivative; with more, derivatives are accumulated
/// name by name.
pub const MAX_PATHS: u64 = 12;
/// The most local derivatives in the formula of one derivative.
pub const MAX_FACTORS: u64 = 24;

/// A name with what it stands for.
#[derive(Clone, Debug)]
pub struct Named {
    /// The name.
    pub name: String,
    /// Its definition in names, in the pool of the [`ChainRule`].
    pub body: ExprId,
    /// Its definition in the variables alone, in the pool of the engine.
    pub value: ExprId,
    /// Whether it is an abstract function of names, about which its own name says all.
    pub is_abstract: bool,
    /// Where it was typed; `None` for a part of a formula.
    place: Option<Place>,
}

/// The derivative of a name in one that stands in its definition, the others held constant.
#[derive(Clone, Debug)]
pub struct Local {
    /// The place of the name that is differentiated.
    pub of: usize,
    /// The name in which it is.
    pub wrt: String,
    /// The derivative in names, in the pool of the [`ChainRule`].
    pub value: ExprId,
    /// The derivative in the variables alone, in the pool of the engine.
    pub in_variables: ExprId,
    /// Whether it is written with ∂: its definition has more than one name.
    pub is_partial: bool,
    /// What is held constant, where the same symbol would mean another derivative as well.
    pub held: Vec<String>,
}

/// A factor of a term of the chain rule, by its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Factor {
    /// A local derivative.
    Local(usize),
    /// A derivative that was accumulated before.
    Total(usize),
}

/// The derivative of an answer in a variable, through everything in between.
#[derive(Clone, Debug)]
pub struct Total {
    /// The place of the name that is differentiated.
    pub of: usize,
    /// The variable, or a name in between where derivatives are accumulated.
    pub wrt: String,
    /// Whether it was asked for.
    pub is_answer: bool,
    /// Whether it is written with ∂.
    pub is_partial: bool,
    /// The chain rule: a sum of products.
    pub terms: Vec<Vec<Factor>>,
    /// The derivative in names (and in derivatives that were accumulated before), in the pool
    /// of the [`ChainRule`].
    pub value: ExprId,
    /// The derivative in the variables and the names of [`ChainRule::parts`], as the rules
    /// leave it, in the pool of the engine.
    pub in_variables: ExprId,
}

/// The chain rule for the answers of a program, with the names that its author gave.
#[derive(Clone, Debug)]
pub struct ChainRule {
    /// The expressions in names.
    pub pool: Pool,
    /// The names; those that others need stand before them.
    pub nodes: Vec<Named>,
    /// The places of the names that are differentiated.
    pub outputs: Vec<usize>,
    /// Names that the program defines and no answer needs.
    pub unused: Vec<String>,
    /// The variables.
    pub wrt: Vec<String>,
    /// The local derivatives, those of the answers first.
    pub locals: Vec<Local>,
    /// The derivatives; for each answer in the order of the variables, or, where they are
    /// accumulated, each after those that it needs.
    pub totals: Vec<Total>,
    /// The names under which accumulated derivatives stand in later ones, and what they are,
    /// in the pool of the engine.
    pub parts: NamedParts,
    /// Whether derivatives are accumulated name by name, because there are too many paths.
    pub is_accumulated: bool,
    /// Whether everything was compared with an independent path.
    pub checked: bool,
    /// Where the functions have no derivative though they are defined, as conditions in the
    /// pool of the engine.
    pub breaks: Vec<ExprId>,
}

/// The derivatives of a [`ChainRule`] in the variables alone, in the pool of the engine.
#[derive(Clone, Debug)]
pub struct InVariables {
    /// One for each derivative that was asked for.
    pub values: Vec<ExprId>,
    /// Whether all were compared with an independent path.
    pub checked: bool,
}

/// The values of a [`ChainRule`] at a point, in the pool of the engine.
#[derive(Clone, Debug)]
pub struct ChainValues {
    /// Those of the names.
    pub nodes: Vec<ExprId>,
    /// Those of the local derivatives.
    pub locals: Vec<ExprId>,
    /// Those of the derivatives.
    pub totals: Vec<ExprId>,
}
