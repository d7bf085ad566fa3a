//! Exact values of functions at exact numbers.

use super::{bernoulli, orthogonal};
use crate::kernel::{MAX_BITS, Number};
use num_bigint::BigInt;

/// The largest argument of which a factorial is written out.
const MAX_FACTORIAL: i64 = 1000;

type Exact = fn(&[Number]) -> Option<Number>;

/// Functions with rational values at rational arguments, by name.
const TABLE: &[(&str, Exact)] = &[
    ("abs", |a| Some(a[0].abs())),
    ("sign", |a| Some(sign(&a[0]))),
    ("floor", |a| Some(a[0].floor())),
    ("ceil", |a| Some(a[0].neg().floor().neg())),
    ("round", |a| Some(round(&a[0]))),
    ("trunc", |a| Some(truncated(&a[0]))),
    ("frac", |a| Some(a[0].sub(&a[0].floor()))),
    ("kronecker", |a| Some(if a[0] == a[1] { Number::ONE } else { Number::ZERO })),
    ("root", |a| root(&a[0], a[1].to_i64()?)),
    ("heaviside", |a| Some(sign(&a[0]).add(&Number::ONE).mul(&Number::HALF))),
    ("step_left", |a| Some(sign(&a[0]).max(Number::ZERO))),
    ("step_right", |a| Some(sign(&a[0]).min(Number::ZERO).add(&Number::ONE))),
    ("relu", |a| Some(a[0].clone().max(Number::ZERO))),
    ("max", |a| Some(a[0].clone().max(a[1].clone()))),
    ("min", |a| Some(a[0].clone().min(a[1].clone()))),
    ("mod", |a| {
        let quotient = a[0].mul(&a[1].recip()?).floor();
        Some(a[0].sub(&quotient.mul(&a[1])))
    }),
    ("factorial", |a| factorial(a[0].to_i64()?)),
    ("gamma", |a| factorial(a[0].to_i64()?.checked_sub(1)?)),
    ("binomial", |a| binomial(&a[0], a[1].to_i64()?)),
    ("beta", |a| beta(&a[0], &a[1])),
    ("log2", |a| logarithm(&a[0], &Number::from(2))),
    ("log10", |a| logarithm(&a[0], &Number::from(10))),
    ("hypot", |a| a[0].mul(&a[0]).add(&a[1].mul(&a[1])).exact_root(2)),
    ("besselj", |a| bessel_at_zero(&a[0], &a[1])),
    ("besseli", |a| bessel_at_zero(&a[0], &a[1])),
    ("polylog", |a| a[1].is_zero().then_some(Number::ZERO)),
    ("zeta", |a| bernoulli::hurwitz(&a[0], &Number::ONE)),
    ("hurwitz", |a| bernoulli::hurwitz(&a[0], &a[1])),
    ("dirichlet_eta", |a| bernoulli::eta(&a[0])),
    ("harmonic_order", |a| bernoulli::harmonic(&a[0], &a[1])),
    ("cbrt", |a| {
        let root = a[0].abs().exact_root(3)?;
        Some(if a[0].is_negative() { root.neg() } else { root })
    }),
];

/// The exact value of a function at numbers, where it is rational and known.
pub(super) fn value(name: &str, arguments: &[Number]) -> Option<Number> {
    match TABLE.iter().find(|(known, _)| *known == name) {
        Some((_, exact)) => exact(arguments),
        None => orthogonal::value(name, arguments),
    }
}

/// The angle of a point on an axis or between two, in half turns.
pub(super) fn angle(y: &Number, x: &Number) -> Option<Number> {
    let (up, right) = (sign(y).to_i64()?, sign(x).to_i64()?);
    let (above, below) = match (up, right) {
        (0, 1) => (0, 1),
        (0, -1) => (1, 1),
        (_, 0) if up != 0 => (up, 2),
        (_, 1) if y.abs() == x.abs() => (up, 4),
        (_, -1) if y.abs() == x.abs() => (3 * up, 4),
        _ => return None,
    };
    Number::ratio(above, below)
}

