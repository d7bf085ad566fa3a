//! What follows from a wrong line of a derivation: it is right to go on with it.

use super::super::engine::Form;
use super::judge::{Content, Judge, Value};
use crate::error::Result;
use crate::kernel::{ExprId, Pool, is_same_name};
use crate::syntax::Reach;

/// What a line says something of: a derivative of this order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::session) struct Subject {
    /// The part that is differentiated; nothing for the function of the question.
    pub(in crate::session) name: Option<String>,
    /// The name in which it is differentiated, where that is no variable.
    pub(in crate::session) inner: Option<String>,
    pub(in crate::session) order: usize,
}

/// What a wrong line says.
#[derive(Clone, Debug)]
pub(in crate::session) struct Claim {
    subject: Subject,
    value: ExprId,
    right: ExprId,
}

impl Judge<'_, '_> {
    /// What wrong lines say of a derivative.
    pub(in crate::session) fn claimed(
        &self,
        name: &str,
        inner: Option<&str>,
        order: usize,
    ) -> Option<ExprId> {
        let is_own = self.names_function(name)
            || self.ground.along.is_some_and(|along| is_same_name(&along.of, name));
        let found = self.claims.iter().find(|Claim { subject, .. }| {
            subject.order == order
                && subject.inner.as_deref() == inner
                && match &subject.name {
                    Some(known) => is_same_name(known, name),
                    None => is_own,
                }
        });
        found.map(|claim| claim.value)
    }

    /// Remembers what a line says, where that is wrong.
    pub(in crate::session) fn take_claim(
        &mut self,
        at: usize,
        is_right: Option<bool>,
        content: &Content,
    ) {
        let thread = &self.threads[at];
        let (Some(subject), Some(right)) = (thread.subject.clone(), &thread.right) else {
            return;
        };
        let ([right], Content::Values { values, .. }) = (&right.values[..], content)
        else {
            return;
        };
        let (right, [value]) = (right.id(), &values[..]) else { return };
        let value = value.id();
        self.claims.retain(|claim| claim.subject != subject);
        if is_right == Some(false) && value != Pool::UNDEFINED {
            self.claims.push(Claim { subject, value, right });
        }
    }

    /// Whether a line follows from wrong lines before it: one of its readings says what comes
    /// of what they say.
    pub(in crate::session) fn follows_from_claims(
        &mut self,
        at: usize,
        readings: &[Content],
    ) -> Result<bool> {
        if self.claims.is_empty() && self.wrong_relation.is_none() {
            return Ok(false);
        }
        let mut before: Vec<Value> =
            self.threads[at].last_claimed.clone().into_iter().collect();
        before.extend(self.consequences(at)?.into_iter().map(Value::Found));
        let on_curve = self.threads[at].on_curve;
        for content in readings {
            let Content::Values { values, is_vector: false, .. } = content else {
                continue;
            };
            for known in &before {
                let sides = [(std::slice::from_ref(known), false), (&values[..], false)];
                let names = [String::new(), String::new()];
                let found = self.compare(sides, &[], on_curve, names, (false, None))?;
                if found.verdict.is_equal() {
                    return Ok(true);
                }
            }
        }
        Ok(false)
    }

    /// What comes of wrong lines for the derivative that lines are about.
    fn consequences(&mut self, at: usize) -> Result<Vec<ExprId>> {
        let thread = &self.threads[at];
        let (Some(subject), Some(right)) = (thread.subject.clone(), &thread.right) else {
            return Ok(Vec::new());
        };
        let ([right], None, None) = (&right.values[..], subject.name, subject.inner)
        else {
            return Ok(Vec::new());
        };
        let (right, claims) = (right.id(), self.claims.clone());
        let mut found = Vec::new();
        for claim in &claims {
            let known = &claim.subject;
            if known.name.is_none()
                && known.inner.is_none()
                && known.order < subject.order
            {
                let times = subject.order - known.order;
                found.extend(self.derived(claim.value, times)?);
            }
        }
        if let (Some(along), Some(gap), 1) =
            (self.ground.along, self.wrong_relation, subject.order)
        {
            let [x, y] = [&along.wrt, &along.of];
            let above = self.engine.derivative(gap, x, Form::Auto, &mut ())?;
            let below = self.engine.derivative(gap, y, Form::Auto, &mut ())?;
            if below != Pool::ZERO {
                let quotient = self.engine.pool.quotient(above, below);
                found.push(self.engine.pool.negate(quotient));
            }
        }
        if let (Some(along), 1) = (self.ground.along, subject.order) {
            // The quotient of the partial derivatives of the equation.
            let mut factors = vec![right];
            for claim in claims.iter().filter(|claim| claim.right != Pool::ZERO) {
                let pool = &mut self.engine.pool;
                match &claim.subject.inner {
                    Some(name) if *name == along.wrt => {
                        factors.push(pool.quotient(claim.value, claim.right));
                    }
                    Some(name) if *name == along.of => {
                        factors.push(pool.quotient(claim.right, claim.value));
                    }
                    _ => {}
                }
            }
            if factors.len() > 1 {
                found.push(self.engine.pool.product(&factors));
            }
        }
        let parts: Vec<&Claim> = claims
            .iter()
            .filter(|claim| claim.subject.name.is_some() || claim.subject.inner.is_some())
            .filter(|claim| claim.subject.order == 1)
            .collect();
        if subject.order != 1 || parts.is_empty() || self.ground.along.is_some() {
            return Ok(found);
        }
        // Factors of the chain rule.
        if parts.iter().all(|claim| claim.right != Pool::ZERO) {
            let pool = &mut self.engine.pool;
            let mut factors = vec![right];
            for claim in &parts {
                factors.push(pool.quotient(claim.value, claim.right));
            }
            let value = pool.product(&factors);
            found.push(self.engine.simplify(value)?);
        }
        // Derivatives of the parts of a product or a quotient.
        if let Some(value) = self.with_parts(right, &parts)? {
            found.push(value);
        }
        Ok(found)
    }

