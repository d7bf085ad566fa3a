//! Tensors as forms: each once, operands first.

use super::super::form::{Elementwise, FormId, Forms, Op, Scope};
use super::super::print;
use super::super::shape::{Shape, SizeId};
use super::super::table::Special;
use super::super::tensor::{
    Factor, Label, Node, Primary, Reduction, Spectral, TensorId, Tensors, Term,
};
use super::piece::{Piece, merge};
use crate::kernel::{Constant, FunctionId, Number, Relation};
use rustc_hash::FxHashMap;
use smallvec::SmallVec;

/// Turns tensors into forms.
pub(crate) struct Renderer<'a> {
    pub(super) tensors: &'a mut Tensors,
    pub(super) forms: &'a mut Forms,
    pub(super) scope: &'a Scope,
    symmetric: Vec<bool>,
    known: FxHashMap<TensorId, Option<FormId>>,
    /// How often something common was drawn out, to see whether that is shorter.
    pub(super) attempts: u32,
    /// Whether what definitions have as their values is written out: a derivative in a name
    /// takes the name for itself only.
    writes_out: bool,
}

impl<'a> Renderer<'a> {
    /// A renderer over the names of a scope.
    pub(crate) fn new(
        tensors: &'a mut Tensors,
        forms: &'a mut Forms,
        scope: &'a Scope,
    ) -> Self {
        let symmetric = scope.variables.iter().map(|v| v.structure.symmetric).collect();
        Self {
            tensors,
            forms,
            scope,
            symmetric,
            known: FxHashMap::default(),
            attempts: 0,
            writes_out: false,
        }
    }

    /// The same, with the values of definitions written out.
    pub(crate) fn writing_out(self) -> Self {
        Self { writes_out: true, ..self }
    }

    /// The form of a tensor with at most two axes: a scalar, a column, a matrix. `None` when
    /// it is no matrix expression.
    pub(crate) fn render(&mut self, root: TensorId) -> Option<FormId> {
        for id in self.tensors.around(root) {
            if self.tensors.axes(id).len() <= 2 && !self.known.contains_key(&id) {
                let form = self.defined(id).or_else(|| self.one(id));
                self.known.insert(id, form);
            }
        }
        self.get(root)
    }

    /// The name of a tensor that a definition has as its value, if that is shorter; what has
    /// a name of its own keeps it.
    fn defined(&mut self, id: TensorId) -> Option<FormId> {
        let is_name =
            matches!(self.tensors.node(id), Node::Variable(_) | Node::Definition(_));
        if is_name || self.writes_out {
            return None;
        }
        let place = self.tensors.definition_of(id)?;
        let body = self.scope.definitions[usize::from(place)].body;
        let is_short = self.forms.cost(body) <= 1;
        (!is_short).then(|| {
            let own = self.forms.shape(body);
            self.named(Op::Definition(place), own)
        })
    }

    /// The form of a tensor that was rendered.
    pub(super) fn get(&self, id: TensorId) -> Option<FormId> {
        self.known.get(&id).copied().flatten()
    }

    pub(super) fn transposed(&mut self, form: FormId) -> FormId {
        self.forms.transposed(form, &self.symmetric)
    }

    /// Sorts forms as they are read, changes `dx` last.
    pub(super) fn sort(&self, list: &mut [FormId]) {
        list.sort_by_cached_key(|id| {
            let text = print::order(*id, self.forms, self.scope);
            (self.is_change(*id), self.forms.cost(*id) > 1, text)
        });
    }

    /// Whether a form is a change `dx`, a multiple or a transpose of one.
    fn is_change(&self, id: FormId) -> bool {
        match self.forms.op(id) {
            Op::Variable(place) => {
                self.scope.variables[usize::from(*place)].is_differential
            }
            Op::Transpose(of) => self.is_change(*of),
            Op::Product(list) => list.last().is_some_and(|last| {
                matches!(self.forms.op(*last), Op::Variable(_)) && self.is_change(*last)
            }),
            _ => false,
        }
    }

