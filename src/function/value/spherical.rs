//! Spherical Bessel functions.

use super::bessel::{self, alternate};
use std::f64::consts::FRAC_PI_2;

/// The greatest integer order that is tried.
const LIMIT: f64 = 1e4;

/// Spherical Bessel function of the first kind.
pub(crate) fn first(order: f64, x: f64) -> f64 {
    if x == 0.0 && order >= 0.0 {
        return f64::from(u8::from(order == 0.0));
    }
    if order.fract() != 0.0 {
        return (FRAC_PI_2 / x).sqrt() * bessel::first(order + 0.5, x);
    }
    if order < 0.0 {
        return alternate(order) * second(-order - 1.0, x);
    }
    if order.is_nan() || order > LIMIT || x.is_nan() || x.abs() > 1e5 {
        return f64::NAN;
    }
    if x.abs() > order {
        upward(order, x, x.sin() / x, x.cos() / x)
    } else {
        downward(order as u32, x)
    }
}

/// Spherical Bessel function of the second kind.
pub(crate) fn second(order: f64, x: f64) -> f64 {
    if order.fract() != 0.0 {
        return (FRAC_PI_2 / x).sqrt() * bessel::second(order + 0.5, x);
    }
    if order < 0.0 {
        return -alternate(order) * first(-order - 1.0, x);
    }
    if order.is_nan() || order > LIMIT || x.is_nan() || x == 0.0 || x.abs() > 1e5 {
        return f64::NAN;
    }
    upward(order, x, -x.cos() / x, x.sin() / x)
}

/// The recurrence DLMF 10.51.1 from the orders 0 and -1 up.
fn upward(order: f64, x: f64, zero: f64, below: f64) -> f64 {
    let (mut before, mut value) = (below, zero);
    for n in (0..order as u32).map(f64::from) {
        let next = (2.0 * n + 1.0) / x * value - before;
        before = value;
        value = next;
    }
    value
}

/// The recurrence from far above down (Miller), scaled by the order 0 or 1.
fn downward(order: u32, x: f64) -> f64 {
    let start = order + 30 + (40.0 * f64::from(order + 1)).sqrt() as u32;
    let (mut above, mut value, mut wanted) = (0.0, 1e-290, 0.0);
    for n in (1..=start).rev() {
        let next = (2.0 * f64::from(n) + 1.0) / x * value - above;
        above = value;
        value = next;
        if n - 1 == order {
            wanted = value;
        }
        if value.abs() > 1e200 {
            above *= 1e-290;
            wanted *= 1e-290;
            value *= 1e-290;
        }
    }
    let zero = x.sin() / x;
    if zero.abs() > 0.1 || x.abs() < 1.0 {
        wanted / value * zero
    } else {
        wanted / above * (zero - x.cos()) / x
    }
}
