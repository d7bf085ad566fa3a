//! The lines of a derivation.

use super::super::form::{FormId, Op};
use super::super::problem::{Answer, Layout};
use super::super::shape::Shape;
use super::super::table::Special;
use super::Course;
use super::goal::Goal;
use super::identity::{math, reason};
use super::words::raised_text;
use crate::derivation::{Detail, Line, Math, Reason};
use crate::error::{Error, ErrorKind, Result};
use crate::kernel::Number;
use rustc_hash::{FxHashMap, FxHashSet};

/// The most rounds in which what is not linear is differentiated.
const MOST_ROUNDS: usize = 64;
/// The longest differential that is told, in names, numbers and operators.
const LONGEST: u32 = 1_000;
/// The widest line with two values.
const WIDEST: usize = 60;

impl Course {
    /// The lines of a derivative.
    ///
    /// # Errors
    /// A line that differs, a limit.
    pub(super) fn derivative(
        &mut self,
        goal: &Goal,
        answer: &Answer,
        lines: &mut Vec<Line>,
    ) -> Result<()> {
        if goal.order == 1 {
            lines.push(self.first(goal.of)?);
        }
        let label = self.label(goal, goal.order - 1).change(goal.order == 1);
        let found = self.expanded(goal.of, &label, lines)?;
        if let (Some(form), Answer::Form(answer)) = (found, answer) {
            self.bring(goal, form, *answer, &label, lines)?;
        } else if let Answer::Form(answer) = answer
            && let Some(identified) = self.identified(goal, *answer)
        {
            self.must_be_differential(identified.of, identified.form)?;
            let value = self.math(identified.form);
            let moving = self.grouped(goal.of);
            // What the rules do not lead to is told by the differential that it is read off.
            if identified.is_shown
                && !goal.is_stacked
                && value.text.len() <= WIDEST
                && self.depends(moving)
            {
                let (values, label) = (vec![value], label.clone());
                lines.push(Line { label, values, ..Line::default() });
            }
        }
        let root = self.grouped(goal.of);
        let reason = match self.depends(root) {
            true => self.equation(goal, answer),
            false => Reason::new("independent")
                .with("function", self.label(goal, goal.order - 1))
                .with("variable", self.math(goal.target)),
        };
        lines.push(self.last(goal, answer, reason));
        Ok(())
    }

    /// The lines of a differential that is the answer.
    ///
    /// # Errors
    /// A line that differs, a limit.
    pub(super) fn along(
        &mut self,
        of: FormId,
        answer: FormId,
        order: u32,
        lines: &mut Vec<Line>,
    ) -> Result<()> {
        let own = self.function();
        if order == 1 {
            lines.push(self.first(of)?);
        }
        let label = math(
            &format!("d{}{}", raised_text(order), own.text),
            &match order {
                1 => format!("d{}", own.latex),
                n => format!("d^{n} {}", own.latex),
            },
        );
        let before = lines.len();
        let found = self.expanded(of, &label, lines)?;
        self.must_be_differential(of, answer)?;
        let value = self.math(answer);
        let same = |found: FormId| self.terms(found) == self.terms(answer);
        let is_told = found.is_some_and(same);
        // Terms may stand in another order.
        if is_told && let Some(last) = lines.last_mut() {
            last.values = vec![value];
        } else {
            let brought = found.and_then(|found| self.brought(found));
            let brought = brought.filter(|brought| self.math(brought.form) == value);
            let reasons = brought.map(|brought| brought.reasons).unwrap_or_default();
            let label = if lines.len() > before { Math::default() } else { label };
            let (values, rules) = (vec![value], reasons.len());
            lines.push(Line { label, values, reasons, rules, ..Line::default() });
        }
        Ok(())
    }

    /// The terms of a form in an order of their own.
    fn terms(&self, id: FormId) -> Vec<(bool, FormId)> {
        match self.op(id) {
            Op::Sum(mut list) => {
                list.sort_unstable();
                list
            }
            _ => vec![(false, id)],
        }
    }

    /// The line of the function, with the names that it is made of.
    fn first(&mut self, of: FormId) -> Result<Line> {
        let mut values = vec![self.math(of)];
        if let Some(written) = self.written_out(of) {
            self.must_be_equal(of, written)?;
            values.push(self.math(written));
            self.squared = Some(self.grouped(of));
        }
        let names = self.names.clone();
        let reasons = match names.is_empty() {
            true => self.shapes().into_iter().collect(),
            false => Vec::new(),
        };
        let label = self.function();
        Ok(Line { label, values, names, reasons, ..Line::default() })
    }

