//! Factors by multiplicity.

use super::coefficient::content_price;
use super::gcd::{content_in, gcd};
use super::{Exhausted, Polynomial, Work};
use crate::kernel::Number;

/// A polynomial as a number times powers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SquareFree {
    /// The number.
    pub unit: Number,
    /// Factors and their multiplicities, in ascending order of these: the factors are
    /// primitive with a positive leading coefficient, have no multiple divisor, and no two
    /// have a divisor in common.
    pub factors: Vec<(Polynomial, u32)>,
}

/// The square-free decomposition: Yun's algorithm (Geddes, Czapor and Labahn, algorithm 8.2)
/// in one variable after another, where the content with respect to each goes to the next.
/// For 0 the unit is 0 and there are no factors.
///
/// # Errors
///
/// When the work is used up.
pub fn square_free(p: &Polynomial, work: &mut Work) -> Result<SquareFree, Exhausted> {
    work.spend(content_price(p.number_of_terms(), p.longest()))?;
    let (unit, mut rest) = p.primitive_part();
    let mut powers: Vec<Polynomial> = Vec::new();
    let variables = p.variables();
    let mut note = |factor: &Polynomial, power: usize, work: &mut Work| {
        if !factor.is_constant() {
            if powers.len() < power {
                powers.resize(power, Polynomial::one(variables));
            }
            powers[power - 1] = powers[power - 1].mul(factor, work)?;
        }
        Ok(())
    };
    let mut found = Vec::new();
    let monomial = rest.monomial_content();
    rest = rest.without_monomial(&monomial);
    while let Some(main) = rest.occurring().into_iter().min_by_key(|v| rest.degree(*v)) {
        let content = content_in(&rest, main, work)?;
        let part = rest.divide_exactly(&content, work)?.ok_or(Exhausted)?;
        rest = content;
        for (at, factor) in yun(&part, main, work)?.iter().enumerate() {
            note(factor, at + 1, work)?;
        }
    }
    for (at, factor) in powers.into_iter().enumerate() {
        if !factor.is_constant() {
            found.push((factor, at as u32 + 1));
        }
    }
    for (at, power) in monomial.into_iter().enumerate().filter(|(_, power)| *power > 0) {
        let Some(variable) = Polynomial::variable(variables, at) else { continue };
        match found.iter_mut().find(|(_, other)| *other == power) {
            Some((factor, _)) => *factor = factor.mul(&variable, work)?,
            None => found.push((variable, power)),
        }
    }
    found.sort_by_key(|(_, power)| *power);
    Ok(SquareFree { unit, factors: found })
}

/// The factors of multiplicity 1, 2, … of a polynomial that is primitive in a variable.
fn yun(
    p: &Polynomial,
    main: usize,
    work: &mut Work,
) -> Result<Vec<Polynomial>, Exhausted> {
    let derivative = p.derivative(main);
    let common = gcd(p, &derivative, work)?;
    if common.is_constant() {
        return Ok(vec![p.clone()]);
    }
    let mut w = p.divide_exactly(&common, work)?.ok_or(Exhausted)?;
    let mut y = derivative.divide_exactly(&common, work)?.ok_or(Exhausted)?;
    let mut result = Vec::new();
    loop {
        let z = y.sub(&w.derivative(main));
        if z.is_zero() {
            result.push(w.primitive_part().1);
            return Ok(result);
        }
        let factor = gcd(&w, &z, work)?;
        w = w.divide_exactly(&factor, work)?.ok_or(Exhausted)?;
        y = z.divide_exactly(&factor, work)?.ok_or(Exhausted)?;
        result.push(factor);
    }
}
