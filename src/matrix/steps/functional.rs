//! The terms of a scalar that is linear in a change, each with the change at the end, under a
//! trace where it is a matrix.

use super::super::form::{FormId, Op};
use super::super::render::Piece;
use super::super::shape::{Shape, SizeId};
use super::super::table::Special;
use super::Course;
use super::bring::{Part, Term, Used};
use super::rules::is_row;
use std::collections::VecDeque;

impl Course {
    /// The terms of a scalar, which is the trace of `before` times a form.
    pub(super) fn functional(
        &mut self,
        root: FormId,
        before: Vec<FormId>,
        used: &mut Used,
    ) -> Option<Vec<Term>> {
        let mut waiting =
            VecDeque::from([Part { scale: Piece::default(), before, of: root }]);
        let mut terms = Vec::new();
        while let Some(part) = waiting.pop_front() {
            let Some(part) = self.taken(part, &mut waiting, &mut terms)? else {
                continue;
            };
            let Part { mut scale, before, of } = part;
            let shape = self.shape(of);
            match self.op(of) {
                Op::Product(list) => {
                    let at = self.only_moving(&list)?;
                    let (left, right) = self.around(&list, at, &mut scale);
                    if self.is_scalar(list[at]) {
                        let mut all: Vec<FormId> =
                            before.into_iter().chain(left).chain(right).collect();
                        if !all.is_empty() {
                            // A column in front and a row make a number the other way round.
                            if self.shape(all[0]).cols == SizeId::ONE {
                                all.rotate_left(1);
                            }
                            let product = self.problem.forms.product(&all);
                            let trace = self.trace(product);
                            scale.multiply(trace, false, &self.problem.forms);
                        }
                        waiting.push_front(Part {
                            scale,
                            before: Vec::new(),
                            of: list[at],
                        });
                        continue;
                    }
                    let is_turned = matches!(self.op(list[at]), Op::Transpose(_));
                    let is_last = match is_turned {
                        true => before.is_empty() && left.is_empty(),
                        false => right.is_empty(),
                    };
                    if !is_last || shape.is_scalar() && is_turned && !right.is_empty() {
                        if shape.is_scalar() {
                            used.note("number_trace");
                        }
                        if !is_last {
                            used.note("trace_cyclic");
                        }
                    }
                    let before = right.into_iter().chain(before).chain(left).collect();
                    waiting.push_front(Part { scale, before, of: list[at] });
                }
                Op::Transpose(of) => {
                    used.note("number_transposed");
                    let before = self.turned_chain(&before);
                    waiting.push_front(Part { scale, before, of });
                }
                Op::Hadamard(list) => {
                    let at = self.only_moving(&list)?;
                    let mut rest = list.clone();
                    let of = rest.remove(at);
                    if self.is_scalar(of) {
                        return None;
                    }
                    let before = self.weighted(before, rest, shape, used)?;
                    waiting.push_front(Part { scale, before, of });
                }
                Op::ElementDivide(of, b) if !self.moves(b) && !self.is_scalar(of) => {
                    let below = self.reciprocal(b);
                    let before = self.weighted(before, vec![below], shape, used)?;
                    waiting.push_front(Part { scale, before, of });
                }
                Op::Entry(of, at) => {
                    used.note(match at.len() {
                        1 => "entry_of_column",
                        _ => "entry_of_matrix",
                    });
                    let before = self.units(of, &at)?;
                    waiting.push_front(Part { scale, before, of });
                }
                Op::Call(function, list) => {
                    if function == Special::Sum {
                        used.note(self.sum_as_product(list[0]));
                    }
                    let (before, of) = self.called(function, &list, before)?;
                    waiting.push_front(Part { scale, before, of });
                }
                _ => return None,
            }
        }
        Some(terms)
    }

