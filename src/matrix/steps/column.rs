//! The terms of a column that is linear in a change, each with the change at the end.

use super::super::form::{FormId, Op};
use super::super::render::Piece;
use super::super::shape::SizeId;
use super::Course;
use super::bring::{Part, Term, Used};
use super::rules::is_row;
use std::collections::VecDeque;

impl Course {
    /// The terms of a column, each with its change at the end.
    pub(super) fn column(&mut self, root: FormId, used: &mut Used) -> Option<Vec<Term>> {
        let first = Part { scale: Piece::default(), before: Vec::new(), of: root };
        let mut waiting = VecDeque::from([first]);
        let mut terms = Vec::new();
        while let Some(part) = waiting.pop_front() {
            let Some(part) = self.taken(part, &mut waiting, &mut terms)? else {
                continue;
            };
            let Part { mut scale, mut before, of } = part;
            let shape = self.shape(of);
            match self.op(of) {
                Op::Hadamard(list) => {
                    let at = self.only_moving(&list)?;
                    let mut rest = list.clone();
                    let of = rest.remove(at);
                    if self.is_scalar(of) {
                        return None;
                    }
                    let weights = self.entrywise(&rest);
                    used.note("entries_diagonal");
                    before.push(self.problem.forms.diagonal(weights));
                    waiting.push_front(Part { scale, before, of });
                }
                Op::ElementDivide(of, b) if !self.moves(b) && !self.is_scalar(of) => {
                    let weights = self.reciprocal(b);
                    used.note("entries_diagonal");
                    before.push(self.problem.forms.diagonal(weights));
                    waiting.push_front(Part { scale, before, of });
                }
                Op::Product(list) => {
                    let at = self.only_moving(&list)?;
                    let (left, right) = self.around(&list, at, &mut scale);
                    before.extend(left);
                    let of = list[at];
                    if !self.is_scalar(of) && right.is_empty() {
                        waiting.push_front(Part { scale, before, of });
                        continue;
                    }
                    // What stands behind a scalar that changes goes before it.
                    let inner = match self.is_scalar(of) {
                        true => {
                            if !right.is_empty() {
                                used.note("number_moved");
                            }
                            before.extend(right);
                            self.functional(of, Vec::new(), used)?
                        }
                        false if is_row(self.shape(of)) => {
                            self.functional(of, right, used)?
                        }
                        false => return None,
                    };
                    for term in inner {
                        let mut scale = scale.clone();
                        scale.take(term.scale);
                        let before = before.iter().copied().chain(term.before).collect();
                        terms.push(Term { scale, before, change: term.change });
                    }
                }
                _ if shape.is_scalar() => {
                    for term in self.functional(of, Vec::new(), used)? {
                        let mut scale = scale.clone();
                        scale.take(term.scale);
                        let before = before.iter().copied().chain(term.before).collect();
                        terms.push(Term { scale, before, change: term.change });
                    }
                }
                _ => return None,
            }
        }
        let fits = |course: &Self, term: &Term| {
            let column = course.shape(term.change).cols == SizeId::ONE;
            let row = term.before.last().is_none_or(|last| {
                course.shape(*last).cols == course.shape(term.change).rows
            });
            column && row
        };
        terms.iter().all(|term| fits(self, term)).then_some(terms)
    }
}
