//! Forms of answers: transposes go where they cost least, products are flat.

use super::super::form::{Elementwise, FormId, Forms, Op, Scope};
use super::super::shape::{Shape, SizeId};
use super::super::table::Special;
use crate::function;
use crate::kernel::{Constant, Number};

impl Forms {
    pub(in crate::matrix) fn number(&mut self, value: &Number) -> FormId {
        if !value.is_negative() {
            let top = self.intern(Op::Number(value.numerator()), Shape::SCALAR);
            if value.is_integer() {
                return top;
            }
            let below = self.intern(Op::Number(value.denominator()), Shape::SCALAR);
            return self.intern(Op::Divide(top, below), Shape::SCALAR);
        }
        let positive = self.number(&value.neg());
        self.intern(Op::Sum(vec![(true, positive)]), Shape::SCALAR)
    }

    pub(in crate::matrix) fn call(
        &mut self,
        function: Special,
        list: &[FormId],
        shape: Shape,
    ) -> FormId {
        self.intern(Op::Call(function, list.to_vec()), shape)
    }

    /// A function of the table of one argument.
    pub(in crate::matrix) fn apply(&mut self, name: &str, argument: FormId) -> FormId {
        let shape = self.shape(argument);
        match function::lookup(name, 1) {
            Some(id) => {
                self.intern(Op::Apply(Elementwise::Table(id), vec![argument]), shape)
            }
            None => argument,
        }
    }

    /// `e^x` for a scalar, the exponential function of each entry for an array.
    pub(in crate::matrix) fn exponential(
        &mut self,
        exponent: FormId,
        scope: &Scope,
    ) -> FormId {
        if !self.shape(exponent).is_scalar() || !scope.has_exponential() {
            return self.apply("exp", exponent);
        }
        let base = self.intern(Op::Constant(Constant::E), Shape::SCALAR);
        self.intern(Op::Power(base, exponent), Shape::SCALAR)
    }

    /// The transpose, pushed inwards where that is not longer.
    pub(in crate::matrix) fn transposed(
        &mut self,
        id: FormId,
        symmetric: &[bool],
    ) -> FormId {
        let shape = self.shape(id);
        if shape.is_scalar() {
            return id;
        }
        let turned = shape.transposed();
        let outside = self.intern(Op::Transpose(id), turned);
        match self.op(id).clone() {
            Op::Transpose(inner) => inner,
            Op::Variable(place) if symmetric.get(usize::from(place)) == Some(&true) => id,
            Op::Eye | Op::Field(_, 2, _) => id,
            Op::Commutation(m, n) => self.intern(Op::Commutation(n, m), turned),
            op @ (Op::Ones | Op::Zeros) if !shape.is_vector() => self.intern(op, turned),
            Op::Product(list) => {
                let is_scalar = |forms: &Self, f: &FormId| forms.shape(*f).is_scalar();
                let mut flipped: Vec<FormId> =
                    list.iter().filter(|f| is_scalar(self, f)).copied().collect();
                for factor in list.iter().rev() {
                    if !is_scalar(self, factor) {
                        flipped.push(self.transposed(*factor, symmetric));
                    }
                }
                self.product(&flipped)
            }
            Op::Divide(a, b) => {
                let a = self.transposed(a, symmetric);
                self.intern(Op::Divide(a, b), turned)
            }
            Op::Sum(list) if !shape.is_vector() => {
                let inside: Vec<(bool, FormId)> = list
                    .iter()
                    .map(|(minus, f)| (*minus, self.transposed(*f, symmetric)))
                    .collect();
                let mut sorted = (inside.clone(), list);
                sorted.0.sort_unstable();
                sorted.1.sort_unstable();
                if sorted.0 == sorted.1 {
                    return id;
                }
                // A sign is no reason to turn a whole product round.
                if let [(true, inner)] = inside[..] {
                    return self.negated(inner);
                }
                let inside = self.intern(Op::Sum(inside), turned);
                self.cheaper(outside, inside)
            }
            Op::Hadamard(list) if !shape.is_vector() => {
                let inside: Vec<FormId> =
                    list.iter().map(|f| self.transposed(*f, symmetric)).collect();
                let inside = self.intern(Op::Hadamard(inside), turned);
                if inside == id {
                    return id;
                }
                self.cheaper(outside, inside)
            }
            Op::Apply(function, list) if !shape.is_vector() => {
                let inside: Vec<FormId> =
                    list.iter().map(|f| self.transposed(*f, symmetric)).collect();
                let inside = self.intern(Op::Apply(function, inside), turned);
                if inside == id {
                    return id;
                }
                self.cheaper(outside, inside)
            }
            Op::Call(
                function @ (Special::Inverse
                | Special::PseudoInverse
                | Special::Polar
                | Special::Exponential
                | Special::Logarithm
                | Special::SquareRoot),
                list,
            ) => {
                let inner = self.transposed(list[0], symmetric);
                if inner == list[0] {
                    return id;
                }
                let inside = self.call(function, &[inner], turned);
                self.cheaper(outside, inside)
            }
            Op::Call(Special::Kronecker, list) => {
                let inner: Vec<FormId> =
                    list.iter().map(|f| self.transposed(*f, symmetric)).collect();
                let inside = self.call(Special::Kronecker, &inner, turned);
                self.cheaper(inside, outside)
            }
            Op::Call(function @ (Special::SumAlong | Special::MeanAlong), list) => {
                let inner = self.transposed(list[0], symmetric);
                let is_down = self.as_number(list[1]).is_some_and(|n| n.is_one());
                let axis = self.number(&Number::from(if is_down { 2 } else { 1 }));
                let inside = self.call(function, &[inner, axis], turned);
                self.cheaper(outside, inside)
            }
            Op::Call(Special::Skew, _) => self.negated(id),
            Op::Call(function @ (Special::Lower | Special::Upper), list) => {
                let other = match function {
                    Special::Lower => Special::Upper,
                    _ => Special::Lower,
                };
                let inner = self.transposed(list[0], symmetric);
                let inside = self.call(other, &[inner], turned);
                self.cheaper(inside, outside)
            }
            Op::Call(Special::Diagonal, _) if !shape.is_vector() => id,
            Op::Power(base, n) => {
                let inner = self.transposed(base, symmetric);
                if inner == base {
                    return id;
                }
                let inside = self.intern(Op::Power(inner, n), turned);
                match self.as_number(n) {
                    Some(_) => self.cheaper(outside, inside),
                    None => self.cheaper(inside, outside),
                }
            }
            _ => outside,
        }
    }

