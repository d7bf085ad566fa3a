//! Integers from their remainders modulo several primes.

use super::field::Field;
use crate::kernel::Number;
use num_bigint::BigInt;
use num_traits::One;

/// Integers modulo the product of some primes, nearest to 0 (Geddes, Czapor and Labahn,
/// algorithm 5.1: mixed radix representation).
#[derive(Clone, Debug)]
pub(super) struct Remainders {
    modulus: BigInt,
    values: Vec<BigInt>,
}

impl Remainders {
    /// The integers that elements of one field stand for.
    pub(super) fn new(field: Field, values: &[u64]) -> Self {
        let values = values.iter().map(|value| BigInt::from(field.integer(*value)));
        Self { modulus: BigInt::from(field.prime()), values: values.collect() }
    }

    /// Puts in the remainders modulo one more prime; says whether anything changed.
    pub(super) fn refine(&mut self, field: Field, values: &[u64]) -> bool {
        let inverse = field.invert(field.element_of(&self.modulus));
        let mut changed = false;
        for (own, value) in self.values.iter_mut().zip(values) {
            let difference = field.sub(*value, field.element_of(own));
            if difference != 0 {
                let digit = field.integer(field.mul(difference, inverse));
                *own += &self.modulus * digit;
                changed = true;
            }
        }
        self.modulus *= field.prime();
        changed
    }

    /// The integers.
    pub(super) fn numbers(&self) -> impl Iterator<Item = Number> {
        self.values.iter().map(|value| Number::from_integer(value.clone()))
    }

    /// Whether some integer is so long that the modulus may be too small.
    pub(super) fn is_tight(&self) -> bool {
        debug_assert!(self.modulus > BigInt::one());
        self.values.iter().any(|value| value.bits() + 2 > self.modulus.bits())
    }
}
