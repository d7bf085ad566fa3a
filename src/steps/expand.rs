//! One rule of calculus on the textbook view of an expression, with what it needs of its
//! operands still to be differentiated.

use super::demand;
use super::deriver::Deriver;
use super::settle::{factor_id, is_open, negative, open};
use crate::calculus::{Rule, partial};
use crate::derivation::{Detail, Math, Reason};
use crate::error::Result;
use crate::function;
use crate::kernel::view::{Factor, Row, Shape, shape};
use crate::kernel::{ExprId, FunctionId, Node, Number, Pool, without_index};
use crate::print::Held;

/// Derivatives of table functions that cost more to read than this are said.
const WELL_KNOWN: u32 = 4;
/// The names of inner functions in sentences, the usual one first.
const LETTERS: [&str; 6] = ["w", "s", "p", "q", "h", "r"];
/// How deep sums and products stand in each other that are seen to be linear at once.
const LINEAR: usize = 6;
/// The most names among which a letter is looked for that is none.
const MOST_NAMES: usize = 1_000;
/// The most reasons of a line.
const MAX_REASONS: usize = 4;

/// What a rule makes of the derivative of an expression.
#[derive(Clone, Debug)]
pub(super) struct Expansion {
    pub(super) held: Held,
    pub(super) reasons: Vec<Reason>,
    /// How many rules were used.
    pub(super) rules: usize,
}

impl Expansion {
    fn new(held: Held, reasons: Vec<Reason>) -> Self {
        let rules = reasons.len();
        Self { held, reasons, rules }
    }
}

