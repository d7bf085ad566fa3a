//! From a form to a tensor.

use super::super::form::{Elementwise, FormId, Forms, Op, Scope, Variable};
use super::super::shape::{Shape, Size, SizeId};
use super::super::table::Special;
use super::arithmetic::identity;
use super::pool::{Node, Reduction, TensorId, Tensors};
use super::term::{Factor, Label, Term};
use crate::error::{ErrorKind, Result};
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
                let n = forms.as_number(*exponent).and_then(|n| n.to_i64()).unwrap_or(1);
                self.matrix_power(self.operand(*base), n, shape.rows)
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
            Op::Apply(function, list) => {
                let list: SmallVec<[TensorId; 2]> =
                    list.iter().map(|id| self.operand(*id)).collect();
                match function {
                    Elementwise::Table(id) => self.apply_table(*id, &list)?,
                    Elementwise::Abstract(..) => self.map(*function, list),
                }
            }
            Op::Call(function, list) => {
                let shapes: Vec<Shape> = list.iter().map(|id| forms.shape(*id)).collect();
                let list: Vec<TensorId> =
                    list.iter().map(|id| self.operand(*id)).collect();
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
        let whole = matches!(row.arity, Arity::Exactly(_)) || row.name == "piecewise";
        if whole || arguments.len() <= 2 {
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
    fn ordered(
        &mut self,
        mut factors: Vec<Factor>,
        sizes: &[SizeId],
        outer: &[Label],
    ) -> TensorId {
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

    /// The sum of all entries.
    fn total(&mut self, id: TensorId) -> TensorId {
        let sizes = self.axes(id).to_vec();
        let factor = Factor { id, at: identity(sizes.len()) };
        self.einsum(Number::ONE, vec![factor], &sizes, 0)
    }

    /// The sums along an axis, 1 or 2.
    fn sums_along(&mut self, id: TensorId, axis: TensorId, shape: Shape) -> TensorId {
        let is_down = self.as_number(axis).is_some_and(|n| n.is_one());
        match self.axes(id).to_vec()[..] {
            [m, n] if is_down => {
                let factor = Factor::new(id, &[1, 0]);
                self.einsum(Number::ONE, vec![factor], &[n, m], 1)
            }
            [m, n] => {
                let factor = Factor::new(id, &[0, 1]);
                self.einsum(Number::ONE, vec![factor], &[m, n], 1)
            }
            _ if is_down == (shape.cols == SizeId::ONE) => self.total(id),
            _ => id,
        }
    }

    /// Divided by sizes.
    fn divided(&mut self, id: TensorId, sizes: &[SizeId]) -> TensorId {
        let minus = self.number(Number::MINUS_ONE);
        let mut factors = vec![id];
        for size in sizes {
            let size = self.size(*size);
            factors.push(self.power(size, minus));
        }
        self.times(&factors)
    }

    /// The greatest entry.
    fn greatest(&mut self, id: TensorId) -> TensorId {
        (0..self.axes(id).len()).fold(id, |id, _| self.reduced(Reduction::Max, id))
    }

    fn orientation_of_three(&mut self, three: SizeId) -> TensorId {
        self.intern(Node::Orientation, &[three; 3], false)
    }

    fn call(
        &mut self,
        function: Special,
        list: &[TensorId],
        shapes: &[Shape],
    ) -> TensorId {
        let id = list[0];
        let axes = self.axes(id).to_vec();
        match function {
            Special::Trace => match axes[..] {
                [n, _] => {
                    self.einsum(Number::ONE, vec![Factor::new(id, &[0, 0])], &[n], 0)
                }
                _ => id,
            },
            Special::Determinant => self.determinant(id),
            Special::LogDeterminant => {
                let determinant = self.determinant(id);
                self.log(determinant)
            }
            Special::Inverse => self.inverse(id),
            Special::Adjugate if axes.is_empty() => self.number(Number::ONE),
            Special::Adjugate => {
                let (determinant, inverse) = (self.determinant(id), self.inverse(id));
                self.times(&[determinant, inverse])
            }
            Special::Norm => {
                let two = self.number(Number::from(2));
                let squares = self.power(id, two);
                let total = self.total(squares);
                let half = self.number(Number::HALF);
                self.power(total, half)
            }
            Special::Norm1 => {
                let sizes = self.absolute(id);
                self.total(sizes)
            }
            Special::NormP => {
                let sizes = self.absolute(id);
                let powers = self.power(sizes, list[1]);
                let total = self.total(powers);
                let minus = self.number(Number::MINUS_ONE);
                let inverse = self.power(list[1], minus);
                self.power(total, inverse)
            }
            Special::Sum => self.total(id),
            Special::SumAlong => self.sums_along(id, list[1], shapes[0]),
            Special::Mean => {
                let total = self.total(id);
                self.divided(total, &axes)
            }
            Special::MeanAlong => {
                let sums = self.sums_along(id, list[1], shapes[0]);
                let is_down = self.as_number(list[1]).is_some_and(|n| n.is_one());
                let size = if is_down { shapes[0].rows } else { shapes[0].cols };
                self.divided(sums, &Shape::column(size).axes())
            }
            Special::Product if axes.is_empty() => id,
            Special::Product => self.reduced(Reduction::Product, id),
            Special::Max => self.greatest(id),
            Special::Min => {
                let turned = self.weighted(&[(Number::MINUS_ONE, id)]);
                let greatest = self.greatest(turned);
                self.weighted(&[(Number::MINUS_ONE, greatest)])
            }
            Special::Hardmax => self.hardmax(id),
            Special::CumulativeSum => match axes[..] {
                [n] => {
                    let mask = self.intern(Node::Lower, &[n, n], false);
                    let factors = vec![Factor::new(mask, &[0, 1]), Factor::new(id, &[1])];
                    self.einsum(Number::ONE, factors, &[n, n], 1)
                }
                _ => id,
            },
            Special::Cross => {
                let three = axes[0];
                let sign = self.orientation_of_three(three);
                let factors = vec![
                    Factor::new(sign, &[0, 1, 2]),
                    Factor::new(id, &[1]),
                    Factor::new(list[1], &[2]),
                ];
                self.einsum(Number::ONE, factors, &[three; 3], 1)
            }
            Special::Skew => {
                let three = axes[0];
                let sign = self.orientation_of_three(three);
                let factors = vec![Factor::new(sign, &[0, 2, 1]), Factor::new(id, &[2])];
                self.einsum(Number::ONE, factors, &[three; 3], 2)
            }
            Special::Lower | Special::Upper => {
                let is_lower = function == Special::Lower;
                let turned: Vec<SizeId> = axes.iter().rev().copied().collect();
                let (sizes, at) = match is_lower {
                    true => (&axes, [0, 1]),
                    false => (&turned, [1, 0]),
                };
                let mask = self.intern(Node::Lower, sizes, false);
                let factors = vec![Factor::new(mask, &at), Factor::new(id, &[0, 1])];
                self.einsum(Number::ONE, factors, &axes, 2)
            }
            Special::Diagonal => match axes[..] {
                [n] => {
                    let delta = self.delta(n);
                    let factors =
                        vec![Factor::new(delta, &[0, 1]), Factor::new(id, &[0])];
                    self.einsum(Number::ONE, factors, &[n, n], 2)
                }
                [n, _] => {
                    self.einsum(Number::ONE, vec![Factor::new(id, &[0, 0])], &[n], 1)
                }
                _ => id,
            },
            Special::Outer => {
                let (mut sizes, mut factors) = (Vec::new(), Vec::new());
                for id in list {
                    let at: SmallVec<[Label; 4]> = match self.axes(*id) {
                        [n] => {
                            sizes.push(*n);
                            SmallVec::from_slice(&[sizes.len() as Label - 1])
                        }
                        _ => SmallVec::new(),
                    };
                    factors.push(Factor { id: *id, at });
                }
                self.einsum(Number::ONE, factors, &sizes, sizes.len())
            }
            Special::Dot => {
                let product = self.times(list);
                self.total(product)
            }
            Special::Kronecker => self.kronecker(list, shapes),
            Special::Vec => match axes[..] {
                [m, n] => {
                    let whole = self.scope.sizes.product(m, n);
                    let pair = self.intern(Node::Pair, &[whole, n, m], false);
                    let factors =
                        vec![Factor::new(pair, &[0, 2, 1]), Factor::new(id, &[1, 2])];
                    self.einsum(Number::ONE, factors, &[whole, m, n], 1)
                }
                _ => id,
            },
            Special::Softmax => self.softmax(id),
            Special::LogSumExp => self.reduced(Reduction::LogSumExp, id),
        }
    }

    fn log(&mut self, id: TensorId) -> TensorId {
        self.map(Elementwise::Table(FunctionId::LN), SmallVec::from_slice(&[id]))
    }

    fn absolute(&mut self, id: TensorId) -> TensorId {
        self.map(Elementwise::Table(FunctionId::ABS), SmallVec::from_slice(&[id]))
    }

    fn kronecker(&mut self, list: &[TensorId], shapes: &[Shape]) -> TensorId {
        let (mut sizes, mut factors, mut outer) = (Vec::new(), Vec::new(), Vec::new());
        let mut at: [SmallVec<[Label; 4]>; 2] = Default::default();
        let axes = |shape: Shape| [shape.rows, shape.cols];
        for (a, b) in axes(shapes[0]).into_iter().zip(axes(shapes[1])) {
            let mut label = |size: SizeId| {
                sizes.push(size);
                (sizes.len() - 1) as Label
            };
            match (a == SizeId::ONE, b == SizeId::ONE) {
                (true, true) => {}
                (false, true) => {
                    let l = label(a);
                    at[0].push(l);
                    outer.push(l);
                }
                (true, false) => {
                    let l = label(b);
                    at[1].push(l);
                    outer.push(l);
                }
                (false, false) => {
                    let (slow, fast) = (label(a), label(b));
                    let whole = self.scope.sizes.product(a, b);
                    sizes.push(whole);
                    let c = (sizes.len() - 1) as Label;
                    at[0].push(slow);
                    at[1].push(fast);
                    outer.push(c);
                    let pair = self.intern(Node::Pair, &[whole, a, b], false);
                    factors.push(Factor::new(pair, &[c, slow, fast]));
                }
            }
        }
        let [first, second] = at;
        factors.push(Factor { id: list[0], at: first });
        factors.push(Factor { id: list[1], at: second });
        self.ordered(factors, &sizes, &outer)
    }
}
