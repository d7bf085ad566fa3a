//! Sparse polynomials in several variables with exact rational coefficients.

use crate::kernel::Number;
use smallvec::{SmallVec, smallvec};
use std::borrow::Cow;
use std::fmt;

/// A polynomial in a fixed number of variables with exact rational coefficients.
///
/// Variables are numbered from 0 and have no names. Two polynomials with different numbers of
/// variables may be combined: the result has the greater number.
///
/// Invariant: terms descend in the lexicographic order of their exponents (variable 0 counts
/// most), exponents occur once and coefficients are not zero; so equal polynomials in the
/// same number of variables have equal representations.
#[derive(PartialEq, Eq, Hash)]
pub struct Polynomial {
    variables: usize,
    // One term in a few variables stands in place: most are that.
    exponents: SmallVec<[u32; 8]>,
    coefficients: SmallVec<[Number; 1]>,
}

impl Clone for Polynomial {
    fn clone(&self) -> Self {
        Self {
            variables: self.variables,
            exponents: SmallVec::from_slice(&self.exponents),
            coefficients: self.coefficients.clone(),
        }
    }
}

impl Polynomial {
    /// 0.
    pub fn zero(variables: usize) -> Self {
        Self { variables, exponents: SmallVec::new(), coefficients: SmallVec::new() }
    }

    /// 0, with room for so many terms.
    pub(super) fn with_capacity(variables: usize, terms: usize) -> Self {
        Self {
            variables,
            exponents: SmallVec::with_capacity(variables * terms),
            coefficients: SmallVec::with_capacity(terms),
        }
    }

    /// 1.
    pub fn one(variables: usize) -> Self {
        Self::constant(variables, Number::ONE)
    }

    /// A number.
    pub fn constant(variables: usize, value: Number) -> Self {
        match value.is_zero() {
            true => Self::zero(variables),
            false => Self {
                variables,
                exponents: SmallVec::from_elem(0, variables),
                coefficients: smallvec![value],
            },
        }
    }

    /// The variable of that index, `None` when there are not so many.
    pub fn variable(variables: usize, index: usize) -> Option<Self> {
        let mut result = Self::one(variables);
        *result.exponents.get_mut(index)? = 1;
        Some(result)
    }

    /// One term, in as many variables as there are exponents.
    pub fn monomial(exponents: &[u32], coefficient: Number) -> Self {
        let mut result = Self::with_capacity(exponents.len(), 1);
        result.push(exponents, coefficient);
        result
    }

    /// The sum of terms in any order; `None` when a term has a different number of exponents.
    pub fn from_terms(
        variables: usize,
        terms: impl IntoIterator<Item = (Vec<u32>, Number)>,
    ) -> Option<Self> {
        let mut terms: Vec<(Vec<u32>, Number)> = terms.into_iter().collect();
        if terms.iter().any(|(exponents, _)| exponents.len() != variables) {
            return None;
        }
        terms.sort_by(|a, b| b.0.cmp(&a.0));
        let mut result = Self::with_capacity(variables, terms.len());
        let mut terms = terms.into_iter().peekable();
        while let Some((exponents, mut sum)) = terms.next() {
            while let Some((_, more)) = terms.next_if(|(other, _)| *other == exponents) {
                sum = sum.add(&more);
            }
            result.push(&exponents, sum);
        }
        Some(result)
    }

    /// Appends a term that comes after all others; zero is left out.
    pub(super) fn push(&mut self, exponents: &[u32], coefficient: Number) {
        if !coefficient.is_zero() {
            self.exponents.extend_from_slice(exponents);
            self.coefficients.push(coefficient);
        }
    }

    /// The number of variables it was made with, whether they occur or not.
    pub fn variables(&self) -> usize {
        self.variables
    }

    /// The number of terms.
    pub fn number_of_terms(&self) -> usize {
        self.coefficients.len()
    }

    /// Exponents and coefficients, leading term first.
    pub fn terms(
        &self,
    ) -> impl DoubleEndedIterator<Item = (&[u32], &Number)> + ExactSizeIterator {
        (0..self.coefficients.len())
            .map(|at| (self.exponents(at), &self.coefficients[at]))
    }

    /// The exponents of a term by its place.
    pub(super) fn exponents(&self, at: usize) -> &[u32] {
        &self.exponents[at * self.variables..(at + 1) * self.variables]
    }

    /// The coefficient of a term by its place.
    pub(super) fn coefficient(&self, at: usize) -> &Number {
        &self.coefficients[at]
    }

    /// Whether it is 0.
    pub fn is_zero(&self) -> bool {
        self.coefficients.is_empty()
    }

    /// Whether it is 1.
    pub fn is_one(&self) -> bool {
        self.is_constant() && self.coefficients.first().is_some_and(Number::is_one)
    }

    /// Whether no variable occurs.
    pub fn is_constant(&self) -> bool {
        self.coefficients.len() <= 1 && self.exponents.iter().all(|e| *e == 0)
    }

    /// The value when no variable occurs.
    pub fn to_constant(&self) -> Option<Number> {
        let first = || self.coefficients.first().cloned().unwrap_or(Number::ZERO);
        self.is_constant().then(first)
    }

    /// The greatest exponent of a variable; 0 for the polynomial 0 and for what is no variable.
    pub fn degree(&self, variable: usize) -> u32 {
        self.terms()
            .filter_map(|(exponents, _)| exponents.get(variable).copied())
            .max()
            .unwrap_or(0)
    }

    /// The greatest exponent of each variable.
    pub fn degrees(&self) -> Vec<u32> {
        let mut result = vec![0; self.variables];
        for (exponents, _) in self.terms() {
            for (most, exponent) in result.iter_mut().zip(exponents) {
                *most = (*most).max(*exponent);
            }
        }
        result
    }

