//! The derivation of one derivative: what it is about, its special forms, and its lines.

use super::demand;
use super::deriver::{Deriver, Subject};
use super::settle::{Known, is_open, lower, open, parts, put, settle};
use crate::calculus::Rule;
use crate::derivation::{Derivation, Detail, Line, Math, Reason};
use crate::error::Result;
use crate::function;
use crate::kernel::view::{Shape, shape};
use crate::kernel::{ExprId, FunctionId, Node, Pool};
use crate::print::{Held, Mark};
use crate::simplify::Simplifier;

/// Pairs of names for the numerator and the denominator, the usual ones first.
const PAIRS: [(&str, &str); 6] =
    [("u", "v"), ("p", "q"), ("g", "h"), ("r", "s"), ("a", "b"), ("m", "n")];
/// Above this cost of what the rules give, nothing between is told.
const LONG: u32 = 12_000;
/// The name of the derivative of a function of x that has no name.
const USUAL: &str = "f'(x)";
/// Names for a power of which the logarithm is taken.
const POWERS: [&str; 4] = ["y", "z", "w", "q"];

/// What a derivation is asked for.
#[derive(Clone, Debug)]
pub struct Question {
    /// The function.
    pub of: ExprId,
    /// What the function is called, `f(x)`.
    pub function: Math,
    /// What its derivative is called, `f'(x)`.
    pub label: Math,
    /// The variable.
    pub variable: ExprId,
    /// How derivatives are marked.
    pub mark: Mark,
    /// The derivative in its last form.
    pub answer: ExprId,
    /// How much is told.
    pub detail: Detail,
    /// Whether it is the only derivative of the function, which may then be called y.
    pub is_alone: bool,
    /// Derivatives that were told before.
    pub known: Vec<(ExprId, ExprId)>,
}

/// The derivation of a derivative.
///
/// # Errors
/// A function without a known derivative, a limit.
pub fn derivation(
    pool: &mut Pool,
    simplifier: &mut Simplifier,
    question: &Question,
) -> Result<Derivation> {
    let about = (question.variable, question.mark);
    let mut deriver = Deriver::new(pool, simplifier, about, question.detail);
    let raw = deriver.derivative(question.of)?;
    deriver.shown.extend(question.known.iter().copied());
    let is_long = deriver.pool.cost(raw) > LONG;
    let subject = Subject {
        of: question.of,
        label: question.label.clone(),
        answer: Some(question.answer),
    };
    if is_long {
        deriver.briefly(question, &subject)?;
    } else if !deriver.quotient_with_names(question, &subject)?
        && !deriver.by_logarithm(question, &subject)?
    {
        let value = deriver.math(question.of)?;
        deriver.lines.push(Line {
            label: question.function.clone(),
            values: vec![value],
            ..Line::default()
        });
        deriver.derive(&subject)?;
    }
    Ok(deriver.derivation())
}

