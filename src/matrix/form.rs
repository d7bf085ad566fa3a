//! Matrix expressions as they are written: typed formulas and answers alike, each once.
//!
//! Invariant: operands are made before what uses them, so that a pass is a loop.

use super::shape::{Shape, SizeId, Sizes};
use super::table::Special;
use crate::kernel::{Assumption, Constant, FunctionId, Number, is_same_name, variant};
use rustc_hash::{FxHashMap, FxHashSet};

/// The handle of a form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FormId(pub(super) u32);

/// A function that is applied to each entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Elementwise {
    /// A row of the function table.
    Table(FunctionId),
    /// A name without a meaning, differentiated as often as there are primes.
    Abstract(u16, u16),
}

/// What a form is.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Op {
    /// An exact number.
    Number(Number),
    /// A named number.
    Constant(Constant),
    /// A size as a number.
    Size(SizeId),
    /// A declared name.
    Variable(u16),
    /// A name that a program defines.
    Definition(u16),
    /// A matrix of ones.
    Ones,
    /// A matrix of zeros.
    Zeros,
    /// The identity matrix.
    Eye,
    /// The commutation matrix `K`, with `K*vec(A) = vec(A')` for matrices `A` of these sizes
    /// (Magnus and Neudecker 1979).
    Commutation(SizeId, SizeId),
    /// The unit vector of an index: a number, or a name.
    Unit(u16),
    /// Terms; the flag says subtracted.
    Sum(Vec<(bool, FormId)>),
    /// Factors of a matrix product, scalars among them.
    Product(Vec<FormId>),
    /// Anything divided by a scalar.
    Divide(FormId, FormId),
    /// Products of entries.
    Hadamard(Vec<FormId>),
    /// Quotients of entries.
    ElementDivide(FormId, FormId),
    /// A power of a scalar, or a whole power of a square matrix.
    Power(FormId, FormId),
    /// Powers of entries.
    ElementPower(FormId, FormId),
    /// The transpose.
    Transpose(FormId),
    /// A function of each entry.
    Apply(Elementwise, Vec<FormId>),
    /// A function of matrices.
    Call(Special, Vec<FormId>),
    /// A function from columns to numbers without a meaning, by its place, or its gradient or
    /// matrix of second derivatives, by the order, at a column.
    Field(u16, u16, FormId),
    /// An entry: one index for each axis that is not 1.
    Entry(FormId, Vec<u16>),
    /// The sum over an index that runs to a size.
    IndexSum(u16, SizeId, FormId),
    /// Scalars, row by row.
    Entries(Vec<FormId>),
    /// The differential of what stands there, not written out; only in derivations.
    Change(FormId),
}

impl Op {
    /// The operation over other operands.
    pub(super) fn with_operands(self, of: impl Fn(FormId) -> FormId) -> Self {
        let all = |list: Vec<FormId>| list.into_iter().map(&of).collect();
        match self {
            Self::Sum(list) => {
                Self::Sum(list.into_iter().map(|(minus, id)| (minus, of(id))).collect())
            }
            Self::Product(list) => Self::Product(all(list)),
            Self::Hadamard(list) => Self::Hadamard(all(list)),
            Self::Divide(a, b) => Self::Divide(of(a), of(b)),
            Self::ElementDivide(a, b) => Self::ElementDivide(of(a), of(b)),
            Self::Power(a, b) => Self::Power(of(a), of(b)),
            Self::ElementPower(a, b) => Self::ElementPower(of(a), of(b)),
            Self::Transpose(a) => Self::Transpose(of(a)),
            Self::Entry(a, at) => Self::Entry(of(a), at),
            Self::IndexSum(index, size, a) => Self::IndexSum(index, size, of(a)),
            Self::Entries(list) => Self::Entries(all(list)),
            Self::Apply(function, list) => Self::Apply(function, all(list)),
            Self::Call(function, list) => Self::Call(function, all(list)),
            Self::Change(a) => Self::Change(of(a)),
            Self::Field(place, order, a) => Self::Field(place, order, of(a)),
            atom => atom,
        }
    }
}

