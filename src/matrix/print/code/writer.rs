//! Forms as code: one writer for all languages, which decides the brackets.

use super::super::super::form::{Elementwise, FormId, Forms, Op, Scope};
use super::super::super::shape::{Shape, SizeId};
use super::super::super::table::Special;
use super::dialect::Dialect;
use super::names::Names;
use super::sizes::Sources;
use super::template::{Level, Piece, fill, words};
use crate::error::{ErrorKind, Note, Result};
use crate::function::Language;
use crate::kernel::{Constant, Number};
use crate::print::code::nearest_double;
use std::collections::BTreeSet;

/// The longest expression.
const MAX_BYTES: usize = 1_000_000;

pub(super) struct Writer<'a> {
    pub(super) forms: &'a Forms,
    pub(super) scope: &'a Scope,
    pub(super) names: &'a Names,
    pub(super) sizes: &'a Sources<'a>,
    pub(super) dialect: &'static Dialect,
    /// The words of the templates that were used.
    pub(super) words: BTreeSet<&'static str>,
    pub(super) notes: Vec<Note>,
}

pub(super) type Done = [Option<Piece>];

pub(super) fn unsupported<T>(what: String) -> Result<T> {
    Err(ErrorKind::Unsupported(what).into())
}

impl<'a> Writer<'a> {
    pub(super) fn new(
        forms: &'a Forms,
        scope: &'a Scope,
        names: &'a Names,
        sizes: &'a Sources<'a>,
        dialect: &'static Dialect,
    ) -> Self {
        let (words, notes) = (BTreeSet::new(), Vec::new());
        Self { forms, scope, names, sizes, dialect, words, notes }
    }

    /// What was used and what is worth knowing.
    pub(super) fn finish(self) -> (BTreeSet<&'static str>, Vec<Note>) {
        (self.words, self.notes)
    }

    /// A form as an expression.
    pub(super) fn text(&mut self, root: FormId) -> Result<Piece> {
        let mut done: Vec<Option<Piece>> = vec![None; root.0 as usize + 1];
        for id in self.forms.below(root) {
            let piece = match self.is_row(id) && self.dialect.has_dots {
                true => self.row(id, &done)?,
                false => self.one(id, &done)?,
            };
            if piece.text.len() > MAX_BYTES {
                return Err(ErrorKind::OutputTooLong { limit: MAX_BYTES as u64 }.into());
            }
            done[id.0 as usize] = Some(piece);
        }
        Ok(Self::piece(root, &done))
    }

    fn note(&mut self, message: String) {
        if self.notes.iter().all(|note| note.message != message) {
            self.notes.push(Note { message, span: None });
        }
    }

    pub(super) fn fill(&mut self, template: &'static str, arguments: &[Piece]) -> Piece {
        self.words.extend(words(template));
        fill(template, arguments)
    }

    pub(super) fn piece(id: FormId, done: &Done) -> Piece {
        let known = done.get(id.0 as usize).cloned().flatten();
        known.unwrap_or_else(|| Piece::new(String::new(), Level::Atom))
    }

    pub(super) fn is_scalar(&self, id: FormId) -> bool {
        self.forms.shape(id).is_scalar()
    }

    fn is_row(&self, id: FormId) -> bool {
        let shape = self.forms.shape(id);
        shape.rows == SizeId::ONE && shape.cols != SizeId::ONE
    }

    /// A row in Julia. Functions of entries make a matrix of the adjoint of a vector, so they
    /// work on the vector.
    fn row(&mut self, id: FormId, done: &Done) -> Result<Piece> {
        let entrywise = match self.forms.op(id) {
            Op::Sum(terms) => terms.iter().any(|(_, term)| self.is_scalar(*term)),
            Op::Hadamard(_) | Op::ElementDivide(..) | Op::ElementPower(..) => true,
            Op::Apply(..) => true,
            _ => false,
        };
        if !entrywise {
            return self.one(id, done);
        }
        let mut turned = done.to_vec();
        for operand in self.forms.operands(id) {
            if self.is_row(operand) {
                let piece = match self.forms.op(operand) {
                    Op::Transpose(inner) => Self::piece(*inner, done),
                    _ => self.fill("vec(#1)", &[Self::piece(operand, done)]),
                };
                turned[operand.0 as usize] = Some(piece);
            }
        }
        let piece = self.one(id, &turned)?;
        Ok(self.fill("%1'", &[piece]))
    }

