//! Greatest common divisors and least common multiples.

use super::chinese::Remainders;
use super::coefficient::content_price;
use super::field::{Field, Sequence};
use super::image::Image;
use super::interpolate::Problem;
use super::remainder::last_subresultant;
use super::work::amount;
use super::{Exhausted, Polynomial, Work, modular};

/// How often new numbers are tried before the subresultant sequence takes over.
const ATTEMPTS: u64 = 4;

/// How many primes are put together at most.
const PRIMES: usize = 100;

/// A greatest common divisor and the quotients of both polynomials by it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cofactors {
    /// The greatest common divisor.
    pub gcd: Polynomial,
    /// The first polynomial divided by it.
    pub left: Polynomial,
    /// The second polynomial divided by it.
    pub right: Polynomial,
}

/// The greatest common divisor over the rational numbers: a primitive polynomial with integer
/// coefficients and a positive leading one. The divisor of 0 and `p` is the primitive part of
/// `p`, and that of 0 and 0 is 0.
///
/// Powers of variables and variables that only one polynomial has are taken care of first.
/// Images in one variable over a prime field bound the degrees, and show in most cases that
/// nothing is common. Then the divisor is interpolated over large primes (Zippel 1979; Geddes,
/// Czapor and Labahn, sections 7.4 and 7.7; Knuth, TAOCP 2, section 4.6.1), and it counts only
/// when it divides both. When luck fails, the subresultant sequence is used (Brown 1971).
///
/// # Errors
///
/// When the work is used up.
pub fn gcd(
    a: &Polynomial,
    b: &Polynomial,
    work: &mut Work,
) -> Result<Polynomial, Exhausted> {
    let (a, b) = a.aligned(b);
    for p in [&a, &b] {
        work.spend(content_price(p.number_of_terms(), p.longest()))?;
    }
    let (a, b) = (a.primitive_part().1, b.primitive_part().1);
    match (a.is_zero(), b.is_zero()) {
        (true, _) => Ok(b),
        (_, true) => Ok(a),
        _ => common(&a, &b, work),
    }
}

/// [`gcd`] with the quotients of both polynomials by it; quotients of 0 by 0 are 0.
///
/// # Errors
///
/// When the work is used up.
pub fn gcd_with_cofactors(
    a: &Polynomial,
    b: &Polynomial,
    work: &mut Work,
) -> Result<Cofactors, Exhausted> {
    let gcd = gcd(a, b, work)?;
    if gcd.is_zero() {
        return Ok(Cofactors { left: gcd.clone(), right: gcd.clone(), gcd });
    }
    let left = a.divide_exactly(&gcd, work)?.ok_or(Exhausted)?;
    let right = b.divide_exactly(&gcd, work)?.ok_or(Exhausted)?;
    Ok(Cofactors { gcd, left, right })
}

/// The least common multiple: primitive, with a positive leading coefficient; 0 when one of
/// the polynomials is.
///
/// # Errors
///
/// When the work is used up.
pub fn lcm(
    a: &Polynomial,
    b: &Polynomial,
    work: &mut Work,
) -> Result<Polynomial, Exhausted> {
    let parts = gcd_with_cofactors(a, b, work)?;
    Ok(parts.left.mul(b, work)?.primitive_part().1)
}

/// The greatest common divisor of several polynomials, as [`gcd`]; 0 for none.
pub(super) fn gcd_of_all(
    variables: usize,
    mut list: Vec<Polynomial>,
    work: &mut Work,
) -> Result<Polynomial, Exhausted> {
    list.sort_by_key(|p| (p.number_of_terms(), p.total_degree()));
    let mut result = Polynomial::zero(variables);
    for polynomial in &list {
        result = gcd(&result, polynomial, work)?;
        if result.is_one() {
            break;
        }
    }
    Ok(result)
}

/// Of primitive polynomials that are not 0.
fn common(
    a: &Polynomial,
    b: &Polynomial,
    work: &mut Work,
) -> Result<Polynomial, Exhausted> {
    let (left, right) = (a.monomial_content(), b.monomial_content());
    let (a, b) = (a.without_monomial(&left), b.without_monomial(&right));
    let shared: Vec<u32> = left.iter().zip(&right).map(|(x, y)| *x.min(y)).collect();
    without_monomials(&a, &b, work)?.times_term(&shared, &crate::kernel::Number::ONE)
}

