//! Bessel functions of real order, by their power series, and far out by the expansions of
//! Hankel (DLMF 10.2, 10.8, 10.17, 10.25, 10.31, 10.40).

use super::context::{Context, FARTHEST_WAVE};
use super::gamma::{digamma, reciprocal, rising_product};
use super::real::Real;

/// Whether the expansion for large arguments has enough digits.
fn is_far(c: &Context<'_>, order: &Real, x: &Real) -> bool {
    x.double() > c.p as f64 + 2.0 * order.double().abs()
}

fn alternate(n: i64) -> i64 {
    if n % 2 == 0 { 1 } else { -1 }
}

/// The functions of the first kind, J where `sign` is -1 and I where it is 1; of negative `x`
/// for whole orders only.
pub(super) fn first(
    c: &mut Context<'_>,
    order: &Real,
    x: &Real,
    sign: i64,
) -> Option<Real> {
    let whole = order.whole();
    if x.is_negative() {
        let Some(n) = whole else { return Some(c.undefined()) };
        return Some(first(c, order, &-x, sign)? * alternate(n));
    }
    if x.is_zero() {
        let value = match whole {
            Some(0) => c.whole(1),
            None if order.is_negative() => c.undefined(),
            _ => c.whole(0),
        };
        return Some(value);
    }
    if let Some(n) = whole.filter(|n| *n < 0) {
        let factor = if sign < 0 { alternate(n) } else { 1 };
        return Some(first(c, &-order, x, sign)? * factor);
    }
    if is_far(c, order, x) {
        return match sign {
            -1 => Some(oscillating(c, order, x)?.0),
            _ => growing(c, order, x),
        };
    }
    let half = x / 2;
    let square = half.square() * sign;
    let one = c.whole(1);
    // Past this every factor is less than a half.
    let start = 2.0 * x.double() + 2.0 * order.double().abs() + 2.0;
    c.afford(start)?;
    let sum = c.sum(one, start, 1.0, |term, k| term * &square / (order + k) / k)?;
    let head = c.power(&half, order) * reciprocal(c, &(order + 1))?;
    Some(head * sum)
}

/// The functions of the second kind for positive `x`, Y where `sign` is -1 and K where it
/// is 1.
pub(super) fn second(
    c: &mut Context<'_>,
    order: &Real,
    x: &Real,
    sign: i64,
) -> Option<Real> {
    if !x.is_positive() {
        return Some(c.undefined());
    }
    if is_far(c, order, x) {
        return match sign {
            -1 => Some(oscillating(c, order, x)?.1),
            _ => falling(c, order, x),
        };
    }
    if let Some(n) = order.whole() {
        let factor = if sign < 0 && n < 0 { alternate(n) } else { 1 };
        return Some(second_of_whole(c, n.abs(), x, sign)? * factor);
    }
    let (sine, cosine) = c.turn(order);
    let (up, down) = (first(c, order, x, sign)?, first(c, &-order, x, sign)?);
    match sign {
        -1 => Some((up * cosine - down) / sine),
        _ => Some((down - up) * c.pi() / 2 / sine),
    }
}

/// DLMF 10.8.1 and 10.31.1.
fn second_of_whole(c: &mut Context<'_>, n: i64, x: &Real, sign: i64) -> Option<Real> {
    c.pay(n.unsigned_abs())?;
    let half = x / 2;
    let square = half.square();
    // The finite sum of (n - k - 1)!/k!*(∓x^2/4)^k.
    let mut finite = c.whole(0);
    if n > 0 {
        let mut term = rising_product(&c.whole(1), n - 1);
        for k in 0..n {
            finite = finite + &term;
            if k + 1 < n {
                term = term * &square * -sign / ((k + 1) * (n - k - 1));
            }
        }
    }
    let power = c.whole_power(&half, n);
    let order = c.whole(n);
    let log = c.ln(&half) * first(c, &order, x, sign)?;
    // The sum of (psi(k + 1) + psi(n + k + 1))*(±x^2/4)^k/(k!*(n + k)!).
    let (one, next) = (c.whole(1), c.whole(n + 1));
    let mut weight = digamma(c, &one)? + digamma(c, &next)?;
    let mut part = rising_product(&c.whole(1), n).inverse();
    let signed = &square * sign;
    let head = &weight * &part;
    let start = 2.0 * x.double() + 2.0;
    let unit = c.whole(1);
    let series = c.sum(head, start, 2.0, |_, k| {
        part = &part * &signed / k / (n + k);
        weight = &weight + &unit / k + &unit / (n + k);
        &part * &weight
    })?;
    let pi = c.pi();
    Some(match sign {
        -1 => (log * 2 - finite / &power - power * series) / pi,
        _ => {
            let last = (power * series / 2 - log) * alternate(n);
            finite / c.whole_power(&half, n) / 2 + last
        }
    })
}

