//! A piece of mathematics in both notations.

use calcgrad::Result;
use calcgrad::kernel::{ExprId, Node, Pool};
use calcgrad::print::{self, Notation};

/// A piece of mathematics in both notations.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Written {
    pub(crate) text: String,
    pub(crate) latex: String,
}

impl Written {
    /// An expression in both notations.
    pub(crate) fn new(pool: &Pool, id: ExprId) -> Result<Self> {
        Ok(Self {
            text: print::write(pool, id, Notation::Text)?,
            latex: print::write(pool, id, Notation::Latex)?,
        })
    }

    /// An expression before a matrix: a sum in brackets.
    pub(crate) fn factor(pool: &Pool, id: ExprId) -> Result<Self> {
        let Self { text, latex } = Self::new(pool, id)?;
        Ok(match pool.node(id) {
            Node::Sum(_) => Self {
                text: format!("({text})"),
                latex: format!("\\left( {latex} \\right)"),
            },
            _ => Self { text, latex },
        })
    }

    /// Several expressions.
    pub(crate) fn all(pool: &Pool, ids: &[ExprId]) -> Result<Vec<Self>> {
        ids.iter().map(|id| Self::new(pool, *id)).collect()
    }

    /// What a function of the printer makes of either notation.
    pub(crate) fn from_fn(write: impl Fn(Notation) -> String) -> Self {
        Self { text: write(Notation::Text), latex: write(Notation::Latex) }
    }

    /// A decimal number.
    pub(crate) fn decimal(text: &str) -> Self {
        let latex = match text.split_once('e') {
            Some((mantissa, exponent)) => format!("{mantissa} \\cdot 10^{{{exponent}}}"),
            None => text.to_owned(),
        };
        Self { text: text.to_owned(), latex }
    }

    /// Words that are no mathematics.
    pub(crate) fn words(text: &str) -> Self {
        let mut latex = String::from("\\text{");
        for c in text.chars() {
            match c {
                '%' | '#' | '&' | '_' | '$' | '{' | '}' => latex.extend(['\\', c]),
                '^' => latex.push_str("\\^{}"),
                // Letters of text have no such signs.
                '<' | '>' => latex.push_str(&format!("}}{c}\\text{{")),
                _ => latex.push(c),
            }
        }
        latex.push('}');
        Self { text: text.to_owned(), latex }
    }

    /// The text with the signs of mathematics.
    pub(super) fn with_signs(&self) -> Self {
        Self { text: print::unicode(&self.text), latex: self.latex.clone() }
    }

    /// The text in a notation.
    pub(crate) fn get(&self, notation: Notation) -> &str {
        match notation {
            Notation::Text => &self.text,
            Notation::Latex => &self.latex,
        }
    }
}

impl From<&str> for Written {
    /// What is written alike in both notations.
    fn from(text: &str) -> Self {
        Self { text: text.to_owned(), latex: text.to_owned() }
    }
}
