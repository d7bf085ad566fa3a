//! What a differential is brought to: `(∇f)'*dx`, `tr((∇f)'*dX)`, `J*dx`, and what its parts
//! are called.

use super::super::form::{FormId, Op};
use super::super::problem::{Answer, Derivative, Layout};
use super::super::shape::{Shape, SizeId};
use super::super::table::Special;
use super::Course;
use super::identity::math;
use super::rules::is_row;
use super::words::derivative_label;
use crate::derivation::{Line, Math, Reason};

/// A derivative that is to be told.
pub(super) struct Goal {
    /// What is differentiated.
    pub(super) of: FormId,
    /// In what.
    pub(super) target: FormId,
    /// The order of the derivative.
    pub(super) order: u32,
    pub(super) layout: Layout,
    /// Whether it is the only derivative that is told.
    pub(super) is_alone: bool,
    /// Whether matrices are stacked into columns.
    pub(super) is_stacked: bool,
}

/// The differential in terms of the derivative.
pub(super) struct Identified {
    /// What is compared with it, where that is not the function as it stands.
    pub(super) of: FormId,
    /// The form to which the differential is brought.
    pub(super) form: FormId,
    /// Whether it is a line of the derivation.
    pub(super) is_shown: bool,
}

impl Course {
    /// The name of the derivative of an order; of order 0, of the function.
    pub(super) fn label(&self, goal: &Goal, order: u32) -> Math {
        let (own, variable) = (self.function(), self.math(goal.target));
        if order == 0 {
            return own;
        }
        let is_scalar = self.is_scalar(self.problem.main);
        let is_gradient = order == 1
            && is_scalar
            && !self.is_scalar(goal.target)
            && goal.layout == Layout::Denominator;
        if is_gradient && goal.is_alone {
            let latex = format!(r"\nabla_{{{}}} {}", variable.latex, own.latex);
            return math(&format!("∇{}", own.text), &latex);
        }
        let is_stacked = goal.is_stacked && order == goal.order;
        let stack = |one: Math, is_scalar: bool| match is_stacked && !is_scalar {
            true => stacked(&one),
            false => one,
        };
        let own = stack(own, is_scalar);
        let variable = stack(variable, false);
        derivative_label(&own, &vec![variable; order as usize])
    }

    /// The differential as a product of the derivative and the change.
    pub(super) fn identified(
        &mut self,
        goal: &Goal,
        answer: FormId,
    ) -> Option<Identified> {
        let (of, target) = (self.shape(goal.of), self.shape(goal.target));
        let (_, change) = self.changes.first().copied()?;
        let change = self.intern(Op::Variable(change), target);
        let is_turned = goal.layout == Layout::Denominator;
        let shown = |of: FormId, form: FormId| Identified { of, form, is_shown: true };
        if goal.is_stacked {
            let stack = |course: &mut Self, id: FormId, rows: SizeId| {
                course.call(Special::Vec, &[id], Shape::column(rows))
            };
            let Shape { rows, cols } = self.shape(answer);
            let (rows, cols) = if is_turned { (cols, rows) } else { (rows, cols) };
            let of = if self.is_across(goal) { self.turned(goal.of) } else { goal.of };
            let whole = stack(self, of, rows);
            let column = stack(self, change, cols);
            let form = self.applied(answer, is_turned, column);
            return Some(shown(whole, form));
        }
        if target.is_scalar() {
            let form = self.times(&[answer, change]);
            return Some(shown(goal.of, form));
        }
        if of.is_scalar() {
            let form = match target.cols {
                SizeId::ONE => self.applied(answer, is_turned, change),
                _ if is_row(target) => {
                    let turned = if is_turned { self.raw_turned(answer) } else { answer };
                    self.intern(Op::Product(vec![change, turned]), Shape::SCALAR)
                }
                _ => {
                    let product = self.applied(answer, is_turned, change);
                    self.call(Special::Trace, &[product], Shape::SCALAR)
                }
            };
            return Some(shown(goal.of, form));
        }
        if of.is_vector() && target.cols == SizeId::ONE {
            // Second derivatives of scalars are symmetric.
            let form = self.applied(answer, is_turned && goal.order == 1, change);
            let whole = match is_row(of) {
                true => self.intern(Op::Transpose(goal.of), of.transposed()),
                false => goal.of,
            };
            return Some(Identified { of: whole, form, is_shown: !is_row(of) });
        }
        None
    }

    /// A derivative, or its transpose, times a change.
    fn applied(&mut self, answer: FormId, is_turned: bool, change: FormId) -> FormId {
        if !is_turned {
            let product = match self.op(answer) {
                Op::Sum(list) if list.len() > 1 => vec![answer, change],
                _ => return self.times(&[answer, change]),
            };
            let (rows, cols) = (self.shape(answer).rows, self.shape(change).cols);
            return self.intern(Op::Product(product), Shape::new(rows, cols));
        }
        let turned = self.raw_turned(answer);
        let (rows, cols) = (self.shape(turned).rows, self.shape(change).cols);
        self.intern(Op::Product(vec![turned, change]), Shape::new(rows, cols))
    }

    /// The transpose as it is written, with nothing done inside.
    fn raw_turned(&mut self, id: FormId) -> FormId {
        let shape = self.shape(id);
        match self.op(id) {
            Op::Transpose(inside) => inside,
            Op::Variable(place)
                if self.symmetric.get(usize::from(place)) == Some(&true) =>
            {
                id
            }
            Op::Eye => id,
            _ => self.intern(Op::Transpose(id), shape.transposed()),
        }
    }