fn sign(x: &Number) -> Number {
    if x.is_zero() {
        Number::ZERO
    } else if x.is_negative() {
        Number::MINUS_ONE
    } else {
        Number::ONE
    }
}

/// Halves go away from zero.
fn round(x: &Number) -> Number {
    let up = x.abs().add(&Number::HALF).floor();
    if x.is_negative() { up.neg() } else { up }
}

/// The whole part, towards zero.
fn truncated(x: &Number) -> Number {
    let down = x.abs().floor();
    if x.is_negative() { down.neg() } else { down }
}

/// The real root of a whole order other than 0; of an odd one below zero too.
fn root(x: &Number, order: i64) -> Option<Number> {
    let degree = u32::try_from(order.unsigned_abs()).ok().filter(|n| *n > 0)?;
    let root = x.abs().exact_root(degree)?;
    let root = match x.is_negative() {
        true if degree % 2 == 0 => return None,
        true => root.neg(),
        false => root,
    };
    if order < 0 { root.recip() } else { Some(root) }
}

/// `1/(a*binomial(a + b - 1, a))` for whole numbers above 0 (DLMF 5.12.1).
fn beta(a: &Number, b: &Number) -> Option<Number> {
    let is_whole = |n: &Number| n.is_integer() && n.is_positive();
    if !is_whole(a) || !is_whole(b) {
        return None;
    }
    let both = a.add(b).sub(&Number::ONE);
    a.mul(&binomial(&both, a.to_i64()?)?).recip()
}

fn factorial(n: i64) -> Option<Number> {
    if !(0..=MAX_FACTORIAL).contains(&n) {
        return None;
    }
    Some((2..=n).fold(Number::ONE, |product, k| product.mul(&Number::from(k))))
}

/// Of a whole number each step is a division of integers that leaves no rest; of others, the
/// products are divided once. What no pool takes is not written out.
fn binomial(n: &Number, k: i64) -> Option<Number> {
    if !(0..=MAX_FACTORIAL).contains(&k) {
        return None;
    }
    if let Some(n) = n.to_integer() {
        let whole = (0..k).try_fold(BigInt::from(1), |product, j| {
            let next = product * (&*n - j) / (j + 1);
            (next.bits() <= MAX_BITS).then_some(next)
        });
        return whole.map(Number::from_integer);
    }
    let (p, q) = (n.numerator(), n.denominator());
    let both = (Number::ONE, Number::ONE);
    let (above, below) = (0..k).try_fold(both, |(above, below), j| {
        let above = above.mul(&p.sub(&q.mul(&Number::from(j))));
        let below = below.mul(&q).mul(&Number::from(j + 1));
        (above.bits() <= MAX_BITS).then_some((above, below))
    })?;
    Some(above.mul(&below.recip()?))
}

/// The logarithm of a whole number, or of the reciprocal of one, to a whole base where it is
/// rational: both are then powers of one number, which Euclid's algorithm finds.
pub(crate) fn logarithm(n: &Number, base: &Number) -> Option<Number> {
    let (one, two) = (Number::ONE, Number::from(2));
    if !n.is_positive() || !base.is_integer() || *base < two {
        return None;
    }
    if *n < one {
        return logarithm(&n.recip()?, base).map(|log| log.neg());
    }
    if !n.is_integer() {
        return None;
    }
    let (mut rest, mut whole) = (n.clone(), Number::ZERO);
    let inverse = base.recip()?;
    while rest >= *base {
        rest = rest.mul(&inverse);
        whole = whole.add(&one);
        if !rest.is_integer() {
            return None;
        }
    }
    if rest.is_one() {
        return Some(whole);
    }
    Some(whole.add(&logarithm(base, &rest)?.recip()?))
}

/// Bessel functions that are regular at 0, of whole order (DLMF 10.2.2, 10.25.2).
fn bessel_at_zero(order: &Number, at: &Number) -> Option<Number> {
    let is_regular = order.is_integer() || order.is_positive();
    (is_regular && at.is_zero())
        .then(|| if order.is_zero() { Number::ONE } else { Number::ZERO })
}
