//! Special functions with many digits.
//!
//! Arguments are taken for exact here. Every value comes with a bound of its error, and is
//! calculated again with more digits where too much of it cancelled.
//!
//! Invariant: every sum and every iteration is bounded by the work of its [`Context`].

mod airy;
mod bernoulli;
mod bessel;
mod context;
mod elliptic;
mod error;
mod gamma;
mod hypergeometric;
mod incomplete;
mod integral;
mod lambert;
mod linear;
mod newton;
mod orthogonal;
mod polylog;
mod real;
mod roots;
mod zeta;

use super::loss;
use astro_float::{BigFloat, Consts};
use context::Context;
pub(super) use context::TRANSCENDENTAL;
pub(super) use linear::Square;
use real::Real;

/// More binary digits would take too long.
const MOST_BITS: usize = 20_000;
/// Binary digits to spare.
const SPARE: usize = 32;
/// Digits that may be lost: the values are calculated with more than are shown.
const LOST: f64 = 16.0;
/// The binary logarithm of what is so small that it is 0 for want of an exponent.
const SMALLEST: f64 = -1e9;
/// How often a value is calculated again with more digits.
const MOST_TRIES: usize = 4;

/// A value with the binary logarithm of its error; NaN where the function is undefined.
pub(super) struct Found {
    pub(super) value: BigFloat,
    pub(super) error: i64,
}

/// A function of the table at arguments that are taken for exact, with `p` binary digits.
/// What it takes is taken off what is left for all values of a formula.
/// `None` for a function that is not among these, or a value that takes too much.
pub(super) fn value(
    name: &str,
    arguments: &[BigFloat],
    p: usize,
    constants: &mut Consts,
    left: &mut u64,
) -> Option<Found> {
    if arguments.iter().any(BigFloat::is_nan) {
        return Some(undefined());
    }
    if arguments.iter().any(BigFloat::is_inf) {
        return None;
    }
    let mut digits = p + SPARE;
    let mut last = None;
    for _ in 0..MOST_TRIES {
        if digits > MOST_BITS || *left == 0 {
            break;
        }
        let mut context = Context::new(digits, constants);
        let found = of(&mut context, name, arguments);
        *left = left.saturating_sub(context.cost());
        let Some(found) = found else { break };
        if found.is_nan() {
            return Some(undefined());
        }
        if found.is_zero() && found.error > f64::NEG_INFINITY && found.error < SMALLEST {
            // Less than any number that can be written.
            return None;
        }
        let wanted = found.size() - p as f64 - 4.0;
        let missing = found.error - wanted;
        let error = (found.error.ceil().max(-1e15) as i64).max(loss::EXACT);
        let is_enough = missing <= LOST || found.error == f64::NEG_INFINITY;
        let is_nothing = found.error < -(p as f64);
        // What is 0 for ever has no digits, but a small error: more are asked for once.
        if is_enough || is_nothing && last.is_some() {
            return Some(Found { value: found.value, error });
        }
        last = is_nothing.then_some(Found { value: found.value, error });
        digits += missing.min(digits as f64 * 2.0).max(64.0) as usize;
    }
    last
}

fn undefined() -> Found {
    Found { value: astro_float::NAN, error: loss::ALL }
}

/// The value of one of the functions; `None` for others, and where it takes too much.
fn of(c: &mut Context<'_>, name: &str, arguments: &[BigFloat]) -> Option<Real> {
    let list: Vec<Real> = arguments.iter().map(|x| Real::exact(x.clone(), c.p)).collect();
    match (name, &list[..]) {
        ("gamma", [x]) => gamma::gamma(c, x),
        ("factorial", [x]) => gamma::gamma(c, &(x + 1)),
        ("lgamma", [x]) => gamma::log_gamma(c, x),
        ("digamma", [x]) => gamma::digamma(c, x),
        ("beta", [x, y]) => gamma::beta(c, x, y),
        ("binomial", [n, k]) => gamma::binomial(c, n, k),
        ("RisingFactorial", [x, n]) => gamma::rising(c, x, n),
        ("FallingFactorial", [x, n]) => gamma::falling(c, x, n),
        ("subfactorial", [n]) => gamma::subfactorial(c, n),
        ("harmonic", [x]) => gamma::harmonic(c, x),
        ("harmonic_order", [x, m]) => zeta::harmonic_of_order(c, x, m),
        ("zeta", [s]) => zeta::zeta(c, s),
        ("hurwitz", [s, a]) => zeta::hurwitz(c, s, a),
        ("dirichlet_eta", [s]) => zeta::eta(c, s),
        ("polygamma", [n, x]) => zeta::polygamma(c, n, x),
        ("polylog", [s, x]) => polylog::polylog(c, s, x),
        ("lerchphi", [z, s, a]) => polylog::lerch(c, z, s, a),
        ("lowergamma", [a, x]) => incomplete::lower_gamma(c, a, x),
        ("uppergamma", [a, x]) => incomplete::upper_gamma(c, a, x),
        ("expint", [p, x]) => incomplete::expint(c, p, x),
        ("betainc", _) => incomplete::beta_between(c, &list),
        ("betainc_regularized", _) => incomplete::beta_regularized(c, &list),
        ("Ei", [x]) => integral::exponential(c, x),
        ("li", [x]) => integral::logarithmic(c, x),
        ("Li", [x]) => integral::logarithmic_from_two(c, x),
        ("Si", [x]) => integral::sine(c, x),
        ("Ci", [x]) => integral::cosine(c, x),
        ("Shi", [x]) => integral::sinh(c, x),
        ("Chi", [x]) => integral::cosh(c, x),
        ("fresnelc", [x]) => integral::fresnel(c, x, 0),
        ("fresnels", [x]) => integral::fresnel(c, x, 1),
        ("erfi", [x]) => error::erfi(c, x),
        ("erfinv", [x]) => error::inverse(c, x),
        ("erfcinv", [x]) => error::inverse_complement(c, x),
        ("lambertw", [x]) => lambert::branch(c, x, 0),
        ("lambertw_k", [x, k]) => lambert::branch(c, x, k.whole()?),
        ("ellipticK", [m]) => elliptic::complete_first(c, m),
        ("ellipticE", [m]) => elliptic::complete_second(c, m),
        ("ellipticF", [u, m]) => elliptic::first(c, u, m),
        ("ellipticEinc", [u, m]) => elliptic::second(c, u, m),
        ("ellipticPi", [n, u, m]) => elliptic::third(c, n, u, m),
        ("ellipticPi_complete", [n, m]) => elliptic::complete_third(c, n, m),
        ("besselj", [v, x]) => bessel::first(c, v, x, -1),
        ("besseli", [v, x]) => bessel::first(c, v, x, 1),
        ("bessely", [v, x]) => bessel::second(c, v, x, -1),
        ("besselk", [v, x]) => bessel::second(c, v, x, 1),
        ("jn", [v, x]) => bessel::spherical(c, v, x, 1),
        ("yn", [v, x]) => bessel::spherical(c, v, x, 2),
        ("airyai", [x]) => airy::airy(c, x, 0, false),
        ("airybi", [x]) => airy::airy(c, x, 1, false),
        ("airyaiprime", [x]) => airy::airy(c, x, 0, true),
        ("airybiprime", [x]) => airy::airy(c, x, 1, true),
        ("hyp2f1", _) => hypergeometric::hyp2f1(c, &list),
        ("hyp1f1", [a, b, x]) => hypergeometric::hyp1f1(c, a, b, x),
        ("hyp0f1", [b, x]) => hypergeometric::hyp0f1(c, b, x),
        _ => orthogonal::polynomial(c, name, &list),
    }
}
