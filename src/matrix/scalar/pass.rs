//! One pass over a form, operands first: scalars become expressions, terms of sums are put
//! together where they are multiples of one matrix.

use super::super::form::{FormId, Forms, Op, Scope};
use super::super::render::{Piece, Renderer};
use super::super::shape::Shape;
use super::super::tensor::Tensors;
use super::Scalars;
use super::back::Back;
use super::entries::is_entrywise;
use crate::kernel::{ExprId, Number, Pool};
use rustc_hash::FxHashMap;

/// What the pass knows of a form.
#[derive(Clone, Debug)]
enum Made {
    /// A scalar.
    Scalar(ExprId),
    /// Multiples of products.
    Terms(Vec<Term>),
    /// Anything else, over simplified operands.
    Form(FormId),
}

/// A scalar times factors in a row; without factors it is the same in every entry.
#[derive(Clone, Debug)]
struct Term {
    coefficient: ExprId,
    factors: Vec<FormId>,
}

/// A pass over the forms of a problem.
pub(crate) struct Pass<'a> {
    pub(super) scalars: &'a mut Scalars,
    pub(super) tensors: &'a mut Tensors,
    pub(super) forms: &'a mut Forms,
    pub(super) scope: &'a Scope,
    symmetric: Vec<bool>,
    /// Whether there are changes `dx`.
    has_changes: bool,
    /// Whether a scalar has no value, as `1/0`.
    pub(super) has_undefined: bool,
    /// What was spent on operations of entries.
    pub(super) spent: u32,
    made: FxHashMap<FormId, Made>,
    /// Expressions over an entry of arrays.
    pub(super) entries: FxHashMap<FormId, ExprId>,
    finished: FxHashMap<FormId, FormId>,
}

impl<'a> Pass<'a> {
    /// A pass over forms with the names of a scope.
    pub(crate) fn new(
        scalars: &'a mut Scalars,
        tensors: &'a mut Tensors,
        forms: &'a mut Forms,
        scope: &'a Scope,
    ) -> Self {
        let symmetric = scope.variables.iter().map(|v| v.structure.symmetric).collect();
        let has_changes = scope.variables.iter().any(|v| v.is_differential);
        let (made, finished) = (FxHashMap::default(), FxHashMap::default());
        Self {
            scalars,
            tensors,
            forms,
            scope,
            symmetric,
            has_changes,
            has_undefined: false,
            spent: 0,
            made,
            entries: FxHashMap::default(),
            finished,
        }
    }

    /// The form with its scalars simplified, where that is no longer.
    pub(crate) fn simplified(&mut self, root: FormId) -> FormId {
        let below = self.forms.below(root);
        let mut of_entries = below.iter().filter(|id| is_entrywise(self.forms.op(**id)));
        if of_entries.nth(1).is_none() && !below.iter().any(|id| self.is_worthwhile(*id))
        {
            return root;
        }
        self.work_out(root);
        let found = self.form_of(root);
        match self.forms.cost(found) <= self.forms.cost(root) {
            true => found,
            false => root,
        }
    }

    /// Makes something of everything below a form, and of the form.
    pub(super) fn work_out(&mut self, root: FormId) {
        for id in self.forms.below(root) {
            if !self.made.contains_key(&id) {
                let made = self.one(id);
                self.made.insert(id, made);
            }
        }
    }

    /// Whether there may be something to simplify about a form: an operation on scalars, or
    /// several terms with coefficients.
    fn is_worthwhile(&self, id: FormId) -> bool {
        let forms = &*self.forms;
        let is_scalar = |id: &FormId| forms.shape(*id).is_scalar();
        match forms.op(id) {
            Op::Power(..) | Op::Apply(..) => is_scalar(&id),
            Op::Divide(_, below) => {
                !matches!(forms.op(*below), Op::Number(_) | Op::Variable(_))
            }
            Op::Sum(list) => list.len() > 1 && is_scalar(&id),
            Op::Product(list) => {
                let is_number = |id: &FormId| matches!(forms.op(*id), Op::Number(_));
                let mut scalars =
                    list.iter().filter(|id| is_scalar(id) && !is_number(id));
                scalars.nth(1).is_some()
            }
            _ => false,
        }
    }

    pub(super) fn pool(&mut self) -> &mut Pool {
        &mut self.scalars.pool
    }

    /// The symbol of a scalar form.
    pub(super) fn symbol(&mut self, form: FormId) -> ExprId {
        self.scalars.symbol(form, self.forms, self.scope)
    }

