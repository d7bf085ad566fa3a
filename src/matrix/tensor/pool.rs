//! The pool of tensors: each once, operands before what uses them.

use super::super::form::{Elementwise, FormId, Scope};
use super::super::shape::{Size, SizeId, Sizes};
use super::term::{Factor, Label, Term};
use crate::error::{Error, ErrorKind, Result};
use crate::kernel::{Constant, Number};
use rustc_hash::FxHashMap;
use smallvec::SmallVec;

/// The handle of a tensor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct TensorId(pub(super) u32);

/// Axes of a tensor.
pub(super) type Axes = SmallVec<[SizeId; 4]>;

/// The most labels of a term.
pub(super) const MAX_LABELS: usize = 60;
/// The most terms and factors that are looked at.
const MAX_WORK: u64 = 2_000_000;

/// What a tensor is.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Node {
    /// A declared name, without its axes of size 1.
    Variable(u16),
    /// A name that a program defines.
    Definition(u16),
    /// A named number.
    Constant(Constant),
    /// A size as a number.
    Size(SizeId),
    /// The unit vector of an index.
    Unit(u16),
    /// What stands for a form while a term is written.
    Placeholder(u32),
    /// The identity: 1 where both labels are equal.
    Delta,
    /// 1 where the first label is the pair of the other two, the last running fastest.
    Pair,
    /// 1 where the first label is not below the second.
    Lower,
    /// The sign of the order of three labels, 0 where two are equal (Levi-Civita).
    Orientation,
    /// Terms.
    Sum(Vec<Term>),
    /// A function of entries; arguments without axes go with every entry.
    Map(Elementwise, SmallVec<[TensorId; 2]>),
    /// Powers of entries; an operand without axes goes with every entry.
    Power(TensorId, TensorId),
    /// The inverse of a matrix.
    Inverse(TensorId),
    /// The pseudo-inverse of a matrix (Moore and Penrose).
    PseudoInverse(TensorId),
    /// A function of a square matrix by its eigenvalues.
    Primary(Primary, TensorId),
    /// The derivative of the exponential of a matrix along another one.
    Along(TensorId, TensorId),
    /// A part of the spectrum of a matrix, counted from 1 and from the greatest value.
    Spectral(Spectral, TensorId, u16),
    /// The sum of the singular values of a matrix.
    Nuclear(TensorId),
    /// The orthogonal factor of the polar decomposition of a matrix.
    Polar(TensorId),
    /// The determinant of a matrix.
    Determinant(TensorId),
    /// A function from columns or matrices to numbers without a meaning: by its place, how
    /// often it is differentiated, at one.
    Field(u16, u16, TensorId),
    /// `e^u` over its sum along the last axis.
    Softmax(TensorId),
    /// 1 at the greatest entry along the last axis, 0 elsewhere.
    Hardmax(TensorId),
    /// What is made of the entries along the last axis.
    Reduced(Reduction, TensorId),
}

/// A function of the eigenvalues of a matrix.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Primary {
    /// The exponential.
    Exponential,
    /// The logarithm.
    Logarithm,
    /// The square root.
    Root,
    /// A whole power with a name in the exponent.
    Power(TensorId),
}

/// A part of the spectrum of a matrix.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Spectral {
    /// An eigenvalue of a symmetric matrix.
    Eigenvalue,
    /// Its eigenvector.
    Eigenvector,
    /// A singular value.
    Singular,
    /// Its left singular vector.
    Left,
    /// Its right singular vector.
    Right,
}

/// What is made of entries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Reduction {
    /// The logarithm of the sum of `e^u`.
    LogSumExp,
    /// The greatest.
    Max,
    /// Their product.
    Product,
}

/// All tensors of a problem.
#[derive(Clone, Debug, Default)]
pub(crate) struct Tensors {
    nodes: Vec<Node>,
    axes: Vec<Axes>,
    symmetric: Vec<bool>,
    places: FxHashMap<(Node, Axes), TensorId>,
    pub(super) lowered: FxHashMap<FormId, TensorId>,
    /// The first definition that has a tensor as its value.
    pub(super) named: FxHashMap<TensorId, u16>,
    /// Of which earlier matrix a sum is the transpose.
    pub(super) orientations: FxHashMap<TensorId, (TensorId, bool)>,
    /// Whether the entries along an axis have the sum 0.
    pub(super) balanced: FxHashMap<(TensorId, u8), bool>,
    /// What names mean, as it was when something was lowered last.
    pub(super) scope: Scope,
    /// From how many axes on sums inside of products are multiplied out, if they are.
    pub(super) distributes: Option<usize>,
    /// Whether what is symmetric is brought into one order, as in the normal form.
    pub(super) is_ordered: bool,
    /// Whether logarithms are those of moduli, which agree wherever there are any.
    pub(super) is_of_moduli: bool,
    /// Whether laws of determinants and functions of matrices are used, as in proofs.
    pub(super) by_laws: bool,
    /// Whether names and what they stand for are one, as in derivatives through both.
    pub(super) joins_names: bool,
    work: u64,
    /// Where work ends before the limit of all, in a trial.
    trial: Option<u64>,
    failed: bool,
}

