//! Floor 0: the pool of expressions, its nodes and its exact numbers.
//!
//! Invariant: nothing here knows a function beyond `ln`, `abs` and `sign`, a rule of
//! calculus, or how anything is read or printed.

mod assumption;
mod build;
mod cost;
mod decimal;
mod digest;
mod inspect;
mod lehmer;
mod limit;
mod matrix;
mod name;
mod node;
mod number;
mod order;
mod pool;
mod power;
mod purse;
mod symbol;
mod tally;
mod transplant;
pub mod view;
mod walk;

pub use assumption::{Assumption, Bound, Unit};
pub use decimal::Decimal;
pub use digest::{Digest, mix};
pub use limit::{ALLOWANCE, Limit, Limits, MAX_BITS, MAX_NODES};
pub use matrix::Matrix;
pub use name::{
    GREEK, find_name, is_letter, is_same_name, latin, variant, without_index,
};
pub use node::{ExprId, Node, NumberId, Operands};
pub use number::Number;
pub use pool::Pool;
pub use purse::Purse;
pub use symbol::{
    AbstractFunction, Constant, FunctionId, FunctionSet, Relation, SymbolId,
    natural_order,
};
pub use tally::Tally;
pub use walk::Met;
