//! The error function and its relatives (Cephes by way of `spec_math`).

use spec_math::{cephes64, misc};
use std::f64::consts::FRAC_2_SQRT_PI;

/// Error function.
pub(crate) fn erf(x: f64) -> f64 {
    cephes64::erf(x)
}

/// Complementary error function.
pub(crate) fn erfc(x: f64) -> f64 {
    cephes64::erfc(x)
}

/// Imaginary error function, from Dawson's integral.
pub(crate) fn erfi(x: f64) -> f64 {
    if x.abs() > 27.0 {
        return if x.is_nan() { x } else { f64::INFINITY.copysign(x) };
    }
    FRAC_2_SQRT_PI * (x * x).exp() * cephes64::dawsn(x)
}

/// `erf(y) - erf(x)`.
pub(crate) fn erf2(x: f64, y: f64) -> f64 {
    if x > 0.5 && y > 0.5 {
        erfc(x) - erfc(y)
    } else if x < -0.5 && y < -0.5 {
        erfc(-y) - erfc(-x)
    } else {
        erf(y) - erf(x)
    }
}

/// Inverse error function.
pub(crate) fn erfinv(x: f64) -> f64 {
    if x.abs() > 0.5 {
        return misc::erfinv(x);
    }
    // Newton's method: the port loses the relative accuracy of small x.
    let mut y = x / FRAC_2_SQRT_PI;
    for _ in 0..6 {
        y -= (erf(y) - x) * (y * y).exp() / FRAC_2_SQRT_PI;
    }
    y
}

/// Inverse complementary error function.
pub(crate) fn erfcinv(x: f64) -> f64 {
    if (0.5..1.5).contains(&x) { erfinv(1.0 - x) } else { misc::erfcinv(x) }
}
