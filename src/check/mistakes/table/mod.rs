//! The table of mistakes: the most specific first, which is the order of the answers.

mod chain;
mod general;
mod power;
mod product;

use super::row::Mutation;

static TABLE: [&[Mutation]; 5] =
    [chain::CHAIN, power::POWER, product::PRODUCT, power::RARE, general::GENERAL];

/// All rows, the most specific first.
pub fn mutations() -> impl Iterator<Item = &'static Mutation> {
    TABLE.iter().flat_map(|slice| slice.iter())
}
