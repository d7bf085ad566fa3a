//! What the lines of a derivation are about: what was asked for, the function again, a part with a
//! name of its own; and what is right there.

use super::super::answers::answer::is_known;
use super::super::answers::fit::{Fit, fit};
use super::super::engine::Form;
use super::claims::Subject;
use super::judge::{Content, Judge, Value, said};
use super::lines::Ground;
use super::reading::unsaid;
use crate::error::Result;
use crate::kernel::{ExprId, is_same_name};
use crate::syntax::{Derivation, Label, Naming, Reach, Row};
use std::rc::Rc;

/// The highest order of a derivative on the way to the one that was asked for.
const MAX_ORDER: usize = 6;
/// How often definitions are looked for.
const DEFINITIONS: usize = 4;
/// Names that functions have; others are parts of them.
pub(in crate::session) const NAMES: [&str; 11] =
    ["f", "g", "h", "y", "z", "F", "G", "H", "Y", "Z", "r"];

/// What one derivative of a function is compared with.
#[derive(Clone, Debug, Default)]
pub(in crate::session) struct Right {
    /// The right values.
    pub(in crate::session) values: Vec<Value>,
    pub(in crate::session) is_vector: bool,
    /// For each the component of the question's function where it must be defined.
    pub(in crate::session) places: Vec<Option<usize>>,
    /// For each the function and the variables of which it is the derivative.
    pub(in crate::session) sources: Vec<(ExprId, Vec<String>)>,
}

/// What lines are about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::session) enum Topic {
    /// What was asked for: all of it, or one component.
    Asked(Option<usize>),
    /// The function's derivative of another order.
    Order(usize),
    /// What a label names otherwise.
    Named(Label),
}

/// The lines that are about the same.
pub(in crate::session) struct Thread {
    topic: Topic,
    /// The variable in which its label differentiates.
    variable: Option<String>,
    /// What is right, where that is known.
    pub(in crate::session) right: Option<Right>,
    /// Whether it is about what an equation determines.
    pub(in crate::session) on_curve: bool,
    /// The order of the derivative that it names.
    pub(in crate::session) order: usize,
    /// Whether it says something of the function of which nothing is known here.
    pub(in crate::session) is_open: bool,
    /// The last line of it that could be read.
    pub(in crate::session) last: Option<(usize, Content)>,
    /// The derivative of which its lines say something, where that is known.
    pub(in crate::session) subject: Option<Subject>,
    /// What is meant and right as well.
    pub(in crate::session) others: Vec<ExprId>,
    /// Why nothing is known that its lines should be equal to.
    pub(in crate::session) unknown: Option<String>,
    /// What the last line says with what wrong lines say.
    pub(in crate::session) last_claimed: Option<Value>,
}

impl Thread {
    /// The variable in which its label differentiates.
    pub(in crate::session) fn variable(&self) -> Option<String> {
        self.variable.clone()
    }

    pub(in crate::session) fn is_on_curve(&self) -> bool {
        self.on_curve
    }
}

impl Judge<'_, '_> {
    /// The lines that are about something, where there are any; what goes on without a label
    /// goes on with these.
    pub(in crate::session) fn known(&mut self, topic: &Topic) -> Option<usize> {
        let known = self.threads.iter().position(|thread| thread.topic == *topic)?;
        let thread = self.threads.remove(known);
        self.threads.push(thread);
        Some(self.threads.len() - 1)
    }

