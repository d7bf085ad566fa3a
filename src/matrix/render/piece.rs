//! A term of an answer: a number, powers of scalars, and a chain of matrix factors.

use super::super::form::{FormId, Forms, Op};
use super::super::shape::Shape;
use crate::kernel::Number;

/// A number times powers of scalars times a chain; without a chain it is the same in every
/// entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Piece {
    pub(in crate::matrix) coefficient: Number,
    pub(in crate::matrix) scalars: Vec<(FormId, Number)>,
    pub(in crate::matrix) chain: Vec<FormId>,
}

impl Default for Piece {
    fn default() -> Self {
        Self { coefficient: Number::ONE, scalars: Vec::new(), chain: Vec::new() }
    }
}

impl Piece {
    /// Multiplies or divides by a form, on the right.
    pub(in crate::matrix) fn multiply(
        &mut self,
        form: FormId,
        divide: bool,
        forms: &Forms,
    ) {
        let mut waiting = vec![(form, divide)];
        while let Some((form, divide)) = waiting.pop() {
            let scalar = forms.shape(form).is_scalar();
            match forms.op(form) {
                Op::Number(n) if !divide => {
                    self.coefficient = self.coefficient.mul(n);
                }
                Op::Number(n) if n.recip().is_some() => {
                    let inverse = n.recip().unwrap_or(Number::ONE);
                    self.coefficient = self.coefficient.mul(&inverse);
                }
                Op::Sum(list) if matches!(list[..], [(true, _)]) => {
                    self.coefficient = self.coefficient.neg();
                    waiting.push((list[0].1, divide));
                }
                Op::Divide(a, b) => waiting.extend([(*b, !divide), (*a, divide)]),
                Op::Product(list) if !scalar || self.is_scaling(list, forms) => {
                    waiting.extend(list.iter().rev().map(|f| (*f, divide)));
                }
                _ if scalar => {
                    let unit = if divide { Number::MINUS_ONE } else { Number::ONE };
                    self.scalars.push((form, unit));
                }
                _ => self.chain.push(form),
            }
        }
    }

    /// Whether all factors of a scalar product are scalars.
    fn is_scaling(&self, list: &[FormId], forms: &Forms) -> bool {
        list.iter().all(|f| forms.shape(*f).is_scalar())
    }

    /// Multiplies by the number and the scalars of another piece.
    pub(in crate::matrix) fn take(&mut self, other: Self) {
        self.coefficient = self.coefficient.mul(&other.coefficient);
        self.scalars.extend(other.scalars);
    }

    /// Whether it is a number only.
    pub(in crate::matrix) fn is_number(&self) -> bool {
        self.scalars.is_empty() && self.chain.is_empty()
    }

    /// The form of the piece without its sign.
    pub(in crate::matrix) fn form(&self, forms: &mut Forms) -> FormId {
        let coefficient = self.coefficient.abs();
        let (mut above, mut below) = (Vec::new(), Vec::new());
        let top = coefficient.numerator();
        if !top.is_one() {
            above.push(forms.number(&top));
        }
        if !coefficient.is_integer() {
            below.push(forms.number(&coefficient.denominator()));
        }
        let mut scalars = self.scalars.clone();
        merge(&mut scalars);
        for (form, exponent) in &scalars {
            let positive = !exponent.is_negative();
            let power = raised(*form, &exponent.abs(), forms);
            if positive {
                above.push(power)
            } else {
                below.push(power)
            };
        }
        let mut index = 0;
        while index < self.chain.len() {
            let id = self.chain[index];
            let run = self.chain[index..].iter().take_while(|next| **next == id).count();
            let square = forms.shape(id).is_square() && !forms.shape(id).is_scalar();
            if run > 1 && square {
                let n = forms.number(&Number::from(run as i64));
                let shape = forms.shape(id);
                above.push(forms.intern(Op::Power(id, n), shape));
                index += run;
            } else {
                above.push(id);
                index += 1;
            }
        }
        let over = match above[..] {
            [] => forms.number(&Number::ONE),
            [one] => one,
            _ => forms.product(&above),
        };
        if below.is_empty() {
            return over;
        }
        let under = match below[..] {
            [one] => one,
            _ => forms.product(&below),
        };
        let shape = forms.shape(over);
        forms.intern(Op::Divide(over, under), shape)
    }

    /// What the piece is with a matrix of ones where it has no chain.
    pub(in crate::matrix) fn filled(&mut self, shape: Shape, forms: &mut Forms) {
        if self.chain.is_empty() && !shape.is_scalar() {
            self.chain.push(forms.intern(Op::Ones, shape));
        }
    }
}

/// Makes one power of equal scalars.
pub(crate) fn merge(list: &mut Vec<(FormId, Number)>) {
    let mut place = 0;
    while place < list.len() {
        let (id, exponent) = list[place].clone();
        match list[..place].iter().position(|(known, _)| *known == id) {
            Some(known) => {
                list[known].1 = list[known].1.add(&exponent);
                list.remove(place);
            }
            None => place += 1,
        }
    }
    list.retain(|(_, exponent)| !exponent.is_zero());
}

/// A positive power of a scalar.
fn raised(form: FormId, exponent: &Number, forms: &mut Forms) -> FormId {
    if exponent.is_one() {
        return form;
    }
    if *exponent == Number::HALF {
        return forms.apply("sqrt", form);
    }
    let exponent = forms.number(exponent);
    forms.intern(Op::Power(form, exponent), Shape::SCALAR)
}
