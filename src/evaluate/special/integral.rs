//! Exponential, trigonometric and Fresnel integrals, by their power series, and far out by
//! their asymptotic series (DLMF 6.6, 6.12, 7.6, 7.12).

use super::context::{Context, FARTHEST_WAVE};
use super::gamma::euler;
use super::real::Real;

/// Whether an argument is so far out that the asymptotic series has enough digits.
fn is_far(c: &Context<'_>, x: &Real) -> bool {
    x.double().abs() > c.p as f64
}

/// `Ei(x)`.
pub(super) fn exponential(c: &mut Context<'_>, x: &Real) -> Option<Real> {
    if x.is_zero() {
        return Some(c.undefined());
    }
    if is_far(c, x) {
        let one = c.whole(1);
        let sum = c.asymptotic(one, 0.0, |term, k| term * k / x)?;
        return Some(c.exp(x) / x * sum);
    }
    let mut power = x.clone();
    let start = 2.0 * x.double().abs();
    let sum = c.sum(x.clone(), start, 1.0, |_, k| {
        power = &power * x / (k + 1);
        &power / (k + 1)
    })?;
    Some(euler(c)? + c.ln(&x.abs()) + sum)
}

/// The logarithmic integral from 0.
pub(super) fn logarithmic(c: &mut Context<'_>, x: &Real) -> Option<Real> {
    if x.is_zero() {
        return Some(c.whole(0));
    }
    if x.is_negative() {
        return Some(c.undefined());
    }
    let log = c.ln(x);
    Some(exponential(c, &log.pinned())?.off_by(log.relative() + c.exp(&log).size()))
}

/// The logarithmic integral from 2.
pub(super) fn logarithmic_from_two(c: &mut Context<'_>, x: &Real) -> Option<Real> {
    let two = c.whole(2);
    Some(logarithmic(c, x)? - logarithmic(c, &two)?)
}

/// `x^s + …` with the terms `±x^(s + 2k)/((s + 2k)*(s + 2k)!)`.
fn every_other(c: &mut Context<'_>, x: &Real, s: i64, sign: i64) -> Option<Real> {
    let square = x.square() * sign;
    let mut power = if s == 1 { x.clone() } else { &square / 2 };
    let first = &power / s;
    let start = x.double().abs();
    c.sum(first, start, 1.0, |_, k| {
        let n = s + 2 * k;
        power = &power * &square / (n - 1) / n;
        &power / n
    })
}

/// The functions f and g of DLMF 6.2.17 far out.
fn auxiliary(c: &mut Context<'_>, x: &Real) -> Option<(Real, Real)> {
    let square = x.square();
    let step = |c: &mut Context<'_>, first: Real, s: i64| {
        c.asymptotic(first, 0.0, |term, k| {
            -(term * (2 * k - 1 + s) * (2 * k + s) / &square)
        })
    };
    Some((step(c, x.inverse(), 0)?, step(c, square.inverse(), 1)?))
}

/// The sine integral.
pub(super) fn sine(c: &mut Context<'_>, x: &Real) -> Option<Real> {
    if !is_far(c, x) {
        return every_other(c, x, 1, -1);
    }
    let size = x.abs();
    if size.size() > c.p as f64 {
        // The wave is less than the last digit.
        let value = (c.pi() / 2).off_by(2.0 - size.size());
        return Some(if x.is_negative() { -value } else { value });
    }
    let (f, g) = auxiliary(c, &size)?;
    let mut fine = c.finer(size.size().max(0.0) as usize);
    let (sine, cosine) = (fine.sin(&size), fine.cos(&size));
    let value = c.pi() / 2 - f * cosine - g * sine;
    Some(if x.is_negative() { -value } else { value })
}

/// The cosine integral of positive `x`.
pub(super) fn cosine(c: &mut Context<'_>, x: &Real) -> Option<Real> {
    if !x.is_positive() {
        return Some(c.undefined());
    }
    if !is_far(c, x) {
        return Some(euler(c)? + c.ln(x) + every_other(c, x, 2, -1)?);
    }
    if x.size() > FARTHEST_WAVE {
        return None;
    }
    let (f, g) = auxiliary(c, x)?;
    let mut fine = c.finer(x.size().max(0.0) as usize);
    let (sine, cosine) = (fine.sin(x), fine.cos(x));
    Some(f * sine - g * cosine)
}

/// The hyperbolic sine integral.
pub(super) fn sinh(c: &mut Context<'_>, x: &Real) -> Option<Real> {
    if is_far(c, x) {
        // The other exponential is less than the last digit.
        let size = exponential(c, &x.abs())? / 2;
        return Some(if x.is_negative() { -size } else { size });
    }
    every_other(c, x, 1, 1)
}

/// The hyperbolic cosine integral of positive `x`.
pub(super) fn cosh(c: &mut Context<'_>, x: &Real) -> Option<Real> {
    if !x.is_positive() {
        return Some(c.undefined());
    }
    if is_far(c, x) {
        return Some(exponential(c, x)? / 2);
    }
    Some(euler(c)? + c.ln(x) + every_other(c, x, 2, 1)?)
}

/// Fresnel's integrals of the cosine (`s` is 0) and the sine (`s` is 1).
pub(super) fn fresnel(c: &mut Context<'_>, x: &Real, s: i64) -> Option<Real> {
    let angle = x.square() * c.pi() / 2;
    if !is_far(c, &angle) {
        let square = angle.square();
        let mut power = if s == 0 { x.clone() } else { x * &angle };
        let first = &power / (2 * s + 1);
        let start = angle.double();
        return c.sum(first, start, 1.0, |_, k| {
            power = -(&power * &square / (2 * k - 1 + s) / (2 * k + s));
            &power / (4 * k + 2 * s + 1)
        });
    }
    let size = x.abs();
    if size.size() > c.p as f64 {
        let value = c.ratio(1, 2).off_by(2.0 - size.size());
        return Some(if x.is_negative() { -value } else { value });
    }
    let slope = (c.pi() * &size).inverse();
    // DLMF 7.12.2 and 7.12.3 in twice the angle.
    let double = &angle * 2;
    let square = double.square();
    let step = |c: &mut Context<'_>, first: Real, s: i64| {
        c.asymptotic(first, 0.0, |term, k| {
            -(term * (4 * k - 3 + 2 * s) * (4 * k - 1 + 2 * s) / &square)
        })
    };
    let f = step(c, slope.clone(), 0)?;
    let g = step(c, slope / &double, 1)?;
    let (sine, cosine) = quarter_turns(c, &size);
    let value = match s {
        0 => f * sine - g * cosine,
        _ => -(f * cosine) - g * sine,
    } + c.ratio(1, 2);
    Some(if x.is_negative() { -value } else { value })
}

/// The sine and the cosine of `pi*x^2/2`.
fn quarter_turns(c: &mut Context<'_>, x: &Real) -> (Real, Real) {
    let mut fine = c.finer(2 * x.size().max(0.0) as usize);
    let square = fine.take(x).square() / 2;
    fine.turn(&square)
}
