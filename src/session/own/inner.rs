//! Derivatives of the function of the question, and of parts of it, in names that a derivation
//! defines: `df/du`.

use super::super::engine::Form;
use super::judge::{Content, Judge, Value};
use super::reading::{Place, has_word, refused, spelled, unsaid};
use super::topics::{NAMES, Right};
use crate::error::Result;
use crate::function;
use crate::kernel::{ExprId, Pool};
use crate::syntax::{Label, Reach};

/// The beginning of the names of compositions, and how many there may be.
const COMPOSITION: &str = "omega";
const COMPOSED: usize = 8;

impl Judge<'_, '_> {
    /// A name that is defined and no variable, as u in `df/du`.
    pub(in crate::session) fn inner(&self, name: &str) -> Option<String> {
        let is_defined = self.definitions.iter().any(|(known, _, _)| known == name)
            && !self.functions.iter().any(|known| known == name);
        is_defined.then(|| name.to_owned())
    }

    /// Whether a name is one of the function of the question.
    pub(in crate::session) fn names_function(&self, name: &str) -> bool {
        let is_defined = self.definitions.iter().any(|(known, _, _)| known == name);
        let is_own = self.functions.iter().any(|known| known == name);
        is_own
            || !is_defined
                && (name == self.ground.asked.formula.name || NAMES.contains(&name))
    }

    /// A name that is defined and stands in brackets behind a function of it: `f'(u)` where
    /// f is the function of the question, or was said to be one of u.
    pub(in crate::session) fn inner_of_argument(
        &self,
        name: &str,
        argument: &str,
    ) -> Option<String> {
        let is_own = self.names_function(name)
            || self.parameters.iter().any(|(known, of)| known == name && of == argument);
        self.inner(argument).filter(|_| is_own)
    }

    /// A text with names for compositions of what is defined: `f(g)`, and what these stand for.
    pub(in crate::session) fn with_compositions(
        &mut self,
        text: &str,
        place: Place<'_>,
    ) -> Result<(String, Vec<(String, String)>)> {
        let (mut text, mut found) = (text.to_owned(), Vec::new());
        for (name, parameter) in self.parameters.clone() {
            for argument in self.definitions.clone() {
                let sign = format!("{name}({})", argument.0);
                let is_part = |c: char| c.is_alphanumeric() || matches!(c, '\\' | '_');
                while let Some(at) = text.find(&sign)
                    && !text[..at].ends_with(is_part)
                    && found.len() < COMPOSED
                {
                    let defined =
                        self.definitions.iter().find(|(known, ..)| *known == name);
                    let Some(value) = defined.map(|(_, _, value)| *value) else { break };
                    let value = match self.inner(&parameter) {
                        Some(_) if parameter == argument.0 => value,
                        Some(_) => break,
                        None => self.at_argument(value, Some(&argument.0)),
                    };
                    let fresh = format!("{COMPOSITION}{}", found.len() + 1);
                    let is_latex = self.is_latex(&text, place);
                    text.replace_range(at..at + sign.len(), &spelled(&fresh, is_latex));
                    found.push((fresh, self.written(value)?));
                }
            }
        }
        Ok((text, found))
    }

    /// The derivatives that are meant by that of what a name stands for in another name that
    /// is defined, the usual one first: the other names held, or all that depends on it varied.
    ///
    /// # Errors
    /// Names of which nothing is said.
    pub(in crate::session) fn slopes_in(
        &mut self,
        function: &str,
        order: usize,
        name: &str,
    ) -> Result<Vec<ExprId>> {
        let place = self.definitions.iter().position(|(known, _, _)| known == name);
        let place = place.ok_or_else(|| refused(unsaid(name)))?;
        let inner = self.definitions[place].2;
        let stated = self
            .stated
            .iter()
            .rfind(|(known, text)| known == function && has_word(text, name));
        if let Some((_, text)) = stated {
            let text = text.clone();
            return self.slopes_of(&text, order, name);
        }
        let known = self.definitions.iter().find(|(known, _, _)| known == function);
        let base = match (known, &self.ground.asked.formula.roots[..]) {
            _ if self.ground.along.is_some() => None,
            (Some((_, _, value)), _) => Some(*value),
            (None, [root]) if self.names_function(function) => Some(*root),
            _ => None,
        };
        let base = base.ok_or_else(|| refused(unsaid(function)))?;
        let others: Vec<(String, ExprId)> = self
            .definitions
            .iter()
            .filter(|(other, _, _)| other != function && !self.functions.contains(other))
            .map(|(other, _, value)| (other.clone(), *value))
            .collect();
        let mut found = Vec::new();
        if others.len() > 1 {
            found.extend(self.held(base, &others, name, order)?);
        }
        let own = [(name.to_owned(), inner)];
        found.extend(self.held(base, &own, name, order)?);
        if order == 1 {
            found.extend(self.quotient_of(base, inner)?);
        }
        found.dedup();
        if found.is_empty() {
            return Err(refused(unsaid(&format!("d{function}/d{name}"))));
        }
        Ok(found)
    }

