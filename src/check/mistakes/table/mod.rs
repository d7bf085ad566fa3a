//! The table of mistakes: the most specific first, which is the order of the answers.

mod chain;
mod general;
mod lines;
mod power;
mod product;

use super::row::Mutation;
use super::slip::Slip;

static TABLE: [&[Mutation]; 5] =
    [chain::CHAIN, power::POWER, product::PRODUCT, power::RARE, general::GENERAL];

/// All rows, the most specific first.
pub fn mutations() -> impl Iterator<Item = &'static Mutation> {
    TABLE.iter().flat_map(|slice| slice.iter())
}

/// The slips between lines.
pub(super) fn slips() -> &'static [Slip] {
    lines::SLIPS
}