    /// The greatest sum of the exponents of a term; 0 for the polynomial 0.
    pub fn total_degree(&self) -> u64 {
        self.terms().map(|(exponents, _)| total(exponents)).max().unwrap_or(0)
    }

    /// Whether all terms have the same sum of exponents.
    pub fn is_homogeneous(&self) -> bool {
        let mut totals = self.terms().map(|(exponents, _)| total(exponents));
        totals.next().is_none_or(|first| totals.all(|other| other == first))
    }

    /// The variables that occur, in ascending order.
    pub fn occurring(&self) -> Vec<usize> {
        let degrees = self.degrees();
        (0..self.variables).filter(|at| degrees[*at] > 0).collect()
    }

    /// The coefficient of the leading term in lexicographic order, 0 for 0.
    pub fn leading_coefficient(&self) -> Number {
        self.coefficients.first().cloned().unwrap_or(Number::ZERO)
    }

    /// The coefficients of the powers of a variable, with their exponents, greatest first.
    /// They have the same variables, and the one asked for does not occur in them.
    pub fn coefficients_in(&self, variable: usize) -> Vec<(u32, Self)> {
        let mut result: Vec<(u32, Self)> = Vec::new();
        // Terms that come one after the other stay so inside each coefficient.
        for (exponents, coefficient) in self.terms() {
            let power = exponents.get(variable).copied().unwrap_or(0);
            let found = result.binary_search_by(|(known, _)| power.cmp(known));
            let place = found.unwrap_or_else(|place| {
                result.insert(place, (power, Self::zero(self.variables)));
                place
            });
            let part = &mut result[place].1;
            let start = part.exponents.len();
            part.push(exponents, coefficient.clone());
            if let Some(exponent) = part.exponents.get_mut(start + variable) {
                *exponent = 0;
            }
        }
        result
    }

    /// The leading coefficient with respect to one variable.
    pub fn leading_coefficient_in(&self, variable: usize) -> Self {
        let degree = self.degree(variable);
        let mut result = Self::zero(self.variables);
        let mut exponents = vec![0; self.variables];
        for (own, coefficient) in self.terms() {
            exponents.copy_from_slice(own);
            if let Some(exponent) = exponents.get_mut(variable) {
                if *exponent != degree {
                    continue;
                }
                *exponent = 0;
            }
            result.push(&exponents, coefficient.clone());
        }
        result
    }

    /// The same terms with other coefficients; a function that answers 0 drops a term.
    pub(super) fn map(&self, change: impl Fn(&Number) -> Number) -> Self {
        let coefficients: SmallVec<[Number; 1]> =
            self.coefficients.iter().map(change).collect();
        if !coefficients.iter().any(Number::is_zero) {
            let exponents = SmallVec::from_slice(&self.exponents);
            return Self { variables: self.variables, exponents, coefficients };
        }
        let mut result = Self::with_capacity(self.variables, self.number_of_terms());
        for (place, coefficient) in coefficients.into_iter().enumerate() {
            result.push(self.exponents(place), coefficient);
        }
        result
    }

    /// The terms with exponents changed by a function that keeps the order of terms.
    pub(super) fn map_exponents(&self, change: impl Fn(usize, u32) -> u32) -> Self {
        let mut result = self.clone();
        for (place, exponent) in result.exponents.iter_mut().enumerate() {
            *exponent = change(place % self.variables, *exponent);
        }
        result
    }

    /// Adds to the exponents of all terms; `None` when one does not fit.
    pub(super) fn raise(&mut self, by: &[u32]) -> Option<()> {
        let width = self.variables.max(1);
        for (place, more) in by.iter().take(width).enumerate() {
            if *more == 0 {
                continue;
            }
            for own in self.exponents.iter_mut().skip(place).step_by(width) {
                *own = own.checked_add(*more)?;
            }
        }
        Some(())
    }

    /// The same polynomial with at least so many variables.
    pub fn widened(&self, variables: usize) -> Cow<'_, Self> {
        if variables <= self.variables {
            return Cow::Borrowed(self);
        }
        let mut result = Self::with_capacity(variables, self.number_of_terms());
        let mut padded = vec![0; variables];
        for (exponents, coefficient) in self.terms() {
            padded[..self.variables].copy_from_slice(exponents);
            result.push(&padded, coefficient.clone());
        }
        Cow::Owned(result)
    }

    /// Both over the same number of variables.
    pub(super) fn aligned<'a>(
        &'a self,
        other: &'a Self,
    ) -> (Cow<'a, Self>, Cow<'a, Self>) {
        (self.widened(other.variables), other.widened(self.variables))
    }
}

/// The sum of exponents.
fn total(exponents: &[u32]) -> u64 {
    exponents.iter().map(|e| u64::from(*e)).sum()
}

impl fmt::Debug for Polynomial {
    /// Writes it over `x0`, `x1` and so on.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_zero() {
            return f.write_str("0");
        }
        for (place, (exponents, coefficient)) in self.terms().enumerate() {
            let sign = match (coefficient.is_negative(), place) {
                (true, 0) => "-",
                (true, _) => " - ",
                (false, 0) => "",
                (false, _) => " + ",
            };
            write!(f, "{sign}{}", coefficient.abs())?;
            for (at, exponent) in exponents.iter().enumerate().filter(|(_, e)| **e > 0) {
                write!(f, "*x{at}")?;
                if *exponent > 1 {
                    write!(f, "^{exponent}")?;
                }
            }
        }
        Ok(())
    }
}
