//! Polynomials modulo a small prime, to see cheaply what exact arithmetic would bring: whether
//! terms collapse, whether two have something in common, whether there is anything to factor.
//!
//! Invariant: what is seen here decides only what is tried; nothing of it reaches an answer.

use super::Polynomial;
use crate::kernel::Number;
use smallvec::SmallVec;

/// How many variables there can be, and how many bits each exponent has.
pub const MAX_VARIABLES: usize = 16;
const BITS: usize = 8;
/// The bits that exponents must not reach.
const GUARD: u128 = 0x8080_8080_8080_8080_8080_8080_8080_8080;
/// Sketches of more terms are not made.
const MAX_TERMS: usize = 256;
/// How many points are tried to show that there are no factors.
const TRIALS: u32 = 2;
/// Higher degrees in the variable of least degree are not looked at.
const MAX_DEGREE: usize = 30;

/// Dense, smallest power first; the last element is not 0.
type Image = SmallVec<[u32; 16]>;

/// A polynomial modulo a prime below 2^14.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sketch<const P: u32> {
    /// Packed exponents and coefficients, descending.
    terms: SmallVec<[(u128, u32); 8]>,
}

impl<const P: u32> Sketch<P> {
    /// 0.
    pub fn zero() -> Self {
        Self { terms: SmallVec::new() }
    }

    /// A number; `None` when the prime divides numerator or denominator, or it is long.
    pub fn constant(value: &Number) -> Option<Self> {
        if value.is_zero() {
            return Some(Self::zero());
        }
        let Number::Small(n, d) = value else { return None };
        let element = |n: i64| n.rem_euclid(i64::from(P)) as u32;
        let (n, d) = (element(*n), element(*d));
        (n != 0 && d != 0).then(|| Self::term(0, mul::<P>(n, invert::<P>(d))))
    }

    /// The image of a polynomial; `None` when it does not fit.
    fn of(p: &Polynomial) -> Option<Self> {
        let mut result = Self::zero();
        if p.variables() > MAX_VARIABLES || p.number_of_terms() > MAX_TERMS {
            return None;
        }
        for (exponents, coefficient) in p.terms() {
            let mut key = 0;
            for (at, n) in exponents.iter().enumerate() {
                if *n >= 128 {
                    return None;
                }
                key |= u128::from(*n) << (at * BITS);
            }
            let (_, c) = *Self::constant(coefficient)?.terms.first()?;
            result.terms.push((key, c));
        }
        result.terms.sort_unstable_by(|a, b| b.cmp(a));
        Some(result)
    }

    fn term(exponents: u128, coefficient: u32) -> Self {
        Self { terms: SmallVec::from_iter([(exponents, coefficient)]) }
    }

    /// The number of terms.
    pub fn number_of_terms(&self) -> usize {
        self.terms.len()
    }

    /// Whether it is 0.
    pub fn is_zero(&self) -> bool {
        self.terms.is_empty()
    }

    /// For each term, the exponent of a variable, and whether the coefficient is 1 or -1.
    pub fn terms(&self) -> impl Iterator<Item = (impl Fn(usize) -> u32, bool)> {
        self.terms.iter().map(|(key, c)| {
            let key = *key;
            (move |variable| exponent(key, variable), *c == 1 || *c == P - 1)
        })
    }

    /// The greatest sum of the exponents of some variables.
    pub fn degree_in(&self, variables: &[usize]) -> u32 {
        let of_term = |key: u128| variables.iter().map(|at| exponent(key, *at)).sum();
        self.terms.iter().map(|(key, _)| of_term(*key)).max().unwrap_or(0)
    }

    /// Whether two terms differ in even powers of some variables only.
    pub fn has_squares(&self, variables: &[usize]) -> bool {
        let odd = |key: u128| {
            variables.iter().fold(key, |key, at| key & !(0xfe_u128 << (at * BITS)))
        };
        let mut known: SmallVec<[u128; 16]> =
            self.terms.iter().map(|(key, _)| odd(*key)).collect();
        known.sort_unstable();
        known.windows(2).any(|pair| pair[0] == pair[1])
    }

    /// Whether it is `v^2 + 1` for a variable v.
    pub fn is_square_plus_one(&self) -> bool {
        let [(square, 1), (0, 1)] = self.terms[..] else { return false };
        (0..MAX_VARIABLES).any(|at| square == 2 << (at * BITS))
    }

