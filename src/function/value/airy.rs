//! Airy functions (Cephes by way of `spec_math`).

use spec_math::cephes64;

/// Ai, Ai', Bi, Bi' where the argument is reasonable.
fn airy(x: f64) -> (f64, f64, f64, f64) {
    if x.is_nan() || x < -1e5 {
        (f64::NAN, f64::NAN, f64::NAN, f64::NAN)
    } else if x > 104.0 {
        (0.0, 0.0, f64::INFINITY, f64::INFINITY)
    } else {
        cephes64::airy(x)
    }
}

/// Airy function Ai.
pub(crate) fn ai(x: f64) -> f64 {
    airy(x).0
}

/// Derivative of the Airy function Ai.
pub(crate) fn ai_prime(x: f64) -> f64 {
    airy(x).1
}

/// Airy function Bi.
pub(crate) fn bi(x: f64) -> f64 {
    airy(x).2
}

/// Derivative of the Airy function Bi.
pub(crate) fn bi_prime(x: f64) -> f64 {
    airy(x).3
}