impl Deriver<'_> {
    /// The derivative of an operand as it stands in a rule: one that everybody knows is put in
    /// at once, as `x' = 1` and `c' = 0`.
    ///
    /// # Errors
    /// A function without a known derivative.
    pub(super) fn prime(&mut self, id: ExprId) -> Result<Held> {
        Ok(match self.derivative(id)? {
            found @ (Pool::ZERO | Pool::ONE | Pool::MINUS_ONE) => Held::Plain(found),
            _ => match self.log.slope(id) {
                Some(slope) => Held::Plain(slope),
                None => Held::Derivative(id),
            },
        })
    }

    /// Whether the derivative of an expression is seen at once: it is linear.
    pub(super) fn is_linear(&self, id: ExprId) -> bool {
        self.is_linear_to(id, LINEAR)
    }

    fn is_linear_to(&self, id: ExprId, depth: usize) -> bool {
        if !self.varies(id) || id == self.variable || self.log.slope(id).is_some() {
            return true;
        }
        let Some(left) = depth.checked_sub(1) else { return false };
        match self.pool.node(id) {
            Node::Sum(list) => {
                self.pool.list(list).iter().all(|term| self.is_linear_to(*term, left))
            }
            Node::Multiple(_, rest) => self.is_linear_to(rest, left),
            Node::Product(list) => {
                let factors = self.pool.list(list).iter();
                let mut varying = factors.filter(|factor| self.varies(**factor));
                let (first, second) = (varying.next(), varying.next());
                second.is_none() && first.is_none_or(|one| self.is_linear_to(*one, left))
            }
            _ => false,
        }
    }

    /// What the rule of an expression makes of its derivative.
    ///
    /// # Errors
    /// A function without a known derivative.
    pub(super) fn expand(&mut self, id: ExprId) -> Result<Expansion> {
        let found = self.derivative(id)?;
        if self.is_linear(id) {
            return Ok(Expansion {
                held: Held::Plain(found),
                reasons: Vec::new(),
                rules: 0,
            });
        }
        match self.pool.node(id) {
            Node::Sum(_) => self.sum(id),
            Node::Apply(function, _) => self.application(id, function),
            Node::Power(base, exponent) if !is_below(self.pool, exponent) => {
                self.power(id, base, exponent)
            }
            _ => self.term(id),
        }
    }

    /// Term by term; what is known of a term without another rule is put in at once.
    fn sum(&mut self, id: ExprId) -> Result<Expansion> {
        let mut reasons = vec![Reason::new("sum")];
        let mut terms = Vec::new();
        let (mut rules, mut is_whole) = (1, true);
        for (is_negative, term) in signed(self.pool, id) {
            let found = self.expand(term)?;
            if is_open(&found.held) {
                terms.push((is_negative, self.prime(term)?));
                is_whole = false;
                continue;
            }
            rules += found.rules;
            found.reasons.into_iter().for_each(|reason| add(&mut reasons, reason));
            terms.push((is_negative, found.held));
        }
        if is_whole && reasons.len() > 1 {
            // The rule for powers, term by term.
            reasons.remove(0);
        }
        Ok(Expansion { held: Held::Sum(terms), reasons, rules })
    }

    /// A product, a quotient, or a power below a bar, with constant factors before it.
    fn term(&mut self, id: ExprId) -> Result<Expansion> {
        let Shape::Term { negative: is_negative, above, below } = shape(self.pool, id)
        else {
            return Ok(self.known(id));
        };
        let (constant, factors) = self.sides(&above);
        let (divisor, denominators) = self.sides(&below);
        let mut scale = self.pool.quotient(constant, divisor);
        if is_negative {
            scale = self.pool.negate(scale);
        }
        let found = match (&factors[..], &denominators[..]) {
            ([one], []) => self.expand(*one)?,
            (_, []) => self.product(&factors)?,
            ([], [one]) => {
                let below = *one;
                let (base, n) = match self.pool.node(below) {
                    Node::Power(base, n) if self.pool.as_number(n).is_some() => (base, n),
                    _ => (below, Pool::ONE),
                };
                let n = self.pool.negate(n);
                // The factor before it goes above the bar.
                self.power_of(base, n, std::mem::replace(&mut scale, Pool::ONE))?
            }
            ([], _) => {
                let v = self.pool.product(&denominators);
                let square = self.pool.integer_power(v, 2);
                let before = Held::Plain(std::mem::replace(&mut scale, Pool::ONE));
                let above = Held::Product(vec![before, self.prime(v)?]);
                let held = Held::Quotient(Box::new(above), Box::new(Held::Plain(square)));
                let reason = self.reciprocal(v)?;
                Expansion::new(negative(self.pool, held), vec![reason])
            }
            _ => {
                let u = self.pool.product(&factors);
                let v = self.pool.product(&denominators);
                self.quotient(u, v)?
            }
        };
        Ok(self.scaled(scale, found))
    }

    /// The constant factors of a row as one, and those that vary.
    fn sides(&mut self, factors: &Row) -> (ExprId, Vec<ExprId>) {
        let mut constant = Vec::new();
        let mut varying = Vec::new();
        for factor in factors {
            let id = factor_id(self.pool, factor);
            let is_constant = matches!(factor, Factor::Number(_)) || !self.varies(id);
            // A root of several is one factor on paper and several in the pool.
            let parts = match is_constant {
                true => vec![id],
                false => self.pool.factors(&id).to_vec(),
            };
            for part in parts {
                match self.varies(part) {
                    true => varying.push(part),
                    false => constant.push(part),
                }
            }
        }
        (self.pool.product(&constant), varying)
    }

    /// A constant times what was found.
    fn scaled(&mut self, scale: ExprId, mut found: Expansion) -> Expansion {
        if scale == Pool::ONE {
            return found;
        }
        if self.detail >= Detail::Fine {
            found.reasons.insert(0, Reason::new("constant_multiple"));
        }
        found.held = Held::Product(vec![Held::Plain(scale), found.held]);
        found
    }

    fn product(&mut self, factors: &[ExprId]) -> Result<Expansion> {
        let mut terms = Vec::with_capacity(factors.len());
        for (place, factor) in factors.iter().enumerate() {
            let mut parts = Vec::with_capacity(factors.len());
            for (other, id) in factors.iter().enumerate() {
                parts.push(match other == place {
                    true => self.prime(*factor)?,
                    false => Held::Plain(*id),
                });
            }
            terms.push((false, Held::Product(parts)));
        }
        Ok(Expansion::new(Held::Sum(terms), vec![Reason::new("product")]))
    }

    /// `(u'*v - u*v')/v^2`.
    ///
    /// # Errors
    /// A function without a known derivative.
    pub(super) fn quotient(&mut self, u: ExprId, v: ExprId) -> Result<Expansion> {
        let first = Held::Product(vec![self.prime(u)?, Held::Plain(v)]);
        let second = Held::Product(vec![Held::Plain(u), self.prime(v)?]);
        let square = self.pool.integer_power(v, 2);
        let above = Held::Sum(vec![(false, first), (true, second)]);
        let held = Held::Quotient(Box::new(above), Box::new(Held::Plain(square)));
        Ok(Expansion::new(held, vec![Reason::new("quotient")]))
    }

    fn power(&mut self, id: ExprId, base: ExprId, exponent: ExprId) -> Result<Expansion> {
        match self.log.rule(id) {
            Rule::Exponential => {
                let log = function::apply(self.pool, FunctionId::LN, &[base]);
                let outer = self.pool.product(&[id, log]);
                let own = self.pool.power(base, self.variable);
                let derivative = self.pool.product(&[own, log]);
                let known = self.table_row(own, derivative)?;
                self.outer(outer, exponent, Reason { id: "exponential", ..known })
            }
            Rule::GeneralPower => {
                let log = function::apply(self.pool, FunctionId::LN, &[base]);
                let inner = self.pool.product(&[exponent, log]);
                let held = Held::Product(vec![Held::Plain(id), self.prime(inner)?]);
                let whole = [Pool::E, inner].map(|id| Box::new(Held::Plain(id)));
                let [base, exponent] = whole;
                let exponential = Held::Power(base, exponent);
                let reason = Reason::new("general_power")
                    .with("power", self.math(id)?)
                    .with("inner", self.math(inner)?)
                    .with("exponential", self.held(&exponential)?);
                let mut demands = Vec::new();
                demand::demands(self.pool, &[log], &mut demands);
                if let Some(condition) = demand::condition(self.pool, &demands)? {
                    self.conditions.insert(reason.parts[0].1.clone(), condition);
                }
                Ok(Expansion::new(held, vec![reason]))
            }
            _ => self.power_of(base, exponent, Pool::ONE),
        }
    }

    /// A constant times a power of what varies.
    fn power_of(&mut self, base: ExprId, n: ExprId, scale: ExprId) -> Result<Expansion> {
        let less = match self.pool.as_number(n) {
            Some(n) => {
                let less = n.sub(&Number::ONE);
                self.pool.number(less)
            }
            None => self.pool.sum(&[n, Pool::MINUS_ONE]),
        };
        let power = self.pool.power(base, less);
        let outer = self.pool.product(&[scale, n, power]);
        self.outer(outer, base, Reason::new("power"))
    }

    fn application(&mut self, id: ExprId, function: FunctionId) -> Result<Expansion> {
        if self.log.rule(id) == Rule::Piecewise {
            let found = self.known(id);
            return Ok(Expansion::new(found.held, vec![Reason::new("piecewise")]));
        }
        let Node::Apply(_, list) = self.pool.node(id) else { return Ok(self.known(id)) };
        let arguments = self.pool.list(list).to_vec();
        let varying: Vec<usize> =
            (0..arguments.len()).filter(|place| self.varies(arguments[*place])).collect();
        if let [place] = varying[..] {
            let outer = partial(self.pool, function, place, &arguments)?;
            let name = self.function_reason(function, place, &arguments)?;
            return self.outer(outer, arguments[place], name);
        }
        let mut terms = Vec::new();
        for place in varying {
            let outer = partial(self.pool, function, place, &arguments)?;
            let inner = self.prime(arguments[place])?;
            terms.push((false, Held::Product(vec![Held::Plain(outer), inner])));
        }
        Ok(Expansion::new(Held::Sum(terms), vec![Reason::new("chain_several")]))
    }

    /// What the derivative of a function is, where not everybody knows it, at the variable.
    fn function_reason(
        &mut self,
        function: FunctionId,
        place: usize,
        arguments: &[ExprId],
    ) -> Result<Reason> {
        if function.is_abstract() {
            return Ok(Reason::new("function"));
        }
        let mut arguments = arguments.to_vec();
        arguments[place] = self.variable;
        let outer = partial(self.pool, function, place, &arguments)?;
        if self.pool.cost(outer) <= WELL_KNOWN {
            return Ok(Reason::new("function"));
        }
        let call = self.pool.application(function, &arguments);
        self.table_row(call, outer)
    }

    /// `(e^x)' = e^x`.
    fn table_row(&self, of: ExprId, derivative: ExprId) -> Result<Reason> {
        let of = self.math(of)?;
        let prime =
            Math { text: format!("({})'", of.text), latex: format!("({})'", of.latex) };
        let equation = Math::equation(&prime, &self.math(derivative)?);
        Ok(Reason::new("function_table").with("equation", equation))
    }

    /// `(1/v)' = -v'/v^2, v = x + 1`, with a letter that is no name here.
    fn reciprocal(&self, v: ExprId) -> Result<Reason> {
        let w = self.letter();
        let rule = Math {
            text: format!("(1/{w})' = -{w}'/{w}^2"),
            latex: format!(
                "\\left(\\frac{{1}}{{{w}}}\\right)' = -\\frac{{{w}'}}{{{w}^2}}"
            ),
        };
        let inner = Math::equation(&Math::alike(w), &self.math(v)?);
        Ok(Reason::new("reciprocal").with("rule", rule).with("inner", inner))
    }

    /// A letter that is no name here, and none with an index.
    fn letter(&self) -> &'static str {
        let stems = self.pool.names().take(MOST_NAMES).map(without_index);
        let stems: Vec<_> = stems.filter(|stem| stem.len() == 1).collect();
        let is_free = |name: &&&str| {
            self.pool.find_symbol(name).is_none()
                && !stems.iter().any(|stem| *stem == **name)
        };
        LETTERS.iter().find(is_free).copied().unwrap_or(LETTERS[0])
    }

    /// The derivative of an outer function times that of the inner one.
    fn outer(&mut self, outer: ExprId, inner: ExprId, own: Reason) -> Result<Expansion> {
        let held = Held::Product(vec![Held::Plain(outer), self.prime(inner)?]);
        if inner == self.variable {
            let reasons = if own.id == "function" { Vec::new() } else { vec![own] };
            return Ok(Expansion { held, reasons, rules: 1 });
        }
        let chain = match self.derivative(inner)? {
            found @ (Pool::ONE | Pool::MINUS_ONE) => {
                let w = self.letter();
                let (w, prime) = (Math::alike(w), Math::alike(&format!("{w}'")));
                let inner = Math::equation(&w, &self.math(inner)?);
                let derivative = Math::equation(&prime, &self.math(found)?);
                Reason::new("chain_unit")
                    .with("inner", inner)
                    .with("derivative", derivative)
            }
            _ => Reason::new("chain").with("inner", self.math(inner)?),
        };
        let reasons = match own.id {
            "function_table" => vec![chain, own],
            _ => vec![chain],
        };
        Ok(Expansion { held, reasons, rules: 1 })
    }

    /// The derivative as the differentiator has it.
    fn known(&self, id: ExprId) -> Expansion {
        Expansion { held: Held::Plain(self.log.known(id)), reasons: Vec::new(), rules: 1 }
    }

    /// Whether what a rule leaves to be differentiated is seen at once.
    pub(super) fn is_near(&self, held: &Held) -> bool {
        open(held).iter().all(|id| self.is_linear(*id) || self.is_leaf(*id))
    }

    /// Whether an expression is a function of the variable whose derivative everybody knows.
    fn is_leaf(&self, id: ExprId) -> bool {
        match self.pool.node(id) {
            Node::Apply(of, list) => {
                of.is_builtin()
                    && self.pool.list(list) == [self.variable]
                    && self.pool.cost(self.log.known(id)) <= WELL_KNOWN
            }
            _ => false,
        }
    }
}

/// Adds a reason unless it was given, or there are many.
pub(super) fn add(reasons: &mut Vec<Reason>, reason: Reason) {
    if reasons.len() < MAX_REASONS && !reasons.contains(&reason) {
        reasons.push(reason);
    }
}

/// The terms of a sum in the order of reading, each with its sign before it.
pub(super) fn signed(pool: &mut Pool, id: ExprId) -> Vec<(bool, ExprId)> {
    let Shape::Sum(terms) = shape(pool, id) else { return vec![(false, id)] };
    let terms = terms.into_iter();
    terms
        .map(|(minus, term)| (minus, if minus { pool.negate(term) } else { term }))
        .collect()
}

/// Whether an exponent says that a power stands below a bar.
fn is_below(pool: &Pool, exponent: ExprId) -> bool {
    pool.as_number(exponent).is_some_and(Number::is_negative)
}
