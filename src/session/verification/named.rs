//! Answers with names: `x = 2` against `2`, `y = 2x + 1` against an equation, `x = 1, y = 2`
//! against a point.

use super::super::engine::Engine;
use super::super::formula::Formula;
use super::Terms;
use super::compare::{of_other_kinds, undecided};
use super::value::Value;
use crate::check::{Decision, Verdict};
use crate::error::Result;
use crate::function;
use crate::kernel::{ExprId, Node, Pool, is_same_name};
use crate::syntax::{Label, Naming};

/// The names of coordinates in their order.
const COORDINATES: [&str; 3] = ["x", "y", "z"];

/// A label as it is shown.
pub(super) fn name_of(label: &Label) -> String {
    let name = label.function.as_deref().unwrap_or("the answer");
    let primes = match label.naming {
        Naming::Derivative => "'".repeat(label.order.unwrap_or(1).clamp(1, 3)),
        _ => String::new(),
    };
    match &label.arguments {
        Some(arguments) => format!("{name}{primes}({arguments})"),
        None => format!("{name}{primes}"),
    }
}

/// Whether a label may be a product: a letter that is no usual name of a function, with a sum in
/// its bracket.
fn may_be_product(label: &Label) -> bool {
    const FUNCTIONS: &str = "fghFGHPEQTuvw";
    let name = label.function.as_deref().unwrap_or_default();
    let is_letter = name.chars().count() == 1 && !FUNCTIONS.contains(name);
    let has_sum =
        |text: &String| text.trim().trim_start_matches('-').contains(['+', '-']);
    label.is_value() && is_letter && label.arguments.as_ref().is_some_and(has_sum)
}

/// Whether two labels name the same thing.
fn is_same(one: &Label, other: &Label) -> bool {
    let are_same = |a: &Option<String>, b: &Option<String>| match (a, b) {
        (Some(a), Some(b)) => is_same_name(a.trim(), b.trim()),
        _ => true,
    };
    let is_derived = |label: &Label| {
        matches!(
            label.naming,
            Naming::Derivative | Naming::Gradient | Naming::Differential
        )
    };
    let order = |label: &Label| label.order.unwrap_or(1);
    let is_index = |one: &Label, other: &Label| {
        one.naming == Naming::Subscript
            && other.naming == Naming::Derivative
            && one.wrt == other.wrt
    };
    let are_alike = is_derived(one) == is_derived(other)
        || is_index(one, other)
        || is_index(other, one);
    are_alike
        && (!is_derived(one) || order(one) == order(other))
        && are_same(&one.function, &other.function)
        && are_same(&one.arguments, &other.arguments)
        && (one.wrt.is_empty() || other.wrt.is_empty() || one.wrt == other.wrt)
}

/// A label with the variables of its derivative, as it is shown.
fn written(label: &Label) -> String {
    match (&label.wrt[..], label.function.as_deref()) {
        ([name], Some(function)) => format!("d{function}/d{name}"),
        ([name], None) => format!("d/d{name}"),
        _ => name_of(label),
    }
}

/// Whether a name is hardly that of a formula with some variables, if nobody says what is asked:
/// `f'(y) = 3x^2`, `f'(2) = 2x`, `f''(x) = 2x`, `df/dt = 2x`, `dx/dy = 2x`.
fn names_another(label: &Label, names: &[String]) -> bool {
    // `xy` may be a product.
    let stands = |own: &str| {
        names.iter().any(|name| is_same_name(name, own) || name.contains(own))
    };
    if let Some(own) = label.variable() {
        return !stands(own) || is_of_higher_order(label);
    }
    // `E_k` has an index that is no variable.
    if label.naming != Naming::Derivative {
        return !label.is_value() && !label.is_general();
    }
    // `dP/dt = kP` is about P, whose variable is t.
    let function = label.function.as_deref();
    let place = |name: &str| COORDINATES.iter().position(|axis| *axis == name);
    let is_turned = |own: &str| {
        function.and_then(place).zip(place(own)).is_some_and(|(of, by)| of < by)
    };
    let is_elsewhere =
        |own: &String| !stands(own) && (is_turned(own) || !function.is_some_and(stands));
    !label.is_general() || is_of_higher_order(label) || label.wrt.iter().any(is_elsewhere)
}

/// Whether a derivative is not the first one, and of no formula that is written out.
fn is_of_higher_order(label: &Label) -> bool {
    label.operand.is_none() && label.order.is_some_and(|order| order > 1)
}

