//! Values of polynomials over a prime field: all variables but one get numbers.

use super::field::Field;
use super::work::amount;
use super::{Polynomial, modular};

/// The terms of a polynomial at a point: what is left is a polynomial in one variable.
/// Multiplying each value by its ratio goes on to the next point of a geometric sequence,
/// which is how sparse interpolation chooses its points (Zippel 1979).
pub(super) struct Image {
    powers: Vec<usize>,
    values: Vec<u64>,
    ratios: Vec<u64>,
}

impl Image {
    /// The polynomial at a point; the main variable stays. `moving` are the variables that
    /// run through powers of their number, the others keep it. `None` when the prime divides
    /// a denominator.
    pub(super) fn new(
        polynomial: &Polynomial,
        field: Field,
        main: usize,
        point: &[u64],
        moving: &[usize],
    ) -> Option<Self> {
        let count = polynomial.number_of_terms();
        let mut result = Self {
            powers: Vec::with_capacity(count),
            values: Vec::with_capacity(count),
            ratios: Vec::with_capacity(count),
        };
        for (exponents, coefficient) in polynomial.terms() {
            let mut value = field.image(coefficient)?;
            let mut ratio = field.one;
            for (at, exponent) in exponents.iter().enumerate() {
                if at == main || *exponent == 0 {
                    continue;
                }
                let power = field.pow(point[at], u64::from(*exponent));
                if moving.contains(&at) {
                    ratio = field.mul(ratio, power);
                }
                value = field.mul(value, power);
            }
            result.powers.push(exponents.get(main).copied().unwrap_or(0) as usize);
            result.values.push(value);
            result.ratios.push(ratio);
        }
        Some(result)
    }

    /// What [`Image::new`] costs.
    pub(super) fn price(polynomial: &Polynomial) -> u64 {
        let terms = amount(polynomial.number_of_terms());
        let words = polynomial.longest();
        terms.saturating_mul(words + amount(polynomial.occurring().len()))
    }

    /// What is left at the present point.
    pub(super) fn collected(&self, field: Field) -> Vec<u64> {
        let length = self.powers.iter().max().map_or(0, |most| most + 1);
        let mut result = vec![0; length];
        for (power, value) in self.powers.iter().zip(&self.values) {
            result[*power] = field.add(result[*power], *value);
        }
        modular::trim(result)
    }

    /// Goes on to the next point.
    pub(super) fn step(&mut self, field: Field) {
        for (value, ratio) in self.values.iter_mut().zip(&self.ratios) {
            *value = field.mul(*value, *ratio);
        }
    }
}
