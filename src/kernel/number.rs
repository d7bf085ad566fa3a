//! Exact rational numbers: a pair of machine integers, or a `BigRational` when they overflow.

use super::lehmer;
use num_bigint::BigInt;
use num_integer::Integer;
use num_rational::BigRational;
use num_traits::{One, Signed, ToPrimitive};
use std::borrow::Cow;
use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};

/// An exact rational number in lowest terms with a positive denominator.
///
/// Invariant: `Big` is used only when numerator or denominator do not fit `i64`, so equal
/// numbers have equal representations.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Number {
    /// Numerator and denominator as machine integers.
    Small(i64, i64),
    /// Anything larger.
    Big(Box<BigRational>),
}

/// By numerator and denominator: the hash of `Ratio` is a recursion over its continued
/// fraction, which long fractions do not survive.
impl Hash for Number {
    fn hash<H: Hasher>(&self, state: &mut H) {
        match self {
            Self::Small(n, d) => (0_u8, n, d).hash(state),
            Self::Big(value) => {
                for part in [value.numer(), value.denom()] {
                    // Not as `BigInt`, whose words are shorter on small machines.
                    part.iter_u64_digits().for_each(|word| state.write_u64(word));
                    state.write_u8(if part.is_negative() { 2 } else { 1 });
                }
            }
        }
    }
}

impl Number {
    /// 0.
    pub const ZERO: Self = Self::Small(0, 1);
    /// 1.
    pub const ONE: Self = Self::Small(1, 1);
    /// -1.
    pub const MINUS_ONE: Self = Self::Small(-1, 1);
    /// 1/2.
    pub const HALF: Self = Self::Small(1, 2);

    /// The quotient of two integers, `None` when the denominator is zero.
    pub fn ratio(numerator: i64, denominator: i64) -> Option<Self> {
        (denominator != 0)
            .then(|| Self::reduce(i128::from(numerator), i128::from(denominator)))
    }

    /// A double as a fraction; `None` for what is no number.
    pub fn from_double(x: f64) -> Option<Self> {
        BigRational::from_float(x).map(Self::from_big)
    }

    /// A big rational, made small when it fits.
    pub fn from_big(value: BigRational) -> Self {
        match (value.numer().to_i64(), value.denom().to_i64()) {
            (Some(n), Some(d)) if n != i64::MIN => Self::Small(n, d),
            _ => Self::Big(Box::new(value)),
        }
    }

    /// A big integer.
    pub fn from_integer(value: BigInt) -> Self {
        Self::from_big(BigRational::from_integer(value))
    }

    /// The value as a `BigRational`.
    pub fn to_big(&self) -> BigRational {
        match self {
            Self::Small(n, d) => BigRational::new_raw(BigInt::from(*n), BigInt::from(*d)),
            Self::Big(value) => (**value).clone(),
        }
    }

