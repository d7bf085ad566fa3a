//! Elliptic integrals with the parameter m, by Carlson's symmetric forms (DLMF 19.25).

use spec_math::misc::{elliprd, elliprf, elliprj};
use std::f64::consts::PI;

/// The greatest size of an argument that is tried.
const LIMIT: f64 = 1e10;

/// Whether all are numbers of reasonable size.
fn reasonable(arguments: &[f64]) -> bool {
    arguments.iter().all(|x| x.abs() <= LIMIT)
}

/// Complete integral of the first kind.
pub(crate) fn complete_first(m: f64) -> f64 {
    if reasonable(&[m]) && m < 1.0 { elliprf(0.0, 1.0 - m, 1.0) } else { f64::NAN }
}

/// Complete integral of the second kind.
pub(crate) fn complete_second(m: f64) -> f64 {
    if m == 1.0 {
        1.0
    } else if reasonable(&[m]) && m < 1.0 {
        let y = 1.0 - m;
        elliprf(0.0, y, 1.0) - m / 3.0 * elliprd(0.0, y, 1.0)
    } else {
        f64::NAN
    }
}

/// Complete integral of the third kind, for `n < 1`.
pub(crate) fn complete_third(n: f64, m: f64) -> f64 {
    if reasonable(&[n, m]) && m < 1.0 && n < 1.0 {
        elliprf(0.0, 1.0 - m, 1.0) + n / 3.0 * elliprj(0.0, 1.0 - m, 1.0, 1.0 - n)
    } else {
        f64::NAN
    }
}

/// Sine and squared cosine of the angle less whole half turns, and their number.
fn reduce(phi: f64) -> (f64, f64, f64) {
    let turns = (phi / PI).round();
    let rest = phi - turns * PI;
    let cosine = rest.cos();
    (rest.sin(), cosine * cosine, turns)
}

/// `part` within the first half turn, and twice the complete integral for each more.
fn extend(part: f64, turns: f64, complete: impl FnOnce() -> f64) -> f64 {
    if turns == 0.0 { part } else { part + 2.0 * turns * complete() }
}

/// Incomplete integral of the first kind.
pub(crate) fn first(phi: f64, m: f64) -> f64 {
    let (sine, cosine2, turns) = reduce(phi);
    let y = 1.0 - m * sine * sine;
    if !reasonable(&[phi, m]) || y <= 0.0 {
        return f64::NAN;
    }
    extend(sine * elliprf(cosine2, y, 1.0), turns, || complete_first(m))
}

/// Incomplete integral of the second kind.
pub(crate) fn second(phi: f64, m: f64) -> f64 {
    let (sine, cosine2, turns) = reduce(phi);
    let y = 1.0 - m * sine * sine;
    if !reasonable(&[phi, m]) || y <= 0.0 {
        return f64::NAN;
    }
    let cubed = m * sine * sine * sine;
    let part = sine * elliprf(cosine2, y, 1.0) - cubed / 3.0 * elliprd(cosine2, y, 1.0);
    extend(part, turns, || complete_second(m))
}

/// Incomplete integral of the third kind, for `n*sin(phi)^2 < 1`.
pub(crate) fn third(n: f64, phi: f64, m: f64) -> f64 {
    let (sine, cosine2, turns) = reduce(phi);
    let y = 1.0 - m * sine * sine;
    let p = 1.0 - n * sine * sine;
    if !reasonable(&[n, phi, m]) || y <= 0.0 || p <= 0.0 {
        return f64::NAN;
    }
    let cubed = n * sine * sine * sine;
    let part =
        sine * elliprf(cosine2, y, 1.0) + cubed / 3.0 * elliprj(cosine2, y, 1.0, p);
    extend(part, turns, || complete_third(n, m))
}
