//! Digests of 64 bits that are the same on every machine, for orders and seeds that reach an
//! answer. A page has sizes of 32 bits, with which other hashers change.

use super::node::Node;
use super::pool::Pool;
use std::hash::{Hash, Hasher};

/// A multiplier for polynomials over words.
///
/// Source: Steele and Vigna, Computationally Easy, Spectrally Good Multipliers for Congruential
/// Pseudorandom Number Generators (2022).
const MULTIPLIER: u64 = 0xf135_7aea_2e62_a9c5;

/// A digest of what is fed to it.
#[derive(Debug, Default)]
pub struct Digest(u64);

impl Digest {
    /// The digest of a value.
    pub fn of(value: &(impl Hash + ?Sized)) -> u64 {
        let mut state = Self::default();
        value.hash(&mut state);
        state.finish()
    }

    fn feed(&mut self, word: u64) {
        self.0 = self.0.wrapping_add(word).wrapping_mul(MULTIPLIER);
    }
}

/// The finaliser of splitmix64 (Steele, Lea, Flood 2014).
pub fn mix(mut z: u64) -> u64 {
    z = z.wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

impl Hasher for Digest {
    fn write(&mut self, bytes: &[u8]) {
        let word =
            |chunk: &[u8]| chunk.iter().rev().fold(0, |w, b| w << 8 | u64::from(*b));
        let words = bytes.chunks(8).map(word);
        self.feed(words.fold(bytes.len() as u64, |state, word| mix(state ^ word)));
    }

    fn write_u8(&mut self, value: u8) {
        self.feed(value.into());
    }

    fn write_u16(&mut self, value: u16) {
        self.feed(value.into());
    }

    fn write_u32(&mut self, value: u32) {
        self.feed(value.into());
    }

    fn write_u64(&mut self, value: u64) {
        self.feed(value);
    }

    fn write_usize(&mut self, value: usize) {
        self.feed(value as u64);
    }

    fn write_isize(&mut self, value: isize) {
        self.feed(value as u64);
    }

    fn finish(&self) -> u64 {
        self.0.rotate_left(26)
    }
}

impl Pool {
    /// A digest that depends on names, numbers and structure only.
    pub(super) fn digest_of(&self, node: Node) -> u64 {
        let mut state = Digest::default();
        match node {
            Node::Number(n) => self.number_at(n).hash(&mut state),
            Node::Symbol(s) => self.name(s).hash(&mut state),
            Node::Constant(c) => (c as u64 + 2).hash(&mut state),
            Node::Sum(_) => 3u64.hash(&mut state),
            Node::Product(_) => 4u64.hash(&mut state),
            Node::Multiple(n, _) => self.number_at(n).hash(&mut state),
            Node::Power(..) => 6u64.hash(&mut state),
            Node::Apply(f, _) => match self.as_abstract(f) {
                Some(known) => known.hash(&mut state),
                None => (u64::from(f.0) + 16).hash(&mut state),
            },
            Node::Undefined => 7u64.hash(&mut state),
        }
        match node {
            Node::Sum(list) | Node::Product(list) | Node::Apply(_, list) => {
                self.list(list)
                    .iter()
                    .for_each(|id| self.info(*id).digest.hash(&mut state));
            }
            Node::Multiple(_, rest) => self.info(rest).digest.hash(&mut state),
            Node::Power(base, exponent) => {
                self.info(base).digest.hash(&mut state);
                self.info(exponent).digest.hash(&mut state);
            }
            _ => {}
        }
        state.finish()
    }
}

#[cfg(test)]
mod tests {
    use super::Digest;

    /// Worked out by hand from the definition, in Python.
    #[test]
    fn digests_are_the_same_everywhere() {
        assert_eq!(Digest::of(&1_u32), 0xa8b9_8aa7_17c4_d5eb);
        assert_eq!(Digest::of(&1_usize), 0xa8b9_8aa7_17c4_d5eb);
        assert_eq!(Digest::of("x"), 0x23b3_44c4_f791_9fa1);
    }
}