    /// The square of a norm as a product or as the trace of one.
    fn written_out(&mut self, of: FormId) -> Option<FormId> {
        let Op::Power(base, exponent) = self.op(of) else { return None };
        let is_square = self.problem.forms.as_number(exponent) == Some(Number::from(2));
        match self.op(base) {
            Op::Call(Special::Norm, list) if is_square && self.depends(list[0]) => {
                let z = self.grouped(list[0]);
                Some(self.inner(z, z))
            }
            _ => None,
        }
    }

    /// The lines of a differential down to changes of variables, and its last form; `None`
    /// where nothing changes or the rules do not lead there.
    fn expanded(
        &mut self,
        of: FormId,
        label: &Math,
        lines: &mut Vec<Line>,
    ) -> Result<Option<FormId>> {
        let before = lines.len();
        match self.by_rules(of, label, lines) {
            Ok(found) => Ok(found),
            Err(error) if is_beyond(&error) => {
                // What has no short derivation is told by its derivative alone.
                lines.truncate(before);
                Ok(None)
            }
            Err(error) => Err(error),
        }
    }

    fn by_rules(
        &mut self,
        of: FormId,
        label: &Math,
        lines: &mut Vec<Line>,
    ) -> Result<Option<FormId>> {
        let before = lines.len();
        let Some(form) = self.rounds(of, label, lines)? else { return Ok(None) };
        let mut parts: Vec<(FormId, FormId)> = Vec::new();
        let mut named: FxHashSet<FormId> = FxHashSet::default();
        self.note_names(form, &mut named);
        for place in (0..self.problem.scope.definitions.len()).rev() {
            let body = self.problem.scope.definitions[place].body;
            let shape = self.shape(body);
            let name = self.intern(Op::Definition(place as u16), shape);
            let change = self.change(name);
            if !named.contains(&change) {
                continue;
            }
            let label = self.math(change);
            let part = match self.rounds(body, &label, lines)? {
                Some(part) => part,
                None => self.nothing(shape),
            };
            self.note_names(part, &mut named);
            parts.push((change, part));
        }
        if parts.is_empty() {
            return Ok(Some(form));
        }
        let mut by: FxHashMap<FormId, FormId> = FxHashMap::default();
        for (change, part) in parts.into_iter().rev() {
            let whole = self.replaced(part, &by);
            by.insert(change, whole);
        }
        let form = self.replaced(form, &by);
        self.is_short(form)?;
        self.must_be_differential(of, form)?;
        if lines.len() > before {
            let values = vec![self.math(form)];
            lines.push(Line { label: label.clone(), values, ..Line::default() });
        }
        Ok(Some(form))
    }

    fn nothing(&mut self, shape: Shape) -> FormId {
        match shape.is_scalar() {
            true => self.number(0),
            false => self.intern(Op::Zeros, shape),
        }
    }

    /// Notes which changes of parts with a name a form has.
    fn note_names(&self, root: FormId, named: &mut FxHashSet<FormId>) {
        for id in self.problem.forms.below(root) {
            if matches!(self.problem.forms.op(id), Op::Change(_)) {
                named.insert(id);
            }
        }
    }

    /// The lines of a differential down to changes of variables and of parts with a name.
    fn rounds(
        &mut self,
        of: FormId,
        label: &Math,
        lines: &mut Vec<Line>,
    ) -> Result<Option<FormId>> {
        self.reasons.clear();
        let root = self.grouped(of);
        let Some(mut form) = self.differential(root, 0) else { return Ok(None) };
        let mut label = label.clone();
        for round in 0..MOST_ROUNDS {
            let held = self.held(form);
            if held.is_empty() && round > 0 {
                return Ok(Some(form));
            }
            let mut by: FxHashMap<FormId, FormId> = FxHashMap::default();
            for (change, inside) in held {
                let found = self.rule(inside)?;
                by.insert(change, found);
            }
            form = self.replaced(form, &by);
            self.is_short(form)?;
            self.must_be_differential(of, form)?;
            let mut reasons = std::mem::take(&mut self.reasons);
            if reasons.is_empty() {
                reasons.extend(self.fixed(root));
            }
            let rules = reasons.len();
            let (values, label) = (vec![self.math(form)], std::mem::take(&mut label));
            lines.push(Line { label, values, reasons, rules, ..Line::default() });
        }
        Err(too_long())
    }

