//! Exponential, trigonometric and Fresnel integrals.

use super::gamma::gamma;
use super::incomplete::{upper_fraction, upper_gamma};
use spec_math::cephes64;

/// `Ei(x)`; the principal value for positive `x`.
pub(crate) fn exponential(x: f64) -> f64 {
    if x == 0.0 || x.is_nan() {
        f64::NAN
    } else if x < 0.0 {
        -generalised(1.0, -x)
    } else if x < 40.0 {
        // DLMF 6.6.1, all terms positive.
        let mut term = 1.0;
        let mut sum = 0.0;
        for k in (1..200).map(f64::from) {
            term *= x / k;
            sum += term / k;
            if term < 1e-18 * sum {
                break;
            }
        }
        0.577_215_664_901_532_9 + x.ln() + sum
    } else {
        // DLMF 6.12.2, down to the smallest term.
        let mut term = 1.0;
        let mut sum = 1.0;
        for k in (1..40).map(f64::from) {
            term *= k / x;
            sum += term;
            if term < 1e-17 {
                break;
            }
        }
        (x - x.ln()).exp() * sum
    }
}

/// Logarithmic integral from 0.
pub(crate) fn logarithmic(x: f64) -> f64 {
    if x == 0.0 { 0.0 } else { exponential(x.ln()) }
}

/// Logarithmic integral from 2.
pub(crate) fn logarithmic_from_two(x: f64) -> f64 {
    logarithmic(x) - 1.045_163_780_117_492_7
}

/// Generalised exponential integral of order `p`; for `p = 0, -1, …` also of negative `x`.
pub(crate) fn generalised(p: f64, x: f64) -> f64 {
    if x == 0.0 {
        return if p > 1.0 { (p - 1.0).recip() } else { f64::NAN };
    }
    if !p.is_finite() || x.is_nan() || p.abs() > 1e9 {
        return f64::NAN;
    }
    if x > 750.0 {
        return 0.0;
    }
    if p > 0.0 && x > 0.0 && (x >= 1.0 || p > 20.0) {
        return (-x).exp() * upper_fraction(1.0 - p, x);
    }
    let power = if x < 0.0 { x.powi((p - 1.0) as i32) } else { x.powf(p - 1.0) };
    power * upper_gamma(1.0 - p, x)
}

/// Sine integral.
pub(crate) fn sine(x: f64) -> f64 {
    cephes64::sici(x).0
}

/// Cosine integral of positive `x`.
pub(crate) fn cosine(x: f64) -> f64 {
    if x > 0.0 { cephes64::sici(x).1 } else { f64::NAN }
}

/// Hyperbolic sine integral.
pub(crate) fn sinh(x: f64) -> f64 {
    if x.abs() >= 1.0 {
        let size = x.abs();
        return (0.5 * (exponential(size) + generalised(1.0, size))).copysign(x);
    }
    // DLMF 6.6.5 with hyperbolic signs.
    let mut term = x;
    let mut sum = x;
    for k in (1..12).map(|k| 2.0 * f64::from(k)) {
        term *= x * x / (k * (k + 1.0));
        sum += term / (k + 1.0);
    }
    sum
}

/// Hyperbolic cosine integral of positive `x`.
pub(crate) fn cosh(x: f64) -> f64 {
    if x >= 1.0 {
        return 0.5 * (exponential(x) - generalised(1.0, x));
    }
    if x.is_nan() || x <= 0.0 {
        return f64::NAN;
    }
    let mut term = 1.0;
    let mut sum = 0.0;
    for k in (1..12).map(|k| 2.0 * f64::from(k)) {
        term *= x * x / (k * (k - 1.0));
        sum += term / k;
    }
    0.577_215_664_901_532_9 + x.ln() + sum
}

/// Fresnel sine integral, of `sin(pi*t^2/2)`.
pub(crate) fn fresnel_sine(x: f64) -> f64 {
    cephes64::fresnl(x).0
}

/// Fresnel cosine integral, of `cos(pi*t^2/2)`.
pub(crate) fn fresnel_cosine(x: f64) -> f64 {
    cephes64::fresnl(x).1
}

/// The number of permutations of `n` things without a fixed point; integers only.
pub(crate) fn subfactorial(n: f64) -> f64 {
    if n.fract() != 0.0 || !(0.0..=170.0).contains(&n) {
        return f64::NAN;
    }
    if n == 0.0 { 1.0 } else { (gamma(n + 1.0) / std::f64::consts::E).round() }
}
