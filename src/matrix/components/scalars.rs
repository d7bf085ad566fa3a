//! Scalar formulas as forms: only zeros and ones are left out, the rest is written as it comes.

use super::super::form::{Elementwise, FormId, Forms, Op};
use super::super::shape::Shape;
use crate::function;
use crate::kernel::{Constant, Number};

/// Makes scalar forms.
#[derive(Clone, Debug, Default)]
pub(super) struct Scalars {
    pub(super) forms: Forms,
}

impl Scalars {
    pub(super) fn make(&mut self, op: Op) -> FormId {
        self.forms.intern(op, Shape::SCALAR)
    }

    pub(super) fn number(&mut self, n: &Number) -> FormId {
        self.make(Op::Number(n.clone()))
    }

    pub(super) fn whole(&mut self, n: i64) -> FormId {
        self.make(Op::Number(Number::from(n)))
    }

    fn is(&self, id: FormId, n: &Number) -> bool {
        matches!(self.forms.op(id), Op::Number(known) if known == n)
    }

    pub(super) fn is_zero(&self, id: FormId) -> bool {
        self.is(id, &Number::ZERO)
    }

    pub(super) fn is_one(&self, id: FormId) -> bool {
        self.is(id, &Number::ONE)
    }

    pub(super) fn sum(&mut self, terms: &[(bool, FormId)]) -> FormId {
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

    pub(super) fn product(&mut self, factors: &[FormId]) -> FormId {
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

    pub(super) fn divide(&mut self, above: FormId, below: FormId) -> FormId {
        match self.is_zero(above) && !self.is_zero(below) || self.is(below, &Number::ONE)
        {
            true => above,
            false => self.make(Op::Divide(above, below)),
        }
    }

    pub(super) fn power(&mut self, base: FormId, exponent: FormId) -> FormId {
        match self.is(exponent, &Number::ONE) {
            true => base,
            false => self.make(Op::Power(base, exponent)),
        }
    }

    /// A function of the table of one argument.
    pub(super) fn apply(&mut self, name: &str, argument: FormId) -> FormId {
        match function::lookup(name, 1) {
            Some(id) => self.make(Op::Apply(Elementwise::Table(id), vec![argument])),
            None => argument,
        }
    }

    /// A function of the table of any number of arguments; of one it is that.
    pub(super) fn folded(&mut self, name: &str, list: &[FormId]) -> FormId {
        match (list, function::lookup(name, list.len())) {
            ([one], _) => *one,
            (_, Some(id)) => self.make(Op::Apply(Elementwise::Table(id), list.to_vec())),
            (_, None) => self.whole(0),
        }
    }

    /// `e^x`.
    pub(super) fn exp(&mut self, exponent: FormId) -> FormId {
        let e = self.make(Op::Constant(Constant::E));
        self.power(e, exponent)
    }

    pub(super) fn sum_of(&mut self, list: &[FormId]) -> FormId {
        let terms: Vec<(bool, FormId)> = list.iter().map(|id| (false, *id)).collect();
        self.sum(&terms)
    }

    pub(super) fn sum_of_squares(&mut self, list: &[FormId]) -> FormId {
        let two = self.whole(2);
        let squares: Vec<FormId> = list
            .iter()
            .map(|id| if self.is_zero(*id) { *id } else { self.power(*id, two) })
            .collect();
        self.sum_of(&squares)
    }

    /// Whether a function of the table has a name that scalars can be given.
    pub(super) fn is_taken(name: &str) -> bool {
        function::is_name(name) || matches!(name, "e" | "pi" | "π")
    }
}