    /// The value as an integer, when it is one.
    pub fn to_integer(&self) -> Option<Cow<'_, BigInt>> {
        match self {
            Self::Small(n, 1) => Some(Cow::Owned(BigInt::from(*n))),
            Self::Big(value) if value.is_integer() => Some(Cow::Borrowed(value.numer())),
            _ => None,
        }
    }

    /// Both as integers. Long fractions look for common divisors at every step; integers
    /// need not.
    fn integers<'a>(
        &'a self,
        other: &'a Self,
    ) -> Option<(Cow<'a, BigInt>, Cow<'a, BigInt>)> {
        Some((self.to_integer()?, other.to_integer()?))
    }

    fn reduce(mut n: i128, mut d: i128) -> Self {
        if d < 0 {
            n = -n;
            d = -d;
        }
        if d != 1 {
            let g = if let (Ok(a), Ok(b)) = (i64::try_from(n), i64::try_from(d)) {
                i128::from(a.unsigned_abs().gcd(&b.unsigned_abs()))
            } else {
                n.gcd(&d)
            };
            if g > 1 {
                n /= g;
                d /= g;
            }
        }
        match (i64::try_from(n), i64::try_from(d)) {
            (Ok(a), Ok(b)) if a != i64::MIN => Self::Small(a, b),
            _ => Self::Big(Box::new(BigRational::new_raw(
                BigInt::from(n),
                BigInt::from(d),
            ))),
        }
    }

    /// Whether it is 0.
    pub fn is_zero(&self) -> bool {
        matches!(self, Self::Small(0, _))
    }

    /// Whether it is 1.
    pub fn is_one(&self) -> bool {
        matches!(self, Self::Small(1, 1))
    }

    /// Whether it is below 0.
    pub fn is_negative(&self) -> bool {
        match self {
            Self::Small(n, _) => *n < 0,
            Self::Big(value) => value.is_negative(),
        }
    }

    /// Whether it is above 0.
    pub fn is_positive(&self) -> bool {
        !self.is_zero() && !self.is_negative()
    }

    /// Whether the denominator is 1.
    pub fn is_integer(&self) -> bool {
        match self {
            Self::Small(_, d) => *d == 1,
            Self::Big(value) => value.is_integer(),
        }
    }

    /// Whether it is an even integer.
    pub fn is_even(&self) -> bool {
        match self {
            Self::Small(n, d) => *d == 1 && n % 2 == 0,
            Self::Big(value) => value.is_integer() && value.numer().is_even(),
        }
    }

    /// Whether it is an odd integer.
    pub fn is_odd(&self) -> bool {
        self.is_integer() && !self.is_even()
    }

    /// The value as a machine integer, when it is one.
    pub fn to_i64(&self) -> Option<i64> {
        match self {
            Self::Small(n, 1) => Some(*n),
            _ => None,
        }
    }

    /// The nearest double (infinite when it is too large).
    pub fn to_f64(&self) -> f64 {
        match self {
            Self::Small(n, 1) => *n as f64,
            Self::Small(n, d) => *n as f64 / *d as f64,
            Self::Big(value) => value.to_f64().unwrap_or(f64::NAN),
        }
    }

    /// The numerator.
    pub fn numerator(&self) -> Self {
        match self {
            Self::Small(n, _) => Self::Small(*n, 1),
            Self::Big(value) => Self::from_integer(value.numer().clone()),
        }
    }

    /// The denominator.
    pub fn denominator(&self) -> Self {
        match self {
            Self::Small(_, d) => Self::Small(*d, 1),
            Self::Big(value) => Self::from_integer(value.denom().clone()),
        }
    }

    /// The size in bits of numerator and denominator together.
    pub fn bits(&self) -> u64 {
        match self {
            Self::Small(..) => 128,
            Self::Big(value) => value.numer().bits() + value.denom().bits(),
        }
    }

    /// `self + other`.
    pub fn add(&self, other: &Self) -> Self {
        match (self, other) {
            (Self::Small(a, 1), Self::Small(b, 1)) => match a.checked_add(*b) {
                Some(n) if n != i64::MIN => Self::Small(n, 1),
                _ => Self::reduce(i128::from(*a) + i128::from(*b), 1),
            },
            (Self::Small(a, b), Self::Small(c, d)) => {
                let left = i128::from(*a) * i128::from(*d);
                let right = i128::from(*c) * i128::from(*b);
                match left.checked_add(right) {
                    Some(n) => Self::reduce(n, i128::from(*b) * i128::from(*d)),
                    None => Self::from_big(self.to_big() + other.to_big()),
                }
            }
            _ => match self.integers(other) {
                Some((a, b)) => Self::from_integer(&*a + &*b),
                None => self.with(other, lehmer::sum),
            },
        }
    }

    /// `self - other`.
    pub fn sub(&self, other: &Self) -> Self {
        self.add(&other.neg())
    }

    /// `self * other`.
    pub fn mul(&self, other: &Self) -> Self {
        match (self, other) {
            (Self::Small(a, 1), Self::Small(b, 1)) => match a.checked_mul(*b) {
                Some(n) if n != i64::MIN => Self::Small(n, 1),
                _ => Self::reduce(i128::from(*a) * i128::from(*b), 1),
            },
            (Self::Small(1, 1), _) => other.clone(),
            (_, Self::Small(1, 1)) => self.clone(),
            (Self::Small(a, b), Self::Small(c, d)) => Self::reduce(
                i128::from(*a) * i128::from(*c),
                i128::from(*b) * i128::from(*d),
            ),
            _ => match self.integers(other) {
                Some((a, b)) => Self::from_integer(&*a * &*b),
                None => self.with(other, lehmer::product),
            },
        }
    }

    /// An operation on numerators and denominators with a result in lowest terms.
    fn with(
        &self,
        other: &Self,
        operation: impl Fn([&BigInt; 2], [&BigInt; 2]) -> [BigInt; 2],
    ) -> Self {
        let (a, b) = (self.to_big(), other.to_big());
        let [above, below] = operation([a.numer(), a.denom()], [b.numer(), b.denom()]);
        Self::from_big(BigRational::new_raw(above, below))
    }

    /// `-self`.
    pub fn neg(&self) -> Self {
        match self {
            Self::Small(n, d) => Self::Small(-n, *d),
            Self::Big(value) => Self::from_big(-&**value),
        }
    }

    /// `1/self`, `None` for zero.
    pub fn recip(&self) -> Option<Self> {
        match self {
            Self::Small(0, _) => None,
            Self::Small(1, d) => Some(Self::Small(*d, 1)),
            Self::Small(n, d) => Some(Self::reduce(i128::from(*d), i128::from(*n))),
            Self::Big(value) => Some(Self::from_big(value.recip())),
        }
    }

    /// The absolute value.
    pub fn abs(&self) -> Self {
        if self.is_negative() { self.neg() } else { self.clone() }
    }

    /// The largest integer not above it.
    pub fn floor(&self) -> Self {
        match self {
            Self::Small(n, d) => Self::Small(n.div_euclid(*d), 1),
            Self::Big(value) => Self::from_big(value.floor()),
        }
    }

    /// `self^exponent`, or `None` when the result is undefined or longer than `max_bits`.
    pub fn pow(&self, exponent: i64, max_bits: u64) -> Option<Self> {
        if exponent == 0 {
            return Some(Self::ONE);
        }
        if exponent == 1 {
            return Some(self.clone());
        }
        let base = if exponent < 0 { self.recip()? } else { self.clone() };
        let n = exponent.unsigned_abs();
        match &base {
            Self::Small(a, 1) if a.unsigned_abs() <= 1 => {
                return Some(Self::Small(
                    if n.is_multiple_of(2) { a * a } else { *a },
                    1,
                ));
            }
            Self::Small(a, b) if n <= 64 => {
                let n = n as u32;
                if let (Some(p), Some(q)) = (a.checked_pow(n), b.checked_pow(n))
                    && p != i64::MIN
                {
                    return Some(Self::Small(p, q));
                }
            }
            _ => {}
        }
        let big = base.to_big();
        let bits = (big.numer().bits() + big.denom().bits()).checked_mul(n)?;
        if bits > max_bits {
            return None;
        }
        let n = u32::try_from(n).ok()?;
        Some(Self::from_big(BigRational::new_raw(big.numer().pow(n), big.denom().pow(n))))
    }

    /// The greatest positive number of which both are integer multiples: gcd of the
    /// numerators over lcm of the denominators.
    pub fn gcd(&self, other: &Self) -> Self {
        if self.is_zero() {
            return other.abs();
        }
        if other.is_zero() {
            return self.abs();
        }
        if let (Self::Small(a, b), Self::Small(c, d)) = (self, other) {
            if a.unsigned_abs() == 1 && *b == 1 && *d == 1 {
                return Self::ONE;
            }
            let n = a.unsigned_abs().gcd(&c.unsigned_abs());
            let l = i128::from(*b) / i128::from(b.gcd(d)) * i128::from(*d);
            return Self::reduce(i128::from(n), l);
        }
        if let Some((a, b)) = self.integers(other) {
            return Self::from_integer(lehmer::gcd(&a, &b));
        }
        let (x, y) = (self.to_big(), other.to_big());
        let (n, l) =
            (lehmer::gcd(x.numer(), y.numer()), lehmer::gcd(x.denom(), y.denom()));
        // Both are in lowest terms, so the quotient is, too.
        Self::from_big(BigRational::new_raw(n, x.denom() / l * y.denom()))
    }

    /// Writes a positive integer as `outside^degree * inside` with `inside` as small as a
    /// search over primes below 1000 and the perfect powers among the rest finds it.
    pub fn extract_root(&self, degree: u32) -> (Self, Self) {
        let big = self.to_big();
        let mut rest = big.numer().clone();
        let (mut outside, mut inside) = (BigInt::one(), BigInt::one());
        let mut p = 2u32;
        while p < 1000 && rest > BigInt::one() {
            if let Some(small) = rest.to_u64()
                && u64::from(p) * u64::from(p) > small
            {
                break;
            }
            let count = lehmer::remove_factor(&mut rest, p);
            if count > 0 {
                outside *= BigInt::from(p).pow(count / degree);
                inside *= BigInt::from(p).pow(count % degree);
            }
            p += if p == 2 { 1 } else { 2 };
        }
        let root = rest.nth_root(degree);
        if root.pow(degree) == rest {
            outside *= root;
        } else {
            inside *= rest;
        }
        (Self::from_integer(outside), Self::from_integer(inside))
    }

    /// A positive integer as powers of primes below a bound and what is left of it, with the
    /// exponent 1.
    pub fn small_factors(&self, below: u32) -> Vec<(Self, u32)> {
        let mut rest = self.to_big().numer().clone();
        let mut found = Vec::new();
        for p in 2..below {
            if rest.is_one() {
                break;
            }
            let count = lehmer::remove_factor(&mut rest, p);
            if count > 0 {
                found.push((Self::from(i64::from(p)), count));
            }
        }
        if !rest.is_one() {
            found.push((Self::from_integer(rest), 1));
        }
        found
    }

    /// The exact `degree`-th root of a positive number, when it is rational.
    pub fn exact_root(&self, degree: u32) -> Option<Self> {
        let big = self.to_big();
        let (n, d) = (big.numer().nth_root(degree), big.denom().nth_root(degree));
        (n.pow(degree) == *big.numer() && d.pow(degree) == *big.denom())
            .then(|| Self::from_big(BigRational::new_raw(n, d)))
    }
}

impl From<i64> for Number {
    fn from(value: i64) -> Self {
        Self::reduce(i128::from(value), 1)
    }
}

impl PartialOrd for Number {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Number {
    fn cmp(&self, other: &Self) -> Ordering {
        match (self, other) {
            (Self::Small(a, b), Self::Small(c, d)) if b == d => a.cmp(c),
            (Self::Small(a, b), Self::Small(c, d)) => {
                (i128::from(*a) * i128::from(*d)).cmp(&(i128::from(*c) * i128::from(*b)))
            }
            _ => {
                if let Some((a, b)) = self.integers(other) {
                    return a.cmp(&b);
                }
                let (a, b) = (self.to_big(), other.to_big());
                lehmer::compare([a.numer(), a.denom()], [b.numer(), b.denom()])
            }
        }
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Small(n, 1) => write!(f, "{n}"),
            Self::Small(n, d) => write!(f, "{n}/{d}"),
            Self::Big(value) if value.is_integer() => write!(f, "{}", value.numer()),
            Self::Big(value) => write!(f, "{}/{}", value.numer(), value.denom()),
        }
    }
}