/// The place of a coordinate among the entries of a point, and of a derivative in it among the
/// components of a gradient.
fn axis(label: &Label) -> Option<usize> {
    let name = match (label.naming, &label.wrt[..]) {
        (Naming::Value, []) => label.function.as_ref()?,
        (Naming::Derivative | Naming::Subscript, [name]) => name,
        _ => return None,
    };
    COORDINATES.iter().position(|axis| axis == name)
}

/// Whether names are those of coordinates, or of derivatives of one function.
fn are_of_one(labels: &[&Label]) -> bool {
    let whole = |label: &Label| match label.is_value() {
        true => None,
        false => Some((label.function.clone(), label.operand.clone())),
    };
    labels.windows(2).all(|pair| whole(pair[0]) == whole(pair[1]))
}

/// Whether values are derivatives of one function, the first one and those that follow it.
pub(super) fn are_in_turn(values: &[Value]) -> bool {
    let mut names = Vec::with_capacity(values.len());
    for (place, value) in values.iter().enumerate() {
        let Value::Named(label, _) = value else { return false };
        let is_next = label.order == Some(place + 1) && label.operand.is_none();
        if !is_next || label.naming != Naming::Derivative {
            return false;
        }
        names.push((&label.function, &label.arguments, label.wrt.first()));
    }
    values.len() > 1 && names.windows(2).all(|pair| pair[0] == pair[1])
}

impl Engine {
    /// The verdict where at least one has a name.
    pub(super) fn compare_named(
        &mut self,
        gold: &Value,
        answer: &Value,
        terms: &Terms,
        notes: &mut Vec<String>,
    ) -> Result<Option<Decision>> {
        match (gold, answer) {
            (Value::Named(one, first), Value::Named(other, second)) => {
                let found = self.compare(first, second, terms, notes)?;
                if is_same(one, other) {
                    return Ok(found);
                }
                // `y = 2x` and `x = y/2` are one equation.
                if let Some(decision) = self.compare_as_equations(gold, answer)? {
                    return Ok(Some(decision));
                }
                Ok(found.map(|decision| match decision.verdict.is_equal() {
                    true => undecided(&format!(
                        "what they say is equal, but one is called `{}`, the other `{}`",
                        name_of(one),
                        name_of(other)
                    )),
                    false => decision,
                }))
            }
            (Value::Named(label, value), Value::Equation(..)) => {
                self.compare_with_equation(label, value, answer)
            }
            (Value::Equation(..), Value::Named(label, value)) => {
                self.compare_with_equation(label, value, gold)
            }
            // What a variable may be is a set of values.
            (Value::Named(_, value), Value::Set(several)) if several.len() == 1 => {
                match **value {
                    Value::Formula(_) => self.compare(value, &several[0], terms, notes),
                    _ => self.compare(value, answer, terms, notes),
                }
            }
            (Value::Set(several), Value::Named(_, value)) if several.len() == 1 => {
                match **value {
                    Value::Formula(_) => self.compare(&several[0], value, terms, notes),
                    _ => self.compare(gold, value, terms, notes),
                }
            }
            (Value::Named(label, value), other) => {
                let found = self.compare(value, other, terms, notes)?;
                Ok(self.of_its_variable(label, value, found))
            }
            (other, Value::Named(label, value)) => {
                let found = self.compare(other, value, terms, notes)?;
                Ok(self.of_its_variable(label, value, found))
            }
            _ => Ok(None),
        }
    }

    /// The verdict on a value with a name, where the name may be that of something else.
    fn of_its_variable(
        &self,
        label: &Label,
        value: &Value,
        found: Option<Decision>,
    ) -> Option<Decision> {
        if may_be_product(label)
            && found.as_ref().is_some_and(|found| found.verdict.is_equal())
        {
            return Some(undecided(&format!("`{}` may be a product", name_of(label))));
        }
        let Value::Formula(part) = value else { return found };
        let names = self.variables(&[part.id()]);
        let is_other = !names.is_empty() && names_another(label, &names);
        found.map(|decision| match is_other && decision.verdict.is_equal() {
            true => undecided(&format!("it is called `{}`", written(label))),
            false => decision,
        })
    }

    /// `y = 2x + 1` against an equation in x and y.
    fn compare_with_equation(
        &mut self,
        label: &Label,
        value: &Value,
        equation: &Value,
    ) -> Result<Option<Decision>> {
        let Value::Equation(equation) = equation else { return Ok(None) };
        if may_be_product(label) {
            let reason = format!("`{}` may be a product", name_of(label));
            return Ok(Some(undecided(&reason)));
        }
        let Some(own) = self.as_equation(label, value) else {
            return Ok(self
                .are_solutions(label, value, equation.roots[0])?
                .then(|| undecided("one is an equation, the other solutions of it")));
        };
        Ok(Some(self.compare_equations(&own, equation)?))
    }

