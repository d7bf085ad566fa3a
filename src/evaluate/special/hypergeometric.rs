//! Hypergeometric functions by their power series (DLMF 16.2.1), and Gauss's function beyond
//! it by Taylor series of its differential equation (DLMF 15.10.1), from one point to the next
//! on the way to 1.

use super::context::Context;
use super::gamma::{gamma, reciprocal};
use super::real::Real;

/// The series is taken at once as far out as this.
const NEAR: f64 = 0.6;
/// The most points on the way to 1.
const MOST_POINTS: usize = 400;

/// The series with the given parameters above and below.
fn series(
    c: &mut Context<'_>,
    upper: &[&Real],
    lower: &[&Real],
    x: &Real,
    start: f64,
) -> Option<Real> {
    let is_finite = |a: &&&Real| a.is_pole();
    let first =
        upper.iter().filter(is_finite).map(|a| -a.double()).fold(f64::MAX, f64::min);
    // A pole below is met unless the series ends before it.
    if lower.iter().any(|b| b.is_pole() && -b.double() < first) {
        return Some(c.undefined());
    }
    let sizes = |list: &[&Real]| list.iter().map(|a| a.double().abs()).sum::<f64>();
    let start = start + 2.0 * (sizes(upper) + sizes(lower)) + 2.0;
    let one = c.whole(1);
    c.sum(one, start, 3.0, |term, k| {
        let above = upper.iter().fold(term * x, |all, a| all * (*a + (k - 1)));
        lower.iter().fold(above / k, |all, b| match above_zero(b, k - 1) {
            true => all / (*b + (k - 1)),
            false => all,
        })
    })
}

/// Whether a factor below is not 0; where it is, the one above was before.
fn above_zero(b: &Real, k: i64) -> bool {
    !(b + k).is_zero()
}

/// The confluent limit function.
pub(super) fn hyp0f1(c: &mut Context<'_>, b: &Real, x: &Real) -> Option<Real> {
    series(c, &[], &[b], x, 4.0 * x.double().abs().sqrt())
}

/// Kummer's function.
pub(super) fn hyp1f1(c: &mut Context<'_>, a: &Real, b: &Real, x: &Real) -> Option<Real> {
    if x.is_negative() && !a.is_pole() && !b.is_pole() {
        // Kummer's transformation, DLMF 13.2.39.
        return Some(c.exp(x) * series(c, &[&(b - a)], &[b], &-x, -2.0 * x.double())?);
    }
    series(c, &[a], &[b], x, 2.0 * x.double().abs())
}

/// Gauss's function.
pub(super) fn hyp2f1(c: &mut Context<'_>, arguments: &[Real]) -> Option<Real> {
    let [a, b, s, x] = arguments else { return None };
    let is_finite = a.is_pole() || b.is_pole();
    let rest = c.whole(1) - x;
    if is_finite || x.double().abs() < NEAR || s.is_pole() {
        let is_near = is_finite || x.double().abs() < 1.0;
        return if is_near { series(c, &[a, b], &[s], x, 0.0) } else { None };
    }
    if x.is_negative() {
        // Pfaff's transformation, DLMF 15.8.1.
        let head = c.power(&rest, &-a);
        let moved = x / (x - 1);
        let arguments = [a.clone(), s - b, s.clone(), moved.pinned()];
        let value = hyp2f1(c, &arguments)?;
        let slope = value.size() + 8.0 + rest.size().abs();
        return Some(head * value.off_by(moved.error + slope + rest.size().abs()));
    }
    if rest.is_negative() {
        return Some(c.undefined());
    }
    if rest.is_zero() {
        // Gauss's sum, DLMF 15.4.20.
        let left = s - a - b;
        if !left.is_positive() {
            return Some(c.undefined());
        }
        let above = gamma(c, s)? * gamma(c, &left)?;
        return Some(above * reciprocal(c, &(s - a))? * reciprocal(c, &(s - b))?);
    }
    continued(c, [a, b, s], x)
}

/// From a half on, each time by half of what is left to 1, and to `x` at last.
fn continued(c: &mut Context<'_>, [a, b, s]: [&Real; 3], x: &Real) -> Option<Real> {
    let mut at = c.ratio(1, 2);
    let mut value = series(c, &[a, b], &[s], &at, 0.0)?;
    let next = [a + 1, b + 1, s + 1];
    let slope = series(c, &[&next[0], &next[1]], &[&next[2]], &at, 0.0)?;
    let mut slope = slope * a * b / s;
    for _ in 0..MOST_POINTS {
        let room = (c.whole(1) - &at) / 2;
        let left = x - &at;
        let step = if (&left - &room).is_positive() { room } else { left.clone() };
        (value, slope) = moved(c, [a, b, s], &at, &step, value, slope)?;
        at = at + &step;
        if (&left - &step).is_zero() {
            return Some(value);
        }
    }
    None
}

/// Value and slope after a step, by the Taylor series: the coefficients follow from
/// `z*(1 - z)*w'' + (s - (a + b + 1)*z)*w' - a*b*w = 0`.
fn moved(
    c: &mut Context<'_>,
    [a, b, s]: [&Real; 3],
    at: &Real,
    step: &Real,
    value: Real,
    slope: Real,
) -> Option<(Real, Real)> {
    let leading = at * (c.whole(1) - at);
    let turn = c.whole(1) - at * 2;
    let both = a + b + 1;
    let product = a * b;
    let drift = s - &both * at;
    let (mut before, mut last) = (value.clone(), &slope * step);
    let mut total = &value + &last;
    let mut rate = last.clone();
    let square = step.square();
    for n in 0.. {
        c.pay(4)?;
        // The terms are the coefficients times powers of the step.
        let first = ((&turn * n) + &drift) * (n + 1) * &last * step;
        let second = (&both * n + &product + n * (n - 1)) * &before * &square;
        let next = (second - first) / &leading / ((n + 1) * (n + 2));
        total = total + &next;
        rate = rate + &next * (n + 2);
        (before, last) = (last, next);
        let small = |x: &Real| x.size() < total.size() - c.p as f64 - 8.0;
        let start = 2.0 * (a.double().abs() + b.double().abs() + s.double().abs());
        if small(&last) && small(&before) && n as f64 > start {
            let tail = last.size().max(before.size()) + 4.0;
            let slope = rate.off_by(tail + (n as f64).log2() + 2.0) / step;
            return Some((total.off_by(tail), slope));
        }
    }
    None
}
