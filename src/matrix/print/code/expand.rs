//! Functions of entries that a language has no name for, written by those that it has.

use super::super::super::form::{Elementwise, FormId, Forms, Op};
use super::super::super::shape::{Shape, SizeId};
use crate::error::{Error, ErrorKind, Result};
use crate::function::{self, Builder, Language, spec::FunctionSpec};
use crate::kernel::{AbstractFunction, Constant, FunctionId, Number, Relation};
use crate::print::code::is_long;
use crate::syntax;

/// The most forms that an answer may become.
const MAX_FORMS: usize = 100_000;

/// A form in which every function of the table has a name in the language.
///
/// # Errors
/// Functions that cannot be written in the language.
pub(super) fn expand(
    root: FormId,
    forms: &mut Forms,
    language: Language,
) -> Result<FormId> {
    let mut done: Vec<(FormId, FormId)> = Vec::new();
    for id in forms.below(root) {
        let of = |id: FormId| {
            let at = done.binary_search_by_key(&id, |(from, _)| *from);
            at.map_or(id, |at| done[at].1)
        };
        let (op, shape) = (forms.op(id).clone(), forms.shape(id));
        let changed = match op {
            Op::Apply(Elementwise::Table(function), list) => {
                let list: Vec<FormId> = list.iter().map(|id| of(*id)).collect();
                apply(function, list, shape, forms, language)?
            }
            Op::Entry(a, at) => entry(of(a), &at, forms),
            Op::Divide(a, b) => divided(of(a), of(b), shape, forms),
            op => {
                let op = op.with_operands(of);
                forms.intern(op, shape)
            }
        };
        if forms.len() > MAX_FORMS {
            return Err(ErrorKind::OutputTooLong { limit: MAX_FORMS as u64 }.into());
        }
        done.push((id, changed));
    }
    Ok(done.last().map_or(root, |(_, changed)| *changed))
}

/// A quotient; numbers with more digits than a double has are rounded once.
fn divided(above: FormId, below: FormId, shape: Shape, forms: &mut Forms) -> FormId {
    let (first, others) = match forms.op(above) {
        Op::Product(list) => (list[0], list[1..].to_vec()),
        _ => (above, Vec::new()),
    };
    if let (Some(p), Some(q)) = (forms.as_number(first), forms.as_number(below))
        && [&p, &q].into_iter().any(is_long)
        && let Some(inverse) = q.recip()
    {
        let number = forms.intern(Op::Number(p.mul(&inverse)), Shape::SCALAR);
        let list: Vec<FormId> = std::iter::once(number).chain(others).collect();
        return match list[..] {
            [one] => one,
            _ => forms.intern(Op::Product(list), shape),
        };
    }
    forms.intern(Op::Divide(above, below), shape)
}

/// An entry as a product with unit vectors.
fn entry(of: FormId, at: &[u16], forms: &mut Forms) -> FormId {
    let shape = forms.shape(of);
    let mut places = at.iter();
    let mut factors = Vec::new();
    let mut unit = |size: SizeId, forms: &mut Forms| {
        let index = places.next().filter(|_| size != SizeId::ONE)?;
        Some(forms.intern(Op::Unit(*index), Shape::column(size)))
    };
    if shape.rows != SizeId::ONE
        && let Some(column) = unit(shape.rows, forms)
    {
        let row = Shape::column(shape.rows).transposed();
        factors.push(forms.intern(Op::Transpose(column), row));
    }
    factors.push(of);
    if shape.cols != SizeId::ONE {
        factors.extend(unit(shape.cols, forms));
    }
    forms.intern(Op::Product(factors), Shape::SCALAR)
}

fn apply(
    function: FunctionId,
    list: Vec<FormId>,
    shape: Shape,
    forms: &mut Forms,
    language: Language,
) -> Result<FormId> {
    if Relation::of(function).is_some() {
        return Ok(forms.intern(Op::Apply(Elementwise::Table(function), list), shape));
    }
    let row = function::spec(function);
    if has_branches(row) {
        return Ok(forms.intern(Op::Apply(Elementwise::Table(function), list), shape));
    }
    let refused = || {
        let what = format!("`{}` cannot be written in {}", row.name, language.name());
        Error::from(ErrorKind::Unsupported(what))
    };
    match row.code.map(|code| code[language as usize]) {
        None => return Err(refused()),
        Some("") => {}
        Some(_) => {
            let op = Op::Apply(Elementwise::Table(function), list);
            return Ok(forms.intern(op, shape));
        }
    }
    let mut builder = Expander { forms, language, error: None };
    let found = syntax::in_code(function, &list, &mut builder)?;
    match (builder.error, found) {
        (None, Some(found)) => Ok(found),
        (Some(error), _) => Err(error),
        (None, None) => Err(refused()),
    }
}

