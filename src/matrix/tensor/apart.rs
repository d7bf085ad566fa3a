//! Determinants and logarithms of products taken apart, for the normal form.

use super::super::form::Elementwise;
use super::super::shape::Size;
use super::pool::{Node, TensorId, Tensors};
use crate::kernel::{FunctionId, Number};

impl Tensors {
    /// The determinant, `c^n*det(A)*det(B)` of `c*A*B` for square factors.
    pub(super) fn determinant_apart(&mut self, id: TensorId) -> TensorId {
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

/// Whether an elementwise function is the natural logarithm.
pub(super) fn is_logarithm(function: &Elementwise) -> bool {
    matches!(function, Elementwise::Table(FunctionId::LN))
}