    /// Begins lines about something.
    pub(in crate::session) fn new_thread(&self, topic: Topic) -> Thread {
        let order = match &topic {
            Topic::Order(order) => *order,
            _ => self.ground.asked.question.order(),
        };
        let own = |order| Some(Subject { name: None, inner: None, order });
        let mut names = self.ground.asked.question.derivatives().concat();
        names.dedup();
        let subject = match &topic {
            _ if names.len() > 1 => None,
            Topic::Order(order) => own(*order),
            Topic::Asked(_) => own(order),
            Topic::Named(label) if label.is_value() => None,
            Topic::Named(label) if label.operand.is_some() => Some(Subject {
                name: label.operand.clone(),
                inner: label.wrt.iter().find_map(|name| self.inner(name)),
                order: label.order.unwrap_or(1),
            }),
            // A partial derivative of what the equation was called.
            Topic::Named(label) if self.names_equation(label) => Some(Subject {
                name: label.function.clone(),
                inner: label.wrt.first().cloned(),
                order: label.wrt.len(),
            }),
            Topic::Named(label) => label.function.as_ref().map(|name| Subject {
                name: Some(name.clone()).filter(|name| !self.names_function(name)),
                inner: label.wrt.iter().find_map(|name| self.inner(name)),
                order: label.order.unwrap_or(1),
            }),
        };
        Thread {
            topic,
            variable: None,
            right: None,
            on_curve: self.ground.along.is_some(),
            order,
            is_open: false,
            last: None,
            subject,
            others: Vec::new(),
            unknown: None,
            last_claimed: None,
        }
    }

    /// Whether a label names something that is called otherwise than the unknown of the
    /// question's equation, as `F_x` does.
    fn names_equation(&self, label: &Label) -> bool {
        self.ground.along.is_some_and(|along| {
            label.function.as_ref().is_some_and(|name| {
                *name != along.of && self.stated.iter().any(|(known, _)| known == name)
            })
        })
    }

    /// The lines to which a row belongs.
    pub(in crate::session) fn thread(
        &mut self,
        row: &Row,
        derivation: &Derivation,
    ) -> Result<usize> {
        let Some(label) = &row.label else {
            let is_asked = |thread: &Thread| {
                !matches!(thread.topic, Topic::Named(_)) || row.is_continued
            };
            return Ok(match self.threads.last().is_some_and(is_asked) {
                true => self.threads.len() - 1,
                false => self.equations(self.ground.asked.question.order()),
            });
        };
        let label = &self.in_inner(label);
        let topic = match label.is_value() {
            true => Topic::Named(label.clone()),
            false => self.topic(label),
        };
        if let Some(known) = self.known(&topic) {
            if label.is_value() && self.threads[known].right.is_none() {
                self.define_again(label, row);
                self.threads[known].last = None;
                // What was said of its derivatives was said of something else.
                self.threads.retain(|thread| match &thread.topic {
                    Topic::Named(other) => {
                        other == label || other.function != label.function
                    }
                    _ => true,
                });
            }
            return Ok(self.threads.len() - 1);
        }
        let mut thread = self.new_thread(topic);
        thread.variable = label.wrt.first().cloned();
        match label.is_value() {
            true => self.begin_value(&mut thread, label, row, derivation),
            false => self.begin_derivative(&mut thread, label),
        }
        self.threads.push(thread);
        Ok(self.threads.len() - 1)
    }

    /// The lines about the derivative of an order for which equations are solved.
    pub(in crate::session) fn equations(&mut self, order: usize) -> usize {
        let topic = match order == self.ground.asked.question.order() || order == 0 {
            true => Topic::Asked(None),
            false => Topic::Order(order),
        };
        if let Some(known) = self.known(&topic) {
            return known;
        }
        let mut thread = self.new_thread(topic);
        thread.right = match &thread.topic {
            Topic::Order(order) => self.of_order(&[], *order),
            _ => self.asked_for(None),
        };
        self.threads.push(thread);
        self.threads.len() - 1
    }

    /// What the name of a derivative is about.
    pub(in crate::session) fn topic(&mut self, label: &Label) -> Topic {
        let asked = self.ground.asked;
        let is_other = match (&label.operand, &label.function) {
            _ if label.wrt.iter().any(|name| self.inner(name).is_some()) => true,
            (Some(operand), _) => !self.is_function(operand),
            (None, Some(name)) => {
                let is_defined =
                    self.definitions.iter().any(|(known, _, _)| known == name);
                let is_usual =
                    NAMES.contains(&name.as_str()) || self.functions.is_empty();
                !self.functions.contains(name) && (is_defined || !is_usual)
            }
            (None, None) => false,
        };
        // `F_x` of an equation that was called F is no derivative of its unknown.
        let is_other = is_other || self.names_equation(label);
        let wanted = asked.question.derivatives();
        let is_unknown = self.unknown_variable(label).is_some();
        match fit(Some(label), &wanted, asked) {
            _ if is_other => Topic::Named(label.clone()),
            Fit::At(place) if wanted.len() > 1 => Topic::Asked(Some(place)),
            Fit::At(_) | Fit::Any => Topic::Asked(None),
            Fit::Other => match label.order {
                Some(order)
                    if !is_unknown
                        && label.naming == Naming::Derivative
                        && label.is_general()
                        && self.elsewhere(label).is_none() =>
                {
                    Topic::Order(order)
                }
                _ => Topic::Named(label.clone()),
            },
        }
    }