    /// Whether there are changes: then products stay apart unless all terms have a factor.
    pub(super) fn keeps_apart(&self) -> bool {
        self.scope.variables.iter().any(|variable| variable.is_differential)
    }

    /// Sorts scalars as they are read: names, entries, all else in the given order, and at last
    /// Kronecker deltas.
    pub(super) fn sort_scalars(&self, list: &mut Vec<(FormId, Number)>) {
        merge(list);
        list.sort_by_cached_key(|(id, _)| {
            let text = print::order(*id, self.forms, self.scope);
            match self.forms.op(*id) {
                Op::Entry(of, _) if matches!(self.forms.op(*of), Op::Eye) => {
                    (3, false, text)
                }
                Op::Entry(of, _) => {
                    (1, !matches!(self.forms.op(*of), Op::Variable(_)), text)
                }
                _ if self.forms.cost(*id) == 1 => (0, self.is_change(*id), text),
                _ => (2, false, String::new()),
            }
        });
    }

    /// The transpose of a form.
    pub(crate) fn transpose(&mut self, form: FormId) -> FormId {
        self.transposed(form)
    }

    /// A tensor that was rendered in index notation.
    pub(crate) fn index_notation(&self, id: TensorId, latex: bool) -> Option<String> {
        let names = (&*self.forms, self.scope);
        print::index_notation(id, self.tensors, |id| self.get(id), names, latex)
    }

    fn shape(&self, id: TensorId) -> Shape {
        match *self.tensors.axes(id) {
            [] => Shape::SCALAR,
            [n] => Shape::column(n),
            [m, n, ..] => Shape::new(m, n),
        }
    }

    fn one(&mut self, id: TensorId) -> Option<FormId> {
        let shape = self.shape(id);
        Some(match self.tensors.node(id).clone() {
            Node::Variable(place) => {
                let own = self.scope.variables[usize::from(place)].shape;
                self.named(Op::Variable(place), own)
            }
            Node::Definition(place) => {
                let body = self.scope.definitions[usize::from(place)].body;
                let own = self.forms.shape(body);
                self.named(Op::Definition(place), own)
            }
            Node::Constant(constant) => {
                self.forms.intern(Op::Constant(constant), Shape::SCALAR)
            }
            Node::Size(size) => self.forms.intern(Op::Size(size), Shape::SCALAR),
            Node::Unit(index) => self.forms.intern(Op::Unit(index), shape),
            Node::Delta => self.forms.intern(Op::Eye, shape),
            Node::Pair | Node::Placeholder(_) => return None,
            Node::Sum(terms) => {
                let order = self.tensors.axes(id).len();
                let pieces: Option<Vec<Piece>> =
                    terms.iter().map(|term| self.piece(term, order)).collect();
                self.assemble(pieces?, shape)
            }
            Node::Map(function, list) => self.map(function, &list, shape)?,
            Node::Power(base, exponent) => self.power(id, base, exponent, shape)?,
            Node::Inverse(of) => {
                let of = self.get(of)?;
                self.forms.call(Special::Inverse, &[of], shape)
            }
            Node::PseudoInverse(of) => {
                let of = self.get(of)?;
                self.forms.call(Special::PseudoInverse, &[of], shape)
            }
            Node::Primary(function, of) => self.primary(function, of, shape)?,
            Node::Along(of, change) => {
                let list = [self.get(of)?, self.get(change)?];
                self.forms.call(Special::ExponentialAlong, &list, shape)
            }
            Node::Spectral(part, of, k) => self.spectral(part, of, k, shape)?,
            Node::Nuclear(of) => {
                let of = self.get(of)?;
                self.forms.call(Special::NuclearNorm, &[of], shape)
            }
            Node::Polar(of) => {
                let of = self.get(of)?;
                self.forms.call(Special::Polar, &[of], shape)
            }
            Node::Field(place, order, of) => {
                let of = self.get(of)?;
                self.forms.intern(Op::Field(place, order, of), shape)
            }
            Node::Determinant(of) => {
                let of = self.get(of)?;
                self.forms.call(Special::Determinant, &[of], shape)
            }
            Node::Softmax(of) => {
                let of = self.get(of)?;
                self.forms.call(Special::Softmax, &[of], shape)
            }
            Node::Hardmax(of) => {
                let of = self.get(of)?;
                self.forms.call(Special::Hardmax, &[of], shape)
            }
            Node::Reduced(Reduction::LogSumExp, of) => {
                let of = self.get(of)?;
                self.forms.call(Special::LogSumExp, &[of], shape)
            }
            Node::Reduced(Reduction::Product, of) => {
                let of = self.get(of)?;
                self.forms.call(Special::Product, &[of], shape)
            }
            Node::Reduced(Reduction::Max, of) => self.greatest(of)?,
            Node::Lower => self.forms.mask(shape),
            Node::Orientation => return None,
        })
    }

