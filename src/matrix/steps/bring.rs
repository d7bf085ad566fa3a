//! What brings a differential to `M*dx` or `tr(M*dX)`: each term with its change at the end.

use super::super::form::{FormId, Op};
use super::super::render::Piece;
use super::super::shape::{Shape, SizeId};
use super::Course;
use super::identity::reason;
use super::rules::{MOST_FACTORS, is_row};
use crate::derivation::Reason;
use std::collections::VecDeque;

/// The most terms that are brought to the form.
pub(super) const MOST_TERMS: usize = 64;

/// A differential with its changes at the end.
pub(super) struct Brought {
    pub(super) form: FormId,
    /// What stands before the change, if that is one term.
    pub(super) before: Option<FormId>,
    pub(super) reasons: Vec<Reason>,
}

/// A term: what stands before its change, and the change.
#[derive(Clone, Debug)]
pub(super) struct Term {
    /// A number and scalars.
    pub(super) scale: Piece,
    /// Factors of matrices.
    pub(super) before: Vec<FormId>,
    pub(super) change: FormId,
}

/// A part of a differential with what it is multiplied by.
pub(super) struct Part {
    pub(super) scale: Piece,
    /// The factors before it, whose product with it has the trace or is the column.
    pub(super) before: Vec<FormId>,
    pub(super) of: FormId,
}