    /// The sum.
    #[must_use]
    pub fn plus(&self, other: &Self) -> Self {
        let mut terms =
            SmallVec::with_capacity(self.number_of_terms() + other.number_of_terms());
        let (mut i, mut j) = (0, 0);
        while let (Some(a), Some(b)) = (self.terms.get(i), other.terms.get(j)) {
            if a.0 == b.0 {
                let sum = add::<P>(a.1, b.1);
                if sum != 0 {
                    terms.push((a.0, sum));
                }
                (i, j) = (i + 1, j + 1);
            } else if a.0 > b.0 {
                terms.push(*a);
                i += 1;
            } else {
                terms.push(*b);
                j += 1;
            }
        }
        terms.extend_from_slice(&self.terms[i..]);
        terms.extend_from_slice(&other.terms[j..]);
        Self { terms }
    }

    /// The product; `None` when it does not fit.
    pub fn times(&self, other: &Self) -> Option<Self> {
        let (long, short) = if self.number_of_terms() < other.number_of_terms() {
            (other, self)
        } else {
            (self, other)
        };
        if long.number_of_terms().saturating_mul(short.number_of_terms()) > MAX_TERMS {
            return None;
        }
        let mut result = Self::zero();
        for (key, c) in &short.terms {
            let mut row: SmallVec<[(u128, u32); 8]> =
                SmallVec::with_capacity(long.number_of_terms());
            for (own, factor) in &long.terms {
                let sum = own + key;
                if sum & GUARD != 0 {
                    return None;
                }
                row.push((sum, mul::<P>(*factor, *c)));
            }
            let row = Self { terms: row };
            result = if result.is_zero() { row } else { result.plus(&row) };
        }
        Some(result)
    }

    /// The power; `None` when it does not fit.
    pub fn power(&self, exponent: u32) -> Option<Self> {
        let mut result = Self::term(0, 1);
        for _ in 0..exponent {
            result = result.times(self)?;
        }
        Some(result)
    }

    /// The same with a power of a variable replaced by a polynomial; `None` when it does not
    /// fit.
    pub fn reduced(self, variable: usize, degree: u32, by: &Self) -> Option<Self> {
        let mut rest = self;
        while rest.terms.iter().any(|(key, _)| exponent(*key, variable) >= degree) {
            let mut sum = Self::zero();
            for (key, c) in &rest.terms {
                let over = exponent(*key, variable) >= degree;
                let shift =
                    if over { u128::from(degree) << (variable * BITS) } else { 0 };
                let term = Self::term(key - shift, *c);
                sum = sum.plus(&if over { term.times(by)? } else { term });
            }
            rest = sum;
            if rest.number_of_terms() > MAX_TERMS {
                return None;
            }
        }
        Some(rest)
    }

    /// The leading coefficient and the greatest monomial drawn out: what is left has neither.
    /// The second is the exponents of the monomial.
    pub fn primitive(mut self) -> (u32, u128, Self) {
        let Some((_, lead)) = self.terms.first().copied() else { return (0, 0, self) };
        let mut content = self.terms[0].0;
        for (key, _) in &self.terms[1..] {
            content = least(content, *key);
        }
        let inverse = invert::<P>(lead);
        for (key, c) in &mut self.terms {
            *key -= content;
            *c = mul::<P>(*c, inverse);
        }
        (lead, content, self)
    }

    /// A number as a sketch, times a monomial.
    pub fn monomial(coefficient: u32, exponents: u128) -> Self {
        Self::term(exponents, coefficient)
    }

    /// The greatest exponents of all variables.
    fn degrees(&self) -> [u8; MAX_VARIABLES] {
        let mut degrees = [0; MAX_VARIABLES];
        for (key, _) in &self.terms {
            for (degree, exponent) in degrees.iter_mut().zip(key.to_le_bytes()) {
                *degree = exponent.max(*degree);
            }
        }
        degrees
    }

    /// The variables that occur.
    fn occurring(&self) -> SmallVec<[usize; MAX_VARIABLES]> {
        let all = self.terms.iter().fold(0, |all, (key, _)| all | key);
        (0..MAX_VARIABLES).filter(|at| exponent(all, *at) > 0).collect()
    }

    /// The product with powers of variables; `None` when it does not fit.
    pub fn times_powers(mut self, powers: &[(usize, u32)]) -> Option<Self> {
        let mut shift = 0;
        for (variable, n) in powers {
            if *variable >= MAX_VARIABLES || *n >= 128 {
                return None;
            }
            shift += u128::from(*n) << (variable * BITS);
        }
        for (key, _) in &mut self.terms {
            *key += shift;
        }
        self.terms.iter().all(|(key, _)| key & GUARD == 0).then_some(self)
    }

