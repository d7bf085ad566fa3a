//! Finite fields that behave like the real numbers as far as signs, roots, exponentials and
//! angles go.
//!
//! Let p be a prime with p = 2q + 1 and p = 480r - 1 for primes q and r. Then
//!
//! * -1 has no square root. Call the squares positive: signs multiply as those of real
//!   numbers, and the primes of the table are chosen so that the small integers are positive;
//! * the positive elements are a group of prime order q. Each has one positive root of every
//!   degree, and powers with exponents modulo q obey the laws of real powers;
//! * with i^2 = -1, the elements c + i*s with c^2 + s^2 = 1 are a group of order 480*r. It
//!   stands for the circle: angles are multiples of a turn/480 and residues modulo r.

use super::field::{Field, Residue};
use std::sync::OnceLock;

/// Primes p of the form above, for which all primes up to 41 are squares, and the sums of two
/// of 1, sqrt(2), sqrt(3) and sqrt(5).
const PRIMES: [u64; 8] = [
    3_600_000_000_769_262_879,
    3_600_000_011_485_040_159,
    3_600_000_032_210_509_919,
    3_600_000_046_883_480_159,
    3_600_000_074_891_096_159,
    3_600_000_094_348_152_479,
    3_600_000_115_960_644_959,
    3_600_000_129_807_903_839,
];

/// Parts into which a turn is divided exactly.
pub(super) const TURN: u64 = 480;

/// A point of the plane over the field: `re + i*im`.
pub(super) type Complex = (Residue, Residue);

/// One of the fields with what belongs to it.
#[derive(Clone, Debug)]
pub(super) struct Model {
    /// The field of values.
    pub(super) values: Field,
    /// The field of exponents.
    pub(super) exponents: Field,
    /// The field of angles.
    pub(super) angles: Field,
    /// The points at multiples of a turn/480.
    pub(super) circle: Vec<Complex>,
}

/// How many models there are.
pub(super) const fn count() -> usize {
    PRIMES.len()
}

/// The model of a place in the list, made on first use.
pub(super) fn model(place: usize) -> &'static Model {
    static MODELS: [OnceLock<Model>; PRIMES.len()] =
        [const { OnceLock::new() }; PRIMES.len()];
    let place = place % PRIMES.len();
    MODELS[place].get_or_init(|| Model::new(PRIMES[place]))
}

impl Model {
    pub(super) fn new(p: u64) -> Self {
        let values = Field::new(p);
        let mut model = Self {
            values,
            exponents: Field::new((p - 1) / 2),
            angles: Field::new((p + 1) / TURN),
            circle: Vec::new(),
        };
        model.circle = model.divide_turn();
        model
    }

    /// The positive root of degree 2.
    pub(super) fn sqrt(&self, a: Residue) -> Option<Residue> {
        let root = self.values.pow(a, (self.values.modulus + 1) / 4);
        (self.values.mul(root, root) == a).then_some(root)
    }

    /// Whether an element is a square other than 0.
    pub(super) fn is_positive(&self, a: Residue) -> bool {
        a != 0 && self.values.pow(a, self.exponents.modulus) == self.values.one
    }

    pub(super) fn multiply(&self, a: Complex, b: Complex) -> Complex {
        let f = &self.values;
        (f.sub(f.mul(a.0, b.0), f.mul(a.1, b.1)), f.add(f.mul(a.0, b.1), f.mul(a.1, b.0)))
    }

    /// `a^2 + b^2` of `a + i*b`.
    pub(super) fn norm(&self, a: Complex) -> Residue {
        self.values.add(self.values.mul(a.0, a.0), self.values.mul(a.1, a.1))
    }

    /// `1/a`, `None` for zero.
    pub(super) fn inverse(&self, a: Complex) -> Option<Complex> {
        let f = &self.values;
        let inverse = f.inverse(self.norm(a))?;
        Some((f.mul(a.0, inverse), f.neg(f.mul(a.1, inverse))))
    }

    /// The power of an element.
    pub(super) fn power(&self, mut a: Complex, mut n: u64) -> Complex {
        let mut result = (self.values.one, 0);
        while n > 0 {
            if n & 1 == 1 {
                result = self.multiply(result, a);
            }
            a = self.multiply(a, a);
            n >>= 1;
        }
        result
    }

    /// The point (1 + i*t)/(1 - i*t) of the circle.
    pub(super) fn point(&self, t: Residue) -> Option<Complex> {
        let f = &self.values;
        let square = f.mul(t, t);
        let inverse = f.inverse(f.add(f.one, square))?;
        Some((f.mul(f.sub(f.one, square), inverse), f.mul(f.add(t, t), inverse)))
    }

    /// The points at k/480 of a turn, with the signs that sines and cosines of pi/2, pi/3,
    /// pi/4, pi/5, pi/8 and pi/16 have over the real numbers.
    fn divide_turn(&self) -> Vec<Complex> {
        let f = &self.values;
        let root = |n: u64| self.sqrt(f.residue(n)).unwrap_or_default();
        let half = f.pow(f.residue(2), f.modulus - 2);
        let (two, three, five) = (root(2), root(3), root(5));
        let quarter = f.mul(half, half);
        let fits = |w: Complex| {
            let at = |k: u64| self.power(w, k);
            at(TURN / 4) == (0, f.one)
                && at(TURN / 8).0 == f.mul(two, half)
                && at(TURN / 6).1 == f.mul(three, half)
                && at(TURN / 10).0 == f.mul(f.add(f.one, five), quarter)
                && self.is_positive(at(TURN / 16).0)
                && self.is_positive(at(TURN / 32).0)
        };
        for t in 2..200 {
            let Some(point) = self.point(f.residue(t)) else { continue };
            let root = self.power(point, self.angles.modulus);
            let found = (1..TURN).map(|k| self.power(root, k)).find(|w| fits(*w));
            if let Some(w) = found {
                return (0..TURN).map(|k| self.power(w, k)).collect();
            }
        }
        Vec::new()
    }
}
