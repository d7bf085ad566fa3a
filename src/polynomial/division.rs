//! Exact division.

use super::coefficient::{quotient as divided, term_price, words};
use super::packing::Packing;
use super::work::amount;
use super::{Exhausted, Polynomial, Work};
use crate::kernel::Number;
use std::collections::BTreeMap;

/// From so many terms on, contents are looked at before one divides.
const MANY_TERMS: usize = 8;

impl Polynomial {
    /// `self / divisor` when the quotient is a polynomial, `None` otherwise and for a divisor
    /// of 0. Terms of the quotient are found from the leading one down (Knuth, TAOCP 2,
    /// 4.6.1, algorithm D, for sparse polynomials in several variables).
    ///
    /// # Errors
    ///
    /// When the work is used up.
    pub fn divide_exactly(
        &self,
        divisor: &Self,
        work: &mut Work,
    ) -> Result<Option<Self>, Exhausted> {
        self.divide(divisor, false, work)
    }

    /// As [`Polynomial::divide_exactly`], but a quotient with a fraction is refused at once.
    pub(super) fn divide_integral(
        &self,
        divisor: &Self,
        work: &mut Work,
    ) -> Result<Option<Self>, Exhausted> {
        self.divide(divisor, true, work)
    }

    fn divide(
        &self,
        divisor: &Self,
        integral: bool,
        work: &mut Work,
    ) -> Result<Option<Self>, Exhausted> {
        let (dividend, divisor) = self.aligned(divisor);
        let variables = dividend.variables();
        if divisor.is_zero() {
            return Ok(None);
        }
        let unit = divisor.leading_coefficient();
        if dividend.is_zero() {
            return Ok(Some(Self::zero(variables)));
        }
        let degrees = dividend.degrees();
        let mut room = degrees.clone();
        for (room, degree) in room.iter_mut().zip(divisor.degrees()) {
            let Some(rest) = room.checked_sub(degree) else { return Ok(None) };
            *room = rest;
        }
        // The leading term of a product is that of the factors, and so is the last one.
        let is_below = |at: usize, other: usize| {
            let (own, by) = (dividend.exponents(at), divisor.exponents(other));
            own.iter().zip(by).any(|(a, b)| a < b)
        };
        let last = [&dividend, &divisor].map(|p| p.number_of_terms() - 1);
        if is_below(0, 0) || is_below(last[0], last[1]) {
            return Ok(None);
        }
        let (terms, longest) = (amount(divisor.number_of_terms()), divisor.longest());
        let Some(packing) = Packing::new(degrees.into_iter().map(u64::from)) else {
            return dividend.divide_merging(&divisor, &unit, integral, work);
        };
        let keyed =
            |(exponents, c): (&[u32], &Number)| (packing.pack(exponents), c.clone());
        let tail: Vec<(u128, Number)> = divisor.terms().skip(1).map(keyed).collect();
        let lead = packing.pack(divisor.exponents(0));
        let mut rest: BTreeMap<u128, Number> = dividend.terms().map(keyed).collect();
        let mut quotient = Self::zero(variables);
        let mut exponents = vec![0; variables];
        // By Gauss's lemma the quotient is an integer polynomial times this; a fraction in it
        // ends a division that does not go up before its coefficients grow.
        let inverse = match !integral && dividend.number_of_terms() >= MANY_TERMS {
            true => {
                divisor.content().mul(&dividend.content().recip().unwrap_or(Number::ONE))
            }
            false => Number::ZERO,
        };
        while let Some((key, coefficient)) = rest.pop_last() {
            for (at, exponent) in exponents.iter_mut().enumerate() {
                let own = packing.exponent(key, at);
                match own.checked_sub(packing.exponent(lead, at)) {
                    Some(difference) if difference <= room[at] => *exponent = difference,
                    _ => return Ok(None),
                }
            }
            let Some(factor) = divided(&coefficient, &unit, integral) else {
                return Ok(None);
            };
            if !factor.mul(&inverse).is_integer() {
                return Ok(None);
            }
            work.spend(term_price(longest, words(&factor)).saturating_mul(terms))?;
            let opposite = factor.neg();
            for (below, own) in &tail {
                let product = own.mul(&opposite);
                let slot = rest.entry(key - lead + below).or_insert(Number::ZERO);
                *slot = slot.add(&product);
                if slot.is_zero() {
                    rest.remove(&(key - lead + below));
                }
            }
            quotient.push(&exponents, factor);
        }
        Ok(Some(quotient))
    }

    /// Division for exponents that cannot be packed.
    fn divide_merging(
        &self,
        divisor: &Self,
        unit: &Number,
        integral: bool,
        work: &mut Work,
    ) -> Result<Option<Self>, Exhausted> {
        let mut rest = self.clone();
        let mut quotient = Self::zero(self.variables());
        while !rest.is_zero() {
            let (top, lead) = (rest.exponents(0), divisor.exponents(0));
            let differences = top.iter().zip(lead).map(|(a, b)| a.checked_sub(*b));
            let Some(exponents) = differences.collect::<Option<Vec<u32>>>() else {
                return Ok(None);
            };
            let Some(factor) = divided(&rest.leading_coefficient(), unit, integral)
            else {
                return Ok(None);
            };
            let terms = amount(rest.number_of_terms() + divisor.number_of_terms());
            work.spend(
                term_price(divisor.longest(), words(&factor)).saturating_mul(terms),
            )?;
            rest = rest.sub(&divisor.times_term(&exponents, &factor)?);
            quotient.push(&exponents, factor);
        }
        Ok(Some(quotient))
    }
}
