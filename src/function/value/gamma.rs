//! The gamma function and its relatives.

use super::zeta;
use spec_math::cephes64;
use std::f64::consts::PI;

/// Whether `x` is 0, -1, -2 …, a pole of the gamma function.
pub(crate) fn is_pole(x: f64) -> bool {
    x <= 0.0 && x.fract() == 0.0
}

/// Gamma function.
pub(crate) fn gamma(x: f64) -> f64 {
    if is_pole(x) || x.is_nan() {
        f64::NAN
    } else if x > 172.0 {
        f64::INFINITY
    } else if x < -185.0 {
        0.0
    } else {
        cephes64::gamma(x)
    }
}

/// Reciprocal of the gamma function, 0 at its poles.
pub(crate) fn reciprocal_gamma(x: f64) -> f64 {
    if is_pole(x) { 0.0 } else { gamma(x).recip() }
}

/// Logarithm of the absolute value of the gamma function.
pub(crate) fn ln_gamma(x: f64) -> f64 {
    if is_pole(x) {
        f64::NAN
    } else if (x - 1.0).abs() < 0.1 {
        ln_gamma_after_one(x - 1.0)
    } else if (x - 2.0).abs() < 0.1 {
        (x - 2.0).ln_1p() + ln_gamma_after_one(x - 2.0)
    } else {
        cephes64::lgam(x)
    }
}

/// `ln(gamma(1 + s))` for `|s| <= 1/10` by its Taylor series, DLMF 5.7.3.
fn ln_gamma_after_one(s: f64) -> f64 {
    let terms = (2..18).rev().map(f64::from);
    let tail = terms.fold(0.0, |sum, k| (sum + zeta::zeta(k) / k) * -s);
    -s * (0.577_215_664_901_532_9 + tail)
}

/// `gamma(1 + s) - 1`.
pub(crate) fn gamma_minus_one(s: f64) -> f64 {
    if s.abs() < 0.1 { ln_gamma_after_one(s).exp_m1() } else { gamma(1.0 + s) - 1.0 }
}

/// The sign of the gamma function.
fn sign(x: f64) -> f64 {
    if x < 0.0 && x.floor() % 2.0 != 0.0 { -1.0 } else { 1.0 }
}

/// Digamma function.
pub(crate) fn digamma(x: f64) -> f64 {
    if is_pole(x) || x == f64::NEG_INFINITY { f64::NAN } else { cephes64::psi(x) }
}

/// Polygamma function of integer order `n` (DLMF 25.11.12).
pub(crate) fn polygamma(n: f64, x: f64) -> f64 {
    if n == 0.0 {
        return digamma(x);
    }
    if n < 0.0 || n.fract() != 0.0 || n > 170.0 || is_pole(x) {
        return f64::NAN;
    }
    let sign = if n % 2.0 == 1.0 { 1.0 } else { -1.0 };
    sign * gamma(n + 1.0) * zeta::hurwitz(n + 1.0, x)
}

/// Beta function.
pub(crate) fn beta(x: f64, y: f64) -> f64 {
    if is_pole(x) || is_pole(y) || !x.is_finite() || !y.is_finite() {
        return f64::NAN;
    }
    if is_pole(x + y) {
        return 0.0;
    }
    if x.abs().max(y.abs()).max((x + y).abs()) < 170.0 {
        return gamma(x) / gamma(x + y) * gamma(y);
    }
    let size = (ln_gamma(x) + ln_gamma(y) - ln_gamma(x + y)).exp();
    size * sign(x) * sign(y) * sign(x + y)
}

/// Factorial, extended by the gamma function.
pub(crate) fn factorial(x: f64) -> f64 {
    gamma(x + 1.0)
}

/// Binomial coefficient, extended by the gamma function.
pub(crate) fn binomial(n: f64, k: f64) -> f64 {
    if !n.is_finite() || !k.is_finite() {
        return f64::NAN;
    }
    if k.fract() == 0.0 && (0.0..=200.0).contains(&k) {
        return product(n, k);
    }
    if k.fract() == 0.0 && k < 0.0 && !is_pole(n + 1.0) {
        return 0.0;
    }
    let rest = n - k;
    if rest.fract() == 0.0 && (0.0..=200.0).contains(&rest) {
        return product(n, rest);
    }
    if is_pole(n + 1.0) {
        return f64::NAN;
    }
    if is_pole(rest + 1.0) {
        return 0.0;
    }
    ((n + 1.0) * beta(k + 1.0, rest + 1.0)).recip()
}

/// `n*(n-1)*…*(n-k+1)/k!` for a small integer `k`.
fn product(n: f64, k: f64) -> f64 {
    (1..=k as u32).map(f64::from).fold(1.0, |value, i| value * (n - k + i) / i)
}

/// Harmonic number, extended by the digamma function.
pub(crate) fn harmonic(x: f64) -> f64 {
    if x.abs() > 0.1 {
        return digamma(x + 1.0) + 0.577_215_664_901_532_9;
    }
    // Taylor series, DLMF 5.7.4.
    (1..18).rev().fold(0.0, |sum, k| (zeta::zeta(f64::from(k) + 1.0) - sum) * x)
}

/// `gamma(x + n)/gamma(x)`.
pub(crate) fn rising(x: f64, n: f64) -> f64 {
    if x.is_nan() || n.is_nan() {
        return f64::NAN;
    }
    if n.fract() == 0.0 && (0.0..=200.0).contains(&n) {
        return (0..n as u32).map(f64::from).fold(1.0, |value, i| value * (x + i));
    }
    if is_pole(x) {
        return if is_pole(x + n) { f64::NAN } else { 0.0 };
    }
    if is_pole(x + n) || !x.is_finite() || !n.is_finite() {
        return f64::NAN;
    }
    if x.abs().max((x + n).abs()) < 170.0 {
        return gamma(x + n) / gamma(x);
    }
    (ln_gamma(x + n) - ln_gamma(x)).exp() * sign(x) * sign(x + n)
}

/// `gamma(x + 1)/gamma(x - n + 1)`.
pub(crate) fn falling(x: f64, n: f64) -> f64 {
    if x.is_nan() {
        return f64::NAN;
    }
    if n.fract() == 0.0 && (0.0..=200.0).contains(&n) {
        return (0..n as u32).map(f64::from).fold(1.0, |value, i| value * (x - i));
    }
    rising(x - n + 1.0, n)
}

/// `sin(pi*x)`, exact at the integers.
pub(crate) fn sin_pi(x: f64) -> f64 {
    let reduced = x - 2.0 * (x / 2.0).round();
    let folded =
        if reduced.abs() > 0.5 { 1f64.copysign(reduced) - reduced } else { reduced };
    (PI * folded).sin()
}