/// All forms of a problem.
#[derive(Clone, Debug, Default)]
pub struct Forms {
    ops: Vec<Op>,
    shapes: Vec<Shape>,
    costs: Vec<u32>,
    places: FxHashMap<(Op, Shape), FormId>,
    /// Whether sums along an axis stand somewhere.
    has_axes: bool,
}

impl Forms {
    /// The form with an operation and a shape, which must fit together.
    pub fn intern(&mut self, op: Op, shape: Shape) -> FormId {
        let key = (op, shape);
        if let Some(known) = self.places.get(&key) {
            return *known;
        }
        let id = FormId(self.ops.len() as u32);
        self.costs.push(self.count(&key.0));
        self.has_axes |=
            matches!(key.0, Op::Call(Special::SumAlong | Special::MeanAlong, _));
        self.ops.push(key.0.clone());
        self.shapes.push(shape);
        self.places.insert(key, id);
        id
    }

    /// What a form is.
    pub fn op(&self, id: FormId) -> &Op {
        &self.ops[id.0 as usize]
    }

    /// The shape of a form.
    pub fn shape(&self, id: FormId) -> Shape {
        self.shapes[id.0 as usize]
    }

    /// What a reader has to read: names, numbers, operators and calls; brackets are free.
    pub fn cost(&self, id: FormId) -> u32 {
        self.costs[id.0 as usize]
    }

    /// Whether somebody typed sums along an axis.
    pub(super) fn has_axes(&self) -> bool {
        self.has_axes
    }

    /// The number of forms made so far.
    pub fn len(&self) -> usize {
        self.ops.len()
    }

    /// Whether there are no forms.
    pub fn is_empty(&self) -> bool {
        self.ops.is_empty()
    }

    fn count(&self, op: &Op) -> u32 {
        let all = |list: &[FormId]| {
            list.iter().fold(0u32, |sum, id| sum.saturating_add(self.cost(*id)))
        };
        let between = |list: &[FormId]| all(list).saturating_add(list.len() as u32 - 1);
        match op {
            Op::Number(_) | Op::Constant(_) | Op::Size(_) => 1,
            Op::Variable(_) | Op::Definition(_) => 1,
            Op::Ones | Op::Zeros | Op::Eye | Op::Unit(_) => 2,
            Op::Commutation(..) => 2,
            Op::Sum(list) => {
                let leading = u32::from(list.first().is_some_and(|(minus, _)| *minus));
                let terms: Vec<FormId> = list.iter().map(|(_, id)| *id).collect();
                between(&terms).saturating_add(leading)
            }
            Op::Product(list) | Op::Hadamard(list) => between(list),
            Op::Divide(a, b)
            | Op::ElementDivide(a, b)
            | Op::Power(a, b)
            | Op::ElementPower(a, b) => all(&[*a, *b]).saturating_add(1),
            Op::Transpose(a) | Op::Change(a) | Op::Field(_, _, a) => {
                self.cost(*a).saturating_add(1)
            }
            Op::Apply(_, list) | Op::Call(_, list) => all(list).saturating_add(1),
            Op::IndexSum(_, _, a) => self.cost(*a).saturating_add(2),
            Op::Entries(list) => all(list).saturating_add(1),
            Op::Entry(a, at) => self.cost(*a).saturating_add(at.len() as u32),
        }
    }

    /// The operands of a form.
    pub fn operands(&self, id: FormId) -> Vec<FormId> {
        match self.op(id) {
            Op::Sum(list) => list.iter().map(|(_, id)| *id).collect(),
            Op::Product(list) | Op::Hadamard(list) => list.clone(),
            Op::Apply(_, list) | Op::Call(_, list) => list.clone(),
            Op::Divide(a, b)
            | Op::ElementDivide(a, b)
            | Op::Power(a, b)
            | Op::ElementPower(a, b) => vec![*a, *b],
            Op::Transpose(a)
            | Op::Entry(a, _)
            | Op::IndexSum(_, _, a)
            | Op::Field(_, _, a)
            | Op::Change(a) => vec![*a],
            Op::Entries(list) => list.clone(),
            _ => Vec::new(),
        }
    }

