//! Scalar formulas as forms: only zeros and ones are left out, the rest is written as it comes.

use super::super::form::{Elementwise, FormId, Forms, Op};
use super::super::shape::Shape;
use super::MAX_ENTRIES;
use super::arithmetic::Arithmetic;
use crate::error::Result;
use crate::function;
use crate::kernel::{Constant, Number};

/// Makes scalar forms.
#[derive(Clone, Debug, Default)]
pub(super) struct Scalars {
    pub(super) forms: Forms,
}

impl Scalars {
    fn make(&mut self, op: Op) -> FormId {
        self.forms.intern(op, Shape::SCALAR)
    }

    pub(super) fn variable(&mut self, place: u16) -> FormId {
        self.make(Op::Variable(place))
    }

    fn is(&self, id: FormId, n: &Number) -> bool {
        matches!(self.forms.op(id), Op::Number(known) if known == n)
    }

    /// Whether a function of the table has a name that scalars can be given.
    pub(super) fn is_taken(name: &str) -> bool {
        function::is_name(name) || matches!(name, "e" | "pi" | "π")
    }
}

impl Arithmetic for Scalars {
    type Id = FormId;
    const MOST: usize = MAX_ENTRIES;

    fn number(&mut self, n: &Number) -> FormId {
        self.make(Op::Number(n.clone()))
    }

    fn constant(&mut self, constant: Constant) -> FormId {
        self.make(Op::Constant(constant))
    }

    fn is_zero(&self, id: FormId) -> bool {
        self.is(id, &Number::ZERO)
    }

    fn as_number(&self, id: FormId) -> Option<Number> {
        self.forms.as_number(id)
    }

    fn sum(&mut self, terms: &[(bool, FormId)]) -> FormId {
        let mut flat: Vec<(bool, FormId)> = Vec::new();
        for (minus, id) in terms {
            match self.forms.op(*id) {
                Op::Sum(inner) => {
                    flat.extend(inner.iter().map(|(m, id)| (m ^ minus, *id)))
                }
                _ if self.is_zero(*id) => {}
                _ => flat.push((*minus, *id)),
            }
        }
        match flat[..] {
            [] => self.whole(0),
            [(false, one)] => one,
            _ => self.make(Op::Sum(flat)),
        }
    }

    fn product(&mut self, factors: &[FormId]) -> FormId {
        let mut flat: Vec<FormId> = Vec::new();
        for id in factors {
            match self.forms.op(*id) {
                Op::Product(inner) => flat.extend(inner),
                _ if self.is_zero(*id) => return *id,
                _ if self.is(*id, &Number::ONE) => {}
                _ => flat.push(*id),
            }
        }
        match flat[..] {
            [] => self.whole(1),
            [one] => one,
            [a, b] if a == b => {
                let two = self.whole(2);
                self.make(Op::Power(a, two))
            }
            _ => self.make(Op::Product(flat)),
        }
    }

    fn divide(&mut self, above: FormId, below: FormId) -> FormId {
        match self.is_zero(above) && !self.is_zero(below) || self.is(below, &Number::ONE)
        {
            true => above,
            false => self.make(Op::Divide(above, below)),
        }
    }

    fn power(&mut self, base: FormId, exponent: FormId) -> FormId {
        match self.is(exponent, &Number::ONE) {
            true => base,
            false => self.make(Op::Power(base, exponent)),
        }
    }

    fn function(
        &mut self,
        function: Elementwise,
        arguments: &[FormId],
    ) -> Result<FormId> {
        Ok(self.make(Op::Apply(function, arguments.to_vec())))
    }
}