    /// The verdict on two equations; of those that have no variable in common nobody knows what
    /// is called how.
    pub(super) fn compare_equations(
        &mut self,
        one: &Formula,
        other: &Formula,
    ) -> Result<Decision> {
        let found = self.equal_equations(one, other)?.decision;
        let [first, second] = [one, other].map(|formula| self.variables(&formula.roots));
        let are_apart = !first.is_empty()
            && !second.is_empty()
            && !first.iter().any(|name| second.contains(name));
        Ok(match found.verdict {
            Verdict::Different(_) if are_apart => {
                undecided("they are about other variables")
            }
            Verdict::Different(_) => {
                let [one, other] = [one.roots[0], other.roots[0]];
                let named = match self.up_to_names(one, other)? {
                    None => self.up_to_level(one, other)?,
                    named => named,
                };
                named.unwrap_or(found)
            }
            _ => found,
        })
    }

    /// Formulas with other names, as equations between these and what stands in the formulas;
    /// `None` where they are numbers, and a name says only what they are called.
    fn compare_as_equations(
        &mut self,
        gold: &Value,
        answer: &Value,
    ) -> Result<Option<Decision>> {
        let (Value::Named(one, first), Value::Named(other, second)) = (gold, answer)
        else {
            return Ok(None);
        };
        let (Some(left), Some(right)) =
            (self.as_equation(one, first), self.as_equation(other, second))
        else {
            return Ok(None);
        };
        const SIDES: usize = 2;
        let names = |roots: &[ExprId]| self.variables(roots).len();
        if names(&left.roots) < SIDES || names(&right.roots) < SIDES {
            return Ok(None);
        }
        let found = self.compare_equations(&left, &right)?;
        // A law that is solved for another name is squared.
        let is_root = |value: &Value| {
            let formulas = value.formulas();
            formulas.into_iter().any(|formula| {
                formula.roots.iter().any(|root| self.pool.has_roots(*root))
            })
        };
        let is_squared = found.verdict.is_different()
            && one.function != other.function
            && (is_root(first) || is_root(second));
        Ok(Some(match is_squared {
            true => undecided("a square may have solutions that the root has not"),
            false => found,
        }))
    }

    /// A formula with the name of a variable, as the equation between both.
    fn as_equation(&mut self, label: &Label, value: &Value) -> Option<Formula> {
        let Value::Formula(part) = value else { return None };
        let is_variable = label.is_value() && label.arguments.is_none();
        let name = label.function.as_deref().filter(|_| is_variable)?;
        let name = self.pool.spelling(name).to_owned();
        let symbol = self.pool.symbol(&name);
        let mut own = Formula::clone(&part.formula);
        own.roots = vec![self.pool.difference(symbol, part.id())];
        Some(own)
    }

    /// Whether all values of a name solve an equation: `x = \pm 2` and `x^2 = 4`.
    fn are_solutions(
        &mut self,
        label: &Label,
        value: &Value,
        gap: ExprId,
    ) -> Result<bool> {
        let (Value::Values(values) | Value::Set(values)) = value else {
            return Ok(false);
        };
        let is_variable = label.is_value() && label.arguments.is_none();
        let Some(name) = label.function.as_deref().filter(|_| is_variable) else {
            return Ok(false);
        };
        let name = self.pool.spelling(name).to_owned();
        let symbol = self.pool.symbol(&name);
        for value in values {
            let Value::Formula(part) = value else { return Ok(false) };
            let put = [(symbol, part.id())];
            let rest = self.pool.substitute(&[gap], &put, function::apply)[0];
            if self.decide_ids(rest, Pool::ZERO)?.verdict.is_different() {
                return Ok(false);
            }
        }
        Ok(!values.is_empty())
    }