    /// How the derivative is read off the differential.
    pub(super) fn equation(&self, goal: &Goal, answer: &Answer) -> Reason {
        let (of, target) = (self.shape(goal.of), self.shape(goal.target));
        let name = self.math(goal.target);
        let change = name.change(true);
        let derivative = self.label(goal, goal.order);
        let function = self.label(goal, goal.order - 1);
        let is_name = goal.order == 1;
        let own = function.change(is_name);
        let closed = match derivative.text.contains('/') {
            true => math(&format!("({})", derivative.text), &derivative.latex),
            false => derivative.clone(),
        };
        let turned = math(
            &format!("({})'", derivative.text),
            &format!(r"\left({}\right)^\top", derivative.latex),
        );
        // Second derivatives of numbers are symmetric.
        let may_differ =
            goal.order == 1 || goal.is_stacked && !self.is_scalar(self.problem.main);
        let is_turned = goal.layout == Layout::Denominator && may_differ;
        let factor = if is_turned { &turned } else { &closed };
        let product = |change: &Math, factor: &Math| {
            math(
                &format!("{}*{}", factor.text, change.text),
                &format!(r"{}\, {}", factor.latex, change.latex),
            )
        };
        let (left, right) = match answer {
            Answer::Indexed { indices, own: count, .. } => {
                let (mine, bound) = indices.split_at((*count).min(indices.len()));
                let entry = |of: &Math, at: &[String]| match at.is_empty() {
                    true => of.clone(),
                    false => math(
                        &format!("{}[{}]", of.text, at.join(",")),
                        &format!(r"\left({}\right)_{{{}}}", of.latex, at.concat()),
                    ),
                };
                let whole = math(&format!("({})", derivative.text), &derivative.latex);
                let [derivative, change] =
                    [entry(&whole, indices), entry(&change, bound)];
                let sum = product(&change, &derivative);
                let right = math(
                    &format!("Σ_{} {}", bound.join(" Σ_"), sum.text),
                    &format!(r"\sum_{{{}}} {}", bound.join(","), sum.latex),
                );
                (entry(&own, mine), right)
            }
            _ if goal.is_stacked => {
                (self.stacked_change(goal, &own), product(&stacked(&change), factor))
            }
            _ if target.is_scalar() => (own, product(&change, &closed)),
            _ if of.is_scalar() => {
                let inner = product(&change, factor);
                let whole = match target.cols {
                    SizeId::ONE => inner,
                    _ => math(
                        &format!("tr({})", inner.text),
                        &format!(r"\operatorname{{tr}}\left({}\right)", inner.latex),
                    ),
                };
                (own, whole)
            }
            // The derivative before lies across.
            _ if is_row(of) && target.cols == SizeId::ONE => {
                let text = format!("{}'", own.text);
                let latex = format!(r"\left({}\right)^\top", own.latex);
                (math(&text, &latex), product(&change, factor))
            }
            _ => (own, product(&change, factor)),
        };
        Reason::new("equation").with("equation", Math::equation(&left, &right))
    }

    /// The change of the stacked function.
    pub(super) fn stacked_change(&self, goal: &Goal, plain: &Math) -> Math {
        if self.is_scalar(goal.of) {
            return plain.clone();
        }
        match self.is_across(goal) {
            true => {
                let text = format!("({})'", plain.text);
                let latex = format!(r"\left({}\right)^\top", plain.latex);
                stacked(&math(&text, &latex))
            }
            false => stacked(plain),
        }
    }

    /// Whether the derivative before a stacked one stands across in this layout: stacked is the
    /// gradient of a number as its variable is written, and else the derivative with a row for
    /// each entry of the function.
    fn is_across(&self, goal: &Goal) -> bool {
        let layout = match self.is_scalar(self.problem.main) {
            true => Layout::Denominator,
            false => Layout::Numerator,
        };
        let is_matrix = |id: FormId| {
            let shape = self.shape(id);
            !shape.is_vector() && !shape.is_scalar()
        };
        goal.is_stacked && goal.order > 1 && goal.layout != layout && is_matrix(goal.of)
    }

    /// The last line: the derivative.
    pub(super) fn last(&self, goal: &Goal, answer: &Answer, reason: Reason) -> Line {
        let label = self.label(goal, goal.order);
        let label = match answer {
            Answer::Indexed { indices, .. } => math(
                &format!("({})[{}]", label.text, indices.join(",")),
                &format!(r"\left({}\right)_{{{}}}", label.latex, indices.concat()),
            ),
            Answer::Form(_) => label,
        };
        self.answered(label, answer, reason)
    }

    /// The derivative in an entry, taken out of the whole one.
    pub(super) fn entry_line(&self, target: FormId, found: &Derivative) -> Line {
        let variables = vec![self.math(target); found.wrt.len()];
        let label = derivative_label(&self.function(), &variables);
        let entry = Reason::new("entry").with("name", self.math(target));
        self.answered(label, &found.answer, entry)
    }

    fn answered(&self, label: Math, answer: &Answer, reason: Reason) -> Line {
        let value =
            math(&self.problem.answer_text(answer), &self.problem.answer_latex(answer));
        let (values, reasons) = (vec![value], vec![reason]);
        Line { label, values, reasons, rules: 1, ..Line::default() }
    }
}

/// What is stacked into a column.
fn stacked(one: &Math) -> Math {
    math(
        &format!("vec({})", one.text),
        &format!(r"\operatorname{{vec}}\left({}\right)", one.latex),
    )
}
