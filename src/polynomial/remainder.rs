//! Pseudo-remainders, the subresultant sequence, and the resultant.

use super::{Exhausted, Polynomial, Work};
use crate::kernel::Number;

impl Polynomial {
    /// The pseudo-remainder with respect to a variable: the remainder of
    /// `lc(divisor)^(m - n + 1) * self` by the divisor, where `m` and `n` are the degrees; `self`
    /// when `m < n` (Knuth, TAOCP 2, 4.6.1, algorithm R). 0 for a divisor of 0.
    ///
    /// # Errors
    ///
    /// When the work is used up.
    pub fn pseudo_remainder(
        &self,
        divisor: &Self,
        variable: usize,
        work: &mut Work,
    ) -> Result<Self, Exhausted> {
        let (dividend, divisor) = self.aligned(divisor);
        let variables = dividend.variables();
        let mut rest = dividend.into_owned();
        if divisor.is_zero() {
            return Ok(Self::zero(variables));
        }
        let low = divisor.degree(variable);
        if rest.degree(variable) < low {
            return Ok(rest);
        }
        let lead = divisor.leading_coefficient_in(variable);
        let mut missing = rest.degree(variable) - low + 1;
        while !rest.is_zero() && rest.degree(variable) >= low && missing > 0 {
            let mut power = vec![0; variables];
            if let Some(slot) = power.get_mut(variable) {
                *slot = rest.degree(variable) - low;
            }
            let top = rest.leading_coefficient_in(variable);
            let top = top.times_term(&power, &Number::ONE)?;
            rest = lead.mul(&rest, work)?.sub(&top.mul(&divisor, work)?);
            missing -= 1;
        }
        lead.pow(missing, work)?.mul(&rest, work)
    }
}

/// The subresultant sequence with respect to a variable: the last element that is not 0,
/// and the resultant (Brown 1978; Geddes, Czapor and Labahn, algorithm 7.3; Cohen, "A
/// Course in Computational Algebraic Number Theory", algorithm 3.3.7).
fn subresultants(
    a: &Polynomial,
    b: &Polynomial,
    variable: usize,
    work: &mut Work,
) -> Result<(Polynomial, Polynomial), Exhausted> {
    let variables = a.variables();
    let one = Polynomial::one(variables);
    let zero = Polynomial::zero(variables);
    let (mut a, mut b) = (a.clone(), b.clone());
    let mut negative = false;
    if a.degree(variable) < b.degree(variable) {
        std::mem::swap(&mut a, &mut b);
        negative = a.degree(variable) % 2 == 1 && b.degree(variable) % 2 == 1;
    }
    let (mut g, mut h) = (one.clone(), one);
    while b.degree(variable) > 0 {
        let step = a.degree(variable) - b.degree(variable);
        negative ^= a.degree(variable) % 2 == 1 && b.degree(variable) % 2 == 1;
        let rest = a.pseudo_remainder(&b, variable, work)?;
        if rest.is_zero() {
            return Ok((b, zero));
        }
        let divisor = g.mul(&h.pow(step, work)?, work)?;
        a = b;
        b = rest.divide_exactly(&divisor, work)?.ok_or(Exhausted)?;
        g = a.leading_coefficient_in(variable);
        h = next(&g, &h, step, work)?;
    }
    if b.is_zero() {
        return Ok((a, zero));
    }
    let resultant = next(&b, &h, a.degree(variable), work)?;
    Ok((b, if negative { resultant.neg() } else { resultant }))
}

/// `h^(1 - step) * g^step`.
fn next(
    g: &Polynomial,
    h: &Polynomial,
    step: u32,
    work: &mut Work,
) -> Result<Polynomial, Exhausted> {
    match step {
        0 => Ok(h.clone()),
        1 => Ok(g.clone()),
        _ => {
            let (top, bottom) = (g.pow(step, work)?, h.pow(step - 1, work)?);
            top.divide_exactly(&bottom, work)?.ok_or(Exhausted)
        }
    }
}

/// The resultant of two polynomials with respect to a variable, by the subresultant
/// sequence. It is 0 when they have a common divisor in which the variable occurs.
///
/// # Errors
///
/// When the work is used up.
pub fn resultant(
    a: &Polynomial,
    b: &Polynomial,
    variable: usize,
    work: &mut Work,
) -> Result<Polynomial, Exhausted> {
    let (a, b) = a.aligned(b);
    if a.is_zero() || b.is_zero() {
        return Ok(Polynomial::zero(a.variables()));
    }
    Ok(subresultants(&a, &b, variable, work)?.1)
}

/// A greatest common divisor of two polynomials that are primitive in the variable, up to a
/// factor in which the variable does not occur.
pub(super) fn last_subresultant(
    a: &Polynomial,
    b: &Polynomial,
    variable: usize,
    work: &mut Work,
) -> Result<Polynomial, Exhausted> {
    Ok(subresultants(a, b, variable, work)?.0)
}
