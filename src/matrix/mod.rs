//! Floor 4: matrix calculus.
//!
//! `text → form with shapes → tensor in index notation → derivative → form → text`.
//!
//! Invariant: an answer is compared with differences of what was typed before it leaves.

mod blocks;
mod check;
mod compare;
mod components;
mod differential;
mod drawn;
mod equal;
mod form;
mod gap;
mod graph;
mod kinks;
mod language;
mod numeric;
mod own_lines;
mod partial;
mod plain;
mod print;
mod problem;
mod products;
mod put;
mod rank;
mod render;
mod scalar;
mod shape;
mod sided;
mod stacked;
mod steps;
mod table;
mod taylor;
mod tensor;
mod value;

pub use blocks::Blocks;
pub use compare::{Comparison, Opinion};
pub use components::Components;
pub use differential::Differential;
pub use equal::{Counterexample, Equality, Proof, Simplified};
pub use form::{Elementwise, FormId, Forms, Op, Scope, Structure, Variable};
pub use graph::{MatrixEdge, MatrixGraph, MatrixNode};
pub use language::{ABBREVIATIONS, is_matrix};
pub use own_lines::OwnLine;
pub use print::{Code, identifier};
pub use problem::{Answer, Derivative, Layout, Problem};
pub use products::Product;
pub use put::InVariables;
pub use shape::{Shape, Size, SizeId, Sizes};
pub use steps::{Told, derivative_label};
pub use table::{SPECIALS, Special, SpecialSpec};
pub use taylor::Polynomial;
pub use value::{Array, Decimals, Kink, Placed, Value};