/// The terms `a_k/x^k` of Hankel's expansion, of every second k from `from` on, with signs.
fn expansion(c: &mut Context<'_>, order: &Real, x: &Real, from: i64) -> Option<Real> {
    let four = order.square() * 4;
    let below = x * 8;
    let factor = |k: i64| (&four - (2 * k - 1) * (2 * k - 1)) / &below / k;
    let first = if from == 0 { c.whole(1) } else { factor(1) };
    c.asymptotic(first, order.double().abs(), |term, k| {
        let n = 2 * k + from;
        -(term * factor(n) * factor(n - 1))
    })
}

/// J and Y far out.
fn oscillating(c: &mut Context<'_>, order: &Real, x: &Real) -> Option<(Real, Real)> {
    if x.size() > FARTHEST_WAVE {
        return None;
    }
    let (even, odd) = (expansion(c, order, x, 0)?, expansion(c, order, x, 1)?);
    let (sine, cosine) = {
        let mut fine = c.finer(x.size().max(0.0) as usize);
        (fine.sin(x), fine.cos(x))
    };
    // The angle is x less this one.
    let (s, k) = c.turn(&(order / 2 + c.ratio(1, 4)));
    let (sine, cosine) = (&sine * &k - &cosine * &s, &cosine * &k + &sine * &s);
    let size = (c.whole(2) / (c.pi() * x)).sqrt();
    let first = (&cosine * &even - &sine * &odd) * &size;
    Some((first, (sine * even + cosine * odd) * size))
}

/// The expansion with terms of the other signs.
fn modified(c: &mut Context<'_>, order: &Real, x: &Real, sign: i64) -> Option<Real> {
    let four = order.square() * 4;
    let below = x * 8 * sign;
    let one = c.whole(1);
    c.asymptotic(one, order.double().abs(), |term, k| {
        term * (&four - (2 * k - 1) * (2 * k - 1)) / &below / k
    })
}

/// I far out, where the falling exponential is less than the last digit.
fn growing(c: &mut Context<'_>, order: &Real, x: &Real) -> Option<Real> {
    let sum = modified(c, order, x, -1)?;
    let root = (c.pi() * x * 2).sqrt();
    Some(c.exp(x) / root * sum)
}

/// K far out.
fn falling(c: &mut Context<'_>, order: &Real, x: &Real) -> Option<Real> {
    let sum = modified(c, order, x, 1)?;
    let root = (c.pi() / x / 2).sqrt();
    Some(c.exp(&-x) * root * sum)
}

/// The spherical functions, the first kind where `kind` is 1 and the second where it is 2.
pub(super) fn spherical(
    c: &mut Context<'_>,
    order: &Real,
    x: &Real,
    kind: i64,
) -> Option<Real> {
    if x.is_negative() {
        let Some(n) = order.whole() else { return Some(c.undefined()) };
        return Some(spherical(c, order, &-x, kind)? * alternate(n + kind - 1));
    }
    if x.is_zero() {
        return Some(match order.whole() {
            Some(0) if kind == 1 => c.whole(1),
            _ if kind == 1 && order.is_positive() => c.whole(0),
            _ => c.undefined(),
        });
    }
    let half = order + c.ratio(1, 2);
    let root = (c.pi() / x / 2).sqrt();
    let value = match kind {
        1 => first(c, &half, x, -1)?,
        _ => second(c, &half, x, -1)?,
    };
    Some(root * value)
}