    fn primary(
        &mut self,
        function: Primary,
        of: TensorId,
        shape: Shape,
    ) -> Option<FormId> {
        let of = self.get(of)?;
        let function = match function {
            Primary::Exponential => Special::Exponential,
            Primary::Logarithm => Special::Logarithm,
            Primary::Root => Special::SquareRoot,
            Primary::Power(n) => {
                let exponent = self.get(n)?;
                return Some(self.forms.intern(Op::Power(of, exponent), shape));
            }
        };
        Some(self.forms.call(function, &[of], shape))
    }

    fn spectral(
        &mut self,
        part: Spectral,
        of: TensorId,
        k: u16,
        shape: Shape,
    ) -> Option<FormId> {
        let of = self.get(of)?;
        let place = |number: u16| Number::from(i64::from(number));
        let function = match (part, k) {
            (Spectral::Eigenvalue, 1) => {
                return Some(self.forms.call(Special::EigenMax, &[of], shape));
            }
            (Spectral::Singular, 1) => {
                let two = self.forms.number(&place(2));
                return Some(self.forms.call(Special::SpectralNorm, &[of, two], shape));
            }
            (Spectral::Eigenvalue, _) => Special::Eigenvalue,
            (Spectral::Eigenvector, _) => Special::Eigenvector,
            (Spectral::Singular, _) => Special::SingularValue,
            (Spectral::Left, _) => Special::LeftSingular,
            (Spectral::Right, _) => Special::RightSingular,
        };
        let k = self.forms.number(&place(k));
        Some(self.forms.call(function, &[of, k], shape))
    }

    /// The greatest entry of a vector, or of all of a matrix.
    fn greatest(&mut self, of: TensorId) -> Option<FormId> {
        if self.tensors.axes(of).len() != 1 {
            return None;
        }
        let inner = self.get(of)?;
        let inner = match self.forms.op(inner) {
            Op::Call(Special::Vec, list) => list[0],
            _ => inner,
        };
        Some(self.forms.call(Special::Max, &[inner], Shape::SCALAR))
    }

    /// Says how a tensor is written, where that is known otherwise than by its own terms.
    pub(super) fn write_as(&mut self, id: TensorId, form: FormId) {
        self.known.entry(id).or_insert(Some(form));
    }

    /// A name; rows are turned into columns.
    fn named(&mut self, op: Op, own: Shape) -> FormId {
        let form = self.forms.intern(op, own);
        let row = own.rows == SizeId::ONE && own.cols != SizeId::ONE;
        if row { self.transposed(form) } else { form }
    }

    fn map(
        &mut self,
        function: Elementwise,
        list: &[TensorId],
        shape: Shape,
    ) -> Option<FormId> {
        let arguments: Option<Vec<FormId>> =
            list.iter().map(|id| self.get(*id)).collect();
        let arguments = arguments?;
        if let Elementwise::Table(id) = function
            && !id.is_builtin()
            && Relation::of(id).is_none()
        {
            return None;
        }
        // The logarithm of a determinant has a name of its own.
        if function == Elementwise::Table(FunctionId::LN)
            && let Op::Call(Special::Determinant, inner) = self.forms.op(arguments[0])
        {
            let inner = inner.clone();
            return Some(self.forms.call(Special::LogDeterminant, &inner, shape));
        }
        Some(self.forms.intern(Op::Apply(function, arguments), shape))
    }

