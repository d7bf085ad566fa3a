//! The derivations that several commands begin with: partial derivatives, of first and second
//! order.

use super::StepFlags;
use calcgrad::Result;
use calcgrad::session::{Engine, Form, Formula, Told};
use calcgrad::steps::Derivation;

impl StepFlags {
    /// How the first derivatives come about, component by component.
    ///
    /// # Errors
    /// As [`Engine::derivation`].
    pub(crate) fn partials(
        &self,
        engine: &mut Engine,
        formula: &Formula,
        wrt: &[String],
    ) -> Result<Vec<Derivation>> {
        let found = engine.partials(formula, wrt, 1, Form::Auto)?.partials;
        let is_partial = wrt.len() > 1 || engine.variables(&formula.roots).len() > 1;
        engine.must_afford(formula, found.len())?;
        let mut told = Vec::new();
        for component in 0..formula.roots.len() {
            for row in &found {
                let (wrt, answer, detail) =
                    (&row.wrt, row.values[component], self.detail());
                let about = Told {
                    formula,
                    component,
                    wrt,
                    answer,
                    is_partial,
                    detail,
                    shown: 0,
                };
                told.push(engine.derivation(about)?);
            }
        }
        Ok(told)
    }

    /// How the second derivatives come about, each first derivative before those of it.
    ///
    /// # Errors
    /// As [`Engine::derivation`].
    pub(crate) fn seconds(
        &self,
        engine: &mut Engine,
        formula: &Formula,
        wrt: &[String],
    ) -> Result<Vec<Derivation>> {
        let is_partial = wrt.len() > 1 || engine.variables(&formula.roots).len() > 1;
        engine.must_afford(formula, wrt.len() * (wrt.len() + 1) / 2)?;
        let mut told = Vec::new();
        for (i, first) in wrt.iter().enumerate() {
            for (j, second) in wrt.iter().enumerate().skip(i) {
                let wrt = [first.clone(), second.clone()];
                let found = engine.mixed(formula, &wrt, Form::Auto)?.partials;
                let answer = found[0].values[0];
                let shown = usize::from(j > i);
                let (wrt, detail, component) = (&wrt[..], self.detail(), 0);
                let about =
                    Told { formula, component, wrt, answer, is_partial, detail, shown };
                told.push(engine.derivation(about)?);
            }
        }
        Ok(told)
    }
}
