//! Polynomials in one variable with integer coefficients, dense, smallest power first. An
//! empty list is 0, and the last element is never 0.

use super::work::amount;
use super::{Exhausted, Polynomial, Work};
use crate::kernel::Number;
use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::{One, Signed, Zero};

/// The coefficients of a polynomial with integer coefficients in one of its variables, the
/// only one that occurs.
pub(super) fn from_polynomial(
    p: &Polynomial,
    variable: usize,
    work: &mut Work,
) -> Result<Vec<BigInt>, Exhausted> {
    work.spend(u64::from(p.degree(variable)) + 1)?;
    let mut result = vec![BigInt::zero(); p.degree(variable) as usize + 1];
    for (exponents, coefficient) in p.terms() {
        let power = exponents.get(variable).copied().unwrap_or(0);
        if let Some(integer) = coefficient.to_integer() {
            result[power as usize] = integer.into_owned();
        }
    }
    Ok(trim(result))
}

/// The sparse polynomial in one of several variables.
pub(super) fn to_polynomial(
    a: &[BigInt],
    variable: usize,
    variables: usize,
) -> Polynomial {
    let mut result = Polynomial::with_capacity(variables, a.len());
    let mut exponents = vec![0; variables];
    for (power, coefficient) in a.iter().enumerate().rev() {
        exponents[variable] = power as u32;
        result.push(&exponents, Number::from_integer(coefficient.clone()));
    }
    result
}

/// Drops zeros at the end.
pub(super) fn trim(mut a: Vec<BigInt>) -> Vec<BigInt> {
    while a.last().is_some_and(Zero::is_zero) {
        a.pop();
    }
    a
}

/// The greatest length of a coefficient in words.
pub(super) fn words(a: &[BigInt]) -> u64 {
    a.iter().map(|c| 1 + c.bits() / 64).max().unwrap_or(1)
}

/// The product.
pub(super) fn mul(a: &[BigInt], b: &[BigInt]) -> Vec<BigInt> {
    if a.is_empty() || b.is_empty() {
        return Vec::new();
    }
    let mut product = vec![BigInt::zero(); a.len() + b.len() - 1];
    for (i, x) in a.iter().enumerate().filter(|(_, x)| !x.is_zero()) {
        for (slot, y) in product[i..].iter_mut().zip(b) {
            *slot += x * y;
        }
    }
    trim(product)
}

/// What a product or quotient of two polynomials costs.
pub(super) fn price(a: &[BigInt], b: &[BigInt]) -> u64 {
    amount((a.len() + 1) * (b.len() + 1))
        .saturating_mul(words(a).saturating_mul(words(b)))
}

/// The content, with the sign of the leading coefficient.
pub(super) fn content(a: &[BigInt]) -> BigInt {
    let mut content = BigInt::zero();
    for c in a {
        // One division first: the binary method is slow for different lengths.
        content = if content.is_zero() { c.abs() } else { content.gcd(&(c % &content)) };
        if content.is_one() {
            break;
        }
    }
    if a.last().is_some_and(Signed::is_negative) { -content } else { content }
}

/// The primitive part with a positive leading coefficient.
pub(super) fn primitive(a: &[BigInt]) -> Vec<BigInt> {
    let content = content(a);
    if content.is_zero() || content.is_one() {
        return a.to_vec();
    }
    a.iter().map(|c| c / &content).collect()
}

/// The quotient when it has integer coefficients and nothing is left over.
pub(super) fn divide_exactly(a: &[BigInt], b: &[BigInt]) -> Option<Vec<BigInt>> {
    let lead = b.last()?;
    if a.len() < b.len() {
        return a.is_empty().then(Vec::new);
    }
    let mut rest = a.to_vec();
    let mut quotient = vec![BigInt::zero(); a.len() - b.len() + 1];
    for at in (0..quotient.len()).rev() {
        let (factor, left) = rest[at + b.len() - 1].div_rem(lead);
        if !left.is_zero() {
            return None;
        }
        if !factor.is_zero() {
            for (slot, c) in rest[at..].iter_mut().zip(b) {
                *slot -= &factor * c;
            }
        }
        quotient[at] = factor;
    }
    rest.iter().all(Zero::is_zero).then_some(quotient)
}

/// The residue of least size.
pub(super) fn nearest(value: &BigInt, modulus: &BigInt) -> BigInt {
    let rest = value.mod_floor(modulus);
    if &rest * 2 > *modulus { rest - modulus } else { rest }
}

/// All coefficients modulo a number.
pub(super) fn reduce(a: &[BigInt], modulus: &BigInt) -> Vec<BigInt> {
    trim(a.iter().map(|c| c.mod_floor(modulus)).collect())
}
