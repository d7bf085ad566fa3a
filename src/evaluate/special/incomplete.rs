//! Incomplete gamma and beta functions and exponential integrals of any order.

use super::context::Context;
use super::gamma::{beta, digamma, gamma, rising_product};
use super::real::Real;

/// The lower incomplete gamma function, by DLMF 8.7.1.
pub(super) fn lower_gamma(c: &mut Context<'_>, a: &Real, x: &Real) -> Option<Real> {
    if a.is_pole() || x.is_negative() || x.is_zero() && !a.is_positive() {
        return Some(c.undefined());
    }
    if x.is_zero() {
        return Some(c.whole(0));
    }
    if x.double() > c.p as f64 + 2.0 * a.double().abs() {
        return Some(gamma(c, a)? - upper_gamma(c, a, x)?);
    }
    let start = a.double().abs() + 2.0 * x.double();
    let sum = c.sum(a.inverse(), start, 1.0, |term, k| term * x / (a + k))?;
    Some(power_exponential(c, a, x) * sum)
}

/// `x^a*e^(-x)`.
fn power_exponential(c: &mut Context<'_>, a: &Real, x: &Real) -> Real {
    c.power(x, a) * c.exp(&-x)
}

/// The upper incomplete gamma function; for a positive whole `a` also of negative `x`.
pub(super) fn upper_gamma(c: &mut Context<'_>, a: &Real, x: &Real) -> Option<Real> {
    if x.is_negative() {
        return match a.whole() {
            Some(n) if n > 0 => finite(c, n, x),
            _ => Some(c.undefined()),
        };
    }
    if x.is_zero() {
        return if a.is_positive() { gamma(c, a) } else { Some(c.undefined()) };
    }
    let order = a.double();
    if x.double() > c.p as f64 + 2.0 * order.abs() {
        // DLMF 8.11.2; the error is at most the first term that is left out.
        let first = power_exponential(c, a, x) / x;
        return c.asymptotic(first, order, |term, k| term * (a - k) / x);
    }
    match a.whole() {
        Some(n) if n <= 0 => at_pole(c, -n, x),
        _ => Some(gamma(c, a)? - lower_gamma(c, a, x)?),
    }
}

/// `(n - 1)!*e^(-x)*(1 + x + x^2/2! + …)` with n terms.
fn finite(c: &mut Context<'_>, n: i64, x: &Real) -> Option<Real> {
    c.pay(2 * n.unsigned_abs())?;
    let (mut term, mut sum) = (c.whole(1), c.whole(1));
    for k in 1..n {
        term = term * x / k;
        sum = sum + &term;
    }
    Some(rising_product(&c.whole(1), n - 1) * c.exp(&-x) * sum)
}

/// Of the order `-n`, by DLMF 8.4.15.
fn at_pole(c: &mut Context<'_>, n: i64, x: &Real) -> Option<Real> {
    c.pay(n.unsigned_abs())?;
    let sign = if n % 2 == 0 { 1 } else { -1 };
    let whole = c.whole(n + 1);
    let head = digamma(c, &whole)? - c.ln(x);
    let head = head / rising_product(&c.whole(1), n) * sign;
    // The powers without the one that stands for the logarithm.
    let mut power = c.whole(1);
    let mut sum = c.whole(0);
    for k in 0..n {
        sum = sum + &power / (k - n);
        power = -power * x / (k + 1);
    }
    power = -power * x / (n + 1);
    let series = c.sum(power.clone(), 2.0 * x.double(), 1.0, |_, k| {
        power = -&power * x / (n + 1 + k);
        &power / (k + 1)
    })?;
    Some(head - (sum + series) * c.whole_power(x, -n))
}

/// The generalised exponential integral of order `p`.
pub(super) fn expint(c: &mut Context<'_>, p: &Real, x: &Real) -> Option<Real> {
    let less = p - 1;
    if x.is_zero() {
        return Some(if less.is_positive() { less.inverse() } else { c.undefined() });
    }
    if x.is_negative() && p.whole().is_none() {
        return Some(c.undefined());
    }
    let gamma = upper_gamma(c, &-&less, x)?;
    Some(c.power(x, &less) * gamma)
}

/// The incomplete beta function from `x` to `y`.
pub(super) fn beta_between(c: &mut Context<'_>, arguments: &[Real]) -> Option<Real> {
    let [a, b, x, y] = arguments else { return None };
    let one = c.whole(1);
    let is_inside = |t: &Real| !t.is_negative() && !(&one - t).is_negative();
    if !a.is_positive() || !b.is_positive() || !is_inside(x) || !is_inside(y) {
        return Some(c.undefined());
    }
    if (x - y).is_zero() {
        return Some(c.whole(0));
    }
    Some(beta_from_zero(c, a, b, y)? - beta_from_zero(c, a, b, x)?)
}

/// The same over the beta function.
pub(super) fn beta_regularized(c: &mut Context<'_>, arguments: &[Real]) -> Option<Real> {
    let part = beta_between(c, arguments)?;
    match arguments {
        [a, b, ..] if !part.is_nan() => Some(part / beta(c, a, b)?),
        _ => Some(part),
    }
}

/// From 0 to `x`, by DLMF 8.17.8, on the side of the peak where the terms fall.
fn beta_from_zero(c: &mut Context<'_>, a: &Real, b: &Real, x: &Real) -> Option<Real> {
    let rest = c.whole(1) - x;
    if x.is_zero() {
        return Some(c.whole(0));
    }
    let sum = a + b;
    if rest.is_zero() {
        return beta(c, a, b);
    }
    if x.double() * (sum.double() + 2.0) > a.double() + 1.0 {
        let other = beta_below(c, b, a, &rest, x)?;
        return Some(beta(c, a, b)? - other);
    }
    beta_below(c, a, b, x, &rest)
}

fn beta_below(
    c: &mut Context<'_>,
    a: &Real,
    b: &Real,
    x: &Real,
    rest: &Real,
) -> Option<Real> {
    let head = c.power(x, a) * c.power(rest, b) / a;
    let sum = a + b;
    let tail = 1.0 - rest.double().log2().min(0.0);
    let start = 0.0;
    let one = c.whole(1);
    let series =
        c.sum(one, start, tail, |term, k| term * x * (&sum + (k - 1)) / (a + k))?;
    Some(head * series)
}
