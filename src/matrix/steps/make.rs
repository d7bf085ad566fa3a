//! Forms of lines: numbers and scalars stand in front, scalar changes at the end, signs before
//! terms.

use super::super::form::{FormId, Op};
use super::super::render::{Piece, merge};
use super::super::shape::{Shape, SizeId};
use super::super::table::Special;
use super::Course;
use crate::kernel::Number;
use rustc_hash::FxHashMap;

impl Course {
    /// What a form is.
    pub(super) fn op(&self, id: FormId) -> Op {
        self.problem.forms.op(id).clone()
    }

    pub(super) fn shape(&self, id: FormId) -> Shape {
        self.problem.forms.shape(id)
    }

    pub(super) fn is_scalar(&self, id: FormId) -> bool {
        self.shape(id).is_scalar()
    }

    pub(super) fn intern(&mut self, op: Op, shape: Shape) -> FormId {
        self.problem.forms.intern(op, shape)
    }

    /// A form as a number, scalars and matrices.
    pub(super) fn apart(&self, id: FormId) -> Piece {
        let mut piece = Piece::default();
        piece.multiply(id, false, &self.problem.forms);
        piece
    }

    /// The form of a piece; scalars that change stand last.
    pub(super) fn joined(&mut self, mut piece: Piece) -> FormId {
        self.settle(&mut piece);
        let scalars = std::mem::take(&mut piece.scalars);
        for (form, exponent) in scalars {
            match exponent.is_one() && self.moves(form) {
                true => piece.chain.push(form),
                false => piece.scalars.push((form, exponent)),
            }
        }
        let form = piece.form(&mut self.problem.forms);
        match piece.coefficient.is_negative() {
            true => self.negative(form),
            false => form,
        }
    }

    /// Takes powers of scalars apart, and the sign out of sums of negative terms.
    pub(super) fn settle(&mut self, piece: &mut Piece) {
        let mut waiting = std::mem::take(&mut piece.scalars);
        waiting.reverse();
        while let Some((form, exponent)) = waiting.pop() {
            match self.op(form) {
                Op::Power(base, n) => match self.problem.forms.as_number(n) {
                    Some(n) => waiting.push((base, n.mul(&exponent))),
                    None => piece.scalars.push((form, exponent)),
                },
                Op::Product(list)
                    if exponent.is_integer()
                        && list.iter().all(|id| self.is_scalar(*id)) =>
                {
                    waiting.extend(list.iter().rev().map(|id| (*id, exponent.clone())));
                }
                Op::Number(n) if n.is_one() => {}
                _ => piece.scalars.push((form, exponent)),
            }
        }
        merge(&mut piece.scalars);
        for place in 0..piece.scalars.len() {
            let (form, exponent) = piece.scalars[place].clone();
            if exponent.is_one()
                && let Some(positive) = self.opposite(form)
            {
                piece.scalars[place].0 = positive;
                piece.coefficient = piece.coefficient.neg();
            }
        }
        for place in 0..piece.chain.len() {
            if let Some(positive) = self.opposite(piece.chain[place]) {
                piece.chain[place] = positive;
                piece.coefficient = piece.coefficient.neg();
            }
        }
    }

    /// The negative of a sum of negative terms, which changes.
    fn opposite(&mut self, form: FormId) -> Option<FormId> {
        let Op::Sum(list) = self.op(form) else { return None };
        let is_negative = list.iter().all(|(minus, _)| *minus) && self.moves(form);
        is_negative.then(|| self.negative(form))
    }

    fn negative(&mut self, form: FormId) -> FormId {
        let shape = self.shape(form);
        match self.op(form) {
            Op::Sum(list) => {
                let list: Vec<_> = list.iter().map(|(minus, id)| (!minus, *id)).collect();
                self.plus(&list)
            }
            _ => self.intern(Op::Sum(vec![(true, form)]), shape),
        }
    }

    /// A product.
    pub(super) fn times(&mut self, factors: &[FormId]) -> FormId {
        let mut piece = Piece::default();
        for factor in factors {
            piece.multiply(*factor, false, &self.problem.forms);
        }
        self.joined(piece)
    }

