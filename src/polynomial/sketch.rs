//! Polynomials modulo a small prime, to see cheaply what exact arithmetic would bring: whether
//! terms collapse, whether two have something in common, whether there is anything to factor.
//!
//! Invariant: what is seen here decides only what is tried; nothing of it reaches an answer.

use super::Polynomial;
use super::small_field::{Image, SmallField, trimmed};
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
/// Primes that hardly any coefficient is a multiple of, and modulo which `u^2 + 1` is
/// irreducible.
pub const PRIMES: [u32; 4] = [523, 1031, 2063, 4099];
/// Primes to tell irreducible polynomials in one variable by.
const SMALL_PRIMES: [u32; 12] = [5, 7, 11, 13, 3, 17, 19, 23, 29, 31, 37, 41];
/// Higher degrees in the variable of least degree are not looked at.
const MAX_DEGREE: usize = 30;

/// Packed exponents and coefficients.
type Terms = SmallVec<[(u128, u32); 4]>;

/// A polynomial modulo a prime below 2^14.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sketch {
    field: SmallField,
    /// Packed exponents and coefficients, descending.
    terms: Terms,
}

impl Sketch {
    /// 0.
    pub fn zero(field: SmallField) -> Self {
        Self { field, terms: SmallVec::new() }
    }

    /// A number; `None` when the prime divides numerator or denominator, or it is long.
    pub fn constant(field: SmallField, value: &Number) -> Option<Self> {
        if value.is_zero() {
            return Some(Self::zero(field));
        }
        let Number::Small(n, d) = value else { return None };
        let (n, d) = (field.element(*n), field.element(*d));
        let monomial = || Self::monomial(field, field.mul(n, field.invert(d)), 0);
        (n != 0 && d != 0).then(monomial)
    }

    /// The number that it is, if it is one and not 0.
    pub fn to_number(&self) -> Option<u32> {
        match self.terms[..] {
            [(0, c)] => Some(c),
            _ => None,
        }
    }

    /// The product with a number.
    #[must_use]
    pub fn scaled(mut self, factor: u32) -> Self {
        if factor != 1 {
            for (_, c) in &mut self.terms {
                *c = self.field.mul(*c, factor);
            }
        }
        self
    }

