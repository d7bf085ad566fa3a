//! What a language of code is: its signs and its names.

use super::super::Input;
use super::grammar::Rule;
use super::mathematica::MATHEMATICA;
use super::maxima::MAXIMA;
use super::meaning::Rows;
use super::python::PYTHON;
use super::sympy::SYMPY;
use std::borrow::Cow;
use std::sync::LazyLock;

/// How the statements of a language are told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Layout {
    /// One a line; `def`, `return` and `lambda`.
    Lines,
    /// One a line, or between semicolons.
    LinesAndSemicolons,
    /// Up to a semicolon or a dollar.
    Signs,
}

/// A language.
#[derive(Debug)]
pub(in super::super) struct Dialect {
    /// What it is called.
    pub(super) name: &'static str,
    /// The rule that takes it apart.
    pub(super) rule: Rule,
    pub(super) layout: Layout,
    /// The bracket of a call.
    pub(super) call: &'static str,
    /// The bracket around the entries of a vector.
    pub(super) list: &'static str,
    /// Whether factors stand side by side.
    pub(super) juxtaposes: bool,
    /// Operators and what they are here.
    pub(super) operators: &'static [(&'static str, &'static str)],
    /// Signs that define, between the name and what it is.
    pub(super) defines: &'static [&'static str],
    /// Modules that stand before names, each with the one whose functions it has.
    pub(super) modules: &'static [(&'static str, &'static str)],
    /// Names and their meanings.
    pub(super) rows: LazyLock<Rows>,
    /// The name of a function of the table that a name is for, if no row has it.
    pub(super) alias: fn(&str) -> Option<Cow<'_, str>>,
    /// Names that are numbers here and variables there, with the number there.
    pub(super) numbers: &'static [(&'static str, &'static str)],
    /// Signs and words that are not read, with what to do instead.
    pub(super) refused: &'static [(&'static str, &'static str)],
}

/// The language of a notation, if it is code.
pub(in super::super) fn of(input: Input) -> Option<&'static Dialect> {
    match input {
        Input::Text | Input::Latex => None,
        Input::Python => Some(&PYTHON),
        Input::Sympy => Some(&SYMPY),
        Input::Mathematica => Some(&MATHEMATICA),
        Input::Maxima => Some(&MAXIMA),
    }
}

impl Dialect {
    /// What it is called.
    pub(in super::super) fn name(&self) -> &'static str {
        self.name
    }

    /// What an operator is here.
    pub(super) fn operator(&self, sign: &str) -> Option<&'static str> {
        self.operators.iter().find(|row| row.0 == sign).map(|row| row.1)
    }

    /// What to do instead of a sign or word that is not read.
    pub(super) fn instead(&self, sign: &str) -> Option<&'static str> {
        self.refused.iter().find(|row| row.0 == sign).map(|row| row.1)
    }
}
