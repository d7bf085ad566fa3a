//! Circular and hyperbolic functions that the standard library lacks.

use std::f64::consts::{FRAC_PI_2, LN_2, PI};

/// Cotangent.
pub(crate) fn cot(x: f64) -> f64 {
    x.tan().recip()
}

/// Secant.
pub(crate) fn sec(x: f64) -> f64 {
    x.cos().recip()
}

/// Cosecant.
pub(crate) fn csc(x: f64) -> f64 {
    x.sin().recip()
}

/// The angle of a point, which the origin does not have.
pub(crate) fn atan2(y: f64, x: f64) -> f64 {
    if y == 0.0 && x == 0.0 { f64::NAN } else { y.atan2(x) }
}

/// Inverse cotangent, odd, with values from -π/2 (excluded) to π/2.
pub(crate) fn arccot(x: f64) -> f64 {
    if x == 0.0 { FRAC_PI_2 } else { x.recip().atan() }
}

/// Inverse secant.
pub(crate) fn arcsec(x: f64) -> f64 {
    let angle = ((x.abs() - 1.0) * (x.abs() + 1.0)).sqrt().atan();
    if x < 0.0 { PI - angle } else { angle }
}

/// Inverse cosecant.
pub(crate) fn arccsc(x: f64) -> f64 {
    let size = x.abs();
    let angle = if size > 1e8 {
        size.recip()
    } else {
        ((size - 1.0) * (size + 1.0)).sqrt().recip().atan()
    };
    angle.copysign(x)
}

/// `sin(x)/x`, 1 at 0.
pub(crate) fn sinc(x: f64) -> f64 {
    if x == 0.0 {
        1.0
    } else if x.is_infinite() {
        0.0
    } else {
        x.sin() / x
    }
}

/// Hyperbolic cotangent.
pub(crate) fn coth(x: f64) -> f64 {
    x.tanh().recip()
}

/// Hyperbolic secant.
pub(crate) fn sech(x: f64) -> f64 {
    x.cosh().recip()
}

/// Hyperbolic cosecant.
pub(crate) fn csch(x: f64) -> f64 {
    x.sinh().recip()
}

/// Inverse hyperbolic cosine of `1 + t`, accurate for small `t`.
fn arcosh_above_one(t: f64) -> f64 {
    if t > 1e8 { t.ln() + LN_2 } else { (t + (t * (t + 2.0)).sqrt()).ln_1p() }
}

/// Inverse hyperbolic cosine.
pub(crate) fn arcosh(x: f64) -> f64 {
    if x < 1.0 {
        f64::NAN
    } else if x > 1e8 {
        x.ln() + LN_2
    } else {
        arcosh_above_one(x - 1.0)
    }
}

/// Inverse hyperbolic cotangent.
pub(crate) fn arcoth(x: f64) -> f64 {
    if x.abs() < 1.0 {
        return f64::NAN;
    }
    (0.5 * (2.0 / (x.abs() - 1.0)).ln_1p()).copysign(x)
}

/// Inverse hyperbolic secant.
pub(crate) fn arsech(x: f64) -> f64 {
    if x <= 0.0 {
        f64::NAN
    } else if x < 1e-8 {
        LN_2 - x.ln()
    } else {
        arcosh_above_one((1.0 - x) / x)
    }
}

/// Inverse hyperbolic cosecant.
pub(crate) fn arcsch(x: f64) -> f64 {
    if x.abs() < 1e-8 { (LN_2 - x.abs().ln()).copysign(x) } else { x.recip().asinh() }
}
