//! Factors modulo a power of a prime from factors modulo the prime.

use super::field::Field;
use super::work::amount;
use super::{Exhausted, Work, dense, modular};
use num_bigint::BigInt;
use num_traits::{One, Zero};

/// `a + b*c` modulo a number.
fn plus(a: &[BigInt], b: &[BigInt], c: &[BigInt], modulus: &BigInt) -> Vec<BigInt> {
    let mut sum = dense::mul(b, c);
    if sum.len() < a.len() {
        sum.resize(a.len(), BigInt::zero());
    }
    for (slot, more) in sum.iter_mut().zip(a) {
        *slot += more;
    }
    dense::reduce(&sum, modulus)
}

fn negative(a: &[BigInt]) -> Vec<BigInt> {
    a.iter().map(|c| -c).collect()
}

/// Quotient and remainder by a monic polynomial, modulo a number.
fn divide(a: &[BigInt], b: &[BigInt], modulus: &BigInt) -> (Vec<BigInt>, Vec<BigInt>) {
    let mut rest = a.to_vec();
    if a.len() < b.len() {
        return (Vec::new(), rest);
    }
    let mut quotient = vec![BigInt::zero(); a.len() - b.len() + 1];
    for at in (0..quotient.len()).rev() {
        let factor = &rest[at + b.len() - 1] % modulus;
        for (slot, c) in rest[at..].iter_mut().zip(b) {
            *slot -= &factor * c;
        }
        quotient[at] = factor;
    }
    rest.truncate(b.len() - 1);
    (dense::reduce(&quotient, modulus), dense::reduce(&rest, modulus))
}

fn lifted_from(field: Field, a: &[u64]) -> Vec<BigInt> {
    let prime = BigInt::from(field.prime());
    let integers = a.iter().map(|c| BigInt::from(field.integer(*c)));
    dense::reduce(&integers.collect::<Vec<_>>(), &prime)
}

/// Lifts the monic factors of a monic polynomial from a prime `p` to `p^(2^steps)`, by halves:
/// two products are lifted, then each is split again (von zur Gathen and Gerhard, algorithms
/// 15.10 and 15.17). `None` when the factors have a common divisor modulo the prime.
///
/// The depth of the recursion is the logarithm of the number of factors.
pub(super) fn lift(
    field: Field,
    f: &[BigInt],
    factors: &[Vec<u64>],
    steps: u32,
    work: &mut Work,
) -> Result<Option<Vec<Vec<BigInt>>>, Exhausted> {
    if factors.len() <= 1 {
        return Ok(Some(vec![f.to_vec()]));
    }
    let (first, second) = factors.split_at(factors.len() / 2);
    let one = || vec![field.one];
    let product = |part: &[Vec<u64>]| {
        part.iter().fold(one(), |product, factor| modular::mul(field, &product, factor))
    };
    let (left, right) = (product(first), product(second));
    let Some((s, t)) = modular::bezout(field, &left, &right) else { return Ok(None) };
    let [mut g, mut h, mut s, mut t] =
        [left, right, s, t].map(|a| lifted_from(field, &a));
    let mut modulus = BigInt::from(field.prime());
    for _ in 0..steps {
        modulus = &modulus * &modulus;
        let words = 1 + modulus.bits() / 64;
        work.spend(amount(f.len() * f.len()).saturating_mul(8 * words * words))?;
        let error = plus(f, &negative(&g), &h, &modulus);
        let (q, r) = divide(&dense::mul(&s, &error), &h, &modulus);
        let change = plus(&dense::mul(&t, &error), &q, &g, &modulus);
        g = plus(&g, &[BigInt::one()], &change, &modulus);
        h = plus(&h, &[BigInt::one()], &r, &modulus);
        let unit = plus(&dense::mul(&s, &g), &t, &h, &modulus);
        let error = plus(&unit, &[-BigInt::one()], &[BigInt::one()], &modulus);
        let (c, d) = divide(&dense::mul(&s, &error), &h, &modulus);
        s = plus(&s, &[-BigInt::one()], &d, &modulus);
        let change = plus(&dense::mul(&t, &error), &c, &g, &modulus);
        t = plus(&t, &[-BigInt::one()], &change, &modulus);
    }
    let Some(mut result) = lift(field, &g, first, steps, work)? else { return Ok(None) };
    let Some(rest) = lift(field, &h, second, steps, work)? else { return Ok(None) };
    result.extend(rest);
    Ok(Some(result))
}
