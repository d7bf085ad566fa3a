//! Polynomials in one variable over a prime field, dense, smallest power first. An empty list
//! is 0, and the last element is never 0.

use super::field::Field;

/// Drops zeros at the end.
pub(super) fn trim(mut a: Vec<u64>) -> Vec<u64> {
    while a.last() == Some(&0) {
        a.pop();
    }
    a
}

pub(super) fn add(field: Field, a: &[u64], b: &[u64]) -> Vec<u64> {
    let (long, short) = if a.len() < b.len() { (b, a) } else { (a, b) };
    let mut sum = long.to_vec();
    for (slot, more) in sum.iter_mut().zip(short) {
        *slot = field.add(*slot, *more);
    }
    trim(sum)
}

pub(super) fn scale(field: Field, a: &[u64], factor: u64) -> Vec<u64> {
    trim(a.iter().map(|c| field.mul(*c, factor)).collect())
}

pub(super) fn sub(field: Field, a: &[u64], b: &[u64]) -> Vec<u64> {
    add(field, a, &scale(field, b, field.neg(field.one)))
}

/// Adds `a*b` to a sum that is long enough or grows.
pub(super) fn add_product(field: Field, sum: &mut Vec<u64>, a: &[u64], b: &[u64]) {
    if a.is_empty() || b.is_empty() {
        return;
    }
    if sum.len() < a.len() + b.len() - 1 {
        sum.resize(a.len() + b.len() - 1, 0);
    }
    for (i, x) in a.iter().enumerate().filter(|(_, x)| **x != 0) {
        for (slot, y) in sum[i..].iter_mut().zip(b) {
            *slot = field.add(*slot, field.mul(*x, *y));
        }
    }
}

pub(super) fn mul(field: Field, a: &[u64], b: &[u64]) -> Vec<u64> {
    let mut product = Vec::new();
    add_product(field, &mut product, a, b);
    trim(product)
}

/// Quotient and remainder; a divisor of 0 leaves everything as the remainder.
pub(super) fn divide(field: Field, a: &[u64], b: &[u64]) -> (Vec<u64>, Vec<u64>) {
    let mut rest = a.to_vec();
    let Some(lead) = b.last() else { return (Vec::new(), rest) };
    if a.len() < b.len() {
        return (Vec::new(), rest);
    }
    let inverse = if *lead == field.one { field.one } else { field.invert(*lead) };
    let mut quotient = vec![0; a.len() - b.len() + 1];
    for at in (0..quotient.len()).rev() {
        let factor = field.mul(rest[at + b.len() - 1], inverse);
        quotient[at] = factor;
        if factor != 0 {
            let opposite = field.neg(factor);
            for (slot, c) in rest[at..].iter_mut().zip(b) {
                *slot = field.add(*slot, field.mul(*c, opposite));
            }
        }
    }
    rest.truncate(b.len() - 1);
    (trim(quotient), trim(rest))
}

pub(super) fn remainder(field: Field, a: &[u64], b: &[u64]) -> Vec<u64> {
    divide(field, a, b).1
}

/// The multiple with leading coefficient 1.
pub(super) fn monic(field: Field, a: &[u64]) -> Vec<u64> {
    match a.last() {
        Some(lead) if *lead != field.one => scale(field, a, field.invert(*lead)),
        _ => a.to_vec(),
    }
}

/// The monic greatest common divisor (Knuth, TAOCP 2, 4.6.1, Euclid's algorithm).
pub(super) fn gcd(field: Field, a: &[u64], b: &[u64]) -> Vec<u64> {
    let (mut a, mut b) = (a.to_vec(), b.to_vec());
    while !b.is_empty() {
        let rest = remainder(field, &a, &b);
        a = std::mem::replace(&mut b, rest);
    }
    monic(field, &a)
}

/// `(s, t)` with `s*a + t*b = 1` and degrees below those of `b` and `a`; `None` when they
/// have a common divisor (von zur Gathen and Gerhard, algorithm 3.14).
pub(super) fn bezout(field: Field, a: &[u64], b: &[u64]) -> Option<(Vec<u64>, Vec<u64>)> {
    let (mut r0, mut r1) = (a.to_vec(), b.to_vec());
    let (mut s0, mut s1) = (vec![field.one], Vec::new());
    let (mut t0, mut t1) = (Vec::new(), vec![field.one]);
    while !r1.is_empty() {
        let (quotient, rest) = divide(field, &r0, &r1);
        let s2 = sub(field, &s0, &mul(field, &quotient, &s1));
        let t2 = sub(field, &t0, &mul(field, &quotient, &t1));
        r0 = std::mem::replace(&mut r1, rest);
        s0 = std::mem::replace(&mut s1, s2);
        t0 = std::mem::replace(&mut t1, t2);
    }
    let [unit] = r0[..] else { return None };
    let inverse = field.invert(unit);
    Some((scale(field, &s0, inverse), scale(field, &t0, inverse)))
}

/// The derivative.
pub(super) fn derivative(field: Field, a: &[u64]) -> Vec<u64> {
    let powers = a.iter().enumerate().skip(1);
    trim(powers.map(|(k, c)| field.mul(*c, field.element(k as i64))).collect())
}

/// `base^exponent` modulo a polynomial.
pub(super) fn power(
    field: Field,
    base: &[u64],
    exponent: u64,
    modulus: &[u64],
) -> Vec<u64> {
    let mut result = remainder(field, &[field.one], modulus);
    for bit in (0..u64::BITS - exponent.leading_zeros()).rev() {
        result = remainder(field, &mul(field, &result, &result), modulus);
        if exponent >> bit & 1 == 1 {
            result = remainder(field, &mul(field, &result, base), modulus);
        }
    }
    result
}