fn without_monomials(
    a: &Polynomial,
    b: &Polynomial,
    work: &mut Work,
) -> Result<Polynomial, Exhausted> {
    if a.is_constant() || b.is_constant() {
        return Ok(Polynomial::one(a.variables()));
    }
    if a == b {
        return Ok(a.clone());
    }
    let (left, right) = (a.occurring(), b.occurring());
    if left != right {
        let alone = |v: &usize| left.contains(v) != right.contains(v);
        return split(a, b, (0..a.variables()).filter(alone).collect(), work);
    }
    let mut random = Sequence(1);
    let mut bounds = a.degrees();
    for _ in 0..ATTEMPTS {
        tighten(&mut bounds, a, b, &left, &mut random, work)?;
        let free: Vec<usize> = left.iter().copied().filter(|v| bounds[*v] == 0).collect();
        if free.len() == left.len() {
            return Ok(Polynomial::one(a.variables()));
        }
        if !free.is_empty() {
            return split(a, b, free, work);
        }
        for (small, large) in [(a, b), (b, a)] {
            if bounds == small.degrees() && large.divide_integral(small, work)?.is_some()
            {
                return Ok(small.clone());
            }
        }
        if let Some(found) = interpolated(a, b, &left, &bounds, &mut random, work)? {
            return Ok(found);
        }
    }
    by_remainders(a, b, main_variable(a, b, &left), work)
}

/// The divisor when certain variables cannot occur in it: that of all coefficients.
fn split(
    a: &Polynomial,
    b: &Polynomial,
    free: Vec<usize>,
    work: &mut Work,
) -> Result<Polynomial, Exhausted> {
    let mut parts = vec![a.clone(), b.clone()];
    for variable in free {
        work.spend(parts.iter().map(|p| amount(p.number_of_terms())).sum())?;
        let taken = parts.iter().flat_map(|part| part.coefficients_in(variable));
        parts = taken.map(|(_, coefficient)| coefficient).collect();
    }
    gcd_of_all(a.variables(), parts, work)
}

/// Lowers bounds of the degrees of the divisor by images in each variable: the divisor of the
/// images has at least the degree of the divisor's image, which has full degree where the
/// leading coefficient does not vanish.
fn tighten(
    bounds: &mut [u32],
    a: &Polynomial,
    b: &Polynomial,
    variables: &[usize],
    random: &mut Sequence,
    work: &mut Work,
) -> Result<(), Exhausted> {
    let Some(field) = Field::large().next() else { return Ok(()) };
    for variable in variables {
        let (m, n) = (a.degree(*variable), b.degree(*variable));
        let terms = amount(a.number_of_terms() + b.number_of_terms());
        work.spend(
            (u64::from(m) + 1) * (u64::from(n) + 1) + terms * amount(variables.len()),
        )?;
        let point: Vec<u64> = (0..a.variables()).map(|_| random.element(field)).collect();
        let image =
            |p| Some(Image::new(p, field, *variable, &point, &[])?.collected(field));
        let (Some(left), Some(right)) = (image(a), image(b)) else { continue };
        if left.len() > m as usize || right.len() > n as usize {
            let found = modular::gcd(field, &left, &right);
            bounds[*variable] =
                bounds[*variable].min(found.len().saturating_sub(1) as u32);
        }
    }
    Ok(())
}

/// The variable in which a leading coefficient is shortest.
fn main_variable(a: &Polynomial, b: &Polynomial, variables: &[usize]) -> usize {
    let length = |p: &Polynomial, v: usize| {
        let lead = p.leading_coefficient_in(v);
        if lead.is_constant() { 0 } else { lead.number_of_terms() }
    };
    let effort = |v: &usize| {
        let lead = length(a, *v).min(length(b, *v));
        (lead, a.degree(*v).min(b.degree(*v)))
    };
    variables.iter().copied().min_by_key(effort).unwrap_or(0)
}

