//! Expressions as scalar forms, as a textbook writes them.

use super::super::form::{Elementwise, FormId, Forms, Op, Scope};
use super::super::render::Piece;
use super::super::shape::Shape as FormShape;
use crate::kernel::view::{Factor, Row, Shape, shape, together};
use crate::kernel::{Constant, ExprId, FunctionId, Node, Number, Pool};
use rustc_hash::FxHashMap;

/// The deepest nesting of operations that is written.
const MAX_DEPTH: usize = 200;

/// Writes expressions as forms.
pub(super) struct Back<'a> {
    pub(super) pool: &'a Pool,
    /// What symbols stand for.
    pub(super) known: &'a FxHashMap<ExprId, FormId>,
    pub(super) forms: &'a mut Forms,
    pub(super) scope: &'a Scope,
    pub(super) depth: usize,
}

impl Back<'_> {
    /// An operation of scalars, or of entries where an operand is an array.
    fn made(&mut self, op: Op, operands: &[FormId]) -> FormId {
        let shapes = operands.iter().map(|id| self.forms.shape(*id));
        let shape = shapes.into_iter().find(|shape| !shape.is_scalar());
        self.forms.intern(op, shape.unwrap_or(FormShape::SCALAR))
    }

    fn is_scalar(&self, id: FormId) -> bool {
        self.forms.shape(id).is_scalar()
    }

    /// The form of an expression; `None` for what is undefined, or too deep.
    pub(super) fn form(&mut self, id: ExprId) -> Option<FormId> {
        self.signed(id, true)
    }

    fn signed(&mut self, id: ExprId, with_sign: bool) -> Option<FormId> {
        if self.depth >= MAX_DEPTH {
            return None;
        }
        self.depth += 1;
        let found = self.shaped(id, with_sign);
        self.depth -= 1;
        found
    }

    fn shaped(&mut self, id: ExprId, with_sign: bool) -> Option<FormId> {
        Some(match shape(self.pool, id) {
            Shape::Atom => self.atom(id)?,
            Shape::Sum(list) => {
                let mut terms = Vec::with_capacity(list.len());
                for (minus, term) in list {
                    terms.push((minus, self.signed(term, false)?));
                }
                let operands: Vec<FormId> = terms.iter().map(|(_, id)| *id).collect();
                self.made(Op::Sum(terms), &operands)
            }
            Shape::Term { negative, above, below } => {
                let whole = self.fraction(&above, &below)?;
                match negative && with_sign {
                    true => self.made(Op::Sum(vec![(true, whole)]), &[whole]),
                    false => whole,
                }
            }
            Shape::Root(base) => {
                let base = self.form(base)?;
                self.forms.apply("sqrt", base)
            }
            Shape::Power(Pool::E, exponent) => {
                let exponent = self.form(exponent)?;
                self.forms.exponential(exponent, self.scope)
            }
            Shape::Power(base, exponent) => {
                let (base, exponent) = (self.form(base)?, self.form(exponent)?);
                self.raised(base, exponent)
            }
            Shape::NumericPower(base, n) => self.power(base, &n)?,
            Shape::Apply(function, list) => self.application(function, &list)?,
            Shape::Relation(relation, a, b) => {
                self.application(relation.function(), &[a, b])?
            }
        })
    }

    fn atom(&mut self, id: ExprId) -> Option<FormId> {
        match self.pool.node(id) {
            Node::Symbol(_) => self.known.get(&id).copied(),
            Node::Number(n) => Some(self.forms.number(self.pool.number_at(n))),
            Node::Constant(Constant::E) => {
                let is_free = self.scope.has_exponential();
                is_free.then(|| self.made(Op::Constant(Constant::E), &[]))
            }
            Node::Constant(constant) => Some(self.made(Op::Constant(constant), &[])),
            _ => None,
        }
    }

    fn power(&mut self, base: ExprId, n: &Number) -> Option<FormId> {
        let base = self.form(base)?;
        if n.is_one() {
            return Some(base);
        }
        if *n == Number::HALF {
            return Some(self.forms.apply("sqrt", base));
        }
        let n = self.forms.number(n);
        Some(self.raised(base, n))
    }

    fn raised(&mut self, base: FormId, exponent: FormId) -> FormId {
        let op = match self.is_scalar(base) && self.is_scalar(exponent) {
            true => Op::Power(base, exponent),
            false => Op::ElementPower(base, exponent),
        };
        self.made(op, &[base, exponent])
    }

    fn application(&mut self, function: FunctionId, list: &[ExprId]) -> Option<FormId> {
        let arguments: Option<Vec<FormId>> =
            list.iter().map(|id| self.form(*id)).collect();
        let arguments = arguments?;
        let function = match self.pool.as_abstract(function) {
            None => Elementwise::Table(function),
            Some(known) => {
                let [order] = known.orders[..] else { return None };
                let mut names = self.scope.functions.iter();
                let place = names.position(|name| *name == known.name)?;
                Elementwise::Abstract(place as u16, u16::try_from(order).ok()?)
            }
        };
        Some(self.made(Op::Apply(function, arguments.clone()), &arguments))
    }

    fn fraction(&mut self, above: &Row, below: &Row) -> Option<FormId> {
        let (above, below) = (self.row(above)?, self.row(below)?);
        let is_scalar = |id: &FormId| self.forms.shape(*id).is_scalar();
        let (below, arrays): (Vec<FormId>, Vec<FormId>) =
            below.into_iter().partition(is_scalar);
        let over = match arrays.is_empty() {
            true => self.product(above),
            false => {
                let (mut scalars, entries): (Vec<FormId>, Vec<FormId>) =
                    above.into_iter().partition(is_scalar);
                let (over, under) = (self.product(entries), self.product(arrays));
                let op = Op::ElementDivide(over, under);
                scalars.retain(|id| self.forms.as_number(*id) != Some(Number::ONE));
                scalars.push(self.made(op, &[over, under]));
                self.product(scalars)
            }
        };
        if below.is_empty() {
            return Some(over);
        }
        let under = self.product(below);
        Some(self.made(Op::Divide(over, under), &[over]))
    }

    /// A product, of entries where several factors are arrays; inner products and Kronecker
    /// deltas stand last.
    fn product(&mut self, mut list: Vec<FormId>) -> FormId {
        if list.is_empty() {
            return self.forms.number(&Number::ONE);
        }
        let arrays: Vec<FormId> =
            list.iter().copied().filter(|id| !self.is_scalar(*id)).collect();
        if arrays.len() > 1 {
            list.retain(|id| self.is_scalar(*id));
            list.push(self.made(Op::Hadamard(arrays.clone()), &arrays));
        }
        if let [one] = list[..] {
            return one;
        }
        list.sort_by_key(|id| (!self.is_scalar(*id), rank(*id, self.forms)));
        self.made(Op::Product(list.clone()), &list)
    }

    fn row(&mut self, row: &Row) -> Option<Vec<FormId>> {
        row.iter().map(|factor| self.factor(factor)).collect()
    }

    fn factor(&mut self, factor: &Factor) -> Option<FormId> {
        Some(match factor {
            Factor::Number(n) => self.forms.number(n),
            Factor::Plain(id) => self.form(*id)?,
            Factor::Power(base, n) => self.power(*base, n)?,
            Factor::Root(under) => {
                let base = match under[..] {
                    [(base, false)] => self.form(base)?,
                    _ => {
                        let (above, below) = together(self.pool, under);
                        self.fraction(&above, &below)?
                    }
                };
                self.forms.apply("sqrt", base)
            }
        })
    }

    /// An expression as the number and the scalars of a piece.
    pub(super) fn piece(&mut self, id: ExprId) -> Option<Piece> {
        let mut piece = Piece::default();
        match shape(self.pool, id) {
            Shape::Term { negative, above, below } => {
                if negative {
                    piece.coefficient = Number::MINUS_ONE;
                }
                for (row, is_below) in [(above, false), (below, true)] {
                    for factor in &row {
                        self.put(factor, is_below, &mut piece)?;
                    }
                }
            }
            _ => match self.pool.as_number(id) {
                Some(n) => piece.coefficient = n.clone(),
                None => self.put(&Factor::Plain(id), false, &mut piece)?,
            },
        }
        piece.scalars.sort_by_key(|(form, _)| rank(*form, self.forms));
        Some(piece)
    }

    fn put(&mut self, factor: &Factor, is_below: bool, piece: &mut Piece) -> Option<()> {
        let (form, exponent) = match factor {
            Factor::Number(n) => {
                let n = if is_below { n.recip()? } else { n.clone() };
                piece.coefficient = piece.coefficient.mul(&n);
                return Some(());
            }
            Factor::Plain(id) => {
                let (base, exponent) = self.pool.base(*id);
                match self.pool.as_number(exponent) {
                    Some(n) if !n.is_negative() => (self.form(base)?, n.clone()),
                    _ => (self.form(*id)?, Number::ONE),
                }
            }
            Factor::Power(base, n) => (self.form(*base)?, n.clone()),
            Factor::Root(under) => match under[..] {
                [(base, false)] => (self.form(base)?, Number::HALF),
                _ => (self.factor(factor)?, Number::ONE),
            },
        };
        let exponent = if is_below { exponent.neg() } else { exponent };
        piece.scalars.push((form, exponent));
        Some(())
    }
}

/// The place of a factor: inner products are read best at the end, and Kronecker deltas say
/// where the rest counts.
fn rank(id: FormId, forms: &Forms) -> u8 {
    match forms.op(id) {
        Op::Entry(of, _) if matches!(forms.op(*of), Op::Eye) => 2,
        Op::Product(_) => 1,
        _ => 0,
    }
}