    /// The values on a line through all variables, as a polynomial in its parameter.
    pub fn on_line(&self) -> Image {
        let occurring = self.occurring();
        let mut sum = Image::new();
        for (key, c) in &self.terms {
            let mut part: Image = SmallVec::from_iter([*c]);
            for variable in occurring.iter().copied() {
                let (slope, start) = (point(variable, 100), point(variable, 101));
                for _ in 0..exponent(*key, variable) {
                    let mut next: Image = SmallVec::from_elem(0, part.len() + 1);
                    for (at, c) in part.iter().enumerate() {
                        next[at] = add::<P>(next[at], mul::<P>(*c, start));
                        next[at + 1] = add::<P>(next[at + 1], mul::<P>(*c, slope));
                    }
                    part = next;
                }
            }
            if sum.len() < part.len() {
                sum.resize(part.len(), 0);
            }
            sum.iter_mut().zip(&part).for_each(|(slot, c)| *slot = add::<P>(*slot, *c));
        }
        trimmed(sum)
    }

    /// The degrees, as bits, that factors may have in the variable of least degree;
    /// 0 when there are certainly none.
    pub fn degrees_of_factors(&self) -> u32 {
        let degrees = self.degrees();
        let least = (0..MAX_VARIABLES)
            .filter(|at| degrees[*at] > 0)
            .min_by_key(|at| (degrees[*at], *at));
        let Some(main) = least else { return 0 };
        let degree = usize::from(degrees[main]);
        let others = (0..MAX_VARIABLES).any(|at| at != main && degrees[at] > 0);
        if others && self.coefficients_share(main) {
            return u32::MAX;
        }
        if degree == 1 {
            return 0;
        }
        if degree > MAX_DEGREE {
            return u32::MAX;
        }
        // Images at other points of a polynomial in one variable are no others.
        let trials = if others { TRIALS } else { 1 };
        let whole = 1 | 1 << degree;
        let mut possible: u32 = u32::MAX;
        for trial in 0..trials {
            let image = self.at(main, degree, trial);
            if image.len() == degree + 1
                && let Some(sums) = degree_sums::<P>(&image)
            {
                possible &= sums;
                if possible & !whole == 0 {
                    return 0;
                }
            }
        }
        possible & !whole
    }

    /// Whether the coefficients with respect to a variable may have something in common.
    fn coefficients_share(&self, main: usize) -> bool {
        let mut known: SmallVec<[(u32, Self); 8]> = SmallVec::new();
        let mask = !(0xff_u128 << (main * BITS));
        for (key, c) in &self.terms {
            let n = exponent(*key, main);
            let term = (*key & mask, *c);
            match known.iter_mut().find(|(m, _)| *m == n) {
                Some((_, part)) => part.terms.push(term),
                None => known.push((n, Self::term(term.0, term.1))),
            }
        }
        if known.iter().any(|(_, part)| part.number_of_terms() == 1) {
            return false;
        }
        let mut common = Image::new();
        for (_, part) in &known {
            common = gcd::<P>(common, part.on_line());
            if common.len() == 1 {
                return false;
            }
        }
        true
    }

    /// The image in one variable at a point for the others.
    fn at(&self, main: usize, degree: usize, trial: u32) -> Image {
        let mut others = self.occurring();
        others.retain(|variable| *variable != main);
        let mut image: Image = SmallVec::from_elem(0, degree + 1);
        for (key, c) in &self.terms {
            let mut value = *c;
            for variable in others.iter().copied() {
                let at = point(variable, trial);
                for _ in 0..exponent(*key, variable) {
                    value = mul::<P>(value, at);
                }
            }
            let slot = &mut image[exponent(*key, main) as usize];
            *slot = add::<P>(*slot, value);
        }
        trimmed(image)
    }
}

/// Whether a polynomial without monomial content has no factors, as far as images modulo small
/// primes tell: `true` is wrong only when coefficients with something in common have images
/// on a line that have nothing.
pub fn seems_irreducible(p: &Polynomial) -> bool {
    fn degrees<const P: u32>(p: &Polynomial) -> u32 {
        Sketch::<P>::of(p).map_or(u32::MAX, |sketch| sketch.degrees_of_factors())
    }
    let mut left = u32::MAX;
    for next in [degrees::<521>, degrees::<1033>, degrees::<2053>, degrees::<4099>] {
        left &= next(p);
        if left == 0 || left == u32::MAX {
            break;
        }
    }
    left == 0
}

/// Whether two polynomials on a line may have something in common.
pub fn share<const P: u32>(a: &Image, b: &Image) -> bool {
    gcd::<P>(a.clone(), b.clone()).len() != 1
}

fn exponent(key: u128, variable: usize) -> u32 {
    ((key >> (variable * BITS)) & 0xff) as u32
}

/// The smaller exponents, one by one.
fn least(a: u128, b: u128) -> u128 {
    let mut bytes = a.to_le_bytes();
    for (slot, other) in bytes.iter_mut().zip(b.to_le_bytes()) {
        *slot = other.min(*slot);
    }
    u128::from_le_bytes(bytes)
}

