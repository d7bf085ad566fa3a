//! Digests of 64 bits that are the same on every machine, for orders and seeds that reach an
//! answer. A page has sizes of 32 bits, with which other hashers change.
//!
//! The values are those of the crate rustc-hash 2 on machines of 64 bits, as a test says.

use super::node::{ExprId, Node};
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

/// The binary digits of pi, which are nobody's choice.
const PI: [u64; 3] =
    [0x243f_6a88_85a3_08d3, 0x1319_8a2e_0370_7344, 0xa409_3822_299f_31d0];

/// A word that bytes make together: two streams of words, of which products are folded; short
/// texts are their two ends, which may overlap.
///
/// Source: Orson Peters in rustc-hash, after wyhash (Wang Yi).
fn of_bytes(bytes: &[u8]) -> u64 {
    let word = |bytes: &[u8]| bytes.iter().rev().fold(0, |w, b| w << 8 | u64::from(*b));
    let ends = |size: usize| [word(&bytes[..size]), word(&bytes[bytes.len() - size..])];
    let [mut a, mut b] = [PI[0], PI[1]];
    let [first, last] = match bytes.len() {
        0 => [0, 0],
        n @ 1..4 => [word(&bytes[..1]), word(&[bytes[n / 2], bytes[n - 1]])],
        4..8 => ends(4),
        8..=16 => ends(8),
        n => {
            for pair in bytes[..n - 1].chunks_exact(16) {
                let (x, y) = pair.split_at(8);
                (a, b) = (b, folded(a ^ word(x), PI[2] ^ word(y)));
            }
            [word(&bytes[n - 16..n - 8]), word(&bytes[n - 8..])]
        }
    };
    folded(a ^ first, b ^ last) ^ bytes.len() as u64
}

/// Both halves of a product in one.
fn folded(a: u64, b: u64) -> u64 {
    let product = u128::from(a) * u128::from(b);
    product as u64 ^ (product >> 64) as u64
}

impl Hasher for Digest {
    fn write(&mut self, bytes: &[u8]) {
        self.feed(of_bytes(bytes));
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
    /// A digest of an expression, the same in every pool that spells its names alike.
    pub fn digest(&self, id: ExprId) -> u64 {
        self.info(id).digest
    }

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
    use rustc_hash::FxBuildHasher;
    use std::hash::{BuildHasher, Hash};

    fn assert_known(value: &(impl Hash + ?Sized)) {
        if cfg!(target_pointer_width = "64") {
            assert_eq!(Digest::of(value), FxBuildHasher.hash_one(value));
        }
    }

    #[test]
    fn digests_are_those_of_large_machines() {
        let text =
            "a text that is longer than all the steps in which it is read, by some";
        (0..text.len()).for_each(|end| assert_known(&text[..end]));
        assert_known(&[1_u64, 2, 3][..]);
        assert_known(&(1_u8, -1_i64, 7_usize, 3_u32, -2_isize, true, Some(2_u16)));
        assert_eq!(Digest::of(&1_usize), Digest::of(&1_u64));
        assert_eq!(Digest::of(&-1_isize), Digest::of(&-1_i64));
    }
}
