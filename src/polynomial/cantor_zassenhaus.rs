//! Factors in one variable over a prime field (Cantor and Zassenhaus 1981; von zur Gathen
//! and Gerhard, algorithms 14.3 and 14.8).

use super::field::{Field, Sequence};
use super::modular::{derivative, divide, gcd, monic, mul, power, remainder, sub};
use super::work::amount;
use super::{Exhausted, Work};

/// Whether a polynomial has no multiple factor.
pub(super) fn is_square_free(field: Field, f: &[u64]) -> bool {
    gcd(field, f, &derivative(field, f)).len() == 1
}

/// What one power modulo a polynomial costs.
fn price(field: Field, f: &[u64]) -> u64 {
    let bits = u64::from(u64::BITS - field.prime().leading_zeros());
    amount(f.len() * f.len()).saturating_mul(3 * bits)
}

/// Products of all irreducible factors of a degree, with that degree, of a monic square-free
/// polynomial.
pub(super) fn by_degree(
    field: Field,
    f: &[u64],
    work: &mut Work,
) -> Result<Vec<(Vec<u64>, usize)>, Exhausted> {
    let mut rest = f.to_vec();
    let mut result = Vec::new();
    let x = [0, field.one];
    let mut frobenius = remainder(field, &x, &rest);
    let mut degree = 0;
    while rest.len() > 2 * (degree + 1) {
        degree += 1;
        work.spend(price(field, &rest))?;
        frobenius = power(field, &frobenius, field.prime(), &rest);
        let found = gcd(field, &rest, &sub(field, &frobenius, &x));
        if found.len() > 1 {
            rest = divide(field, &rest, &found).0;
            frobenius = remainder(field, &frobenius, &rest);
            result.push((found, degree));
        }
    }
    if rest.len() > 1 {
        let degree = rest.len() - 1;
        result.push((rest, degree));
    }
    Ok(result)
}

/// The irreducible factors of a monic product of factors that all have one degree.
pub(super) fn of_equal_degree(
    field: Field,
    product: Vec<u64>,
    degree: usize,
    random: &mut Sequence,
    work: &mut Work,
) -> Result<Vec<Vec<u64>>, Exhausted> {
    let mut open = vec![product];
    let mut result = Vec::new();
    while let Some(f) = open.pop() {
        if f.len() - 1 <= degree {
            result.push(f);
            continue;
        }
        work.spend(price(field, &f).saturating_mul(amount(degree)))?;
        let try_at: Vec<u64> = (1..f.len()).map(|_| random.element(field)).collect();
        let mut conjugate = try_at.clone();
        let mut norm = try_at;
        for _ in 1..degree {
            conjugate = power(field, &conjugate, field.prime(), &f);
            norm = remainder(field, &mul(field, &norm, &conjugate), &f);
        }
        let sign = power(field, &norm, (field.prime() - 1) / 2, &f);
        let found = gcd(field, &f, &sub(field, &sign, &[field.one]));
        if found.len() > 1 && found.len() < f.len() {
            open.push(monic(field, &divide(field, &f, &found).0));
            open.push(found);
        } else {
            open.push(f);
        }
    }
    result.sort();
    Ok(result)
}
