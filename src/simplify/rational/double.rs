//! Sines and cosines of an angle by those of twice the angle.

use super::factored::{Factored, Outcome, Ring};
use super::powers::Powers;
use crate::function;
use crate::kernel::{Number, Pool};
use crate::polynomial::{Polynomial, Work};
use crate::simplify::families::family;

/// Quotients of more terms are left alone.
const MAX_TERMS: usize = 40;

/// The names, and the sign in `first^2 = sign*(1 - second)/2` of twice the angle.
const DOUBLED: [(&str, &str, i64); 2] = [("sin", "cos", 1), ("sinh", "cosh", -1)];

/// Whether a ring has a sine and a cosine of one angle.
pub(super) fn can_double(ring: &Ring<'_>) -> bool {
    ring.generators.squares.len() == 1
}

/// The value over the functions of twice the angle, in a ring of its own; `None` when it has
/// odd powers.
pub(super) fn doubled<'w>(
    pool: &mut Pool,
    ring: &mut Ring<'_>,
    value: &Factored,
    work: &'w mut Work,
) -> Option<(Ring<'w>, Factored)> {
    let [(x, _, _, y)] = ring.generators.squares[..] else { return None };
    let name = |pool: &Pool, place: usize| {
        family(pool, ring.generators.ids[place]).map(|found| found.1)
    };
    let names = (name(pool, x)?, name(pool, y)?);
    let (row, first, second) = DOUBLED.iter().find_map(|row| {
        if (row.0, row.1) == names {
            Some((row, x, y))
        } else if (row.1, row.0) == names {
            Some((row, y, x))
        } else {
            None
        }
    })?;
    let (mut above, mut below) = halves(ring, value).ok()?;
    if above.number_of_terms().max(below.number_of_terms()) > MAX_TERMS {
        return None;
    }
    // Each square is a sum of two terms.
    let is_high =
        |p: &Polynomial| (p.degree(first) + p.degree(second)) as usize > 2 * MAX_TERMS;
    if is_high(&above) || is_high(&below) {
        return None;
    }
    if parity(&above, first, second)? != parity(&below, first, second)? {
        return None;
    }
    if parity(&above, first, second)? == 1 {
        let factor = Polynomial::variable(above.variables(), second)?;
        above = above.mul(&factor, ring.work).ok()?;
        below = below.mul(&factor, ring.work).ok()?;
    }
    let mut generators = ring.generators.clone();
    for place in [first, second] {
        let (_, name, argument) = family(pool, generators.ids[place])?;
        let twice = pool.scale(&Number::from(2), argument);
        let function = function::lookup(name, 1)?;
        generators.ids[place] = function::apply(pool, function, &[twice]);
    }
    let mut new = Ring::new(generators, work);
    let above = rewritten(&above, first, second, row.2, new.work).ok()?;
    let below = rewritten(&below, first, second, row.2, new.work).ok()?;
    let numerator = Factored::of(new.reduced(above).ok()?);
    let denominator = Factored::of(new.reduced(below).ok()?);
    let inverse = new.power(denominator, -1).ok()??;
    let mut quotient = new.product(numerator, &inverse).ok()?;
    new.cancel(&mut quotient).ok()?;
    Some((new, quotient))
}

/// Numerator and denominator as polynomials.
fn halves(ring: &mut Ring<'_>, value: &Factored) -> Outcome<(Polynomial, Polynomial)> {
    let side = |sign: i64| -> Powers {
        let powers = value.powers.iter().filter(|(_, n)| n * sign > 0);
        powers.map(|(place, n)| (place, n * sign)).collect()
    };
    let above = Factored { powers: side(1), rest: value.rest.clone() };
    let rest = Polynomial::one(value.rest.variables());
    let below = Factored { powers: side(-1), rest };
    Ok((ring.multiplied(&above)?, ring.multiplied(&below)?))
}

/// The common parity of the degrees in two variables, `None` when there is none.
fn parity(p: &Polynomial, a: usize, b: usize) -> Option<u32> {
    let mut parities = p.terms().map(|(exponents, _)| (exponents[a] + exponents[b]) % 2);
    let first = parities.next()?;
    parities.all(|parity| parity == first).then_some(first)
}

/// Even powers of two functions by those of twice the angle:
/// `s^2 = sign*(1 - C)/2`, `c^2 = (1 + C)/2`, `s*c = S/2`.
fn rewritten(
    p: &Polynomial,
    s: usize,
    c: usize,
    sign: i64,
    work: &mut Work,
) -> Outcome<Polynomial> {
    let n = p.variables();
    let half = |constant: i64, slope: i64| {
        let mut exponents = vec![0; n];
        exponents[c] = 1;
        let ratio = |k: i64| Number::HALF.mul(&Number::from(k));
        let terms = [(vec![0; n], ratio(constant)), (exponents, ratio(slope))];
        Polynomial::from_terms(n, terms).unwrap_or_else(|| Polynomial::zero(n))
    };
    let (first, second) = (half(sign, -sign), half(1, 1));
    let mut sum = Polynomial::zero(n);
    for (exponents, coefficient) in p.terms() {
        let (i, j) = (exponents[s], exponents[c]);
        let mut outer = exponents.to_vec();
        (outer[s], outer[c]) = (i % 2, 0);
        let scale = if i % 2 == 1 { Number::HALF } else { Number::ONE };
        let mut term = Polynomial::monomial(&outer, coefficient.mul(&scale));
        term = term.mul(&first.pow(i / 2, work)?, work)?;
        term = term.mul(&second.pow(j / 2, work)?, work)?;
        sum = sum.add(&term);
    }
    Ok(sum)
}
