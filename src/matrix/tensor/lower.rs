//! From a form to a tensor.

use super::super::form::{Elementwise, FormId, Forms, Op, Scope, Variable};
use super::super::print;
use super::super::scalar::is_nonnegative;
use super::super::shape::{Shape, Size, SizeId};
use super::super::table::Special;
use super::arithmetic::identity;
use super::pool::{MAX_LABELS, Node, Primary, TensorId, Tensors};
use super::spectral;
use super::term::{Factor, Label, Term};
use crate::error::{Error, ErrorKind, Result};
use crate::function::{self, spec::Arity};
use crate::kernel::{FunctionId, Number};
use crate::syntax;
use smallvec::SmallVec;

impl Tensors {
    /// The tensor of a form: its axes are those of the shape that are not 1.
    ///
    /// # Errors
    /// Division by zero, functions that are not supported, limits.
    pub(crate) fn lower(
        &mut self,
        root: FormId,
        forms: &Forms,
        scope: &Scope,
    ) -> Result<TensorId> {
        self.joins_names = false;
        self.scope = scope.clone();
        for (place, definition) in scope.definitions.iter().enumerate() {
            let value = self.lower_all(definition.body, forms)?;
            self.named.entry(value).or_insert(place as u16);
        }
        self.lower_all(root, forms)
    }

    /// The same where no name is new.
    ///
    /// # Errors
    /// As [`Tensors::lower`].
    pub(crate) fn lower_known(
        &mut self,
        root: FormId,
        forms: &Forms,
    ) -> Result<TensorId> {
        self.lower_all(root, forms)
    }

    /// Takes one more declared name.
    pub(crate) fn declare(&mut self, variable: Variable) {
        self.scope.variables.push(variable);
    }

    fn lower_all(&mut self, root: FormId, forms: &Forms) -> Result<TensorId> {
        if let Some(known) = self.lowered.get(&root) {
            return Ok(*known);
        }
        let mut last = None;
        for id in forms.below(root) {
            let found = match self.lowered.get(&id) {
                Some(known) => *known,
                None => self.lower_one(id, forms)?,
            };
            self.lowered.insert(id, found);
            self.check()?;
            last = Some(found);
        }
        last.ok_or_else(|| ErrorKind::EmptyExpression.into())
    }

    fn operand(&self, id: FormId) -> TensorId {
        self.lowered.get(&id).copied().unwrap_or(TensorId(0))
    }

