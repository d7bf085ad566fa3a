//! The real roots of polynomials in one variable: in radicals where a textbook would write
//! them, else as numbers that are close enough to print any digits.

use super::bench::Bench;
use crate::kernel::{ExprId, Number, Pool};
use crate::polynomial::{Exhausted, Polynomial, factor, real_roots};
use num_bigint::{BigInt, Sign};

/// Approximate roots lie within `2^-this` of the true ones.
const WIDTH: i64 = 260;
/// Roots are told apart by intervals of this width, as a power of 1/2, and then refined.
const ISOLATED: i64 = 12;
/// Approximate roots lie farther apart than `2^-this`, and so far from 0.
const APART: i64 = 60;
/// Polynomials of higher degree have no roots here.
const MAX_DEGREE: u32 = 64;

/// A number, exact or near enough.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Value {
    pub(super) id: ExprId,
    /// Whether `id` is a rational number that only stands for the value.
    pub(super) approximate: bool,
}

impl Value {
    pub(super) fn exact(id: ExprId) -> Self {
        Self { id, approximate: false }
    }

    /// A value for which a number near it stands.
    pub(super) fn near(bench: &mut Bench<'_>, number: Number) -> Self {
        bench.is_rounded = true;
        Self { id: bench.pool.number(number), approximate: true }
    }
}

/// All real roots of a polynomial with rational coefficients, each once; `None` when it is 0,
/// when its degree is too high, or the work is used up.
pub(super) fn rational_roots(
    bench: &mut Bench<'_>,
    p: &Polynomial,
) -> Option<Vec<Value>> {
    if p.is_zero() {
        return None;
    }
    if p.is_constant() {
        return Some(Vec::new());
    }
    let [variable] = p.occurring()[..] else { return None };
    if p.degree(variable) > MAX_DEGREE && p.number_of_terms() > 2 {
        return None;
    }
    let mut found = Vec::new();
    for (part, _) in factor(p, &mut bench.work).factors {
        found.extend(irreducible_roots(bench, &part, variable)?);
    }
    Some(found)
}

fn irreducible_roots(
    bench: &mut Bench<'_>,
    p: &Polynomial,
    variable: usize,
) -> Option<Vec<Value>> {
    let degree = p.degree(variable);
    let mut coefficients = vec![Number::ZERO; degree as usize + 1];
    for (power, c) in p.coefficients_in(variable) {
        coefficients[power as usize] = c.to_constant()?;
    }
    let ids: Vec<ExprId> =
        coefficients.iter().map(|c| bench.pool.number(c.clone())).collect();
    let radical = match degree {
        1 | 2 => in_radicals(bench, &ids),
        _ => {
            // x = t - b/(n*a) makes the term below the highest vanish.
            let steps = Number::from(i64::from(degree));
            let shift = coefficients[degree as usize - 1]
                .mul(&coefficients[degree as usize].mul(&steps).recip()?)
                .neg();
            let moved = moved(p, variable, &shift, bench)?;
            let even = moved.terms().all(|(e, _)| e[variable] % 2 == 0);
            let binomial = moved.number_of_terms() == 2;
            if even && degree == 4 || binomial {
                let mut shifted = vec![Pool::ZERO; degree as usize + 1];
                for (power, c) in moved.coefficients_in(variable) {
                    shifted[power as usize] = bench.pool.number(c.to_constant()?);
                }
                in_radicals(bench, &shifted).map(|roots| {
                    let shift = bench.pool.number(shift);
                    let add = |id| {
                        let sum = bench.pool.sum(&[id, shift]);
                        bench.simplifier.simplify(bench.pool, sum)
                    };
                    roots.into_iter().map(add).collect()
                })
            } else {
                None
            }
        }
    };
    if let Some(roots) = radical {
        return Some(roots.into_iter().map(Value::exact).collect());
    }
    let width = Number::from(2).pow(-ISOLATED, 1 << 12)?;
    let mut roots = Vec::new();
    for interval in real_roots(p, &width, &mut bench.work).ok()?? {
        let root = refined(&coefficients, interval)?;
        roots.push(root);
    }
    // What is nearer to others, or to 0, than many digits tell is no root that can be used.
    let least = Number::from(2).pow(-APART, 1 << 12)?;
    let is_apart = |pair: &[Number]| pair[1].sub(&pair[0]).abs() > least;
    roots.sort();
    if roots.iter().any(|root| root.abs() < least) || !roots.windows(2).all(is_apart) {
        return None;
    }
    Some(roots.into_iter().map(|root| Value::near(bench, root)).collect())
}

