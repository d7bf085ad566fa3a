//! Activations, written so that neither tail overflows or cancels.

use super::piecewise::{max, min};

/// `u` above 0, 0 below.
pub(crate) fn relu(x: f64) -> f64 {
    max(x, 0.0)
}

/// `relu` cut off at 6.
pub(crate) fn relu6(x: f64) -> f64 {
    min(max(x, 0.0), 6.0)
}

/// `u` above 0, a hundredth of it below.
pub(crate) fn leaky_relu(x: f64) -> f64 {
    if x > 0.0 { x } else { x / 100.0 }
}

/// `u` above 0, `e^u - 1` below.
pub(crate) fn elu(x: f64) -> f64 {
    if x > 0.0 { x } else { x.exp_m1() }
}

/// Scaled `elu` with the constants of Klambauer et al. 2017 (arXiv 1706.02515).
pub(crate) fn selu(x: f64) -> f64 {
    const SCALE: f64 = 1.050_700_987_355_480_5;
    const SCALE_ALPHA: f64 = 1.758_099_340_847_376_9;
    if x > 0.0 { SCALE * x } else { SCALE_ALPHA * x.exp_m1() }
}

/// `1/(1 + e^-u)`.
pub(crate) fn sigmoid(x: f64) -> f64 {
    if x >= 0.0 {
        (1.0 + (-x).exp()).recip()
    } else {
        let power = x.exp();
        power / (1.0 + power)
    }
}

/// `ln(1 + e^u)`.
pub(crate) fn softplus(x: f64) -> f64 {
    max(x, 0.0) + (-x.abs()).exp().ln_1p()
}

/// `ln(sigmoid(u))`.
pub(crate) fn log_sigmoid(x: f64) -> f64 {
    -softplus(-x)
}

/// `u*sigmoid(u)`.
pub(crate) fn swish(x: f64) -> f64 {
    x * sigmoid(x)
}

/// `u` times the cumulative normal distribution.
pub(crate) fn gelu(x: f64) -> f64 {
    x * normal_cdf(x)
}

/// `u*tanh(softplus(u))`.
pub(crate) fn mish(x: f64) -> f64 {
    x * softplus(x).tanh()
}

/// `u/(1 + |u|)`.
pub(crate) fn softsign(x: f64) -> f64 {
    x / (1.0 + x.abs())
}

/// The line `u/6 + 1/2` between -3 and 3, constant outside.
pub(crate) fn hard_sigmoid(x: f64) -> f64 {
    min(max(x / 6.0 + 0.5, 0.0), 1.0)
}

/// `u` between -1 and 1, constant outside.
pub(crate) fn hard_tanh(x: f64) -> f64 {
    min(max(x, -1.0), 1.0)
}

/// `ln(e^u + e^v)`.
pub(crate) fn logsumexp(x: f64, y: f64) -> f64 {
    if x == y {
        x + std::f64::consts::LN_2
    } else {
        max(x, y) + (-(x - y).abs()).exp().ln_1p()
    }
}

/// `ln(u/(1 - u))`.
pub(crate) fn logit(x: f64) -> f64 {
    if x > 0.25 && x < 0.75 {
        ((2.0 * x - 1.0) / (1.0 - x)).ln_1p()
    } else {
        x.ln() - (-x).ln_1p()
    }
}

/// Density of the standard normal distribution.
pub(crate) fn normal_pdf(x: f64) -> f64 {
    (-0.5 * x * x).exp() / std::f64::consts::TAU.sqrt()
}

/// Cumulative standard normal distribution.
pub(crate) fn normal_cdf(x: f64) -> f64 {
    0.5 * spec_math::cephes64::erfc(-x * std::f64::consts::FRAC_1_SQRT_2)
}