    fn one(&mut self, id: FormId, done: &Done) -> Result<Piece> {
        let shape = self.forms.shape(id);
        let of = |id: &FormId| Self::piece(*id, done);
        let forms = self.forms;
        match forms.op(id) {
            Op::Number(n) => number(n, self.dialect.language),
            Op::Constant(constant) => {
                let text = match constant {
                    Constant::E => self.dialect.e,
                    Constant::Pi => self.dialect.pi,
                };
                let mut piece = self.fill(text, &[]);
                piece.is_plain = true;
                Ok(piece)
            }
            Op::Size(size) => self.size(*size),
            Op::Variable(place) => {
                let variable = &self.scope.variables[usize::from(*place)];
                if self.is_row(id) {
                    let what = match self.dialect.language {
                        Language::Matlab => None,
                        Language::Julia => Some("the adjoint of a vector"),
                        _ => Some("an array of one axis"),
                    };
                    if let Some(what) = what {
                        self.note(format!("the row `{}` is {what}", variable.name));
                    }
                }
                let name = self.names.variable(*place);
                Ok(Piece::new(name.to_owned(), Level::Atom))
            }
            Op::Definition(place) => {
                let name = self.names.definition(*place);
                Ok(Piece::new(name.to_owned(), Level::Atom))
            }
            Op::Ones => self.filled("ones", shape),
            Op::Zeros => self.filled("zeros", shape),
            Op::Eye => {
                let size = self.size(shape.rows)?;
                Ok(self.made(self.dialect.eye, vec![size.clone(), size], shape.rows))
            }
            Op::Unit(index) => self.unit(*index, shape),
            Op::Sum(terms) => Ok(self.sum(terms, done)),
            Op::Product(factors) => Ok(self.product(factors, done)),
            Op::Divide(a, b) => {
                // A minus before a quotient is one before what stands above.
                let is_negated = matches!(forms.op(*a), Op::Sum(list) if list.len() == 1);
                let (a, b) = (of(a), of(b));
                let (above, level) = match is_negated {
                    true => (a.text, Level::Sum),
                    false => (a.at(Level::Product), Level::Product),
                };
                let text = format!("{above}/{}", b.at(Level::Power));
                Ok(Piece { text, level, is_plain: a.is_plain && b.is_plain })
            }
            Op::Hadamard(factors) => Ok(self.hadamard(factors, done)),
            Op::ElementDivide(a, b) => {
                let text = format!(
                    "{}{}{}",
                    of(a).at(Level::Power),
                    self.dialect.over,
                    of(b).at(Level::Power)
                );
                Ok(Piece::new(text, Level::Product))
            }
            Op::Power(a, b) if !shape.is_scalar() => {
                let exponent = forms.as_number(*b).and_then(|n| n.to_i64());
                match exponent {
                    Some(-1) => self.call(Special::Inverse, &[*a], done),
                    Some(n) => {
                        let text = if n < 0 && !self.dialect.is_flat {
                            format!("({n})")
                        } else {
                            n.to_string()
                        };
                        let exponent = Piece::new(text, Level::Atom);
                        Ok(self.fill(self.dialect.matrix_power, &[of(a), exponent]))
                    }
                    None => {
                        let exponent = match self.dialect.is_flat {
                            true => of(b),
                            false => Piece::new(of(b).at(Level::Postfix), Level::Atom),
                        };
                        Ok(self.fill(self.dialect.matrix_power, &[of(a), exponent]))
                    }
                }
            }
            Op::Power(a, b) => self.power((*a, *b), self.dialect.power, done),
            Op::ElementPower(a, b) => self.power((*a, *b), self.dialect.powers, done),
            Op::Transpose(a) if self.dialect.is_flat && shape.is_vector() => Ok(of(a)),
            Op::Transpose(a) => Ok(self.fill(self.dialect.transpose, &[of(a)])),
            Op::Apply(Elementwise::Table(function), list) => {
                let list: Vec<Piece> = list.iter().map(of).collect();
                self.apply(*function, &list, shape)
            }
            Op::Apply(Elementwise::Abstract(name, primes), list) => {
                let Some(name) = self.names.function(*name, *primes) else {
                    let name = &self.scope.functions[usize::from(*name)];
                    return unsupported(format!(
                        "the derivative of `{name}` has no name that is not taken"
                    ));
                };
                if *primes > 0 {
                    let order = match primes {
                        1 => "derivative",
                        2 => "second derivative",
                        _ => "derivative of higher order",
                    };
                    let place = |f: &String| name.strip_suffix(f.as_str()).is_some();
                    let of = self.scope.functions.iter().find(|f| place(f));
                    let of = of.map_or("a function", String::as_str);
                    self.note(format!("`{name}` is the {order} of `{of}`"));
                }
                let dot = self.dot(shape);
                let inner = of(&list[0]).text;
                Ok(Piece::new(format!("{name}{dot}({inner})"), Level::Atom))
            }
            Op::Call(Special::Reshape, list) => {
                let sizes = [self.size(shape.rows)?, self.size(shape.cols)?];
                let [rows, cols] = sizes;
                let template = self.dialect.reshape;
                Ok(self.fill(template, &[of(&list[0]), rows, cols]))
            }
            Op::Call(function, list) => self.call(*function, list, done),
            Op::Entry(..) => unsupported("an entry in code".into()),
            Op::Commutation(..) => unsupported("a commutation matrix in code".into()),
            Op::IndexSum(..) => unsupported("a sum over an index in code".into()),
            Op::Field(..) => unsupported("a function without a meaning in code".into()),
            Op::Change(_) => unsupported("a differential in code".into()),
            Op::Entries(_) => unsupported("a matrix that is written out in code".into()),
        }
    }

