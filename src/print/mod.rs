//! Floor 3: expressions on paper.
//!
//! `node → shape → writer with a notation`. Invariant: text parses back to the same handle;
//! only the writer decides brackets.

mod abstracts;
mod both;
pub mod code;
mod combination;
mod decimal;
mod fit;
mod held;
mod label;
mod latex_style;
mod layout;
mod markup;
mod matrix;
mod name;
mod notation;
mod reading;
mod shared;
mod shifted;
mod tall;
mod times;
mod unicode;
mod writer;

pub use both::{both, try_both, write_both};
pub use combination::combination;
pub use held::{Held, Mark, write_held};
pub use label::{
    Operator, call_label, differential_label, gradient_label, held_label, operator_label,
    partial_label, primes, sum_of_products,
};
pub use latex_style::{LatexStyle, braced};
pub use markup::{
    Face, Fragment, Grid, Markup, Role, SPELLED_SIGNS, TYPESET, Typeset, draw, escaped,
};
pub use matrix::{aligned, aligned_rows, column, matrix, ragged_table, table, vector};
pub use name::name;
pub use notation::{Notation, relation_sign};
pub use reading::{callee, number, reading};
pub use shared::Shared;
pub use shifted::{Shifted, write_shifted};
pub use unicode::unicode;
pub use writer::{MAX_TOKENS, write};