    fn power(
        &mut self,
        id: TensorId,
        base: TensorId,
        exponent: TensorId,
        shape: Shape,
    ) -> Option<FormId> {
        if matches!(self.tensors.node(base), Node::Constant(Constant::E)) {
            let exponent = self.get(exponent)?;
            return Some(self.forms.exponential(exponent, self.scope));
        }
        if shape.is_scalar() {
            let scalar = self.scalar(id)?;
            let piece = Piece { scalars: vec![scalar], ..Piece::default() };
            return Some(piece.form(self.forms));
        }
        let form = self.get(base)?;
        let Some(n) = self.tensors.as_number(exponent) else {
            let exponent = self.get(exponent)?;
            return Some(self.forms.intern(Op::ElementPower(form, exponent), shape));
        };
        let size = n.abs();
        let power = if size.is_one() {
            form
        } else if size == Number::HALF {
            self.forms.apply("sqrt", form)
        } else {
            let size = self.forms.number(&size);
            self.forms.intern(Op::ElementPower(form, size), shape)
        };
        if !n.is_negative() {
            return Some(power);
        }
        let one = self.forms.number(&Number::ONE);
        Some(self.forms.intern(Op::ElementDivide(one, power), shape))
    }

    /// A scalar as base and exponent; lengths of vectors are norms.
    pub(super) fn scalar(&mut self, id: TensorId) -> Option<(FormId, Number)> {
        let (base, exponent) = match self.tensors.node(id) {
            Node::Power(base, exponent) => match self.tensors.as_number(*exponent) {
                Some(n) => (*base, n),
                None if matches!(
                    self.tensors.node(*base),
                    Node::Constant(Constant::E)
                ) =>
                {
                    return Some((self.get(id)?, Number::ONE));
                }
                None => {
                    let (base, exponent) = (self.get(*base)?, self.get(*exponent)?);
                    let form =
                        self.forms.intern(Op::Power(base, exponent), Shape::SCALAR);
                    return Some((form, Number::ONE));
                }
            },
            _ => (id, Number::ONE),
        };
        if let Node::Sum(terms) = self.tensors.node(base)
            && let [term] = &terms[..]
            && term.coefficient.is_one()
            && let [factor] = &term.factors[..]
        {
            let factor = factor.clone();
            let labels: SmallVec<[Label; 4]> = (0..term.sizes.len() as Label).collect();
            let mut at = factor.at.clone();
            at.sort_unstable();
            if at == labels
                && let Some((form, n)) = self.length(factor.id)
            {
                return Some((form, n.mul(&exponent)));
            }
        }
        Some((self.get(base)?, exponent))
    }

    /// The sum of the entries of a tensor as a power of a norm, if it is one.
    pub(super) fn length(&mut self, id: TensorId) -> Option<(FormId, Number)> {
        let two = Number::from(2);
        match self.tensors.node(id).clone() {
            Node::Power(base, exponent)
                if self.tensors.as_number(exponent) == Some(two.clone()) =>
            {
                let base = self.get(base)?;
                Some((self.forms.call(Special::Norm, &[base], Shape::SCALAR), two))
            }
            Node::Map(Elementwise::Table(FunctionId::ABS), list) => {
                let inner = self.get(list[0])?;
                let form = self.forms.call(Special::Norm1, &[inner], Shape::SCALAR);
                Some((form, Number::ONE))
            }
            _ => None,
        }
    }

