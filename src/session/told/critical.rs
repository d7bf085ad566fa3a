//! Derivations of critical points: the equations and their solutions; the test is told with
//! each point.

use crate::error::Result;
use crate::extrema::Critical;
use crate::print;
use crate::session::engine::{Engine, Form, Formula};
use crate::session::told::Told;
use crate::steps::{Derivation, Detail, Line, Math, Reason};

impl Engine {
    /// How the critical points of a function come about: its derivatives, what is set to 0 as a
    /// product, and the second derivatives for the test.
    ///
    /// # Errors
    /// As [`Engine::derivation`].
    pub fn critical_derivations(
        &mut self,
        formula: &Formula,
        found: &Critical,
        detail: Detail,
    ) -> Result<Vec<Derivation>> {
        let wrt = &found.variables;
        let is_partial = wrt.len() > 1 || self.variables(&formula.roots).len() > 1;
        let mut told = Vec::new();
        let mut equations = Vec::new();
        // `sign(x)` is 0 nowhere but where `abs(x)` has no derivative.
        let is_zero_nowhere = found.complete
            && found.sets.is_empty()
            && found.points.iter().all(|point| !point.differentiable)
            && formula.assumptions().is_empty();
        for (place, name) in wrt.iter().enumerate() {
            let Some(answer) = found.gradient.get(place) else { continue };
            let names = std::slice::from_ref(name);
            let about = Told {
                formula,
                component: 0,
                wrt: names,
                answer: *answer,
                is_partial,
                detail,
                shown: 0,
            };
            let write = |notation| about.label(1, notation);
            let label = print::both(write);
            let mut derivation = self.derivation(about)?;
            if let Some(last) = derivation.lines.last_mut() {
                for condition in self.first_breaks(formula, names)? {
                    let place = print::write_both(&self.pool, condition)?;
                    last.reasons.push(Reason::new("except").with("where", place));
                }
            }
            told.push(derivation);
            if is_zero_nowhere {
                continue;
            }
            let product = self.shape(*answer, Form::Factored)?;
            equations.push(Line {
                label,
                values: vec![print::write_both(&self.pool, product)?, Math::alike("0")],
                reasons: vec![Reason::new("set_to_zero")],
                ..Line::default()
            });
        }
        if !equations.is_empty() {
            told.push(Derivation { lines: equations });
        }
        let tested = found.points.iter().any(|point| !point.hessian.is_empty());
        let mut seconds: Vec<Derivation> = Vec::new();
        for (i, first) in wrt.iter().enumerate().filter(|_| tested) {
            for (j, second) in wrt.iter().enumerate().skip(i) {
                let Some(answer) = found.hessian.get(i).and_then(|row| row.get(j)) else {
                    continue;
                };
                seconds.push(self.derivation(Told {
                    formula,
                    component: 0,
                    wrt: &[first.clone(), second.clone()],
                    answer: *answer,
                    is_partial,
                    detail,
                    shown: 1,
                })?);
            }
        }
        // Those that are seen at once stand one below the other.
        let is_short = |one: &Derivation| {
            one.lines.len() <= 2 && one.lines.iter().all(|line| !line.label.is_empty())
        };
        match seconds.iter().all(is_short) && seconds.len() > 1 {
            true => {
                // The first derivatives were told before.
                let last = |mut one: Derivation| one.lines.pop();
                let lines = seconds.into_iter().filter_map(last).collect();
                told.push(Derivation { lines });
            }
            false => told.extend(seconds),
        }
        Ok(told)
    }
}
