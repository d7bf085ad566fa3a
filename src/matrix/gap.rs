//! Two forms compared by their difference: what cancels in it needs no values, as the
//! exponentials in `expm(A)` and `expm(A) + A/10^20`.

use super::compare::{NORMAL_FORM, Opinion};
use super::equal::Counterexample;
use super::form::{FormId, Op};
use super::problem::Problem;
use super::table::Special;
use crate::error::Result;
use crate::kernel::Number;

impl Problem {
    /// Arrays at which the difference of two forms, the second transposed on demand, is not 0;
    /// `None` where it is not known, or nothing has cancelled that has no exact values.
    pub(super) fn differ_by(
        &mut self,
        first: FormId,
        second: FormId,
        turn: bool,
    ) -> Result<Option<Counterexample>> {
        if !self.is_inexact(first) && !self.is_inexact(second) {
            return Ok(None);
        }
        let a = self.tensors.lower(first, &self.forms, &self.scope)?;
        let mut b = self.tensors.lower(second, &self.forms, &self.scope)?;
        if turn {
            b = self.tensors.turned(b);
        }
        let found = self.tensors.attempt(NORMAL_FORM, |tensors| {
            let gap = tensors.weighted(&[(Number::ONE, a), (Number::MINUS_ONE, b)]);
            tensors.expand(gap, true)
        });
        let Some(gap) = found.filter(|gap| !self.tensors.is_zero(*gap)) else {
            return Ok(None);
        };
        let Ok(gap) = self.shortest(gap, self.is_row(first)) else { return Ok(None) };
        let shape = self.forms.shape(first);
        if self.is_inexact(gap) || self.forms.shape(gap) != shape {
            return Ok(None);
        }
        let nothing = match shape.is_scalar() {
            true => self.forms.number(&Number::ZERO),
            false => self.forms.intern(Op::Zeros, shape),
        };
        let found = self.compared(gap, nothing, false).different;
        Ok(found.map(|found| Counterexample {
            difference: Some(found.left.trim_start_matches('-').to_owned()),
            left: String::new(),
            right: String::new(),
            ..found
        }))
    }

    /// The same as an opinion.
    pub(super) fn opinion_by_gap(
        &mut self,
        first: FormId,
        second: FormId,
        turn: bool,
    ) -> Result<Option<Opinion>> {
        Ok(self.differ_by(first, second, turn)?.map(Opinion::Different))
    }

    /// Whether a form has values of which there are doubles only, or ranks.
    fn is_inexact(&self, form: FormId) -> bool {
        let bodies = self.scope.definitions.iter().map(|definition| definition.body);
        let all = bodies.chain([form]).flat_map(|root| self.forms.below(root));
        all.into_iter().any(|id| {
            matches!(
                self.forms.op(id),
                Op::Call(
                    Special::Exponential
                        | Special::ExponentialAlong
                        | Special::PseudoInverse
                        | Special::Logarithm
                        | Special::SquareRoot
                        | Special::Polar,
                    _
                )
            )
        })
    }
}