    /// The entry of a column; that of a column of a matrix is one of the matrix.
    pub(super) fn entry(&mut self, column: FormId, index: u16) -> FormId {
        let of = |forms: &mut Forms, of: FormId, at: Vec<u16>| {
            forms.intern(Op::Entry(of, at), Shape::SCALAR)
        };
        match self.forms.op(column).clone() {
            Op::Unit(other) => {
                let n = self.forms.shape(column).rows;
                let eye = self.forms.intern(Op::Eye, Shape::new(n, n));
                let name = |index: u16| &self.scope.indices[usize::from(index)];
                let (a, b) = match name(other) < name(index) {
                    true => (other, index),
                    false => (index, other),
                };
                of(self.forms, eye, vec![a, b])
            }
            Op::Product(list) => {
                if let [matrix @ .., last] = &list[..]
                    && !matrix.is_empty()
                    && let Op::Unit(other) = *self.forms.op(*last)
                {
                    let straight = self.forms.product(matrix);
                    let turned = self.transposed(straight);
                    if self.forms.cost(turned) < self.forms.cost(straight) {
                        return of(self.forms, turned, vec![other, index]);
                    }
                    return of(self.forms, straight, vec![index, other]);
                }
                of(self.forms, column, vec![index])
            }
            _ => of(self.forms, column, vec![index]),
        }
    }

    /// The trace of a product, in the rotation and direction that costs least; that of `X'*X` is
    /// the square of a norm, where that is shorter.
    pub(super) fn trace(&mut self, chain: &[FormId]) -> (FormId, Number) {
        let mut norm = None;
        let mut best: Option<(u32, bool, String, FormId)> = None;
        let flipped: Vec<FormId> =
            chain.iter().rev().map(|f| self.transposed(*f)).collect();
        for list in [chain, &flipped[..]] {
            for start in 0..list.len() {
                let mut turned = list[start..].to_vec();
                turned.extend(&list[..start]);
                let product = self.forms.product(&turned);
                norm = norm.or_else(|| self.norm_of_square(product));
                let form = self.forms.call(Special::Trace, &[product], Shape::SCALAR);
                let text = print::text(form, self.forms, self.scope);
                let last = turned.last().is_some_and(|last| self.is_change(*last));
                let key = (self.forms.cost(form), !last, text, form);
                if best.as_ref().is_none_or(|known| key < *known) {
                    best = Some(key);
                }
            }
        }
        match (norm, best) {
            (Some(norm), Some((cost, ..))) if self.forms.cost(norm) + 2 < cost => {
                (norm, Number::from(2))
            }
            (_, Some((.., form))) => (form, Number::ONE),
            (_, None) => (self.forms.number(&Number::ONE), Number::ONE),
        }
    }

    /// The norm whose square is the trace of a product, `norm(A*X)` for `X'*A'*A*X`.
    pub(super) fn norm_of_square(&mut self, product: FormId) -> Option<FormId> {
        let Op::Product(list) = self.forms.op(product).clone() else { return None };
        let (left, right) = list.split_at(list.len() / 2);
        if left.len() != right.len() {
            return None;
        }
        for (before, behind) in left.iter().rev().zip(right) {
            let is_scalar = self.forms.shape(*behind).is_scalar();
            if is_scalar || self.transposed(*behind) != *before {
                return None;
            }
        }
        let half = self.forms.product(right);
        Some(self.forms.call(Special::Norm, &[half], Shape::SCALAR))
    }

    /// A term with other axes: the labels in a list come first, in that order.
    pub(super) fn reordered(&self, term: &Term, axes: &[Label]) -> Term {
        let rest = (0..term.sizes.len() as Label).filter(|l| !axes.contains(l));
        let sequence: Vec<Label> = axes.iter().copied().chain(rest).collect();
        let mut place = vec![0; sequence.len()];
        for (new, old) in sequence.iter().enumerate() {
            place[usize::from(*old)] = new as Label;
        }
        let rename = |factor: &Factor| Factor {
            id: factor.id,
            at: factor.at.iter().map(|l| place[usize::from(*l)]).collect(),
        };
        Term {
            coefficient: term.coefficient.clone(),
            factors: term.factors.iter().map(rename).collect(),
            sizes: sequence.iter().map(|l| term.sizes[usize::from(*l)]).collect(),
        }
    }
}
