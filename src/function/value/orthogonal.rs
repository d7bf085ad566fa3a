//! Orthogonal polynomials of integer degree by their recurrences (DLMF 18.9).

/// The degree, if it is an integer that can be reached.
fn degree(n: f64) -> Option<u32> {
    (n.fract() == 0.0 && (0.0..=1e4).contains(&n)).then_some(n as u32)
}

/// The value of degree `n`, where `step(k, last, before)` answers degree `k + 1`.
fn recur(n: f64, one: f64, step: impl Fn(f64, f64, f64) -> f64) -> f64 {
    let Some(n) = degree(n) else { return f64::NAN };
    if n == 0 {
        return if one.is_nan() { one } else { 1.0 };
    }
    let (mut before, mut last) = (1.0, one);
    for k in (1..n).map(f64::from) {
        (before, last) = (last, step(k, last, before));
    }
    last
}

/// Legendre polynomial; degree `-n - 1` is degree `n`.
pub(crate) fn legendre(n: f64, x: f64) -> f64 {
    let n = if n < 0.0 { -n - 1.0 } else { n };
    recur(n, x, |k, p, q| ((2.0 * k + 1.0) * x * p - k * q) / (k + 1.0))
}

/// Associated Legendre function with the phase of Condon and Shortley, integer orders.
pub(crate) fn associated_legendre(n: f64, m: f64, x: f64) -> f64 {
    let n = if n < 0.0 { -n - 1.0 } else { n };
    if m.fract() != 0.0
        || m.abs() > 1e4
        || x.is_nan()
        || degree(n).is_none()
        || x.abs() > 1.0
    {
        return f64::NAN;
    }
    let order = m.abs();
    if order > n {
        // Of a negative order it is no polynomial.
        return if m > 0.0 { 0.0 } else { f64::NAN };
    }
    let root = ((1.0 - x) * (1.0 + x)).sqrt();
    // From degree m, DLMF 14.10.3; for a negative order 14.9.3 is multiplied in as it goes.
    let mut value = 1.0;
    for k in (1..=order as u32).map(f64::from) {
        value *= if m < 0.0 { root / (2.0 * k) } else { -(2.0 * k - 1.0) * root };
    }
    let mut before = 0.0;
    for k in (order as u32..n as u32).map(f64::from) {
        let next = ((2.0 * k + 1.0) * x * value - (k + m) * before) / (k + 1.0 - m);
        before = value;
        value = next;
    }
    value
}

/// Chebyshev polynomial of the first kind; degree `-n` is degree `n`.
pub(crate) fn chebyshev_t(n: f64, x: f64) -> f64 {
    recur(n.abs(), x, |_, p, q| 2.0 * x * p - q)
}

/// Chebyshev polynomial of the second kind; degree `-n - 2` is minus degree `n`.
pub(crate) fn chebyshev_u(n: f64, x: f64) -> f64 {
    if n == -1.0 {
        return if x.is_nan() { x } else { 0.0 };
    }
    if n < -1.0 {
        return -chebyshev_u(-n - 2.0, x);
    }
    recur(n, 2.0 * x, |_, p, q| 2.0 * x * p - q)
}

/// Hermite polynomial.
pub(crate) fn hermite(n: f64, x: f64) -> f64 {
    recur(n, 2.0 * x, |k, p, q| 2.0 * (x * p - k * q))
}

/// Hermite polynomial of the probabilists.
pub(crate) fn hermite_prob(n: f64, x: f64) -> f64 {
    recur(n, x, |k, p, q| x * p - k * q)
}

/// Laguerre polynomial.
pub(crate) fn laguerre(n: f64, x: f64) -> f64 {
    associated_laguerre(n, 0.0, x)
}

/// Associated Laguerre polynomial, 0 for degree -1.
pub(crate) fn associated_laguerre(n: f64, a: f64, x: f64) -> f64 {
    if n == -1.0 {
        return 0.0 * (a + x);
    }
    recur(n, 1.0 + a - x, |k, p, q| {
        ((2.0 * k + 1.0 + a - x) * p - (k + a) * q) / (k + 1.0)
    })
}

/// Gegenbauer polynomial, 0 for degree -1.
pub(crate) fn gegenbauer(n: f64, a: f64, x: f64) -> f64 {
    if n == -1.0 {
        return 0.0 * (a + x);
    }
    recur(n, 2.0 * a * x, |k, p, q| {
        (2.0 * (k + a) * x * p - (k + 2.0 * a - 1.0) * q) / (k + 1.0)
    })
}

/// Jacobi polynomial of degree n, parameters a and b, at x; 0 for degree -1.
pub(crate) fn jacobi(arguments: &[f64]) -> f64 {
    let [n, a, b, x] = *arguments else { return f64::NAN };
    if n == -1.0 {
        return 0.0 * (a + b + x);
    }
    let one = (a + 1.0) + (a + b + 2.0) * (x - 1.0) / 2.0;
    recur(n, one, |k, p, q| {
        let c = 2.0 * k + a + b;
        let first = (c + 1.0) * ((c + 2.0) * c * x + (a - b) * (a + b)) * p;
        let second = 2.0 * (k + a) * (k + b) * (c + 2.0) * q;
        (first - second) / (2.0 * (k + 1.0) * (k + 1.0 + a + b) * c)
    })
}
