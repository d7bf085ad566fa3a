//! Zeta functions, by the formula of Euler and Maclaurin (DLMF 25.11.5) and by reflection
//! (DLMF 25.4.1).

use super::context::Context;
use super::gamma;
use super::real::Real;

/// The farthest order for which powers are added.
const FARTHEST: f64 = 1e4;
/// The farthest whole order of which the polynomial is written out.
const FARTHEST_WHOLE: i64 = 1000;
/// A negative parameter is carried to a positive one in so many steps at most.
const MOST_STEPS: f64 = 1e4;

/// Riemann's zeta function.
pub(super) fn zeta(c: &mut Context<'_>, s: &Real) -> Option<Real> {
    if !s.is_negative() {
        return hurwitz(c, s, &c.whole(1));
    }
    if let Some(n) = s.whole().filter(|n| -n < 2 * c.p as i64) {
        let k = (1 - n) as usize / 2;
        let zeta = c.bernoulli(k.max(c.p / 8 + 8))?.get(k.wrapping_sub(1)).cloned();
        return zeta.map(|ratio| if n % 2 == 0 { c.whole(0) } else { -ratio });
    }
    // Next to 0 no digit would be left of 1 - s beside the pole; the sum has none there.
    if s.size() < 0.0 {
        return hurwitz(c, s, &c.whole(1));
    }
    let t = c.whole(1) - s;
    let (sine, _) = c.turn(&(s / 2));
    if sine.is_zero() {
        return Some(c.whole(0));
    }
    let turn = c.pi() * 2;
    let power = c.power(&turn, &-&t);
    Some(sine * 2 * power * gamma::gamma(c, &t)? * zeta(c, &t)?)
}

/// Hurwitz's zeta function, of negative `a` for whole `s` only.
pub(super) fn hurwitz(c: &mut Context<'_>, s: &Real, a: &Real) -> Option<Real> {
    let is_one = (s - 1).is_zero();
    // Of whole orders up to 0 it is a polynomial.
    let is_polynomial = s.whole().is_some_and(|s| s <= 0);
    let is_outside = a.is_pole() || a.is_negative() && s.whole().is_none();
    if is_one || is_outside && !is_polynomial {
        return Some(c.undefined());
    }
    let size = s.double();
    if size < -FARTHEST || !a.double().is_finite() || a.is_below(-MOST_STEPS) {
        return None;
    }
    if let Some(n) = s.whole().filter(|s| (-FARTHEST_WHOLE..=0).contains(s)) {
        return power_polynomial(c, -n, a);
    }
    // Far enough out for the terms of the correction to fall below the last digit.
    let far = c.p as f64 / 4.0 + 10.0 + size.abs().min(FARTHEST) / 2.0;
    let steps = (far - a.double()).ceil().max(0.0) as i64;
    let falling = -s;
    let mut sum = c.whole(0);
    let mut x = a.clone();
    for _ in 0..steps {
        c.pay(1)?;
        let power = c.power(&x, &falling);
        sum = sum + &power;
        x = x + 1;
        // What is left is at most this power times 1 + x/(s - 1).
        let rest = power.size() + (1.0 + x.double() / (size - 1.0)).log2();
        if size > 1.0 && x.is_positive() && rest < sum.size() - c.p as f64 - 8.0 {
            return Some(sum.off_by(rest + 1.0));
        }
    }
    let power = c.power(&x, &falling);
    let square = x.square().inverse();
    let half = &power / 2;
    let mut tail = &power * &x / (s - 1) + half;
    // B_2j/(2j)!*s*(s + 1)*…*(s + 2j - 2)*x^(1 - s - 2j)
    let mut factor = power * s / &x;
    for (j, ratio) in (1..).zip(c.bernoulli(c.p / 4 + 16)?.iter()) {
        let step = ratio * &factor;
        let last = step.size();
        if step.is_zero() || last < (sum.size().max(tail.size())) - c.p as f64 - 8.0 {
            // From here on the factors have one sign.
            if size + 2.0 * j as f64 > 1.0 {
                return Some((sum + tail).off_by(last + 2.0));
            }
        }
        tail = tail + step;
        let order = s + (2 * j - 1);
        factor = factor * &order * (order + 1) * &square / (2 * j) / (2 * j + 1);
    }
    None
}

/// Of the order `-n`: `-B(n + 1, a)/(n + 1)` with Bernoulli's polynomial (DLMF 25.11.14).
fn power_polynomial(c: &mut Context<'_>, n: i64, a: &Real) -> Option<Real> {
    let count = (n + 1) / 2;
    let ratios = c.bernoulli((count as usize).max(c.p / 8 + 8))?;
    let square = a.square();
    let mut sum = c.whole(0);
    // binomial(n, 2k - 1)
    let mut binomial = c.whole(n);
    for (k, ratio) in (1..=count).zip(ratios.iter()) {
        c.pay(1)?;
        sum = sum * &square - ratio * &binomial;
        binomial = binomial * (n + 1 - 2 * k) * (n - 2 * k) / (2 * k) / (2 * k + 1);
    }
    if n % 2 == 0 {
        sum = sum * a;
    }
    let power = if n == 0 { c.whole(1) } else { c.whole_power(a, n) };
    Some(sum + power * (c.ratio(1, 2) - a / (n + 1)))
}

/// Dirichlet's eta function.
pub(super) fn eta(c: &mut Context<'_>, s: &Real) -> Option<Real> {
    let two = c.whole(2);
    let rest = c.whole(1) - s;
    if rest.is_zero() {
        return Some(c.ln(&two));
    }
    let power = c.power(&two, &rest);
    Some((c.whole(1) - power) * zeta(c, s)?)
}

/// The derivative of whole order `n` of digamma (DLMF 25.11.12).
pub(super) fn polygamma(c: &mut Context<'_>, n: &Real, x: &Real) -> Option<Real> {
    match n.whole() {
        Some(0) => gamma::digamma(c, x),
        Some(order) if order > 0 => {
            let size = gamma::gamma(c, &(n + 1))? * hurwitz(c, &(n + 1), x)?;
            Some(if order % 2 == 1 { size } else { -size })
        }
        _ => Some(c.undefined()),
    }
}

/// The generalised harmonic number `1 + 1/2^m + … + 1/x^m`.
pub(super) fn harmonic_of_order(c: &mut Context<'_>, x: &Real, m: &Real) -> Option<Real> {
    if (m - 1).is_zero() {
        return gamma::harmonic(c, x);
    }
    Some(zeta(c, m)? - hurwitz(c, m, &(x + 1))?)
}
