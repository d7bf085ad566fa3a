//! Polynomials in one variable modulo a prime below 2^14, dense, smallest power first. An empty
//! list is 0, and the last element is never 0.

use smallvec::SmallVec;

/// A polynomial in one variable.
pub(super) type Image = SmallVec<[u32; SHORT]>;

/// How many coefficients of a product have room on the stack.
const ROOM: usize = 64;
/// The coefficients of an image that are no list of their own.
const SHORT: usize = 16;

/// The integers modulo a prime below 2^14.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SmallField(u32);

impl SmallField {
    /// The field of a prime below 2^14.
    pub const fn new(prime: u32) -> Self {
        Self(prime)
    }

    /// -1.
    pub(super) fn minus_one(self) -> u32 {
        self.0 - 1
    }

    /// The element of an integer.
    pub(super) fn element(self, n: i64) -> u32 {
        n.rem_euclid(i64::from(self.0)) as u32
    }

    /// The element of a natural number.
    pub(super) fn reduced(self, n: u32) -> u32 {
        n % self.0
    }

    pub(super) fn add(self, a: u32, b: u32) -> u32 {
        let sum = a + b;
        if sum >= self.0 { sum - self.0 } else { sum }
    }

    pub(super) fn mul(self, a: u32, b: u32) -> u32 {
        a * b % self.0
    }

    /// `1/a` by Fermat's theorem; 0 for 0.
    pub(super) fn invert(self, a: u32) -> u32 {
        if a == 1 { 1 } else { self.power(a, self.0 - 2) }
    }

    fn power(self, base: u32, exponent: u32) -> u32 {
        let (mut base, mut result, mut n) = (base, 1, exponent);
        while n > 0 {
            if n & 1 == 1 {
                result = self.mul(result, base);
            }
            base = self.mul(base, base);
            n >>= 1;
        }
        result
    }

    /// The remainder by a polynomial with leading coefficient 1 of what `fill` adds to so many
    /// zeros, which are sums of fewer than 2^36 products of two elements.
    fn reduce(self, length: usize, f: &[u32], fill: impl FnOnce(&mut [u64])) -> Image {
        let (mut room, mut long) = ([0; ROOM], Vec::new());
        let sums = match room.get_mut(..length) {
            Some(sums) => sums,
            None => {
                long.resize(length, 0);
                &mut long[..]
            }
        };
        fill(sums);
        let (prime, degree) = (u64::from(self.0), f.len() - 1);
        for at in (degree..length).rev() {
            let lead = sums[at] % prime;
            if lead != 0 {
                for (slot, c) in sums[at - degree..at].iter_mut().zip(f) {
                    *slot += (prime - lead) * u64::from(*c);
                }
            }
        }
        let sums = &mut sums[..length.min(degree)];
        let mut kept = 0;
        for (place, sum) in sums.iter_mut().enumerate() {
            *sum %= prime;
            if *sum != 0 {
                kept = place + 1;
            }
        }
        let sums = &sums[..kept];
        let mut short = [0; SHORT];
        if kept > SHORT {
            return sums.iter().map(|sum| *sum as u32).collect();
        }
        short.iter_mut().zip(sums).for_each(|(slot, sum)| *slot = *sum as u32);
        Image::from_buf_and_len(short, kept)
    }

    fn remainder(self, a: &[u32], f: &[u32]) -> Image {
        if a.len() < f.len() {
            return SmallVec::from_slice(a);
        }
        self.reduce(a.len(), f, |sums| {
            sums.iter_mut().zip(a).for_each(|(slot, c)| *slot = u64::from(*c));
        })
    }

    fn monic(self, mut a: Image) -> Image {
        if let Some(lead) = a.last().copied()
            && lead != 1
        {
            let inverse = self.invert(lead);
            a.iter_mut().for_each(|c| *c = self.mul(*c, inverse));
        }
        a
    }

    /// A greatest common divisor; of degree 0 when there is none.
    pub(super) fn gcd(self, mut a: Image, mut b: Image) -> Image {
        while !b.is_empty() {
            b = self.monic(b);
            let rest = self.remainder(&a, &b);
            (a, b) = (b, rest);
        }
        a
    }

