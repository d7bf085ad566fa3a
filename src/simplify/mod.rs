//! Floor 3: the search for the form that is shortest to read.
//!
//! Invariant: every step is an identity that holds wherever the original is defined, and the
//! result never costs a reader more than what came in.

mod absorbed;
mod angles;
mod collect;
mod common;
mod constants;
mod cube_root;
mod dialect;
mod divisors;
mod expand;
mod exponentials;
mod families;
mod finish;
mod gaussian;
mod homogeneous;
mod identities;
mod keys;
mod logarithms;
mod lowest;
mod named;
mod nested;
mod opened;
mod pass;
mod preference;
mod product;
mod quarters;
mod rational;
mod side;
mod special;
mod squares;
mod style;
mod terms;

pub use common::common_factor;
pub use expand::expand_all;
pub use gaussian::settled;
pub use identities::{COMPOSITIONS, IDENTITIES, Identity};
pub use named::{BASIC, by_one_identity};
pub use opened::{Opened, Opening, opened, write_powers_apart};
pub use pass::{Effort, Simplifier};
pub use preference::{Preference, Style};
pub use rational::{factor_all, share_relations, with_plain_roots};
pub use side::{Side, side, side_of_constant};
pub use special::{exact_value, pole_in};
pub use squares::without_squares;