/// The root of a polynomial with simple roots (lowest coefficient first) in an interval that
/// has just one.
///
/// The tangent in the middle says where the root should be; the part of the interval about
/// that place in which it is looked for gets narrower with success and wider with failure
/// (quadratic interval refinement, Abbott 2006). All is done in whole multiples of a small
/// unit.
fn refined(coefficients: &[Number], interval: (Number, Number)) -> Option<Number> {
    let scale = coefficients.iter().fold(Number::ONE, |scale, c| {
        let d = c.denominator();
        scale.mul(&d).mul(&scale.gcd(&d).recip().unwrap_or(Number::ONE))
    });
    let whole: Option<Vec<BigInt>> = coefficients
        .iter()
        .map(|c| c.mul(&scale).to_integer().map(|n| n.into_owned()))
        .collect();
    let whole = whole?;
    let bits = WIDTH.unsigned_abs() + 10;
    let unit = Number::from_integer(BigInt::from(1) << bits);
    let low = interval.0.mul(&unit).floor().to_integer()?.into_owned();
    let high = interval.1.mul(&unit).floor().to_integer()?.into_owned();
    let (mut low, mut high) = (low, high);
    let below = value(&whole, &low, bits).0.sign();
    let least = BigInt::from(1) << 10;
    let mut narrowing: u64 = 1;
    // Each success doubles the digits, each failure costs half of the last success.
    for _ in 0..4 * WIDTH {
        let gap: BigInt = &high - &low;
        if gap <= least {
            break;
        }
        let middle: BigInt = (&low + &high) >> 1;
        let (there, slope) = value(&whole, &middle, bits);
        if there.sign() == Sign::NoSign {
            low.clone_from(&middle);
            high = middle;
            break;
        }
        let is_below = there.sign() == below;
        let half = if slope.sign() == Sign::NoSign {
            None
        } else {
            let guess: BigInt = &middle - there / slope;
            let reach: BigInt = (&gap >> narrowing) + 1;
            Some((&guess - &reach, &guess + &reach))
        };
        match is_below {
            true => low = middle,
            false => high = middle,
        }
        let Some((left, right)) = half else { continue };
        let from_left = left <= low || value(&whole, &left, bits).0.sign() == below;
        let from_right = right >= high || value(&whole, &right, bits).0.sign() != below;
        if from_left && from_right {
            low = low.max(left);
            high = high.min(right);
            narrowing *= 2;
        } else {
            narrowing = (narrowing / 2).max(1);
        }
    }
    let sum = Number::from_integer(low + high);
    Some(sum.mul(&unit.recip()?).mul(&Number::HALF))
}

/// The value of a polynomial with whole coefficients and of its derivative at a multiple of
/// `2^-bits`, by Horner's rule, as multiples of `2^-(bits*degree)` and `2^-(bits*(degree - 1))`.
fn value(coefficients: &[BigInt], at: &BigInt, bits: u64) -> (BigInt, BigInt) {
    let (mut result, mut slope) = (BigInt::ZERO, BigInt::ZERO);
    for (n, c) in coefficients.iter().rev().enumerate() {
        slope = slope * at + &result;
        result = result * at + (c << (bits * n as u64));
    }
    (result, slope)
}

fn moved(
    p: &Polynomial,
    variable: usize,
    shift: &Number,
    bench: &mut Bench<'_>,
) -> Option<Polynomial> {
    let own = Polynomial::variable(p.variables(), variable)?;
    let value = own.add(&Polynomial::constant(p.variables(), shift.clone()));
    let done: Result<Polynomial, Exhausted> =
        p.substitute(variable, &value, &mut bench.work);
    done.ok()
}

/// The real roots of a polynomial with constant coefficients (lowest first) of which the
/// degree is at most 2, or which is one of degree at most 2 in a power of the variable. `None`
/// when it is neither, or a sign is not known.
pub(super) fn in_radicals(
    bench: &mut Bench<'_>,
    coefficients: &[ExprId],
) -> Option<Vec<ExprId>> {
    use super::bench::Signum::{Negative, Positive, Unknown, Zero};
    let present: Vec<usize> = (0..coefficients.len())
        .filter(|power| coefficients[*power] != Pool::ZERO)
        .collect();
    let lowest = *present.first()?;
    let step =
        present.iter().fold(0, |gcd, power| num_integer::gcd(gcd, *power - lowest));
    if step == 0 {
        return Some(if lowest == 0 { Vec::new() } else { vec![Pool::ZERO] });
    }
    let get = |power: usize| {
        coefficients.get(lowest + power * step).copied().unwrap_or(Pool::ZERO)
    };
    let (c, b, a) = (get(0), get(1), get(2));
    let inner = match (coefficients.len() - 1 - lowest) / step {
        1 => {
            let quotient = bench.over(c, b);
            vec![bench.pool.negate(quotient)]
        }
        2 => {
            let square = bench.pool.integer_power(b, 2);
            let product = bench.pool.product(&[a, c]);
            let four = bench.pool.scale(&Number::from(4), product);
            let discriminant = bench.minus(square, four);
            let twice = bench.pool.scale(&Number::from(2), a);
            let minus = bench.pool.negate(b);
            match bench.sign(discriminant) {
                Negative => Vec::new(),
                Zero => vec![bench.over(minus, twice)],
                Positive => {
                    let root = bench.pool.sqrt(discriminant);
                    let (low, high) = (
                        bench.pool.difference(minus, root),
                        bench.pool.sum(&[minus, root]),
                    );
                    vec![bench.over(low, twice), bench.over(high, twice)]
                }
                Unknown => return None,
            }
        }
        _ => return None,
    };
    let mut roots = if lowest > 0 { vec![Pool::ZERO] } else { Vec::new() };
    for value in inner {
        if step == 1 {
            roots.push(value);
            continue;
        }
        let reciprocal = Number::ratio(1, step as i64)?;
        let exponent = bench.pool.number(reciprocal);
        match bench.sign(value) {
            // The lowest coefficient is a number, and none of the roots is 0.
            Zero if bench.pool.as_number(c).is_some() => return None,
            Zero => roots.push(Pool::ZERO),
            Unknown => return None,
            Negative if step % 2 == 0 => {}
            sign => {
                let size =
                    if sign == Negative { bench.pool.negate(value) } else { value };
                let root = bench.pool.power(size, exponent);
                let root = bench.simplify(root);
                let minus = bench.pool.negate(root);
                if sign == Negative || step % 2 == 0 {
                    roots.push(minus);
                }
                if sign == Positive {
                    roots.push(root);
                }
            }
        }
    }
    roots.dedup();
    Some(roots)
}
