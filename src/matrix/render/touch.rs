//! Last touches on a sum: diagonals joined, a leading minus put into a difference.

use super::super::form::{FormId, Op};
use super::super::shape::Shape;
use super::super::table::Special;
use super::piece::Piece;
use super::tensor::Renderer;

impl Renderer<'_> {
    /// Makes one diagonal matrix of several: `diag(a) - diag(b)` is `diag(a - b)`.
    pub(super) fn join_diagonals(&mut self, pieces: &mut Vec<Piece>, shape: Shape) {
        let entries = |renderer: &Self, piece: &Piece| match piece.chain[..] {
            [one] => match renderer.forms.op(one) {
                Op::Call(Special::Diagonal, list) if !renderer.keeps_apart() => {
                    list.first().copied().filter(|_| shape.is_square())
                }
                _ => None,
            },
            _ => None,
        };
        let found: Vec<Option<FormId>> =
            pieces.iter().map(|piece| entries(self, piece)).collect();
        if shape.is_vector() || found.iter().flatten().count() < 2 {
            return;
        }
        let mut rest = Vec::new();
        let mut diagonals = Vec::new();
        for (piece, entries) in pieces.drain(..).zip(found) {
            match entries {
                Some(vector) => {
                    let mut inner = Piece { chain: Vec::new(), ..piece };
                    inner.multiply(vector, false, self.forms);
                    diagonals.push(inner);
                }
                None => rest.push(piece),
            }
        }
        let sum = self.assemble(diagonals, Shape::column(shape.rows));
        let mut whole = Piece::default();
        whole.multiply(sum, false, self.forms);
        let vector = self.forms.product(&std::mem::take(&mut whole.chain));
        whole.chain = vec![self.forms.diagonal(vector)];
        *pieces = rest;
        pieces.push(whole);
    }

    /// A negative term as a positive one, where a factor is a difference: `-2*A*(x - y)` is
    /// `2*A*(y - x)`. A difference that stands in the term once more stays.
    pub(super) fn without_minus(&mut self, form: FormId) -> FormId {
        let Op::Sum(list) = self.forms.op(form) else { return form };
        let [(true, term)] = list[..] else { return form };
        self.flipped(term).unwrap_or(form)
    }

    fn flipped(&mut self, term: FormId) -> Option<FormId> {
        let shape = self.forms.shape(term);
        match self.forms.op(term).clone() {
            Op::Divide(above, below) => {
                let difference = self.difference(&[above])?.1;
                if self.forms.below(below).contains(&difference) {
                    return None;
                }
                let above = self.flipped(above)?;
                Some(self.forms.intern(Op::Divide(above, below), shape))
            }
            Op::Product(mut list) => {
                let (place, difference) = self.difference(&list)?;
                let is_other = |(at, id): (usize, &FormId)| {
                    at != place && self.forms.below(*id).contains(&difference)
                };
                if list.iter().enumerate().any(is_other) {
                    return None;
                }
                list[place] = self.flipped(list[place])?;
                Some(self.forms.intern(Op::Product(list), shape))
            }
            Op::Sum(list) if list.iter().any(|(minus, _)| *minus) => {
                let mut terms = Vec::with_capacity(list.len());
                for (minus, id) in list {
                    match self.forms.op(id) {
                        Op::Sum(inner) => {
                            terms.extend(
                                inner.iter().map(|(own, id)| (own == &minus, *id)),
                            );
                        }
                        _ => terms.push((!minus, id)),
                    }
                }
                terms.sort_by_key(|(minus, _)| *minus);
                Some(self.forms.intern(Op::Sum(terms), shape))
            }
            _ => None,
        }
    }

    /// The first factor that is a difference, with its place.
    fn difference(&self, factors: &[FormId]) -> Option<(usize, FormId)> {
        factors.iter().copied().enumerate().find_map(|(place, factor)| {
            match self.forms.op(factor) {
                Op::Sum(list) => {
                    let is_difference = list.len() > 1 && list.iter().any(|(m, _)| *m);
                    is_difference.then_some((place, factor))
                }
                Op::Product(inner) => {
                    self.difference(inner).map(|found| (place, found.1))
                }
                _ => None,
            }
        })
    }
}