    /// The derivative of what a wrong line says.
    fn derived(&mut self, of: ExprId, times: usize) -> Result<Option<ExprId>> {
        let mut names = self.ground.asked.question.derivatives().concat();
        names.dedup();
        let [variable] = &names[..] else { return Ok(None) };
        let mut value = of;
        for step in 0..times {
            let own = self.engine.derivative(value, variable, Form::Auto, &mut ())?;
            value = match self.ground.along {
                None => own,
                Some(along) if step == 0 => {
                    let partial =
                        self.engine.derivative(value, &along.of, Form::Auto, &mut ())?;
                    let pool = &mut self.engine.pool;
                    let inner = pool.product(&[partial, of]);
                    pool.sum(&[own, inner])
                }
                Some(_) => return Ok(None),
            };
        }
        Ok(Some(value))
    }

    /// The derivative with what is said of those of its parts.
    fn with_parts(&mut self, right: ExprId, parts: &[&Claim]) -> Result<Option<ExprId>> {
        let [base] = self.ground.asked.formula.roots[..] else { return Ok(None) };
        let mut names: Vec<(String, ExprId)> = self
            .definitions
            .iter()
            .filter(|(name, _, _)| !self.functions.contains(name))
            .map(|(name, _, value)| (name.clone(), *value))
            .collect();
        // A part that has no name is called as it was written.
        for name in parts.iter().filter_map(|claim| claim.subject.name.as_ref()) {
            if names.iter().any(|(known, _)| known == name) {
                continue;
            }
            let line = self.read_line(usize::MAX, name, Reach::Term, self.settings);
            let Ok(Content::Values { values, .. }) = line else { return Ok(None) };
            names.extend(values.first().map(|value| (name.clone(), value.id())));
        }
        let whole = match self.composed(base, &names)? {
            Some(whole) => whole,
            None => self.in_names(base, &names),
        };
        let put: Vec<(ExprId, ExprId)> = names
            .iter()
            .map(|(name, value)| (self.engine.pool.symbol(name), *value))
            .collect();
        let mut terms = vec![right];
        for claim in parts {
            let (Some(name), None) = (&claim.subject.name, &claim.subject.inner) else {
                return Ok(None);
            };
            let weight = self.engine.derivative(whole, name, Form::Auto, &mut ())?;
            let Some(weight) = self.with_put(weight, &put) else { return Ok(None) };
            let pool = &mut self.engine.pool;
            let change = pool.difference(claim.value, claim.right);
            terms.push(pool.product(&[weight, change]));
        }
        let value = self.engine.pool.sum(&terms);
        Ok(Some(self.engine.simplify(value)?))
    }

    /// A formula as the product or the quotient of two names, where it is one.
    fn composed(
        &mut self,
        base: ExprId,
        names: &[(String, ExprId)],
    ) -> Result<Option<ExprId>> {
        let [(first, u), (second, v)] = names else { return Ok(None) };
        let symbols = [self.engine.pool.symbol(first), self.engine.pool.symbol(second)];
        let values = [*u, *v];
        type Make = fn(&mut Pool, [ExprId; 2]) -> ExprId;
        let forms: [Make; 3] = [
            |pool, [u, v]| pool.product(&[u, v]),
            |pool, [u, v]| pool.quotient(u, v),
            |pool, [u, v]| pool.quotient(v, u),
        ];
        for form in forms {
            let value = form(&mut self.engine.pool, values);
            let gap = self.engine.pool.difference(base, value);
            if self.engine.simplify(gap)? == Pool::ZERO {
                return Ok(Some(form(&mut self.engine.pool, symbols)));
            }
        }
        Ok(None)
    }
}
