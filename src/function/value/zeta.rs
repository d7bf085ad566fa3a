//! Zeta functions and polylogarithms.

use super::gamma::{gamma, sin_pi};
use std::f64::consts::{LN_2, PI};

/// `B(2j)/(2j)!` for j = 1, 2, …, the coefficients of the Euler–Maclaurin formula.
const BERNOULLI: [f64; 14] = [
    1.0 / 12.0,
    -1.0 / 720.0,
    1.0 / 30_240.0,
    -1.0 / 1_209_600.0,
    1.0 / 47_900_160.0,
    -691.0 / 1_307_674_368_000.0,
    1.0 / 74_724_249_600.0,
    -3617.0 / 10_670_622_842_880_000.0,
    43_867.0 / 5_109_094_217_170_944_000.0,
    -174_611.0 / 802_857_662_698_291_200_000.0,
    77_683.0 / 14_101_100_039_391_805_440_000.0,
    -236_364_091.0 / 1_693_824_136_731_743_669_452_800_000.0,
    657_931.0 / 186_134_520_519_971_831_808_000_000.0,
    -3_392_780_147.0 / 37_893_265_687_455_865_519_472_640_000_000.0,
];

/// Up to this order Hurwitz's formula is short, and powers cancel below this parameter.
const SERIES: f64 = -6.0;
const NEAR: f64 = 4.0;
/// From here on the sum of powers has more digits than the reflection, beside the pole at 1.
const BESIDE_ZERO: f64 = -0.1;

/// `a^-s`, of negative `a` too when `s` is an integer.
fn inverse_power(a: f64, s: f64) -> f64 {
    if s.fract() == 0.0 && s.abs() < 1e9 { a.powi(-(s as i32)) } else { a.powf(-s) }
}

/// Hurwitz's zeta function, for `s > -20`; a negative `a` for integer `s` only.
pub(crate) fn hurwitz(s: f64, a: f64) -> f64 {
    if s <= 0.0 && s.fract() == 0.0 && a <= 0.0 {
        // Bernoulli's polynomials are even or odd about 1/2.
        let other = hurwitz(s, 1.0 - a);
        return if s % 2.0 == 0.0 { -other } else { other };
    }
    if (-20.0..=SERIES).contains(&s) && a > 0.0 && a < NEAR {
        let steps = (a - 1.0).ceil().max(0.0);
        let before = (1..=steps as u32).map(|k| (a - f64::from(k)).powf(-s));
        return periodic(1.0 - s, a - steps) - before.sum::<f64>();
    }
    by_powers(s, a)
}

/// `zeta(1 - t, a)` for `0 < a <= 1` and large `t`, by Hurwitz's formula (DLMF 25.11.9), in which
/// nothing cancels that is not 0.
fn periodic(t: f64, a: f64) -> f64 {
    let most = 10f64.powf(17.0 / t).ceil() as u32;
    let wave = |n: f64| sin_pi(0.5 * (t + 1.0) - 2.0 * n * a) * n.powf(-t);
    let sum: f64 = (1..=most).rev().map(f64::from).map(wave).sum();
    2.0 * gamma(t) * (2.0 * PI).powf(-t) * sum
}

/// By the Euler–Maclaurin formula (DLMF 25.11.5), which is a polynomial for whole `s <= 0`.
fn by_powers(s: f64, a: f64) -> f64 {
    let pole = s == 1.0 || (a <= 0.0 && a.fract() == 0.0);
    let sum_of_powers = a > 0.0 || (s.fract() == 0.0 && s > 1.0 && a > -1e5);
    if pole || !sum_of_powers || !s.is_finite() || !a.is_finite() || s < -20.0 {
        return f64::NAN;
    }
    // Far enough out for the tail to converge, no farther than needed: powers cancel for s < 0.
    let start = match s {
        _ if s <= 0.0 && s.fract() == 0.0 => 0.0,
        _ if s < -3.0 => 4.0,
        _ if s < 2.0 => 8.0,
        _ => (12.0 + 0.7 * s).min(a.abs() + 400.0),
    };
    let terms = (start - a).ceil().max(0.0);
    let mut sum = 0.0;
    for k in (0..terms as u32).map(f64::from) {
        sum += inverse_power(a + k, s);
    }
    let x = a + terms;
    let power = inverse_power(x, s);
    let mut factor = s * power / x;
    let mut tail = power * (x / (s - 1.0) + 0.5);
    for (j, coefficient) in BERNOULLI.iter().enumerate() {
        let step = coefficient * factor;
        tail += step;
        if step.abs() <= 1e-18 * tail.abs() {
            break;
        }
        let order = s + 2.0 * j as f64;
        factor *= (order + 1.0) * (order + 2.0) / (x * x);
    }
    sum + tail
}

/// Riemann's zeta function.
pub(crate) fn zeta(s: f64) -> f64 {
    if s > 60.0 {
        1.0
    } else if s >= BESIDE_ZERO {
        hurwitz(s, 1.0)
    } else if s > -170.0 {
        // Reflection, DLMF 25.4.1.
        let t = 1.0 - s;
        2.0 * (2.0 * PI).powf(-t) * sin_pi(0.5 * s) * gamma(t) * zeta(t)
    } else {
        f64::NAN
    }
}

/// Dirichlet's eta function, `(1 - 2^(1-s))*zeta(s)`.
pub(crate) fn eta(s: f64) -> f64 {
    if s == 1.0 { LN_2 } else { -((1.0 - s) * LN_2).exp_m1() * zeta(s) }
}

/// Generalised harmonic number `1 + 1/2^m + … + 1/x^m`.
pub(crate) fn harmonic_of_order(x: f64, m: f64) -> f64 {
    if m == 1.0 { super::gamma::harmonic(x) } else { zeta(m) - hurwitz(m, x + 1.0) }
}