    fn product_modulo(self, a: &[u32], b: &[u32], f: &[u32]) -> Image {
        if a.is_empty() || b.is_empty() {
            return Image::new();
        }
        self.reduce(a.len() + b.len() - 1, f, |sums| {
            for (i, x) in a.iter().enumerate() {
                for (slot, y) in sums[i..].iter_mut().zip(b) {
                    *slot += u64::from(*x) * u64::from(*y);
                }
            }
        })
    }

    /// The product with `start + slope*t`.
    pub(super) fn times_linear(self, a: &[u32], start: u32, slope: u32) -> Image {
        let mut next: Image = SmallVec::from_elem(0, a.len() + 1);
        for (at, c) in a.iter().enumerate() {
            next[at] = self.add(next[at], self.mul(*c, start));
            next[at + 1] = self.mul(*c, slope);
        }
        next
    }

    /// Adds a multiple of a product to a sum.
    pub(super) fn add_product(self, sum: &mut Image, factor: u32, a: &[u32], b: &[u32]) {
        if sum.len() < a.len() + b.len() - 1 {
            sum.resize(a.len() + b.len() - 1, 0);
        }
        for (i, x) in a.iter().enumerate().filter(|(_, x)| **x != 0) {
            let x = self.mul(*x, factor);
            for (slot, y) in sum[i..].iter_mut().zip(b) {
                *slot = (*slot + x * *y) % self.0;
            }
        }
    }

    /// The degrees that products of factors can have, as bits; `None` when there is a multiple
    /// factor (von zur Gathen and Gerhard, algorithm 14.3).
    pub(super) fn degree_sums(self, f: &Image) -> Option<u32> {
        let mut rest = self.monic(f.clone());
        if let [c, b, 1] = rest[..] {
            // By Euler's criterion for the discriminant.
            let square = self.mul(b, b);
            let discriminant = self.add(square, self.0 - self.mul(self.reduced(4), c));
            return match self.power(discriminant, self.0 / 2) {
                0 => None,
                1 => Some(0b111),
                _ => Some(0b101),
            };
        }
        let powers = rest.iter().enumerate().skip(1);
        let derivative: Image =
            powers.map(|(n, c)| self.mul(*c, n as u32 % self.0)).collect();
        if self.gcd(rest.clone(), trimmed(derivative)).len() != 1 {
            return None;
        }
        let mut sums: u32 = 1;
        let mut frobenius: Image = SmallVec::from_slice(&[0, 1]);
        let mut degree = 0;
        while rest.len() > 2 * (degree + 1) {
            degree += 1;
            let base = self.remainder(&frobenius, &rest);
            let mut power = base.clone();
            for bit in (0..self.0.ilog2()).rev() {
                power = self.product_modulo(&power, &power, &rest);
                if self.0 >> bit & 1 == 1 {
                    power = self.product_modulo(&power, &base, &rest);
                }
            }
            frobenius = power;
            let mut difference = frobenius.clone();
            if difference.len() < 2 {
                difference.resize(2, 0);
            }
            difference[1] = self.add(difference[1], self.minus_one());
            let found = self.monic(self.gcd(rest.clone(), trimmed(difference)));
            if found.len() > 1 {
                for _ in 0..(found.len() - 1) / degree {
                    sums |= sums << degree;
                }
                rest = self.quotient(rest, &found);
            }
        }
        if rest.len() > 1 {
            sums |= sums << (rest.len() - 1);
        }
        Some(sums)
    }

    /// The quotient of a division that goes out, by a polynomial with leading coefficient 1.
    fn quotient(self, mut a: Image, b: &[u32]) -> Image {
        let length = (a.len() + 1).saturating_sub(b.len());
        let mut quotient: Image = SmallVec::from_elem(0, length);
        for at in (0..length).rev() {
            let lead = a[at + b.len() - 1];
            quotient[at] = lead;
            for (slot, c) in a[at..].iter_mut().zip(b) {
                *slot = self.add(*slot, self.mul(self.0 - lead, *c));
            }
        }
        quotient
    }
}

/// Drops zeros at the end.
pub(super) fn trimmed(mut a: Image) -> Image {
    while a.last() == Some(&0) {
        a.pop();
    }
    a
}
