//! Lambert's W on its two real branches (Corless et al., "On the Lambert W function", 1996).

use std::f64::consts::E;

/// The principal branch, `w >= -1`.
pub(crate) fn lambert_w(x: f64) -> f64 {
    branch(x, 0.0)
}

/// Branch 0 (`w >= -1`) or -1 (`w <= -1`, for `-1/e <= x < 0`).
pub(crate) fn branch(x: f64, k: f64) -> f64 {
    if x == 0.0 && k == 0.0 {
        return 0.0;
    }
    if !x.is_finite() || (k != 0.0 && (k != -1.0 || x >= 0.0)) {
        return f64::NAN;
    }
    // e*x + 1, with the part of 1/e that a double loses.
    let above = E.mul_add(x, 1.0) + 1.445_646_891_729_250_2e-16 * x;
    if above < 0.0 {
        return if above > -1e-15 { -1.0 } else { f64::NAN };
    }
    let side = if k == 0.0 { 1.0 } else { -1.0 };
    let p = side * (2.0 * above).sqrt();
    if p.abs() < 0.01 {
        return near_branch_point(p);
    }
    let guess = if p.abs() < 0.6 || (k == 0.0 && x < 0.0) {
        near_branch_point(p)
    } else if k == 0.0 && x < E {
        x / (1.0 + x)
    } else {
        let log = (side * x).ln();
        log - (side * log).ln()
    };
    refine(x, guess)
}

/// Series at the branch point in `p = ±sqrt(2*(e*x + 1))`, equation 4.22 of the paper.
fn near_branch_point(p: f64) -> f64 {
    const COEFFICIENTS: [f64; 9] = [
        -1.0,
        1.0,
        -1.0 / 3.0,
        11.0 / 72.0,
        -43.0 / 540.0,
        769.0 / 17280.0,
        -221.0 / 8505.0,
        680_863.0 / 43_545_600.0,
        -1963.0 / 204_120.0,
    ];
    COEFFICIENTS.iter().rev().fold(0.0, |sum, c| sum * p + c)
}

/// Halley's iteration for `w*e^w = x`.
fn refine(x: f64, mut w: f64) -> f64 {
    for _ in 0..40 {
        let error = w - x * (-w).exp();
        let slope = w + 1.0;
        let step = error / (slope - (w + 2.0) * error / (2.0 * slope));
        if !step.is_finite() {
            break;
        }
        w -= step;
        if step.abs() <= 1e-16 * w.abs() {
            break;
        }
    }
    w
}