/// The content with respect to a variable: the divisor of all its coefficients.
pub(super) fn content_in(
    p: &Polynomial,
    variable: usize,
    work: &mut Work,
) -> Result<Polynomial, Exhausted> {
    if p.leading_coefficient_in(variable).is_constant() {
        return Ok(Polynomial::one(p.variables()));
    }
    let parts = p.coefficients_in(variable).into_iter().map(|(_, c)| c).collect();
    gcd_of_all(p.variables(), parts, work)
}

/// The primitive parts with respect to a variable, and the divisor of the contents.
fn primitive_in(
    a: &Polynomial,
    b: &Polynomial,
    main: usize,
    work: &mut Work,
) -> Result<(Polynomial, Polynomial, Polynomial), Exhausted> {
    let (left, right) = (content_in(a, main, work)?, content_in(b, main, work)?);
    let content = gcd(&left, &right, work)?;
    let a = a.divide_exactly(&left, work)?.ok_or(Exhausted)?;
    let b = b.divide_exactly(&right, work)?.ok_or(Exhausted)?;
    Ok((a, b, content))
}

/// The divisor by interpolation; `None` when the numbers were unlucky.
fn interpolated(
    a: &Polynomial,
    b: &Polynomial,
    variables: &[usize],
    bounds: &[u32],
    random: &mut Sequence,
    work: &mut Work,
) -> Result<Option<Polynomial>, Exhausted> {
    let main = main_variable(a, b, variables);
    let (a, b, content) = primitive_in(a, b, main, work)?;
    let (left, right) = (a.leading_coefficient_in(main), b.leading_coefficient_in(main));
    let unit = left.content().gcd(&right.content());
    let gamma = gcd(&left, &right, work)?.scale(&unit);
    let bound = |v: usize| bounds[v].saturating_add(gamma.degree(v));
    let problem = Problem {
        left: &a,
        right: &b,
        gamma: &gamma,
        main,
        others: variables.iter().copied().filter(|v| *v != main).collect(),
        degree: bounds[main] as usize,
        bounds: (0..a.variables()).map(bound).collect(),
        price: Image::price(&a) + Image::price(&b) + Image::price(&gamma),
    };
    let mut known: Option<(Vec<Vec<u32>>, Remainders)> = None;
    let mut terms = Vec::new();
    for field in Field::large().take(PRIMES) {
        let steady = if let Some((_, remainders)) = &mut known {
            let Some(values) = problem.again(field, &terms, random, work)? else {
                continue;
            };
            !remainders.refine(field, &values)
        } else {
            let Some(found) = problem.discover(field, random, work)? else {
                return Ok(None);
            };
            let values: Vec<u64> = found.iter().map(|(_, value)| *value).collect();
            let exponents =
                found.iter().map(|(exponents, _)| exponents.clone()).collect();
            let remainders = Remainders::new(field, &values);
            let short = !remainders.is_tight();
            known = Some((exponents, remainders));
            terms = found;
            short
        };
        let Some((exponents, remainders)) = known.as_ref().filter(|_| steady) else {
            continue;
        };
        let found = exponents.iter().cloned().zip(remainders.numbers());
        let Some(scaled) = Polynomial::from_terms(a.variables(), found) else { continue };
        let scaled = scaled.primitive_part().1;
        let inner = content_in(&scaled, main, work)?;
        let Some(divisor) = scaled.divide_exactly(&inner, work)? else { continue };
        let divides = a.divide_integral(&divisor, work)?.is_some()
            && b.divide_integral(&divisor, work)?.is_some();
        if divides {
            return Ok(Some(divisor.mul(&content, work)?.primitive_part().1));
        }
    }
    Ok(None)
}

/// The divisor by the subresultant sequence.
fn by_remainders(
    a: &Polynomial,
    b: &Polynomial,
    main: usize,
    work: &mut Work,
) -> Result<Polynomial, Exhausted> {
    let (a, b, content) = primitive_in(a, b, main, work)?;
    let last = last_subresultant(&a, &b, main, work)?.primitive_part().1;
    if last.degree(main) == 0 {
        return Ok(content);
    }
    let inner = content_in(&last, main, work)?;
    let divisor = last.divide_exactly(&inner, work)?.ok_or(Exhausted)?;
    Ok(divisor.mul(&content, work)?.primitive_part().1)
}
