//! What divides all terms: numbers and powers of variables.

use super::Polynomial;
use super::coefficient::multiple_of;
use crate::kernel::Number;
use num_integer::Integer;

impl Polynomial {
    /// The number by which the polynomial is a multiple of its primitive part: the greatest
    /// common divisor of the coefficients, with the sign of the leading one; 0 for 0.
    pub fn content(&self) -> Number {
        let mut result = Number::ZERO;
        let whole = self.is_integral();
        for (_, coefficient) in self.terms() {
            result = result.gcd(coefficient);
            if whole && result.is_one() {
                break;
            }
        }
        if self.leading_coefficient().is_negative() { result.neg() } else { result }
    }

    /// Content and primitive part: integer coefficients without a common divisor, the leading
    /// one positive. The product of both is the polynomial; for 0 both are 0.
    pub fn primitive_part(&self) -> (Number, Self) {
        let content = self.content();
        if content.is_one() || content.is_zero() {
            return (content, self.clone());
        }
        let part = self.map(|coefficient| multiple_of(coefficient, &content));
        (content, part)
    }

    /// Whether all coefficients are integers.
    pub fn is_integral(&self) -> bool {
        self.terms().all(|(_, coefficient)| coefficient.is_integer())
    }

    /// The smallest exponent of each variable; all 0 for 0.
    pub fn monomial_content(&self) -> Vec<u32> {
        let mut least: Option<Vec<u32>> = None;
        for (exponents, _) in self.terms() {
            match &mut least {
                None => least = Some(exponents.to_vec()),
                Some(least) => {
                    for (a, b) in least.iter_mut().zip(exponents) {
                        *a = (*a).min(*b);
                    }
                }
            }
        }
        least.unwrap_or_else(|| vec![0; self.variables()])
    }

    /// The quotient by a monomial that divides every term.
    pub fn without_monomial(&self, exponents: &[u32]) -> Self {
        if exponents.iter().all(|e| *e == 0) {
            return self.clone();
        }
        self.map_exponents(|at, exponent| exponent.saturating_sub(exponents[at]))
    }

    /// The greatest step of the exponents of each variable: the polynomial is one in
    /// `x_i^step_i`. It is 0 for variables that do not occur.
    pub(super) fn steps(&self) -> Vec<u32> {
        let mut result = vec![0u32; self.variables()];
        for (exponents, _) in self.terms() {
            for (step, exponent) in result.iter_mut().zip(exponents) {
                *step = step.gcd(exponent);
            }
        }
        result
    }
}