/// Whether a function is a choice between branches, which a language has signs for.
pub(super) fn has_branches(row: &FunctionSpec) -> bool {
    row.name == "piecewise"
}

/// Entries one by one: everything has the shape of the largest operand.
struct Expander<'f> {
    forms: &'f mut Forms,
    language: Language,
    error: Option<Error>,
}

impl Expander<'_> {
    fn shape_of(&self, list: impl IntoIterator<Item = FormId>) -> Shape {
        let shapes = list.into_iter().map(|id| self.forms.shape(id));
        shapes.into_iter().find(|shape| !shape.is_scalar()).unwrap_or(Shape::SCALAR)
    }

    fn times(&mut self, list: Vec<FormId>) -> FormId {
        match list[..] {
            [] => self.forms.intern(Op::Number(Number::ONE), Shape::SCALAR),
            [one] => one,
            _ => {
                let shape = self.shape_of(list.iter().copied());
                let arrays =
                    list.iter().filter(|id| !self.forms.shape(**id).is_scalar()).count();
                let op = if arrays < 2 { Op::Product(list) } else { Op::Hadamard(list) };
                self.forms.intern(op, shape)
            }
        }
    }

    fn fail(&mut self, what: &str) -> FormId {
        let error = || Error::from(ErrorKind::Unsupported(what.to_owned()));
        self.error.get_or_insert_with(error);
        self.forms.intern(Op::Number(Number::ZERO), Shape::SCALAR)
    }
}

impl Builder for Expander<'_> {
    type Id = FormId;

    fn number(&mut self, value: &Number) -> FormId {
        self.forms.intern(Op::Number(value.clone()), Shape::SCALAR)
    }

    fn constant(&mut self, constant: Constant) -> FormId {
        self.forms.intern(Op::Constant(constant), Shape::SCALAR)
    }

    fn symbol(&mut self, name: &str) -> FormId {
        self.fail(&format!("the symbol `{name}` of the function table"))
    }

    fn sum(&mut self, terms: &[(bool, FormId)]) -> FormId {
        let shape = self.shape_of(terms.iter().map(|(_, id)| *id));
        self.forms.intern(Op::Sum(terms.to_vec()), shape)
    }

    fn product(&mut self, factors: &[(bool, FormId)]) -> FormId {
        let side = |wanted: bool| {
            let all = factors.iter().filter(move |(divide, _)| *divide == wanted);
            all.map(|(_, id)| *id).collect::<Vec<FormId>>()
        };
        let (above, below) = (side(false), side(true));
        let top = self.times(above);
        if below.is_empty() {
            return top;
        }
        let bottom = self.times(below);
        let shape = self.shape_of([top, bottom]);
        let op = match self.forms.shape(bottom).is_scalar() {
            true => Op::Divide(top, bottom),
            false => Op::ElementDivide(top, bottom),
        };
        self.forms.intern(op, shape)
    }

    fn negate(&mut self, operand: FormId) -> FormId {
        let shape = self.forms.shape(operand);
        self.forms.intern(Op::Sum(vec![(true, operand)]), shape)
    }

    fn power(&mut self, base: FormId, exponent: FormId) -> FormId {
        let shape = self.shape_of([base, exponent]);
        let op = match shape.is_scalar() {
            true => Op::Power(base, exponent),
            false => Op::ElementPower(base, exponent),
        };
        self.forms.intern(op, shape)
    }

    fn apply(&mut self, function: FunctionId, arguments: &[FormId]) -> FormId {
        let shape = self.shape_of(arguments.iter().copied());
        match apply(function, arguments.to_vec(), shape, self.forms, self.language) {
            Ok(found) => found,
            Err(error) => {
                self.error.get_or_insert(error);
                arguments[0]
            }
        }
    }

    fn apply_abstract(&mut self, _: AbstractFunction, _: &[FormId]) -> FormId {
        self.fail("an abstract function of the function table")
    }

    fn is_zero(&self, id: FormId) -> bool {
        self.forms.as_number(id).is_some_and(|n| n.is_zero())
    }
}