    /// `f'(u)` of the function of the question is its derivative in u, where that is defined.
    fn in_inner(&self, label: &Label) -> Label {
        let mut label = label.clone();
        let inner = match (&label.function, &label.arguments) {
            (Some(name), Some(argument)) => self.inner_of_argument(name, argument),
            _ => None,
        };
        if let Some(inner) = inner
            && label.naming == Naming::Derivative
            && label.wrt.is_empty()
        {
            label.wrt = vec![inner; label.order.unwrap_or(1)];
        }
        label
    }

    /// A name in which a label differentiates and of which nothing is said.
    fn unknown_variable(&self, label: &Label) -> Option<String> {
        let asked = self.ground.asked;
        let wanted = asked.question.derivatives();
        let is_said = |name: &String| {
            is_known(asked.known, name)
                || wanted.iter().flatten().any(|known| is_same_name(known, name))
                || self.inner(name).is_some()
        };
        label.wrt.iter().find(|name| !is_said(name)).cloned()
    }

    /// Whether what a label has in brackets is the function of the question, or a word for it.
    pub(in crate::session) fn is_function(&mut self, operand: &str) -> bool {
        if operand.chars().all(|c| c.is_alphabetic()) || self.ground.along.is_some() {
            return true;
        }
        let line = self.read_line(usize::MAX, operand, Reach::Term, self.settings);
        let Ok(Content::Values { values, .. }) = line else { return false };
        let own = [Value::Typed(Rc::new(self.ground.asked.formula.clone()), 0)];
        let sides = [(&own[..], false), (&values[..], false)];
        let names = ["the function", "this line"].map(str::to_owned);
        let found = self.compare(sides, &[None], false, names, (false, None));
        found.is_ok_and(|decision| decision.verdict.is_equal())
    }

    /// What was asked for: all of it, or one component.
    pub(in crate::session) fn asked_for(
        &mut self,
        component: Option<usize>,
    ) -> Option<Right> {
        let Ground { asked, judgement, .. } = self.ground;
        let count = asked.formula.roots.len();
        let wanted = asked.question.derivatives();
        let components = &judgement.components;
        if components.len() != count * wanted.len() {
            return None;
        }
        let mut right = Right { is_vector: components.len() > 1, ..Right::default() };
        for (at, found) in components.iter().enumerate() {
            if component.is_some_and(|place| at / count != place) {
                continue;
            }
            right.values.push(Value::Found(found.expected));
            right.places.push(Some(at % count));
            right.sources.push((asked.formula.roots[at % count], found.wrt.clone()));
        }
        right.is_vector &= right.values.len() > 1;
        Some(right)
    }

    /// Finds out what a value is that is named: the function again, or a part of it with a name
    /// of its own.
    fn begin_value(
        &mut self,
        thread: &mut Thread,
        label: &Label,
        row: &Row,
        derivation: &Derivation,
    ) {
        let asked = self.ground.asked;
        let Some(name) = label.function.clone() else { return };
        let is_derivative =
            |row: &Row| row.label.as_ref().is_some_and(|label| !label.is_value());
        let has_derivatives = derivation.rows.iter().any(is_derivative);
        if !has_derivatives && !self.is_used(&name, derivation) {
            thread.right = self.asked_for(None);
            return;
        }
        thread.on_curve = false;
        if is_known(asked.known, &name) {
            return;
        }
        let [function] = asked.formula.roots[..] else { return };
        let side = row.sides.first().map(|side| side.text.clone()).unwrap_or_default();
        // `f(u) = sin(u)` is about another variable.
        let is_other = |arguments: &String| {
            arguments.split(',').all(|name| !is_known(asked.known, name.trim()))
        };
        let is_word = side.chars().all(|c| c.is_alphabetic());
        let is_same = !is_word && self.is_function(&side);
        let is_known_inside =
            label.arguments.as_ref().is_some_and(|name| self.inner(name).is_some());
        if label.arguments.as_ref().is_some_and(is_other)
            && label.is_general()
            && !(is_same && is_known_inside)
        {
            return;
        }
        // Where the derivative has another name, f and g are parts of the function.
        let is_part = self.inner(&name).is_some();
        let is_main =
            self.functions.contains(&name) || name == asked.formula.name && !is_part;
        if is_same || is_main {
            self.take_function(&name, function);
            thread.right = Some(self.itself());
            thread.subject = Some(Subject { name: None, inner: None, order: 0 });
        } else if !is_part && !self.is_used(&name, derivation) && !self.occurs(&side) {
            thread.unknown = Some(format!("nothing else is said of `{name}`"));
        }
    }