/// What was used on the way.
#[derive(Default)]
pub(super) struct Used(Vec<&'static str>);

impl Used {
    pub(super) fn note(&mut self, id: &'static str) {
        if !self.0.contains(&id) {
            self.0.push(id);
        }
    }
}

impl Course {
    /// Goes on with a part as all forms do: with a change at its end, terms, and what divides
    /// all. The part itself where it is of another kind; `None` where it does not lead there.
    pub(super) fn taken(
        &mut self,
        part: Part,
        waiting: &mut VecDeque<Part>,
        terms: &mut Vec<Term>,
    ) -> Option<Option<Part>> {
        let Part { mut scale, before, of } = part;
        if terms.len() + waiting.len() > MOST_TERMS {
            return None;
        }
        match self.op(of) {
            Op::Variable(_) | Op::Change(_) => {
                terms.push(Term { scale, before, change: of });
            }
            Op::Sum(list) => {
                let shape = self.shape(of);
                for (minus, of) in list.into_iter().rev() {
                    if self.shape(of) != shape || !self.moves(of) {
                        return None;
                    }
                    let mut scale = scale.clone();
                    if minus {
                        scale.coefficient = scale.coefficient.neg();
                    }
                    waiting.push_front(Part { scale, before: before.clone(), of });
                }
            }
            Op::Divide(a, b) if !self.moves(b) => {
                scale.multiply(b, true, &self.problem.forms);
                waiting.push_front(Part { scale, before, of: a });
            }
            _ => return Some(Some(Part { scale, before, of })),
        }
        Some(None)
    }

    /// A differential with its changes at the end of each term, and why; `None` where it is
    /// not brought there by these identities.
    pub(super) fn brought(&mut self, root: FormId) -> Option<Brought> {
        let shape = self.shape(root);
        let mut used = Used::default();
        let terms = match (shape.is_scalar(), shape.cols) {
            (true, _) => self.functional(root, Vec::new(), &mut used)?,
            (_, SizeId::ONE) => self.column(root, &mut used)?,
            _ => return None,
        };
        let mut merged: Vec<Term> = Vec::new();
        for term in terms {
            let same = |known: &&mut Term| {
                known.scale.scalars == term.scale.scalars
                    && known.before == term.before
                    && known.change == term.change
            };
            match merged.iter_mut().find(same) {
                Some(known) => {
                    known.scale.coefficient =
                        known.scale.coefficient.add(&term.scale.coefficient);
                }
                None => merged.push(term),
            }
        }
        merged.retain(|term| !term.scale.coefficient.is_zero());
        if merged.is_empty() {
            return None;
        }
        let before = match &merged[..] {
            [only] => {
                let mut piece = only.scale.clone();
                piece.chain.clone_from(&only.before);
                Some(self.joined(piece))
            }
            _ => None,
        };
        let mut terms = Vec::new();
        for term in merged {
            terms.push((false, self.written(term, shape, &mut used)));
        }
        let form = self.plus(&terms);
        let mut reasons: Vec<Reason> = used.0.into_iter().map(reason).collect();
        if reasons.iter().any(|reason| reason.id.ends_with("transposed")) {
            reasons.extend(self.symmetric_in(root));
        }
        Some(Brought { form, before, reasons })
    }

    /// A term as it is written.
    fn written(&mut self, term: Term, shape: Shape, used: &mut Used) -> FormId {
        let Term { mut scale, before, change } = term;
        if !shape.is_scalar() || self.is_scalar(change) {
            scale.chain = before;
            scale.chain.push(change);
            return self.joined(scale);
        }
        if before.is_empty() {
            let trace = self.trace(change);
            scale.multiply(trace, false, &self.problem.forms);
            return self.joined(scale);
        }
        let own = self.problem.forms.product(&before);
        let whole = match (is_row(self.shape(own)), is_row(self.shape(change))) {
            (true, _) => self.times(&[own, change]),
            (_, true) => self.times(&[change, own]),
            _ => {
                let product = self.times(&[own, change]);
                self.trace(product)
            }
        };
        if self.shape(own).is_vector() {
            used.0.retain(|id| !id.starts_with("trace") && *id != "number_trace");
        } else {
            for id in &mut used.0 {
                if *id == "number_transposed" {
                    *id = "trace_transposed";
                }
            }
        }
        let whole = self.apart(whole);
        scale.chain = whole.chain.clone();
        scale.take(whole);
        self.joined(scale)
    }

    /// The place of the only operand that changes.
    pub(super) fn only_moving(&self, list: &[FormId]) -> Option<usize> {
        let mut moving = (0..list.len()).filter(|at| self.moves(list[*at]));
        let at = moving.next()?;
        moving.next().is_none().then_some(at)
    }

    /// The matrices before and behind a factor; scalars go to the scale.
    pub(super) fn around(
        &self,
        list: &[FormId],
        at: usize,
        scale: &mut Piece,
    ) -> (Vec<FormId>, Vec<FormId>) {
        let (mut left, mut right) = (Vec::new(), Vec::new());
        for (place, factor) in list.iter().enumerate() {
            if place == at {
                continue;
            }
            let side = if place < at { &mut left } else { &mut right };
            match self.is_scalar(*factor) {
                true => scale.multiply(*factor, false, &self.problem.forms),
                false => side.extend(self.written_factors(*factor)),
            }
        }
        (left, right)
    }

    /// A low power of a matrix as factors, so that powers meet.
    fn written_factors(&self, id: FormId) -> Vec<FormId> {
        if let Op::Power(base, n) = self.problem.forms.op(id)
            && let Some(n) = self.problem.forms.as_number(*n).and_then(|n| n.to_i64())
            && (1..=MOST_FACTORS).contains(&n)
        {
            return vec![*base; n as usize];
        }
        vec![id]
    }

    /// The transpose of a chain.
    pub(super) fn turned_chain(&mut self, chain: &[FormId]) -> Vec<FormId> {
        chain
            .iter()
            .rev()
            .flat_map(|id| {
                let turned = self.turned(*id);
                self.chain_of(turned)
            })
            .collect()
    }

    /// The factors of a product of matrices without scalars, or the form itself.
    pub(super) fn chain_of(&self, id: FormId) -> Vec<FormId> {
        match self.problem.forms.op(id) {
            Op::Product(list)
                if !self.is_scalar(id) && list.iter().all(|id| !self.is_scalar(*id)) =>
            {
                list.clone()
            }
            _ => vec![id],
        }
    }
}