    /// A quotient by a scalar.
    pub(super) fn over(&mut self, above: FormId, below: FormId) -> FormId {
        let mut piece = self.apart(above);
        piece.multiply(below, true, &self.problem.forms);
        self.joined(piece)
    }

    /// A sum of terms of one shape; one with a plus comes first.
    pub(super) fn plus(&mut self, terms: &[(bool, FormId)]) -> FormId {
        let mut flat: Vec<(bool, FormId)> = Vec::new();
        for (minus, id) in terms {
            match self.op(*id) {
                Op::Sum(list) => {
                    flat.extend(list.iter().map(|(inner, id)| (*minus != *inner, *id)));
                }
                _ => flat.push((*minus, *id)),
            }
        }
        flat.sort_by_key(|(minus, _)| *minus);
        match flat[..] {
            [] => self.intern(Op::Number(Number::ZERO), Shape::SCALAR),
            [(false, one)] => one,
            [(_, first), ..] => {
                let shape = self.shape(first);
                self.intern(Op::Sum(flat), shape)
            }
        }
    }

    /// A product of entries; what is the same for all of them stands in front.
    pub(super) fn entrywise(&mut self, factors: &[FormId]) -> FormId {
        let (mut whole, mut inside) = (Piece::default(), Vec::new());
        for factor in factors {
            let mut piece = self.apart(*factor);
            let chain = std::mem::take(&mut piece.chain);
            whole.take(piece);
            if !chain.is_empty() {
                inside.push(self.problem.forms.product(&chain));
            }
        }
        if inside.len() > 1 && inside.iter().any(|id| self.op(*id) != Op::Ones) {
            inside.retain(|id| *self.problem.forms.op(*id) != Op::Ones);
        }
        if !inside.is_empty() {
            whole.chain.push(self.problem.forms.hadamard(&inside));
        }
        self.joined(whole)
    }

    /// `1 ./ A`.
    pub(super) fn reciprocal(&mut self, id: FormId) -> FormId {
        let one = self.number(1);
        let shape = self.shape(id);
        match shape.is_scalar() {
            true => self.over(one, id),
            false => self.intern(Op::ElementDivide(one, id), shape),
        }
    }

    pub(super) fn number(&mut self, n: i64) -> FormId {
        self.problem.forms.number(&Number::from(n))
    }

    /// The trace, of each term; scalars stand before it.
    pub(super) fn trace(&mut self, id: FormId) -> FormId {
        if self.is_scalar(id) {
            return id;
        }
        if let Op::Sum(list) = self.op(id) {
            let list: Vec<_> =
                list.iter().map(|(minus, id)| (*minus, self.trace(*id))).collect();
            return self.plus(&list);
        }
        let mut piece = self.apart(id);
        let inside = self.problem.forms.product(&piece.chain);
        let trace = self.call(Special::Trace, &[inside], Shape::SCALAR);
        piece.chain = Vec::new();
        piece.scalars.insert(0, (trace, Number::ONE));
        self.joined(piece)
    }

    pub(super) fn call(
        &mut self,
        function: Special,
        list: &[FormId],
        shape: Shape,
    ) -> FormId {
        self.problem.forms.call(function, list, shape)
    }

    /// The transpose, of each factor and each changing term.
    pub(super) fn turned(&mut self, id: FormId) -> FormId {
        if let Op::Sum(list) = self.op(id)
            && !self.is_scalar(id)
            && (list.len() == 1 || self.moves(id))
        {
            let list: Vec<_> =
                list.iter().map(|(minus, id)| (*minus, self.turned(*id))).collect();
            return self.plus(&list);
        }
        if let Op::Power(base, n) = self.op(id)
            && !self.is_scalar(id)
        {
            let (base, shape) = (self.turned(base), self.shape(id).transposed());
            return self.intern(Op::Power(base, n), shape);
        }
        self.problem.forms.transposed(id, &self.symmetric)
    }