    /// Everything below a form and the form itself, operands first.
    pub fn below(&self, root: FormId) -> Vec<FormId> {
        let mut seen: FxHashSet<FormId> = FxHashSet::default();
        let mut waiting = vec![root];
        let mut found = Vec::new();
        while let Some(id) = waiting.pop() {
            if seen.insert(id) {
                found.push(id);
                waiting.extend(self.operands(id));
            }
        }
        found.sort_unstable();
        found
    }

    /// Makes something of a form out of what was made of its operands; what is used for the
    /// last time is given up, so that long chains of long texts are not held.
    pub(crate) fn fold<T: Clone>(
        &self,
        root: FormId,
        mut one: impl FnMut(FormId, &FxHashMap<FormId, T>) -> T,
    ) -> Option<T> {
        let all = self.below(root);
        let mut left: FxHashMap<FormId, u32> = FxHashMap::default();
        for operand in all.iter().flat_map(|id| self.operands(*id)) {
            *left.entry(operand).or_default() += 1;
        }
        let mut done: FxHashMap<FormId, T> = FxHashMap::default();
        for id in all {
            let made = one(id, &done);
            done.insert(id, made);
            for operand in self.operands(id) {
                if let Some(uses) = left.get_mut(&operand) {
                    *uses -= 1;
                    if *uses == 0 {
                        done.remove(&operand);
                    }
                }
            }
        }
        done.remove(&root)
    }

    /// Whether a factor of a product stays together in brackets behind others that are no
    /// scalars: an inner product, or a product that begins with one, as in `a'*(b'*b*c)`.
    pub(super) fn stays_together(&self, id: FormId) -> bool {
        let Op::Product(list) = self.op(id) else { return false };
        if self.shape(id).is_scalar() {
            return true;
        }
        let mut rows = None;
        list.iter().take(list.len() - 1).any(|id| {
            let shape = self.shape(*id);
            let head = rows.take().unwrap_or(shape.rows);
            let is_inner = head == SizeId::ONE && shape.cols == SizeId::ONE;
            rows = (!is_inner).then_some(head);
            is_inner && !shape.is_scalar()
        })
    }

    /// The value of a form that is a number, with its sign.
    pub fn as_number(&self, id: FormId) -> Option<Number> {
        match self.op(id) {
            Op::Number(n) => Some(n.clone()),
            Op::Sum(list) => match list[..] {
                [(true, id)] => self.as_number(id).map(|n| n.neg()),
                _ => None,
            },
            Op::Divide(a, b) => {
                let inverse = self.as_number(*b)?.recip()?;
                Some(self.as_number(*a)?.mul(&inverse))
            }
            _ => None,
        }
    }
}

/// What is assumed of a variable.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Structure {
    /// Equal to its transpose.
    pub symmetric: bool,
    /// Zero beside the diagonal; symmetric too.
    pub diagonal: bool,
    /// `Q'*Q` is the identity.
    pub orthogonal: bool,
    /// Symmetric with positive eigenvalues.
    pub positive_definite: bool,
    /// Symmetric without negative eigenvalues.
    pub positive_semidefinite: bool,
    /// It has an inverse.
    pub invertible: bool,
    /// All entries are above zero.
    pub positive: bool,
    /// A whole number, of any sign.
    pub whole: bool,
    /// The negative of its transpose.
    pub skew: bool,
    /// Zero above the diagonal.
    pub lower: bool,
    /// Zero below the diagonal.
    pub upper: bool,
    /// No entry is below zero, and the sum of a vector, or of each row of a matrix, is 1.
    pub stochastic: bool,
    /// One entry of a vector, or of each row of a matrix, is 1, and all others are 0; stochastic
    /// too.
    pub one_hot: bool,
}

impl Structure {
    /// Whether entries depend on each other, or are what they are.
    pub fn is_tied(&self) -> bool {
        self.symmetric
            || self.orthogonal
            || self.skew
            || self.lower
            || self.upper
            || self.stochastic
    }

