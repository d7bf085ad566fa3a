//! Modified Bessel functions of real order.

use super::bessel::alternate;
use super::gamma::{ln_gamma, reciprocal_gamma, sin_pi};
use std::f64::consts::FRAC_2_PI;

/// Modified Bessel function of the first kind; negative `x` for integer orders only.
pub(crate) fn first(order: f64, x: f64) -> f64 {
    let integer = order.fract() == 0.0;
    if order.is_nan() || order.abs() > 1e5 || !x.is_finite() {
        return f64::NAN;
    }
    if x < 0.0 {
        return if integer { alternate(order) * first(order, -x) } else { f64::NAN };
    }
    if order < 0.0 {
        // DLMF 10.27.2.
        let mirrored = first(-order, x);
        return if integer {
            mirrored
        } else {
            mirrored - FRAC_2_PI * sin_pi(order) * second(-order, x)
        };
    }
    if x == 0.0 {
        return f64::from(u8::from(order == 0.0));
    }
    if x > 714.0 {
        return asymptotic(order, x);
    }
    series(order, x)
}

/// Power series DLMF 10.25.2, all terms positive.
fn series(order: f64, x: f64) -> f64 {
    let quarter = 0.25 * x * x;
    let mut term = if order < 100.0 {
        (0.5 * x).powf(order) * reciprocal_gamma(order + 1.0)
    } else {
        (order * (0.5 * x).ln() - ln_gamma(order + 1.0)).exp()
    };
    let mut sum = term;
    for k in (1..2000).map(f64::from) {
        term *= quarter / (k * (k + order));
        sum += term;
        if term < 1e-17 * sum {
            break;
        }
    }
    sum
}

/// Expansion for large `x`, DLMF 10.40.1.
fn asymptotic(order: f64, x: f64) -> f64 {
    if order * order > 100.0 * x {
        return f64::NAN;
    }
    let mut term = 1.0;
    let mut sum = 1.0;
    for k in (1..200).map(f64::from) {
        let odd = 2.0 * k - 1.0;
        let factor = (odd * odd - 4.0 * order * order) / (8.0 * k * x);
        if factor.abs() >= 1.0 {
            break;
        }
        term *= factor;
        sum += term;
        if term.abs() < 1e-17 {
            break;
        }
    }
    (x - 0.5 * (x * std::f64::consts::TAU).ln()).exp() * sum
}

/// Modified Bessel function of the second kind, for positive `x`.
///
/// The trapezoidal rule for `∫ e^(-x*cosh(t))*cosh(order*t) dt` (DLMF 10.32.9), which
/// converges exponentially (Trefethen & Weideman, SIAM Review 56, 2014).
pub(crate) fn second(order: f64, x: f64) -> f64 {
    let order = order.abs();
    if x > 750.0 && order < 1e3 {
        return 0.0;
    }
    if order.is_nan() || order > 1e5 || !(1e-300..1e5).contains(&x) {
        return f64::NAN;
    }
    let size = x.hypot(order);
    let step = 0.125f64.min(0.45 / size.sqrt());
    let peak = (order / x).asinh();
    let exponent = |t: f64| {
        let half = (0.5 * t).sinh();
        -2.0 * x * half * half
    };
    let top = exponent(peak) + order * peak;
    let mut sum = 0.5 * (-top).exp();
    for k in (1..40_000).map(f64::from) {
        let t = k * step;
        let fall = exponent(t) - top;
        sum += 0.5 * ((fall + order * t).exp() + (fall - order * t).exp());
        if t > peak && fall + order * t < -42.0 {
            break;
        }
    }
    step * sum * (top - x).exp()
}
