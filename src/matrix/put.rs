//! Answers of programs with the definitions of names put in.

use super::form::{FormId, Forms, Op};
use super::problem::{Answer, Problem};
use super::scalar::Scalars;
use super::tensor::Tensors;
use crate::error::{ErrorKind, Result};

/// An answer in the variables alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InVariables {
    /// In text.
    pub text: String,
    /// In LaTeX.
    pub latex: String,
    /// Whether it was compared with the answer in names.
    pub checked: bool,
}

impl Problem {
    /// An answer in the variables alone; `None` where it has no other names.
    ///
    /// # Errors
    /// Answers of more than two axes, limits.
    pub fn in_variables(&self, answer: &Answer) -> Result<Option<InVariables>> {
        if self.intermediates().is_empty() {
            return Ok(None);
        }
        let Answer::Form(form) = *answer else {
            let what = "names put into answers of more than two axes".to_owned();
            return Err(ErrorKind::Unsupported(what).into());
        };
        let mut forms = self.forms.clone();
        let mut bodies: Vec<FormId> = Vec::with_capacity(self.scope.definitions.len());
        for definition in &self.scope.definitions {
            let body = put(definition.body, &bodies, &mut forms);
            bodies.push(body);
        }
        let main = put(form, &bodies, &mut forms);
        if main == form {
            return Ok(None);
        }
        let mut scope = self.scope.clone();
        scope.definitions.clear();
        let (tensors, scalars) = (Tensors::default(), Scalars::default());
        let (name, notes) = (None, Vec::new());
        let program = self.program.clone();
        let mut alone =
            Self { forms, scope, tensors, scalars, main, name, program, notes };
        let found = alone.simplified()?;
        let answer = Answer::Form(found.form);
        Ok(Some(InVariables {
            text: alone.answer_text(&answer),
            latex: alone.answer_latex(&answer),
            checked: found.checked,
        }))
    }
}

/// A form with what definitions stand for in their places.
fn put(root: FormId, bodies: &[FormId], forms: &mut Forms) -> FormId {
    let mut done = rustc_hash::FxHashMap::default();
    for id in forms.below(root) {
        let shape = forms.shape(id);
        let found = match forms.op(id).clone() {
            Op::Definition(place) => {
                bodies.get(usize::from(place)).copied().unwrap_or(id)
            }
            op => forms.intern(op.with_operands(|of| done[&of]), shape),
        };
        done.insert(id, found);
    }
    done.get(&root).copied().unwrap_or(root)
}