    /// Finds out the name of the function, whose derivative is named last, and what the names
    /// stand for that are defined.
    pub(in crate::session) fn begin(&mut self, derivation: &Derivation) {
        let Ground { asked, along, .. } = self.ground;
        let derived = |row: &Row| {
            let label = row.label.as_ref().filter(|label| !label.is_value())?;
            label.function.clone()
        };
        // A part that is called u and said to be something else is not the function.
        let is_said = |name: &String| {
            derivation.rows.iter().any(|row| {
                row.label.as_ref().is_some_and(|label| {
                    label.is_value() && label.function.as_ref() == Some(name)
                })
            })
        };
        let mut names = derivation.rows.iter().rev().filter_map(derived);
        let name = names.find(|name| NAMES.contains(&name.as_str()) || !is_said(name));
        if let (Some(name), [function], None) = (name, &asked.formula.roots[..], along)
            && !is_known(asked.known, &name)
        {
            self.take_function(&name, *function);
        }
        for row in &derivation.rows {
            let label = row.label.as_ref().filter(|label| label.is_value());
            let name = label.and_then(|label| label.function.clone());
            if let (Some(name), Some(side)) = (name, row.sides.first()) {
                let argument = label.filter(|label| label.is_general());
                if let Some(argument) = argument.and_then(|label| label.arguments.clone())
                {
                    self.parameters.push((name.clone(), argument));
                }
                self.stated.push((name, side.text.clone()));
            }
        }
        // One may be defined by another that comes later.
        for _ in 0..DEFINITIONS {
            let count = self.definitions.len();
            for row in &derivation.rows {
                let label = row.label.as_ref().filter(|l| l.is_value() && l.is_general());
                let name = label.and_then(|label| label.function.clone());
                if let (Some(name), Some(side)) = (name, row.sides.first())
                    && (name != asked.formula.name || self.is_part(&name, &side.text))
                    && !is_known(asked.known, &name)
                    && !self.definitions.iter().any(|(known, _, _)| *known == name)
                    && self.is_used(&name, derivation)
                {
                    self.define(&name, &side.text);
                }
            }
            if self.definitions.len() == count {
                break;
            }
        }
    }

    /// Lets a name stand for something else from here on.
    fn define_again(&mut self, label: &Label, row: &Row) {
        let (Some(name), Some(side)) = (&label.function, row.sides.first()) else {
            return;
        };
        let known = self.definitions.iter().position(|(known, _, _)| known == name);
        if let Some(known) = known {
            let old = self.definitions.remove(known);
            self.define(name, &side.text);
            if !self.definitions.iter().any(|(known, _, _)| known == name) {
                self.definitions.push(old);
            }
        }
    }

    /// Remembers a name of the function of the question.
    fn take_function(&mut self, name: &str, function: ExprId) {
        if !self.functions.iter().any(|known| known == name) {
            self.functions.push(name.to_owned());
            self.remember(name, function);
        }
    }