    /// What is known of a change: it has the form of its variable, and any sign.
    pub(super) fn of_change(self) -> Self {
        let Self { symmetric, diagonal, skew, lower, upper, .. } = self;
        Self { symmetric, diagonal, skew, lower, upper, ..Self::default() }
    }
}

/// A declared name.
#[derive(Clone, Debug)]
pub struct Variable {
    /// Its name.
    pub name: String,
    /// Its shape.
    pub shape: Shape,
    /// What is assumed of it.
    pub structure: Structure,
    /// What is assumed of the value of a scalar.
    pub assumption: Assumption,
    /// Whether it is the change `dX` of another one.
    pub is_differential: bool,
    /// How it is written in LaTeX, if not by its name.
    pub latex: Option<String>,
}

impl Variable {
    /// A declared name of which no more is known.
    pub fn new(name: String, shape: Shape, structure: Structure) -> Self {
        let assumption = Assumption::default();
        Self { name, shape, structure, assumption, is_differential: false, latex: None }
    }
}

/// A name that a program defines.
#[derive(Clone, Debug)]
pub struct Definition {
    /// Its name.
    pub name: String,
    /// What it stands for.
    pub body: FormId,
}

/// Everything that names mean in a problem.
#[derive(Clone, Debug, Default)]
pub struct Scope {
    /// All sizes.
    pub sizes: Sizes,
    /// Declared names, in the order of the declarations.
    pub variables: Vec<Variable>,
    /// Whether the names are the variables of a formula of scalars, which nobody declared.
    pub is_of_scalars: bool,
    /// Definitions; one uses those before it.
    pub definitions: Vec<Definition>,
    /// Names of abstract functions.
    pub functions: Vec<String>,
    /// Functions from columns or matrices of a shape to numbers, without a meaning.
    pub fields: Vec<(String, Shape)>,
    /// Indices of entries: numbers from 1, or names.
    pub indices: Vec<String>,
    /// The sizes that indices run to, as they were used first.
    pub ranges: Vec<Option<SizeId>>,
}

/// The place of a name among what has names; `alpha` and `α` are one.
fn place_of<T>(name: &str, among: &[T], name_of: fn(&T) -> &String) -> Option<u16> {
    let find = |name: &str| among.iter().position(|one| is_same_name(name_of(one), name));
    find(name).or_else(|| find(&variant(name)?)).map(|place| place as u16)
}

impl Scope {
    /// The place of a declared name.
    pub fn variable(&self, name: &str) -> Option<u16> {
        place_of(name, &self.variables, |variable| &variable.name)
    }

    /// The place of a defined name.
    pub fn definition(&self, name: &str) -> Option<u16> {
        place_of(name, &self.definitions, |definition| &definition.name)
    }

    /// The place of a function from columns or matrices to numbers.
    pub fn field(&self, name: &str) -> Option<u16> {
        place_of(name, &self.fields, |field| &field.0)
    }

    /// Whether `e` is the base of the natural logarithm and no name.
    pub fn has_exponential(&self) -> bool {
        self.variable("e").is_none() && self.definition("e").is_none()
    }

    /// The handle of an abstract function.
    pub fn function(&mut self, name: &str) -> u16 {
        Self::place(&mut self.functions, name)
    }

    /// The handle of an index of entries.
    pub fn index(&mut self, name: &str) -> u16 {
        let place = Self::place(&mut self.indices, name);
        self.ranges.resize(self.indices.len(), None);
        place
    }

    /// The number that an index is; `None` for a name.
    pub fn number(&self, index: u16) -> Option<usize> {
        self.indices.get(usize::from(index))?.parse().ok()
    }

    /// The smallest size that has all entries that are named by numbers, but two at least.
    pub fn least_size(&self) -> usize {
        let numbers = (0..self.indices.len() as u16).filter_map(|k| self.number(k));
        numbers.max().unwrap_or(0).max(2)
    }

    fn place(list: &mut Vec<String>, name: &str) -> u16 {
        if let Some(place) = list.iter().position(|known| is_same_name(known, name)) {
            return place as u16;
        }
        list.push(name.to_owned());
        (list.len() - 1) as u16
    }
}
