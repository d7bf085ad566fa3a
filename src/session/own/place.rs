//! Derivatives at a place that stands behind their name: `f'(2)`, `f'(a)`.

use super::super::answers::answer::is_known;
use super::judge::{Judge, Value};
use super::topics::{NAMES, Right, Topic};
use crate::function;
use crate::kernel::{ExprId, is_same_name};
use crate::syntax::{Label, Naming};

impl Judge<'_, '_> {
    /// The variable of the function and another name at which a label has its derivative, as
    /// the a of `f'(a)`.
    pub(in crate::session) fn elsewhere(&self, label: &Label) -> Option<[String; 2]> {
        let asked = self.ground.asked;
        let mut names = asked.question.derivatives().concat();
        names.dedup();
        let (Ok([from]), Some(to)) = (<[String; 1]>::try_from(names), label.variable())
        else {
            return None;
        };
        let name = label.function.as_deref()?;
        let is_part = self.definitions.iter().any(|(known, ..)| known == name);
        let is_own = self.functions.iter().any(|own| own == name)
            || NAMES.contains(&name) && !is_part;
        let is_new = !is_known(asked.known, to) && self.inner(to).is_none();
        let is_free = self.ground.along.is_none() && !is_same_name(&from, to);
        (is_own && is_new && is_free && label.naming == Naming::Derivative)
            .then(|| [from, to.to_owned()])
    }

    /// The right value of a derivative at a name.
    pub(in crate::session) fn at_name(
        &mut self,
        label: &Label,
        names: [String; 2],
    ) -> Option<Right> {
        let right = self.of_order(&label.wrt, label.order.unwrap_or(1))?;
        let [from, to] = names.map(|name| self.engine.pool.symbol(&name));
        let ids: Vec<ExprId> = right.values.iter().map(Value::id).collect();
        let ids = self.engine.pool.substitute(&ids, &[(from, to)], function::apply);
        let values = ids.into_iter().map(Value::Found).collect();
        Some(Right { values, ..Right::default() })
    }

    /// The right value of a derivative at the place that stands behind its name, as in
    /// `f'(2)`; `None` where that is not known.
    pub(in crate::session) fn at_place(&mut self, label: &Label) -> Option<Right> {
        let asked = self.ground.asked;
        if self.ground.along.is_some() {
            return None;
        }
        let place: Vec<&str> =
            label.arguments.as_deref()?.split(',').map(str::trim).collect();
        let names = self.engine.variables(&asked.formula.roots);
        if names.len() != place.len() {
            return None;
        }
        let general = Label { arguments: None, ..label.clone() };
        let right = match self.topic(&general) {
            Topic::Asked(component) => self.asked_for(component),
            Topic::Order(order) => self.of_order(&label.wrt, order),
            Topic::Named(_) => None,
        }?;
        let point: Vec<(String, String)> =
            names.into_iter().zip(place.into_iter().map(str::to_owned)).collect();
        let ids: Vec<ExprId> = right.values.iter().map(Value::id).collect();
        let values = self.engine.at_point(&ids, &point).ok()?;
        let values: Vec<Value> = values.into_iter().map(Value::Found).collect();
        let places = vec![None; values.len()];
        Some(Right { values, places, is_vector: right.is_vector, sources: Vec::new() })
    }
}
