//! Answers that were read: typed, with their formulas in the pool of an engine.

use super::super::engine::Engine;
use super::super::formula::Formula;
use super::region::Region;
use crate::kernel::ExprId;
use crate::print::{self, Notation};
use crate::syntax::{Label, Unit};
use std::rc::Rc;

/// A formula of an answer: one root of what was read.
#[derive(Clone, Debug)]
pub(super) struct Part {
    pub(super) formula: Rc<Formula>,
    pub(super) root: usize,
    /// The formula as it was typed.
    pub(super) text: Rc<str>,
    /// What stands before its `=` in the same names and is not equal to it.
    pub(super) refuted: Option<Rc<str>>,
}

/// A number that is written to a base.
#[derive(Clone, Debug)]
pub(super) struct Based {
    pub(super) value: Box<Part>,
    pub(super) digits: String,
    pub(super) base: u32,
}

/// What leaves a rest: `x \equiv 2 \pmod 5`.
#[derive(Clone, Debug)]
pub(super) struct Congruence {
    /// What leaves it, where that is said.
    pub(super) of: Option<Box<Part>>,
    pub(super) rest: Box<Part>,
    pub(super) modulus: Box<Part>,
}

/// What an answer is.
#[derive(Clone, Debug)]
pub(super) enum Value {
    /// A formula.
    Formula(Box<Part>),
    /// Values in an order.
    Tuple(Vec<Value>),
    /// Values without an order.
    Set(Vec<Value>),
    /// Values with commas between them, of which nobody said whether they have an order.
    List(Vec<Value>),
    /// Values of which each is an answer.
    Values(Vec<Value>),
    /// What has a name.
    Named(Box<Label>, Box<Value>),
    /// An equation: what is zero where it holds.
    Equation(Box<Formula>),
    /// A set of real numbers between bounds, and the variable that lies in it.
    Region(Region, Option<String>),
    /// What is positive where inequalities hold, or not negative, or not zero.
    Inequalities(Vec<Sign>),
    /// A number with a unit.
    Quantity(Box<Part>, Unit, ExprId),
    /// A number that is written to a base.
    Based(Based),
    /// What leaves a rest.
    Congruence(Congruence),
    /// Infinity, or minus infinity.
    Infinity(bool),
    /// The letter of a choice.
    Choice(char),
    /// Words.
    Words(String),
}

/// An inequality: what its expression is where it holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Sign {
    pub(super) gap: ExprId,
    pub(super) is: Is,
}

/// Where the expression of an inequality lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Is {
    Positive,
    NotNegative,
    NotZero,
}

/// A kind with its article, where it has one.
pub(super) fn with_article(kind: &str) -> String {
    match kind {
        "words" | "values" | "infinity" => kind.to_owned(),
        _ if kind.starts_with(['a', 'e', 'i', 'o']) => format!("an {kind}"),
        _ => format!("a {kind}"),
    }
}

impl Part {
    /// A formula of one root, as it was typed.
    pub(super) fn of(formula: Formula, text: &str) -> Self {
        Self { formula: Rc::new(formula), root: 0, text: text.into(), refuted: None }
    }

    pub(super) fn id(&self) -> ExprId {
        self.formula.roots[self.root]
    }
}

