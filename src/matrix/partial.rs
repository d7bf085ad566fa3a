//! Derivatives in one name after the other, as tensors and as they are written.
//!
//! Invariant: each derivative of a sequence is compared with differences of the one before.

use super::check::{Claim, Target, verify};
use super::form::{FormId, Op};
use super::numeric::{Dense, Evaluator, Instance, entries};
use super::print;
use super::problem::{Answer, Derivative, Layout, MAX_ORDER, Problem};
use super::render::Renderer;
use super::shape::SizeId;
use super::tensor::TensorId;
use crate::error::{Error, ErrorKind, Result};

/// What was differentiated, and in what.
struct Stage {
    before: FormId,
    target: FormId,
    /// Whether the variable is a symmetric matrix.
    symmetric: bool,
}

/// A derivative before it is written: the tensor, and whether its matrix is turned round.
pub(super) struct Raw {
    pub(super) tensor: TensorId,
    pub(super) turned: bool,
    /// How many axes belong to the function.
    pub(super) own: usize,
    last: Stage,
    earlier: Vec<Stage>,
}

impl Stage {
    fn claim<'a>(&self, least: usize, texts: (&'a str, &'a str)) -> Claim<'a> {
        let target = Target::In(self.target, self.symmetric);
        Claim { of: self.before, target, least, texts }
    }
}

impl Raw {
    /// What differences are to show.
    pub(super) fn claim<'a>(&self, least: usize, texts: (&'a str, &'a str)) -> Claim<'a> {
        self.last.claim(least, texts)
    }

    /// Whether what is differentiated in last is a symmetric matrix.
    pub(super) fn is_symmetric(&self) -> bool {
        self.last.symmetric
    }
}

impl Problem {
    /// The derivative of an order in a declared or defined name, checked against differences.
    ///
    /// # Errors
    /// As [`Problem::partial`].
    pub fn derivative(
        &mut self,
        wrt: &str,
        order: u32,
        layout: Layout,
    ) -> Result<Derivative> {
        self.partial(&repeated(wrt, order)?, layout)
    }

    /// The derivative in declared or defined names, one after the other, checked against
    /// differences.
    ///
    /// # Errors
    /// Names that are not declared, derivatives that are not known, limits.
    pub fn partial(&mut self, wrt: &[String], layout: Layout) -> Result<Derivative> {
        if self.has_simplex(wrt) {
            return self.in_plain(wrt, |problem| problem.partial(wrt, layout));
        }
        let raw = self.raw(wrt, layout)?;
        let answer = match self.tensors.axes(raw.tensor).len() {
            0..=2 => match self.form(&raw) {
                Ok(form) => Answer::Form(match wrt.iter().all(|name| *name == wrt[0]) {
                    true => self.by_scalar_rules(form, raw.last.target, wrt.len() as u32),
                    false => form,
                }),
                // What is no product of matrices is a sum over blocks, entry by entry.
                Err(error) if error.kind.is_unsupported() => {
                    self.indexed(&raw).map_err(|_| error)?
                }
                Err(error) => return Err(error),
            },
            _ => self.indexed(&raw)?,
        };
        self.derived(&raw, wrt, answer)
    }

    /// An answer as the derivative that it is, compared with differences.
    pub(super) fn derived(
        &mut self,
        raw: &Raw,
        wrt: &[String],
        answer: Answer,
    ) -> Result<Derivative> {
        let checked = self.verify_answer(raw, &answer, wrt)?;
        let sizes = match answer {
            Answer::Form(id) => self.sizes_of(id),
            Answer::Indexed { .. } => {
                let axes = self.tensors.axes(raw.tensor).iter();
                axes.map(|size| self.scope.sizes.text(*size)).collect()
            }
        };
        let wrt = wrt.to_vec();
        Ok(Derivative { wrt, answer, sizes, checked, is_stacked: false })
    }

    /// The derivative as a tensor.
    pub(super) fn raw(&mut self, wrt: &[String], layout: Layout) -> Result<Raw> {
        within(wrt.len())?;
        self.must_be_flat(wrt)?;
        let mut before = self.main;
        let mut tensor = self.tensors.lower(self.main, &self.forms, &self.scope)?;
        let mut stages: Vec<Stage> = Vec::with_capacity(wrt.len());
        let mut last_axes = 0;
        for name in wrt {
            if !stages.is_empty() {
                before = self.rendered(tensor).ok_or_else(|| {
                    let order = wrt.len();
                    let what =
                        format!("order {order} of something with more than two axes");
                    Error::from(ErrorKind::Unsupported(what))
                })?;
                let short = self.with_short_scalars(before);
                if short != before {
                    before = short;
                    tensor = self.tensors.lower(short, &self.forms, &self.scope)?;
                }
            }
            let target = self.target(name)?;
            let (whole, entry) = match self.forms.op(target) {
                Op::Entry(of, at) => (*of, at.clone()),
                _ => (target, Vec::new()),
            };
            let variable = self.tensors.lower(whole, &self.forms, &self.scope)?;
            tensor = self.tensors.derivative(tensor, variable)?;
            if !entry.is_empty() {
                tensor = self.tensors.entry(tensor, &entry);
            }
            last_axes = self.tensors.axes(variable).len() - entry.len();
            let symmetric = self.tensors.is_symmetric(variable);
            stages.push(Stage { before, target, symmetric });
        }
        let last = stages.pop().ok_or_else(no_order)?;
        let own = self.tensors.axes(tensor).len() - last_axes;
        let numerator = layout == Layout::Numerator;
        let turned = match (own, last_axes) {
            (0, 0) => false,
            (0, _) => self.is_row(last.target) != numerator,
            (_, 0) => self.is_row(self.main),
            (1, 1) => !numerator,
            _ => false,
        };
        Ok(Raw { tensor, turned, own, last, earlier: stages })
    }