    /// Finds out what the right value of a derivative is that is named.
    fn begin_derivative(&mut self, thread: &mut Thread, label: &Label) {
        thread.right = match &thread.topic {
            Topic::Asked(component) => self.asked_for(*component),
            Topic::Order(order) => self.of_order(&label.wrt, *order),
            Topic::Named(_)
                if let Some(name) = label.wrt.iter().find_map(|n| self.inner(n)) =>
            {
                thread.on_curve = false;
                let function = label.function.as_deref().unwrap_or_default();
                let order = label.order.unwrap_or(1);
                let found = match &label.operand {
                    Some(operand) => self.slopes_of(operand, order, &name),
                    None => self.slopes_in(function, order, &name),
                };
                if let Err(error) = &found {
                    thread.unknown = Some(said(error));
                }
                let mut found = found.unwrap_or_default().into_iter();
                let value = found.next();
                thread.others = found.collect();
                value.map(|value| Right {
                    values: vec![Value::Found(value)],
                    ..Right::default()
                })
            }
            Topic::Named(_) if let Some(names) = self.elsewhere(label) => {
                self.at_name(label, names)
            }
            // `f'(2) = 4` is a value.
            Topic::Named(_) if !label.is_general() => {
                let found = self.at_place(label);
                thread.is_open = found.is_none();
                found
            }
            // A derivative of the equation itself, with the unknown held.
            Topic::Named(_) if self.names_equation(label) => {
                thread.on_curve = false;
                let found = self.with_unknown_held(label);
                thread.is_open = found.is_none();
                found
            }
            Topic::Named(_) => {
                let name = label.function.as_deref().unwrap_or_default();
                let known = self.definitions.iter().find(|(known, _, _)| known == name);
                let stated = self.stated.iter().rfind(|(known, _)| known == name);
                let text = known.map(|(_, text, _)| text.clone());
                let text = text.or(label.operand.clone());
                let text = text.or_else(|| stated.map(|(_, text)| text.clone()));
                let wrt = label.wrt.first().cloned();
                let order = label.order.unwrap_or(1);
                thread.on_curve = false;
                let text = text.filter(|_| self.unknown_variable(label).is_none());
                let found = text.and_then(|text| self.slope_of(&text, wrt, order).ok());
                // `h'(g)` is the derivative of h at g.
                let argument = label.arguments.clone();
                match argument.filter(|name| self.inner(name).is_some()) {
                    Some(argument) => found.map(|(value, ..)| {
                        let value = self.at_argument(value, Some(&argument));
                        Right { values: vec![Value::Found(value)], ..Right::default() }
                    }),
                    None => found.map(Right::from),
                }
            }
        };
        if thread.right.is_none() && !thread.is_open && thread.unknown.is_none() {
            let name = self.unknown_variable(label).or_else(|| label.function.clone());
            thread.unknown = name.map(|name| unsaid(&name));
        }
    }

    /// A derivative of the function of another order than was asked for.
    pub(in crate::session) fn of_order(
        &mut self,
        wrt: &[String],
        order: usize,
    ) -> Option<Right> {
        let asked = self.ground.asked;
        let order = Some(order).filter(|order| (1..=MAX_ORDER).contains(order))?;
        let mut names = asked.question.derivatives().concat();
        names.dedup();
        let name = match (wrt, &names[..]) {
            ([], [only]) => only.clone(),
            ([first, rest @ ..], _) if rest.iter().all(|name| name == first) => {
                first.clone()
            }
            _ => return None,
        };
        if asked.formula.roots.len() != 1 {
            return None;
        }
        if let Some(along) = self.ground.along {
            let value =
                self.engine.along_curve(asked.formula, along, order as u32).ok()?;
            return Some(Right { values: vec![Value::Found(value)], ..Right::default() });
        }
        let wrt = vec![name; order];
        let found = self.engine.mixed(asked.formula, &wrt, Form::Auto).ok()?;
        let value = *found.partials.first()?.values.first()?;
        let right = Right::from((value, asked.formula.roots[0], wrt));
        Some(Right { places: vec![Some(0)], ..right })
    }
}

impl From<(ExprId, ExprId, Vec<String>)> for Right {
    /// The derivative of a function in variables.
    fn from((value, function, wrt): (ExprId, ExprId, Vec<String>)) -> Self {
        Self {
            values: vec![Value::Found(value)],
            sources: vec![(function, wrt)],
            ..Self::default()
        }
    }
}
