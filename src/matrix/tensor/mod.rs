//! Index notation: tensors with named axes, after Laue, Mitterreiter and Giesen, "Computing
//! higher order derivatives of matrix and tensor expressions" (NeurIPS 2018) and "A simple and
//! efficient tensor calculus" (AAAI 2020).
//!
//! A tensor is a sum of terms; a term is a number times factors whose axes carry labels, and a
//! label that is not an axis of the result is summed over.
//!
//! Invariant: equal tensors that differ in the names of labels or the order of factors only
//! have one handle, up to ties that the labelling gives up on.

mod along;
mod apart;
mod arithmetic;
mod balance;
mod cancel;
mod cleared;
mod commuting;
mod contract;
mod derive;
mod elementwise;
mod expand;
mod kinds;
mod label;
mod laws;
mod lower;
mod penrose;
mod pinned;
mod pool;
mod primary;
mod special;
mod spectral;
mod term;

pub(crate) use pool::{Node, Primary, Reduction, Spectral, TensorId, Tensors};
pub(crate) use term::{Factor, Label, Term};
