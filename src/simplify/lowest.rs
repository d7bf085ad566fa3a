//! Numbers that stand above and below a fraction bar: `(4*x + 2)/6` is `(2*x + 1)/3`.

use crate::kernel::{ExprId, Node, Number, Pool};
use smallvec::SmallVec;

/// Powers of common denominators with more bits are not made.
const MAX_BITS: u64 = 256;

/// A product with the numbers cancelled that divide a sum, or the number, above the bar and a
/// sum, or the number, below it; `None` when there are none.
pub(super) fn in_lowest_terms(
    pool: &mut Pool,
    coefficient: &Number,
    factors: &[ExprId],
) -> Option<ExprId> {
    let mut parts: SmallVec<[ExprId; 8]> = SmallVec::from_slice(factors);
    let mut coefficient = coefficient.clone();
    let mut found = false;
    for below in 0..parts.len() {
        let Some((base, n)) = sum_power(pool, parts[below]).filter(|(_, n)| *n < 0)
        else {
            continue;
        };
        let own = content(pool, base);
        let common = own.gcd(&coefficient.numerator());
        let shared = if n == -1 { common.clone() } else { own };
        let Some(scale) = shared.pow(n, MAX_BITS) else { continue };
        let left = coefficient.mul(&scale);
        // 4/(2*x + 6)^2 is 1/(x + 3)^2, and 3/(3*x + 3)^2 is 1/(3*(x + 1)^2).
        let is_less = left.denominator() == coefficient.denominator()
            || left.numerator().abs().is_one();
        if !common.is_one() && is_less {
            let base = divided(pool, base, &shared);
            parts[below] = pool.integer_power(base, n);
            coefficient = left;
            found = true;
        }
    }
    for above in 0..parts.len() {
        if !matches!(pool.node(parts[above]), Node::Sum(_)) {
            continue;
        }
        let shared = content(pool, parts[above]).gcd(&coefficient.denominator());
        if !shared.is_one() {
            parts[above] = divided(pool, parts[above], &shared);
            coefficient = coefficient.mul(&shared);
            found = true;
        }
        for below in 0..parts.len() {
            let Some((base, -1)) = sum_power(pool, parts[below]) else { continue };
            let shared = content(pool, parts[above]).gcd(&content(pool, base));
            if !shared.is_one() {
                parts[above] = divided(pool, parts[above], &shared);
                let base = divided(pool, base, &shared);
                parts[below] = pool.power(base, Pool::MINUS_ONE);
                found = true;
            }
        }
    }
    found.then(|| pool.product_with(coefficient, &parts))
}

/// A quotient with the denominators of coefficients gone from its sums:
/// `(x - 1/2)/(x^2/3 + 1)` is `3*(2*x - 1)/(2*(x^2 + 3))`; `None` when there are none.
pub(super) fn with_whole_numbers(
    pool: &mut Pool,
    coefficient: &Number,
    factors: &[ExprId],
) -> Option<ExprId> {
    let mut parts: SmallVec<[ExprId; 8]> = SmallVec::from_slice(factors);
    let mut coefficient = coefficient.clone();
    let mut found = false;
    for part in &mut parts {
        let Some((base, n)) = sum_power(pool, *part) else { continue };
        let common = denominator(pool, base);
        if common.is_one() {
            continue;
        }
        let whole = divided(pool, base, &common.recip()?);
        *part = pool.integer_power(whole, n);
        coefficient = coefficient.mul(&common.pow(-n, MAX_BITS)?);
        found = true;
    }
    found.then(|| pool.product_with(coefficient, &parts))
}

/// A whole power of a sum: the sum and the exponent.
fn sum_power(pool: &Pool, factor: ExprId) -> Option<(ExprId, i64)> {
    let (base, exponent) = pool.base(factor);
    let n = pool.as_number(exponent)?.to_i64()?;
    matches!(pool.node(base), Node::Sum(_)).then_some((base, n))
}

/// The least common denominator of the coefficients of a sum.
fn denominator(pool: &Pool, sum: ExprId) -> Number {
    let coefficients = pool
        .terms(&sum)
        .iter()
        .map(|term| pool.as_number(*term).unwrap_or(pool.coefficient(*term).0));
    let mut common = Number::ONE;
    for n in coefficients.filter(|n| !n.is_integer()) {
        let d = n.denominator();
        let shared = common.gcd(&d);
        common = common.mul(&d).mul(&shared.recip().unwrap_or(Number::ONE));
    }
    common
}

/// The greatest whole number that divides all coefficients of a sum; 1 when one is broken.
fn content(pool: &Pool, sum: ExprId) -> Number {
    let mut content = Number::ZERO;
    for term in pool.terms(&sum) {
        let coefficient = pool.as_number(*term).unwrap_or(pool.coefficient(*term).0);
        if !coefficient.is_integer() {
            return Number::ONE;
        }
        content = content.gcd(coefficient);
        if content.is_one() {
            break;
        }
    }
    content
}

fn divided(pool: &mut Pool, sum: ExprId, by: &Number) -> ExprId {
    let Some(inverse) = by.recip() else { return sum };
    let terms: SmallVec<[ExprId; 8]> = SmallVec::from_slice(pool.terms(&sum));
    let terms: SmallVec<[ExprId; 8]> =
        terms.iter().map(|term| pool.scale(&inverse, *term)).collect();
    pool.sum(&terms)
}