impl Deriver<'_> {
    /// The function and its derivative, where what is between is too long to be read.
    fn briefly(&mut self, question: &Question, subject: &Subject) -> Result<()> {
        let value = self.math(question.of)?;
        let label = question.function.clone();
        self.lines.push(Line { label, values: vec![value], ..Line::default() });
        let value = self.math(question.answer)?;
        self.push(value, (vec![Reason::new("long")], 1), subject, question.answer);
        Ok(())
    }

    /// `f = u/v` with names for both: their derivatives first, then the rule. Whether it is
    /// one.
    fn quotient_with_names(
        &mut self,
        question: &Question,
        subject: &Subject,
    ) -> Result<bool> {
        let (above, below) = parts(self.pool, subject.of);
        if !self.varies(above) || !self.varies(below) || question.mark != Mark::Prime {
            return Ok(false);
        }
        if matches!(shape(self.pool, subject.of), Shape::Root(_)) {
            return Ok(false);
        }
        self.derivative(above)?;
        self.derivative(below)?;
        if self.is_linear(above) && self.is_linear(below) {
            return Ok(false);
        }
        let Some([u, v]) = self.free_names() else { return Ok(false) };
        let [names_u, names_v] = [u, v].map(|id| self.math(id));
        let (names_u, names_v) = (names_u?, names_v?);
        let whole = Held::Quotient(Box::new(Held::Plain(u)), Box::new(Held::Plain(v)));
        let names = vec![(names_u, self.math(above)?), (names_v, self.math(below)?)];
        let value = self.held(&whole)?;
        let label = question.function.clone();
        self.lines.push(Line { label, values: vec![value], names, ..Line::default() });
        let mut found = Vec::new();
        for (symbol, part) in [(u, above), (v, below)] {
            let raw = self.derivative(part)?;
            let answer = self.simplifier.simplify(self.pool, raw);
            if raw != Pool::ONE {
                let label = self.held(&Held::Derivative(symbol))?;
                self.derive(&Subject { of: part, label, answer: Some(answer) })?;
            }
            found.push(answer);
        }
        let square = self.pool.integer_power(v, 2);
        let rule = quotient(
            [Held::Plain(u), Held::Plain(v)],
            [Held::Derivative(u), Held::Derivative(v)],
            Held::Plain(square),
        );
        let rule = settle(self.pool, rule);
        let value = self.held(&rule)?;
        let square = self.pool.integer_power(below, 2);
        let held = quotient(
            [Held::Plain(above), Held::Plain(below)],
            [Held::Plain(found[0]), Held::Plain(found[1])],
            Held::Plain(square),
        );
        let is = lower(self.pool, &|_| Pool::ZERO, &held);
        self.push(value, (vec![Reason::new("quotient")], 1), subject, is);
        let held = settle(self.pool, held);
        let from = self.lines.len();
        self.line(&held, (Vec::new(), 0), subject)?;
        self.finish(&held, (subject, question.answer), from)?;
        Ok(true)
    }

    /// The logarithm of both sides, where base and exponent vary. Whether they do.
    fn by_logarithm(&mut self, question: &Question, subject: &Subject) -> Result<bool> {
        let Node::Power(base, exponent) = self.pool.node(subject.of) else {
            return Ok(false);
        };
        if self.log.rule(subject.of) != Rule::GeneralPower || question.mark != Mark::Prime
        {
            return Ok(false);
        }
        let free = |name: &&&str| self.pool.find_symbol(name).is_none();
        let Some(name) = POWERS.iter().find(free) else { return Ok(false) };
        let y = self.pool.symbol(name);
        let power = self.math(subject.of)?;
        let named = self.math(y)?;
        let derived = self.held(&Held::Derivative(y))?;
        // A function without a name of its own is called y.
        let is_named = question.label.text != USUAL || !question.is_alone;
        let (function, values) = match is_named {
            true => (question.function.clone(), vec![named.clone(), power.clone()]),
            false => (named.clone(), vec![power.clone()]),
        };
        let subject = &Subject {
            label: if is_named { subject.label.clone() } else { derived },
            ..subject.clone()
        };
        let log = function::apply(self.pool, FunctionId::LN, &[base]);
        let mut demands = Vec::new();
        demand::demands(self.pool, &[subject.of, log], &mut demands);
        let condition = demand::condition(self.pool, &demands)?;
        let first = Line { label: function, values, condition, ..Line::default() };
        self.lines.push(first);
        let log_y = function::apply(self.pool, FunctionId::LN, &[y]);
        let product = self.pool.product(&[exponent, log]);
        let (label, value) = (self.math(log_y)?, self.math(product)?);
        self.lines.push(Line {
            label,
            values: vec![value],
            reasons: vec![Reason::new("logarithm")],
            ..Line::default()
        });
        let raw = self.derivative(product)?;
        let answer = self.simplifier.simplify(self.pool, raw);
        let ratio =
            Held::Quotient(Box::new(Held::Derivative(y)), Box::new(Held::Plain(y)));
        let label = self.held(&ratio)?;
        let from = self.lines.len();
        let ratio = Subject { of: product, label, answer: Some(answer) };
        if !self.leaves_at_once(&ratio, answer)? {
            self.derive(&ratio)?;
        }
        if let Some(line) = self.lines.get_mut(from) {
            line.reasons.insert(0, Reason::new("chain_left"));
        }
        let whole = self.pool.product(&[subject.of, answer]);
        let held = settle(
            self.pool,
            Held::Product(vec![Held::Plain(subject.of), Held::Plain(answer)]),
        );
        let times = Reason::new("times").with("equation", Math::equation(&named, &power));
        let from = self.lines.len();
        let value = self.held(&held)?;
        self.push(value, (vec![times], 1), subject, whole);
        self.finish(&held, (subject, question.answer), from)?;
        Ok(true)
    }

    /// Adds `ln(x) + x*(1/x) = ln(x) + 1` as one line, where the rule leaves nothing but
    /// derivatives that everybody knows. Whether it does.
    fn leaves_at_once(&mut self, subject: &Subject, answer: ExprId) -> Result<bool> {
        let first = self.expand(subject.of)?;
        let left = open(&first.held);
        let mut known = Known::default();
        for id in left {
            let found = self.expand(id)?;
            if is_open(&found.held) || !found.reasons.is_empty() {
                return Ok(false);
            }
            let found = settle(self.pool, found.held);
            known.insert(id, found);
        }
        let put = put(&first.held, &known);
        let whole = lower(self.pool, &|_| Pool::ZERO, &put);
        let value = self.held(&without_units(put))?;
        self.push(value, (first.reasons, first.rules + known.len()), subject, whole);
        let answer = self.math(answer)?;
        if let Some(line) = self.lines.last_mut().filter(|line| line.values[0] != answer)
        {
            line.values.push(answer);
        }
        Ok(true)
    }

    /// Two names that the formula does not have.
    fn free_names(&mut self) -> Option<[ExprId; 2]> {
        let is_free = |name: &str| self.pool.find_symbol(name).is_none();
        let (u, v) = PAIRS.iter().find(|(u, v)| is_free(u) && is_free(v))?;
        Some([self.pool.symbol(u), self.pool.symbol(v)])
    }
}

/// A sum of products without factors that are 1.
fn without_units(held: Held) -> Held {
    let is_unit = |held: &Held| *held == Held::Plain(Pool::ONE);
    match held {
        Held::Sum(terms) => {
            let terms = terms.into_iter();
            Held::Sum(terms.map(|(minus, term)| (minus, without_units(term))).collect())
        }
        Held::Product(mut factors) => {
            factors.retain(|factor| !is_unit(factor));
            match factors.len() {
                0 => Held::Plain(Pool::ONE),
                1 => factors.remove(0),
                _ => Held::Product(factors),
            }
        }
        Held::Quotient(above, below) => {
            Held::Quotient(Box::new(without_units(*above)), below)
        }
        held => held,
    }
}

/// `(u'*v - u*v')/v^2`.
fn quotient([u, v]: [Held; 2], [du, dv]: [Held; 2], square: Held) -> Held {
    let first = Held::Product(vec![du, v]);
    let second = Held::Product(vec![u, dv]);
    let above = Held::Sum(vec![(false, first), (true, second)]);
    Held::Quotient(Box::new(above), Box::new(square))
}