    /// The image of a polynomial; `None` when it does not fit.
    fn of(field: SmallField, p: &Polynomial) -> Option<Self> {
        let mut result = Self::zero(field);
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
            let (_, c) = *Self::constant(field, coefficient)?.terms.first()?;
            result.terms.push((key, c));
        }
        result.terms.sort_unstable_by(|a, b| b.cmp(a));
        Some(result)
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
        let minus_one = self.field.minus_one();
        self.terms.iter().map(move |(key, c)| {
            let key = *key;
            (move |variable| exponent(key, variable), *c == 1 || *c == minus_one)
        })
    }

    /// The greatest sum of the exponents of some variables.
    pub fn degree_in(&self, variables: &[usize]) -> u32 {
        let of_term = |key: u128| variables.iter().map(|at| exponent(key, *at)).sum();
        self.terms.iter().map(|(key, _)| of_term(*key)).max().unwrap_or(0)
    }

    /// Whether no others than some variables occur.
    pub fn is_over(&self, variables: &[usize]) -> bool {
        let mask = variables.iter().fold(0, |mask, at| mask | 0xff_u128 << (at * BITS));
        self.terms.iter().all(|(key, _)| key & !mask == 0)
    }

    /// Whether it is zero once `v^n` is a number c: whether `v^n - c` is a factor of it.
    pub fn vanishes(&self, (variable, n): (usize, u32), number: i64) -> bool {
        let constant = self.field.element(number);
        let by = Self::monomial(self.field, constant, 0);
        let is_open = self.terms.iter().any(|(key, _)| exponent(*key, variable) >= n);
        let rest = || self.clone().reduced(variable, n, &by);
        is_open && rest().is_some_and(|rest| rest.is_zero())
    }

    /// Whether it is a number and a multiple of one of some variables.
    pub fn is_one_and(&self, variables: &[usize]) -> bool {
        let [(key, _), (0, _)] = self.terms[..] else { return false };
        variables.iter().any(|at| key == 1 << (at * BITS))
    }

    /// Whether beside a term `k*m*v^n` there is one `l*m`, or `l*m*w^j` for another variable
    /// w, with a given ratio `l/k`, or any.
    pub fn has_beside(
        &self,
        (variable, n): (usize, u32),
        other: Option<(usize, u32)>,
        ratio: Option<(i64, i64)>,
    ) -> bool {
        let shift = |(at, n): (usize, u32)| u128::from(n) << (at * BITS);
        let more = other.map_or(0, shift);
        let field = self.field;
        let fits = |l: u32, k: u32| {
            ratio.is_none_or(|(above, below)| {
                field.mul(l, field.element(below)) == field.mul(k, field.element(above))
            })
        };
        let powers = self.terms.iter().filter(|(key, _)| exponent(*key, variable) >= n);
        powers.into_iter().any(|(key, k)| {
            let beside = key - shift((variable, n)) + more;
            let found = self.terms.iter().find(|(key, _)| *key == beside);
            found.is_some_and(|(_, l)| fits(*l, *k))
        })
    }

    /// Whether something may come of a square root in it: `a + b*r` where all of what is under
    /// the root is a factor of a, or the product with the conjugate has no more terms.
    pub fn opens(&self, root: usize, radicand: &Self) -> bool {
        let mut parts = [Self::zero(self.field), Self::zero(self.field)];
        for (key, c) in &self.terms {
            let n = exponent(*key, root);
            let rest = key - (u128::from(n) << (root * BITS));
            match parts.get_mut(n as usize) {
                Some(part) => part.terms.push((rest, *c)),
                None => return true,
            }
        }
        let [even, odd] = parts;
        let inside = radicand.on_line(None);
        let shared = |even: &Self| self.field.gcd(even.on_line(None), inside.clone());
        if even.is_zero() || shared(&even).len() == inside.len() {
            return true;
        }
        let norm = even.times(&even).and_then(|square| {
            let other = odd.times(&odd)?.times(radicand)?;
            let minus_one = self.field.minus_one();
            Some(square.plus(&other.times(&Self::monomial(self.field, minus_one, 0))?))
        });
        norm.is_none_or(|norm| norm.number_of_terms() <= self.number_of_terms())
    }

    /// The sum.
    #[must_use]
    pub fn plus(&self, other: &Self) -> Self {
        let mut terms =
            SmallVec::with_capacity(self.number_of_terms() + other.number_of_terms());
        let (mut i, mut j) = (0, 0);
        while let (Some(a), Some(b)) = (self.terms.get(i), other.terms.get(j)) {
            if a.0 == b.0 {
                let sum = self.field.add(a.1, b.1);
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
        Self { field: self.field, terms }
    }

    /// The product; `None` when it does not fit.
    pub fn times(&self, other: &Self) -> Option<Self> {
        if let Some(c) = other.to_number() {
            return Some(self.clone().scaled(c));
        }
        let (long, short) = if self.number_of_terms() < other.number_of_terms() {
            (other, self)
        } else {
            (self, other)
        };
        if long.number_of_terms().saturating_mul(short.number_of_terms()) > MAX_TERMS {
            return None;
        }
        let mut result = Self::zero(self.field);
        for (key, c) in &short.terms {
            let mut row = Terms::with_capacity(long.number_of_terms());
            for (own, factor) in &long.terms {
                let sum = own + key;
                if sum & GUARD != 0 {
                    return None;
                }
                row.push((sum, self.field.mul(*factor, *c)));
            }
            let row = Self { field: self.field, terms: row };
            result = if result.is_zero() { row } else { result.plus(&row) };
        }
        Some(result)
    }

    /// The power; `None` when it does not fit.
    pub fn power(&self, exponent: u32) -> Option<Self> {
        let mut result = Self::monomial(self.field, 1, 0);
        for _ in 0..exponent {
            result = result.times(self)?;
        }
        Some(result)
    }

    /// The same with a power of a variable replaced by a polynomial of lower degree in it;
    /// `None` when it does not fit.
    pub fn reduced(self, variable: usize, degree: u32, by: &Self) -> Option<Self> {
        let mut rest = self;
        if by.degree_in(&[variable]) >= degree {
            return None;
        }
        while rest.terms.iter().any(|(key, _)| exponent(*key, variable) >= degree) {
            let mut sum = Self::zero(rest.field);
            for (key, c) in &rest.terms {
                let over = exponent(*key, variable) >= degree;
                let shift =
                    if over { u128::from(degree) << (variable * BITS) } else { 0 };
                let term = Self::monomial(rest.field, *c, key - shift);
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
        if lead != 1 || content != 0 {
            let inverse = self.field.invert(lead);
            for (key, c) in &mut self.terms {
                *key -= content;
                *c = self.field.mul(*c, inverse);
            }
        }
        (lead, content, self)
    }

    /// A number as a sketch, times a monomial.
    pub fn monomial(field: SmallField, coefficient: u32, exponents: u128) -> Self {
        Self { field, terms: SmallVec::from_iter([(exponents, coefficient)]) }
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

    /// The variable of the greatest degree.
    pub fn highest(&self) -> Option<usize> {
        let degrees = self.degrees();
        (0..MAX_VARIABLES).filter(|at| degrees[*at] > 0).max_by_key(|at| degrees[*at])
    }

    /// The values on a line through all variables, as a polynomial in its parameter, which is
    /// the value of the variable `plain` if there is one.
    pub fn on_line(&self, plain: Option<usize>) -> Image {
        let field = self.field;
        let degrees = self.degrees();
        // The powers of the linear functions that the variables are on the line.
        let mut powers: SmallVec<[SmallVec<[Image; 4]>; 4]> = SmallVec::new();
        let mut places = [0; MAX_VARIABLES];
        for (at, degree) in degrees.iter().enumerate().filter(|(_, n)| **n > 0) {
            places[at] = powers.len();
            if plain == Some(at) {
                powers.push(SmallVec::new());
                continue;
            }
            let (slope, start) = (point(at, 100), point(at, 101));
            let (slope, start) = (field.reduced(slope), field.reduced(start));
            let mut known: SmallVec<[Image; 4]> =
                SmallVec::from_iter([Image::from_slice(&[1])]);
            for n in 0..usize::from(*degree) {
                known.push(field.times_linear(&known[n], start, slope));
            }
            powers.push(known);
        }
        let mut sum = Image::new();
        for (key, c) in &self.terms {
            let mut part: Image = Image::from_slice(&[1]);
            let mut shift = 0;
            for (at, n) in key.to_le_bytes().into_iter().enumerate().filter(|e| e.1 > 0) {
                match powers[places[at]].get(usize::from(n)) {
                    None => shift = usize::from(n),
                    Some(power) if part.len() == 1 => part = power.clone(),
                    Some(power) => {
                        let mut product = Image::new();
                        field.add_product(&mut product, 1, &part, power);
                        part = product;
                    }
                }
            }
            if sum.len() < part.len() + shift {
                sum.resize(part.len() + shift, 0);
            }
            for (slot, x) in sum[shift..].iter_mut().zip(&part) {
                *slot = field.add(*slot, field.mul(*x, *c));
            }
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
                && let Some(sums) = self.field.degree_sums(&image)
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
                None => known.push((n, Self::monomial(self.field, term.1, term.0))),
            }
        }
        if known.iter().any(|(_, part)| part.number_of_terms() == 1) {
            return false;
        }
        let plain = self.occurring().into_iter().find(|at| *at != main);
        let mut common = Image::new();
        for (_, part) in &known {
            common = self.field.gcd(common, part.on_line(plain));
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
                let at = self.field.reduced(point(variable, trial));
                for _ in 0..exponent(*key, variable) {
                    value = self.field.mul(value, at);
                }
            }
            let slot = &mut image[exponent(*key, main) as usize];
            *slot = self.field.add(*slot, value);
        }
        trimmed(image)
    }
}

/// Whether a polynomial without monomial content has no factors, as far as images modulo small
/// primes tell: `true` is wrong only when coefficients with something in common have images
/// on a line that have nothing.
pub fn seems_irreducible(p: &Polynomial) -> bool {
    if let [variable] = p.occurring()[..] {
        return is_irreducible(p, variable);
    }
    let mut left = u32::MAX;
    for prime in PRIMES {
        let sketch = Sketch::of(SmallField::new(prime), p);
        left &= sketch.map_or(u32::MAX, |sketch| sketch.degrees_of_factors());
        if left == 0 || left == u32::MAX {
            break;
        }
    }
    left == 0
}

/// Whether no factor of a polynomial in one variable has a degree that factors have modulo
/// every one of some primes.
fn is_irreducible(p: &Polynomial, variable: usize) -> bool {
    let degree = p.degree(variable) as usize;
    if degree > MAX_DEGREE {
        return false;
    }
    let p = p.primitive_part().1;
    let whole = 1 | 1 << degree;
    let mut possible: u32 = u32::MAX >> (31 - degree) & !whole;
    for prime in SMALL_PRIMES {
        if possible == 0 {
            break;
        }
        let field = SmallField::new(prime);
        let mut image: Image = SmallVec::from_elem(0, degree + 1);
        for (exponents, coefficient) in p.terms() {
            let Number::Small(n, 1) = coefficient else { return false };
            image[exponents[variable] as usize] = field.element(*n);
        }
        if image[degree] != 0
            && let Some(sums) = field.degree_sums(&image)
        {
            possible &= sums;
        }
    }
    possible == 0
}

/// Whether two polynomials on a line may have something in common.
pub fn share(field: SmallField, a: &Image, b: &Image) -> bool {
    field.gcd(a.clone(), b.clone()).len() != 1
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