    pub(super) fn is_row(&self, id: FormId) -> bool {
        let shape = self.forms.shape(id);
        shape.rows == SizeId::ONE && shape.cols != SizeId::ONE
    }

    /// A derivative that is differentiated again.
    fn rendered(&mut self, tensor: TensorId) -> Option<FormId> {
        let renderer = Renderer::new(&mut self.tensors, &mut self.forms, &self.scope);
        renderer.writing_out().render(tensor)
    }

    /// The shortest matrix expression that is found for a derivative.
    pub(super) fn form(&mut self, raw: &Raw) -> Result<FormId> {
        self.shortest(raw.tensor, raw.turned)
    }

    /// A derivative with more than two axes.
    fn indexed(&mut self, raw: &Raw) -> Result<Answer> {
        let axes = self.tensors.axes(raw.tensor).len();
        let mut renderer = Renderer::new(&mut self.tensors, &mut self.forms, &self.scope);
        renderer.render(raw.tensor);
        let written =
            [false, true].map(|latex| renderer.index_notation(raw.tensor, latex));
        let [Some(text), Some(latex)] = written else {
            let what = "this derivative cannot be written with indices".to_owned();
            return Err(ErrorKind::Unsupported(what).into());
        };
        let indices = print::labels(axes, &self.scope);
        Ok(Answer::Indexed { text, latex, indices, own: raw.own })
    }

    /// Compares an answer, as it is read back from its text, with differences.
    fn verify_answer(
        &mut self,
        raw: &Raw,
        answer: &Answer,
        wrt: &[String],
    ) -> Result<bool> {
        let of = print::text(self.main, &self.forms, &self.scope);
        let variable = wrt.join(", ");
        let before = self.verify_earlier(raw, (&of, &variable))?;
        let claim = raw.claim(self.scope.least_size(), (&of, &variable));
        let last = match answer {
            Answer::Form(id) => {
                let again = self.read_back(*id, &of, &variable)?;
                let evaluator = Evaluator::new(again, &self.forms, &self.scope);
                verify(&claim, &self.forms, &self.scope, |instance| {
                    let value = evaluator.value(&self.forms, instance);
                    let value = if raw.turned { value.transposed() } else { value };
                    Some(value.data)
                })
            }
            Answer::Indexed { .. } => {
                verify(&claim, &self.forms, &self.scope, |instance| {
                    entries(raw.tensor, &self.tensors, instance, |place| {
                        self.definition_value(place, instance)
                    })
                })
            }
        };
        Ok(last? && before)
    }

    /// Compares the derivatives before the last one with differences of what they are those of.
    pub(super) fn verify_earlier(&self, raw: &Raw, texts: (&str, &str)) -> Result<bool> {
        let least = self.scope.least_size();
        let mut checked = true;
        let stages = raw.earlier.iter();
        let after = stages.clone().skip(1).chain([&raw.last]).map(|next| next.before);
        for (stage, after) in stages.zip(after) {
            let evaluator = Evaluator::new(after, &self.forms, &self.scope);
            let claim = stage.claim(least, texts);
            checked &= verify(&claim, &self.forms, &self.scope, |instance| {
                Some(evaluator.value(&self.forms, instance).data)
            })?;
        }
        Ok(checked)
    }

    fn definition_value(&self, place: u16, instance: &Instance) -> Dense {
        let body = self.scope.definitions[usize::from(place)].body;
        Evaluator::new(body, &self.forms, &self.scope).value(&self.forms, instance)
    }
}

/// A name as often as an order says.
///
/// # Errors
/// An order of 0, and one that is too high.
pub(super) fn repeated(wrt: &str, order: u32) -> Result<Vec<String>> {
    within(order as usize)?;
    Ok(vec![wrt.to_owned(); order as usize])
}

fn within(order: usize) -> Result<()> {
    if order == 0 {
        return Err(no_order());
    }
    if order > MAX_ORDER as usize {
        let what = "the order of a derivative of a matrix expression";
        return Err(ErrorKind::OverLimit { what, limit: MAX_ORDER.into() }.into());
    }
    Ok(())
}

fn no_order() -> Error {
    let what = "a derivative of a matrix expression has order 1 at least";
    ErrorKind::Unsupported(what.to_owned()).into()
}
