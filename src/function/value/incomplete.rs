//! Incomplete gamma and beta functions.

use super::gamma::{beta, gamma, gamma_minus_one, is_pole};
use spec_math::cephes64;

/// `x^a*e^(-x)` for positive `x`, without early overflow.
fn power_exponential(a: f64, x: f64) -> f64 {
    if a.abs() < 100.0 && x < 500.0 {
        x.powf(a) * (-x).exp()
    } else {
        (a * x.ln() - x).exp()
    }
}

/// The sum `1/a + x/(a*(a+1)) + …` of DLMF 8.7.1: `x^a*e^-x` times it is the lower gamma.
fn lower_sum(a: f64, x: f64) -> f64 {
    let mut term = a.recip();
    let mut sum = term;
    for k in 1..3000 {
        term *= x / (a + f64::from(k));
        sum += term;
        if term.abs() <= 1e-17 * sum.abs() && f64::from(k) > x - a {
            break;
        }
    }
    sum
}

/// Continued fraction DLMF 8.9.2 by Lentz's method: `x^a*e^-x` times it is the upper gamma.
pub(crate) fn upper_fraction(a: f64, x: f64) -> f64 {
    let mut b = x + 1.0 - a;
    let mut c = 1e300;
    let mut d = b.recip();
    let mut value = d;
    for i in (1..3000).map(f64::from) {
        let numerator = -i * (i - a);
        b += 2.0;
        d = numerator * d + b;
        c = b + numerator / c;
        d = if d == 0.0 { 1e300 } else { d.recip() };
        if c == 0.0 {
            c = 1e-300;
        }
        let factor = d * c;
        value *= factor;
        if (factor - 1.0).abs() < 1e-16 {
            break;
        }
    }
    value
}

/// Lower incomplete gamma function.
pub(crate) fn lower_gamma(a: f64, x: f64) -> f64 {
    if is_pole(a) || a.is_nan() || a.abs() > 1e5 || !(0.0..1e6).contains(&x) {
        return f64::NAN;
    }
    if x == 0.0 {
        return if a > 0.0 { 0.0 } else { f64::NAN };
    }
    if x < a.max(0.0) + 2.0 {
        power_exponential(a, x) * lower_sum(a, x)
    } else {
        gamma(a) - power_exponential(a, x) * upper_fraction(a, x)
    }
}

/// Upper incomplete gamma function. For a positive integer `a` also of negative `x`.
pub(crate) fn upper_gamma(a: f64, x: f64) -> f64 {
    if !a.is_finite() || !x.is_finite() || a.abs() > 1e5 || x.abs() > 1e6 {
        return f64::NAN;
    }
    if x < 0.0 {
        return if a > 0.0 && a.fract() == 0.0 && a < 170.0 {
            gamma(a) * (-x).exp() * exponential_sum(a as u32, x)
        } else {
            f64::NAN
        };
    }
    if x == 0.0 {
        return if a > 0.0 { gamma(a) } else { f64::NAN };
    }
    if x >= a.max(1.0) {
        return power_exponential(a, x) * upper_fraction(a, x);
    }
    if a > 0.25 {
        return gamma(a) - power_exponential(a, x) * lower_sum(a, x);
    }
    upper_near_pole(a, x)
}

/// `1 + x + x^2/2! + …`, `count` terms.
fn exponential_sum(count: u32, x: f64) -> f64 {
    let mut term = 1.0;
    let mut sum = 1.0;
    for k in (1..count).map(f64::from) {
        term *= x / k;
        sum += term;
    }
    sum
}

/// The upper gamma for `a` up to 1/4 and small `x`: from the `a` next to 0 by the recurrence
/// DLMF 8.8.2, there from the series of `gamma(a) - x^a/a` (DLMF 8.7.3).
fn upper_near_pole(a: f64, x: f64) -> f64 {
    let steps = (-a).round().max(0.0);
    let start = a + steps;
    let log = x.ln();
    // gamma(1 + s) - x^s over s, free of cancellation at s = 0.
    let head = if start == 0.0 {
        -0.577_215_664_901_532_9 - log
    } else {
        (gamma_minus_one(start) - (start * log).exp_m1()) / start
    };
    let mut term = 1.0;
    let mut sum = 0.0;
    for k in (1..200).map(f64::from) {
        term *= -x / k;
        sum += term / (start + k);
        if term.abs() < 1e-18 {
            break;
        }
    }
    let mut value = head - x.powf(start) * sum;
    let mut order = start;
    for _ in 0..steps as u32 {
        order -= 1.0;
        value = (value - power_exponential(order, x)) / order;
    }
    value
}

/// Incomplete beta function between `x` and `y`, over `beta(a, b)`.
pub(crate) fn beta_regularized(arguments: &[f64]) -> f64 {
    match *arguments {
        [a, b, x, y] if a > 0.0 && b > 0.0 && a < 1e6 && b < 1e6 => {
            let inside = |t: f64| (0.0..=1.0).contains(&t);
            if inside(x) && inside(y) {
                cephes64::incbet(a, b, y) - cephes64::incbet(a, b, x)
            } else {
                f64::NAN
            }
        }
        _ => f64::NAN,
    }
}

/// Incomplete beta function between `x` and `y`.
pub(crate) fn beta_incomplete(arguments: &[f64]) -> f64 {
    match *arguments {
        [a, b, ..] => beta_regularized(arguments) * beta(a, b),
        _ => f64::NAN,
    }
}