    /// What is linear in one operand, with scalars of that in front.
    pub(super) fn linear(
        &mut self,
        inside: FormId,
        make: impl Fn(&mut Self, FormId) -> FormId,
    ) -> FormId {
        if self.is_scalar(inside) {
            return make(self, inside);
        }
        let mut piece = self.apart(inside);
        let chain = std::mem::take(&mut piece.chain);
        let inside = self.problem.forms.product(&chain);
        let made = make(self, inside);
        let mut whole = self.apart(made);
        whole.take(piece);
        self.joined(whole)
    }

    /// A column or a matrix of ones.
    pub(super) fn ones(&mut self, rows: SizeId, cols: SizeId) -> FormId {
        let shape = Shape::new(rows, cols);
        match shape.is_scalar() {
            true => self.number(1),
            false => self.intern(Op::Ones, shape),
        }
    }

    /// A form with other parts put in; what is not a part of it stays.
    pub(super) fn replaced(
        &mut self,
        root: FormId,
        by: &FxHashMap<FormId, FormId>,
    ) -> FormId {
        let mut made: FxHashMap<FormId, FormId> = by.clone();
        for id in self.problem.forms.below(root) {
            if made.contains_key(&id) {
                continue;
            }
            let operands = self.problem.forms.operands(id);
            let of = |id: FormId| made.get(&id).copied().unwrap_or(id);
            let op = self.op(id);
            if matches!(op, Op::Change(_)) || operands.iter().all(|id| of(*id) == *id) {
                continue;
            }
            let op = op.with_operands(of);
            let again = self.again(op, self.shape(id));
            made.insert(id, again);
        }
        made.get(&root).copied().unwrap_or(root)
    }

    /// A form in which inner products among other factors are factors of their own.
    pub(super) fn grouped(&mut self, root: FormId) -> FormId {
        let mut by: FxHashMap<FormId, FormId> = FxHashMap::default();
        for id in self.problem.forms.below(root) {
            let op = self.op(id).with_operands(|id| by.get(&id).copied().unwrap_or(id));
            let shape = self.shape(id);
            let Op::Product(list) = op else {
                let made = self.intern(op, shape);
                by.insert(id, made);
                continue;
            };
            let mut run: Vec<FormId> = Vec::new();
            let mut whole = Shape::SCALAR;
            for factor in list {
                let own = self.shape(factor);
                let matrices = run.iter().filter(|id| !self.is_scalar(**id)).count();
                if whole.is_scalar() && matrices > 1 {
                    let product = self.intern(Op::Product(run), Shape::SCALAR);
                    run = vec![product];
                }
                whole = match (whole.is_scalar(), own.is_scalar()) {
                    (true, _) => own,
                    (_, true) => whole,
                    _ => Shape::new(whole.rows, own.cols),
                };
                run.push(factor);
            }
            let made = self.intern(Op::Product(run), shape);
            by.insert(id, made);
        }
        by.get(&root).copied().unwrap_or(root)
    }

    /// An operation over operands that have changed.
    fn again(&mut self, op: Op, shape: Shape) -> FormId {
        match op {
            Op::Sum(list) => self.plus(&list),
            Op::Product(list) => self.times(&list),
            Op::Hadamard(list) => self.entrywise(&list),
            Op::Divide(a, b) => self.over(a, b),
            Op::ElementDivide(a, b) if !self.moves(b) => {
                let below = self.reciprocal(b);
                self.entrywise(&[a, below])
            }
            Op::Transpose(a) => self.turned(a),
            Op::Entry(a, at) => self.linear(a, |course, a| {
                course.intern(Op::Entry(a, at.clone()), Shape::SCALAR)
            }),
            Op::Call(Special::Trace, list) => self.trace(list[0]),
            Op::Call(
                function @ (Special::Sum | Special::Diagonal | Special::Vec),
                list,
            ) => self.linear(list[0], |course, inside| {
                course.call(function, &[inside], shape)
            }),
            op => self.intern(op, shape),
        }
    }

    /// Whether a form has a change in it.
    pub(super) fn moves(&self, id: FormId) -> bool {
        let forms = &self.problem.forms;
        forms.below(id).into_iter().any(|id| match forms.op(id) {
            Op::Change(_) => true,
            Op::Variable(place) => {
                self.problem.scope.variables[usize::from(*place)].is_differential
            }
            _ => false,
        })
    }
}