    /// The changes that are not written out yet, but for those of parts with a name.
    fn held(&self, form: FormId) -> Vec<(FormId, FormId)> {
        let forms = &self.problem.forms;
        let all = forms.below(form).into_iter();
        all.filter_map(|id| match forms.op(id) {
            Op::Change(of) if !matches!(forms.op(*of), Op::Definition(_)) => {
                Some((id, *of))
            }
            _ => None,
        })
        .collect()
    }

    fn is_short(&self, form: FormId) -> Result<()> {
        match self.problem.forms.cost(form) > LONGEST {
            true => Err(too_long()),
            false => Ok(()),
        }
    }

    /// The lines from the differential to the derivative.
    fn bring(
        &mut self,
        goal: &Goal,
        mut form: FormId,
        answer: FormId,
        label: &Math,
        lines: &mut Vec<Line>,
    ) -> Result<()> {
        let Some(identified) = self.identified(goal, answer) else { return Ok(()) };
        self.must_be_differential(identified.of, identified.form)?;
        let mut before = None;
        if let Some(brought) = self.brought(form) {
            self.must_be_differential(goal.of, brought.form)?;
            let is_new = self.math(brought.form) != self.math(form);
            if is_new && self.detail != Detail::Coarse {
                self.push(brought.form, brought.reasons, lines);
            }
            (form, before) = (brought.form, brought.before);
        }
        if goal.is_stacked {
            let label = self.stacked_change(goal, label);
            let values = vec![self.math(identified.form)];
            let is_product = self
                .problem
                .forms
                .below(answer)
                .into_iter()
                .any(|id| matches!(self.op(id), Op::Call(Special::Kronecker, _)));
            let reasons: Vec<Reason> =
                is_product.then(|| reason("stacked_product")).into_iter().collect();
            let rules = reasons.len();
            lines.push(Line { label, values, reasons, rules, ..Line::default() });
            return Ok(());
        }
        let value = self.math(identified.form);
        let is_plain =
            before.is_some_and(|before| self.is_plain(goal, form, before, answer));
        if !identified.is_shown || self.math(form) == value || is_plain {
            return Ok(());
        }
        let reasons = self.assumptions(form);
        // A line without a reason of its own goes on.
        if let Some(last) = lines.last_mut()
            && last.reasons.is_empty()
            && reasons.is_empty()
            && last.values.iter().map(|v| v.text.len()).sum::<usize>() + value.text.len()
                <= WIDEST
        {
            last.values.push(value);
            return Ok(());
        }
        let rules = reasons.len();
        let values = vec![value];
        lines.push(Line { values, reasons, rules, ..Line::default() });
        Ok(())
    }

    fn push(&self, form: FormId, reasons: Vec<Reason>, lines: &mut Vec<Line>) {
        let (values, rules) = (vec![self.math(form)], reasons.len());
        lines.push(Line { values, reasons, rules, ..Line::default() });
    }

    /// Whether the derivative is seen at once: one factor stands before the change, or what
    /// stands there is its transpose as it is written.
    fn is_plain(
        &mut self,
        goal: &Goal,
        form: FormId,
        before: FormId,
        answer: FormId,
    ) -> bool {
        if let Op::Transpose(inside) = self.op(answer) {
            // They may differ in where a sign and scalars stand.
            let [a, b] = [inside, before].map(|id| {
                let piece = self.apart(id);
                self.joined(piece)
            });
            return a == b;
        }
        let shape = self.shape(answer);
        let whole = match self.is_scalar(before) && shape.is_square() {
            true => {
                let eye = self.intern(Op::Eye, shape);
                self.times(&[before, eye])
            }
            false => before,
        };
        let read = match goal.layout {
            Layout::Denominator => self.turned(whole),
            Layout::Numerator => whole,
        };
        read == answer && self.factors(form) <= 1
    }

    /// How many matrices stand before the change.
    fn factors(&self, form: FormId) -> usize {
        let piece = self.apart(form);
        let mut all = piece.chain;
        all.extend(piece.scalars.iter().map(|(id, _)| *id));
        let mut factors = 0;
        while let Some(id) = all.pop() {
            match self.op(id) {
                Op::Product(list) => all.extend(list),
                Op::Call(Special::Trace, list) if self.moves(id) => all.extend(list),
                _ if self.moves(id) || self.is_scalar(id) => {}
                _ => factors += 1,
            }
        }
        factors
    }
}

fn too_long() -> Error {
    ErrorKind::OutputTooLong { limit: LONGEST.into() }.into()
}

/// Whether an error says that there is no short derivation.
fn is_beyond(error: &Error) -> bool {
    error.kind.is_limit() || matches!(error.kind, ErrorKind::Unsupported(_))
}
