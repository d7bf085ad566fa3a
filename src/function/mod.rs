//! Floor 1: the function table, one row for everything that is known of a function, and what
//! follows from a row without reading a formula.
//!
//! Invariant: a function is known nowhere else; parser, rules, printers and tests read the
//! table.

mod apply;
mod bernoulli;
mod builder;
mod edge;
mod exact;
pub(crate) use exact::logarithm;
mod language;
mod lookup;
mod orthogonal;
mod real;
pub mod spec;
pub mod table;
mod value;

pub use apply::{application, apply, rebuild, unfolded};
pub use builder::Builder;
pub use edge::meet_edge;
pub use language::Language;
pub use lookup::{
    arity_of, evaluate, ignoring_case, is_condition, is_folded, is_name, lookup, names,
    rows, spec,
};
pub use real::{is_conditional, is_real, is_surely_real, needs_order};
