//! Elliptic integrals with the parameter m: the complete ones by the arithmetic-geometric mean
//! (DLMF 19.8), the others by Carlson's symmetric forms (DLMF 19.25; Carlson, Numerical
//! computation of real or complex elliptic integrals, 1995).

use super::context::{Context, FARTHEST_WAVE};
use super::real::Real;

/// Steps that are tried; each has a fixed number of digits more.
const MOST_STEPS: usize = 100_000;

/// The complete integral of the first kind.
pub(super) fn complete_first(c: &mut Context<'_>, m: &Real) -> Option<Real> {
    Some(complete(c, m)?.0)
}

/// The complete integral of the second kind.
pub(super) fn complete_second(c: &mut Context<'_>, m: &Real) -> Option<Real> {
    let (first, part) = complete(c, m)?;
    match (m - 1).is_zero() {
        true => Some(c.whole(1)),
        false => Some(first * part),
    }
}

/// The first integral, and the second one over it.
fn complete(c: &mut Context<'_>, m: &Real) -> Option<(Real, Real)> {
    let rest = c.whole(1) - m;
    if !rest.is_positive() {
        return Some((c.undefined(), c.undefined()));
    }
    let (mut a, mut b) = (c.whole(1), rest.sqrt());
    let mut part = c.whole(1) - m / 2;
    let mut power = c.ratio(1, 2);
    for _ in 0..MOST_STEPS {
        let half = (&a - &b) / 2;
        power = power * 2;
        part = part - half.square() * &power;
        let mean = (&a + &b) / 2;
        b = (&a * &b).sqrt();
        a = mean;
        if half.size() < a.size() - c.p as f64 / 2.0 - 4.0 {
            // The next difference is the square of this one.
            let last = 2.0 * half.size() - a.size() + power.size() + 2.0;
            let value = c.pi() / (a.off_by(last) * 2);
            return Some((value, part.off_by(last)));
        }
    }
    None
}

/// The forms of an angle: its sine and squared cosine less whole half turns, and their number.
fn reduce(c: &mut Context<'_>, angle: &Real) -> Option<(Real, Real, Real)> {
    if angle.size() > FARTHEST_WAVE {
        return None;
    }
    let mut fine = c.finer(angle.size().max(0.0) as usize);
    let pi = fine.pi();
    let turns = (angle / &pi).nearest();
    let rest = fine.take(angle) - &turns * &pi;
    Some((fine.sin(&rest), fine.cos(&rest).square(), turns))
}

/// The integral of the first kind, of an angle.
pub(super) fn first(c: &mut Context<'_>, angle: &Real, m: &Real) -> Option<Real> {
    let (sine, cosine2, turns) = reduce(c, angle)?;
    let y = c.whole(1) - m * sine.square();
    if !y.is_positive() {
        return Some(c.undefined());
    }
    let part = sine * carlson_f(c, &cosine2, &y)?;
    match turns.is_zero() {
        true => Some(part),
        false => Some(part + complete_first(c, m)? * turns * 2),
    }
}

/// The integral of the second kind, of an angle.
pub(super) fn second(c: &mut Context<'_>, angle: &Real, m: &Real) -> Option<Real> {
    let (sine, cosine2, turns) = reduce(c, angle)?;
    let y = c.whole(1) - m * sine.square();
    if !y.is_positive() {
        return Some(c.undefined());
    }
    let one = c.whole(1);
    let cubed = &sine * sine.square() * m / 3;
    let part =
        sine * carlson_f(c, &cosine2, &y)? - cubed * carlson_j(c, &cosine2, &y, &one)?;
    match turns.is_zero() {
        true => Some(part),
        false => Some(part + complete_second(c, m)? * turns * 2),
    }
}

/// The integral of the third kind, of an angle, for `n*sin(angle)^2 < 1`.
pub(super) fn third(
    c: &mut Context<'_>,
    n: &Real,
    angle: &Real,
    m: &Real,
) -> Option<Real> {
    let (sine, cosine2, turns) = reduce(c, angle)?;
    let square = sine.square();
    let (y, p) = (c.whole(1) - m * &square, c.whole(1) - n * &square);
    if !y.is_positive() {
        return Some(c.undefined());
    }
    if !p.is_positive() {
        return None;
    }
    let cubed = &sine * square * n / 3;
    let part =
        sine * carlson_f(c, &cosine2, &y)? + cubed * carlson_j(c, &cosine2, &y, &p)?;
    match turns.is_zero() {
        true => Some(part),
        false => Some(part + complete_third(c, n, m)? * turns * 2),
    }
}

/// The complete integral of the third kind, for `n < 1`.
pub(super) fn complete_third(c: &mut Context<'_>, n: &Real, m: &Real) -> Option<Real> {
    let (y, p) = (c.whole(1) - m, c.whole(1) - n);
    if !y.is_positive() || p.is_zero() {
        return Some(c.undefined());
    }
    if !p.is_positive() {
        return None;
    }
    let zero = c.whole(0);
    Some(complete_first(c, m)? + carlson_j(c, &zero, &y, &p)? * n / 3)
}