    /// The expression of a scalar form.
    pub(super) fn scalar(&self, id: FormId) -> Option<ExprId> {
        match self.made.get(&id) {
            Some(Made::Scalar(found)) => Some(*found),
            _ => None,
        }
    }

    pub(super) fn transposed(&mut self, id: FormId) -> FormId {
        self.forms.transposed(id, &self.symmetric)
    }

    fn one(&mut self, id: FormId) -> Made {
        if self.forms.shape(id).is_scalar() && !self.has_change(id) {
            return Made::Scalar(self.lifted(id));
        }
        let terms = match self.forms.op(id).clone() {
            Op::Sum(list) => Some(self.terms_of_sum(&list)),
            Op::Product(list) => self.term_of_product(&list).map(|term| vec![term]),
            Op::Divide(above, below) => self.term_of_quotient(above, below),
            _ => None,
        };
        match terms {
            Some(terms) => Made::Terms(terms),
            None => Made::Form(self.rebuilt(id)),
        }
    }

    /// Whether a form is a change `dx`, or made of one.
    pub(super) fn has_change(&self, id: FormId) -> bool {
        self.has_changes
            && self.forms.below(id).iter().any(|id| match self.forms.op(*id) {
                Op::Variable(place) => {
                    self.scope.variables[usize::from(*place)].is_differential
                }
                _ => false,
            })
    }

    /// A form over simplified operands.
    pub(super) fn rebuilt(&mut self, id: FormId) -> FormId {
        let operands = self.forms.operands(id);
        if operands.is_empty() {
            return id;
        }
        let new: Vec<(FormId, FormId)> =
            operands.into_iter().map(|old| (old, self.form_of(old))).collect();
        let of = |id: FormId| {
            let found = new.iter().find(|(old, _)| *old == id);
            found.map_or(id, |(_, new)| *new)
        };
        let (op, shape) = (self.forms.op(id).clone(), self.forms.shape(id));
        self.forms.intern(op.with_operands(of), shape)
    }

    /// What came of a form.
    pub(super) fn form_of(&mut self, id: FormId) -> FormId {
        if let Some(known) = self.finished.get(&id) {
            return *known;
        }
        let found = match self.made.get(&id).cloned() {
            None => id,
            Some(Made::Form(found)) => self.shorter_by_entries(id, found),
            Some(Made::Scalar(expression)) => self.shortest(id, expression),
            Some(Made::Terms(terms)) => {
                let found = self.assembled(id, terms);
                self.shorter_by_entries(id, found)
            }
        };
        let found = self.without_zeros(found);
        self.finished.insert(id, found);
        found
    }

    /// Zeros in place of a product or a quotient of zeros.
    fn without_zeros(&mut self, id: FormId) -> FormId {
        let is_zeros = |id: &FormId| match self.forms.op(*id) {
            Op::Zeros => true,
            Op::Number(n) => n.is_zero(),
            _ => false,
        };
        let vanishes = match self.forms.op(id) {
            Op::Divide(above, _) => is_zeros(above),
            Op::Product(list) => list.iter().any(is_zeros),
            _ => false,
        };
        let shape = self.forms.shape(id);
        match vanishes {
            true if shape.is_scalar() => self.forms.number(&Number::ZERO),
            true => self.forms.intern(Op::Zeros, shape),
            false => id,
        }
    }

    /// The shortest form of an expression that is no longer than the one that it came from.
    fn shortest(&mut self, id: FormId, expression: ExprId) -> FormId {
        let mut best = id;
        for (short, least) in self.scalars.ways(expression) {
            let Some(found) = self.back().form(short) else { continue };
            if self.forms.cost(found) + least <= self.forms.cost(best) {
                best = found;
            }
        }
        best
    }

