//! Facts about the real roots of polynomials in one variable.

use super::coefficient::content_price;
use super::square_free::square_free;
use super::sturm::{Place, Sturm, sign_at};
use super::{Exhausted, Polynomial, Work, dense};
use crate::kernel::Number;
use num_bigint::{BigInt, Sign as BigSign};
use num_traits::Signed;

/// What holds of all values of a polynomial over the real numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Sign {
    /// All values are above 0.
    Positive,
    /// All values are above or equal to 0, and 0 occurs.
    NonNegative,
    /// All values are 0.
    Zero,
    /// All values are below or equal to 0, and 0 occurs.
    NonPositive,
    /// All values are below 0.
    Negative,
}

impl Sign {
    fn negated(self) -> Self {
        match self {
            Self::Positive => Self::Negative,
            Self::NonNegative => Self::NonPositive,
            Self::Zero => Self::Zero,
            Self::NonPositive => Self::NonNegative,
            Self::Negative => Self::Positive,
        }
    }
}

/// The only variable that occurs and the coefficients in it; `None` for constants and for
/// several variables.
fn dense_form(p: &Polynomial, work: &mut Work) -> Result<Option<Vec<BigInt>>, Exhausted> {
    let [variable] = p.occurring()[..] else { return Ok(None) };
    work.spend(content_price(p.number_of_terms(), p.longest()))?;
    Ok(Some(dense::from_polynomial(&p.primitive_part().1, variable, work)?))
}

/// The sign of a constant or a polynomial in one variable when it does not change over the
/// real numbers. `None` when it does, and for several variables. The roots of odd
/// multiplicity are counted by Sturm's sequence.
///
/// # Errors
///
/// When the work is used up.
pub fn sign_definite(p: &Polynomial, work: &mut Work) -> Result<Option<Sign>, Exhausted> {
    let negative = p.leading_coefficient().is_negative();
    let turned = |sign: Sign| Some(if negative { sign.negated() } else { sign });
    if let Some(value) = p.to_constant() {
        return Ok(turned(if value.is_zero() { Sign::Zero } else { Sign::Positive }));
    }
    if p.occurring().len() != 1 {
        return Ok(None);
    }
    let mut touches = false;
    for (factor, power) in square_free(p, work)?.factors {
        if count_real_roots(&factor, None, None, work)? != Some(0) {
            if power % 2 == 1 {
                return Ok(None);
            }
            touches = true;
        }
    }
    Ok(turned(if touches { Sign::NonNegative } else { Sign::Positive }))
}

/// The number of different real roots from one number to another, both included; `None` in
/// place of a number is infinity. The answer is `None` for 0 and for several variables.
///
/// # Errors
///
/// When the work is used up.
pub fn count_real_roots(
    p: &Polynomial,
    low: Option<&Number>,
    high: Option<&Number>,
    work: &mut Work,
) -> Result<Option<usize>, Exhausted> {
    if p.to_constant().is_some_and(|value| !value.is_zero()) {
        return Ok(Some(0));
    }
    let Some(f) = dense_form(p, work)? else { return Ok(None) };
    if let (Some(low), Some(high)) = (low, high)
        && low > high
    {
        return Ok(Some(0));
    }
    let sturm = Sturm::new(&f, work)?;
    let from = low.map_or(Place::Below, Place::At);
    let inside = sturm.count(from, high.map_or(Place::Above, Place::At), work)?;
    let at_low = low.is_some() && sign_at(sturm.simple(), from, work)? == BigSign::NoSign;
    Ok(Some(inside + usize::from(at_low)))
}

/// Intervals with one real root each, in ascending order, for all real roots. They are no
/// wider than asked for when that is positive; a root that is found exactly is an interval of
/// width 0, and otherwise no end is a root. The answer is `None` for 0 and for several
/// variables.
///
/// Intervals are halved, and Sturm's sequence counts.
///
/// # Errors
///
/// When the work is used up.
pub fn real_roots(
    p: &Polynomial,
    width: &Number,
    work: &mut Work,
) -> Result<Option<Vec<(Number, Number)>>, Exhausted> {
    if p.to_constant().is_some_and(|value| !value.is_zero()) {
        return Ok(Some(Vec::new()));
    }
    let Some(f) = dense_form(p, work)? else { return Ok(None) };
    let sturm = Sturm::new(&f, work)?;
    let bound = bound(&f);
    let mut open = vec![(bound.neg(), bound)];
    let mut result = Vec::new();
    while let Some((low, high)) = open.pop() {
        let count = sturm.count(Place::At(&low), Place::At(&high), work)?;
        if count == 1 {
            result.push(refined(&sturm, low, high, width, work)?);
        } else if count > 1 {
            let middle = low.add(&high).mul(&Number::HALF);
            open.push((middle.clone(), high));
            open.push((low, middle));
        }
    }
    Ok(Some(result))
}

/// A power of 2 above the size of all roots (Cauchy's bound).
fn bound(f: &[BigInt]) -> Number {
    let most = f.iter().map(Signed::abs).max().unwrap_or_default();
    let lead = f.last().map(Signed::abs).unwrap_or_default();
    let bits = most.bits().saturating_sub(lead.bits()) + 2;
    Number::from_integer(BigInt::from(1) << bits)
}

/// Halves an interval above `low` and up to `high` that has one root.
fn refined(
    sturm: &Sturm,
    mut low: Number,
    mut high: Number,
    width: &Number,
    work: &mut Work,
) -> Result<(Number, Number), Exhausted> {
    let f = sturm.simple();
    loop {
        if sign_at(f, Place::At(&high), work)? == BigSign::NoSign {
            return Ok((high.clone(), high));
        }
        let narrow = !width.is_positive() || high.sub(&low) <= *width;
        if narrow && sign_at(f, Place::At(&low), work)? != BigSign::NoSign {
            return Ok((low, high));
        }
        let middle = low.add(&high).mul(&Number::HALF);
        if sturm.count(Place::At(&low), Place::At(&middle), work)? == 1 {
            high = middle;
        } else {
            low = middle;
        }
    }
}
