//! Differentials of what is linear, in which those of everything else stand as they are.

use super::super::form::{Elementwise, FormId, Op};
use super::super::shape::Shape;
use super::super::table::Special;
use super::Course;
use super::identity::reason;
use crate::derivation::Reason;

/// How deep operands are looked into; what is deeper is differentiated on a line of its own.
const MAX_DEPTH: u32 = 64;

impl Course {
    /// Whether a form depends on what is differentiated in.
    pub(super) fn depends(&mut self, root: FormId) -> bool {
        if let Some(known) = self.dependent.get(&root) {
            return *known;
        }
        let scope = &self.problem.scope;
        let mut waiting = vec![root];
        while let Some(top) = waiting.last().copied() {
            let bodies = match self.problem.forms.op(top) {
                Op::Definition(place) => {
                    vec![scope.definitions[usize::from(*place)].body]
                }
                Op::Change(_) => Vec::new(),
                _ => self.problem.forms.operands(top),
            };
            let is_target = self.changes.iter().any(|(target, _)| *target == top);
            let next =
                bodies.iter().filter(|id| !self.dependent.contains_key(id)).copied();
            let next: Vec<FormId> = if is_target { Vec::new() } else { next.collect() };
            if !next.is_empty() {
                waiting.extend(next);
                continue;
            }
            let found = is_target
                || bodies.iter().any(|id| self.dependent.get(id) == Some(&true));
            self.dependent.insert(top, found);
            waiting.pop();
        }
        self.dependent.get(&root) == Some(&true)
    }

    /// The differential of a form, not written out where it is not linear.
    pub(super) fn change(&mut self, id: FormId) -> FormId {
        let shape = self.shape(id);
        self.intern(Op::Change(id), shape)
    }

    /// The differential of a form as far as it is linear; `None` where nothing changes.
    pub(super) fn differential(&mut self, id: FormId, depth: u32) -> Option<FormId> {
        if !self.depends(id) {
            return None;
        }
        if let Some((_, change)) =
            self.changes.iter().find(|(target, _)| *target == id).copied()
        {
            let shape = self.shape(id);
            return Some(self.intern(Op::Variable(change), shape));
        }
        if depth > MAX_DEPTH {
            return Some(self.change(id));
        }
        let shape = self.shape(id);
        match self.op(id) {
            Op::Sum(list) => {
                let mut terms = Vec::new();
                for (minus, term) in list {
                    if let Some(found) = self.differential(term, depth + 1) {
                        terms.push((minus, self.spread(found, shape)));
                    }
                }
                (!terms.is_empty()).then(|| self.plus(&terms))
            }
            Op::Product(list) if self.count(&list) == 1 => {
                let list = self.with_change(&list, depth)?;
                Some(self.times(&list))
            }
            Op::Hadamard(list) if self.count(&list) == 1 => {
                let list = self.with_change(&list, depth)?;
                let made = self.entrywise(&list);
                Some(self.spread(made, shape))
            }
            Op::Divide(a, b) if !self.depends(b) => {
                let above = self.differential(a, depth + 1)?;
                Some(self.over(above, b))
            }
            Op::ElementDivide(a, b) if !self.depends(b) => {
                let above = self.differential(a, depth + 1)?;
                let below = self.reciprocal(b);
                let made = self.entrywise(&[above, below]);
                Some(self.spread(made, shape))
            }
            Op::Transpose(a) => {
                let inside = self.differential(a, depth + 1)?;
                Some(self.turned(inside))
            }
            Op::Entry(a, at) => {
                let inside = self.differential(a, depth + 1)?;
                Some(self.linear(inside, |course, a| {
                    course.intern(Op::Entry(a, at.clone()), Shape::SCALAR)
                }))
            }
            Op::Entries(list) => {
                let mut entries = Vec::new();
                for entry in list {
                    let found = self.differential(entry, depth + 1);
                    entries.push(found.unwrap_or_else(|| self.number(0)));
                }
                Some(self.intern(Op::Entries(entries), shape))
            }
            Op::Call(Special::Trace, list) => {
                let inside = self.differential(list[0], depth + 1)?;
                self.because(reason("trace"));
                Some(self.trace(inside))
            }
            Op::Call(
                function @ (Special::Sum | Special::Diagonal | Special::Vec),
                list,
            ) => {
                let inside = self.differential(list[0], depth + 1)?;
                if function == Special::Sum {
                    self.because(reason("sum_of_entries"));
                }
                Some(self.linear(inside, |course, inside| {
                    course.call(function, &[inside], shape)
                }))
            }
            Op::Call(
                function @ (Special::Outer | Special::Dot | Special::Kronecker),
                list,
            ) if self.count(&list) == 1 => {
                let list = self.with_change(&list, depth)?;
                Some(self.call(function, &list, shape))
            }
            Op::Apply(Elementwise::Table(function), _) if !function.is_builtin() => None,
            _ => Some(self.change(id)),
        }
    }

    /// How many operands depend on what is differentiated in.
    pub(super) fn count(&mut self, list: &[FormId]) -> usize {
        list.iter().filter(|id| self.depends(**id)).count()
    }

    /// Operands with the differential of the one that depends.
    fn with_change(&mut self, list: &[FormId], depth: u32) -> Option<Vec<FormId>> {
        let mut made = Vec::with_capacity(list.len());
        for id in list {
            match self.depends(*id) {
                true => made.push(self.differential(*id, depth + 1)?),
                false => made.push(*id),
            }
        }
        Some(made)
    }

    /// A scalar that goes with every entry of a shape.
    pub(super) fn spread(&mut self, id: FormId, shape: Shape) -> FormId {
        if shape.is_scalar() || !self.is_scalar(id) {
            return id;
        }
        let ones = self.ones(shape.rows, shape.cols);
        self.times(&[ones, id])
    }

    /// Notes why the line that is being made follows.
    pub(super) fn because(&mut self, reason: Reason) {
        if !self.reasons.contains(&reason) {
            self.reasons.push(reason);
        }
    }
}