    pub(super) fn back(&mut self) -> Back<'_> {
        Back {
            pool: &self.scalars.pool,
            known: &self.scalars.forms,
            forms: self.forms,
            scope: self.scope,
            depth: 0,
        }
    }

    /// What came of an operand as terms.
    fn terms_of(&mut self, id: FormId) -> Vec<Term> {
        match self.made.get(&id).cloned() {
            Some(Made::Scalar(coefficient)) => {
                vec![Term { coefficient, factors: Vec::new() }]
            }
            Some(Made::Terms(terms)) => terms,
            Some(Made::Form(form)) => {
                vec![Term { coefficient: Pool::ONE, factors: vec![form] }]
            }
            None => vec![Term { coefficient: Pool::ONE, factors: vec![id] }],
        }
    }

    fn terms_of_sum(&mut self, list: &[(bool, FormId)]) -> Vec<Term> {
        let mut all: Vec<Term> = Vec::new();
        for (minus, id) in list {
            for mut term in self.terms_of(*id) {
                if *minus {
                    term.coefficient = self.pool().negate(term.coefficient);
                }
                match all.iter_mut().find(|known| known.factors == term.factors) {
                    Some(known) => {
                        let both = [known.coefficient, term.coefficient];
                        known.coefficient = self.scalars.pool.sum(&both);
                    }
                    None => all.push(term),
                }
            }
        }
        all
    }

    fn term_of_product(&mut self, list: &[FormId]) -> Option<Term> {
        let mut whole = Term { coefficient: Pool::ONE, factors: Vec::new() };
        for id in list {
            let mut terms = self.terms_of(*id);
            let (Some(term), true) = (terms.pop(), terms.is_empty()) else {
                let form = self.form_of(*id);
                whole.factors.push(form);
                continue;
            };
            whole.coefficient =
                self.pool().product(&[whole.coefficient, term.coefficient]);
            match self.forms.shape(*id).is_scalar() && term.factors.len() > 1 {
                // An inner product stays together.
                true => whole.factors.push(self.forms.product(&term.factors)),
                false => whole.factors.extend(term.factors),
            }
        }
        Some(whole)
    }

    fn term_of_quotient(&mut self, above: FormId, below: FormId) -> Option<Vec<Term>> {
        let below = self.scalar(below)?;
        let mut terms = self.terms_of(above);
        let mut term = match (terms.pop(), terms.is_empty()) {
            (Some(term), true) => term,
            _ => {
                let factors = vec![self.form_of(above)];
                Term { coefficient: Pool::ONE, factors }
            }
        };
        term.coefficient = self.pool().quotient(term.coefficient, below);
        (term.coefficient != Pool::UNDEFINED).then(|| vec![term])
    }

    /// Terms as a form of the shape of another one, which stays where it is no longer.
    fn assembled(&mut self, id: FormId, terms: Vec<Term>) -> FormId {
        let own = self.rebuilt(id);
        let own = self.flat(own);
        let count = match self.forms.op(id) {
            Op::Sum(list) => list.len(),
            _ => 1,
        };
        let is_number =
            |term: &Term| self.scalars.pool.as_number(term.coefficient).is_some();
        if terms.len() == count && terms.iter().all(is_number) {
            return own;
        }
        let shape = self.forms.shape(id);
        match self.joined(terms, shape) {
            Some(found) if self.forms.cost(found) < self.forms.cost(own) => found,
            _ => own,
        }
    }

    /// A product with the factors and quotients of its scalars beside its own.
    fn flat(&mut self, id: FormId) -> FormId {
        let is_nested = |id: &FormId| {
            let is_scalar = |id: &FormId| self.forms.shape(*id).is_scalar();
            match self.forms.op(*id) {
                Op::Divide(..) => true,
                Op::Sum(list) => list.len() == 1,
                Op::Product(list) => list.iter().all(is_scalar),
                _ => false,
            }
        };
        match self.forms.op(id) {
            Op::Product(list) if list.iter().any(is_nested) || self.has_twice(list) => {
                let mut piece = Piece::default();
                piece.multiply(id, false, self.forms);
                self.together(vec![piece], self.forms.shape(id))
            }
            _ => id,
        }
    }

    /// Whether a scalar stands twice among factors.
    fn has_twice(&self, list: &[FormId]) -> bool {
        let scalars = list.iter().filter(|id| self.forms.shape(**id).is_scalar());
        let scalars: Vec<&FormId> = scalars.collect();
        let is_known = |(place, id): (usize, &&FormId)| scalars[..place].contains(id);
        scalars.iter().enumerate().any(is_known)
    }

    /// The sum of pieces.
    fn together(&mut self, pieces: Vec<Piece>, shape: Shape) -> FormId {
        Renderer::new(self.tensors, self.forms, self.scope).assemble(pieces, shape)
    }

    fn joined(&mut self, terms: Vec<Term>, shape: Shape) -> Option<FormId> {
        let mut pieces: Vec<Piece> = Vec::new();
        for Term { coefficient, factors } in terms {
            let coefficient = self.scalars.simplified(coefficient);
            if coefficient == Pool::ZERO {
                continue;
            }
            let mut piece = self.back().piece(coefficient)?;
            for factor in factors {
                piece.multiply(factor, false, self.forms);
            }
            pieces.push(piece);
        }
        Some(self.together(pieces, shape))
    }
}
