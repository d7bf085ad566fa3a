//! The relatives of the error function.

use super::context::Context;
use super::newton::settled;
use super::real::Real;

/// Steps of Newton's method that are tried.
const MOST_STEPS: usize = 60;

/// `erfi(x)`, whose series has terms of one sign (DLMF 7.6.1), and far out DLMF 7.12.1.
pub(super) fn erfi(c: &mut Context<'_>, x: &Real) -> Option<Real> {
    let square = x.square();
    let root = c.pi().sqrt();
    if square.double() > c.p as f64 {
        let one = c.whole(1);
        let sum = c.asymptotic(one, 0.0, |term, k| term * (2 * k - 1) / &square / 2)?;
        return Some(c.exp(&square) / x / root * sum);
    }
    let mut power = x.clone();
    let start = 2.0 * square.double();
    let sum = c.sum(x.clone(), start, 1.0, |_, k| {
        power = &power * &square / k;
        &power / (2 * k + 1)
    })?;
    Some(sum * 2 / root)
}

/// The inverse of the error function.
pub(super) fn inverse(c: &mut Context<'_>, u: &Real) -> Option<Real> {
    let rest = c.whole(1) - u.abs();
    if !rest.is_positive() {
        return Some(c.undefined());
    }
    if rest.is_below(0.5) {
        let value = inverse_complement(c, &rest)?;
        return Some(if u.is_negative() { -value } else { value });
    }
    // Newton's method for erf(y) = u.
    let half = c.pi().sqrt() / 2;
    let mut y = (u * &half).pinned();
    for _ in 0..MOST_STEPS {
        let off = (c.erf(&y)? - u) * &half * c.exp(&y.square());
        if let Some(y) = settled(&mut y, &-off) {
            return Some(y);
        }
    }
    None
}

/// The inverse of the complementary error function.
pub(super) fn inverse_complement(c: &mut Context<'_>, u: &Real) -> Option<Real> {
    let rest = c.whole(2) - u;
    if !u.is_positive() || !rest.is_positive() {
        return Some(c.undefined());
    }
    if !u.is_below(0.5) {
        return match rest.is_below(0.5) {
            true => Some(-inverse_complement(c, &rest)?),
            false => inverse(c, &(c.whole(1) - u)),
        };
    }
    // Newton's method for the logarithm of both sides, which is concave.
    let target = c.ln(u);
    let half = c.pi().sqrt() / 2;
    let mut y = (-&target).sqrt().pinned();
    for _ in 0..MOST_STEPS {
        let value = c.erfc(&y)?;
        let off = (c.ln(&value) - &target) * &value * &half * c.exp(&y.square());
        if let Some(y) = settled(&mut y, &off) {
            return Some(y);
        }
    }
    None
}
