//! Formulas of scalars as code: one file for each language, a table of words.
//!
//! What a language has no word for is written by what it means, and what means nothing there
//! is refused.
//!
//! Invariant: numbers stay what they are. Where a quotient of whole numbers would lose its
//! rest, they are written as decimals.

mod c;
mod fortran;
mod javascript;
mod mathematica;
mod maxima;
mod rust;
mod sympy;
mod writer;

use crate::error::{ErrorKind, Result};
use crate::kernel::Number;
use rustc_hash::FxHashMap;
pub use writer::code;

/// How powers are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Power {
    /// By an operator.
    Operator(&'static str),
    /// By a function of base and exponent: of a whole exponent, and of any.
    Function(&'static str, &'static str),
}

/// A language.
pub struct Dialect {
    /// What it is called.
    pub name: &'static str,
    /// An assignment of `#2` to the name `#1`.
    pub(super) assignment: &'static str,
    /// The same of a list of values.
    pub(super) assignment_of_list: &'static str,
    /// A list of values, and what stands between them.
    pub(super) list: [&'static str; 3],
    /// Whole and rational numbers.
    pub(super) number: fn(&Number) -> String,
    /// Whether a quotient of whole numbers is exact, so that they stand beside others as they
    /// are.
    pub(super) is_exact: bool,
    pub(super) power: Power,
    /// Whether a minus before a power needs brackets around it.
    pub(super) brackets_negative_power: bool,
    /// What stands around the arguments of a function.
    pub(super) call: [&'static str; 2],
    /// The constants e, pi, i; empty where there is none.
    pub(super) constants: [&'static str; 3],
    /// Powers of e of `#1`.
    pub(super) exp: &'static str,
    /// The signs of `<`, `<=`, `=`, `!=`, `and`, `or`.
    pub(super) relations: [&'static str; 6],
    /// The value `#2` if `#1`, else `#3`.
    pub(super) piecewise: &'static str,
    /// What has no value; empty where that cannot be said.
    pub(super) undefined: &'static str,
    /// Functions: the name in the function table, and the name or template here; the first row
    /// counts, and an empty one says that there is none.
    pub(super) functions: &'static [&'static [(&'static str, &'static str)]],
    /// Names that are taken.
    pub(super) keywords: &'static [&'static str],
    /// Whether names may have `_` in them.
    pub(super) has_underscore: bool,
    /// Whether capital and small letters are the same.
    pub(super) ignores_case: bool,
    /// Lines that go first when a word is used.
    pub(super) imports: &'static [(&'static str, &'static str)],
}

impl std::fmt::Debug for Dialect {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name)
    }
}

/// The languages.
pub static DIALECTS: [&Dialect; 7] = [
    &c::C,
    &fortran::FORTRAN,
    &javascript::JAVASCRIPT,
    &mathematica::MATHEMATICA,
    &maxima::MAXIMA,
    &rust::RUST,
    &sympy::SYMPY,
];

/// A formula with what it needs around it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Snippet {
    /// Lines that go first.
    pub imports: Vec<&'static str>,
    /// The expression.
    pub expression: String,
}

/// Names that most libraries have.
const LIBRARY: &[(&str, &str)] = &[
    ("sqrt", "sqrt"),
    ("exp", "exp"),
    ("ln", "log"),
    ("sin", "sin"),
    ("cos", "cos"),
    ("tan", "tan"),
    ("arcsin", "asin"),
    ("arccos", "acos"),
    ("arctan", "atan"),
    ("atan2", "atan2"),
    ("sinh", "sinh"),
    ("cosh", "cosh"),
    ("tanh", "tanh"),
    ("arsinh", "asinh"),
    ("arcosh", "acosh"),
    ("artanh", "atanh"),
    ("abs", "abs"),
    ("floor", "floor"),
    ("erf", "erf"),
    ("erfc", "erfc"),
    ("gamma", "gamma"),
];

impl Dialect {
    /// The word for a function of the table.
    fn word(&self, name: &str) -> Option<&'static str> {
        let row = self.functions.iter().copied().flatten().find(|row| row.0 == name);
        row.map(|row| row.1).filter(|word| !word.is_empty())
    }

    /// A name as the language takes it.
    pub fn identifier(&self, name: &str) -> String {
        let name = crate::kernel::latin(name).replace('\'', "_prime");
        let name = if self.has_underscore { name } else { name.replace('_', "") };
        let is_taken = self.keywords.contains(&name.as_str());
        match (is_taken, self.has_underscore) {
            (false, _) => name,
            (true, true) => name + "_",
            (true, false) => name + "0",
        }
    }

    /// Refuses names that are one in the language.
    ///
    /// # Errors
    /// Two of them.
    pub fn tell_apart<'n>(&self, names: impl Iterator<Item = &'n str>) -> Result<()> {
        let mut seen: FxHashMap<String, &str> = FxHashMap::default();
        for name in names {
            let own = self.identifier(name);
            let key = if self.ignores_case { own.to_lowercase() } else { own };
            if let Some(other) = seen.insert(key, name) {
                let language = self.name;
                let what = format!("`{other}` and `{name}` are one name in {language}");
                return Err(ErrorKind::Unsupported(what).into());
            }
        }
        Ok(())
    }

    /// The assignment of an expression to a name.
    pub fn assign(&self, name: &str, expression: &str) -> String {
        let name = self.identifier(name);
        self.assignment.replace("#1", &name).replace("#2", expression)
    }

    /// The assignment of lists of so many values, each inside of the one before, to a name.
    pub fn assign_list(&self, name: &str, expression: &str, inner: &[usize]) -> String {
        let sizes: String = inner.iter().map(|size| format!("[{size}]")).collect();
        let name = self.identifier(name);
        let template = self.assignment_of_list.replace("#3", &sizes);
        template.replace("#1", &name).replace("#2", expression)
    }

    /// Several expressions as a list.
    pub fn list(&self, expressions: &[String]) -> String {
        let [open, between, close] = self.list;
        format!("{open}{}{close}", expressions.join(between))
    }
}

/// A number as a decimal of a language with a sign behind it: `2.0`, `1.0/3.0`.
fn decimals(n: &Number, behind: &str) -> String {
    match n.is_integer() {
        true => format!("{n}{behind}"),
        false => format!("{}{behind}/{}{behind}", n.numerator(), n.denominator()),
    }
}
