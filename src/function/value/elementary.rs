//! Roots and logarithms that the standard library lacks.

/// The real root of `x` of order `n`; negative `x` has one for odd integer `n`.
pub(crate) fn root(x: f64, n: f64) -> f64 {
    if n == 2.0 {
        return x.sqrt();
    }
    if n == 3.0 {
        return x.cbrt();
    }
    if n == 0.0 || n.is_nan() || x.is_nan() {
        return f64::NAN;
    }
    if x < 0.0 {
        return if (n % 2.0).abs() == 1.0 { -root(-x, n) } else { f64::NAN };
    }
    let guess = x.powf(n.recip());
    // One Newton step removes the rounding of 1/n, so that root(32, 5) is 2.
    let power = guess.powf(n);
    if n.fract() == 0.0 && n.abs() <= 64.0 && power.is_normal() && x.is_normal() {
        guess - guess * (power - x) / (n * power)
    } else {
        guess
    }
}

/// Logarithm of `x` to the base `base`.
pub(crate) fn log_base(x: f64, base: f64) -> f64 {
    if base == 2.0 {
        x.log2()
    } else if base == 10.0 {
        x.log10()
    } else {
        x.ln() / base.ln()
    }
}
