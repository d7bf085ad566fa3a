//! Polylogarithms and Lerch's transcendent.

use super::bessel::alternate;
use super::gamma::{gamma, harmonic};
use super::zeta::{eta, hurwitz, zeta};

/// Polylogarithm of order `s` at real `x <= 1`, below -1 only for integer orders; for the
/// orders 0, -1, … also above 1.
pub(crate) fn polylog(s: f64, x: f64) -> f64 {
    if !s.is_finite() || !x.is_finite() || s < -100.0 {
        return f64::NAN;
    }
    let integer = s.fract() == 0.0;
    if x == 0.0 {
        return 0.0;
    }
    if integer && s <= 1.0 {
        return if s == 1.0 { -(-x).ln_1p() } else { rational(-s as u32, x) };
    }
    if x == 1.0 {
        return if s > 1.0 { zeta(s) } else { f64::NAN };
    }
    if x > 1.0 {
        return f64::NAN;
    }
    if x == -1.0 {
        return -eta(s);
    }
    if x < -1.0 {
        return if integer { inverted(s, x) } else { f64::NAN };
    }
    if x.abs() <= 0.5 || s > 60.0 {
        power_series(s, x)
    } else if x > 0.0 {
        near_one(s, x)
    } else {
        alternating(s, -x)
    }
}

/// `Σ x^k/k^s` for `|x| <= 1/2`.
fn power_series(s: f64, x: f64) -> f64 {
    let mut power = x;
    let mut sum = x;
    for k in (2..2000).map(f64::from) {
        power *= x;
        let term = power * k.powf(-s);
        sum += term;
        if term.abs() < 1e-18 * sum.abs() {
            break;
        }
    }
    sum
}

/// Order `s` at `-x`, the expansion in `ln(x)` for `1/2 < x < 1`: that of DLMF 25.12.12 with
/// the eta function in place of zeta and pole.
fn alternating(s: f64, x: f64) -> f64 {
    let log = x.ln();
    let mut power = 1.0;
    let mut sum = 0.0;
    for k in (0..40).map(f64::from) {
        if k > 0.0 {
            power *= log / k;
        }
        sum -= power * eta(s - k);
    }
    sum
}

/// Order `-n`: Eulerian numbers over a power of `1 - x` (DLMF 25.12 and 26.14).
fn rational(n: u32, x: f64) -> f64 {
    if n == 0 {
        return x / (1.0 - x);
    }
    let mut row = vec![1.0];
    for m in 2..=n {
        let next = (0..m as usize).map(|k| {
            let left = if k == 0 { 0.0 } else { row[k - 1] * f64::from(m - k as u32) };
            let right = row.get(k).map_or(0.0, |value| value * (k as f64 + 1.0));
            left + right
        });
        row = next.collect();
    }
    let numerator = row.iter().rev().fold(0.0, |sum, c| sum * x + c);
    x * numerator / (1.0 - x).powi(n as i32 + 1)
}

/// Expansion in `ln(x)` (DLMF 25.12.12, and its limit for integer orders), `1/2 < x < 1`.
fn near_one(s: f64, x: f64) -> f64 {
    let log = x.ln();
    let integer = s.fract() == 0.0;
    let mut power = 1.0;
    let mut sum = 0.0;
    for k in (0..40).map(f64::from) {
        if k > 0.0 {
            power *= log / k;
        }
        sum += if integer && k == s - 1.0 {
            power * (harmonic(k) - (-log).ln())
        } else {
            power * zeta(s - k)
        };
        if power.abs() < 1e-22 && k > s {
            break;
        }
    }
    if integer { sum } else { sum + gamma(1.0 - s) * (-log).powf(s - 1.0) }
}

/// Inversion for `x < -1`, integer order `n >= 2`.
fn inverted(n: f64, x: f64) -> f64 {
    if n > 150.0 {
        return f64::NAN;
    }
    let log = (-x).ln();
    let mut sum = 0.0;
    let mut rest = n;
    let mut even = 0.0;
    while rest >= 0.0 {
        let factor = if even == 0.0 { 0.5 } else { eta(even) };
        sum += factor * log.powf(rest) / gamma(rest + 1.0);
        rest -= 2.0;
        even += 2.0;
    }
    -2.0 * sum - alternate(n) * polylog(n, x.recip())
}

/// Lerch's transcendent `Σ z^k/(a + k)^s` for `|z| <= 0.99`, or `z = 1`.
pub(crate) fn lerch(z: f64, s: f64, a: f64) -> f64 {
    if z == 1.0 {
        return if s > 1.0 { hurwitz(s, a) } else { f64::NAN };
    }
    if !(z.abs() <= 0.99 && a > 0.0 && a < 1e6 && s.abs() < 100.0) {
        return f64::NAN;
    }
    let mut power = 1.0;
    let mut sum = 0.0;
    for k in (0..6000).map(f64::from) {
        let term = power * (a + k).powf(-s);
        sum += term;
        if power.abs() < 1e-17 && term.abs() < 1e-17 * sum.abs() {
            break;
        }
        power *= z;
    }
    sum
}