    /// The function of the question, or a part of it, in a name that is defined and nothing
    /// else, and a derivative of it in that name.
    pub(in crate::session) fn in_name(
        &mut self,
        function: Option<&str>,
        name: &str,
        derivative: ExprId,
    ) -> Option<[ExprId; 2]> {
        let definitions = &self.definitions;
        let value = |name: &str| {
            let found = definitions.iter().find(|(known, _, _)| known == name);
            found.map(|(_, _, value)| *value)
        };
        let base = match function {
            Some(function) => value(function)?,
            None => *self.ground.asked.formula.roots.first()?,
        };
        let own = [(name.to_owned(), value(name)?)];
        let found = [base, derivative].map(|id| self.in_names(id, &own));
        let variables = self.engine.variables(&found);
        variables.iter().all(|other| other == name).then_some(found)
    }

    /// The derivative of what somebody wrote in a name that is defined.
    ///
    /// # Errors
    /// Names of which nothing is said, and what cannot be read.
    pub(in crate::session) fn slopes_of(
        &mut self,
        text: &str,
        order: usize,
        name: &str,
    ) -> Result<Vec<ExprId>> {
        let place = self.definitions.iter().position(|(known, _, _)| known == name);
        let place = place.ok_or_else(|| refused(unsaid(name)))?;
        let defined = self.definitions.remove(place);
        let inner = defined.2;
        let found = self.slope_of(text, Some(name.to_owned()), order);
        self.definitions.insert(place, defined);
        let (value, ..) = found?;
        let symbol = self.engine.pool.symbol(name);
        Ok(self.with_put(value, &[(symbol, inner)]).into_iter().collect())
    }

    /// A derivative of what somebody called the equation, with its unknown held.
    pub(in crate::session) fn with_unknown_held(
        &mut self,
        label: &Label,
    ) -> Option<Right> {
        let name = label.function.as_ref()?;
        let (_, text) = self.stated.iter().rfind(|(known, _)| known == name)?;
        let text = text.clone();
        let line = self.read_line(usize::MAX, &text, Reach::Term, self.settings);
        let Ok(Content::Values { values, is_vector: false, .. }) = line else {
            return None;
        };
        let mut value = values.first()?.id();
        for wrt in &label.wrt {
            value = self.engine.derivative(value, wrt, Form::Auto, &mut ()).ok()?;
        }
        let values = vec![Value::Found(value)];
        (!label.wrt.is_empty()).then(|| Right { values, ..Right::default() })
    }

    /// An expression in which names stand for what they mean, where that occurs in it.
    pub(in crate::session) fn in_names(
        &mut self,
        base: ExprId,
        names: &[(String, ExprId)],
    ) -> ExprId {
        let mut put = Vec::with_capacity(names.len());
        for (name, value) in names {
            if self.engine.pool.as_number(*value).is_none() {
                put.push((*value, self.engine.pool.symbol(name)));
            }
        }
        self.engine.pool.substitute(&[base], &put, function::apply)[0]
    }

    /// A derivative in a name, with the other names held; nothing where it does not occur.
    fn held(
        &mut self,
        base: ExprId,
        names: &[(String, ExprId)],
        name: &str,
        order: usize,
    ) -> Result<Option<ExprId>> {
        let symbol = self.engine.pool.symbol(name);
        let mut value = self.in_names(base, names);
        // What is left of the variables depends on the name as well.
        let variables = self.ground.asked.question.derivatives().concat();
        let is_left = |judge: &mut Self, value: ExprId| {
            variables.iter().any(|variable| {
                let variable = judge.engine.pool.symbol(variable);
                judge.engine.pool.may_depend(value, variable)
            })
        };
        if !self.engine.pool.may_depend(value, symbol) || is_left(self, value) {
            return Ok(None);
        }
        for _ in 0..order {
            value = self.engine.derivative(value, name, Form::Auto, &mut ())?;
        }
        let put: Vec<(ExprId, ExprId)> = names
            .iter()
            .map(|(name, value)| (self.engine.pool.symbol(name), *value))
            .collect();
        Ok(self.with_put(value, &put))
    }

    /// An expression with others put in; nothing where it has no value.
    pub(in crate::session) fn with_put(
        &mut self,
        value: ExprId,
        put: &[(ExprId, ExprId)],
    ) -> Option<ExprId> {
        let value = self.engine.pool.substitute(&[value], put, function::apply)[0];
        Some(value).filter(|value| *value != Pool::UNDEFINED)
    }

    /// The derivative in something that is a function of the only variable.
    fn quotient_of(&mut self, base: ExprId, inner: ExprId) -> Result<Option<ExprId>> {
        let mut names = self.ground.asked.question.derivatives().concat();
        names.dedup();
        let [variable] = &names[..] else { return Ok(None) };
        if self.engine.variables(&[base, inner]).iter().any(|name| name != variable) {
            return Ok(None);
        }
        let above = self.engine.derivative(base, variable, Form::Auto, &mut ())?;
        let below = self.engine.derivative(inner, variable, Form::Auto, &mut ())?;
        if below == Pool::ZERO {
            return Ok(None);
        }
        let value = self.engine.pool.quotient(above, below);
        Ok(Some(self.engine.simplify(value)?))
    }
}
