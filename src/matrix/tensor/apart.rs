//! Determinants and logarithms of products taken apart, for the normal form.

use super::super::form::Elementwise;
use super::super::shape::Size;
use super::pool::{Node, TensorId, Tensors};
use crate::kernel::{FunctionId, Number};

impl Tensors {
    /// The determinant, `c^n*det(A)*det(B)` of `c*A*B` for square factors.
    pub(super) fn determinant_apart(&mut self, id: TensorId) -> TensorId {
        if let Some(found) = self.law_of_determinant(id) {
            return found;
        }
        let whole = self.determinant(id);
        let Node::Sum(terms) = self.node(id) else { return whole };
        let [term] = &terms[..] else { return whole };
        let term = term.clone();
        let Some((chain, scalars)) = self.in_a_row(&term) else { return whole };
        if let Size::Fixed(_) = self.scope.sizes.get(term.sizes[0])
            && chain.len() == 1
        {
            return whole;
        }
        let size = self.size(term.sizes[0]);
        let coefficient = self.number(term.coefficient.clone());
        let mut factors = Vec::new();
        if !term.coefficient.is_one() {
            factors.push(self.power(coefficient, size));
        }
        for scalar in scalars {
            factors.push(self.power(scalar, size));
        }
        for (matrix, _) in chain {
            factors.push(self.determinant_apart(matrix));
        }
        self.times(&factors)
    }

    /// The logarithm of a scalar, with those of positive numbers and of their powers beside it.
    pub(super) fn logarithm_apart(&mut self, id: TensorId) -> TensorId {
        let Node::Sum(terms) = self.node(id) else { return self.log(id) };
        let [term] = &terms[..] else { return self.log(id) };
        if !self.axes(id).is_empty() || !term.sizes.is_empty() {
            return self.log(id);
        }
        let mut term = term.clone();
        let mut parts = Vec::new();
        if term.coefficient.is_positive() && !term.coefficient.is_one() {
            let number = self.number(term.coefficient.clone());
            parts.push(self.log(number));
            term.coefficient = Number::ONE;
        }
        let mut rest = Vec::new();
        for factor in term.factors {
            let Node::Power(base, exponent) = *self.node(factor.id) else {
                rest.push(factor);
                continue;
            };
            match self.as_number(base).filter(Number::is_positive) {
                Some(_) => {
                    let log = self.log(base);
                    parts.push(self.times(&[exponent, log]));
                }
                None => rest.push(factor),
            }
        }
        if parts.is_empty() {
            return self.log(id);
        }
        let rest = self.einsum(term.coefficient, rest, &[], 0);
        parts.push(self.log(rest));
        self.plus(&parts)
    }
}

impl Tensors {
    /// Everything multiplied out, with logarithms as those of moduli: `ln(a*b)` is
    /// `ln(a) + ln(b)` for all signs then, and where a logarithm has a value, it is that.
    pub(crate) fn expand_by_moduli(&mut self, id: TensorId) -> TensorId {
        let before = std::mem::replace(&mut self.is_of_moduli, true);
        let found = self.expand(id, true);
        self.is_of_moduli = before;
        found
    }

    /// `ln(abs(u))` of a scalar, with the logarithm of each factor and power by itself.
    pub(super) fn logarithm_of_modulus(&mut self, id: TensorId) -> TensorId {
        if !self.axes(id).is_empty() {
            return self.log(id);
        }
        match self.node(id).clone() {
            Node::Map(Elementwise::Table(FunctionId::ABS), list) => {
                self.logarithm_of_modulus(list[0])
            }
            Node::Power(base, exponent) => {
                let log = self.logarithm_of_modulus(base);
                self.times(&[exponent, log])
            }
            Node::Sum(terms) => match &terms[..] {
                [term] if term.sizes.is_empty() && !term.factors.is_empty() => {
                    let mut parts: Vec<TensorId> = Vec::new();
                    let size = self.number(term.coefficient.abs());
                    if !term.coefficient.abs().is_one() {
                        parts.push(self.log(size));
                    }
                    for factor in &term.factors {
                        parts.push(self.logarithm_of_modulus(factor.id));
                    }
                    self.plus(&parts)
                }
                _ => self.log(id),
            },
            _ => self.log(id),
        }
    }
}

/// Whether an elementwise function is the natural logarithm.
pub(super) fn is_logarithm(function: &Elementwise) -> bool {
    matches!(function, Elementwise::Table(FunctionId::LN))
}