impl Tensors {
    /// What a tensor is.
    pub(crate) fn node(&self, id: TensorId) -> &Node {
        &self.nodes[id.0 as usize]
    }

    /// The sizes of its axes.
    pub(crate) fn axes(&self, id: TensorId) -> &[SizeId] {
        &self.axes[id.0 as usize]
    }

    /// Whether it is a matrix that is its own transpose.
    pub(crate) fn is_symmetric(&self, id: TensorId) -> bool {
        self.symmetric[id.0 as usize]
    }

    /// Whether all entries are zero.
    pub(crate) fn is_zero(&self, id: TensorId) -> bool {
        matches!(self.node(id), Node::Sum(terms) if terms.is_empty())
    }

    /// All sizes, those of pairs among them.
    pub(crate) fn sizes(&self) -> &Sizes {
        &self.scope.sizes
    }

    /// Notes that a matrix is its own transpose.
    pub(super) fn mark_symmetric(&mut self, id: TensorId) {
        self.symmetric[id.0 as usize] = true;
    }

    /// Counts work; past the limit results are not to be used.
    pub(super) fn spend(&mut self, work: usize) -> bool {
        self.work += work as u64;
        self.failed |= self.work > self.trial.unwrap_or(MAX_WORK);
        !self.failed
    }

    /// Notes that a result is not to be used.
    pub(super) fn fail(&mut self) {
        self.failed = true;
    }

    /// Does something that may be given up, for at most so much work; `None` when it was.
    pub(crate) fn attempt(
        &mut self,
        most: u64,
        work: impl FnOnce(&mut Self) -> TensorId,
    ) -> Option<TensorId> {
        if self.failed {
            return None;
        }
        self.trial = Some(self.work.saturating_add(most));
        let found = work(self);
        self.trial = None;
        self.work = self.work.min(MAX_WORK / 2);
        let given_up = std::mem::take(&mut self.failed);
        (!given_up).then_some(found)
    }

    /// Whether a limit was reached.
    ///
    /// # Errors
    /// More work than is spent.
    pub(crate) fn check(&self) -> Result<()> {
        match self.failed {
            false => Ok(()),
            true => Err(Error::from(ErrorKind::TooMuchWork {
                what: "the calculation with indices",
                limit: MAX_WORK,
            })),
        }
    }

    pub(super) fn intern(
        &mut self,
        node: Node,
        axes: &[SizeId],
        symmetric: bool,
    ) -> TensorId {
        let key = (node, Axes::from_slice(axes));
        if let Some(known) = self.places.get(&key) {
            return *known;
        }
        let id = TensorId(self.nodes.len() as u32);
        self.nodes.push(key.0.clone());
        self.axes.push(key.1.clone());
        self.symmetric.push(symmetric);
        self.places.insert(key, id);
        self.spend(1);
        id
    }

    pub(super) fn find(&self, node: Node, axes: &[SizeId]) -> Option<TensorId> {
        self.places.get(&(node, Axes::from_slice(axes))).copied()
    }

    /// A declared name.
    pub(super) fn variable(&mut self, place: u16) -> TensorId {
        let variable = &self.scope.variables[usize::from(place)];
        let axes = variable.shape.axes();
        let symmetric = axes.len() == 2 && variable.structure.symmetric;
        self.intern(Node::Variable(place), &axes, symmetric)
    }

    /// A defined name; `value` is what it stands for.
    pub(super) fn definition(&mut self, place: u16, value: TensorId) -> TensorId {
        let axes = self.axes[value.0 as usize].clone();
        let symmetric = self.is_symmetric(value);
        self.intern(Node::Definition(place), &axes, symmetric)
    }

    /// The definition that has a tensor as its value.
    pub(crate) fn definition_of(&self, id: TensorId) -> Option<u16> {
        let found = *self.named.get(&id)?;
        self.find(Node::Definition(found), self.axes(id)).map(|_| found)
    }

    /// The name that stands for a tensor, if there is one; else the tensor.
    pub(super) fn by_name(&self, id: TensorId) -> TensorId {
        let place = self.named.get(&id).copied();
        let name = place.and_then(|at| self.find(Node::Definition(at), self.axes(id)));
        name.unwrap_or(id)
    }

    /// A number.
    pub(crate) fn number(&mut self, value: Number) -> TensorId {
        self.filled(value, &[])
    }

    /// A number in every entry.
    pub(super) fn filled(&mut self, value: Number, axes: &[SizeId]) -> TensorId {
        self.sum(axes, vec![Term::constant(value, axes)])
    }