/// How far the arguments of a form are from their mean, relative to it, as a binary logarithm:
/// each step makes the differences a fourth of what they were.
fn widest(gap: &mut Option<f64>, arguments: &[&Real], mean: &Real) -> f64 {
    let now = match *gap {
        Some(before) => before - 2.0,
        None => {
            let sizes = arguments.iter().map(|t| (*t - mean).size());
            sizes.fold(f64::NEG_INFINITY, f64::max)
        }
    };
    *gap = Some(now);
    now - mean.size() + 1.0
}

/// Carlson's `R_F(x, y, 1)`.
fn carlson_f(c: &mut Context<'_>, x: &Real, y: &Real) -> Option<Real> {
    let (mut x, mut y, mut z) = (x.clone(), y.clone(), c.whole(1));
    let mut gap = None;
    loop {
        c.pay(16)?;
        let mean = (&x + &y + &z) / 3;
        let widest = widest(&mut gap, [&x, &y, &z].as_slice(), &mean);
        // The terms that are left out begin with the sixth power.
        if 6.0 * widest < -(c.p as f64) - 4.0 {
            let [x, y, z] = &[&x, &y, &z].map(|t| c.whole(1) - t / &mean);
            let second = x * y - z.square();
            let third = x * y * z;
            let sum = c.whole(1) - &second / 10 + &third / 14 + second.square() / 24
                - &second * &third * 3 / 44;
            return Some(sum.off_by(6.0 * widest + 2.0) / mean.sqrt());
        }
        let (a, b, d) = (x.sqrt(), y.sqrt(), z.sqrt());
        let more = &a * &b + &b * &d + &a * &d;
        [x, y, z] = [x, y, z].map(|t| (t + &more) / 4);
    }
}

/// Carlson's `R_J(x, y, 1, p)`, which is `R_D` for p = 1.
fn carlson_j(c: &mut Context<'_>, x: &Real, y: &Real, p: &Real) -> Option<Real> {
    let (mut x, mut y, mut z, mut p) = (x.clone(), y.clone(), c.whole(1), p.clone());
    let mut sum = c.whole(0);
    let mut power = c.whole(1);
    let mut gap = None;
    loop {
        c.pay(80)?;
        let mean = (&x + &y + &z + &p * 2) / 5;
        let widest = widest(&mut gap, [&x, &y, &z, &p].as_slice(), &mean);
        if 6.0 * widest < -(c.p as f64) - 4.0 {
            let off = [&x, &y, &z, &p].map(|t| c.whole(1) - t / &mean);
            let series = series_j(c, &off).off_by(6.0 * widest + 4.0);
            return Some(series * power / (&mean * mean.sqrt()) + sum * 6);
        }
        let (a, b, d, r) = (x.sqrt(), y.sqrt(), z.sqrt(), p.sqrt());
        let more = &a * &b + &b * &d + &a * &d;
        let below = (&r + &a) * (&r + &b) * (&r + &d);
        // e is the product of the differences over the square of `below`.
        let e = (&p - &x) * (&p - &y) * (&p - &z) / below.square();
        sum = sum + carlson_c(c, &(e + 1))? * &power / below;
        power = power / 4;
        [x, y, z, p] = [x, y, z, p].map(|t| (t + &more) / 4);
    }
}

/// The series of `R_J` at the mean of its arguments, of what these are off.
fn series_j(c: &Context<'_>, off: &[Real; 4]) -> Real {
    let [x, y, z, p] = off;
    let e2 = x * y + x * z + y * z - p.square() * 3;
    let three = x * y * z;
    let cube = p * p.square();
    let e3 = &three + &e2 * p * 2 + &cube * 4;
    let e4 = (&three * 2 + &e2 * p + &cube * 3) * p;
    let e5 = three * p.square();
    c.whole(1) - &e2 * 3 / 14 + &e3 / 6 + e2.square() * 9 / 88
        - e4 * 3 / 22
        - e2 * e3 * 9 / 52
        + e5 * 3 / 26
}

/// Carlson's `R_C(1, y)`.
fn carlson_c(c: &mut Context<'_>, y: &Real) -> Option<Real> {
    let off = y - 1;
    if off.size() < -16.0 {
        // The series of arctan(sqrt(off))/sqrt(off), also of the logarithm.
        let mut power = c.whole(1);
        let one = c.whole(1);
        return c.sum(one, 0.0, 1.0, |_, k| {
            power = -(&power * &off);
            &power / (2 * k + 1)
        });
    }
    let root = off.abs().sqrt();
    if off.is_positive() {
        return Some(c.atan(&root) / root);
    }
    let quotient = (&root + 1) / (c.whole(1) - &root);
    Some(c.ln(&quotient) / 2 / root)
}