    fn lower_one(&mut self, id: FormId, forms: &Forms) -> Result<TensorId> {
        let shape = forms.shape(id);
        let axes = shape.axes();
        Ok(match forms.op(id) {
            Op::Number(value) => self.number(value.clone()),
            Op::Constant(constant) => self.intern(Node::Constant(*constant), &[], false),
            Op::Size(size) => self.size(*size),
            Op::Variable(place) => self.variable(*place),
            Op::Definition(place) => {
                let body = self.scope.definitions[usize::from(*place)].body;
                let value = self.operand(body);
                self.definition(*place, value)
            }
            Op::Ones => self.filled(Number::ONE, &axes),
            Op::Zeros => self.filled(Number::ZERO, &axes),
            Op::Eye => self.delta(shape.rows),
            Op::Commutation(m, n) => self.commutation(shape.rows, *m, *n),
            Op::Unit(index) => self.intern(Node::Unit(*index), &axes, false),
            Op::Sum(list) => {
                let weight = |minus| if minus { Number::MINUS_ONE } else { Number::ONE };
                let terms: Vec<(Number, TensorId)> = list
                    .iter()
                    .map(|(minus, id)| (weight(*minus), self.operand(*id)))
                    .collect();
                self.weighted(&terms)
            }
            Op::Product(list) => self.chain(list, forms),
            Op::Hadamard(list) => {
                let list: Vec<TensorId> =
                    list.iter().map(|id| self.operand(*id)).collect();
                self.times(&list)
            }
            Op::Divide(a, b) | Op::ElementDivide(a, b) => {
                let (a, b) = (self.operand(*a), self.operand(*b));
                if self.is_zero(b) {
                    return Err(ErrorKind::DivisionByZero.into());
                }
                let minus = self.number(Number::MINUS_ONE);
                let inverse = self.power(b, minus);
                self.times(&[a, inverse])
            }
            Op::Power(base, exponent) if !shape.is_scalar() => {
                let base = self.operand(*base);
                match forms.as_number(*exponent).and_then(|n| n.to_i64()) {
                    Some(n) => self.matrix_power(base, n, shape.rows),
                    None => {
                        let exponent = self.operand(*exponent);
                        self.primary(Primary::Power(exponent), base)
                    }
                }
            }
            Op::Power(base, exponent) | Op::ElementPower(base, exponent) => {
                let (base, exponent) = (self.operand(*base), self.operand(*exponent));
                let negative = self.as_number(exponent).is_some_and(|n| !n.is_positive());
                if self.is_zero(base) && negative {
                    return Err(ErrorKind::DivisionByZero.into());
                }
                self.power(base, exponent)
            }
            Op::Transpose(a) => self.transpose(self.operand(*a)),
            Op::Apply(Elementwise::Table(FunctionId::ABS), list)
                if is_nonnegative(list[0], forms, &self.scope) =>
            {
                self.operand(list[0])
            }
            Op::Apply(function, list) => {
                let list: SmallVec<[TensorId; 2]> =
                    list.iter().map(|id| self.operand(*id)).collect();
                match function {
                    Elementwise::Table(id) => self.apply_table(*id, &list)?,
                    Elementwise::Abstract(..) => self.map(*function, list),
                }
            }
            Op::Field(place, order, a) => self.field(*place, *order, self.operand(*a)),
            Op::Call(Special::Reshape, list) => {
                let id = self.operand(list[0]);
                self.reshaped(id, shape)
            }
            Op::Call(
                Special::Inverse | Special::LogDeterminant | Special::Determinant,
                list,
            ) if forms.singular_rank(list[0], &self.scope).is_some() => {
                let is_determinant =
                    matches!(forms.op(id), Op::Call(Special::Determinant, _));
                let size = forms.shape(list[0]).rows;
                // A size that has a name may be 1.
                let is_named = matches!(self.scope.sizes.get(size), Size::Named(_));
                if is_determinant && !is_named {
                    return Ok(self.number(Number::ZERO));
                }
                let text = print::text(id, forms, &self.scope);
                let rank = forms.singular_rank(list[0], &self.scope).unwrap_or(0);
                let size = self.scope.sizes.text(size);
                let when = match is_named {
                    true => format!(" for {size} > {rank}"),
                    false => String::new(),
                };
                let inner = print::text(list[0], forms, &self.scope);
                if is_determinant {
                    let what = format!("`{text}` for all {size}: it is 0{when} only");
                    return Err(Error::from(ErrorKind::Unsupported(what)).help(format!(
                        "write a number for `{size}` in the declarations: then it is 0"
                    )));
                }
                let what = format!("`{text}`");
                return Err(Error::from(ErrorKind::Undefined(what)).help(format!(
                    "`{inner}` is {size}×{size} and has rank {rank} at most, so it has no inverse{when}"
                )));
            }
            Op::Call(function, list) => {
                let shapes: Vec<Shape> = list.iter().map(|id| forms.shape(*id)).collect();
                let list: Vec<TensorId> =
                    list.iter().map(|id| self.operand(*id)).collect();
                let is_spectral = matches!(
                    function,
                    Special::EigenMax
                        | Special::EigenMin
                        | Special::Eigenvalue
                        | Special::Eigenvector
                );
                if is_spectral && !self.is_symmetric(list[0]) {
                    return Err(spectral::not_symmetric());
                }
                self.call(*function, &list, &shapes)
            }
            Op::Entry(of, at) => {
                let id = self.operand(*of);
                self.entry(id, at)
            }
            Op::IndexSum(index, size, of) => {
                let id = self.operand(*of);
                self.summed(id, *index, *size)?
            }
            Op::Entries(list) => {
                let list: Vec<TensorId> =
                    list.iter().map(|id| self.operand(*id)).collect();
                self.entries(&list, shape)
            }
            Op::Change(_) => {
                let what = "a differential in index notation".to_owned();
                return Err(ErrorKind::Unsupported(what).into());
            }
        })
    }

    /// The entry of a tensor along its last axes: a product with unit vectors.
    pub(crate) fn entry(&mut self, id: TensorId, at: &[u16]) -> TensorId {
        let sizes = self.axes(id).to_vec();
        let rest = sizes.len().saturating_sub(at.len());
        let mut factors = vec![Factor { id, at: identity(sizes.len()) }];
        for (place, index) in at.iter().enumerate().take(sizes.len()) {
            let label = rest + place;
            let unit = self.intern(Node::Unit(*index), &[sizes[label]], false);
            factors.push(Factor::new(unit, &[label as Label]));
        }
        self.einsum(Number::ONE, factors, &sizes, rest)
    }

    /// The commutation matrix: 1 where the row is the pair of an index and another one, and
    /// the column the pair of the other and the one.
    fn commutation(&mut self, whole: SizeId, m: SizeId, n: SizeId) -> TensorId {
        let rows = self.intern(Node::Pair, &[whole, m, n], false);
        let cols = self.intern(Node::Pair, &[whole, n, m], false);
        let factors = vec![Factor::new(rows, &[0, 2, 3]), Factor::new(cols, &[1, 3, 2])];
        self.einsum(Number::ONE, factors, &[whole, whole, m, n], 2)
    }

