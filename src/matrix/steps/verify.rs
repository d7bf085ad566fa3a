//! Lines against differences of what was typed, on random instances.

use super::super::check::{Claim, NARROWER, Target, is_close, verify};
use super::super::form::{FormId, Op};
use super::super::numeric::{Dense, Evaluator, Instance, STEP, Slopes, along};
use super::super::print;
use super::Course;
use crate::error::{Error, ErrorKind, Result};

/// How many instances are tried where two values are compared.
const ATTEMPTS: usize = 6;
/// By how much values of equal forms differ at most, relative to their size.
const TOLERANCE: f64 = 1e-9;

impl Course {
    /// Compares a form with the differential of another one.
    ///
    /// # Errors
    /// A form that differs.
    pub(super) fn must_be_differential(
        &mut self,
        of: FormId,
        form: FormId,
    ) -> Result<()> {
        let (forms, scope) = (&self.problem.forms, &self.problem.scope);
        let text = print::text(of, forms, scope);
        let line = print::text(form, forms, scope);
        let claim = Claim {
            of,
            target: Target::Along(&self.changes),
            least: scope.least_size(),
            texts: (&text, &line),
        };
        let inert: Vec<(FormId, FormId)> = forms
            .below(form)
            .into_iter()
            .filter_map(|id| match forms.op(id) {
                Op::Change(of) => Some((id, *of)),
                _ => None,
            })
            .collect();
        let evaluator = Evaluator::new(form, forms, scope);
        let value = |instance: &Instance, step: f64| {
            let mut instance = instance.clone();
            for (id, of) in &inert {
                let found = along(*of, &self.changes, (forms, scope), &instance, step)?;
                let shape = forms.shape(*of);
                let (rows, cols) = (instance.size(shape.rows), instance.size(shape.cols));
                instance.changes.insert(*id, Dense { rows, cols, data: found.values });
            }
            Some(evaluator.value(forms, &instance).data)
        };
        // What changes with the steps by which its parts are measured tells nothing.
        let is_checked = verify(&claim, forms, scope, |instance| {
            let found = value(instance, STEP)?;
            let is_measured = inert.is_empty()
                || is_close(&found, &Slopes::of(value(instance, STEP / NARROWER)?));
            is_measured.then_some(found)
        })?;
        self.is_checked &= is_checked;
        Ok(())
    }

    /// Compares two ways to write a value.
    ///
    /// # Errors
    /// Values that differ.
    pub(super) fn must_be_equal(&mut self, a: FormId, b: FormId) -> Result<()> {
        let (forms, scope) = (&self.problem.forms, &self.problem.scope);
        let [one, other] = [a, b].map(|id| Evaluator::new(id, forms, scope));
        let all = (0..ATTEMPTS).map_while(|k| Instance::of(k, scope.least_size(), scope));
        for (attempt, instance) in all.enumerate() {
            let (x, y) = (one.value(forms, &instance), other.value(forms, &instance));
            let size = x.data.iter().fold(1.0f64, |most, x| most.max(x.abs()));
            let is_close = |(x, y): (&f64, &f64)| {
                !x.is_finite() || !y.is_finite() || (x - y).abs() <= TOLERANCE * size
            };
            if x.data.len() != y.data.len() || !x.data.iter().zip(&y.data).all(is_close) {
                return Err(Error::from(ErrorKind::SelfCheck {
                    of: print::text(a, forms, scope),
                    variable: print::text(b, forms, scope),
                    point: format!("random instance {attempt}"),
                }));
            }
        }
        Ok(())
    }
}
