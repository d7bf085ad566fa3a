//! Rounding, steps and extrema. All of them pass NaN on.

/// The sign: -1, 0 or 1.
pub(crate) fn sign(x: f64) -> f64 {
    if x == 0.0 { 0.0 } else { x.signum() }
}

/// The distance to the integer below.
pub(crate) fn frac(x: f64) -> f64 {
    x - x.floor()
}

/// The unit step, 1/2 at 0.
pub(crate) fn heaviside(x: f64) -> f64 {
    0.5 * (1.0 + sign(x))
}

/// The unit step, 0 at 0.
pub(crate) fn step_left(x: f64) -> f64 {
    heaviside(x).floor()
}

/// The unit step, 1 at 0.
pub(crate) fn step_right(x: f64) -> f64 {
    heaviside(x).ceil()
}

/// The greater of two; unlike `f64::max` NaN if one of them is.
pub(crate) fn max(x: f64, y: f64) -> f64 {
    if x.is_nan() || y.is_nan() { f64::NAN } else { x.max(y) }
}

/// The smaller of two; unlike `f64::min` NaN if one of them is.
pub(crate) fn min(x: f64, y: f64) -> f64 {
    if x.is_nan() || y.is_nan() { f64::NAN } else { x.min(y) }
}

/// `x - y*floor(x/y)`, with the sign of `y`.
pub(crate) fn modulo(x: f64, y: f64) -> f64 {
    let remainder = x % y;
    if remainder != 0.0 && (remainder < 0.0) != (y < 0.0) {
        remainder + y
    } else {
        remainder
    }
}

/// The nearest point to `x` between `low` and `high`.
pub(crate) fn clamp(x: f64, low: f64, high: f64) -> f64 {
    min(max(x, low), high)
}

/// 1 where both are equal, 0 elsewhere.
pub(crate) fn kronecker(x: f64, y: f64) -> f64 {
    if x.is_nan() || y.is_nan() { f64::NAN } else { f64::from(u8::from(x == y)) }
}