    /// Zero in every entry, of the shape of another tensor.
    pub(crate) fn zeros_like(&mut self, id: TensorId) -> TensorId {
        let axes = self.axes[id.0 as usize].clone();
        self.filled(Number::ZERO, &axes)
    }

    /// What stands for a form with axes of these sizes while a term is written.
    pub(crate) fn placeholder(&mut self, form: u32, sizes: &[SizeId]) -> TensorId {
        self.intern(Node::Placeholder(form), sizes, false)
    }

    /// The identity.
    pub(crate) fn delta(&mut self, size: SizeId) -> TensorId {
        self.intern(Node::Delta, &[size, size], true)
    }

    /// A size as a number.
    pub(super) fn size(&mut self, size: SizeId) -> TensorId {
        let mut factors = Vec::new();
        let mut number = Number::ONE;
        for part in self.scope.sizes.factors(size) {
            match self.scope.sizes.get(part) {
                Size::Fixed(n) => number = number.mul(&Number::from(i64::from(*n))),
                _ => {
                    let id = self.intern(Node::Size(part), &[], false);
                    factors.push(Factor::new(id, &[]));
                }
            }
        }
        self.einsum(number, factors, &[], 0)
    }

    /// One term: `sizes` are those of all labels, the first `order` are axes of the result.
    pub(crate) fn einsum(
        &mut self,
        coefficient: Number,
        factors: Vec<Factor>,
        sizes: &[SizeId],
        order: usize,
    ) -> TensorId {
        let term = Term { coefficient, factors, sizes: SmallVec::from_slice(sizes) };
        let axes = Axes::from_slice(&sizes[..order]);
        self.sum(&axes, vec![term])
    }

    /// The number that a tensor without axes is.
    pub(crate) fn as_number(&self, id: TensorId) -> Option<Number> {
        match self.node(id) {
            Node::Sum(terms) if self.axes(id).is_empty() => match &terms[..] {
                [] => Some(Number::ZERO),
                [one] if one.factors.is_empty() => Some(one.coefficient.clone()),
                _ => None,
            },
            _ => None,
        }
    }

    /// The terms of which a tensor is the sum: one, if it is no sum.
    pub(crate) fn terms(&self, id: TensorId) -> Vec<Term> {
        match self.node(id) {
            Node::Sum(terms) => terms.clone(),
            _ => {
                let axes = self.axes(id);
                let labels: SmallVec<[Label; 4]> = (0..axes.len() as u8).collect();
                vec![Term {
                    coefficient: Number::ONE,
                    factors: vec![Factor { id, at: labels }],
                    sizes: axes.iter().copied().collect(),
                }]
            }
        }
    }

    /// Everything below a tensor and the tensor itself, operands first; the values of
    /// definitions count as operands.
    pub(crate) fn below(&self, root: TensorId) -> Vec<TensorId> {
        self.reached(root, true)
    }

    /// The same without what stands in definitions.
    pub(crate) fn around(&self, root: TensorId) -> Vec<TensorId> {
        self.reached(root, false)
    }

    fn reached(&self, root: TensorId, into_definitions: bool) -> Vec<TensorId> {
        let mut wanted = vec![false; self.nodes.len()];
        let mut stack = vec![root];
        let mut found = Vec::new();
        while let Some(id) = stack.pop() {
            if std::mem::replace(&mut wanted[id.0 as usize], true) {
                continue;
            }
            found.push(id);
            if into_definitions || !matches!(self.node(id), Node::Definition(_)) {
                stack.extend(self.operands(id));
            }
        }
        found.sort_unstable();
        found
    }

    /// The operands of a tensor; that of a definition is its value.
    pub(super) fn operands(&self, id: TensorId) -> Vec<TensorId> {
        match self.node(id) {
            Node::Sum(terms) => {
                terms.iter().flat_map(|t| &t.factors).map(|f| f.id).collect()
            }
            Node::Map(_, list) => list.to_vec(),
            Node::Power(a, b) | Node::Along(a, b) => vec![*a, *b],
            Node::Primary(Primary::Power(n), a) => vec![*a, *n],
            Node::Inverse(a)
            | Node::PseudoInverse(a)
            | Node::Primary(_, a)
            | Node::Spectral(_, a, _)
            | Node::Nuclear(a)
            | Node::Polar(a)
            | Node::Determinant(a)
            | Node::Field(_, _, a)
            | Node::Softmax(a)
            | Node::Hardmax(a)
            | Node::Reduced(_, a) => vec![*a],
            Node::Definition(place) => {
                let body = self.scope.definitions[usize::from(*place)].body;
                self.lowered.get(&body).copied().into_iter().collect()
            }
            _ => Vec::new(),
        }
    }
}