    /// The negative.
    fn negated(&mut self, id: FormId) -> FormId {
        match self.op(id) {
            Op::Sum(list) if matches!(list[..], [(true, _)]) => list[0].1,
            _ => self.intern(Op::Sum(vec![(true, id)]), self.shape(id)),
        }
    }

    /// The one that costs less, the first if both cost the same.
    pub(in crate::matrix) fn cheaper(&self, a: FormId, b: FormId) -> FormId {
        if self.cost(b) < self.cost(a) { b } else { a }
    }

    /// A product; products and identities in it are put in.
    pub(in crate::matrix) fn product(&mut self, list: &[FormId]) -> FormId {
        let mut flat: Vec<FormId> = Vec::new();
        let matrices = list.iter().filter(|id| !self.shape(**id).is_scalar()).count();
        for id in list {
            match self.op(*id) {
                Op::Product(inner)
                    if !self.shape(*id).is_scalar()
                        && (flat.is_empty() || !self.stays_together(*id)) =>
                {
                    flat.extend(inner)
                }
                Op::Eye if matrices > 1 => {}
                Op::Number(n) if n.is_one() && list.len() > 1 => {}
                _ => flat.push(*id),
            }
        }
        let mut shape: Option<Shape> = None;
        for id in &flat {
            let next = self.shape(*id);
            shape = Some(match shape {
                None => next,
                Some(known) if known.is_scalar() => next,
                Some(known) if next.is_scalar() => known,
                Some(known) => Shape::new(known.rows, next.cols),
            });
        }
        match (&flat[..], shape) {
            ([], _) | (_, None) => list
                .first()
                .copied()
                .unwrap_or_else(|| self.intern(Op::Number(Number::ONE), Shape::SCALAR)),
            ([one], _) => *one,
            (_, Some(shape)) => self.intern(Op::Product(flat), shape),
        }
    }

    /// Products of entries; reciprocals become quotients.
    pub(in crate::matrix) fn hadamard(&mut self, list: &[FormId]) -> FormId {
        let mut above: Vec<FormId> = Vec::new();
        let mut below: Vec<FormId> = Vec::new();
        let mut shape = Shape::SCALAR;
        for id in list {
            let next = self.shape(*id);
            shape = if shape.is_scalar() { next } else { shape };
            match self.op(*id).clone() {
                Op::ElementDivide(one, under)
                    if self.as_number(one).is_some_and(|n| n.is_one()) =>
                {
                    below.push(under);
                }
                Op::ElementDivide(over, under) => {
                    above.push(over);
                    below.push(under);
                }
                Op::Hadamard(inner) => above.extend(inner),
                _ => above.push(*id),
            }
        }
        let join = |forms: &mut Self, list: Vec<FormId>| match list[..] {
            [] => forms.intern(Op::Number(Number::ONE), Shape::SCALAR),
            [one] => one,
            _ => forms.intern(Op::Hadamard(list), shape),
        };
        if below.is_empty() {
            return join(self, above);
        }
        let (above, below) = (join(self, above), join(self, below));
        self.intern(Op::ElementDivide(above, below), shape)
    }

    /// The diagonal matrix of a vector.
    pub(in crate::matrix) fn diagonal(&mut self, vector: FormId) -> FormId {
        let n = self.shape(vector).rows;
        self.call(Special::Diagonal, &[vector], Shape::new(n, n))
    }

    /// The sums of a matrix along an axis, 1 or 2.
    pub(in crate::matrix) fn sums(
        &mut self,
        matrix: FormId,
        axis: i64,
        shape: Shape,
    ) -> FormId {
        let axis = self.number(&Number::from(axis));
        self.call(Special::SumAlong, &[matrix, axis], shape)
    }

    /// 1 on the diagonal and below, 0 above.
    pub(in crate::matrix) fn mask(&mut self, shape: Shape) -> FormId {
        let ones = self.intern(Op::Ones, shape);
        self.call(Special::Lower, &[ones], shape)
    }

    /// The triangle that a form takes out of what it is multiplied with entry by entry.
    pub(in crate::matrix) fn as_mask(&self, id: FormId) -> Option<Special> {
        match self.op(id) {
            Op::Call(function @ (Special::Lower | Special::Upper), list) => {
                matches!(self.op(list[0]), Op::Ones).then_some(*function)
            }
            _ => None,
        }
    }

    /// A vector of ones.
    pub(in crate::matrix) fn ones(&mut self, size: SizeId) -> FormId {
        self.intern(Op::Ones, Shape::column(size))
    }
}