    /// A matrix of scalars, row by row: a sum of products with unit vectors.
    fn entries(&mut self, list: &[TensorId], shape: Shape) -> TensorId {
        let axes = shape.axes();
        let cols = match self.scope.sizes.get(shape.cols) {
            Size::Fixed(n) => *n as usize,
            _ => 1,
        };
        let mut terms = Vec::new();
        for (place, id) in list.iter().enumerate() {
            let mut factors = vec![Factor::new(*id, &[])];
            for (size, at) in
                [(shape.rows, place / cols), (shape.cols, place % cols)].into_iter()
            {
                let name = (at + 1).to_string();
                let index = self.scope.indices.iter().position(|known| *known == name);
                if size != SizeId::ONE
                    && let Some(index) = index
                {
                    let unit = self.intern(Node::Unit(index as u16), &[size], false);
                    let label = factors.len() as Label - 1;
                    factors.push(Factor::new(unit, &[label]));
                }
            }
            terms.push(Term {
                coefficient: Number::ONE,
                factors,
                sizes: axes.iter().copied().collect(),
            });
        }
        self.sum(&axes, terms)
    }

    fn apply_table(
        &mut self,
        function: FunctionId,
        arguments: &[TensorId],
    ) -> Result<TensorId> {
        if !function.is_builtin() {
            return Ok(
                self.map(Elementwise::Table(function), SmallVec::from_slice(arguments))
            );
        }
        let row = function::spec(function);
        if row.means.is_some() {
            let mut folded: Vec<TensorId> = arguments.to_vec();
            while folded.len() > 2 && !matches!(row.arity, Arity::Exactly(_)) {
                let first = syntax::meaning(function, &folded[..2], self)?;
                folded.splice(..2, [first]);
            }
            return syntax::meaning(function, &folded, self);
        }
        if !function::is_folded(function) || arguments.len() <= 2 {
            return Ok(
                self.map(Elementwise::Table(function), SmallVec::from_slice(arguments))
            );
        }
        let mut folded = arguments[0];
        for next in &arguments[1..] {
            let pair = SmallVec::from_slice(&[folded, *next]);
            folded = self.map(Elementwise::Table(function), pair);
        }
        Ok(folded)
    }

    /// A matrix product; scalars stand anywhere.
    fn chain(&mut self, list: &[FormId], forms: &Forms) -> TensorId {
        let mut sizes = Vec::new();
        let mut factors = Vec::new();
        // Labels of the rows and columns so far; `None` where the size is 1.
        let mut ends: Option<(Option<Label>, Option<Label>)> = None;
        let mut shape = Shape::SCALAR;
        let label = |size: SizeId, sizes: &mut Vec<SizeId>| {
            sizes.push(size);
            (sizes.len() - 1) as Label
        };
        for id in list {
            let next = forms.shape(*id);
            let tensor = self.operand(*id);
            if next.is_scalar() {
                factors.push(Factor::new(tensor, &[]));
                continue;
            }
            let rows = match ends {
                Some((_, shared)) if !shape.is_scalar() => shared,
                _ => (next.rows != SizeId::ONE).then(|| label(next.rows, &mut sizes)),
            };
            let cols = (next.cols != SizeId::ONE).then(|| label(next.cols, &mut sizes));
            let at: SmallVec<[Label; 4]> = rows.into_iter().chain(cols).collect();
            factors.push(Factor { id: tensor, at });
            ends = Some(match ends {
                Some((first, _)) if !shape.is_scalar() => {
                    shape = Shape::new(shape.rows, next.cols);
                    (first, cols)
                }
                _ => {
                    shape = next;
                    (rows, cols)
                }
            });
        }
        // The axes of the result come first.
        let (rows, cols) = ends.unwrap_or_default();
        let outer: Vec<Label> = rows.into_iter().chain(cols).collect();
        self.ordered(factors, &sizes, &outer)
    }

    /// A term whose axes are the given labels.
    pub(super) fn ordered(
        &mut self,
        mut factors: Vec<Factor>,
        sizes: &[SizeId],
        outer: &[Label],
    ) -> TensorId {
        if sizes.len() > MAX_LABELS {
            // There are no labels for so many.
            self.fail();
            let axes: Vec<SizeId> =
                outer.iter().map(|l| sizes[usize::from(*l)]).collect();
            return self.filled(Number::ZERO, &axes);
        }
        let rest = (0..sizes.len() as Label).filter(|label| !outer.contains(label));
        let sequence: Vec<Label> = outer.iter().copied().chain(rest).collect();
        let mut place = vec![0; sizes.len()];
        for (new, old) in sequence.iter().enumerate() {
            place[usize::from(*old)] = new as Label;
        }
        for at in factors.iter_mut().flat_map(|f| f.at.iter_mut()) {
            *at = place[usize::from(*at)];
        }
        let sizes: Vec<SizeId> =
            sequence.iter().map(|l| sizes[usize::from(*l)]).collect();
        self.einsum(Number::ONE, factors, &sizes, outer.len())
    }

    fn matrix_power(&mut self, base: TensorId, n: i64, size: SizeId) -> TensorId {
        let base = if n < 0 { self.inverse(base) } else { base };
        let count = n.unsigned_abs() as usize;
        if count == 0 {
            return self.delta(size);
        }
        let sizes = vec![size; count + 1];
        let factors =
            (0..count as Label).map(|k| Factor::new(base, &[k, k + 1])).collect();
        self.ordered(factors, &sizes, &[0, count as Label])
    }
}
