//! Floor 1: derivations, lines with what follows from what, in both notations.
//!
//! Invariant: a line is mathematics and ids of reasons; no sentence of any language is here.

use crate::kernel::ExprId;

/// A piece of mathematics in both notations.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Math {
    /// In text.
    pub text: String,
    /// In LaTeX.
    pub latex: String,
}

impl Math {
    /// What is written alike in both notations.
    pub fn alike(text: &str) -> Self {
        Self { text: text.to_owned(), latex: text.to_owned() }
    }

    /// An equation of two pieces.
    pub fn equation(left: &Self, right: &Self) -> Self {
        Self {
            text: format!("{} = {}", left.text, right.text),
            latex: format!("{} = {}", left.latex, right.latex),
        }
    }

    /// Whether there is nothing.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty() && self.latex.is_empty()
    }
}

/// Why a line follows: the id of a sentence, which never changes, with what is put into it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    /// The id of the rule of calculus or of the identity of algebra.
    pub id: &'static str,
    /// The parts that have names in the sentence.
    pub parts: Vec<(&'static str, Math)>,
}

impl Reason {
    /// A reason that says all by its name.
    pub fn new(id: &'static str) -> Self {
        Self { id, parts: Vec::new() }
    }

    /// The same with a part.
    #[must_use]
    pub fn with(mut self, name: &'static str, part: Math) -> Self {
        self.parts.push((name, part));
        self
    }
}

/// A line of a derivation.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Line {
    /// What the line is about; empty: what the line before is about.
    pub label: Math,
    /// What it is equal to, one after the other.
    pub values: Vec<Math>,
    /// Names for parts, with what they stand for: `u = sin(x)`.
    pub names: Vec<(Math, Math)>,
    /// Whether the label is the left side of an equation, no name.
    pub is_equation: bool,
    /// Whether the names are those of a program.
    pub is_program: bool,
    /// Why it follows.
    pub reasons: Vec<Reason>,
    /// Where it holds.
    pub condition: Option<Math>,
    /// How many rules of calculus were used.
    pub rules: usize,
    /// What it is about.
    pub of: Option<ExprId>,
    /// What it says of a derivative.
    pub claim: Option<Claim>,
}

impl Line {
    /// Whether its last value has the same signs as another one, in another order.
    pub fn is_reordered(&self, other: &Math) -> bool {
        let signs = |text: &str| {
            let mut signs: Vec<char> =
                text.chars().filter(|c| !matches!(c, ' ' | '+')).collect();
            signs.sort_unstable();
            signs
        };
        self.values.last().is_some_and(|value| signs(&value.text) == signs(&other.text))
    }
}

/// What a line says: the derivative of `of` is `is`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Claim {
    /// What is differentiated.
    pub of: ExprId,
    /// Its derivative.
    pub is: ExprId,
}

/// A derivation, line by line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Derivation {
    /// The lines. The last value of the last is the answer.
    pub lines: Vec<Line>,
}

impl Derivation {
    /// The number of rules of calculus that were used.
    pub fn rules(&self) -> usize {
        self.lines.iter().map(|line| line.rules).sum()
    }
}

/// How much is told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Detail {
    /// A line for each product, quotient, chain and sum.
    Coarse,
    /// Every rule.
    #[default]
    Usual,
    /// Every rule, constant factors among them, and the steps of the simplification.
    Fine,
}