    /// What the sum of the entries of a form is as a product.
    fn sum_as_product(&self, of: FormId) -> &'static str {
        let is_product = match self.op(of) {
            Op::Hadamard(_) | Op::ElementDivide(..) => true,
            Op::Product(list) => list.iter().any(|id| {
                matches!(self.op(*id), Op::Hadamard(_) | Op::ElementDivide(..))
                    && self.is_scalar(list[0])
            }),
            _ => false,
        };
        match (is_product, self.shape(of).is_vector()) {
            (true, true) => "sum_of_products",
            (true, false) => "sum_of_products_matrix",
            (false, true) => "sum_by_ones",
            (false, false) => "sum_by_ones_matrix",
        }
    }

    /// What makes an entry of a form under a trace: `A[i,j] = tr(unit(j)*unit(i)'*A)`.
    fn units(&mut self, of: FormId, at: &[u16]) -> Option<Vec<FormId>> {
        let shape = self.shape(of);
        let mut unit =
            |index: u16, size: SizeId| self.intern(Op::Unit(index), Shape::column(size));
        match *at {
            [i] if shape.cols == SizeId::ONE => {
                let unit = unit(i, shape.rows);
                Some(vec![self.turned(unit)])
            }
            [j] => Some(vec![unit(j, shape.cols)]),
            [i, j] => {
                let (row, column) = (unit(i, shape.rows), unit(j, shape.cols));
                Some(vec![column, self.turned(row)])
            }
            _ => None,
        }
    }

    /// What a function of matrices makes of its parts under a trace.
    fn called(
        &mut self,
        function: Special,
        list: &[FormId],
        before: Vec<FormId>,
    ) -> Option<(Vec<FormId>, FormId)> {
        let at = self.only_moving(list)?;
        let of = list[at];
        let own = self.shape(of);
        let before = match function {
            Special::Trace => before,
            Special::Sum if own.is_scalar() => before,
            Special::Sum => {
                let ones = match own.cols {
                    SizeId::ONE => {
                        let column = self.ones(own.rows, SizeId::ONE);
                        self.turned(column)
                    }
                    _ => self.ones(own.cols, own.rows),
                };
                vec![ones]
            }
            Special::Dot => vec![self.turned(list[1 - at])],
            Special::Outer if at == 0 => {
                let mut chain = vec![self.turned(list[1])];
                chain.extend(before);
                chain
            }
            Special::Outer => {
                let chain: Vec<FormId> = before.into_iter().chain([list[0]]).collect();
                self.turned_chain(&chain)
            }
            Special::Diagonal if own.cols == SizeId::ONE && !own.is_scalar() => {
                // Nothing before a matrix is the identity, of which the diagonal is ones.
                let diagonal = match before.is_empty() {
                    true => self.ones(own.rows, SizeId::ONE),
                    false => {
                        let matrix = self.problem.forms.product(&before);
                        self.call(Special::Diagonal, &[matrix], Shape::column(own.rows))
                    }
                };
                vec![self.turned(diagonal)]
            }
            _ => return None,
        };
        Some((before, of))
    }

    /// The chain before a part of a product of entries: `tr(A'*(B .* C)) = tr((A .* B)'*C)`.
    fn weighted(
        &mut self,
        before: Vec<FormId>,
        mut weights: Vec<FormId>,
        shape: Shape,
        used: &mut Used,
    ) -> Option<Vec<FormId>> {
        if before.is_empty() && !shape.is_scalar() {
            return None;
        }
        if !before.is_empty() {
            let before = self.problem.forms.product(&before);
            let turned = self.turned(before);
            if !self.is_ones(turned) {
                used.note(match shape.is_vector() {
                    true => "entries_moved",
                    false => "entries_moved_matrix",
                });
            }
            if !self.is_ones(turned) || weights.is_empty() {
                weights.insert(0, turned);
            }
        }
        let weights = self.entrywise(&weights);
        let turned = self.turned(weights);
        Some(self.chain_of(turned))
    }

    /// Whether all entries of a form are 1.
    fn is_ones(&self, id: FormId) -> bool {
        match self.problem.forms.op(id) {
            Op::Ones => true,
            Op::Transpose(inside) => self.is_ones(*inside),
            Op::Product(list) => match list[..] {
                [a, b] => {
                    self.shape(a).cols == SizeId::ONE
                        && is_row(self.shape(b))
                        && [a, b].iter().all(|id| match self.problem.forms.op(*id) {
                            Op::Transpose(inside) => {
                                *self.problem.forms.op(*inside) == Op::Ones
                            }
                            op => *op == Op::Ones,
                        })
                }
                _ => false,
            },
            _ => false,
        }
    }
}