    /// Whether a number is a side of an equation in one name, whose other side is that name or
    /// one formula of it: `\bar x = 3`, `|v| = 5`.
    pub(super) fn is_side(&mut self, equation: ExprId, number: ExprId) -> Result<bool> {
        let is_number = self.variables(&[number]).is_empty();
        if !is_number || self.variables(&[equation]).len() != 1 {
            return Ok(false);
        }
        let negated = self.pool.negate(equation);
        for gap in [equation, negated] {
            let side = self.pool.sum(&[gap, number]);
            let side = self.simplify(side)?;
            if !matches!(self.pool.node(side), Node::Sum(_) | Node::Multiple(..)) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Whether values are those of names: `x = 1, y = 2`.
    pub(super) fn has_names(&self, values: &[Value]) -> bool {
        values.iter().all(|value| matches!(value, Value::Named(..)))
    }

    /// `x = 1, y = 2` against the same in any order.
    pub(super) fn compare_assignments(
        &mut self,
        gold: &[Value],
        answer: &[Value],
        terms: &Terms,
        notes: &mut Vec<String>,
    ) -> Result<Option<Decision>> {
        let mut ordered = Vec::with_capacity(gold.len());
        for value in gold {
            let Value::Named(label, _) = value else { return Ok(None) };
            let own = answer.iter().find(
                |other| matches!(other, Value::Named(own, _) if is_same(label, own)),
            );
            let Some(own) = own else {
                return Ok(Some(undecided("they name other values")));
            };
            ordered.push(own.clone());
        }
        self.compare_tuples(gold, &ordered, terms, notes).map(|found| {
            match answer.len() == gold.len() {
                true => found,
                false => Some(undecided("one names more values than the other")),
            }
        })
    }

    /// `x = 1, y = 2` against the point `(1, 2)`.
    pub(super) fn compare_with_point(
        &mut self,
        named: &[Value],
        point: &[Value],
        is_gold: bool,
        terms: &Terms,
        notes: &mut Vec<String>,
    ) -> Result<Option<Decision>> {
        let mut labels: Vec<&Label> = Vec::with_capacity(named.len());
        let mut placed = Vec::with_capacity(named.len());
        for value in named {
            let Value::Named(label, inner) = value else { return Ok(None) };
            placed.push((axis(label), (**inner).clone()));
            labels.push(label);
        }
        placed.sort_by_key(|(axis, _)| *axis);
        let mut axes = placed.iter().enumerate();
        let are_coordinates = axes.all(|(place, (axis, _))| *axis == Some(place));
        let are_coordinates = are_coordinates && are_of_one(&labels);
        let values: Vec<Value> = placed.into_iter().map(|(_, value)| value).collect();
        let found = match is_gold {
            true => self.compare_tuples(&values, point, terms, notes)?,
            false => self.compare_tuples(point, &values, terms, notes)?,
        };
        Ok(found.map(|decision| match are_coordinates {
            true => decision,
            false if decision.verdict.is_equal() => {
                undecided("it is not said which name is which entry")
            }
            false => undecided("one has names, the other a point without"),
        }))
    }

    /// The first of several derivatives against a formula of which nobody says which it is.
    pub(super) fn compare_first(
        &mut self,
        derivatives: &[Value],
        other: &Value,
        terms: &Terms,
        notes: &mut Vec<String>,
    ) -> Result<Option<Decision>> {
        let mut found = None;
        for value in derivatives {
            let Value::Named(label, inner) = value else { return Ok(None) };
            let decision = self.compare_any(inner, other, terms)?;
            let name = name_of(label);
            match (&found, decision.verdict.is_equal()) {
                (None, true) => {
                    notes.push(format!("`{name}` is compared, which stands first"));
                    return Ok(Some(decision));
                }
                (Some(_), true) => {
                    let reason = format!("what is equal is called `{name}`");
                    return Ok(Some(undecided(&reason)));
                }
                (None, false) => found = Some(decision),
                (Some(_), false) => {}
            }
        }
        Ok(found)
    }

    /// The one value of several that are all equal.
    pub(super) fn alone(&mut self, value: &Value) -> Result<Option<Value>> {
        let Value::Values(values) = value else { return Ok(None) };
        let Some((first, rest)) = values.split_first() else { return Ok(None) };
        for other in rest {
            let (Value::Formula(one), Value::Formula(two)) = (first, other) else {
                return Ok(None);
            };
            if self.decide_parts(one, two)?.verdict != Verdict::Equal {
                return Ok(None);
            }
        }
        Ok(Some(first.clone()))
    }

    /// The verdict on two values, of other kinds or not.
    pub(super) fn compare_any(
        &mut self,
        gold: &Value,
        answer: &Value,
        terms: &Terms,
    ) -> Result<Decision> {
        let found = self.compare(gold, answer, terms, &mut Vec::new())?;
        Ok(found.unwrap_or_else(|| of_other_kinds(gold, answer)))
    }
}
