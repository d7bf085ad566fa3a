//! Hypergeometric functions by their power series (DLMF 16.2.1) and Pfaff's transformation
//! (DLMF 15.8.1).

/// The most terms of a series.
const MAX_TERMS: u32 = 4000;

/// The series with the given parameters above and below.
fn series(upper: &[f64], lower: &[f64], x: f64) -> f64 {
    let (mut term, mut sum) = (1.0f64, 1.0f64);
    for n in 0..MAX_TERMS {
        let n = f64::from(n);
        let above: f64 = upper.iter().map(|a| a + n).product();
        let below: f64 = lower.iter().map(|b| b + n).product();
        term *= above / below * x / (n + 1.0);
        sum += term;
        if !sum.is_finite() {
            return f64::NAN;
        }
        if term.abs() <= 1e-17 * sum.abs() {
            return sum;
        }
    }
    f64::NAN
}

/// Gauss's function of a, b, c and x < 0.95.
pub(crate) fn hyp2f1(arguments: &[f64]) -> f64 {
    let [a, b, c, x] = *arguments else { return f64::NAN };
    if x < -0.5 {
        let z = x / (x - 1.0);
        return if z < 0.95 {
            (1.0 - x).powf(-a) * series(&[a, c - b], &[c], z)
        } else {
            f64::NAN
        };
    }
    if x < 0.95 { series(&[a, b], &[c], x) } else { f64::NAN }
}

/// Kummer's function of a, b and x.
pub(crate) fn hyp1f1(a: f64, b: f64, x: f64) -> f64 {
    if x < 0.0 { x.exp() * series(&[b - a], &[b], -x) } else { series(&[a], &[b], x) }
}

/// The confluent limit function of b and x.
pub(crate) fn hyp0f1(b: f64, x: f64) -> f64 {
    series(&[], &[b], x)
}
