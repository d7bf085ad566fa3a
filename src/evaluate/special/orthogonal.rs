//! Orthogonal polynomials of whole degree by their recurrences (DLMF 18.9, 14.10.3).

use super::context::Context;
use super::real::Real;

/// The value of degree `n`, where `step(k, last, before)` answers degree `k + 1`; nothing for
/// degree -1.
fn recur(
    c: &mut Context<'_>,
    n: i64,
    one: Real,
    step: impl Fn(i64, &Real, &Real) -> Real,
) -> Option<Real> {
    match n {
        -1 => return Some(c.whole(0)),
        0 => return Some(c.whole(1)),
        _ if n < 0 => return Some(c.undefined()),
        _ => c.pay(2 * n.unsigned_abs())?,
    }
    let (mut before, mut last) = (c.whole(1), one);
    for k in 1..n {
        let next = step(k, &last, &before);
        (before, last) = (last, next);
    }
    Some(last)
}

/// A polynomial of the table by its name, of whole degree; the last argument is the variable.
pub(super) fn polynomial(
    c: &mut Context<'_>,
    name: &str,
    arguments: &[Real],
) -> Option<Real> {
    let [degree, parameters @ .., x] = arguments else { return None };
    let n = degree.whole()?;
    match (name, parameters) {
        ("legendre", []) => {
            let n = if n < 0 { -n - 1 } else { n };
            recur(c, n, x.clone(), |k, p, q| (x * p * (2 * k + 1) - q * k) / (k + 1))
        }
        ("chebyshevt", []) => recur(c, n.abs(), x.clone(), |_, p, q| x * p * 2 - q),
        ("chebyshevu", []) if n < -1 => {
            Some(-recur(c, -n - 2, x * 2, |_, p, q| x * p * 2 - q)?)
        }
        ("chebyshevu", []) => recur(c, n, x * 2, |_, p, q| x * p * 2 - q),
        ("hermite", []) if n < 0 => None,
        ("hermite", []) => recur(c, n, x * 2, |k, p, q| (x * p - q * k) * 2),
        ("hermite_prob", []) if n < 0 => None,
        ("hermite_prob", []) => recur(c, n, x.clone(), |k, p, q| x * p - q * k),
        ("laguerre", []) => associated_laguerre(c, n, &c.whole(0), x),
        ("assoc_laguerre", [a]) => associated_laguerre(c, n, a, x),
        ("gegenbauer", [a]) => recur(c, n, a * x * 2, |k, p, q| {
            ((a + k) * x * p * 2 - (a * 2 + (k - 1)) * q) / (k + 1)
        }),
        ("jacobi", [a, b]) => {
            let sum = a + b;
            // The recurrence divides by 0 there.
            if sum.whole().is_some_and(|sum| sum <= -2) {
                return None;
            }
            let one = (a + 1) + (&sum + 2) * (x - 1) / 2;
            let squares = (a - b) * &sum;
            recur(c, n, one, |k, p, q| {
                let m = &sum + 2 * k;
                let first = (&m + 1) * ((&m + 2) * &m * x + &squares) * p;
                let second = (a + k) * (b + k) * (&m + 2) * q * 2;
                (first - second) / ((&sum + (k + 1)) * m * (2 * (k + 1)))
            })
        }
        ("assoc_legendre", [order]) => associated_legendre(c, n, order.whole()?, x),
        _ => None,
    }
}

fn associated_laguerre(c: &mut Context<'_>, n: i64, a: &Real, x: &Real) -> Option<Real> {
    recur(c, n, a + 1 - x, |k, p, q| ((a + (2 * k + 1) - x) * p - (a + k) * q) / (k + 1))
}

/// With the phase of Condon and Shortley; degree `-n - 1` is degree `n`.
fn associated_legendre(c: &mut Context<'_>, n: i64, m: i64, x: &Real) -> Option<Real> {
    let n = if n < 0 { -n - 1 } else { n };
    let square = (c.whole(1) - x) * (x + 1);
    if square.is_negative() {
        return Some(c.undefined());
    }
    let order = m.abs();
    if order > n {
        // Of a negative order it is no polynomial.
        return (m > 0).then(|| c.whole(0));
    }
    c.pay(4 * n.unsigned_abs())?;
    let root = square.sqrt();
    // From degree m; for a negative order DLMF 14.9.3 is multiplied in as it goes.
    let mut value = c.whole(1);
    for k in 1..=order {
        value = value * &root;
        value = if m < 0 { value / (2 * k) } else { value * (1 - 2 * k) };
    }
    let mut before = c.whole(0);
    for k in order..n {
        let next = (x * &value * (2 * k + 1) - before * (k + m)) / (k + 1 - m);
        before = value;
        value = next;
    }
    Some(value)
}
