//! Derivatives of scalars in scalars by the rules for scalars, so that both engines say the
//! same.

use super::super::form::{FormId, Op};
use super::Pass;
use crate::calculus;
use crate::kernel::ExprId;

impl Pass<'_> {
    /// The derivative of an order of a scalar in a variable, where all else that it is made of
    /// does not depend on that; another one that was found instead, where that is shorter and
    /// there are not scalars alone.
    pub(crate) fn derivative(
        &mut self,
        of: FormId,
        variable: FormId,
        order: u32,
        other: FormId,
    ) -> Option<FormId> {
        let is_variable = matches!(self.forms.op(variable), Op::Variable(_));
        let is_scalar = |id: FormId| self.forms.shape(id).is_scalar();
        if !is_variable || !is_scalar(of) || !is_scalar(variable) {
            return None;
        }
        self.work_out(of);
        let mut found = self.scalar(of).filter(|_| !self.has_undefined)?;
        let variable = self.symbol(variable);
        if !self.is_constant_beside(found, variable) {
            return None;
        }
        let scalars = &mut *self.scalars;
        if scalars.is_spent {
            return None;
        }
        for _ in 0..order {
            let pool = &mut scalars.pool;
            let derivative =
                calculus::differentiate_with_terms(pool, found, variable, &mut ());
            let (raw, terms) = derivative.ok()?;
            found = scalars.simplifier.simplify_terms(pool, raw, &terms).0;
        }
        if scalars.has_failed() {
            return None;
        }
        let found = self.back().form(found)?;
        let below = self.forms.below(of);
        let is_pure = below.iter().all(|id| self.forms.shape(*id).is_scalar());
        Some(if is_pure { found } else { self.forms.cheaper(found, other) })
    }

    /// Whether no symbol of an expression but a variable stands for what depends on it.
    fn is_constant_beside(&self, of: ExprId, variable: ExprId) -> bool {
        let scalars = &*self.scalars;
        let Some(variable) = scalars.forms.get(&variable) else { return false };
        let all = scalars.pool.reachable(&[of]);
        let mut symbols = all.iter().filter_map(|id| scalars.forms.get(id));
        symbols.all(|form| {
            form == variable
                || self.forms.below(*form).iter().all(|id| {
                    id != variable && !matches!(self.forms.op(*id), Op::Definition(_))
                })
        })
    }
}
