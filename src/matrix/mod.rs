//! Floor 4: matrix calculus.
//!
//! `text → form with shapes → tensor in index notation → derivative → form → text`.
//!
//! Invariant: an answer is compared with differences of what was typed before it leaves.

mod check;
mod compare;
mod components;
mod differential;
mod form;
mod graph;
mod language;
mod numeric;
mod print;
mod problem;
mod render;
mod scalar;
mod shape;
mod stacked;
mod steps;
mod table;
mod tensor;

pub use compare::{Comparison, Opinion};
pub use components::Components;
pub use differential::Differential;
pub use form::{Elementwise, FormId, Forms, Op, Scope, Structure, Variable};
pub use graph::{MatrixEdge, MatrixGraph, MatrixNode};
pub use language::is_matrix;
pub use print::Code;
pub use problem::{Answer, Derivative, Layout, Problem};
pub use shape::{Shape, Size, SizeId, Sizes};
pub use steps::{Told, derivative_label};
pub use table::{SPECIALS, Special, SpecialSpec};
