//! A term of an answer: a number, powers of scalars, and a chain of matrix factors.

use super::super::form::{FormId, Forms, Op};
use super::super::shape::Shape;
use super::super::table::Special;
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
        let mut chain = self.chain.clone();
        for id in &mut chain {
            *id = as_mean(*id, &mut scalars, forms);
        }
        for place in 0..scalars.len() {
            let (id, exponent) = scalars[place].clone();
            if exponent.is_one() {
                scalars[place].0 = as_mean(id, &mut scalars, forms);
            }
        }
        scalars.retain(|(_, exponent)| !exponent.is_zero());
        for (form, exponent) in &scalars {
            let positive = !exponent.is_negative();
            let form = with_powers(*form, forms);
            let power = raised(form, &exponent.abs(), forms);
            if positive {
                above.push(power)
            } else {
                below.push(power)
            };
        }
        let over = match chain[..] {
            [one] if !above.is_empty() => over_entries(&above, one, forms),
            _ => None,
        };
        let over = over.unwrap_or_else(|| {
            above.extend(powers(&chain, forms));
            joined(&above, forms)
        });
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

/// The product of factors.
fn joined(list: &[FormId], forms: &mut Forms) -> FormId {
    match list[..] {
        [] => forms.number(&Number::ONE),
        [one] => one,
        _ => forms.product(list),
    }
}

/// Scalars times the reciprocals of entries: `c ./ x`.
fn over_entries(scalars: &[FormId], of: FormId, forms: &mut Forms) -> Option<FormId> {
    let Op::ElementDivide(above, below) = *forms.op(of) else { return None };
    if !forms.as_number(above)?.is_one() {
        return None;
    }
    let (above, shape) = (joined(scalars, forms), forms.shape(of));
    Some(forms.intern(Op::ElementDivide(above, below), shape))
}

/// Factors in a row, equal square matrices as a power.
fn powers(chain: &[FormId], forms: &mut Forms) -> Vec<FormId> {
    let mut found = Vec::new();
    for run in chain.chunk_by(|a, b| a == b) {
        let shape = forms.shape(run[0]);
        if run.len() > 1 && shape.is_square() && !shape.is_scalar() {
            let n = forms.number(&Number::from(run.len() as i64));
            found.push(forms.intern(Op::Power(run[0], n), shape));
        } else {
            found.extend(run);
        }
    }
    found
}

/// An inner product with powers of equal matrices in a row.
fn with_powers(form: FormId, forms: &mut Forms) -> FormId {
    let Op::Product(list) = forms.op(form).clone() else { return form };
    let merged = powers(&list, forms);
    match merged.len() == list.len() {
        true => form,
        false => forms.intern(Op::Product(merged), Shape::SCALAR),
    }
}

/// A sum as the mean where its sizes stand below, which are taken from there.
fn as_mean(id: FormId, scalars: &mut [(FormId, Number)], forms: &mut Forms) -> FormId {
    let (turned, sum) = match *forms.op(id) {
        Op::Transpose(inner) => (true, inner),
        _ => (false, id),
    };
    let (mean, list) = match forms.op(sum) {
        Op::Call(Special::Sum, list) => (Special::Mean, list.clone()),
        Op::Call(Special::SumAlong, list) => (Special::MeanAlong, list.clone()),
        _ => return id,
    };
    let own = forms.shape(list[0]);
    let is_down = list.get(1).and_then(|axis| forms.as_number(*axis));
    let sizes = match is_down.map(|n| n.is_one()) {
        None => own.axes(),
        Some(true) => Shape::column(own.rows).axes(),
        Some(false) => Shape::column(own.cols).axes(),
    };
    let mut left = scalars.to_vec();
    for size in &sizes {
        let is_below = |(form, exponent): &&mut (FormId, Number)| {
            *forms.op(*form) == Op::Size(*size) && *exponent <= Number::MINUS_ONE
        };
        let Some((_, exponent)) = left.iter_mut().find(is_below) else { return id };
        *exponent = exponent.add(&Number::ONE);
    }
    if sizes.is_empty() {
        return id;
    }
    scalars.clone_from_slice(&left);
    let shape = forms.shape(sum);
    let found = forms.call(mean, &list, shape);
    match turned {
        true => forms.intern(Op::Transpose(found), shape.transposed()),
        false => found,
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