/// Numbers that look random, always the same.
fn point(variable: usize, trial: u32) -> u32 {
    let seed = (variable as u32 + 1)
        .wrapping_mul(0x9e37_79b9)
        .wrapping_add(trial.wrapping_mul(0x85eb_ca6b));
    let mixed = (seed ^ (seed >> 15)).wrapping_mul(0x2c1b_3c6d);
    1 + (mixed >> 8) % 8000
}

fn add<const P: u32>(a: u32, b: u32) -> u32 {
    let sum = a + b;
    if sum >= P { sum - P } else { sum }
}

fn mul<const P: u32>(a: u32, b: u32) -> u32 {
    a * b % P
}

fn invert<const P: u32>(a: u32) -> u32 {
    let (mut base, mut result, mut n) = (a, 1, P - 2);
    while n > 0 {
        if n & 1 == 1 {
            result = mul::<P>(result, base);
        }
        base = mul::<P>(base, base);
        n >>= 1;
    }
    result
}

fn trimmed(mut a: Image) -> Image {
    while a.last() == Some(&0) {
        a.pop();
    }
    a
}

/// The remainder of a division by a polynomial with leading coefficient 1.
fn remainder<const P: u32>(mut a: Image, b: &[u32]) -> Image {
    while a.len() >= b.len() {
        let lead = a[a.len() - 1];
        let shift = a.len() - b.len();
        if lead != 0 {
            for (slot, c) in a[shift..].iter_mut().zip(b) {
                *slot = add::<P>(*slot, mul::<P>(P - lead, *c));
            }
        }
        a.pop();
    }
    trimmed(a)
}

fn monic<const P: u32>(mut a: Image) -> Image {
    if let Some(lead) = a.last().copied()
        && lead != 1
    {
        let inverse = invert::<P>(lead);
        a.iter_mut().for_each(|c| *c = mul::<P>(*c, inverse));
    }
    a
}

fn gcd<const P: u32>(mut a: Image, mut b: Image) -> Image {
    while !b.is_empty() {
        b = monic::<P>(b);
        (a, b) = (b.clone(), remainder::<P>(a, &b));
    }
    a
}

fn product_modulo<const P: u32>(a: &[u32], b: &[u32], f: &[u32]) -> Image {
    if a.is_empty() || b.is_empty() {
        return Image::new();
    }
    let mut product: Image = SmallVec::from_elem(0, a.len() + b.len() - 1);
    for (i, x) in a.iter().enumerate().filter(|(_, x)| **x != 0) {
        for (slot, y) in product[i..].iter_mut().zip(b) {
            *slot = add::<P>(*slot, mul::<P>(*x, *y));
        }
    }
    remainder::<P>(product, f)
}

/// The degrees that products of factors can have, as bits; `None` when there is a multiple
/// factor (von zur Gathen and Gerhard, algorithm 14.3).
fn degree_sums<const P: u32>(f: &Image) -> Option<u32> {
    let mut rest = monic::<P>(f.clone());
    let derivative = rest.iter().enumerate().skip(1);
    let derivative: Image = derivative.map(|(n, c)| mul::<P>(*c, n as u32 % P)).collect();
    if gcd::<P>(rest.clone(), trimmed(derivative)).len() != 1 {
        return None;
    }
    let mut sums: u32 = 1;
    let mut frobenius: Image = SmallVec::from_slice(&[0, 1]);
    let mut degree = 0;
    while rest.len() > 2 * (degree + 1) {
        degree += 1;
        let base = remainder::<P>(frobenius, &rest);
        let mut power = base.clone();
        for bit in (0..P.ilog2()).rev() {
            power = product_modulo::<P>(&power, &power, &rest);
            if P >> bit & 1 == 1 {
                power = product_modulo::<P>(&power, &base, &rest);
            }
        }
        frobenius = power;
        let mut difference = frobenius.clone();
        if difference.len() < 2 {
            difference.resize(2, 0);
        }
        difference[1] = add::<P>(difference[1], P - 1);
        let found = monic::<P>(gcd::<P>(rest.clone(), trimmed(difference)));
        if found.len() > 1 {
            for _ in 0..(found.len() - 1) / degree {
                sums |= sums << degree;
            }
            rest = quotient::<P>(rest, &found);
        }
    }
    if rest.len() > 1 {
        sums |= sums << (rest.len() - 1);
    }
    Some(sums)
}

/// The quotient of a division that goes out, by a polynomial with leading coefficient 1.
fn quotient<const P: u32>(mut a: Image, b: &[u32]) -> Image {
    let mut quotient: Image =
        SmallVec::from_elem(0, (a.len() + 1).saturating_sub(b.len()));
    for at in (0..quotient.len()).rev() {
        let lead = a[at + b.len() - 1];
        quotient[at] = lead;
        for (slot, c) in a[at..].iter_mut().zip(b) {
            *slot = add::<P>(*slot, mul::<P>(P - lead, *c));
        }
    }
    quotient
}