    pub(super) fn dot(&self, shape: Shape) -> &'static str {
        if self.dialect.has_dots && !shape.is_scalar() { "." } else { "" }
    }

    fn size(&self, size: SizeId) -> Result<Piece> {
        self.sizes.size(size).ok_or_else(|| {
            let what =
                format!("no variable has the size {}", self.scope.sizes.text(size));
            ErrorKind::Unsupported(what).into()
        })
    }

    /// A template of sizes; PyTorch takes kind and device from a variable.
    fn made(
        &mut self,
        template: &'static str,
        mut list: Vec<Piece>,
        size: SizeId,
    ) -> Piece {
        match self.sizes.sample(size) {
            Some(sample) => {
                list.resize(2, sample.clone());
                list.push(sample);
                self.fill(template, &list)
            }
            None => {
                self.words.extend(words(template));
                fill(&template.replace(".to(#3)", ""), &list)
            }
        }
    }

    fn filled(&mut self, name: &'static str, shape: Shape) -> Result<Piece> {
        let is_row = shape.rows == SizeId::ONE;
        let like = self.sizes.like(shape).filter(|_| !(is_row && self.dialect.has_dots));
        let (template, piece) = match like {
            Some(like) => (self.dialect.like, self.fill(self.dialect.like, &[like])),
            None => {
                let (template, list, size) = match (shape.rows, shape.cols) {
                    (rows, SizeId::ONE) => {
                        (self.dialect.filled, vec![self.size(rows)?], rows)
                    }
                    (SizeId::ONE, cols) => {
                        (self.dialect.filled_row, vec![self.size(cols)?], cols)
                    }
                    (rows, cols) => {
                        let list = vec![self.size(rows)?, self.size(cols)?];
                        (self.dialect.filled_matrix, list, rows)
                    }
                };
                (template, self.made(template, list, size))
            }
        };
        if template.starts_with("NAME") {
            self.words.insert(name);
        }
        Ok(Piece { text: piece.text.replace("NAME", name), ..piece })
    }

    /// The place of an entry, as the language counts.
    fn index(&mut self, index: u16) -> Piece {
        let name = &self.scope.indices[usize::from(index)];
        let first = self.dialect.first;
        match name.parse::<i64>() {
            Ok(n) => Piece::new((n - 1 + first).to_string(), Level::Atom),
            Err(_) => {
                self.note(format!("the index `{name}` counts from 1"));
                match first {
                    1 => Piece::new(name.clone(), Level::Atom),
                    _ => Piece::new(format!("{name} - 1"), Level::Sum),
                }
            }
        }
    }

    fn unit(&mut self, index: u16, shape: Shape) -> Result<Piece> {
        let place = self.index(index);
        let size = self.size(shape.rows)?;
        Ok(self.made(self.dialect.unit, vec![place, size], shape.rows))
    }

    fn sum(&self, terms: &[(bool, FormId)], done: &Done) -> Piece {
        let mut text = String::new();
        let mut is_array = false;
        let mut is_plain = true;
        for (place, (minus, id)) in terms.iter().enumerate() {
            let piece = Self::piece(*id, done);
            let array = !self.is_scalar(*id);
            let sign = if *minus { "-" } else { "+" };
            let dot = if self.dialect.has_dots && array != is_array { "." } else { "" };
            match place {
                0 if *minus => text.push('-'),
                0 => {}
                _ => text.push_str(&format!(" {dot}{sign} ")),
            }
            let leads = place == 0 && !minus;
            text.push_str(&piece.at(if leads { Level::Sum } else { Level::Product }));
            is_array |= array;
            is_plain &= piece.is_plain;
        }
        Piece { text, level: Level::Sum, is_plain }
    }
}

/// A number; one that is no double of Python, Julia and MATLAB at once is written as one.
///
/// # Errors
/// Numbers above the range of doubles.
fn number(n: &Number, language: Language) -> Result<Piece> {
    if let Some(text) = nearest_double(n) {
        let level = if n.is_negative() { Level::Sum } else { Level::Atom };
        return Ok(Piece { text, level, is_plain: true });
    }
    let part = |n: &Number| match (n.to_i64(), n.to_f64()) {
        (Some(whole), _) if whole.unsigned_abs() < 1 << 53 => Ok(whole.to_string()),
        (_, value) if value.is_finite() => Ok(format!("{value:e}")),
        _ => {
            let language = language.name();
            unsupported(format!(
                "a number of this length cannot be written in {language}"
            ))
        }
    };
    let text = part(&n.numerator())?;
    let (text, level) = match n.is_integer() {
        true if n.is_negative() => (text, Level::Sum),
        true => (text, Level::Atom),
        false if n.is_negative() => {
            (format!("{text}/{}", part(&n.denominator())?), Level::Sum)
        }
        false => (format!("{text}/{}", part(&n.denominator())?), Level::Product),
    };
    Ok(Piece { text, level, is_plain: true })
}
