//! Polylogarithms and Lerch's transcendent.

use super::context::Context;
use super::gamma::{harmonic, rising_product};
use super::real::Real;
use super::zeta::{eta, hurwitz, zeta};

/// The power series is taken at once as far out as this.
const NEAR: f64 = 0.85;

/// Of order `s` at `x <= 1`, below -1 for whole orders only.
pub(super) fn polylog(c: &mut Context<'_>, s: &Real, x: &Real) -> Option<Real> {
    let rest = c.whole(1) - x;
    if x.is_zero() {
        return Some(c.whole(0));
    }
    if let Some(n) = s.whole().filter(|n| *n <= 1) {
        return match n {
            _ if rest.is_zero() => Some(c.undefined()),
            1 => Some(-c.ln(&rest)),
            _ => rational(c, -n, x, &rest),
        };
    }
    if rest.is_zero() {
        let above = s - 1;
        return if above.is_positive() { zeta(c, s) } else { Some(c.undefined()) };
    }
    if rest.is_negative() {
        return Some(c.undefined());
    }
    if (x + 1).is_zero() {
        return Some(-eta(c, s)?);
    }
    if x.double().abs() <= NEAR {
        return lerch(c, x, s, &c.whole(1)).map(|value| value * x);
    }
    if x.is_negative() {
        if x.double() < -1.0 {
            return inverted(c, s.whole()?, x);
        }
        // Li(x) + Li(-x) = 2^(1 - s)*Li(x^2)
        let (two, exponent) = (c.whole(2), c.whole(1) - s);
        let square = x.square();
        let error = square.error + 4.0 - (c.whole(1) - &square).size().min(0.0);
        let whole = polylog(c, s, &square.pinned())?.off_by(error);
        return Some(whole * c.power(&two, &exponent) - polylog(c, s, &-x)?);
    }
    near_one(c, s, x)
}

/// Order `-n`: Eulerian numbers over a power of `1 - x` (DLMF 25.12 and 26.14).
fn rational(c: &mut Context<'_>, n: i64, x: &Real, rest: &Real) -> Option<Real> {
    if n == 0 {
        return Some(x / rest);
    }
    c.pay(n.unsigned_abs().saturating_pow(2))?;
    let mut row = vec![c.whole(1)];
    for m in 2..=n {
        let next = (0..m).map(|k| {
            let left = if k == 0 { None } else { row.get(k as usize - 1) };
            let left = left.map_or(c.whole(0), |value| value * (m - k));
            row.get(k as usize).map_or(left.clone(), |value| left + value * (k + 1))
        });
        row = next.collect();
    }
    let above = row.iter().rev().fold(c.whole(0), |sum, value| sum * x + value);
    Some(above * x / c.whole_power(rest, n + 1))
}

/// The expansion in `ln(x)` for whole orders, the limit of DLMF 25.12.12; for others the values
/// of zeta in it take too long.
fn near_one(c: &mut Context<'_>, s: &Real, x: &Real) -> Option<Real> {
    let n = s.whole()?;
    let log = c.ln(x);
    let turned = -&log;
    let mut power = c.whole(1);
    let mut sum = c.whole(0);
    // Values of zeta at -k grow like k!/(2*pi)^k, so that the terms fall like powers of the
    // logarithm over a turn.
    for k in 0..4 * c.p as i64 {
        c.pay(4)?;
        if k > 0 {
            power = power * &log / k;
        }
        let term = match n == k + 1 {
            true => {
                let (order, inner) = (c.whole(k), c.ln(&turned));
                (harmonic(c, &order)? - inner) * &power
            }
            false => zeta(c, &(s - k))? * &power,
        };
        let bound = power.size() + factorial_over_turns(k - n);
        sum = sum + term;
        if k > n + 2 && bound < sum.size() - c.p as f64 - 8.0 {
            return Some(sum.off_by(bound + 2.0));
        }
    }
    None
}

/// A bound of the binary logarithm of `zeta(-k)`.
fn factorial_over_turns(k: i64) -> f64 {
    let t = (k as f64 + 1.0).max(1.0);
    (t * (t / std::f64::consts::TAU).ln()).max(0.0) / std::f64::consts::LN_2 + 8.0
}

/// The inversion for `x < -1` and whole order `n`, from 2 on.
fn inverted(c: &mut Context<'_>, n: i64, x: &Real) -> Option<Real> {
    let log = c.ln(&-x);
    let mut sum = c.whole(0);
    for even in (0..=n).step_by(2) {
        c.pay(64)?;
        let order = c.whole(even);
        let factor = if even == 0 { c.ratio(1, 2) } else { eta(c, &order)? };
        let below = rising_product(&c.whole(1), n - even);
        sum = sum + factor * c.whole_power(&log, n - even) / below;
    }
    let inverse = x.inverse();
    let inner = polylog(c, &c.whole(n), &inverse.pinned())?.off_by(inverse.error + 2.0);
    Some(-(sum * 2) - if n % 2 == 0 { inner } else { -inner })
}

/// Lerch's transcendent, the sum of `z^k/(a + k)^s`, by its power series.
pub(super) fn lerch(c: &mut Context<'_>, z: &Real, s: &Real, a: &Real) -> Option<Real> {
    let rest = c.whole(1) - z;
    if rest.is_zero() {
        let above = s - 1;
        return if above.is_positive() { hurwitz(c, s, a) } else { Some(c.undefined()) };
    }
    if !a.is_positive() || rest.is_negative() || z.is_below(-1.0) {
        return None;
    }
    // The powers fall by this much with each term.
    let fall = -z.double().abs().log2();
    let size = s.double().abs();
    let start = (4.0 * size / fall).max(1.0) - a.double().min(0.0);
    let falling = -s;
    let first = c.power(a, &falling);
    let (mut power, mut sum) = (c.whole(1), first);
    for k in 1.. {
        c.pay(4)?;
        power = power * z;
        let term = &power * c.power(&(a + k), &falling);
        let tail = term.size() + 2.0 - fall.min(1.0).log2();
        sum = sum + term;
        if k as f64 > start && tail < sum.size() - c.p as f64 - 4.0 {
            return Some(sum.off_by(tail));
        }
    }
    None
}
