//! Putting numbers and polynomials in place of variables.

use super::work::amount;
use super::{Exhausted, Polynomial, Work};
use crate::kernel::Number;

impl Polynomial {
    /// The polynomial with another one in place of a variable, by Horner's rule (Knuth,
    /// TAOCP 2, section 4.6.4).
    ///
    /// # Errors
    ///
    /// When the work is used up, or an exponent does not fit.
    pub fn substitute(
        &self,
        variable: usize,
        value: &Self,
        work: &mut Work,
    ) -> Result<Self, Exhausted> {
        let mut result = Self::zero(self.variables().max(value.variables()));
        let mut coefficients = self.coefficients_in(variable).into_iter().peekable();
        while let Some((exponent, coefficient)) = coefficients.next() {
            result = result.add(&coefficient);
            let next = coefficients.peek().map_or(0, |(next, _)| *next);
            result = result.mul(&value.pow(exponent - next, work)?, work)?;
        }
        Ok(result)
    }

    /// The polynomial with a number in place of a variable, which no longer occurs.
    ///
    /// # Errors
    ///
    /// When the work is used up.
    pub fn evaluate(
        &self,
        variable: usize,
        value: &Number,
        work: &mut Work,
    ) -> Result<Self, Exhausted> {
        self.substitute(variable, &Self::constant(self.variables(), value.clone()), work)
    }

    /// The value at a point; variables beyond its end are 0.
    ///
    /// # Errors
    ///
    /// When the work is used up.
    pub fn value(&self, point: &[Number], work: &mut Work) -> Result<Number, Exhausted> {
        let mut rest = self.clone();
        for variable in 0..self.variables() {
            let value = point.get(variable).unwrap_or(&Number::ZERO);
            rest = rest.evaluate(variable, value, work)?;
        }
        work.spend(amount(rest.number_of_terms()))?;
        Ok(rest.leading_coefficient())
    }

    /// The polynomial with another one in place of each variable; variables beyond the end of
    /// the list become 0. The result has as many variables as the longest of the list.
    ///
    /// # Errors
    ///
    /// When the work is used up, or an exponent does not fit.
    pub fn compose(&self, values: &[Self], work: &mut Work) -> Result<Self, Exhausted> {
        let variables = values.iter().map(Self::variables).max().unwrap_or(0);
        // Powers are made once, each from the one before.
        let mut powers: Vec<Vec<Self>> = vec![vec![Self::one(variables)]; values.len()];
        let mut result = Self::zero(variables);
        for (exponents, coefficient) in self.terms() {
            let mut product = Self::constant(variables, coefficient.clone());
            for (at, exponent) in exponents.iter().enumerate().filter(|(_, e)| **e > 0) {
                let (Some(value), Some(own)) = (values.get(at), powers.get_mut(at))
                else {
                    product = Self::zero(variables);
                    break;
                };
                while own.len() <= *exponent as usize {
                    let next = own[own.len() - 1].mul(value, work)?;
                    work.spend(1)?;
                    own.push(next);
                }
                product = product.mul(&own[*exponent as usize], work)?;
            }
            work.spend(amount(product.number_of_terms()))?;
            result = result.add(&product);
        }
        Ok(result)
    }

    /// The polynomial with `x_i + by_i` in place of each variable `x_i`.
    pub(super) fn shifted(&self, by: &[i64], work: &mut Work) -> Result<Self, Exhausted> {
        let mut result = self.clone();
        for (at, by) in by.iter().enumerate().filter(|(_, by)| **by != 0) {
            let shift = Self::constant(self.variables(), Number::from(*by));
            let Some(own) = Self::variable(self.variables(), at) else { continue };
            result = result.substitute(at, &own.add(&shift), work)?;
        }
        Ok(result)
    }
}
