//! One row of the table of mistakes.

use super::letters::{Letter, Letters};
use crate::calculus::Rule;
use crate::function;
use crate::kernel::{FunctionId, Node, Number, Pool};

/// Where a mistake is made: a rule of calculus as a textbook sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum On {
    /// `f(u)` with an inner derivative other than 1: powers, exponentials, functions.
    Inner,
    /// `f(u)` over a sum `u`: the formula is added up over the terms.
    Spread,
    /// `f(u)`, whatever is inside.
    Outer,
    /// `u^n`.
    Power,
    /// `c*u^n` read as the power of a multiple.
    ScaledPower,
    /// `n*ln(u)` read as the logarithm of a power.
    ScaledLog,
    /// `a^u`.
    Exponential,
    /// `u^v`.
    GeneralPower,
    /// A function of one argument.
    Function,
    /// A function of several arguments that vary; `v` is the part through one of them.
    Path,
    /// `u*v`, one for each choice of the factor `u`.
    Product,
    /// `u/v` with a numerator that varies.
    Quotient,
    /// `u/v` with a constant numerator.
    Reciprocal,
    /// `c*u`.
    Factor,
    /// A term `u` of a sum.
    Term,
    /// A constant term `u` of a sum.
    ConstantTerm,
    /// A constant term `u = c*v^n` of a sum.
    ConstantPower,
    /// Anything that is not the whole.
    Part,
    /// The whole function.
    Whole,
    /// The whole, as the derivative of the answer.
    Integral,
    /// A derivative of lower order.
    Lower,
    /// The derivative of the derivative.
    Higher,
    /// The derivative in another variable `v` is `v'`.
    Other,
    /// The answer is `c` times the derivative.
    Ratio,
    /// The answer is the derivative and `c`.
    Offset,
    /// The symbol `c` stands in the answer only.
    Stray,
}

impl On {
    /// The rules that are broken, `Chain` with any function; none when it is not a rule.
    pub fn rules(self) -> &'static [Rule] {
        const LN: Rule = Rule::Chain(FunctionId::LN);
        match self {
            Self::Inner | Self::Spread | Self::Outer => {
                &[LN, Rule::Power, Rule::Exponential]
            }
            Self::Function | Self::Path => &[LN],
            Self::Power => &[Rule::Power],
            Self::ScaledPower => &[Rule::Power, Rule::ConstantMultiple],
            Self::ScaledLog => &[LN, Rule::ConstantMultiple],
            Self::Exponential => &[Rule::Exponential],
            Self::GeneralPower => &[Rule::GeneralPower],
            Self::Product => &[Rule::Product],
            Self::Quotient | Self::Reciprocal => &[Rule::Product, Rule::Power],
            Self::Factor => &[Rule::ConstantMultiple],
            Self::Term => &[Rule::Sum],
            Self::ConstantTerm | Self::ConstantPower => &[Rule::Constant],
            _ => &[],
        }
    }
}

/// A condition for a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum When {
    /// None.
    Always,
    /// The exponent is 1/2.
    Root,
    /// The exponent is neither 1/2 nor -1.
    NoRoot,
    /// The exponent is not -1.
    NoInverse,
    /// The exponent is a negative number other than -1.
    NegativePower,
    /// The denominator is a product.
    Below,
    /// The derivative has a minus sign.
    Negative,
    /// The derivative has no minus sign.
    Positive,
    /// The constant is -1.
    Minus,
    /// The constant is not -1.
    NoMinus,
    /// The constant is no number.
    Named,
    /// The base is not `e`.
    NotE,
    /// It is no exponential.
    NoBase,
    /// The function is one of an angle.
    Circular,
    /// The function gives an angle.
    Angle,
    /// The function is one of these.
    Of(&'static [&'static str]),
}

impl When {
    pub(super) fn holds(
        self,
        pool: &Pool,
        at: &Letters,
        function: Option<FunctionId>,
    ) -> bool {
        let is = |letter: Letter, n: &Number| pool.as_number(at.get(letter)) == Some(n);
        let row = function.filter(|of| of.is_builtin()).map(function::spec);
        match self {
            Self::Always => true,
            Self::Root => is(Letter::N, &Number::HALF),
            Self::NoRoot => {
                !is(Letter::N, &Number::HALF) && !is(Letter::N, &Number::MINUS_ONE)
            }
            Self::NoInverse => !is(Letter::N, &Number::MINUS_ONE),
            Self::NegativePower => {
                let n = pool.as_number(at.get(Letter::N));
                n.is_some_and(|n| n.is_negative() && *n != Number::MINUS_ONE)
            }
            Self::Below => matches!(pool.node(at.get(Letter::V)), Node::Product(_)),
            Self::Negative => pool.leads_negative(at.get(Letter::Df)),
            Self::Positive => !pool.leads_negative(at.get(Letter::Df)),
            Self::Minus => is(Letter::C, &Number::MINUS_ONE),
            Self::NoMinus => !is(Letter::C, &Number::MINUS_ONE),
            Self::Named => pool.as_number(at.get(Letter::C)).is_none(),
            Self::NotE => at.get(Letter::A) != Pool::E,
            Self::NoBase => at.get(Letter::A) == Pool::UNDEFINED,
            Self::Circular => row.is_some_and(|row| row.period.is_some()),
            Self::Angle => {
                let inverse = row.and_then(|row| function::lookup(row.inverse?, 1));
                inverse.is_some_and(|of| function::spec(of).period.is_some())
            }
            Self::Of(names) => row.is_some_and(|row| names.contains(&row.name)),
        }
    }
}

/// One mistake that people make: what they write instead of the derivative at a place, as
/// formulas over the letters of `letters.rs`, and the sentence that says so, in which `{…}`
/// is such a formula too, simplified, or as the rules leave it with `!`.
#[derive(Clone, Copy, Debug)]
pub struct Mutation {
    /// The name that never changes.
    pub id: &'static str,
    /// Where it is made.
    pub on: On,
    pub(super) when: When,
    pub(super) formulas: &'static [&'static str],
    pub(super) text: &'static str,
    /// Told only when nothing else explains the answer.
    pub(super) last: bool,
}

impl Mutation {
    /// All its formulas: what is written, then those of the sentence.
    pub fn formulas(&self) -> Vec<&'static str> {
        let inside = self.text.split('{').skip(1).filter_map(|rest| rest.split_once('}'));
        let inside = inside.map(|(formula, _)| formula.trim_start_matches('!'));
        self.formulas.iter().copied().chain(inside).collect()
    }

    pub(super) const fn when(mut self, when: When) -> Self {
        self.when = when;
        self
    }

    pub(super) const fn last(mut self) -> Self {
        self.last = true;
        self
    }
}

/// A row: its id, where it is made, what is written, the sentence.
pub(super) const fn row(
    id: &'static str,
    on: On,
    formulas: &'static [&'static str],
    text: &'static str,
) -> Mutation {
    Mutation { id, on, when: When::Always, formulas, text, last: false }
}