impl Value {
    /// What it is called.
    pub(super) fn kind(&self) -> &'static str {
        match self {
            Self::Formula(_) => "formula",
            Self::Tuple(_) => "tuple",
            Self::Set(_) => "set",
            Self::List(_) => "list",
            Self::Values(_) => "values",
            Self::Named(_, value) => value.kind(),
            Self::Equation(..) => "equation",
            Self::Region(..) => "interval",
            Self::Inequalities(_) => "inequality",
            Self::Quantity(..) => "quantity",
            Self::Based(_) => "number",
            Self::Congruence(_) => "congruence",
            Self::Infinity(_) => "infinity",
            Self::Choice(_) => "choice",
            Self::Words(_) => "words",
        }
    }

    /// Whether it is a formula of one letter, which may be that of a choice.
    pub(super) fn is_letter(&self) -> bool {
        let Self::Formula(part) = self else { return false };
        let name = part.text.trim_matches(['(', ')', ' ', '.']);
        name.chars().count() == 1 && name.chars().all(char::is_alphabetic)
    }

    /// The formulas in it.
    pub(super) fn formulas(&self) -> Vec<&Formula> {
        let mut found = Vec::new();
        let mut waiting = vec![self];
        while let Some(value) = waiting.pop() {
            match value {
                Self::Formula(part) | Self::Quantity(part, ..) => {
                    found.push(&*part.formula);
                }
                Self::Equation(formula) => found.push(formula),
                Self::Based(Based { value, .. }) => found.push(&*value.formula),
                Self::Congruence(Congruence { of, rest, modulus }) => {
                    let parts = of.iter().chain([rest, modulus]);
                    found.extend(parts.map(|part| &*part.formula));
                }
                Self::Tuple(list)
                | Self::Set(list)
                | Self::List(list)
                | Self::Values(list) => {
                    waiting.extend(list.iter().rev());
                }
                Self::Named(_, value) => waiting.push(value),
                _ => {}
            }
        }
        found
    }

    /// Whether an argument without brackets in it has factors that some do not take for its
    /// own.
    pub(super) fn has_runs(&self) -> bool {
        self.formulas().iter().any(|formula| formula.program().has_runs())
    }

    /// What was said of how its formulas were read.
    pub(super) fn notes(&self) -> Vec<String> {
        let mut found: Vec<String> = Vec::new();
        for note in self.formulas().into_iter().flat_map(|formula| &formula.notes) {
            if !found.contains(&note.message) {
                found.push(note.message.clone());
            }
        }
        found
    }
}

impl Engine {
    /// A value in calcgrad's notation.
    pub(super) fn written(&self, value: &Value) -> String {
        let list = |values: &[Value], separator: &str| {
            values.iter().map(|v| self.written(v)).collect::<Vec<_>>().join(separator)
        };
        match value {
            Value::Formula(part) => self.text_of(part.id()),
            Value::Tuple(values) => format!("({})", list(values, ", ")),
            Value::Set(values) => format!("{{{}}}", list(values, ", ")),
            Value::List(values) => list(values, ", "),
            Value::Values(values) => list(values, " or "),
            Value::Named(label, value) => {
                let sign = match **value {
                    Value::Region(..) | Value::Set(_) => "in",
                    _ => "=",
                };
                let name = super::named::name_of(label);
                format!("{name} {sign} {}", self.written(value))
            }
            Value::Equation(formula) => format!("{} = 0", self.text_of(formula.roots[0])),
            Value::Region(region, _) => self.region_text(region),
            Value::Inequalities(signs) => {
                let text = |sign: &Sign| {
                    let is = match sign.is {
                        Is::Positive => "> 0",
                        Is::NotNegative => ">= 0",
                        Is::NotZero => "!= 0",
                    };
                    format!("{} {is}", self.text_of(sign.gap))
                };
                signs.iter().map(text).collect::<Vec<_>>().join(" and ")
            }
            Value::Quantity(part, unit, _) => {
                format!("{} {}", self.text_of(part.id()), unit.name)
            }
            Value::Based(based) => format!("{}_{}", based.digits, based.base),
            Value::Congruence(Congruence { of, rest, modulus }) => {
                let of = of.as_ref().map(|of| format!("{} = ", self.text_of(of.id())));
                let [rest, modulus] = [rest, modulus].map(|part| self.text_of(part.id()));
                format!("{}{rest} modulo {modulus}", of.unwrap_or_default())
            }
            Value::Infinity(true) => "-infinity".to_owned(),
            Value::Infinity(false) => "infinity".to_owned(),
            Value::Choice(letter) => letter.to_string(),
            Value::Words(words) => words.clone(),
        }
    }

    /// An expression in calcgrad's notation; nothing where it is too long.
    pub(super) fn text_of(&self, id: ExprId) -> String {
        print::write(&self.pool, id, Notation::Text).unwrap_or_default()
    }
}
