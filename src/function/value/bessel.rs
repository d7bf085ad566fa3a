//! Bessel functions of the first and second kind (Cephes by way of `spec_math`).

use super::gamma::sin_pi;
use spec_math::cephes64;
use std::f64::consts::{FRAC_PI_2, PI};

/// The greatest order and argument that are tried.
const LIMIT: f64 = 1e5;
/// Arguments beyond this, and beyond this many times the square of the order, are far out.
const FAR: f64 = 1e3;
/// The terms of the series that are taken far out.
const TERMS: i32 = 12;

/// `(-1)^n`.
pub(crate) fn alternate(n: f64) -> f64 {
    if n % 2.0 == 0.0 { 1.0 } else { -1.0 }
}

/// Bessel function of the first kind; negative `x` for integer orders only.
pub(crate) fn first(order: f64, x: f64) -> f64 {
    let integer = order.fract() == 0.0;
    if is_far(order, x) && (x > 0.0 || integer) {
        let sign = if x < 0.0 { alternate(order) } else { 1.0 };
        return sign * far_out(order, x.abs()).0;
    }
    if order.is_nan() || order.abs() > LIMIT || x.is_nan() || x.abs() > LIMIT {
        return f64::NAN;
    }
    if x == 0.0 {
        return match order {
            0.0 => 1.0,
            _ if integer || order > 0.0 => 0.0,
            _ => f64::NAN,
        };
    }
    if x < 0.0 {
        return if integer { alternate(order) * first(order, -x) } else { f64::NAN };
    }
    if integer && order < 0.0 {
        return alternate(order) * first(-order, x);
    }
    if order < 0.0 {
        // DLMF 10.2.3 for both signs of the order.
        let size = -order;
        return sin_pi(size + 0.5) * first(size, x) - sin_pi(size) * second(size, x);
    }
    cephes64::jv(order, x)
}

/// Bessel function of the second kind, for positive `x`.
pub(crate) fn second(order: f64, x: f64) -> f64 {
    if is_far(order, x) && x > 0.0 {
        return far_out(order, x).1;
    }
    if order.is_nan() || order.abs() > LIMIT || !(x > 0.0 && x <= LIMIT) {
        return f64::NAN;
    }
    if order.fract() == 0.0 {
        return cephes64::yv(order, x);
    }
    if order < 0.0 {
        let size = -order;
        return sin_pi(size) * first(size, x) + sin_pi(size + 0.5) * second(size, x);
    }
    // Upward recurrence DLMF 10.6.1, stable for the second kind.
    let start = order - order.round();
    let (mut last, mut next) =
        (second_by_contour(start, x), second_by_contour(start + 1.0, x));
    for k in (0..order.round() as u32).map(f64::from) {
        (last, next) = (next, 2.0 * (start + k + 1.0) / x * next - last);
    }
    last
}

fn is_far(order: f64, x: f64) -> bool {
    x.is_finite() && x.abs() > FAR * (1.0 + order * order)
}

/// Both kinds far out, by the expansion of Hankel (DLMF 10.17.3, 10.17.4).
fn far_out(order: f64, x: f64) -> (f64, f64) {
    let (mut even, mut odd, mut term) = (0.0, 0.0, 1.0);
    for k in 0..TERMS {
        let sign = if k % 4 < 2 { 1.0 } else { -1.0 };
        if k % 2 == 0 {
            even += sign * term
        } else {
            odd += sign * term
        }
        let next = f64::from(2 * k + 1);
        term *= (4.0 * order * order - next * next) / (8.0 * f64::from(k + 1) * x);
    }
    // The angle is x less this one; x itself is exact.
    let (sine, cosine) = ((0.5 * order + 0.25) * PI).sin_cos();
    let (s, c) = x.sin_cos();
    let (sine, cosine) = (s * cosine - c * sine, c * cosine + s * sine);
    let size = (2.0 / (PI * x)).sqrt();
    (size * (cosine * even - sine * odd), size * (sine * even + cosine * odd))
}

/// The second kind for a small order: the imaginary part of the first Hankel function, which is
/// `1/(πi) ∫ e^(x*sinh(t) - order*t) dt` (DLMF 10.9.18), on the path of steepest descent of
/// order 0, `t = s + i*(π/2 + atan(sinh(s)))`, by the trapezoidal rule.
fn second_by_contour(order: f64, x: f64) -> f64 {
    let step = 0.1f64.min(0.5 / x.sqrt());
    let (mut real, mut imaginary) = (0.0, 0.0);
    let mut add = |s: f64| {
        let size = (-x * s.sinh() * s.tanh() - order * s).exp();
        let (sine, cosine) = (-order * (FRAC_PI_2 + s.sinh().atan())).sin_cos();
        let slope = s.cosh().recip();
        real += size * (cosine - slope * sine);
        imaginary += size * (sine + slope * cosine);
    };
    add(0.0);
    for k in (1..10_000).map(f64::from) {
        let s = k * step;
        add(s);
        add(-s);
        if x * s.sinh() * s.tanh() - order.abs() * s > 40.0 + 0.75 * x.ln().abs() {
            break;
        }
    }
    (x.sin() * imaginary - x.cos() * real) * step / PI
}
